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
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Its first line is calendar,name,first,last.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read the file and keep nothing.")] = False,
) -> Result:
    """Import term dates of a county or a school: each takes the place of those of its calendar with days in common.

    A placement follows the calendar named as its pupil's home school, else its commissioner's, else the county's.

    Example: ap terms import terms.csv
    """
    from ..exchange.terms import read_terms

    found = read_terms(file, settings.today)
    replaced = [block for block in terms.replaced_by(settings.store, found) if block not in found]
    if not dry_run:
        terms.keep(settings.store, found, settings.author)
    told = f"{count(len(found), 'half term')} {'would be ' if dry_run else ''}imported"
    instead = f", in place of {', '.join(f'{block.name} ({block.first} to {block.last})' for block in replaced)}" if replaced else ""
    return Result("terms import", map(terms.as_row, found), COLUMNS, said=(told + instead,))
