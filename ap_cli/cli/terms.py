"""ap terms"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..domain.calendar import Closed, HalfTerm
from ..domain.days import count
from ..forms.text import list_few, shortened
from ..render.result import Result
from ..services import terms
from .command import command, group
from .settings import Settings

app = group("Import and list term dates.")
COLUMNS = ("calendar", "name", "first", "last", "source")


@command(app, name="list")
def list_terms(settings: Settings) -> Result:
    """List the half terms and INSET days of every calendar, with where they are from; bank holidays are everybody's."""
    found = terms.listed(settings.store)
    unsure = sum("not confirmed" in row["source"] for row in found)
    said = (
        (
            f"not confirmed: {unsure} half terms that ship with the program; check them before you rely on them",
        )
        if unsure
        else ()
    )
    return Result("terms list", found, COLUMNS, said=said)


@command(app, name="import")
def import_terms(
    settings: Settings,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV, whose first line is calendar,name,first,last, or an iCalendar file.",
            show_default=False,
        ),
    ],
    calendar: Annotated[
        str | None,
        typer.Option("--calendar", help="Whose calendar an iCalendar file is.", metavar="NAME"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the file and keep nothing.")
    ] = False,
) -> Result:
    """Import term dates and INSET days of a county or a school: each takes the place of those of its calendar with days in common.

    A line or an event of up to a week that is named INSET day, training day or closed to pupils is for days on which the school
    is closed to pupils; holidays are passed over, and in an iCalendar file whatever else is shorter than two weeks. A placement follows
    the calendar named as its pupil's home school, else its commissioner's, else the county's; a school can have INSET days alone.

    Examples: ap terms import terms.csv; ap terms import terms.ics --calendar "Example Academy"
    """
    from ..exchange.terms import read_terms

    found, over = read_terms(file, settings.today, calendar)
    replaced = [each for each in terms.replaced_by(settings.store, found) if each not in found]
    if not dry_run:
        terms.keep(settings.store, found, settings.author)
    shut = sum(isinstance(each, Closed) for each in found)
    told = f"{' and '.join(count_dates(len(found) - shut, shut))} {'would be ' if dry_run else ''}imported"
    instead = f", in place of {', '.join(map(name_with_days, replaced))}" if replaced else ""
    passed = (f"passed over: {'; '.join(list_few(over))}",) if over else ()
    unfollowed = tuple(
        f"nobody follows the calendar “{shortened(name, 60)}” yet: no school, commissioner or county is called that"
        for name in terms.nobodys(settings.store, found)
    )
    return Result(
        "terms import",
        map(terms.as_row, found),
        COLUMNS,
        said=(told + instead, *passed, *unfollowed),
    )


def count_dates(terms: int, shut: int) -> list[str]:
    """How many half terms and INSET days there are, of which there are some."""
    return [
        count(number, what)
        for number, what in ((terms, "half term"), (shut, "INSET day"))
        if number
    ]


def name_with_days(each: HalfTerm | Closed) -> str:
    """A half term with its first and its last day, or an INSET day with its own."""
    return (
        f"{each.name} ({each.day})"
        if isinstance(each, Closed)
        else f"{each.name} ({each.first} to {each.last})"
    )
