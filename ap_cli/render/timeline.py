"""What happened, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ..domain.days import words
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..forms.facts import Unknown
from ..forms.form import field_types, questions
from ..forms.text import label
from ..services.timeline import NewWeek, Story, Week
from .data import entry_data, entry_keys
from .nouns import fact_text
from .result import Result, View

NONE, ALL = "·", "#"


def show_timeline(story: Story, on: date) -> Result:
    """A timeline: what happened, and the start and end of each placement.

    The timeline of a placement ends with a picture of its weeks.
    """
    entries = [
        entry_data(entry, subject.ref) | {"told": f"{entry.ref} {entry_text(entry)}"}
        for subject, entry in story.happened
    ]
    placed = [event for one in story.placements for event in placement_events(one, on)]
    rows = sorted(
        [*placed, *map(week_event, story.new_weeks), *entries], key=lambda row: row["day"]
    )

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterable[str]:
        told = [f"{words(row['day'])}  {row['subject']}  {row['told']}" for row in rows]
        return [
            *(told or [f"nothing is recorded about {story.about.ref} yet"]),
            *picture_weeks(story.weeks),
        ]

    return Result(
        "timeline",
        rows,
        ("day", "ref", "kind", "subject", "told"),
        lines=lines,
        keys=(*entry_keys(), "told"),
    )


def week_event(new: NewWeek) -> dict[str, Any]:
    """A new week as an event of the timeline."""
    kinds = field_types(Placement)
    told = ", ".join(
        f"{label(name)} {fact_text(fact, kinds[name][0])}" for name, fact in new.changed.items()
    )
    return event("week", new.placement, new.since, f"from now on {told}")


def picture_weeks(weeks: Sequence[Week]) -> Iterator[str]:
    """The weeks of a placement, a line for each half term and a sign for each week."""
    if not weeks:
        return
    blocks = [
        (name, list(those)) for name, those in groupby(weeks, key=lambda week: week.half_term)
    ]
    wide, name_wide = max(len(those) for _, those in blocks), max(len(name) for name, _ in blocks)
    attended, reviews = max(wide, len("attended")), max(wide, len("reviews"))
    yield (
        f"weeks ({ALL} attended all, 9 over nine tenths, {NONE} nothing recorded;"
        " R a review, ! a concern)"
    )
    yield f"  {'':<{name_wide}}  {'attended':<{attended}}  {'reviews':<{reviews}}  concerns"
    for name, those in blocks:
        marks = "".join(map(attendance_sign, those))
        held = "".join("R" if week.reviews else NONE for week in those)
        raised = "".join("!" if week.concerns else NONE for week in those)
        yield f"  {name:<{name_wide}}  {marks:<{attended}}  {held:<{reviews}}  {raised}"


def attendance_sign(week: Week) -> str:
    """A week's attendance in one sign: the tenths, all, or nothing recorded."""
    if week.percent is None:
        return NONE
    return ALL if week.percent == 100 else str(int(week.percent // 10))


def placement_events(placement: Placement, on: date) -> Iterable[dict[str, Any]]:
    """The start of a placement, and its end once it has come."""
    yield event("start", placement.ref, placement.starts, start_text(placement, on))
    if placement.ended is not None and placement.ended <= on and not placement.never_started:
        yield event(
            "end",
            placement.ref,
            placement.ended,
            f"ended: {placement.end_reason or 'why is not recorded'}",
        )


def start_text(placement: Placement, on: date) -> str:
    """What a timeline says of a placement's first day."""
    if placement.never_started:
        return f"never started: {placement.end_reason or 'why is not recorded'}"
    return "starts" if placement.starts > on else "started"


def event(kind: str, subject: str, day: date, text: str) -> dict[str, Any]:
    """A row of the timeline that is no entry, and so has no reference."""
    return {"ref": None, "kind": kind, "subject": subject, "day": day, "told": text}


def entry_text(entry: Entry) -> str:
    """An entry in a line: its kind and what is recorded of it."""
    told = []
    for question in questions(type(entry)):
        fact = getattr(entry, question.name)
        if question.name != "day" and not isinstance(fact, Unknown):
            told.append(f"{question.label} {fact_text(fact, question.type)}")
    return f"{entry.KIND}: {'; '.join(told)}" if told else entry.KIND
