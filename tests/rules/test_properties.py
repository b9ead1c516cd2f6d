"""What holds of every rule, whatever is recorded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.forms.facts import Unknown, recorded
from ap_cli.forms.form import field_types
from ap_cli.rules import RULES
from ap_cli.rules.examples import EXAMPLES, every
from ap_cli.rules.examples.builders import child, placement_case, provider_case
from ap_cli.rules.registration import most_known
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET

pytestmark = pytest.mark.uncovered

BY_ID = {rule.id: rule for rule in RULES}
PARTS = (("placement", Placement), ("pupil", Pupil), ("provider", Provider))
CASES = [(BY_ID[id], example) for id, example in every()]

GAPS_THAT_ARE_THE_BREACH = {
    ("AP418", "placement.part_time_reason"): "a part-time week has a reason on record",
    ("AP418", "placement.part_time_review"): "and a review planned; then it raises the illness",
    ("AP427", "placement.at_provider"): "a week that is not recorded is itself what is wrong",
    ("AP427", "placement.at_school"): "the same; a short week raises whether health excuses it",
    ("AP106", "placement.place"): "until it is asked it follows from the provider's kind",
    ("AP607", "placement.dual_registered"): "the terms ask for it; then they ask for the days",
    ("AP504", "placement.review_dates"): "no date agreed is what is wrong; one agreed may be spent",
    ("AP418", "placement.elsewhere"): "without it no time is elsewhere; with it, how long is asked",
    ("AP427", "placement.elsewhere"): "the same",
    ("AP418", "placement.place"): "a tutor is there at home, and then you say if it is full time",
    ("AP427", "placement.place"): "the same",
}
"""Facts whose absence is the breach, so that recording them may raise the next question."""

HAPPENED = [
    ("review", {"day": "2026-02-13", "decided": "continue"}), ("review", {"day": "2026-01-30", "decided": "extend"}),
    ("contact", {"day": "2026-02-20", "whom": "x", "said": "x"}), ("extension", {"day": "2026-02-02", "to": "2026-05-22"}),
    ("concern", {"day": "2026-02-05", "what": "x"}), ("request", {"day": "2026-02-10", "asked_by": "parent"}),
    ("progress", {"day": "2026-02-12", "progress": "x"}), ("plan", {"day": "2025-12-15", "agreed_by": ["parent"]}),
    ("waiver", {"day": "2026-02-01", "rule": "AP416", "reason": "x"}), ("induction", {"day": "2026-01-12", "academic_level": "x"}),
]  # fmt: skip


def known(case: Any) -> list[tuple[str, str]]:
    """The facts of a case that are recorded and may be missing."""
    own = {field.name for field in fields(type(case))}
    return [
        (part, name)
        for part, record in PARTS
        if part in own
        for name, (_, may) in field_types(record).items()
        if may and recorded(getattr(getattr(case, part), name))
    ]


def without(case: Any, facts: list[tuple[str, str]]) -> Any:
    """The case with these facts never recorded."""
    for part, name in facts:
        case = replace(
            case, **{part: replace(getattr(case, part), **{name: Unknown(f"{part}.{name}")})}
        )
    return case


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", EXAMPLES)
def test_recording_a_fact_never_turns_a_breach_into_cannot_tell(id: str) -> None:
    """Each fact of each example is taken away alone, and every rule is asked."""
    for example in EXAMPLES[id]:
        case = example.make()
        unsure = [
            rule
            for rule in RULES
            if isinstance(case, rule.about) and rule.answer(case)[0] is CANNOT_TELL
        ]
        for part, name in known(case):
            less = without(case, [(part, name)])
            breached = {rule.id for rule in unsure if rule.answer(less)[0] is BREACHED}
            wrong = {(rule_id, f"{part}.{name}") for rule_id in breached} - set(
                GAPS_THAT_ARE_THE_BREACH
            )
            assert not wrong, example.told


@settings(max_examples=400)
@given(st.data())
def test_adding_a_fact_never_makes_a_breach_something_that_cannot_be_told(
    data: st.DataObject,
) -> None:
    rule, example = data.draw(st.sampled_from(CASES))
    case = example.make()
    facts = known(case)
    if not facts:
        return
    gone = data.draw(st.lists(st.sampled_from(facts), min_size=1, max_size=4, unique=True))
    added = data.draw(st.sampled_from(gone))
    if (rule.id, ".".join(added)) in GAPS_THAT_ARE_THE_BREACH:
        return
    before, after = (
        rule.answer(without(case, those))[0]
        for those in (gone, [fact for fact in gone if fact != added])
    )
    assert not (before is BREACHED and after is CANNOT_TELL), (rule.id, example.told, gone, added)


@settings(max_examples=25)
@given(st.permutations(HAPPENED))
def test_the_order_in_which_things_were_recorded_changes_no_answer(
    happened: list[tuple[str, dict[str, Any]]],
) -> None:
    def answers(those: list[tuple[str, dict[str, Any]]]) -> dict[str, str]:
        case = placement_case(reviewed=(), visit=None, happened=those)
        return {
            rule.id: str(rule.answer(case)[0]) for rule in RULES if isinstance(case, rule.about)
        }

    assert answers(happened) == answers(HAPPENED)


children = st.builds(
    child, st.integers(1, 9), st.integers(60, 1500), st.booleans(), st.booleans(), st.booleans()
)  # fmt: skip


@given(st.lists(children, max_size=7, unique_by=lambda each: each.pupil), children)
def test_adding_a_child_never_lowers_the_count_of_a_provider_or_mends_a_breach(
    there: list[Any], one: Any
) -> None:
    if one.pupil in {each.pupil for each in there}:
        return
    before, after = provider_case(*there), provider_case(*there, one)
    assert most_known(after) >= most_known(before)
    for id in ("AP201", "AP202"):
        assert not (BY_ID[id].answer(before)[0] is BREACHED and BY_ID[id].answer(after)[0] is MET)
