"""Rules of a county's own: what they ask, of whom and by when, and what an overlay cannot ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.errors import ApError
from ap_cli.policy.county import County, CountyItem, CountyRule, ProviderTerms
from ap_cli.policy.figures import in_force, lines
from ap_cli.render.command import spell
from ap_cli.rules import RULES
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.provider import ProviderCase
from ap_cli.rules.countys_own import holds_in, rules_of
from ap_cli.rules.examples.builders import PROVIDER, placement_case, provider_case
from ap_cli.rules.overlay_mistakes import mistakes
from ap_cli.rules.rule import (
    BREACHED,
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_YET,
    Answer,
    Rule,
    Severity,
)
from ap_cli.rules.task import About, Edit

from .answers import BY_ID, answer, remedy

PLAIN: dict[str, Any] = {
    "id": "TS1",
    "title": "it is so",
    "about": "placement",
    "cites": ("TS 1",),
    "guidance": "In plain words.",
}
ANSWERED: dict[str, Any] = {"answered": ("placement.exit_strategy",)}


def own(**changed: Any) -> CountyRule:
    return CountyRule(**PLAIN | changed)


def rule(**changed: Any) -> Rule:
    (made,) = rules_of(County("Testshire", rules=(own(**changed),)))
    return made


def test_a_countys_rule_is_a_rule_as_any_other() -> None:
    made = rule(severity="advise", **ANSWERED)
    assert (made.id, made.title, made.severity, made.sources, made.guidance) == (
        "TS1",
        "it is so",
        Severity.ADVISE,
        ("TS 1",),
        "In plain words.",
    )
    assert (
        made.about is PlacementCase
        and rule(about="provider", answered=("provider.urn",)).about is ProviderCase
        and rule(**ANSWERED).severity is Severity.LOCAL
    )
    two = County("Testshire", rules=(own(id="TS2", **ANSWERED), own(**ANSWERED)))
    assert [each.id for each in rules_of(two)] == ["TS1", "TS2"]


@pytest.mark.parametrize(
    ("changed", "on", "expected"),
    [
        ({"exit_strategy": "x"}, "2026-01-05", MET),
        ({}, "2026-01-05", NOT_YET),
        ({}, "2026-01-06", BREACHED),
        ({"tier": "1b", "place": "school"}, "2026-01-06", NOT_APPLICABLE),
    ],
)
def test_what_is_answered_is_asked_by_the_day_before_the_start_of_placements_outside_the_school(
    changed: dict[str, Any], on: str, expected: Answer
) -> None:
    case = placement_case(on=date.fromisoformat(on), reviewed=(), **changed)
    assert rule(**ANSWERED).answer(case)[0] is expected
    assert (
        expected is not NOT_APPLICABLE
        or rule(outside_only=False, **ANSWERED).answer(case)[0] is BREACHED
    )


@pytest.mark.parametrize(("on", "expected"), [("2026-02-13", NOT_YET), ("2026-02-14", BREACHED)])
def test_a_countys_rule_can_wait_for_the_first_review(on: str, expected: Answer) -> None:
    case = placement_case(on=date.fromisoformat(on), reviewed=())
    assert rule(by="first-review", **ANSWERED).answer(case)[0] is expected


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        (None, BREACHED, "not answered: “Is the journey safe"),
        (False, BREACHED, "(recorded: no)"),
        (True, MET, ""),
    ],
)
def test_yes_is_wanted_where_the_rule_says_so(
    said: bool | None, expected: Answer, told: str
) -> None:
    case, made = placement_case(route_safe=said), rule(yes=("placement.route_safe",))
    assert made.answer(case)[0] is expected and (not told or told in made.problem(case))
    assert ("(recorded: no)" in made.problem(case)) is (said is False)
    assert rule(answered=("placement.route_safe",)).answer(case)[0] is (
        BREACHED if said is None else MET
    )


@pytest.mark.parametrize(
    ("hours", "most", "least"),
    [("11:59", MET, BREACHED), ("12", MET, MET), ("12:01", BREACHED, MET)],
)
def test_a_number_is_within_its_figure(hours: str, most: Answer, least: Answer) -> None:
    figure = {
        "ts.hours": {
            "title": "x",
            "unit": "minutes a week",
            "source": "x",
            "values": [{"from": "2026-01-01", "is": 720}],
        }
    }
    from msgspec import convert

    county = convert({"name": "Testshire", "figures": figure}, County, strict=False)
    case = placement_case(hours=hours, county=county)
    at_most, at_least = (
        rule(at_most={"placement.weekly_minutes": "ts.hours"}),
        rule(at_least={"placement.weekly_minutes": "ts.hours"}),
    )
    assert (at_most.answer(case)[0], at_least.answer(case)[0]) == (most, least)
    if most is BREACHED:
        assert at_most.problem(case).endswith(": 12:01 hours, where at most 12 hours is right")
        assert spell(at_most.remedy(case)) == "ap placement edit PL-0001 --hours …"
    if least is BREACHED:
        assert at_least.problem(case).endswith(": 11:59 hours, where at least 12 hours is right")


@pytest.mark.parametrize(
    ("fact", "figure", "given", "told"),
    [
        (
            "placement.weekly_pence",
            "school.pupils",
            {"cost": "85.50"},
            "£85.50, where at most £0.05 is right",
        ),
        ("placement.site", "base_school.sessions", {"site": "3"}, "3, where at most 2 is right"),
    ],
)
def test_a_number_is_told_in_the_units_of_its_question(
    fact: str, figure: str, given: dict[str, str], told: str
) -> None:
    assert rule(at_most={fact: figure}).problem(placement_case(**given)).endswith(told)


def test_a_number_that_nobody_recorded_cannot_be_told() -> None:
    made = rule(at_most={"placement.school_minutes": "full_time.line"})
    assert made.answer(placement_case())[0] is CANNOT_TELL and not made.has_due


def test_an_answer_of_what_happened_and_of_a_provider_can_be_asked_for() -> None:
    risk = rule(answered=("risk.statement",))
    assert risk.answer(placement_case())[0] is BREACHED and spell(
        risk.remedy(placement_case())
    ).startswith("ap record risk PL-0001 --statement")
    assert risk.answer(placement_case(happened=[("risk", {"statement": True})]))[0] is MET
    there = rule(about="provider", answered=("provider.urn",))
    assert (
        there.answer(provider_case())[0] is BREACHED
        and there.answer(provider_case(urn="123456"))[0] is MET
    )
    assert (
        there.answer(provider_case(on=date(2026, 1, 5)))[0] is NOT_YET
        and spell(there.remedy(provider_case())) == "ap provider edit PR-0001 --urn …"
    )


@dataclass
class Wrong:
    changed: dict[str, Any]
    key: str
    told: str
    right: dict[str, Any] = field(default_factory=lambda: dict(ANSWERED))


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong({"id": "AP1"} | ANSWERED, "id", "cannot be the id of a county's rule"),
        Wrong({"id": "T"} | ANSWERED, "id", "cannot be the id of a county's rule"),
        Wrong({"title": ""} | ANSWERED, "title", "what is right"),
        Wrong({"guidance": ""} | ANSWERED, "title", "what is right"),
        Wrong({"cites": ()} | ANSWERED, "title", "what is right"),
        Wrong({"about": "provider", "by": "first-review", "answered": ("provider.urn",)}, "by", "no first review", {"by": "first-review"} | ANSWERED),
        Wrong({}, "id", "asks for something"),
        Wrong({"answered": ("placement.nothing",)}, "answered", "is not a fact: those of a placement are"),
        Wrong({"answered": ("nothing.nothing",)}, "answered", "the records are"),
        Wrong({"yes": ("placement.aim",)}, "yes", "not a question of yes or no", {"yes": ("placement.route_safe",)}),
        Wrong({"about": "provider", "answered": ("placement.aim",)}, "answered", "not known of a provider", {"answered": ("provider.urn",)}),
        Wrong({"about": "provider", "answered": ("discussion.support",)}, "answered", "not known of a provider", {"answered": ("discussion.support",)}),
        Wrong({"at_most": {"placement.aim": "full_time.line"}}, "at_most", "is not a number", {"at_most": {"placement.weekly_minutes": "full_time.line"}}),
        Wrong({"at_least": {"placement.weekly_minutes": "no.figure"}}, "at_least", "there is no figure no.figure"),
        Wrong({"at_least": {"placement.weekly_minutes": "school.pupils"}}, "at_least", "give both in minutes"),
        Wrong({"at_most": {"placement.weekly_pence": "full_time.line"}}, "at_most", "give both in minutes",
              {"at_most": {"placement.weekly_pence": "school.pupils"}}),
    ],
    ids=lambda wrong: wrong.told,
)  # fmt: skip
def test_what_a_rule_of_a_county_cannot_ask_is_named_with_its_place(wrong: Wrong) -> None:
    for changed, expected in ((wrong.changed, True), (wrong.right, False)):
        county = County("Testshire", rules=(own(**changed),))
        found = mistakes(county, RULES, lines(county))
        assert bool(found) is expected, found
        assert not expected or any(
            place == ("rules", 0, wrong.key) and wrong.told in told for place, told in found
        ), found
    assert not [
        told
        for _, told in mistakes(County("T", rules=(own(**wrong.changed),)), RULES, None)
        if "figure" in told
    ]


def test_two_rules_of_a_county_have_two_ids_and_local_rules_are_the_programs() -> None:
    county = County(
        "Testshire", local_rules=("AP416", "AP101", "ZZ1"), rules=(own(**ANSWERED), own(**ANSWERED))
    )
    found = dict(mistakes(county, RULES, lines(county)))
    assert found["rules", 1, "id"] == "two rules are called TS1"
    assert found["local_rules", 1].startswith(
        "AP101 is not a rule that a county chooses"
    ) and found["local_rules", 2].startswith("ZZ1 is not a rule of ap")
    assert len(found) == 3


def test_a_rule_that_a_county_chooses_and_leaves_out_is_refused() -> None:
    county = County("T", local_rules=("AP414", "AP416"), without_rules=("AP111", "AP416"))
    ((place, words),) = mistakes(county, RULES, lines(county))
    assert place == ("without_rules", 1) and words.startswith("AP416 is in local_rules")


def test_a_figure_that_there_is_not_is_named_with_where_figures_stand() -> None:
    with pytest.raises(LookupError, match=r"no figure full_time\.lines: .*figures\.toml"):
        in_force(date(2026, 3, 2))["full_time.lines"]


def test_a_rule_of_an_older_overlay_whose_figure_is_gone_says_so_in_a_sentence() -> None:
    gone, case = rule(at_most={"placement.weekly_minutes": "ts.gone"}), placement_case(hours="12")
    for ask in (gone.answer, gone.explain):
        with pytest.raises(ApError, match=r"TS1 asks for the figure ts\.gone, which is not there"):
            ask(case)


@pytest.mark.parametrize(
    ("named", "holds"), [(None, True), ((), False), (("AP416",), True), (("AP414",), False)]
)
def test_a_local_rule_holds_where_it_is_named_and_any_other_everywhere(
    named: tuple[str, ...] | None, holds: bool
) -> None:
    county = County("Testshire", local_rules=named, rules=(own(**ANSWERED),))
    assert (
        holds_in(BY_ID["AP416"], county) is holds
        and holds_in(BY_ID["AP101"], county)
        and holds_in(rules_of(county)[0], county)
    )


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({"by": "A. Tester"}, MET),
        ({"by": "A. Tester", "expires": "2026-03-02"}, MET),
        ({"by": "A. Tester", "expires": "2026-03-01"}, BREACHED),
        ({}, BREACHED),
        ({"by": "A. Tester", "named": "other"}, BREACHED),
    ],
)
def test_an_item_of_the_countys_checklist_is_seen_by_somebody_named_and_has_not_expired(
    there: dict[str, Any], expected: Answer
) -> None:
    items = (
        CountyItem("travel-plan", "a travel plan", "TS 2"),
        CountyItem("other", "another", "TS 3"),
    )
    seen = [
        ("evidence", {"item": "county", "named": "travel-plan"} | there),
        ("evidence", {"item": "county", "named": "other", "by": "A. Tester"}),
    ]
    case = provider_case(county=County("Testshire", checklist=items), there=seen)
    assert answer("AP315", case) is expected
    assert expected is MET or (
        BY_ID["AP315"].problem(case).endswith("a travel plan (TS 2)")
        and "--named travel-plan" in remedy("AP315", case)
    )
    both = provider_case(county=County("Testshire", checklist=items))
    assert BY_ID["AP315"].problem(both).endswith(
        "a travel plan (TS 2), another (TS 3)"
    ) and "--named travel-plan" in remedy("AP315", both)


TERMS = ProviderTerms("Hollow Oak Farm", "TS 4", days=2, excluded_days=5, dual_registered=True)


@pytest.mark.parametrize(
    ("changed", "expected", "told"),
    [
        ({"at_provider": "mon-tue", "dual_registered": "2026-01-06"}, MET, ""),
        ({"at_provider": "mon-tue"}, BREACHED, "has no date of registration"),
        (
            {"at_provider": "mon-wed", "dual_registered": "2026-01-06"},
            BREACHED,
            "3 days a week, and its terms are 2 (TS 4)",
        ),
        ({"at_provider": "mon-wed"}, BREACHED, "; the pupil has no date"),
        ({"dual_registered": "2026-01-06"}, CANNOT_TELL, ""),
        ({"at_provider": "mon-wed", "tier": "1b", "place": "school"}, NOT_APPLICABLE, ""),
        ({"route": "permanent-exclusion", "at_provider": "mon-fri"}, MET, ""),
        (
            {"route": "permanent-exclusion", "at_provider": "mon-thu"},
            BREACHED,
            "4 days a week, and its terms are 5 (TS 4)",
        ),
        ({"route": "section-19", "at_provider": "mon-thu"}, NOT_APPLICABLE, ""),
    ],
)
def test_a_provider_with_terms_of_its_own_is_used_on_them(
    changed: dict[str, Any], expected: Answer, told: str
) -> None:
    case = placement_case(county=County("Testshire", providers=(TERMS,)), **changed)
    assert answer("AP607", case) is expected and (not told or told in BY_ID["AP607"].problem(case))


def test_what_is_not_recorded_of_the_week_is_not_told_as_too_many_days() -> None:
    unknown = placement_case(county=County("Testshire", providers=(TERMS,)))
    assert (
        BY_ID["AP607"]
        .problem(unknown)
        .startswith("the pupil has no date of registration at Hollow Oak Farm")
    )
    nothing = placement_case(
        county=County("Testshire", providers=(replace(TERMS, days=None),)), at_provider="mon-wed"
    )
    assert "days a week, and its terms" not in BY_ID["AP607"].problem(nothing)
    assert answer("AP607", placement_case(at_provider="mon-wed")) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"at_provider": "mon-tue"}, ("dual_registered",)),
        ({"at_provider": "mon-wed", "dual_registered": "2026-01-06"}, ("at_provider",)),
        ({"at_provider": "mon-wed"}, ("at_provider", "dual_registered")),
        ({"route": "permanent-exclusion", "at_provider": "mon-thu"}, ("at_provider",)),
    ],
)
def test_only_what_is_off_the_terms_is_asked_for(
    changed: dict[str, Any], asked: tuple[str, ...]
) -> None:
    case = placement_case(county=County("Testshire", providers=(TERMS,)), **changed)
    assert BY_ID["AP607"].remedy(case) == Edit(About("placement", "PL-0001"), asked)


def test_terms_that_say_nothing_of_days_or_of_registration_ask_for_neither() -> None:
    only_days, only_registered, neither = (replace(TERMS, **dict(kept)) for kept in (
        (("dual_registered", False),), (("days", None),), (("days", None), ("dual_registered", False))
    ))  # fmt: skip
    week: dict[str, Any] = {"at_provider": "mon-wed", "dual_registered": "2026-01-06"}
    for terms, expected in (
        (only_days, BREACHED),
        (only_registered, MET),
        (neither, NOT_APPLICABLE),
    ):
        assert (
            answer("AP607", placement_case(county=County("Testshire", providers=(terms,)), **week))
            is expected
        )
    assert (
        answer(
            "AP607",
            placement_case(
                county=County("Testshire", providers=(only_days,)), at_provider="mon-tue"
            ),
        )
        is MET
    )


def test_terms_are_of_a_provider_by_its_name_or_its_number() -> None:
    named, numbered = (
        replace(TERMS, name="HOLLOW oak farm"),
        replace(TERMS, name="Another", urn="123456"),
    )
    for terms, urn, expected in (
        (named, None, BREACHED),
        (numbered, "123456", BREACHED),
        (numbered, "123457", NOT_APPLICABLE),
        (numbered, None, NOT_APPLICABLE),
    ):
        case = placement_case(
            county=County("Testshire", providers=(terms,)),
            provider=PROVIDER | {"urn": urn},
            at_provider="mon-wed",
        )
        assert answer("AP607", case) is expected
