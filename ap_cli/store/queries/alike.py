"""Read records that look the same as others."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from ...domain.likeness import provider_key
from ...domain.placement import Placement
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...forms.form import Noun
from ..opening import Store
from .records import readable_nouns

N = TypeVar("N", bound=Noun)

OVERLAP = (
    "a.starts <= COALESCE(b.ended, b.ends, '9999-12-31')"
    " AND b.starts <= COALESCE(a.ended, a.ends, '9999-12-31')"
)
TWICE = {
    "pupil": (("born", "lower(name)"),),
    "provider": (("urn",), ("lower(name)",)),
    "placement": (("pupil", "provider"),),
}
"""What two similar records of a kind have in common: all columns of one of these groups."""

ALSO = {"placement": f"a.never_started IS NOT TRUE AND b.never_started IS NOT TRUE AND {OVERLAP}"}
"""What must be true of similar records as well."""


def twice(store: Store, kind: str, id: int | None = None) -> dict[int, tuple[int, ...]]:
    """Map the records of a kind to those that look the same; with `id`, that record alone."""
    pairs: set[tuple[int, int]] = set()
    for alike in TWICE[kind]:
        same = " AND ".join(f"{_of('a', each)} = {_of('b', each)}" for each in alike)
        query = (
            f"SELECT a.id, b.id FROM {kind} a JOIN {kind} b ON a.id <> b.id"
            f" AND {same} AND {ALSO.get(kind, 'TRUE')}"
        )
        if id is not None:
            pairs.update(store.rows(f"{query} WHERE a.id = :id", id=id))
            continue
        keys = ", ".join(alike)
        if store.row(
            f"SELECT 1 FROM {kind} WHERE {alike[0]} IS NOT NULL"
            f" GROUP BY {keys} HAVING count(*) > 1 LIMIT 1"
        ):
            several = f"SELECT {keys} FROM {kind} GROUP BY {keys} HAVING count(*) > 1"
            pairs.update(
                store.rows(
                    f"{query} WHERE ({', '.join(_of('a', each) for each in alike)}) IN ({several})"
                )
            )
    found: dict[int, list[int]] = {}
    for one, other in sorted(pairs):
        found.setdefault(one, []).append(other)
    return {one: tuple(others) for one, others in found.items()}


def _of(alias: str, column: str) -> str:
    """Return a column, or its lower case, of one side."""
    return f"lower({alias}.{column[6:-1]})" if column.startswith("lower(") else f"{alias}.{column}"


def alike(store: Store, noun: N, on: date) -> list[N]:
    """List records that may be the same: of one name in any case, or pupils born the same day.

    The name of a provider may have “Ltd” and its like or not.
    """
    key = provider_key if isinstance(noun, Provider) else str.casefold

    def is_alike(other: N) -> bool:
        same_name = key(getattr(other, "name", "")) == key(getattr(noun, "name", ""))
        return other.id != noun.id and (
            same_name
            or (isinstance(noun, Pupil) and isinstance(other, Pupil) and other.born == noun.born)
        )

    return (
        []
        if isinstance(noun, Placement)
        else [other for other in readable_nouns(store, type(noun), on) if is_alike(other)]
    )
