"""What the head teacher tells the parents of the education during an exclusion: AP115."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.rules.examples.builders import excluded_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_YET, Answer

from .answers import BY_ID, answer, breach, remedy

DETAILS = dict.fromkeys(("start_day", "daily_hours", "address", "report_to"), True)


def suspended(first: str, until: str) -> dict[str, Any]:
    return {"day": first, "permanent": False, "until": until}


def excluded(day: str) -> dict[str, Any]:
    return {"day": day, "permanent": True}


def notices(*given: dict[str, Any]) -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple(("education-notice", each) for each in given)


def test_details_may_come_in_parts_and_count_from_the_last_part() -> None:
    first = {"day": "2026-02-06", "address": True, "start_day": True}
    rest = {"daily_hours": True, "report_to": True}
    for day, expected in (("2026-02-21", MET), ("2026-02-22", BREACHED)):
        also = notices(first, {"day": day} | rest)
        assert answer("AP115", excluded_case(excluded("2026-02-06"), also=also)) is expected


def test_each_exclusion_needs_a_notice_of_its_own() -> None:
    both = (excluded("2026-01-14"), suspended("2026-02-06", "2026-02-27"))
    first = notices({"day": "2026-01-14"} | DETAILS)
    second = notices({"day": "2026-02-06"} | DETAILS)
    assert answer("AP115", excluded_case(*both, also=first)) is BREACHED
    assert "the suspension of 6 February 2026" in breach("AP115", excluded_case(*both, also=first))
    assert answer("AP115", excluded_case(*both, also=(*first, *second))) is MET


def test_a_notice_before_a_later_suspension_counts_for_the_one_that_it_names() -> None:
    both = (excluded("2026-01-14"), suspended("2026-02-06", "2026-02-27"))
    first = notices({"day": "2026-01-14"} | DETAILS)
    early = {"day": "2026-02-03"} | DETAILS
    named = notices(early | {"exclusion_day": "2026-02-06"})
    assert answer("AP115", excluded_case(*both, also=(*first, *named))) is MET
    assert answer("AP115", excluded_case(*both, also=(*first, *notices(early)))) is BREACHED


def test_the_notice_of_one_suspension_after_another_is_due_when_they_become_six_days() -> None:
    """The second begins on the sixth school day, Friday 13 February 2026."""
    case = excluded_case(
        suspended("2026-02-06", "2026-02-12"),
        suspended("2026-02-13", "2026-02-27"),
        on=date(2026, 2, 13),
    )
    rule = BY_ID["AP115"]
    assert rule.answer(case) == (NOT_YET, None, date(2026, 2, 13))


def test_it_says_which_details_are_missing_and_by_when() -> None:
    said = {"day": "2026-02-06", "start_day": True, "address": True}
    case = excluded_case(excluded("2026-02-06"), also=notices(said), on=date(2026, 2, 12))
    assert answer("AP115", case) is NOT_YET
    assert breach("AP115", case) == (
        "the notice does not say the times of each day, whom to report to; the education begins"
        " on Monday 23 February 2026, so by Saturday 21 February 2026"
    )
    assert "--daily-hours --report-to" in remedy("AP115", case)


def test_what_came_too_late_is_not_to_be_given_again() -> None:
    late = excluded_case(excluded("2026-02-06"), also=notices({"day": "2026-02-09"} | DETAILS))
    assert "nothing more can be done for it" in remedy("AP115", late)
    nobody = excluded_case(excluded("2026-02-06"))
    assert "nothing more can be done for it" not in remedy("AP115", nobody)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("2026-09-20", MET), ("2026-09-25", CANNOT_TELL), ("2026-09-28", BREACHED)],
)
def test_without_term_dates_details_are_late_only_for_any_sixth_day(
    given: str, expected: Answer
) -> None:
    """Excluded on Monday 14 September 2026: day six is 22 September, or by 29 September."""
    told = notices({"day": "2026-09-14"}, {"day": given} | DETAILS)
    case = excluded_case(excluded("2026-09-14"), also=told, on=date(2026, 10, 8))
    assert answer("AP115", case) is expected


def test_without_term_dates_a_suspension_that_may_be_short_asks_for_nothing_for_certain() -> None:
    """From Monday 14 September 2026, six school days are over by Monday 28 September."""
    for until, expected in (("2026-09-25", CANNOT_TELL), ("2026-09-28", BREACHED)):
        case = excluded_case(suspended("2026-09-14", until), on=date(2026, 10, 8))
        assert answer("AP115", case) is expected
