"""What can be typed at every prompt of the lists: a reference, a name, or a command."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.text import shortened
from .finding import choose_named, searched_names
from .line import run_line
from .meant import join_or
from .settings import Settings

LEAVE = ("", "q")
REFERENCE = re.compile(r"(pl|pr|p)-?0*[1-9]\d{0,8}", re.ASCII | re.IGNORECASE)

EVERY = (Placement, Pupil, Provider)


def choose_by_name(settings: Settings, text: str) -> str:
    """Return the reference of the one that a person means by a name; empty if none is chosen."""
    from ..services.meant import list_meant

    found = list_meant(settings.store, text, EVERY, searched_names(settings))
    return choose_named(settings, text, found, EVERY) or ""


def problem_of_words(settings: Settings, text: str, rows: int) -> str:
    """Say what words are that are no command; empty if somebody has such a name."""
    from ..services.meant import list_meant

    if list_meant(settings.store, text, EVERY, searched_names(settings)):
        return ""
    if near := near_words(text):
        return f"There is no command {shortened(text, 30)}: did you mean {join_or(near)}?"
    numbers = f"a number from 1 to {rows}, " if rows else ""
    return f"Type {numbers}a reference such as PL-0001, part of a name, or a command such as todo."


def near_words(text: str) -> list[str]:
    """List the commands that are spelt nearly like the first of these words."""
    from .app import COMMANDS

    first, *rest = text.split() or [""]
    return [" ".join((name, *rest)) for name in get_close_matches(first.lower(), COMMANDS, 3)]


def is_command(text: str) -> bool:
    """Whether a line is a command, with or without the program's name before it."""
    from .app import COMMANDS

    first = text.removeprefix("ap ").split(" ")[0]
    return text == "ap" or text.startswith("ap ") or first in COMMANDS


def problem_of_way(settings: Settings, text: str, rows: int) -> str:
    """Say why a text leads nowhere; empty if it is a reference, a command or part of a name."""
    if REFERENCE.fullmatch(text) or is_command(text):
        return ""
    return problem_of_words(settings, text, rows)


def go(settings: Settings, text: str) -> bool:
    """Run a command, or open the tasks of a record; tell whether its screen is still to be read."""
    if is_command(text):
        run_line(settings, text if text == "ap" or text.startswith("ap ") else f"ap {text}")
        return True
    ref = text if REFERENCE.fullmatch(text) else choose_by_name(settings, text)
    if ref:
        run_line(settings, f"ap do {ref}")
    return False


def wait(settings: Settings) -> bool:
    """Let what a command showed stand until Enter is pressed; False if the user leaves.

    Another command, a reference or a name does as well.
    """
    from ..interview.prompts import ask_line

    def problem(text: str) -> str:
        if text.lower() in LEAVE or not problem_of_way(settings, text, 0):
            return ""
        return "Press Enter, type q to leave, or a reference, a name or a command."

    while True:
        text = ask_line("Enter to go back to the list, q to leave:", problem)
        if text.lower() in LEAVE:
            return text.lower() != "q"
        if not go(settings, text):
            return True
