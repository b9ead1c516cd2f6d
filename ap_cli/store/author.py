"""Who writes."""

from __future__ import annotations

import os
from datetime import date

from msgspec import Struct

from ..forms.text import printable


class Author(Struct, frozen=True):
    """Who writes, and the day that the program was told to take for today, where it was told one."""

    who: str
    asof: date | None = None


def default_author(asof: date | None) -> Author:
    """Who AP_USER says, or else the system's user."""
    who = os.environ.get("AP_USER", "").strip()
    if not who:
        import getpass

        try:
            who = getpass.getuser()
        except (OSError, KeyError, ImportError):
            who = "unknown"
    return Author(printable(who.encode("utf-8", "replace").decode()), asof)
