"""A file that is no list of pupils, providers or placements, told by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ..errors import ApError
from ..forms.text import name_file
from ..store.whole import CONTENTS
from . import gias, terms
from .attendance_columns import SAMPLE, MarkColumn, find_layout
from .columns import Column
from .fields import WHAT_IS_WRONG
from .layouts import Layout
from .marks import NO_MARK, is_code, is_pair
from .sheets import HEADER_WITHIN, Row, Sheet, Tables

CALLED: Mapping[str, str] = {
    "attendance": "marks of attendance",
    "terms": "term dates",
    "gias": "the public register of schools",
    "all": "all of a store",
}
"""What a file may be instead, by what `ap import` calls it, in words."""

OF_A_LIST: Mapping[str, tuple[str, ...]] = {
    "attendance": ("placement.starts",),
    "terms": ("pupil.", "provider."),
    "gias": ("pupil.", "placement."),
}
"""How the fields begin by which a table is a list after all, whatever else its columns say."""

OF_ONE_PLACEMENT = " --placement PL-0001, as no column says whose marks they are"
"""What is added where all marks have to be of one placement."""

FIRST_ROWS = HEADER_WITHIN + SAMPLE
"""The rows of a sheet that are looked at."""


class OtherFile(ApError):
    """A file that is no list; `kind` is what `ap import` calls what it is."""

    def __init__(self, file: Path, kind: str, flags: str = "") -> None:
        self.kind, self.called = kind, CALLED[kind]
        lists = "" if kind == "all" else "; if it is a list of pupils, ap import FILE pupils"
        super().__init__(
            f"{name_file(file)} looks like {self.called}: import it with ap import FILE {kind}"
            f"{flags}{lists}"
        )


def refuse_other_file(
    file: Path, today: date, tables: Tables | None, layouts: Sequence[Layout] = ()
) -> None:
    """Raise OtherFile if a file looks like something else than lists that are laid out so.

    It has no `tables` if it could not be opened as such. What an import left out is of a list.
    """
    if tables is None:
        if is_whole_store(file):
            raise OtherFile(file, "all")
        return
    lists = [layout for layout in layouts if not layout.sheet.hidden]
    if not lists and terms.is_calendar(file):
        raise OtherFile(file, "terms")
    for kind in HOLDS:
        found = [looks_like(kind, layout.sheet, layout.columns, today) for layout in lists]
        if not lists:
            found = [any(looks_like(kind, sheet, (), today) for sheet in tables.sheets)]
        if all(found):
            flags = "" if kind != "attendance" or says_whose(tables, today) else OF_ONE_PLACEMENT
            raise OtherFile(file, kind, flags)


def says_whose(tables: Tables, today: date) -> bool:
    """Return whether marks of attendance say whose they are in some sheet."""
    for sheet in tables.sheets:
        with suppress(ApError):
            find_layout(list(islice(sheet.rows(), FIRST_ROWS)), today, only=False)
            return True
    return False


def looks_like(kind: str, sheet: Sheet, columns: Sequence[Column], today: date) -> bool:
    """Return whether a sheet looks like something else than a list with these columns."""
    known = [column.field.name for column in columns if column.field is not None]
    is_list = any(name.startswith(OF_A_LIST[kind]) for name in known)
    was_left_out = any(column.heading == WHAT_IS_WRONG for column in columns)
    if is_list or was_left_out or sheet.hidden:
        return False
    return HOLDS[kind](list(islice(sheet.rows(), FIRST_ROWS)), today)


def is_whole_store(file: Path) -> bool:
    """Return whether a file is what `ap export all` writes, by its table of contents."""
    try:
        with ZipFile(file) as archive:
            return CONTENTS in archive.namelist()
    except (BadZipFile, OSError):
        return False


def holds_marks(rows: Sequence[Row], today: date) -> bool:
    """Return whether rows have marks of attendance: codes below days, or beside the day of each."""
    try:
        layout = find_layout(rows, today, only=True)
    except ApError:
        return False
    body = [row for row in rows if row.number > layout.header]
    return any(has_codes(body, column) for column in layout.marks)


def has_codes(body: Sequence[Row], column: MarkColumn) -> bool:
    """Return whether most cells of a column are codes of marks; a total below them is none."""
    at = column.position
    cells = [str(row.cells[at]).strip() for row in body if at < len(row.cells) and row.cells[at]]
    marks = [is_code(cell) or is_pair(cell) for cell in cells if cell not in NO_MARK]
    return 2 * sum(marks) > len(marks)


def holds_terms(rows: Sequence[Row], today: date) -> bool:
    """Return whether rows stand below the names of a table of term dates."""
    return terms.header_of([terms.texts_of(row) for row in rows]) is not None


def holds_register(rows: Sequence[Row], today: date) -> bool:
    """Return whether rows are of the public register of schools, by the names of its columns."""
    return bool(rows) and gias.is_header([str(cell or "") for cell in rows[0].cells])


HOLDS: Mapping[str, Callable[[Sequence[Row], date], bool]] = {
    "gias": holds_register,
    "attendance": holds_marks,
    "terms": holds_terms,
}
"""What tells by the first rows of a sheet what it is, by what `ap import` calls that."""
