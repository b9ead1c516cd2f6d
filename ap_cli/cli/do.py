"""ap do: open the form of a task."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ..domain.roles import Role
from ..errors import ApError, TerminalNeeded
from ..forms.form import reference as spell_reference
from ..forms.readers import suggest
from ..forms.text import echo, first_of
from ..render.command import spell
from ..rules import RULES
from ..services import records
from ..services.caseload import Subject
from ..services.checks import CheckRequest
from ..services.standing import judge_request, list_open_tasks
from ..services.tasks import OpenTask
from .command import command, single
from .doing import do_task, do_tasks, list_tasks
from .finding import find_record
from .references import ANY
from .settings import Settings

app = single()
MOST_KEYS = 8
"""How many words of tasks are named where one fits none, those of the loudest tasks first."""
TASK = typer.Argument(
    metavar="[TASK]",
    help="The task, by the word that ap todo --json calls its key.",
    show_default=False,
)


@command(app, needs=Role.WRITER)
def do(
    settings: Settings,
    reference: Annotated[str | None, ANY] = None,
    task: Annotated[str | None, TASK] = None,
) -> None:
    """Open the form of a task, with what is known filled in.

    Without a task it lists those of a record, and without a record all of them. It asks, so it
    needs a terminal: without one it names the command, and exits 4. Ctrl-C in a form goes back to
    the list, with what was typed as a draft, and at the list it leaves.

    Examples: ap do; ap do PL-0001; ap do PL-0001 notice
    """
    if reference is None:
        refuse_without_terminal(settings, [])
        do_tasks(settings, "To do", partial(list_tasks, settings))
        return
    subject = find_record(settings, reference, *CHECKED)
    ref = spell_reference(subject[0].PREFIX, subject[1])
    list_mine = partial(list_open_tasks, settings.store, subject, settings.today)
    mine = list_mine()
    if task is not None:
        refuse_done(settings, subject, mine, task)
        chosen = find_task(mine, ref, task)
        refuse_without_terminal(settings, [chosen])
        do_task(settings, chosen)
        return
    refuse_without_terminal(settings, mine)
    if not mine:
        from ..interview.prompts import say

        say(f"Nothing to do for {ref}.")
    do_tasks(settings, f"To do for {ref}", list_mine)


CHECKED = tuple(noun for prefix, noun in records.NOUNS.items() if prefix != "C")


def refuse_done(settings: Settings, subject: Subject, mine: list[OpenTask], word: str) -> None:
    """Raise ApError if a word is the key of a rule for which nothing is to do: it says why."""
    wanted = word.lower()
    is_open = any(key.startswith(wanted) for one in mine for key in one.keys)
    if is_open or wanted not in {rule.key for rule in RULES}:
        return
    request = CheckRequest(settings.today, subjects=[subject])
    ref = spell_reference(subject[0].PREFIX, subject[1])
    if wanted.replace("-", " ") in judge_request(settings.store, request).in_order:
        raise ApError(f"“{wanted}” is done for {ref}: ap do {ref} lists what is still to do")
    raise ApError(f"“{wanted}” asks nothing of {ref} now: ap do {ref} lists what is to do")


def find_task(tasks: list[OpenTask], ref: str, word: str) -> OpenTask:
    """Find a task by its key or its beginning; raise ApError if that names none or several."""
    wanted = word.lower()
    exact = [one for one in tasks if wanted in one.keys]
    begun = [one for one in tasks if any(key.startswith(wanted) for key in one.keys)]
    fitting = exact or begun
    if len(fitting) == 1:
        return fitting[0]
    if not tasks:
        raise ApError(f"{ref} has nothing to do")
    if fitting:
        which = ", ".join(f"{one.task.words} ({one.task.about.ref})" for one in fitting)
        raise ApError(f"“{echo(word)}” fits several tasks of {ref}: {which}")
    known = list(dict.fromkeys(key for one in tasks for key in one.keys))
    near = suggest(wanted, sorted(known))
    which = first_of(known, MOST_KEYS)
    raise ApError(
        f"{ref} has no task “{echo(word)}”{near}: choose from {which}, or see ap do {ref}"
    )


def refuse_without_terminal(settings: Settings, tasks: list[OpenTask]) -> None:
    """Raise TerminalNeeded if nobody can be asked; it names the commands for a script."""
    if settings.interactive:
        return
    if not tasks:
        raise TerminalNeeded("ap do needs a terminal; in a script: ap todo --json")
    commands = "; ".join(spell(remedy) for one in tasks for remedy in one.task.remedies)
    raise TerminalNeeded(f"there is no terminal to ask on; in a script: {commands}")
