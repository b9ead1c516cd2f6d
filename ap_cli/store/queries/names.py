"""Read the names of records, and which placements are of whom, without building a record."""

from __future__ import annotations

from ...forms.form import Noun
from ..opening import Store


def names_by_record(store: Store, noun: type[Noun]) -> dict[int, str]:
    """Map the numbers of pupils or providers to their names, but for damaged ones."""
    rows = store.rows(f"SELECT id, name FROM {noun.NOUN} ORDER BY id")
    return {id: name for id, name in rows if isinstance(name, str)}


def placements_of(store: Store, noun: type[Noun], numbers: list[int]) -> list[int]:
    """List the numbers of the placements of these pupils or at these providers, latest first."""
    rows = store.rows(f"SELECT id, {noun.NOUN} FROM placement ORDER BY id DESC")
    return [id for id, whose in rows if whose in numbers]
