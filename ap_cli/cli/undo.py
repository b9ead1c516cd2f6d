"""ap undo"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.days import words
from ..domain.roles import Role
from ..errors import ApError
from ..forms.text import shortened
from ..render.result import Result, fixed_lines
from ..services.undoing import is_of_another
from .command import command, single
from .settings import Settings

if TYPE_CHECKING:
    from ..store.undoing import Unit

app = single()
MOST_ROWS, MOST_LETTERS = 5, 200
"""How much is said of a change: of how many rows, and in how many letters."""


@command(app, name="undo", needs=Role.WRITER)
def undo_last(
    settings: Settings,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be undone, and change nothing.")
    ] = False,
    yes: Annotated[
        bool,
        typer.Option("--yes", help="Do not ask, and undo the change even if it is another's."),
    ] = False,
) -> Result:
    """Undo the last change that was not undone; the log keeps both.

    On a terminal it shows the change and asks first. Elsewhere it undoes another person's change
    only with --yes. A mark of attendance stays in the register,
    marked as taken back.

    Examples: ap undo --dry-run; ap undo; ap undo --json
    """
    from ..services import undoing

    found = undoing.last_change(settings.store)
    summary = summarise(settings, found)
    row = {
        "what": found.what,
        "who": found.who,
        "at": found.at,
        "subjects": found.subjects,
        "undone": False,
    }
    if dry_run:
        return Result("undo", [row], lines=fixed_lines(f"would be undone: {summary}"))
    if not (yes or is_confirmed(settings, found, summary)):
        return Result("undo", [row], lines=fixed_lines("nothing was undone"))
    undoing.undo(settings.store, settings.author, found)
    return Result("undo", [row | {"undone": True}], lines=fixed_lines(f"undone: {summary}"))


def summarise(settings: Settings, found: Unit) -> str:
    """What a change was, of whom, by whom, on what day, and which values became others.

    One of many records is said in numbers. If it was made with `--on`, both days are said.
    """
    from ..services.undoing import count_records, days_of

    made, asof = days_of(found)
    days = words(made)
    if asof and asof != made:
        days += f" (as on {words(asof)})"
    what, by = shortened(found.what, 60), f"by {found.who} on {days}"
    if len(found.subjects) > MOST_ROWS:
        return f"{what}, {by}: {count_records(settings.store, found)}"
    summary = f"{what}, {', '.join(found.subjects)}, {by}"
    values = changed_values(settings, found.number)
    return f"{summary}: {values}" if values else summary


def changed_values(settings: Settings, unit: int) -> str:
    """The values that a change brought, of its first rows; a pupil's name only with --names."""
    from ..render.changes import value_words
    from ..services.log import changes
    from .log import hide_name

    told = []
    for change in islice(changes(settings.store, unit=unit), MOST_ROWS):
        old = hide_name(change.old, change.subject, settings.names)
        new = hide_name(change.new, change.subject, settings.names)
        told.append(value_words(old, new, plain=True))
    return shortened("; ".join(filter(None, told)), MOST_LETTERS)


def is_confirmed(settings: Settings, found: Unit, summary: str) -> bool:
    """Ask on a terminal whether to undo a change; elsewhere raise ApError for another person's."""
    another = is_of_another(found, settings.author)
    if not settings.interactive:
        if another:
            raise ApError(
                f"the last change is not yours: {summary}; to undo it all the same, give --yes"
            )
        return True
    from ..interview.prompts import ask_yes, say

    say(f"To be undone: {summary}")
    if another:
        say(f"{found.who} made this change, not you.")
    return ask_yes("Undo it?")
