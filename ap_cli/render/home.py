"""The first screen of a day: the situation, what to do by urgency, and counts of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from ..domain.days import MONTHS, count, short_day
from ..forms.text import lower_first
from ..rules.task import Urgency
from ..services.home import HomeRow, Section, arrange
from ..services.situation import Situation
from .result import View, is_accessible, paint
from .rows import count_rows, room_for
from .tasks import counts_line, heading, lay_out, row_of_home
from .urgencies import URGENCIES

LEAST = 4
"""How many rows the tasks have at least."""
NARROWEST = 40
PROMPT = 2
"""Rows for the prompt below the screen, and an empty one above it."""
TERMS_WARNING = timedelta(days=60)
"""How long before the last known term dates end a screen says so."""
DRAFTS_SHOWN = 2
COUNTED = (Urgency.GAP, Urgency.LATER, Urgency.ADVICE)
"""What is only counted."""


class HomeScreen(Struct, frozen=True):
    """The lines of the screen, and the rows that its numbers choose, the first is number 1."""

    lines: tuple[str, ...]
    rows: tuple[HomeRow, ...]


def make_home(situation: Situation, view: View) -> HomeScreen:
    """Lay the situation out on one screen."""
    below = list(footer(situation, view))
    rows = room_for(view, PROMPT)
    above = [header(situation, view), ""]
    for room in range(max(rows - len(below) - len(above), LEAST), LEAST - 1, -1):
        sections = arrange(situation.tasks, situation.people, situation.on, room)
        lines = [*above, *list_sections(sections, situation, view), *below]
        if count_rows(lines, view.width) <= rows:
            break
    shown = tuple(row for section in sections for row in section.rows)
    return HomeScreen(tuple(lines), shown)


def header(situation: Situation, view: View) -> str:
    """The day, and how many are placed where."""
    day = f"{short_day(situation.on, situation.on)} {situation.on.year}"
    schools = f"{count(situation.schools, 'school')}, " if situation.schools > 1 else ""
    placed = count(situation.live, "live placement")
    text = f"{placed}, {schools}{count(situation.providers, 'provider')}"
    if not situation.live:
        text = "no live placement"
    if is_accessible() or view.width < NARROWEST:
        return f"{day}: {text}"
    return f"{day}{text:>{max(view.width - len(day), len(text) + 2)}}"


def list_sections(sections: tuple[Section, ...], situation: Situation, view: View) -> Iterator[str]:
    """The rows of each urgency under its heading, numbered from 1."""
    number = 1
    laid_out = []
    for section in sections:
        for row in section.rows:
            laid_out.append(row_of_home(row, situation.on, view, number))
            number += 1
    lines = lay_out(laid_out, view)
    if not sections:
        yield "Nothing to do today."
    for section in sections:
        is_counted = section.cut or any(row.is_group for row in section.rows)
        counted = f": {count(section.total, 'task')}" if is_counted else ""
        yield heading(section.urgency, view, counted)
        for _ in section.rows:
            yield next(lines)
        if section.cut:
            hidden = count(section.hidden, "more task")
            more = f"      and {hidden}: ap todo --urgency {section.urgency}"
            yield paint(more, URGENCIES[section.urgency].color, view)


def footer(situation: Situation, view: View) -> Iterator[str]:
    """Counts of what is not shown, unfinished forms, where the calendar ends, and first steps."""
    hidden = [(URGENCIES[urgency].heading, situation.counts[urgency]) for urgency in COUNTED]
    line = counts_line([*hidden, ("Waiting", situation.waiting)])
    if line:
        yield f"Other tasks: {lower_first(line)}"
    for unfinished in situation.drafts[-DRAFTS_SHOWN:]:
        ref = unfinished.draft.ref
        yield f"Not finished: {unfinished.describe(view.names)}: ap draft resume {ref}"
    if (more := len(situation.drafts) - DRAFTS_SHOWN) > 0:
        yield f"{count(more, 'more form')} not finished: ap draft list"
    yield from situation.damaged_drafts[:DRAFTS_SHOWN]
    yield from situation.first_steps
    if those := situation.uncommissioned:
        command = f"ap placement edit {those[0]} --commissioner …"
        yield f"{count(len(those), 'placement')} without a commissioner: {command}"
    yield from terms_line(situation)


def terms_line(situation: Situation) -> Iterator[str]:
    """Say where the known calendar ends, once that is near."""
    until = situation.terms_until
    if until is None:
        yield "No term dates: review days are estimates. Import them: ap terms import FILE"
    elif until < situation.on + TERMS_WARNING:
        when = f"{MONTHS[until.month - 1]} {until.year}"
        verb = "ended" if until < situation.on else "end"
        yield f"Term dates {verb} in {when}. Import more: ap terms import FILE"
