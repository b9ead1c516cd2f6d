"""ap import"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.roles import Role
from ..errors import ApError
from ..forms.text import echo
from ..render.result import Result
from .command import command, single
from .references import YES
from .settings import Settings

if TYPE_CHECKING:
    from .import_choices import Choices

app = single()

KINDS = ("pupils", "providers", "placements")
"""What a file can have; without one its columns tell."""

OTHERS = ("attendance", "terms", "gias")
"""What has rows of its own: marks of attendance, term dates, the public register of schools."""

ALL = "all"
"""What imports all that `ap export all` wrote."""

FILE = typer.Argument(
    metavar="FILE",
    help="A spreadsheet: .xlsx, .ods, .csv or .tsv.",
    show_default=False,
)
KIND = typer.Argument(
    metavar=f"[{'|'.join((*KINDS, *OTHERS, ALL))}]",
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
PLACEMENT = typer.Option(
    "--placement",
    help="With attendance: the placement that all lines are about.",
    metavar="PL-0001",
)
CALENDAR = typer.Option(
    "--calendar", help="With terms: whose dates they are, if the file does not say.", metavar="NAME"
)
DRY_RUN = typer.Option("--dry-run", help="Say what would be imported, and import nothing.")


@command(app, name="import", needs=Role.WRITER)
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
    placement: Annotated[str | None, PLACEMENT] = None,
    calendar: Annotated[str | None, CALENDAR] = None,
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Import pupils, providers and placements from a spreadsheet, or all of another store.

    A row may have a pupil, a provider and a placement. Columns are known by names and content; a
    terminal asks. A pupil is found by reference, UPN, or name and date of birth, a provider by
    reference, URN or name; who is not found is added. An empty cell or a missing row clears
    nothing. All rows are imported, or none if one is wrong; `ap undo` takes them back.
    “attendance” and “terms” are ap attendance import and ap terms import; “gias” fills in and
    checks providers from the public register of schools; “all” takes what ap export all wrote.

    Examples: ap import pupils.csv --dry-run; ap import placements.csv placements --fill
    "route=off-site-direction"; ap import pupils.csv pupils --map "Sch=home_school" --json
    """
    from .import_choices import read_choices

    import_as = partial(
        import_other, settings, file, placement, calendar, sheet or [], dry_run, yes
    )
    if kind in (*OTHERS, ALL):
        return import_as(kind)
    refuse_other_kind(kind)
    choices = read_choices(
        settings, kind, told or [], filled or [], sheet or [], by_school, with_hidden, mapping
    )
    return import_list(settings, file, choices, dry_run, skip_wrong, yes, import_as)


def import_list(
    settings: Settings,
    file: Path,
    choices: Choices,
    dry_run: bool,
    skip_wrong: bool,
    yes: bool,
    import_as: Callable[[str], Result],
) -> Result:
    """Import a list; one that looks like something else is imported as what somebody says it is.

    Raise OtherFile if it looks so, and nobody can be asked.
    """
    from ..exchange.recognised import OtherFile
    from ..interview.prompts import ask_yes
    from .import_asking import ask_import
    from .import_running import run_import

    if not settings.interactive or yes:
        return run_import(settings, file, choices, dry_run, skip_wrong)
    try:
        return ask_import(settings, file, choices, dry_run, skip_wrong)
    except OtherFile as other:
        if ask_yes(f"The file looks like {other.called}. Import it as that?"):
            return import_as(other.kind)
    choices.is_list = True
    return ask_import(settings, file, choices, dry_run, skip_wrong)


def refuse_other_kind(kind: str | None) -> None:
    """Raise ApError if a kind of rows is named that cannot be imported."""
    if kind is not None and kind not in KINDS:
        known = ", ".join((*KINDS, *OTHERS, ALL))
        raise ApError(f"“{echo(kind)}” cannot be imported: choose one of {known}")


def import_other(
    settings: Settings,
    file: Path,
    placement: str | None,
    calendar: str | None,
    sheets: list[str],
    dry_run: bool,
    yes: bool,
    kind: str,
) -> Result:
    """Import what has rows of its own, or a whole store."""
    from . import import_register, terms

    if kind == "attendance":
        return import_marks(settings, file, placement, sheets, dry_run)
    if kind == "terms":
        return terms.import_file(settings, file, calendar, dry_run, yes)
    if kind == "gias":
        return import_register.import_file(settings, file, dry_run, yes)
    return import_whole(settings, file, dry_run)


def import_marks(
    settings: Settings, file: Path, placement: str | None, sheets: list[str], dry_run: bool
) -> Result:
    """Import marks of attendance; raise ApError if several sheets are named."""
    from .attendance_file import import_file

    if len(sheets) > 1:
        raise ApError("--sheet: marks are read from one sheet at a time")
    return import_file(settings, file, placement, sheets[0] if sheets else None, dry_run)


def import_whole(settings: Settings, file: Path, dry_run: bool) -> Result:
    """Import all that `ap export all` wrote into a store without any record."""
    from ..services.whole import import_all
    from .whole import show_imported

    if not dry_run:
        settings.refuse_unless(Role.ADMINISTRATOR)
    return show_imported(import_all(settings.address, file, settings.today, dry_run), dry_run)
