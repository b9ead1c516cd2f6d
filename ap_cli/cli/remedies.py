"""Opening what mends a finding: its form with what is known filled in, or words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..domain.entries import KINDS
from ..domain.entries.during import Waiver
from ..domain.placement import Placement
from ..forms.form import Form, question
from ..render.command import FORMS_OF_COMMANDS, OWN_COMMANDS, spell
from ..rules.task import Choice, Edit, Nothing, Outside, Remedy, Write
from ..services import records
from .settings import Settings

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


def open_remedy(settings: Settings, remedy: Remedy) -> None:
    """Open what mends a finding, or say what a person does elsewhere."""
    from ..interview.prompts import say

    match remedy:
        case Choice(_, options):
            option = choose_option(options)
            if option is not None:
                open_remedy(settings, option)
        case Outside(_, words) | Nothing(words):
            say(f"{words[:1].upper()}{words[1:]}.")
        case Write():
            write(settings, remedy)
        case Edit():
            edit(settings, remedy)


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
        return f"First {remedy.first}. {words}" if remedy.first else words
    words = spell(remedy)
    return f"{words[:1].upper()}{words[1:]}"


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
    names = (*remedy.ask, *(name for name, _ in remedy.known), *remedy.clear)
    asked = [found.text for name in names if (found := question(form, name))]
    if not asked:
        return f"Correct {remedy.about.ref}"
    more = f" and {len(asked) - 1} more" if len(asked) > 1 else ""
    return f"Answer “{asked[0]}”{more}"


def write(settings: Settings, remedy: Write) -> None:
    """Record something that happened: by its form, or by a command of its own."""
    from ..interview.prompts import say
    from ..render.show import show_result
    from .line import run_line
    from .record import record_entry

    if remedy.first:
        say(f"First {remedy.first}.")
    if remedy.kind in KINDS and remedy.kind not in OWN_COMMANDS:
        form, known = KINDS[remedy.kind], dict(remedy.known)
        ask = remedy.ask or None
        show_result(record_entry(settings, form, known, remedy.about.ref, ask=ask), settings)
    elif remedy.kind in ASK_BY_THEMSELVES:
        run_line(settings, spell(remedy).removesuffix(" --reason …"))
    else:
        say(f"Type this, with your answers: {spell(remedy)}")


def edit(settings: Settings, remedy: Edit) -> None:
    """Answer the questions of a record, and keep the answers."""
    from ..interview.prompts import say
    from ..render.show import show_result
    from .nouns import edit_record
    from .recorded import edit_entry
    from .references import read_entry_number

    if remedy.first:
        say(f"First {remedy.first}.")
    ref = remedy.about.ref
    if remedy.about.form in KINDS:
        from ..services import entries

        entry, _ = entries.find(settings.store, read_entry_number(ref), settings.today)
        changes = ask_changes_of(settings, entry, remedy)
        made = edit_entry(settings, changes, ref)
    else:
        noun, number = records.subject(ref)
        before = records.get(settings.store, noun, number, settings.today)
        changes = ask_changes_of(settings, before, remedy)
        made = edit_record(settings, noun, ref, changes)
    show_result(made, settings)


def ask_changes_of(settings: Settings, before: Form, remedy: Edit) -> dict[str, Any]:
    """Ask the questions of a remedy, each with its old answer; without any, show them all."""
    from ..domain.readers import answers_of
    from ..forms.filling import NOT_KNOWN, merge_answers
    from ..interview.interview import ask_changes, find_changes
    from ..interview.run import Interview

    form, known = type(before), answers_of(before)
    given: Mapping[str, Any] = dict(remedy.known)
    if remedy.clear:
        given = {**given, NOT_KNOWN: list(remedy.clear)}
    answers = merge_answers(known, given)
    if not (remedy.ask or given):
        return ask_changes(form, known, answers, settings.today)
    find = finder(settings, before)
    interview = Interview(form, answers, settings.today, base=before, find=find)
    ask_these(interview, remedy.ask)
    return find_changes(interview, known)


def finder(settings: Settings, before: Form) -> Callable[[str], Any]:
    """What looks up the pupil, provider or commissioner of a placement; None for all others."""

    def find(name: str) -> Any:
        number = getattr(before, name, None)
        if not isinstance(before, Placement) or not isinstance(number, int):
            return None
        noun = next(each for each in records.NOUNS.values() if name == each.NOUN)
        return records.get(settings.store, noun, number, settings.today)

    return find


def ask_these(interview: Any, names: Sequence[str]) -> None:
    """Ask these questions in order; "<" goes back to the one before."""
    steps = [step for name in names if (step := interview.step(name))]
    at = 0
    while at < len(steps):
        if not steps[at].applies(interview) or interview.ask(steps[at]):
            at += 1
        else:
            at = max(at - 1, 0)
