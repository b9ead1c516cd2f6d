"""Read by what records were known before somebody corrected them, or joined them with others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import DecodeError
from msgspec.json import decode

from ..opening import Store

MERGED = re.compile(r"merge \w+-0*(\d+) into \w+-0*(\d+)")
"""What the log calls a merge of two records."""

ADDED = '{"id":null'
"""With what the values before a change begin, of a record that it added."""


def merged(store: Store, noun: str) -> dict[int, int]:
    """Map the number of each record that was joined with another, and is gone, to the other's."""
    found = store.rows(
        f'SELECT a."row", a.what FROM audit a LEFT JOIN {noun} n ON n.id = a."row"'
        " WHERE a.place = :noun AND a.new = '{}' AND n.id IS NULL ORDER BY a.id",
        noun=noun,
    )
    into = {}
    for id, what in found:
        told = MERGED.fullmatch(what or "")
        if told and int(told[1]) == id:
            into[id] = int(told[2])
    return into


def corrected(
    store: Store, noun: str, names: Sequence[str]
) -> Iterator[tuple[int, bool, dict[str, list[Any]]]]:
    """Yield the number of each record that was changed, and every value that these facts had.

    The present value comes first. With it is whether the record is there. What was undone is left
    out, and so is a record that always had what it has.
    """
    with store.broken_text_as_bytes():
        rows = store.rows(
            f'SELECT a."row", n.id, {", ".join(f"n.{name}" for name in names)}, a.unit, a.undoes,'
            f' a.old FROM audit a LEFT JOIN {noun} n ON n.id = a."row" WHERE a.place = :noun'
            " AND (a.undoes IS NOT NULL OR substr(a.old, 1, :long) <> :added)"
            ' ORDER BY a."row", a.id DESC',
            noun=noun,
            long=len(ADDED),
            added=ADDED,
        )
        for id, changes in groupby(rows, key=itemgetter(0)):
            is_there, had = _values(list(changes), names)
            if any(len(values) > is_there for values in had.values()):
                yield id, is_there, had


def _values(rows: list[Any], names: Sequence[str]) -> tuple[bool, dict[str, list[Any]]]:
    """Return whether a record is there, and what its facts have been, from its changes."""
    is_there = rows[0][1] is not None
    had = {name: [rows[0][2 + at]] if is_there else [] for at, name in enumerate(names)}
    undone: set[int] = set()
    for *_, unit, undoes, old in rows:
        if undoes is not None:
            undone.add(undoes)
        elif unit not in undone:
            before = _decoded(old)
            for name in names:
                value = before.get(name)
                if value is not None and value not in had[name]:
                    had[name].append(value)
    return is_there, had


def _decoded(old: Any) -> dict[str, Any]:
    """Return the values before a change; none where they were erased or are damaged."""
    try:
        found = decode(old)
    except (DecodeError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
