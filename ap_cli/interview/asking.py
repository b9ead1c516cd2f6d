"""Asking the questions of a form, one at a time; the answers go where the flags go."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any

from ..domain.days import words
from ..domain.readers import FILLER, answer, choices, refuse_wrong
from ..forms.facts import Unknown
from ..forms.filling import NOT_KNOWN, SKIPPED, drop_skipped
from ..forms.form import Form, Question, questions
from ..forms.text import shortened
from .prompts import BACK, HOW, UNSURE, ask_line, number_options, pick_option, say

Answers = dict[str, Any]

LONGEST_SHOWN = 60


class Interview:
    """One run through a form: what was given, what has been answered, and what each question may look at.

    `offered` proposes an answer; `choosers` ask for a reference, and
    `described` tells one, and `find` looks up the one that a field refers to; `after` is told of each answer; `doubt` says what in an answer contradicts another.
    """

    def __init__(
        self,
        form: type[Form],
        given: Mapping[str, Any],
        today: date,
        *,
        base: Form | None = None,
        offered: Mapping[str, Callable[[Interview], str]] | None = None,
        choosers: Mapping[Any, Callable[[Question], str | None]] | None = None,
        after: Callable[[Interview, Question], None] | None = None,
        doubt: Callable[[Interview, Question, Any], str] | None = None,
        described: Mapping[Any, Callable[[Any], str]] | None = None,
        find: Callable[[str], Any] | None = None,
    ) -> None:
        self.form, self.today, self.base = form, today, base
        self.answers: Answers = dict(given)
        self.remembered: Answers = {}
        self.offered, self.choosers, self.after = offered or {}, choosers or {}, after
        self.doubt, self.described, self._find = doubt, described or {}, find

    def value(self, name: str) -> Any:
        """The value that answers a question so far, or None; LookupError if the form has no such question."""
        found = next((each for each in questions(self.form) if each.name == name), None)
        if found is None:
            raise LookupError(f"{self.form.__name__} has no question {name!r}")
        known = getattr(self.base, name, None)
        value = answer(found, self.answers, self.today, known)
        return known if value is None and not isinstance(known, Unknown) else value

    def named(self, name: str) -> Any:
        """The record whose reference answers a question so far, or None."""
        return self._find(name) if self._find else None

    def open(self) -> list[Question]:
        """The questions that nobody answered and that are to be asked."""
        return [question for question in questions(self.form) if self.is_open(question)]

    def is_open(self, question: Question) -> bool:
        """Whether a question is still to be asked."""
        if (
            question.key in self.answers
            or question.key in self.answers.get(NOT_KNOWN, ())
            or question.key in self.answers.get(SKIPPED, ())
        ):
            return False
        known = getattr(self.base, question.name, None)
        if self.base is not None and known is not None and not isinstance(known, Unknown):
            return False
        return self._concerns(question)

    def _concerns(self, question: Question) -> bool:
        return question.when is None or question.when(self)

    def run(self, everything: bool, also: Container[str] = ()) -> None:
        """Asks what is open, in order; with `everything` all of it, else what is required and what `also` names. "<" goes back a question."""
        topic = ""
        asked: list[Question] = []
        while to_ask := [
            question
            for question in self.open()
            if everything or question.required or question.name in also
        ]:
            question = to_ask[0]
            if question.topic and question.topic != topic:
                topic = question.topic
                say(f"\n{topic}")
            if self.ask(
                question, f"[{len(asked) + 1}/{len(asked) + len(to_ask)}] " if everything else ""
            ):
                asked.append(question)
            elif asked:
                back = asked.pop()
                self.remembered[back.key] = self.answers.get(back.key)
                self.forget(back)

    def forget(self, question: Question) -> None:
        """Takes an answer back, so that its question is open again."""
        self.answers.pop(question.key, None)
        for name in (NOT_KNOWN, SKIPPED):
            self.answers[name] = [key for key in self.answers.get(name, ()) if key != question.key]

    def ask(self, question: Question, place: str = "") -> bool:
        """Asks one question and keeps its answer, its "not known yet", or that it was skipped; False where "<" was answered."""
        before = self.answers.get(question.key)
        chooser = self.choosers.get(question.type)
        given = chooser(question) if chooser else self._prompt(question, place)
        if given == BACK:
            return False
        if (
            given is None and question.required and before is not None
        ):  # on the review screen, Enter leaves it as it was
            return True
        self.forget(question)
        if given is None:
            self.answers[SKIPPED].append(question.key)
        elif given == UNSURE:
            self.answers[NOT_KNOWN].append(question.key)
        else:
            self.answers[question.key] = settle_days(
                question, parse_typed(question, given), self.today
            )
        self.answers = {key: value for key, value in self.answers.items() if value != []}
        if self.after:
            self.after(self, question)
        return True

    def _prompt(self, question: Question, place: str) -> str | None:
        offered = self.offered.get(question.name)
        default = (
            offered(self)
            if offered and question.key not in self.answers
            else type_again(self.answers.get(question.key, self.remembered.get(question.key)))
        )
        asked = question.text.replace("(several allowed)", "(several, parted by commas)")
        if question.hint:
            say(f"  {question.hint}")
        reader = FILLER.reader(question)
        if reader.choices:
            say("  " + "  ".join(number_options(reader.choices)))
        elif reader.example:
            say(f"  {reader.example}")
        source = f" ({question.source})" if question.source else ""
        return (
            ask_line(f"{place}{asked}{source}", lambda text: self.problem(question, text), default)
            or None
        )

    def problem(self, question: Question, text: str) -> str:
        """What is wrong with a typed answer, or nothing."""
        if text == BACK:
            return ""
        if text in ("", UNSURE):
            return (
                "this one is required"
                if question.required and not (text == "" and question.key in self.answers)
                else ""
            )
        try:
            value = answer(
                question,
                {question.key: parse_typed(question, text)},
                self.today,
                getattr(self.base, question.name, None),
            )
        except ValueError as problem:
            return str(problem)
        if value is None or value == ():
            return "write an answer, or press Enter alone"
        return self.doubt(self, question, value) if self.doubt else ""

    def review(self) -> None:
        """Shows every answer; any of them can be changed by its number, until nothing is to be."""
        while True:
            shown = [
                question
                for question in questions(self.form)
                if question.key in self.answers or self._concerns(question)
            ]
            say("\nReview")
            for number, question in enumerate(shown, 1):
                say(
                    f"{number:3} {question.text.replace(' (several allowed)', '')} → {self._told(question)}"
                )

            def problem(text: str, most: int = len(shown)) -> str:
                right = not text or (
                    len(text) < 4 and text.isascii() and text.isdigit() and 1 <= int(text) <= most
                )
                return "" if right else f"a number from 1 to {most}, or nothing"

            text = ask_line("A number to change that answer, or Enter to go on", problem)
            if not text:
                return
            self.ask(shown[int(text) - 1])
            self.run(everything=True)  # an answer may open another question

    def _told(self, question: Question) -> str:
        if question.key in self.answers.get(NOT_KNOWN, ()):
            return "not known yet"
        if question.key not in self.answers:
            return "not asked"
        value = self.value(question.name)
        if question.type in self.described:
            return self.described[question.type](value)
        if isinstance(value, date):
            return words(value, weekday=True)
        if isinstance(value, tuple) and value and isinstance(value[0], date):
            return ", ".join(map(words, value))
        return shortened(type_again(self.answers[question.key]), LONGEST_SHOWN)

    def kept(self) -> Answers:
        """The answers for a draft: those gone back over as well, until they are answered anew."""
        taken_back = {
            key: value
            for key, value in self.remembered.items()
            if value is not None and self._unanswered(key)
        }
        return taken_back | self.answers

    def _unanswered(self, key: str) -> bool:
        return not any(
            key in (self.answers if name is None else self.answers.get(name, ()))
            for name in (None, NOT_KNOWN, SKIPPED)
        )

    def given(self) -> Answers:
        """The answers for `fill`: without those that a later answer made pointless."""
        pointless = {
            question.key for question in questions(self.form) if not self._concerns(question)
        }
        return {
            key: value for key, value in drop_skipped(self.answers).items() if key not in pointless
        }


def parse_typed(question: Question, text: str) -> Any:
    """A typed answer as a flag would give it: several parted by commas, a choice by its number or how it begins."""
    text = text.strip()
    options = choices(question)
    parts = (
        [part.strip() for part in text.split(",")]
        if question.several and (options or question.item is date)
        else [text]
    )
    if options:
        parts = [pick_option(part, options) for part in parts if part]
    return parts if question.several else parts[0]


def settle_days(question: Question, given: Any, today: date) -> Any:
    """An answer in which no day depends on today: a draft may be taken up on another."""
    value = answer(question, {question.key: given}, today)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and value and isinstance(value[0], date):
        return [day.isoformat() for day in value]
    return given


def type_again(given: Any) -> str:
    """An answer as it would be typed again."""
    if given is None:
        return ""
    if isinstance(given, list | tuple):
        return ", ".join(map(str, given))
    return ("yes" if given else "no") if isinstance(given, bool) else str(given)


def ask_form(
    form: type[Form],
    given: Mapping[str, Any],
    today: date,
    everything: bool = False,
    base: Form | None = None,
    offered: Mapping[str, str] | None = None,
    also: Container[str] = (),
) -> Answers:
    """The answers to a form's questions: those given, and those asked for on the terminal; `offered` proposes some.

    Asked for is what is required and what `also` names, or everything.
    """
    refuse_wrong(form, given, today, base)
    proposals = {name: (lambda _, text=text: text) for name, text in (offered or {}).items()}
    asking = Interview(form, given, today, base=base, offered=proposals)
    if everything and asking.open():
        say(HOW)
    asking.run(everything, also)
    return asking.given()


def ask_again(form: type[Form], given: Mapping[str, Any], today: date, problem: str) -> Answers:
    """The answers after what could not be kept was said, and changed on the review screen: nothing typed is lost."""
    say(f"\n{problem}")
    asking = Interview(form, given, today)
    asking.answers[SKIPPED] = [
        question.key for question in asking.open()
    ]  # they were asked, and skipped
    asking.review()
    return asking.given()


def ask_changes(
    form: type[Form], known: Mapping[str, Any], answers: Mapping[str, Any], today: date
) -> Answers:
    """The answers of a record that is kept, changed on the review screen; only those that differ from the known ones."""
    asking = Interview(form, answers, today)
    asking.answers[SKIPPED] = [question.key for question in asking.open()]
    asking.review()
    return {key: value for key, value in asking.given().items() if known.get(key) != value}
