"""Erase a pupil for good: say first what goes, refuse what may not go, then erase it whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct

from ..domain.pupil import Pupil
from ..domain.roles import Role
from ..errors import ApError
from ..forms.form import reference
from ..store import erasing as erased
from ..store import soundness, wiping
from ..store.advice import list_backups
from ..store.author import Author
from ..store.connection import DATABASE_ERRORS, told
from ..store.erasing import Child, Erased
from ..store.opening import Store
from ..store.protection import sweep_unfinished
from ..store.queries import attached, records
from ..store.queries import erasing as reading
from ..store.queries.placements import pupils_by_placement
from ..store.retention import Retention
from .drafts import pupil_of
from .holds import list_holds
from .undoing import ERASE


class Backups(Struct, frozen=True):
    """The copies beside a store that hold a child, and when the last of them goes by itself.

    `until` is None if none is there, or they are never thinned, which `thinned` tells apart.
    """

    files: tuple[Path, ...]
    until: date | None
    thinned: bool


class Erasure(Struct, frozen=True):
    """What an erasure takes, or has taken: of each pupil, and where copies are left.

    `is_unfinished` is whether files are left that go when the store is next opened.
    """

    pupils: tuple[Erased, ...]
    backups: Backups
    deleted: tuple[Path, ...] = ()
    is_unfinished: bool = False


def plan_erasure(store: Store, pupils: Sequence[int], today: date) -> Erasure:
    """Say what an erasure would take, without taking it; raise ApError if it is refused."""
    from ..store import writing

    backups = find_backups(store, pupils)
    with writing.rehearse(store, Author("rehearsal"), ERASE) as unit:
        refuse_to_erase(store, pupils, today)
        children = [erased.find_child(store, pupil) for pupil in pupils]
        done = tuple(erased.erase(unit, child, today.isoformat(), "") for child in children)
    return Erasure(done, backups)


def erase_pupils(
    store: Store,
    pupils: Sequence[int],
    reason: str,
    author: Author,
    today: date,
    backups_too: bool = False,
) -> Erasure:
    """Erase pupils in one change, with the evidence and, if wanted, the backups that hold them.

    Raise ApError, with nothing changed, if it is refused or the reason names one of them.
    """
    store.refuse_unless(Role.ADMINISTRATOR)
    backups = find_backups(store, pupils)
    refuse_to_erase(store, pupils, today)
    try:
        if not store.address.server:
            wiping.write_anew(store.connection)
        gone_too = backups.files if backups_too else ()
        done = _erase(store, pupils, reason, author, today, gone_too)
        if store.address.server:
            wiping.write_anew_there(store.connection)
        else:
            wiping.finish(store.connection, store.address)
            sweep_unfinished(store.address)
        soundness.note(store)
    except DATABASE_ERRORS as problem:
        raise told(problem, store.address) from None
    left_over = wiping.is_unfinished(store.address)
    if not backups_too:
        return Erasure(done, backups, is_unfinished=left_over)
    deleted = tuple(file for file in backups.files if not file.exists())
    left = tuple(file for file in backups.files if file not in deleted)
    kept_backups = Backups(left, backups.until if left else None, backups.thinned)
    return Erasure(done, kept_backups, deleted, left_over)


def _erase(
    store: Store,
    pupils: Sequence[int],
    reason: str,
    author: Author,
    today: date,
    backups: Sequence[Path],
) -> tuple[Erased, ...]:
    from ..store import writing

    refs = [reference(Pupil.PREFIX, pupil) for pupil in pupils]
    what = ERASE + (refs[0] if len(refs) == 1 else f"{len(refs)} pupils")
    automatic, store.automatic = store.automatic, None  # a backup now would hold the child
    try:
        with writing.change(store, author, what, reason) as unit:
            refuse_to_erase(store, pupils, today)
            children = [erased.find_child(store, pupil) for pupil in pupils]
            _refuse_named(children, reason)
            done = tuple(erased.erase(unit, child, today.isoformat(), reason) for child in children)
            files = tuple(sorted({name for each in done for name in each.files}))
            if store.address.server:
                for name in files:
                    attached.delete(store, name)
            else:
                names = tuple(wiping.name_backup(store.address, file) for file in backups)
                unfinished = wiping.Unfinished(tuple(pupils), files, names)
                wiping.note_unfinished(store.address, unfinished)
    finally:
        store.automatic = automatic
    return done


def _refuse_named(children: Sequence[Child], reason: str) -> None:
    """Raise ApError if a reason names a child: it stays."""
    for child in children:
        if child.is_named_in(reason):
            raise ApError(f"--reason: it names {child.ref}, and it stays: leave the name out")


def refuse_to_erase(store: Store, pupils: Sequence[int], today: date) -> None:
    """Raise NotFound for a pupil who is not there, and ApError for one who may not be erased."""
    for pupil in pupils:
        if not reading.exists(store, Pupil.NOUN, pupil):
            raise records.not_found(store, Pupil, pupil)
        if why := why_not(store, pupil, today):
            raise ApError(f"{reference(Pupil.PREFIX, pupil)} is not erased: {why}")


def why_not(store: Store, pupil: int, today: date) -> str:
    """Say why a pupil may not be erased; empty if they may."""
    ref = reference(Pupil.PREFIX, pupil)
    for hold in list_holds(store, today, pupil):
        return f"it is {hold.in_words()} (`ap pupil release {ref}` ends the hold)"
    for id in reading.unended_placements(store, pupil):
        placement = reference("PL", id)
        return f"{placement} has not ended: end it first with `ap placement end {placement}`"
    return _why_not_for_others(store, pupil, today)


def _why_not_for_others(store: Store, pupil: int, today: date) -> str:
    """Say whose history on hold names a pupil, as it would lose its values; empty if nobody's."""
    held = {hold.pupil for hold in list_holds(store, today)}
    if not held:  # the whole log is read below
        return ""
    placements = pupils_by_placement(store)
    for ref in erased.find_logged(store, erased.find_child(store, pupil)).others:
        owner = pupil_of(store, ref, placements)
        if owner in held:
            on_hold = reference(Pupil.PREFIX, owner)
            return (
                f"the log of {ref} names the child and would lose those values, and {on_hold} is"
                f" on legal hold (`ap pupil release {on_hold}` ends the hold)"
            )
    return ""


def find_backups(store: Store, pupils: Sequence[int]) -> Backups:
    """Find the copies beside a store that may hold a pupil: made since the log first names one."""
    refs = [
        reference(Pupil.PREFIX, id)
        for pupil in pupils
        for id in sorted(erased.find_joined(store, pupil))
    ]
    first = reading.first_mention(store, refs)
    holding = [each for each in list_backups(store.address) if is_since(each.made, first)]
    damaged = tuple(sorted(store.address.backups.glob(wiping.DAMAGED)))
    retention = store.automatic.retention() if store.automatic else None
    until = _last_day(retention, [each.made for each in holding])
    return Backups((*(each.file for each in holding), *damaged), until, bool(retention))


def is_since(made: datetime, moment: str | None) -> bool:
    """Return whether a backup was made at a moment of the log, in UTC, or after it."""
    if moment is None:
        return True
    since = datetime.fromisoformat(moment)
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return made >= since.astimezone().replace(tzinfo=None, microsecond=0)


def _last_day(retention: Retention | None, made: list[datetime]) -> date | None:
    return retention.last_day(made, datetime.now()) if retention and made else None
