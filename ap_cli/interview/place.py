"""Where a pupil is taught, as far as the answers say."""

from __future__ import annotations

from ..domain.options import Place
from ..domain.places import place_by_kind
from ..domain.provider import Provider
from .steps import Asking


def place_of(asking: Asking) -> Place | None:
    """Where the pupil is taught, as answered or by the kind of provider; None if not known."""
    provider: Provider | None = asking.named("provider")
    answered: Place | None = asking.value("place")
    if answered is not None:
        return answered
    return place_by_kind(provider.kind) if provider else None
