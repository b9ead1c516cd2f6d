"""ap status"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.days import words
from ..render.result import Result, View
from .command import command, single
from .known_terms import describe_known_terms
from .settings import Settings

app = single()


@command(app, name="status")
def show_status(settings: Settings) -> Result:
    """Show what needs attention now; in a pipe each line has the command that deals with it.

    Examples: ap status; ap status --json; ap status --on 2026-06-01
    """
    if settings.format == "table":
        return home_lines(settings)
    from ..render.command import spell
    from ..services.status import TERM_DATES, Matter
    from ..services.status import status as service

    found = service(settings.store, settings.today)

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield f"as on {words(settings.today, weekday=True)}"
        those = [f"  {row['message']}  → {row['command']}" for row in rows] or [
            "  nothing needs attention"
        ]
        yield from those

    def row(matter: Matter) -> dict[str, Any]:
        command = spell(matter.remedy) if matter.remedy else matter.command
        return {
            "what": matter.what,
            "number": matter.number,
            "message": matter.message,
            "command": command,
        }

    said: tuple[str, ...] = ()
    if all(matter.what != TERM_DATES for matter in found):
        said = describe_known_terms(settings, always=True)
    columns = ("what", "number", "message", "command")
    return Result("status", map(row, found), columns, lines, said)


def home_lines(settings: Settings) -> Result:
    """The first screen without its prompt, for a terminal on which nobody is asked."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        from ..render.home import make_home
        from ..services.situation import describe_situation

        situation = describe_situation(settings.store, settings.today)
        yield from make_home(situation, view).lines

    return Result("status", [], lines=lines)
