"""Read term dates, and the county's overlay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from ...domain.half_terms import HalfTerm
from ...domain.school_days import Closed
from ...errors import StoreProblem
from ...forms.text import HIDDEN, echo, first_of
from ...policy.county import County, default
from ...policy.terms import Calendars
from ..columns import day_of_record
from ..damage import UNREADABLE
from ..opening import Store

NEWEST = "SELECT {} FROM overlay ORDER BY id DESC LIMIT 1"

MEND = "import its dates again with `ap terms import FILE`"
"""What takes away a half term or an INSET day that cannot be read: each import does."""


class DamagedDates(Struct, frozen=True):
    """A half term or an INSET day that cannot be read: its table and number, and what is wrong.

    `named` is what it is called in a message, as far as its row can be read.
    """

    table: str
    id: int
    named: str
    wrong: str


def all_dates(store: Store) -> Iterator[tuple[str, int, HalfTerm | Closed] | DamagedDates]:
    """List what was imported, each with its table and number; damaged rows are in their places."""
    for table, (what, days) in TABLES.items():
        query = f"SELECT id, calendar, name, {', '.join(days)} FROM {table}"
        for id, calendar, name, *told in store.rows_as_they_are(
            f"{query} ORDER BY calendar, {days[0]}"
        ):
            by_column = dict(zip(days, told, strict=True))
            if wrong := _what_is_wrong(calendar, name, by_column):
                named = _name_row(what, calendar, name, by_column)
                yield DamagedDates(table, id, named, wrong)
            elif table == "term":
                yield table, id, HalfTerm(calendar, name, *map(day_of_record, told))
            else:
                yield table, id, Closed(calendar, name, day_of_record(told[0]))


TABLES = {"term": ("half term", ("first", "last")), "closure": ("INSET day", ("day",))}
"""The tables of imported dates: what a row of each is, and its columns of days."""

CALLED = {"first": "its first day", "last": "its last day", "day": "its day"}
BEFORE_DAY = {"first": "from", "last": "to", "day": "on"}


def _what_is_wrong(calendar: Any, name: Any, days: Mapping[str, Any]) -> str:
    """Say what is impossible in a row of imported dates; empty if nothing is."""
    for called, value in (("its calendar", calendar), ("its name", name)):
        if not isinstance(value, str):
            return f"{called} is not text"
    for column, value in days.items():
        if not _is_day(value):
            return f"{CALLED[column]} is not a day"
    first, *later = days.values()
    return "it ends before it begins" if later and later[0] < first else ""


def _is_day(value: Any) -> bool:
    """Tell whether a column holds a day."""
    try:
        day_of_record(value)
    except UNREADABLE:
        return False
    return True


def _name_row(what: str, calendar: Any, name: Any, days: Mapping[str, Any]) -> str:
    """Name a row of imported dates as far as it can be read, and its names can be shown."""
    known = [f"“{each}”" for each in _shown(name)]
    known += [f"of {each}" for each in _shown(calendar)]
    known += [f"{BEFORE_DAY[column]} {value}" for column, value in days.items() if _is_day(value)]
    return " ".join(("the" if known else "one", what, *known))


def _shown(value: Any) -> list[str]:
    """List a name, if it is one and can be shown where messages go."""
    return [shown] if isinstance(value, str) and (shown := echo(value)) != HIDDEN else []


def numbered(store: Store) -> list[tuple[str, int, HalfTerm | Closed]]:
    """List the half terms and INSET days that can be read, each with its table and number."""
    return [row for row in all_dates(store) if not isinstance(row, DamagedDates)]


def damaged_dates(store: Store) -> list[DamagedDates]:
    """List the half terms and INSET days that cannot be read."""
    return [row for row in all_dates(store) if isinstance(row, DamagedDates)]


def say_damaged(found: Sequence[DamagedDates]) -> StoreProblem:
    """Return the error that names damaged half terms and INSET days, and what mends them."""
    named = first_of([f"{row.named} ({row.wrong})" for row in found])
    left = "it is left out" if len(found) == 1 else "they are left out"
    return StoreProblem(f"{named} cannot be read: {left} until you {MEND}")


def county(store: Store) -> County:
    """Return the county whose overlay is in force.

    That is the default if the store has no overlay, or one that cannot be read (`overlay_problem`
    says why).
    """
    found = next(iter(store.rows_as_they_are(NEWEST.format("made"))), None)
    if found is None or found[0] is None:
        return default()
    try:
        return decode(found[0], type=County)
    except UNREADABLE:
        return default()


def overlay_problem(store: Store) -> str | None:
    """Explain why the overlay of a store cannot be read, so that the default is in force.

    Return None if it can be read, or there is no overlay.
    """
    found = next(iter(store.rows_as_they_are(NEWEST.format("made"))), None)
    try:
        if found is not None and found[0] is not None:
            decode(found[0], type=County)
    except UNREADABLE as problem:
        return (
            f"the overlay cannot be read ({problem}), and Leicestershire's is used instead:"
            " put yours in again with `ap county set FILE`"
        )
    return None


def overlay_text(store: Store) -> str | None:
    """Return the overlay as it was given; None if the default is in force."""
    found = store.row(NEWEST.format("text"))
    return str(found[0]) if found and found[0] is not None else None


def calendars(store: Store, of: County | None = None) -> Calendars:
    """Return every calendar of a store, as `calendars_and_problem` does."""
    return calendars_and_problem(store, of)[0]


def calendars_and_problem(
    store: Store, of: County | None = None
) -> tuple[Calendars, StoreProblem | None]:
    """Return every calendar of a store, and which imported dates cannot be read, if any.

    Imported dates override the county's; those that cannot be read are left out.
    """
    terms: list[HalfTerm] = []
    closures: list[Closed] = []
    damaged: list[DamagedDates] = []
    for row in all_dates(store):
        if isinstance(row, DamagedDates):
            damaged.append(row)
        elif isinstance(row[2], HalfTerm):
            terms.append(row[2])
        else:
            closures.append(row[2])
    found = Calendars(terms, closures, of or county(store))
    return found, say_damaged(damaged) if damaged else None
