"""Asking what becomes of a field that somebody else changed while a form was filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from ..domain.days import short_day
from ..forms.facts import recorded
from ..forms.form import Form, field_types
from ..forms.text import capital, label, shortened
from ..render.nouns import fact_text
from ..services.meanwhile import Changed, Meanwhile, settle, values_read
from ..services.records import changes, same
from .prompts import ask_number, say

F = TypeVar("F", bound=Form)
T = TypeVar("T")
Write = Callable[[F, F, Mapping[str, Any]], T]
"""Writes a record, given as it was read and as it is to be, if fields still hold some values."""

NO_ANSWER = "no answer"
LONGEST = 200
"""The most letters that are shown of an answer."""


def write_as_read(read: F, after: F, write: Write[F, T], today: date) -> T:
    """What `write` makes of a record as it was read and as it is to be.

    If somebody else changed a field that is to be written, both answers are shown, and it is asked
    which of them stays.
    """
    while True:
        try:
            return write(read, after, values_read(read, after, changes(read, after)))
        except Changed as problem:
            read, after = settle(problem, read, after, ask_what_stays(problem, today))


def ask_what_stays(problem: Changed, today: date) -> set[str]:
    """Ask about each field that another changed; returns those in which the other's answer stays.

    What both wrote alike is not asked about.
    """
    differing = [field for field in problem.fields if not same(field.now, field.new)]
    if differing:
        say(f"\nSomebody else has changed {problem.ref} since you read it.")
    return {field.name for field in differing if keeps_other(problem.form, field, today)}


def keeps_other(form: type[Form], field: Meanwhile, today: date) -> bool:
    """Whether the other's answer stays: Enter keeps it."""
    kind = field_types(form)[field.name][0]
    was, stands, new = (answer_text(fact, kind) for fact in (field.read, field.now, field.new))
    who = field.who or "somebody else"
    when = f" on {moment_text(field.at, today)}" if field.at else ""
    wrote = f"wrote {stands}" if stands != NO_ANSWER else "took it away"
    say(f"\n{capital(label(field.name))}: you read {was}; meanwhile {who} {wrote}{when}.")
    say(f"  1  keep {stands}")
    say(f"  2  write {new}" if new != NO_ANSWER else "  2  take it away")
    return ask_number("Which one? Enter: 1", 2) != 2


def answer_text(fact: Any, kind: Any) -> str:
    """An answer for people; a gap is no answer."""
    if fact is None or not recorded(fact):
        return NO_ANSWER
    return shortened(fact_text(fact, kind), LONGEST)


def moment_text(at: datetime, today: date) -> str:
    """When a change was made, by this computer's clock: "Sun 29 Nov at 14:02"."""
    here = at.astimezone()
    return f"{short_day(here.date(), today)} at {here:%H:%M}"
