"""Encrypt a store, decrypt it, give it another key, and put a key back.

All that belongs to the store goes with it: its files of evidence and its backups. The store is the
last that is decrypted, and the first that is encrypted or given another key. Each file names its
own key, so that whatever is stopped half-way can be read, and is finished by asking again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..errors import ApError
from ..store import attachments, keys
from ..store.address import Address
from ..store.advice import list_backups
from ..store.connection import missing_store, told
from ..store.encrypted import opens
from ..store.key import Key, derive_key, is_from_passphrase, read_secret
from ..store.keys import KeyMissing, find_key, name_in
from ..store.protection import (
    folders_of_evidence,
    list_evidence_left,
    list_left,
    names_of_keys,
    sweep_unfinished,
)
from ..store.recoding import recode_file, recode_store


class Recoded(Struct, frozen=True):
    """What was encrypted, decrypted or given another key, or would be.

    `evidence` and `backups` count the files that were written anew. `left` names the files among
    the backups that stay as they were: plain, or with the key before. `kept_in` says where the key
    is, `before_in` where the key before is still kept; None if it is not. `altered` names the files
    of evidence that stay as they were, as they were altered or their key is not to be found.
    """

    store: Path
    evidence: int
    backups: int
    left: tuple[Path, ...] = ()
    kept_in: str | None = None
    before_in: str | None = None
    altered: tuple[Path, ...] = ()


class Rest(Struct):
    """What belongs to a store beside its file, and how much of it was written anew."""

    evidence: int = 0
    backups: int = 0


def plan(address: Address, key_name: bytes | None, with_backups: bool) -> Recoded:
    """Return what would be written anew so that all has the key of a name, or none."""
    kept = list_evidence_left(address, key_name)
    backups = [each.file for each in list_backups(address) if name_in(each.file) != key_name]
    left = list_left(address, key_name)
    if with_backups:
        left = [file for file in left if file not in backups]
    return Recoded(address.path, len(kept), len(backups) if with_backups else 0, tuple(left))


def encrypt(address: Address, key: Key, keep: bool, with_backups: bool = True) -> Recoded:
    """Encrypt a store with a new key, or give it that; then its files of evidence and its backups.

    The key is kept in the key file or the key ring if `keep` says so, before the store needs it.
    The key before stays where it is kept, for copies elsewhere. Raise ApError if the key cannot be
    kept, and StoreProblem if the store cannot be written; it is as it was then.
    """
    before = names_of_keys(address)
    kept_in: list[str] = []

    def keep_key() -> None:
        if keep:
            kept_in.append(keys.keep(key))

    keys.remember(key)
    recode_store(address, key, keep_key)
    done = give_key(address, key, with_backups, before)
    return replace(done, kept_in=kept_in[0] if kept_in else None)


def finish_encryption(address: Address, with_backups: bool) -> Recoded:
    """Give what belongs to an encrypted store the key that the store has."""
    key = find_key(address.path)
    assert key, "the store is encrypted"
    return give_key(address, key, with_backups, names_of_keys(address))


def give_key(address: Address, key: Key, with_backups: bool, before: set[bytes]) -> Recoded:
    """Give what belongs to a store its key, and say what stays; `before` names the keys it had."""
    done = finish(address, key, with_backups)
    return Recoded(
        address.path,
        done.evidence,
        done.backups,
        tuple(list_left(address, key.name)),
        before_in=find_before(address, before),
        altered=tuple(list_evidence_left(address, key.name)),
    )


def finish(address: Address, key: Key | None, with_backups: bool) -> Rest:
    """Write the files of evidence and the backups of a store anew with a key, or without one.

    A backup that is damaged stays as it is, and so does a file of evidence that was altered.
    """
    sweep_unfinished(address)
    rest = Rest()
    for folder in folders_of_evidence(address):
        try:
            rest.evidence += attachments.seal_anew(folder, key)
        except OSError as problem:
            raise told(problem, folder) from None
    for backup in list_backups(address) if with_backups else ():
        try:
            rest.backups += recode_file(backup.file, key)
        except ApError:
            continue
    return rest


def decrypt(address: Address) -> Recoded:
    """Write the files of evidence and the backups of a store anew without a key, then the store.

    Its key stays where it is kept, for copies elsewhere. Raise StoreProblem if the store cannot be
    written.
    """
    before = find_key(address.path)
    if before is None:
        raise ApError(f"{address} is not encrypted")
    names = names_of_keys(address)
    done = finish(address, None, with_backups=True)
    recode_store(address, None, _nothing)
    return Recoded(
        address.path,
        done.evidence,
        done.backups,
        tuple(list_left(address, None)),
        before_in=find_before(address, names),
        altered=tuple(list_evidence_left(address, None)),
    )


def find_before(address: Address, names: set[bytes]) -> str | None:
    """Return where keys of these names are kept that nothing of a store has any longer.

    They are kept: a copy of the store, or a backup that was carried away, may need them. None if
    none of them is.
    """
    with suppress(ApError):  # the store is done already
        if any(keys.find_kept(name) for name in names - names_of_keys(address)):
            return keys.say_place()
    return None


def _nothing() -> None:
    """Do nothing before the store takes its place."""


def unlock(address: Address, file: Path | None, typed: str) -> tuple[Path, str]:
    """Keep the key of a store or a backup where it is looked for; return of which file, and where.

    What is typed is its recovery key, or its passphrase if it has one. Raise ApError if the
    file is not there, not encrypted, or this is not its key.
    """
    from ..store.restoring import without_zip

    target = file or address.path
    if not target.exists():
        raise missing_store(target)
    with without_zip(target, address) as database:
        name = name_in(database)
        if name is None:
            raise ApError(f"{target} is not encrypted: it needs no key")
        key = make_key(name, typed)
        if not opens(database, key):
            raise KeyMissing(f"this is not the key of {target}: it may be that of another store")
    return target, keys.keep(key)


def make_key(name: bytes, typed: str) -> Key:
    """Return the key of a recovery key or a passphrase; raise ApError if it is mistyped."""
    try:
        return Key(name, read_secret(typed))
    except ValueError:
        if is_from_passphrase(name):
            return derive_key(typed, name)
        raise ApError("this is not a recovery key: a letter is mistyped, or missing") from None
