"""The ages that the law turns on: compulsory school age, year group, the duty to participate."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ..forms.form import Record

PRESCRIBED: Final = ((3, 31), (8, 31), (12, 31))
"""Days on which compulsory school age begins. Source: SI 1998/1607 art. 2."""

FRIDAY: Final = 4

GROWN_UP: Final = 18
"""The age at which young people speak for themselves, and at which the duty to participate ends."""


class Ages(Record, frozen=True):
    """What a date of birth decides, as asked on a day.

    `year_group` counts from 0, Reception, to 13; it is None before and after. `begins` and `ends`
    are the first and the last day of compulsory school age; `duty_ends` is the 18th birthday, on
    which the duty to participate ends.
    """

    born: date
    on: date
    year_group: int | None
    begins: date
    ends: date
    duty_ends: date
    compulsory: bool


def ages(born: date, on: date) -> Ages:
    """Return what a date of birth decides; raise ValueError if no calendar can hold it."""
    begins, ends = begins_on(born), ends_on(born)
    return Ages(
        born, on, year_group(born, on), begins, ends, attains(born, GROWN_UP), begins <= on <= ends
    )


def attains(born: date, age: int) -> date:
    """Return the day on which an age is attained.

    Somebody born on 29 February attains it on 1 March if the year has no such day.
    """
    if born.year + age > date.max.year:
        raise ValueError("that date of birth is too far in the future")
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


@lru_cache(maxsize=8192)
def begins_on(born: date) -> date:
    """Return the first day of compulsory school age.

    It is the fifth birthday, or the next prescribed day. Source: EA 1996 s.8(2).
    """
    fifth = attains(born, 5)
    return next(
        day for month, last in PRESCRIBED if (day := date(fifth.year, month, last)) >= fifth
    )


SCHOOL_YEARS_BEGIN: Final = (8, 16)
"""The earliest month and day on which a school year begins."""


@lru_cache(maxsize=8192)
def leaving_dates(born: date) -> tuple[date, ...]:
    """Return the days on which compulsory school age can end: one, or two if that is in doubt.

    The first is the day as schools usually count. Whoever turns 16 in August, when a school year
    may have begun, leaves a year later by the words of the Act. Source: EA 1996 s.8(3), s.579(1).
    """
    usual, sixteenth = ends_on(born), attains(born, 16)
    if SCHOOL_YEARS_BEGIN <= (sixteenth.month, sixteenth.day) <= (8, 31):
        return usual, leaving_date(usual.year + 1)
    return (usual,)


@lru_cache(maxsize=8192)
def ends_on(born: date) -> date:
    """Return the last day of compulsory school age: a last Friday in June.

    Whoever turns 16 before 1 September leaves that June, whoever turns 16 later the June after.
    Source: EA 1996 s.8(3); SI 1997/1970 art. 2.
    """
    sixteenth = attains(born, 16)
    return leaving_date(sixteenth.year if sixteenth.month < 9 else attains(born, 17).year)


def leaving_date(year: int) -> date:
    """Return the school leaving date of a year: the last Friday in June."""
    june = date(year, 6, 30)
    return june - timedelta(days=(june.weekday() - FRIDAY) % 7)


def year_group(born: date, on: date) -> int | None:
    """Return the year group on a day, by age on the 31 August before it.

    0 is Reception, 11 the last compulsory one.
    """
    began = on.year if on.month >= 9 else on.year - 1
    age = began - born.year - ((born.month, born.day) > (8, 31))
    return age - 4 if 4 <= age <= 17 else None


def next_leaving_date(day: date) -> date:
    """Return the first school leaving date on a day or after it."""
    this_year = leaving_date(day.year)
    return this_year if day <= this_year else leaving_date(day.year + 1)


def born_between(day: date) -> tuple[date, date]:
    """Return the first and last date of birth of children of compulsory school age on a day.

    The age begins and ends in order of birth, so the children form one range: a store can be asked
    for it. Nobody has confirmed another leaving date for them.
    """
    first = date(next_leaving_date(day).year - 17, 9, 1)
    begun = max(
        d
        for y in (day.year - 1, day.year)
        for month, last in PRESCRIBED
        if (d := date(y, month, last)) <= day
    )
    return first, date(begun.year - 5, begun.month, begun.day)


def first_in_doubt(first: date) -> date:
    """Return the first date of birth of those who may leave a year later than usual.

    They are born just before those of a school year, whose first date of birth is given.
    """
    return date(first.year, *SCHOOL_YEARS_BEGIN)
