"""Copy files of evidence beside the store, with SHA-256 names so that no file replaces another."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from msgspec import Struct

from ..domain.entries.before import Attachment
from ..errors import BadAnswers, StoreProblem
from ..forms.text import echo
from .address import Address
from .connection import told
from .disk import PART, create_private, make_folder, remove_abandoned, sync_folder, unique_beside
from .key import Key
from .keys import KeyMissing, find_key, name_of
from .sealing import key_name_of, open_unsealed, seal

MOST = 100 << 20
"""The largest file that is copied, in bytes."""

SWEPT_AFTER = 86_400.0
"""Seconds after which a file that nothing uses may be deleted."""

NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


def find(address: Address, name: str) -> Path:
    """Return the path of an attachment.

    Raise ValueError if the name is invalid, so that no path leads outside the folder.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"“{echo(name)}” is not the name of an attachment")
    return address.attachments / name


class KeptFile:
    """A file that is among the attachments: an entry may name it."""

    def __init__(self, name: Attachment) -> None:
        self.name = name

    def keep(self) -> None:
        """Keep it, which it is already."""


class CopiedFile(KeptFile):
    """A file that was copied beside the attachments, and waits to be kept or removed."""

    def __init__(self, beside: Path, kept: Path) -> None:
        super().__init__(Attachment(kept.name))
        self._beside, self._kept = beside, kept

    def keep(self) -> None:
        """Give the copy its name among the attachments; raise BadAnswers if that fails.

        Call it while the store is locked for writing, as `sweep` removes files then.
        """
        try:
            self._beside.replace(self._kept)
        except OSError as problem:
            if not self._kept.exists():  # Windows replaces no file that somebody looks at
                raise not_copied(self._kept, problem) from None
        sync_folder(self._kept.parent)


@contextmanager
def copied(address: Address, given: str) -> Iterator[CopiedFile]:
    """Copy a file beside the attachments of a store; after the block it is gone unless kept.

    It is sealed if the store is encrypted. Raise BadAnswers if it cannot be read, is no ordinary
    file, is empty, or has more than 100 megabytes.
    """
    source = find_source(given)
    _make_folder(address.attachments)
    beside = unique_beside(address.attachments / "copy", PART)
    try:
        try:
            digest = _copied(source, beside, find_key(address.path))
        except OSError as problem:
            raise not_copied(given, problem) from None
        yield CopiedFile(beside, find(address, digest + ending_of(source)))
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def not_copied(given: str | Path, problem: Exception) -> BadAnswers:
    said = getattr(problem, "strerror", None) or problem
    return BadAnswers([f"--file: {echo(given, 80)} cannot be copied: {said}"])


def find_source(given: str) -> Path:
    """Return the path of a file that can be copied; raise BadAnswers if it cannot.

    The file is not opened, as opening a pipe would wait for ever.
    """
    try:
        source = Path(given).expanduser()
        found = source.stat()
    except (OSError, RuntimeError, ValueError) as problem:
        raise not_copied(given, problem) from None
    if not stat.S_ISREG(found.st_mode):
        raise BadAnswers([f"--file: {echo(source, 80)} is not an ordinary file"])
    if found.st_size > MOST:
        raise BadAnswers([_too_large(source)])
    return source


def _too_large(source: Path) -> str:
    return (
        f"--file: {echo(source, 80)} has more than {MOST >> 20} megabytes: "
        "say with --note where it is kept"
    )


def _make_folder(attachments: Path) -> None:
    """Make the folder of the attachments, and remove abandoned copies.

    Raise StoreProblem if there cannot be such a folder.
    """
    try:
        make_folder(attachments)
        remove_abandoned(attachments)
    except OSError as problem:
        raise told(problem, attachments) from None
    if not attachments.is_dir():
        raise StoreProblem(
            f"move {attachments} away: the files of evidence need a folder of that name"
        )


class Files(Struct, frozen=True):
    """The files among the attachments of a store that are not as they should be, by name.

    `missing` and `altered` ones are named by a record; `orphaned` ones by nothing, not even the
    log.
    """

    missing: tuple[str, ...]
    altered: tuple[str, ...]
    orphaned: tuple[str, ...]


def examine(address: Address, named: Collection[str], logged: Collection[str]) -> Files:
    """Compare the attachments with the names that records and the log have; read each file.

    A file is altered if its SHA-256 is not the one in its name.
    """
    there = {file.name for file in _kept_files(address)}
    return Files(
        missing=tuple(sorted(set(named) - there)),
        altered=tuple(
            sorted(name for name in there & set(named) if not is_whole(find(address, name)))
        ),
        orphaned=tuple(sorted(there - set(named) - set(logged))),
    )


def is_whole(file: Path) -> bool:
    """Return whether the SHA-256 of what is in a file is the one in its name.

    Raise KeyMissing if the key of a sealed file is not to be found.
    """
    from hashlib import file_digest

    try:
        with open_unsealed(file) as opened:
            return file_digest(opened, "sha256").hexdigest() == file.name[:64]  # type: ignore[arg-type]
    except OSError:
        return False


def write_whole(source: IO[bytes], target: Path, key: Key | None = None) -> bool:
    """Write a file of evidence under its name, if it is whole; return whether it was.

    It is sealed if there is a key, and takes its name once it is on the disk. Raise OSError if it
    cannot be written.
    """
    beside = unique_beside(target, PART)
    try:
        digest, _ = _write_digested(source, beside, key)
        if digest != target.name[:64]:
            return False
        beside.replace(target)
        sync_folder(target.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


class _Digesting:
    """A source that is read once: it notes the SHA-256 and the size of what was read.

    It ends as soon as there were more than `most` bytes.
    """

    def __init__(self, source: IO[bytes], most: int | None) -> None:
        from hashlib import sha256

        self._source, self._most = source, most
        self._digest, self.size = sha256(), 0

    def read(self, size: int = -1) -> bytes:
        if self._most is not None and self.size > self._most:
            return b""
        piece = self._source.read(size)
        self.size += len(piece)
        self._digest.update(piece)
        return piece

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def _write_digested(
    source: IO[bytes], target: Path, key: Key | None, most: int | None = None
) -> tuple[str, int]:
    """Write a new file that only its owner can read, sealed if there is a key.

    Return the SHA-256 and the size in bytes of what was read. It stops as soon as there are more
    than `most` bytes.
    """
    reading = _Digesting(source, most)
    with os.fdopen(create_private(target), "wb") as out:
        if key is None:
            copyfileobj(reading, out, 1 << 20)
        else:
            seal(reading, out, key)
        out.flush()
        os.fsync(out.fileno())
    return reading.digest, reading.size


def seal_anew(folder: Path, key: Key | None) -> int:
    """Write the files of evidence in a folder anew: sealed with a key, or as they were given.

    Those that are altered, or whose key is not to be found, stay as they are. Return how many were
    written. Raise OSError if one cannot be written.
    """
    written = 0
    for file in list_in(folder):
        if key_name_of(file) == name_of(key):
            continue
        try:
            source = open_unsealed(file)
        except (OSError, KeyMissing):
            continue
        with source:
            written += write_whole(source, file, key)
    return written


def sweep(address: Address, used: Collection[str], now: float) -> tuple[str, ...]:
    """Delete files that nothing uses and that are older than a day; return their names.

    Call it while the store is locked for writing, so that nobody begins to use one meanwhile.
    """
    swept = []
    for file in _kept_files(address):
        with suppress(OSError):
            if file.name not in used and now - file.stat().st_mtime > SWEPT_AFTER:
                file.unlink()
                swept.append(file.name)
    return tuple(sorted(swept))


def _kept_files(address: Address) -> list[Path]:
    """List the files among the attachments that have the name of an attachment."""
    return list_in(address.attachments)


def list_in(folder: Path) -> list[Path]:
    """List the files in a folder that have the name of an attachment; none without the folder."""
    try:
        return [file for file in folder.iterdir() if NAME.fullmatch(file.name)]
    except OSError:
        return []


def _copied(source: Path, target: Path, key: Key | None) -> str:
    """Copy a file and return its SHA-256; raise BadAnswers if it is empty or too large."""
    with source.open("rb") as file:
        digest, size = _write_digested(file, target, key, MOST)
    refuse_size(source, size)
    return digest


def refuse_size(source: Path, size: int) -> None:
    """Raise BadAnswers for a file that is too large, or empty."""
    if size > MOST:
        raise BadAnswers([_too_large(source)])
    if not size:
        raise BadAnswers([f"--file: {echo(source, 80)} is empty: choose another file"])


def ending_of(source: Path) -> str:
    """Return the ending that a file keeps among the attachments; empty for an unusual one."""
    ending = source.suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
