"""ap status"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import asdict

from ..domain.days import words
from ..render.result import Result, View
from .command import command, single
from .settings import Settings

app = single()


@command(app)
def status(settings: Settings) -> Result:
    """Show what needs attention now, each line with the command that deals with it."""
    from ..services.status import status as service

    found = service(settings.store, settings.today)

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield f"as on {words(settings.today, weekday=True)}"
        those = [f"  {row['message']}  → {row['command']}" for row in rows] or [
            "  nothing needs attention"
        ]
        yield from those

    return Result("status", map(asdict, found), ("what", "number", "message", "command"), lines)
