"""Forms filled from answers, as people type them or files hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from ..errors import AnswersMissing, BadAnswers
from .facts import Asked, Unknown, recorded
from .form import Form, Question, gap_name, questions
from .readers import Reader, choice_reader, suggest
from .text import echo, shortened
from .yes_no import read_yes_or_no

F = TypeVar("F", bound=Form)
Given = Mapping[str, object]
"""Answers by the keys of their questions."""

NOT_KNOWN = "not_known"
SKIPPED = "skipped"
"""Keys that hold questions: those not known yet and, in a draft, those that were passed over."""

NOTHING: tuple[object, ...] = (None, [], ())
"""What stands for no answer."""


class Filler:
    """Fills forms with answers, given the readers of the types that they ask for."""

    def __init__(self, readers: Mapping[Any, Reader]) -> None:
        self._readers: dict[Any, Reader] = dict(readers)
        self._keys: dict[type[Form], tuple[tuple[Question, tuple[str, ...]], ...]] = {}

    def reader(self, question: Question) -> Reader:
        """Return the reader of one answer to a question; raise TypeError for another type."""
        kind = question.item
        if kind not in self._readers and isinstance(kind, type) and issubclass(kind, Enum):
            self._readers[kind] = choice_reader(kind)
        try:
            return self._readers[kind]
        except KeyError:
            name = getattr(kind, "__name__", kind)
            raise TypeError(
                f"{question.name} ({question.text}) asks for {name}, which no reader reads: "
                "add one to the table of readers"
            ) from None

    def choices(self, question: Question) -> list[str]:
        """List the values that a question may be answered with; empty if they are not a list."""
        return list(self.reader(question).choices)

    def keys_of_parts(self, question: Question) -> dict[str, str]:
        """Map the keys of a question's further answers to the names that its reader knows."""
        return {part.key_of(question.key): part.name for part in self.reader(question).parts}

    def read(self, question: Question, given: object, today: date) -> Any:
        """Return an answer as a value; raise ValueError if it is wrong."""
        if question.several:
            items = given if isinstance(given, list | tuple) else [given]
            return tuple(dict.fromkeys(self._read_one(question, item, today) for item in items))
        return self._read_one(question, given, today)

    def _read_one(self, question: Question, given: object, today: date) -> Any:
        if isinstance(given, list | tuple | dict):
            raise ValueError("it takes one answer, not several")
        reader = self.reader(question)
        return reader.read(given, today) if reader.counts_from_today else reader.read(given)

    def answer(self, question: Question, given: Given, today: date, base: object = None) -> Any:
        """Return the value that answers a question, or None if it was not answered.

        Raise ValueError if it is wrong. `base` is the value that stands, which further answers may
        add to.
        """
        reader = self.reader(question)
        value = given.get(question.key)
        if reader.read_parts is None:
            return None if value is None or value == [] else self.read(question, value, today)
        parts = {"": value}
        parts |= {name: given.get(key) for key, name in self.keys_of_parts(question).items()}
        parts = {name: part for name, part in parts.items() if part not in NOTHING}
        return reader.read_parts(parts, today, base) if parts else None

    def fill(
        self, form: type[F], given: Given, today: date, by: str = "", base: F | None = None
    ) -> F:
        """Fill the form with its answers, over a record that is to be corrected.

        Raise BadAnswers for everything wrong with the answers at a time, with what is missing; then
        AnswersMissing for what is missing alone. `by` is who answers "not known yet".
        """
        asked = {question.key: question for question in questions(form)}
        problems = self._unknown_names(given, asked)
        unsure, wrong = _not_known(given, asked)
        problems += wrong
        values: dict[str, object] = {}
        if base:
            values = {name: getattr(base, name) for name in form.__struct_fields__}
        for key in unsure:
            name = asked[key].name
            values[name] = Unknown(gap_name(form, name), Asked(by, today))
        problems += self._answer_all(self._asked_for(form, given), given, today, values)
        missing = [
            question.flags.replace("/", " or ") or question.flag
            for question in asked.values()
            if question.required and question.name not in values
        ]
        if problems:
            raise BadAnswers(problems, missing)
        if missing:
            raise AnswersMissing(missing)
        return form(**values)

    def _unknown_names(self, given: Given, asked: Mapping[str, Question]) -> list[str]:
        """Return what is wrong with names that no question has, nor any further answer."""
        if given.keys() <= asked.keys():
            return []
        known = {*asked, NOT_KNOWN}
        for question in asked.values():
            known |= self.keys_of_parts(question).keys()
        return [
            f"{shortened(name)}: no such question{suggest(name, known)}"
            for name in given
            if name not in known
        ]

    def _asked_for(self, form: type[Form], given: Given) -> list[Question]:
        """List the questions of a form that some of the answers are to, in their order."""
        if form not in self._keys:
            self._keys[form] = tuple(
                (asked, (asked.key, *self.keys_of_parts(asked))) for asked in questions(form)
            )
        return [asked for asked, keys in self._keys[form] if any(key in given for key in keys)]

    def _answer_all(
        self, asked: Iterable[Question], given: Given, today: date, values: dict[str, object]
    ) -> list[str]:
        """Put the answers among the values, and return what is wrong with them."""
        problems = []
        for question in asked:
            try:
                value = self.answer(question, given, today, values.get(question.name))
            except ValueError as problem:
                problems.append(f"{question.flag}: {problem}{_say_leave_out(question, given)}")
                values.setdefault(question.name, None)
            else:
                if value is not None:
                    values[question.name] = value
        return problems

    def refuse_wrong(self, form: type[F], given: Given, today: date, base: F | None = None) -> None:
        """Raise BadAnswers for what is wrong with the answers given, whatever is still missing."""
        try:
            self.fill(form, given, today, base=base)
        except AnswersMissing:
            return

    def answers_of(self, record: Form) -> dict[str, Any]:
        """Return the answers that a record was made of, as they would be typed again."""
        facts = [(question, getattr(record, question.name)) for question in questions(type(record))]
        answers = {
            question.key: self.write(question, fact) for question, fact in facts if recorded(fact)
        }
        unsure = [
            question.key for question, fact in facts if isinstance(fact, Unknown) and fact.asked
        ]
        return answers | ({NOT_KNOWN: unsure} if unsure else {})

    def write(self, question: Question, fact: Any) -> Any:
        """Return a fact as it would be typed: references, hours and choices by their names."""
        if question.several:
            return [str(item) for item in fact]
        return self.reader(question).write(fact)


GIVE_DAY = "give the day on which it was done"
"""What works in place of a day to come."""


def _say_leave_out(question: Question, given: Given) -> str:
    """Return what works in place of "no" as the answer to a question for a day."""
    typed = given.get(question.key)
    is_no = isinstance(typed, str) and read_yes_or_no(typed) is False
    may_be_left_out = question.item is date and not question.required
    return f"; if there is none, leave {question.flag} out" if is_no and may_be_left_out else ""


def _not_known(given: Given, asked: Mapping[str, Question]) -> tuple[set[str], list[str]]:
    """Return the questions that are not known yet, and what is wrong with those named."""
    typed = given.get(NOT_KNOWN) or ()
    names = {
        str(name).replace("-", "_")
        for name in (typed if isinstance(typed, list | tuple) else [typed])
    }
    unsure = names & set(asked)
    problems = [
        f"--not-known: no such question as {echo(name)}{suggest(name, asked)}"
        for name in names - unsure
    ]
    problems += [
        f"--not-known {name}: you need to answer this one"
        for name in unsure
        if asked[name].required
    ]
    problems += [
        f"--not-known {name}: it is answered as well"
        for name in unsure
        if given.get(name) not in NOTHING
    ]
    return unsure, sorted(problems)


def merge_answers(*layers: Given) -> dict[str, object]:
    """Merge answers: what a later one gives beats an earlier one, "not known" included.

    A question that one layer both answers and calls not known keeps both, for `fill` to refuse.
    """
    merged: dict[str, object] = {}
    for layer in layers:
        given = {name: value for name, value in layer.items() if value not in NOTHING}
        earlier = _listed(merged.get(NOT_KNOWN) or [])
        later = _listed(given.pop(NOT_KNOWN, []))
        unsure = [*(name for name in earlier if name not in given), *later]
        merged = {name: value for name, value in merged.items() if name not in later} | given
        merged.pop(NOT_KNOWN, None)
        if unsure:
            merged[NOT_KNOWN] = unsure
    return merged


def _listed(names: object) -> list[Any]:
    return list(names) if isinstance(names, list | tuple) else [names]


def drop_skipped(given: Given) -> dict[str, object]:
    """Return the answers of a draft without the questions passed over, as `fill` takes them."""
    return {key: value for key, value in given.items() if key != SKIPPED}
