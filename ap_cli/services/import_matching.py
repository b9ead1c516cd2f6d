"""Which record a row of a spreadsheet means, and what of it says the same in other words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain.days import words
from ..domain.identifiers import is_temporary
from ..domain.imported import REFERENCE
from ..domain.likeness import name_key, provider_key
from ..domain.periods import Periods
from ..domain.provider import Provider, Sites
from ..domain.pupil import Pupil
from ..domain.readers import FILLER, answer
from ..errors import StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, Question, flag_of, question, questions, reference
from ..forms.text import shortened
from ..forms.yes_no import read_yes_or_no
from .import_known import Known, ends_of
from .import_near import MOST_NEAR
from .import_schools import HOME_SCHOOL
from .import_values import ANOTHER, Decisions, SameProvider, SamePupil, Wrong
from .meant import fold


class PupilFinder:
    """Finds whom a row is about: by reference, UPN, or name and birth date."""

    def __init__(self, known: Known, decisions: Decisions, today: date) -> None:
        self.known, self.decisions, self.today = known, decisions, today

    def find(self, answers: dict[str, object]) -> int:
        """Return a pupil's number, 0 for a new one; raise Wrong if it is unsure."""
        name = str(answers.get("name") or "")
        born = self._value("born", answers)
        if id := answers.pop(REFERENCE, None):
            number = int(str(id))
            self._refuse_other_reference(number, name, born)
            return number
        upn = self._value("upn", answers)
        if upn is not None:
            ids = self.known.owners([upn]).get(upn, ())
            if len(ids) > 1:
                refs = " and ".join(reference(Pupil.PREFIX, id) for id in ids)
                raise Wrong(f"{refs} have this UPN, and a UPN is one child's")
            if ids:
                self._refuse_other_child(ids[0], name, born)
                return ids[0]
        return self._by_name(name, born, upn) if name else ANOTHER

    def _value(self, name: str, answers: Mapping[str, object]) -> Any:
        asked = question(Pupil, name)
        try:
            return answer(asked, answers, self.today) if asked else None
        except ValueError as problem:
            raise Wrong(str(problem)) from None

    def _refuse_other_child(self, id: int, name: str, born: date | None) -> None:
        """Raise Wrong if a UPN is that of a child with another birth date, or another name."""
        ref, on_record = reference(Pupil.PREFIX, id), self.known.birth(id)
        if born is not None and on_record is not None and born != on_record:
            raise Wrong(f"this UPN is that of {ref}, born on {words(on_record)}: check both")
        if name and not self._may_be_called(id, name, sure=born is not None):
            self._ask_whether(id, name, born, f"this UPN is that of {ref}, who has another name")

    def _refuse_other_reference(self, id: int, name: str, born: date | None) -> None:
        """Raise Wrong if a reference is that of a child with another name, and birth date."""
        on_record, ref = self.known.birth(id), reference(Pupil.PREFIX, id)
        if not name or not self.known.has_pupil(id) or self._may_be_called(id, name, sure=False):
            return
        if born is not None and born != on_record:
            raise Wrong(f"{ref} has another name and another date of birth: check the reference")
        if not self._may_be_called(id, name, sure=True):
            self._ask_whether(id, name, born, f"{ref} has another name")

    def _may_be_called(self, id: int, name: str, sure: bool) -> bool:
        """Tell whether a pupil has a name; one who is `sure` otherwise may have a new surname."""
        if id in self.known.pupils_named(name, None):
            return True
        theirs, ours = name_key(name), name_key(self._pupil(id).name)
        return theirs == ours or (sure and ends_of(theirs)[0] == ends_of(ours)[0])

    def _ask_whether(self, id: int, name: str, born: date | None, problem: str) -> None:
        """Raise Wrong, which asks whether a child is meant, unless that was answered with yes."""
        asked = self._ask(name, born, (id,))
        decided = self.decisions.pupils.get(asked)
        if decided != id:
            raise Wrong(f"{problem}: check both", asks=asked if decided is None else None)

    def _by_name(self, name: str, born: date | None, upn: str | None) -> int:
        """Return the pupil of a name and birth date, 0 for none; raise Wrong if unsure."""
        found = self.known.pupils_named(name, born)
        fitting = [id for id in found if self._may_have(id, upn)]
        sure = [id for id in fitting if born is not None and not self._is_temporary(id, upn)]
        if len(sure) == 1 and len(fitting) == 1:
            return sure[0]
        nearly = self.known.pupils_nearly(name, born) if born is not None and not found else []
        near = tuple(fitting or (id for id in nearly if self._may_have(id, upn)))
        if not near and not found:
            near = self._born_on_another_day(name, upn)
        if not near:
            return ANOTHER
        asked = self._ask(name, born, near)
        if asked in self.decisions.pupils:
            return self.decisions.pupils[asked]
        refs = " or ".join(reference(Pupil.PREFIX, id) for id in near)
        needed = "the date of birth or the UPN" if born is None else "the UPN or the reference"
        raise Wrong(f"this may be {refs}: write {needed}", asks=asked)

    def _born_on_another_day(self, name: str, upn: str | None) -> tuple[int, ...]:
        """List the first pupils of a name, whose birth date the row may correct."""
        named = self.known.pupils_named(name, None)
        return tuple(id for id in named if self._may_have(id, upn))[:MOST_NEAR]

    def _ask(self, name: str, born: date | None, near: tuple[int, ...]) -> SamePupil:
        pupils = [self._pupil(id) for id in near]
        return SamePupil(name, born, near, tuple((pupil.name, pupil.born) for pupil in pupils))

    def _may_have(self, id: int, upn: str | None) -> bool:
        """Tell whether a pupil may have a UPN: it has none yet, or a temporary one."""
        pupil = self._pupil(id)
        if upn is None or not recorded(pupil.upn):
            return True
        return upn == pupil.upn or is_temporary(pupil.upn) or is_temporary(upn)

    def _is_temporary(self, id: int, upn: str | None) -> bool:
        """Tell whether a pupil has another UPN, one of the two a temporary one."""
        pupil = self._pupil(id)
        return upn is not None and recorded(pupil.upn) and upn != pupil.upn

    def _pupil(self, id: int) -> Pupil:
        try:
            return self.known.get(Pupil, id)
        except StoreProblem as problem:
            raise Wrong(str(problem)) from None


def find_provider(answers: dict[str, object], known: Known, decisions: Decisions) -> int:
    """Return a provider's number by reference, URN or name, 0 for a new one.

    Raise Wrong if the name is only nearly one, or that of several.
    """
    name = str(answers.get("name") or "")
    urn = str(answers.get("urn") or "")
    if id := answers.pop(REFERENCE, None):
        refuse_other_provider(int(str(id)), answers, known, decisions)
        return int(str(id))
    if urn and urn in known.urns:
        answers.pop("name", None)
        return known.urns[urn]
    if not name:
        raise Wrong("say which provider it is: its name or its reference")
    spelt = decisions.providers.get(provider_key(name))
    if spelt:
        answers["name"] = name = spelt
    key = provider_key(name)
    same = known.providers.get(key, ())
    if len(same) > 1:
        refs = " and ".join(reference(Provider.PREFIX, id) for id in same)
        raise Wrong(f"{refs} are both called so: write the reference")
    if same:
        refuse_other_urn(same[0], urn, known)
        answers.pop("name", None)
        return same[0]
    near = known.providers_nearly(key) if spelt is None else ()
    if near:
        refs = " or ".join(reference(Provider.PREFIX, id) for id in near)
        raise Wrong(
            f"“{shortened(name)}” may be {refs}: write the reference, or the name as ap has it",
            asks=SameProvider(name, tuple(known.provider_names[id] for id in near)),
        )
    return ANOTHER


def refuse_other_provider(
    id: int, answers: dict[str, object], known: Known, decisions: Decisions
) -> None:
    """Raise Wrong if a reference is that of a provider with another name, or another's URN is.

    A name that is nearly the same is its new one, and so is another URN beside the same name.
    """
    name, urn = str(answers.get("name") or ""), str(answers.get("urn") or "")
    on_record, ref = known.provider_names.get(id), reference(Provider.PREFIX, id)
    owner = known.urns.get(urn)
    if on_record is None:
        return
    if owner is not None and owner != id:
        whose = reference(Provider.PREFIX, owner)
        raise Wrong(f"this URN is that of {whose}, and not of {ref}: check the reference")
    key = provider_key(name)
    if not name or key == provider_key(on_record):
        return
    has_other_urn = bool(urn and known.urn_of.get(id, urn) != urn)
    if id in known.providers_nearly(key) and not has_other_urn:
        return
    spelt = decisions.providers.get(key)
    if spelt != on_record:
        asked = SameProvider(name, (on_record,)) if spelt is None else None
        raise Wrong(f"{ref} has another name: check the reference", asks=asked)
    answers.pop("name", None)


def refuse_other_urn(id: int, urn: str, known: Known) -> None:
    """Raise Wrong if a row has the name of a provider and another URN than it has."""
    on_record = known.urn_of.get(id)
    if urn and on_record and urn != on_record:
        ref = reference(Provider.PREFIX, id)
        raise Wrong(
            f"{ref} is called so and has another URN: check both, and write the reference if it is"
            " meant"
        )


def drop_same(
    noun: type[Noun], given: Mapping[str, object], before: Noun, today: date
) -> dict[str, object]:
    """Return the answers without those that only say in other words what is recorded.

    Raise Wrong for a yes or a no that would wipe out since when something holds, or held.
    """
    asked = {one.key: one for one in questions(noun)}
    return {
        key: value
        for key, value in given.items()
        if key not in asked or not says_the_same(asked[key], value, before, today)
    }


def says_the_same(asked: Question, value: object, before: Noun, today: date) -> bool:
    """Tell whether an answer is what a record has already, if in other words."""
    fact = getattr(before, asked.name)
    if not recorded(fact):
        return False
    if isinstance(fact, Periods):
        return says_the_same_of_periods(asked, value, fact, today)
    if isinstance(fact, Sites):
        typed = value if isinstance(value, list | tuple) else [value]
        there = {fold(site.address) for site in fact.all} | {fold(str(fact))}
        return all(fold(str(one)) in there for one in typed)
    if asked.name == HOME_SCHOOL and isinstance(before, Pupil):
        return provider_key(str(value)) == provider_key(str(fact))
    if asked.name == "name" and isinstance(before, Pupil):
        return name_key(str(value)) == name_key(before.name)
    if isinstance(fact, tuple) and isinstance(value, list | tuple):
        return {fold(str(one)) for one in fact} == {fold(str(one)) for one in value}
    if asked.item is str and isinstance(value, str) and fold(value) == fold(str(fact)):
        return True
    try:
        return bool(FILLER.read(asked, value, today) == fact)
    except ValueError:  # who fills the form says what is wrong with it
        return False


def says_the_same_of_periods(asked: Question, value: object, fact: Periods, today: date) -> bool:
    """Tell whether a yes or a no is what holds today; raise Wrong if it contradicts what does."""
    said = read_yes_or_no(str(value))
    if said is None:
        return False
    if said == fact.on(today):
        return True
    if fact.spells:
        if said:
            raise Wrong(f"{asked.label}: ended on record; if it began again, write the day")
        raise Wrong(
            f"{asked.label}: yes on record; if it ended, write both days, such as since 1 September"
            " 2024 until 2 May 2025"
        )
    return False


def without_flag(noun: type[Noun], problem: str) -> str:
    """Return a problem with the name of its question in the place of its flag."""
    flag, colon, said = problem.partition(": ")
    return f"{label_of(noun, flag)}: {said}" if colon and flag.startswith("--") else problem


def label_of(noun: type[Noun], flag: str) -> str:
    """Return what the question of a flag is called for people."""
    for asked in questions(noun):
        if flag in (asked.flag, flag_of(asked.name)):
            return asked.label
    return flag.removeprefix("--").replace("-", " ")
