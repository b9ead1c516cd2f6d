"""`ap placement new`: from flags, an answers file or the wizard; checked, then saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..domain.readers import fill
from ..errors import AnswersMissing, ApError, BadAnswers, Interrupted
from ..forms.filling import drop_skipped, merge_answers
from ..render.check import check_lines
from ..render.findings import rows_of
from ..render.result import Lines, Result, View, as_mapping, fixed_lines
from ..render.show import fit_line
from ..rules import RULES
from ..services import drafts, records, refusals
from ..services.checks import CheckReport
from ..services.supposing import UNSAVED
from . import nouns
from .check import COLUMNS, groups, keys_of
from .settings import Settings


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
        return _not_saved(settings, _check(settings, placement))
    return _kept(settings, placement, draft)


def edit_missing(
    settings: Settings,
    given: Mapping[str, Any],
    before: Placement,
    draft: drafts.Draft | None = None,
) -> Result:
    """Ask for what is missing of a placement on record, and write it."""
    if not settings.interactive:
        raise AnswersMissing(["a terminal: --ask asks its questions there"])
    from ..interview.drafting import DraftKeeper
    from ..interview.interview import keep_or_change
    from ..interview.placement import PlacementInterview
    from ..interview.steps import Answers

    open = drafts.OpenForm("placement edit", before.ref)
    keeper = DraftKeeper(settings.store, settings.author, open, draft, given)

    def keep(answers: Answers) -> Result:
        return nouns.edit_record(settings, Placement, before.ref, answers, keeper.number)

    with keeper.guard():
        given = merge_answers(keeper.go_on(Placement, settings.today), given)
        interview = PlacementInterview(
            settings.store, given, settings.author, settings.today, base=before, keeper=keeper
        )

        def change(_: Answers, problems: tuple[str, ...]) -> Answers:
            return interview.review(problems)

        return keep_or_change(interview.ask_missing(), keep, change)


def _draft(settings: Settings, resume: str) -> drafts.Draft:
    id = drafts.parse_draft_ref(resume) if resume else None
    return drafts.get(settings.store, id, drafts.NEW_PLACEMENT.form)


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
        while isinstance(checked := _checked(settings, answers, dry_run), Refused):
            answers = wizard.review(checked.problems)
    except (KeyboardInterrupt, EOFError):
        raise Interrupted(_where(wizard.draft if wizard.keep() else None)) from None
    except Exception:
        if wizard.keep() and wizard.draft:
            say(_where(wizard.draft))
        raise
    placement, report = checked
    if dry_run:  # the wizard has shown the check
        return replace(_not_saved(settings, report), lines=fixed_lines())
    return _kept(settings, placement, wizard.draft)


def _checked(
    settings: Settings, answers: Mapping[str, Any], dry_run: bool
) -> tuple[Placement, CheckReport] | Refused:
    """The placement and its check, or what stops saving; nothing does if the user stops it."""
    from ..interview.interview import list_problems
    from ..interview.prompts import ask_yes

    try:
        placement = fill(Placement, answers, settings.today, settings.author.who)
        report = _check(settings, placement)
    except (AnswersMissing, BadAnswers) as problem:  # it is changed on the review screen
        return Refused(list_problems(problem))
    except ApError as problem:
        return Refused((str(problem),))
    _show_check(settings, report)
    return (placement, report) if dry_run or ask_yes("Save this placement?") else Refused()


class Refused(Struct, frozen=True):
    """A placement that is not saved yet, and what stops it."""

    problems: tuple[str, ...] = ()


def _where(draft: drafts.Draft | None) -> str:
    if draft is None:
        return "stopped: nothing was saved"
    return f"stopped; your answers are saved: ap placement new --resume {draft.ref}"


def _check(settings: Settings, placement: Placement) -> CheckReport:
    from ..services.supposing import check_unsaved

    return check_unsaved(settings.store, placement, settings.author, settings.today)


def _not_saved(settings: Settings, report: CheckReport) -> Result:
    """The check of a placement that is not saved."""
    return Result(
        "check",
        rows_of(report.findings),
        COLUMNS,
        _lines_of(report, settings.today),
        ("nothing was saved",),
        keys=keys_of(why=False),
    )


def _show_check(settings: Settings, report: CheckReport) -> None:
    import sys

    from ..render.show import terminal_view

    lines = _lines_of(report, settings.today)
    view = terminal_view(settings)
    print("\nCheck", file=sys.stderr)
    for line in lines(map(as_mapping, rows_of(report.findings)), view):
        print(*fit_line(line, view.width), sep="\n", file=sys.stderr)


def _lines_of(report: CheckReport, today: date) -> Lines:
    """How the findings about a placement that has no reference yet are shown to people."""
    lines = check_lines(groups(RULES), report.counts, today)

    def without_reference(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        shown = ({**row, "remedy": ""} if row["subject"] == UNSAVED else row for row in rows)
        return (line.replace(UNSAVED, "this placement") for line in lines(shown, view))

    return without_reference


def _kept(settings: Settings, placement: Placement, draft: drafts.Draft | None) -> Result:
    kept = records.add(
        settings.store, placement, settings.author, settings.today, draft.id if draft else None
    )
    return nouns.show_written(settings, None, kept, (f"next: ap check {kept.ref}",))
