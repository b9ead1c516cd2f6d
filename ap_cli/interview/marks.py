"""Asking what a mark of attendance is to be: which sessions, which code, and why it is amended."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from ..domain.attendance import AUTHORISED, CODES, NOT_POSSIBLE, UNAUTHORISED, UNEXPLAINED, Mark
from ..domain.days import words
from ..domain.sessions import HALVES
from ..forms.days import as_past_day
from ..forms.readers import read_record_day, read_text
from ..forms.text import capital, echo
from .prompts import NEEDED, ask_line, ask_sure, ask_yes, say
from .typed import BACK, LEAST_LETTERS, UNSURE, read_numbers

OF_ABSENCE = tuple(
    code
    for code, (_, counts) in CODES.items()
    if counts in (AUTHORISED, UNAUTHORISED) and code != UNEXPLAINED
)
"""The codes that can be the answer to why a pupil was absent."""

USUAL = tuple(code for code, (_, counts) in CODES.items() if counts is not NOT_POSSIBLE)
"""The codes that are shown at first where a pupil may have been there."""

MOST_SHOWN = 12
"""The most sessions that are listed by their numbers."""


class Amendment(Struct, frozen=True):
    """The marks that are to be amended, the code that they become, and why."""

    marks: tuple[Mark, ...]
    code: str
    reason: str


def ask_amendment(marks: Sequence[Mark]) -> Amendment | None:
    """Ask which of these marks are amended to which code and why; None if the person goes back."""
    while chosen := ask_sessions(marks):
        amendment = ask_code_and_reason(chosen)
        if amendment is not None or len(marks) == 1:
            return amendment
    return None


def ask_code_and_reason(marks: Sequence[Mark]) -> Amendment | None:
    """Ask what these marks become and why, until that is confirmed; None to go back."""
    while code := ask_code(marks):
        reason = ask_reason()
        if reason and confirm(marks, code, reason):
            return Amendment(tuple(marks), code, reason)
    return None


def ask_sessions(marks: Sequence[Mark]) -> Sequence[Mark] | None:
    """Ask which sessions have the same reason; None if the person goes back.

    One session is not asked for.
    """
    if len(marks) == 1:
        say(f"  {describe(marks[0])}, marked {marks[0].code}")
        return marks
    for number, mark in enumerate(marks[:MOST_SHOWN], 1):
        say(f"  {number:2}  {describe(mark)}, marked {mark.code}")
    if len(marks) > MOST_SHOWN:
        say(f"  and up to {len(marks)}, {describe(marks[-1])}")
    how = f"Type numbers such as 1 2 or 1-{len(marks)}, all, or {BACK} to go back."

    def problem(text: str) -> str:
        return "" if text == BACK or read_numbers(text, len(marks)) else how

    text = ask_line("Which sessions have the same reason? Numbers, or all:", problem)
    return None if text == BACK else [marks[at - 1] for at in read_numbers(text, len(marks))]


def describe(mark: Mark) -> str:
    """A session with its weekday: "Wednesday 7 January 2026 am"."""
    return f"{words(mark.day, weekday=True)} {HALVES[mark.half]}"


def ask_code(marks: Sequence[Mark]) -> str | None:
    """Ask which code is right; None if the person goes back.

    Of an absence the codes of absence are shown, and “?” shows all others.
    """
    absent = bool(marks) and all(mark.missed for mark in marks)
    shown = OF_ABSENCE if absent else USUAL
    say("\nWhich code is right?")
    show_codes(shown)
    before = {mark.code for mark in marks}
    while True:
        more = f"A code, or a word of it; {UNSURE} shows every code, {BACK} goes back:"
        text = ask_line(more, problem_of_code(before))
        if text == UNSURE:
            show_codes(tuple(CODES))
            continue
        return None if text == BACK else read_meant(text)[0]


def show_codes(codes: Sequence[str]) -> None:
    """Show codes, each with what it means."""
    for code in codes:
        meaning, counts = CODES[code]
        say(f"  {code:<2}  {meaning} ({counts.replace('-', ' ')})")


def problem_of_code(before: set[str]) -> Callable[[str], str]:
    """What is wrong with a typed code; empty if nothing is. `before` are the codes that stand."""

    def problem(text: str) -> str:
        if text in (BACK, UNSURE):
            return ""
        found = read_meant(text)
        if not found:
            return (
                f"“{echo(text, 20)}” is no code: type one such as I, or {UNSURE} to see them all."
            )
        if len(found) > 1:
            return f"“{echo(text, 20)}” may mean {', '.join(found)}: type the code."
        if before == set(found):
            return f"It is marked {found[0]} already: choose another code."
        return ""

    return problem


def read_meant(text: str) -> list[str]:
    """List the codes that a text may mean: by the code, what it counts as, or words of it."""
    typed = text.strip().lower()
    exact = [code for code in CODES if code.lower() == typed]
    if exact or len(typed) < LEAST_LETTERS:
        return exact
    if kinds := [code for code in CODES if CODES[code][1] == typed.replace(" ", "-")]:
        return kinds
    return [
        code for code, (means, _) in CODES.items() if re.search(rf"\b{re.escape(typed)}", means)
    ]


def ask_reason() -> str | None:
    """Ask why marks are amended; None if the person goes back."""
    why = f"Type a few words, such as: the parent rang, a cold. Or {BACK} to go back."

    def problem(text: str) -> str:
        if text == BACK:
            return ""
        if not text:
            return NEEDED
        try:
            read_text(text)
        except ValueError:
            return why
        return ""

    text = ask_line("Why is it amended?", problem)
    return None if text == BACK else text


def confirm(marks: Sequence[Mark], code: str, reason: str) -> bool:
    """Show each mark before and after, and ask whether to save it."""
    say("\nThis is what will be saved:")
    for mark in marks[:MOST_SHOWN]:
        say(f"  {describe(mark)}: {mark.code} → {code}, {CODES[code][0]}")
    if len(marks) > MOST_SHOWN:
        say(f"  and {len(marks) - MOST_SHOWN} more")
    say(f"  Reason: {reason}")
    return ask_sure("Save it?")


def confirm_doubtful(doubts: Sequence[str]) -> bool:
    """Show what in marks cannot be right, and ask whether to record them all the same."""
    for doubt in doubts:
        say(f"! {capital(doubt)}.")
    return ask_yes("Record the marks all the same?", usual=False)


def ask_session(today: date) -> tuple[date, int] | None:
    """Ask for the day and half of a session that has come; None if the person goes back."""

    def problem_of_day(text: str) -> str:
        if text == BACK:
            return ""
        try:
            day = read_record_day(as_past_day(text, today), today)
        except ValueError as problem:
            return str(problem)
        return "That day is still to come: a mark is made when it has come." if day > today else ""

    def problem_of_half(text: str) -> str:
        known = text == BACK or text.lower() in HALVES
        return "" if known else f"Type am or pm, or {BACK} to go back."

    while True:
        day = ask_line("Which day?", problem_of_day)
        if day == BACK:
            return None
        half = ask_line("am or pm?", problem_of_half)
        if half != BACK:
            return read_record_day(as_past_day(day, today), today), HALVES.index(half.lower())
