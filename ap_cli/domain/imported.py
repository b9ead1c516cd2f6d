"""A row of a spreadsheet as answers: what somebody else's table says of a child and its places."""

from __future__ import annotations

from collections.abc import Mapping

from ..forms.form import Record

Answered = Mapping[str, object]
"""Answers by the keys of their questions, without those that were left empty."""

REFERENCE = "reference"
"""The key of a record's own reference among its answers."""

ANOTHER_WORD = "new"
"""What stands for a reference where a row is about none of the records that are like it."""


class ImportedPlace(Record, frozen=True):
    """One place of a row: what it says of a provider, and of the placement there.

    `filled` has the names of the fields that the row leaves empty and an answer for all rows fills.
    """

    provider: Answered = {}
    placement: Answered = {}
    filled: frozenset[str] = frozenset()


class ImportedRow(Record, frozen=True):
    """A row with its number in its sheet, and what it says; a row can have several places.

    `wrong` has what cannot be read, a sentence for each cell, `noted` what is read otherwise than
    it stands. A row that is passed over has the reason in `passed`, and no answers. `emptied` names
    the fields of a form whose answer somebody has taken out. `columns` maps a question, such as
    "pupil.born", to the column that it is answered in, for people. `filled` has the fields of the
    pupil that the row leaves empty and an answer for all rows fills.
    """

    sheet: str
    number: int
    pupil: Answered = {}
    places: tuple[ImportedPlace, ...] = ()
    wrong: tuple[str, ...] = ()
    passed: str = ""
    noted: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    columns: Mapping[str, str] = {}
    filled: frozenset[str] = frozenset()
