"""Which files of a store have which key: the store, its files of evidence and its backups."""

from __future__ import annotations

from pathlib import Path

from .address import Address
from .advice import list_backups
from .attachments import list_in
from .backup import attachments_in
from .beside import place_beside
from .disk import remove_abandoned
from .keys import is_plain_database, name_in
from .leftover import list_copies, sweep_copies
from .sealing import key_name_of


def folders_of_evidence(address: Address) -> tuple[Path, Path]:
    """Return where the files of evidence are: beside the store, and beside its backups."""
    return address.attachments, attachments_in(address.backups)


def sweep_unfinished(address: Address) -> None:
    """Delete the unfinished copies of a store, of its evidence and of its backups."""
    sweep_copies(address.path)
    for folder in (*folders_of_evidence(address), address.backups):
        remove_abandoned(folder)


def list_evidence(address: Address) -> list[Path]:
    """List the files of evidence of a store and of its backups."""
    return [file for folder in folders_of_evidence(address) for file in list_in(folder)]


def list_among_backups(address: Address) -> list[Path]:
    """List the backups of a store, and what else is kept among them, evidence apart."""
    files = {backup.file for backup in list_backups(address)}
    if address.backups.is_dir():
        files |= {file for file in address.backups.iterdir() if file.is_file()}
    return sorted(files)


def list_left(address: Address, key_name: bytes | None) -> list[Path]:
    """List the files among the backups that do not have the key of a name."""
    return [file for file in list_among_backups(address) if name_in(file) != key_name]


def list_evidence_left(address: Address, key_name: bytes | None) -> list[Path]:
    """List the files of evidence that do not have the key of a name."""
    return [file for file in list_evidence(address) if key_name_of(file) != key_name]


def list_with_other_key(address: Address, key_name: bytes) -> list[Path]:
    """List the backups and files of evidence of a store that have no key of this name."""
    evidence = list_evidence_left(address, key_name)
    backups = [backup.file for backup in list_backups(address)]
    return [*evidence, *(file for file in backups if name_in(file) != key_name)]


def list_plain(address: Address) -> list[Path]:
    """List the files of an encrypted store that can be read without any key.

    Unfinished copies that were left beside the store are among them.
    """
    kept = [file for file in list_among_backups(address) if name_in(file) is None]
    plain = [file for file in (*list_evidence(address), *kept) if key_name_of(file) is None]
    copies = (place_beside(address.path), *list_copies(address.path))
    return [*plain, *(file for file in copies if is_plain_database(file))]


def names_of_keys(address: Address) -> set[bytes]:
    """Return how a store, its backups and its files of evidence name their keys."""
    files = [address.path, *(backup.file for backup in list_backups(address))]
    names = {*map(name_in, files), *map(key_name_of, list_evidence(address))}
    return names - {None}  # type: ignore[return-value]
