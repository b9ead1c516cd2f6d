"""Drafts for people: what each is, whose, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from typing import Any

from ..domain.days import count, short_day
from ..forms.filling import NOT_KNOWN, SKIPPED
from ..services.drafts import Unfinished
from .result import Lines, View

COLUMNS = ("ref", "form", "about", "pupil", "name", "what", "answers", "who", "saved", "command")
"""The keys of a draft as data."""


def draft_data(unfinished: Unfinished, names: bool) -> dict[str, Any]:
    """A draft as data; the pupil's name only if names show."""
    draft = unfinished.draft
    return {
        "ref": draft.ref,
        "form": draft.open.form,
        "about": draft.about or None,
        "pupil": unfinished.pupil or None,
        "name": (unfinished.name or None) if names else None,
        "what": unfinished.describe("full" if names else "never"),
        "answers": count_answers(draft.answers),
        "who": draft.who,
        "saved": draft.at.astimezone(UTC).isoformat(timespec="seconds"),
        "command": f"ap draft resume {draft.ref}",
    }


def count_answers(answers: dict[str, Any]) -> int:
    """How many questions were answered, those not known yet included."""
    listed = len(answers.get(NOT_KNOWN, ()))
    return listed + sum(1 for key in answers if key not in (NOT_KNOWN, SKIPPED))


def draft_lines(found: Sequence[Unfinished], today: date) -> Lines:
    """The lines that show drafts to people, and how to go on with one."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not found:
            yield "there is no draft"
            return
        for unfinished in found:
            yield draft_line(unfinished, view.names, today)
        last = found[-1].draft.ref
        yield f"Go on: ap draft resume {last}   Delete: ap draft drop {last}"

    return lines


def draft_line(unfinished: Unfinished, names: str, today: date) -> str:
    """One draft: its reference, what it is, whose, how far it is, and when it was saved."""
    draft = unfinished.draft
    saved = draft.at.astimezone()
    when = f"{saved:%H:%M}" if saved.date() == today else short_day(saved.date(), today)
    answers = count(count_answers(draft.answers), "answer")
    return f"{draft.ref}  {unfinished.describe(names)}, {answers}, {draft.who}, {when}"
