"""`ap placement new`: from flags, an answers file or the wizard; checked, then saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..domain.placement import Placement
from ..domain.readers import fill
from ..errors import AnswersMissing, ApError, BadAnswers, Interrupted
from ..forms.filling import drop_skipped, merge_answers
from ..forms.form import reference
from ..render.check import check_lines
from ..render.findings import row_of
from ..render.result import Lines, Result, View, as_mapping, fixed_lines
from ..render.show import fit_line
from ..rules import RULES
from ..rules.engine import Finding
from ..rules.rule import OPEN
from ..services import checks, drafts, records, refusals
from . import nouns
from .check import COLUMNS, groups
from .settings import Settings

UNSAVED = reference(Placement.PREFIX, 0)
"""The reference of a placement that is not saved yet."""


def plan_placement(
    settings: Settings, given: Mapping[str, Any], resume: str | None, dry_run: bool
) -> Result:
    """Plan a placement: save it, or with a dry run only check it."""
    draft = _draft(settings, resume) if resume is not None else None
    given = merge_answers(draft.answers if draft else {}, given)
    if settings.interactive:
        return _with_wizard(settings, given, draft, dry_run)
    given = drop_skipped(given)
    try:
        placement = fill(Placement, given, settings.today, settings.author.who)
    except AnswersMissing as missing:
        if wrong := refusals.wrong_already(settings.store, given, settings.today):
            raise BadAnswers(wrong, missing.flags) from None
        raise
    if dry_run:
        rows, lines = _open(settings, _findings(settings, placement))
        return Result("check", rows, COLUMNS, lines, ("nothing was saved",))
    return _kept(settings, placement, draft)


def ask_missing(settings: Settings, given: Mapping[str, Any], before: Placement) -> dict[str, Any]:
    """Ask for what is missing of a placement on record."""
    from ..interview.placement import PlacementInterview

    return PlacementInterview(
        settings.store, given, settings.author, settings.today, base=before
    ).ask_missing()


def _draft(settings: Settings, resume: str) -> drafts.Draft:
    return drafts.get(settings.store, drafts.number(resume) if resume else None)


def _with_wizard(
    settings: Settings, given: Mapping[str, Any], draft: drafts.Draft | None, dry_run: bool
) -> Result:
    from ..interview.placement import PlacementInterview
    from ..interview.prompts import say

    wizard = PlacementInterview(
        settings.store, given, settings.author, settings.today, draft, dry_run=dry_run
    )
    try:
        answers = wizard.run()
        while (checked := _checked(settings, answers, dry_run)) is None:
            answers = wizard.review()
    except (KeyboardInterrupt, EOFError):
        raise Interrupted(_where(wizard.draft if wizard.keep() else None)) from None
    except Exception:
        if wizard.keep() and wizard.draft:
            say(_where(wizard.draft))
        raise
    placement, found = checked
    if dry_run:
        return Result(
            "check",
            [as_mapping(each) for each in found],
            COLUMNS,
            lines=fixed_lines(),
            said=("nothing was saved",),
        )
    return _kept(settings, placement, wizard.draft)


def _checked(
    settings: Settings, answers: Mapping[str, Any], dry_run: bool
) -> tuple[Placement, list[Finding]] | None:
    """The placement and what the check finds; None if the user wants to change it first."""
    from ..interview.prompts import ask_yes, say

    try:
        placement = fill(Placement, answers, settings.today, settings.author.who)
        found = _findings(settings, placement)
    except ApError as problem:  # what contradicts itself is changed on the review screen
        say(f"\n{problem}")
        return None
    _tell(settings, found)
    return (placement, found) if dry_run or ask_yes("Save this placement?") else None


def _where(draft: drafts.Draft | None) -> str:
    if draft is None:
        return "stopped: nothing was saved"
    return f"stopped; your answers are saved: ap placement new --resume {draft.ref}"


def _findings(settings: Settings, placement: Placement) -> list[Finding]:
    prepared, pupil = records.prepared(settings.store, placement, settings.today)
    return list(checks.findings_before(settings.store, settings.today, prepared, pupil))


def _tell(settings: Settings, found: list[Finding]) -> None:
    import shutil
    import sys

    rows, lines = _open(settings, found)
    view = View(shutil.get_terminal_size((80, 24)).columns, settings.color)
    print("\nCheck", file=sys.stderr)
    for line in lines(rows, view):
        print(*fit_line(line, view.width), sep="\n", file=sys.stderr)


def _open(settings: Settings, found: Iterable[Finding]) -> tuple[list[dict[str, Any]], Lines]:
    """What is open of a placement that has no reference yet, with the lines that show it."""
    tally = checks.Tally()
    rows = [as_mapping(row_of(each)) for each in tally.counted(found) if each.answer in OPEN]

    def answers() -> Mapping[Any, int]:
        return tally.answers

    lines = check_lines(groups(RULES), answers, settings.today)

    def open_lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        mended = ({**row, "remedy": ""} if row["subject"] == UNSAVED else row for row in rows)
        return (line.replace(UNSAVED, "this placement") for line in lines(mended, view))

    return rows, open_lines


def _kept(settings: Settings, placement: Placement, draft: drafts.Draft | None) -> Result:
    kept = records.add(
        settings.store, placement, settings.author, settings.today, draft.id if draft else None
    )
    return nouns.show_written(settings, None, kept, (f"next: ap check {kept.ref}",))
