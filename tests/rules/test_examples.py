"""Every worked example, and what holds for every rule whatever it decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import pytest
from msgspec.structs import fields, replace

from ap_cli.domain.options import Tier
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.forms.facts import Unknown, recorded
from ap_cli.forms.form import field_types, questions
from ap_cli.policy.sources import full
from ap_cli.render.command import spell
from ap_cli.rules import RULES, rules_of
from ap_cli.rules import time as time_rules
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.subjects import AnyCase
from ap_cli.rules.engine import make_finding
from ap_cli.rules.examples import EXAMPLES, every
from ap_cli.rules.examples.builders import PLACEMENT, Example, placement_case
from ap_cli.rules.rule import (
    BREACHED,
    LOCAL,
    MET,
    NOT_APPLICABLE,
    NOT_YET,
    OPEN,
    PlacementRule,
    Rule,
    Says,
    Status,
)
from ap_cli.rules.watched import Note, Watched

BY_ID = {each.id: each for each in RULES}
ALL = [pytest.param(BY_ID[id], example, id=f"{id}: {example.told}") for id, example in every()]

GAPS_THAT_DECIDE = {
    ("AP113", "placement.dual_registered"): "registered at both only where a day of it is recorded",
    (
        "AP420",
        "placement.reasons",
    ): "at a place that is not online only that reason says it is remote",
    ("AP416", "placement.removed_from_roll"): "only a pupil who is off the roll is not asked about",
    ("AP517", "placement.ends"): "without a planned end AP501 asks for one",
    ("AP313", "provider.risk"): "AP306 asks for that check where the risk is recorded as higher",
    ("AP102", "placement.ends"): "the rule asks something else where no end is planned",
    **{
        (rule, "pupil.leaving_confirmed"): "the usual leaving date counts: AP104 asks which it is"
        for rule in ("AP101", "AP102", "AP103", "AP108", "AP109", "AP115", "AP706")
    },
    ("AP109", "pupil.looked_after"): "education from day one meets it for every pupil",
    ("AP109", "pupil.social_worker"): "the same",
    ("AP108", "pupil.year_taught"): "the year group by age counts where no other is recorded",
    ("AP115", "pupil.year_taught"): "the same",
    ("AP102", "placement.aim"): "only a recorded return to school excuses",
    **{
        (rule, "placement.ends"): "nothing is due in this half term: AP501 asks for an end"
        for rule in ("AP701", "AP702", "AP703", "AP704", "AP705", "AP707")
    },
    ("AP502", "placement.ends"): "without a planned end AP501 asks for one",
    ("AP504", "placement.ends"): "without a planned end the next review is another",
    ("AP504", "placement.review_dates"): "the last day is a date as well",
    **{
        (
            rule,
            "provider.register_says",
        ): "the register decides only where it contradicts the record"
        for rule in ("AP201", "AP202", "AP203", "AP204", "AP205", "AP206")
    },
    ("AP207", "provider.registered"): "the rule is about what is recorded as registered",
    (
        "AP207",
        "provider.register_says",
    ): "the rule book asks for a number and a dated check, and for what was found only where it speaks against it",
    (
        "AP607",
        "placement.dual_registered",
    ): "a pupil is registered there where a day of it is recorded, and not else",
    (
        "AP602",
        "provider.registered",
    ): "a provider of another kind is a school where that is recorded, and not else",
    ("AP903", "placement.ends"): "what is not recorded contradicts nothing",
    **{
        ("AP903", f"placement.{name}"): "what is not recorded contradicts nothing"
        for name in (
            "at_provider",
            "at_school",
            "elsewhere",
            "elsewhere_minutes",
            "at_home",
            "away_minutes",
            "extent",
            "home_until",
            "full_time_from",
            "school_minutes",
            "school_week_minutes",
        )
    },
    **{
        ("AP427", f"placement.{name}"): "health excuses a short week, and one that is not recorded"
        for name in ("at_provider", "at_school")
    },
    **{
        (rule, "placement.school_minutes"): "ten sessions are full time until hours say otherwise"
        for rule in ("AP418", "AP427")
    },
    ("AP418", "placement.extent"): "without it the sessions decide, and AP427 asks for them",
    ("AP901", "pupil.upn"): "a number is optional",
    (
        "AP507",
        "placement.review_dates",
    ): "without a date agreed nobody can be invited: AP504 asks for one",
    (
        "AP601",
        "placement.dual_registered",
    ): "a pupil is registered there where a day of it is recorded, and not else",
    (
        "AP603",
        "placement.code",
    ): "only a code planned as D says that another register has the marks",
    (
        "AP601",
        "pupil.home_school",
    ): "a pupil is off the register where that is recorded, and not else",
    ("AP601", "placement.removed_from_roll"): "the same",
    ("AP606", "placement.at_home"): "sessions are at home where the week says so, and not else",
    (
        "AP608",
        "placement.dual_registered",
    ): "a pupil is registered there where a day of it is recorded, and not else",
    ("AP703", "placement.aim"): "only a recorded return asks for a report before it",
    ("AP707", "placement.aim"): "the same",
    (
        "AP103",
        "pupil.level_3",
    ): "the duty ends earlier only once a qualification is recorded, and the rule says so",
    ("AP106", "placement.tier"): "without a tier there is nothing that could fit",
    (
        "AP107",
        "pupil.on_roll_of_a_pru",
    ): "without it the commissioner decides: it is a pupil referral unit or it is not",
    ("AP112", "placement.tier"): "the rule is about what is recorded as tier 2",
    **{(id, "placement.extent"): "without it the hours decide" for id in ("AP112", "AP510")},
    (
        "AP113",
        "placement.removed_from_roll",
    ): "a pupil is off the register where that is recorded, and not else",
    **{
        (id, f"placement.{name}"): "AP427 says first that the week is not recorded"
        for id in ("AP417", "AP418", "AP419", "AP428")
        for name in ("at_provider", "at_school")
    },
    ("AP419", "placement.code"): "C2 is planned where it is recorded, and not else",
    ("AP419", "placement.at_home"): "sessions are at home where the week says so, and not else",
    ("AP510", "placement.ends"): "without a planned end the time until today is measured",
    **{
        ("AP904", f"placement.{name}"): "AP427 asks for the sessions"
        for name in ("at_provider", "at_school", "elsewhere")
    },
    ("AP418", "placement.at_home"): "AP427 says first that the week is not recorded",
    ("AP907", "pupil.home_school"): "what cannot be told is not said to be broken",
    ("AP905", "placement.visit_booked"): "a visit that is not booked cannot be on a wrong day",
    ("AP905", "placement.review_dates"): "what is not agreed cannot be on a wrong day",
}
"""Facts whose absence is itself an answer, by the rule book's own words."""

PLACE = "placement.place"
"""Until the place is asked it follows from the provider's kind, for every rule."""

NEVER_BREACHED = ("AP103",)
"""Rules that only tell."""


@pytest.mark.parametrize(("each", "example"), ALL)
def test_an_example_answers_as_it_says(each: Rule, example: Example) -> None:
    assert each.answer(example.make())[0] is example.answer


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_a_rule_has_examples_on_both_sides(each: Rule) -> None:
    answers = {example.answer for example in EXAMPLES.get(each.id, ())}
    assert answers, f"{each.id} has no examples: write them in ap_cli/rules/examples/"
    assert BREACHED in answers or each.id in NEVER_BREACHED, f"{each.id}: no example is breached"
    assert answers & {MET, NOT_YET}, f"{each.id}: no example is met or not yet due"
    if each.has_due:
        assert NOT_YET in answers or each.id == "AP405", (
            "a rule about the record is outstanding before its day"
        )


@pytest.mark.parametrize(("each", "example"), ALL)
def test_a_watched_rule_says_what_a_plain_one_says(each: Rule, example: Example) -> None:
    case, notes = example.make(), cast("list[Note]", [])
    plain, watched = each.answer(case), each.answer(cast(AnyCase, Watched(case, notes)))
    assert plain[0] is watched[0] and repr(plain[1]) == repr(watched[1])
    assert notes, "it looked at something"


PARTS = (("placement", Placement), ("pupil", Pupil), ("provider", Provider))


def without(case: Any, part: str, name: str) -> Any:
    return replace(
        case, **{part: replace(getattr(case, part), **{name: Unknown(f"{part}.{name}")})}
    )


def recorded_facts(case: AnyCase) -> list[tuple[str, str]]:
    """The facts of a case that are recorded and may be missing, each with the record it is part of."""
    parts = {field.name for field in fields(type(case))}
    return [
        (part, name)
        for part, record in PARTS
        if part in parts
        for name, (_, may_be_missing) in field_types(record).items()
        if may_be_missing and recorded(getattr(getattr(case, part), name))
    ]


def flips(rules: Sequence[Rule], case: AnyCase) -> set[tuple[str, str]]:
    """Each rule with a fact whose absence makes it say met, or that it does not apply."""
    asked = [each for each in rules if isinstance(case, each.about)]
    before = {each.id: each.answer(case)[0] for each in asked}
    found = set()
    for part, name in recorded_facts(case):
        less = without(case, part, name)
        for each in asked:
            after = each.answer(less)[0]
            if after is not before[each.id] and after in (MET, NOT_APPLICABLE):
                found.add((each.id, f"{part}.{name}"))
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", EXAMPLES)
def test_no_record_never_reads_as_met_or_as_no_concern(id: str) -> None:
    """Each fact of each example is taken away once, and every rule is asked."""
    for example in EXAMPLES[id]:
        wrong = flips(RULES, example.make()) - set(GAPS_THAT_DECIDE)
        wrong = {(rule, fact) for rule, fact in wrong if fact != PLACE}
        assert not wrong, "; ".join(
            f"{rule} falls silent or is met once {fact} is not recorded: compare with `==` instead"
            f" of `is`, or ask `recorded(…)` first, or say why in GAPS_THAT_DECIDE ({example.told})"
            for rule, fact in sorted(wrong)
        )


class ATemptingMistake(PlacementRule):
    """The one comparison that a value cannot refuse."""

    id, severity, sources = "X1", LOCAL, ("ap",)

    def holds(self, case: PlacementCase) -> Says:
        return case.placement.tier is not Tier.TWO


def test_the_tempting_mistake_is_found() -> None:
    assert flips([ATemptingMistake()], EXAMPLES["AP305"][0].make()) == {("X1", "placement.tier")}


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_a_rule_is_cited_and_explained(each: Rule) -> None:
    assert each.sources and all(full(cite) for cite in each.sources)
    assert len(each.guidance) > 40 and each.guidance.endswith(".")
    assert each.title == each.title.strip(" .")


OURS_ALONE = {"AP901"}
"""Rules that bind as guidance does, and rest on this program's own judgement."""


@pytest.mark.parametrize(
    "each",
    [rule for rule in RULES if rule.status in (Status.STATUTE, Status.STATUTORY_GUIDANCE)],
    ids=lambda each: each.id,
)
def test_what_binds_everywhere_rests_on_more_than_one_county_handbook(each: Rule) -> None:
    national = [cite for cite in each.sources if cite != "ap" and not cite.startswith("HB")]
    assert national or each.id in OURS_ALONE, (
        f"{each.id} binds in every county: name the Act, the regulations or the statutory guidance"
    )


def test_the_law_is_cited_before_the_guidance_and_the_handbook_last() -> None:
    def is_handbook(cite: str) -> bool:
        return cite.startswith("HB")

    for rule in RULES:
        cited = [is_handbook(cite) for cite in rule.sources if cite != "ap"]
        assert cited == sorted(cited), f"{rule.id} cites the handbook before what binds everywhere"


OPEN_EXAMPLES = [
    pytest.param(BY_ID[id], example, id=f"{id}: {example.told}")
    for id, example in every()
    if example.answer in OPEN
]


@pytest.mark.parametrize(("each", "example"), OPEN_EXAMPLES)
def test_whatever_is_open_says_why_and_what_mends_it(each: Rule, example: Example) -> None:
    case = example.make()
    told = make_finding(each, case, each.answer(case))
    assert told.answer in OPEN
    assert told.message and told.remedy and "Unknown" not in told.message


def test_a_rule_with_an_id_that_is_taken_is_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        rules_of(time_rules, time_rules)


def test_a_key_question_is_mended_by_its_own_flag() -> None:
    own = {question.flag for question in questions(Placement)}
    for id in (f"AP40{number}" for number in range(1, 10)):
        remedy = spell(
            BY_ID[id].remedy(
                placement_case(
                    **{
                        name: None
                        for name in PLACEMENT
                        if name not in ("pupil", "provider", "route", "starts", "hours")
                    }
                )
            )
        )
        assert set(re.findall(r"--[a-z-]+", remedy)) <= own and "--" in remedy
