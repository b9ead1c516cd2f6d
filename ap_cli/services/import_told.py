"""What the rows of a file have told so far: of which records, and which questions they answered."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from ..domain.imported import Answered
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import Noun, reference
from ..store.opening import Store
from ..store.queries import known as queries
from .import_known import Known
from .import_values import Earlier
from .meant import fold

PAGE = 1024
"""How many records have their places next to each other."""

NUMBERS = 3
"""How many numbers are kept of a record."""


class Told:
    """The records that rows have told of: the first row of each, the last, and what all answered.

    A record takes three numbers: the rows, and that of the set of its answers, counted from 1.
    """

    def __init__(self) -> None:
        self._pages: dict[tuple[type[Noun], int], array[int]] = {}
        self._numbers: dict[frozenset[str], int] = {}
        self._answers: list[frozenset[str]] = []

    def earlier(self, noun: type[Noun], id: int) -> Earlier | None:
        """Return what earlier rows told of a record; None if none did."""
        if not self.has(noun, id):
            return None
        _, last, answers = self._pages[noun, id // PAGE][places_of(id)]
        return Earlier(last, self._answers[answers - 1])

    def first_row(self, noun: type[Noun], id: int) -> int | None:
        """Return the number of the first row that told of a record; None if none did."""
        return self._pages[noun, id // PAGE][places_of(id)][0] if self.has(noun, id) else None

    def has(self, noun: type[Noun], id: int) -> bool:
        """Tell whether a row has told of a record."""
        page = self._pages.get((noun, id // PAGE))
        return page is not None and page[places_of(id)][-1] > 0

    def remember(self, noun: type[Noun], id: int, number: int, answers: Answered) -> None:
        """Remember what a row told of a record."""
        answered = frozenset(answers)
        before = self.earlier(noun, id)
        if before is not None:
            answered |= before.answered
        key = (noun, id // PAGE)
        if key not in self._pages:
            self._pages[key] = array("Q", bytes(8 * NUMBERS * PAGE))
        first = self.first_row(noun, id) or number
        told = (first, number, self._number_of(answered))
        self._pages[key][places_of(id)] = array("Q", told)

    def _number_of(self, answered: frozenset[str]) -> int:
        """Return the number of a set of answers: most rows answer the same."""
        if answered not in self._numbers:
            self._answers.append(answered)
            self._numbers[answered] = len(self._answers)
        return self._numbers[answered]


def places_of(id: int) -> slice:
    """Return where the numbers of a record stand in its page."""
    at = NUMBERS * (id % PAGE)
    return slice(at, at + NUMBERS)


def name_record(known: Known, told: Told, noun: type[Noun], id: int) -> str:
    """Return the reference of a record, or the first row of one that the import adds."""
    row = told.first_row(noun, id) if known.is_new(noun, id) else None
    return reference(noun.PREFIX, id) if row is None else f"the new {noun.NOUN} of row {row}"


def list_absent(store: Store, told: Told, nouns: Sequence[str]) -> tuple[str, ...]:
    """List the references of those in ap of which no row has told, once all rows are read.

    They are placements that had not ended if the file has some, else pupils and providers, if it
    has such. Children, and their placements, are missed if their home school is one of the file's.
    """
    of_file = {
        fold(school)
        for noun in (Pupil, Placement)
        for id, school, _ in queries.records(store, noun.NOUN)
        if told.has(noun, id)
    }
    wanted: list[type[Noun]] = [Placement] if Placement.NOUN in nouns else [Pupil, Provider]
    return tuple(
        reference(noun.PREFIX, id)
        for noun in wanted
        if noun.NOUN in nouns
        for id, school, is_open in queries.records(store, noun.NOUN)
        if is_open and not told.has(noun, id)
        if noun is Provider or not of_file or fold(school) in of_file
    )
