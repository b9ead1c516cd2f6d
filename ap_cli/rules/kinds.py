"""Kinds of provider: which are schools, and which nobody inspects as one."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.provider import NON_SCHOOLS as NON_SCHOOLS
from ..domain.provider import SCHOOLS as SCHOOLS
from ..domain.provider import Provider, ProviderKind

DAY = timedelta(days=1)
ONLINE, INDEPENDENT, OWN_SITE, FE_COLLEGE = (
    ProviderKind.ONLINE,
    ProviderKind.INDEPENDENT,
    ProviderKind.OWN_SITE,
    ProviderKind.FE_COLLEGE,
)


def registered_on(provider: Provider, day: date) -> bool:
    """Return whether a provider is a registered school on a day, by its kind or as recorded."""
    return provider.kind in SCHOOLS or provider.registered.on(day)


def has_a_regulator(provider: Provider) -> bool:
    """Return whether a provider is a school or college by its kind, with a regulator of its own."""
    return provider.kind in (*SCHOOLS, FE_COLLEGE)
