"""One visit or one notice day, recorded for several children at once."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry
from ..errors import ApError
from ..rules.task import Choice, Remedy, Write
from ..services import records
from ..services.drafts import OpenForm
from ..services.tasks import OpenTask
from .remedies import typed_answers
from .settings import Settings

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
    """Ask a form once, and record it for each of these tasks by itself."""
    from ..interview.prompts import say
    from .asking import Asked, keep_form

    writes = together(tasks)
    if writes is None:
        return
    kind = writes[0].kind
    refs = ", ".join(write.about.ref for write in writes)
    say(f"\nOne {kind} for {refs}")
    known = typed_answers(KINDS[kind], writes[0].known)
    ask = tuple(dict.fromkeys(name for write in writes for name in write.ask))
    day = settings.today.isoformat()
    open_form = OpenForm(f"record {kind}", writes[0].about.ref)
    asked = Asked(open_form, everything=not ask, offered={"day": day}, also=ask)

    def keep(entry: Entry, draft: int | None) -> list[str]:
        return keep_for_each(settings, entry, writes, draft)

    try:
        say("\n".join(keep_form(settings, KINDS[kind], known, keep, asked)))
    except ApError as problem:
        say(str(problem))
    except (KeyboardInterrupt, EOFError):
        say("Stopped: nothing was recorded.")


def keep_for_each(
    settings: Settings, entry: Entry, writes: Sequence[Write], draft: int | None
) -> list[str]:
    """Record an entry for each record; return a line for each, also where it is refused."""
    from ..services import entries

    lines = []
    for number, write in enumerate(writes):
        subject = records.subject(write.about.ref)
        mine = draft if number == 0 else None
        try:
            made = entries.record(
                settings.store, entry, subject, settings.author, settings.today, mine
            )
        except ApError as problem:
            if number == 0:
                raise
            lines.append(f"{write.about.ref}: not recorded, {problem}")
            continue
        lines.append(f"{made.ref}: {write.kind} of {write.about.ref}")
    return lines
