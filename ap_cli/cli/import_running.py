"""Run an import: open the file, settle what it leaves open, import it, and report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from ..domain.imported import REFERENCE, ImportedRow
from ..errors import ApError
from ..exchange.columns import LIKE
from ..exchange.fields import NOUNS
from ..exchange.import_file import (
    ImportFile,
    columns_of_sheets,
    fingerprint,
    nouns_of,
    say_noticed,
)
from ..exchange.layouts import Layout
from ..exchange.whose import are_own
from ..render.importing import show_import
from ..render.progress import with_progress
from ..render.result import Result
from ..services import importing
from ..services.import_values import Decisions
from ..services.importing import ImportReport
from ..store.queries.identity import id_of_store
from .import_choices import Choices, read_fills
from .import_mappings import (
    KeptMapping,
    free_name,
    keep_mapping,
    keep_names,
    read_mappings,
)
from .import_opening import choose_named, headings_of, lay_out, open_chosen
from .import_saying import columns_of, say_columns, say_kept, say_left_open
from .import_wrong import write_wrong
from .settings import Settings

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
    tables = open_chosen(settings, file, choices, choose_named)
    layouts = lay_out(settings, tables, choices)
    chosen = make_file(settings, layouts, choices)
    said = [*say_kept(settings, choices), *say_columns(chosen, choices)]
    said += say_noticed(chosen)
    decisions = begin_decisions(settings, layouts, choices)
    if dry_run:
        report = rehearse(settings, chosen, decisions)
        return report_of(
            chosen, report, [*said, *say_left_open(layouts, report, choices)], rehearsed=True
        )
    report = keep_rows(settings, chosen, decisions, skip_wrong)
    said += finish(settings, file, layouts, chosen, choices, report, skip_wrong)
    said += say_left_open(layouts, report, choices)
    return report_of(chosen, report, said, rehearsed=False, skip_wrong=skip_wrong)


def begin_decisions(settings: Settings, layouts: list[Layout], choices: Choices) -> Decisions:
    """Return what is decided of a file before its rows are looked at."""
    own: bool | None = are_own(headings_of(layouts), id_of_store(settings.store)) or None
    if choices.foreign:  # somebody may have added a column with those of this store
        own = bool(columns_of(layouts, REFERENCE))
    return Decisions(
        providers=choices.providers,
        schools=choices.schools,
        commissioners=choices.commissioners,
        kinds=choices.kinds,
        own_references=own,
        is_from_another=bool(choices.foreign),
    )


def rehearse(settings: Settings, chosen: ImportFile, decisions: Decisions) -> ImportReport:
    """Return what would become of each row; nothing is kept."""
    return importing.rehearse(
        settings.store,
        RowsOf(chosen, "looking"),
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
        RowsOf(chosen, "importing"),
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
    skip_wrong: bool,
) -> list[str]:
    """Write the rows that were left out, keep the answers under their name, and say so.

    What cannot be kept is said: the rows are imported by now.
    """
    said, is_kept = [], choices.mapping is not None
    if report.kept and choices.mapping:
        try:
            keep_mapping(choices.mapping, mapping_of(settings, layouts, choices))
        except ApError as problem:
            said, is_kept = [f"your answers could not be kept: {problem}"], False
    elif choices.is_kept or not (report.kept or report.wrong):
        said += keep_answers_of_names(settings, layouts, choices)
    if report.wrong and (report.kept or skip_wrong):
        said.insert(0, write_wrong(file, chosen, report, is_kept))
    return said


def keep_answers_of_names(settings: Settings, layouts: list[Layout], choices: Choices) -> list[str]:
    """Keep what is answered of names where nobody asks whether to, so that it is not asked again.

    Beside what is kept for such columns, or under a name of its own; return what to say of that.
    """
    mapping = mapping_of(settings, layouts, choices)
    if choices.kept_for not in ("", mapping.store):
        return []
    try:
        name = choices.mapping or choices.kept_as or free_name(read_mappings())
        is_news = keep_names(name, mapping)
    except ApError as problem:
        return [f"your answers could not be kept: {problem}"]
    return [f"your answers are kept as “{name}”"] if is_news else []


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


class RowsOf:
    """The rows of a file, with a bar on a terminal if there are many; read anew each time."""

    def __init__(self, file: ImportFile, label: str) -> None:
        self._file, self._label = file, label

    def __iter__(self) -> Iterator[ImportedRow]:
        """Yield the rows in order."""
        total = self._file.count_rows() if sys.stderr.isatty() else None
        return with_progress(self._file.rows(), self._label, total)


def report_of(
    file: ImportFile,
    report: ImportReport,
    said: list[str],
    rehearsed: bool,
    brief: bool = False,
    skip_wrong: bool = False,
) -> Result:
    """Return the report of an import, with the numbers of its sheets; a `brief` one has no rows."""
    return show_import(report, numbers_of_sheets(file), said, rehearsed, brief, skip_wrong)


def numbers_of_sheets(file: ImportFile) -> dict[str, int]:
    """Map the names of a file's chosen sheets to their numbers."""
    return {layout.sheet.name: at for at, layout in enumerate(file.layouts, 1)}


def mapping_of(settings: Settings, layouts: list[Layout], choices: Choices) -> KeptMapping:
    """Return what to keep of the answers about a file's columns and what its rows left open."""
    sure = [without_unsure(layout) for layout in layouts]
    fields = {
        one.key: one.column.field.name if one.column.field else "-"
        for one in columns_of_sheets(sure)
    }
    return KeptMapping(
        columns=fingerprint(layouts),
        fields=fields,
        providers=choices.providers,
        schools=choices.schools,
        commissioners=choices.commissioners,
        kinds=choices.kinds,
        fills=choices.habits,
        turned=choices.turned,
        nouns=tuple(nouns_read(sure, choices)),
        by_school=choices.by_school,
        store=id_of_store(settings.store),
    )
