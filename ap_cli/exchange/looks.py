"""What a person sees in a sheet, or does not, and the values of its cells do not say."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from ..forms.form import Record

WIDEST = 16_384
"""The most columns that a spreadsheet has."""


class Places:
    """Cells of a sheet, by the number of the row and the position of the column (A is 0).

    They are added in the order of the rows, and take eight bytes each.
    """

    def __init__(self) -> None:
        self._packed = array("Q")

    def add(self, row: int, column: int) -> None:
        """Add a cell that comes after those that are here."""
        self._packed.append(row * WIDEST + column)

    def __contains__(self, place: tuple[int, int]) -> bool:
        packed = place[0] * WIDEST + place[1]
        at = bisect_left(self._packed, packed)
        return at < len(self._packed) and self._packed[at] == packed

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for packed in self._packed:
            yield divmod(packed, WIDEST)

    def __len__(self) -> int:
        return len(self._packed)


NO_PLACES = Places()


class Noticed(Record, frozen=True):
    """What a person sees in a sheet, or does not, and the values of its cells do not say.

    `coloured` are cells with a fill, `comments` those with a comment, whether or not they have a
    value. Without `looked` the format of the file is too old to tell. `since_1904` is whether its
    numbers for days count from 1904.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: Places = NO_PLACES
    errors: Places = NO_PLACES
    unstored: Places = NO_PLACES
    coloured: Places = NO_PLACES
    comments: Places = NO_PLACES
    looked: bool = True
    since_1904: bool = False


class Look(Noticed, frozen=True):
    """What was noticed in a sheet, and how far its values reach: the last row, the last column.

    The row is 0 and the column -1 if there is none.
    """

    last_row: int = 0
    last_column: int = -1


class Seen:
    """What is found in a sheet while it is gone through, row by row."""

    def __init__(self) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.struck, self.errors = Places(), Places()
        self.unstored, self.coloured = Places(), Places()
        self.comments: set[tuple[int, int]] = set()
        self.last_row, self.last_column = 0, -1

    def reach(self, row: int, column: int) -> None:
        """Note that a cell has a value."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def look(self) -> Look:
        """Return all of it."""
        comments = Places()
        for row, column in sorted(self.comments):
            comments.add(row, column)
        return Look(
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            struck=self.struck,
            errors=self.errors,
            unstored=self.unstored,
            coloured=self.coloured,
            comments=comments,
            last_row=self.last_row,
            last_column=self.last_column,
        )
