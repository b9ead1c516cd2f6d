"""ap terms"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..domain.days import count
from ..render.result import Result
from ..services import terms
from .command import command, group
from .settings import Settings

app = group("Import and list term dates.")
COLUMNS = ("calendar", "name", "first", "last", "source")


@command(app, name="list")
def list_(settings: Settings) -> Result:
    """List the half terms of every calendar, with where they are from."""
    found = terms.listed(settings.store)
    unsure = sum("not confirmed" in row["source"] for row in found)
    said = (f"not confirmed: {unsure} half terms that ship with the program; check them before you rely on them",) if unsure else ()
    return Result("terms list", found, COLUMNS, said=said)


@command(app, name="import")
def import_(
    settings: Settings,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV, whose first line is calendar,name,first,last, or an iCalendar file.", show_default=False)
    ],
    calendar: Annotated[str | None, typer.Option("--calendar", help="Whose calendar an iCalendar file is.", metavar="NAME")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read the file and keep nothing.")] = False,
) -> Result:
    """Import term dates of a county or a school: each takes the place of those of its calendar with days in common.

    Of an iCalendar file each event of whole days is a half term, but for holidays, training days and what is shorter than a
    week. A placement follows the calendar named as its pupil's home school, else its commissioner's, else the county's.

    Examples: ap terms import terms.csv; ap terms import terms.ics --calendar "Example Academy"
    """
    from ..exchange.terms import read_terms

    found, over = read_terms(file, settings.today, calendar)
    replaced = [block for block in terms.replaced_by(settings.store, found) if block not in found]
    if not dry_run:
        terms.keep(settings.store, found, settings.author)
    told = f"{count(len(found), 'half term')} {'would be ' if dry_run else ''}imported"
    instead = f", in place of {', '.join(f'{block.name} ({block.first} to {block.last})' for block in replaced)}" if replaced else ""
    passed = (f"passed over: {'; '.join(over)}",) if over else ()
    return Result("terms import", map(terms.as_row, found), COLUMNS, said=(told + instead, *passed))
