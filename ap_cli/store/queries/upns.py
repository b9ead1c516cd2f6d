"""Read whose a UPN is: a UPN is one child's, also one that the child had before."""

from __future__ import annotations

from collections.abc import Iterable

from ..dialect import items
from ..opening import Store

OWNERS = (
    "SELECT upper(replace(upn, ' ', '')), id FROM pupil WHERE upn IS NOT NULL"
    " UNION SELECT upper(former.value), pupil.id"
    f" FROM pupil, {items('former_upns')} former"
)
"""Every UPN with the pupil who has it or had it."""


def owners(store: Store, upns: Iterable[str] | None = None) -> dict[str, tuple[int, ...]]:
    """Map UPNs, or these alone, to the numbers of the pupils who have or had them, in order."""
    wanted = None if upns is None else set(upns)
    found: dict[str, list[int]] = {}
    for upn, id in store.rows(f"SELECT * FROM ({OWNERS}) owners ORDER BY 1, 2"):
        if wanted is None or upn in wanted:
            found.setdefault(upn, []).append(id)
    return {upn: tuple(ids) for upn, ids in found.items()}


def shared(store: Store) -> dict[int, tuple[int, ...]]:
    """Map each pupil with a UPN that others have or had as well to those others."""
    found: dict[int, set[int]] = {}
    several = (ids for ids in owners(store).values() if len(ids) > 1)
    for ids in several:
        for id in ids:
            found.setdefault(id, set()).update(ids)
    return {id: tuple(sorted(ids - {id})) for id, ids in found.items()}
