"""`ap record edit` and `ap record withdraw`: what was recorded already, by its reference."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.main import get_command

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry, EntryRef
from ..errors import AnswersMissing, ApError, BadAnswers
from ..forms.form import Noun, questions
from ..render.data import entry_data
from ..render.nouns import changes_told
from ..render.result import Result, references_alone
from ..services import records
from .command import command, group, single
from .references import ENTRY, REASON
from .settings import Settings, default_store

app = group("What was recorded already.")
REFERENCE = re.compile(r"e-?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
EDIT_EXAMPLE = 'ap record edit E-0001 --reason "typed in the wrong line" --note "as agreed"'


def load(name: str) -> Any:
    """The command of a name."""
    return get_command(app).commands[name]  # type: ignore[attr-defined]


def editing(ctx: Any, args: list[str]) -> Any:
    """The command that corrects the entry whose reference stands among the words; None where there is none in the store.

    Where several words look like references, as a note may, it is the one that the command of its kind takes for it.
    """
    from ..services.references import kind_of_entry

    known = [word for word in args if REFERENCE.fullmatch(word)]
    for word in known:
        kind = kind_of_entry(store_of(ctx, args), int(REFERENCE.fullmatch(word)[1]))  # type: ignore[index]
        if kind not in KINDS:
            continue
        made = editing_of(KINDS[kind])
        if (
            len(known) == 1
            or made.make_context("edit", list(args), parent=ctx, resilient_parsing=True).params.get(
                "reference"
            )
            == word
        ):
            return made
    if known and not ctx.resilient_parsing and "--help" not in args:
        from ..services import entries

        entries.find(
            store_of(ctx, args), entry_number(known[0]), date.today()
        )  # says that it is not there, and what is near
    return None


def editing_of(form: type[Entry]) -> Any:
    """The command that corrects one kind of entry: it takes the options of its kind."""
    one = single()

    own = any(
        question.key == "reason" for question in questions(form)
    )  # then --reason is a question of the kind itself
    flags = ("--because",) if own else ("--reason", "--because")
    why = typer.Option(
        *flags, help="Why it is corrected; the log keeps it.", metavar="TEXT", show_default=False
    )

    def edit(
        settings: Settings, given: Mapping[str, Any], reference: Any = None, because: Any = None
    ) -> Result:
        from ..domain.answers import fill, typed_again
        from ..services import entries

        before, _ = entries.find(settings.store, entry_number(reference), settings.today)
        answers = dict(given)
        if settings.interactive:
            from ..interview.asking import change
            from ..interview.prompts import needed

            answers = answers or change(
                form, typed_again(before), typed_again(before), settings.today
            )
            because = because or needed("Why is it corrected?")
            return entry_written(
                settings, *again(settings, form, before, answers, given_reason(because, flags[0]))
            )
        changed = entries.edit(
            settings.store,
            before.id,
            lambda now: fill(form, answers, settings.today, settings.author.who, now),
            given_reason(because, flags[0]),
            settings.author,
            settings.today,
        )
        return entry_written(settings, *changed)

    edit.__annotations__ |= {
        "reference": Annotated[str | None, ENTRY],
        "because": Annotated[str | None, why],
    }
    told = f"Correct what was recorded; the original stays in the log, with the reason.\n\nExample: {EDIT_EXAMPLE}"
    command(
        one,
        form=form,
        name="edit",
        help=told,
        known=tuple(question.key for question in questions(form)),
    )(edit)
    return get_command(one)


def again(
    settings: Settings, form: type[Entry], before: Entry, answers: Mapping[str, Any], reason: str
) -> tuple[Entry, Entry, Noun]:
    """A correction on a terminal: what is refused is said and changed, so that nothing typed is lost."""
    from ..domain.answers import fill, given_together, typed_again
    from ..interview.asking import change
    from ..interview.prompts import say
    from ..services import entries

    known = typed_again(before)
    while True:
        try:
            return entries.edit(
                settings.store,
                before.id,
                lambda now, typed=answers: fill(
                    form, typed, settings.today, settings.author.who, now
                ),  # type: ignore[misc]
                reason,
                settings.author,
                settings.today,
            )
        except BadAnswers as problem:
            say(f"\n{problem}")
            answers = change(form, known, given_together(known, answers), settings.today)


def entry_written(settings: Settings, before: Entry, after: Entry, about: Noun) -> Result:
    """What became of an entry: its reference, and what changed."""
    told = changes_told(type(after), records.changes(before, after)) or ["nothing was changed"]
    return Result(
        after.KIND,
        [entry_data(after, about.ref)],
        lines=references_alone,
        said=(f"{after.ref}: {', '.join(told)}",),
    )


@command(app, name="edit")
def edit_without_kind(
    settings: Settings,
    reference: Annotated[str | None, ENTRY] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Correct what was recorded, with the options of its kind; the original stays in the log, with the reason.

    “ap record edit E-0001 --help” lists the options that fit.

    Example: ap record edit E-0001 --safe --reason "typed in the wrong line"
    """
    from ..services import entries

    entries.find(settings.store, entry_number(reference), settings.today)
    raise AnswersMissing(["what is to be corrected: see the options with --help"])


@command(app)
def withdraw(
    settings: Settings,
    reference: Annotated[str | None, ENTRY] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Take back what should not have been recorded; the log keeps it, with the reason.

    Example: ap record withdraw E-0001 --reason "it was another child's"
    """
    from ..services import entries

    id = entry_number(reference)
    entries.find(settings.store, id, settings.today)
    if settings.interactive and reason is None:
        from ..interview.prompts import needed

        reason = needed("Why is it withdrawn?")
    entry, about = entries.withdraw(
        settings.store, id, given_reason(reason), settings.author, settings.today
    )
    extended = entries.extended_to(entry)
    said = f"{entry.ref}: the {entry.KIND} of {about.ref} is withdrawn; ap undo brings it back"
    moved = (
        (
            f"the planned end of {about.ref} stays as it moved it: ap placement edit {about.ref} --ends …",
        )
        if extended
        else ()
    )
    return Result(
        entry.KIND, [entry_data(entry, about.ref)], lines=references_alone, said=(said, *moved)
    )


def entry_number(text: str | None) -> int:
    """The number of an entry's reference, `E-0031` or `e-31`; ApError where it is none."""
    from ..domain.answers import READERS

    if text is None:
        raise AnswersMissing(["a reference such as E-0001"])
    try:
        return cast(int, READERS[EntryRef](text))
    except ValueError as problem:
        raise ApError(str(problem)) from None


def given_reason(reason: str | None, flag: str = "--reason") -> str:
    """A reason as it is kept; AnswersMissing where none was given."""
    from ..domain.answers import read_text

    if reason is None:
        raise AnswersMissing([flag])
    try:
        return read_text(reason)
    except ValueError as problem:
        raise BadAnswers([f"{flag}: {problem}"]) from None


def store_of(ctx: Any, args: list[str]) -> Path:
    """The store of a command whose words are not read yet: as `--db FILE` or `--db=FILE` among them, or before, or as everywhere."""
    after = dict(pairwise(args)).get("--db") or next(
        (word[5:] for word in args if word.startswith("--db=")), None
    )
    return Path(
        after or ctx.find_root().params.get("db") or os.environ.get("AP_DB") or default_store()
    )
