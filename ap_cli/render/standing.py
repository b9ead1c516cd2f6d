"""The screens of `ap check`: one record with its verdict and tasks, or a line a placement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct

from ..domain.days import MONTHS, count, day_to_act, short_day
from ..domain.options import route_name
from ..domain.placement import Placement
from ..domain.sessions import days_text
from ..forms.facts import recorded
from ..forms.text import capital, hours, printable
from ..rules.task import Edit, Urgency, Write
from ..services.standing import Judged, Standing
from ..services.tasks import OpenTask, count_tasks
from ..services.verdicts import LOUD, Verdict, is_due_by
from ..store.queries.people import Whom
from .check import answers_line
from .data import until
from .overview import overview, standing_lines
from .result import DIM, Lines, View, is_accessible, paint
from .rows import most_that_fit, room_for
from .tasks import VERDICT_COLORS, Row, heading, lay_out

PROMPT = 1
"""The rows below the screen: the shell's prompt."""
LEAST_ROWS = 3
"""How many rows tasks have at least, with their heading and how many more there are."""


class CheckScreen(Struct, frozen=True):
    """What the screen of one record shows: how it stands, and what the check looked at.

    `placement` is the record itself if it is one; `in_order` has the keys of the rules that are
    met. `later` asks for every task, also those that are not due yet.
    """

    standing: Standing
    placement: Placement | None
    in_order: tuple[str, ...]
    on: date
    later: bool = False


def show_standings(judged: Judged, on: date, later: bool) -> Lines:
    """The lines that show what a check says of records, to people and in a pipe."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not judged.standings:
            yield answers_line(judged.counts)
        elif not view.width:
            yield from standing_lines(judged.standings)
        elif judged.is_one:
            (standing,) = judged.standings
            screen = CheckScreen(standing, judged.placement, judged.in_order, on, later)
            yield from check_screen(screen, view)
        else:
            yield from overview(judged.standings, on, view)

    return lines


def check_screen(screen: CheckScreen, view: View) -> Iterator[str]:
    """The lines of one record: who and when, the verdict, what to do, and what is in order."""
    above = [*describe(screen, view), "", verdict_line(screen, view)]
    groups = list(group_tasks(screen))
    below = list(footer(screen, groups, view))

    def make(rows: int) -> list[str]:
        kept, hidden = cut_groups(groups, rows)
        more = f"     and {hidden} more: ap check {screen.standing.whom.ref} --later"
        shown = group_lines(kept, screen, view)
        return [*above, *shown, *([more] if hidden else []), *below]

    every = sum(group.rows for group in groups)
    numbers = range(every if screen.later else LEAST_ROWS, max(every, LEAST_ROWS) + 1)
    yield from most_that_fit(make, numbers, room_for(view, PROMPT), view.width)


class Group(Struct, frozen=True):
    """Tasks under a heading: their day, or where `title` is empty their urgency."""

    urgency: Urgency
    title: str
    tasks: tuple[OpenTask, ...]

    @property
    def rows(self) -> int:
        """How many rows it takes, with its heading."""
        return len(self.tasks) + 1


def describe(screen: CheckScreen, view: View) -> Iterator[str]:
    """Say who and where, when and in which week; of a pupil or provider its name alone."""
    whom, placement = screen.standing.whom, screen.placement
    if placement is None:
        name = name_of(whom, view) if whom.pupil else whom.provider_name
        yield f"{printable(name)} ({whom.ref})"
        return
    week = f", {hours(placement.weekly_minutes)} hours a week"
    if recorded(placement.at_provider):
        week = f", {days_text(placement.at_provider)}{week}"
    place = f"{printable(whom.provider_name)} ({whom.ref})"
    child = name_of(whom, view)
    person = f"{child} ({whom.pupil})" if child != whom.pupil else child
    yield f"{person} at {place}{week}"
    yield f"{capital(route_name(placement.route))}. {say_when(placement, screen.on)}"


def name_of(whom: Whom, view: View) -> str:
    """A child's full name where it may be shown, as somebody asked for this child."""
    return whom.pupil if view.names == "never" else printable(whom.name).strip() or whom.pupil


def say_when(placement: Placement, on: date) -> str:
    """Say when a placement starts and ends, seen from a day."""
    began = short_day(placement.starts, on)
    starts = f"Starts {began}" if placement.starts >= on else f"Started {began}"
    if placement.starts > on:
        starts += f", in {distance((placement.starts - on).days)}"
    last = until(placement, on)
    if last is None:
        return f"{starts}. No end date."
    ends = "Ended" if placement.ended is not None and placement.ended < on else "Ends"
    return f"{starts}. {ends} {short_day(last, on)}."


def distance(days: int) -> str:
    """Say a number of days in weeks, once it is two weeks or more."""
    return count(days, "day") if days < 14 else count(days // 7, "week")


def verdict_line(screen: CheckScreen, view: View) -> str:
    """The verdict in capitals, and how much is behind it."""
    verdict = screen.standing.verdict
    return paint(f"{verdict}: {reason(screen)}", VERDICT_COLORS[verdict], view)


def reason(screen: CheckScreen) -> str:
    """Say how many things are behind a verdict."""
    standing = screen.standing
    for urgency, verdict in LOUD.items():
        if standing.verdict is verdict:
            return things_of(count_tasks(standing.tasks, urgency), urgency)
    if standing.verdict is Verdict.NOT_READY and standing.whom.starts:
        starts = standing.whom.starts
        due = sum(is_due_by(task, starts) for task in standing.tasks)
        day = f"{starts.day} {MONTHS[starts.month - 1]}"
        return f"{count(due, 'thing')} to do before {day}"
    if standing.verdict is Verdict.FIND_OUT:
        number = count_tasks(standing.tasks, Urgency.GAP)
        return f"{count(number, 'thing')} to find out before anybody can tell"
    days = [task.by for task in standing.tasks if task.by is not None]
    return f"nothing to do until {short_day(min(days), screen.on)}" if days else "nothing to do"


def things_of(number: int, urgency: Urgency) -> str:
    """Count what is behind a loud verdict."""
    if urgency is Urgency.LATE:
        return f"{count(number, 'thing')} late"
    return f"{count(number, 'thing')} to do now"


def group_tasks(screen: CheckScreen) -> Iterator[Group]:
    """Group tasks for the screen: the loud ones by urgency, then by day, then what to find out.

    Before the start of a placement all that is due by it is shown. What is later, and advice, is
    shown if it is asked for.
    """
    standing, on = screen.standing, screen.on
    tasks = standing.tasks
    for urgency in LOUD:
        mine = tuple(task for task in tasks if task.urgency is urgency)
        if mine:
            yield Group(urgency, "", mine)
    day_of = partial(day_shown, on=on)
    dated = sorted(filter_dated(screen), key=day_of)
    for day, found in groupby(dated, key=day_of):
        title = "Today" if day == on else f"By {short_day(day, on)}"
        yield Group(Urgency.SOON, title, tuple(found))
    hidden = (Urgency.ADVICE,) if screen.later else ()
    for urgency in (Urgency.GAP, *hidden):
        mine = tuple(task for task in tasks if task.urgency is urgency)
        if mine:
            yield Group(urgency, "", mine)


def filter_dated(screen: CheckScreen) -> list[OpenTask]:
    """List the tasks that are shown by day."""
    starts = screen.standing.whom.starts
    before_start = screen.placement is not None and starts is not None and starts > screen.on
    return [
        task
        for task in screen.standing.tasks
        if task.urgency in (Urgency.SOON, Urgency.LATER)
        and (
            screen.later
            or task.urgency is Urgency.SOON
            or (before_start and starts is not None and is_due_by(task, starts))
        )
    ]


def day_shown(task: OpenTask, on: date) -> date:
    """The day under which a task is shown; one without a day has no time left."""
    return day_to_act(task.by, on) if task.by else date.min


def cut_groups(groups: Sequence[Group], rows: int) -> tuple[list[Group], int]:
    """Keep as many tasks as fit so many rows, and count those that do not; safety always fits."""
    if sum(group.rows for group in groups) <= rows:
        return list(groups), 0
    kept = []
    left = rows - 1  # a row says how many did not fit
    for group in groups:
        fits = len(group.tasks) if group.urgency is Urgency.SAFETY else max(left - 1, 0)
        if not fits:
            break
        part = Group(group.urgency, group.title, group.tasks[:fits])
        kept.append(part)
        left -= part.rows
    shown = sum(len(group.tasks) for group in kept)
    return kept, sum(len(group.tasks) for group in groups) - shown


def group_lines(groups: Sequence[Group], screen: CheckScreen, view: View) -> Iterator[str]:
    """The tasks under their headings, laid out in the same columns throughout."""
    rows = [row_of(task, group, screen) for group in groups for task in group.tasks]
    lines, rules = lay_out(rows, view), (row.rules for row in rows)
    for group in groups:
        indent = "" if is_accessible() else " "
        yield f"{indent}{group.title or heading(group.urgency, view)}"
        for _ in group.tasks:
            yield dim_rules(next(lines), next(rules), view)


def dim_rules(line: str, rules: str, view: View) -> str:
    """A line with its rules, which stand last if there is room, less bright than the task."""
    if not rules or not line.endswith(rules):
        return line
    return f"{line.removesuffix(rules)}{paint(rules, DIM, view)}"


def row_of(task: OpenTask, group: Group, screen: CheckScreen) -> Row:
    """The row of a task: how many parts it has, how late it is, and its rules."""
    late = ""
    if not group.title and task.by is not None and task.by < screen.on:
        late = count((screen.on - task.by).days, "day")
    law = "law" if task.urgency is Urgency.LAW else ""
    mine = screen.placement is not None or task.whom.ref == screen.standing.whom.ref
    whose = "" if mine else f" ({task.whom.ref})"
    words = f"{task.task.words}{parts_of(task)}{whose}"
    return Row(words, when=late or law, rules=spell_rules(task))


def parts_of(task: OpenTask) -> str:
    """Say of how many questions or items a task consists; empty if it is one."""
    forms = [remedy for remedy in task.task.remedies if isinstance(remedy, Edit | Write)]
    questions = sum(len(remedy.ask) for remedy in forms if isinstance(remedy, Edit))
    if len(forms) > 1:
        return f": {len(task.task.rules)} items"
    if questions > 1 and len(task.task.rules) > 1:
        return f": {questions} questions"
    return ""


RULES_WIDEST = 20
"""How many letters the rules of a task take; those that do not fit are counted."""


def spell_rules(task: OpenTask) -> str:
    """The ids of a task's rules, those in a row as a range: "AP301-306 AP309"; never cut."""
    spelt = list_ranges(task.task.rules)
    shown = " ".join(spelt)
    kept = len(spelt)
    while kept > 1 and len(shown) > RULES_WIDEST:
        kept -= 1
        shown = f"{' '.join(spelt[:kept])}, +{len(spelt) - kept}"
    return shown


def list_ranges(rules: Sequence[str]) -> list[str]:
    """The ids of rules, those in a row as one range."""
    numbers = [int(rule[2:]) if rule[2:].isdigit() else None for rule in rules]
    if None in numbers:
        return list(rules)
    spelt = []
    in_order = [number for number in numbers if number is not None]
    for _, found in groupby(enumerate(in_order), key=lambda pair: pair[1] - pair[0]):
        row = [number for _, number in found]
        spelt.append(f"AP{row[0]}" if len(row) == 1 else f"AP{row[0]}-{row[-1]}")
    return spelt


def footer(screen: CheckScreen, groups: Sequence[Group], view: View) -> Iterator[str]:
    """What is in order, what comes later, and what to type next."""
    ref = screen.standing.whom.ref
    number = len(screen.in_order)
    if number:
        yield fit_list("In order: ", screen.in_order, f" ({count(number, 'check')})", view)
    later, advice = count_hidden(screen, groups)
    if later or advice:
        parts = [f"Later: {count(later, 'thing')}"] if later else []
        parts += [f"Advice: {advice}"] if advice else []
        yield f"{'. '.join(parts)} (--later)"
    yield ""
    yield f"Do them: ap do {ref}        Why, with the law: --why"


def count_hidden(screen: CheckScreen, groups: Iterable[Group]) -> tuple[int, int]:
    """Count the tasks that are in none of these groups: those for later, and advice."""
    shown = {id(task) for group in groups for task in group.tasks}
    hidden = [task for task in screen.standing.tasks if id(task) not in shown]
    advice = count_tasks(hidden, Urgency.ADVICE)
    return len(hidden) - advice, advice


def fit_list(begins: str, names: Sequence[str], ends: str, view: View) -> str:
    """As many of these names as fit a line."""
    width = view.width or 80
    room = width - len(begins) - len(ends) - len(", …")
    shown = ""
    for name in names:
        longer = f"{shown}, {name}" if shown else name
        if len(longer) > room:
            return f"{begins}{shown}, …{ends}"
        shown = longer
    return f"{begins}{shown}{ends}"
