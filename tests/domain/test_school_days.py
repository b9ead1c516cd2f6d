"""School days: what is one, counted forwards and backwards; and the days that come of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.attendance import (
    CODES,
    Mark,
    SessionCounts,
    count_sessions,
    missed_running,
    read_code,
    read_half,
)
from ap_cli.domain.calendar import Calendar
from ap_cli.domain.half_terms import HalfTerm
from ap_cli.domain.school_days import (
    PRESUMED_HOLIDAYS,
    Closed,
    after_presumed_holiday,
    in_presumed_holiday,
    name_school_day,
    school_day_in_words,
)
from ap_cli.domain.usual_calendar import is_usual_school_day, school_year
from ap_cli.forms.facts import recorded
from ap_cli.policy.terms import Calendars, bank_holidays

COUNTY = Calendars().following()
NONE = Calendar("none", ())
DAYS = st.dates(date(2024, 8, 27), date(2026, 7, 10))
ANY = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(-30, 30).filter(bool))
def test_a_school_day_so_many_away_has_that_many_between(day: date, away: int) -> None:
    there = COUNTY.estimated_school_day(day, away)
    assert COUNTY.is_presumed_school_day(there) and (there > day) == (away > 0)
    if recorded(COUNTY.school_day(day, away)):
        between = list(COUNTY.school_days(min(day, there), max(day, there)))
        assert len(between) == abs(away) + COUNTY.is_school_day(day)


@given(DAYS.filter(COUNTY.is_school_day), st.integers(1, 60))
def test_counting_back_inverts_counting_on(day: date, away: int) -> None:
    there = COUNTY.school_day(day, away)
    assert not recorded(there) or COUNTY.school_day(there, -away) == day


BEGAN = date(2025, 9, 1)
STRETCHES = st.lists(st.tuples(st.integers(1, 80), st.integers(5, 50)), max_size=6)


def broken_up(stretches: list[tuple[int, int]], shut: list[int]) -> Calendar:
    """Half terms from a day on, each so long and with so many days after it, and closed days counted from that day."""
    blocks, first = [], BEGAN
    for pause, length in stretches:
        blocks.append(HalfTerm("x", "x", first, first + timedelta(days=length)))
        first += timedelta(days=length + pause)
    return Calendar(
        "x",
        tuple(blocks),
        tuple(Closed("x", "INSET day", BEGAN + timedelta(days=days)) for days in shut),
    )


@given(
    STRETCHES,
    st.lists(st.integers(0, 500)),
    st.integers(-60, 600),
    st.integers(-90, 90).filter(bool),
)
def test_counting_is_the_same_as_going_day_by_day_whatever_is_known(
    stretches: list[tuple[int, int]], shut: list[int], since: int, away: int
) -> None:
    calendar, day = broken_up(stretches, shut), BEGAN + timedelta(days=since)
    left, there = abs(away), day
    while left:
        there += timedelta(days=1 if away > 0 else -1)
        left -= calendar.is_presumed_school_day(there)
    assert calendar.estimated_school_day(day, away) == there
    fact = calendar.school_day(day, away)
    assert recorded(fact) is calendar.knows(day, there) and (not recorded(fact) or fact == there)


@given(STRETCHES, st.lists(st.integers(0, 300)), st.integers(-60, 400))
def test_a_school_day_is_a_weekday_of_a_half_term_on_which_the_school_is_open(
    stretches: list[tuple[int, int]], shut: list[int], since: int
) -> None:
    calendar, day = broken_up(stretches, shut), BEGAN + timedelta(days=since)
    if day.weekday() > 4 or since in shut:
        assert not calendar.is_school_day(day)
    elif any(block.first <= day <= block.last for block in calendar.half_terms):
        assert calendar.is_school_day(day)
    elif calendar.covers(day):
        assert not calendar.is_school_day(day)
    else:
        assert not recorded(calendar.is_school_day(day))


@pytest.mark.parametrize(
    ("day", "is_one"), [("2026-05-01", True), ("2026-05-04", False), ("2026-05-05", True)]
)
def test_a_bank_holiday_within_a_half_term_is_no_school_day(day: str, is_one: bool) -> None:
    assert COUNTY.is_school_day(date.fromisoformat(day)) is is_one
    assert (COUNTY.closure(date.fromisoformat(day)) is None) is is_one


def test_a_bank_holiday_is_none_where_no_calendar_covers_it_either() -> None:
    nowhere = Calendar("none", (), bank_holidays())
    days = [date(2031, 5, day) for day in (2, 5, 6)]
    assert [nowhere.is_presumed_school_day(day) for day in days] == [True, False, True]
    assert [recorded(nowhere.is_school_day(day)) for day in days] == [False, True, False]


@pytest.mark.parametrize(
    ("starts", "due"), [("2026-05-18", "2026-05-22"), ("2026-05-19", "2026-07-10")]
)
def test_five_school_days_of_a_half_term_are_counted_without_its_closed_days(
    starts: str, due: str
) -> None:
    found = COUNTY.next_review(date.fromisoformat(starts), None, ())
    assert found is not None and found.day == date.fromisoformat(due)
    shut = Calendar("x", COUNTY.half_terms, (Closed("x", "INSET day", date(2026, 5, 20)),))
    later = shut.next_review(date(2026, 5, 18), None, ())
    assert later is not None and later.day == date(2026, 7, 10)


def test_a_school_with_inset_days_of_its_own_keeps_the_countys_half_terms() -> None:
    inset = Closed("Example Academy", "INSET day", date(2026, 2, 27))
    calendars = Calendars(
        (),
        (
            inset,
            Closed("Leicestershire", "INSET day", date(2026, 3, 2)),
            Closed("Leicestershire", "INSET day", date(2025, 6, 2)),
        ),
    )
    own, county = calendars.following("Example Academy"), calendars.following()
    assert own.name == "Example Academy" and own.half_terms == county.half_terms
    assert [
        own.is_school_day(date(2026, 2, 27)),
        own.is_school_day(date(2026, 3, 2)),
        own.is_school_day(date(2025, 6, 2)),
    ] == [False, True, False]
    assert [county.is_school_day(date(2026, 2, 27)), county.is_school_day(date(2026, 3, 2))] == [
        True,
        False,
    ]


@given(ANY)
def test_a_weekend_is_never_a_school_day_whatever_the_calendar(day: date) -> None:
    if day.weekday() > 4:
        assert not COUNTY.is_school_day(day) and not NONE.is_school_day(day)
        assert not NONE.is_presumed_school_day(day)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        ("2026-02-13", True),
        ("2026-02-14", False),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-07-10", True),
        ("2026-07-13", False),
        ("2026-07-17", False),
        ("2026-08-31", False),
        ("2026-09-01", True),
    ],
)
def test_the_days_around_a_holiday(day: str, is_one: bool) -> None:
    """After the last term known it is a holiday until the presumed summer holiday, and through that."""
    assert COUNTY.is_presumed_school_day(date.fromisoformat(day)) is is_one


def test_the_week_after_the_last_half_term_known_is_a_holiday() -> None:
    known = Calendar(
        "Example", (HalfTerm("Example", "autumn 1", date(2026, 9, 1), date(2026, 10, 16)),)
    )
    assert not any(
        known.is_presumed_school_day(date(2026, 10, day)) for day in range(17, 26)
    ) and known.is_presumed_school_day(date(2026, 10, 26))


@pytest.mark.parametrize(
    ("closed", "last"),
    [
        ((), "2026-02-13"),
        (("2026-02-13",), "2026-02-12"),
        (("2026-02-12", "2026-02-13"), "2026-02-11"),
    ],
)
def test_the_last_school_day_of_a_half_term_is_one_on_which_school_is_held(
    closed: tuple[str, ...], last: str
) -> None:
    shut = tuple(Closed("Example", "INSET day", date.fromisoformat(day)) for day in closed)
    block = HalfTerm("Example", "spring 1", date(2026, 1, 6), date(2026, 2, 15))
    calendar = Calendar(
        "Example",
        (block, HalfTerm("Example", "spring 2", date(2026, 2, 23), date(2026, 3, 27))),
        shut,
    )
    due = calendar.next_review(date(2026, 1, 6), None, ())
    assert due and due.day.isoformat() == last == calendar.last_school_day(block).isoformat()
    assert calendar.each_half_term(date(2026, 1, 6), None, ()) == due.day


@pytest.mark.parametrize(
    "names",
    [
        ("autumn 1", "autumn 2", "spring 1", "spring 2"),
        ("Term 1", "Term 2", "Term 3", "Term 4"),
        ("a", "b", "c", "d"),
    ],
)
def test_a_term_is_told_by_its_months_whatever_its_half_terms_are_called(
    names: tuple[str, ...],
) -> None:
    days = (
        ("2025-09-01", "2025-10-17"),
        ("2025-11-03", "2025-12-19"),
        ("2026-01-06", "2026-02-13"),
        ("2026-02-23", "2026-03-27"),
    )
    blocks = tuple(
        HalfTerm("Example", name, *map(date.fromisoformat, span))
        for name, span in zip(names, days, strict=True)
    )
    assert Calendar("Example", blocks).term_before(date(2026, 3, 2)) == date(2025, 9, 1)


def test_without_a_calendar_holidays_are_presumed() -> None:
    days = [date(2030, 7, 19), date(2030, 7, 22), date(2030, 9, 2), date(2030, 12, 23)]
    assert [NONE.is_presumed_school_day(day) for day in days] == [True, False, True, False]


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-03-02", "2025-08-26"),
        ("2025-10-20", "2025-04-28"),
        ("2026-02-16", "2025-08-26"),
        ("2024-09-02", None),
    ],
)
def test_the_term_before_that_of_a_day(day: str, before: str | None) -> None:
    found = COUNTY.term_before(date.fromisoformat(day))
    assert (found.isoformat() if recorded(found) else None) == before


@given(DAYS, st.lists(DAYS, max_size=5))
def test_what_is_due_each_half_term_is_due_after_what_was_done_and_never_twice_in_one(
    starts: date, done: list[date]
) -> None:
    day = COUNTY.each_half_term(starts, None, done)
    if recorded(day):
        assert day is not None and day >= starts
        last = max(done, default=None)
        if last is not None and last >= starts:
            assert COUNTY.half_term(day) is not COUNTY.half_term(last)
    else:
        assert not COUNTY.covers(max([starts, *done]) + timedelta(days=49))


MARKS = st.lists(
    st.builds(Mark, DAYS, st.integers(0, 1), st.sampled_from(list(CODES))), max_size=40
)


@given(MARKS)
def test_sessions_counted_add_up_and_a_share_is_between_none_and_all(marks: list[Mark]) -> None:
    counted = count_sessions(marks)
    assert counted.possible + counted.not_possible == len(marks) and counted.possible <= len(marks)
    assert counted.percent is None if not counted.possible else 0 <= counted.percent <= 100


@given(MARKS)
def test_a_session_attended_never_lowers_attendance_and_one_not_possible_changes_nothing(
    marks: list[Mark],
) -> None:
    before = count_sessions(marks).percent
    more, same = (
        count_sessions([*marks, Mark(date(2026, 3, 2), 0, "B")]).percent,
        count_sessions([*marks, Mark(date(2026, 3, 2), 0, "D")]).percent,
    )
    assert more is not None and (before is None or more >= before) and same == before


@given(MARKS)
def test_sessions_missed_running_are_no_more_than_those_missed(marks: list[Mark]) -> None:
    assert 0 <= missed_running(marks) <= sum(mark.missed for mark in marks)


def test_a_run_of_absences_ends_with_a_session_attended_and_passes_over_others() -> None:
    codes = ["B", "I", "D", "O", "Y1"]
    marks = [
        Mark(date(2026, 2, 23) + timedelta(days=number), 0, code)
        for number, code in enumerate(codes)
    ]
    assert (
        missed_running(marks) == 2 and missed_running([*marks, Mark(date(2026, 3, 2), 0, "L")]) == 0
    )


def test_of_nothing_possible_there_is_no_share() -> None:
    assert (
        SessionCounts().percent is None
        and count_sessions([Mark(date(2026, 3, 2), 0, "D")]).percent is None
    )


def test_codes_and_sessions_are_read_in_any_case_and_others_refused() -> None:
    assert read_code(" j1 ") == "J1" and read_half("PM") == 1
    for text in ("", "AA", "B B", "é"):
        with pytest.raises(ValueError, match="no code"):
            read_code(text)
    with pytest.raises(ValueError, match="no session"):
        read_half("noon")


@pytest.mark.parametrize(
    ("day", "away", "on", "gone"),
    [
        ("2026-03-02", 5, "2026-03-09", False),
        ("2026-03-02", 5, "2026-03-10", True),
        ("2031-03-03", 5, "2031-03-10", False),
        ("2031-03-03", 5, "2031-03-11", None),
    ],
)
def test_a_school_day_has_not_gone_by_while_all_weekdays_are_too_few(
    day: str, away: int, on: str, gone: bool | None
) -> None:
    fact = COUNTY.has_gone_by(date.fromisoformat(day), away, date.fromisoformat(on))
    assert (fact if recorded(fact) else None) is gone


def test_school_days_at_most_are_those_known_and_each_weekday_that_may_be_one() -> None:
    assert COUNTY.at_most_school_days(date(2026, 2, 12), date(2026, 2, 24)) == 3
    assert NONE.at_most_school_days(date(2026, 2, 12), date(2026, 2, 24)) == 8


@pytest.mark.parametrize(
    ("day", "away", "latest"),
    [
        ("2026-09-14", 6, "2026-09-29"),
        ("2026-09-14", 13, "2026-10-08"),
        ("2026-09-14", 14, "2026-11-09"),
        ("2028-04-28", 1, "2028-05-09"),
        ("2028-07-02", 1, "2028-09-18"),
    ],
    ids=[
        "the sixth after five INSET days",
        "the last before the widest half term",
        "the first after it",
        "five INSET days, and a bank holiday on Monday 1 May",
        "over the summer, into another school year",
    ],
)
def test_without_term_dates_a_school_day_has_come_on_any_usual_calendar_by_a_day(
    day: str, away: int, latest: str
) -> None:
    """Source: our figure, the widest holidays seen and five INSET days a school year."""
    bare = Calendar("none", (), COUNTY.closed)
    found = bare.latest_school_day(date.fromisoformat(day), away)
    assert found == date.fromisoformat(latest)
    assert bare.has_gone_by(date.fromisoformat(day), away, found + timedelta(days=1)) is True
    assert not recorded(bare.has_gone_by(date.fromisoformat(day), away, found))


@given(DAYS, st.integers(1, 40))
def test_the_latest_day_is_never_before_the_day_by_the_countys_own_terms(
    day: date, away: int
) -> None:
    known = COUNTY.school_day(day, away)
    if recorded(known):
        assert Calendar("none", (), COUNTY.closed).latest_school_day(day, away) >= known
        assert COUNTY.latest_school_day(day, away) == known


@given(DAYS, st.integers(1, 40))
def test_the_day_by_the_countys_own_terms_is_one_of_those_that_can_be_it(
    day: date, away: int
) -> None:
    known = COUNTY.school_day(day, away)
    if recorded(known):
        bare = Calendar("none", (), COUNTY.closed)
        assert known in bare.possible_school_days(day, away)
        assert COUNTY.possible_school_days(day, away) == (known,)


def test_the_days_that_can_be_a_school_day_are_weekdays_from_the_earliest_to_the_latest() -> None:
    """Six school days after Monday 14 September 2026: from the sixth weekday on."""
    days = Calendar("none", (), COUNTY.closed).possible_school_days(date(2026, 9, 14), 6)
    assert [day.day for day in days] == [22, 23, 24, 25, 28, 29]


@pytest.mark.parametrize(
    ("day", "usual"),
    [
        ("2026-07-02", True), ("2026-07-03", False), ("2026-09-10", False), ("2026-09-11", True),
        ("2026-10-08", True), ("2026-10-09", False), ("2026-11-06", False), ("2026-11-09", True),
        ("2026-12-10", True), ("2026-12-11", False), ("2027-01-08", False), ("2027-01-11", True),
        ("2027-02-04", True), ("2027-02-05", False), ("2027-02-26", False), ("2027-03-01", True),
        ("2027-03-17", True), ("2027-03-18", False), ("2027-04-28", False), ("2027-04-29", True),
        ("2027-05-19", True), ("2027-05-20", False), ("2027-06-11", False), ("2027-06-14", True),
        ("2028-02-29", False), ("2026-09-12", False),
    ],
)  # fmt: skip
def test_usual_school_days_are_weekdays_outside_the_widest_holidays(day: str, usual: bool) -> None:
    assert is_usual_school_day(date.fromisoformat(day)) is usual


@pytest.mark.parametrize(
    ("day", "usual"),
    [
        ("2028-11-06", False), ("2028-11-07", True), ("2026-12-31", False), ("2027-01-01", False),
        ("2028-01-10", False), ("2028-01-11", True), ("2026-06-11", False), ("2026-06-12", True),
    ],
)  # fmt: skip
def test_the_last_day_of_a_widest_holiday_is_one_and_the_next_weekday_is_not(
    day: str, usual: bool
) -> None:
    """Source: our figure. These days are weekdays, unlike the ends of the same holidays in 2026."""
    assert is_usual_school_day(date.fromisoformat(day)) is usual


@pytest.mark.parametrize(
    ("day", "year"), [("2026-07-31", 2025), ("2026-08-01", 2026), ("2026-01-01", 2025)]
)
def test_a_school_year_is_called_by_the_year_in_which_it_began(day: str, year: int) -> None:
    assert school_year(date.fromisoformat(day)) == year


WINTER = HalfTerm("x", "spring 1", date(2026, 1, 5), date(2026, 2, 13))
WITH_INSET = Calendar("x", (WINTER,), (Closed("x", "INSET", date(2026, 1, 7)),))


@pytest.mark.parametrize(
    ("away", "named"),
    [
        (1, "1 school day after 5 January 2026"),
        (2, "2 school days after 5 January 2026"),
        (-1, "1 school day before 5 January 2026"),
    ],
)
def test_a_school_day_is_named_by_how_far_it_is(away: int, named: str) -> None:
    assert name_school_day(date(2026, 1, 5), away) == named


@pytest.mark.parametrize(
    ("day", "there", "words"),
    [
        ("2026-01-05", "2026-01-08", "8 January 2026 (no school on 7 January 2026, INSET)"),
        ("2026-01-05", "2026-01-06", "6 January 2026"),
        ("2026-01-07", "2026-01-08", "8 January 2026"),
        ("2026-01-08", "2026-01-06", "6 January 2026 (no school on 7 January 2026, INSET)"),
        (
            "2026-02-13",
            "2026-02-23",
            "23 February 2026, as far as can be told: no term dates cover it",
        ),
    ],
)
def test_a_school_day_in_words_names_the_closed_days_between(
    day: str, there: str, words: str
) -> None:
    began, found = date.fromisoformat(day), date.fromisoformat(there)
    assert school_day_in_words(WITH_INSET, found, began, 1) == words


def test_no_school_day_lies_between_days_in_the_wrong_order() -> None:
    assert WITH_INSET.counts_in(WINTER, WINTER.last, WINTER.first) == 0
    assert WITH_INSET.counts_in(WINTER, WINTER.first, WINTER.first) == 1
    assert WITH_INSET.counts_in(WINTER, date(2026, 1, 7), date(2026, 1, 7)) == 0


def test_the_first_school_day_of_all_can_be_counted_back_to() -> None:
    assert WITH_INSET.school_day(date(2026, 1, 6), -1) == date(2026, 1, 5)
    assert not recorded(WITH_INSET.school_day(date(2026, 1, 5), -1))
    assert WITH_INSET.school_day(date(2026, 2, 12), 1) == date(2026, 2, 13)
    assert not recorded(WITH_INSET.school_day(date(2026, 2, 13), 1))


def test_the_last_school_day_of_a_half_term_may_be_its_first_day() -> None:
    """The first half term of the calendar has one open day alone, and the second has none."""
    monday, tuesday = date(2026, 1, 5), date(2026, 1, 6)
    short, shut = (
        HalfTerm("x", "a", monday, tuesday),
        HalfTerm("x", "b", date(2026, 1, 12), date(2026, 1, 13)),
    )
    closed = (tuesday, shut.first, shut.last)
    calendar = Calendar("x", (short, shut), tuple(Closed("x", "INSET", day) for day in closed))
    assert calendar.last_school_day(short) == monday
    assert calendar.last_school_day(shut) == shut.last, "no day of it is open"


@pytest.mark.parametrize(
    ("day", "away", "there"),
    [
        ("2026-02-12", 1, "2026-02-13"),
        ("2026-02-13", 1, "2026-02-16"),
        ("2026-02-14", 1, "2026-02-16"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-02", 2, "2026-04-08"),
    ],
)
def test_people_work_in_school_holidays_and_not_on_weekends_and_bank_holidays(
    day: str, away: int, there: str
) -> None:
    """Good Friday 2026 is 3 April, and Easter Monday the 6th."""
    assert COUNTY.working_day(date.fromisoformat(day), away) == date.fromisoformat(there)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2030-09-06", "2030-09-06"),
        ("2030-09-07", "2030-09-09"),
        ("2030-09-08", "2030-09-09"),
    ],
)
def test_after_a_presumed_holiday_comes_the_first_weekday(day: str, after: str) -> None:
    assert after_presumed_holiday(date.fromisoformat(day)) == date.fromisoformat(after)


@pytest.mark.parametrize("which", range(len(PRESUMED_HOLIDAYS)))
def test_a_presumed_holiday_has_its_first_and_its_last_day_and_none_beside(which: int) -> None:
    (first, last) = (date(2030, *edge) for edge in PRESUMED_HOLIDAYS[which])
    assert in_presumed_holiday(first) and in_presumed_holiday(last)
    others = [edges for at, edges in enumerate(PRESUMED_HOLIDAYS) if at != which]
    for beside in (first - timedelta(days=1), last + timedelta(days=1)):
        elsewhere = any(a <= (beside.month, beside.day) <= b for a, b in others)
        assert in_presumed_holiday(beside) is elsewhere
