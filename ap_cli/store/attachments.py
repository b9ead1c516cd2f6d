"""Copy files of evidence beside the store, with SHA-256 names so that no file replaces another."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from ..domain.entries.before import Attachment
from ..errors import BadAnswers, StoreProblem
from ..forms.text import echo
from .address import Address
from .connection import told
from .disk import PART, create_private, make_folder, remove_abandoned, sync_folder, unique_beside

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


class CopiedFile:
    """A file that was copied beside the attachments, and waits to be kept or removed."""

    def __init__(self, beside: Path, kept: Path) -> None:
        self._beside, self._kept = beside, kept
        self.name = Attachment(kept.name)

    def keep(self) -> None:
        """Give the copy its name among the attachments; raise BadAnswers if that fails.

        Call it while the store is locked for writing, as `sweep` removes files then.
        """
        try:
            self._beside.replace(self._kept)
        except OSError as problem:
            if not self._kept.exists():  # Windows replaces no file that somebody looks at
                raise _not_copied(self._kept, problem) from None
        sync_folder(self._kept.parent)


@contextmanager
def copied(address: Address, given: str) -> Iterator[CopiedFile]:
    """Copy a file beside the attachments of a store; after the block it is gone unless kept.

    Raise BadAnswers if it cannot be read, is no ordinary file, is empty, or has more than 100
    megabytes.
    """
    source = _source(given)
    _make_folder(address.attachments)
    beside = unique_beside(address.attachments / "copy", PART)
    try:
        try:
            digest = _copied(source, beside)
        except OSError as problem:
            raise _not_copied(given, problem) from None
        yield CopiedFile(beside, find(address, digest + _ending(source)))
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _not_copied(given: str | Path, problem: Exception) -> BadAnswers:
    said = getattr(problem, "strerror", None) or problem
    return BadAnswers([f"--file: {echo(given, 80)} cannot be copied: {said}"])


def _source(given: str) -> Path:
    """Return the path of a file that can be copied; raise BadAnswers if it cannot.

    The file is not opened, as opening a pipe would wait for ever.
    """
    try:
        source = Path(given).expanduser()
        found = source.stat()
    except (OSError, RuntimeError, ValueError) as problem:
        raise _not_copied(given, problem) from None
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
    """Return whether the SHA-256 of a file is the one in its name."""
    from hashlib import file_digest

    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest() == file.name[:64]
    except OSError:
        return False


def write_whole(source: IO[bytes], target: Path) -> bool:
    """Write a file of evidence under its name, if it is whole; return whether it was.

    It takes its name once it is on the disk. Raise OSError if it cannot be written.
    """
    beside = unique_beside(target, PART)
    try:
        digest, _ = _write_digested(source, beside)
        if digest != target.name[:64]:
            return False
        beside.replace(target)
        sync_folder(target.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


def _write_digested(source: IO[bytes], target: Path, most: int | None = None) -> tuple[str, int]:
    """Write a new file that only its owner can read; return its SHA-256 and its size in bytes.

    It stops as soon as there are more than `most` bytes.
    """
    from hashlib import sha256

    digest, size = sha256(), 0
    with os.fdopen(create_private(target), "wb") as out:
        while (most is None or size <= most) and (piece := source.read(1 << 20)):
            size += len(piece)
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size


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
    try:
        return [file for file in address.attachments.iterdir() if NAME.fullmatch(file.name)]
    except OSError:
        return []


def _copied(source: Path, target: Path) -> str:
    """Copy a file and return its SHA-256; raise BadAnswers if it is empty or too large."""
    with source.open("rb") as file:
        digest, size = _write_digested(file, target, MOST)
    if size > MOST:
        raise BadAnswers([_too_large(source)])
    if not size:
        raise BadAnswers([f"--file: {echo(source, 80)} is empty: choose another file"])
    return digest


def _ending(source: Path) -> str:
    ending = source.suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
