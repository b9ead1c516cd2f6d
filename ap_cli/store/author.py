"""Find out who writes."""

from __future__ import annotations

import os
from datetime import date

from msgspec import Struct

from ..forms.text import printable


class Author(Struct, frozen=True):
    """The author of a change, and the day given to the program as today, if one was given."""

    who: str
    asof: date | None = None


def default_author(asof: date | None) -> Author:
    """Return the author named by AP_USER, or else the system's user."""
    who = os.environ.get("AP_USER", "").strip()
    if not who:
        import getpass

        try:
            who = getpass.getuser()
        except (OSError, KeyError, ImportError):
            who = "unknown"
    return Author(printable(who.encode("utf-8", "replace").decode()), asof)
