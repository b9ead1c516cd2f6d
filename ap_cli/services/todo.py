"""What is to be done, in order of day: the outstanding and breached answers of the rules."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ..rules.engine import BREACHED, NOT_YET, ORDER, Finding
from . import checks


def todo(path: Path, on: date, within: int | None = None) -> list[Finding]:
    """What is outstanding or breached and not waived, in order of day; what has no day is due at once.

    `within` leaves out what is due more than so many days on.
    """
    last = on + timedelta(days=within) if within is not None else date.max
    found = (each for each in checks.findings(path, on) if each.answer in (BREACHED, NOT_YET) and each.waived is None)
    return sorted(
        (each for each in found if (each.due or on) <= last), key=lambda each: (each.due or on, ORDER.index(each.severity), each.subject, each.rule)
    )
