"""Doing tasks: they are listed with numbers, and the form of the chosen one is opened."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import ApError
from ..render.result import Result, fixed_lines
from ..services.tasks import OpenTask, TaskMaker
from .checklist import walk
from .remedies import open_remedy
from .settings import Settings

MORE = "type more"


def list_tasks(settings: Settings, names: set[tuple[str, str]] | None = None) -> list[OpenTask]:
    """List the tasks of the store, or those of them that have one of these names."""
    from ..services.todo import todo

    tasks = TaskMaker(settings.store).make(todo(settings.store, settings.today))
    if names is None:
        return tasks
    return [task for task in tasks if name_of_task(task) in names]


def name_of_task(task: OpenTask) -> tuple[str, str]:
    """What names a task, also after others are done: its words and its record."""
    return task.task.words, task.task.about.ref


def do_tasks(settings: Settings, title: str, tasks: Sequence[OpenTask]) -> None:
    """List tasks with numbers, and do those that are chosen until the user goes back."""
    names = set(map(name_of_task, tasks))
    while tasks:
        chosen = choose_task(settings, title, tasks)
        if chosen is None:
            return
        do_task(settings, chosen)
        tasks = list_tasks(settings, names)


def choose_task(settings: Settings, title: str, tasks: Sequence[OpenTask]) -> OpenTask | None:
    """Show tasks, a page at a time, and ask for a number; None if the user goes back."""
    from ..interview.prompts import ask_line, say
    from ..interview.typed import read_number
    from ..render.show import show_result, terminal_view
    from ..render.todo import ROWS, Page, lines_of_page

    first = 1
    while True:
        page = lines_of_page(tasks, settings.today, Page(first, more=MORE), terminal_view(settings))
        show_result(Result("todo", [], lines=fixed_lines(title, *page)), settings)
        has_more = first - 1 + ROWS < len(tasks)
        ways = ("", "<", "q", "more") if has_more else ("", "<", "q")
        ask = "Number, more, or Enter to go back:" if has_more else "Number, or Enter to go back:"

        def problem(text: str, ways: tuple[str, ...] = ways) -> str:
            if text.lower() in ways or read_number(text, len(tasks)):
                return ""
            return f"Choose a number from 1 to {len(tasks)}, or press Enter to go back."

        say("")
        text = ask_line(ask, problem).lower()
        if number := read_number(text, len(tasks)):
            return tasks[number - 1]
        if text != "more":
            return None
        first += ROWS


def do_task(settings: Settings, task: OpenTask) -> None:
    """Open the form of a task; what is refused or stopped is said, and nothing else is lost."""
    from ..interview.prompts import say

    say(f"\n{title_of(settings, task)}")
    try:
        if len(task.task.remedies) > 1:
            walk(settings, task)
        else:
            open_remedy(settings, task.task.remedies[0])
    except ApError as problem:
        say(str(problem))
    except (KeyboardInterrupt, EOFError):
        say("Stopped: this task is not done yet.")


def title_of(settings: Settings, task: OpenTask) -> str:
    """Name the task, the child or provider that it is about, and by when it is due."""
    from ..render.show import terminal_view
    from ..render.standing import name_of
    from ..render.tasks import when

    whom = task.whom
    about = name_of(whom, terminal_view(settings)) if whom.pupil else whom.provider_name
    place = f" at {whom.provider_name}" if whom.pupil and whom.provider_name else ""
    due = when(task.by, settings.today)
    return f"{task.task.words}: {about}{place} ({whom.ref}){f', {due}' if due else ''}"
