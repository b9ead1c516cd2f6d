"""ap digest"""

from __future__ import annotations

from typing import Annotated

from ..errors import StoreProblem
from ..render.digest import show_digest
from ..render.result import Result
from ..services.digest import gather_digest
from .command import command, single
from .settings import Settings
from .todo import OWNER

app = single()


@command(app)
def digest(settings: Settings, owner: Annotated[str | None, OWNER] = None) -> Result:
    """Write the week for a mail: what a child's safety and the law ask, what is late, and reviews.

    Pupils are named by reference alone, unless --names is given. It never asks, so that cron and
    the Task Scheduler of Windows can run it: ap help scripts has an example of each.

    Examples: ap digest --owner "T. Sample"; ap digest --format md --out week.md; ap digest --json
    """
    result = show_digest(gather_digest(settings.store, settings.today, owner), settings.names)
    if result.said:
        result.code = StoreProblem.exit_code
    return result
