"""The key ring of the operating system, where it has one: a key is kept under its name."""

from __future__ import annotations

from typing import Any

from ..errors import StoreProblem
from .key import Key, read_secret

SERVICE = "ap"
"""What keys are kept under, beside their own name."""


def has_ring() -> bool:
    """Return whether there is a key ring that keeps what it is given."""
    keyring = _load()
    return keyring is not None and keyring.get_keyring().priority >= 1


def _load() -> Any:
    """Return the library for key rings; None if it is not installed."""
    try:
        import keyring
        import keyring.errors
    except ModuleNotFoundError:
        return None
    return keyring


def find_in_ring(name: bytes) -> Key | None:
    """Return the key of a name; None if the key ring does not have it, or there is none.

    Raise StoreProblem if the key ring cannot be opened.
    """
    keyring = _load()
    if keyring is None:
        return None
    try:
        kept = keyring.get_password(SERVICE, name.hex())
        return Key(name, read_secret(kept)) if kept else None
    except keyring.errors.NoKeyringError:
        return None
    except ValueError:
        raise StoreProblem(f"what the key ring has for {SERVICE} is not a key of ap") from None
    except Exception as problem:  # noqa: BLE001 - each key ring has errors of its own
        raise cannot_open(problem) from None


def add_to_ring(key: Key) -> None:
    """Keep a key, and see that it is kept; raise StoreProblem if it is not."""
    keyring = _load()
    try:
        keyring.set_password(SERVICE, key.name.hex(), key.written)
    except Exception as problem:  # noqa: BLE001
        raise cannot_open(problem) from None
    if find_in_ring(key.name) != key:
        raise StoreProblem("the key ring did not keep the key: name a key file with --key-file")


def cannot_open(problem: Exception) -> StoreProblem:
    """Return the error for a key ring that refuses: it is locked, or nobody is logged in."""
    said = " ".join(str(problem).split()) or type(problem).__name__
    return StoreProblem(
        f"the key ring cannot be opened ({said}): unlock it, or name a key file with --key-file"
    )
