"""ap todo"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Annotated, Any

import typer

from ..domain.days import from_today, words
from ..errors import ApError
from ..forms.text import echo
from ..render.check import finding_lines
from ..render.findings import rows_of
from ..render.result import Lines, Result, View
from ..rules.task import Urgency
from ..services import reviews
from .check import COLUMNS, keys_of
from .command import command, single
from .known_terms import describe_known_terms
from .lists import FROM, LIST
from .settings import Settings

app = single()
WITHIN = typer.Option(
    "--within", help="Only what is due in this time, and what is late.", metavar="7d|2w"
)
OWNER = typer.Option(
    "--owner", help="Only the placements that this person looks after.", metavar="NAME"
)
URGENCY = typer.Option(
    "--urgency",
    help="Only tasks as urgent as this. (several allowed)",
    metavar="|".join(Urgency),
)
UNSAFE = "a child may be unsafe"


@command(app, name="todo")
def list_todo(
    settings: Settings,
    within: Annotated[str | None, WITHIN] = None,
    owner: Annotated[str | None, OWNER] = None,
    urgency: Annotated[list[str] | None, URGENCY] = None,
    first: Annotated[int, FROM] = 1,
    all_of_them: Annotated[bool, LIST] = False,
) -> Result:
    """List what to do: a child's safety first, then in order of day.

    A screen has the first tasks or, of more, how many each school has, or each provider if they
    are of one school. With --within it has what is due in that time, and counts what is late or
    has no day. In a pipe it is the findings of the rules, each with the command that does it; a
    task joins the findings that ask for the same of the same record.

    Examples: ap todo --within 2w; ap todo --urgency law; ap todo --owner "T. Sample"
    """
    from ..services.todo import todo as service

    days = reviews.days_within(within) if within else None
    asked = settings.today + timedelta(days=days) if days is not None else None
    urgencies = read_urgencies(urgency)
    found = service(settings.store, settings.today, days, owner, urgencies)
    lines = lines_by_day(settings.today)
    if settings.format == "table" and found:
        from ..render.rows import Page
        from ..render.todo import todo_lines
        from ..services.tasks import TaskMaker

        tasks = TaskMaker(settings.store, settings.today).make(found)
        page = Page(first, all_of_them, grouped=urgency is None)
        lines = todo_lines(tasks, settings.today, page, asked)
    empty = "nothing to do"
    if urgency and not found and settings.format in ("table", "plain"):
        empty = describe_others(settings, owner, urgencies)
    keys = keys_of(why=False)
    said = describe_known_terms(settings, asked)
    return Result("todo", rows_of(found), COLUMNS, lines, said, empty=empty, keys=keys)


def word_of(urgency: Urgency) -> str:
    """What a task of an urgency is, after “is”."""
    from ..render.urgencies import URGENCIES

    return "about safety" if urgency is Urgency.SAFETY else URGENCIES[urgency].counted


def describe_others(settings: Settings, owner: str | None, urgencies: tuple[Urgency, ...]) -> str:
    """Say that no task is as urgent as was asked, and how many others there are."""
    from ..render.urgencies import count_words
    from ..services.tasks import TaskMaker, count_by_urgency
    from ..services.todo import todo as service

    every = service(settings.store, settings.today, owner=owner)
    tasks = TaskMaker(settings.store, settings.today).make(every)
    names = " or ".join(map(word_of, urgencies))
    others = count_words(count_by_urgency(tasks).items())
    return f"No task is {names}. There are: {others}." if others else "nothing to do"


def lines_by_day(today: date) -> Lines:
    """The lines that show findings under the days by which they are due."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for when, those in groupby(rows, key=partial(heading, today)):
            yield when
            for each in those:
                yield from finding_lines(str(each["subject"]), each | {"due": None}, today, view)

    return lines


def read_urgencies(texts: list[str] | None) -> tuple[Urgency, ...]:
    """The urgencies that are named, or all; raise ApError for a name that is none."""
    if not texts:
        return tuple(Urgency)
    names = [name.strip() for text in texts for name in text.split(",")]
    if unknown := [name for name in names if name not in tuple(Urgency)]:
        raise ApError(f"--urgency: choose from {', '.join(Urgency)}, not “{echo(unknown[0], 20)}”")
    return tuple(Urgency(name) for name in names)


def heading(today: date, row: dict[str, Any]) -> str:
    """What stands above a task: its day, and first whether a child may be unsafe."""
    due = row["due"] or today
    day = f"{words(due, weekday=True)}, {from_today((due - today).days)}"
    return f"{UNSAFE}: {day}" if row["urgency"] == Urgency.SAFETY else day
