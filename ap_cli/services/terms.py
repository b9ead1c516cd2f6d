"""List, import and replace term dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..domain.half_terms import HalfTerm
from ..domain.school_days import Closed
from ..policy.terms import Calendars, ClosedInCounty, OfCounty, overlap
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import terms as stored
from ..store.queries.commissioners import names_by_number
from ..store.queries.pupils import home_schools


def listed(store: Store) -> list[dict[str, Any]]:
    """List the half terms in use, in order, with their source; replaced ones are left out.

    The store names those that cannot be read.
    """
    calendars, problem = stored.calendars_and_problem(store)
    if problem:
        store.leave_out(problem)
    names = [
        *(dated.calendar for _, _, dated in reversed(stored.numbered(store))),
        calendars.county.follows,
    ]
    by_name = {name.casefold(): name for name in names}
    return [
        as_row(dated) for name in sorted(by_name) for dated in of_calendar(calendars, by_name[name])
    ]


def of_calendar(calendars: Calendars, name: str) -> list[HalfTerm | Closed]:
    """List the half terms and INSET days of a calendar."""
    return [*calendars.named(name), *calendars.closed(name)]


OVERLAY = "the county's overlay"


def as_row(dated: HalfTerm | Closed) -> dict[str, Any]:
    """Return a half term or an INSET day as data."""
    last = dated.last if isinstance(dated, HalfTerm) else dated.day
    return {
        "calendar": dated.calendar,
        "name": dated.name,
        "first": dated.first,
        "last": last,
        "source": source_of(dated),
    }


def source_of(dated: HalfTerm | Closed) -> str:
    """Return where a half term or an INSET day comes from: the overlay, its source, an import."""
    if isinstance(dated, OfCounty):
        return dated.source or OVERLAY
    return OVERLAY if isinstance(dated, ClosedInCounty) else "imported"


def replaced_by(store: Store, imported: Sequence[HalfTerm | Closed]) -> list[HalfTerm | Closed]:
    """List what an import replaces.

    Those are half terms of the same calendar with days in common, and INSET days within the new
    half terms.
    """
    calendars = stored.calendars(store)
    used = {
        stored_dates
        for name in {new.calendar for new in imported}
        for stored_dates in of_calendar(calendars, name)
    }
    return sorted(
        (
            stored_dates
            for stored_dates in used
            if any(same_place(stored_dates, new) for new in imported)
        ),
        key=lambda stored_dates: stored_dates.first,
    )


def name_damaged(store: Store) -> list[str]:
    """Name the half terms and INSET days that cannot be read, and that an import removes."""
    return [damaged.named for damaged in stored.damaged_dates(store)]


def known_until(store: Store) -> date | None:
    """Return the last day of the last half term known; of several calendars the earliest of those.

    The calendars are those that the commissioners follow, or the county's. None without half terms.
    """
    calendars = stored.calendars(store)
    names = list(names_by_number(store).values()) or [()]
    followed = (calendars.following(*known).half_terms for known in names)
    return min((half_terms[-1].last for half_terms in followed if half_terms), default=None)


def nobodys(store: Store, imported: Sequence[HalfTerm | Closed]) -> list[str]:
    """List those of these calendars that no school, commissioner or county of the store follows."""
    commissioners = names_by_number(store).values()
    names = [*home_schools(store), *(name for both in commissioners for name in both)]
    names.append(stored.county(store).follows)
    known = {str(name).casefold() for name in names if name}
    return [
        name
        for name in dict.fromkeys(dated.calendar for dated in imported)
        if name.casefold() not in known
    ]


def same_place(dated: HalfTerm | Closed, new: HalfTerm | Closed) -> bool:
    """Return whether an imported half term or INSET day replaces this one.

    A half term replaces one that it overlaps and the INSET days in it; an INSET day replaces one on
    its day.
    """
    if dated.calendar.casefold() != new.calendar.casefold():
        return False
    if isinstance(new, Closed):
        return isinstance(dated, Closed) and dated.day == new.day
    return new.first <= dated.day <= new.last if isinstance(dated, Closed) else overlap(dated, new)


def keep(store: Store, imported: Sequence[HalfTerm | Closed], author: Author) -> None:
    """Save half terms and INSET days in place of those they replace and of damaged rows."""
    from ..store import automatic, writing

    with writing.change(store, author, "import terms", backup=automatic.IMPORT) as unit:
        for damaged in stored.damaged_dates(store):
            unit.delete(damaged.table, damaged.id)
        for table, id, dated in stored.numbered(store):
            if any(same_place(dated, new) for new in imported):
                unit.delete(table, id)
        for new in imported:
            writing.add_dates(unit, new)
