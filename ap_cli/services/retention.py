"""Report whose record is past its period of keeping, and erase it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ..domain.pupil import Pupil
from ..domain.retention import DRAFTS, Kept, Lengths, draft_until, keep_until
from ..errors import StoreProblem
from ..forms.form import reference
from ..store.author import Author
from ..store.opening import Store
from ..store.queries.retention import dates_of_pupils
from . import drafts, erasing
from .holds import list_holds

REASON = "past its period of keeping"
"""The reason of an erasure that a period asks for."""


class Past(Struct, frozen=True):
    """A record past its period: since when, which setting says so, and why it stays, if it does."""

    ref: str
    kind: str
    since: date
    setting: str
    source: str
    on_hold: bool = False
    stays: str = ""


def list_past(store: Store, today: date, lengths: Lengths) -> list[Past]:
    """List the pupils and drafts that are past their period today, in order."""
    return [*_past_pupils(store, today, lengths), *_past_drafts(store, today, lengths)]


def _past_pupils(store: Store, today: date, lengths: Lengths) -> Iterator[Past]:
    held = {hold.pupil for hold in list_holds(store, today)}
    for id, born, ehcp, sen_support, last_mark in dates_of_pupils(store):
        ref = reference(Pupil.PREFIX, id)
        try:
            begins, last = date.fromisoformat(born), _day(last_mark)
        except (ValueError, TypeError):
            store.leave_out(StoreProblem(f"{ref} cannot be read: see `ap check {ref}`"))
            continue
        kept = keep_until(begins, _has_any(ehcp, sen_support), last, lengths)
        if kept is not None and kept.until <= today:
            yield _past(ref, Pupil.NOUN, kept, id in held, erasing.why_not(store, id, today))


def _past_drafts(store: Store, today: date, lengths: Lengths) -> Iterator[Past]:
    holds = {hold.pupil: hold for hold in list_holds(store, today)}
    for draft, pupils in drafts.list_with_pupils(store):
        kept = draft_until(draft.at.date(), lengths)
        if kept is not None and kept.until <= today:
            held = [f"{holds[id].ref} is {holds[id].in_words()}" for id in pupils & holds.keys()]
            yield _past(draft.ref, "draft", kept, bool(held), "; ".join(sorted(held)))


def _past(ref: str, kind: str, kept: Kept, on_hold: bool = False, stays: str = "") -> Past:
    return Past(ref, kind, kept.until, kept.period.setting, kept.period.source, on_hold, stays)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _has_any(*spells: Any) -> bool:
    """Return whether a column has spells; "[]" is a recorded no."""
    return any(text and text != "[]" for text in spells)


def apply(
    store: Store, past: Sequence[Past], author: Author, today: date, backups_too: bool = False
) -> erasing.Erasure:
    """Erase the pupils that are past their period and may go, in one change, and delete drafts.

    With `backups_too` the backups that hold them go as well.
    """
    going = [each for each in past if not each.stays]
    pupils = [number(each.ref) for each in going if each.kind == Pupil.NOUN]
    numbers = {number(each.ref) for each in going if each.setting == DRAFTS.setting}
    done = erasing.Erasure((), erasing.Backups((), None, True))
    if pupils:  # first, as it may be refused: nothing has gone then
        done = erasing.erase_pupils(store, pupils, REASON, author, today, backups_too)
    left = {draft.id for draft in drafts.listed(store)}  # those about a pupil went with them
    if numbers & left:
        drafts.drop_all(store, sorted(numbers & left))
    return done


def number(ref: str) -> int:
    """Return the number of a reference."""
    return int(ref.rpartition("-")[2])
