"""Whose the marks of a row are: a placement, or a pupil by reference, UPN or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..domain.attendance import Reported
from ..domain.identifiers import is_like_upn
from ..domain.pupil import Pupil
from ..forms.days import read_day
from ..forms.form import Record, question
from .attendance_titles import Titles
from .cells import read_cell
from .headers import normal
from .tables import Cell

REFERENCE = re.compile(r"(PL|P)-?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
TOTALS = re.compile(
    r"(grand |sub-?)?totals?\b|average\b|mean\b|percent|%|number of|sessions\b", re.IGNORECASE
)
"""How a row begins that has sums."""

PLACEMENT_PROBLEM = "write its placement like PL-0001"
PUPIL_PROBLEM = "write its pupil as a reference like P-0001, or as a UPN"
BORN_PROBLEM = "write its date of birth like 27/02/2011"
NO_PUPIL = "write its pupil or its placement"


class Subject(Record, frozen=True):
    """Whose marks a row has; `problem` says what is wrong with it, `told` what the file calls it.

    A pupil is a reference's number or a UPN; `name` is the child's own, `born` the date of birth.
    `at` is what may name the provider.
    """

    placement: int | None = None
    pupil: int | str | None = None
    name: str = ""
    told: str = ""
    problem: str = ""
    is_total: bool = False
    born: date | None = None
    at: tuple[str, ...] = ()

    def mark(self, row: int, day: date, half: int, code: str, nature: str | None) -> Reported:
        """Return a mark of a row."""
        return Reported(
            row,
            "",
            self.placement,
            self.pupil,
            self.told,
            day,
            half,
            code,
            nature,
            self.name,
            self.born,
            self.at,
        )

    def without_mark(self, row: int) -> Reported:
        """Return that a row has no mark for a session."""
        return Reported(row, "", self.placement, self.pupil, self.told, name=self.name)

    def wrong(self, row: int, problem: str) -> Reported:
        """Return what is wrong with a mark of a row."""
        return Reported(row, problem, self.placement, self.pupil, self.told, name=self.name)


def read_subject(
    names: Sequence[str], titles: Titles, today: date, cells: Sequence[Cell]
) -> Subject:
    """Return whose marks a row has, by the cells of the columns of these names.

    Without such columns it is the child named above the table.
    """
    texts = {name: normal(cell) for name, cell in zip(names, cells, strict=True)}
    provider = texts.pop("provider", "")
    at = (provider,) if provider else titles.texts
    if not texts:
        return Subject(
            pupil=titles.upn or None, name=titles.name, told=titles.upn, born=titles.born, at=at
        )
    if any(TOTALS.match(text) for text in texts.values()):
        return Subject(is_total=True)
    try:
        placement = read_placement(texts.get("placement", ""))
    except ValueError:
        return Subject(problem=PLACEMENT_PROBLEM)
    pupil, name, upn = texts.get("pupil", ""), read_name(texts), texts.get("upn", "")
    try:
        number = read_pupil(pupil) if pupil else None
        if number is None and upn:
            number = read_pupil(upn)
            pupil = upn
    except ValueError:
        return Subject(problem=PUPIL_PROBLEM)
    if number is None and not name and placement is None:
        return Subject(problem=NO_PUPIL)
    try:
        born = read_birth(dict(zip(names, cells, strict=True)).get("born"), today)
    except ValueError:
        return Subject(placement, number, name, pupil, problem=BORN_PROBLEM)
    return Subject(placement, number, name, pupil, born=born, at=at)


def read_birth(cell: Cell, today: date) -> date | None:
    """Return a date of birth, None if the cell says nothing; raise ValueError for another text."""
    asked = question(Pupil, "born")
    given = read_cell(asked, cell, today) if asked else None
    return None if given is None else read_day(given, today)


def read_placement(text: str) -> int | None:
    """The placement's number, None if the cell is empty; raise ValueError if it is no reference."""
    if not text:
        return None
    reference = REFERENCE.fullmatch(text)
    if not reference or reference[1].upper() != "PL":
        raise ValueError("no reference of a placement")
    return int(reference[2])


def read_pupil(text: str) -> int | str | None:
    """A pupil's number or UPN, None if it is a name; raise ValueError if it can be none of them."""
    reference = REFERENCE.fullmatch(text)
    if reference and reference[1].upper() == "P":
        return int(reference[2])
    upn = text.replace(" ", "").upper()
    if is_like_upn(upn):
        return upn
    if any(letter.isdigit() for letter in text):
        raise ValueError("neither a reference nor a UPN")
    return None


def read_name(texts: dict[str, str]) -> str:
    """Return the child's name: of its two columns, or of the one that has no reference in it."""
    parts = [text for text in (texts.get("forename", ""), texts.get("surname", "")) if text]
    if parts:
        return " ".join(parts)
    pupil = texts.get("pupil", "")
    return "" if any(letter.isdigit() for letter in pupil) else pupil
