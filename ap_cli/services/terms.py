"""Term dates: those that ship, and those imported over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..domain.calendar import HalfTerm
from ..policy.terms import school_year, shipped
from ..store import terms as stored
from ..store.author import Author
from ..store.connection import open_store


def listed(path: Path) -> list[dict[str, Any]]:
    """Every half term known, in order, with where it is from; what an import replaced is left out."""
    imported = stored.terms(open_store(path))
    years = {(block.calendar.casefold(), school_year(block)) for block in imported}
    own = [_row(block, "imported") for block in imported]
    rest = [_row(block, block.source) for block in shipped() if (block.calendar.casefold(), school_year(block)) not in years]
    return sorted(own + rest, key=lambda row: (row["calendar"].casefold(), row["first"]))


def _row(block: HalfTerm, source: str) -> dict[str, Any]:
    return {"calendar": block.calendar, "name": block.name, "first": block.first, "last": block.last, "source": source}


def keep(path: Path, half_terms: Sequence[HalfTerm], author: Author) -> int:
    """Keeps half terms in place of those of the same calendar and school year; returns how many were there before."""
    from sqlmodel import select

    from ..store import tables, writing

    years = {(block.calendar.casefold(), school_year(block)) for block in half_terms}
    with writing.change(path, author, "import terms") as unit:
        replaced = [
            row for row in unit.exec(select(tables.TermRow)).all()
            if (row.calendar.casefold(), school_year(HalfTerm(row.calendar, row.name, row.first, row.last))) in years
        ]  # fmt: skip
        for row in replaced:
            unit.delete(row)
        unit.flush()
        unit.add_all([tables.TermRow(calendar=b.calendar, name=b.name, first=b.first, last=b.last) for b in half_terms])
    return len(replaced)
