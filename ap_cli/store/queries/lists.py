"""Read placements as lists have them: each with the names around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from ...domain.placement import Placement
from ..damage import Unreadable, readable_text, unreadable
from ..opening import Store
from .conditions import WEEK_IN_FORCE
from .records import columns, read_noun, width
from .scopes import EVERY, Scope


class Listed(Struct, frozen=True):
    """A placement with the names of its pupil and provider, and the pupil's home school."""

    placement: Placement
    pupil_name: str
    school: str | None
    provider_name: str


QUERY = (
    f"SELECT {columns(Placement, 'pl')}, pu.name, pu.home_school, pr.name"
    f" FROM placement pl {WEEK_IN_FORCE} LEFT JOIN pupil pu ON pu.id = pl.pupil"
    " LEFT JOIN provider pr ON pr.id = pl.provider"
)


def listed_placements(
    store: Store, on: date, scope: Scope = EVERY, by: str = "id"
) -> Iterator[Listed | Unreadable]:
    """List each placement of a scope with the names around it, as it is on a day.

    They are in order `by` a column, such as their pupil, and by reference.
    """
    at = width(Placement)
    query = f"{QUERY} WHERE {scope.condition} ORDER BY pl.{by}, pl.id"
    for row in store.rows(query, **scope.named | {"on": on}):
        placement = read_noun(Placement, row)
        if isinstance(placement, Unreadable):
            yield placement
            continue
        pupil_name, school, provider_name = row[at:]
        if pupil_name is None or provider_name is None:
            problem = ValueError("the name of its pupil or its provider is missing")
            yield Unreadable(Placement, row[0], unreadable(placement.ref, problem))
            continue
        yield Listed(
            placement,
            readable_text(pupil_name) or "",
            readable_text(school),
            readable_text(provider_name) or "",
        )
