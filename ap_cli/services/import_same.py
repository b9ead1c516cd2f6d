"""What of a spreadsheet says in other words what a record has."""

from __future__ import annotations

from datetime import date

from ..domain.likeness import name_key, provider_key
from ..domain.periods import Periods
from ..domain.provider import Provider, Sites
from ..domain.pupil import Pupil
from ..domain.readers import FILLER
from ..forms.facts import recorded
from ..forms.form import Noun, Question
from ..forms.yes_no import read_yes_or_no
from .import_schools import HOME_SCHOOL
from .import_values import Wrong
from .meant import fold


def says_the_same(asked: Question, value: object, before: Noun, today: date) -> bool:
    """Tell whether an answer is what a record has already, if in other words."""
    fact = getattr(before, asked.name)
    if not recorded(fact):
        return False
    if isinstance(fact, Periods):
        return says_the_same_of_periods(asked, value, fact, today)
    if isinstance(fact, Sites):
        typed = value if isinstance(value, list | tuple) else [value]
        there = {fold(text) for site in fact.all for text in (site.address, str(site))}
        there.add(fold(str(fact)))
        return all(fold(str(one)) in there for one in typed)
    if asked.name == HOME_SCHOOL and isinstance(before, Pupil):
        return provider_key(str(value)) == provider_key(str(fact))
    if asked.name == "name" and isinstance(before, Pupil):
        return name_key(str(value)) == name_key(before.name)
    if asked.name == "name" and isinstance(before, Provider):
        return provider_key(str(value)) == provider_key(before.name)
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


def is_same(asked: Question, value: object, record: Noun, today: date) -> bool:
    """Tell whether an answer is what a record has; one that contradicts it is not."""
    fact = getattr(record, asked.name)
    try:
        if says_the_same(asked, value, record, today):
            return True
        return recorded(fact) and bool(
            FILLER.answer(asked, {asked.key: value}, today, fact) == fact
        )
    except (Wrong, ValueError):
        return False
