"""ap provider"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from ..domain.entries.before import Suspension
from ..domain.provider import Provider
from ..render.result import Result
from . import nouns
from .command import command, group
from .references import CALLED, GONE_PROVIDER, INTO_PROVIDER, PROVIDER, REASON, TEXT, YES
from .settings import Settings

app = group("Keep providers and their sites.")


@command(app, form=Provider)
def add(
    settings: Settings, given: Mapping[str, Any], called: Annotated[str | None, CALLED] = None
) -> Result:
    """Add a provider; each --address makes a site.

    Example: ap provider add "Hollow Oak Farm" --kind non-school --not-registered --address "1 Example Lane, Testford"
    """
    return nouns.added(settings, Provider, nouns.named(given, called))


@command(app, name="list")
def list_(settings: Settings, text: Annotated[str | None, TEXT] = None) -> Result:
    """List providers."""
    return nouns.found(
        settings, Provider, text, ("ref", "name", "kind", "registered", "urn", "checked")
    )


@command(app)
def show(settings: Settings, reference: Annotated[str | None, PROVIDER] = None) -> Result:
    """Show a provider on one screen: what is recorded and what is not, its placements, what is open, and the days to come.

    Example: ap provider show PR-0001
    """
    return nouns.summarised(settings, Provider, reference)


@command(app, form=Provider)
def edit(
    settings: Settings, given: Mapping[str, Any], reference: Annotated[str | None, PROVIDER] = None
) -> Result:
    """Correct a provider; an --address is added, "2: Far Field" corrects site 2.

    Example: ap provider edit PR-0001 --registered 2026-01-05 --urn 100001
    """
    return nouns.edited(settings, Provider, reference, given)


@command(app)
def suspend(
    settings: Settings,
    reference: Annotated[str | None, PROVIDER] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Send no more children to a provider; those who are there are listed.

    Example: ap provider suspend PR-0001 --reason "an accident is looked into"
    """
    return standing(settings, reference, reason, suspended=True)


@command(app)
def resume(
    settings: Settings,
    reference: Annotated[str | None, PROVIDER] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Send children to a provider again after it was suspended.

    Example: ap provider resume PR-0001 --reason "the accident was looked into"
    """
    return standing(settings, reference, reason, suspended=False)


def standing(
    settings: Settings, reference: str | None, reason: str | None, suspended: bool
) -> Result:
    """A provider suspended or resumed, with the reason."""
    from .record import recorded_as

    return recorded_as(
        settings,
        Suspension,
        {"suspended": suspended} | ({"reason": reason} if reason is not None else {}),
        reference,
    )


@command(app)
def merge(
    settings: Settings,
    reference: Annotated[str, GONE_PROVIDER],
    into: Annotated[str, INTO_PROVIDER],
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Join a provider that was recorded twice: all that the first has becomes the second's, and the first is there no more.

    Without --yes it says what it would do; on a terminal it asks.

    Example: ap provider merge PR-0002 --into PR-0001
    """
    return nouns.merged(settings, Provider, reference, into, yes)
