"""Term dates: those that ship, and those imported over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.calendar import Closed, HalfTerm
from ..policy.terms import Calendars, ClosedInCounty, OfCounty, overlap
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import terms as stored


def listed(store: Store) -> list[dict[str, Any]]:
    """Every half term in use, in order, with where it is from; what an import replaced is left out."""
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
    """The half terms and the INSET days of a calendar."""
    return [*calendars.named(name), *calendars.closed(name)]


OVERLAY = "the county's overlay"


def as_row(each: HalfTerm | Closed) -> dict[str, Any]:
    """A half term, or a day on which its schools are closed, as data."""
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
    """What an import of these takes the place of: half terms of the same calendar with days in common, and INSET days within those."""
    calendars = stored.calendars(store)
    used = {
        each for name in {new.calendar for new in found} for each in of_calendar(calendars, name)
    }
    return sorted(
        (each for each in used if any(same_place(each, new) for new in found)),
        key=lambda each: each.first,
    )


def nobodys(store: Store, found: Sequence[HalfTerm | Closed]) -> list[str]:
    """The calendars among these that nobody in the store follows: no school, commissioner or county is called that, or says that it follows it."""
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
    """Whether a half term takes the place of another, or of an INSET day in it; an INSET day takes that of one on its day."""
    if each.calendar.casefold() != new.calendar.casefold():
        return False
    if isinstance(new, Closed):
        return isinstance(each, Closed) and each.day == new.day
    return new.first <= each.day <= new.last if isinstance(each, Closed) else overlap(each, new)


def keep(store: Store, found: Sequence[HalfTerm | Closed], author: Author) -> None:
    """Keeps half terms and INSET days in place of those whose place they take, and of what cannot be read; the others stay."""
    from sqlmodel import select

    from ..store import tables, writing

    with writing.change(store, author, "import terms") as unit:
        for table, id in stored.unreadable_rows(
            store
        ):  # nothing is made of them, so that the audit has nothing to keep
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
