"""Term dates: those that ship, and those imported over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..domain.calendar import HalfTerm
from ..policy.terms import COUNTY, Calendars, Shipped, overlap
from ..store import terms as stored
from ..store.author import Author
from ..store.connection import open_store


def listed(path: Path) -> list[dict[str, Any]]:
    """Every half term in use, in order, with where it is from; what an import replaced is left out."""
    imported = stored.terms(open_store(path))
    calendars = Calendars(imported)
    names = {block.calendar.casefold(): block.calendar for block in imported} | {COUNTY.casefold(): COUNTY}
    return [as_row(block) for name in sorted(names) for block in calendars.named(names[name])]


def as_row(block: HalfTerm) -> dict[str, Any]:
    """A half term as data."""
    source = block.source if isinstance(block, Shipped) else "imported"
    return {"calendar": block.calendar, "name": block.name, "first": block.first, "last": block.last, "source": source}


def replaced_by(path: Path, half_terms: Sequence[HalfTerm]) -> list[HalfTerm]:
    """The half terms in use that an import of these takes the place of: those of the same calendar with days in common."""
    calendars = Calendars(stored.terms(open_store(path)))
    used = {block for name in {block.calendar for block in half_terms} for block in calendars.named(name)}
    return sorted((block for block in used if any(same_place(block, new) for new in half_terms)), key=lambda block: block.first)


def same_place(block: HalfTerm, new: HalfTerm) -> bool:
    """Whether a half term takes the place of another."""
    return block.calendar.casefold() == new.calendar.casefold() and overlap(block, new)


def keep(path: Path, half_terms: Sequence[HalfTerm], author: Author) -> None:
    """Keeps half terms in place of those of the same calendar with days in common; the others stay."""
    from sqlmodel import select

    from ..store import tables, writing

    with writing.change(path, author, "import terms") as unit:
        for row in unit.exec(select(tables.TermRow)).all():
            if any(same_place(HalfTerm(row.calendar, row.name, row.first, row.last), new) for new in half_terms):
                unit.delete(row)
        unit.flush()
        unit.add_all([tables.TermRow(calendar=b.calendar, name=b.name, first=b.first, last=b.last) for b in half_terms])
