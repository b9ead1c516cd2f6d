"""Correct an entry, or take it back; a damaged one as far as it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ..domain.days import words
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.form import Noun, reference, required_fields
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import entries as entry_queries
from ..store.queries import records as reading
from ..store.queries.entries import ToMend
from ..store.queries.impossible import can_mend, say_impossible
from ..store.queries.terms import county
from .entries import copied_file, extended_to, referred_to, refuse_impossible, with_copy
from .meanwhile import refuse_changed
from .refusals import problems, refuse
from .waivers import as_of_its_rule

if TYPE_CHECKING:
    from ..store.unit import UnitOfWork


def edit(
    store: Store,
    id: int,
    change: Callable[[Entry], Entry],
    reason: str,
    author: Author,
    today: date,
    draft: int | None = None,
    read: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Entry, Entry, Noun]:
    """Correct an entry and remove its draft; return it before and after, and its subject.

    The original stays in the log, with the reason. `change` makes the corrected entry from the
    stored one, and `read` has what fields must still hold. Raise Changed if one does not, and
    BadAnswers if the result contradicts itself.
    """
    from ..store import writing

    found, _ = standing_to_mend(store, id, today)
    with (
        copied_file(store, change(found.entry), found.entry) as file,
        writing.change(store, author, f"edit {reference('E', id)}", reason) as unit,
    ):
        found, about = standing_to_mend(store, id, today)
        before = found.entry
        after = as_of_its_rule(with_copy(change(before), file), type(about), county(store))
        refuse_changed(store, read, before, after)
        _refuse_unmended(after, found.wrong)
        refuse_impossible(store, after, about, today)
        refuse(tuple(_leaves_behind(store, about, after)))
        _move_end(unit, store, before, after, about, today)
        writing.correct_entry(unit, after, found.wrong)
        writing.drop_draft(unit, draft)
        if file:
            file.keep()
    find_to_mend(store, id, today)
    return before, after, about


def _refuse_unmended(entry: Entry, wrong: Mapping[str, str]) -> None:
    """Raise StoreProblem if what an entry needs would stay impossible."""
    needed = {name for name in required_fields(type(entry)) if not recorded(getattr(entry, name))}
    if needed or (wrong and not can_mend(type(entry), wrong)):
        left = {name: what for name, what in wrong.items() if name in needed} or wrong
        raise say_impossible(type(entry), entry.ref, left)


def _move_end(
    unit: UnitOfWork, store: Store, before: Entry, after: Entry, about: Noun, today: date
) -> None:
    """Move the planned end of a placement that a corrected extension had set."""
    from ..store import writing

    until = extended_to(after)
    if not isinstance(about, Placement) or not until or until == extended_to(before):
        return
    if about.ends == extended_to(before):
        extended = replace(about, ends=until)
        refuse(problems(store, extended, today))
        writing.correct(unit, about, extended, today)


def withdraw(store: Store, id: int, reason: str, author: Author) -> tuple[Entry, str]:
    """Withdraw an entry recorded by mistake: rules ignore it, the log keeps it with the reason.

    Return it as far as it can be read, and the reference of whom it is about, empty if its row
    names nobody. Raise ApError if another entry refers to it.
    """
    from ..store import writing

    with writing.change(store, author, f"withdraw {reference('E', id)}", reason) as unit:
        found = refuse_withdrawn(store, id)
        if found.about is not None:
            refuse_referred(store, found.entry, found.about)
        writing.withdraw_entry(unit, id, reason)
    return found.entry, reference(found.about[0].PREFIX, found.about[1]) if found.about else ""


def refuse_referred(store: Store, entry: Entry, about: tuple[type[Noun], int]) -> None:
    """Raise ApError if another entry refers to this one, so that it cannot be withdrawn."""
    others = entry_queries.readable_of(store, about, date.max)
    later = [other.ref for other in others if entry.id in referred_to(other)]
    if later:
        raise ApError(
            f"{', '.join(later)} {'goes' if len(later) == 1 else 'go'} on with {entry.ref}: "
            f"withdraw {'it' if len(later) == 1 else 'them'} first"
        )


def find_to_mend(store: Store, id: int, today: date) -> Entry:
    """Return an entry as far as it can be read; the store names what cannot be.

    Raise NotFound, or ApError if it was withdrawn.
    """
    found, _ = standing_to_mend(store, id, today)
    if found.wrong:
        store.leave_out(say_impossible(type(found.entry), found.entry.ref, found.wrong))
    return found.entry


def standing_to_mend(store: Store, id: int, today: date) -> tuple[ToMend, Noun]:
    """Return a current entry as far as it can be read, and its subject.

    Raise NotFound, ApError if it was withdrawn, and StoreProblem if its subject cannot be read.
    """
    found = refuse_withdrawn(store, id)
    if found.about is None:
        raise say_impossible(type(found.entry), found.entry.ref, found.wrong)
    return found, reading.one(store, *found.about, today)


def refuse_withdrawn(store: Store, id: int) -> ToMend:
    """Return a current entry as far as it can be read; raise ApError if it was withdrawn."""
    found = entry_queries.entry_to_mend(store, id)
    if found.withdrawn is not None:
        raise ApError(f"{found.entry.ref} was withdrawn: `ap log {found.entry.ref}` says why")
    return found


def _leaves_behind(store: Store, about: Noun, entry: Entry) -> Iterator[str]:
    """List the entries that refer to this one and would be earlier than its new day."""
    for other in entry_queries.readable_of(store, (type(about), about.id), date.max):
        if entry.id in referred_to(other) and other.day < entry.day:
            yield (
                f"--day: {other.ref} goes on with {entry.ref} and was on {words(other.day)}, "
                f"before {words(entry.day)}: choose an earlier day"
            )
