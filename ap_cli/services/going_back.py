"""Say why a child may be unsafe at a provider where they were before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..errors import StoreProblem
from ..rules.cases.placement import PlacementCase
from ..rules.concerns import list_open_concerns, name_concern
from ..rules.reviews import find_last_complete, in_order, list_safe_visits, list_unsafe, name_looked
from ..store.opening import Store
from .caseload import Caseload


def list_unsafe_before(store: Store, pupil: int, provider: int, today: date) -> list[str]:
    """List why a child was not safe at a provider, or may not be: a sentence for each reason.

    A concern counts until it is settled, a review or visit that found it not safe until a later one
    finds it safe. That the placement ended because of it is no reason to go back.
    """
    try:
        cases = list(Caseload(store, today).placement_cases(Pupil, pupil))
    except StoreProblem as problem:  # what cannot be read may be the reason
        return [str(problem)]
    return [why for case in cases if case.placement.provider == provider for why in reasons(case)]


def reasons(case: PlacementCase) -> Iterator[str]:
    """List what speaks against another placement like this one."""
    ref = case.placement.ref
    for concern in list_open_concerns(case):
        yield f"{name_concern(concern)} in {ref} is open"
    unsafe = list_unsafe(case)
    review = find_last_complete(case)
    later = [*list_safe_visits(case), *([review] if review and review.safe else [])]
    if unsafe and not any(in_order(one) > in_order(unsafe[-1]) for one in later):
        yield f"{name_looked(unsafe[-1])} in {ref} found that the pupil was not safe"


def list_unsafe_in(store: Store, placement: Placement, today: date) -> list[str]:
    """List why the child of a placement was not safe there, or may not be."""
    return list_unsafe_before(store, placement.pupil, placement.provider, today)
