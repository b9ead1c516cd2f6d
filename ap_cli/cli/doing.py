"""Doing a task: the form that does it is opened, with what is known filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.entries import KINDS
from ..errors import ApError, Interrupted
from ..forms.form import question
from ..render.command import FORMS_OF_COMMANDS, OWN_COMMANDS, spell
from ..render.result import Result, fixed_lines
from ..rules.task import Choice, Edit, Known, Nothing, Outside, Remedy, Write
from ..services import records
from ..services.tasks import OpenTask, TaskMaker
from .settings import Settings

RUN_AS_TYPED = ("ending", "corrected-ending", "placement", "merge", "sheet")
"""What has a command of its own that asks for what it needs."""


def list_tasks(settings: Settings, names: set[tuple[str, str]] | None = None) -> list[OpenTask]:
    """List the tasks of the store, or those of them that have one of these names."""
    from ..services.todo import todo

    tasks = TaskMaker(settings.store).make(todo(settings.store, settings.today))
    if names is None:
        return tasks
    return [task for task in tasks if (task.task.words, task.task.about.ref) in names]


def do_tasks(settings: Settings, title: str, names: set[tuple[str, str]]) -> None:
    """List tasks with numbers, and do those that are chosen until the user goes back."""
    while True:
        tasks = list_tasks(settings, names)
        if not tasks:
            return
        chosen = choose_task(settings, title, tasks)
        if chosen is None:
            return
        do_task(settings, chosen)


def choose_task(settings: Settings, title: str, tasks: Sequence[OpenTask]) -> OpenTask | None:
    """Show a page of tasks and ask for a number; None if the user goes back."""
    from ..interview.prompts import ask_line, read_number, say
    from ..render.show import show_result, terminal_view
    from ..render.todo import ROWS, Page, lines_of_page

    first = 1
    while True:
        view = terminal_view(settings)
        page = lines_of_page(tasks, settings.today, Page(first), view)
        show_result(Result("todo", [], lines=fixed_lines(title, *page)), settings)
        last = min(len(tasks), first - 1 + ROWS)
        more = last < len(tasks)

        def problem(text: str, more: bool = more) -> str:
            if text.lower() in ("", "<", "q") or read_number(text, len(tasks)):
                return ""
            if more and text.lower() == "more":
                return ""
            return f"Choose a number from 1 to {len(tasks)}, or press Enter to go back."

        say("")
        ask = "Number, more, or Enter to go back:" if more else "Number, or Enter to go back:"
        text = ask_line(ask, problem).lower()
        if number := read_number(text, len(tasks)):
            return tasks[number - 1]
        if text != "more":
            return None
        first = last + 1


def do_task(settings: Settings, task: OpenTask) -> None:
    """Open the form of a task; what is refused or stopped is said, and the list goes on."""
    from ..interview.prompts import say

    say(f"\n{title_of(settings, task)}")
    try:
        for remedy in task.task.remedies:
            open_remedy(settings, remedy)
    except ApError as problem:
        say(str(problem))
    except (KeyboardInterrupt, EOFError):
        say("Stopped: this task is not done.")


def title_of(settings: Settings, task: OpenTask) -> str:
    """Name the task, the child or provider that it is about, and by when it is due."""
    from ..render.show import terminal_view
    from ..render.standing import name_of
    from ..render.tasks import when

    whom, view = task.whom, terminal_view(settings)
    about = name_of(whom, view) if whom.pupil else whom.provider_name
    place = f" at {whom.provider_name}" if whom.pupil and whom.provider_name else ""
    due = when(task.by, settings.today)
    return f"{task.task.words}: {about}{place} ({whom.ref}){f', {due}' if due else ''}"


def open_remedy(settings: Settings, remedy: Remedy) -> None:
    """Open what mends a finding."""
    from ..interview.prompts import say

    match remedy:
        case Choice(_, options):
            option = choose_option(options)
            if option is not None:
                open_remedy(settings, option)
        case Outside(_, words) | Nothing(words):
            say(f"{words[:1].upper()}{words[1:]}.")
        case Write():
            write(settings, remedy)
        case Edit():
            edit(settings, remedy)


def choose_option(options: Sequence[Remedy]) -> Remedy | None:
    """Ask which of several ways to take; None if none is taken now."""
    from ..interview.prompts import ask_number, say

    for number, option in enumerate(options, 1):
        say(f"  {number}  {describe(option)}")
    chosen = ask_number("Which? A number, or Enter for none now", len(options))
    return None if chosen is None else options[chosen - 1]


def describe(remedy: Remedy) -> str:
    """Say in words what a remedy does."""
    match remedy:
        case Write(_, kind) if kind in KINDS:
            return f"Record {KINDS[kind].KIND.replace('-', ' ')}"
        case Write(_, kind):
            return WORDS.get(kind, spell(remedy))
        case Edit(about, ask, _, known):
            form = FORMS_OF_COMMANDS[about.form]
            names = [*ask, *(name for name, _ in known)]
            asked = [found.text for name in names if (found := question(form, name))]
            first = f"Answer “{asked[0]}”" if asked else spell(remedy)
            return f"{first} and {len(asked) - 1} more" if len(asked) > 1 else first
        case _:
            words = spell(remedy)
            return f"{words[:1].upper()}{words[1:]}"


WORDS = {
    "ending": "End the placement",
    "corrected-ending": "Correct how the placement ended",
    "placement": "Plan a new placement",
    "suspension": "Suspend the provider, or use it again",
    "merge": "Join the two records",
    "mark": "Record the attendance mark",
    "amended-mark": "Correct the attendance mark",
    "sheet": "Show the placement sheet",
    "terms": "Import term dates",
    "overlay": "Put another county file in force",
}
"""What a command of its own does, in words."""


def write(settings: Settings, remedy: Write) -> None:
    """Record something that happened: its form, or its own command."""
    from ..interview.prompts import say
    from ..render.show import show_result
    from .home import run_line
    from .record import record_entry

    if remedy.first:
        say(f"First: {remedy.first}.")
    if remedy.kind in KINDS and remedy.kind not in OWN_COMMANDS:
        given = typed(remedy.known)
        made = record_entry(settings, KINDS[remedy.kind], given, remedy.about.ref)
        show_result(made, settings)
    elif remedy.kind in RUN_AS_TYPED:
        run_line(settings, spell(remedy))
    else:
        say(f"Type: {spell(remedy)}")


def edit(settings: Settings, remedy: Edit) -> None:
    """Answer the open questions of a record, and keep the answers."""
    from ..interview.prompts import say
    from ..render.show import show_result
    from .nouns import edit_record
    from .recorded import edit_entry

    if remedy.first:
        say(f"First: {remedy.first}.")
    given = typed(remedy.known) | ({"not_known": list(remedy.clear)} if remedy.clear else {})
    if remedy.about.form in KINDS:
        given = ask_entry(settings, remedy, given)
        made = edit_entry(settings, given, remedy.about.ref)
    else:
        noun, number = records.subject(remedy.about.ref)
        before = records.get(settings.store, noun, number, settings.today)
        given = ask_only(settings, noun, remedy.ask, given, before)
        made = edit_record(settings, noun, remedy.about.ref, given)
    show_result(made, settings)


def ask_entry(settings: Settings, remedy: Edit, given: dict[str, Any]) -> dict[str, Any]:
    """Ask the open questions of an entry."""
    from ..services import entries
    from .references import read_entry_number

    number = read_entry_number(remedy.about.ref)
    entry, _ = entries.find(settings.store, number, settings.today)
    return ask_only(settings, type(entry), remedy.ask, given, entry)


def ask_only(
    settings: Settings, form: Any, names: Sequence[str], given: dict[str, Any], base: Any
) -> dict[str, Any]:
    """Ask these questions of a form, and only those."""
    from ..interview.interview import Interview

    interview = Interview(form, given, settings.today, base=base)
    for name in names:
        asked = question(form, name)
        if asked is not None and asked.key not in given:
            interview.ask(asked)
    return interview.given()


def typed(known: Known) -> dict[str, Any]:
    """Answers that are filled in, as a person would have typed them."""
    return dict(known)


def refuse_without_terminal(settings: Settings, task: OpenTask) -> None:
    """Raise Interrupted… if nobody can be asked, naming the command that does the task."""
    raise Interrupted(spell(task.task.remedies[0]))
