"""AP1: a long absence for health is reported to the council, and help asked for."""

from __future__ import annotations

from datetime import date

from ..domain.days import count
from ..domain.entries.health import HealthAbsence
from ..domain.usual_calendar import FIRST_MONTH, school_year
from ..forms.facts import recorded
from .cases.base import once
from .cases.pupil import PupilCase
from .rule import SHOULD, PupilRule, Says, condition
from .task import Remedy, Who, Write, about

LONG = "health.school_days"
"""The figure for the school days from which an absence for health is long."""


def first_of_year(day: date) -> date:
    """Return 1 August before a day: school days since then belong to its school year."""
    return date(school_year(day), FIRST_MONTH, 1)


@once
def list_ill_days(case: PupilCase) -> tuple[date, ...]:
    """List the days of this school year on which every session marked is coded I."""
    since = first_of_year(case.on)
    codes: dict[date, set[str]] = {}
    for mark in case.register.marks:
        if since <= mark.day <= case.on:
            codes.setdefault(mark.day, set()).add(mark.code)
    return tuple(day for day in sorted(codes) if codes[day] == {"I"})


@once
def list_absences(case: PupilCase) -> tuple[HealthAbsence, ...]:
    """List what is recorded of absences for health in this school year."""
    since = first_of_year(case.on)
    return tuple(each for each in case.entries.all(HealthAbsence) if each.day >= since)


def days_expected(case: PupilCase) -> int:
    """Return the school days that the pupil is expected to miss in the year, by the last record."""
    known = [each.expected_days for each in list_absences(case) if recorded(each.expected_days)]
    return int(known[-1]) if known else 0


def has_answer(case: PupilCase, name: str) -> bool:
    """Tell whether a question is answered this school year, and not with no."""
    facts = (getattr(each, name) for each in list_absences(case))
    return any(recorded(fact) and fact is not False for fact in facts)


@condition("few school days are missed for health this school year")
def is_long_ill(case: PupilCase) -> bool:
    """Whether health keeps the pupil from school for long, as marked or as expected."""
    return max(len(list_ill_days(case)), days_expected(case)) >= case.figures[LONG]


class LongIllnessIsReported(PupilRule):
    """The council knows of a long absence for health, and was asked for help.

    Send the council a sickness return once the pupil has missed 15 school days with code I in the
    school year, running or not, or is expected to. Ask it to arrange education once 15 school days
    went by without suitable education. A day counts if every session marked on it is coded I, so
    that a session with B, K or D does not. One return does for a school year. Do not ask for
    education that the school itself gives.
    """

    # Reg 13 could not be read in full. Councils' pages say the return is law; until somebody has
    # read the paragraph, the rule binds as the guidance on health needs does.
    id, severity, sources = "AP116", SHOULD, ("Health needs", "SI 2024/208 reg 13")
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Tell the council about the illness",
        "illness",
        "Long illnesses not reported",
    )
    applies = is_long_ill

    def holds(self, case: PupilCase) -> Says:
        return has_answer(case, "return_sent") and not self.lacks_help(case)

    def lacks_help(self, case: PupilCase) -> bool:
        """Tell whether the pupil has no suitable education, and nobody asked the council for it."""
        if len(list_ill_days(case)) < case.figures[LONG]:
            return False
        return not (has_answer(case, "help_asked") or has_answer(case, "taught_by_school"))

    def problem(self, case: PupilCase) -> str:
        missed = count(len(list_ill_days(case)), "school day")
        start = f"the pupil was ill on {missed} this school year"
        if days_expected(case) > len(list_ill_days(case)):
            start += f", and {days_expected(case)} are expected"
        parts = [] if has_answer(case, "return_sent") else ["the council has no sickness return"]
        if self.lacks_help(case):
            parts.append("nobody asked it to arrange education")
        return f"{start}: {' and '.join(parts)}"

    def remedy(self, case: PupilCase) -> Remedy:
        ask = [] if has_answer(case, "return_sent") else ["return_sent"]
        if self.lacks_help(case):
            ask += ["help_asked", "taught_by_school"]
        return Write(about(case.pupil), HealthAbsence.KIND, tuple(ask))
