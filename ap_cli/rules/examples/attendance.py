"""Examples of AP6: attendance."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...domain.commissioner import CommissionerKind
from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE
from .builders import PROVIDER, Answers, Example, Happened, placement_case

FOUR_CONDITIONS: Answers = {
    f"code_{name}": True for name in ("elsewhere", "educational", "approved", "supervised")
}
SCHOOL = PROVIDER | {"kind": "pru"}
WEEK = ", ".join(f"2026-02-{day} {half} B" for day in (23, 24, 25, 26) for half in ("am", "pm"))
ASKED: Answers = {"day": "2026-03-02", "whom": "a parent"}


def coded(code: str | None, **changed: Any) -> PlacementCase:
    """A placement with this code planned."""
    return placement_case(**{"code": code} | FOUR_CONDITIONS | changed)


def marked(marks: str, **changed: Any) -> PlacementCase:
    """A placement from Monday to Thursday with these marks."""
    return placement_case(
        **{"marks": marks, "at_provider": "mon-thu", "hours": "16", "ends": "2026-07-10"} | changed
    )


def attended(present: int, missed: int) -> str:
    """So many sessions marked, first those missed and then those attended."""
    days = [
        f"2026-{month:02d}-{day:02d} {half}"
        for month in (1, 2)
        for day in range(1, 29)
        for half in ("am", "pm")
    ]
    return ", ".join(
        f"{when} {'I' if at < missed else 'B'}" for at, when in enumerate(days[: present + missed])
    )


BASELINE: Happened = [("induction", {"day": "2026-01-12", "prior_attendance": "90"})]

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP601": (
        Example("arranged by a school: B, with all four conditions", MET, lambda: coded("B")),
        Example("B, and nobody recorded who supervises", BREACHED, lambda: coded("B", code_supervised=None)),
        Example("W, with all four conditions", MET, lambda: coded("W")),
        Example("arranged by a school: K", BREACHED, lambda: coded("K")),
        Example("commissioned by an authority: K", MET, lambda: coded("K", commissioner=CommissionerKind.LOCAL_AUTHORITY)),
        Example("under section 19: B", BREACHED, lambda: coded("B", route="section-19")),
        Example("registered at the other school as well: D", MET, lambda: coded("D", provider=SCHOOL, dual_registered="2026-01-06")),
        Example("registered there as well, under section 19: K", BREACHED, lambda: coded("K", provider=SCHOOL, dual_registered="2026-01-06", route="section-19")),
        Example("registered there as well, but only from tomorrow: B", MET, lambda: coded("B", provider=SCHOOL, dual_registered="2026-03-03")),
        Example("no code is recorded", CANNOT_TELL, lambda: coded(None)),
        Example("in the school itself", NOT_APPLICABLE, lambda: coded(None, tier="1b")),
    ),
    "AP602": (
        Example("registered there from the first day", MET, lambda: placement_case(provider=SCHOOL, dual_registered="2026-01-06")),
        Example("registered there from the day after", BREACHED, lambda: placement_case(provider=SCHOOL, dual_registered="2026-01-07")),
        Example("nobody recorded it", CANNOT_TELL, lambda: placement_case(provider=SCHOOL)),
        Example("not a school", NOT_APPLICABLE, placement_case),
    ),
    "AP603": (
        Example("every session of the last five school days", MET, lambda: marked(WEEK)),
        Example("one of them has no mark", BREACHED, lambda: marked(WEEK.replace(", 2026-02-26 pm B", ""))),
        Example("a session six school days ago has none", MET, lambda: marked(WEEK, on=date(2026, 3, 2))),
        Example("marks were agreed, and none came", BREACHED, lambda: marked("", happened=[("reporting", {"day": "2026-01-05", "marks_here": True})])),
        Example("no marks were agreed, and none came", NOT_APPLICABLE, lambda: marked("")),
        Example("another school's register has them", NOT_APPLICABLE, lambda: marked(WEEK, code="D")),
        Example("nobody recorded which sessions are there", CANNOT_TELL, lambda: marked(WEEK, at_provider=None)),
    ),
    "AP604": (
        Example("N on Monday 2 March 2026, asked that day, on Monday 9 March", MET, lambda: marked("2026-03-02 am N", on=date(2026, 3, 9), happened=[("contact", ASKED)])),
        Example("the same, on Tuesday 10 March", BREACHED, lambda: marked("2026-03-02 am N", on=date(2026, 3, 10), happened=[("contact", ASKED)])),
        Example("nobody asked, on the same day", MET, lambda: marked("2026-03-02 am N")),
        Example("nobody asked, on the day after", BREACHED, lambda: marked("2026-03-02 am N", on=date(2026, 3, 3))),
        Example("it has become O", MET, lambda: marked("2026-03-02 am O", on=date(2026, 3, 10))),
    ),
    "AP605": (
        Example("two sessions running missed", MET, lambda: marked("2026-02-24 am B, 2026-02-25 am I, 2026-02-25 pm I")),
        Example("three sessions running missed", BREACHED, lambda: marked("2026-02-24 am B, 2026-02-25 am I, 2026-02-25 pm I, 2026-02-26 am I")),
        Example("81 %, where it was 90 % before", MET, lambda: marked(attended(81, 19), happened=BASELINE)),
        Example("80 %, where it was 90 % before", BREACHED, lambda: marked(attended(80, 20), happened=BASELINE)),
        Example("80 % of nine sessions or fewer says nothing yet", MET, lambda: marked(attended(4, 1), happened=BASELINE)),
        Example("sessions that an agreed timetable leaves out are not missed", MET, lambda: marked("2026-02-24 am B, 2026-02-25 am C2, 2026-02-25 pm C2, 2026-02-26 am C2")),
        Example("no mark yet", NOT_APPLICABLE, lambda: marked("")),
    ),
    "AP606": (
        Example("B at the provider", MET, lambda: marked(WEEK, at_home="fri")),
        Example("B at home", BREACHED, lambda: marked("2026-02-27 am B", at_home="fri")),
        Example("B online, supervised", MET, lambda: marked(WEEK, provider=PROVIDER | {"kind": "online"}, code_supervised=True)),
        Example("B online, supervised by nobody", BREACHED, lambda: marked(WEEK, provider=PROVIDER | {"kind": "online"}, code_supervised=False)),
        Example("B online, and nobody recorded whether anybody supervises", CANNOT_TELL, lambda: marked(WEEK, provider=PROVIDER | {"kind": "online"})),
        Example("no session is marked B", NOT_APPLICABLE, lambda: marked("2026-02-27 am I")),
    ),
}  # fmt: skip
