"""ap attendance"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.attendance import CODES, NOTHING_MARKED, Mark, read_code, read_half
from ..domain.days import count, words
from ..domain.placement import Placement
from ..domain.roles import Role
from ..domain.sessions import HALVES
from ..errors import AnswersMissing, BadAnswers, Interrupted
from ..forms.days import as_past_day
from ..forms.text import echo
from ..render.attendance import mark_data, show_attendance
from ..render.result import Result, fixed_lines
from ..stopping import NOTHING_SAVED
from .asking import choose_record, read_day
from .command import command, group
from .questions import complete_choice
from .references import PLACEMENT, REASON
from .settings import Settings

if TYPE_CHECKING:
    from ..services.amending import Span

app = group("Record attendance, session by session; amend, import and show it.")
DAY = typer.Argument(metavar="DAY", help="The day.", show_default=False)
SESSION = typer.Argument(
    metavar="am|pm",
    help="The session.",
    autocompletion=complete_choice(list(HALVES)),
    show_default=False,
)
CODE = typer.Argument(
    metavar="CODE",
    help="The code of the register.",
    autocompletion=complete_choice(list(CODES)),
    show_default=False,
)
NEW_CODE = typer.Argument(
    metavar="CODE",
    help="The code of the register; - takes out a mark of a wrong day.",
    autocompletion=complete_choice(list(CODES)),
    show_default=False,
)
NATURE = typer.Option(
    "--nature",
    help="What was done there; without it, B and K take the plan's own words.",
    metavar="TEXT",
)
ALL_LINES = typer.Option(
    "--placement", help="The placement that all lines are about.", metavar="PL-0001"
)
MARKS_FILE = typer.Argument(
    metavar="FILE", help="A CSV, or a spreadsheet (.xlsx, .ods).", show_default=False
)
SHEET = typer.Option("--sheet", help="The sheet of a workbook that has the marks.", metavar="NAME")
UNTIL = typer.Option("--until", help="Amend sessions up to this day, with --marked.", metavar="DAY")
MARKED = typer.Option(
    "--marked", help="With --until: only sessions that are marked so.", metavar="CODE"
)


@command(app, name="record", needs=Role.WRITER)
def record_mark(
    settings: Settings,
    reference: Annotated[str, PLACEMENT],
    day: Annotated[str, DAY],
    session: Annotated[str, SESSION],
    code: Annotated[str, CODE],
    nature: Annotated[str | None, NATURE] = None,
) -> Result:
    """Mark one session.

    Examples: ap attendance record PL-0001 2026-03-02 am B;
    ap attendance record PL-0001 27/02/2026 pm I; ap attendance record pl1 "last friday" am M
    """
    return keep_marks(settings, reference, [parse_typed_mark(settings, day, session, code, nature)])


@command(app, name="week", needs=Role.WRITER)
def record_week(
    settings: Settings,
    reference: Annotated[str, PLACEMENT],
    day: Annotated[
        str, typer.Argument(metavar="MONDAY", help="The week's Monday.", show_default=False)
    ],
    codes: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE...",
            help="Ten codes from Monday morning on, - for none; or one for all planned sessions.",
        ),
    ],
    nature: Annotated[str | None, NATURE] = None,
) -> Result:
    """Mark a week: a code for each session from Monday morning on, or one for all planned.

    Examples: ap attendance week PL-0001 2026-02-23 B B B B B I I B - -;
    ap attendance week PL-0001 2026-02-23 B B B B B B B B B B;
    ap attendance week pl1 2026-02-23 I I I I B B B B - -
    """
    monday = parse_monday(settings, day)
    if len(codes) == 1:
        sessions = list_planned(settings, reference, monday)
        marks = [make_mark(when, half, codes[0], nature) for when, half in sessions]
    else:
        marks = parse_week(monday, codes, nature)
    return keep_marks(settings, reference, marks)


def parse_monday(settings: Settings, day: str) -> date:
    """A day as typed; raise BadAnswers if it is no Monday, with the Monday of its week."""
    typed = read_day(settings, as_past_day(day, settings.today))
    if typed.weekday():
        monday = typed - timedelta(days=typed.weekday())
        problem = f"{words(typed, weekday=True)} is not a Monday: its week begins on {monday}"
        raise BadAnswers([problem])
    return typed


def list_planned(settings: Settings, reference: str, monday: date) -> list[tuple[date, int]]:
    """The sessions that a placement has in a week, each as its day and half."""
    from ..services import attendance

    placement = find_placement(settings, reference)
    return list(attendance.planned_sessions(settings.store, placement.id, monday, settings.today))


def parse_week(monday: date, codes: list[str], nature: str | None) -> list[Mark]:
    """The marks of a week, from Monday morning on; `-` leaves a session out."""
    if len(codes) > 10:
        raise BadAnswers([f"a week has ten sessions: give ten codes, not {len(codes)}"])
    marks = [
        make_mark(monday + timedelta(days=slot // 2), slot % 2, code, nature)
        for slot, code in enumerate(codes)
        if code != NOTHING_MARKED
    ]
    if not marks:
        raise BadAnswers(["every session is left out with -: give at least one a code"])
    return marks


@command(app, name="amend", needs=Role.WRITER)
def amend_mark(
    settings: Settings,
    reference: Annotated[str, PLACEMENT],
    day: Annotated[str, DAY],
    session: Annotated[str, SESSION],
    code: Annotated[str, NEW_CODE],
    nature: Annotated[str | None, NATURE] = None,
    reason: Annotated[str | None, REASON] = None,
    until: Annotated[str | None, UNTIL] = None,
    marked: Annotated[str | None, MARKED] = None,
) -> Result:
    """Amend a mark; the register keeps the original, with who amended it, when and why.

    --until and --marked amend each session from that one on that has the code. The code - takes out
    a mark of a wrong day; one that has no day is named by its number.

    Examples: ap attendance amend PL-0001 2026-02-25 pm M --reason "a letter from the dentist";
    ap attendance amend pl1 25/02/2026 am - --reason "the wrong day";
    ap attendance amend PL-0001 2026-01-06 am K --until 2026-02-13 --marked B --reason "the
    council arranges it"
    """
    from ..services import amending
    from .recorded import read_reason

    if DAMAGED.fullmatch(day.strip()):
        return take_out_damaged(settings, reference, day, code, read_reason(reason))
    typed = parse_typed_mark(settings, day, session, code, nature, make_amended)
    why = read_reason(reason)
    placement = find_placement(settings, reference)
    store, author, today = settings.store, settings.author, settings.today
    if until is None and marked is None:
        made = [amending.amend(store, placement.id, typed, why, author, today)]
    else:
        span = read_span(settings, typed, until, marked)
        made = amending.amend_span(store, placement.id, typed, span, why, author, today)
    rows = [{"placement": placement.ref} | mark_data(each) for each in made]
    said = (f"{placement.ref}: {say_amended(made)}",)
    return Result("mark", rows, lines=fixed_lines(placement.ref), said=said)


DAMAGED = re.compile(r"m-\d{1,9}", re.ASCII | re.IGNORECASE)
"""What is typed as the day of a mark that has none: its number, M-0012."""


def take_out_damaged(
    settings: Settings, reference: str, mark: str, code: str, reason: str
) -> Result:
    """Take out a mark whose session is none, M-0012; raise BadAnswers for another code than -."""
    from ..services import amending

    if code != NOTHING_MARKED:
        raise BadAnswers([f"type {NOTHING_MARKED} for the code: a mark without a day is taken out"])
    placement, number = find_placement(settings, reference), int(mark.strip()[2:])
    author, ref = settings.author, placement.ref
    was = amending.take_out_damaged(settings.store, placement.id, number, reason, author)
    row = {"placement": ref, "day": None, "code": code, "amends": was, "reason": reason}
    said = (f"{ref}: the mark without a day is taken out",)
    return Result("mark", [row], lines=fixed_lines(ref), said=said)


def read_span(settings: Settings, first: Mark, until: str | None, marked: str | None) -> Span:
    """The sessions to amend; raise AnswersMissing or BadAnswers if they are not said well."""
    from ..services.amending import Span

    if until is None or marked is None:
        raise AnswersMissing(["--until" if until is None else "--marked"])
    last = read_day(settings, until, "--until")
    if last < first.day:
        raise BadAnswers([f"--until: {words(last)} is before {words(first.day)}"])
    try:
        return Span(last, read_code(marked))
    except ValueError as problem:
        raise BadAnswers([f"--marked: {problem}"]) from None


def say_amended(made: Sequence[Mark]) -> str:
    """What became of one session, or of how many."""
    first = made[0]
    if first.code == NOTHING_MARKED:
        became = f"{first.before} is taken out"
    elif first.before == first.code:
        became = "its nature is amended" if len(made) == 1 else "their nature is amended"
    else:
        became = f"{first.before} became {first.code}"
    if len(made) == 1:
        return f"{words(first.day, weekday=True)} {HALVES[first.half]}, {became}"
    return f"{count(len(made), 'session')} from {words(first.day, weekday=True)}, {became}"


@command(app, name="import", needs=Role.WRITER)
def import_attendance(
    settings: Settings,
    file: Annotated[Path, MARKS_FILE],
    placement: Annotated[str | None, ALL_LINES] = None,
    sheet: Annotated[str | None, SHEET] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be added, and add nothing.")
    ] = False,
) -> Result:
    """Import attendance from a CSV or a spreadsheet: all of it, or nothing if a line is wrong.

    Marks that are there already stay as they are; what the file has otherwise is named. The
    columns are those of a school's system, or pupil (a reference, a UPN or a name) or placement,
    date, and session and code, or am and pm; or a column for each session, such as “Mon 05/01/2026
    AM”. A child and a week may stand above. Children who are not on record, and sessions without a
    mark, are passed over and counted.

    Examples: ap attendance import marks.csv --dry-run; ap attendance import marks.csv;
    ap attendance import marks.csv --dry-run --json
    """
    from .attendance_file import import_file

    return import_file(settings, file, placement, sheet, dry_run)


@command(app, name="show")
def show_marks(
    settings: Settings,
    reference: Annotated[str | None, PLACEMENT] = None,
    month: Annotated[
        str | None, typer.Option("--month", help="Only this month.", metavar="2026-03")
    ] = None,
) -> Result:
    """Show attendance: a grid for each month, and percentages of the possible sessions.

    Examples: ap attendance show PL-0001; ap attendance show PL-0001 --month 2026-02 --json;
    ap attendance show pl1 --csv
    """
    from ..services import attendance

    placement, marks = attendance.marks_to_show(
        settings.store, choose_record(settings, Placement, reference).id, settings.today
    )
    if month is not None:
        wanted = parse_month(month)
        marks = tuple(
            each for each in marks if (each.day.year, each.day.month) == (wanted.year, wanted.month)
        )
    return show_attendance(placement, marks, settings.today)


def parse_month(text: str) -> date:
    """The first day of a month typed like 2026-03; raise BadAnswers if it is no month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        problem = f"--month: “{echo(text, 20)}” is not a month: type it like 2026-03"
        raise BadAnswers([problem]) from None


def keep_marks(settings: Settings, reference: str, marks: list[Mark]) -> Result:
    """Store marks: the placement on stdout, what was marked on stderr."""
    from ..services import attendance

    placement = find_placement(settings, reference)
    doubts = doubt_marks(settings, placement, marks)
    kept = attendance.record(settings.store, placement.id, marks, settings.author, settings.today)
    said = f"{placement.ref}: {count(kept.added, 'session')} marked"
    if kept.same:
        said += f", {kept.same} marked so already"
    rows: list[dict[str, Any]] = [{"placement": placement.ref} | mark_data(each) for each in marks]
    return Result("mark", rows, lines=fixed_lines(placement.ref), said=(*doubts, said))


def doubt_marks(settings: Settings, placement: Placement, marks: Sequence[Mark]) -> list[str]:
    """Say what in marks cannot be right; a terminal asks whether to save them all the same.

    Raise Interrupted if they are not to be saved. On a terminal nothing is left to say.
    """
    from ..services.doubtful_marks import list_doubts

    doubts = list_doubts(settings.store, placement.id, marks, settings.author, settings.today)
    if not doubts or not settings.interactive:
        return [f"warning: {doubt}" for doubt in doubts]
    from ..interview.marks import confirm_doubtful

    if not confirm_doubtful(doubts):
        raise Interrupted(NOTHING_SAVED)
    return []


def find_placement(settings: Settings, reference: str) -> Placement:
    """The placement of a reference."""
    return choose_record(settings, Placement, reference)


def parse_typed_mark(
    settings: Settings,
    day: str,
    session: str,
    code: str,
    nature: str | None,
    make: Callable[[date, int, str, str | None], Mark] | None = None,
) -> Mark:
    """A mark as typed, made by `make`; raise BadAnswers with all that is wrong with it."""
    problems: list[str] = []
    when, half = settings.today, 0
    try:
        when = read_day(settings, as_past_day(day, settings.today))
    except BadAnswers as problem:
        problems += problem.problems
    try:
        half = read_half(session)
    except ValueError as problem:
        problems.append(str(problem))
    try:
        made = (make or make_mark)(when, half, code, nature)
    except BadAnswers as problem:
        problems += problem.problems
    if problems:
        raise BadAnswers(problems)
    return made


def make_mark(day: date, half: int, code: str, nature: str | None) -> Mark:
    """A mark of a session; raise BadAnswers if its code or nature cannot be used."""
    from ..forms.readers import read_text

    try:
        return Mark(day, half, read_code(code), read_text(nature) if nature is not None else None)
    except ValueError as problem:
        raise BadAnswers([str(problem)]) from None


def make_amended(day: date, half: int, code: str, nature: str | None) -> Mark:
    """What a mark becomes; raise BadAnswers if its code or nature cannot be used."""
    if code != NOTHING_MARKED:
        return make_mark(day, half, code, nature)
    if nature is not None:
        raise BadAnswers(
            [f"--nature: leave it out with {NOTHING_MARKED}, which takes the mark out"]
        )
    return Mark(day, half, NOTHING_MARKED)
