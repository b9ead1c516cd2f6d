"""The history of one subject: what happened to it, in order of its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ...forms.explaining import explained
from ...forms.facts import recorded
from .entry import Entry

E = TypeVar("E", bound=Entry)


class History:
    """What happened to one subject, in order of its day.

    Only what is looked at is decoded, a single time. Each row begins with its kind; `read` makes an
    entry of a row.
    """

    __slots__ = ("_at", "_made", "_newest", "_read", "_rows")

    def __init__(
        self,
        rows: Sequence[Sequence[Any]] = (),
        read: Callable[[Sequence[Any]], Entry] | None = None,
    ) -> None:
        self._rows, self._read = rows, read
        self._made: dict[int, Entry] = {}
        self._newest: dict[tuple[str, str], Entry | None] = {}
        self._at: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            self._at.setdefault(row[0], []).append(at)

    def has(self, kind: type[Entry]) -> bool:
        """Whether there is any entry of a kind."""
        return kind.KIND in self._at

    @explained("the last {kind} recorded")
    def latest(self, kind: type[E]) -> E | None:
        """The latest entry of a kind."""
        at = self._at.get(kind.KIND)
        return self._entry(at[-1]) if at else None  # type: ignore[return-value]

    @explained("every {kind} recorded")
    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Every entry of a kind, in order of its day."""
        at = self._at.get(kind.KIND)
        return tuple(map(self._entry, at)) if at else ()  # type: ignore[arg-type]

    def answering(self, kind: type[E], field: str) -> E | None:
        """The latest entry of a kind in which a question is answered."""
        at = self._at.get(kind.KIND)
        if not at:
            return None
        key = (kind.KIND, field)
        if key not in self._newest:
            self._newest[key] = next(
                (
                    entry
                    for entry in map(self._entry, reversed(at))
                    if recorded(getattr(entry, field))
                ),
                None,
            )
        return self._newest[key]  # type: ignore[return-value]

    def every(self) -> tuple[Entry, ...]:
        """Every entry, in order of its day."""
        return tuple(map(self._entry, range(len(self._rows))))

    def _entry(self, at: int) -> Entry:
        if at not in self._made:
            assert self._read, "rows come with what reads them"
            self._made[at] = self._read(self._rows[at])
        return self._made[at]
