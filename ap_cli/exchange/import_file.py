"""A file that is imported: its chosen sheets, their rows as answers, and what is said of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from ..domain.days import count
from ..domain.imported import ImportedRow
from ..domain.returned import PaperMark
from ..errors import ApError
from ..forms.text import echo, first_of, shortened
from .by_sheet import SheetColumn, by_key, has_more_than_providers
from .cells import is_blank
from .fields import NOUNS, WHAT_IS_WRONG, fold_heading
from .headers import refuse_same_names
from .imported import ERROR, RowReader
from .layouts import FormPlaces, Layout
from .looks import Noticed
from .sheets import Row, spell_column
from .whose import without_store

EVERY_SHEET = "all"
HOME_SCHOOL, PUPIL_NAME = "pupil.home_school", "pupil.name"

HIDDEN = "the row is hidden"
STRUCK, STRUCK_ROW = "it is struck through", "the row is struck through"
STRUCK_WORDS = "struck through"
MOST_ROWS = 10
"""The most rows with colours or comments that are named."""

EMPTY_IT = f"if it is to be imported, empty its cell in “{WHAT_IS_WRONG}”"
"""What is written to rows that are left out for how they look, as a CSV does not show that."""

CAPITALS = "its name has a part in capitals, perhaps the surname: it is kept as it stands"
FEWEST_CAPITALS = 3
"""The fewest letters of a word in capitals that are not initials."""

UNSTORED = (
    "its formula has no stored value: open the file in a spreadsheet and save it, or type the value"
)


SHOWN = {ERROR: "#REF!", UNSTORED: "#VALUE!"}
"""What a spreadsheet shows in a cell without a value of its own."""

BadCells = Callable[[int, int], str]
"""Why a cell cannot be trusted, by the number of its row and its column; empty if it can."""


class ImportFile:
    """The chosen sheets of a file, as a call reads them.

    `nouns` are the records that are read. `fills` has the answers of rows that leave a field empty,
    by its name. With `by_school` each sheet is named by the home school of its pupils. Hidden rows
    and those struck through are wrong, unless they are taken `with_hidden`. If it `turns_names`, in
    a column in which most names have one comma these have surnames first; `turned` is one of them.
    """

    def __init__(
        self,
        layouts: Sequence[Layout],
        today: date,
        nouns: Sequence[str],
        fills: Mapping[str, object] | None = None,
        by_school: bool = False,
        with_hidden: bool = False,
        turns_names: bool = True,
    ) -> None:
        self.layouts = tuple(layouts)
        self.nouns = tuple(nouns)
        self.today, self.with_hidden, self.by_school = today, with_hidden, by_school
        self.fills = dict(fills or {})
        self.turned = surname_first(self.layouts) if turns_names else ""

    @property
    def mark(self) -> PaperMark | None:
        """Return the mark of the paper that its only sheet is; None for any other file."""
        return self.layouts[0].sheet.mark if len(self.layouts) == 1 else None

    def name_of(self, layout: Layout) -> str:
        """Return what its rows call a sheet by: nothing, if it is the only one."""
        return layout.sheet.name if len(self.layouts) > 1 else ""

    def rows(self) -> Iterator[ImportedRow]:
        """Yield what each row of each sheet says: providers first, so that others can name them."""
        for layout in sorted(self.layouts, key=lambda one: has_more_than_providers(one.columns)):
            yield from self._rows_of(layout)

    def _rows_of(self, layout: Layout) -> Iterator[ImportedRow]:
        fills = self.fills | ({HOME_SCHOOL: layout.sheet.name} if self.by_school else {})
        noticed = layout.noticed()
        bad_cells = self._bad_cells_of(layout)
        places = layout.places() if layout.is_form else None
        reader = RowReader(
            layout.columns, self.today, fills, self.nouns, bad_cells, noticed.since_1904
        )
        name = self.name_of(layout)
        told = find_told(layout)
        for row in layout.rows():
            said = reader.read(name, row.number, row.cells)
            said = replace(self._with_name(said), columns=reader.places)
            out = ""
            if not (self.with_hidden or said.passed):
                out = why_left_out(row, noticed, told, places)
            yield ImportedRow(name, row.number, wrong=(out,)) if out else said

    def _with_name(self, said: ImportedRow) -> ImportedRow:
        """Return a row with the pupil's name as it is spoken, if that is sure; else it is noted."""
        written = said.pupil.get("name")
        if not isinstance(written, str):
            return said
        name = turn_name(written) if self.turned else written
        noted = said.noted + ((CAPITALS,) if has_capitals(name) else ())
        return replace(said, pupil={**said.pupil, "name": name}, noted=noted)

    def _bad_cells_of(self, layout: Layout) -> BadCells:
        """Return what says why a cell of a sheet, or the value of a form, cannot be trusted."""
        bad_cells = self._bad_cells(layout.noticed())
        return of_form(layout.places(), bad_cells) if layout.is_form else bad_cells

    def _bad_cells(self, noticed: Noticed) -> BadCells:
        hidden = frozenset() if self.with_hidden else noticed.hidden_rows

        def why(row: int, column: int) -> str:
            place = (row, column)
            if row in hidden:
                return HIDDEN
            if place in noticed.errors:
                return ERROR
            if place in noticed.unstored:
                return UNSTORED
            return STRUCK if place in noticed.struck and not self.with_hidden else ""

        return why

    def count_rows(self) -> int:
        """Count the rows of its sheets."""
        return sum(sum(1 for _ in layout.rows()) for layout in self.layouts)

    def originals(self, wanted: Mapping[tuple[str, int], str]) -> Iterator[tuple[Layout, Row, str]]:
        """Yield the rows that are wanted as they stand in the file, each with what is said of it.

        `wanted` has their sheets, as `rows` calls them, and numbers. A cell without a value of its
        own has an error, as a spreadsheet shows it, or it would be taken for an empty one.
        """
        for layout in self.layouts:
            name, is_bad = self.name_of(layout), self._bad_cells_of(layout)
            for row in layout.rows():
                if (name, row.number) in wanted:
                    yield layout, with_errors(row, is_bad), wanted[name, row.number]


def with_errors(row: Row, is_bad: BadCells) -> Row:
    """Return a row with an error in each empty cell that has no value of its own."""
    cells = (
        SHOWN.get(is_bad(row.number, at), cell) if cell is None else cell
        for at, cell in enumerate(row.cells)
    )
    return Row(row.number, tuple(cells))


def surname_first(layouts: Sequence[Layout]) -> str:
    """Return the first name that is like “Pupil, Test”, if most names are; empty if not."""
    first = ""
    turned = others = 0
    for layout in layouts:
        for at in positions_of(layout, PUPIL_NAME):
            for row in layout.rows():
                name = row.cells[at] if at < len(row.cells) else None
                if not isinstance(name, str) or is_blank(name) or is_alone(row, at):
                    continue
                is_turned = name != turn_name(name)
                first = first or (name if is_turned else "")
                turned, others = turned + is_turned, others + (not is_turned)
    return first if turned > others else ""


def positions_of(layout: Layout, name: str) -> list[int]:
    """List the positions of the columns that hold a field."""
    return [one.position for one in layout.columns if one.field and one.field.name == name]


def is_alone(row: Row, at: int) -> bool:
    """Tell whether a cell in the column of names is the only one of its row, such as a footer."""
    return all(cell is None for position, cell in enumerate(row.cells) if position != at)


def turn_name(name: str) -> str:
    """Return “Pupil, Test” as “Test Pupil”; as it is unless it has one comma between two names."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and last and "," not in first else name


def has_capitals(name: str) -> bool:
    """Tell whether a word of a name is all capitals, and longer than initials."""
    return any(len(word) >= FEWEST_CAPITALS and word.isupper() for word in name.split())


def find_told(layout: Layout) -> int | None:
    """Return the position of the column in which an import said what is wrong with a row."""
    wanted = fold_heading(WHAT_IS_WRONG)
    found = (one.position for one in layout.columns if fold_heading(one.heading) == wanted)
    return next(found, None)


def why_left_out(
    row: Row, noticed: Noticed, told: int | None, places: FormPlaces | None = None
) -> str:
    """Return why a row is left out for how it looks, or looked before an import wrote it down.

    A form has the `places` of its values, and is left out if all of them are hidden or struck.
    """
    filled = [at for at, cell in enumerate(row.cells) if cell is not None]
    cells = [((row.number, at),) if places is None else places.get(at, ()) for at in filled]
    if cells and all(any(line in noticed.hidden_rows for line, _ in cell) for cell in cells):
        return HIDDEN
    if len(cells) > 1 and all(any(one in noticed.struck for one in cell) for cell in cells):
        return STRUCK_ROW
    said = str(row.cells[told] or "") if told is not None and told < len(row.cells) else ""
    for look, reason in ((HIDDEN, HIDDEN), (STRUCK_WORDS, STRUCK)):
        if look in said:
            return f"{reason} in the file that it is from: {EMPTY_IT}"
    return ""


def tell_looks(reasons: Sequence[str]) -> str:
    """Return what is wrong with a row for the file of wrong rows, and what imports it all the same.

    That file cannot show that a row is hidden or struck through.
    """
    told = "; ".join(reasons)
    is_for_its_look = HIDDEN in told or STRUCK_WORDS in told
    return f"{told}; {EMPTY_IT}" if is_for_its_look and EMPTY_IT not in told else told


def of_form(places: FormPlaces, bad_cells: BadCells) -> BadCells:
    """Return what says why a value of a form cannot be trusted, by the cells that it stands in."""

    def why(_: int, column: int) -> str:
        return next(filter(None, (bad_cells(*place) for place in places.get(column, ()))), "")

    return why


def nouns_of(layouts: Sequence[Layout]) -> tuple[str, ...]:
    """Return the records that the columns of some sheets are about, in the order of NOUNS."""
    found = {column.field.noun for layout in layouts for column in layout.columns if column.field}
    return tuple(noun for noun in NOUNS if noun in found)


def fingerprint(layouts: Sequence[Layout]) -> str:
    """Return what tells a set of columns from others, whatever their order and their cells.

    That of the rows that an import left out is the same.
    """
    names = {
        fold_heading(without_store(column.heading))
        for layout in layouts
        for column in layout.columns
        if column.heading != WHAT_IS_WRONG
    }
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


def choose_sheets(layouts: Sequence[Layout], wanted: Sequence[str]) -> list[Layout]:
    """Return the sheets that are named, by name or number, or all; raise ApError for another.

    Without a name the one that is not hidden is meant; raise ApError if there are several, and if
    two columns of a sheet have one name.
    """
    chosen = sheets_called(layouts, wanted)
    for layout in chosen:
        refuse_same_names(layout.names)
    return chosen


def sheets_called(layouts: Sequence[Layout], wanted: Sequence[str]) -> list[Layout]:
    """Return the sheets that are named, as `choose_sheets` does."""
    seen = [layout for layout in layouts if not layout.sheet.hidden]
    if not wanted:
        if len(seen or layouts) == 1:
            return list(seen or layouts)
        names = ", ".join(f"{at} {name_sheet(one)}" for at, one in enumerate(seen, 1))
        raise ApError(
            f"{len(seen)} sheets have rows to import: {names}. Choose with --sheet, once for each,"
            f" or --sheet {EVERY_SHEET}"
        )
    if EVERY_SHEET in [name.lower() for name in wanted]:
        return seen or list(layouts)
    return [find_sheet(layouts, name) for name in dict.fromkeys(wanted)]


def name_sheet(layout: Layout) -> str:
    """Return the name of a sheet to show; that of a form may be a child's."""
    return echo(layout.sheet.name) if layout.is_form else shortened(layout.sheet.name)


def find_sheet(layouts: Sequence[Layout], name: str) -> Layout:
    """Return the sheet of a name or number; raise ApError if there is none."""
    for layout in layouts:
        if layout.sheet.name.casefold() == name.strip().casefold():
            return layout
    if name.isdecimal() and 1 <= int(name) <= len(layouts):
        return layouts[int(name) - 1]
    names = first_of([name_sheet(layout) for layout in layouts], 8)
    raise ApError(f"--sheet: {echo(name)} is no sheet with rows to import: choose one of {names}")


def say_noticed(file: ImportFile) -> list[str]:
    """Return a line for each kind of thing that the cells of the sheets do not say."""
    counts: Counter[str] = Counter()
    hidden_columns: list[str] = []
    commented: list[int] = []
    coloured: list[int] = []
    too_old = False
    for layout in file.layouts:
        noticed = layout.noticed()
        too_old = too_old or not noticed.looked
        commented += [row for row, _ in noticed.comments]
        is_read = reads_of(layout)
        counts["hidden row"] += sum(is_read(row, None) for row in noticed.hidden_rows)
        for kind, places in (
            ("struck-through cell", noticed.struck),
            ("cell with an error", noticed.errors),
            ("formula without a stored value", noticed.unstored),
        ):
            counts[kind] += sum(is_read(row, at) for row, at in places)
        coloured += [row for row, at in noticed.coloured if is_read(row, at)]
        hidden_columns += [spell_column(at) for at in noticed.hidden_columns if is_read(None, at)]
    lines = list(noticed_lines(counts, hidden_columns, file.with_hidden, too_old))
    for rows, one, several, then in (
        (coloured, "coloured cell", "coloured cells", ": ap does not read what a colour means"),
        (commented, "comment on a cell", "comments on cells", ", which ap does not read"),
    ):
        if rows:
            where = first_of([str(row) for row in sorted(set(rows))], MOST_ROWS)
            lines.append(f"{count(len(rows), one, several)}{then}: row {where}")
    return lines


def reads_of(layout: Layout) -> Callable[[int | None, int | None], bool]:
    """Return what tells whether a cell of a sheet is read: its row and column, None for any."""
    read = {column.position for column in layout.columns if column.field}

    def is_below(row: int | None, at: int | None) -> bool:
        return (row is None or row > layout.header) and (at is None or at in read)

    if not layout.is_form:
        return is_below
    places = {place for at, found in layout.places().items() if at in read for place in found}

    def is_read(row: int | None, at: int | None) -> bool:
        return any(row in (None, one[0]) and at in (None, one[1]) for one in places)

    return is_read


def noticed_lines(
    counts: Counter[str], hidden_columns: Sequence[str], with_hidden: bool, too_old: bool
) -> Iterator[str]:
    """Yield a line for each kind of thing that was noticed, with what became of it."""
    not_taken = "imported, as you asked" if with_hidden else "not imported without --with-hidden"
    for kind, then in (
        ("hidden row", not_taken),
        ("struck-through cell", not_taken),
        ("cell with an error", "the row is wrong"),
        ("formula without a stored value", "the row is wrong"),
    ):
        if number := counts[kind]:
            yield f"{count(number, kind, plural(kind))}: {then}"
    if hidden_columns:
        yield f"hidden, and read all the same: {', '.join(map('column {}'.format, hidden_columns))}"
    if too_old:
        yield "this file is too old to tell hidden rows and struck-through cells: save it as .xlsx"


def plural(kind: str) -> str:
    """Return several of a kind: "cells with an error"."""
    first, *rest = kind.split(" ", 1)
    if first in ("cell", "formula"):
        return " ".join((f"{first}s", *rest))
    return f"{kind}s"


def columns_of_sheets(layouts: Sequence[Layout]) -> list[SheetColumn]:
    """List the columns of sheets, each heading once unless it holds something else in another."""
    return by_key((layout.sheet.name, layout.columns) for layout in layouts)


def unread_columns(layouts: Sequence[Layout]) -> list[SheetColumn]:
    """List the columns that are not read, each heading once."""
    return [one for one in columns_of_sheets(layouts) if one.column.field is None]
