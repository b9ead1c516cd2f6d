"""Concerns and what follows them: AP506."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.rules.engine import make_finding
from ap_cli.rules.examples.builders import placement_case, provider_case, serious_incident
from ap_cli.rules.examples.concerns import about_the_provider, worried
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, Answer
from ap_cli.rules.task import About, Edit, Urgency

from .answers import BY_ID, answer, breach, remedy


def concerned(*more: dict[str, Any], reviewed: str = "2026-02-26", **changed: Any) -> Any:
    raised = ("concern", {"day": "2026-02-26", "what": "x"})
    return placement_case(
        happened=[
            raised,
            *(("concern", {"of": "E-0101", "day": "2026-02-27"} | each) for each in more),
        ],
        reviewed=(reviewed,),
        **changed,
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"decision": "withdraw"}, BREACHED),
        ({"decision": "not-affected"}, BREACHED),
        ({"decision": "not-affected", "why_not_stopped": "x"}, MET),
    ],
)
def test_a_concern_stops_a_placement_or_why_not_is_recorded(
    more: dict[str, Any], expected: Answer
) -> None:
    assert answer("AP506", concerned(more)) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-01-05", NOT_APPLICABLE), ("2026-01-06", BREACHED)]
)
def test_a_serious_incident_counts_from_the_start_on(day: str, expected: Answer) -> None:
    there = [("concern", {"day": day, "what": "x", "serious": True})]
    assert answer("AP506", placement_case(there=there, reviewed=())) is expected
    assert (
        answer(
            "AP506",
            placement_case(
                there=[("concern", {"day": "2026-02-25", "what": "x", "serious": False})],
                reviewed=(),
            ),
        )
        is NOT_APPLICABLE
    ), "not a serious one"


def test_what_follows_a_concern_is_recorded_where_the_concern_is() -> None:
    mine, theirs = (
        concerned(),
        placement_case(
            there=[("concern", {"day": "2026-02-26", "what": "x", "serious": True})],
            reviewed=("2026-02-26",),
        ),
    )
    assert "ap record concern PL-0001" in remedy(
        "AP506", mine
    ) and "ap record concern PR-0001" in remedy("AP506", theirs)


@pytest.mark.parametrize(
    ("raised", "asked", "due"),
    [
        ("2026-02-13", date(2026, 2, 18), date(2026, 2, 16)),
        ("2026-07-10", date(2026, 8, 10), date(2026, 7, 13)),
        ("2026-04-02", date(2026, 4, 7), date(2026, 4, 7)),
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 29)),
        ("2026-02-14", date(2026, 2, 16), date(2026, 2, 16)),
    ],
)
def test_a_concern_is_due_on_the_next_working_day_also_in_a_school_holiday(
    raised: str, asked: date, due: date
) -> None:
    case = worried(raised=raised, reviewed=(), on=asked)
    assert BY_ID["AP506"].due(case) == due
    assert {call.day for call in case.called} == {due}, "a review is called for by the same day"


def test_every_open_concern_is_named() -> None:
    case = placement_case(
        reviewed=(),
        happened=[("concern", {"day": day, "what": "x"}) for day in ("2026-02-05", "2026-02-26")],
    )
    said = breach("AP506", case)
    assert "5 February 2026 (E-0101)" in said and "26 February 2026 (E-0102)" in said
    assert BY_ID["AP506"].due(case) == date(2026, 2, 6), "the first of them"


def test_an_undecided_concern_is_the_most_urgent_thing_a_week_after_the_end() -> None:
    case = worried(raised="2026-02-10", ended="2026-02-23")
    found = make_finding(BY_ID["AP506"], case, BY_ID["AP506"].answer(case))
    assert found.answer is BREACHED and found.urgency is Urgency.SAFETY
    assert "the placement has ended" in found.message and "E-0101" in found.message
    mends = remedy("AP506", case)
    assert "ap record concern PL-0001 --of E-0101 --decision" in mends
    assert "--closed" in mends and "--outcome" in mends, "nothing is left to review"
    assert "--why-not-stopped" not in mends, "it has stopped"


def test_a_pupil_who_is_withdrawn_and_still_there_is_unsafe_until_the_end_or_a_stop() -> None:
    withdrawn = worried({"decision": "withdraw"}, reviewed=("2026-02-27",))
    found = make_finding(BY_ID["AP506"], withdrawn, BY_ID["AP506"].answer(withdrawn))
    assert found.answer is BREACHED and found.urgency is Urgency.SAFETY
    assert "decided to withdraw the pupil, who still goes there" in found.message
    mends = remedy("AP506", withdrawn)
    assert "ap placement end PL-0001" in mends and "ap record review PL-0001" in mends


def test_a_pupil_who_is_withdrawn_without_a_review_is_told_of_both() -> None:
    said = breach("AP506", worried({"decision": "withdraw"}, reviewed=()))
    assert "held no review" in said and "decided to withdraw the pupil" in said


def test_whether_a_concern_is_serious_is_recorded_with_that_concern() -> None:
    case = about_the_provider()
    found = make_finding(BY_ID["AP506"], case, BY_ID["AP506"].answer(case))
    assert found.answer is CANNOT_TELL and "(E-0101)" in found.message
    assert found.remedy == Edit(About("concern", "E-0101"), ("serious",))


def test_what_follows_an_incident_of_another_placement_is_recorded_there() -> None:
    case = placement_case(reviewed=("2026-02-23",), with_others=(serious_incident(),))
    assert "ap record concern PL-0002 --of E-0101" in remedy("AP506", case)
    at_the_provider = provider_case(with_placements=(serious_incident(),))
    assert "ap record concern PL-0002 --of E-0101" in remedy("AP311", at_the_provider)


@pytest.mark.parametrize(
    ("more", "reviewed", "ending"),
    [
        ({"decision": "withdraw"}, "2026-02-27", "to withdraw the pupil, who still goes there"),
        ({}, "2026-02-27", "you have not decided whether the placement stops after the concern"),
        ({}, "2026-02-13", "(E-0101), and have not decided whether the placement stops"),
        ({"why_not_stopped": "x"}, "2026-02-13", "you have held no review since the concern"),
    ],
    ids=["reviewed and withdrawn", "reviewed", "neither", "not reviewed"],
)
def test_it_says_what_is_open_about_a_concern_and_nothing_else(
    more: dict[str, Any], reviewed: str, ending: str
) -> None:
    said = breach("AP506", concerned(more, reviewed=reviewed))
    assert ending in said
    assert ("held no review" in said) is (reviewed == "2026-02-13")
    assert ("decided" in said) is ("why_not_stopped" not in more)


def test_what_mends_an_open_concern_is_a_review_first_and_then_the_decision() -> None:
    assert remedy("AP506", concerned(reviewed="2026-02-13")) == "ap record review PL-0001"
    decide = remedy("AP506", concerned(reviewed="2026-02-27"))
    assert decide == "ap record concern PL-0001 --of E-0101 --decision … --why-not-stopped …"


def test_concerns_are_asked_about_after_the_end_as_things_are_then() -> None:
    assert BY_ID["AP506"].goes_on and BY_ID["AP516"].goes_on


def test_of_several_concerns_each_says_who_is_still_to_be_told() -> None:
    told = {"lead_informed": "2026-02-26", "about_adult": False, "at_risk": False}
    raised = [("concern", {"day": "2026-02-26", "what": "x"} | more) for more in (told, {}, {})]
    raised[2][1]["at_risk"] = True
    case = placement_case(happened=raised)
    said = breach("AP516", case)
    assert "E-0101" not in said and said.count("tell your designated safeguarding lead") == 2
    assert said.count("social care") == 1 and said.index("E-0102") < said.index("E-0103")
    mends = remedy("AP516", case)
    assert "--of E-0102 --lead-informed" in mends and "--social-care-informed" not in mends
