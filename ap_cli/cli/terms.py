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
    return Result("terms list", terms.listed(settings.store), COLUMNS)


@command(app, name="import")
def import_(
    settings: Settings,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Its first line is calendar,name,first,last.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read the file and keep nothing.")] = False,
) -> Result:
    """Import term dates of a county or a school: they replace that calendar's for the same school years.

    A placement follows the calendar named as its pupil's home school, else its commissioner's, else the county's.

    Example: ap terms import terms.csv
    """
    from ..exchange.terms import read_terms

    found = read_terms(file, settings.today)
    replaced = 0 if dry_run else terms.keep(settings.store, found, settings.author)
    told = f"{count(len(found), 'half term')} {'would be ' if dry_run else ''}imported" + (f", in place of {replaced}" if replaced else "")
    rows = [{"calendar": b.calendar, "name": b.name, "first": b.first, "last": b.last, "source": "imported"} for b in found]
    return Result("terms import", rows, COLUMNS, said=(told,))
