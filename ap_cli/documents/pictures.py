"""Pictures for a letterhead: known by their first bytes, never by their names."""

from __future__ import annotations

from pathlib import Path

from ..errors import ApError

LARGEST = 500_000
"""Bytes of a logo, at most."""

TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""The sorts of picture that every format can hold, by their first bytes."""


def media_type(picture: bytes) -> str:
    """Return the sort of a picture; empty if it is neither PNG nor JPEG."""
    return next((sort for first, sort in TYPES.items() if picture.startswith(first)), "")


def read_logo(path: str) -> bytes:
    """Return the picture in a file, nothing for no path; raise ApError if it is no logo."""
    if not path:
        return b""
    try:
        with Path(path).open("rb") as file:
            picture = file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise ApError(
            "The logo cannot be read: ap config set letterhead-logo FILE, or unset it."
        ) from None
    if len(picture) > LARGEST or not media_type(picture):
        raise ApError(
            "The logo has to be a PNG or JPEG picture of at most 500 kB:"
            " ap config set letterhead-logo FILE"
        )
    return picture
