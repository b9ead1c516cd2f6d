"""Undo the last change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..domain.days import count
from ..domain.placement import WEEK
from ..errors import ApError
from ..forms.form import required_fields
from ..forms.text import join_words
from ..store.author import Author
from ..store.damage import UNREADABLE, unreadable
from ..store.opening import Store
from ..store.restoring import RESTORED
from ..store.roles import ACCESS
from . import log
from .records import NOUNS

if TYPE_CHECKING:
    from ..store.undoing import Unit

MANY = 10
"""The most records that are changed at once without a backup first."""

ERASE = "erase "
"""How the log begins to call the erasure of pupils."""

NOT_UNDONE = ("make the sample",)


def last_change(store: Store) -> Unit:
    """Return the change that `ap undo` would undo; raise ApError if there is no such change."""
    from ..store.undoing import kept_by_marks
    from ..store.undoing import last_change as last

    change = refused(last(store))
    adds = change.what.startswith(("add ", "import "))
    marked = kept_by_marks(store, change.number) if adds else None
    if marked:
        raise ApError(
            f"the last change, “{change.what}”, cannot be undone: the register keeps the marks of "
            f"{marked}; correct {marked} instead"
        )
    return change


def is_of_another(change: Unit, author: Author) -> bool:
    """Tell whether somebody else made a change."""
    return change.who != author.who


def days_of(change: Unit) -> tuple[date, date | None]:
    """Return the day of a change, and the day taken for today if one was given.

    Raise StoreProblem if the log has something else than a day there.
    """
    try:
        asof = date.fromisoformat(change.asof) if change.asof else None
        return datetime.fromisoformat(change.at).date(), asof
    except UNREADABLE as problem:
        raise unreadable(f"change {change.number} of the log", problem) from None


def count_records(store: Store, change: Unit) -> str:
    """Count the records that a change added, and those of which it changed something."""
    added: set[str] = set()
    for one in log.changes(store, unit=change.number):
        noun = NOUNS.get(one.subject.split("-")[0])
        is_new = one.old.get("id") is None and one.new.get("id") is not None
        if noun and is_new and required_fields(noun).difference(WEEK) <= one.new.keys():
            added.add(one.subject)
    others = [subject for subject in change.subjects if subject not in added]
    counts = [(sorted(added), "added"), (others, "changed")]
    return "; ".join(f"{count_by_noun(refs)} {done}" for refs, done in counts if refs)


def count_by_noun(refs: Iterable[str]) -> str:
    """Count records by what they are: "12 pupils, 8 providers and 1 other record"."""
    found = Counter(ref.split("-")[0] for ref in refs)
    told = [count(found.pop(prefix), NOUNS[prefix].NOUN) for prefix in NOUNS if prefix in found]
    others = found.total()
    return join_words([*told, *([count(others, "other record")] if others else [])], "and")


def refused(change: Unit | None) -> Unit:
    """Return the change; raise ApError if it cannot be undone."""
    if change is None:
        raise ApError("there is nothing to undo: `ap log` shows the changes so far")
    if change.what == RESTORED:
        raise ApError(
            "the last change restored a backup: the store that was there is kept, and"
            " `ap db backups` lists it"
        )
    if change.what.startswith(ERASE):
        raise ApError(f"the last change, “{change.what}”, cannot be undone: an erasure is for good")
    if change.subjects == (ACCESS,):
        raise ApError(
            f"the last change, “{change.what}”, cannot be undone: an administrator takes access"
            " away with `ap access revoke`, and gives it with `ap access grant`"
        )
    if change.what in NOT_UNDONE:
        raise ApError(
            f"the last change, “{change.what}”, made the whole store: delete its file or database"
            " instead"
        )
    return change


def undo(store: Store, author: Author, expected: Unit) -> None:
    """Undo the last change as a new entry of the log, which keeps the files of evidence it names.

    Raise ApError if the last change is not the one expected.
    """
    from ..store import automatic, writing
    from ..store.queries import upns
    from ..store.undoing import last_change as last
    from ..store.undoing import reverse

    what = f"undo: {expected.what}"
    backup = automatic.BULK if len(expected.subjects) > MANY else ""
    with writing.change(store, author, what, undoes=expected.number, backup=backup) as unit:
        if refused(last(store)) != expected:
            raise ApError(
                "somebody else has just changed the store: "
                "run `ap undo` again to see what it would undo"
            )
        sharing = upns.shared(store)
        reverse(unit, expected.number)
        _refuse_shared(upns.shared(store), sharing)


def _refuse_shared(
    sharing: Mapping[int, tuple[int, ...]], before: Mapping[int, tuple[int, ...]]
) -> None:
    """Raise ApError if pupils share a UPN that they did not share before."""
    from .refusals import name_pupils

    for id, others in sharing.items():
        if before.get(id) != others:
            raise ApError(
                f"{name_pupils(sorted((id, *others)))} would have the same UPN again, and a UPN is"
                " one child's: correct the UPN with `ap pupil edit` instead"
            )
