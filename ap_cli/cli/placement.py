"""ap placement"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..domain.placement import Ending, Placement
from ..render.result import Result
from . import nouns
from .asking import answered, chosen
from .command import Settings, command, group
from .references import PLACEMENT, TEXT

app = group("Plan, change, show and end placements.")


@command(app, form=Placement)
def new(settings: Settings, given: Mapping[str, Any]) -> Result:
    """Plan a placement: on a terminal every question is asked in turn.

    Example: ap placement new --no-input --pupil P-0001 --provider PR-0001 --route off-site-direction
    --starts 2026-01-05 --hours 19
    """
    return nouns.added(settings, Placement, given)


@command(app, name="list")
def list_(settings: Settings, text: Annotated[str | None, TEXT] = None) -> Result:
    """List placements; TEXT is part of a pupil's or a provider's name."""
    return nouns.found(settings, Placement, text, ("ref", "pupil", "provider", "route", "starts", "ends", "weekly_minutes", "state"))


@command(app)
def show(settings: Settings, reference: Annotated[str | None, PLACEMENT] = None) -> Result:
    """Show a placement: what is recorded, and what is not."""
    return nouns.shown(settings, Placement, reference)


@command(app, form=Placement)
def edit(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, PLACEMENT] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask only what is missing.")] = False,
) -> Result:
    """Correct a placement: the new value holds for every day.

    Examples: ap placement edit PL-0001 --hours 15; ap placement edit PL-0001 --ask
    """
    return nouns.edited(settings, Placement, reference, given, everything=ask)


@command(app, form=Ending)
def end(settings: Settings, given: Mapping[str, Any], reference: Annotated[str | None, PLACEMENT] = None) -> Result:
    """End a placement: its last day, why, and where the child goes next.

    Example: ap placement end PL-0001 --day 2026-07-10 --reason "objectives met" --destination home-school
    """
    from ..services import placements

    before = chosen(settings, Placement, reference)
    ending = answered(settings, Ending, given)
    return nouns.written(settings, placements.end(settings.store, before, ending, settings.author, settings.today))
