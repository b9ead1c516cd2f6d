"""The columns of several sheets: one heading may hold something else in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from ..forms.form import Record
from ..forms.text import shortened
from .columns import NAME, TOLD, Column
from .fields import ANYBODYS, fold_heading

OF_SHEET = "!"
"""What stands between the name of a sheet and a heading there, as a spreadsheet writes it."""


class SheetColumn(Record, frozen=True):
    """A column that is told of under a `key`, in the `sheets` in which it holds the same."""

    key: str
    column: Column
    sheets: tuple[str, ...]

    @property
    def is_of_one_sheet(self) -> bool:
        """Tell whether its heading holds something else in another sheet."""
        return self.key != self.column.heading

    @property
    def label(self) -> str:
        """Return what it is called for people: its heading, with its sheet if that is needed."""
        heading = self.column.heading
        return f"{shortened(self.sheets[0], 25)}: {heading}" if self.is_of_one_sheet else heading


def told_of(told: Mapping[str, str], sheet: str) -> dict[str, str]:
    """Return what is told of the columns of a sheet, by their headings as they are compared.

    “Providers!Name” is told of that sheet alone, and beats what is told of “Name”.
    """
    found = {fold_heading(key): ours for key, ours in told.items()}
    begins = f"{sheet}{OF_SHEET}".casefold()
    for key, ours in told.items():
        if key.casefold().startswith(begins):
            found[fold_heading(key[len(begins) :])] = ours
    return found


def by_key(sheets: Iterable[tuple[str, Sequence[Column]]]) -> list[SheetColumn]:
    """List the columns of sheets, each heading once unless it holds something else in another."""
    meanings: dict[str, dict[tuple[str, int], list[tuple[str, Column]]]] = {}
    for sheet, columns in sheets:
        for column in columns:
            meaning = (column.field.name if column.field else "", column.group)
            same = meanings.setdefault(fold_heading(column.heading), {})
            same.setdefault(meaning, []).append((sheet, column))
    found = []
    for same in meanings.values():
        for those in same.values():
            if len(same) == 1:
                found.append(shared(those))
            else:
                found += [SheetColumn(sheet_key(*one), one[1], (one[0],)) for one in those]
    return found


def shared(those: Sequence[tuple[str, Column]]) -> SheetColumn:
    """Return the column of a heading that holds the same in all sheets that have it."""
    column = those[0][1]
    return SheetColumn(column.heading, column, tuple(sheet for sheet, _ in those))


def sheet_key(sheet: str, column: Column) -> str:
    """Return what a column of one sheet is told of under."""
    return f"{sheet}{OF_SHEET}{column.heading}"


OF_A_CHILD = frozenset(
    (
        *("pupil", "pupils", "child", "children", "student", "students", "learner", "yp", "parent"),
        *("carer", "guardian", "mother", "father", "gender", "sex", "year", "yr", "form", "tutor"),
        *("class", "age", "ethnicity", "attendance"),
    )
)
"""Words of headings that nobody writes in a list of providers, also where they are not read."""

OF_A_PROVIDER = frozenset(
    f"placement.{key}" for key in ("nature", "cost", "transport", "owner", "aim", "school_hours")
)
"""What a list of providers can say of all placements there, which is not read then."""

FEWEST = 2
"""The fewest columns, beside the name, that say that a list is one of providers."""


def lists_providers(columns: Sequence[Column]) -> bool:
    """Tell whether “Name” is a provider's: other columns are its, and none is a child's."""
    fields = {column.field.name: column for column in columns if column.field is not None}
    name = fields.pop("pupil.name", None)
    if name is None or name.how != NAME or fold_heading(name.heading) != "name":
        return False
    theirs = [one for one in fields.values() if one.field and one.field.noun == "provider"]
    unread = [column for column in columns if column.field is None and column.how != TOLD]
    anybodys = [column for column in unread if fold_heading(column.heading) in ANYBODYS]
    others = {one for one in fields if not one.startswith("provider.")} - OF_A_PROVIDER
    words = {word for column in unread for word in fold_heading(column.heading).split()}
    is_named = "provider.name" in fields
    return (
        bool(theirs)
        and len(theirs) + len(anybodys) >= FEWEST
        and not (is_named or others or words & OF_A_CHILD)
    )


def has_more_than_providers(columns: Sequence[Column]) -> bool:
    """Tell whether a sheet is of other records than providers."""
    return {column.field.noun for column in columns if column.field} != {"provider"}


def only_of(columns: Sequence[Column], noun: str) -> tuple[Column, ...]:
    """Return columns of which those of other records are not read, unless somebody said so."""
    return tuple(
        replace(column, field=None, how="")
        if column.field is not None and column.field.noun != noun and column.how != TOLD
        else column
        for column in columns
    )
