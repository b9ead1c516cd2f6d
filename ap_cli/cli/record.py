"""ap record: one command for each kind of entry, made from its form when called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from shlex import join, split
from typing import TYPE_CHECKING, Annotated, Any

from msgspec.structs import replace
from typer.main import get_command

from ..domain.entries import KINDS
from ..domain.entries.after import Discussion
from ..domain.entries.during import Concern, Review
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.samples import sample_options
from ..forms.form import Noun, questions
from ..forms.form import reference as printed
from ..render.data import entry_data
from ..render.nouns import list_days
from ..render.result import Result, print_references
from ..services import records
from ..services.caseload import Subject
from ..services.drafts import RECORD, Draft, OpenForm
from .asking import Asked, choose_record, keep_form
from .command import command, group, single
from .finding import find_record
from .lazy import lazy_group
from .references import argument
from .settings import Settings

if TYPE_CHECKING:
    from ..interview.steps import Step


def example_of(form: type[Entry]) -> str:
    """An example of recording a kind of entry, for its help: a whole command."""
    about = printed(nouns_of(form)[0].PREFIX, 1)
    return f"ap record {form.KIND} {about} {form.EXAMPLE or join(sample_options(form))}"


def examples_of(form: type[Entry]) -> tuple[str, str, str]:
    """Three examples of recording a kind of entry: whole, asked on a terminal, and of yesterday."""
    whole = example_of(form)
    words = split(whole)
    if "--day" in words:
        at = words.index("--day")
        del words[at : at + 2]
    return whole, join(words[:3]), join([*words, "--day", "yesterday"])


def record_entry(
    settings: Settings,
    form: type[Entry],
    given: Mapping[str, Any],
    reference: str | None,
    draft: Draft | None = None,
    ask: tuple[str, ...] | None = None,
    of_task: bool = False,
    confirm: bool = False,
) -> Result:
    """Record what happened to the subject of a reference, or to one chosen on a terminal.

    With a draft it goes on from the answers that the draft has. `ask` names the questions to ask
    beside those that are required; None asks all. `of_task` and `confirm` are those of `Asked`.
    """
    from ..services import consequences, entries

    nouns = nouns_of(form)
    day = settings.today.isoformat()
    typed = dict(given) if settings.interactive or draft else {"day": day, **given}
    if reference:
        subject = find_record(settings, reference, *nouns)
    else:
        subject = nouns[0], choose_record(settings, nouns[0], None, form, typed).id
    noun = records.get(settings.store, *subject, settings.today)
    form = fit_to_ended(form, noun, given) if settings.interactive and draft is None else form

    def keep(entry: Entry, draft: int | None) -> Entry:
        return entries.record(
            settings.store, entry, subject, settings.author, settings.today, draft
        )

    steps = order_steps(form, given) if settings.interactive and ask is not None else None
    asked = ask_about(form, noun, draft, day, ask)
    asked = replace(asked, steps=steps, of_task=of_task, confirm=confirm)
    made = keep_form(settings, form, typed, keep, asked)
    said = list(describe_made(settings, made, subject))
    if not of_task:  # a task says by itself why it stays on the list
        said += consequences.list_still_open(settings.store, made, subject, settings.today)
    return Result(form.KIND, [entry_data(made, noun.ref)], lines=print_references, said=tuple(said))


def describe_made(settings: Settings, made: Entry, subject: Subject) -> Iterator[str]:
    """Say what was recorded, and what follows from it."""
    from ..services import consequences

    ref = printed(subject[0].PREFIX, subject[1])
    yield f"{made.ref}: {made.KIND} of {ref}, {', '.join(list_days(made))}"
    yield from consequences.of(settings.store, made, subject, settings.today)


def ask_about(
    form: type[Entry], noun: Noun, draft: Draft | None, day: str, ask: tuple[str, ...] | None
) -> Asked:
    """How an entry about a record is asked: all its questions, or those named."""
    open = OpenForm(f"{RECORD}{form.KIND}", noun.ref)
    return Asked(open, draft, everything=ask is None, offered={"day": day}, also=ask or ())


def order_steps(form: type[Entry], given: Mapping[str, Any]) -> list[Step] | None:
    """The questions of what goes on with an earlier concern, its day last; None for all others."""
    from ..interview.steps import FormStep

    if form is not Concern or "of" not in given:
        return None
    steps: list[Step] = [FormStep(each) for each in questions(form)]
    return sorted(steps, key=is_the_day)


def is_the_day(step: Step) -> bool:
    """Tell whether a step asks for the day of an entry."""
    return step.name == "day"


def fit_to_ended(form: type[Entry], noun: Noun, given: Mapping[str, Any]) -> type[Entry]:
    """The kind of entry that is meant: of a placement that has ended a terminal asks."""
    if form is not Review or not isinstance(noun, Placement):
        return form
    from ..interview.ending import is_discussion

    return Discussion if is_discussion(noun, given) else form


def nouns_of(form: type[Entry]) -> tuple[type[Noun], ...]:
    """What a kind of entry can be about."""
    return tuple(
        noun for name in form.ABOUT for noun in records.NOUNS.values() if name == noun.NOUN
    )


def load_kind(name: str) -> Any:
    """The command that records one kind of entry, or changes one."""
    if name in CHANGES:
        from . import recorded

        return recorded.load_change(name)
    one, form = single(), KINDS[name]
    nouns = nouns_of(form)
    which = argument(
        f"[{'|'.join(noun.PREFIX + '-0001' for noun in nouns)}]",
        f"The {' or '.join(form.ABOUT)}.",
        *form.ABOUT,
    )

    def record(settings: Settings, given: Mapping[str, Any], reference: Any = None) -> Result:
        return record_entry(settings, form, given, reference)

    # made here, so it cannot stand in the signature
    record.__annotations__["reference"] = Annotated[str | None, which]
    help = f"{form.__doc__}\n\nExamples: {'; '.join(examples_of(form))}"
    command(one, form=form, name=name, help=help, optional=("day",))(record)
    return get_command(one)


CHANGES = {
    "edit": "Correct what was recorded, with the reason.",
    "withdraw": "Take back what should not have been recorded, with the reason.",
}
summaries = {name: form.__doc__ or "" for name, form in KINDS.items()} | CHANGES


class RecordGroup(lazy_group(summaries, load_kind)):  # type: ignore[misc]
    """The kinds of entry, each a command; its help begins with three of the usual ones."""

    def examples(self) -> list[str]:
        """List examples of a visit, a review and a concern."""
        return [example_of(KINDS[name]) for name in ("visit", "review", "concern")]


app = group(
    "Record what happened: each kind of entry is a command; correct and withdraw it.",
    RecordGroup,
)
