"""A file with keys, a line each, that only its owner can read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote
from time import sleep

from ..errors import ApError
from ..forms.text import name_file
from .disk import PART, create_private, put_whole, unique_beside
from .key import NAMED, Key, read_secret

HEADING = """\
# A key of ap: whoever has this file and the store can read the records.
# Keep it on this computer and not beside the store.
"""
TRIES = 20
"""How often a key is added that another program has written over."""

SETTLED = 0.05
"""Seconds after which another program that adds a key has written it."""

READ_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_key_file(file: Path) -> list[Key]:
    """Return the keys in a key file.

    Raise ApError if it cannot be read, others can read it, or it is not as `ap` writes it.
    """
    if not file.exists():
        raise ApError(
            f"there is no key file {file}: `ap db unlock` puts the key back from its recovery key"
        )
    text = read_private(file)
    try:
        return list(_read_lines(text))
    except ValueError:
        raise ApError(f"{file} is not a key file as ap writes it, or is damaged") from None


def read_private(file: Path) -> str:
    """Return the text of a file that only its owner can read; raise ApError if it cannot be."""
    try:
        refuse_read_by_others(file)
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        said = getattr(problem, "strerror", None) or "it is no text"
        raise ApError(f"{name_file(file)} cannot be read: {said}") from None


def refuse_read_by_others(file: Path) -> None:
    """Raise ApError if others can use a file with a key; on Windows that is not looked at."""
    if os.name == "posix" and file.stat().st_mode & READ_BY_OTHERS:
        raise ApError(
            f"others can read {file}, which has a key: make it yours alone with"
            f" `chmod 600 {quote(str(file))}`"
        )


def _read_lines(text: str) -> Iterator[Key]:
    """Return the keys in the lines of a key file; raise ValueError for a line that is none."""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, secret = line.split()
        key = Key(bytes.fromhex(name), read_secret(secret))
        if len(key.name) != NAMED:
            raise ValueError("not the name of a key")
        yield key


def spell_line(key: Key) -> str:
    """Return the line of a key in a key file."""
    return f"{key.name.hex()} {key.written}\n"


def add_to_file(file: Path, key: Key) -> None:
    """Add a key to a key file, which is made if it is not there, and see that it is kept.

    Raise ApError if it cannot be written, is not a key file, or others write it all the time.
    """
    for _ in range(TRIES):
        kept = read_key_file(file) if file.exists() else []
        _write(file, [*(each for each in kept if each.name != key.name), key])
        sleep(SETTLED)  # another program may have read the file before, and write it only now
        if key in read_key_file(file):
            return
    raise ApError(f"{file} did not keep the key, as another program writes it too: try again")


def _write(file: Path, keys: Iterable[Key]) -> None:
    write_private(file, HEADING + "".join(map(spell_line, keys)))


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all; raise ApError otherwise."""
    beside = unique_beside(file, PART)
    try:
        with os.fdopen(create_private(beside), "w", encoding="utf-8") as out:
            out.write(text)
        put_whole(beside, file)
    except OSError as problem:
        raise ApError(f"{file} cannot be written: {problem.strerror or problem}") from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
