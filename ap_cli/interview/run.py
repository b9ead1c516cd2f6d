"""Asking the questions of a form, one at a time; the answers go to the same service as flags."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from typing import Any

from ..domain.readers import answer
from ..forms.days import as_past_day
from ..forms.facts import Unknown
from ..forms.filling import NOT_KNOWN, SKIPPED, drop_skipped
from ..forms.form import Form, Question, questions
from .prompts import EXPECTED, NEEDED, ask_line, bracket, say
from .sensible import is_of_past, object_to_sense
from .steps import Answers, FormStep, Step, choices_of
from .typed import AWAY, BACK, LATER, UNSURE, read_sign

NOT_KNOWN_YET = "not known yet"


LETTERS = " bcdefghijk"
"""What parts the questions of a row: the first has its number alone."""


class Later(Exception):
    """The person leaves the rest of the questions for later."""


class LeftAtFirst(Exception):
    """The person goes back from the first question of a form that is inside another."""


class Interview:
    """One run through a form: the answers so far, and what is still to ask.

    `steps` are the prompts in their order; without them each question of the form is one. `offered`
    proposes an answer. `choosers` ask for a reference, `described` shows one, and `find` looks up
    the record that a question refers to. `after` is called with each step whose answer changed;
    `doubt` says what in an answer contradicts another.
    `inside` another form, "<" at the first question leaves this one.
    """

    def __init__(
        self,
        form: type[Form],
        given: Mapping[str, Any],
        today: date,
        *,
        steps: Sequence[Step] | None = None,
        base: Form | None = None,
        offered: Mapping[str, Callable[[Interview], str]] | None = None,
        choosers: Mapping[Any, Callable[[Step], str]] | None = None,
        after: Callable[[Interview, Step], None] | None = None,
        doubt: Callable[[Interview, Step, Answers], str] | None = None,
        described: Mapping[Any, Callable[[Any], str]] | None = None,
        find: Callable[[str], Any] | None = None,
        inside: bool = False,
    ) -> None:
        self.form, self.today, self.base, self.inside = form, today, base, inside
        self.steps = list(map(FormStep, questions(form))) if steps is None else list(steps)
        self.answers: Answers = dict(given)
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

    def open(self) -> list[Step]:
        """The steps that are still to ask."""
        return [step for step in self.steps if self.is_open(step)]

    def is_open(self, step: Step) -> bool:
        """Whether a step is still to ask: nobody answered or skipped it, and it applies."""
        return self._unanswered(step) and not self.is_on_record(step) and step.applies(self)

    def is_on_record(self, step: Step) -> bool:
        """Whether the record that is completed has the answer."""
        if self.base is None or not isinstance(step, FormStep):
            return False
        known = getattr(self.base, step.name, None)
        return known is not None and not isinstance(known, Unknown)

    def is_answered(self, step: Step) -> bool:
        """Whether any answer of a step was given, be it that it is not known yet."""
        unsure = self.answers.get(NOT_KNOWN, ())
        return any(key in self.answers or key in unsure for key in step.keys)

    def _unanswered(self, step: Step) -> bool:
        skipped = self.answers.get(SKIPPED, ())
        return not self.is_answered(step) and not any(key in skipped for key in step.keys)

    def run(self, everything: bool, also: Container[str] = ()) -> None:
        """Ask what is open, in order; "<" goes back a question, as often as one likes.

        Without `everything`, only what is required and what `also` names. “later” ends it.
        """
        self.run_steps(self.wanted(everything, also), numbered=everything)

    def wanted(self, everything: bool, also: Container[str] = ()) -> list[Step]:
        """The steps that `run` goes through, answered or not."""
        return [
            step
            for step in self.steps
            if (everything and not step.later) or step.required or step.name in also
        ]

    def run_steps(self, wanted: list[Step], numbered: bool = True) -> None:
        """Ask what is open among some steps, in order; “later” ends it."""
        try:
            self._run(wanted, numbered)
        except Later:
            self._take_offers()

    def _run(self, wanted: list[Step], numbered: bool) -> None:
        topic = ""
        while step := self._first_open(wanted):
            while step is not None:
                if step.topic and step.topic != topic:
                    topic = step.topic
                    say(f"\n{topic}")
                forward = self.ask(step, self._place(step, wanted) if numbered else "")
                step = None if forward else self.before(step, wanted)

    def go_back(self, wanted: Sequence[Step]) -> None:
        """Ask the last of some steps again, and from there on as one goes back and forth."""
        asked = [each for each in wanted if each.applies(self) and not self.is_on_record(each)]
        step = asked[-1] if asked else None
        while step is not None:
            step = None if self.ask(step, self._place(step, wanted)) else self.before(step, wanted)

    def _take_offers(self) -> None:
        """Take what is proposed for required answers, such as today, if they are left for later."""
        for step in self.open():
            if step.required and (offer := self._offer(step)):
                self._note(step, offer, "")

    def _first_open(self, wanted: Sequence[Step]) -> Step | None:
        return next((step for step in wanted if self.is_open(step)), None)

    def before(self, step: Step, wanted: Sequence[Step]) -> Step:
        """The step to which "<" goes back: the last one before it that applies, or itself."""
        earlier = [
            each
            for each in wanted[: wanted.index(step)]
            if each.applies(self) and not self.is_on_record(each)
        ]
        if not earlier and self.inside:
            raise LeftAtFirst
        if not earlier:
            say("  This is the first question.")
            return step
        return earlier[-1]

    def _place(self, step: Step, wanted: Sequence[Step]) -> str:
        """Where a question stands among all: "[3/20] "."""
        if step.row:
            same = [each for each in wanted if each.row == step.row]
            same = [each for each in same if each is step or each.applies(self)]
            part = LETTERS[same.index(step)] if same[0] is not step else ""
            return f"[{step.row}{part}/{max(each.row for each in wanted)}] "
        asked = [each for each in wanted if each is step or each.applies(self)]
        return f"[{asked.index(step) + 1}/{len(asked)}] "

    def forget(self, keys: Sequence[str]) -> None:
        """Take answers back, so that their questions are open again."""
        for key in keys:
            self.answers.pop(key, None)
        for name in (NOT_KNOWN, SKIPPED):
            left = [key for key in self.answers.get(name, ()) if key not in keys]
            self.answers = {key: value for key, value in self.answers.items() if key != name}
            if left:
                self.answers[name] = left

    def _list(self, name: str, keys: Sequence[str]) -> None:
        """Note questions as not known yet, or as skipped."""
        self.forget(keys)
        self.answers[name] = [*self.answers.get(name, ()), *keys]

    def ask(self, step: Step, place: str = "") -> bool:
        """Ask one step and note what is typed; False if it was "<". Raise Later if it was that."""
        offer = "" if self.is_answered(step) else self._offer(step)
        typed = self._typed(step, place, offer)
        sign = read_sign(typed)
        if sign == BACK:
            return False
        if sign == LATER:
            raise Later
        if typed == "" and self.is_answered(step):
            return True  # Enter keeps it
        before = dict(self.answers)
        self._note(step, typed or offer, sign)
        if self.after and self.answers != before:
            self.after(self, step)
        return True

    def _note(self, step: Step, typed: str, sign: str) -> None:
        if sign == UNSURE:
            self._list(NOT_KNOWN, step.keys)
        elif sign == AWAY or not typed:
            self._list(SKIPPED, step.keys)
        else:
            read = {key: value for key, value in step.read(self, typed).items() if value != []}
            self.forget(step.keys)
            self.answers |= read
            if not read:
                self._list(SKIPPED, step.keys)
                if choices_of(step):
                    say("  Left open: none of these is chosen.")

    def _offer(self, step: Step) -> str:
        """An answer that is proposed, as it would be typed; empty if there is none."""
        offered = self.offered.get(step.name)
        return offered(self) if offered else ""

    def _typed(self, step: Step, place: str, offer: str) -> str:
        """What is typed at a step: a right answer, a sign, or nothing."""
        say(f"\n{place}{step.question_text(self)}")
        for line in step.hints(self):
            say(f"  {line}")
        if isinstance(step, FormStep) and (chooser := self.choosers.get(step.question.type)):
            return chooser(step)

        def problem(typed: str) -> str:
            return self.problem(step, typed, bool(offer))

        return self._as_meant(step, ask_line(bracket(offer or self.shown(step)), problem))

    def _as_meant(self, step: Step, text: str) -> str:
        """What was typed; a weekday means the last one where it is asked what was done."""
        asks_of_past = isinstance(step, FormStep) and is_of_past(self.form, step.question)
        return as_past_day(text, self.today) if asks_of_past else text

    def problem(self, step: Step, text: str, offered: bool = False) -> str:
        """What is wrong with what was typed; empty if nothing is."""
        text = self._as_meant(step, text)
        sign = read_sign(text)
        if sign in (BACK, LATER):
            return ""
        if text == "" and (offered or self.is_answered(step)):
            return ""
        if text == "" or sign in (UNSURE, AWAY):
            if step.required:
                return NEEDED
            return EXPECTED if step.expected and sign != UNSURE else ""
        if problem := step.problem(self, text) or self._object_to_sense(step, text):
            return problem
        return self.doubt(self, step, step.read(self, text)) if self.doubt else ""

    def _object_to_sense(self, step: Step, text: str) -> str:
        """Say why a right answer to a question cannot be meant; empty if it can."""
        if not isinstance(step, FormStep):
            return ""
        return object_to_sense(self.form, step.question, text, self.today)

    def shown(self, step: Step) -> str:
        """The answer to a step so far for people; empty if there is none."""
        if any(key in self.answers.get(NOT_KNOWN, ()) for key in step.keys):
            return NOT_KNOWN_YET
        if not self.is_answered(step):
            return ""
        if isinstance(step, FormStep) and step.question.type in self.described:
            return self.described[step.question.type](self.value(step.name))
        return step.shown(self)

    def step(self, name: str) -> Step | None:
        """The step that asks for a field or for the answer with a key."""
        return next((each for each in self.steps if name == each.name or name in each.keys), None)

    def given(self) -> Answers:
        """The answers for `fill`, without those that a later answer made pointless."""
        pointless = {
            question.key for question in questions(self.form) if not self._concerns(question)
        }
        return {
            key: value for key, value in drop_skipped(self.answers).items() if key not in pointless
        }

    def _concerns(self, question: Question) -> bool:
        return question.when is None or question.when(self)
