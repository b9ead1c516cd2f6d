"""Text from people, made safe to show: it can hold anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextvars import ContextVar

BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
"""Characters that turn the direction of the text after them."""


NO_BREAK_SPACE = "\u00a0"
JOINERS = frozenset("\u200c\u200d")
"""What joins and parts letters of a word, or makes one picture of several; it moves nothing."""

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
    + "".join(BIDI_CONTROLS)
    + "]"
)
"""What a terminal obeys or no XML holds, but for the line breaks and tabs of a text."""


def harmless(text: str) -> str:
    """Return text with its line breaks and tabs, where what does harm is replaced by "�"."""
    return text if text.isprintable() else HARMFUL.sub("�", text)


def printable(text: str) -> str:
    """Return text for one line of a terminal.

    What would move the cursor or turn the line is replaced.
    """
    if text.isprintable():
        return text
    return "".join(map(_printable_character, text))


def _printable_character(character: str) -> str:
    """Return a character if it can be shown, a space for other spaces, or else "�"."""
    if character in "\n\t" or (character.isspace() and character >= NO_BREAK_SPACE):
        return " "
    return character if character.isprintable() or character in JOINERS else "�"


def shortened(given: object, most: int = 40) -> str:
    """Return what was typed, short enough and safe to quote in a sentence."""
    try:
        text = printable(str(given))
    except ValueError:  # a number too long to be written out
        text = "…"
    return text if len(text) <= most else text[: most - 1] + "…"


SHOWS_TYPED: ContextVar[bool] = ContextVar("SHOWS_TYPED", default=True)
"""Whether messages may repeat what was typed: not if they end in a log that others read."""

HIDDEN = "…"
QUOTED = re.compile(r"'.*'|\".*\"|“.*”", re.DOTALL)


def echo(given: object, most: int = 40) -> str:
    """Return what was typed, as `shortened` does, to repeat it in a message.

    If messages go where others read them, all but references, days and numbers is hidden: it may be
    a name.
    """
    text = shortened(given, most)
    return text if SHOWS_TYPED.get() or is_no_name(text) else HIDDEN


def name_file(file: object) -> str:
    """Return the name of a file that was typed; "the file" if it is hidden."""
    return str(file) if SHOWS_TYPED.get() else "the file"


def name_out(file: object) -> str:
    """Return the name of a file that `--out` names, or say that it does if it is hidden."""
    return str(file) if SHOWS_TYPED.get() else "the file that --out names"


def hide_quoted(text: str) -> str:
    """Return a message of a library, in which what it quotes is hidden as `echo` hides it."""
    return text if SHOWS_TYPED.get() else QUOTED.sub(HIDDEN, text)


def is_no_name(text: str) -> bool:
    """Tell whether a text cannot be a name: "P-0001", "31/02/2026" or "18.5", but not "Bo"."""
    words = re.findall(r"[^\W\d_]+", text)
    return all(len(word) <= 2 for word in words) and (not words or bool(re.search(r"\d", text)))


def hours(minutes: int) -> str:
    """Return minutes as hours: "18", "18.25", "18:10"."""
    whole, rest = divmod(minutes, 60)
    if rest % 15 == 0:
        return f"{whole + rest / 60:g}"
    return f"{whole}:{rest:02d}"


def first_of(told: Sequence[str], most: int = 4) -> str:
    """Join texts in a row, "a, b, c, d and 3 more": the first alone of a long list."""
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")


def join_words(names: Iterable[str], word: str) -> str:
    """Name several within a sentence, with a word before the last: "start, end and UPN"."""
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


MOST_TOLD = 30
"""The most mistakes, or things passed over, that are shown of a file."""


def list_few(told: Sequence[str]) -> list[str]:
    """List what was found in a file: the first alone of a long list, and a count of the rest."""
    return [*told[:MOST_TOLD], *count_untold(len(told))]


def count_untold(number: int) -> list[str]:
    """Return a line with how many are not shown; no line if all are."""
    return [f"… and {number - MOST_TOLD:,} more"] if number > MOST_TOLD else []


def in_unit(value: int, unit: str) -> str:
    """Return a figure in its unit: time in hours, and one of a thing in the singular."""
    if unit.startswith("minutes"):
        return f"{hours(value)} hours{unit.removeprefix('minutes')}"
    if value != 1:
        return f"{value} {unit}"
    return "1 child" if unit == "children" else f"1 {unit.removesuffix('s')}"


def pounds(pence: int) -> str:
    """Return pence as pounds: "£85", "£85.50"."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}" + (f".{rest:02d}" if rest else "")


def hours_number(minutes: int) -> int | float | str:
    """Return minutes as hours for a cell: 18.25; as text, "18:10", if they are no quarters."""
    if minutes % 60 == 0:
        return minutes // 60
    return minutes / 60 if minutes % 15 == 0 else hours(minutes)


FORMULA = re.compile("'*[=+\\-@\t\r\n]")
"""How text begins that a spreadsheet would run, or that has been stopped from it before."""


def stop_formula(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe stands before what it would run."""
    return f"'{text}" if FORMULA.match(text) else text


def release_formula(text: str) -> str:
    """Return a text that `stop_formula` has made, as it was before."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def label(name: str) -> str:
    """Return a fact's name for people: `weekly_minutes` is shown in hours."""
    return (
        name.replace("end_reason", "why_it_ended")
        .replace("weekly_minutes", "hours_a_week")
        .replace("weekly_pence", "cost_a_week")
        .replace("_minutes", "_hours")
        .replace("_", " ")
    )


SHORTHAND = {"ehcp": "EHCP", "urn": "URN", "upns": "UPNs"} | {
    word: word.upper() for word in ("ebsa", "pep", "pru", "sen", "ukprn", "upn")
}
"""Words of labels that are written in capital letters."""


def heading(name: str) -> str:
    """Return what stands above the column of a fact: "Hours a week", "Former UPNs"."""
    return capital(" ".join(SHORTHAND.get(word, word) for word in label(name).split(" ")))


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return a text with a small first letter, unless it begins with letters such as EHC."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
