"""Who writes."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..forms.text import printable


class Author(Struct, frozen=True):
    """The author of a change, and the day given to the program as today, if one was given."""

    who: str
    asof: date | None = None


def name_author(who: str, asof: date | None) -> Author:
    """Return the author of this name, made safe to show."""
    return Author(printable(who.strip().encode("utf-8", "replace").decode()), asof)


def system_user() -> str:
    """Return the name by which the computer knows the user, or "unknown"."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
