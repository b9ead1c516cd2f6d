"""ap where"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Annotated, Any

import typer
from msgspec.structs import asdict

from ..domain.days import words
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import BadAnswers
from ..forms.text import echo, printable, shortened
from ..render.result import Result, View
from ..services import records, where
from .asking import choose_record, read_day
from .command import command, single
from .references import PUPIL, completing
from .settings import Settings

app = single()
NOON, OPENS, CLOSES = time(12), time(8), time(17)
COLUMNS = ("pupil", "name", "place", "told", "placement", "provider", "address", "contact")


SOME_UNREADABLE = "nobody that can be told: some records cannot be read"
"""The line if no child is shown, and not all could be."""


@command(app, name="where")
def show_where(
    settings: Settings,
    reference: Annotated[str | None, PUPIL] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="The day and time, instead of now.", metavar="DAY [HH:MM]"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every child who has a placement.")] = False,
    provider: Annotated[
        str | None,
        typer.Option(
            "--provider",
            help="The children who are with this provider then.",
            metavar="PR-0001",
            autocompletion=completing("provider"),
        ),
    ] = None,
) -> Result:
    """Say where a child is: at a provider, at school, at home, online, or nowhere planned.

    A place is shown with its address, and a provider with whom to call. All of the child's
    placements count, by their weeks and the day's marks. Names only with --names.

    Examples: ap where P-0001 --at "2026-03-04 11:00"; ap where --all;
    ap where --provider PR-0001
    """
    day, half = read_moment(settings, at)
    none = ""
    if provider is not None:
        _, id = records.subject_of(provider, Provider)
        found: Iterable[where.Whereabouts] = where.at_provider(settings.store, id, day, half)
        none = "no child is there then"
    elif every:
        found = where.of_all(settings.store, day, half)
        none = "no child has a placement on that day"
    else:
        pupil = choose_record(settings, Pupil, reference)
        found = where.of_pupil(settings.store, pupil.id, day, half)
    return show_whereabouts(settings, found, (day, half), none)


def show_whereabouts(
    settings: Settings,
    found: Iterable[where.Whereabouts],
    moment: tuple[date, int],
    none: str,
) -> Result:
    """Where children are at a moment; `none` is the line if there is no child."""
    day, half = moment

    def row(one: where.Whereabouts) -> dict[str, Any]:
        return asdict(one) | {"finding": one.finding} | ({} if settings.names else {"name": None})

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield f"{words(day, weekday=True)}, {'morning' if half == 0 else 'afternoon'}"
        told = map(where_line, rows)
        first = next(told, None)
        if first is None:
            first = f"  {SOME_UNREADABLE if settings.store.left_out else none}"
        yield first
        yield from told

    return Result("where", map(row, found), COLUMNS, lines)


def where_line(row: dict[str, Any]) -> str:
    """Where one child is, in a line."""
    whom = row["pupil"] + (f" {shortened(row['name'], 30)}" if row["name"] else "")
    more = [
        row["told"],
        row["address"],
        f"reach {row['contact']}" if row["contact"] else None,
        row["placement"],
    ]
    command = f"  → {row['command']}" if row["command"] else ""
    return printable(f"  {whom}: {'; '.join(filter(None, more))}{command}")


def read_moment(settings: Settings, at: str | None) -> tuple[date, int]:
    """The day and half day asked about: now, or the morning of a day without a time."""
    if at is None:
        now = datetime.now().time() if settings.asof is None else OPENS
        return settings.today, session_of(now if OPENS <= now < CLOSES else OPENS)
    found = re.fullmatch(r"(.*?)(?:(?:^|[ T])(\d{1,2}):(\d\d))?", at.strip(), re.DOTALL)
    assert found, "any text has this form"
    if found[2] is None:
        return read_day(settings, found[1], "--at"), session_of(OPENS)
    try:
        asked = time(int(found[2]), int(found[3]))
        day = read_day(settings, found[1]) if found[1] else settings.today
    except (ValueError, BadAnswers):
        reason = f"“{echo(at, 30)}” is not a day and a time: try “2026-03-04 11:00”"
        raise BadAnswers([f"--at: {reason}"]) from None
    if not OPENS <= asked < CLOSES:
        raise BadAnswers(
            [f"--at: {asked:%H:%M} is outside school hours, {OPENS:%H:%M} to {CLOSES:%H:%M}"]
        )
    return day, session_of(asked)


def session_of(asked: time) -> int:
    """The session of a time of the day: the morning until noon, then the afternoon."""
    return int(asked >= NOON)
