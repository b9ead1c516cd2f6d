"""Steps of an interview: one prompt each, for a question of the form or for several together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from ..domain.days import short_day
from ..domain.entries.entry import EntryRef
from ..domain.provider import Sites
from ..domain.readers import FILLER, answer, choices
from ..forms.form import Form, Question
from ..forms.yes_no import read_yes_or_no
from .typed import (
    fitting_options,
    is_listed,
    number_options,
    object_to_choice,
    options_with,
    parse_typed,
    settle_days,
    type_again,
)

Answers = dict[str, Any]

NOTHING_IF_NO = (date, Sites, EntryRef)
"""What a question asks for to which "no" is an answer that leaves nothing to record."""


class Asking(Protocol):
    """What a step knows of the interview that it belongs to."""

    today: date
    base: Form | None
    answers: Answers

    def value(self, name: str) -> Any:
        """The answer to a question so far, or None."""

    def named(self, name: str) -> Any:
        """The record whose reference answers a question so far, or None."""


class Step:
    """One prompt: what it asks, and the answers that come of what is typed there.

    `keys` are those of the answers that it gives. `row` numbers the question that it is a part of.
    `short` is what it asks for in a word or two.
    """

    def __init__(
        self,
        text: str,
        keys: Sequence[str],
        *,
        hint: str = "",
        topic: str = "",
        row: int = 0,
        required: bool = False,
        expected: bool = False,
        short: str = "",
    ) -> None:
        self.text, self.keys, self.hint = text, tuple(keys), hint
        self.short = short or self.keys[0].replace("_", " ")
        self.topic, self.row = topic, row
        self.required, self.expected = required, expected
        self.later = False
        """Whether it is asked after the first pass, with its section."""

    @property
    def name(self) -> str:
        """The field or the first key that it asks for."""
        return self.keys[0]

    def applies(self, asking: Asking) -> bool:
        """Whether it is asked, given the answers so far."""
        return True

    def question_text(self, asking: Asking) -> str:
        """What it asks, given the answers so far."""
        return self.text

    def hints(self, asking: Asking) -> list[str]:
        """The lines under the question: a hint, then the choices or an example."""
        return [self.hint] if self.hint else []

    def problem(self, asking: Asking, typed: str) -> str:
        """What is wrong with a typed answer; empty if nothing is."""
        try:
            self.read(asking, typed)
        except ValueError as problem:
            return str(problem)
        return ""

    def read(self, asking: Asking, typed: str) -> Answers:
        """The answers, by their keys, that come of what was typed; raise ValueError."""
        raise NotImplementedError

    def old(self, asking: Asking) -> str:
        """The answer so far as it would be typed again; empty if there is none."""
        return ", ".join(type_again(asking.answers.get(key)) for key in self.keys).strip(", ")

    def shown(self, asking: Asking) -> str:
        """The answer so far for people."""
        return self.old(asking)


class FormStep(Step):
    """One question of the form; a wizard may ask it in words and with a hint of its own.

    `when` is asked besides the condition of the form, or `instead` of it.
    """

    def __init__(
        self,
        question: Question,
        *,
        text: str = "",
        hint: str | None = None,
        topic: str | None = None,
        row: int = 0,
        when: Callable[[Asking], bool] | None = None,
        instead: bool = False,
        short: str = "",
    ) -> None:
        super().__init__(
            text or question.text,
            (question.key,),
            hint=question.hint if hint is None else hint,
            topic=question.topic if topic is None else topic,
            row=row,
            required=question.required,
            expected=question.expected,
            short=short or question.label,
        )
        self.question, self._when = question, when
        self._asks_form = not instead

    @property
    def name(self) -> str:
        """The field that it asks for."""
        return self.question.name

    def applies(self, asking: Asking) -> bool:
        """Whether it is asked, by the form and by the wizard."""
        if self._when is not None and not self._when(asking):
            return False
        return not self._asks_form or self.question.when is None or self.question.when(asking)

    def hints(self, asking: Asking) -> list[str]:
        """The hint, then the choices with half a line each, or an example of an answer."""
        lines = super().hints(asking)
        reader = FILLER.reader(self.question)
        if reader.choices:
            lines += choice_lines(reader.choices, reader.meanings)
        elif reader.example and not self.hint:
            lines.append(reader.example)
        if is_listed(self.question):
            lines.append("You can give several, with commas between them.")
        return lines

    def problem(self, asking: Asking, typed: str) -> str:
        """What is wrong with a typed answer; empty if nothing is."""
        if self.says_nothing(typed):
            return ""
        if problem := object_to_choice(self.question, typed):
            return problem
        try:
            value = self.parse(asking, typed)
        except ValueError as problem:
            return capitalised(str(problem))
        return "Write an answer, or press Enter to skip." if value in (None, ()) else ""

    def says_nothing(self, typed: str) -> bool:
        """Whether "no", "none" or "not yet" was typed where that leaves nothing to record.

        To "When was the council told?" a person answers "not yet".
        """
        if self.required or self.expected or read_yes_or_no(typed) is not False:
            return False
        if options := choices(self.question):
            return not (fitting_options(typed, options) or options_with(options, typed.lower()))
        return self.question.item in NOTHING_IF_NO

    def parse(self, asking: Asking, typed: str) -> Any:
        """The value of a typed answer; raise ValueError if it is wrong."""
        given = {self.question.key: parse_typed(self.question, typed)}
        base = getattr(asking.base, self.question.name, None)
        return answer(self.question, given, asking.today, base)

    def read(self, asking: Asking, typed: str) -> Answers:
        """The answer as a flag would give it, with days that do not depend on today."""
        if self.says_nothing(typed):
            return {}
        given = parse_typed(self.question, typed)
        return {self.question.key: settle_days(self.question, given, asking.today)}

    def shown(self, asking: Asking) -> str:
        """The answer so far for people: days in words."""
        value = asking.value(self.question.name)
        days = value if isinstance(value, tuple) else (value,)
        if days and all(isinstance(day, date) for day in days):
            return ", ".join(short_day(day, asking.today) for day in days)
        return type_again(value) if isinstance(value, bool) else self.old(asking)


def capitalised(text: str) -> str:
    """A sentence with its first letter as a capital, unless it begins with a quotation."""
    return text[:1].upper() + text[1:]


def choice_lines(options: Sequence[str], meanings: Sequence[str]) -> list[str]:
    """Choices with their numbers: a line each with what they mean, or all in a row."""
    numbered = number_options([option.replace("-", " ") for option in options])
    if not any(meanings):
        return ["  ".join(numbered)]
    width = max(map(len, numbered))
    return [
        f"{named:<{width}}  {means}".rstrip()
        for named, means in zip(numbered, meanings, strict=True)
    ]


def choices_of(step: Step) -> list[str]:
    """The choices of a step's question; empty if it has none."""
    return choices(step.question) if isinstance(step, FormStep) else []
