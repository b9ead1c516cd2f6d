"""A key: how files name it, how it is written, and how it is made."""

from __future__ import annotations

import re
import secrets

from msgspec import Struct

from . import bech32

MARK = b"ap1"
"""How an encrypted file begins. No plain store does, and no zip file."""

AT_RANDOM, FROM_PASSPHRASE = MARK + b"k", MARK + b"p"
"""How the name of a key begins: one that was drawn, or one that is derived from a passphrase."""

NAMED = 16
"""How many bytes at the beginning of an encrypted file name its key."""

LENGTH = 32
"""The bytes of a key: 256 bits."""

PREFIX = "ap"
"""How a key begins where it is written."""

GROUP = 5
"""How many letters stand together in a recovery key."""

COST, MEMORY = 2**17, 256 << 20
"""What a passphrase costs to try: half a second and 128 megabytes, and the most it may use."""


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
        return bech32.encode(PREFIX, self.secret)

    @property
    def recovery(self) -> str:
        """The secret as a person copies it from paper: large letters in groups."""
        letters = self.written.removeprefix(f"{PREFIX}1").upper()
        return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def draw_key() -> Key:
    """Return a new key, drawn at random."""
    return Key(draw_name(AT_RANDOM), secrets.token_bytes(LENGTH))


def draw_name(beginning: bytes) -> bytes:
    """Return a name that no other key has."""
    return beginning + secrets.token_bytes(NAMED - len(beginning))


def name_of_new() -> bytes:
    """Return the name of a key that is not made yet: no file has it."""
    return draw_name(AT_RANDOM)


def derive_key(passphrase: str, name: bytes) -> Key:
    """Return the key of a passphrase for files that name it so; it takes half a second."""
    from hashlib import scrypt
    from unicodedata import normalize

    typed = normalize("NFC", passphrase).encode()
    return Key(name, scrypt(typed, salt=name, n=COST, r=8, p=1, maxmem=MEMORY, dklen=LENGTH))


def is_from_passphrase(name: bytes) -> bool:
    """Return whether a key of this name is derived from a passphrase."""
    return name.startswith(FROM_PASSPHRASE)


def read_secret(text: str) -> bytes:
    """Return the secret in a recovery key, however it is spaced; raise ValueError if mistyped."""
    letters = re.sub(r"[\s-]", "", text).lower()
    beginning = f"{PREFIX}1"
    secret = bech32.decode(PREFIX, beginning + letters.removeprefix(beginning))
    if len(secret) != LENGTH:
        raise ValueError("not the length of a key")
    return secret
