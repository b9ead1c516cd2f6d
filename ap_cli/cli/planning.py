"""`ap placement new`: from flags, an answers file or the wizard; checked, then saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import short_day
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..errors import AnswersMissing, ApError, BadAnswers, Interrupted
from ..forms.filling import drop_skipped, merge_answers
from ..forms.form import reference
from ..forms.text import capital, hours, printable
from ..render.check import check_lines
from ..render.findings import rows_of
from ..render.result import Lines, Result, View, fixed_lines
from ..rules import RULES
from ..services import drafts, placements, records, refusals
from ..services.checks import CheckReport
from ..services.going_back import list_unsafe_in
from ..services.supposing import UNSAVED
from ..services.verdicts import Verdict
from ..stopping import NOTHING_SAVED
from . import nouns
from .asking import fill_given
from .check import COLUMNS, groups, keys_of
from .settings import Settings

if TYPE_CHECKING:
    from ..interview.placement import PlacementInterview
    from ..services.standing import Judged


def plan_placement(
    settings: Settings, given: Mapping[str, Any], resume: str | None, dry_run: bool
) -> Result:
    """Plan a placement: save it, or with a dry run only check it."""
    draft = _draft(settings, resume) if resume is not None else None
    if draft and settings.interactive:
        from ..interview.drafting import usable_answers

        given = merge_answers(usable_answers(Placement, draft, settings.today), given)
    elif draft:
        given = merge_answers(draft.answers, given)
    if settings.interactive:
        return _with_wizard(settings, given, draft, dry_run)
    given, entries = _part_entries(settings, drop_skipped(given))
    try:
        placement = fill_given(settings, Placement, given)
    except AnswersMissing as missing:
        if wrong := refusals.wrong_already(settings.store, given, settings.today):
            raise BadAnswers(wrong, missing.flags) from None
        raise
    if dry_run:
        return _not_saved(settings, _check(settings, placement))
    return _kept(settings, placement, draft, entries)


def begin_like(
    settings: Settings, earlier: Placement, given: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers of an earlier placement with those given, and what to say of it at the end.

    Where the child was not safe is not taken over: a terminal asks where they go, and without one
    the provider has to be given.
    """
    unsafe = list_unsafe_in(settings.store, earlier, settings.today)
    said = tuple(f"{capital(why)}." for why in unsafe)
    names = records.named(settings.store, earlier, settings.today)
    provider = printable(names["provider"])
    if not unsafe:
        if settings.interactive and "provider" not in given:
            from ..interview.prompts import say

            say(f"Like {earlier.ref}: at {provider} again. The review screen can change that.")
        return merge_answers(placements.copied(earlier), given), ()
    if settings.interactive:
        from ..interview.prompts import say

        for line in said:
            say(f"! {line}")
        say(f"So {provider} is not taken over from {earlier.ref}: say where they go.")
        return merge_answers(placements.copied_elsewhere(earlier), given), ()
    if "provider" not in given:
        raise AnswersMissing([f"--provider, which --from leaves out, as {'; '.join(unsafe)}"])
    return merge_answers(placements.copied_elsewhere(earlier), given), said


def _part_entries(
    settings: Settings, given: Mapping[str, Any]
) -> tuple[Mapping[str, Any], list[Entry]]:
    """The answers about the placement, and the entries that others of a draft make."""
    if not any("." in key for key in given):
        return given, []
    from ..interview.written import entries_of, without_entries

    entries = entries_of(given, settings.today, settings.author.who)
    return without_entries(given), entries


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
    keeper = DraftKeeper(settings.store, settings.author, open, draft, given, before)

    def keep(answers: Answers) -> Result:
        return nouns.keep_typed_changes(settings, before, answers, keeper.number)

    with keeper.guard():
        given = merge_answers(keeper.go_on(Placement, settings.today), given)
        interview = PlacementInterview(
            settings.store,
            given,
            settings.author,
            settings.today,
            base=before,
            keeper=keeper,
            names=settings.name_style,
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
        settings.store,
        given,
        settings.author,
        settings.today,
        draft,
        dry_run=dry_run,
        names=settings.name_style,
    )
    try:
        wizard.run()
        while isinstance(checked := _checked(settings, wizard, dry_run), Refused):
            wizard.review(checked.problems, from_last=not checked.problems)
    except (KeyboardInterrupt, EOFError):
        raise Interrupted(_where(wizard.draft if wizard.keep() else None)) from None
    except Exception:
        if wizard.keep() and wizard.draft:
            say(_where(wizard.draft))
        raise
    placement, report = checked
    if dry_run:
        return _not_saved(settings, report)
    return _kept(settings, placement, wizard.draft, wizard.entries())


def _checked(
    settings: Settings, wizard: PlacementInterview, dry_run: bool
) -> tuple[Placement, CheckReport] | Refused:
    """The placement and its check, or what stops saving; nothing does if the user stops it."""
    from ..interview.interview import list_problems
    from ..interview.prompts import ask_yes
    from ..interview.saving import ask_approval, say_verdict, wants_approval
    from ..interview.typed import BACK

    try:
        placement = fill(Placement, wizard.answers(), settings.today, settings.author.who)
        report, judged = _judge(settings, placement)
    except (AnswersMissing, BadAnswers) as problem:  # it is changed on the review screen
        return Refused(list_problems(problem))
    except ApError as problem:
        return Refused((str(problem),))
    if dry_run:
        return placement, report
    named = records.named_in_style(settings.store, placement, settings.today, settings.name_style)
    say_verdict(report, judged, placement, named, settings.today)
    approved = ask_approval(placement) if wants_approval(placement) else ""
    if approved == BACK:
        return Refused()
    if approved:
        wizard.asking.answers["code_approved"] = approved
        placement = fill(Placement, wizard.answers(), settings.today, settings.author.who)
    usual = judged.standings[0].verdict not in (Verdict.UNSAFE, Verdict.AGAINST_THE_LAW)
    save = ask_yes(f"Save this placement? n or {BACK}: back to your answers", usual)
    return (placement, report) if save else Refused()


class Refused(Struct, frozen=True):
    """A placement that is not saved yet, and what stops it."""

    problems: tuple[str, ...] = ()


def _where(draft: drafts.Draft | None) -> str:
    if draft is None:
        return NOTHING_SAVED
    return f"stopped; your answers are saved: ap draft resume {draft.ref}"


def _check(settings: Settings, placement: Placement) -> CheckReport:
    from ..services.supposing import check_unsaved

    return check_unsaved(settings.store, placement, settings.author, settings.today)


def _judge(settings: Settings, placement: Placement) -> tuple[CheckReport, Judged]:
    from ..services.supposing import judge_unsaved

    return judge_unsaved(settings.store, placement, settings.author, settings.today)


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


def _lines_of(report: CheckReport, today: date) -> Lines:
    """How the findings about a placement that has no reference yet are shown to people."""
    lines = check_lines(groups(RULES), report.counts, today)

    def without_reference(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        shown = ({**row, "remedy": ""} if row["subject"] == UNSAVED else row for row in rows)
        return (line.replace(UNSAVED, "this placement") for line in lines(shown, view))

    return without_reference


def _kept(
    settings: Settings,
    placement: Placement,
    draft: drafts.Draft | None,
    entries: Sequence[Entry] = (),
) -> Result:
    kept = records.add(
        settings.store,
        placement,
        settings.author,
        settings.today,
        draft.id if draft else None,
        entries=entries,
    )
    result = nouns.show_written(settings, None, kept, (f"next: ap check {kept.ref}",))
    if not settings.interactive or settings.out is not None:
        return result
    # its days have just been read on the review screen
    said = tuple(line for line in result.said if not line.startswith(f"{kept.ref}: "))
    return replace(result, lines=fixed_lines(_in_a_line(settings, kept)), said=said)


def _in_a_line(settings: Settings, placement: Placement) -> str:
    """The placement in a line: who, where, from when, how many hours a week."""
    names = records.named(settings.store, placement, settings.today)
    pupil = reference(Pupil.PREFIX, placement.pupil)
    who = pupil if settings.name_style == "never" else printable(names["pupil"])
    starts = short_day(placement.starts, settings.today)
    return (
        f"{placement.ref}  {who} at {printable(names['provider'])} from {starts},"
        f" {hours(placement.weekly_minutes)} hours a week"
    )
