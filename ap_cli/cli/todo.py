"""ap todo"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated, Any

import typer

from ..domain.days import from_today, words
from ..render.check import finding_lines
from ..render.findings import rows_of
from ..render.result import Result, View, as_mapping
from ..services import reviews
from .check import COLUMNS, keys_of
from .command import command, single
from .settings import Settings

app = single()


@command(app, name="todo")
def list_todo(
    settings: Settings,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", help="Only what is due in this time, and what is late.", metavar="7d|2w"
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", help="Only the placements that this person looks after.", metavar="NAME"
        ),
    ] = None,
) -> Result:
    """List what to do, in order of day: what the rules found outstanding or breached.

    Each has the command that does it.

    Examples: ap todo --within 2w; ap todo --owner "T. Sample"
    """
    from ..services.todo import todo as service

    found = service(
        settings.store, settings.today, reviews.days_within(within) if within else None, owner
    )

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for due, those in groupby(rows, key=lambda row: row["due"] or settings.today):
            yield f"{words(due, weekday=True)}, {from_today((due - settings.today).days)}"
            for each in those:
                yield from finding_lines(
                    str(each["subject"]), each | {"due": None}, settings.today, view
                )

    rows = [as_mapping(each) for each in rows_of(found)]
    keys = keys_of(why=False)
    return Result("todo", rows, COLUMNS, lines, empty="nothing to do", keys=keys)
