"""ap export"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..render.result import Result, fixed_lines
from ..store.queries.looks import EVERY_CHILD
from . import exporting
from .command import command, group
from .exporting import run_export
from .lists import WORDS
from .references import read_entry_number
from .settings import Settings

app = group("Write records to a spreadsheet, or for another program.")

FORMATS = ("csv", "xlsx", "json", "jsonl")


@command(app, name="pupils", formats=FORMATS)
def export_pupils(settings: Settings, words: Annotated[list[str] | None, WORDS] = None) -> Result:
    """Export pupils with their names, a row each, in the columns that ap import reads.

    Without --out it is a CSV on the screen. Names are in it: ap log --seen shows who exported them.

    Examples: ap export pupils; ap export pupils live --out pupils.xlsx;
    ap export pupils school:elm --format jsonl
    """
    return run_export(settings, exporting.PUPILS, words or ())


@command(app, name="providers", formats=FORMATS)
def export_providers(
    settings: Settings, words: Annotated[list[str] | None, WORDS] = None
) -> Result:
    """Export providers, a row each, in the columns that ap import reads.

    Without --out it is a CSV on the screen.

    Examples: ap export providers; ap export providers live --out providers.xlsx;
    ap export providers --format json
    """
    return run_export(settings, exporting.PROVIDERS, words or ())


@command(app, name="placements", formats=FORMATS)
def export_placements(
    settings: Settings, words: Annotated[list[str] | None, WORDS] = None
) -> Result:
    """Export placements with the names of pupils and providers, in the columns ap import reads.

    Without --out it is a CSV on the screen. Names are in it: ap log --seen shows who exported them.

    Examples: ap export placements; ap export placements live --out placements.xlsx;
    ap export placements provider:PR-1 --format json
    """
    return run_export(settings, exporting.PLACEMENTS, words or ())


@command(app, name="entries", formats=FORMATS)
def export_entries(settings: Settings, words: Annotated[list[str] | None, WORDS] = None) -> Result:
    """Export what happened, in order: visits, reviews, concerns and all else that is recorded.

    Words choose placements; what is about their pupils and providers comes with them.

    Examples: ap export entries; ap export entries live --out entries.xlsx;
    ap export entries pupil:P-1 --format jsonl
    """
    return run_export(settings, exporting.Entries(), words or ())


@command(app, name="attendance", formats=FORMATS)
def export_attendance(
    settings: Settings, words: Annotated[list[str] | None, WORDS] = None
) -> Result:
    """Export attendance, a session a row, in the columns that ap attendance import reads.

    Only the marks that hold: those that were amended are in ap attendance show.

    Examples: ap export attendance; ap export attendance live --out attendance.xlsx;
    ap export attendance PL-1 --format json
    """
    return run_export(settings, exporting.Attendance(), words or ())


@command(app, name="findings", formats=FORMATS)
def export_findings(settings: Settings, words: Annotated[list[str] | None, WORDS] = None) -> Result:
    """Export what is breached, due, or cannot be told, of placements that have not ended.

    It is what ap check says, with the names of pupils and providers.

    Examples: ap export findings; ap export findings school:elm --out findings.xlsx;
    ap export findings PL-1 --format json
    """
    return run_export(settings, exporting.Findings(), words or ())


SINCE = typer.Option("--from", help="The first day that counts.", metavar="DAY", show_default=False)
UNTIL = typer.Option("--to", help="The last day that counts.", metavar="DAY", show_default=False)
STRICT = typer.Option("--strict", help="Exit with 3 if something is still to fill in.")


@command(app, name="census", formats=FORMATS)
def export_census(
    settings: Settings,
    words: Annotated[list[str] | None, WORDS] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    strict: Annotated[bool, STRICT] = False,
) -> Result:
    """Export what the school census asks for: placements that the school arranged, off its site.

    A row for each that went on in that time. Each names the place by URN, UKPRN or setting type.
    What is missing is listed with the command that fills it in. Names are in it: ap log --seen
    shows who exported them.

    Examples: ap export census --from 2026-01-05 --to 2026-03-27; ap export census school:elm
    --from 2026-01-05 --to 2026-03-27 --out census.xlsx; ap export census --from 2026-01-05
    --to 2026-03-27 --strict
    """
    from .census import make_census, read_span

    return make_census(settings, words or (), read_span(settings, since, until), strict)


@command(app, name="evidence")
def export_evidence(
    settings: Settings,
    reference: Annotated[str, typer.Argument(metavar="E-0001", help="What it is evidence of.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A new file, or a folder.", show_default=False)
    ],
) -> Result:
    """Write a file of evidence as it was given, to open or send it.

    An encrypted store keeps it encrypted: what is written here is not.

    Examples: ap export evidence E-0002 insurance.pdf; ap export evidence E-0002 .;
    ap export evidence E-0002 copy.pdf --json
    """
    from ..services.evidence_files import write_evidence

    written = write_evidence(settings.store, read_entry_number(reference), file)
    row = {"entry": reference.upper(), "file": str(written)}
    said = f"The file of {row['entry']}, which only you can read"
    lines = fixed_lines(str(written))
    return Result("export evidence", [row], lines=lines, said=(said,), kept="the file")


ALL_FILE = typer.Argument(
    metavar="FILE", help="A new zip file, or a folder for one.", show_default=False
)
DRY_RUN = typer.Option("--dry-run", help="Say what would be exported, and write nothing.")


@command(app, name="all")
def export_all_records(
    settings: Settings,
    file: Annotated[Path, ALL_FILE],
    dry_run: Annotated[bool, DRY_RUN] = False,
) -> Result:
    """Export everything to one zip file: all records, the log, drafts and files of evidence.

    ap import FILE all makes the same store of it where there is none. Only you can read the file.
    To keep a copy on another disk, ap db backup is as good.

    Examples: ap export all everything.zip --dry-run; ap export all everything.zip;
    ap export all . --json
    """
    from ..services.whole import export_all
    from ..store.opening import is_there
    from .whole import show_exported

    if not dry_run and is_there(settings.address):
        exporting.log_children(settings, "export all", [EVERY_CHILD])
    return show_exported(export_all(settings.address, file, dry_run), dry_run)
