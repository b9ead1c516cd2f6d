"""What days with a name are in a table of term dates: a half term, a closed day or a holiday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from ..domain.calendar import Closed, HalfTerm

MOST = 2_000
"""Lines that a file of term dates can have, or events."""

SHUT = re.compile(
    r"\binsets?\b|\bcpd\b|\bpd days?\b|\bbaker days?\b|\bnon[- ]?pupil\b|\bpupil[- ]free\b"
    r"|\b(staff|teacher|school)s?'? (training|development|closed|closure)\b"
    r"|\b(training|development|closure) days?\b|\bclosed( to( all)?| for) (pupils|students|children|training)\b|^(school )?closed\b|\bschool closed\b"
    r"|\boccasional days?\b",
    re.IGNORECASE,
)
"""What the name of a day says on which a school is closed to pupils."""

HOLIDAY = re.compile(
    r"holiday|vacation|\bbreaks?\b|\bhalf[- ]?term\b|\bmid[- ]?term\b|\bwhit(sun)?\b|^(christmas|easter)\b"
    r"|\b(good friday|may day|boxing day|new year|diwali|eid)\b",
    re.IGNORECASE,
)
"""What the name of days says that are no school days, and no part of a half term."""

BANK = re.compile(
    r"\bbank\b|\b(good friday|easter monday|may day|boxing day|new year|christmas)", re.IGNORECASE
)
"""Holidays that everybody has: they are known, or lie between the half terms."""

OPEN = re.compile(
    r"\btwilight\b(?!.*\bin lieu\b)|\bafter school\b|\b(after|before|following) (the |an |our )?(inset|training|staff)\b",
    re.IGNORECASE,
)
"""What the name of a day says on which pupils are at school, though staff are trained."""

TERM = re.compile(
    r"\b(autumn|spring|summer|term|half[- ]?term|half)\s*[1-6]\b|\b[1-6](st|nd|rd|th)? half[- ]?term\b"
    r"|\b(first|second|third|fourth|fifth|sixth) half\b|\b(autumn|spring|summer|michaelmas|lent|hilary|trinity|christmas|easter) term\b"
    r"|\bterm (one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
"""What the name of a half term says, whatever it says of a holiday as well."""

NUMBERED = re.compile(
    r"\b(half[- ]?term|half)\s*[1-6]\b|\b([1-6](st|nd|rd|th)?|first|second|third|fourth|fifth|sixth) half([- ]?term)?\b",
    re.IGNORECASE,
)
"""What the name of a half term says that “half term” alone, which is a holiday, does not."""

HALF_TERM = re.compile(r"half[- ]?term", re.IGNORECASE)
HALF_TERM_LAST = re.compile(r"\bhalf[- ]?term$", re.IGNORECASE)
BETWEEN = re.compile(r"(half|mid)[- ]?term", re.IGNORECASE)
"""What half terms and the holidays between them are both called: anywhere, at last, or in the middle of a term."""

AWAY = re.compile(r"holiday|vacation|\bbreaks?\b", re.IGNORECASE)
"""What the name of a holiday says, whatever terms it lies between."""

SHUT_AT_MOST = 7
"""Days for which a school is closed within its terms; what is longer is a holiday."""

A_DAY_OFF = 2
"""Days of a holiday within a half term, which has a name of its own: what is longer lies between half terms."""

LONG = 25
"""Days from which a stretch is a half term, unless its name says that it is a holiday."""

TermDates = tuple[HalfTerm | Closed, ...]


class Kind(StrEnum):
    """What days with a name are."""

    HALF_TERM = "half term"
    SHUT = "closed"
    OVER = "passed over"
    UNCLEAR = "unclear"


def kind_of(name: str, first: date, last: date) -> Kind:
    """What days are by their name, without what stands in brackets, and by how many there are: a half term is long, and a day off is short."""
    bare = re.sub(r"\([^()]*\)", "", name).strip()
    length = (last - first).days + 1
    if length < 1:
        return Kind.HALF_TERM  # which refuses them
    if length <= SHUT_AT_MOST:
        return _kind_of_some_days(name, bare, first, length)
    return _kind_of_a_month(bare) if length >= LONG else _kind_of_some_weeks(bare)


def _kind_of_a_month(bare: str) -> Kind:
    """What a month or more is by its name: a half term, unless it says first that it is a holiday."""
    term, away = TERM.search(bare), HOLIDAY.search(bare) or BANK.search(bare)
    if away is None or HALF_TERM_LAST.search(bare):
        return Kind.HALF_TERM
    return Kind.HALF_TERM if term and term.start() <= away.start() else Kind.OVER


def _kind_of_some_weeks(bare: str) -> Kind:
    """What some weeks are by their name: a holiday, or a short half term where it is called one."""
    if AWAY.search(bare) or (BETWEEN.search(bare) and not NUMBERED.search(bare)):
        return Kind.OVER
    if TERM.search(bare):
        return Kind.HALF_TERM
    return (
        Kind.OVER
        if HOLIDAY.search(bare) or BANK.search(bare) or SHUT.search(bare)
        else Kind.UNCLEAR
    )


def _kind_of_some_days(name: str, bare: str, first: date, length: int) -> Kind:
    """What a few days are by their name."""
    if OPEN.search(name):
        return Kind.OVER
    if SHUT.search(bare):
        weekend = all((first + timedelta(days=number)).weekday() > 4 for number in range(length))
        return Kind.OVER if weekend else Kind.SHUT
    if BANK.search(bare):
        return Kind.OVER
    off = HOLIDAY.search(bare)
    if not off:
        return Kind.UNCLEAR
    return Kind.SHUT if length <= A_DAY_OFF and not HALF_TERM.search(bare) else Kind.OVER


def closed_days(calendar: str, name: str, first: date, last: date) -> tuple[Closed, ...]:
    """The weekdays from one day to another, both counted, on which a school is closed; ValueError where they are reversed, or a holiday."""
    length = (last - first).days + 1
    if length < 1:
        raise ValueError(f"{name} ends on {last}, before it begins on {first}")
    if length > SHUT_AT_MOST:
        raise ValueError(
            f"{name} runs from {first} to {last}: what is longer than a week is a holiday, and no line of its own"
        )
    days = (first + timedelta(days=number) for number in range(length))
    return tuple(Closed(calendar, name, day) for day in days if day.weekday() < 5)
