"""List the placements in which a child may be unsafe, and what is due once one is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..domain.days import words
from ..domain.entries.before import Visit
from ..domain.entries.during import Review
from ..forms.facts import recorded
from ..store.opening import Store
from ..store.queries.reviews import ever_unsafe

ACTED_ON = "AP513"
"""The rule about what follows from a review or a visit."""

RULES_ASKED = ("AP506", ACTED_ON)
"""The rules about open concerns and about what a review or a visit found not safe."""


def list_unsafe_placements(store: Store, on: date) -> dict[str, str]:
    """Map each placement with an open concern or found not safe to why, ended ones as well."""
    return list_unsafe_among(store, ever_unsafe(store, on), RULES_ASKED, on)


def list_unsafe_among(
    store: Store, numbers: Sequence[int], rules: tuple[str, ...], on: date
) -> dict[str, str]:
    """Map those of some placements in which a child may be unsafe, by some rules, to why."""
    if not numbers:
        return {}
    from ..rules.rule import OPEN
    from ..rules.task import Urgency
    from .caseload import Caseload
    from .checks import Checker, CheckRequest, rules_like
    from .survey import Survey

    request = CheckRequest(on, rules=rules_like(rules), answers=OPEN)
    checker = Checker(Survey(Caseload(store, on)), request, {})
    problems: dict[str, list[str]] = {}
    for finding in checker.list_about_placements(numbers):
        if finding.urgency is Urgency.SAFETY:
            problems.setdefault(finding.subject, []).append(finding.message)
    return {subject: "; ".join(found) for subject, found in problems.items()}


def list_due(
    store: Store, looked: Review | Visit, placements: Sequence[int], today: date
) -> Iterator[str]:
    """List what is due at once after a review or a visit that found it not safe.

    `placements` are those that it is about. Nothing is due where something protects the pupil. A
    review that does not know it is to be completed.
    """
    if isinstance(looked, Review) and not recorded(looked.safe):
        answer = f"ap record edit {looked.ref} --safe/--no-safe --reason …"
        yield f"find out whether it is safe → {answer}"
    if not recorded(looked.safe) or looked.safe:
        return
    found = list_unsafe_among(store, placements, (ACTED_ON,), today)
    for ref in found:
        yield (
            f"{ref}: the pupil is not safe. Today, {words(today, weekday=True)}, end the placement,"
            " or say that the pupil has stopped going there, or what keeps the pupil safe"
            f" → ap placement end {ref}, or {spell_protection(looked, ref, today)}"
        )
    if found:
        yield "if a child may come to harm, record it: ap record concern says whom to tell"


def spell_protection(looked: Review | Visit, ref: str, today: date) -> str:
    """Spell the command that says what protects a pupil: in today's review, or in a new one."""
    if isinstance(looked, Review) and looked.day == today:
        return f"ap record edit {looked.ref} --stopped --protection … --reason …"
    return f"ap record review {ref} --no-safe --stopped --protection …"
