"""Education from the sixth school day after an exclusion, sooner for a looked-after child: AP108, AP109."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.calendar import Calendar
from ap_cli.domain.half_terms import HalfTerm
from ap_cli.domain.options import Extent
from ap_cli.domain.sessions import Sessions
from ap_cli.forms.facts import Unknown
from ap_cli.rules.cases.pupil import Placed, PupilCase
from ap_cli.rules.examples.builders import excluded_case, placement_case
from ap_cli.rules.excluded import exclusion_on
from ap_cli.rules.exclusion import list_runs, started_since
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET, Answer
from ap_cli.rules.runs import last_day_of

from .answers import BY_ID, answer

FRIDAY, MONDAY, TUESDAY = "2026-01-16", "2026-01-19", "2026-01-20"


def suspended(first: str, until: str) -> dict[str, Any]:
    return {"day": first, "permanent": False, "until": until}


def excluded(day: str) -> dict[str, Any]:
    return {"day": day, "permanent": True}


@pytest.mark.parametrize(
    ("happened", "runs"),
    [
        ((suspended("2026-01-14", FRIDAY), suspended(MONDAY, TUESDAY)), ["2026-01-14"]),
        ((suspended("2026-01-14", FRIDAY), suspended(TUESDAY, TUESDAY)), ["2026-01-14", TUESDAY]),
        ((suspended("2026-01-14", TUESDAY), suspended(MONDAY, TUESDAY)), ["2026-01-14"]),
        ((suspended("2026-01-14", FRIDAY), excluded(MONDAY)), ["2026-01-14", MONDAY]),
        ((excluded(FRIDAY), suspended(MONDAY, TUESDAY)), [FRIDAY, MONDAY]),
        (
            (
                suspended("2026-01-06", "2026-01-06"),
                suspended("2026-01-14", FRIDAY),
                suspended(MONDAY, TUESDAY),
            ),
            ["2026-01-06", "2026-01-14"],
        ),
    ],
    ids=[
        "the next school day",
        "a school day between",
        "overlapping",
        "then permanently",
        "after a permanent one",
        "the last two of three",
    ],
)
def test_suspensions_that_follow_on_each_other_are_one_and_others_are_not(
    happened: tuple[dict[str, Any], ...], runs: list[str]
) -> None:
    assert [
        run.first.isoformat() for run in list_runs(excluded_case(*happened, on=date(2026, 2, 2)))
    ] == runs


def placed(case: PupilCase, starts: date, ended: date | None) -> PupilCase:
    return replace(case, placed=(Placed(starts, ended, 1500, Extent.FULL_TIME),))


@pytest.mark.parametrize(("ended", "expected"), [(-1, BREACHED), (0, MET), (1, MET)])
def test_a_placement_that_ended_before_the_sixth_day_is_no_education_on_it(
    ended: int, expected: Answer
) -> None:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    sixth = date(2026, 3, 3)
    assert (
        answer("AP108", placed(case, date(2026, 2, 24), sixth + timedelta(days=ended))) is expected
    )
    assert (
        answer("AP108", placed(case, sixth, None)) is MET
        and answer("AP108", placed(case, sixth + timedelta(days=1), None)) is BREACHED
    )


@pytest.mark.parametrize(
    ("minutes", "extent", "expected"),
    [
        ((1079,), None, BREACHED),
        ((1080,), None, CANNOT_TELL),
        ((600, 480), None, CANNOT_TELL),
        ((600, 479), None, BREACHED),
        ((300,), Extent.FULL_TIME, BREACHED),
        ((600, 480), Extent.FULL_TIME, MET),
    ],
    ids=[
        "less than 18 hours",
        "18 hours",
        "two that are 18 hours",
        "two that are less",
        "5 hours, recorded as full time: case L09",
        "two that are 18 hours, recorded as full time",
    ],
)
def test_education_from_the_sixth_day_is_full_time(
    minutes: tuple[int, ...], extent: Extent | None, expected: Answer
) -> None:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    there = tuple(
        Placed(date(2026, 3, 3), None, each, extent or Unknown("placement.extent"))
        for each in minutes
    )
    assert answer("AP108", replace(case, placed=there)) is expected


def test_a_week_that_cannot_be_read_leaves_open_whether_education_is_full_time() -> None:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    lost = Placed(date(2026, 3, 3), None, Unknown("placement.weekly_minutes of PL-0001"))
    assert answer("AP108", replace(case, placed=(lost,))) is CANNOT_TELL
    assert (
        answer(
            "AP108",
            replace(case, placed=(lost, Placed(date(2026, 3, 3), None, 1500, Extent.FULL_TIME))),
        )
        is CANNOT_TELL
    )


def test_a_short_suspension_within_a_longer_one_does_not_shorten_it() -> None:
    long = suspended("2026-02-02", "2026-03-20")
    for happened in ((long,), (long, suspended("2026-02-05", "2026-02-06"))):
        assert answer("AP108", excluded_case(*happened, on=date(2026, 3, 20))) is BREACHED


def test_where_no_term_dates_cover_the_days_a_late_education_cannot_be_told() -> None:
    case = excluded_case(excluded("2026-07-03"), on=date(2026, 7, 14))
    assert (
        answer("AP108", case) is NOT_YET
    )  # the rest of July and August are a holiday, whatever the calendar
    assert answer("AP108", replace(case, on=date(2026, 9, 18))) is CANNOT_TELL
    assert answer("AP108", replace(case, on=date(2026, 9, 19))) is BREACHED


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-09-22", NOT_YET),
        ("2026-09-23", CANNOT_TELL),
        ("2026-09-29", CANNOT_TELL),
        ("2026-09-30", BREACHED),
        ("2026-11-28", BREACHED),
    ],
)
def test_without_term_dates_the_sixth_day_is_past_for_certain_on_any_usual_calendar(
    on: str, expected: Answer
) -> None:
    """Case L08: excluded on 14 September 2026; 29 September is the sixth day after five INSET days."""
    rule, case = BY_ID["AP108"], excluded_case(excluded("2026-09-14"), on=date.fromisoformat(on))
    assert answer("AP108", case) is expected
    if expected is BREACHED:
        assert "by Tuesday 29 September 2026 on any usual calendar" in rule.problem(case)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [("2026-09-29", CANNOT_TELL), ("2026-09-30", BREACHED)],
)
def test_education_on_a_day_that_may_be_the_sixth_leaves_a_breach_open(
    starts: str, expected: Answer
) -> None:
    case = excluded_case(excluded("2026-09-14"), on=date(2026, 10, 8), starts=(starts,))
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-09-25", CANNOT_TELL), ("2026-09-28", BREACHED)]
)
def test_a_suspension_asks_for_education_for_certain_if_it_lasts_until_any_sixth_day(
    until: str, expected: Answer
) -> None:
    """Its first day, Monday 14 September 2026, is day one: day six is by Monday 28 September."""
    case = excluded_case(suspended("2026-09-14", until), on=date(2026, 10, 8))
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-07-10", NOT_APPLICABLE),
        ("2026-09-20", NOT_APPLICABLE),
        ("2026-11-25", NOT_APPLICABLE),
    ],
)
def test_what_came_too_late_long_ago_stays_history_when_the_calendar_ends(
    on: str, expected: Answer
) -> None:
    case = excluded_case(excluded("2025-10-02"), on=date.fromisoformat(on), starts=("2025-10-20",))
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-07-01", BREACHED), ("2026-02-23", NOT_APPLICABLE)]
)
def test_examinations_excuse_only_in_year_11(day: str, expected: Answer) -> None:
    born = {"2026-07-01": "2011-06-27", "2026-02-23": "2010-06-27"}[day]  # year 10, and year 11
    taken = excluded(day) | {"examinations_taken": True}
    calendar = Calendar(
        "Example", (HalfTerm("Example", "summer 2", date(2026, 2, 1), date(2026, 7, 31)),)
    )
    case = replace(excluded_case(taken, on=date(2026, 7, 31), born=born), calendar=calendar)
    assert answer("AP108", case) is expected


def test_a_suspension_of_any_length_asks_for_education_from_day_one_in_care() -> None:
    """Case L10."""
    long, short = suspended("2026-01-06", "2026-01-16"), suspended("2026-03-02", "2026-03-03")
    case = excluded_case(long, short, on=date(2026, 3, 10), looked_after="yes")
    assert answer("AP109", placed(case, date(2026, 1, 6), date(2026, 1, 16))) is BREACHED
    assert "2 March 2026" in BY_ID["AP109"].problem(
        placed(case, date(2026, 1, 6), date(2026, 3, 1))
    )
    assert answer("AP109", placed(case, date(2026, 1, 6), date(2026, 3, 2))) is MET


def test_a_start_counts_as_late_only_after_the_day_and_once_it_has_come() -> None:
    case = placed(
        excluded_case(excluded("2026-02-23"), on=date(2026, 3, 10)), date(2026, 3, 10), None
    )
    assert (
        started_since(case, list_runs(case)[0], date(2026, 3, 9)) == date(2026, 3, 10)
        and started_since(case, list_runs(case)[0], date(2026, 3, 10)) is None
    )
    assert (
        started_since(replace(case, on=date(2026, 3, 9)), list_runs(case)[0], date(2026, 3, 2))
        is None
    )


WHOLE_YEAR = Calendar(
    "Example", (HalfTerm("Example", "all of it", date(2025, 9, 1), date(2026, 12, 31)),)
)


@pytest.mark.parametrize(
    ("excluded", "expected"), [("2026-06-18", BREACHED), ("2026-06-19", NOT_APPLICABLE)]
)
def test_education_is_owed_up_to_the_last_day_of_school_age(
    excluded: str, expected: Answer
) -> None:
    """Born on 27 June 2010: compulsory school age ends on Friday 26 June 2026, the sixth school day after Thursday 18 June."""
    case = replace(
        excluded_case(
            {"day": excluded, "permanent": True}, on=date(2026, 7, 31), born="2010-06-27"
        ),
        calendar=WHOLE_YEAR,
    )
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("excluded", "expected"), [("2026-03-23", BREACHED), ("2026-03-20", NOT_APPLICABLE)]
)
def test_education_is_owed_from_the_first_day_of_school_age(
    excluded: str, expected: Answer
) -> None:
    """Born on 31 March 2021: compulsory school age begins on 31 March 2026, the sixth school day after Monday 23 March."""
    case = replace(
        excluded_case(
            {"day": excluded, "permanent": True}, on=date(2026, 4, 30), born="2021-03-31"
        ),
        calendar=WHOLE_YEAR,
    )
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2026-02-27", NOT_APPLICABLE), ("2026-03-01", NOT_APPLICABLE), ("2026-03-02", BREACHED)],
)
def test_a_suspension_that_ends_on_its_sixth_school_day_asks_for_education_on_it(
    until: str, expected: Answer
) -> None:
    case = excluded_case(
        {"day": "2026-02-23", "permanent": False, "until": until}, on=date(2026, 3, 20)
    )
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(("days", "expected"), [(182, CANNOT_TELL), (183, NOT_APPLICABLE)])
def test_without_term_dates_what_was_late_is_history_after_half_a_year(
    days: int, expected: Answer
) -> None:
    sixth = date(2026, 3, 3)
    case = excluded_case(
        {"day": "2026-02-23", "permanent": True},
        on=sixth + timedelta(days=days),
        starts=("2026-03-09",),
    )
    assert answer("AP108", replace(case, calendar=Calendar("none", ()))) is expected


def test_a_part_time_placement_of_few_hours_is_not_full_time_education() -> None:
    case = excluded_case({"day": "2026-02-23", "permanent": True}, on=date(2026, 3, 20))
    assert (
        answer(
            "AP108", replace(case, placed=(Placed(date(2026, 3, 3), None, 600, Extent.PART_TIME),))
        )
        is BREACHED
    )


def test_of_two_exclusions_without_education_the_first_is_told() -> None:
    both = [
        {"day": "2026-01-06", "permanent": False, "until": "2026-01-20"},
        {"day": "2026-03-02", "permanent": True},
    ]
    case = excluded_case(*both, on=date(2026, 3, 20), looked_after="yes")
    for id, due in (("AP108", date(2026, 1, 13)), ("AP109", date(2026, 1, 6))):
        assert (
            BY_ID[id].answer(case)[0] is BREACHED
            and BY_ID[id].answer(case)[2] == due
            and "6 January 2026" in BY_ID[id].problem(case)
        )


@pytest.mark.parametrize(
    ("excluded", "starts", "on", "expected"),
    [
        ("2024-09-09", "2024-10-01", "2024-11-11", BREACHED),
        ("2024-09-09", "2024-10-01", "2025-01-20", NOT_APPLICABLE),
        ("2024-07-01", "2024-09-02", "2024-11-11", CANNOT_TELL),
    ],
    ids=["in the half term after it", "in the next", "before the first one known"],
)
def test_what_was_late_in_the_first_half_term_known_is_history_as_in_any(
    excluded: str, starts: str, on: str, expected: Answer
) -> None:
    assert (
        answer(
            "AP108",
            excluded_case(
                {"day": excluded, "permanent": True}, on=date.fromisoformat(on), starts=(starts,)
            ),
        )
        is expected
    )


SIXTH = date(2026, 3, 3)
"""The sixth school day after the permanent exclusion of 23 February 2026."""


def test_an_old_exclusion_whose_days_nobody_knows_hides_no_breach() -> None:
    old, new = suspended("2023-03-01", "2023-03-20"), excluded("2026-02-06")
    for happened in ((new,), (old, new)):
        case = excluded_case(*happened, on=date(2026, 3, 2))
        assert BY_ID["AP108"].answer(case) == (
            BREACHED,
            None,
            date(2026, 2, 23),
        ) and "6 February 2026" in BY_ID["AP108"].problem(case)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-09-30", BREACHED),
        ("2025-11-10", BREACHED),
        ("2026-01-12", NOT_APPLICABLE),
        ("2026-07-02", NOT_APPLICABLE),
    ],
)
def test_a_suspension_that_is_over_becomes_history_and_a_permanent_exclusion_does_not(
    on: str, expected: Answer
) -> None:
    day = date.fromisoformat(on)
    assert answer("AP108", excluded_case(suspended("2025-09-08", "2025-09-22"), on=day)) is expected
    assert answer("AP108", excluded_case(excluded("2025-09-08"), on=day)) is BREACHED


def test_a_suspension_is_over_on_the_day_after_its_last() -> None:
    long = suspended("2025-09-08", "2026-01-12")
    assert answer("AP108", excluded_case(long, on=date(2026, 1, 12))) is BREACHED
    assert answer("AP108", excluded_case(long, on=date(2026, 1, 13))) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-09-20", BREACHED), ("2026-03-02", NOT_APPLICABLE)]
)
def test_a_first_day_without_education_that_became_history_was_never_met(
    on: str, expected: Answer
) -> None:
    case = excluded_case(
        suspended("2025-09-08", "2025-09-22"), on=date.fromisoformat(on), looked_after="yes"
    )
    assert answer("AP109", case) is expected


@pytest.mark.parametrize(
    ("since", "expected"), [("2026-02-10", NOT_APPLICABLE), ("2026-02-09", BREACHED)]
)
def test_only_an_exclusion_that_began_in_care_counts_as_one_in_care(
    since: str, expected: Answer
) -> None:
    short = (suspended("2025-09-08", "2025-09-22"), suspended("2025-09-29", "2025-09-29"))
    assert (
        answer("AP109", excluded_case(*short, on=date(2025, 9, 30), looked_after="2025-09-08"))
        is BREACHED
    )
    later = (suspended("2025-09-08", "2025-09-22"), suspended("2026-02-09", "2026-02-09"))
    assert (
        answer(
            "AP109",
            excluded_case(
                *later,
                on=date(2026, 2, 10),
                looked_after=since,
            ),
        )
        is expected
    )


def there(*placed: tuple[int, Extent | None]) -> Any:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    return replace(
        case,
        placed=tuple(
            Placed(SIXTH, None, minutes, *([extent] if extent else []))
            for minutes, extent in placed
        ),
    )


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ([(1081, Extent.PART_TIME)], BREACHED),
        ([(1081, Extent.PART_TIME), (60, None)], CANNOT_TELL),
        ([(1081, None)], CANNOT_TELL),
        ([(1081, Extent.FULL_TIME)], MET),
        ([(600, Extent.FULL_TIME), (600, None)], MET),
    ],
)
def test_from_18_hours_on_it_is_full_time_as_recorded_and_hours_alone_do_not_tell(
    placed: Any, expected: Answer
) -> None:
    assert answer("AP108", there(*placed)) is expected


def test_a_breach_of_one_exclusion_is_not_hidden_by_hours_that_do_not_tell_of_another() -> None:
    case = replace(
        excluded_case(
            excluded("2026-01-06"), suspended("2026-02-23", "2026-03-20"), on=date(2026, 3, 20)
        ),
        placed=(Placed(date(2026, 3, 2), None, 1081),),
    )
    assert answer("AP108", case) is BREACHED
    assert "6 January 2026" in BY_ID["AP108"].problem(case)


@pytest.mark.parametrize(
    ("sessions", "week", "expected"),
    [(10, None, MET), (9, None, CANNOT_TELL), (9, 1080, MET), (9, 1081, BREACHED)],
)
def test_ten_sessions_or_the_schools_own_week_are_full_time(
    sessions: int, week: int | None, expected: Answer
) -> None:
    """Source: the measure of AP427."""
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    here = Placed(
        SIXTH,
        None,
        1080,
        sessions=Sessions(tuple(range(sessions))),
        school_week=week or Unknown("placement.school_week_minutes"),
    )
    assert answer("AP108", replace(case, placed=(here,))) is expected


def test_what_is_not_known_stays_unknown_where_every_late_exclusion_is_so() -> None:
    assert (
        answer("AP108", excluded_case(suspended("2023-03-01", "2023-03-14"), on=date(2023, 3, 21)))
        is CANNOT_TELL
    )


def test_of_two_exclusions_the_certain_one_is_told_first() -> None:
    block = HalfTerm("Example", "spring 2", date(2026, 2, 23), date(2026, 3, 27))
    both = (suspended("2025-11-10", "2025-11-21"), excluded("2026-02-23"))
    for happened, expected in ((both, BREACHED), (both[:1], CANNOT_TELL)):
        case = excluded_case(*happened, on=date(2026, 3, 10))
        case = replace(case, calendar=Calendar("Example", (block,)))
        assert answer("AP108", case) is expected
        if expected is BREACHED:
            assert "23 February 2026" in BY_ID["AP108"].problem(case)


def test_what_cannot_be_told_of_one_exclusion_is_not_hidden_by_what_is_to_come_of_another() -> None:
    unknown, coming = excluded("2028-01-10"), suspended("2028-01-20", "2028-02-25")
    for happened in ((unknown,), (unknown, coming)):
        assert (
            answer("AP108", excluded_case(*happened, on=date(2028, 1, 24), born="2015-11-15"))
            is CANNOT_TELL
        )


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2028-01-17", NOT_YET), ("2028-01-18", NOT_YET), ("2028-01-19", CANNOT_TELL)],
)
def test_up_to_what_is_taken_for_the_sixth_day_nothing_is_late(on: str, expected: Answer) -> None:
    case = excluded_case(excluded("2028-01-10"), on=date.fromisoformat(on), born="2015-11-15")
    assert answer("AP108", case) is expected and (
        expected is CANNOT_TELL or BY_ID["AP108"].answer(case)[2] == date(2028, 1, 18)
    )


def test_whether_a_child_was_in_care_long_ago_is_not_asked_for_good() -> None:
    for on, expected in ((date(2025, 9, 30), CANNOT_TELL), (date(2026, 3, 20), NOT_APPLICABLE)):
        assert (
            answer(
                "AP109",
                excluded_case(suspended("2025-09-08", "2025-09-22"), on=on, looked_after=None),
            )
            is expected
        )


def test_a_suspension_that_asks_for_nothing_is_not_looked_at_for_its_hours() -> None:
    rule = BY_ID["AP108"]
    case = excluded_case(
        suspended("2026-02-02", "2026-02-02"), excluded("2026-02-23"), on=date(2026, 3, 20)
    )
    full = replace(case, placed=(Placed(SIXTH, None, 1500, Extent.FULL_TIME),))
    assert answer("AP108", full) is MET and not rule.has_warning


def test_two_part_time_placements_of_eighteen_hours_together_leave_it_open() -> None:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    half = Placed(SIXTH, None, 540, Extent.PART_TIME)
    assert answer("AP108", replace(case, placed=(half, half))) is CANNOT_TELL


@pytest.mark.parametrize(("minutes", "expected"), [(1079, CANNOT_TELL), (1080, CANNOT_TELL)])
def test_a_tutor_alone_is_never_breached_on_hours_alone(minutes: int, expected: Answer) -> None:
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    tutor = Placed(SIXTH, None, minutes, taught_alone=True)
    assert answer("AP108", replace(case, placed=(tutor,))) is expected
    called = replace(tutor, extent=Extent.FULL_TIME)
    assert answer("AP108", replace(case, placed=(called,))) is MET


@pytest.mark.parametrize(("hours", "expected"), [(1079, BREACHED), (1500, MET)])
def test_ten_sessions_with_too_few_hours_are_not_full_time(hours: int, expected: Answer) -> None:
    """Source: a label never beats a fact; five hours are not full time."""
    case = excluded_case(excluded("2026-02-23"), on=date(2026, 3, 20))
    here = Placed(SIXTH, None, hours, sessions=Sessions(tuple(range(10))))
    assert answer("AP108", replace(case, placed=(here,))) is expected


@pytest.mark.parametrize(
    ("happened", "changed", "starts", "expected"),
    [
        ({"fewer_hours": True}, {"ehcp": "yes"}, ("2026-02-23",), NOT_APPLICABLE),
        ({"fewer_hours": True}, {"ehcp": "yes"}, (), BREACHED),
        ({"fewer_hours": True}, {"ehcp": "no"}, ("2026-02-23",), BREACHED),
        ({"examinations_taken": True}, {"born": "2010-05-05"}, (), NOT_APPLICABLE),
        (
            {"examinations_taken": True},
            {"born": "2010-05-05", "last_exam": "2026-06-20"},
            (),
            BREACHED,
        ),
    ],
    ids=[
        "fewer hours, and they are given",
        "fewer hours, and nothing is given",
        "fewer hours, and no plan",
        "all exams taken",
        "the last exam is to come",
    ],
)
def test_an_exception_has_to_be_true_as_well(
    happened: dict[str, Any], changed: dict[str, Any], starts: tuple[str, ...], expected: Answer
) -> None:
    """Source: SI 2007/1870 reg 5 and the worked exceptions of AP108."""
    case = excluded_case(
        excluded("2026-02-06") | happened,
        on=date(2026, 3, 20),
        starts=starts,
        minutes=600,
        extent=Extent.PART_TIME,
        **changed,
    )
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(("until", "expected"), [("2026-09-29", MET), ("2026-09-28", CANNOT_TELL)])
def test_education_on_every_day_that_can_be_the_sixth_is_met_without_term_dates(
    until: str, expected: Answer
) -> None:
    """Excluded on 14 September 2026: the sixth school day is one from 22 to 29 September."""
    case = excluded_case(excluded("2026-09-14"), on=date(2026, 11, 28))
    there = placed(case, date(2026, 9, 15), date.fromisoformat(until))
    assert answer("AP108", there) is expected


@pytest.mark.parametrize(("until", "expected"), [("2026-09-22", MET), ("2026-09-21", CANNOT_TELL)])
def test_education_on_every_day_that_can_be_the_first_is_met_without_term_dates(
    until: str, expected: Answer
) -> None:
    case = excluded_case(excluded("2026-09-14"), on=date(2026, 11, 28), looked_after="yes")
    there = placed(case, date(2026, 9, 15), date.fromisoformat(until))
    assert answer("AP109", there) is expected


def test_the_first_day_without_term_dates_is_told_as_on_any_usual_calendar() -> None:
    case = excluded_case(excluded("2026-09-14"), on=date(2026, 11, 28), looked_after="yes")
    assert BY_ID["AP109"].problem(case) == (
        "the pupil, in care or with a social worker, had no education by Tuesday 22 September 2026,"
        " the school day after the permanent exclusion of 14 September 2026 on any usual calendar"
    )


@pytest.mark.parametrize(
    ("second", "expected"), [("2026-09-21", BREACHED), ("2026-09-22", CANNOT_TELL)]
)
def test_without_term_dates_a_suspension_after_a_weekend_follows_on_and_a_day_later_nobody_knows(
    second: str, expected: Answer
) -> None:
    """Monday 21 September 2026 may be an INSET day; two suspensions of a week are ten school days."""
    both = (suspended("2026-09-14", "2026-09-18"), suspended(second, "2026-10-08"))
    assert answer("AP108", excluded_case(*both, on=date(2026, 10, 9))) is expected


def test_a_suspension_without_a_last_day_goes_on_with_the_one_before_it() -> None:
    """Five school days, and then nobody knows how many: the sixth is the first of the second."""
    both = (suspended("2026-02-06", "2026-02-12"), {"day": "2026-02-13", "permanent": False})
    assert answer("AP108", excluded_case(*both, on=date(2026, 2, 13))) is NOT_YET
    assert answer("AP108", excluded_case(*both, on=date(2026, 2, 14))) is CANNOT_TELL
    assert [run.first for run in list_runs(excluded_case(*both))] == [date(2026, 2, 6)]


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-04-12", CANNOT_TELL), ("2026-04-13", NOT_APPLICABLE)]
)
def test_nobody_is_asked_for_good_when_a_suspension_ended(on: str, expected: Answer) -> None:
    """Its sixth day, 13 February 2026, is history from the half term after the next one on."""
    case = excluded_case({"day": "2026-02-06", "permanent": False}, on=date.fromisoformat(on))
    assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("name", "where"),
    [("fewer_hours", {"minutes": 600}), ("jointly", {"at_own_site": True})],
)
def test_what_is_recorded_with_the_first_of_two_suspensions_counts_for_both(
    name: str, where: dict[str, Any]
) -> None:
    both = (suspended("2026-02-06", "2026-02-12"), suspended("2026-02-13", "2026-02-27"))
    with_it = ({**both[0], name: True}, both[1])
    given: dict[str, Any] = {"starts": ("2026-02-13",), "ehcp": "yes"} | where
    assert answer("AP108", excluded_case(*with_it, **given)) in (MET, NOT_APPLICABLE)
    assert answer("AP108", excluded_case(*both, **given)) in (BREACHED, CANNOT_TELL)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"looked_after": "yes", "born": "2008-06-01"}, "no education is owed to the pupil"),
        ({"looked_after": "no"}, "the pupil was not in care or with a social worker"),
        ({"looked_after": "yes", "on": date(2026, 6, 1)}, "the pupil was not excluded of late"),
        ({"school_is_independent": True}, "the home school is an independent school"),
    ],
)
def test_where_day_one_is_not_asked_for_the_reason_is_true(
    changed: dict[str, Any], reason: str
) -> None:
    case = excluded_case(excluded("2026-02-06"), **changed)
    assert answer("AP109", case) is NOT_APPLICABLE
    assert reason in BY_ID["AP109"].why_not(case)


def test_what_came_too_late_long_ago_does_not_hide_that_a_later_exclusion_is_met() -> None:
    old, new = excluded("2025-10-02"), excluded("2026-02-23")
    for happened, expected in (((old,), NOT_APPLICABLE), ((old, new), MET)):
        case = excluded_case(*happened, on=date(2026, 3, 20), starts=("2025-10-20",))
        assert answer("AP108", case) is expected


@pytest.mark.parametrize(
    ("second", "expected"), [("2026-09-11", CANNOT_TELL), ("2026-09-12", NOT_APPLICABLE)]
)
def test_over_a_summer_of_nine_weeks_at_most_a_suspension_may_follow_on(
    second: str, expected: Answer
) -> None:
    """From 10 July to 11 September 2026 are 63 days, the longest summer; no term dates cover it."""
    both = (suspended("2026-07-06", "2026-07-10"), suspended(second, "2026-09-14"))
    assert answer("AP108", excluded_case(*both, on=date(2026, 9, 14))) is expected


def test_a_permanent_exclusion_in_a_row_from_elsewhere_has_no_last_day() -> None:
    (run,) = list_runs(excluded_case(excluded("2026-02-06")))
    assert last_day_of(replace(run.last, until=date(2026, 2, 10))) is None
    assert last_day_of(replace(run.last, permanent=False, until=date(2026, 2, 10))) is not None


def test_of_suspensions_that_follow_on_the_last_is_the_newest() -> None:
    both = (suspended("2026-01-14", FRIDAY), suspended(MONDAY, TUESDAY))
    (run,) = list_runs(excluded_case(*both, on=date(2026, 2, 2)))
    assert (run.first, run.last.day) == (date(2026, 1, 14), date(2026, 1, 19))


@pytest.mark.parametrize(("on", "in_force"), [(date(2007, 8, 31), False), (date(2007, 9, 1), True)])
def test_education_from_the_sixth_day_is_law_since_september_2007(on: date, in_force: bool) -> None:
    assert BY_ID["AP108"].in_force(on) is in_force


@pytest.mark.parametrize(
    ("route", "day", "first"),
    [
        ("suspension", "2026-02-05", None),
        ("suspension", "2026-02-06", "2026-02-06"),
        ("suspension", "2026-02-27", "2026-02-06"),
        ("suspension", "2026-02-28", None),
        ("permanent-exclusion", "2026-02-09", None),
        ("permanent-exclusion", "2026-02-10", "2026-02-10"),
    ],
)
def test_a_day_is_in_the_exclusion_of_the_placements_own_sort(
    route: str, day: str, first: str | None
) -> None:
    both = (suspended("2026-02-06", "2026-02-27"), excluded("2026-02-10"))
    run = exclusion_on(placement_case(route=route, exclusions=both), date.fromisoformat(day))
    assert (run.first.isoformat() if run else None) == first


def test_a_few_hours_on_the_schools_own_site_are_not_full_time_jointly_or_not() -> None:
    case = excluded_case(suspended("2026-02-23", "2026-03-20"), on=date(2026, 3, 20))
    there = Placed(date(2026, 3, 2), None, 600, at_own_site=True)
    assert answer("AP108", replace(case, placed=(there,))) is BREACHED


def test_full_time_elsewhere_is_enough_beside_the_schools_own_site() -> None:
    alone = suspended("2026-02-23", "2026-03-20") | {"jointly": False}
    case = excluded_case(alone, on=date(2026, 3, 20))
    own = Placed(date(2026, 3, 2), None, 1500, Extent.FULL_TIME, at_own_site=True)
    elsewhere = Placed(date(2026, 3, 2), None, 1500, Extent.FULL_TIME)
    assert answer("AP108", replace(case, placed=(own, elsewhere))) is MET
    assert answer("AP108", replace(case, placed=(own,))) is BREACHED


@pytest.mark.parametrize(("minutes", "expected"), [(None, NOT_YET), (1081, CANNOT_TELL)])
def test_an_exclusion_that_is_met_hides_nothing_of_a_later_one(
    minutes: int | None, expected: Answer
) -> None:
    both = (suspended("2026-01-06", "2026-01-20"), suspended("2026-03-02", "2026-03-20"))
    met = Placed(date(2026, 1, 6), date(2026, 1, 20), 1500, Extent.FULL_TIME)
    later = (Placed(date(2026, 3, 2), None, minutes),) if minutes else ()
    case = excluded_case(*both, on=date(2026, 3, 5))
    assert answer("AP108", replace(case, placed=(met, *later))) is expected
