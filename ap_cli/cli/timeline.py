"""ap timeline"""

from __future__ import annotations

from typing import Annotated

from ..errors import AnswersMissing
from ..render.result import Result
from ..render.timeline import show_timeline
from ..services import entries, records
from .command import command, single
from .references import ANY
from .settings import Settings

app = single()


@command(app)
def timeline(settings: Settings, reference: Annotated[str | None, ANY] = None) -> Result:
    """Show everything that happened to a placement, a pupil or a provider, in order.

    Example: ap timeline PL-0001
    """
    if reference is None:
        raise AnswersMissing(["a reference such as PL-0001"])
    about, found = entries.timeline(settings.store, records.subject(reference), settings.today)
    return show_timeline(about, found, settings.today, settings.names)
