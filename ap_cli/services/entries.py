"""Recording what happened, and telling it in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from ..domain.days import words
from ..domain.entries import Entry, Review, Waiver
from ..domain.facts import recorded
from ..domain.forms import Noun
from ..domain.placement import Placement
from ..domain.plausible import contradictions_of_entry
from ..errors import BadAnswers
from ..rules import RULES
from ..rules.case import SUBJECTS
from ..rules.engine import MUST
from ..store import cases as stored
from ..store import reading
from ..store.author import Author
from ..store.connection import open_store
from .refusals import problems, refuse


def record(path: Path, entry: Entry, subject: tuple[type[Noun], int], author: Author, today: date) -> Entry:
    """Keeps what happened; a review that extends a placement moves its planned end in the same write."""
    from ..store import writing

    noun, id = subject
    with writing.change(path, author, f"record {entry.KIND}") as unit:
        store = writing.reads(unit)
        about = reading.one(store, noun, id, today)
        entry = as_of_its_rule(entry, noun)
        refuse(contradictions_of_entry(entry, today))
        if isinstance(about, Placement) and isinstance(entry, Review):
            _refuse_outside(about, entry)
            if recorded(entry.extend_to):
                extended = replace(about, ends=entry.extend_to)
                refuse(_not_later(about, entry.extend_to) or problems(store, extended, today))
                writing.correct(unit, about, extended, today)
        return writing.add_entry(unit, entry, about)


def _refuse_outside(placement: Placement, entry: Review) -> None:
    if entry.day < placement.starts:
        raise BadAnswers([f"--day: {words(entry.day)} is before {placement.ref} starts, on {words(placement.starts)}"])
    if placement.ended is not None and entry.day > placement.ended:
        raise BadAnswers([f"--day: {words(entry.day)} is after {placement.ref} ended, on {words(placement.ended)}"])


def _not_later(placement: Placement, until: date) -> tuple[str, ...]:
    if recorded(placement.ends) and until <= placement.ends:
        return (f"--extend-to: {words(until)} is not after the planned end, {words(placement.ends)}",)
    return ()


def as_of_its_rule(entry: Entry, noun: type[Noun]) -> Entry:
    """A waiver with its rule's id as the rules write it; BadAnswers where there is none, it is a must, or is about another kind of record."""
    if not isinstance(entry, Waiver):
        return entry
    wanted = entry.rule.strip().upper()
    found = next((rule for rule in RULES if rule.id == wanted), None)
    if found is None:
        raise BadAnswers([f"--rule: there is no rule {wanted[:20]}: `ap rules list` has them all"])
    if found.severity is MUST:
        raise BadAnswers([f"--rule: {found.id} is the law ({', '.join(found.cites)}): it cannot be waived"])
    if SUBJECTS[found.about] is not noun:
        about = SUBJECTS[found.about]
        raise BadAnswers([f"--rule: {found.id} is about a {about.NOUN}: waive it there, on a reference such as {about.PREFIX}-0001"])
    return replace(entry, rule=found.id)


def timeline(path: Path, subject: tuple[type[Noun], int], until: date) -> tuple[Noun, list[Placement], list[tuple[Noun, Entry]]]:
    """A subject, its placements, and all that happened to them up to a day, in order."""
    store = open_store(path)
    noun, id = subject
    about = reading.one(store, noun, id, until)
    found: list[tuple[Noun, Entry]] = []
    placements: list[Placement] = []
    for placement, _, history in stored.placements(store, until, noun.NOUN, id, ended=True):
        placements.append(placement)
        found += [(placement, entry) for entry in history.every()]
    if not isinstance(about, Placement):
        found += [(about, entry) for entry in stored.history(store, about.NOUN, about.id, until).every()]
    return about, placements, sorted(found, key=lambda pair: (pair[1].day, pair[1].id))
