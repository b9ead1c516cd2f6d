"""ap todo"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from typing import Annotated, Any

import typer

from ..domain.days import from_today, words
from ..render.check import finding_lines
from ..render.findings import rows_of
from ..render.result import Result, View, as_mapping
from ..render.reviews import calendar_end
from ..rules.task import Urgency
from ..services import reviews
from ..services.terms import known_until
from .check import COLUMNS, keys_of
from .command import command, single
from .settings import Settings

app = single()
UNSAFE = "a child may be unsafe"


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
    """List what to do: a child's safety first, then in order of day.

    It is what the rules found outstanding or breached, each with the command that does it.

    Examples: ap todo --within 2w; ap todo --owner "T. Sample"
    """
    from ..services.todo import todo as service

    found = service(
        settings.store, settings.today, reviews.days_within(within) if within else None, owner
    )

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for when, those in groupby(rows, key=partial(heading, settings.today)):
            yield when
            for each in those:
                yield from finding_lines(
                    str(each["subject"]), each | {"due": None}, settings.today, view
                )

    rows = [as_mapping(each) for each in rows_of(found)]
    keys = keys_of(why=False)
    said = calendar_end(known_until(settings.store), settings.today)
    return Result("todo", rows, COLUMNS, lines, said, empty="nothing to do", keys=keys)


def heading(today: date, row: dict[str, Any]) -> str:
    """What stands above a task: its day, and first whether a child may be unsafe."""
    due = row["due"] or today
    day = f"{words(due, weekday=True)}, {from_today((due - today).days)}"
    return f"{UNSAFE}: {day}" if row["urgency"] == Urgency.SAFETY else day
