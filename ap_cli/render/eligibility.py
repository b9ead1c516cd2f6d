"""Whether a child may go to a place, on one screen: the verdict first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from ..domain.ages import Ages
from ..domain.days import count, due_words, short_day
from ..domain.options import route_name
from ..forms.text import capital, hours, printable, shortened
from ..rules.eligibility import Verdict
from ..rules.engine import Finding
from ..rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE
from ..rules.task import Task
from ..services.eligibility import Eligibility, Registration
from ..services.elsewhere import Elsewhere
from .command import spell
from .result import DIM, GREEN, RED, YELLOW, Result, View, is_accessible, paint
from .rows import count_rows, cut_lines

EXIT_CODES = {Verdict.NO: 1, Verdict.FIND_OUT: 3}
COLORS = {Verdict.NO: RED, Verdict.FIND_OUT: YELLOW}
MOST_ROWS, FOR_THE_PROMPT = 24, 2
LEAST_ROWS = 2
MORE = "  and {} more, which planning it lists"
WIDE_ENOUGH = 70
"""The columns of a terminal from which the rules stand beside the tasks."""


class Naming(Struct, frozen=True):
    """What the child and the place are called: in the first line, and in a sentence.

    A reference is None for what is only supposed. `command` plans the placement.
    """

    child: str
    called: str
    place: str
    ref: str | None
    place_ref: str | None
    command: str


def show_eligibility(answer: Eligibility, naming: Naming, on: date) -> Result:
    """Show the answer to an enquiry; the exit code is 1 for a no, 3 if nobody can tell."""

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        return eligibility_lines(answer, naming, on, view)

    return Result(
        "eligible",
        [eligibility_data(answer, naming)],
        ("ref", "provider", "verdict", "starts"),
        lines,
        code=EXIT_CODES.get(answer.verdict, 0),
    )


def eligibility_lines(answer: Eligibility, naming: Naming, on: date, view: View) -> Iterator[str]:
    """The whole answer; on a terminal as many tasks as leave it one screen."""
    head = [*head_lines(answer, naming, on, view)]
    tail = [*tail_lines(answer, naming)]
    first = answer.first if answer.verdict is not Verdict.NO else ()
    tasks = [*task_lines(first, answer.starts, on, view)]
    if view.width:
        rows = min(MOST_ROWS, view.height or MOST_ROWS) - FOR_THE_PROMPT
        used = count_rows((*head, *tail), view.width)
        tasks = cut_lines(tasks, max(LEAST_ROWS, rows - used - 1), view.width, MORE)
    yield from head
    if tasks:
        yield f"Before {short_day(answer.starts, on)}"
        yield from tasks
    yield from tail


def head_lines(answer: Eligibility, naming: Naming, on: date, view: View) -> Iterator[str]:
    """Who, where and when; the verdict with its reasons; age, route and registration."""
    there = f" at {naming.place}" if naming.place_ref else ""
    week = f", {hours(answer.minutes)} hours a week" if answer.hours_named else ""
    yield printable(f"{naming.child}{there}{week}, from {short_day(answer.starts, on)}")
    yield ""
    yield colored_verdict(answer, view)
    for reason in reasons_of(answer, naming):
        yield printable(f"  {reason}")
    for other in answer.elsewhere:
        yield printable(f"{name_line('Already at')}{elsewhere_text(other, on)}")
    yield f"{name_line('Age')}{age_text(answer.ages, answer.starts, on)}"
    yield f"{name_line('Route')}{route_text(answer)}"
    yield printable(f"{name_line('Registered')}{registration_text(answer, naming)}")


def elsewhere_text(other: Elsewhere, on: date) -> str:
    """Where else the child is in those weeks, for how many hours, and until when."""
    week = f"{hours(other.minutes)} hours a week{', full time' if other.full_time else ''}"
    until = f"until {short_day(other.until, on)}" if other.until else "no last day"
    return f"{shortened(other.place)} ({other.placement}): {week}, {until}"


def name_line(name: str) -> str:
    """What a line begins with: in a column, or as a sentence for those who hear it."""
    return f"{name}: " if is_accessible() else f"{name:<12}"


def colored_verdict(answer: Eligibility, view: View) -> str:
    """The verdict in capitals, with how much is in the way."""
    name = verdict_words(answer.verdict)
    shown = paint(name, COLORS.get(answer.verdict, GREEN), view)
    return f"{shown}{verdict_rest(answer)}"


def verdict_words(verdict: Verdict) -> str:
    """A verdict in capitals."""
    return verdict.value.upper()


def verdict_rest(answer: Eligibility) -> str:
    """What follows the verdict on its line."""
    if answer.verdict is Verdict.ONCE:
        number = len(joined_words(answer.first))
        things = count(number, "thing is", "things are")
        return f" {things} done"
    if answer.verdict is Verdict.FIND_OUT:
        return f" {count(len(answer.undecided), 'thing')} first:"
    return ":" if answer.verdict is Verdict.NO else ""


def reasons_of(answer: Eligibility, naming: Naming) -> Iterator[str]:
    """What makes a no, or what has to be found out to tell."""
    if answer.verdict is Verdict.NO:
        for finding in answer.stops:
            yield f"{reason_text(finding, answer, naming)} ({finding.rule})"
    elif answer.verdict is Verdict.FIND_OUT:
        for task in answer.undecided:
            yield f"{question_text(task)} ({', '.join(task.rules)})"


def reason_text(finding: Finding, answer: Eligibility, naming: Naming) -> str:
    """Why a finding makes a no: its first clause, without references of the copy."""
    clause = finding.message.partition("; ")[0]
    return capital(renamed(clause, answer, naming))


def renamed(text: str, answer: Eligibility, naming: Naming) -> str:
    """A text with the child by the name of this screen; the placement has no reference yet."""
    text = text.replace(answer.placement, "this placement")
    return text.replace(answer.child, naming.called)


def without_name(text: str, answer: Eligibility, naming: Naming) -> str:
    """A text as data: with the child's reference, as data go into files and other programs."""
    text = text.replace(answer.placement, "this placement")
    return text.replace(answer.child, naming.ref or naming.called)


def age_text(ages: Ages, starts: date, on: date) -> str:
    """The year group, and whether the first day is within compulsory school age."""
    names = {None: "no year group", 0: "Reception"}
    group = names.get(ages.year_group, f"year {ages.year_group}")
    if starts < ages.begins:
        return f"{group}; compulsory school age begins on {short_day(ages.begins, on)}"
    last = short_day(ages.ends, on)
    if starts > ages.ends:
        duty = short_day(ages.duty_ends, on)
        stay = f"must stay in education or training until {duty}"
        after = f"the duty to stay in education or training ended on {duty}"
        since = after if starts > ages.duty_ends else stay
        return f"{group}; compulsory school age ended on {last}; {since}"
    return f"{group}; of compulsory school age until {last}"


STATES = {BREACHED: "not open", CANNOT_TELL: "depends on what you find out"}


def route_text(answer: Eligibility) -> str:
    """Whether the route is open for this child, and which others are."""
    mine = [opening for opening in answer.openings if opening.route is answer.route]
    others = [
        route_name(opening.route)
        for opening in answer.openings
        if opening.route is not answer.route and opening.answer is MET
    ]
    state = STATES.get(mine[0].answer, "open") if mine else "not alternative provision"
    supposed = "" if answer.route_named else " (assumed: give --route)"
    also = f"; also open: {', '.join(others)}" if others else ""
    return f"{route_name(answer.route)}{supposed}: {state}{also}"


def registration_text(answer: Eligibility, naming: Naming) -> str:
    """Whether the place would have to be a registered school with this child."""
    mine, other = answer.registration
    if mine.answer is NOT_APPLICABLE:
        return f"Does not apply: {mine.message.removeprefix('does not apply: ')}"
    texts = [side_text(mine, week_text(mine, answer.hours_named))]
    if mine.answer is other.answer and mine.answer in WHATEVER:
        texts = [WHATEVER[mine.answer]]
    if other.answer is not mine.answer:
        texts.append(other_side_text(other, mine))
    if naming.place_ref:
        texts.append(NOW[answer.registered])
    return capital("; ".join(texts))


WHATEVER = {
    BREACHED: "it must be a registered school, whatever the hours of this child",
    CANNOT_TELL: "it may have to be a registered school, whatever the hours of this child",
}
"""What is said if the hours make no difference."""

NOW = {
    True: "it is one",
    False: "it is not registered",
    None: "find out whether it is registered",
}


def week_text(one: Registration, exact: bool) -> str:
    """The hours a week that are judged: exactly so many, or up to the full-time line."""
    return f"{'' if exact else 'up to '}{hours(one.minutes)} hours a week"


def side_text(one: Registration, week: str) -> str:
    """Whether some hours a week make the place a school that must register."""
    if one.answer is BREACHED:
        return f"{week} make it a school that must register"
    verb = "may" if one.answer is CANNOT_TELL else "do not"
    return f"{week} {verb} make it a school"


def other_side_text(other: Registration, mine: Registration) -> str:
    """What the hours on the other side of the full-time line would do."""
    would = {BREACHED: "would", CANNOT_TELL: "might"}.get(other.answer, "would not")
    if other.minutes > mine.minutes:
        return f"over {hours(other.minutes - 1)} {would}"
    return f"up to {hours(other.minutes)} {would}"


def joined_words(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Tasks by their words: those about the placement and about the place are done together."""
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.words, []).append(task)
    return groups


def task_lines(tasks: Sequence[Task], starts: date, on: date, view: View) -> Iterator[str]:
    """What is in place before the first day, a line each, with its rules.

    A day is named if it comes sooner than the heading says, which is the day before the start.
    """
    groups = joined_words(tasks)
    days = {text: sooner_words(group, starts, on) for text, group in groups.items()}
    ids = {
        text: rules_text(sorted({rule for task in group for rule in task.rules}))
        for text, group in groups.items()
    }
    widest = max(map(len, days.values()), default=0)
    beside = max(map(len, ids.values()), default=0) + 1
    for text, day in days.items():
        if is_accessible():
            yield ", ".join(filter(None, (text, day, ids[text])))
            continue
        line = f"  {day:{widest}}  {text}" if widest else f"  {text}"
        if 0 < view.width < WIDE_ENOUGH:
            yield shortened(line, view.width)
            continue
        room = (view.width or 80) - beside
        fitting = shortened(line, room) if view.width else line
        yield f"{fitting:{room}} {paint(ids[text], DIM, view)}"


def sooner_words(group: Iterable[Task], starts: date, on: date) -> str:
    """When tasks are due if that is sooner than the day before the start; else empty."""
    days = [task.by for task in group if task.by]
    if days and min(days) == starts - timedelta(days=1):
        return ""
    return due_words(min(days), on) if days and min(days) > on else "now"


def rules_text(rules: Sequence[str]) -> str:
    """The ids of the rules: the first and how many more."""
    return rules[0] if len(rules) == 1 else f"{rules[0]} and {len(rules) - 1} more"


def question_text(task: Task) -> str:
    """What is to be found out."""
    return task.words.removeprefix("Find out: ").strip("“”")


def tail_lines(answer: Eligibility, naming: Naming) -> Iterator[str]:
    """What else is to be found out, what the wizard asks, and the command that goes on."""
    shown = answer.undecided if answer.verdict is Verdict.FIND_OUT else ()
    open_questions = (*answer.undecided, *answer.ask)
    questions = dict.fromkeys(map(question_text, open_questions))
    for task in shown:
        questions.pop(question_text(task), None)
    if questions:
        yield f"{name_line('Find out')}{' '.join(questions)}"
    if answer.verdict is not Verdict.NO:
        yield f"The wizard asks the rest: {naming.command}"


def eligibility_data(answer: Eligibility, naming: Naming) -> dict[str, Any]:
    """The answer as data."""
    return {
        "ref": naming.ref,
        "provider": naming.place_ref,
        "verdict": answer.verdict,
        "starts": answer.starts,
        "route": answer.route,
        "weekly_minutes": answer.minutes if answer.hours_named else None,
        "stops": [finding_data(finding, answer, naming) for finding in answer.stops],
        "undecided": [task_data(task, answer, naming) for task in answer.undecided],
        "year_group": answer.ages.year_group,
        "begins": answer.ages.begins,
        "ends": answer.ages.ends,
        "duty_ends": answer.ages.duty_ends,
        "compulsory": answer.ages.compulsory,
        "routes": [
            {
                "route": one.route,
                "answer": one.answer,
                "message": without_name(one.message, answer, naming),
            }
            for one in answer.openings
        ],
        "registered": answer.registered if naming.place_ref else None,
        "must_register": [
            {
                "weekly_minutes": one.minutes,
                "answer": one.answer,
                "message": without_name(one.message, answer, naming),
            }
            for one in answer.registration
        ],
        "before": [task_data(task, answer, naming) for task in answer.first],
        "elsewhere": list(map(elsewhere_data, answer.elsewhere)),
        "find_out": [task_data(task, answer, naming) for task in answer.ask],
        "questions": list(answer.questions),
        "command": naming.command,
    }


def elsewhere_data(other: Elsewhere) -> dict[str, Any]:
    """Where else the child is, as data."""
    return {
        "placement": other.placement,
        "weekly_minutes": other.minutes,
        "until": other.until,
        "full_time": other.full_time,
    }


def finding_data(finding: Finding, answer: Eligibility, naming: Naming) -> dict[str, Any]:
    """A finding that makes a no, as data."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": without_name(finding.message, answer, naming),
        "cites": finding.sources,
    }


def task_data(task: Task, answer: Eligibility, naming: Naming) -> dict[str, Any]:
    """A task as data; one about a record of the copy alone has no reference and no command."""
    real = {ref for ref in (naming.ref, naming.place_ref) if ref}
    is_real = task.about.ref in real
    return {
        "task": task.words,
        "about": task.about.ref if is_real else None,
        "by": task.by,
        "urgency": task.urgency,
        "rules": task.rules,
        "remedy": ", or ".join(map(spell, task.remedies)) if is_real else None,
    }
