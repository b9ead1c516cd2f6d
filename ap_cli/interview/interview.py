"""A whole form on a terminal: asked, kept or refused, and changed on the review screen."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from ..domain.readers import refuse_wrong
from ..errors import AnswersMissing, BadAnswers
from ..forms.filling import NOT_KNOWN, SKIPPED, drop_skipped
from ..forms.form import Form
from ..forms.yes_no import read_yes_or_no
from .prompts import HOW, ask_line, ask_sure, say
from .review import Review, skip_open
from .run import Interview, Later
from .steps import Answers, Step
from .typed import BACK, settle_answers

T = TypeVar("T")
After = Callable[[Interview, Step], None]


def ask_form(
    form: type[Form],
    given: Mapping[str, Any],
    today: date,
    everything: bool = False,
    base: Form | None = None,
    offered: Mapping[str, str] | None = None,
    also: Container[str] = (),
    after: After | None = None,
    steps: Sequence[Step] | None = None,
    look: str = "",
) -> Answers:
    """The answers to a form's questions: those given, and those typed on the terminal.

    Asks what is required and what `also` names, or everything. `offered` proposes answers. `after`
    is called when an answer has changed. `look` names the new record that is looked over at last.
    """
    refuse_wrong(form, drop_skipped(given), today, base)
    proposals = {name: propose(text) for name, text in (offered or {}).items()}
    settled = settle_answers(form, given, today)
    interview = Interview(
        form, settled, today, steps=steps, base=base, offered=proposals, after=after
    )
    wanted = interview.wanted(everything, also)
    asks = any(map(interview.is_open, wanted))
    if everything and asks:
        say(HOW)
    interview.run(everything, also)
    if look and asks and not look_over(interview, wanted, look):
        return review_answers(form, interview.given(), today, after=after, steps=steps)
    return interview.given()


def propose(text: str) -> Callable[[Interview], str]:
    """A proposal that is the same whatever was answered before."""

    def proposal(_: Interview) -> str:
        return text

    return proposal


def keep_or_change(
    answers: Answers,
    keep: Callable[[Answers], T],
    change: Callable[[Answers, tuple[str, ...]], Answers],
) -> T:
    """What `keep` makes of the answers; those it refuses are shown and changed, not lost.

    `change` takes the answers and what is wrong with them, a sentence each.
    """
    while True:
        try:
            return keep(answers)
        except (AnswersMissing, BadAnswers) as problem:
            answers = change(answers, list_problems(problem))


def list_problems(problem: AnswersMissing | BadAnswers) -> tuple[str, ...]:
    """What is wrong, a sentence each with the flag that it is about."""
    wrong = problem.problems if isinstance(problem, BadAnswers) else ()
    missing = problem.missing if isinstance(problem, BadAnswers) else problem.flags
    return (*wrong, *(f"{flag}:" for flag in missing))


def review_answers(
    form: type[Form],
    given: Mapping[str, Any],
    today: date,
    problems: tuple[str, ...] = (),
    after: After | None = None,
    steps: Sequence[Step] | None = None,
) -> Answers:
    """The answers after the review screen: what was not answered counts as skipped."""
    interview = Interview(form, given, today, steps=steps, after=after)
    skip_open(interview)
    Review(interview).run(problems)
    return interview.given()


def is_sure(form: type[Form], given: Mapping[str, Any], today: date) -> bool:
    """Whether the answers, which are shown, are to be saved as they are: a yes or no."""
    say("\nThis is what will be saved:")
    show_answers(form, given, today)
    return ask_sure("Save it?")


def look_over(interview: Interview, wanted: Sequence[Step], noun: str) -> bool:
    """Whether a new record is to be added as it was answered; "<" goes back into its questions."""
    while True:
        say(f"\nThe new {noun}:")
        for step in interview.steps:
            if interview.is_answered(step):
                say(f"  {step.question_text(interview)} {interview.shown(step)}")
        typed = ask_line(f"Add this {noun}? [Y/n], or {BACK} to go back", problem_of_look)
        if typed != BACK:
            return read_yes_or_no(typed) is not False
        try:
            interview.go_back(wanted)
            interview.run_steps(list(wanted))
        except Later:
            continue


def problem_of_look(typed: str) -> str:
    """What is wrong with what was typed at the last look; empty if nothing is."""
    known = typed in ("", BACK) or read_yes_or_no(typed) is not None
    return "" if known else f"Type yes to add it, no to change an answer, or {BACK} to go back."


def show_answers(form: type[Form], given: Mapping[str, Any], today: date) -> None:
    """Show answers, each in a line with its question."""
    interview = Interview(form, given, today)
    for step in interview.steps:
        if interview.is_answered(step):
            say(f"  {step.question_text(interview)} {interview.shown(step)}")


def ask_changes(
    form: type[Form],
    known: Mapping[str, Any],
    answers: Mapping[str, Any],
    today: date,
    problems: tuple[str, ...] = (),
    after: After | None = None,
    base: Form | None = None,
    find: Callable[[str], Any] | None = None,
) -> Answers:
    """The answers that the review screen changed: only those that differ from the known ones.

    `base` is the record that they are corrected in, and `find` looks up whom it refers to.
    """
    interview = Interview(form, answers, today, after=after, base=base, find=find)
    skip_open(interview)
    Review(interview).run(problems)
    return find_changes(interview, known)


def find_changes(interview: Interview, known: Mapping[str, Any]) -> Answers:
    """The answers that differ from the known ones; one taken away is not known any more."""
    left = interview.given()
    changed = {key: value for key, value in left.items() if known.get(key) != value}
    unsure = list(left.get(NOT_KNOWN, ()))
    taken_away = [key for key in interview.answers.get(SKIPPED, ()) if key in known]
    return changed | ({NOT_KNOWN: [*unsure, *taken_away]} if taken_away else {})
