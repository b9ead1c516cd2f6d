"""Read term dates, and the county's overlay."""

from __future__ import annotations

from msgspec.json import decode

from ...domain.half_terms import HalfTerm
from ...domain.school_days import Closed
from ...errors import StoreProblem
from ...policy.county import County, default
from ...policy.terms import Calendars
from ..columns import day_of_record, of_type
from ..damage import UNREADABLE, unreadable
from ..opening import Store

text = of_type(str)

NEWEST = "SELECT {} FROM overlay ORDER BY id DESC LIMIT 1"


def terms(store: Store) -> tuple[HalfTerm, ...]:
    """List the half terms that were imported."""
    rows = store.rows_as_they_are(
        "SELECT calendar, name, first, last FROM term ORDER BY calendar, first"
    )
    try:
        return tuple(
            HalfTerm(text(calendar), text(name), day_of_record(first), day_of_record(last))
            for calendar, name, first, last in rows
        )
    except UNREADABLE as problem:
        raise unreadable("a half term", problem) from None


def closures(store: Store) -> tuple[Closed, ...]:
    """List the INSET days that were imported."""
    try:
        rows = store.rows_as_they_are("SELECT calendar, name, day FROM closure")
        return tuple(
            Closed(text(calendar), text(name), day_of_record(day)) for calendar, name, day in rows
        )
    except UNREADABLE as problem:
        raise unreadable("an INSET day", problem) from None


def numbered(store: Store) -> list[tuple[str, int, HalfTerm | Closed]]:
    """List the half terms and INSET days, each with its table and number."""
    blocks = store.rows("SELECT id, calendar, name, first, last FROM term ORDER BY id")
    closed = store.rows("SELECT id, calendar, name, day FROM closure ORDER BY id")
    return [
        *(
            ("term", id, HalfTerm(calendar, name, day_of_record(first), day_of_record(last)))
            for id, calendar, name, first, last in blocks
        ),
        *(
            ("closure", id, Closed(calendar, name, day_of_record(day)))
            for id, calendar, name, day in closed
        ),
    ]


def unreadable_rows(store: Store) -> list[tuple[str, int]]:
    """List the table and number of each half term and INSET day that cannot be read."""
    found = []
    for table, days in (("term", "first, last"), ("closure", "day, day")):
        for id, calendar, name, *told in store.rows_as_they_are(
            f"SELECT id, calendar, name, {days} FROM {table}"
        ):
            try:
                list(map(text, (calendar, name)))
                list(map(day_of_record, told))
            except UNREADABLE:
                found.append((table, id))
    return found


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
        return f"the overlay cannot be read ({problem}), and Leicestershire's is used instead"
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
    """Return every calendar of a store, and why the imported dates cannot be read, if so.

    Imported dates override the county's; if they cannot be read, only the county's are used.
    """
    the_county = of or county(store)
    try:
        return Calendars(terms(store), closures(store), the_county), None
    except StoreProblem as unread:
        return Calendars(county=the_county), StoreProblem(
            f"{unread}; the county's are used instead"
        )
