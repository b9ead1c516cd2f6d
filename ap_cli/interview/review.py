"""The review screen: every answer by its number, a page at a time, and what stops saving."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ..forms.filling import SKIPPED
from ..forms.text import shortened
from .prompts import ask_line, rows_of_terminal, say, width_of_terminal
from .run import Interview, Later
from .steps import Step
from .typed import BACK, read_number

Stop = tuple[Step | None, str]
"""What stops saving: the step to change, if it is one, and why."""

LEAST_ROOM = 20
"""The fewest letters of an answer that a line has room for, and the fewest rows of a page."""

AROUND = 6
"""The rows of a page that hold no answer: heading, what stops saving in two rows, prompt."""


LEAVE = "q"
"""What is typed to stop: whoever opened the form keeps what was typed."""

LAST = 1_000
"""A page beyond any last one."""

NO_BREAK = "\N{NO-BREAK SPACE}"

FLAG = re.compile(r"(?:(?:give|add) )?(?P<flag>--[a-z][a-z0-9-]*)(?P<value> [a-z-]+$)?")
"""A flag in a refusal, and the value that it should have."""


class Section(Struct, frozen=True):
    """Questions that are asked later, together."""

    topic: str
    steps: tuple[Step, ...]


Item = Step | Section
"""What has a number on the review screen."""


class Review:
    """The answers of an interview, to be read and changed until nothing stops saving.

    `stops` finds what stops saving, `refresh` is called before each page. `notes` has lines to
    show under a topic.
    """

    def __init__(
        self,
        asking: Interview,
        stops: Callable[[Interview], Sequence[Stop]] | None = None,
        refresh: Callable[[], None] | None = None,
        notes: Mapping[str, Callable[[], Sequence[str]]] | None = None,
    ) -> None:
        self.asking = asking
        self._stops, self._refresh, self._notes = stops or list_missing, refresh, notes or {}
        self._in_groups = any(step.row for step in asking.steps)
        self._numbers: dict[Step | str, int] = {}

    def run(self, problems: Sequence[str] = (), from_last: bool = False) -> None:
        """Show the pages and ask which answer to change, until Enter leaves the last page.

        "q" stops the form, as Ctrl-C does: raises KeyboardInterrupt. `problems` are those of an
        attempt to save, each with the flag that it is about. `from_last` begins with the last page,
        to which "<" goes back.
        """
        page, refused = LAST if from_last else 0, list(problems)
        while True:
            if self._refresh:
                self._refresh()
            self._give_numbers()
            pages = self._pages()
            page = min(page, len(pages) - 1)
            stops = [*self._read_problems(refused), *self._stops(self.asking)]
            typed = self._ask(pages, page, stops)
            if typed == LEAVE:
                raise KeyboardInterrupt
            if typed == BACK:
                page -= 1
            elif typed:
                self._change(int(typed))
                refused = []
            elif page + 1 < len(pages):
                page += 1
            elif stops and not refused:
                page = 0
            else:
                return

    def _items(self) -> list[Item]:
        """What has a number, in order: the steps that are shown, and the sections left to ask."""
        asking, items = self.asking, list[Item]()
        left: dict[str, list[Step]] = {}
        for step in asking.steps:
            if asking.is_answered(step) or (step.applies(asking) and not step.later):
                items.append(step)
            elif step.applies(asking):
                left.setdefault(step.topic, []).append(step)
        return [*items, *(Section(topic, tuple(steps)) for topic, steps in left.items())]

    def _give_numbers(self) -> None:
        """Give a number to each item that has none; one that has a number keeps it."""
        for item in self._items():
            self._numbers.setdefault(key_of(item), len(self._numbers) + 1)

    def _numbered(self) -> dict[int, Item]:
        """The items that are shown, by their numbers."""
        return {self._numbers[key_of(item)]: item for item in self._items()}

    def _pages(self) -> list[list[str]]:
        """The lines of each page."""
        room = max(rows_of_terminal() - AROUND, LEAST_ROOM // 2)
        pages: list[list[str]] = [[]]
        for block in split_long(self._blocks(), room):
            if len(pages[-1]) + len(block) > room and pages[-1]:
                pages.append([])
            pages[-1] += block
        return pages

    def _blocks(self) -> Iterator[list[str]]:
        """The lines that stay together on a page: a heading with what is first under it."""
        numbered = list(self._numbered().items())
        if not self._in_groups:
            yield from ([self.line(number, item)] for number, item in numbered)
            return
        topics = dict.fromkeys(topic_of(item) for _, item in numbered)
        for topic in topics:
            items = [(number, item) for number, item in numbered if topic_of(item) == topic]
            lines = [[f"    {note}"] for note in self._notes.get(topic, list)()]
            lines += [[self.line(*each)] for each in items if self._is_answered(each[1])]
            still_open = [name_item(*each) for each in items if not self._is_answered(each[1])]
            rest = [self._list_open(still_open)] if still_open else []
            first, *others = [*lines, *rest]
            yield [topic, *first]
            yield from others

    def _is_of_first_pass(self, step: Step) -> bool:
        """Whether a step is asked with the others: it is neither for later nor worked out."""
        return not step.later and (step.row > 0 or not self._in_groups)

    def _is_answered(self, item: Item) -> bool:
        return isinstance(item, Step) and self.asking.is_answered(item)

    def _list_open(self, names: Sequence[str]) -> list[str]:
        """What is still open, in lines that break between two names alone."""
        text = "Open: " + ", ".join(name.replace(" ", NO_BREAK) for name in names)
        width = width_of_terminal()
        lines = textwrap.wrap(text, width, initial_indent="    ", subsequent_indent="      ")
        return [line.replace(NO_BREAK, " ") for line in lines]

    def line(self, number: int, item: Item) -> str:
        """One answer in a line of the terminal: its number, the question, the answer."""
        if isinstance(item, Section):
            return f"{number:3} {item.topic}"
        width = width_of_terminal()
        text = shortened(item.question_text(self.asking), width - 6 - LEAST_ROOM)
        start = f"{number:3} {text} → "
        answer = self.asking.shown(item) or "-"
        return start + shortened(answer, max(width - len(start), LEAST_ROOM // 2))

    def _ask(self, pages: list[list[str]], page: int, stops: Sequence[Stop]) -> str:
        """Show a page, and ask for the number of the item that is to change.

        It is empty if Enter goes on, "<" if one goes back a page, and "q" if one leaves.
        """
        which = f", page {page + 1} of {len(pages)}" if len(pages) > 1 else ""
        back = f" ({BACK} goes back a page)" if page else ""
        say(f"\nYour answers{which}{back}")
        for line in pages[page]:
            say(line)
        if stops:
            say(f"To save, {self._in_words(stops[0])} ({LEAVE} leaves)")
        numbered = self._numbered()
        most = len(self._numbers)

        def problem(text: str) -> str:
            number = read_number(text, most)
            if not text or number in numbered or text == LEAVE:
                return ""
            if text == BACK:
                return "" if page else "This is the first page."
            if number:
                return f"{number} is not asked any more: choose a number that is shown."
            return f"Choose a number from 1 to {most}, or press Enter; {LEAVE} leaves."

        going = "go on" if page + 1 == len(pages) else "see the next page"
        return ask_line(f"A number to change that answer, or Enter to {going}", problem)

    def _in_words(self, stop: Stop) -> str:
        step, why = stop
        items = self._numbered().items()
        numbers = {item: number for number, item in items if isinstance(item, Step)}
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
        """Ask one answer again, and what it opens; or all that a section asks."""
        item = self._numbered()[number]
        if isinstance(item, Section):
            self.asking.forget([key for step in item.steps for key in step.keys])
            self.asking.run_steps(list(item.steps), numbered=False)
            return
        already_open = self.asking.open()
        try:
            self.asking.ask(item)
            if self._refresh:
                self._refresh()  # what was worked out before opens no question
            for step in self.asking.open():
                if step not in already_open and self._is_of_first_pass(step):
                    self.asking.ask(step)
        except Later:
            return


def topic_of(item: Item) -> str:
    """The heading under which an item stands."""
    is_later = isinstance(item, Section) or item.later
    return FOR_LATER if is_later else item.topic


FOR_LATER = "You can do these later"
"""The heading of what the first pass does not ask."""


def key_of(item: Item) -> Step | str:
    """What an item is known by, whatever becomes of its answer: a section by its heading."""
    return item.topic if isinstance(item, Section) else item


def split_long(blocks: Iterable[list[str]], most: int) -> Iterator[list[str]]:
    """The blocks, those of more than `most` lines in parts."""
    for block in blocks:
        for at in range(0, len(block), most):
            yield block[at : at + most]


def name_item(number: int, item: Item) -> str:
    """An item that has no answer yet, in a word or two, with its number."""
    if isinstance(item, Section):
        return f"{number} {item.topic}"
    return f"{number} {item.short}"


def list_missing(asking: Interview) -> list[Stop]:
    """The required questions that nobody has answered."""
    return [
        (step, "")
        for step in asking.steps
        if step.required
        and step.applies(asking)
        and not (asking.is_answered(step) or asking.is_on_record(step))
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
