"""One visit or one notice day, recorded for several children at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry
from ..errors import ApError, NothingAnswered
from ..forms.form import Noun
from ..render.data import entry_data
from ..render.result import Result, print_references
from ..rules.task import Choice, Remedy, Write
from ..services import records
from ..services.drafts import RECORD, SEVERAL, Draft, OpenForm
from ..services.tasks import NEVER_WAITS, OpenTask
from .asking import Asked, keep_form
from .naming import join_and, label_names
from .remedies import say_filled_in, typed_answers
from .settings import Settings

NOTHING: Mapping[str, Any] = MappingProxyType({})
FOR_SEVERAL = ("visit", "notice")
"""What can be one for several children; a review never is."""


def together(tasks: Sequence[OpenTask]) -> tuple[Write, ...] | None:
    """The visits or notices, of the same kind and questions, that these tasks ask for.

    None if they ask for different things, or for what is never done for several.
    """
    writes = [write_of(task.task.remedies) for task in tasks]
    found = tuple(write for write in writes if write is not None)
    alike = {(write.kind, write.known) for write in found}
    return found if len(found) == len(tasks) and len(alike) == 1 else None


def write_of(remedies: Sequence[Remedy]) -> Write | None:
    """The visit or notice that one of several ways records; None if there is none."""
    options = [
        option
        for remedy in remedies
        for option in (remedy.options if isinstance(remedy, Choice) else (remedy,))
    ]
    fitting = (each for each in options if isinstance(each, Write) and each.kind in FOR_SEVERAL)
    return next(fitting, None)


def do_together(settings: Settings, tasks: Sequence[OpenTask]) -> None:
    """Ask a form once, and record it for all of these tasks; say what follows for each."""
    from ..interview.prompts import say

    writes = together(tasks)
    if writes is None:
        return
    kind = KINDS[writes[0].kind]
    refs = tuple(dict.fromkeys(write.about.ref for write in writes))
    say(f"\nOne {kind.KIND} for {join_and(list(label_names(settings, refs)))}")
    known = typed_answers(kind, writes[0].known)
    ask = tuple(dict.fromkeys(name for write in writes for name in write.ask))
    say_filled_in(settings, kind, known)
    confirm = any(task.urgency in NEVER_WAITS for task in tasks)
    try:
        made = record_together(settings, kind, refs, known, ask, confirm=confirm)
        say("\n".join(made.said))
        say_left_over(settings, tasks)
    except NothingAnswered as problem:
        say(f"{problem} The {len(tasks)} tasks stay on the list.")
    except ApError as problem:
        say(str(problem))
    except (KeyboardInterrupt, EOFError):
        say("Stopped: nothing was recorded.")


def say_left_over(settings: Settings, tasks: Sequence[OpenTask]) -> None:
    """Say of each task that is still to do why it is, the first reason alone."""
    from ..interview.prompts import say
    from ..services.standing import list_still_open

    for task in tasks:
        left = list_still_open(settings.store, task, settings.today)
        if left:
            say(f"{task.task.about.ref} stays on the list: {left[0].message}")


def record_together(
    settings: Settings,
    form: type[Entry],
    refs: Sequence[str],
    known: Mapping[str, Any] = NOTHING,
    ask: tuple[str, ...] = (),
    draft: Draft | None = None,
    confirm: bool = False,
) -> Result:
    """Record an entry for each of these records in one change, which is undone as one.

    Without names of questions to `ask`, all are asked. With a draft it goes on from its answers,
    and with `confirm` they are shown before they are saved.
    """
    from ..services import entries

    subjects = [records.subject(ref) for ref in refs]
    open_form = OpenForm(f"{RECORD}{form.KIND}", SEVERAL.join(refs))
    offered = {"day": settings.today.isoformat()}
    asked = Asked(
        open_form,
        draft,
        everything=not ask,
        offered=offered,
        also=ask,
        of_task=True,
        confirm=confirm,
    )

    def keep(entry: Entry, draft: int | None) -> list[Entry]:
        return entries.record_for_each(
            settings.store, entry, subjects, settings.author, settings.today, draft
        )

    made = keep_form(settings, form, known, keep, asked)
    rows = [entry_data(entry, ref) for entry, ref in zip(made, refs, strict=True)]
    said = tuple(describe_each(settings, made, subjects))
    return Result(form.KIND, rows, lines=print_references, said=said)


def describe_each(
    settings: Settings, made: Sequence[Entry], subjects: Sequence[tuple[type[Noun], int]]
) -> Iterator[str]:
    """Say of each entry what was recorded, and what follows from it."""
    from .record import describe_made

    for entry, subject in zip(made, subjects, strict=True):
        what, *follows = describe_made(settings, entry, subject)
        yield what
        yield from (f"  {line}" for line in follows)
