"""Files of evidence as an encrypted store keeps them: sealed with age, by the key of the store.

age (age-encryption.org) encrypts a file in pieces, each of which is authenticated with its place:
none can be altered, swapped or cut off, and a large file is never whole in memory to be sealed.
"""

from __future__ import annotations

from functools import cache
from hmac import digest
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from ..extras import needing
from . import bech32
from .key import NAMED, Key
from .keys import find_named

SEALED = b"ap evidence 1\n"
"""How a sealed file begins; then come the name of its key, and the file as age encrypts it."""

HEADER = len(SEALED) + NAMED


def key_name_of(file: Path) -> bytes | None:
    """Return how a sealed file names its key; None for a file that is not sealed."""
    with file.open("rb") as opened:
        return _name_in(opened.read(HEADER))


def _name_in(beginning: bytes) -> bytes | None:
    is_sealed = len(beginning) == HEADER and beginning.startswith(SEALED)
    return beginning.removeprefix(SEALED) if is_sealed else None


def seal(source: Any, out: Any, key: Key) -> None:
    """Write what can be read from a source, sealed with a key."""
    with needing("encrypted"):
        import pyrage
    out.write(SEALED + key.name)
    pyrage.encrypt_io(source, out, [_identity(key).to_public()])


def open_unsealed(file: Path) -> IO[bytes]:
    """Open a file of evidence to read what is in it, sealed or not.

    Raise OSError if it cannot be read or was altered since it was sealed, and KeyMissing if its key
    is not to be found.
    """
    opened = file.open("rb")
    try:
        return unseal(opened, file)
    except BaseException:
        opened.close()
        raise


def unseal(opened: IO[bytes], file: Path) -> IO[bytes]:
    """Return what is in an open file of evidence, whose name is `file`, as `open_unsealed` does.

    A sealed file has 100 megabytes at most, and is in memory once it is read.
    """
    beginning = opened.peek(HEADER)[:HEADER]  # type: ignore[attr-defined]
    name = _name_in(beginning)
    if name is None:
        return opened
    with needing("encrypted"):
        import pyrage
    found = BytesIO()
    opened.read(HEADER)
    sealed: Any = opened
    try:
        pyrage.decrypt_io(sealed, found, [_identity(find_named(name, file))])
    except pyrage.DecryptError:
        raise OSError("it was altered since it was sealed") from None
    opened.close()
    found.seek(0)
    return found


@cache
def _identity(key: Key) -> Any:
    """Return what age takes for a key: another secret, so that neither tells of the other."""
    import pyrage

    secret = digest(key.secret, b"ap evidence", "sha256")
    return pyrage.x25519.Identity.from_str(bech32.encode("age-secret-key-", secret).upper())
