"""Options of an import on a terminal: one is chosen, or the rows that it is about are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..domain.readers import FILLER
from ..exchange.cells import prepare_choice
from ..forms.form import Question
from ..forms.text import shortened
from ..services.import_values import ANOTHER
from .asking import Asking
from .typed import fitting_options, number_options, pick_option, read_number

NEW = "new"
"""What is typed for a provider, or a child, that is none of the options."""

LEAVE = "-"
"""What is typed to leave rows out where Enter alone keeps an answer."""


def leave_out(rows: int) -> str:
    """Return what Enter alone does with the rows that a question is about."""
    return f"or Enter to leave out {'the row' if rows == 1 else f'the {rows} rows'}"


def are_left_out(asking: Asking, rows: int) -> bool:
    """Tell whether rows are left out: of several that is asked, as Enter is soon pressed."""
    return rows == 1 or asking.yes(f"Leave out the {rows} rows?", usual=False)


def ask_option(
    asking: Asking,
    said: str,
    options: Sequence[str],
    rows: int,
    otherwise: str = "",
    has_new: bool = True,
    new_means: str = "it is another",
) -> int | None:
    """Ask for the number of one of some: ANOTHER if it is none of them, None for Enter alone.

    Enter alone leaves out the rows, or does what `otherwise` says. `new_means` says what it is if
    it is none of them.
    """
    asking.say(said)
    for at, option in enumerate(options, 1):
        asking.say(f"{at:>4}  {option}")
    numbers = "1" if len(options) == 1 else f"a number from 1 to {len(options)}"
    or_new = f" or {NEW}" if has_new else ""

    def problem(text: str) -> str:
        is_new = has_new and text.lower() == NEW
        known = not text or is_new or read_number(text, len(options))
        return "" if known else f"Type {numbers}{or_new}."

    another = f", “{NEW}” if {new_means}" if has_new else ""
    while True:
        text = asking.line(f"Its number{another}, {otherwise or leave_out(rows)}:", problem)
        if text:
            return read_number(text, len(options)) or ANOTHER
        if otherwise or are_left_out(asking, rows):
            return None


class Offered:
    """Choices of a question of which some are listed; another is taken by its word."""

    def __init__(self, about: Question, offered: Sequence[str]) -> None:
        reader = FILLER.reader(about)
        self._about = about
        self.means = dict(zip(reader.choices, reader.meanings, strict=True))
        self.names = [name for name in self.means if name in (offered or self.means)]

    def list_lines(self) -> Iterator[str]:
        """Yield a line for each that is listed, with its number and what it means."""
        for numbered, name in zip(number_options(self.names), self.names, strict=True):
            yield f"  {numbered:<24} {self.means[name]}".rstrip()

    def choose(self, text: str) -> str:
        """Return the choice of a number, or of a word of it or of what it means; else the text."""
        word = prepare_choice(self._about.item, text)
        for names in (self.names, list(self.means)):
            chosen = pick_option(word, names)
            if chosen in self.means:
                return chosen
        return self._name_by_meaning(text)

    def _name_by_meaning(self, text: str) -> str:
        typed = text.casefold()
        found = [
            name
            for name in self.names
            if typed in re.findall(r"\w{3,}", self.means[name].casefold())
        ]
        return found[0] if len(found) == 1 else text

    def object_to(self, text: str) -> str:
        """Return what is wrong with what is typed for a choice; empty if nothing is."""
        if self.choose(text) in self.means:
            return ""
        fitting = fitting_options(text, self.names)
        if len(fitting) > 1:
            return f"“{shortened(text)}” fits {len(fitting)} of them: {', '.join(fitting)}."
        return f"Choose a number from 1 to {len(self.names)}, or type a word of one."


def ask_choice(asking: Asking, said: str, offered: Offered, rows: int, usual: str = "") -> str:
    """Ask for one of some choices by number or word, or to leave rows out: "".

    Enter alone keeps the `usual` one, if it is offered.
    """
    asking.say(said)
    for line in offered.list_lines():
        asking.say(line)

    def problem(text: str) -> str:
        return "" if text in ("", LEAVE) else offered.object_to(text)

    usual = usual if usual in offered.names else ""
    leaves = leave_out(rows)
    if usual:
        leaves = f"{leaves.replace('Enter', LEAVE)} [{usual}]"
    while True:
        text = asking.line(f"A number or a word, {leaves}:", problem) or usual
        if text not in ("", LEAVE):
            return offered.choose(text)
        if are_left_out(asking, rows):
            return ""
