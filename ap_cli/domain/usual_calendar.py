"""What holds on any usual calendar of school days, whatever its term dates.

Schools set their own term dates. All the same some weekdays are school days on every usual
calendar, so that enough of them put a day in the past for certain.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from ..forms.form import Record

MonthDay = tuple[int, int]


class UsualHoliday(Record, frozen=True):
    """A time of the year in which some school or other has a holiday, both ends counted."""

    name: str
    first: MonthDay
    last: MonthDay


WIDEST_HOLIDAYS: Final = (
    UsualHoliday("summer", (7, 3), (9, 10)),
    UsualHoliday("autumn half term", (10, 9), (11, 6)),
    UsualHoliday("Christmas", (12, 11), (12, 31)),
    UsualHoliday("Christmas", (1, 1), (1, 10)),
    UsualHoliday("spring half term", (2, 5), (2, 29)),
    UsualHoliday("Easter", (3, 18), (4, 28)),
    UsualHoliday("summer half term", (5, 20), (6, 11)),
)
"""The widest holidays seen from 1 September 1996 on. Source: our figure."""

MOST_INSET_DAYS: Final = 5
"""The most weekdays in a school year on which a school is closed to pupils for training.

Unit: school days. Source: our figure, from 1 September 1996 on.
"""

FIRST_MONTH: Final = 8
"""The month in which a school year begins at the earliest."""

FRIDAY: Final = 4


def is_usual_school_day(day: date) -> bool:
    """Return whether a day is a school day on any usual calendar, but for INSET days.

    It is a weekday outside the widest holidays. Bank holidays are left to the calendar.
    """
    if day.weekday() > FRIDAY:
        return False
    at = (day.month, day.day)
    return not any(holiday.first <= at <= holiday.last for holiday in WIDEST_HOLIDAYS)


def school_year(day: date) -> int:
    """Return the year in which the school year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1
