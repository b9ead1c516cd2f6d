"""Prompts on a terminal: a line, asked again until it is right."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence

from ..forms.text import printable
from ..forms.yes_no import read_yes_or_no
from ..render.result import is_accessible
from ..stopping import is_asked_to_end
from ..store.idle import let_go
from .typed import AWAY, BACK, LATER, UNSURE, number_options, pick_option, read_number

HOW = (
    f"Enter skips a question, or keeps what stands in [brackets]. “{BACK}” goes back, “{AWAY}”"
    f" takes an answer away. Type {UNSURE} if you do not know yet; {LATER} to skip to the end."
    " Ctrl-C stops."
)
ROOM_TO_TYPE = 6
"""The columns that are left for an answer; a longer message stands on a line of its own."""

NEEDED = "You need to answer this one."
EXPECTED = "Answer this one, or type ? if you do not know yet."


def is_plain() -> bool:
    """Whether prompts are plain lines: nothing is drawn again, and no arrow key is needed."""
    return is_accessible() or os.environ.get("TERM") == "dumb"


def read_line(message: str, choices: Sequence[str] = ()) -> str:
    """A line typed after a message; `choices` are offered while it is typed."""
    if is_asked_to_end():  # a list of tasks goes on after one that was stopped
        raise KeyboardInterrupt
    let_go()
    if is_plain():
        return input(f"{printable(message)} ")
    import questionary

    if choices:
        prompt = questionary.autocomplete(
            message, choices=list(choices), match_middle=True, qmark=""
        )
    else:
        prompt = questionary.text(message, qmark="")
    return str(prompt.unsafe_ask())


def ask_line(message: str, problem: Callable[[str], str], choices: Sequence[str] = ()) -> str:
    """A line typed at a prompt; while there is a problem, it is shown and the line asked again."""
    if len(message) + ROOM_TO_TYPE > width_of_terminal():
        say(message)
        message = bracket("")
    while True:
        text = read_line(message, choices).strip()
        trouble = problem(text)
        if not trouble:
            return text
        say(f"  {trouble}")


def bracket(old: str) -> str:
    """The prompt under a question: the old answer in brackets, which Enter keeps."""
    return f"[{old}]" if old else ">"


Ask = Callable[[str, Callable[[str], str]], str]
"""What asks for a line, given its message and what finds a problem with it."""


def ask_number(message: str, most: int, ask: Ask = ask_line) -> int | None:
    """A number from 1 to `most`, or None if only Enter is pressed."""

    def problem(text: str) -> str:
        if not text or read_number(text, most):
            return ""
        return f"Choose a number from 1 to {most}, or press Enter."

    return read_number(ask(message, problem), most)


def ask_yes(message: str, usual: bool = True, ask: Ask = ask_line) -> bool:
    """Yes or no; Enter alone means what is usual, and "<", which goes back, means no."""

    def problem(text: str) -> str:
        known = not text or text == BACK or read_yes_or_no(text) is not None
        return "" if known else f"Type yes or no, or {BACK} to go back."

    text = ask(f"{message} {'[Y/n]' if usual else '[y/N]'}", problem)
    return read_yes_or_no(text) is True if text else usual


def ask_sure(message: str) -> bool:
    """Yes or no, typed as a word or its letter; Enter alone answers nothing, and "<" means no."""

    def problem(text: str) -> str:
        known = text == BACK or read_yes_or_no(text) is not None
        return "" if known else "Type yes to save it, or no to change it."

    return read_yes_or_no(ask_line(f"{message} [y/n]", problem)) is True


NAME_STYLES = {
    "short": "first name and initial: Adam E.",
    "full": "the whole name: Adam Example",
    "never": "references alone: P-0001",
}
"""How the screen can show children's names, the usual way first."""


def ask_names() -> str:
    """How the screen shows children's names; Enter alone means the usual way."""
    say("How should your screen show children's names?")
    styles = list(NAME_STYLES)
    for numbered, example in zip(number_options(styles), NAME_STYLES.values(), strict=True):
        say(f"  {numbered:<8} {example}")

    def problem(text: str) -> str:
        return "" if not text or pick_option(text, styles) in styles else "Choose a number, 1 to 3."

    return pick_option(ask_line("[short]", problem) or styles[0], styles)


def ask_required(message: str) -> str:
    """A line that is not empty."""

    def problem(text: str) -> str:
        return "" if text else NEEDED

    return ask_line(message, problem)


def width_of_terminal() -> int:
    """How many columns the terminal has."""
    return shutil.get_terminal_size((80, 24)).columns


def rows_of_terminal() -> int:
    """How many rows the terminal has."""
    return shutil.get_terminal_size((80, 24)).lines


def say(text: str) -> None:
    """Print a text on stderr, wrapped to the terminal."""
    width = width_of_terminal()
    lines = [printable(line) for line in text.split("\n")]
    indents = [line[: len(line) - len(line.lstrip())] + "  " for line in lines]
    print(
        *(
            textwrap.fill(line, width, subsequent_indent=indent)
            for line, indent in zip(lines, indents, strict=True)
        ),
        sep="\n",
        file=sys.stderr,
    )
