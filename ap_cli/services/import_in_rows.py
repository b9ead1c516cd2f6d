"""What rows of a spreadsheet say beside what decides them: of sites, and of other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..domain.commissioner import COMMISSIONER
from ..domain.likeness import provider_key
from ..domain.provider import Provider
from ..forms.form import Noun
from .import_known import Known
from .import_places import settle_commissioner
from .import_sites import sites_of
from .import_values import Decisions, PlaceSteps, Step, Wrong


def has_all_sites(before: Noun, after: Noun) -> bool:
    """Tell whether a provider still has each site that it had, as if one is added."""
    there, left = sites_of(before), sites_of(after)
    if there is None or left is None:
        return False
    return all(site in left.all for site in there.all)


def unknown_commissioner(
    answers: Mapping[str, object], known: Known, decisions: Decisions, filled: frozenset[str]
) -> Wrong | None:
    """Return what is wrong with who commissions a placement, of a row that is wrong already."""
    if "commissioner" not in answers:
        return None
    try:
        settle_commissioner(dict(answers), known, decisions, COMMISSIONER in filled)
    except Wrong as problem:
        return problem
    return None


def planned_already(name: str, others: Sequence[PlaceSteps]) -> Step | None:
    """Return the new provider of a name that another place of the row has, if there is one."""
    for planned in (other.provider for other in others):
        if planned is None or planned.before is not None or not name:
            continue
        new = planned.after
        if isinstance(new, Provider) and provider_key(new.name) == provider_key(name):
            return planned
    return None
