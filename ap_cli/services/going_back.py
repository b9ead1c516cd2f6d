"""Say why a child may be unsafe at a provider where they were before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from ..domain.entries.before import Visit
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..errors import StoreProblem
from ..rules.cases.placement import PlacementCase
from ..rules.concerns import list_open_concerns, name_concern
from ..rules.eligibility import RULE_BY_ID
from ..rules.engine import Finding
from ..rules.reviews import (
    Looked,
    find_last_complete,
    in_order,
    list_safe_visits,
    list_unsafe,
    name_looked,
)
from ..rules.rule import BREACHED
from ..rules.task import Urgency, Write, about
from ..store.opening import Store
from .caseload import Caseload
from .unsafe import ACTED_ON


def list_unsafe_before(store: Store, pupil: int, provider: int, today: date) -> list[str]:
    """List why a child was not safe at a provider, or may not be: a sentence for each reason.

    A concern counts until it is settled, a review or visit that found it not safe until a later one
    finds it safe. That the placement ended because of it is no reason to go back.
    """
    try:
        cases = list(list_cases_there(store, pupil, provider, today))
    except StoreProblem as problem:  # what cannot be read may be the reason
        return [str(problem)]
    return [why for case in cases for why in reasons(case)]


def list_cases_there(
    store: Store, pupil: int, provider: int, today: date
) -> Iterator[PlacementCase]:
    """List the cases of a child's placements at a provider; raise StoreProblem for damage."""
    for case in Caseload(store, today).placement_cases(Pupil, pupil):
        if case.placement.provider == provider:
            yield case


def reasons(case: PlacementCase) -> Iterator[str]:
    """List what speaks against another placement like this one."""
    ref = case.placement.ref
    for concern in list_open_concerns(case):
        yield f"{name_concern(concern)} in {ref} is open"
    unsafe = find_unsafe(case)
    if unsafe:
        yield f"{name_looked(unsafe)} in {ref} found that the pupil was not safe"


def find_unsafe(case: PlacementCase) -> Looked | None:
    """Return the last review or visit that found it not safe; None if a later one found it safe."""
    unsafe = list_unsafe(case)
    review = find_last_complete(case)
    later = [*list_safe_visits(case), *([review] if review and review.safe else [])]
    if not unsafe or any(in_order(one) > in_order(unsafe[-1]) for one in later):
        return None
    return unsafe[-1]


def list_unsafe_in(store: Store, placement: Placement, today: date) -> list[str]:
    """List why the child of a placement was not safe there, or may not be."""
    return list_unsafe_before(store, placement.pupil, placement.provider, today)


def list_found_unsafe(store: Store, pupil: int, provider: int, today: date) -> Iterator[Finding]:
    """List the ended placements there in which a child was last found not safe.

    That the placement ended was enough then: to go back, somebody has to have found it safe since.
    """
    rule = RULE_BY_ID[ACTED_ON]
    with suppress(StoreProblem):  # what cannot be read is reported with its own record
        for case in list_cases_there(store, pupil, provider, today):
            unsafe = find_unsafe(case) if case.over else None
            if unsafe is None:
                continue
            found = f"{name_looked(unsafe)} found that the pupil was not safe"
            yield Finding(
                rule=rule.id,
                answer=BREACHED,
                severity=rule.severity,
                subject=case.placement.ref,
                message=f"{found}, and nobody has found it safe since",
                due=None,
                sources=rule.sources,
                remedy=Write(about(case.provider), Visit.KIND),
                waived=None,
                task="Find out by a visit whether it is safe now",
                key=rule.key,
                urgency=Urgency.SAFETY,
            )
