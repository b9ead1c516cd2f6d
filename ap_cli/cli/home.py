"""ap, without a command: the first screen of a day, from which everything can be begun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.text import shortened
from ..render.result import Result, fixed_lines
from ..services.home import HomeRow
from .command import command, single
from .finding import choose_named, searched_names
from .line import run_line
from .meant import join_or
from .settings import Settings
from .status import show_status

if TYPE_CHECKING:
    from ..render.home import HomeScreen

app = single()
LEAVE = ("", "q")
REFERENCE = re.compile(r"(pl|pr|p)-?0*[1-9]\d{0,8}", re.ASCII | re.IGNORECASE)


@command(app, name="home")
def show_home(settings: Settings) -> Result | None:
    """Show the situation and what to do, and on a terminal do it.

    In a pipe it is what “ap status” says.
    """
    if settings.format != "table" or not settings.interactive:
        made: Result = show_status(settings)
        return made
    while True:
        screen = print_home(settings)
        if not act_on(settings, screen.rows):
            return None


def print_home(settings: Settings) -> HomeScreen:
    """Show the first screen, as the store is now."""
    from ..render.home import make_home
    from ..render.show import show_result, terminal_view
    from ..services.situation import describe_situation

    situation = describe_situation(settings.store, settings.today)
    screen = make_home(situation, terminal_view(settings))
    show_result(Result("status", [], lines=fixed_lines(*screen.lines)), settings)
    return screen


def act_on(settings: Settings, rows: Sequence[HomeRow]) -> bool:
    """Ask for a number, a reference or a command, and do it; False if the user leaves."""
    from ..interview.prompts import ask_line, say
    from ..interview.typed import read_number

    def problem(text: str) -> str:
        known = (
            text.lower() in LEAVE
            or read_number(text, len(rows))
            or REFERENCE.fullmatch(text)
            or is_command(text)
        )
        return "" if known else problem_of_words(settings, text, len(rows))

    say("")
    text = ask_line("Number, reference or command; Enter to leave:", problem)
    if text.lower() in LEAVE:
        return False
    if number := read_number(text, len(rows)):
        return do_row(settings, rows[number - 1])
    if is_command(text):
        run_line(settings, text if text == "ap" or text.startswith("ap ") else f"ap {text}")
        return wait()
    ref = text if REFERENCE.fullmatch(text) else choose_by_name(settings, text)
    if ref:
        run_line(settings, f"ap do {ref}")
    return True


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


def wait() -> bool:
    """Let what a command showed stand until Enter is pressed; False if the user leaves."""
    from ..interview.prompts import ask_line

    def problem(text: str) -> str:
        return "" if text.lower() in LEAVE else "Press Enter, or type q to leave."

    return ask_line("Enter to go back to the list, q to leave:", problem).lower() != "q"


def is_command(text: str) -> bool:
    """Whether a line is a command, with or without the program's name before it."""
    from .app import COMMANDS

    first = text.removeprefix("ap ").split(" ")[0]
    return text == "ap" or text.startswith("ap ") or first in COMMANDS


def do_row(settings: Settings, row: HomeRow) -> bool:
    """Open the task of a row, or list the tasks that it counts; False if the user leaves."""
    from .doing import do_task, do_tasks, list_named

    if len(row.tasks) > 1:
        do_tasks(settings, row.words, list_named(settings, row.tasks))
        return True
    do_task(settings, row.tasks[0])
    return wait()
