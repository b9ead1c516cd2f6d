"""Opening what mends a finding: its form with what is known filled in, or words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ..domain.entries import KINDS
from ..domain.entries.during import Concern, Waiver
from ..forms.form import Form, Noun, question
from ..forms.text import capital, lower_first
from ..render.command import FORMS_OF_COMMANDS, OWN_COMMANDS, spell
from ..render.result import Result
from ..rules.task import Choice, Edit, Known, Nothing, Outside, Remedy, Write
from ..services import records
from ..services.drafts import OpenForm
from .settings import Settings

if TYPE_CHECKING:
    from ..domain.entries.entry import Entry
    from ..interview.drafting import DraftKeeper
    from ..interview.run import Interview
    from ..interview.steps import Step

ASK_BY_THEMSELVES = ("ending", "corrected-ending", "placement", "merge", "sheet", "suspension")
"""What has a command of its own that asks for what it needs."""

WORDS = {
    "ending": "End the placement",
    "corrected-ending": "Correct how the placement ended",
    "placement": "Plan a new placement",
    "suspension": "Suspend the provider, or use it again",
    "merge": "Join the two records",
    "mark": "Record the attendance mark",
    "amended-mark": "Correct the attendance mark",
    "sheet": "Show the placement sheet",
    "terms": "Import term dates",
    "overlay": "Put another county file in force",
}
"""What a command of its own does, in words."""


def open_remedy(settings: Settings, remedy: Remedy, confirm: bool = False) -> bool:
    """Open what mends a finding, or say what a person does elsewhere; False if nothing changed.

    With `confirm` the answers are shown, and saved once they are confirmed.
    """
    from ..interview.prompts import say

    match remedy:
        case Choice(_, options):
            option = choose_option(options)
            return option is not None and open_remedy(settings, option, confirm)
        case Outside(_, words) | Nothing(words):
            say(f"{words[:1].upper()}{words[1:]}.")
            return False
        case Write():
            return write(settings, remedy, confirm)
        case Edit():
            return edit(settings, remedy, confirm)


def choose_option(options: Sequence[Remedy]) -> Remedy | None:
    """Ask which of several ways to take; None if none is taken now."""
    from ..interview.prompts import ask_number, say

    for number, option in enumerate(options, 1):
        say(f"  {number}  {describe(option)}")
    chosen = ask_number("Which one? Enter for none now:", len(options))
    return None if chosen is None else options[chosen - 1]


def describe(remedy: Remedy) -> str:
    """Say in words what a remedy does."""
    if isinstance(remedy, Write | Edit):
        words = describe_write(remedy) if isinstance(remedy, Write) else describe_edit(remedy)
        if remedy.first.startswith("if "):
            words = lower_first(words)
        return f"{say_first(remedy.first)} {words}".strip()
    words = spell(remedy)
    return f"{words[:1].upper()}{words[1:]}"


def say_first(first: str) -> str:
    """Say as a sentence what a person does first, or when a way is the right one."""
    if not first:
        return ""
    return f"{capital(first)}:" if first.startswith("if ") else f"First {first}."


def describe_write(remedy: Write) -> str:
    """Say what is recorded: a kind of entry, or the item of a checklist."""
    if remedy.kind == Waiver.KIND:
        return "Waive it, with a reason"
    if remedy.kind not in KINDS or remedy.kind in OWN_COMMANDS:
        return WORDS.get(remedy.kind) or spell(remedy)
    item = dict(remedy.known).get("item", "").replace("-", " ")
    if item:
        return item.capitalize()
    kind = remedy.kind.replace("-", " ")
    return f"Record {'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def describe_edit(remedy: Edit) -> str:
    """Say which questions are answered."""
    form = FORMS_OF_COMMANDS[remedy.about.form]
    names = dict.fromkeys((*remedy.ask, *(name for name, _ in remedy.known), *remedy.clear))
    asked = [found.text for name in names if (found := question(form, name))]
    if not asked:
        return f"Correct {remedy.about.ref}"
    more = f" and {len(asked) - 1} more" if len(asked) > 1 else ""
    return f"Answer “{asked[0]}”{more}"


def write(settings: Settings, remedy: Write, confirm: bool) -> bool:
    """Record something that happened: by its form, or by a command of its own."""
    from ..interview.prompts import say
    from .line import run_line

    if remedy.first:
        say(say_first(remedy.first))
    if remedy.kind in KINDS and remedy.kind not in OWN_COMMANDS:
        write_entry(settings, remedy, confirm)
    elif remedy.kind in MARKS:
        return write_mark(settings, remedy)
    elif remedy.kind in ASK_BY_THEMSELVES:
        asks_by_itself = replace(remedy, first="", ask=(), yes=())
        run_line(settings, spell(asks_by_itself).removesuffix(" --reason …"))
    else:
        say(f"Type this, with your answers: {spell(remedy)}")
        return False
    return True


def write_entry(settings: Settings, remedy: Write, confirm: bool) -> None:
    """Record an entry by its form, with what is known shown and filled in."""
    from ..render.showing import show_result
    from .record import record_entry

    form = KINDS[remedy.kind]
    known = typed_answers(form, remedy.known)
    if tells_who_was_told(form, remedy.ask):
        known["day"] = settings.today.isoformat()
    say_filled_in(settings, form, known)
    ask, ref = remedy.ask or None, remedy.about.ref
    made = record_entry(settings, form, known, ref, ask=ask, of_task=True, confirm=confirm)
    show_result(made, settings)


def tells_who_was_told(form: type[Entry], names: Sequence[str]) -> bool:
    """Tell whether a form asks for days on which somebody was told: its own day says no more."""
    asked = [question(form, name) for name in names]
    return form is Concern and any(each is not None and each.past for each in asked)


def say_filled_in(settings: Settings, form: type[Form], known: Mapping[str, Any]) -> None:
    """Show the answers that are filled in without being asked for."""
    from ..interview.interview import show_answers
    from ..interview.prompts import say

    if known:
        say("Filled in:")
        show_answers(form, known, settings.today)


MARKS = ("mark", "amended-mark")
"""An attendance mark, and one that takes the place of another."""


def write_mark(settings: Settings, remedy: Write) -> bool:
    """Record or amend a mark of attendance; False if nothing changed."""
    from .marking import amend_marks, record_mark

    return record_mark(settings, remedy) if remedy.kind == "mark" else amend_marks(settings, remedy)


def edit(settings: Settings, remedy: Edit, confirm: bool) -> bool:
    """Answer the questions of a record, and keep the answers; False if nothing changed.

    What is interrupted is kept as a draft.
    """
    from ..interview.prompts import say
    from ..render.showing import show_result

    if remedy.first:
        say(say_first(remedy.first))
    of_entry = remedy.about.form in KINDS
    change = edit_entry if of_entry else edit_noun
    made = change(settings, remedy, confirm)
    if made is None:
        say("No change.")
        return False
    show_result(made, settings)
    return True


def edit_entry(settings: Settings, remedy: Edit, confirm: bool) -> Result | None:
    """Answer the questions of an entry, and say why it is corrected; None if nothing changed."""
    from ..services import correcting
    from .recorded import correct_on_terminal, write_corrected
    from .references import read_entry_number

    number = read_entry_number(remedy.about.ref)
    entry = correcting.find_to_mend(settings.store, number, settings.today)
    keeper, changes = ask_changes_of(settings, entry, remedy, "record edit", confirm)
    if not changes:
        return None
    return write_corrected(
        settings, *correct_on_terminal(settings, entry, changes, None, keeper.draft)
    )


def edit_noun(settings: Settings, remedy: Edit, confirm: bool) -> Result | None:
    """Answer the questions of a placement, a pupil or a provider; None if nothing changed."""
    from .changing import keep_changes

    noun, number = records.subject(remedy.about.ref)
    before = records.get(settings.store, noun, number, settings.today)
    keeper, changes = ask_changes_of(settings, before, remedy, f"{noun.NOUN} edit", confirm)
    return keep_changes(settings, before, keeper, changes) if changes else None


def ask_changes_of(
    settings: Settings, before: Noun | Entry, remedy: Edit, form: str, confirm: bool
) -> tuple[DraftKeeper, dict[str, Any]]:
    """Ask the questions of a remedy, each with its old answer; without any, show them all.

    Returns what keeps the draft, by the name of its form, and the answers that changed.
    """
    from ..domain.readers import answers_of
    from ..forms.filling import NOT_KNOWN, merge_answers
    from ..interview.drafting import DraftKeeper
    from ..interview.interview import find_changes, is_sure
    from ..interview.run import Interview
    from .changing import finder, note_changes, review_changes

    given: Mapping[str, Any] = typed_answers(type(before), remedy.known)
    if remedy.clear:
        given = {**given, NOT_KNOWN: list(remedy.clear)}
    keeper = DraftKeeper(settings.store, settings.author, OpenForm(form, before.ref), read=before)
    with keeper.guard():
        if not (remedy.ask or given):
            return keeper, review_changes(settings, before, keeper, {})
        known = answers_of(before)
        interview = Interview(
            type(before),
            merge_answers(known, given),
            settings.today,
            base=before,
            find=finder(settings, before),
            after=note_changes(before, keeper),
        )
        names = (*(name for name, _ in remedy.known), *remedy.ask)
        ask_these(interview, tuple(dict.fromkeys(names)))
        changes = find_changes(interview, known)
        while confirm and changes and not is_sure(type(before), changes, settings.today):
            changes = review_changes(settings, before, keeper, changes)
        return keeper, changes


def typed_answers(form: type[Form], known: Known) -> dict[str, Any]:
    """Answers that are filled in, by the keys of their questions, as a person would type them.

    A question that takes several answers may be filled in several times.
    """
    from ..interview.typed import split_answers

    answers: dict[str, Any] = {}
    for name, text in known:
        asked = question(form, name)
        key = asked.key if asked else name
        if asked and asked.several:
            answers[key] = [*answers.get(key, ()), *split_answers(asked, text)]
        else:
            answers[key] = text
    return answers


def ask_these(interview: Interview, names: Sequence[str]) -> None:
    """Ask these questions in order; "<" goes back to the one before, “later” leaves the rest."""
    from ..interview.run import Later

    steps = [step for name in names if (step := interview.step(name))]
    at = 0
    try:
        while at < len(steps):
            if not steps[at].applies(interview) or interview.ask(steps[at]):
                at += 1
            else:
                at = before(steps, at, interview)
    except Later:
        return


def before(steps: Sequence[Step], at: int, interview: Interview) -> int:
    """The place of the step before one that applies; its own place if none does."""
    earlier = [place for place in range(at) if steps[place].applies(interview)]
    return earlier[-1] if earlier else at
