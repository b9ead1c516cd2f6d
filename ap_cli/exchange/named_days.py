"""What named days in a table of term dates are: a half term, a closed day or a holiday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from ..domain.half_terms import HalfTerm
from ..domain.school_days import Closed
from ..policy.terms import refuse_reversed

MOST = 2_000
"""The most lines or events of a file of term dates."""

SHUT = re.compile(
    r"\binsets?\b|\bcpd\b|\bpd days?\b|\bbaker days?\b|\bnon[- ]?pupil\b|\bpupil[- ]free\b"
    r"|\b(staff|teacher|school)s?'? (training|development|closed|closure)\b"
    r"|\b(training|development|closure) days?\b"
    r"|\bclosed( to( all)?| for) (pupils|students|children|training)\b"
    r"|^(school )?closed\b|\bschool closed\b"
    r"|\boccasional days?\b",
    re.IGNORECASE,
)
"""Names of days on which a school is closed to pupils."""

HOLIDAY = re.compile(
    r"holiday|vacation|\bbreaks?\b|\bhalf[- ]?term\b|\bmid[- ]?term\b|\bwhit(sun)?\b"
    r"|^(christmas|easter)\b"
    r"|\b(good friday|may day|boxing day|new year|diwali|eid)\b",
    re.IGNORECASE,
)
"""Names of days that are no school days and no part of a half term."""

BANK = re.compile(
    r"\bbank\b|\b(good friday|easter monday|may day|boxing day|new year|christmas)", re.IGNORECASE
)
"""Names of bank holidays: they are known already, or lie between the half terms."""

OPEN = re.compile(
    r"\btwilight\b(?!.*\bin lieu\b)|\bafter school\b"
    r"|\b(after|before|following) (the |an |our )?(inset|training|staff)\b",
    re.IGNORECASE,
)
"""Names of days on which staff are trained while pupils are at school."""

TERM = re.compile(
    r"\b(autumn|spring|summer|term|half[- ]?term|half)\s*[1-6]\b"
    r"|\b[1-6](st|nd|rd|th)? half[- ]?term\b"
    r"|\b(first|second|third|fourth|fifth|sixth) half\b"
    r"|\b(autumn|spring|summer|michaelmas|lent|hilary|trinity|christmas|easter) term\b"
    r"|\bterm (one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
"""Names of half terms, even if they mention a holiday too."""

NUMBERED = re.compile(
    r"\b(half[- ]?term|half)\s*[1-6]\b"
    r"|\b([1-6](st|nd|rd|th)?|first|second|third|fourth|fifth|sixth) half([- ]?term)?\b",
    re.IGNORECASE,
)
"""Names of half terms with their number; “half term” alone is a holiday."""

HALF_TERM = re.compile(r"half[- ]?term", re.IGNORECASE)
HALF_TERM_LAST = re.compile(r"\bhalf[- ]?term$", re.IGNORECASE)
BETWEEN = re.compile(r"(half|mid)[- ]?term", re.IGNORECASE)
"""“Half term” names both the terms and the holiday between them; the position tells which."""

AWAY = re.compile(r"holiday|vacation|\bbreaks?\b", re.IGNORECASE)
"""Names of holidays, even if they mention a term too."""

SHUT_AT_MOST = 7
"""The most days in a row that a school is closed within its terms; longer is a holiday."""

A_DAY_OFF = 2
"""The most days of a holiday inside a half term; a longer one lies between half terms."""

LONG = 25
"""The fewest days of a half term whose name does not say that it is one."""

TermDates = tuple[HalfTerm | Closed, ...]


class Kind(StrEnum):
    """What days with a name are."""

    HALF_TERM = "half term"
    SHUT = "closed"
    OVER = "passed over"
    UNCLEAR = "unclear"


def kind_of(name: str, first: date, last: date) -> Kind:
    """What days are, by their name without what is in brackets and by how many there are."""
    bare = re.sub(r"\([^()]*\)", "", name).strip()
    length = (last - first).days + 1
    if length < 1:
        return Kind.HALF_TERM  # making it refuses the reversed days
    if length <= SHUT_AT_MOST:
        return _kind_of_some_days(name, bare, first, length)
    return _kind_of_a_month(bare) if length >= LONG else _kind_of_some_weeks(bare)


def _kind_of_a_month(bare: str) -> Kind:
    """What a month or more is: a half term, unless its name begins as a holiday."""
    term, away = TERM.search(bare), HOLIDAY.search(bare) or BANK.search(bare)
    if away is None or HALF_TERM_LAST.search(bare):
        return Kind.HALF_TERM
    return Kind.HALF_TERM if term and term.start() <= away.start() else Kind.OVER


def _kind_of_some_weeks(bare: str) -> Kind:
    """What some weeks are: a holiday, or a short half term if they are called one."""
    if AWAY.search(bare) or (BETWEEN.search(bare) and not NUMBERED.search(bare)):
        return Kind.OVER
    if TERM.search(bare):
        return Kind.HALF_TERM
    is_known = HOLIDAY.search(bare) or BANK.search(bare) or SHUT.search(bare)
    return Kind.OVER if is_known else Kind.UNCLEAR


def _kind_of_some_days(name: str, bare: str, first: date, length: int) -> Kind:
    """What a few days are, by their name."""
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
    """The weekdays from first to last on which a school is closed.

    Raise ValueError if the days are reversed, or long enough for a holiday.
    """
    refuse_reversed(name, first, last)
    length = (last - first).days + 1
    if length > SHUT_AT_MOST:
        raise ValueError(
            f"{name} runs from {first} to {last}: more than a week is a holiday, leave the line out"
        )
    days = (first + timedelta(days=number) for number in range(length))
    return tuple(Closed(calendar, name, day) for day in days if day.weekday() < 5)
