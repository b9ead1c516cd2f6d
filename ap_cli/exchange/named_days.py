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
    r"\binsets?\b|\bcpd\b|\bpd days?\b|\bbaker days?\b|\bpupil[- ]free\b"
    r"|\bnon[- ]?(pupil|student|school|teaching)\b|(?<!early )\bclosures?\b"
    r"|\b(staff|teacher|school)s?'? (training|development|closed|closure)\b"
    r"|\b(training|development|closure) days?\b"
    r"|\bclosed( to( all)?| for) (pupils|students|children|training)\b"
    r"|^(school )?closed\b|\bschools? (is |are |will be )?closed\b"
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
    r"|\bterm (one|two|three|four|five|six)\b"
    r"|^(autumn|spring|summer)( \d{4})?$",
    re.IGNORECASE,
)
"""Names of terms and half terms, even if they mention a holiday too."""

ACTIVITY = re.compile(
    r"\b(exams?|examinations?|tests?|mocks?|assessments?|clubs?|menus?|lessons|swimming|reports?"
    r"|trips?|fixtures?|fairs?|disco|night|evening|morning|consultations?|applications?|deadline"
    r"|enrichment|photos?|year \d+|years \d+|yr ?\d+|y\d+|reception|nursery|sixth form)\b",
    re.IGNORECASE,
)
"""Names of what happens in school, or for some pupils alone: no term begins or ends with it."""

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
"""The fewest days of what may be a half term by its length."""

LONGEST_HALF_TERM = 71
"""The most days of a half term, both ends counted; a term without its holiday is longer."""

LEAST_HOLIDAY = 4
"""The fewest days of a holiday between half terms."""

AFTER_TRAINING = re.compile(
    r"\b(after|before|following) (the |an |our )?(inset|training|staff)( training)?( days?)?\b",
    re.IGNORECASE,
)

HOLIDAY_EDGE = re.compile(
    r"\b(half[- ]?term|holidays?|break|vacation)( holidays?| break)?"
    r" (begins?|starts?|commences?|ends?|finish(es)?)\b"
    r"|\b(first|last) day of (the )?(\w+ )?(half[- ]?term|holidays?|break|vacation)\b",
    re.IGNORECASE,
)
"""Names of the first or last day of a holiday; with a number they are those of a half term."""

LAST_DAY = re.compile(
    r"\blast (school )?day\b|\bbreaks? up\b|^schools? closes?$"
    r"|\bend of (the )?(\w+ )?(half[- ]?)?term\b"
    r"|\b(term|half)( \d)? (ends?|closes?|finish(es)?)\b"
    r"|\bschools? (ends?|closes?|finish(es)?)\b.*\b(half[- ]?term|term|christmas|easter|summer"
    r"|holidays?)\b",
    re.IGNORECASE,
)
"""Names of the last school day before a holiday."""

FIRST_DAY = re.compile(
    r"\bfirst (school )?day\b|\bback to school\b|^schools? opens?$"
    r"|\breturn(s|ing)? (to school|after)\b"
    r"|\bstart of (the )?(\w+ )?(half[- ]?)?term\b"
    r"|\b(term|half)( \d)? (begins?|starts?|commences?|opens|re-?opens)\b"
    r"|\b(schools?|pupils?|students?|children)"
    r" (begins?|starts?|opens|re-?opens?|returns?|resumes?)\b",
    re.IGNORECASE,
)
"""Names of the first school day after a holiday."""

TermDates = tuple[HalfTerm | Closed, ...]


class Kind(StrEnum):
    """What days with a name are."""

    TERM = "term"
    HALF_TERM = "half term"
    HOLIDAY = "holiday"
    FIRST_DAY = "first day"
    LAST_DAY = "last day"
    SHUT = "closed"
    OVER = "passed over"
    UNCLEAR = "unclear"


def kind_of(name: str, first: date, last: date) -> Kind:
    """What days are, by their name without what is in brackets and by how many there are."""
    bare = re.sub(r"\([^()]*\)", "", name).strip()
    length = (last - first).days + 1
    if length < 1:
        return Kind.HALF_TERM  # making it refuses the reversed days
    if length == 1 and (edge := edge_of(AFTER_TRAINING.sub("", bare), name)):
        return edge
    if length <= SHUT_AT_MOST:
        return _kind_of_some_days(name, bare, first, length)
    kind = _kind_of_a_month(bare) if length >= LONG else _kind_of_some_weeks(bare)
    if kind is Kind.HALF_TERM and length > LONGEST_HALF_TERM and not NUMBERED.search(bare):
        return Kind.TERM
    return kind


def edge_of(bare: str, name: str) -> Kind | None:
    """What one day is by its name: the first school day after a holiday, the last before one."""
    if SHUT.search(bare) or ACTIVITY.search(name):
        return None
    if HOLIDAY_EDGE.search(bare) and not NUMBERED.search(bare):
        return None
    ends, begins = LAST_DAY.search(bare), FIRST_DAY.search(bare)
    if ends and (not begins or ends.start() < begins.start()):
        return Kind.LAST_DAY
    return Kind.FIRST_DAY if begins else None


def _kind_of_a_month(bare: str) -> Kind:
    """What a month or more is: only what is called a term or half term is one."""
    term, away = TERM.search(bare), HOLIDAY.search(bare) or BANK.search(bare)
    if away is None:
        return Kind.HALF_TERM if term and not ACTIVITY.search(bare) else Kind.UNCLEAR
    if HALF_TERM_LAST.search(bare) or (term and term.start() <= away.start()):
        return Kind.HALF_TERM
    return Kind.HOLIDAY


def _kind_of_some_weeks(bare: str) -> Kind:
    """What some weeks are: a holiday, or a short half term if they are called one."""
    if AWAY.search(bare) or (BETWEEN.search(bare) and not NUMBERED.search(bare)):
        return Kind.HOLIDAY
    if TERM.search(bare) and not ACTIVITY.search(bare):
        return Kind.HALF_TERM
    if HOLIDAY.search(bare) or BANK.search(bare):
        return Kind.HOLIDAY
    return Kind.OVER if SHUT.search(bare) else Kind.UNCLEAR


def _kind_of_some_days(name: str, bare: str, first: date, length: int) -> Kind:
    """What a few days are, by their name."""
    if OPEN.search(name):
        return Kind.OVER
    if SHUT.search(bare):
        weekend = all((first + timedelta(days=number)).weekday() > 4 for number in range(length))
        return Kind.OVER if weekend else Kind.SHUT
    if length >= LEAST_HOLIDAY and (HOLIDAY.search(bare) or AWAY.search(bare)):
        return Kind.HOLIDAY
    if BANK.search(bare):
        return Kind.OVER
    off = HOLIDAY.search(bare)
    if not off:
        return _kind_of_a_day_by_its_brackets(name, first, length)
    return Kind.SHUT if length <= A_DAY_OFF and not HALF_TERM.search(bare) else Kind.OVER


def _kind_of_a_day_by_its_brackets(name: str, first: date, length: int) -> Kind:
    """What a day is of which only brackets may say that the school is closed."""
    in_brackets = re.findall(r"\(([^()]*)\)", name)
    is_shut = any(map(SHUT.search, in_brackets)) and not ACTIVITY.search(name)
    on_a_weekday = length == 1 and first.weekday() < 5
    return Kind.SHUT if is_shut and on_a_weekday else Kind.UNCLEAR


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
