"""A placement, a pupil or a provider on one screen, worth printing for a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec.structs import asdict

from ..domain.days import count, due_words, from_today, short_day
from ..domain.options import route_name
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil, short_name
from ..domain.sessions import days_text
from ..forms.facts import recorded
from ..forms.text import hours, printable, shortened
from ..rules.task import Task, Urgency
from ..services.meeting import (
    AttendedWeek,
    HeldReview,
    MeetingPage,
    PlannedWeek,
)
from ..services.summaries import PlacementLine
from ..services.tasks import OpenTask
from .data import record_data
from .result import Result, View, is_accessible, paint
from .rows import count_rows, cut_lines
from .urgencies import URGENCIES, count_words

ROWS = 24
"""The rows of the screen: a terminal that is smaller gets fewer tasks."""

BELOW = 2
"""The rows below the page: how to see more, and the shell's prompt."""

BAR = 20
BARS, BARS_IF_SMALL, BARS_ON_PAPER = 4, 2, 8
LEAST_TASKS, TASKS_ON_PAPER = 3, 13
MOST_PLACEMENTS, MOST_DATES, DATES_IF_SMALL = 5, 3, 2
SAFE = {True: "safe", False: "NOT SAFE", None: "safety not recorded"}


def show_page(page: MeetingPage, on: date, names: bool) -> Result:
    """Show a page for a meeting; as data with the pupil's name only if names are shown."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        return page_lines(page, on, view)

    return Result("show", [page_data(page, on, names)], ("ref",), lines)


def page_lines(page: MeetingPage, on: date, view: View) -> Iterator[str]:
    """The page: who and where, the week, attendance, reviews, what is open, and what comes."""
    head = [*head_lines(page, on, view), *middle_lines(page, on, view)]
    tail = [*date_lines(page, on, view)]
    most = TASKS_ON_PAPER
    if view.width:
        rows = min(ROWS, view.height or ROWS) - BELOW
        most = max(LEAST_TASKS, rows - count_rows((*head, *tail), view.width))
    yield from head
    yield from open_lines(page, on, most, view)
    yield from tail


def is_small(view: View) -> bool:
    """Whether a terminal has fewer rows than most have."""
    return 0 < view.height < ROWS


def head_lines(page: MeetingPage, on: date, view: View) -> Iterator[str]:
    """Who or what it is about, and the facts that a meeting begins with."""
    noun = page.noun
    if isinstance(noun, Pupil):
        yield printable(f"{own_name(noun, view)}{pupil_facts(noun, on)}")
    elif isinstance(noun, Provider):
        yield printable(f"{noun.name} ({noun.ref}), {noun.kind.means}")
        yield from (f"  {note}" for note in page.notes[:2])
    elif isinstance(noun, Placement):
        yield from placement_head(noun, page, on, view)
        return
    yield f"Placements: {placement_counts(page)}"
    for line in page.placements[-MOST_PLACEMENTS:]:
        yield printable(f"  {placement_text(line, page, on, view)}")


def own_name(pupil: Pupil, view: View) -> str:
    """The child who was asked for: the full name unless names are not shown here."""
    return label_child(pupil.name, pupil.ref, view)


def label_child(name: str, ref: str, view: View) -> str:
    """A name with its reference; the reference alone if no names show, or it is all blanks."""
    return f"{name} ({ref})" if view.names != "never" and name.strip() else ref


def pupil_facts(pupil: Pupil, on: date) -> str:
    """A child's year, school and circumstances, in a row."""
    parts = year_words(pupil.year_on(on))
    parts += [pupil.home_school] if recorded(pupil.home_school) else []
    circumstances = {
        "EHC plan": pupil.ehcp,
        "looked after": pupil.looked_after,
        "social worker": pupil.social_worker,
    }
    parts += [name for name, fact in circumstances.items() if recorded(fact) and fact.on(on)]
    last = pupil.last_day_of_school_age
    parts += [f"of school age until {short_day(last, on)}"] if last >= on else []
    return "".join(f", {part}" for part in parts)


def year_words(year: int | None) -> list[str]:
    """A year group in words; nothing outside school age."""
    if year is None:
        return []
    return [f"year {year}" if year else "Reception"]


def placement_head(placement: Placement, page: MeetingPage, on: date, view: View) -> Iterator[str]:
    """A placement: who, where, since when, by which route, and who leads."""
    (line,) = page.placements
    name = page.pupils[line.pupil]
    child = label_child(name, line.pupil, view)
    place = f"{line.provider_name} ({line.provider})"
    yield printable(f"{child} at {place}, {placement.ref}, {line.state}")
    if placement.never_started:
        yield printable(f"  {placement.end_reason or ''}")
        return
    until = f" to {short_day(line.ends, on)}" if line.ends else ", no end agreed"
    parts = [f"{short_day(line.starts, on)}{until}", route_name(placement.route)]
    parts += [f"tier {placement.tier}"] if recorded(placement.tier) else []
    parts += [f"led by {placement.owner}"] if recorded(placement.owner) else []
    yield printable(f"  {', '.join(parts)}")


def placement_counts(page: MeetingPage) -> str:
    """How many placements there are in each state, in a row."""
    states = [line.state for line in page.placements]
    return ", ".join(f"{states.count(one)} {one}" for one in dict.fromkeys(states)) or "none"


def placement_text(line: PlacementLine, page: MeetingPage, on: date, view: View) -> str:
    """A placement in a line: where a pupil is, or which pupil is at a provider."""
    whom = f"{shortened(line.provider_name, 30)} ({line.provider})"
    if isinstance(page.noun, Provider):
        whom = pupil_label(line.pupil, page, view)
    until = f" to {short_day(line.ends, on)}" if line.ends else ", no end"
    return f"{line.ref}  {whom}  {line.hours} hours a week, {short_day(line.starts, on)}{until}"


def pupil_label(ref: str, page: MeetingPage, view: View) -> str:
    """A pupil in an overview: short, full, or by the reference alone."""
    name = page.pupils[ref]
    return label_child(name if view.names == "full" else short_name(name), ref, view)


def middle_lines(page: MeetingPage, on: date, view: View) -> Iterator[str]:
    """The planned week, the attendance and the reviews."""
    if not isinstance(page.noun, Provider):
        for week in page.weeks:
            yield printable(f"{week_heading(week, on)}: {week_text(week)}")
    yield f"Attendance: {attendance_text(page)}"
    bars = BARS_ON_PAPER
    if view.width:
        bars = BARS_IF_SMALL if is_small(view) else BARS
    yield from (f"  {bar_text(week, on)}" for week in page.attended[-bars:])
    yield f"Reviews: {'; '.join(review_texts(page, on)) or 'none held'}"


def week_heading(week: PlannedWeek, on: date) -> str:
    """Which week it is: this one, or one that comes."""
    name = "This week" if week.monday <= on else "The week"
    return f"{name} ({short_day(week.monday, on)})"


def week_text(week: PlannedWeek) -> str:
    """Where a week is spent, in a row."""
    if week.no_school:
        return "no school"
    total = f"{hours(week.minutes)} hours at {shortened(week.provider, 30)}"
    if not week.parts:
        return f"{total}; days not known"
    parts = [f"{shortened(part.where, 30)} {days_text(part.sessions)}" for part in week.parts]
    return f"{'; '.join(parts)}. {total}"


def attendance_text(page: MeetingPage) -> str:
    """All attendance recorded, in a line."""
    total = page.total
    if total.percent is None:
        return "nothing recorded"
    text = f"{total.percent:g} %, {total.present:,} of {count(total.possible, 'session')}"
    unauthorised = total.unauthorised - total.unexplained
    without = f", {count(unauthorised, 'unauthorised absence')}" if unauthorised else ""
    unknown = count(total.unexplained, "absence") if total.unexplained else ""
    return f"{text}{without}{f', {unknown} with no reason known yet' if unknown else ''}"


def bar_text(week: AttendedWeek, on: date) -> str:
    """The attendance of a week as a bar, with its numbers."""
    counts = week.counts
    day = f"{short_day(week.monday, on):<11}"
    if not counts.possible:
        return f"{day} no session was possible"
    if is_accessible():
        return f"{day.rstrip()}: {counts.present} of {counts.possible}"
    full = round(BAR * counts.present / counts.possible)
    return f"{day} {'#' * full}{'.' * (BAR - full)} {counts.present} of {counts.possible}"


def review_texts(page: MeetingPage, on: date) -> Iterator[str]:
    """The reviews that are overdue, and the last that were held."""
    yield from (f"overdue since {short_day(each.day, on)}" for each in page.overdue)
    yield from (review_text(one, page, on) for one in page.reviews)


def review_text(held: HeldReview, page: MeetingPage, on: date) -> str:
    """A review in a few words."""
    which = "" if isinstance(page.noun, Placement) else f"{held.placement} "
    decided = f", {held.decided}" if held.decided else ""
    return f"{which}{short_day(held.day, on)} {SAFE[held.safe]}{decided}"


def open_lines(page: MeetingPage, on: date, most: int, view: View) -> Iterator[str]:
    """What is open, the loudest first, in at most so many rows, and how much more there is."""
    rest = [f"{len(page.waiting)} waiting for an answer"] if page.waiting else []
    rest += [count(page.later, "more can wait", "more can wait")] if page.later else []
    counts = Counter(task.urgency for task in page.tasks)
    now = count_words((urgency, counts[urgency]) for urgency in Urgency)
    first = f"Open: {'; '.join((now or 'nothing', *rest))}"
    most -= count_rows([first], view.width)
    yield first
    rows = [task_text(task.task, page, on, view) for task in page.tasks]
    yield from cut_lines(rows, most, view.width, f"  and {{}} more: ap check {page.noun.ref}")


def task_text(task: Task, page: MeetingPage, on: date, view: View) -> str:
    """A task in a line: when, what, and about which record if it is not this one."""
    when = due_words(task.by, on) if task.by else "now"
    shown = paint(when, URGENCIES[task.urgency].color, view)
    whose = "" if task.about.ref == page.noun.ref else f"  {task.about.ref}"
    words = task.words.replace("“", "").replace("”", "")
    if is_accessible():
        return f"{words}{whose}, {when}"
    return f"  {shown}{' ' * max(1, 15 - len(when))}{words}{whose}"


def date_lines(page: MeetingPage, on: date, view: View) -> Iterator[str]:
    """The next days, a line each."""
    yield "Next" if page.dates else "Next: nothing"
    most = DATES_IF_SMALL if is_small(view) else MOST_DATES
    for each in page.dates[:most]:
        away = from_today((each.day - on).days)
        yield printable(f"  {short_day(each.day, on):<15} {each.what}, {away}")


def page_data(page: MeetingPage, on: date, names: bool) -> dict[str, Any]:
    """The page as data: the record, with what belongs to it."""
    return record_data(page.noun, names, on) | {
        "kind_of_record": page.noun.NOUN,
        "placements": [asdict(one) for one in page.placements],
        "names": page.pupils if names else {},
        "weeks": [week_data(week) for week in page.weeks],
        "attendance": {
            "percent": page.total.percent,
            "present": page.total.present,
            "possible": page.total.possible,
            "weeks": [
                {
                    "monday": week.monday,
                    "present": week.counts.present,
                    "possible": week.counts.possible,
                    "percent": week.counts.percent,
                }
                for week in page.attended
            ],
        },
        "reviews": [asdict(one) for one in page.reviews],
        "tasks": [task_data(task) for task in (*page.tasks, *page.waiting)],
        "later": page.later,
        "overdue": [asdict(each) for each in page.overdue],
        "dates": [asdict(each) for each in page.dates],
        "headroom": list(page.notes),
    }


def task_data(open_task: OpenTask) -> dict[str, Any]:
    """A task as data; `waits_since` is the day on which somebody was asked, if it waits."""
    task = open_task.task
    return {
        "task": task.words,
        "about": task.about.ref,
        "by": task.by,
        "urgency": task.urgency,
        "rules": task.rules,
        "waits_since": open_task.waits_since,
    }


def week_data(week: PlannedWeek) -> dict[str, Any]:
    """A planned week as data."""
    return {
        "placement": week.placement,
        "provider": week.provider,
        "monday": week.monday,
        "weekly_minutes": week.minutes,
        "no_school": week.no_school,
        "parts": [{"where": part.where, "sessions": str(part.sessions)} for part in week.parts],
    }
