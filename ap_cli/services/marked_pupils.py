"""Whose the marks of a file are: found by reference, UPN, or name; asked if that is unsure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..domain.attendance import Reported
from ..domain.days import words
from ..domain.identifiers import is_temporary
from ..domain.likeness import name_key
from ..domain.pupil import Pupil
from ..errors import ApError, BadAnswers
from ..forms.form import Record, reference
from ..store.opening import Store
from ..store.queries import importing
from .attendance import Registers
from .refusals import name_pupils, only_owner


class SameChild(Record, frozen=True):
    """The question whether a child of a file is the pupil of that name.

    `upn` is what the file has, if it is nobody's, and `born` its date of birth.
    """

    pupil: int
    name: str
    upn: str
    born: date | None


class Doubt(Record, frozen=True):
    """Why it is unsure who a child is, in which line first, and what would make it sure."""

    line: int
    why: str
    remedy: str


class UnsurePupils(BadAnswers):
    """Marks of children who may be the pupils of their names."""

    def __init__(self, unsure: Mapping[SameChild, Doubt]) -> None:
        self.unsure = unsure
        super().__init__(f"line {one.line}: {one.why}: {one.remedy}" for one in unsure.values())


class PupilsOfMarks:
    """Finds whose marks are; `unsure` has the children of whom that has to be asked.

    `answers` has what was answered of such: whether the child is that pupil.
    """

    def __init__(
        self, store: Store, registers: Registers, answers: Mapping[SameChild, bool]
    ) -> None:
        self._store, self._registers, self._answers = store, registers, answers
        self.unsure: dict[SameChild, Doubt] = {}
        self._named: dict[str, list[int]] = {}
        self._births: dict[int, date | None] = {}
        self._with_upn = {
            id
            for upn, ids in registers.pupils_by_upn.items()
            if not is_temporary(upn)
            for id in ids
        }
        self._has_read = False

    def find(self, row: Reported) -> int | None:
        """Return the pupil of a row; None if nobody on record is meant, or that is unsure.

        Raise ApError for a UPN or a name of several, and for another date of birth.
        """
        if isinstance(row.pupil, int):
            self._refuse_other_birth(row, row.pupil)
            return row.pupil
        if row.pupil:
            pupil = only_owner(self._registers.pupils_by_upn.get(row.pupil, ()))
            if pupil is not None:
                self._refuse_other_birth(row, pupil)
                return pupil
        return self._find_by_name(row) if row.name else None

    def _read(self) -> None:
        """Read the names and birth dates of the pupils with a placement, once."""
        if self._has_read:
            return
        self._has_read = True
        for id, name, born in importing.pupils(self._store):
            self._births[id] = born
            if id in self._registers.of_pupil:
                self._named.setdefault(name_key(name), []).append(id)

    def _refuse_other_birth(self, row: Reported, pupil: int) -> None:
        """Raise ApError if a row has another date of birth than its pupil."""
        if row.born is None:
            return
        self._read()
        on_record = self._births.get(pupil)
        if on_record is not None and on_record != row.born:
            ref = reference(Pupil.PREFIX, pupil)
            raise ApError(
                f"{ref} was born on {words(on_record)}, and the file has another day: correct the"
                f" file, or ap pupil edit {ref} --born …"
            )

    def _find_by_name(self, row: Reported) -> int | None:
        """Return the pupil with a placement who has the name of a row; None if nobody has.

        One who has another UPN is another child. Raise ApError if several have the name.
        """
        self._read()
        found = self._named.get(name_key(row.name), [])
        if row.pupil:
            found = [id for id in found if id not in self._with_upn]
        born = row.born
        same_day = [id for id in found if born is not None and self._births[id] == born]
        found = same_day or found
        if len(found) > 1:
            raise ApError(f"{name_pupils(found)} have this name: add a column upn")
        if not found or same_day:
            return found[0] if found else None
        ref, on_record = reference(Pupil.PREFIX, found[0]), self._births[found[0]]
        if born is not None and on_record is not None:
            why = f"{ref} has this name and was born on another day, {words(on_record)}"
            remedy = f"check who is meant; ap pupil edit {ref} --born … corrects it"
            return self._ask(row, found[0], why, remedy)
        if row.pupil:
            why = f"{ref} has this name, and this UPN is nobody's"
            remedy = f"if it is {ref}'s, add it with ap pupil edit {ref} --upn …"
            return self._ask(row, found[0], why, remedy)
        return found[0]

    def _ask(self, row: Reported, pupil: int, why: str, remedy: str) -> int | None:
        """Return a pupil if it was answered that a row is about this one; else None."""
        asked = SameChild(pupil, row.name, str(row.pupil or ""), row.born)
        if asked not in self._answers and (row.code or row.problem):
            self.unsure.setdefault(asked, Doubt(row.line, why, remedy))
        return pupil if self._answers.get(asked) else None
