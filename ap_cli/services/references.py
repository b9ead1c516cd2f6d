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
