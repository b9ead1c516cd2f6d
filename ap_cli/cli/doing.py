"""Doing tasks: they are listed with numbers, and the form of the chosen one is opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import words
from ..domain.roles import Role
from ..errors import ApError, NothingAnswered
from ..forms.text import lower_first
from ..render.result import Result, fixed_lines
from ..rules.task import Choice, Known, Remedy, Urgency
from ..services.tasks import NEVER_WAITS, OpenTask, TaskMaker
from .checklist import walk
from .going import go, problem_of_way, wait
from .remedies import describe, open_remedy
from .settings import Settings
from .together import do_together, together, write_of

NEW_NUMBERS = "The list has changed: its numbers are new."
MORE = "type more to see them"
MOST_REASONS = 3
"""The most reasons that are told why a task is still to do."""


def list_tasks(settings: Settings, names: set[tuple[str, str]] | None = None) -> list[OpenTask]:
    """List the tasks of the store, or those of them that have one of these names."""
    from ..services.todo import todo

    tasks = TaskMaker(settings.store, settings.today).make(todo(settings.store, settings.today))
    if names is None:
        return tasks
    return [task for task in tasks if name_of_task(task) in names]


def name_of_task(task: OpenTask) -> tuple[str, str]:
    """What names a task, also after others are done: its words and its record."""
    return task.task.words, task.task.about.ref


def do_tasks(settings: Settings, title: str, list_again: Callable[[], list[OpenTask]]) -> None:
    """List tasks with numbers, and do those that are chosen until the user goes back.

    `list_again` lists them as they are now, once a task is done.
    """
    first, before = 1, 0
    while tasks := list_again():
        above = f"{title}. {NEW_NUMBERS}" if before and len(tasks) != before else title
        before = len(tasks)
        chosen = choose_tasks(settings, above, tasks, min(first, len(tasks)))
        if chosen is None:
            return
        first = chosen.first
        if not chosen.tasks:
            continue
        if chosen.waits:
            wait_with(settings, chosen.tasks, chosen.asked or settings.today)
        elif len(chosen.tasks) > 1:
            do_together(settings, chosen.tasks)
        else:
            do_task(settings, chosen.tasks[0])


def list_named(settings: Settings, tasks: Sequence[OpenTask]) -> Callable[[], list[OpenTask]]:
    """What lists these tasks again, without those that are done."""
    return partial(list_tasks, settings, set(map(name_of_task, tasks)))


class Chosen(Struct, frozen=True):
    """The tasks that were chosen, and whether somebody was asked and they wait for the answer.

    `first` is the number with which the page began. There are none if something else was typed.
    """

    tasks: tuple[OpenTask, ...]
    waits: bool = False
    first: int = 1
    asked: date | None = None
    """The day on which somebody was asked; None is today."""


WAITS_SINCE = re.compile(r"w\s*(\d{1,5})\s+(.+)", re.ASCII | re.IGNORECASE)
WAITS = re.compile(r"w\s*(?=\d|all)", re.ASCII | re.IGNORECASE)


def read_since(text: str, tasks: Sequence[OpenTask], today: date) -> Chosen | None:
    """Read "w 3 27 Feb 2026" as a task, and the day on which somebody was asked; else None."""
    from ..forms.readers import read_record_day

    found = WAITS_SINCE.fullmatch(text.strip())
    if found is None or not 1 <= int(found[1]) <= len(tasks):
        return None
    try:
        day = read_record_day(found[2], today)
    except ValueError:
        return None
    return Chosen((tasks[int(found[1]) - 1],), waits=True, asked=day)


def read_choice(text: str, tasks: Sequence[OpenTask], today: date) -> Chosen | None:
    """Read "3", "3 5", "1-3", "all", "w 3" or "w 3 DAY" as tasks; None if it names none."""
    from ..interview.typed import read_numbers

    if since := read_since(text, tasks, today):
        return since
    waits = WAITS.match(text.strip())
    numbers = read_numbers(text.strip()[waits.end() if waits else 0 :], len(tasks))
    if not numbers:
        return None
    return Chosen(tuple(tasks[number - 1] for number in numbers), waits=bool(waits))


def describe_ways(tasks: Sequence[OpenTask]) -> str:
    """Say what else can be typed, with numbers of these tasks for which it works."""
    ways = []
    waiting = next((at for at, task in enumerate(tasks, 1) if can_wait(task)), 0)
    if waiting:
        ways.append(f"Type w {waiting}, or w {waiting} DAY, if you asked somebody and wait.")
    if pair := find_pair(tasks):
        ways.append(f"Type {pair[0]} {pair[1]}, a span or all to record the same for several.")
    return " ".join(ways)


def can_wait(task: OpenTask) -> bool:
    """Whether somebody may wait for an answer with a task."""
    return task.urgency not in NEVER_WAITS and task.waits_since is None


def find_pair(tasks: Sequence[OpenTask]) -> tuple[int, int] | None:
    """The numbers of the first two tasks that can be done together; None if there are none."""
    first: dict[tuple[str, Known], int] = {}
    for number, task in enumerate(tasks, 1):
        shared = write_of(task.task.remedies)
        if shared is None:
            continue
        key = (shared.kind, shared.known)
        if key in first:
            return first[key], number
        first[key] = number
    return None


def choose_tasks(
    settings: Settings, title: str, tasks: Sequence[OpenTask], first: int
) -> Chosen | None:
    """Show tasks, a page at a time, and ask for numbers; None if the user goes back."""
    from ..interview.prompts import say
    from ..render.rows import Page
    from ..render.show import terminal_view
    from ..render.showing import show_result
    from ..render.todo import fill_tasks

    while True:
        view, page = terminal_view(settings), Page(first, more=MORE)
        filled = fill_tasks(tasks, settings.today, page, view)
        show_result(Result("todo", [], lines=fixed_lines(title, *filled.lines)), settings)
        has_more = filled.last < len(tasks)
        ways = ("", "<", "q", "n", "more") if has_more else ("", "<", "q")
        ask = "Number, more, or Enter to go back:" if has_more else "Number, or Enter to go back:"

        def problem(text: str, ways: tuple[str, ...] = ways) -> str:
            if text.lower() in ways:
                return ""
            chosen = read_choice(text, tasks, settings.today)
            if chosen is None and text[:1].isdigit():
                return f"Choose a number from 1 to {len(tasks)}, or press Enter to go back."
            if chosen is None:
                return problem_of_way(settings, text, len(tasks))
            return object_to_waiting(chosen) or object_to_several(chosen)

        if how := describe_ways(tasks):
            say(how)
        text = ask_or_leave(ask, problem)
        if chosen := read_choice(text, tasks, settings.today):
            return replace(chosen, first=first)
        if text.lower() in ("n", "more"):
            first = filled.last + 1
        elif text.lower() in ways:
            return None
        else:
            return Chosen((), first=first) if go_on_from(settings, text) else None


def ask_or_leave(message: str, problem: Callable[[str], str]) -> str:
    """A line typed at a list; empty, as Enter is, for Ctrl-C, which leaves the list."""
    from ..interview.prompts import ask_line
    from ..stopping import is_asked_to_end

    try:
        return ask_line(message, problem)
    except (KeyboardInterrupt, EOFError):
        if is_asked_to_end():
            raise
        return ""


def go_on_from(settings: Settings, text: str) -> bool:
    """Run what was typed in place of a number; False if the user leaves the list after it."""
    return wait(settings) if go(settings, text) else True


def object_to_waiting(chosen: Chosen) -> str:
    """Say why nobody waits with a task; empty if one may."""
    if chosen.waits and any(task.urgency is Urgency.SAFETY for task in chosen.tasks):
        return "A child may be unsafe: this cannot wait. Do it, or tell your safeguarding lead."
    if chosen.waits and any(task.urgency is Urgency.LAW for task in chosen.tasks):
        return "The law is broken: this cannot wait. Choose its number to do it."
    return ""


def object_to_several(chosen: Chosen) -> str:
    """Say why tasks cannot be done together; empty if they can, or if it is one."""
    if chosen.waits or len(chosen.tasks) == 1 or together(chosen.tasks) is not None:
        return ""
    return "Only the same visit or notice can be recorded for several: choose one number."


def wait_with(settings: Settings, tasks: Sequence[OpenTask], asked: date) -> None:
    """Record on which day somebody was asked, and say on which the tasks come back."""
    from ..domain.entries.waiting import Waiting
    from ..interview.prompts import say
    from ..services import entries, records
    from ..services.people import People
    from ..services.waiting import list_waits

    for task in tasks:
        entry = Waiting(day=asked, task=task.key, by=settings.author.who)
        subject = records.subject(waiting_ref(task))
        try:
            entries.record(settings.store, entry, subject, settings.author, settings.today)
        except ApError as problem:
            say(str(problem))
            continue
        waits = list_waits(settings.store, People(settings.store), settings.today)
        wait = waits.get((waiting_ref(task), task.key))
        back = f"on {words(wait.until, weekday=True)}" if wait else "today, as that is long ago"
        say(f"Waiting: {task.task.words}. It comes back {back}.")


def waiting_ref(task: OpenTask) -> str:
    """The record about which it is noted that a task waits: an entry has none of its own."""
    ref = task.task.about.ref
    return ref if ref.partition("-")[0] in ("PL", "PR", "P") else task.task.subjects[0]


def do_task(settings: Settings, task: OpenTask) -> None:
    """Open the form of a task; what is refused or stopped is said, and nothing else is lost."""
    from ..interview.prompts import say

    say(f"\n{title_of(settings, task)}")
    try:
        settings.refuse_unless(Role.WRITER)
        if len(task.task.remedies) > 1:
            if walk(settings, task):
                say_still_open(settings, task)
        elif open_remedy(settings, task.task.remedies[0], task.urgency in NEVER_WAITS):
            say_still_open(settings, task)
    except NothingAnswered as problem:
        say(str(problem))
        say_still_open(settings, task)
    except ApError as problem:
        say(str(problem))
    except (KeyboardInterrupt, EOFError):
        say("Stopped: this task is not done yet.")


def say_still_open(settings: Settings, task: OpenTask) -> None:
    """Say why a task is still to do, if it is, and what is left where its form mends it no more."""
    from ..interview.prompts import say
    from ..services.standing import list_still_open

    left = list_still_open(settings.store, task, settings.today)
    if left:
        say("The task stays on the list, because:")
    for finding in left[:MOST_REASONS]:
        say(f"  {finding.message}")
    for ways in dict.fromkeys(filter(None, (describe_choice(each.remedy) for each in left))):
        say(f"What you can do now: {ways}.")


def describe_choice(remedy: Remedy | None) -> str:
    """Describe the ways of a decision in a row; empty if a remedy is none."""
    if not isinstance(remedy, Choice):
        return ""
    return "; or ".join(lower_first(describe(option)) for option in remedy.options)


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
