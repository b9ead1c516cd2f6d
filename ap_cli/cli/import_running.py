"""Run an import: open the file, settle what it leaves open, import it, and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ..domain.days import count
from ..domain.imported import REFERENCE, ImportedRow
from ..errors import ApError
from ..exchange.columns import IGNORED, LIKE, find_alike, say_heading
from ..exchange.fields import NOUNS, WHAT_IS_WRONG, fold_heading
from ..exchange.import_file import (
    ImportFile,
    choose_sheets,
    find_told,
    fingerprint,
    nouns_of,
    say_noticed,
    tell_looks,
    unread_columns,
)
from ..exchange.layouts import Layout, list_layouts
from ..exchange.tables import open_tables
from ..exchange.whose import are_own, is_of_another, without_store
from ..forms.text import echo, first_of, name_file, shortened
from ..render.importing import show_import
from ..render.progress import with_progress
from ..render.result import Result
from ..render.wrong_rows import wrong_csv
from ..services import importing
from ..services.import_values import WRONG, Decisions, OtherStore
from ..services.importing import ImportReport
from ..store.disk import create_private
from ..store.queries.identity import id_of_store
from .import_choices import Choices, read_fills
from .import_mappings import KeptMapping, find_mapping, keep_mapping, read_mappings
from .settings import Settings

WRONG_CSV = ".wrong.csv"
"""What the name of the file of wrong rows has after that of the file."""

IDENTIFIED_BY = {
    "pupil": ("reference", "name", "surname", "upn"),
    "provider": ("reference", "name", "urn"),
    "placement": ("reference", "starts"),
}
"""The columns by which the records of a sheet are known; each needs one of them."""


def run_import(
    settings: Settings, file: Path, choices: Choices, dry_run: bool, skip_wrong: bool
) -> Result:
    """Import a file as chosen and return its report."""
    layouts = choose_sheets(open_layouts(settings, file, choices), choices.sheets)
    chosen = make_file(settings, layouts, choices)
    said = [*say_kept(settings, choices), *say_columns(settings, chosen, choices)]
    said += say_noticed(chosen)
    decisions = begin_decisions(settings, layouts, choices)
    if dry_run:
        report = rehearse(settings, chosen, decisions)
        return report_of(chosen, report, [*said, *say_other_store(layouts, report)], rehearsed=True)
    report = keep_rows(settings, chosen, decisions, skip_wrong)
    said += finish(settings, file, layouts, chosen, choices, report)
    said += say_other_store(layouts, report)
    return report_of(chosen, report, said, rehearsed=False)


def begin_decisions(settings: Settings, layouts: list[Layout], choices: Choices) -> Decisions:
    """Return what is decided of a file before its rows are looked at."""
    own = are_own(headings_of(layouts), id_of_store(settings.store)) or None
    return Decisions(
        providers=choices.providers,
        schools=choices.schools,
        commissioners=choices.commissioners,
        kinds=choices.kinds,
        own_references=False if choices.foreign else own,
    )


def say_foreign(choices: Choices) -> Iterator[str]:
    """Yield a line about the columns with references of another store, if there are some."""
    if choices.foreign:
        names = first_of([shortened(without_store(one)) for one in choices.foreign])
        yield (
            f"the file is from another store, and its references are not read ({names}): children"
            " are found by UPN, or name and date of birth, providers by URN or name"
        )


def say_other_store(layouts: list[Layout], report: ImportReport) -> Iterator[str]:
    """Yield how references are left out, if those of some rows are not those of this store."""
    if any(isinstance(asked, OtherStore) for asked in report.asks):
        columns = [
            column
            for layout in layouts
            for column in layout.columns
            if column.field and column.field.key == REFERENCE
        ]
        told = dict.fromkeys(f'--map "{shortened(one.heading)}={IGNORED}"' for one in columns)
        yield (
            "if the file is from another store, its references are not those of this one: leave"
            f" them out with {' '.join(told)}"
        )


def rehearse(settings: Settings, chosen: ImportFile, decisions: Decisions) -> ImportReport:
    """Return what would become of each row; nothing is kept."""
    return importing.rehearse(
        settings.store,
        rows_of(chosen, "looking"),
        decisions,
        chosen.nouns,
        settings.author,
        settings.today,
        chosen.mark,
    )


def keep_rows(
    settings: Settings, chosen: ImportFile, decisions: Decisions, skip_wrong: bool
) -> ImportReport:
    """Import the rows of a file and return what became of each."""
    return importing.import_rows(
        settings.store,
        rows_of(chosen, "importing"),
        decisions,
        chosen.nouns,
        settings.author,
        settings.today,
        skip_wrong,
        chosen.mark,
    )


def finish(
    settings: Settings,
    file: Path,
    layouts: list[Layout],
    chosen: ImportFile,
    choices: Choices,
    report: ImportReport,
) -> list[str]:
    """Write the rows that were left out, keep the answers under their name, and say so."""
    said = []
    if report.kept and report.wrong:
        said.append(write_wrong(file, chosen, report, choices.mapping is not None))
    if report.kept and choices.mapping:
        keep_mapping(choices.mapping, mapping_of(settings, layouts, choices))
    return said


def open_layouts(
    settings: Settings, file: Path, choices: Choices, asks: bool = False, strict: bool = True
) -> list[Layout]:
    """Return the sheets that can be read, with their columns as told or as kept.

    What was kept for such columns counts if the call names it, or if a terminal `asks` and shows
    it. If it is `strict`, raise ApError for two columns of one meaning.
    """
    tables, today = open_tables(file), settings.today
    store, called, is_first = id_of_store(settings.store), dict(choices.told), not choices.is_kept
    if is_first and choices.mapping is not None:
        add_kept(choices, "", store)
    layouts = list_layouts(tables, today, choices.told, choices.nouns, strict)
    if is_first:
        refuse_unknown_headings(layouts, called)
        choices.leave_out(
            (one for one in headings_of(layouts) if is_of_another(one, store)), called
        )
    if is_first and choices.mapping is None and asks:
        add_kept(choices, fingerprint(layouts), store)
    if choices.is_kept or choices.foreign:
        layouts = list_layouts(tables, today, choices.told, choices.nouns, strict)
    return layouts


def add_kept(choices: Choices, columns: str, store: str) -> None:
    """Add what was kept under the name that the call gives, or for a set of columns."""
    kept = find_mapping(read_mappings(), choices.mapping, columns, store)
    if kept is not None:
        choices.add(*kept)


def headings_of(layouts: list[Layout]) -> list[str]:
    """List the headings of all columns."""
    return [column.heading for layout in layouts for column in layout.columns]


def refuse_unknown_headings(layouts: list[Layout], told: dict[str, str]) -> None:
    """Raise ApError, with the nearest column, if `--map` names one that the file has not."""
    columns = {fold_heading(one.heading): one for layout in layouts for one in layout.columns}
    for heading in told:
        if fold_heading(heading) in columns:
            continue
        near = get_close_matches(fold_heading(heading), columns, 1, 0.6)
        meant = [f"{columns[one].place} ({shortened(columns[one].heading)})" for one in near]
        raise ApError(
            f"--map: no column is called {echo(heading)}"
            + (f"; did you mean {meant[0]}?" if meant else ": write it as the file has it")
        )


def say_kept(settings: Settings, choices: Choices) -> list[str]:
    """Return a line with what was kept and is used again, if something is."""
    if not choices.is_kept:
        return []
    if choices.kept_for not in ("", id_of_store(settings.store)):
        return [
            f"“{choices.kept_as}” was kept for another store: the columns are read as it says, and"
            " what it says of providers, schools and empty cells is not used"
        ]
    fills = [f"{name}={echo(text)}" for name, text in choices.fills.items()]
    filled = f"; empty cells are read as {', '.join(fills)}" if fills else ""
    return [f"the columns are read as kept under “{choices.kept_as}”; --map changes one{filled}"]


def make_file(settings: Settings, layouts: list[Layout], choices: Choices) -> ImportFile:
    """Return the file as it is read: unsure columns are left out. Raise ApError if unsure."""
    sure = [without_unsure(layout) for layout in layouts]
    refuse_unknown(sure, choices.nouns or nouns_of(sure))
    return ImportFile(
        sure,
        settings.today,
        nouns_read(sure, choices),
        read_fills(choices.fills, settings.today),
        choices.by_school,
        choices.with_hidden,
        choices.turned is not False,
    )


def nouns_read(sure: list[Layout], choices: Choices) -> list[str]:
    """List the records that are read of some sheets."""
    held = nouns_of(sure)
    return [noun for noun in choices.nouns or held if noun in held]


def without_unsure(layout: Layout) -> Layout:
    """Return a sheet without the fields of columns that only look like them."""
    columns = tuple(
        replace(column, field=None) if column.how == LIKE else column for column in layout.columns
    )
    return replace(layout, columns=columns)


def refuse_unknown(layouts: list[Layout], nouns: tuple[str, ...]) -> None:
    """Raise ApError if the columns do not say by what a record is known."""
    found = {column.field.name for layout in layouts for column in layout.columns if column.field}
    needed = NOUNS if "placement" in nouns else nouns
    missing = [
        noun
        for noun in needed
        if not any(f"{noun}.{key}" in found for key in IDENTIFIED_BY[noun])
        and "placement.reference" not in found
    ]
    if not nouns or missing:
        what = " and ".join(missing or NOUNS)
        raise ApError(
            f"no column says which {what} a row is about: say what the file has with ap import FILE"
            " pupils, providers or placements, and what a column holds with --map"
        )


def rows_of(file: ImportFile, label: str) -> Iterator[ImportedRow]:
    """Yield the rows of a file, with a bar on a terminal if there are many."""
    total = file.count_rows() if sys.stderr.isatty() else None
    return with_progress(file.rows(), label, total)


def say_columns(settings: Settings, file: ImportFile, choices: Choices) -> list[str]:
    """Return a line with the columns that are not read, if there are some."""
    said = list(say_foreign(choices))
    known = (WHAT_IS_WRONG, *choices.foreign)
    unread = [column for column in unread_columns(file.layouts) if column.heading not in known]
    if not unread:
        return said
    named = [f"{column.place} ({shortened(column.heading)})" for column in unread]
    lines = [*said, f"not read: {first_of(named, 8)}; --map says what a column holds"]
    for column in unread:
        likely = find_alike(column, file.nouns) if column.how == LIKE else None
        if likely is not None:
            told = f"{shortened(column.heading)}={likely.name}"
            lines.append(f'{column.place} is read with --map "{told}", if it holds that')
    return lines


def report_of(
    file: ImportFile, report: ImportReport, said: list[str], rehearsed: bool, brief: bool = False
) -> Result:
    """Return the report of an import, with the numbers of its sheets; a `brief` one has no rows."""
    return show_import(report, numbers_of_sheets(file), said, rehearsed, brief)


def numbers_of_sheets(file: ImportFile) -> dict[str, int]:
    """Map the names of a file's chosen sheets to their numbers."""
    return {layout.sheet.name: at for at, layout in enumerate(file.layouts, 1)}


def mapping_of(settings: Settings, layouts: list[Layout], choices: Choices) -> KeptMapping:
    """Return what to keep of the answers about a file's columns and what its rows left open."""
    sure = [without_unsure(layout) for layout in layouts]
    fields = {
        column.heading: column.field.name if column.field else "-"
        for layout in sure
        for column in layout.columns
    }
    return KeptMapping(
        columns=fingerprint(layouts),
        fields=fields,
        providers=choices.providers,
        schools=choices.schools,
        commissioners=choices.commissioners,
        kinds=choices.kinds,
        fills=choices.fills,
        turned=choices.turned,
        nouns=tuple(nouns_read(sure, choices)),
        by_school=choices.by_school,
        store=id_of_store(settings.store),
    )


def write_wrong(file: Path, chosen: ImportFile, report: ImportReport, are_kept: bool) -> str:
    """Write the rows that were left out beside the file, and say where.

    In the folder of the call if that of the file cannot be written to. `are_kept` is whether the
    answers about its columns are kept under a name.
    """
    wanted = {
        (row.sheet, row.number): tell_looks(row.wrong)
        for row in report.rows
        if row.outcome == WRONG
    }
    for folder in dict.fromkeys((file.parent, Path())):
        there = folder / f"{file.name}{WRONG_CSV}"
        with suppress(OSError):
            write_private(there, wrong_csv(wrong_lines(chosen, wanted, are_kept)))
            rows = count(len(wanted), "wrong row is", "wrong rows are")
            where = "beside it" if folder == file.parent else "in the folder of this call"
            name = name_file(there)
            if name != str(there):
                name = f"{name} that is called like yours with {WRONG_CSV} after it, {where}"
            them = "it" if len(wanted) == 1 else "them"
            return f"{rows} in {name}: mend {them} there, and import that file"
    return "no file with the wrong rows could be written here: --dry-run --json lists them again"


def wrong_lines(
    chosen: ImportFile, wanted: dict[tuple[str, int], str], are_kept: bool
) -> Iterator[list[Any]]:
    """Yield the names of the columns, then the wrong rows, each with what is wrong.

    Unless the answers about the columns are kept, the names say what each was read as.
    """
    header: list[str] = []
    for layout, row, reason in chosen.originals(wanted):
        names = list(layout.names) or [column.heading for column in layout.columns]
        if not are_kept or chosen.by_school:
            for column in layout.columns:
                names[column.position] = say_heading(column, chosen.nouns)
        told = find_told(layout)  # what an earlier import said is not said twice
        kept = [at for at in range(len(names)) if at != told]
        if names != header:
            header = names
            school = ["Home school"] if chosen.by_school else []
            yield [*(names[at] for at in kept), *school, WHAT_IS_WRONG]
        cells = [row.cells[at] if at < len(row.cells) else None for at in kept]
        yield [*cells, *([layout.sheet.name] if chosen.by_school else []), reason]


def write_private(file: Path, pieces: Iterator[bytes]) -> None:
    """Write a file that only its owner can read, in the place of an older one; raise OSError."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(create_private(beside), "wb") as out:
            for piece in pieces:
                out.write(piece)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
