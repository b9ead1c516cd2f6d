"""Remedies spelt as commands that can be pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from ..domain.ending import Ending
from ..domain.entries import KINDS
from ..forms.form import Question, Record, question
from ..rules.gaps import FORMS
from ..rules.task import Choice, Edit, Known, Nothing, Outside, Remedy, Write

ENDING = "ending"
FORMS_OF_COMMANDS: dict[str, type[Record]] = {**FORMS, ENDING: Ending}


class Action(Struct, frozen=True, omit_defaults=True):
    """A remedy as data: what to do, about which record, with which form, and what to answer."""

    do: str
    about: str
    form: str = ""
    ask: tuple[str, ...] = ()
    options: tuple[Action, ...] = ()
    words: str = ""


def action_of(remedy: Remedy) -> Action:
    """Make the action of a remedy; what is filled in stays in the process."""
    match remedy:
        case Edit(about, ask, _, known):
            return Action("edit", about.ref, about.form, (*ask, *(name for name, _ in known)))
        case Write(about, kind, ask):
            return Action("write", about.ref, kind, ask)
        case Outside(about, words):
            return Action("outside", about.ref, words=words)
        case Choice(about, options):
            return Action("choose", about.ref, options=tuple(map(action_of, options)))
        case Nothing(words):
            return Action("nothing", "", words=words)


def spell(remedy: Remedy | None) -> str:
    """Spell a remedy for people: a command, or what to do in words; empty where there is none."""
    match remedy:
        case Edit() | Write():
            command = spell_edit(remedy) if isinstance(remedy, Edit) else spell_write(remedy)
            return f"{remedy.first}, then: {command}" if remedy.first else command
        case Outside(_, words) | Nothing(words):
            return words
        case Choice(_, options):
            return ", or ".join(map(spell, options))
        case None:
            return ""


def spell_edit(edit: Edit) -> str:
    """Spell the command that answers questions of a record."""
    form = FORMS_OF_COMMANDS[edit.about.form]
    parts = [
        *spell_known(form, edit.known),
        *spell_asked(form, edit.ask, edit.yes),
        *(f"--not-known {name.replace('_', '-')}" for name in edit.clear),
    ]
    if edit.about.form in KINDS:
        return " ".join(("ap record edit", edit.about.ref, *parts, "--reason …"))
    return " ".join(("ap", edit.about.form, "edit", edit.about.ref, *parts))


def spell_write(write: Write) -> str:
    """Spell the command that records something that happened."""
    spelt = OWN_COMMANDS.get(write.kind)
    if spelt:
        return spelt(write)
    form = FORMS_OF_COMMANDS[write.kind]
    parts = (*spell_known(form, write.known), *spell_asked(form, write.ask, write.yes))
    return " ".join(("ap record", write.kind, write.about.ref, *parts))


def spell_known(form: type[Record], known: Known) -> Iterator[str]:
    """Spell the answers that are filled in, each with its flag."""
    for name, answer in known:
        asked = question(form, name)
        flag = asked.flag if asked else f"--{name.replace('_', '-')}"
        if asked is None or asked.item is not bool:
            yield f"{flag} {answer}"
        else:
            yield flag if answer == "yes" else asked.both_flags.split("/")[1]


@lru_cache(maxsize=4096)
def spell_asked(form: type[Record], ask: tuple[str, ...], yes: tuple[str, ...]) -> tuple[str, ...]:
    """Spell the questions that are asked, each with a place for its answer."""
    asked = ((name, question(form, name)) for name in ask)
    return tuple(
        spell_question(found, name in yes) if found else f"--{name.replace('_', '-')} …"
        for name, found in asked
    )


def spell_question(asked: Question, wants_yes: bool) -> str:
    """Spell a question's flag with a place for its answer.

    Where yes and no both are answers both flags stand there, parted by a stroke and never by
    what a shell takes for its own: pasted as it is, it is refused.
    """
    if asked.item is not bool:
        return f"{asked.flag} …"
    if wants_yes or asked.flags:
        return asked.flag
    return f"{asked.flag}/--no-{asked.flag[2:]}"


def with_form(command: str, form: type[Record], *flags: str) -> Callable[[Write], str]:
    """Make what spells a command of its own that asks the questions of a form, with these flags."""

    def spelt(write: Write) -> str:
        parts = (*spell_known(form, write.known), *spell_asked(form, write.ask, write.yes))
        return " ".join((command, write.about.ref, *flags, *parts))

    return spelt


def spell_placement(write: Write) -> str:
    """Spell the command that plans a placement: for a pupil, or after an earlier one."""
    option = "--from" if write.about.form == "placement" else "--pupil"
    return f"ap placement new {option} {write.about.ref}"


def spell_suspension(write: Write) -> str:
    """Spell the command that suspends a provider, or uses it again."""
    verb = "resume" if dict(write.known).get("suspended") == "no" else "suspend"
    return f"ap provider {verb} {write.about.ref} --reason …"


def spell_merge(write: Write) -> str:
    """Spell the command that joins what is recorded twice."""
    return f"ap {write.about.form} merge {write.about.ref} --into {dict(write.known)['into']}"


def spell_mark(write: Write) -> str:
    """Spell the command that records a mark, or amends one."""
    known = dict(write.known)
    where = f"{known.get('day', 'DAY')} {known.get('session', 'am/pm')} {known.get('code', 'CODE')}"
    if write.kind == "mark":
        return f"ap attendance record {write.about.ref} {where}"
    several = f" --until {known['until']} --marked {known['marked']}" if "until" in known else ""
    return f"ap attendance amend {write.about.ref} {where}{several} --reason …"


def spell_sheet(write: Write) -> str:
    """Spell the command that shows the placement sheet, and what fills each missing line."""
    return f"ap placement sheet {write.about.ref}"


def spell_terms(_: Write) -> str:
    """Spell the command that imports term dates."""
    return "ap terms import FILE.csv"


def spell_overlay(_: Write) -> str:
    """Spell the command that puts another overlay in force."""
    return "ap county set FILE"


OWN_COMMANDS: dict[str, Callable[[Write], str]] = {
    ENDING: with_form("ap placement end", Ending),
    "corrected-ending": with_form("ap placement end", Ending, "--correct"),
    "placement": spell_placement,
    "suspension": spell_suspension,
    "merge": spell_merge,
    "mark": spell_mark,
    "amended-mark": spell_mark,
    "sheet": spell_sheet,
    "terms": spell_terms,
    "overlay": spell_overlay,
}
"""What is recorded by a command of its own, and not by `ap record`."""
