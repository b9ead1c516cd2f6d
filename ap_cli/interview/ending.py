"""The questions of how a placement ended, first of all whether it ever started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..domain.days import words
from ..domain.ending import Ending
from ..domain.placement import Placement
from ..errors import BadAnswers
from ..forms.form import questions
from ..forms.readers import read_record_day
from ..services import ending
from ..services.ending import LateReview
from ..store.opening import Store
from .prompts import ask_line, say
from .steps import Answers, Asking, FormStep, Step
from .typed import read_number

NEVER_STARTED = "never_started"


def ending_steps(store: Store, placement: Placement) -> list[Step]:
    """The steps of the form, in the order in which they are asked."""
    asked = {question.name: question for question in questions(Ending)}
    return [
        StartedStep(
            asked[NEVER_STARTED],
            text="Did it ever start?",
            hint="No, if the child never went.",
        ).about(store, placement),
        LastDayStep(asked["day"], when=has_started).about(store, placement),
        ReasonStep(asked["reason"]),
        FormStep(asked["destination"]),
    ]


def has_started(asking: Asking) -> bool:
    """Whether the placement started, as far as is known."""
    return asking.value(NEVER_STARTED) is not True


def add_first_day(answers: Answers, placement: Placement) -> Answers:
    """The answers as the form takes them: one that never started ends on the day of its start."""
    if answers.get(NEVER_STARTED) not in (True, "yes"):
        return answers
    return answers | {"day": placement.starts.isoformat()}


class AboutPlacement(FormStep):
    """A step that looks at what happened in the placement."""

    store: Store
    placement: Placement

    def about(self, store: Store, placement: Placement) -> Step:
        """The step itself, once it knows the placement."""
        self.store, self.placement = store, placement
        return self


class StartedStep(AboutPlacement):
    """Asks whether it started, and notes whether it never did."""

    def problem(self, asking: Asking, typed: str) -> str:
        """What is wrong with the answer: a no, although something happened there."""
        if problem := super().problem(asking, typed):
            return problem
        if self.parse(asking, typed):
            return ""
        return ending.object_to_never_started(self.store, self.placement)

    def read(self, asking: Asking, typed: str) -> Answers:
        """The answer to the form's question, which asks for the opposite."""
        return {self.question.key: "no" if self.parse(asking, typed) else "yes"}

    def old(self, asking: Asking) -> str:
        """The answer so far, as it would be typed again."""
        never = asking.value(NEVER_STARTED)
        if never is None:
            return ""
        return "no" if never else "yes"

    def shown(self, asking: Asking) -> str:
        """The answer so far for people."""
        return self.old(asking)


class LastDayStep(AboutPlacement):
    """Asks for the last day, and refuses one that cannot be at once."""

    def problem(self, asking: Asking, typed: str) -> str:
        """What is wrong with the day; empty if it can be the last."""
        if problem := super().problem(asking, typed):
            return problem
        day = self.parse(asking, typed)
        return ending.object_to_last_day(self.store, self.placement, day, asking.today)


class ReasonStep(FormStep):
    """Asks why it ended, or why it did not start."""

    def question_text(self, asking: Asking) -> str:
        """What it asks, given the answers so far."""
        return self.text if has_started(asking) else "Why did it not start?"


def ask_late_reviews(store: Store, placement: Placement, last: date) -> list[LateReview]:
    """What becomes of each review after the last day; raise BadAnswers if that day is wrong."""
    settled = []
    for review in ending.list_late_reviews(store, placement, last):
        day = words(review.day)
        say(f"\nThe review of {day} ({review.ref}) is after the last day. What was it?")
        chosen = ask_choice(
            (
                "The discussion of the end: it is recorded as that, with all it says",
                "A review on an earlier day: correct its day",
                "A review, and the placement ended later: correct the last day",
            )
        )
        if chosen == 3:
            raise BadAnswers([f"--day: give {words(review.day)}, or a later day"])
        moved = ask_day_of_review(placement, last) if chosen == 2 else None
        settled.append(LateReview(review, moved))
    return settled


def ask_day_of_review(placement: Placement, last: date) -> date:
    """The day of a review, from the first day of a placement to its last."""

    def read(text: str) -> date:
        return read_record_day(text, last)

    def problem(text: str) -> str:
        try:
            day = read(text)
        except ValueError as wrong:
            return str(wrong)
        if placement.starts <= day <= last:
            return ""
        return f"Give a day from {words(placement.starts)} to {words(last)}."

    return read(ask_line("When was the review?", problem))


def ask_choice(options: Sequence[str]) -> int:
    """The number of the option that was chosen."""
    for number, option in enumerate(options, 1):
        say(f"  {number} {option}")

    def problem(text: str) -> str:
        if read_number(text, len(options)):
            return ""
        return f"Choose a number from 1 to {len(options)}."

    return read_number(ask_line(">", problem), len(options)) or 1


def is_discussion(placement: Placement, given: Mapping[str, Any]) -> bool:
    """Whether a review of a placement that has ended is its discussion; a day given says no."""
    if placement.ended is None or placement.never_started or "day" in given:
        return False
    say(f"{placement.ref} ended on {words(placement.ended)}. What do you want to record?")
    chosen = ask_choice(
        ("The discussion of the end", f"A review on {words(placement.ended)} or before")
    )
    return chosen == 1
