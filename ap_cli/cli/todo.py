"""ap todo"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.days import from_today, words
from ..errors import ApError
from ..forms.text import echo
from ..render.check import finding_lines
from ..render.findings import rows_of
from ..render.result import Lines, Result, View
from ..rules.task import Urgency, Who
from ..services import reviews
from .check import COLUMNS, keys_of
from .command import command, single
from .known_terms import describe_known_terms
from .lists import FROM, LIST
from .settings import Settings

if TYPE_CHECKING:
    from ..render.todo import Asked

app = single()
WITHIN = typer.Option(
    "--within",
    help="What is due in this time. Late or without a day: a screen counts it, --list lists it.",
    metavar="7d|2w",
)
OWNER = typer.Option(
    "--owner", help="Only the placements that this person looks after.", metavar="NAME"
)
URGENCY = typer.Option(
    "--urgency",
    help="Only tasks as urgent as this. (several allowed)",
    metavar="|".join(Urgency),
)
ME = "me"
CHOICES = (ME, Who.COUNCIL, Who.SCHOOL, Who.PROVIDER)
WHO = typer.Option(
    "--who",
    help="Only what you do, or the council, the home school or the provider. (several allowed)",
    metavar="|".join(CHOICES),
)
UNSAFE = "a child may be unsafe"
LATE = "Late:"


@command(app, name="todo")
def list_todo(
    settings: Settings,
    within: Annotated[str | None, WITHIN] = None,
    owner: Annotated[str | None, OWNER] = None,
    urgency: Annotated[list[str] | None, URGENCY] = None,
    who: Annotated[list[str] | None, WHO] = None,
    first: Annotated[int, FROM] = 1,
    all_of_them: Annotated[bool, LIST] = False,
) -> Result:
    """List what to do: a child's safety first, then in order of day.

    A screen has the first tasks or, of more, how many each school has, or each provider if they
    are of one school. With --within a screen lists what is due in that time, and counts what is
    late or has no day, which --list lists as well. --who me has what your side does, the council or
    a school: ap config set me council. In a pipe it is the findings of the rules, each with the
    command that does it; a task joins the findings that ask for the same of the same record.

    Examples: ap todo --who me --within 1w; ap todo --urgency law; ap todo --owner "T. Sample"
    """
    from ..render.rows import Page
    from ..render.todo import Asked, todo_lines
    from ..services.tasks import TaskMaker
    from ..services.todo import todo as service

    days = reviews.days_within(within) if within else None
    last = settings.today + timedelta(days=days) if days is not None else None
    urgencies = read_urgencies(urgency)
    mine = find_mine(settings, who)
    asked = Asked(last, tuple(who or ()), read_whose(who, mine), mine)
    found = service(settings.store, settings.today, days, owner, urgencies, asked.done_by)
    lines = lines_by_day(settings.today)
    if settings.format == "table" and found:
        tasks = TaskMaker(settings.store, settings.today).make(found)
        page = Page(first, all_of_them, grouped=urgency is None)
        lines = todo_lines(tasks, settings.today, page, asked)
    empty = asked.empty
    if urgency and not found and settings.format in ("table", "plain"):
        empty = describe_others(settings, owner, urgencies, asked)
    said = describe_known_terms(settings, last)
    return Result("todo", rows_of(found), COLUMNS, lines, said, empty=empty, keys=keys_of(False))


def word_of(urgency: Urgency) -> str:
    """What a task of an urgency is, after “is”."""
    from ..render.urgencies import URGENCIES

    return "about safety" if urgency is Urgency.SAFETY else URGENCIES[urgency].counted


def describe_others(
    settings: Settings, owner: str | None, urgencies: tuple[Urgency, ...], asked: Asked
) -> str:
    """Say that no task is as urgent as was asked, and how many others there are."""
    from ..render.urgencies import count_words
    from ..services.tasks import TaskMaker, count_by_urgency
    from ..services.todo import todo as service

    every = service(settings.store, settings.today, owner=owner, whose=asked.done_by)
    tasks = TaskMaker(settings.store, settings.today).make(every)
    names = " or ".join(map(word_of, urgencies))
    others = count_words(count_by_urgency(tasks).items())
    return f"No task is {names}. There are: {others}." if others else asked.empty


def lines_by_day(today: date) -> Lines:
    """The lines that show findings: a child's safety, what is late, and what comes by its day.

    What is late stands under the record it is about, the one that is latest first, as its own days
    say nothing of what to do today.
    """

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(heading(today, row), []).append(row)
        for above, those in groups.items():
            is_late = above.startswith(LATE)
            oldest = f", the oldest {from_today((those[0]['due'] - today).days)}" if is_late else ""
            yield f"{above}{oldest}"
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


def find_mine(settings: Settings, typed: list[str] | None) -> Who | None:
    """What you are, by your settings, or the only commissioner; None if nobody knows, or asks.

    A script that does not ask reads no settings of the user.
    """
    if settings.format != "table" and not any(ME in text for text in typed or ()):
        return None
    return my_side(settings)


def my_side(settings: Settings) -> Who | None:
    """What you are, by your settings, or the only commissioner; None if nobody knows."""
    from ..services.todo import find_my_side

    chosen = settings.preferences.value("me")
    return Who(chosen) if chosen else find_my_side(settings.store, settings.today)


def read_whose(texts: list[str] | None, mine: Who | None) -> tuple[Who, ...]:
    """Who is named, you among them if it is known what you are; raise ApError for a wrong name."""
    names = [name.strip() for text in texts or () for name in text.split(",")]
    if unknown := [name for name in names if name not in CHOICES]:
        raise ApError(f"--who: choose from {', '.join(CHOICES)}, not “{echo(unknown[0], 20)}”")
    if ME in names and mine is None:
        raise ApError(
            "--who me: ap does not know whether you are the council or a school."
            " Say it once: ap config set me council, or ap config set me school"
        )
    return tuple(mine if name == ME and mine else Who(name) for name in names)


def heading(today: date, row: dict[str, Any]) -> str:
    """What stands above a task: that a child may be unsafe, that it is late, or its day."""
    due = row["due"] or today
    day = f"{words(due, weekday=True)}, {from_today((due - today).days)}"
    if row["urgency"] == Urgency.SAFETY:
        return f"{UNSAFE}: {day}"
    return f"{LATE} {row['subject']}" if due < today else day
