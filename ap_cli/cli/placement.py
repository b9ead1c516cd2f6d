"""ap placement"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..domain.placement import Ending, Placement
from ..errors import AnswersMissing
from ..render.result import Result
from . import nouns
from .asking import chosen, kept
from .command import command, group
from .references import PLACEMENT, TEXT, completing
from .settings import Settings

app = group("Plan, change, show and end placements.")


@command(app, form=Placement)
def new(
    settings: Settings,
    given: Mapping[str, Any],
    resume: Annotated[str | None, typer.Option("--resume", help="Go on with a draft; the latest, where it stands alone.", metavar="[D-0001]")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the check and save nothing.")] = False,
) -> Result:
    """Plan a placement: on a terminal every question is asked in turn.

    Example: ap placement new --no-input --pupil P-0001 --provider PR-0001 --route off-site-direction
    --starts 2026-01-05 --hours 19
    """
    from .planning import plan

    return plan(settings, given, resume, dry_run)


@command(app)
def drop(
    settings: Settings,
    draft: Annotated[str, typer.Argument(metavar="D-0001", help="The draft.", autocompletion=completing("draft"), show_default=False)],
) -> Result:
    """Forget a draft.

    Example: ap placement drop D-0001
    """
    from ..services import drafts

    id = drafts.number(draft)
    drafts.drop(settings.store, id)
    return Result("draft", [{"ref": f"D-{id:04d}"}], lines=lambda rows, view: [row["ref"] for row in rows], said=("the draft is forgotten",))


@command(app, name="list")
def list_(settings: Settings, text: Annotated[str | None, TEXT] = None) -> Result:
    """List placements; TEXT is part of a pupil's or a provider's name."""
    return nouns.found(settings, Placement, text, ("ref", "pupil", "provider", "starts", "ends", "weekly_minutes", "state"))


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
    if ask and not settings.interactive:
        raise AnswersMissing(["a terminal, since --ask asks"])
    if ask:
        from .planning import missing

        before = chosen(settings, Placement, reference)
        reference, given = before.ref, missing(settings, given, before)
    return nouns.edited(settings, Placement, reference, given)


@command(app, form=Ending)
def end(settings: Settings, given: Mapping[str, Any], reference: Annotated[str | None, PLACEMENT] = None) -> Result:
    """End a placement: its last day, why, and where the child goes next.

    Example: ap placement end PL-0001 --day 2026-07-10 --reason "objectives met" --destination home-school
    """
    from ..services import placements

    before = chosen(settings, Placement, reference, Ending, given)

    def keep(ending: Ending) -> Placement:
        return placements.end(settings.store, before, ending, settings.author, settings.today)

    return nouns.written(settings, before, kept(settings, Ending, given, keep, {"day": settings.today.isoformat()}))
