"""ap placement"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from ..domain.days import words
from ..domain.ending import Ending
from ..domain.entries.during import Extension
from ..domain.placement import Placement
from ..domain.roles import Role
from ..errors import StoreProblem
from ..forms.facts import recorded
from ..render.nouns import list_changes, show_record
from ..render.result import Result
from ..render.rows import Page
from ..services import records
from ..services.meanwhile import refuse_changed
from . import lists, nouns
from .asking import answer_form, choose_record, read_day
from .command import command, group
from .expecting import read_expected, told_by_flags
from .lists import COLUMNS, FROM, LIST, SORT, WORDS
from .looking import look_at
from .questions import FormOptions
from .references import IF, PLACEMENT, completing
from .settings import Settings

app = group("Plan, change, show and end placements.")


FIRST = (
    *("pupil", "provider", "place", "site", "at_provider", "weekly_minutes", "at_school"),
    *("starts", "ends", "route", "reasons"),
    *("pupil_consulted", "parents_consulted", "teacher_consulted", "nature"),
    *("outcome_attendance", "outcome_attitude", "outcome_attainment", "outcome_behaviour"),
    *("outcome_destination", "pupil_wants", "curriculum_fit", "success", "aim", "exit_strategy"),
    *("transport", "route_safe", "location_discussed", "considerations"),
    *("visited", "visited_by", "owner", "completed_contact"),
)
"""The fields of the twenty questions that come first; the help has their options, in one screen."""


@command(app, options=FormOptions(Placement, first=FIRST), name="new", needs=Role.WRITER)
def new_placement(
    settings: Settings,
    given: Mapping[str, Any],
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume",
            help="Go on with a draft; without a reference, the latest.",
            metavar="[D-0001]",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the check and save nothing.")
    ] = False,
    like: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Start with the answers of an earlier placement, without its dates.",
            metavar="PL-0001",
        ),
    ] = None,
) -> Result:
    """Plan a placement; a terminal asks twenty questions.

    Examples: ap placement new; ap placement new --from PL-0001 --starts 2027-01-05 --dry-run;
    ap placement new --no-input --pupil P-0001 --provider PR-0001 --route off-site-direction
    --starts 2026-01-05 --hours 19
    """
    from .planning import begin_like, plan_placement

    if like is None:
        return plan_placement(settings, given, resume, dry_run)
    given, said = begin_like(settings, choose_record(settings, Placement, like), given)
    result = plan_placement(settings, given, resume, dry_run)
    return replace(result, said=(*said, *result.said))


@command(app, name="drop", needs=Role.WRITER)
def forget_draft(
    settings: Settings,
    draft: Annotated[
        str,
        typer.Argument(
            metavar="D-0001",
            help="The draft.",
            autocompletion=completing("draft"),
            show_default=False,
        ),
    ],
) -> Result:
    """Delete a draft.

    Examples: ap placement drop D-0001; ap placement drop d1; ap placement drop D-0001 --json
    """
    from .draft import drop_drafts

    return drop_drafts(settings, [draft])


@command(app, name="list")
def list_placements(
    settings: Settings,
    words: Annotated[list[str] | None, WORDS] = None,
    columns: Annotated[str | None, COLUMNS] = None,
    sort: Annotated[str | None, SORT] = None,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """List placements, a line each; words say which.

    Examples: ap placement list live school:elm; ap placement list due:2w --sort until;
    ap placement list --csv --out placements.csv
    """
    asked = lists.Asked(tuple(words or ()), columns, sort, Page(first, whole))
    return lists.list_placements(settings, asked)


@command(app, name="show")
def show_placement(
    settings: Settings,
    reference: Annotated[str | None, PLACEMENT] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every answer, and how far it is on its path.")
    ] = False,
) -> Result:
    """Show a placement on one screen; with --full all its answers, its path, and what is next.

    In a pipe and in a file it is always whole.

    Examples: ap placement show PL-0001; ap placement show pl1 --full;
    ap placement show PL-0001 --json
    """
    from ..services.path import path_of
    from ..services.placements import list_changes_to_come

    noun = choose_record(settings, Placement, reference, find=records.get_to_mend)
    path = path_of(settings.store, noun.id, settings.today) if goes_on(noun) else None
    names = records.named(settings.store, noun, settings.today)
    whole = show_record(noun, settings.today, names, path, settings.names)
    whole.look = look_at(noun)
    changes = list_changes_to_come(settings.store, noun, settings.today)
    whole.said = tuple(
        f"from {words(since, weekday=True)}: {', '.join(list_changes(Placement, changed))}"
        for since, changed in changes
    )
    on_a_terminal = settings.format == "table" and settings.out is None and sys.stdout.isatty()
    if full or not on_a_terminal or noun.never_started or settings.left_out:
        return whole
    try:
        return show_on_one_screen(settings, noun, whole.said)
    except StoreProblem as problem:
        settings.store.leave_out(problem)
        return whole


def goes_on(placement: Placement) -> bool:
    """Whether a placement has a path: it started or may, and that can be read."""
    return recorded(placement.never_started) and not placement.never_started


def show_on_one_screen(settings: Settings, noun: Placement, to_come: tuple[str, ...]) -> Result:
    """A placement as a meeting needs it, and how to see the rest."""
    from ..render.meeting import show_page
    from ..services.meeting import gather_page

    page = gather_page(settings.store, noun, settings.today)
    result = show_page(page, settings.today, settings.names)
    said = (*to_come, f"all answers: ap placement show {noun.ref} --full")
    return replace(result, said=said, look=look_at(noun))


@command(app, name="sheet")
def show_placement_sheet(
    settings: Settings, reference: Annotated[str | None, PLACEMENT] = None
) -> Result:
    """Show the placement sheet that tells the council about a placement; what is missing is marked.

    In a pipe and in a file the child has the reference; the name shows there with --names.

    Examples: ap placement sheet PL-0001; ap placement sheet PL-0001 --names --out sheet.csv;
    ap placement sheet pl1 --json
    """
    from ..render.sheet import show_sheet
    from ..services.sheet import sheet as lines_of

    noun = choose_record(settings, Placement, reference)
    said = [
        f"to send it to the council: ap make sheet {noun.ref}",
        f"when you have told the council: ap record notified {noun.ref} --by … --number …",
    ]
    lines = lines_of(settings.store, noun, settings.today)
    if settings.name_style == "never":
        said.insert(0, "the child's name is left out: to have it here, add --names")
    return replace(show_sheet(lines, tuple(said), settings.names), look=look_at(noun))


@command(app, name="readiness")
def show_placement_readiness(
    settings: Settings, reference: Annotated[str | None, PLACEMENT] = None
) -> Result:
    """Show how ready the child is to return: each statement over time, and what it means.

    Examples: ap placement readiness PL-0001; ap placement readiness pl1 --on 2026-06-01;
    ap placement readiness PL-0001 --json
    """
    from ..render.readiness import show_readiness
    from ..services.readiness import readiness as found

    noun = choose_record(settings, Placement, reference)
    return show_readiness(noun.ref, found(settings.store, noun.id, settings.today))


@command(app, form=Placement, name="edit")
def edit_placement(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, PLACEMENT] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask only for what is missing.")] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="The day from which new hours, sessions or another tier hold.",
            metavar="DAY",
        ),
    ] = None,
    expected: Annotated[list[str] | None, IF] = None,
) -> Result:
    """Correct a placement: the new value holds for every day, or with --from from that day on.

    Examples: ap placement edit PL-0001 --hours 15 --from 2026-03-09;
    ap placement edit PL-0001 --ends 2026-07-10; ap placement edit PL-0001 --ask
    """
    if since is not None:
        return change_from(settings, given, reference, since, expected or ())
    if ask:
        from .planning import edit_missing

        before = choose_record(settings, Placement, reference)
        with told_by_flags():
            read = read_expected(settings, before, expected or ())
            refuse_changed(settings.store, read, before, before)
        return edit_missing(settings, given, before)
    return nouns.edit_record(settings, Placement, reference, given, expected)


def change_from(
    settings: Settings,
    given: Mapping[str, Any],
    reference: str | None,
    since: str,
    expected: Sequence[str],
) -> Result:
    """Change the week of a placement from a day on."""
    from ..services import placements

    day = read_day(settings, since, "--from")
    before = choose_record(settings, Placement, reference, Placement, given)
    # with the week that holds on that day
    before = records.get(settings.store, Placement, before.id, day)
    read = read_expected(settings, before, expected)
    after = answer_form(settings, Placement, given, before)
    with told_by_flags():
        if not records.changes(before, after):
            refuse_changed(settings.store, read, before, before)
            return nouns.show_written(settings, before, before, (nouns.NO_CHANGE,))
        kept = placements.change_week(
            settings.store, before, after, day, settings.author, settings.today, read
        )
    return nouns.show_written(settings, before, kept, (f"from {words(day, weekday=True)} on",))


@command(app, form=Extension, name="extend", optional=("day",))
def extend_placement(
    settings: Settings, given: Mapping[str, Any], reference: Annotated[str | None, PLACEMENT] = None
) -> Result:
    """Extend a placement: move its planned end, and record which review decided it.

    Examples: ap placement extend PL-0001 --to 2027-03-19 --reason "the objectives are near";
    ap placement extend pl1 --to 2027-07-09 --by "A. Tester";
    ap placement extend PL-0001 --to 2027-03-19 --day yesterday
    """
    from .record import record_entry

    return record_entry(settings, Extension, given, reference)


@command(app, form=Ending, name="end")
def end_placement(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, PLACEMENT] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="Correct how a placement ended.")
    ] = False,
) -> Result:
    """End a placement: its last day, why, and where the child goes; or that it never started.

    A terminal goes on with the final report and the discussion of the end; each can wait.

    Examples: ap placement end PL-0001 --day 2026-07-10 --reason "objectives met" --destination
    home-school;
    ap placement end PL-0001 --never-started --reason "no place" --destination home-school;
    ap placement end PL-0001 --correct --reason "moved away"
    """
    from .ending import end_with_entries

    return end_with_entries(settings, given, reference, correct)
