"""`ap record edit` and `ap record withdraw`: an entry corrected or taken back, by its reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace
from typer.main import get_command

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry
from ..domain.roles import Role
from ..errors import AnswersMissing, BadAnswers, StoreProblem
from ..forms.facts import recorded
from ..forms.filling import NOT_KNOWN, drop_skipped
from ..forms.form import Noun, questions
from ..render.data import entry_data
from ..render.nouns import list_changes
from ..render.result import Result, print_references
from ..services import records
from ..services.drafts import Draft, OpenForm
from ..services.meanwhile import as_read, refuse_changed
from .command import command, single
from .expecting import read_expected, told_by_flags
from .nouns import write_with_read
from .questions import FormOptions
from .references import ENTRY, IF, REASON, read_entry_number
from .settings import Settings

if TYPE_CHECKING:
    from ..interview.run import Interview
    from ..interview.steps import Step

EDIT_EXAMPLE = 'ap record edit E-0001 --reason "typed in the wrong line" --note "as agreed"'
EDIT_HELP = f"""Correct an entry; the original stays in the log, with the reason.

Give the new answers with the options of the entry's kind: “ap record review --help” lists those of
a review.

Examples: {EDIT_EXAMPLE};
ap record edit E-0001 --day 2026-02-26 --reason "the day was wrong";
ap record edit e1 --note "as agreed" --reason "left out" --json"""
BECAUSE_KEY = "because"
"""Where a draft has the reason of a correction: no question has this key."""

BECAUSE = typer.Option(
    "--because",
    help="The same as --reason, for a kind of entry that asks for a reason itself.",
    metavar="TEXT",
    show_default=False,
)


def load_change(name: str) -> Any:
    """The command `edit` or `withdraw`."""
    app = single()
    if name == "edit":
        command(app, name="edit", options=edit_options(), help=EDIT_HELP, needs=Role.WRITER)(
            edit_entry
        )
    else:
        command(app, name="withdraw", needs=Role.WRITER)(take_back_entry)
    return get_command(app)


def edit_options() -> FormOptions:
    """The questions of every kind: which of them fit is known once the entry is read."""
    forms = KINDS.values()
    optional = {question.key for form in forms for question in questions(form)}
    options = FormOptions(*forms, optional=optional, in_help=False)
    options.describe("reason", Annotated[str | None, REASON])
    return options


def edit_entry(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, ENTRY] = None,
    because: Annotated[str | None, BECAUSE] = None,
    expected: Annotated[list[str] | None, IF] = None,
) -> Result:
    """Correct an entry with the answers that fit its kind."""
    from ..services import correcting

    entry = correcting.find_to_mend(settings.store, read_entry_number(reference), settings.today)
    form, damaged = type(entry), settings.take_left_out()
    read = read_expected(settings, entry, expected or ())
    answers = fit_answers(form, given)
    flag = "--because"
    if not asks_reason(form):
        flag = "--reason"
        because = because or answers.pop("reason", None)
    with told_by_flags():
        refuse_changed(settings.store, read, entry, entry)
    if settings.interactive:
        say_damaged(damaged)
        return write_corrected(
            settings, *correct_on_terminal(settings, entry, answers, because, None, damaged)
        )
    if damaged and not answers and because is None:
        raise StoreProblem("\n".join(damaged))
    correction = make_correction(settings, form, answers)
    reason = read_reason(because or completing_reason(entry, answers, damaged), flag)
    with told_by_flags():
        kept = keep_correction(settings, entry, correction, reason, read=read)
    return write_corrected(settings, *kept)


def say_damaged(damaged: Sequence[str]) -> None:
    """Say on a terminal what of a record cannot be read, before it is asked for."""
    if damaged:
        from ..interview.prompts import say

        say("\n".join(damaged))


def resume_correction(settings: Settings, draft: Draft) -> Result:
    """Go on with the correction of an entry; without a terminal it is written as it stands."""
    from ..services import correcting

    number = read_entry_number(draft.open.about)
    found = correcting.find_to_mend(settings.store, number, settings.today)
    damaged, entry = settings.take_left_out(), as_read(found, draft.read)
    if settings.interactive:
        say_damaged(damaged)
        return write_corrected(
            settings, *correct_on_terminal(settings, entry, {}, None, draft, damaged)
        )
    answers = drop_skipped(draft.answers)
    reason = answers.pop(BECAUSE_KEY, None)
    correction = make_correction(settings, type(entry), answers)
    given = completing_reason(entry, answers, damaged) if reason is None else str(reason)
    reason = read_reason(given, "--because")
    return write_corrected(settings, *keep_as_read(settings, entry, correction, reason, draft.id))


COMPLETED = "what was still open was answered"
"""The reason that the log keeps of a correction that replaces nothing."""

MENDED = "what could not be was corrected"
"""The reason that the log keeps of a correction that replaces nothing but what cannot be read."""


def completing_reason(
    entry: Entry, answers: Mapping[str, Any], damaged: Sequence[str] = ()
) -> str | None:
    """The reason of a correction that only answers what nobody had answered; None for others.

    An answer that was not known yet is completed too, and so is one that is `damaged`. Without
    answers there is none.
    """
    if not answers or NOT_KNOWN in answers:
        return None
    names = {question.key: question.name for question in questions(type(entry))}
    replaced = [key for key in answers if key not in names or recorded(getattr(entry, names[key]))]
    if replaced:
        return None
    return MENDED if damaged else COMPLETED


def asks_reason(form: type[Entry]) -> bool:
    """Whether `--reason` answers a question of this kind of entry itself."""
    return any(question.key == "reason" for question in questions(form))


def fit_answers(form: type[Entry], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as a kind takes them: an option that another kind may repeat holds one."""
    single_answers = {question.key for question in questions(form) if not question.several}
    return {key: _only(value) if key in single_answers else value for key, value in given.items()}


def _only(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


Correction = Callable[[Entry], Entry]
"""What makes the corrected entry of the one on record."""


def make_correction(
    settings: Settings, form: type[Entry], answers: Mapping[str, Any]
) -> Correction:
    from ..domain.readers import fill

    def correct(entry: Entry) -> Entry:
        return fill(form, answers, settings.today, settings.author.who, entry)

    return correct


def keep_correction(
    settings: Settings,
    entry: Entry,
    correction: Correction,
    reason: str,
    draft: int | None = None,
    read: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Entry, Entry, Noun]:
    """Correct an entry in the store. Returns it before and after, and what it is about.

    Raise Changed if a field does not hold what was `read` of it.
    """
    from ..services import correcting

    return correcting.edit(
        settings.store, entry.id, correction, reason, settings.author, settings.today, draft, read
    )


def keep_as_read(
    settings: Settings, entry: Entry, correction: Correction, reason: str, draft: int | None
) -> tuple[Entry, Entry, Noun]:
    """Correct an entry that a form had read so; a terminal asks about what was changed since."""

    def write(read: Entry, after: Entry, values: Mapping[str, Any]) -> tuple[Entry, Entry, Noun]:
        changed = records.changes(read, after)

        def change(stands: Entry) -> Entry:
            return replace(stands, **changed)

        return keep_correction(settings, read, change, reason, draft, values)

    return write_with_read(settings, entry, correction(entry), write)


def correct_on_terminal(
    settings: Settings,
    entry: Entry,
    answers: Mapping[str, Any],
    reason: str | None,
    draft: Draft | None = None,
    damaged: Sequence[str] = (),
) -> tuple[Entry, Entry, Noun]:
    """Correct an entry; what is refused is shown and can be changed, so that no answer is lost."""
    from ..interview.interview import keep_or_change

    asking = CorrectionInterview(settings, entry, draft)

    def keep(answers: Mapping[str, Any]) -> tuple[Entry, Entry, Noun]:
        correction = make_correction(settings, type(entry), answers)
        return keep_as_read(settings, entry, correction, asking.reason, asking.keeper.number)

    with asking.keeper.guard():
        chosen = dict(answers) or asking.change(asking.started)
        asking.ask_reason(chosen, reason or completing_reason(entry, chosen, damaged))
        return keep_or_change(chosen, keep, asking.change)


class CorrectionInterview:
    """Asks on a terminal what is to be corrected in an entry, and why; keeps both as a draft."""

    def __init__(self, settings: Settings, entry: Entry, draft: Draft | None) -> None:
        from ..domain.readers import answers_of
        from ..interview.drafting import DraftKeeper

        self.form, self.known, self.today = type(entry), answers_of(entry), settings.today
        open = OpenForm("record edit", entry.ref)
        self.keeper = DraftKeeper(settings.store, settings.author, open, draft, read=entry)
        self.started = self.keeper.go_on(self.form, self.today, BECAUSE_KEY)
        self.reason = str(draft.answers.get(BECAUSE_KEY) or "") if draft else ""

    def change(self, answers: Mapping[str, Any], problems: tuple[str, ...] = ()) -> dict[str, Any]:
        """Show the review screen. Returns the answers that differ from those on record."""
        from ..forms.filling import merge_answers
        from ..interview.interview import ask_changes

        merged = merge_answers(self.known, answers)
        return ask_changes(self.form, self.known, merged, self.today, problems, self._note)

    def ask_reason(self, chosen: Mapping[str, Any], given: str | None) -> None:
        """Ask why it is corrected, unless that is known; raise BadAnswers if it is no reason."""
        from ..interview.prompts import ask_required

        self.reason = read_reason(given or self.reason or ask_required("Why is it corrected?"))
        self._keep(chosen)

    def _note(self, interview: Interview, _: Step) -> None:
        from ..interview.interview import find_changes

        self._keep(find_changes(interview, self.known))

    def _keep(self, changed: Mapping[str, Any]) -> None:
        why = {BECAUSE_KEY: self.reason} if self.reason else {}
        self.keeper.note({**changed, **why})


def write_corrected(settings: Settings, before: Entry, after: Entry, about: Noun) -> Result:
    """The reference of a corrected entry, and what changed."""
    changed = list_changes(type(after), records.changes(before, after))
    return Result(
        after.KIND,
        [entry_data(after, about.ref)],
        lines=print_references,
        said=(f"{after.ref}: {', '.join(changed) or 'No change: it already says that'}",),
    )


def take_back_entry(
    settings: Settings,
    reference: Annotated[str | None, ENTRY] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Take back what should not have been recorded; the log keeps it, with the reason.

    Examples: ap record withdraw E-0001 --reason "it was another child's";
    ap record withdraw e1 --reason "recorded twice";
    ap record withdraw E-0001 --reason "recorded twice" --json
    """
    from ..services import correcting
    from ..services.entries import extended_to

    id = read_entry_number(reference)
    correcting.refuse_withdrawn(settings.store, id)
    if settings.interactive and reason is None:
        from ..interview.prompts import ask_required

        reason = ask_required("Why do you withdraw it?")
    entry, about = correcting.withdraw(settings.store, id, read_reason(reason), settings.author)
    called = f"the {entry.KIND} of {about}" if entry.KIND and about else "what was recorded"
    said = [f"{entry.ref}: {called} is withdrawn; ap undo brings it back"]
    if extended_to(entry):
        said.append(
            f"{about} still ends when this {entry.KIND} said: "
            f"change that with ap placement edit {about} --ends DAY"
        )
    kind = entry.KIND or "record"
    return Result(kind, [entry_data(entry, about)], lines=print_references, said=tuple(said))


def read_reason(reason: str | None, flag: str = "--reason") -> str:
    """A reason as the log keeps it; raise AnswersMissing if nobody gave one."""
    from ..forms.readers import read_text

    if reason is None:
        raise AnswersMissing([flag])
    try:
        return read_text(reason)
    except ValueError as problem:
        raise BadAnswers([f"{flag}: {problem}"]) from None
