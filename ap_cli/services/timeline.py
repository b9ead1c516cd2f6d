"""What happened, told in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..domain.entries.entry import Entry
from ..domain.forms import Noun
from ..domain.placement import Placement
from ..store import cases as stored
from ..store import reading
from ..store.connection import open_store


def timeline(path: Path, subject: tuple[type[Noun], int], until: date) -> tuple[Noun, list[Placement], list[tuple[Noun, Entry]]]:
    """A subject, its placements, and all that happened to them up to a day, in order."""
    store = open_store(path)
    noun, id = subject
    about = reading.one(store, noun, id, until)
    found: list[tuple[Noun, Entry]] = []
    placements: list[Placement] = []
    for placement, _, history in stored.placements(store, until, noun.NOUN, id):
        placements.append(placement)
        found += [(placement, entry) for entry in history.every()]
    if not isinstance(about, Placement):
        found += [(about, entry) for entry in stored.history(store, about.NOUN, about.id, until).every()]
    return about, placements, sorted(found, key=lambda pair: (pair[1].day, pair[1].id))
