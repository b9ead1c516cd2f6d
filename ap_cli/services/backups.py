"""Back up a store, list the backups, and restore one after showing what would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from ..domain.pupil import Pupil
from ..errors import ApError
from ..store import attachments
from ..store.address import Address
from ..store.advice import Backup, is_good, list_backups
from ..store.author import Author
from ..store.backup import back_up, copy_store
from ..store.connection import DATABASE_ERRORS, connect, missing_store, no_store, told
from ..store.disk import PART, unique_beside
from ..store.evidence import files_by_entry, files_in_log
from ..store.inspecting import find_version
from ..store.keys import find_key
from ..store.leftover import sweep_copies
from ..store.opening import Store, open_read_only
from ..store.queries import comparing
from ..store.queries.identity import id_of_store
from ..store.queries.numbers import numbers
from ..store.restoring import (
    erase_again,
    evidence_in,
    log_restore,
    replace_store,
    restore_evidence,
    unpacked,
)
from ..store.tombstones import Tombstone, list_erased
from ..store.verifying import verify

ZIP = ".zip"
"""How the name of a backup to carry away ends."""

ASKED = "asked"
"""What a backup is for that a person asked for."""

WHOLE, MISSING, DAMAGED = "whole", "missing", "damaged"
"""What the store is that a backup would replace."""


class Made(Struct, frozen=True):
    """A backup that was made, or would be: its file, size, evidence, and what could not go in.

    `left_out` names the records whose file of evidence is missing or altered. `ending_added` is
    whether the file has another name than was asked for, so that it ends as a zip file's does.
    """

    file: Path
    bytes: int | None
    evidence: int
    left_out: tuple[str, ...]
    ending_added: bool = False


def make_backup(address: Address, file: Path | None, dry_run: bool = False) -> Made:
    """Back up a store to one zip file with its files of evidence, or into its folder of backups.

    Raise ApError if the file is there already, and StoreProblem if the store is damaged or the
    backup cannot be written. With `dry_run` nothing is written.
    """
    if address.server:
        raise ApError(
            f"{address} is on a server, which has its own backups: {dump_command(address)}"
        )
    store = open_to_copy(address)
    with closing(store):
        try:
            users = files_by_entry(store)
            whole = [name for name in users if attachments.is_whole(address.attachments / name)]
            names = {*whole, *_whole_in_log(store, address)}
        except (*DATABASE_ERRORS, UnicodeDecodeError) as problem:
            raise told(problem, address) from None
        refs = {ref for name in set(users) - names for ref in users[name]}
        target = file_of_backup(file) if file else address.backups
        if not dry_run:
            target = (
                _write(store, target, names)
                if file
                else back_up(store.connection, address, ASKED, names)
            )
        size = None if dry_run else target.stat().st_size
        ending_added = (
            file is not None and target == with_ending(file.absolute()) != file.absolute()
        )
        return Made(target, size, len(names), tuple(sorted(refs)), ending_added)


def dump_command(address: Address) -> str:
    """Return the command that backs up a store on a server, with the files of evidence."""
    from shlex import quote

    return f"pg_dump --format=custom --file=ap.dump {quote(str(address))}"


def refuse_restore(address: Address) -> None:
    """Raise ApError if a store is on a server, which restores it by itself; say how."""
    if address.server:
        raise ApError(
            f"{address} is on a server: restore into an empty database with"
            " `createdb NEW` and `pg_restore --no-owner --dbname=NEW ap.dump`, and look at it"
            " with --db before everybody uses it"
        )


def open_to_copy(address: Address) -> Store:
    """Open a store only to read it; raise ApError if there is none, or it is another database."""
    store = open_read_only(address)
    if store is None:
        raise missing_store(address)
    try:
        version = find_version(store)
    except (*DATABASE_ERRORS, UnicodeDecodeError) as problem:
        store.close()
        raise told(problem, address) from None
    if version is None:
        store.close()
        raise no_store(address)
    return store


def file_of_backup(file: Path) -> Path:
    """Return the file of a backup: in a folder it gets a name; raise ApError if it cannot be."""
    if file.is_dir():
        file = file / f"ap-{datetime.now():%Y%m%d-%H%M%S}{ZIP}"
    file = with_ending(file)
    if file.exists():
        raise ApError(f"{file} is there already: name another file")
    if not file.parent.is_dir():
        raise ApError(f"there is no folder {file.parent}: make it first, or name another")
    return file.absolute()


def with_ending(file: Path) -> Path:
    """Return a name for a zip file: .zip is added unless it ends so already."""
    return file if file.suffix.lower() == ZIP else file.with_name(file.name + ZIP)


def _whole_in_log(store: Store, address: Address) -> list[str]:
    """List the files that only the log names and that are whole: an undoing left them there."""
    return [
        name for name in files_in_log(store) if attachments.is_whole(address.attachments / name)
    ]


def _write(store: Store, target: Path, names: set[str]) -> Path:
    """Write a zip file with the store and these files of evidence."""
    from ..store.archive import write_archive

    named_as_store = target.with_name(store.address.path.name)
    sweep_copies(named_as_store)
    copy = unique_beside(named_as_store, PART)
    try:
        copy_store(store.connection, store.address, copy)
        files = [store.address.attachments / name for name in sorted(names)]
        write_archive(copy, files, target)
    finally:
        copy.unlink(missing_ok=True)
    return target


class Kept(Struct, frozen=True):
    """A backup that is kept: its file, when and for what it was made, its size, if it is whole."""

    file: Path
    made: datetime
    why: str
    bytes: int
    good: bool


def list_kept(address: Address) -> list[Kept]:
    """List the backups that are kept for a store, newest first; each is read whole."""
    if address.server:
        return []
    return [_as_kept(backup) for backup in list_backups(address)]


def _as_kept(backup: Backup) -> Kept:
    size, good = backup.file.stat().st_size, is_good(backup.file)
    return Kept(backup.file, backup.made, backup.why, size, good)


class Newest(Struct, frozen=True):
    """The newest change in a store: when it was made, by whom, and what."""

    at: str
    who: str
    what: str


class Comparison(Struct, frozen=True):
    """What restoring a backup would change.

    `present` says whether the store is whole, missing or damaged. `records` counts by table the
    rows that would be added, changed and lost; it is None if the store cannot be read. `evidence`
    is how many files would come back, `without` names the records whose file is in neither place.
    `altered` says what is wrong with the log of the backup, if it is not as it was written.
    `same_store` says whether it is a backup of this store; None if that cannot be known.
    `erased_unknown` says whether it cannot be known who was erased since the backup was made.
    """

    store: Path
    backup: Path
    present: str
    records: Mapping[str, tuple[int, int, int]] | None
    holds: int
    newest_in_store: Newest | None
    newest_in_backup: Newest | None
    evidence: int
    without: tuple[str, ...]
    altered: str | None
    same_store: bool | None
    erased_again: tuple[str, ...] = ()
    erased_unknown: bool = False


class Restore(Struct, frozen=True):
    """A backup that is checked and ready to take the place of a store."""

    comparison: Comparison
    copy: Path
    address: Address
    files: frozenset[str]
    erased: tuple[Tombstone, ...] = ()

    def put(self, author: Author) -> Path | None:
        """Restore it; return where the store that was there is kept, None if there was none.

        The log of the restored store says who did it.
        """
        gone = erase_again(self.copy, self.address, self.erased, author) if self.erased else set()
        log_restore(self.copy, self.address, author, self.comparison.backup)
        key = find_key(self.copy)
        restore_evidence(self.comparison.backup, self.address, self.files - gone, key)
        return replace_store(self.copy, self.address)


@contextmanager
def prepare_restore(address: Address, file: Path) -> Iterator[Restore]:
    """Check a backup and compare it with the store; raise StoreProblem if it cannot be used."""
    refuse_restore(address)
    with unpacked(file, address) as copy:
        with closing(Store(connect(copy), address)) as backup:
            users = files_by_entry(backup)
            newest = _newest(backup)
            holds = comparing.count_records(backup)
            altered = verify(backup).problem
            own_id = id_of_store(backup)
            pupils = set(numbers(backup, Pupil.NOUN))
        wanted = {name for name in users if not attachments.is_whole(address.attachments / name)}
        files = wanted & evidence_in(file)
        without = {ref for name in wanted - files for ref in users[name]}
        here = _compare(address, copy)
        erased = (here.erased or ()) if here.id == own_id else ()
        yield Restore(
            Comparison(
                store=address.path,
                backup=file,
                present=here.present,
                records=here.records,
                holds=holds,
                newest_in_store=here.newest,
                newest_in_backup=newest,
                evidence=len(files),
                without=tuple(sorted(without)),
                altered=altered,
                same_store=here.id == own_id if here.id else None,
                erased_again=tuple(each.ref for each in erased if each.pupil in pupils),
                erased_unknown=here.is_erased_unknown(own_id),
            ),
            copy,
            address,
            frozenset(files),
            erased,
        )


class Present(Struct, frozen=True):
    """The store that a backup would replace, how it differs, its newest change and its id.

    What cannot be read is None. `erased` has what is left of pupils who were erased.
    """

    present: str
    records: Mapping[str, tuple[int, int, int]] | None = None
    newest: Newest | None = None
    id: str | None = None
    erased: tuple[Tombstone, ...] | None = None

    def is_erased_unknown(self, id_of_backup: str | None) -> bool:
        """Return whether nobody can say who was erased since a backup of this id was made."""
        if self.present == WHOLE or (self.id is not None and self.id != id_of_backup):
            return False
        return self.id is None or self.erased is None


def _compare(address: Address, copy: Path) -> Present:
    """Compare a store with the copy of a backup; raise ApError if it is another database."""
    store = open_read_only(address)
    if store is None:
        return Present(MISSING)
    own_id = None
    with closing(store):
        try:
            if find_version(store) is None and address.path.stat().st_size:
                raise ApError(f"{address} is not an ap file but another database: name another")
            own_id = _find_id(store)
            if not is_good(address.path):
                return Present(DAMAGED, id=own_id, erased=_find_erased(store))
            with comparing.beside(store, str(copy)):
                records, newest = comparing.count_differences(store), _newest(store)
            return Present(WHOLE, records, newest, own_id, _find_erased(store))
        except DATABASE_ERRORS as problem:
            if "locked" in str(problem):
                raise told(problem, address) from None
            return Present(DAMAGED, id=own_id)
        except UnicodeDecodeError:
            return Present(DAMAGED, id=own_id)


def _find_id(store: Store) -> str | None:
    """Return the id of a store; None if it cannot be read."""
    with suppress(*DATABASE_ERRORS, UnicodeDecodeError):
        return id_of_store(store)
    return None


def _find_erased(store: Store) -> tuple[Tombstone, ...] | None:
    """Return what is left of pupils who were erased; None if it cannot be read."""
    with suppress(*DATABASE_ERRORS, UnicodeDecodeError):  # an older store has no such table
        return tuple(list_erased(store))
    return None


def _newest(store: Store) -> Newest | None:
    found = comparing.newest_change(store)
    return Newest(*(str(each) for each in found)) if found else None
