"""ap terms"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..domain.days import count
from ..domain.half_terms import HalfTerm
from ..domain.school_days import Closed
from ..forms.text import list_few, shortened
from ..render.result import Result
from ..services import terms
from .command import command, group
from .settings import Settings

app = group("Import and list term dates.")
COLUMNS = ("calendar", "name", "first", "last", "source")


@command(app, name="list")
def list_terms(settings: Settings) -> Result:
    """List the half terms and INSET days of every calendar, with their source.

    Bank holidays hold for all.

    Example: ap terms list
    """
    found = terms.listed(settings.store)
    unsure = sum("not confirmed" in row["source"] for row in found)
    note = (
        f"not confirmed: {unsure} half terms that come with the program; check them before you rely"
        " on them"
    )
    return Result("terms list", found, COLUMNS, said=(note,) if unsure else ())


@command(app, name="import")
def import_terms(
    settings: Settings,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV with the first line calendar,name,first,last, or an iCalendar file.",
            show_default=False,
        ),
    ],
    calendar: Annotated[
        str | None,
        typer.Option("--calendar", help="Whose calendar an iCalendar file is.", metavar="NAME"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the file and save nothing.")
    ] = False,
) -> Result:
    """Import term dates and INSET days of a county or a school.

    They replace those of the same calendar that share a day with them. A line or an event of up to
    a week named INSET day, training day or closed to pupils means that the school is closed then.
    Holidays are left out, and in an iCalendar file all else that is shorter than two weeks.
    A placement follows the calendar named like its pupil's home school, else its commissioner's,
    else the county's; a school can have INSET days alone.

    Examples: ap terms import terms.csv; ap terms import terms.ics --calendar "Example Academy"
    """
    from ..exchange.terms import read_terms

    found, over = read_terms(file, settings.today, calendar)
    replaced = [each for each in terms.replaced_by(settings.store, found) if each not in found]
    if not dry_run:
        terms.keep(settings.store, found, settings.author)
    said = [import_line(found, replaced, dry_run)]
    if over:
        said.append(f"left out: {'; '.join(list_few(over))}")
    said += map(unfollowed_line, terms.nobodys(settings.store, found))
    return Result("terms import", map(terms.as_row, found), COLUMNS, said=tuple(said))


def import_line(
    found: Sequence[HalfTerm | Closed], replaced: Sequence[HalfTerm | Closed], dry_run: bool
) -> str:
    """What was imported, and what it replaced."""
    shut = sum(isinstance(each, Closed) for each in found)
    dates = " and ".join(count_dates(len(found) - shut, shut))
    instead = f", in place of {', '.join(map(name_with_days, replaced))}" if replaced else ""
    return f"{dates} {'would be ' if dry_run else ''}imported{instead}"


def unfollowed_line(name: str) -> str:
    """That no placement follows a calendar, and why."""
    return (
        f"nobody uses the calendar “{shortened(name, 60)}” yet: give a school, commissioner or"
        " county the same name"
    )


def count_dates(terms: int, shut: int) -> list[str]:
    """How many half terms and INSET days there are, without those that are none."""
    return [
        count(number, what)
        for number, what in ((terms, "half term"), (shut, "INSET day"))
        if number
    ]


def name_with_days(each: HalfTerm | Closed) -> str:
    """A half term with its first and its last day, or an INSET day with its own."""
    if isinstance(each, Closed):
        return f"{each.name} ({each.day})"
    return f"{each.name} ({each.first} to {each.last})"
