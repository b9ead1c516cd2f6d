"""ap status"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import asdict

from ..domain.days import words
from ..render.check import wrapped
from ..render.result import Result, View
from .command import Settings, command, single

app = single()


@command(app)
def status(settings: Settings) -> Result:
    """Show what needs attention now, each line with the command that deals with it."""
    from ..services.status import status as service

    found = service(settings.store, settings.today)

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield f"as on {words(settings.today, weekday=True)}"
        told = False
        for told, row in ((True, row) for row in rows):
            text = f"  {row['message']}  → {row['command']}"
            yield from wrapped(text, view.width, "      ") if view.width else [text]
        if not told:
            yield "  nothing needs attention"

    return Result("status", map(asdict, found), ("what", "number", "message", "command"), lines)
