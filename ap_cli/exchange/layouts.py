"""How a sheet is laid out: a row a child below the names of its columns, or a form a child."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from msgspec.structs import replace

from ..errors import ApError
from ..forms.form import Record
from ..forms.text import name_file
from .by_sheet import lists_providers, only_of, told_of
from .columns import TOLD, Column, is_anybodys, is_heading, match_columns, match_heading
from .fields import fold_heading
from .headers import find_header, name_columns, normal
from .looks import Noticed
from .sheets import Cell, Row, Sheet, Tables

SAMPLE = 60
"""The rows of a sheet that are looked at to tell how it is laid out."""

FEWEST_COLUMNS = 2
"""The fewest known columns of a table."""

FEWEST_LABELS = 3
"""The fewest known labels of a form, which stand one below the other."""

WIDEST_FORM = 64
"""Up to which column a cell with an error counts as the value of a label beside it."""

Told = Mapping[str, str]
FormPlaces = Mapping[int, tuple[tuple[int, int], ...]]
"""The cells that the value of each column of a form is in, or would be in."""


class Layout(Record, frozen=True):
    """A sheet with its columns.

    A table has the number of the row with their names, and that row; of a form each label is a
    column, whose value stands beside it.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    header: int = 0
    names: tuple[str, ...] = ()

    @property
    def is_form(self) -> bool:
        """Tell whether it is a form a child, with a label and its value in a row."""
        return not self.header

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the names of the columns; a form is one row."""
        if self.is_form:
            yield read_form(self.sheet, self.columns)
            return
        for row in self.sheet.rows():
            if row.number > self.header:
                yield row

    def noticed(self) -> Noticed:
        """Return what its cells do not say."""
        return self.sheet.noticed()

    def places(self) -> FormPlaces:
        """Map each column of a form to the cells that its value is in, or would be in."""
        at = {column.row: column.position for column in self.columns}
        return {
            at[row.number]: tuple((row.number, column) for column in value_columns(row))
            for row in self.sheet.rows()
            if row.number in at
        }


class Hints(Record, frozen=True):
    """What is known of a file's columns besides the sheet, as `match_columns` takes it."""

    today: date
    told: Told
    nouns: Sequence[str]
    strict: bool


def list_layouts(
    tables: Tables,
    today: date,
    told: Told | None = None,
    nouns: Sequence[str] = (),
    strict: bool = True,
) -> list[Layout]:
    """List the sheets of a file that can be read, with their columns; hidden ones come last.

    Raise ApError if there is none, and if it is `strict` for two columns of one meaning.
    """
    found = []
    for sheet in sorted(tables.sheets, key=lambda one: one.hidden):
        hints = Hints(today, told_of(told or {}, sheet.name), nouns, strict)
        layout = find_layout(sheet, hints)
        if layout is not None:
            found.append(layout)
    if not found:
        raise ApError(
            f"{name_file(tables.file)} has no row that names its columns, such as “Name, Date of"
            " birth, Provider, Start date”: write one above the rows"
        )
    return found


def find_layout(sheet: Sheet, hints: Hints) -> Layout | None:
    """Return how a sheet is laid out; None if it is neither a table nor a form."""
    sample = list(islice(sheet.rows(), SAMPLE))
    names_it = knows_headings(hints.told)
    at = find_header(sample, names_it)
    form = form_columns(sample, hints)
    across = sum(names_it(normal(cell)) for cell in sample[at].cells) if at is not None else 0
    if len(form) >= FEWEST_LABELS and len(form) > across:
        return Layout(sheet, form)
    if at is None or across < FEWEST_COLUMNS:
        return lone_column(sheet, sample, at, hints) if at is not None else None
    return table_layout(sheet, sample, at, hints)


def knows_headings(told: Told) -> Callable[[str], bool]:
    """Make what tells whether a text names a column, by what was told or by its words."""
    known = {fold_heading(name) for name in told}

    def names_it(text: str) -> bool:
        return fold_heading(text) in known or is_heading(text)

    return names_it


def lone_column(sheet: Sheet, sample: Sequence[Row], at: int, hints: Hints) -> Layout | None:
    """Return the layout of a table that is one column wide; None for a wider one."""
    is_narrow = all(sum(cell is not None for cell in row.cells) <= 1 for row in sample)
    return table_layout(sheet, sample, at, hints) if is_narrow else None


def table_layout(sheet: Sheet, sample: Sequence[Row], at: int, hints: Hints) -> Layout:
    """Return the layout of a table whose columns are named at a place of its first rows."""
    names = name_columns(sample, at)
    cells = [row.cells for row in sample[at + 1 :]]
    columns = match_columns(names, cells, hints.today, hints.told, hints.nouns, strict=False)
    is_of_providers = (not hints.nouns or "provider" in hints.nouns) and lists_providers(columns)
    nouns = ("provider",) if is_of_providers else hints.nouns
    columns = match_columns(names, cells, hints.today, hints.told, nouns, hints.strict)
    columns = only_of(columns, "provider") if is_of_providers else columns
    return Layout(sheet, columns, sample[at].number, names)


def form_columns(sample: Sequence[Row], hints: Hints) -> tuple[Column, ...]:
    """Return the labels of a form that are known or told of, each as the column of its value."""
    folded = {fold_heading(name): ours for name, ours in hints.told.items()}
    found: dict[str, Column] = {}
    of_provider = False
    for row in sample:
        label, value = label_and_value(row)
        column = match_heading(Column(0, label), folded, hints.nouns)
        if column.field is None and column.how != TOLD:
            of_provider = of_provider and not label  # an unknown label may begin another part
            continue
        if is_anybodys(column) and not of_provider:
            continue
        of_provider = column.field is not None and column.field.noun == "provider"
        name = column.field.name if column.field else label
        if name in found:
            continue
        samples = () if value is None else (normal(value),)
        found[name] = replace(column, position=len(found), row=row.number, samples=samples)
    return tuple(found.values())


def label_and_value(row: Row) -> tuple[str, Cell]:
    """Return the label of a row of a form, without a colon, and the value beside it."""
    filled = [cell for cell in row.cells if cell is not None]
    label = normal(filled[0]).rstrip(" :?") if filled else ""
    return label, filled[1] if len(filled) > 1 else None


def value_columns(row: Row) -> range:
    """Return where the value of a row of a form can be: from its label on, to the value if any."""
    filled = [at for at, cell in enumerate(row.cells) if cell is not None]
    return range(filled[0] + 1, filled[1] + 1 if len(filled) > 1 else WIDEST_FORM)


def read_form(sheet: Sheet, columns: Sequence[Column]) -> Row:
    """Return the values of a form as a row, whose number is that of its first label."""
    at = {column.row: column.position for column in columns}
    cells: list[Cell] = [None] * len(columns)
    for row in sheet.rows():
        if row.number in at:
            cells[at[row.number]] = label_and_value(row)[1]
    return Row(min(at), tuple(cells))
