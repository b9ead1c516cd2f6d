"""Files of evidence: copied beside the store, each under its SHA-256, so that none takes the place of another."""

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
"""Seconds after which a copy that was begun is not being made any more."""

NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


def find(address: Address, name: str) -> Path:
    """The file of an attachment; ValueError where the name is none, so that no path leads outside the folder."""
    if not NAME.fullmatch(name):
        raise ValueError(f"“{shortened(name)}” is not the name of an attachment")
    return address.attachments / name


@contextmanager
def attached(address: Address, given: str) -> Iterator[Attachment]:
    """A file copied to the attachments of a store, by its name there; taken away again if the block raises.

    BadAnswers where it cannot be read, is no ordinary file, is empty, or has more than 100 megabytes.
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
    """A file that can be copied, as far as can be told without opening it: a pipe would wait for ever."""
    try:
        source = Path(given).expanduser()
        found = source.stat()
    except (OSError, RuntimeError, ValueError) as problem:
        raise BadAnswers(
            [
                f"--file: {shortened(given, 80)} cannot be copied: {getattr(problem, 'strerror', None) or problem}"
            ]
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise BadAnswers([f"--file: {shortened(source, 80)} is not an ordinary file"])
    if found.st_size > MOST:
        raise BadAnswers([_too_large(source)])
    return source


def _too_large(source: Path) -> str:
    return f"--file: {shortened(source, 80)} has more than {MOST >> 20} megabytes: say with --note where it is kept"


def _make_folder(attachments: Path) -> None:
    """The folder of the attachments, without what a copy that was killed left behind long ago; StoreProblem where it cannot be one."""
    try:
        make_folder(attachments)
        for part in attachments.glob(".*.part"):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()
    except OSError as problem:
        raise told(problem, attachments) from None
    if not attachments.is_dir():
        raise StoreProblem(
            f"{attachments} is where the files of evidence are kept, and it is no folder: move it away"
        )


def remove(address: Address, names: Iterable[str]) -> None:
    """Takes files of evidence out of the attachments; those that are gone already are let be."""
    for name in names:
        with suppress(OSError):
            find(address, name).unlink()


def _copied(source: Path, target: Path) -> str:
    """The SHA-256 of a file that was copied; what grows while it is read is cut off by the same limit."""
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
        raise BadAnswers([f"--file: {shortened(source, 80)} is empty"])
    return digest.hexdigest()


def _ending(source: Path) -> str:
    ending = source.suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
