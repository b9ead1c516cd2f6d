"""What verifying the log found, and a seal of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from ..domain.days import count, words
from ..store.seals import Seal
from ..store.verifying import Report, name_change
from .result import Result, View, fixed_lines

KEEP_IT = (
    "Keep this file as it is, and compare it with a backup (`ap db backups` lists them): "
    "ap db verify --db BACKUP"
)

CORRECT_IT = (
    "`ap log REFERENCE` has what was recorded. Keep a copy of this file as it is, then put the "
    "record right with ap, or restore a backup (`ap db backups` lists them)."
)


def show_verified(report: Report, store: str, sealed: bool) -> Result:
    """What verifying a store found, with exit code 6 if something was altered.

    `sealed` is whether the log was compared with a seal.
    """
    row = {
        "store": store,
        "ok": report.problem is None,
        "changes": report.changes,
        "first_bad": report.bad,
        "problem": report.problem,
        "differing": report.differing,
        "seal": str(report.seal) if report.seal and report.problem is None else None,
        "fits": report.sealed if sealed else None,
        "upgraded": report.upgraded,
        "upgraded_until": report.upgraded_until,
        "erased": report.erased,
    }
    lines = fixed_lines(*verified_lines(report, sealed))
    kept = CORRECT_IT if report.differing else KEEP_IT
    said = (kept,) if report.problem else ()
    return Result("db verify", [row], lines=lines, said=said, code=6 if report.problem else 0)


def verified_lines(report: Report, sealed: bool) -> Iterator[str]:
    """What is wrong, or what is known to be right, for people."""
    if report.problem:
        yield report.problem
        return
    if not report.changes:
        yield "Nothing was changed in this store yet."
        return
    yield f"The log is as it was written: {count(report.changes, 'change')}."
    yield "Each record says what the log says."
    if report.upgraded and report.upgraded_until is not None:
        day = words(datetime.fromisoformat(report.upgraded).date())
        yield (
            f"What came until {name_change(report.upgraded_until)} was chained when the store was "
            f"upgraded on {day}: what was altered before does not show."
        )
    if report.erased:
        yield f"The values of {count(report.erased, 'entry', 'entries')} were erased."
    if sealed:
        yield "The seal fits: nothing up to it was altered or removed."
    else:
        yield "Whether changes at its end are missing shows only against a seal: --seal SEAL."


def show_seal(seal: Seal, head: str, day: date) -> Result:
    """A seal: the line for the minutes on a terminal, in a pipe the seal alone."""
    row = {"seal": str(seal), "change": seal.unit, "head": head, "day": day}

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        if not view.width:
            yield str(seal)
            return
        yield f"{words(day, weekday=True)}, ap until change {seal.unit}: {seal}"
        yield "Paste this line into the minutes. To check it later:"
        yield f"  ap db verify --seal {seal}"

    return Result("db seal", [row], lines=lines)
