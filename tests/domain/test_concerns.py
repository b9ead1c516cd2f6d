"""What calls for a review whatever the half term: concerns, serious incidents and requests in writing."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.concerns import Patience, called, excused, threads
from ap_cli.domain.entries.during import Asker, Concern, OurDecision, ReviewRequest
from ap_cli.domain.entries.entry import EntryRef
from ap_cli.forms.facts import Unknown
from ap_cli.policy.terms import Calendars

COUNTY, PATIENCE, STARTS = Calendars().following(), Patience(15, 70, 1), date(2026, 1, 6)
RAISED, ASKED = date(2026, 2, 25), date(2026, 3, 2)


def calls(
    concerns: tuple[Concern, ...] = (),
    incidents: tuple[Concern, ...] = (),
    requests: tuple[ReviewRequest, ...] = (),
    reviews: tuple[date, ...] = (),
    waived: tuple[date, ...] = (),
) -> list[str]:
    both = (*reviews, *waived)
    found = called(
        COUNTY, threads(concerns), threads(incidents), requests, both, reviews, PATIENCE, STARTS
    )
    return [each.day.isoformat() for each in found]


@pytest.mark.parametrize(
    ("reviewed", "days"),
    [
        ((), ["2026-02-26"]),
        ((date(2026, 2, 24),), ["2026-02-26"]),
        ((RAISED,), []),
        ((date(2026, 2, 26),), []),
    ],
)
def test_a_concern_calls_for_a_review_on_the_next_school_day_until_one_is_held(
    reviewed: tuple[date, ...], days: list[str]
) -> None:
    assert calls(concerns=(Concern(id=1, day=RAISED, what="x"),), reviews=reviewed) == days


@pytest.mark.parametrize(
    ("raised", "serious", "days"),
    [
        (STARTS, True, ["2026-01-07"]),
        (date(2026, 1, 5), True, []),
        (STARTS, False, []),
        (STARTS, Unknown("concern.serious"), []),
    ],
)
def test_only_a_serious_incident_at_the_provider_since_the_start_calls_for_one(
    raised: date, serious: bool, days: list[str]
) -> None:
    assert calls(incidents=(Concern(id=1, day=raised, what="x", serious=serious),)) == days


@pytest.mark.parametrize(
    ("refused", "reviewed", "days"),
    [
        (Unknown("request.refused"), (), ["2026-03-23"]),
        (False, (), ["2026-03-23"]),
        (True, (), []),
        (False, (ASKED,), []),
        (False, (date(2026, 3, 1),), []),
        (False, (date(2025, 12, 22),), []),
        (False, (date(2025, 12, 21),), ["2026-03-23"]),
    ],
)
def test_a_request_calls_for_a_review_unless_it_was_refused_held_or_excused(
    refused: bool, reviewed: tuple[date, ...], days: list[str]
) -> None:
    assert (
        calls(
            requests=(ReviewRequest(id=1, day=ASKED, asked_by=Asker.PARENT, refused=refused),),
            reviews=reviewed,
        )
        == days
    )


@pytest.mark.parametrize(
    ("waived", "days"), [(date(2026, 3, 1), ["2026-03-23"]), (ASKED, []), (date(2026, 3, 9), [])]
)
def test_a_review_waived_before_a_request_excuses_nothing_and_one_waived_after_it_is_no_more_due(
    waived: date, days: list[str]
) -> None:
    request = ReviewRequest(id=1, day=ASKED, asked_by=Asker.PARENT)
    assert calls(requests=(request,), waived=(waived,)) == days


def test_a_request_without_term_dates_is_late_once_its_day_has_gone_by_on_any_usual_calendar() -> (
    None
):
    """By estimate on 5 October; at the latest on 9 November, after half term and INSET days."""
    request = ReviewRequest(id=1, day=date(2027, 9, 14), asked_by=Asker.PARENT)
    (call,) = called(COUNTY, (), (), (request,), (), (), PATIENCE, STARTS)
    assert (call.day, call.late_from) == (date(2027, 10, 5), date(2027, 11, 10))


@pytest.mark.parametrize(
    ("day", "excuses"),
    [("2025-12-21", False), ("2025-12-22", True), ("2026-03-01", True), ("2026-03-02", False)],
)
def test_a_review_in_the_seventy_days_before_a_request_excuses_it(day: str, excuses: bool) -> None:
    assert (
        excused(
            ReviewRequest(id=1, day=ASKED, asked_by=Asker.PARENT),
            (date.fromisoformat(day),),
            PATIENCE,
        )
        is excuses
    )


def test_a_concern_is_closed_and_decided_as_was_said_last() -> None:
    first = Concern(id=1, day=RAISED, what="x")
    again = [
        {"closed": True, "outcome": "x", "decision": OurDecision.KEEP},
        {"closed": False, "decision": OurDecision.WITHDRAW},
        {},
    ]
    later = [
        Concern(id=2 + at, day=RAISED, about=EntryRef(1), **given) for at, given in enumerate(again)
    ]
    (one,) = threads((first, *later[:1]))
    assert one.closed and one.decision is OurDecision.KEEP
    (two,) = threads((first, *later))
    assert not two.closed and two.decision is OurDecision.WITHDRAW and two.raised == RAISED
    (none,) = threads((first,))
    assert not none.closed and isinstance(none.decision, Unknown)
