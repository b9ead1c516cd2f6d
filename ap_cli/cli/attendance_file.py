"""Import the attendance of a file, and say what was passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from ..domain.attendance import NOTHING_MARKED
from ..domain.days import count, words
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..domain.sessions import HALVES
from ..forms.form import reference
from ..forms.text import first_of, shortened
from ..render.result import Result, fixed_lines
from .asking import choose_record
from .settings import Settings

if TYPE_CHECKING:
    from ..exchange.attendance import AttendanceFile
    from ..interview.asking import Asking
    from ..services.import_marks import Differing, MarksImported, SeveralPlacements
    from ..services.marked_pupils import SameChild, UnsurePupils

MOST_DIFFERING = 10
"""The most marks that differ from those on record that are named."""


def import_file(
    settings: Settings, file: Path, placement: str | None, sheet: str | None, dry_run: bool
) -> Result:
    """Import the marks of a file; a terminal asks of which placement they are if that is unsure."""
    from ..exchange.attendance import read_attendance
    from ..exchange.attendance_columns import NoSubject
    from ..store.queries.identity import id_of_store

    only = None
    if placement is not None:
        only = choose_record(settings, Placement, placement).id
    store = id_of_store(settings.store)
    try:
        marks = read_attendance(file, settings.today, sheet, only is not None, store)
    except NoSubject:
        if not settings.interactive:
            raise
        only = choose_whose(settings)
        marks = read_attendance(file, settings.today, sheet, True, store)
    if not settings.interactive:
        return show_imported(keep(settings, marks, only, dry_run, {}, {}), marks, dry_run)
    kept = ask_and_keep(settings, partial(keep, settings, marks, only, dry_run))
    return show_imported(kept, marks, dry_run)


Keep = Callable[[Mapping[int, int], Mapping["SameChild", bool]], "MarksImported"]
"""Imports the marks, given at which placement pupils were, and who is the pupil of a name."""


def ask_and_keep(settings: Settings, keep: Keep) -> MarksImported:
    """Import marks, and ask what they leave open; “<” goes back to the question before."""
    from ..interview.asking import Asking
    from ..services.import_marks import SeveralPlacements
    from ..services.marked_pupils import UnsurePupils

    asking = Asking()
    open_questions: dict[str, UnsurePupils | SeveralPlacements] = {}

    def settle() -> MarksImported:
        chosen: dict[int, int] = {}
        known: dict[SameChild, bool] = {}
        while True:
            answered = f"{chosen}{known}"
            if answered not in open_questions:  # the file is not read again after a way back
                try:
                    return keep(chosen, known)
                except (UnsurePupils, SeveralPlacements) as left:
                    open_questions[answered] = left
            left_open = open_questions[answered]
            if isinstance(left_open, UnsurePupils):
                known |= ask_who(settings, asking, left_open)
            else:
                chosen |= choose_placements(settings, asking, left_open)

    return asking.run(settle)


def choose_whose(settings: Settings) -> int:
    """Ask of which placement all marks of a file are, and return its number."""
    from ..interview.prompts import say

    say("No column says whose marks these are. Of which placement are they?")
    return choose_record(settings, Placement, None).id


def keep(
    settings: Settings,
    marks: AttendanceFile,
    only: int | None,
    dry_run: bool,
    chosen: Mapping[int, int],
    known: Mapping[SameChild, bool],
) -> MarksImported:
    """Import the marks, with a bar on a terminal."""
    from ..render.progress import with_progress
    from ..services.import_marks import import_marks

    rows = with_progress(marks, "importing", marks.most)
    return import_marks(
        settings.store, rows, settings.author, settings.today, only, dry_run, chosen, known
    )


def ask_who(settings: Settings, asking: Asking, unsure: UnsurePupils) -> dict[SameChild, bool]:
    """Ask of each child of the file who may be a pupil of that name whether this is so."""
    answers = {}
    for asked, doubt in unsure.unsure.items():
        ref = reference(Pupil.PREFIX, asked.pupil)
        named = name_beside(settings, asked.pupil, asked.name)
        asking.say(f"Line {doubt.line}{named}: {doubt.why}.")
        answers[asked] = asking.yes(f"Is it {ref}? If not, the marks are passed over.", usual=False)
    return answers


def name_beside(settings: Settings, pupil: int, name: str) -> str:
    """Return the name of a child in brackets, as it is shown; nothing if names are not."""
    from ..services.records import name_in_style

    shown = name_in_style(pupil, name, settings.name_style)
    return "" if shown == reference(Pupil.PREFIX, pupil) else f" ({shortened(shown)})"


def choose_placements(
    settings: Settings, asking: Asking, unsure: SeveralPlacements
) -> dict[int, int]:
    """Ask for each pupil at which placement the sessions were of which no week tells it."""
    from ..services.people import People

    people = People(settings.store)
    chosen = {}
    for pupil, live in unsure.undecided.items():
        ref = reference(Pupil.PREFIX, pupil)
        named = name_beside(settings, pupil, people.whom(ref).name)
        asking.say(
            f"{ref}{named} has several placements. At which was the child when no week's plan"
            " tells it?"
        )
        for at, one in enumerate(live, 1):
            asking.say(f"{at:>4}  {one.provider} ({one.ref})")
        number = asking.number("Number; Enter to keep nothing:", len(live))
        if number is None:
            raise unsure
        chosen[pupil] = live[number - 1].id
    return chosen


def show_imported(kept: MarksImported, marks: AttendanceFile, dry_run: bool) -> Result:
    """Say how many marks were added, and what was passed over."""
    passed = kept.passed
    would_be = "would be " if dry_run else ""
    line = f"{count(kept.added, 'mark')} {would_be}added, {kept.same} there already"
    row = {
        "added": kept.added,
        "same": kept.same,
        "kept": not dry_run,
        "without_mark": passed.without_mark,
        "not_known": len(passed.unknown),
        "not_placed": sum(passed.outside.values()),
        "differing": [{**asdict(one), "half": HALVES[one.half]} for one in kept.differing],
    }
    return Result(
        "attendance import",
        [row],
        lines=fixed_lines(line),
        said=(
            *differing_lines(kept.differing),
            *passed_over_lines(kept, marks),
            *noticed_lines(marks),
        ),
    )


def differing_lines(differing: Sequence[Differing]) -> Iterator[str]:
    """Yield which marks of a file differ from those on record, which stay, and what changes one."""
    if not differing:
        return
    stays = count(len(differing), "mark on record stays", "marks on record stay")
    yield f"{stays}, where the file has another; if the file is right:"
    for one in differing[:MOST_DIFFERING]:
        half = HALVES[one.half]
        session = f"line {one.line}: {words(one.day)} {half}"
        if one.recorded_at != one.placement:
            yield (
                f"{session} is {one.recorded} at {one.recorded_at}, in the file {one.code} at"
                f" {one.placement}: take it out with ap attendance amend {one.recorded_at}"
                f" {one.day} {half} {NOTHING_MARKED} --reason …, and import again"
            )
            continue
        yield (
            f"{session} is {one.recorded}, in the file {one.code}: ap attendance amend"
            f" {one.placement} {one.day} {half} {one.code} --reason …"
        )
    if len(differing) > MOST_DIFFERING:
        yield f"and {len(differing) - MOST_DIFFERING:,} more: --json has all of them"


def passed_over_lines(kept: MarksImported, marks: AttendanceFile) -> Iterator[str]:
    """Yield a line for each kind of thing that was passed over; no child is named."""
    passed = kept.passed
    if passed.without_mark:
        sessions = count(passed.without_mark, "session")
        yield f"passed over: {sessions} without a mark (empty, #, - or Z)"
    if passed.unknown:
        rows = first_of([str(row) for row in passed.unknown.values()])
        children = count(len(passed.unknown), "child", "children")
        yield f"passed over: {children} not on record, or never placed: line {rows}"
    if passed.outside:
        number = count(sum(passed.outside.values()), "mark")
        refs = first_of([reference(Pupil.PREFIX, pupil) for pupil in passed.outside])
        yield f"passed over: {number} of {refs} on days without a placement"
    if passed.others:
        refs = first_of([reference(Pupil.PREFIX, pupil) for pupil in sorted(passed.others)])
        yield f"passed over: what is of {refs}, not of the placement"
    if marks.totals:
        yield f"passed over: totals in line {first_of([str(row) for row in marks.totals])}"


def noticed_lines(marks: AttendanceFile) -> Iterator[str]:
    """Yield what a person sees in the sheet and its cells do not say."""
    noticed = marks.noticed
    if marks.is_foreign:
        yield (
            "the file is from another store, and its references are not read: children are found by"
            " UPN, or name and date of birth"
        )
    if noticed.hidden_rows:
        yield f"hidden, and read as well: {count(len(noticed.hidden_rows), 'row')}"
    if len(noticed.struck):
        yield f"struck through, and read as well: {count(len(noticed.struck), 'cell')}"
    if len(noticed.coloured):
        yield f"colours are not read: {count(len(noticed.coloured), 'cell')} with one"
    if not noticed.looked:
        yield "an old .xls does not show what is hidden or struck through: save it as .xlsx"
