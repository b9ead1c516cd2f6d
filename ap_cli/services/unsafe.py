"""List the placements in which a child may be unsafe: open concerns, and “not safe”."""

from __future__ import annotations

from datetime import date

from ..domain.placement import Placement
from ..store.opening import Store
from ..store.queries.reviews import ever_unsafe

RULES_ASKED = ("AP506", "AP513")
"""The rules about open concerns and about what a review or a visit found not safe."""


def list_unsafe_placements(store: Store, on: date) -> dict[str, str]:
    """Map each placement with an open concern or found not safe to why, ended ones as well."""
    numbers = ever_unsafe(store, on)
    if not numbers:
        return {}
    from ..rules.rule import OPEN
    from ..rules.task import Urgency
    from .checks import CheckRequest, list_findings, rules_like

    subjects = [(Placement, number) for number in numbers]
    request = CheckRequest(on, subjects, rules_like(RULES_ASKED), OPEN)
    problems: dict[str, list[str]] = {}
    for finding in list_findings(store, request):
        if finding.urgency is Urgency.SAFETY:
            problems.setdefault(finding.subject, []).append(finding.message)
    return {subject: "; ".join(found) for subject, found in problems.items()}
