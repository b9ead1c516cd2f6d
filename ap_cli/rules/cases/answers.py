"""The newest answer to a question of an entry, over histories."""

from __future__ import annotations

from functools import cache
from typing import Any

from ...domain.entries import KINDS
from ...domain.entries.entry import Entry
from ...domain.entries.history import History
from ...forms.facts import Unknown


def said_last(name: str, *histories: History) -> Any:
    """The newest answer to a question of a kind of entry, "risk.statement", in these histories; the gap where there is none."""
    entry, (_, field, gap) = answered_last(name, *histories), asked_by(name)
    return gap if entry is None else getattr(entry, field)


def answered_last(name: str, *histories: History) -> Entry | None:
    """The newest entry in these histories that answers a question of its kind; None where there is none."""
    form, field, _ = asked_by(name)
    newest: Entry | None = None
    for history in histories:
        entry = history.answering(form, field)
        if entry is not None and (
            newest is None or (entry.day, entry.id) > (newest.day, newest.id)
        ):
            newest = entry
    return newest


@cache
def asked_by(name: str) -> tuple[type[Entry], str, Unknown]:
    """Which kind of entry asks a question, "risk.statement", by which of its fields; and the gap where nobody answered."""
    kind, _, field = name.partition(".")
    return KINDS[kind], field, Unknown(name)
