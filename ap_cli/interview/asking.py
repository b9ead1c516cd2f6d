"""Questions of a terminal one after the other, of which “<” goes back to the one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .prompts import ask_line, ask_number, ask_yes, say
from .typed import BACK

T = TypeVar("T")

FIRST = "This is the first question. Ctrl-C stops."


class WentBack(Exception):
    """Somebody went back to the question before."""


class Asking:
    """Asks questions, and knows what was answered.

    To go back is to ask anew: all that was answered before the question is given again, unasked and
    unsaid, with what was typed before it and refused. So whoever asks has to ask the same things
    after the same answers. `first` is said to whoever would go back before the first question.
    """

    def __init__(self, first: str = FIRST) -> None:
        self._first = first
        self._given: list[list[str]] = []
        self._at = 0
        self._taken_back: str | None = None

    def run(self, ask: Callable[[], T]) -> T:
        """Return what comes of questions, which are asked from the start after each way back."""
        while True:
            self._at = 0
            try:
                return ask()
            except WentBack:
                pass

    def say(self, text: str) -> None:
        """Say something, unless it belongs to a question that was answered."""
        if self._at == len(self._given):
            say(text)

    def line(self, message: str, problem: Callable[[str], str]) -> str:
        """Return a line that is typed, or was; raise WentBack for “<” unless it is the first."""
        if self._at < len(self._given):
            typed = self._given[self._at]
            self._at += 1
            for text in typed:
                problem(text)
            return typed[-1]
        if self._taken_back is not None:
            say(f"  You answered: {self._taken_back or 'Enter'}")

        tried: list[str] = []

        def problem_or_back(text: str) -> str:
            if text == BACK:
                return "" if self._given else self._first
            tried.append(text)
            return problem(text)

        text = ask_line(message, problem_or_back)
        if text == BACK:
            self._taken_back = self._given.pop()[-1]
            raise WentBack
        self._taken_back = None
        self._given.append([*tried[:-1], text])
        self._at += 1
        return text

    def number(self, message: str, most: int) -> int | None:
        """Return a number from 1 to `most`, or None if only Enter is pressed."""
        return ask_number(message, most, self.line)

    def yes(self, message: str, usual: bool = True) -> bool:
        """Return whether the answer is yes; Enter alone means what is usual."""
        return ask_yes(message, usual, self.line)
