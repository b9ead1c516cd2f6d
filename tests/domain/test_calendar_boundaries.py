"""The calendar on both sides of each of its boundaries: a calendar of four half terms, the last of them after a term that is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ap_cli.domain.calendar import Calendar, Called, Due, last_known_day, six_weeks_on
from ap_cli.domain.half_terms import TERMS_UNKNOWN, HalfTerm, surely_holiday_until, term_of
from ap_cli.domain.school_days import Closed, in_presumed_holiday
from ap_cli.forms.facts import Fact, recorded

DAY = timedelta(days=1)
SPANS = (
    ("2025-09-01", "2025-10-17"),
    ("2025-11-03", "2025-12-19"),
    ("2026-01-05", "2026-02-13"),
    ("2026-06-01", "2026-07-10"),
)
BLOCKS = tuple(
    HalfTerm("Example", f"block {at}", *map(date.fromisoformat, span))
    for at, span in enumerate(SPANS)
)
KNOWN, NONE = Calendar("Example", BLOCKS), Calendar("none", ())


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("asked", "counts", "starts"),
    [
        ("2025-08-31", -1, -1),
        ("2025-09-01", 0, 0),
        ("2025-10-17", 0, 0),
        ("2025-10-18", 0, 1),
        ("2025-11-03", 1, 1),
        ("2026-02-13", 2, 2),
        ("2026-02-14", 2, -1),
        ("2026-02-22", 2, -1),
        ("2026-02-23", -1, -1),
        ("2026-06-01", 3, 3),
        ("2026-07-10", 3, 3),
        ("2026-07-11", 3, -1),
        ("2026-08-15", 3, -1),
        ("2026-08-16", -1, -1),
    ],
)
def test_a_day_counts_for_the_half_term_before_it_and_starts_in_the_one_after_it(
    asked: str, counts: int, starts: int
) -> None:
    assert KNOWN.half_term(day(asked)) is (BLOCKS[counts] if counts >= 0 else TERMS_UNKNOWN)
    assert KNOWN.half_term_from(day(asked)) is (BLOCKS[starts] if starts >= 0 else TERMS_UNKNOWN)
    assert KNOWN.covers(day(asked)) is (starts >= 0)


def test_a_half_term_is_followed_by_the_next_that_is_known() -> None:
    after = [KNOWN.half_term_after(block) for block in BLOCKS]
    before = [KNOWN.half_term_before(block) for block in BLOCKS]
    assert [recorded(block) for block in after] == [True, True, False, False]
    assert after[:2] == list(BLOCKS[1:3])
    assert [recorded(block) for block in before] == [False, True, True, False]
    assert before[1:3] == list(BLOCKS[:2])


@pytest.mark.parametrize(
    ("last", "apart", "joined"),
    [
        ("2025-10-17", 30, True),
        ("2025-10-17", 31, False),
        ("2026-07-10", 63, True),
        ("2026-07-10", 64, False),
    ],
)
def test_half_terms_are_of_one_run_up_to_the_longest_holiday_apart(
    last: str, apart: int, joined: bool
) -> None:
    block = HalfTerm("Example", "first", day(last) - timedelta(days=40), day(last))
    second = day(last) + timedelta(days=apart)
    two = Calendar(
        "Example", (block, HalfTerm("Example", "second", second, second + timedelta(days=30)))
    )
    assert recorded(two.half_term_after(block)) is joined
    assert two.knows(block.first, second) is joined


@pytest.mark.parametrize(
    ("last", "until"),
    [("2025-10-17", "2025-10-26"), ("2025-12-19", "2025-12-31"), ("2026-07-10", "2026-08-15")],
)
def test_a_holiday_lasts_for_certain_a_week_or_through_christmas_or_half_of_august(
    last: str, until: str
) -> None:
    assert surely_holiday_until(day(last)) == day(until)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [("2025-09-01", "2025-09-01", True), ("2025-09-01", "2026-02-13", True), ("2026-02-13", "2026-06-01", False), ("2026-06-01", "2026-07-10", True),
     ("2025-12-19", "2026-01-05", True), ("2025-08-31", "2025-09-01", False), ("2026-07-10", "2026-07-11", False), ("2025-10-20", "2026-06-02", False)],
)  # fmt: skip
def test_all_terms_between_two_days_are_known_or_not(one: str, other: str, known: bool) -> None:
    assert KNOWN.knows(day(one), day(other)) is KNOWN.knows(day(other), day(one)) is known


@pytest.mark.parametrize(
    ("since", "away", "there"),
    [("2025-09-01", 1, "2025-09-02"), ("2025-09-02", -1, "2025-09-01"), ("2025-10-17", 1, "2025-11-03"), ("2025-11-03", -1, "2025-10-17"),
     ("2025-09-01", 2, "2025-09-03"), ("2026-07-09", 1, "2026-07-10"), ("2025-12-20", -1, "2025-12-19"), ("2025-09-05", 1, "2025-09-08")],
)  # fmt: skip
def test_school_days_are_counted_over_weekends_and_holidays(
    since: str, away: int, there: str
) -> None:
    assert KNOWN.school_day(day(since), away) == day(there)


@pytest.mark.parametrize(("asked", "before"), [("2025-09-01", None), ("2025-11-03", None), ("2026-01-05", "2025-09-01"), ("2026-02-14", None), ("2026-02-13", "2025-09-01"), ("2026-06-01", "2026-01-05"), ("2025-08-31", None)])  # fmt: skip
def test_the_term_before_begins_with_its_first_half_term(asked: str, before: str | None) -> None:
    fact = KNOWN.term_before(day(asked))
    assert fact == day(before) if before else fact is TERMS_UNKNOWN
    assert KNOWN.earliest_term_before(day(asked)) == (
        day(before) if before else day(asked) - timedelta(days=274)
    )


@pytest.mark.parametrize(
    ("asked", "latest"),
    [
        ("2026-02-13", "2025-09-01"),
        ("2026-03-14", "2025-09-15"),
        ("2026-03-15", "2026-01-15"),
        ("2026-07-10", "2026-01-05"),
        ("2027-06-30", "2027-01-15"),
        ("2027-07-01", "2027-05-05"),
        ("2027-12-04", "2027-05-05"),
        ("2027-12-05", "2027-09-15"),
    ],
)
def test_a_term_before_that_nobody_knows_began_by_a_day_of_the_year(
    asked: str, latest: str
) -> None:
    assert KNOWN.latest_term_before(day(asked)) == day(latest)


def test_a_term_is_told_by_the_month_in_which_it_begins() -> None:
    months = [term_of(date(2026, month, 1)) for month in range(1, 13)]
    assert months == [(2026, 0)] * 3 + [(2026, 1)] * 4 + [(2026, 2)] * 5


@pytest.mark.parametrize(
    ("starts", "until", "ran"),
    [("2025-09-01", "2025-09-05", (0,)), ("2025-09-01", "2025-09-04", ()), ("2025-09-01", "2025-11-07", (0, 1)), ("2025-09-01", "2025-11-06", (0,)),
     ("2025-10-13", "2025-10-17", (0,)), ("2025-10-14", "2025-10-17", ()), ("2025-08-31", "2025-12-19", (0, 1)), ("2026-01-05", "2026-07-10", (2, 3))],
)  # fmt: skip
def test_a_placement_ran_in_a_half_term_of_which_it_had_five_school_days(
    starts: str, until: str, ran: tuple[int, ...]
) -> None:
    assert KNOWN.known_half_terms(day(starts), day(until)) == tuple(BLOCKS[at] for at in ran)


@pytest.mark.parametrize(
    ("until", "due"),
    [
        (None, "2025-10-17"),
        ("2025-09-05", "2025-09-05"),
        ("2025-09-04", None),
        ("2025-10-17", "2025-10-17"),
        ("2025-10-16", "2025-10-16"),
    ],
)
def test_what_is_done_once_a_half_term_is_due_at_its_end_or_that_of_the_placement(
    until: str | None, due: str | None
) -> None:
    assert KNOWN.each_half_term(day("2025-09-01"), day(until) if until else None, ()) == (
        day(due) if due else None
    )


def test_what_is_done_once_a_half_term_is_due_again_in_the_next() -> None:
    assert KNOWN.each_half_term(day("2025-09-01"), None, (day("2025-09-01"),)) == day("2025-12-19")
    assert KNOWN.each_half_term(day("2025-09-02"), None, (day("2025-09-01"),)) == day(
        "2025-10-17"
    ), "before the start it counts for nothing"
    assert KNOWN.each_half_term(day("2025-09-01"), None, (day("2025-10-18"),)) == day(
        "2025-12-19"
    ), "in the holiday it counts for what is before"


@pytest.mark.parametrize("until", [None, "2026-06-01", "2026-05-31"])
def test_without_a_calendar_nobody_can_tell_when_it_is_due(until: str | None) -> None:
    found = NONE.each_half_term(day("2026-04-20"), day(until) if until else None, ())
    assert found is TERMS_UNKNOWN


@pytest.mark.parametrize(("until", "due"), [("2026-02-22", None), ("2026-02-23", TERMS_UNKNOWN)])
def test_in_the_last_half_term_that_is_known_nothing_more_is_due_before_its_holiday_is_over(
    until: str, due: object
) -> None:
    assert KNOWN.each_half_term(day("2026-01-05"), day(until), (day("2026-02-12"),)) is due
    assert KNOWN.each_half_term(day("2026-02-11"), day(until), ()) is due


@pytest.mark.parametrize("starts", ["2026-04-20", "2026-03-02"])
def test_without_a_calendar_a_review_is_six_weeks_after_the_start_or_the_last(starts: str) -> None:
    due = NONE.next_review(day(starts), None, (day("2026-04-20"),))
    assert (
        due
        and due.day == day("2026-06-01")
        and due.estimated
        and due.sure_from == day("2026-06-16")
    )


def review(**given: object) -> Due:
    found = KNOWN.next_review(
        **({"starts": day("2025-09-01"), "ends": None, "reviews": ()} | given)
    )  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("given", "due", "why"),
    [
        ({}, "2025-10-17", "block 0"),
        ({"reviews": (day("2025-09-01"),)}, "2025-12-19", "block 1"),
        ({"starts": day("2025-09-02"), "reviews": (day("2025-09-01"),)}, "2025-10-17", "block 0"),
        ({"starts": day("2025-10-14")}, "2025-12-19", "block 1"),
        ({"starts": day("2025-10-13")}, "2025-10-17", "block 0"),
        ({"ends": day("2025-10-17")}, "2025-10-17", "last day of the placement"),
        ({"ends": day("2025-10-16")}, "2025-10-16", "last day of the placement"),
        ({"ends": day("2025-10-18")}, "2025-10-17", "block 0"),
        (
            {"ends": day("2025-11-03"), "reviews": (day("2025-10-17"),)},
            "2025-11-03",
            "last day of the placement",
        ),
        (
            {"ends": day("2025-11-02"), "reviews": (day("2025-10-17"),)},
            "2025-11-02",
            "last day of the placement",
        ),
        ({"agreed": (day("2025-10-16"),)}, "2025-10-16", "agreed"),
        ({"agreed": (day("2025-10-17"),)}, "2025-10-17", "block 0"),
        ({"called": (Called(day("2025-10-16"), "a concern"),)}, "2025-10-16", "a concern"),
        ({"called": (Called(day("2025-10-17"), "a concern"),)}, "2025-10-17", "block 0"),
        ({"called": (Called(day("2025-08-31"), "a concern"),)}, "2025-09-01", "a concern"),
    ],
)
def test_a_review_is_due_on_the_first_of_what_calls_for_it_and_late_on_the_day_after(
    given: dict[str, object], due: str, why: str
) -> None:
    found = review(**given)
    assert (
        found.day == day(due)
        and why in found.why
        and found.sure_from == found.day + DAY
        and not found.estimated
    )


@pytest.mark.parametrize(("reviewed", "asked"), [("2025-12-19", False), ("2025-12-18", True)])
def test_a_review_on_the_last_day_is_the_last(reviewed: str, asked: bool) -> None:
    assert (
        KNOWN.next_review(day("2025-09-01"), day("2025-12-19"), (day(reviewed),)) is not None
    ) is asked


@pytest.mark.parametrize(("later", "estimated"), [(1, False), (2, True)])
def test_a_due_day_is_an_estimate_where_it_is_late_for_certain_only_later(
    later: int, estimated: bool
) -> None:
    assert (
        Due(day("2026-03-02"), "x", day("2026-03-02") + timedelta(days=later)).estimated
        is estimated
    )


@pytest.mark.parametrize(
    ("agreed", "reviews", "then", "first"),
    [
        (("2025-09-01",), (), None, "2025-09-01"),
        (("2025-08-31",), (), None, None),
        (("2025-10-17",), ("2025-09-10",), None, None),
        (("2025-10-18",), ("2025-09-10",), None, "2025-10-18"),
        ((), ("2025-09-10",), "2025-09-11", "2025-09-11"),
        ((), ("2025-09-10",), "2025-09-10", None),
        (("2026-04-18",), ("2026-04-18",), None, None),
        (("2026-04-19",), ("2026-04-18",), None, TERMS_UNKNOWN),
        (("2026-04-20",), ("2026-04-18",), "2026-04-19", "2026-04-19"),
        (("2026-04-19",), ("2026-04-18",), "2026-04-20", TERMS_UNKNOWN),
    ],
)
def test_a_review_spends_what_was_agreed_up_to_the_end_of_its_half_term(
    agreed: tuple[str, ...], reviews: tuple[str, ...], then: str | None, first: Fact[str | None]
) -> None:
    found = KNOWN.first_unspent(
        day("2025-09-01"),
        tuple(map(day, reviews)),
        tuple(map(day, agreed)),
        day(then) if then else None,
    )
    assert found is first if not isinstance(first, str) else found == day(first)


@pytest.mark.parametrize(
    ("asked", "presumed"),
    [("07-19", False), ("07-20", True), ("08-31", True), ("09-01", False), ("11-25", False), ("12-19", False), ("12-20", True), ("12-31", True),
     ("01-01", True), ("01-03", True), ("01-04", False)],
)  # fmt: skip
def test_holidays_are_presumed_from_their_first_to_their_last_day(
    asked: str, presumed: bool
) -> None:
    assert in_presumed_holiday(day(f"2030-{asked}")) is presumed


@pytest.mark.parametrize(
    ("ended", "ends", "last"),
    [("2026-03-02", None, "2026-03-02"), ("2026-03-03", None, None), (None, "2026-03-02", "2026-03-02"), (None, "2026-03-01", None),
     ("2026-03-01", "2026-05-01", "2026-03-01"), ("2026-03-03", "2026-05-01", "2026-05-01")],
)  # fmt: skip
def test_the_last_day_is_one_that_has_come_or_a_planned_one_still_to_come(
    ended: str | None, ends: str | None, last: str | None
) -> None:
    known = [day(text) if text else None for text in (ended, ends, last)]
    assert last_known_day(known[0], known[1], day("2026-03-02")) == known[2]


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-04-22", "2026-06-03"), ("2026-04-24", "2026-06-05"), ("2026-04-25", "2026-06-08")],
)
def test_six_weeks_are_forty_two_days_and_end_on_a_weekday(start: str, due: str) -> None:
    assert six_weeks_on(day(start), None) == day(due)


@pytest.mark.parametrize(("last", "open_"), [("2026-06-29", False), ("2026-06-28", True)])
def test_a_term_that_ends_within_three_weeks_of_the_presumed_holiday_leads_into_it(
    last: str, open_: bool
) -> None:
    known = Calendar("Example", (HalfTerm("Example", "summer 2", day("2026-06-01"), day(last)),))
    assert known.is_presumed_school_day(
        day("2026-07-13")
    ) is open_ and not known.is_presumed_school_day(day("2026-07-20"))


@pytest.mark.parametrize(
    ("asked", "open_"),
    [("2026-06-10", True), ("2026-06-11", False), ("2026-06-19", False), ("2026-06-22", True)],
)
def test_a_half_term_that_ends_within_a_week_is_followed_by_nine_days_without_school(
    asked: str, open_: bool
) -> None:
    known = Calendar(
        "Example", (HalfTerm("Example", "summer 2", day("2026-05-25"), day("2026-06-10")),)
    )
    assert known.is_presumed_school_day(day(asked)) is open_


@pytest.mark.parametrize(
    ("shut", "last"), [((2, 3, 4, 5), "2026-06-01"), ((1, 2, 3, 4, 5), "2026-06-05")]
)
def test_the_last_school_day_of_the_first_half_term_known_can_be_its_first_day(
    shut: tuple[int, ...], last: str
) -> None:
    block = HalfTerm("Example", "summer 2", day("2026-06-01"), day("2026-06-05"))
    closed = tuple(Closed("Example", "INSET day", date(2026, 6, each)) for each in shut)
    assert Calendar("Example", (block,), closed).last_school_day(block) == day(last)
