"""AP2: what was looked up of a provider: its registration, or an online provider's standing."""

from __future__ import annotations

from datetime import date

from ..domain.provider import CLOSED
from ..forms.facts import is_yes, recorded
from .cases.provider import ProviderCase
from .kinds import FE_COLLEGE, OWN_SITE, SCHOOLS
from .rule import ADVISE, BEFORE, SHOULD, ProviderRule, Says, condition
from .safety import is_used_outside
from .task import Edit, Remedy, about


def says_closed(case: ProviderCase) -> bool:
    """Tell whether the public register says that a provider is not open."""
    status = case.provider.register_says
    return recorded(status) and status in CLOSED


def why_not_registered(case: ProviderCase) -> str:
    """Say why there is no registration to look up."""
    if case.provider.kind in (FE_COLLEGE, OWN_SITE):
        return "the provider is a college, or the school's own site"
    return "you do not have the provider as registered"


@condition(why_not_registered, within=is_used_outside)
def recorded_as_registered(case: ProviderCase) -> bool:
    """Whether the provider is a school by its kind, or is recorded as registered on the day."""
    provider = case.provider
    if provider.kind in SCHOOLS:
        return True
    may_be = provider.kind not in (FE_COLLEGE, OWN_SITE)
    return may_be and recorded(provider.registered) and case.registered


class RegistrationIsLookedUp(ProviderRule):
    """A registered provider has a URN and is looked up on the public register.

    If you say that a provider is registered, look it up. Record its number (URN), the day you
    looked and what the register says.
    """

    id, severity, sources = "AP207", SHOULD, ("AP guide", "HB 1.2")
    task = "Look the provider up on the public register"
    key, label = "urn", "Registrations not looked up"
    applies = recorded_as_registered

    def holds(self, case: ProviderCase) -> Says:
        if says_closed(case):
            return False
        return recorded(case.provider.urn) and recorded(case.provider.checked)

    def problem(self, case: ProviderCase) -> str:
        provider = case.provider
        if recorded(provider.register_says) and provider.register_says in CLOSED:
            status = provider.register_says.replace("-", " ")
            return f"you have {provider.name} as registered, but the public register says {status}"
        facts = {"its URN": provider.urn, "a dated look at the public register": provider.checked}
        gaps = " and ".join(what for what, fact in facts.items() if not recorded(fact))
        return f"you have {provider.name} as registered, without {gaps}"

    def remedy(self, case: ProviderCase) -> Remedy:
        ask = ("urn", "checked_where", "register_says")
        return Edit(about(case.provider), ask, known=(("checked", "today"),))


@condition("the provider does not teach online only", within=is_used_outside)
def teaches_online_only(case: ProviderCase) -> bool:
    """Whether the provider teaches online only."""
    return case.teaches_online_only


class OnlineProvidersStandingIsKnown(ProviderRule):
    """You know where an online provider stands.

    A provider that teaches online only has no place to register as a school. The DfE has a
    voluntary accreditation scheme for it instead. Find out whether the provider is accredited; if
    it is not, check for yourself and say what you checked.
    """

    id, severity, sources = "AP208", ADVISE, ("OEAS",)
    task = "Find out whether the online provider is accredited"
    key, label = "online", "Online providers not accredited or checked"
    stage = BEFORE
    applies = teaches_online_only

    def due(self, case: ProviderCase) -> date | None:
        return case.before_the_first_start

    def holds(self, case: ProviderCase) -> Says:
        accredited, checked = case.provider.accredited, case.provider.checked_instead
        return is_yes(accredited) or recorded(checked)

    def problem(self, case: ProviderCase) -> str:
        name = case.provider.name
        if recorded(case.provider.accredited):
            return f"{name} is not accredited by the DfE, and you have not checked it instead"
        return f"you do not know whether {name} is accredited by the DfE for online education"

    def remedy(self, case: ProviderCase) -> Remedy:
        known = recorded(case.provider.accredited)
        return Edit(about(case.provider), ("checked_instead",) if known else ("accredited",))
