"""AP3: how long what was checked of a provider counts: until it expires, or for a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..domain.days import words
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase

RENEW = "Renew the checks of the provider"


def counts_until(case: PlacementCase | ProviderCase, day: date) -> date:
    """Return the last day on which a check made on a day counts, if it names no other day."""
    return day + timedelta(days=case.figures["check.days"])


def list_outdated(case: PlacementCase, names: Sequence[str]) -> tuple[str, ...]:
    """Name the questions whose last answer no longer counts on the day judged."""
    outdated = []
    for name in names:
        day = case.said_on(name)
        if day is not None and counts_until(case, day) < case.day_judged:
            outdated.append(name)
    return tuple(outdated)


def describe_outdated(case: PlacementCase | ProviderCase, what: str, day: date) -> str:
    """Say that something was done on a day, and for how long that counts."""
    return f"{what} on {words(day)}, which counts for {case.figures['check.days']} days"
