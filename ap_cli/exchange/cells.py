"""Cells of a spreadsheet as people write them, made into answers that a form takes.

What stands for no answer is None: a blank never clears what is recorded. A wrong cell raises
ValueError with what to write in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any

from ..domain.identifiers import Ukprn, Upn, Urn
from ..domain.options import Route, route_name
from ..domain.periods import Periods
from ..domain.provider import ProviderKind, Sites, kind_name
from ..domain.readers import answer
from ..domain.sessions import DAYS, Sessions
from ..forms.form import TIMES, Pence, Question
from ..forms.text import echo
from .cell_words import (
    CHOICES,
    HOLDS,
    HOLDS_NOT,
    NO_ANSWER,
    NO_DAY,
    NO_PLAN_YET,
    PLAN_IN_DOUBT,
    TICKS,
    fold_words,
)
from .written_days import in_full

FIRST_SERIAL, LAST_SERIAL = 3654, 73415
"""The numbers that a spreadsheet has for the days of the years 1910 to 2100."""

SERIALS_BEGIN = date(1899, 12, 30)
BULLET = "•"
"""How the lines of a list begin whose parts can hold semicolons."""

CELLS_REMEMBERED = 8192
"""How many different cells are remembered: most of a column come again."""


def is_blank(cell: object) -> bool:
    """Tell whether a cell stands for no answer: it is empty, or says TBC, n/a or a dash."""
    if not isinstance(cell, str):
        return cell is None
    return cell.strip() not in TICKS and fold_words(cell) in NO_ANSWER


def read_cell(question: Question, cell: Any, today: date) -> Any:
    """Return a cell as the answer to a question, as it would be typed; None for no answer.

    Raise ValueError, with what to write, for a cell that the question's reader refuses.
    """
    kind: Any = type(cell)
    return _read(question, kind, cell, today)


@lru_cache(maxsize=CELLS_REMEMBERED)
def _read(question: Question, kind: Any, cell: Any, today: date) -> Any:
    """Read a cell; `kind` keeps 1 and True apart, which are equal."""
    if is_blank(cell):
        return None
    given = in_full(prepare(question, cell), question, today)
    if given is None:
        return None
    try:
        answer(question, {question.key: without_numbers(question, given)}, today)
    except ValueError as problem:
        raise ValueError(str(problem)) from None
    return given


def without_numbers(question: Question, given: Any) -> Any:
    """Return addresses without the numbers of sites, which only their provider can tell."""
    if question.item is not Sites or not isinstance(given, list):
        return given
    return [re.sub(r"^\d{1,3}\s*:\s*(?=\S)", "", line) for line in given]


def prepare(question: Question, cell: object) -> Any:
    """Return what would be typed for a cell; None for no answer."""
    kind = question.item
    if question.several:
        parts = [_prepare_one(kind, question, part) for part in split_list(kind, cell)]
        return [part for part in parts if part is not None] or None
    if kind is Sites and isinstance(cell, str):
        return [line.strip() for line in cell.splitlines() if line.strip()]
    return _prepare_one(kind, question, cell)


def split_list(kind: Any, cell: object) -> list[object]:
    """Return the parts of a cell that holds several answers; text is parted by semicolons.

    A list with bullets has a part a line.
    """
    if not isinstance(cell, str):
        return [cell]
    if cell.lstrip().startswith(BULLET):
        lines = (line.strip().removeprefix(BULLET).strip() for line in cell.splitlines())
        return list(filter(None, lines))
    parting = r"[;\n]" if kind is str else r"[;,\n]|\band\b|&"
    return [part.strip() for part in re.split(parting, cell) if part.strip()]


def _prepare_one(kind: Any, question: Question, cell: object) -> Any:
    if kind is Periods:
        return prepare_period(question.name, cell)
    if kind in PREPARE:
        return PREPARE[kind](cell)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return prepare_choice(kind, cell)
    return as_text(cell)


def as_text(cell: object) -> str:
    """Return a cell as text: a whole number without its point, a day as 2026-02-27."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def as_typed(cell: object) -> str:
    """Return a cell as a person would type it: a day as 27/02/2026."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else as_text(cell)


def prepare_day(cell: object) -> Any:
    """Return a day from a cell, a spreadsheet's number for a day too; None for “ongoing”."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool | time):
        raise ValueError("write a day, such as 27/02/2026")
    if isinstance(cell, int | float):
        return serial_day(float(cell))
    text = fold_words(str(cell))
    if text in NO_DAY:
        return None
    return serial_day(float(text)) if re.fullmatch(r"\d{5}(\.0)?", str(cell)) else str(cell)


def serial_day(number: float) -> date:
    """Return the day of a spreadsheet's number; raise ValueError if it is none."""
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise ValueError("this number is no day: write it such as 27/02/2026")
    return SERIALS_BEGIN + timedelta(days=int(number))


MINUTES = r"\s*(?:m|mins?|minutes?)\.?"
PER = r"(?:\s*(?:per|a|each|/|p)\s*(?P<per>week|wk|w|day|d))?"
HOURS = re.compile(
    r"(?P<hours>\d{1,3}(?:\.\d{1,6})?|\d{1,2},(?:\d|25|50|75)|\d{1,3}[:h]\d\d)"
    rf"(?:\s*(?:h|hrs?|hours?)\.?(?:\s*(?:and\s*)?(?P<minutes>[0-5]?\d){MINUTES})?)?{PER}"
)
"""Hours as people write them: "12.5 hrs", "12,5", "12h30", "6 hours a day"."""

ONE_DAY = re.compile(r"(?:1|one) day\s*[(,:x×@–-]*\s*(?P<hours>[^()]+?)\s*\)?")
"""The hours of a week that has one day: "1 day (6 hrs)". Of several days they can be of each."""

MINUTES_ALONE = re.compile(rf"(?P<all>\d{{1,4}}){MINUTES}{PER}")
"""Minutes without hours before them: "45 mins", "300 minutes a day"."""


class HoursADay(str):
    """Hours of one day, which a week has as often as it has days."""


def prepare_hours(cell: object) -> str | HoursADay:
    """Return hours of a week from a cell, as they would be typed; those of a day are marked so."""
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute:02d}"
    if isinstance(cell, datetime | date):
        raise ValueError("a spreadsheet has turned the hours into a day: type them as 12.5")
    text = " ".join(as_text(cell).lower().replace("½", ".5").split())
    if found := ONE_DAY.fullmatch(text):
        text = found["hours"]
    if found := MINUTES_ALONE.fullmatch(text):
        whole, rest = divmod(int(found["all"]), 60)
        hours = f"{whole}:{rest:02d}"
    elif found := HOURS.fullmatch(text):
        hours = found["hours"].replace(",", ".")
        if found["minutes"] and not hours.isdigit():
            return as_text(cell)  # minutes twice, as in "12.5 hours 30 mins"
        if found["minutes"]:
            hours = f"{hours}:{int(found['minutes']):02d}"
    else:
        return as_text(cell)
    is_of_a_day = found["per"] in ("day", "d")
    return HoursADay(hours) if is_of_a_day else hours


def prepare_upn(cell: object) -> str:
    """Return a UPN; raise ValueError for a number, which has lost its letter and digits."""
    text = as_text(cell)
    if not isinstance(cell, str) or re.fullmatch(r"\d+([.,]\d+)?e\+?\d+", text, re.IGNORECASE):
        raise ValueError(
            "a spreadsheet has made the UPN a number: format the column as text, and type the UPN"
            " again"
        )
    return text


LETTERS = re.compile(r"(th|tu|m|t|w|f)", re.IGNORECASE)
LETTERS_ALONE = re.compile(r"(th|tu|m|t|w|f)([ ,/+&]*(th|tu|m|t|w|f))+", re.IGNORECASE)
"""Days by their first letters: "M T W", "M/W/F", "MTWThF"."""

WHOLE_WEEK = ("5 days", "five days", "all week", "full week", "every day", "daily", "5")


def prepare_sessions(cell: object) -> str:
    """Return days as they would be typed, from "Mon/Tue", "M T W" or "5 days"."""
    text = as_text(cell)
    if fold_words(text) in WHOLE_WEEK:
        return f"{DAYS[0]}-{DAYS[-1]}"
    if LETTERS_ALONE.fullmatch(text.strip()):
        return ", ".join(days_of_letters(LETTERS.findall(text.lower())))
    if re.fullmatch(r"\d(\.5)?( days?)?", text.strip(), re.IGNORECASE):
        raise ValueError("say which days: mon, tue")
    return text.replace("/", ",").replace("\n", ",")


def days_of_letters(letters: list[str]) -> list[str]:
    """Return days by their first letters; raise ValueError if a T can be Tuesday or Thursday."""
    days = []
    for at, letter in enumerate(letters):
        if letter == "t" and "w" in letters[:at]:
            days.append("thu")
        elif letter == "t" and not {"w", "th"} & set(letters[at:]):
            raise ValueError("T can be Tuesday or Thursday: write tue or thu")
        else:
            days.append({"m": "mon", "w": "wed", "th": "thu", "f": "fri"}.get(letter, "tue"))
    return days


YES_SINCE = re.compile(r"yes, (?=since\b)", re.IGNORECASE)
"""How papers write that something holds: “Yes, since 1 September 2025”."""

MONEY = re.compile(r"(£?\s*[\d,]+(?:\.\d\d?)?)\s*(?:per week|a week|/ ?week|/ ?wk|pw|p/w|weekly)?")


def prepare_pence(cell: object) -> str:
    """Return pounds of a week from a cell; raise ValueError for those of a day or an hour."""
    if isinstance(cell, float) and cell == round(cell, 2):
        return f"{cell:.2f}"
    text = as_text(cell).strip().lower()
    if re.search(r"day|daily|hour|/ ?hr|session|term|year|month|annum", text):
        raise ValueError("write what a week costs, such as 85.50")
    found = MONEY.fullmatch(text)
    return found[1].replace(" ", "") if found else as_text(cell)


def prepare_yes_or_no(cell: object) -> Any:
    """Return a yes or a no from a cell: "Y", TRUE, 1 or a tick."""
    if isinstance(cell, bool):
        return cell
    text = as_text(cell).strip()
    if text in ("0", "1"):
        return text == "1"
    return True if text in TICKS else text


def prepare_period(name: str, cell: object) -> Any:
    """Return whether something holds, and since when: yes, no, or a day.

    A plan that is applied for is none yet, and a child with a protection plan is not looked after.
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float) and cell in (0, 1):
        return "yes" if cell else "no"
    if isinstance(cell, int | float | date):
        return prepare_day(cell).isoformat()
    text = fold_words(str(cell))
    if text in HOLDS_NOT.get(name, ()):
        return "no"
    if name == "looked_after" and is_one_of_several(text, name):
        return "yes"
    if str(cell).strip() in TICKS or text in HOLDS.get(name, ()):
        return "yes"
    if name == "ehcp" and NO_PLAN_YET.fullmatch(text):
        return "no"
    if found := YES_SINCE.match(str(cell)):
        return str(cell)[found.end() :]
    if name == "ehcp" and PLAN_IN_DOUBT.search(text):
        raise ValueError("write yes, no, or the day on which the plan began")
    return str(cell)


def is_one_of_several(text: str, name: str) -> bool:
    """Tell whether a circumstance is one of those that a cell has: “CLA / CP”."""
    holds, others = HOLDS[name], HOLDS_NOT[name]
    words = text.split()
    known = all(word in holds or word in others for word in words)
    return known and any(word in holds for word in words)


def prepare_choice(kind: type[Enum], cell: object) -> str:
    """Return a choice by its own word, or by one that people use for it."""
    text = as_text(cell)
    folded = fold_words(text)
    for member in kind:
        if folded in words_of(member):
            return str(member.value)
    found = CHOICES.get(kind, {}).get(folded)
    return str(found.value) if found is not None else text


def words_of(member: Enum) -> tuple[str, ...]:
    """Return what a choice is called: by its own word, and as papers write it."""
    own = fold_words(str(member.value))
    if isinstance(member, Route):
        return own, fold_words(route_name(member))
    return (own, fold_words(kind_name(member))) if isinstance(member, ProviderKind) else (own,)


PREPARE: dict[Any, Callable[[Any], Any]] = {
    date: prepare_day,
    bool: prepare_yes_or_no,
    Upn: prepare_upn,
    Urn: as_text,
    Ukprn: as_text,
    Sessions: prepare_sessions,
    Pence: prepare_pence,
    **dict.fromkeys(TIMES, prepare_hours),
}
"""What prepares the cells of each type of answer; text and choices need nothing more."""


def week_of_days(hours: str, sessions: Sessions | None, days: int | None) -> str:
    """Return the hours of a week from those of a day, by its days.

    Raise ValueError if the days are not there, or are half days.
    """
    from ..forms.readers import read_minutes, write_minutes

    if days is None and sessions is not None:
        if len(sessions.slots) != 2 * sessions.days:
            raise ValueError("hours a day do not say how long a half day is: write hours a week")
        days = sessions.days
    if not days:
        raise ValueError(
            f"{echo(hours)} hours a day: write which days as well, or the hours of a week"
        )
    return write_minutes(read_minutes(str(hours)) * days)
