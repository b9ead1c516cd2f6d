"""List, import and replace term dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.half_terms import HalfTerm
from ..domain.school_days import Closed
from ..policy.terms import Calendars, ClosedInCounty, OfCounty, overlap
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import terms as stored


def listed(store: Store) -> list[dict[str, Any]]:
    """List the half terms in use, in order, with their source; replaced ones are left out."""
    calendars = stored.calendars(store)
    names = [
        *(each.calendar for each in stored.closures(store)),
        *(each.calendar for each in stored.terms(store)),
        calendars.county.follows,
    ]
    by_name = {name.casefold(): name for name in names}
    return [
        as_row(each) for name in sorted(by_name) for each in of_calendar(calendars, by_name[name])
    ]


def of_calendar(calendars: Calendars, name: str) -> list[HalfTerm | Closed]:
    """List the half terms and INSET days of a calendar."""
    return [*calendars.named(name), *calendars.closed(name)]


OVERLAY = "the county's overlay"


def as_row(each: HalfTerm | Closed) -> dict[str, Any]:
    """Return a half term or an INSET day as data."""
    source = (
        (each.source or OVERLAY)
        if isinstance(each, OfCounty)
        else OVERLAY
        if isinstance(each, ClosedInCounty)
        else "imported"
    )
    last = each.last if isinstance(each, HalfTerm) else each.day
    return {
        "calendar": each.calendar,
        "name": each.name,
        "first": each.first,
        "last": last,
        "source": source,
    }


def replaced_by(store: Store, found: Sequence[HalfTerm | Closed]) -> list[HalfTerm | Closed]:
    """List what an import replaces.

    Those are half terms of the same calendar with days in common, and INSET days within the new
    half terms.
    """
    calendars = stored.calendars(store)
    used = {
        each for name in {new.calendar for new in found} for each in of_calendar(calendars, name)
    }
    return sorted(
        (each for each in used if any(same_place(each, new) for new in found)),
        key=lambda each: each.first,
    )


def nobodys(store: Store, found: Sequence[HalfTerm | Closed]) -> list[str]:
    """List those of these calendars that no school, commissioner or county of the store follows."""
    queries = (
        "SELECT home_school FROM pupil",
        "SELECT name FROM commissioner",
        "SELECT calendar FROM commissioner",
    )
    known = {str(name).casefold() for query in queries for (name,) in store.rows(query) if name}
    known.add(stored.county(store).follows.casefold())
    return [
        name
        for name in dict.fromkeys(each.calendar for each in found)
        if name.casefold() not in known
    ]


def same_place(each: HalfTerm | Closed, new: HalfTerm | Closed) -> bool:
    """Return whether an imported half term or INSET day replaces this one.

    A half term replaces one that it overlaps and the INSET days in it; an INSET day replaces one on
    its day.
    """
    if each.calendar.casefold() != new.calendar.casefold():
        return False
    if isinstance(new, Closed):
        return isinstance(each, Closed) and each.day == new.day
    return new.first <= each.day <= new.last if isinstance(each, Closed) else overlap(each, new)


def keep(store: Store, found: Sequence[HalfTerm | Closed], author: Author) -> None:
    """Save half terms and INSET days in place of those they replace and of damaged rows."""
    from sqlmodel import select

    from ..store import tables, writing

    with writing.change(store, author, "import terms") as unit:
        # deleted without loading, so that the audit does not try to copy damaged rows
        for table, id in stored.unreadable_rows(store):
            unit.connection().exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (id,))
        for row in unit.exec(select(tables.TermRow)).all():
            if any(
                same_place(HalfTerm(row.calendar, row.name, row.first, row.last), new)
                for new in found
            ):
                unit.delete(row)
        for row in unit.exec(select(tables.ClosureRow)).all():
            if any(same_place(Closed(row.calendar, row.name, row.day), new) for new in found):
                unit.delete(row)
        unit.flush()
        for new in found:
            if isinstance(new, HalfTerm):
                unit.add(
                    tables.TermRow(
                        calendar=new.calendar, name=new.name, first=new.first, last=new.last
                    )
                )
            else:
                unit.add(tables.ClosureRow(calendar=new.calendar, name=new.name, day=new.day))
