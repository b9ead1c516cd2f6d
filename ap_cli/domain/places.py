"""Where a pupil is taught: by the kind of provider, and how it fits the tier."""

from __future__ import annotations

from ..forms.facts import Fact, recorded
from ..forms.form import Answers
from .options import IN_SCHOOL, PREMISES, TIER_1, Place, Tier
from .provider import Provider, ProviderKind

WHERE = {
    Place.PROVIDER: "goes to {provider}",
    Place.SCHOOL: "stays in the school",
    Place.OWN_SITE: "is on the school's own site",
    Place.ONLINE: "learns online",
    Place.HOME: "is taught at home",
    Place.ELSEWHERE: "is taught elsewhere",
}
"""What a sentence says a pupil does, by the place."""


def contradicts_the_place(tier: Tier, place: Place, provider: str) -> str:
    """Say how a tier contradicts the place; empty if it fits. `provider` is its name."""
    in_school = place in IN_SCHOOL
    if (tier in TIER_1) is in_school:
        return ""
    right = "stays in the school" if tier in TIER_1 else "is outside the school"
    return f"tier {tier} {right}, and the pupil {WHERE[place].format(provider=provider)}"


PLACES_ARE_OPEN = (
    ProviderKind.PRU,
    ProviderKind.AP_ACADEMY,
    ProviderKind.INDEPENDENT,
    ProviderKind.HOSPITAL,
    ProviderKind.NON_SCHOOL,
    ProviderKind.ONE_TO_ONE,
    ProviderKind.ONLINE,
)
"""Kinds of provider that may also come into the school, teach at home or online."""


def place_is_open(answers: Answers) -> bool:
    """Whether the provider's kind leaves open where the pupil is taught, or that is answered."""
    provider: Provider | None = answers.named("provider")
    may_vary = provider is not None and provider.kind in PLACES_ARE_OPEN
    return may_vary or answers.value("place") is not None


def place_by_kind(kind: ProviderKind) -> Place:
    """Return where a provider of a kind teaches, until that is asked."""
    if kind is ProviderKind.OWN_SITE:
        return Place.OWN_SITE
    return Place.ONLINE if kind is ProviderKind.ONLINE else Place.PROVIDER


def taught_at(place: Fact[Place], provider: Provider) -> Place:
    """Return where the child is taught: as recorded, or else by the kind of provider."""
    return place if recorded(place) else place_by_kind(provider.kind)


TAUGHT_ANYWHERE = (ProviderKind.ONLINE, ProviderKind.ONE_TO_ONE)
"""Kinds of provider that teach online as a matter of course."""


def contradicts_the_kind(place: Place, provider: Provider) -> str:
    """Say how a place contradicts the kind of provider; empty if it fits.

    Hours online do not make a school, so that a wrong answer would hide one.
    """
    pupil = f"the pupil {WHERE[place].format(provider=provider.name)}"
    if provider.kind is ProviderKind.OWN_SITE and place not in IN_SCHOOL:
        return f"{pupil}, and {provider.name} is recorded as the school's own site"
    if provider.kind is ProviderKind.ONLINE and place in PREMISES:
        return f"{pupil}, and {provider.name} is recorded as an online provider"
    if place is Place.ONLINE and provider.kind not in TAUGHT_ANYWHERE:
        return f"{pupil}, and {provider.name} is not recorded as an online provider"
    return ""
