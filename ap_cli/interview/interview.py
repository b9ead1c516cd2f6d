"""Asking the questions of a form, one at a time; the answers go to the same service as flags."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Any, TypeVar

from ..domain.days import words
from ..domain.readers import FILLER, answer, choices, refuse_wrong
from ..errors import AnswersMissing, BadAnswers
from ..forms.facts import Unknown
from ..forms.filling import NOT_KNOWN, SKIPPED, drop_skipped
from ..forms.form import Form, Question, questions
from ..forms.text import shortened
from .prompts import (
    BACK,
    EXPECTED,
    HOW,
    NEEDED,
    UNSURE,
    ask_line,
    ask_number,
    number_options,
    pick_option,
    say,
)

Answers = dict[str, Any]
T = TypeVar("T")

LONGEST_SHOWN = 60


class Interview:
    """One run through a form: the answers so far, and what is still to ask.

    `offered` proposes an answer. `choosers` ask for a reference, `described` shows one, and `find`
    looks up the record that a question refers to. `after` is called with each answer; `doubt` says
    what in an answer contradicts another.
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
        """The answer to a question so far, or None; LookupError if there is no such question."""
        question = next((each for each in questions(self.form) if each.name == name), None)
        if question is None:
            raise LookupError(f"{self.form.__name__} has no question {name!r}")
        known = getattr(self.base, name, None)
        value = answer(question, self.answers, self.today, known)
        return known if value is None and not isinstance(known, Unknown) else value

    def named(self, name: str) -> Any:
        """The record whose reference answers a question so far, or None."""
        return self._find(name) if self._find else None

    def open(self) -> list[Question]:
        """The questions that are still to ask."""
        return [question for question in questions(self.form) if self.is_open(question)]

    def is_open(self, question: Question) -> bool:
        """Whether a question is still to ask: nobody answered or skipped it, and it applies."""
        if not self._unanswered(question.key):
            return False
        known = getattr(self.base, question.name, None)
        if self.base is not None and known is not None and not isinstance(known, Unknown):
            return False
        return self._concerns(question)

    def _concerns(self, question: Question) -> bool:
        return question.when is None or question.when(self)

    def run(self, everything: bool, also: Container[str] = ()) -> None:
        """Ask what is open, in order; "<" goes back a question.

        Without `everything`, only what is required and what `also` names.
        """
        topic = ""
        done: list[Question] = []
        while to_ask := [
            question
            for question in self.open()
            if everything or question.required or question.name in also
        ]:
            question = to_ask[0]
            if question.topic and question.topic != topic:
                topic = question.topic
                say(f"\n{topic}")
            number = f"[{len(done) + 1}/{len(done) + len(to_ask)}] " if everything else ""
            if self.ask(question, number):
                done.append(question)
            elif done:
                self._go_back(done.pop())

    def _go_back(self, question: Question) -> None:
        """Open a question again; its answer is offered when it is asked."""
        self.remembered[question.key] = self.answers.get(question.key)
        self.forget(question)

    def forget(self, question: Question) -> None:
        """Take an answer back, so that its question is open again."""
        self.answers.pop(question.key, None)
        for name in (NOT_KNOWN, SKIPPED):
            self.answers[name] = [key for key in self.answers.get(name, ()) if key != question.key]

    def ask(self, question: Question, place: str = "") -> bool:
        """Ask one question and note its answer, "not known yet" or a skip; False if it was "<"."""
        before = self.answers.get(question.key)
        chooser = self.choosers.get(question.type)
        given = chooser(question) if chooser else self._prompt(question, place)
        if given == BACK:
            return False
        if given is None and question.required and before is not None:
            return True  # on the review screen, Enter leaves it as it was
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
        def problem(typed: str) -> str:
            return self.problem(question, typed)

        if question.hint:
            say(f"  {question.hint}")
        reader = FILLER.reader(question)
        if reader.choices:
            say("  " + "  ".join(number_options(reader.choices)))
        elif reader.example:
            say(f"  {reader.example}")
        if is_listed(question):
            say("  You can give several, with commas between them.")
        return ask_line(f"{place}{question.prompt}", problem, self._proposal(question)) or None

    def _proposal(self, question: Question) -> str:
        """What stands at the prompt before anything is typed."""
        offered = self.offered.get(question.name)
        if offered and question.key not in self.answers:
            return offered(self)
        return type_again(self.answers.get(question.key, self.remembered.get(question.key)))

    def problem(self, question: Question, text: str) -> str:
        """What is wrong with a typed answer; empty if nothing is."""
        if text == BACK:
            return ""
        if text in ("", UNSURE):
            leaves_answer = text == "" and question.key in self.answers
            if question.required and not leaves_answer:
                return NEEDED
            return EXPECTED if question.expected and text == "" and not leaves_answer else ""
        if is_no_choice(question, text):
            return f"Choose a number from 1 to {len(choices(question))}."
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
            return "Write an answer, or press Enter to skip."
        return self.doubt(self, question, value) if self.doubt else ""

    def review(self) -> None:
        """Show every answer; ask which to change, by its number, until Enter is pressed."""
        while True:
            shown = [
                question
                for question in questions(self.form)
                if question.key in self.answers or self._concerns(question)
            ]
            say("\nReview")
            for number, question in enumerate(shown, 1):
                say(f"{number:3} {question.text} → {self._answer_text(question)}")

            chosen = ask_number("A number to change that answer, or Enter to go on", len(shown))
            if chosen is None:
                return
            self.ask(shown[chosen - 1])
            self.run(everything=True)  # an answer may open another question

    def _answer_text(self, question: Question) -> str:
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

    def for_draft(self) -> Answers:
        """The answers for a draft, with those taken back until they are answered again."""
        taken_back = {
            key: value
            for key, value in self.remembered.items()
            if value is not None and self._unanswered(key)
        }
        return taken_back | self.answers

    def _unanswered(self, key: str) -> bool:
        return (
            key not in self.answers
            and key not in self.answers.get(NOT_KNOWN, ())
            and key not in self.answers.get(SKIPPED, ())
        )

    def given(self) -> Answers:
        """The answers for `fill`, without those that a later answer made pointless."""
        pointless = {
            question.key for question in questions(self.form) if not self._concerns(question)
        }
        return {
            key: value for key, value in drop_skipped(self.answers).items() if key not in pointless
        }


def parse_typed(question: Question, text: str) -> Any:
    """A typed answer as a flag would give it; a choice by its name, number or beginning."""
    options = choices(question)
    parts = split_answers(question, text)
    if options:
        parts = [pick_option(part, options) for part in parts if part]
    return parts if question.several else parts[0]


def is_listed(question: Question) -> bool:
    """Whether several answers are typed in a line, with commas between them."""
    return question.several and (bool(choices(question)) or question.item is date)


def split_answers(question: Question, text: str) -> list[str]:
    """The answers in a line: several separated by commas, if the question takes several."""
    text = text.strip()
    if is_listed(question):
        return [part.strip() for part in text.split(",")]
    return [text]


def is_no_choice(question: Question, text: str) -> bool:
    """Whether a typed answer is none of the numbered choices of a question."""
    options = choices(question)
    if not options or number_options(options) == list(options):
        return False
    names = {str(member.value).lower() for member in question.item}
    parts = split_answers(question, text)
    return any(part and pick_option(part, options).lower() not in names for part in parts)


def settle_days(question: Question, given: Any, today: date) -> Any:
    """An answer whose days do not depend on today: a draft may be resumed on another day."""
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
    if isinstance(given, bool):
        return "yes" if given else "no"
    return str(given)


def ask_form(
    form: type[Form],
    given: Mapping[str, Any],
    today: date,
    everything: bool = False,
    base: Form | None = None,
    offered: Mapping[str, str] | None = None,
    also: Container[str] = (),
) -> Answers:
    """The answers to a form's questions: those given, and those typed on the terminal.

    Asks what is required and what `also` names, or everything. `offered` proposes answers.
    """
    refuse_wrong(form, given, today, base)
    proposals = {name: propose(text) for name, text in (offered or {}).items()}
    interview = Interview(form, given, today, base=base, offered=proposals)
    if everything and interview.open():
        say(HOW)
    interview.run(everything, also)
    return interview.given()


def propose(text: str) -> Callable[[Interview], str]:
    """A proposal that is the same whatever was answered before."""

    def proposal(_: Interview) -> str:
        return text

    return proposal


def keep_or_change(
    answers: Answers, keep: Callable[[Answers], T], change: Callable[[Answers], Answers]
) -> T:
    """What `keep` makes of the answers; those it refuses are shown and changed, not lost."""
    while True:
        try:
            return keep(answers)
        except (AnswersMissing, BadAnswers) as problem:
            say(f"\n{problem}")
            answers = change(answers)


def review_answers(form: type[Form], given: Mapping[str, Any], today: date) -> Answers:
    """The answers after the review screen: what was not answered counts as skipped."""
    interview = Interview(form, given, today)
    interview.answers[SKIPPED] = [question.key for question in interview.open()]
    interview.review()
    return interview.given()


def ask_changes(
    form: type[Form], known: Mapping[str, Any], answers: Mapping[str, Any], today: date
) -> Answers:
    """The answers that the review screen changed: only those that differ from the known ones."""
    answers = review_answers(form, answers, today)
    return {key: value for key, value in answers.items() if known.get(key) != value}
