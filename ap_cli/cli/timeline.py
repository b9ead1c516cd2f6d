"""ap timeline"""

from __future__ import annotations

from typing import Annotated

from ..domain.placement import Placement
from ..render.result import Result
from ..render.timeline import show_timeline
from ..services import records
from ..services import timeline as timeline_service
from .asking import choose_record
from .command import command, single
from .finding import find_record
from .references import ANY
from .settings import Settings

app = single()
TOLD = tuple(noun for prefix, noun in records.NOUNS.items() if prefix != "C")


@command(app, name="timeline")
def show_events(settings: Settings, reference: Annotated[str | None, ANY] = None) -> Result:
    """Show everything that happened to a placement, a pupil or a provider, in order.

    Examples: ap timeline PL-0001; ap timeline P-0001; ap timeline PR-0001 --json
    """
    subject = (
        find_record(settings, reference, *TOLD)
        if reference
        else (Placement, choose_record(settings, Placement, None).id)
    )
    return show_timeline(
        timeline_service.timeline(settings.store, subject, settings.today), settings.today
    )
