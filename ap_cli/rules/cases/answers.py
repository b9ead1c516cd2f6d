"""The newest answer to a question of an entry, over histories."""

from __future__ import annotations

from functools import cache
from typing import Any

from ...domain.entries import KINDS
from ...domain.entries.entry import Entry
from ...domain.entries.history import History
from ...forms.facts import Unknown


def said_last(name: str, *histories: History) -> Any:
    """Return the newest answer to a question of an entry, "risk.statement", in these histories.

    If there is none, the gap comes back.
    """
    entry, (_, field, gap) = answered_last(name, *histories), asked_by(name)
    return gap if entry is None else getattr(entry, field)


def answered_last(name: str, *histories: History) -> Entry | None:
    """Return the newest entry that answers a question of its kind; None if there is none."""
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
    """Return which kind of entry asks a question, "risk.statement", and by which of its fields.

    With them comes the gap for a question that nobody answered.
    """
    kind, _, field = name.partition(".")
    return KINDS[kind], field, Unknown(name)
