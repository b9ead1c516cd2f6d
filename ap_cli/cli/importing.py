"""ap import"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import ApError
from ..forms.text import echo
from ..render.result import Result
from .command import command, single
from .references import YES
from .settings import Settings

app = single()

KINDS = ("pupils", "providers", "placements")
"""What a file can have; without one its columns tell."""

ALL = "all"
"""What imports all that `ap export all` wrote."""

FILE = typer.Argument(
    metavar="FILE",
    help="A spreadsheet: .xlsx, .ods, .csv or .tsv.",
    show_default=False,
)
KIND = typer.Argument(
    metavar=f"[{'|'.join((*KINDS, ALL))}]",
    help="What the rows are; without it the columns tell. With all, the file of ap export all.",
    show_default=False,
)
MAP = typer.Option(
    "--map",
    help="What a column holds, as in “Home sch=home_school”; “Notes=-” leaves it out. Repeat it.",
    metavar='"THEIRS=OURS"',
    show_default=False,
)
FILL = typer.Option(
    "--fill",
    help="An answer for rows without one, as in “route=off-site-direction”. Repeat it.",
    metavar='"OURS=ANSWER"',
    show_default=False,
)
SHEET = typer.Option(
    "--sheet",
    help="Which sheet, by name or number; repeat it, or “all”.",
    metavar="NAME",
    show_default=False,
)
BY_SCHOOL = typer.Option(
    "--sheets-are-schools", help="Each sheet is called like the home school of its pupils."
)
SKIP_WRONG = typer.Option(
    "--skip-wrong",
    help="Import the other rows, and write the wrong ones to FILE.wrong.csv.",
)
WITH_HIDDEN = typer.Option(
    "--with-hidden", help="Import hidden rows and struck-through cells as well."
)
MAPPING = typer.Option(
    "--mapping",
    help="Use the answers about columns kept under this name, or keep them so.",
    metavar="NAME",
    show_default=False,
)
DRY_RUN = typer.Option("--dry-run", help="Say what would be imported, and import nothing.")


@command(app, name="import")
def import_file(
    settings: Settings,
    file: Annotated[Path, FILE],
    kind: Annotated[str | None, KIND] = None,
    dry_run: Annotated[bool, DRY_RUN] = False,
    told: Annotated[list[str] | None, MAP] = None,
    filled: Annotated[list[str] | None, FILL] = None,
    sheet: Annotated[list[str] | None, SHEET] = None,
    by_school: Annotated[bool, BY_SCHOOL] = False,
    skip_wrong: Annotated[bool, SKIP_WRONG] = False,
    with_hidden: Annotated[bool, WITH_HIDDEN] = False,
    mapping: Annotated[str | None, MAPPING] = None,
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Import pupils, providers and placements from a spreadsheet, or all of another store.

    A row may have a pupil, a provider and a placement. Columns are known by their names and by what
    they hold; a terminal shows them and asks. A pupil is found by reference, UPN, or name and date
    of birth, a provider by reference, URN or name; who is not found is added. An empty cell clears
    nothing, and a row that is missing ends nothing.

    All rows are imported, or none if one is wrong. The same file twice changes nothing, and
    `ap undo` takes an import back. With “all”, what ap export all wrote comes into a store without
    any record, and is the same there.

    Examples: ap import pupils.csv --dry-run; ap import placements.csv placements --fill
    "route=off-site-direction"; ap import pupils.csv pupils --map "Sch=home_school" --json
    """
    from .import_asking import ask_import
    from .import_choices import read_choices
    from .import_running import run_import

    if kind == ALL:
        return import_whole(settings, file, dry_run)
    refuse_other_kind(kind)
    choices = read_choices(
        settings, kind, told or [], filled or [], sheet or [], by_school, with_hidden, mapping
    )
    run = ask_import if settings.interactive and not yes else run_import
    return run(settings, file, choices, dry_run, skip_wrong)


def refuse_other_kind(kind: str | None) -> None:
    """Raise ApError if a kind of rows is named that cannot be imported."""
    if kind is not None and kind not in KINDS:
        known = ", ".join((*KINDS, ALL))
        raise ApError(f"“{echo(kind)}” cannot be imported: choose one of {known}")


def import_whole(settings: Settings, file: Path, dry_run: bool) -> Result:
    """Import all that `ap export all` wrote into a store without any record."""
    from ..services.whole import import_all
    from .whole import show_imported

    return show_imported(import_all(settings.address, file, dry_run), dry_run)
