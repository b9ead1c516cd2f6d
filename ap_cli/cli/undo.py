"""ap undo"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from ..domain.days import words
from ..forms.text import shortened
from ..render.result import Result, fixed_lines
from .command import command, single
from .settings import Settings

app = single()


@command(app, name="undo")
def undo_last(
    settings: Settings,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be undone, and change nothing.")
    ] = False,
) -> Result:
    """Undo the last change that was not undone; the log keeps both.

    On a terminal it shows the change and asks first. A mark of attendance stays in the register,
    marked as taken back.

    Examples: ap undo --dry-run; ap undo; ap undo --json
    """
    from ..services import undoing

    found = undoing.last_change(settings.store)
    about = ", ".join(found.subjects[:5]) + (" …" if len(found.subjects) > 5 else "")
    day = words(date.fromisoformat(found.asof or found.at[:10]))
    summary = f"{shortened(found.what, 60)}, {about}, by {found.who} on {day}"
    row = {
        "what": found.what,
        "who": found.who,
        "at": found.at,
        "subjects": found.subjects,
        "undone": False,
    }
    if dry_run:
        return Result("undo", [row], lines=fixed_lines(f"would be undone: {summary}"))
    if settings.interactive:
        from ..interview.prompts import ask_yes, say

        say(f"To be undone: {summary}")
        if not ask_yes("Undo it?"):
            return Result("undo", [row], lines=fixed_lines("nothing was undone"))
    undoing.undo(settings.store, settings.author, found)
    return Result("undo", [row | {"undone": True}], lines=fixed_lines(f"undone: {summary}"))
