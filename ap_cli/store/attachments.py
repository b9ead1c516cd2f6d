"""Copy files of evidence beside the store, with SHA-256 names so that no file replaces another."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..domain.entries.before import Attachment
from ..errors import BadAnswers, StoreProblem
from ..forms.text import shortened
from .address import Address
from .connection import make_folder, told

MOST = 100 << 20
"""The largest file that is copied, in bytes."""

ABANDONED = 3600.0
"""Seconds after which an unfinished copy counts as abandoned."""

NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


def find(address: Address, name: str) -> Path:
    """Return the path of an attachment.

    Raise ValueError if the name is invalid, so that no path leads outside the folder.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"“{shortened(name)}” is not the name of an attachment")
    return address.attachments / name


@contextmanager
def attached(address: Address, given: str) -> Iterator[Attachment]:
    """Copy a file to the attachments of a store and yield its name; remove it if the block raises.

    Raise BadAnswers if it cannot be read, is no ordinary file, is empty, or has more than 100
    megabytes.
    """
    source = _source(given)
    _make_folder(address.attachments)
    beside = address.attachments / f".{os.getpid()}.part"
    try:
        digest = _copied(source, beside)
        name = Attachment(digest + _ending(source))
        kept = find(address, name)
        was_there = kept.exists()
        beside.replace(kept)
    except OSError as problem:
        raise BadAnswers(
            [f"--file: {shortened(given, 80)} cannot be copied: {problem.strerror or problem}"]
        ) from None
    finally:
        beside.unlink(missing_ok=True)
    try:
        yield name
    except BaseException:
        if not was_there:
            kept.unlink(missing_ok=True)
        raise


def _source(given: str) -> Path:
    """Return the path of a file that can be copied; raise BadAnswers if it cannot.

    The file is not opened, as opening a pipe would wait for ever.
    """
    try:
        source = Path(given).expanduser()
        found = source.stat()
    except (OSError, RuntimeError, ValueError) as problem:
        raise BadAnswers(
            [
                f"--file: {shortened(given, 80)} cannot be copied: "
                f"{getattr(problem, 'strerror', None) or problem}"
            ]
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise BadAnswers([f"--file: {shortened(source, 80)} is not an ordinary file"])
    if found.st_size > MOST:
        raise BadAnswers([_too_large(source)])
    return source


def _too_large(source: Path) -> str:
    return (
        f"--file: {shortened(source, 80)} has more than {MOST >> 20} megabytes: "
        "say with --note where it is kept"
    )


def _make_folder(attachments: Path) -> None:
    """Make the folder of the attachments, and remove abandoned copies.

    Raise StoreProblem if there cannot be such a folder.
    """
    try:
        make_folder(attachments)
        for part in attachments.glob(".*.part"):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()
    except OSError as problem:
        raise told(problem, attachments) from None
    if not attachments.is_dir():
        raise StoreProblem(
            f"move {attachments} away: the files of evidence need a folder of that name"
        )


def remove(address: Address, names: Iterable[str]) -> None:
    """Delete files of evidence from the attachments; ignore those already gone."""
    for name in names:
        with suppress(OSError):
            find(address, name).unlink()


def _copied(source: Path, target: Path) -> str:
    """Copy a file and return its SHA-256; raise BadAnswers if it is empty or too large."""
    from hashlib import sha256

    digest, size = sha256(), 0
    with (
        source.open("rb") as file,
        os.fdopen(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out,
    ):
        while piece := file.read(1 << 20):
            size += len(piece)
            if size > MOST:
                raise BadAnswers([_too_large(source)])
            digest.update(piece)
            out.write(piece)
    if not size:
        raise BadAnswers([f"--file: {shortened(source, 80)} is empty: choose another file"])
    return digest.hexdigest()


def _ending(source: Path) -> str:
    ending = source.suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
