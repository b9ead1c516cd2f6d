"""ap, without a command: the first screen of a day, from which everything can be begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..render.result import Result, fixed_lines
from ..services.home import HomeRow
from .command import command, single
from .doing import NEW_NUMBERS
from .going import LEAVE, go, problem_of_way, wait
from .settings import Settings
from .status import show_status

if TYPE_CHECKING:
    from ..render.home import HomeScreen

app = single()


@command(app, name="home")
def show_home(settings: Settings) -> Result | None:
    """Show the situation and what to do, and on a terminal do it.

    In a pipe it is what “ap status” says.
    """
    if settings.format != "table" or not settings.interactive:
        made: Result = show_status(settings)
        return made
    before: list[str] = []
    while True:
        screen = print_home(settings)
        now = [row.words for row in screen.rows]
        if not act_on(settings, screen.rows, NEW_NUMBERS if before and now != before else ""):
            return None
        before = now


def print_home(settings: Settings) -> HomeScreen:
    """Show the first screen, as the store is now."""
    from ..render.home import make_home
    from ..render.show import terminal_view
    from ..render.showing import show_result
    from ..services.situation import describe_situation

    situation = describe_situation(settings.store, settings.today)
    screen = make_home(situation, terminal_view(settings))
    show_result(Result("status", [], lines=fixed_lines(*screen.lines)), settings)
    return screen


def act_on(settings: Settings, rows: Sequence[HomeRow], said: str) -> bool:
    """Ask for a number, a reference or a command, and do it; False if the user leaves.

    What is `said` stands above the prompt.
    """
    from ..interview.prompts import ask_line, say
    from ..interview.typed import read_number

    def problem(text: str) -> str:
        if text.lower() in LEAVE or read_number(text, len(rows)):
            return ""
        return problem_of_way(settings, text, len(rows))

    say(said)
    text = ask_line("Number, reference or command; Enter to leave:", problem)
    if text.lower() in LEAVE:
        return False
    if number := read_number(text, len(rows)):
        return do_row(settings, rows[number - 1])
    return wait(settings) if go(settings, text) else True


def do_row(settings: Settings, row: HomeRow) -> bool:
    """Open the task of a row, or list the tasks that it counts; False if the user leaves."""
    from .doing import do_task, do_tasks, list_named

    if len(row.tasks) > 1:
        do_tasks(settings, row.words, list_named(settings, row.tasks))
        return True
    do_task(settings, row.tasks[0])
    return wait(settings)
