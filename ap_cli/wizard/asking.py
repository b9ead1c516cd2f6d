"""Asking the questions of a form, one at a time; the answers go where the flags go."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from ..domain.answers import NOT_KNOWN, answer, choices, fill
from ..domain.days import words
from ..domain.facts import Unknown
from ..domain.forms import Minutes, Noun, Question, Record, questions
from ..domain.periods import Periods
from ..domain.text import printable, shortened
from ..errors import AnswersMissing

N = TypeVar("N", bound=Noun)
Answers = dict[str, Any]
Kept = Callable[[Answers], None]

UNSURE = "?"
HOW = "Enter skips a question, ? records that it is not known yet, Ctrl-C stops."
EXAMPLES: dict[Any, str] = {
    date: "such as 27/02/2026, friday or +6w",
    Minutes: "such as 18.25 or 18:15",
    Periods: "the day it began, yes, or no",
    bool: "yes or no",
}


class Asking:
    """One run through a form: what was given, what has been answered, and what each question may look at.

    `when` holds the conditions that questions name; `offered` proposes an answer; `chooser` asks for a reference;
    `after` is told of each answer.
    """

    def __init__(
        self,
        form: type[Record],
        given: Mapping[str, Any],
        today: date,
        *,
        base: Record | None = None,
        when: Mapping[str, Callable[[Asking], bool]] | None = None,
        offered: Mapping[str, Callable[[Asking], str]] | None = None,
        choosers: Mapping[Any, Callable[[Question], str | None]] | None = None,
        after: Callable[[Asking, Question], None] | None = None,
    ) -> None:
        self.form, self.today, self.base = form, today, base
        self.answers: Answers = dict(given)
        self.when, self.offered, self.choosers, self.after = when or {}, offered or {}, choosers or {}, after

    def value(self, name: str) -> Any:
        """The value that answers a question so far, or None."""
        question = next(each for each in questions(self.form) if each.name == name)
        known = getattr(self.base, name, None)
        found = answer(question, self.answers, self.today, known)
        return known if found is None and not isinstance(known, Unknown) else found

    def open(self) -> list[Question]:
        """The questions that nobody answered and that are to be asked."""
        return [question for question in questions(self.form) if self.is_open(question)]

    def is_open(self, question: Question) -> bool:
        """Whether a question is still to be asked."""
        if question.key in self.answers or question.key in self.answers.get(NOT_KNOWN, ()) or question.key in self.answers.get("skipped", ()):
            return False
        known = getattr(self.base, question.name, None)
        if self.base is not None and known is not None and not isinstance(known, Unknown):
            return False
        return self._concerns(question)

    def _concerns(self, question: Question) -> bool:
        condition = self.when.get(question.ask.when)
        return condition(self) if condition else True

    def run(self, everything: bool) -> None:
        """Asks what is open, in order; with `everything` all of it, else what is required."""
        topic, asked = "", 0
        while to_ask := [question for question in self.open() if everything or question.required]:
            question = to_ask[0]
            if question.ask.topic and question.ask.topic != topic:
                topic = question.ask.topic
                say(f"\n{topic}")
            asked += 1
            self.ask(question, f"[{asked}/{asked - 1 + len(to_ask)}] " if everything else "")

    def ask(self, question: Question, place: str = "") -> None:
        """Asks one question and keeps its answer, its "not known yet", or that it was skipped."""
        chooser = self.choosers.get(question.type)
        given = chooser(question) if chooser else self._prompt(question, place)
        self.answers.pop(question.key, None)
        for name in (NOT_KNOWN, "skipped"):
            self.answers[name] = [key for key in self.answers.get(name, ()) if key != question.key]
        if given is None:
            self.answers["skipped"].append(question.key)
        elif given == UNSURE:
            self.answers[NOT_KNOWN].append(question.key)
        else:
            self.answers[question.key] = settled(question, typed(question, given), self.today)
        self.answers = {key: value for key, value in self.answers.items() if value != []}
        if self.after:
            self.after(self, question)

    def _prompt(self, question: Question, place: str) -> str | None:
        import questionary

        offered = self.offered.get(question.name)
        default = offered(self) if offered and question.key not in self.answers else as_typed(self.answers.get(question.key))
        message = f"{place}{question.ask.question}{f' ({question.ask.source})' if question.ask.source else ''}"
        if question.ask.why:
            say(f"  {question.ask.why}")
        options = choices(question.item)
        if options:
            say("  " + "  ".join(f"{number} {option}" for number, option in enumerate(options, 1)))
        elif example := EXAMPLES.get(question.item):
            say(f"  {example}")

        def valid(text: str) -> bool | str:
            return self.problem(question, text) or True

        text = questionary.text(message, default=default, validate=valid, qmark="").unsafe_ask()
        return text.strip() or None

    def problem(self, question: Question, text: str) -> str:
        """What is wrong with a typed answer, or nothing."""
        if not text.strip():
            return "this one is required" if question.required else ""
        if text.strip() == UNSURE:
            return "this one is required" if question.required else ""
        try:
            answer(question, {question.key: typed(question, text)}, self.today, getattr(self.base, question.name, None))
        except ValueError as problem:
            return str(problem)
        return ""

    def given(self) -> Answers:
        """The answers for `fill`."""
        return {key: value for key, value in self.answers.items() if key != "skipped"}


def typed(question: Question, text: str) -> Any:
    """A typed answer as a flag would give it: several parted by commas, a choice by its number or how it begins."""
    text = text.strip()
    options = choices(question.item)
    parts = [part.strip() for part in text.split(",")] if question.several and (options or question.item is date) else [text]
    if options:
        parts = [choice(part, options) for part in parts if part]
    return parts if question.several else parts[0]


def choice(text: str, options: Sequence[str]) -> str:
    """A choice by its name, its number or its unique beginning; else the text as it is, for the reader to refuse."""
    if text.lower() in options:
        return text.lower()
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    beginning = [option for option in options if option.startswith(text.lower())]
    return beginning[0] if len(beginning) == 1 else text


def settled(question: Question, given: Any, today: date) -> Any:
    """An answer in which no day depends on today: a draft may be taken up on another."""
    value = answer(question, {question.key: given}, today)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and value and isinstance(value[0], date):
        return [day.isoformat() for day in value]
    return given


def as_typed(given: Any) -> str:
    """An answer as it would be typed again."""
    if given is None:
        return ""
    if isinstance(given, list | tuple):
        return ", ".join(map(str, given))
    return ("yes" if given else "no") if isinstance(given, bool) else str(given)


def ask_form(form: type[Record], given: Mapping[str, Any], today: date, everything: bool = False, base: Record | None = None) -> Answers:
    """The answers to a form's questions: those given, and those asked for on the terminal."""
    refuse_wrong(form, given, today, base)
    asking = Asking(form, given, today, base=base, when=WHEN)
    if everything and asking.open():
        say(HOW)
    asking.run(everything)
    return asking.given()


def refuse_wrong(form: type[Record], given: Mapping[str, Any], today: date, base: Record | None = None) -> None:
    """Raises BadAnswers for what is wrong with the answers given, before anything is asked."""
    try:
        fill(form, given, today, base=base)
    except AnswersMissing:
        return


def it_was_extended(asking: Asking) -> bool:
    """Whether the review decided to extend."""
    return bool(asking.value("decided") == "extend")


WHEN: dict[str, Callable[[Asking], bool]] = {"it_was_extended": it_was_extended}
"""The conditions that need nothing but the form's own answers."""


def choose(record: type[N], known: Sequence[N]) -> N:
    """One of the records, found by its reference or part of its name."""
    found = search(record, known, required=True)
    assert found is not None
    return next(one for one in known if one.ref == found)


def search(record: type[Noun], known: Sequence[Noun], required: bool, new: bool = False, message: str = "") -> str | None:
    """A reference chosen by typing part of a name; "new" where one may be added; None where it was skipped."""
    import questionary

    if not known and not new:
        raise AnswersMissing([f"a {record.NOUN}: none is recorded, add one with `ap {record.NOUN} add`"])
    labels = {described(one): one.ref for one in known}
    extra = {f"new – add a {record.NOUN}": "new"} if new else {}

    def match(text: str) -> str | None:
        text = text.strip()
        if not text:
            return None
        if text in labels or text in extra:
            return {**labels, **extra}[text]
        by_reference = [
            ref
            for ref in labels.values()
            if ref.lower() == text.lower() or ref.lower().replace("-000", "-").replace("-00", "-").replace("-0", "-") == text.lower()
        ]
        by_part = [ref for label, ref in labels.items() if text.lower() in label.lower()]
        if new and text.lower() == "new":
            return "new"
        return by_reference[0] if by_reference else by_part[0] if len(by_part) == 1 else None

    def valid(text: str) -> bool | str:
        if not text.strip():
            return "this one is required" if required else True
        if text.strip() == UNSURE and not required:
            return True
        if match(text):
            return True
        many = [label for label in labels if text.strip().lower() in label.lower()]
        if many:
            return f"{len(many)} match: type more of it, such as {shortened(many[0], 60)}"
        return f"no {record.NOUN} matches" + (": type new to add one" if new else "")

    text = questionary.autocomplete(
        message or f"Which {record.NOUN}? Part of a name, or a reference" + (", or new" if new else ""),
        choices=[*extra, *labels], match_middle=True, validate=valid, qmark="", validate_while_typing=False,
    ).unsafe_ask()  # fmt: skip
    return UNSURE if text.strip() == UNSURE else match(text)


def described(noun: Noun) -> str:
    """A record in a line, for its author to know it by."""
    from ..domain.placement import Placement
    from ..domain.pupil import Pupil

    if isinstance(noun, Pupil):
        return f"{noun.ref} {shortened(noun.name, 50)}, born {words(noun.born)}"
    if isinstance(noun, Placement):
        return f"{noun.ref} from {words(noun.starts)}"
    return f"{noun.ref} {shortened(getattr(noun, 'name', ''), 50)}"


def is_it_one_of(same: Sequence[N]) -> N | None:
    """The record that the new one turns out to be, or None where it is another."""
    import questionary

    say("There is already:")
    for one in same:
        say(f"  {described(one)}")
    options = [one.ref for one in same]

    def valid(text: str) -> bool | str:
        return True if not text.strip() or choice(text.strip().upper(), options) in options else f"type {' or '.join(options)}, or nothing"

    text = questionary.text("Is it this one? Its reference, or Enter to add another", validate=valid, qmark="").unsafe_ask()
    found = text.strip() and choice(text.strip().upper(), options)
    return next((one for one in same if one.ref == found), None)


def confirmed(message: str) -> bool:
    """Yes or no, yes where only Enter is pressed."""
    import questionary

    def valid(text: str) -> bool | str:
        return True if text.strip().lower() in ("", "y", "yes", "n", "no") else "yes or no"

    return bool(questionary.text(f"{message} [Y/n]", validate=valid, qmark="").unsafe_ask().strip().lower() in ("", "y", "yes"))


def say(text: str) -> None:
    """Tells the person at the terminal something, apart from the results."""
    width = shutil.get_terminal_size((80, 24)).columns
    lines = [printable(line) for line in text.split("\n")]
    indents = [line[: len(line) - len(line.lstrip())] + "  " for line in lines]
    safe = "\n".join(textwrap.fill(line, width, subsequent_indent=indent) for line, indent in zip(lines, indents, strict=True))
    print(safe.encode(sys.stderr.encoding or "utf-8", "replace").decode(sys.stderr.encoding or "utf-8"), file=sys.stderr)
