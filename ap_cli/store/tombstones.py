"""What is left of pupils who were erased: the reference, the day, who, why, and numbers."""

from __future__ import annotations

from msgspec import Struct

from ..forms.form import reference
from .opening import Store
from .queries import erasing as stored
from .queries.numbers import keep_number, last_number
from .unit import UnitOfWork


class Tombstone(Struct, frozen=True):
    """What is left of a pupil who was erased."""

    pupil: int
    day: str
    at: str
    who: str
    reason: str
    placements: tuple[str, ...]
    entries: int
    marks: int
    changes: int
    files: int

    @property
    def ref(self) -> str:
        """The reference that the pupil had, which nobody has again."""
        return reference("P", self.pupil)


def list_erased(store: Store, pupil: int | None = None) -> list[Tombstone]:
    """List what is left of pupils who were erased, in order, or of one pupil."""
    return [
        Tombstone(id, day, at, who, reason, tuple(filter(None, refs.split(", "))), *counts)
        for id, day, at, who, reason, refs, *counts in stored.erased(store, pupil)
    ]


def keep_tombstone(unit: UnitOfWork, left: Tombstone) -> None:
    """Write what is left of a pupil into a store that never had them, or has them no more.

    Nobody there gets their references.
    """
    values = {
        name: getattr(left, name) for name in left.__struct_fields__ if name not in ("placements",)
    }
    numbers = [("pupil", left.pupil)]
    numbers += [("placement", int(ref.partition("-")[2])) for ref in left.placements]
    for kind, number in numbers:
        keep_number(unit.store, kind, max(number, last_number(unit.store, kind)))
    unit.insert("erased", values | {"unit": unit.number, "placements": ", ".join(left.placements)})
