"""References that begin so: what a shell completes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from ..forms.form import reference

PREFIXES = {
    "pupil": "P",
    "provider": "PR",
    "placement": "PL",
    "commissioner": "C",
    "draft": "D",
    "entry": "E",
}


def beginning(path: Path, tables: Sequence[str], text: str) -> list[str]:
    """The references of these tables that begin so; none where the store cannot be read. Never a name."""
    if not path.exists():
        return []
    try:
        store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        found = [
            reference(PREFIXES[table], id)
            for table in tables
            for (id,) in store.execute(f"SELECT id FROM {table} ORDER BY id")
        ]
    except sqlite3.Error:
        return []
    return [ref for ref in found if ref.startswith(text.upper())]


def kind_of_entry(path: Path, id: int) -> str | None:
    """The kind of an entry; None where there is none, or the store cannot be read."""
    if not path.exists():
        return None
    try:
        store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        found = store.execute("SELECT kind FROM entry WHERE id = :id", {"id": id}).fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None
