"""Read the readiness to return of a placement in the store."""

from __future__ import annotations

from datetime import date

from ..domain.entries.after import Readiness
from ..domain.readiness import Scored, score_statements
from ..store.opening import Store
from ..store.queries.entries import history


def readiness(store: Store, placement: int, until: date) -> tuple[Scored, ...]:
    """Return each statement of readiness with its degrees up to a day."""
    return score_statements(history(store, "placement", placement, until).all(Readiness))
