"""Which record a row of a spreadsheet means, and what of it says the same in other words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain.days import words
from ..domain.identifiers import is_temporary
from ..domain.imported import ANOTHER_WORD, REFERENCE
from ..domain.likeness import name_key
from ..domain.pupil import Pupil
from ..domain.readers import answer
from ..errors import NotFound, StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, flag_of, question, questions, reference
from .import_history import History
from .import_known import Known, ends_of, read_known
from .import_near import MOST_NEAR
from .import_renamed import ChildrenInFile, list_renamed
from .import_told import Told, name_record
from .import_values import ANOTHER, Decisions, OtherStore, SamePupil, Wrong

OTHERS_REFERENCE = (
    "its reference is not that of this child here: found by UPN, or name and date of birth"
)
"""What is noted of a row whose child is known by more than the reference, which says otherwise."""


FOUND_BY_NAME = (
    "its child is found by name and date of birth: if it is another, add the UPN of each"
)
"""What is noted of a row that says that its child is a new one, and has no UPN of its own."""


class PupilFinder:
    """Finds whom a row is about: by reference, UPN, or name and birth date.

    `noted` has what a person should know of how a child was found. `is_sheet` is whether the row is
    a placement sheet that came back: the reference is that of its pupil, and does not stand on it.
    """

    def __init__(
        self,
        known: Known,
        told: Told,
        decisions: Decisions,
        today: date,
        in_file: ChildrenInFile,
        history: History,
        is_sheet: bool = False,
    ) -> None:
        self.known, self.told, self.decisions, self.today = known, told, decisions, today
        self.is_sheet, self.in_file, self.history = is_sheet, in_file, history
        self.noted: list[str] = []

    def find(self, answers: dict[str, object]) -> int:
        """Return a pupil's number, 0 for a new one; raise Wrong if it is unsure."""
        name = str(answers.get("name") or "")
        born, upn = self._value("born", answers), self._value("upn", answers)
        id = answers.pop(REFERENCE, None)
        self.is_another = id == ANOTHER
        if id and self.decisions.own_references is not False:
            return self._by_reference(int(str(id)), name, born, upn)
        return self._by_upn_or_name(answers, name, born, upn)

    def _by_reference(self, id: int, name: str, born: date | None, upn: str | None) -> int:
        """Return the pupil of a reference, or the one whom name and UPN or birth date tell."""
        has = self.known.has_pupil(id)
        is_called = has and (not name or self._may_be_called(id, name, sure=False))
        if is_called and not self._contradicts(id, born, upn):
            return id
        other = self._known_by_more(name, born, upn)
        if other not in (ANOTHER, id):
            self.noted.append(OTHERS_REFERENCE)
            return other
        if not has:
            raise unknown(self.known, Pupil, id, self.decisions)
        self._refuse_reference(id, name, born)
        if name and not self._may_have_been(id, name, born):
            self._ask_about_name(id, name, born, is_found=other == id)
        return id

    def _contradicts(self, id: int, born: date | None, upn: str | None) -> bool:
        """Tell whether a row is of another child than its reference: by birth date and UPN both.

        Where the references are this store's for sure, it corrects them.
        """
        if self.decisions.own_references or born is None or born == self.known.birth(id):
            return False
        return not self._may_have(id, upn) and upn not in read_known(self.known, Pupil, id).upns

    def _refuse_reference(self, id: int, name: str, born: date | None) -> None:
        """Raise Wrong if a row names another child than its reference."""
        ref = reference(Pupil.PREFIX, id)
        if born is None or born == self.known.birth(id):
            return
        if not name or self._may_be_called(id, name, sure=False):
            told = f"{ref} has another date of birth and another UPN: check the reference"
        elif self.is_sheet:
            told = (
                f"this sheet was made for {ref} and names another child: make a new sheet for that"
                " child with ap make sheet PL-…"
            )
        else:
            told = f"{ref} has another name and another date of birth: check the reference"
        raise Wrong(told, asks=whose_references(self.decisions))

    def _ask_about_name(self, id: int, name: str, born: date | None, is_found: bool) -> None:
        """Raise Wrong, which asks whether the child of a reference has another name now."""
        told = f"{self._whom(id)} has another name"
        if not (self.decisions.own_references or born is not None or is_found):
            raise Wrong(told + self._say_how(id, " --name"), asks=OtherStore())
        self._ask_whether(id, name, born, told, " --name")

    def _known_by_more(self, name: str, born: date | None, upn: str | None) -> int:
        """Return the only pupil of a UPN, or of a name and birth date; 0 if there is none."""
        owners = self.known.owners([upn]).get(upn, ()) if upn is not None else ()
        if len(owners) == 1:
            same_day = born is None or born == self.known.birth(owners[0])
            is_called = self._may_be_called(owners[0], name, sure=born is not None)
            return owners[0] if same_day and is_called else ANOTHER
        named = self.known.pupils_named(name, born) if name and born is not None else []
        fitting = [id for id in named if self._may_have(id, upn)]
        return fitting[0] if len(fitting) == 1 else ANOTHER

    def _by_upn_or_name(
        self, answers: dict[str, object], name: str, born: date | None, upn: str | None
    ) -> int:
        if upn is not None:
            ids = self.known.owners([upn]).get(upn, ())
            if len(ids) > 1:
                refs = " and ".join(map(self._whom, ids))
                raise Wrong(f"{refs} have this UPN, and a UPN is one child's")
            if not ids:
                ids = self._had_upn(upn, answers, name, born)
            if ids:
                self._refuse_other_child(ids[0], name, born)
                return ids[0]
        return self._by_name(answers, name, born, upn) if name else ANOTHER

    def _had_upn(
        self, upn: str, answers: Mapping[str, object], name: str, born: date | None
    ) -> tuple[int, ...]:
        """Return who had a UPN once, or has one that a row calls former, and is called as it says.

        Nobody else tells by that: a UPN that was typed for the wrong child is another's.
        """
        former = self._value("former_upns", answers) or ()
        ids = {*self.history.owners(upn)}
        for owners in self.known.owners(former).values():
            ids.update(owners)
        named = [id for id in ids if self._has_been(id, name, born)]
        return tuple(named) if len(named) == 1 else ()

    def _has_been(self, id: int, name: str, born: date | None) -> bool:
        """Tell whether a name and a birth date are those of a child, or were, as far as given."""
        if not name:
            return born is None or born == self.known.birth(id)
        return id in (*self.known.pupils_named(name, born), *self.history.pupils(name, born))

    def _value(self, name: str, answers: Mapping[str, object]) -> Any:
        asked = question(Pupil, name)
        try:
            return answer(asked, answers, self.today) if asked else None
        except ValueError as problem:
            raise Wrong(str(problem)) from None

    def _refuse_other_child(self, id: int, name: str, born: date | None) -> None:
        """Raise Wrong if a UPN is that of a child with another birth date, or another name."""
        on_record, told = self.known.birth(id), f"this UPN is that of {self._whom(id)}"
        if self._has_been(id, name, born):
            return
        if born is not None and on_record is not None and born != on_record:
            told += f", born on {words(on_record)}"
            if name and not self._may_be_called(id, name, sure=False):
                raise Wrong(f"{told}, who has another name: check the UPN")
            flag = f" --born {born.isoformat()}"
            if not name:
                raise Wrong(told + self._say_how(id, flag))
            self._ask_whether(id, name, born, told, flag)
        elif name and not self._may_be_called(id, name, sure=born is not None):
            self._ask_whether(id, name, born, f"{told}, who has another name", " --name")

    def _may_be_called(self, id: int, name: str, sure: bool) -> bool:
        """Tell whether a pupil has a name; one who is `sure` otherwise may have a new surname."""
        if id in self.known.pupils_named(name, None):
            return True
        theirs, ours = name_key(name), name_key(read_known(self.known, Pupil, id).name)
        return theirs == ours or (sure and ends_of(theirs)[0] == ends_of(ours)[0])

    def _may_have_been(self, id: int, name: str, born: date | None) -> bool:
        """Tell whether a name corrects that of a child whose reference stands beside it.

        Of its first and last name one alone differs, the first if the birth date is the child's.
        """
        if self._may_be_called(id, name, sure=True):
            return True
        last = ends_of(name_key(read_known(self.known, Pupil, id).name))[1]
        return born == self.known.birth(id) and ends_of(name_key(name))[1] == last

    def _ask_whether(self, id: int, name: str, born: date | None, problem: str, flag: str) -> None:
        """Raise Wrong, which asks whether a child is meant, unless that was answered with yes.

        The `flag` of ap pupil edit is what corrects the child where nobody can be asked.
        """
        asked = self._ask(name, born, (id,))
        decided = self.decisions.pupils.get(asked)
        if decided != id:
            told = problem + self._say_how(id, flag)
            raise Wrong(told, asks=asked if decided is None else None)

    def _say_how(self, id: int, flag: str) -> str:
        """Say how to go on where a row says otherwise of a child than ap, or than another row."""
        if self.known.is_new(Pupil, id):
            return ": check both rows"
        ref = reference(Pupil.PREFIX, id)
        return (
            f": check the row; if it is the same child, correct {ref} with ap pupil edit"
            f" {ref}{flag}, and import again"
        )

    def _whom(self, id: int) -> str:
        return name_record(self.known, self.told, Pupil, id)

    def _by_name(
        self, answers: dict[str, object], name: str, born: date | None, upn: str | None
    ) -> int:
        """Return the pupil of a name and birth date, 0 for none; raise Wrong if unsure."""
        found = self.known.pupils_named(name, born)
        fitting = [id for id in found if self._may_have(id, upn)]
        sure = [id for id in fitting if born is not None and not self._is_temporary(id, upn)]
        if len(sure) == 1 and len(fitting) == 1:
            if self.is_another:
                self.noted.append(FOUND_BY_NAME)
            return sure[0]
        if self.is_another:
            return ANOTHER
        once = [] if found else self._once_called(name, born, upn)
        if len(once) == 1 and born is not None:
            return once[0]
        near = tuple(fitting or once or self._list_near(answers, name, born, upn, found))
        if not near:
            return ANOTHER
        asked = self._ask(name, born, near)
        if asked in self.decisions.pupils:
            return self.decisions.pupils[asked]
        raise Wrong(self._say_near(near, born, upn), asks=asked)

    def _once_called(self, name: str, born: date | None, upn: str | None) -> list[int]:
        """List the pupils who had a name and birth date before somebody corrected them.

        A child who is in the file as well is another.
        """
        return [
            id
            for id in self.history.pupils(name, born)
            if self._may_have(id, upn) and not self.in_file.names(read_known(self.known, Pupil, id))
        ]

    def _say_near(self, near: tuple[int, ...], born: date | None, upn: str | None) -> str:
        """Say who a row may be about, and what tells where nobody can be asked."""
        told = f"this may be {' or '.join(map(self._whom, near))}"
        if not any(self._may_have(id, upn) for id in near):
            told += " with another UPN"
        if born is None:
            return f"{told}: write the date of birth or the UPN"
        if any(self.known.is_new(Pupil, id) for id in near):
            return (
                f"{told}: if it is, write name and date of birth alike in both rows; if it is"
                f" another child, write “{ANOTHER_WORD}” in a column “Pupil ref”"
            )
        refs = " or ".join(reference(Pupil.PREFIX, id) for id in near)
        return (
            f"{told}: write {refs} in a column “Pupil ref” if it is, or “{ANOTHER_WORD}” if it is"
            " another child"
        )

    def _list_near(
        self,
        answers: dict[str, object],
        name: str,
        born: date | None,
        upn: str | None,
        found: list[int],
    ) -> tuple[int, ...]:
        """List the pupils whom a row may mean, if none has its name, birth date and UPN.

        Those `found` have another UPN than the row. Whose own UPN is in the file is another child.
        """
        if found:
            others = [] if born is None else found
            return tuple(id for id in others if not self._has_own_row(id))
        near: tuple[int, ...] = ()
        if born is not None:
            nearly = self.known.pupils_nearly(name, born)
            near = tuple(id for id in nearly if self._may_have(id, upn)) or list_renamed(
                self.known, self.in_file, answers, born, upn
            )
        return near or self._born_on_another_day(name, upn)

    def _has_own_row(self, id: int) -> bool:
        return self.in_file.has_upn(read_known(self.known, Pupil, id))

    def _born_on_another_day(self, name: str, upn: str | None) -> tuple[int, ...]:
        """List the first pupils of a name, whose birth date the row may correct."""
        named = self.known.pupils_named(name, None)
        return tuple(id for id in named if self._may_have(id, upn))[:MOST_NEAR]

    def _ask(self, name: str, born: date | None, near: tuple[int, ...]) -> SamePupil:
        pupils = [read_known(self.known, Pupil, id) for id in near]
        return SamePupil(name, born, near, tuple((pupil.name, pupil.born) for pupil in pupils))

    def _may_have(self, id: int, upn: str | None) -> bool:
        """Tell whether a pupil may have a UPN: it has none yet, or a temporary one."""
        pupil = read_known(self.known, Pupil, id)
        if upn is None or not recorded(pupil.upn):
            return True
        return upn == pupil.upn or is_temporary(pupil.upn) or is_temporary(upn)

    def _is_temporary(self, id: int, upn: str | None) -> bool:
        """Tell whether a pupil has another UPN, one of the two a temporary one."""
        pupil = read_known(self.known, Pupil, id)
        return upn is not None and recorded(pupil.upn) and upn != pupil.upn


def unknown(known: Known, noun: type[Noun], id: int, decisions: Decisions) -> Wrong:
    """Return what is wrong with a reference that is nobody's; that of an erased one says so."""
    try:
        known.get(noun, id)
    except NotFound as problem:
        told = problem if problem.why else NotFound(f"{noun.NOUN} {reference(noun.PREFIX, id)}")
        return Wrong(str(told), asks=whose_references(decisions))
    except StoreProblem as problem:
        return Wrong(str(problem))
    raise AssertionError("there is such a record")


def whose_references(decisions: Decisions) -> OtherStore | None:
    """Return the question whether a file is from another store, unless that is known."""
    return OtherStore() if decisions.own_references is None else None


def without_filled(
    noun: type[Noun], given: Mapping[str, object], before: Noun, filled: frozenset[str]
) -> dict[str, object]:
    """Return the answers of a row without those for all rows where the record has one already."""
    names = {f"{noun.NOUN}.{one.key}": one.name for one in questions(noun)}
    answered = {name for name in filled & names.keys() if recorded(getattr(before, names[name]))}
    return {key: value for key, value in given.items() if f"{noun.NOUN}.{key}" not in answered}


def without_flag(noun: type[Noun], problem: str, columns: Mapping[str, str]) -> str:
    """Return a problem with the column, or the name, of its question in the place of its flag."""
    flag, colon, said = problem.partition(": ")
    if not (colon and flag.startswith("--")):
        return problem
    for asked in questions(noun):
        if flag in (asked.flag, flag_of(asked.name)):
            return f"{columns.get(f'{noun.NOUN}.{asked.key}', asked.label)}: {said}"
    return f"{flag.removeprefix('--').replace('-', ' ')}: {said}"
