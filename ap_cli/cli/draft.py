"""ap draft: forms that were begun and not finished."""

from __future__ import annotations

from typing import Annotated

import typer

from ..domain.roles import Role
from ..errors import ApError, BadAnswers, StoreProblem
from ..render.drafts import COLUMNS, draft_data, draft_lines
from ..render.result import Result, print_references
from ..services import drafts, records
from ..services.drafts import ADDING, RECORD, Draft
from ..services.meanwhile import as_read
from .command import command, group
from .references import completing
from .settings import Settings

app = group("Go on with what was begun and not finished, or delete it.")

WHICH = typer.Argument(
    metavar="[D-0001]",
    help="The draft; without it, the latest.",
    autocompletion=completing("draft"),
    show_default=False,
)
THESE = typer.Argument(
    metavar="D-0001...",
    help="The drafts.",
    autocompletion=completing("draft"),
    show_default=False,
)


ADDS_ONE_OF_MANY = (ADDING["pupil"].form, ADDING["provider"].form)
"""The forms whose record may look the same as one that is there."""

ANOTHER = typer.Option(
    "--another", help="A new pupil or provider is another than the one that looks the same."
)


@command(app, name="list")
def list_drafts(settings: Settings) -> Result:
    """List what was begun and not finished, in every form.

    Examples: ap draft list; ap draft list --json; ap draft list --names
    """
    found = drafts.list_unfinished(settings.store)
    rows = [draft_data(one, settings.names) for one in found]
    lines = draft_lines(found, settings.today)
    damaged = tuple(drafts.list_damaged(settings.store))
    code = StoreProblem.exit_code if damaged else 0
    return Result("draft list", rows, lines=lines, said=damaged, code=code, keys=COLUMNS)


@command(app, name="resume", needs=Role.WRITER)
def resume_draft(
    settings: Settings,
    reference: Annotated[str | None, WHICH] = None,
    another: Annotated[bool, ANOTHER] = False,
) -> Result:
    """Go on with a draft; without a terminal it is saved as it stands, if nothing is missing.

    Examples: ap draft resume D-0001; ap draft resume; ap draft resume d1 --json
    """
    id = drafts.parse_draft_ref(reference) if reference else None
    draft = drafts.get(settings.store, id)
    if another and draft.open.form not in ADDS_ONE_OF_MANY:
        raise ApError(
            f"--another is for a new pupil or provider, and {draft.ref} is a draft of another"
            f" form ({draft.open.label}): leave it out"
        )
    try:
        return go_on(settings, draft, another)
    except BadAnswers as wrong:
        other_way = f"or delete the draft: ap draft drop {draft.ref}"
        raise BadAnswers([*wrong.problems, other_way], wrong.missing) from None


@command(app, name="drop", needs=Role.WRITER)
def delete_drafts(settings: Settings, references: Annotated[list[str], THESE]) -> Result:
    """Delete drafts.

    Examples: ap draft drop D-0001; ap draft drop d1; ap draft drop D-0001 --json
    """
    return drop_drafts(settings, references)


def drop_drafts(settings: Settings, references: list[str]) -> Result:
    """Delete drafts, and say what each was; raise NotFound before any is deleted."""
    numbers = dict.fromkeys(drafts.parse_draft_ref(one) for one in references)
    dropped = drafts.drop_all(settings.store, numbers)
    said = tuple(f"{ref} is deleted: {what}" for ref, what in dropped.items())
    return Result("draft", [{"ref": ref} for ref in dropped], lines=print_references, said=said)


def go_on(settings: Settings, draft: Draft, another: bool = False) -> Result:
    """Open the form of a draft with its answers; raise ApError for a form that there is not.

    `another` says that a new pupil or provider is none of those that look the same.
    """
    form, about = draft.open.form, draft.open.about
    if form == "placement new":
        from .planning import plan_placement

        return plan_placement(settings, {}, draft.ref, dry_run=False)
    if form == "record edit":
        from .recorded import resume_correction

        return resume_correction(settings, draft)
    if form.startswith(RECORD):
        return go_on_recording(settings, draft)
    if form.startswith("placement end"):
        from .ending import end_with_entries

        return end_with_entries(settings, {}, about, form.endswith("--correct"), draft)
    if form == "placement edit":
        from ..domain.placement import Placement
        from .asking import choose_record
        from .planning import edit_missing

        before = as_read(choose_record(settings, Placement, about), draft.read)
        return edit_missing(settings, {}, before, draft)
    if form in ("pupil edit", "provider edit"):
        return go_on_changing(settings, draft)
    return go_on_adding(settings, draft, another)


def go_on_changing(settings: Settings, draft: Draft) -> Result:
    """Go on with changes to a pupil or a provider: the review screen, and what was typed."""
    from ..forms.filling import drop_skipped
    from ..interview.drafting import DraftKeeper
    from .changing import keep_changes, review_changes
    from .nouns import keep_typed_changes

    noun, number = records.subject(draft.open.about)
    before = records.get_to_mend(settings.store, noun, number, settings.today)
    before = as_read(before, draft.read)
    if not settings.interactive:
        answers = drop_skipped(draft.answers)
        return keep_typed_changes(settings, before, answers, draft.id)
    keeper = DraftKeeper(settings.store, settings.author, draft.open, draft, read=before)
    with keeper.guard():
        started = keeper.go_on(noun, settings.today)
        changes = review_changes(settings, before, keeper, started)
    return keep_changes(settings, before, keeper, changes)


def go_on_recording(settings: Settings, draft: Draft) -> Result:
    """Go on with recording an entry."""
    from ..domain.entries import KINDS
    from .record import record_entry

    kind = KINDS.get(draft.open.form.removeprefix(RECORD))
    if kind is None:
        raise unknown_form(draft)
    if len(draft.open.refs) > 1:
        from .together import record_together

        return record_together(settings, kind, draft.open.refs, draft=draft)
    return record_entry(settings, kind, {}, draft.open.about, draft)


def go_on_adding(settings: Settings, draft: Draft, another: bool) -> Result:
    """Go on with adding a pupil, a provider or a commissioner."""
    from . import nouns

    for noun, form in drafts.ADDING.items():
        if form == draft.open:
            return nouns.add_record(settings, nouns.NOUNS[noun], {}, draft, another)
    raise unknown_form(draft)


def unknown_form(draft: Draft) -> ApError:
    """A draft of a form that this program does not have."""
    return ApError(
        f"this ap does not know the form of {draft.ref}, {draft.open.label}: use the one that made "
        f"it, or delete it with `ap draft drop {draft.ref}`"
    )
