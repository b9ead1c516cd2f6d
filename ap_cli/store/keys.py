"""The keys of encrypted files, and where they are kept.

Each encrypted file names its key in its first bytes, so that a store, its backups and copies of it
elsewhere each find theirs. A key itself is never in an argument or the environment.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import quote

from msgspec import Struct

from ..errors import ApError, StoreProblem
from . import bech32

MARK = b"ap1"
"""How an encrypted file begins. No plain store does, and no zip file."""

NAMED = 16
"""How many bytes at the beginning of an encrypted file name its key."""

LENGTH = 32
"""The bytes of a key: 256 bits."""

WRITTEN = "ap"
"""The prefix of a key as it is written."""

READ_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Key(Struct, frozen=True):
    """A key: the name that files have of it, and the secret itself."""

    name: bytes
    secret: bytes

    def __repr__(self) -> str:
        """Return what may stand in a message: the secret may not."""
        return f"Key({self.name.hex()})"

    @property
    def written(self) -> str:
        """The secret as text, with a checksum."""
        return bech32.encode(WRITTEN, self.secret)


class KeyMissing(StoreProblem):
    """An encrypted file whose key is not where keys are looked for; exit code 5."""


def nowhere() -> Path | None:
    """Name no key file."""
    return None


class Places:
    """Where keys are looked for: what this process has used, then the key file."""

    def __init__(self) -> None:
        self.used: dict[bytes, Key] = {}
        self.key_file: Callable[[], Path | None] = nowhere
        """What returns the key file that the user names; only an encrypted file asks."""


PLACES = Places()
"""The places of this process: one user's, whatever the number of files."""


def look_in(key_file: Callable[[], Path | None]) -> None:
    """Look for keys in the file that this returns, when one is needed."""
    PLACES.key_file = key_file


def name_in(path: Path | str) -> bytes | None:
    """Return how an encrypted file names its key; None for any other, and where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - ":memory:" is none
            beginning = file.read(NAMED)
    except OSError:
        return None
    return beginning if len(beginning) == NAMED and beginning.startswith(MARK) else None


def find_key(path: Path | str) -> Key | None:
    """Return the key of an encrypted file; None if it is not encrypted.

    Raise KeyMissing if the key is not where keys are looked for, and ApError if the key file cannot
    be used.
    """
    name = name_in(path)
    if name is None:
        return None
    if name not in PLACES.used:
        PLACES.used[name] = _look_up(name, path)
    return PLACES.used[name]


def _look_up(name: bytes, path: Path | str) -> Key:
    file = PLACES.key_file()
    if file is None:
        raise KeyMissing(f"{path} is encrypted: name the file with its key by --key-file")
    for key in read_key_file(file):
        if key.name == name:
            return key
    raise KeyMissing(f"{path} is encrypted with another key than {file} has: name its own")


def read_key_file(file: Path) -> list[Key]:
    """Return the keys in a key file, a line each.

    Raise ApError if it cannot be read, others can read it, or it is not as `ap` writes it.
    """
    try:
        refuse_read_by_others(file)
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        said = getattr(problem, "strerror", None) or "it is no text"
        raise ApError(f"the key file {file} cannot be read: {said}") from None
    try:
        return list(_read_lines(text))
    except ValueError:
        raise ApError(f"{file} is not a key file as ap writes it, or is damaged") from None


def spell_line(key: Key) -> str:
    """Return the line of a key in a key file."""
    return f"{key.name.hex()} {key.written}\n"


def refuse_read_by_others(file: Path) -> None:
    """Raise ApError if others can read a file with a key; on Windows that is not looked at."""
    if os.name == "posix" and file.stat().st_mode & READ_BY_OTHERS:
        raise ApError(
            f"others can read the key file {file}: make it yours alone with"
            f" `chmod 600 {quote(str(file))}`"
        )


def _read_lines(text: str) -> Iterator[Key]:
    """Return the keys in the lines of a key file; raise ValueError for a line that is none."""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, secret = line.split()
        key = Key(bytes.fromhex(name), bech32.decode(WRITTEN, secret))
        if len(key.name) != NAMED or len(key.secret) != LENGTH:
            raise ValueError("not the length of a key")
        yield key
