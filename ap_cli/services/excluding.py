"""Find what follows from an exclusion at once: what is due, by when, and what to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.pupil import Pupil
from ..rules.cases.pupil import PupilCase
from ..rules.engine import Finding
from ..rules.exclusion import is_certain, list_runs, sixth_day
from ..rules.rule import CANNOT_TELL, OPEN
from ..store.opening import Store
from ..store.queries import entries as entry_queries
from ..store.queries import records as reading
from .caseload import Caseload
from .checks import CheckRequest, list_findings, rules_like
from .concerns import when
from .survey import Survey

BY_DAY_SIX = "AP108"
"""The rule about full-time education from the sixth school day."""

RULES_ASKED = (BY_DAY_SIX, "AP109", "AP115", "AP117")
"""The rules about education in an exclusion, and about who is told of it."""


def list_due(store: Store, exclusion: Exclusion, pupil: int, today: date) -> Iterator[str]:
    """List what to check of an exclusion, and what is due after it."""
    about = reading.one(store, Pupil, pupil, today)
    yield from list_doubts(store, exclusion, about, today)
    request = CheckRequest(today, ((Pupil, pupil),), rules_like(RULES_ASKED), OPEN)
    findings = [
        finding
        for finding in list_findings(store, request)
        if finding.subject == about.ref and finding.waived is None
    ]
    if any(one.rule == BY_DAY_SIX and one.answer is CANNOT_TELL for one in findings):
        yield from list_sixth_days(store, exclusion, pupil, today)
    yield from dict.fromkeys(describe_due(finding, today) for finding in findings)


def list_sixth_days(store: Store, exclusion: Exclusion, pupil: int, today: date) -> Iterator[str]:
    """Say from which day an exclusion asks for full-time education, if it does."""
    groups = Survey(Caseload(store, today)).every((Pupil, pupil), False)
    for case in (case for group in groups for case in group if isinstance(case, PupilCase)):
        for run in list_runs(case):
            day = sixth_day(case, run)
            if day and run.first <= exclusion.day <= run.last.day:
                about = "" if is_certain(case, run, day) else "about "
                yield (
                    f"the sixth school day is {about}{words(day, weekday=True)}:"
                    " full-time education is due from it"
                )


def list_doubts(store: Store, exclusion: Exclusion, pupil: Pupil, today: date) -> Iterator[str]:
    """List what may be wrong with an exclusion: its day, or that there is another for good."""
    calendar = Caseload(store, today).calendars.following(pupil.home_school)
    if not calendar.is_presumed_school_day(exclusion.day):
        yield f"{words(exclusion.day, weekday=True)} is not a school day: check the day"
    if not exclusion.permanent:
        return
    for other in entry_queries.entries_of(store, pupil, date.max):
        if isinstance(other, Exclusion) and other.permanent and other.id != exclusion.id:
            yield (
                f"{pupil.ref} was permanently excluded already, on {words(other.day)}: if that did"
                f" not stand, ap record withdraw {other.ref} --reason …"
            )


def describe_due(finding: Finding, today: date) -> str:
    """Say what to do, and by when: "Arrange full-time education by Friday 13 February 2026"."""
    if finding.due is None:
        return finding.task
    if finding.due < today:
        return f"{finding.task}, which was due by {words(finding.due, weekday=True)}"
    return f"{finding.task} by {when(finding.due, today)}"
