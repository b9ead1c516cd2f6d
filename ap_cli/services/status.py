"""What needs attention now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from ..domain.days import count, words
from ..rules.engine import BREACHED, MUST, SHOULD
from ..store.connection import open_store
from . import checks, drafts, reviews


class Matter(Struct, frozen=True):
    """One thing that needs attention, and the command that deals with it."""

    what: str
    number: int
    message: str
    command: str


def status(path: Path, on: date) -> list[Matter]:
    """What needs attention on a day, the most pressing first."""
    store = open_store(path)
    found: list[Matter] = []
    breaches = [each for each in checks.findings(path, on) if each.answer is BREACHED and each.waived is None]
    for severity, rest in ((MUST, "the law"), (SHOULD, "statutory guidance")):
        those = [each for each in breaches if each.severity is severity]
        if those:
            subjects = list(dict.fromkeys(each.subject for each in those))
            told = f"{count(len(those), 'breach', 'breaches')} of {rest}: {named(subjects)}"
            found.append(Matter(f"breaches of {severity}", len(those), told, f"ap check {subjects[0]}" if len(subjects) == 1 else "ap check"))
    due = reviews.due(path, on, "7d")
    overdue = [one for one in due if one.overdue]
    if overdue:
        found.append(
            Matter(
                "reviews overdue",
                len(overdue),
                f"{count(len(overdue), 'review')} overdue: {named([one.placement for one in overdue])}",
                "ap reviews due --overdue",
            )
        )
    soon = [one for one in due if not one.overdue]
    if soon:
        found.append(
            Matter(
                "reviews due",
                len(soon),
                f"{count(len(soon), 'review')} due within 7 days: {named([one.placement for one in soon])}",
                "ap reviews due --within 7d",
            )
        )
    for draft in drafts.listed(path):
        found.append(
            Matter("draft", draft.id, f"{draft.ref} is not finished: last kept {words(draft.at.date())}", f"ap placement new --resume {draft.ref}")
        )
    counts = {table: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("commissioner", "pupil", "provider", "placement")}
    if not counts["commissioner"]:
        found.append(Matter("commissioner", 0, "nobody is recorded as commissioning", "ap init --commissioner NAME --kind KIND"))
    for table, command in (("provider", "ap provider add"), ("pupil", "ap pupil add"), ("placement", "ap placement new")):
        if not counts[table]:
            found.append(Matter(table, 0, f"no {table} is recorded yet", command))
    if reviews.without_calendar(path, on):
        found.append(Matter("term dates", 0, f"no term dates cover {words(on)}: review days are estimates", "ap terms import FILE.csv"))
    return found


def named(references: list[str], most: int = 3) -> str:
    """References in a line: the first of them, and how many more there are."""
    kept = list(dict.fromkeys(references))
    return ", ".join(kept[:most]) + (f" and {len(kept) - most} more" if len(kept) > most else "")
