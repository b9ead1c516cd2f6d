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


class Told:
    """The records that rows have told of; each has its last row, and what all of them answered.

    A record takes sixteen bytes: the row, and the number of the set of its answers, counted from 1.
    """

    def __init__(self) -> None:
        self._pages: dict[tuple[type[Noun], int], array[int]] = {}
        self._numbers: dict[frozenset[str], int] = {}
        self._answers: list[frozenset[str]] = []

    def earlier(self, noun: type[Noun], id: int) -> Earlier | None:
        """Return what earlier rows told of a record; None if none did."""
        if not self.has(noun, id):
            return None
        at = 2 * (id % PAGE)
        number, answers = self._pages[noun, id // PAGE][at : at + 2]
        return Earlier(number, self._answers[answers - 1])

    def has(self, noun: type[Noun], id: int) -> bool:
        """Tell whether a row has told of a record."""
        page = self._pages.get((noun, id // PAGE))
        return page is not None and page[2 * (id % PAGE) + 1] > 0

    def remember(self, noun: type[Noun], id: int, number: int, answers: Answered) -> None:
        """Remember what a row told of a record."""
        answered = frozenset(answers)
        before = self.earlier(noun, id)
        if before is not None:
            answered |= before.answered
        key = (noun, id // PAGE)
        if key not in self._pages:
            self._pages[key] = array("Q", bytes(16 * PAGE))
        at = 2 * (id % PAGE)
        self._pages[key][at : at + 2] = array("Q", (number, self._number_of(answered)))

    def _number_of(self, answered: frozenset[str]) -> int:
        """Return the number of a set of answers: most rows answer the same."""
        if answered not in self._numbers:
            self._answers.append(answered)
            self._numbers[answered] = len(self._answers)
        return self._numbers[answered]


def name_record(known: Known, told: Told, noun: type[Noun], id: int) -> str:
    """Return the reference of a record; one that the import adds has none yet, and has its row."""
    earlier = told.earlier(noun, id) if known.is_new(noun, id) else None
    if earlier is None:
        return reference(noun.PREFIX, id)
    return f"the new {noun.NOUN} of row {earlier.number}"


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
