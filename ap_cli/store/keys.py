"""Where the keys of encrypted files are kept, and how each file finds its own.

Each encrypted file names its key in its first bytes, so that a store, its backups and copies of it
elsewhere each find theirs. A key itself is never in an argument or the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ..errors import StoreProblem, TerminalNeeded
from .key import MARK, NAMED, Key, derive_key, is_from_passphrase

PLAIN = b"SQLite format 3\x00"
"""How a database begins that is not encrypted."""

TRIES = 3
"""How often a passphrase is asked."""


class KeyMissing(StoreProblem):
    """An encrypted file whose key is not where keys are looked for; exit code 5."""


def nowhere() -> Path | None:
    """Name no key file."""
    return None


class Places:
    """Where keys are looked for: what this process has used, the key file, the key ring, a person.

    `ask` asks for a passphrase; None if nobody can be asked.
    """

    def __init__(self) -> None:
        self.used: dict[bytes, Key] = {}
        self.key_file: Callable[[], Path | None] = nowhere
        self.ask: Callable[[str], str | None] | None = None


PLACES = Places()
"""The places of this process: one user's, whatever the number of files."""


def look_in(
    key_file: Callable[[], Path | None], ask: Callable[[str], str | None] | None = None
) -> None:
    """Look for keys in the file that this returns, when one is needed, and ask for passphrases."""
    PLACES.key_file = key_file
    PLACES.ask = ask


def name_in(path: Path | str) -> bytes | None:
    """Return how an encrypted file names its key; None for any other, and where there is none."""
    beginning = _read_beginning(path)
    return beginning if len(beginning) == NAMED and beginning.startswith(MARK) else None


def is_plain_database(path: Path | str) -> bool:
    """Return whether a file is a database that is not encrypted."""
    return _read_beginning(path) == PLAIN


def _read_beginning(path: Path | str) -> bytes:
    """Return the first bytes of a file; none where there is no file."""
    try:
        file = _identify(path)
        if os.name == "posix" and (file in _in_use or os.path.abspath(path) in _named):  # noqa: PTH100
            return os.pread(_keep_open(path, file), NAMED, 0)
        with open(path, "rb", buffering=0) as opened:  # noqa: PTH123 - ":memory:" is none
            return opened.read(NAMED)
    except OSError:
        return b""


def note_use(path: Path | str) -> None:
    """Note that this process has a file open as a database, with locks of its own.

    It may not be there yet: a database is made when it is first written.
    """
    _named.add(os.path.abspath(path))  # noqa: PTH100 - quicker than a Path, for each command
    with suppress(OSError):  # one in memory
        _in_use.add(_identify(path))


def _identify(path: Path | str) -> tuple[int, int]:
    """Return the device and the number of a file."""
    seen = Path(path).stat()
    return seen.st_dev, seen.st_ino


def _keep_open(path: Path | str, file: tuple[int, int]) -> int:
    """Return the number of an open file; it stays open.

    A process that closes a file gives up every lock that it has on it, on systems with locks of
    POSIX: those of a database that it has open as well. Raise OSError if it cannot be opened.
    """
    if file not in _kept_open:
        if len(_kept_open) == KEPT_OPEN:
            os.close(_kept_open.pop(next(iter(_kept_open))))
        _kept_open[file] = os.open(path, os.O_RDONLY)
    return _kept_open[file]


KEPT_OPEN = 64
"""The files that stay open at most: more than any command opens."""

_in_use: set[tuple[int, int]] = set()
_named: set[str] = set()
"""The files that this process has opened as databases, by device and number, and by name."""

_kept_open: dict[tuple[int, int], int] = {}
"""Those of them whose beginnings were read meanwhile."""


def name_of(key: Key | None) -> bytes | None:
    """Return how files name a key; None for none, as in a file that is not encrypted."""
    return key.name if key else None


def find_key(path: Path | str, called: Path | None = None) -> Key | None:
    """Return the key of an encrypted file; None if it is not encrypted.

    `called` is what a person calls the file, if it is a copy. Raise KeyMissing if the key is not
    where keys are looked for, TerminalNeeded if nobody can be asked for its passphrase, and ApError
    if the key file cannot be used.
    """
    name = name_in(path)
    if name is None:
        return None
    if name not in PLACES.used and find_kept(name) is None and is_from_passphrase(name):
        remember(ask_passphrase(name, path, called or path))
    return find_named(name, called or path)


def find_named(name: bytes, path: Path | str) -> Key:
    """Return the key of a name, for a file that has it; raise ApError as `find_key` does."""
    if name not in PLACES.used:
        kept = find_kept(name)
        if kept is None:
            raise missing(path)
        remember(kept)
    return PLACES.used[name]


def remember(key: Key) -> None:
    """Use a key from now on in this process."""
    PLACES.used[key.name] = key


def find_kept(name: bytes) -> Key | None:
    """Return the key of a name from the key file, or from the key ring if no key file is named."""
    file = PLACES.key_file()
    if file is None:
        from .key_ring import find_in_ring

        return find_in_ring(name)
    from .key_file import read_key_file

    return next((key for key in read_key_file(file) if key.name == name), None)


def missing(path: Path | str) -> KeyMissing:
    """Return the error for an encrypted file whose key is not to be found."""
    file = PLACES.key_file()
    if file is not None:
        return KeyMissing(
            f"{path} is encrypted with another key than {file} has: name its own with --key-file"
        )
    return KeyMissing(
        f"{path} is encrypted, and its key is not in your key ring: put it back from the recovery"
        " key with `ap db unlock`, or name the file with its key by --key-file"
    )


def ask_passphrase(name: bytes, path: Path | str, called: Path | str) -> Key:
    """Return the key of the passphrase that is typed; raise KeyMissing if none of them fits."""
    from .encrypted import opens

    for _ in range(TRIES):
        typed = PLACES.ask(f"Passphrase of {called}: ") if PLACES.ask else None
        if typed is None:
            raise cannot_ask(called)
        key = derive_key(typed, name)
        if opens(path, key):
            return key
    raise KeyMissing(f"none of these is the passphrase of {called}: nothing was changed")


def cannot_ask(called: Path | str) -> TerminalNeeded:
    """Return the error for a passphrase where nobody can be asked."""
    return TerminalNeeded(
        f"{called} is encrypted with a passphrase, which only a terminal can ask for: keep its key"
        " with `ap db unlock` there, or name the file with its key by --key-file"
    )


def keep(key: Key) -> str:
    """Keep a key in the key file, or in the key ring if none is named; return where, in words.

    Raise ApError if it cannot be kept.
    """
    file = PLACES.key_file()
    if file is None:
        from .key_ring import add_to_ring

        add_to_ring(key)
    else:
        from .key_file import add_to_file

        add_to_file(file, key)
    remember(key)
    return say_place()


def say_place() -> str:
    """Return where keys are kept, in words."""
    return str(PLACES.key_file() or "your key ring")


def can_keep() -> bool:
    """Return whether there is a place for a key: a key file is named, or there is a key ring."""
    if PLACES.key_file() is not None:
        return True
    from .key_ring import has_ring

    return has_ring()
