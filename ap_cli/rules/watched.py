"""A value that notes what is looked at on it, so that the rule itself is the explanation.

What a note calls a thing is written beside that thing: see `forms/explaining.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, partial
from types import FunctionType
from typing import Any

from msgspec import Struct

from ..domain import days
from ..domain.calendar import Calendar
from ..domain.entries.entry import Entry
from ..domain.entries.history import History
from ..forms.explaining import NO_LABEL, FieldLabel, explanation_of, labels_of
from ..forms.facts import Unknown
from ..forms.form import Question
from ..forms.text import in_unit, label
from .cases.answers import answered_last
from .cases.base import Member
from .cases.register import Register
from .gaps import as_asked, question_of
from .in_words import (
    StandIn,
    answer_in_words,
    has_facts,
    name_path,
    name_question,
    plain,
    title_of,
)

NOT_NOTED = ("ref", "PREFIX", "NOUN")
"""How a value is called, which explains nothing."""

OPENED = (History, Calendar, Register)
"""What is opened up: what is asked of it is noted, it is not."""

NAMES_A_CHILD = "pupil.name"
"""A fact that an explanation shows only as recorded or not.

Findings go further than the names of children may.
"""


class Note(Struct, frozen=True):
    """One thing that was looked at: its path, its name in words, its value, and its source if any.

    `fact` is the name of a fact in the record, "placement.ends", and `entries` are the numbers of
    what happened; `who` and `when` say who recorded that and when, if somebody looks it up.
    """

    path: str
    value: str
    source: str = ""
    told: str = ""
    fact: str = ""
    entries: tuple[int, ...] = ()
    who: str = ""
    when: date | None = None

    def __str__(self) -> str:
        source = f"  [{self.source}]" if self.source else ""
        recorded = (
            f"; recorded by {self.who} on {days.words(self.when)}" if self.who and self.when else ""
        )
        return f"{self.told or self.path}: {self.value}{source}{recorded}"


class Watched(StandIn):
    """Stands in for a value and notes every fact, figure and derived value, in order.

    `path` is where the value stands in its case, `owner` is added to what is asked of it, and
    `member` names the child or placement that it is, where a case has several.
    """

    __slots__ = ("_member", "_notes", "_owner", "_path")

    def __init__(
        self, of: Any, notes: list[Note], path: str = "", owner: str = "", member: str = ""
    ) -> None:
        self._of, self._notes = of, notes
        self._path, self._owner, self._member = path, owner, member

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # so that isinstance() sees what is watched
        return type(self._of)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in NOT_NOTED:
            return getattr(self._of, name)
        member = getattr(type(self._of), name, None)
        work = work_of(member)
        if work is not None:  # opened up: what it looks at is noted as well
            return self._note(name, work(self), title_of(work))
        if isinstance(member, FunctionType):
            return self._ask_said if name == "said" else partial(self._ask, name, member)
        return self._note(name, getattr(self._of, name), self._label(name).text)

    def __getitem__(self, key: str) -> Any:
        figure = self._of.figure(key)
        title = f"figure: {figure.title}"
        value = in_unit(figure.value, figure.unit)
        self._notes.append(Note(title, value, figure.source, title))
        return figure.value

    def __eq__(self, other: object) -> bool:
        return bool(self._of == (other._of if isinstance(other, Watched) else other))

    __hash__ = None  # type: ignore[assignment]

    def _ask(self, name: str, method: Any, *args: Any, **named: Any) -> Any:
        """Ask a question with arguments; its answer is the note."""
        answer = method(self._of, *args, **named)
        title = " ".join(filter(None, (name_question(method, args, named), self._owner)))
        shown = self._word_answer(method, answer, *args, **named)
        return self._note(name_path(name, args), answer, title, shown)

    def _word_answer(self, method: Any, answer: Any, *args: Any, **named: Any) -> str:
        """Put an answer in words as is written beside the method; empty if nothing is."""
        explanation = explanation_of(method)
        if explanation is None or explanation.answer is None or isinstance(answer, Unknown):
            return ""
        return explanation.answer(self._of, answer, *args, **named)

    def _ask_said(self, fact: str) -> Any:
        """Ask for the newest answer to a question; the note has the number of its entry."""
        answer = self._of.said(fact)
        entry = answered_last(fact, *self._of.histories_of(fact))
        numbers = (entry.id,) if entry else ()
        return self._note(f"said {fact}", answer, as_asked(fact), entries=numbers)

    def _note(
        self,
        name: str,
        value: Any,
        title: str = "",
        shown: str = "",
        entries: tuple[int, ...] = (),
    ) -> Any:
        """Note a value, or open it up; return what a rule goes on with."""
        if isinstance(value, Watched):
            return value
        if isinstance(value, Iterator):  # it is shown, and can be gone through all the same
            value = tuple(value)
        if isinstance(value, Calendar):
            self._notes.append(Note("calendar", value.name, "", "the calendar that is followed"))
        path = f"{self._path}{name}"
        if is_opened(value):
            return Watched(value, self._notes, f"{path}.", self._label(name).owner)
        question = self._question(name)
        if path == NAMES_A_CHILD:
            shown = "recorded"
        shown = shown or answer_in_words(name, value, question)
        if self._member:
            self._notes.append(self._note_of_member(name, title, shown))
            return value
        if isinstance(self._of, Entry):
            entries = (self._of.id,)
        fact = path if question and path.count(".") == 1 else ""
        known = self._name(name, question) or title or label(path)
        self._notes.append(Note(label(path), shown, "", known, fact, entries or numbers_of(value)))
        return self._watch_members(value)

    def _name(self, name: str, question: Question | None) -> str:
        """Return what is known of a field by its question; empty if it has none."""
        if isinstance(self._of, Entry) and name == "day":
            return f"the day of {self._of.ref}"
        return question.quoted if question else ""

    def _note_of_member(self, name: str, title: str, shown: str) -> Note:
        fact = self._label(name).fact
        return Note(
            f"{self._member} {label(name)}",
            shown,
            "",
            f"{self._member}: {title or label(name)}",
            f"{fact} of {self._member}" if fact else "",
        )

    def _watch_members(self, value: Any) -> Any:
        """Return the children or placements of a case each watched by itself; else the value."""
        if not (isinstance(value, tuple) and value and issubclass(type(value[0]), Member)):
            return value  # members that are watched already stay as they are
        return tuple(Watched(each, self._notes, member=each.known_as) for each in value)

    def _label(self, name: str) -> FieldLabel:
        return labels_of(type(self._of)).get(name, NO_LABEL)

    def _question(self, name: str) -> Question | None:
        """Find the question that a field answers, of the record in the case or of an entry."""
        question = question_of(f"{self._path}{name}")
        if question is None and isinstance(self._of, Entry):
            return question_of(f"{self._of.KIND}.{name}")
        return question


def work_of(member: Any) -> Callable[[Any], Any] | None:
    """Return what works out a property; None if a member of a class is something else."""
    if isinstance(member, property):
        return member.fget
    return member.func if isinstance(member, cached_property) else None


def is_opened(value: Any) -> bool:
    """Tell whether what is asked of a value is noted, and not the value itself."""
    return isinstance(value, OPENED) or bool(has_facts(value) and value.__struct_fields__)


def numbers_of(value: Any) -> tuple[int, ...]:
    """Return the numbers of the entries that a value is or holds."""
    several = value if isinstance(value, list | tuple) else (value,)
    return tuple(plain(each).id for each in several if isinstance(each, Entry))
