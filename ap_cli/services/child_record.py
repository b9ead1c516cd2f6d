"""Gather everything about one child: for the child and parents, or for the next school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..domain.sessions import HALVES
from ..forms.form import Noun, reference
from ..store import looking, writing
from ..store.author import Author
from ..store.erasing import SENT, as_words, names_in_text
from ..store.opening import Store
from ..store.queries import child as reading
from ..store.queries import records
from ..store.queries.entries import readable_history
from . import log
from .holds import Hold, list_holds

NOT_SENT = ("waiver", "waiting")
"""The kinds of entry that are between you and this program: the next school does not get them."""


class ChildRecord(Struct, frozen=True):
    """All that a store has of a child; what the next school does not get is empty for one.

    `school` is that school, empty if the record is for the child. `others` has the names of other
    children, each after the reference that stands in its place.
    """

    pupil: Pupil
    placements: tuple[tuple[Placement, str], ...]
    happened: tuple[tuple[str, Entry], ...]
    marks: tuple[dict[str, Any], ...]
    holds: tuple[Hold, ...]
    changes: tuple[log.Change, ...]
    looks: tuple[log.Looked, ...]
    school: str
    others: tuple[tuple[str, str], ...]

    def find_others(self, text: str) -> list[tuple[str, re.Pattern[str]]]:
        """Return what finds each other child who is named in a text, after the reference."""
        folded = text.casefold()
        found = []
        for ref, name in self.others:
            if all(word in folded for word in as_words(name)):
                names = names_in_text({name}, set())
                found += [(ref, names)] if names is not None else []
        return found


def without_others(value: Any, others: Sequence[tuple[str, re.Pattern[str]]]) -> Any:
    """Return a value of a record in which no other child is named."""
    if type(value) is str:
        for ref, names in others:
            value = names.sub(ref, value)
        return value
    if isinstance(value, dict):
        return {key: without_others(each, others) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_others(each, others) for each in value]
    return value


def gather_child(store: Store, pupil: int, today: date, school: str = "") -> ChildRecord:
    """Gather the record of a child up to a day; raise NotFound if there is no such child.

    The store names the entries that are left out, as they cannot be read.
    """
    one = records.one(store, Pupil, pupil, today)
    providers = reading.names_of_providers(store, pupil)
    placements = list(records.nouns(store, Placement, today, "pl.pupil = :id", {"id": pupil}))
    subjects: list[Noun] = [one, *placements]
    happened = [
        (subject.ref, entry)
        for subject in subjects
        for entry in readable_history(store, subject, today).every()
        if not school or entry.KIND not in NOT_SENT
    ]
    return ChildRecord(
        one,
        tuple((each, providers.get(each.provider, "")) for each in placements),
        tuple(happened),
        tuple(_marks(store, pupil, bool(school))),
        () if school else tuple(list_holds(store, today, pupil)),
        () if school else _changes(store, subjects),
        () if school else tuple(log.looks(store, one.ref)),
        school,
        _list_others(store, one),
    )


def _changes(store: Store, subjects: list[Noun]) -> tuple[log.Change, ...]:
    found = [change for subject in subjects for change in log.changes(store, subject.ref)]
    return tuple(sorted(found, key=_number))


def _number(change: log.Change) -> int:
    return change.id


def _marks(store: Store, pupil: int, only_current: bool) -> list[dict[str, Any]]:
    """List the marks of a child as data; without those that were replaced if only current."""
    return [
        {
            "placement": reference("PL", placement),
            "day": day,
            "session": HALVES[half],
            "code": code,
            "nature": nature,
            "reason": reason,
            "who": who,
            "at": at,
            "current": bool(current),
        }
        for placement, day, half, code, nature, reason, who, at, current in (
            reading.every_mark_of(store, pupil)
        )
        if current or not only_current
    ]


def _list_others(store: Store, pupil: Pupil) -> tuple[tuple[str, str], ...]:
    """List the other children by reference and name, without who has the same name."""
    own = as_words(pupil.name)
    return tuple(
        (reference(Pupil.PREFIX, id), name)
        for id, name in reading.names_of_others(store, pupil.id)
        if isinstance(name, str) and as_words(name) != own
    )


EXPORTED = "pupil export"
"""What the log of looks calls it that a record was exported."""


def log_export(
    store: Store, record: ChildRecord, author: Author, today: date, out: str = ""
) -> None:
    """Log that a record was exported, and if it is for a school, that it was sent there."""
    ref = record.pupil.ref
    looking.log_look(store, author, f"{EXPORTED}{' --out' if out else ''}", ref)
    if record.school:
        with writing.change(store, author, f"send the record of {ref} to a school") as unit:
            sent = {"school": record.school, "day": today.isoformat()}
            unit.note(ref, SENT, None, {}, sent)
