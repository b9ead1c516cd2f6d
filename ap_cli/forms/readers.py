"""Readers: typed text made into values, by functions for the types that any form may ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Struct

from .choice import meaning_of
from .days import read_day
from .form import LONGEST_WEEK, Count, Minutes, MinutesOrNone, Pence, Percent, check_year, reference
from .text import BIDI_CONTROLS, echo, pounds, shortened
from .yes_no import read_yes_or_no

LONGEST_TEXT = 20_000
"""The most letters that a text can have."""


class Part(Struct, frozen=True):
    """A further answer that belongs to questions of a type, such as the day that something ended.

    In `key`, "{key}" stands for the key of the question.
    """

    name: str
    key: str
    help: str
    metavar: str = "TEXT"
    several: bool = False

    def key_of(self, question: str) -> str:
        """Return its key beside the question of a key."""
        return self.key.format(key=question)


class Reader(Struct, frozen=True, kw_only=True):
    """How answers of one type are read, offered, and written again.

    `read` takes what was typed, and with `counts_from_today` the day; it raises ValueError, saying
    what works. With `parts`, `read_parts` takes the answer and its further ones by name, the day,
    and the value that stands. `metavar` and `example` show what an answer looks like, `choices`
    what it can be, `meanings` what each of these means; `sample` is a valid one.
    """

    read: Callable[..., Any]
    counts_from_today: bool = False
    metavar: str = "TEXT"
    example: str = ""
    sample: str | bool = ""
    choices: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    several: bool = False
    parts: tuple[Part, ...] = ()
    read_parts: Callable[[Mapping[str, object], date, object], object] | None = None
    write: Callable[[Any], Any] = str


def read_minutes(given: object) -> Minutes:
    """Return minutes from a time in a week: 18, 18.25, "18:15" or "18h15".

    They are whole minutes, more than 0 and at most 60 hours. "18.15" may be meant as 18:15, and is
    refused.
    """
    minutes = _minutes(given, "type 18, 18.25 or 18:15")
    if not 0 < minutes <= LONGEST_WEEK * 60:
        raise ValueError(
            f"“{echo(given)}”: a week has more than 0 and at most {LONGEST_WEEK} hours"
        )
    return Minutes(minutes)


def read_minutes_or_none(given: object) -> MinutesOrNone:
    """Return minutes as `read_minutes` does; 0 from "0" and "none"."""
    if isinstance(given, str) and read_yes_or_no(given) is False:
        return MinutesOrNone(0)
    minutes = _minutes(given, "type 18, 18.25 or 18:15, or 0 for none")
    if minutes > LONGEST_WEEK * 60:
        raise ValueError(f"“{echo(given)}”: a week has at most {LONGEST_WEEK} hours")
    return MinutesOrNone(minutes)


def _minutes(given: object, how: str) -> int:
    """Return the minutes of a time; raise ValueError, with how it is typed, if it is none."""
    pattern = r"(\d{1,4})(?:\.(\d{1,6})|[:h]([0-5]\d))?"
    time = (
        None
        if isinstance(given, bool)
        else re.fullmatch(pattern, without_unit(shortened(given, 30)), re.ASCII)
    )
    if not time:
        raise ValueError(f"“{echo(given)}” is not a number of hours: {how}")
    minutes, rest = int(time[1]) * 60, 0
    if time[2] and is_like_a_clock(time[2]):
        exact = int(time[2]) * 60 / 100
        other = f", or {time[1]}:{int(exact):02d} for {time[0]} hours" if exact % 1 == 0 else ""
        raise ValueError(
            f"“{echo(given)}” can be meant in two ways: type {time[1]}:{time[2]} for"
            f" {time[1]} hours {int(time[2])} minutes{other}"
        )
    if time[2]:
        rest, odd = divmod(int(time[2]) * 60, 10 ** len(time[2]))
        if odd:
            raise ValueError(
                f"“{echo(given)}” is not a whole number of minutes: try 18.25 or 18:15"
            )
    return minutes + rest + int(time[3] or 0)


def without_unit(text: str) -> str:
    """Return a typed time without the word for hours after it: "6" of "6 hours a week"."""
    return re.sub(r"\s*h(ou)?rs?\.?( a week)?$", "", text.strip().lower())


def is_like_a_clock(decimals: str) -> bool:
    """Tell whether decimals of hours look like minutes: "15" or "40", but not "25", "5" or "95"."""
    minutes = int(decimals)
    return len(decimals) == 2 and 0 < minutes < 60 and minutes % 5 == 0 and minutes % 25 != 0


def read_text(given: object) -> str:
    """Return text as typed, without control characters; line breaks and tabs become spaces."""
    if not isinstance(given, str):
        raise ValueError(f"“{echo(given)}” is not text: put it in quotation marks")
    text = (
        unicodedata.normalize("NFC", given)
        .replace("\r\n", " ")
        .replace("\n", " ")
        .replace("\t", " ")
        .strip()
    )
    is_plain = text.isascii() and text.isprintable()
    if not is_plain and any(map(is_control, text)):
        raise ValueError("control characters cannot be kept: write it without them")
    if not any(c.isalnum() or unicodedata.category(c) == "So" for c in text):
        raise ValueError("write at least a letter or a digit")
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"it has {len(text):,} letters, where at most {LONGEST_TEXT:,} can be kept"
        )
    return text


def is_control(letter: str) -> bool:
    """Tell whether a letter is none to read but directs how text is shown."""
    return unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") or letter in BIDI_CONTROLS


def read_bool(given: object) -> bool:
    """Return a yes or a no."""
    if isinstance(given, bool):
        return given
    meant = read_yes_or_no(str(given))
    if meant is None:
        raise ValueError(f"answer yes or no, not “{echo(given)}”")
    return meant


def read_int(given: object) -> int:
    """Return a whole number from 1."""
    text = shortened(given, 30).strip()
    if isinstance(given, bool) or not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        raise ValueError(f"“{echo(text)}” is not a whole number: type 1 or more")
    return int(text)


def read_percent(given: object) -> Percent:
    """Return a share in per cent, "87" or "87%": a whole number from 0 to 100."""
    text = shortened(given, 30).strip().removesuffix("%").strip()
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > 100:
        raise ValueError(f"“{echo(given)}” is not a percentage: type a whole number from 0 to 100")
    return Percent(int(text))


def read_count(given: object) -> Count:
    """Return how many there are: a whole number from 0; 0 from "none"."""
    text = shortened(given, 30).strip()
    if text.lower() == "none":
        return Count(0)
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise ValueError(f"“{echo(text)}” is not a number: type 0 or more")
    return Count(int(text))


def read_record_day(given: object, today: date) -> date:
    """Return a day of a record; raise ValueError if no record can have one in its year."""
    return check_year(read_day(given, today))


def read_pence(given: object) -> Pence:
    """Return money in pounds, "85", "85.5" or "£1,850.50", as pence: up to ten million pounds.

    A comma parts thousands; raise ValueError with the amount that may be meant if it does not.
    """
    if isinstance(given, float) and given == round(given, 2):
        given = f"{given:.2f}"  # a file of answers has 85.50 as the number 85.5
    text = shortened(given, 30).strip().removeprefix("£").strip()
    if decimal := re.fullmatch(r"(\d{1,7}),(\d\d?)", text, re.ASCII):
        may_mean = f"{decimal[1]}.{decimal[2]:0<2}"
        raise ValueError(f"“{echo(given)}” may mean £{may_mean}: type {may_mean} if so")
    amount = re.fullmatch(r"(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:\.(\d\d?))?", text, re.ASCII)
    pounds_typed = int(amount[1].replace(",", "")) if amount else MOST_POUNDS
    if isinstance(given, bool) or not amount or pounds_typed >= MOST_POUNDS:
        raise ValueError(f"“{echo(given)}” is not an amount in pounds: try 85 or 85.50")
    return Pence(pounds_typed * 100 + int(f"{amount[2] or 0:0<2}"))


MOST_POUNDS = 10_000_000
"""Pounds from which on an amount cannot be kept."""


def read_one_of(kind: type[Enum], given: object, refused: Mapping[Enum, str] | None = None) -> Enum:
    """Return one of a list of choices; raise ValueError, with the choices or why one is refused."""
    refused = refused or {}
    text = str(given).strip().lower()
    for member in kind:
        if member.value.lower() == text:
            if member in refused:
                raise ValueError(f"refused: {refused[member]}")
            return member
    offered = choices_of(kind, refused)
    raise ValueError(
        f"choose one of {', '.join(offered)}, not “{echo(given)}”{suggest(text, offered)}"
    )


def choices_of(kind: type[Enum], refused: Mapping[Enum, str] | None = None) -> tuple[str, ...]:
    """List the values of an enumeration that are offered: all but those refused."""
    return tuple(str(member.value) for member in kind if member not in (refused or {}))


def choice_reader(kind: type[Enum], refused: Mapping[Any, str] | None = None) -> Reader:
    """Make the reader of a list of choices.

    `refused` has those that are refused, with their reasons.
    """

    def read(given: object) -> Enum:
        return read_one_of(kind, given, refused)

    offered = choices_of(kind, refused)
    meanings = tuple(meaning_of(member) for member in kind if member not in (refused or {}))
    return Reader(read=read, choices=offered, meanings=meanings, metavar="|".join(offered))


def reference_reader(prefix: str, noun: str) -> Reader:
    """Make the reader of references of one kind: `P-0001`, or `p-1`."""

    def read(given: object) -> int:
        text = shortened(given, 30).strip()
        found = re.fullmatch(rf"{prefix}-?0*([1-9]\d{{0,8}})", text, re.ASCII | re.IGNORECASE)
        if not found:  # not repeated: it may be a name
            raise ValueError(f"type the reference of a {noun}, such as {prefix}-0001")
        return int(found[1])

    def write(id: int) -> str:
        return reference(prefix, id)

    return Reader(read=read, metavar=reference(prefix, 1), write=write)


def suggest(name: object, known: Any) -> str:
    """Return a suggestion for a name that is not known, "; did you mean tier?", or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(str(name), list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def write_minutes(minutes: int) -> str:
    """Return minutes as they would be typed: "18:15"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def write_pence(pence: int) -> str:
    """Return pence as they would be typed: "85.50"."""
    return pounds(pence).removeprefix("£")


def write_as_it_is(value: Any) -> Any:
    """Return the value itself, which is typed as it is stored."""
    return value


GENERAL: dict[Any, Reader] = {
    str: Reader(read=read_text, sample="a few words"),
    bool: Reader(read=read_bool, example="Yes or no.", sample=True, write=write_as_it_is),
    int: Reader(read=read_int, metavar="NUMBER", write=write_as_it_is),
    date: Reader(
        read=read_record_day,
        counts_from_today=True,
        metavar="DAY",
        example="Such as 27/02/2026, friday or +6w.",
        sample="2026-03-01",
    ),
    Minutes: Reader(
        read=read_minutes,
        sample="12",
        metavar="HOURS",
        example="Such as 18.25 or 18:15.",
        write=write_minutes,
    ),
    MinutesOrNone: Reader(
        read=read_minutes_or_none,
        sample="6",
        metavar="HOURS",
        example="Such as 6.25 or 6:15; 0 or none for no time.",
        write=write_minutes,
    ),
    Pence: Reader(
        read=read_pence,
        sample="85.50",
        metavar="POUNDS",
        example="Such as 85 or 85.50.",
        write=write_pence,
    ),
    Percent: Reader(read=read_percent, sample="90", write=write_as_it_is),
    Count: Reader(read=read_count, sample="3", write=write_as_it_is),
}
"""The readers of the types that any form may ask for."""
