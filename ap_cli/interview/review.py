"""The review screen: every answer by its number, a page at a time, and what stops saving."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..forms.filling import SKIPPED
from ..forms.text import shortened
from .prompts import ask_line, rows_of_terminal, say, width_of_terminal
from .run import Interview, Later
from .steps import Step
from .typed import read_number

Stop = tuple[Step | None, str]
"""What stops saving: the step to change, if it is one, and why."""

LEAST_ROOM = 20
"""The fewest letters of an answer that a line has room for, and the fewest rows of a page."""

AROUND = 5
"""The rows of a page that hold no answer: heading, what stops saving, prompt."""


FLAG = re.compile(r"(?:(?:give|add) )?(?P<flag>--[a-z][a-z0-9-]*)(?P<value> [a-z-]+$)?")
"""A flag in a refusal, and the value that it should have."""


class Review:
    """The answers of an interview, to be read and changed until nothing stops saving."""

    def __init__(
        self, asking: Interview, stops: Callable[[Interview], Sequence[Stop]] | None = None
    ) -> None:
        self.asking = asking
        self._stops = stops or list_missing

    def run(self, problems: Sequence[str] = ()) -> None:
        """Show the pages and ask which answer to change, until Enter leaves the last page.

        `problems` are those of an attempt to save, each with the flag that it is about.
        """
        page, refused = 0, list(problems)
        while True:
            pages = self._pages()
            page = min(page, len(pages) - 1)
            stops = [*self._read_problems(refused), *self._stops(self.asking)]
            chosen = self._ask(pages, page, stops)
            if chosen is not None:
                self._change(chosen)
                refused = []
            elif page + 1 < len(pages):
                page += 1
            elif stops and not refused:
                page = 0
            else:
                return

    def _shown(self) -> list[Step]:
        asking = self.asking
        return [step for step in asking.steps if asking.is_answered(step) or step.applies(asking)]

    def _pages(self) -> list[list[str]]:
        """The lines of each page."""
        room = max(rows_of_terminal() - AROUND, LEAST_ROOM // 2)
        pages: list[list[str]] = [[]]
        topic = ""
        for number, step in enumerate(self._shown(), 1):
            heading = [step.topic] if step.topic and step.topic != topic and step.row else []
            topic = step.topic or topic
            lines = [*heading, self.line(number, step)]
            if len(pages[-1]) + len(lines) > room:
                pages.append([])
            pages[-1] += lines
        return pages

    def line(self, number: int, step: Step) -> str:
        """One answer in a line of the terminal: its number, the question, the answer."""
        width = width_of_terminal()
        text = shortened(step.question_text(self.asking), width - 6 - LEAST_ROOM)
        start = f"{number:3} {text} → "
        answer = self.asking.shown(step) or "-"
        return start + shortened(answer, max(width - len(start), LEAST_ROOM // 2))

    def _ask(self, pages: list[list[str]], page: int, stops: Sequence[Stop]) -> int | None:
        """Show a page, and the number of the step that is to change; None if Enter goes on."""
        of = f", page {page + 1} of {len(pages)}" if len(pages) > 1 else ""
        say(f"\nYour answers{of}")
        for line in pages[page]:
            say(line)
        is_last = page + 1 == len(pages)
        if is_last and stops:
            say(f"To save, {self._in_words(stops[0])}")
        most = len(self._shown())

        def problem(text: str) -> str:
            if not text or read_number(text, most):
                return ""
            return f"Choose a number from 1 to {most}, or press Enter."

        going = "go on" if is_last else "see the next page"
        typed = ask_line(f"A number to change that answer, or Enter to {going}", problem)
        return read_number(typed, most)

    def _in_words(self, stop: Stop) -> str:
        step, why = stop
        shown = self._shown()
        numbers = {each: number for number, each in enumerate(shown, 1)}
        if step is None or step not in numbers:
            return self._without_flags(why, numbers)
        if not why:
            return f"answer {numbers[step]}: {step.question_text(self.asking)}"
        return f"change {numbers[step]}: {self._without_flags(why, numbers)}"

    def _without_flags(self, why: str, numbers: Mapping[Step, int]) -> str:
        """A refusal with the numbers of answers in place of their flags."""

        def number(found: re.Match[str]) -> str:
            step = find_step(self.asking, found["flag"])
            if step is None or step not in numbers:
                return found[0]
            wanted = f" with{found['value']}" if found["value"] else ""
            return f"answer {numbers[step]}{wanted}"

        return FLAG.sub(number, why)

    def _read_problems(self, problems: Sequence[str]) -> list[Stop]:
        return [read_problem(self.asking, problem) for problem in problems]

    def _change(self, number: int) -> None:
        """Ask one answer again, and what it opens."""
        step = self._shown()[number - 1]
        skipped = self.asking.open()
        try:
            self.asking.ask(step)
            fresh = [each for each in self.asking.open() if each not in skipped]
            for each in fresh:
                self.asking.ask(each)
        except Later:
            return


def list_missing(asking: Interview) -> list[Stop]:
    """The required questions that nobody has answered."""
    return [
        (step, "")
        for step in asking.steps
        if step.required and step.applies(asking) and not asking.is_answered(step)
    ]


def read_problem(asking: Interview, problem: str) -> Stop:
    """A refusal as the review screen has it: the step of its flag, and the rest of its words."""
    flag, parted, words = problem.partition(":")
    step = find_step(asking, flag.split()[0]) if parted and flag.startswith("--") else None
    return (step, words.strip()) if step else (None, problem)


def find_step(asking: Interview, flag: str) -> Step | None:
    """The step that asks what a flag answers."""
    return asking.step(flag[2:].replace("-", "_"))


def skip_open(asking: Interview) -> None:
    """Count what was not answered as skipped."""
    keys = [key for step in asking.open() for key in step.keys]
    if keys:
        asking.answers[SKIPPED] = [*asking.answers.get(SKIPPED, ()), *keys]
