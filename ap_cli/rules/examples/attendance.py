"""Examples of AP6: attendance."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ...domain.commissioner import COMMISSIONER, Commissioner, CommissionerKind
from ...forms.facts import Fact, Unknown
from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import DAY_BEFORE, PROVIDER, PUPIL, Answers, Example, Happened, placement_case

FOUR_CONDITIONS: Answers = {
    f"code_{name}": True for name in ("elsewhere", "educational", "approved", "supervised")
}
SCHOOL = PROVIDER | {"kind": "pru"}
ONLINE = PROVIDER | {"kind": "online"}
INDEPENDENT = PROVIDER | {"kind": "independent", "registered": "yes"}
COUNCIL = CommissionerKind.LOCAL_AUTHORITY
MAINTAINED = CommissionerKind.MAINTAINED_SCHOOL
WEEK = ", ".join(f"2026-02-{day} {half} B" for day in (23, 24, 25, 26) for half in ("am", "pm"))
ASKED: Answers = {"day": "2026-03-02", "whom": "a parent"}


def coded(code: str | None, **changed: Any) -> PlacementCase:
    """A placement with this code planned."""
    return placement_case(**{"code": code} | FOUR_CONDITIONS | changed)


def arranged_by_nobody(code: str) -> PlacementCase:
    """A placement that a school's route allows, with no commissioner on record."""
    nobody: Fact[Commissioner] = Unknown(COMMISSIONER)
    return replace(coded(code, route="school-arranged"), commissioner=nobody)


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


AT_HOME: Answers = {"at_home": "fri", "home_agreed": True, "home_until": "2026-02-27"}
EXCLUDED: Answers = {
    "route": "permanent-exclusion",
    "commissioner": COUNCIL,
    "exclusions": ({"permanent": True, "day": "2026-02-06"},),
}
SUSPENDED: Answers = {
    "route": "suspension",
    "at_provider": "mon-fri",
    "exclusions": ({"permanent": False, "day": "2026-02-06", "until": "2026-02-27"},),
}
SIXTEEN = PUPIL | {"born": "2010-03-15"}
BASELINE: Happened = [("induction", {"day": "2026-01-12", "prior_attendance": "90"})]

ENDED_NEXT_DAY = {"day": "2026-03-03", "destination": "home-school"}
EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP601": (
        Example("arranged by a school: B, with all four conditions", MET, lambda: coded("B")),
        Example("B, and nobody said yet who supervises, on the day before the start", NOT_YET, lambda: coded("B", on=DAY_BEFORE, reviewed=(), code_supervised=None)),
        Example("B, and nobody said who supervises, on the day of the start", BREACHED, lambda: coded("B", on=date(2026, 1, 6), reviewed=(), code_supervised=None)),
        Example("B, and nobody supervises, five weeks before the start", BREACHED, lambda: coded("B", on=date(2025, 12, 2), reviewed=(), code_supervised=False)),
        Example("K where a school arranges it, five weeks before the start", BREACHED, lambda: coded("K", on=date(2025, 12, 2), reviewed=())),
        Example("W, with all four conditions", MET, lambda: coded("W")),
        Example("arranged by a school: K", BREACHED, lambda: coded("K")),
        Example("arranged by a school, with an EHC plan and top-up funding: B", MET, lambda: coded("B", pupil=PUPIL | {"ehcp": "2025-09-01"}, top_up=True)),
        Example("arranged by a school, with an EHC plan and top-up funding: K", BREACHED, lambda: coded("K", pupil=PUPIL | {"ehcp": "2025-09-01"}, top_up=True)),
        Example("commissioned by an authority: K", MET, lambda: coded("K", commissioner=COUNCIL)),
        Example("under section 19: B", BREACHED, lambda: coded("B", route="section-19")),
        Example("under section 19: K", MET, lambda: coded("K", route="section-19")),
        Example("registered at the other school as well: D", MET, lambda: coded("D", provider=SCHOOL, dual_registered="2026-01-06")),
        Example("registered there as well, under section 19: K", BREACHED, lambda: coded("K", provider=SCHOOL, dual_registered="2026-01-06", route="section-19")),
        Example("registered there as well, but only from tomorrow: B", MET, lambda: coded("B", provider=SCHOOL, dual_registered="2026-03-03")),
        Example("online, arranged by a school: B with all four conditions", BREACHED, lambda: coded("B", provider=ONLINE)),
        Example("online, under section 19: K", BREACHED, lambda: coded("K", provider=ONLINE, route="section-19")),
        Example("online: the absence code that fits", MET, lambda: coded("absence", provider=ONLINE)),
        Example("online, and too ill for school: I", MET, lambda: coded("I", provider=ONLINE, route="section-19")),
        Example("with a provider that teaches in rooms of its own: the absence code", BREACHED, lambda: coded("absence")),
        Example("an absence code with a tutor there, and nobody recorded who arranges it", BREACHED, lambda: arranged_by_nobody("absence")),
        Example("B, and nobody recorded who arranges it", CANNOT_TELL, lambda: arranged_by_nobody("B")),
        Example("K, and nobody recorded who arranges it", CANNOT_TELL, lambda: arranged_by_nobody("K")),
        Example("no code is recorded", CANNOT_TELL, lambda: coded(None)),
        Example("taken off the home school's register today", NOT_APPLICABLE, lambda: coded(None, removed_from_roll="2026-03-02")),
        Example("off the old roll, and registered at the pupil referral unit alone", NOT_APPLICABLE, lambda: coded(None, provider=SCHOOL, pupil=PUPIL | {"home_school": SCHOOL["name"]}, route="permanent-exclusion", commissioner=COUNCIL)),
        Example("on no school's roll", NOT_APPLICABLE, lambda: coded(None, pupil=PUPIL | {"home_school": "none"})),
        Example("taken off the register only from tomorrow", CANNOT_TELL, lambda: coded(None, removed_from_roll="2026-03-03")),
        Example("in the school itself", NOT_APPLICABLE, lambda: coded(None, tier="1b", place="school")),
    ),
    "AP602": (
        Example("registered there from the first day", MET, lambda: placement_case(provider=SCHOOL, dual_registered="2026-01-06")),
        Example("registered there from the day after", BREACHED, lambda: placement_case(provider=SCHOOL, dual_registered="2026-01-07")),
        Example("nobody recorded it", CANNOT_TELL, lambda: placement_case(provider=SCHOOL)),
        Example("not a school", NOT_APPLICABLE, placement_case),
        Example("recorded as no school, and registered as one, from the day after", BREACHED, lambda: placement_case(provider=SCHOOL | {"kind": "non-school", "registered": "2026-01-06"}, dual_registered="2026-01-07")),
        Example("registered as one from the day of the start, asked before it", BREACHED, lambda: placement_case(on=DAY_BEFORE, reviewed=(), provider=SCHOOL | {"kind": "independent", "registered": "2026-01-06"}, dual_registered="2026-01-07")),
        Example("registered as one from the day after the start, asked before it", NOT_APPLICABLE, lambda: placement_case(on=DAY_BEFORE, reviewed=(), provider=SCHOOL | {"kind": "independent", "registered": "2026-01-07"}, dual_registered="2026-01-07")),
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
        Example("an entry of contact that day that says nothing, on the day after", BREACHED, lambda: marked("2026-03-02 am N", on=date(2026, 3, 3), happened=[("contact", {"day": "2026-03-02"})])),
        Example("nobody asked, and term dates are unknown", BREACHED, lambda: marked("2026-09-14 am N", starts="2026-09-07", ends="2026-12-18", review_date=None, reviewed=(), on=date(2026, 9, 24))),
        Example("asked that day, where term dates are unknown, on the day after the estimate", CANNOT_TELL, lambda: marked("2026-09-14 am N", starts="2026-09-07", ends="2026-12-18", review_date=None, reviewed=(), on=date(2026, 9, 22), happened=[("contact", ASKED | {"day": "2026-09-14"})])),
        Example("it has become O, and somebody asked that day", MET, lambda: marked("2026-03-02 am O", on=date(2026, 3, 10), happened=[("contact", ASKED)])),
        Example("it has become O, and nobody asked", BREACHED, lambda: marked("2026-03-02 am O", on=date(2026, 3, 10))),
        Example("the placement ended on the next day, and it is N still", BREACHED, lambda: marked("2026-03-02 am N", ended=ENDED_NEXT_DAY, on=date(2026, 3, 10), happened=[("contact", ASKED)])),
        Example("the placement ended on the next day, and it has become O, though nobody asked", MET, lambda: marked("2026-03-02 am O", ended=ENDED_NEXT_DAY, on=date(2026, 3, 10))),
        Example("a year after the placement ended it is N still", BREACHED, lambda: marked("2026-03-02 am N", ended=ENDED_NEXT_DAY, on=date(2027, 3, 3))),
        Example("the same, a day later", NOT_APPLICABLE, lambda: marked("2026-03-02 am N", ended=ENDED_NEXT_DAY, on=date(2027, 3, 4))),
    ),
    "AP605": (
        Example("two sessions running missed", MET, lambda: marked("2026-02-24 am B, 2026-02-25 am I, 2026-02-25 pm I")),
        Example("three sessions running missed", BREACHED, lambda: marked("2026-02-24 am B, 2026-02-25 am I, 2026-02-25 pm I, 2026-02-26 am I")),
        Example("81 %, where it was 90 % before", MET, lambda: marked(attended(81, 19), happened=BASELINE)),
        Example("80 %, where it was 90 % before", BREACHED, lambda: marked(attended(80, 20), happened=BASELINE)),
        Example("90 %, and nobody recorded what it was before", CANNOT_TELL, lambda: marked(attended(90, 10))),
        Example("91 %, and nobody recorded what it was before", MET, lambda: marked(attended(91, 9))),
        Example("80 % of nine sessions or fewer says nothing yet", MET, lambda: marked(attended(4, 1), happened=BASELINE)),
        Example("sessions that an agreed timetable leaves out are not missed", MET, lambda: marked("2026-02-24 am B, 2026-02-25 am C2, 2026-02-25 pm C2, 2026-02-26 am C2")),
        Example("no mark yet", NOT_APPLICABLE, lambda: marked("")),
    ),
    "AP606": (
        Example("B at the provider", MET, lambda: marked(WEEK, at_home="fri")),
        Example("B at home", BREACHED, lambda: marked("2026-02-27 am B", at_home="fri")),
        Example("present at home", BREACHED, lambda: marked("2026-02-27 am /", at_home="fri", at_school="none")),
        Example("K at home, with a tutor there", MET, lambda: marked("2026-02-26 am K", at_home="mon-thu", place="home", route="section-19")),
        Example("K at home, on a day without the tutor", BREACHED, lambda: marked("2026-02-27 am K", at_home="thu-fri", place="home", route="section-19")),
        Example("ill at home", NOT_APPLICABLE, lambda: marked("2026-02-27 am I", at_home="fri")),
        Example("B all week, with a provider that teaches online", BREACHED, lambda: marked(WEEK, provider=ONLINE)),
        Example("B online, with a school that says who supervises", BREACHED, lambda: marked(WEEK, provider=ONLINE, code_supervised=True)),
        Example("K online, under section 19", BREACHED, lambda: marked("2026-02-23 am K", provider=ONLINE, route="section-19")),
        Example("late online, in a session that the provider has", BREACHED, lambda: marked("2026-02-23 am L", provider=ONLINE)),
        Example("present in school, on the day that is not online", MET, lambda: marked("2026-02-27 am /", provider=ONLINE)),
        Example("present, and nobody recorded which sessions are online", CANNOT_TELL, lambda: marked("2026-02-26 am /", provider=ONLINE, at_provider=None)),
        Example("B, and nobody recorded which sessions are online", BREACHED, lambda: marked("2026-02-26 am B", provider=ONLINE, at_provider=None)),
        Example("B at home, and nobody recorded which sessions are at the provider", BREACHED, lambda: marked("2026-02-27 am B", at_home="fri", at_provider=None)),
        Example("B at home on a day that is not online, with a provider that teaches online", BREACHED, lambda: marked("2026-02-27 am B", provider=ONLINE, at_home="fri", at_school="none")),
        Example("B on a day without a session, with a provider that teaches online", MET, lambda: marked("2026-02-27 am B", provider=ONLINE, at_school="none")),
        Example("present in a session that is in school, and at home", MET, lambda: marked("2026-02-27 am /", at_home="fri")),
        Example("present in school, in a session that the online provider has too", MET, lambda: marked("2026-02-27 am /", provider=ONLINE, at_provider="mon-fri")),
        Example("no session is marked as attended", NOT_APPLICABLE, lambda: marked("2026-02-27 am I")),
    ),
    "AP608": (
        Example("a pupil of 14 marked X", BREACHED, lambda: marked("2026-02-24 am X")),
        Example("X on the last Friday in June, the last day of compulsory school age", BREACHED, lambda: marked("2026-06-26 am X", pupil=SIXTEEN, on=date(2026, 7, 1))),
        Example("X on the Monday after it", MET, lambda: marked("2026-06-29 am X", pupil=SIXTEEN, on=date(2026, 7, 1))),
        Example("C2 on a Friday at home as agreed, on the last day agreed", MET, lambda: marked("2026-02-27 am C2", **AT_HOME)),
        Example("C2 on the day after the last day agreed", BREACHED, lambda: marked("2026-02-27 am C2", **AT_HOME | {"home_until": "2026-02-26"})),
        Example("C2 in a session that is not agreed", BREACHED, lambda: marked("2026-02-26 am C2", **AT_HOME)),
        Example("C2 on Fridays at a maintained school, and no agreement is recorded", BREACHED, lambda: marked("2026-02-27 am C2", at_home="fri", commissioner=MAINTAINED)),
        Example("B where a school arranges it", MET, lambda: marked(WEEK)),
        Example("B under section 19, by an authority", BREACHED, lambda: marked(WEEK, route="section-19", commissioner=COUNCIL)),
        Example("K under section 19, by an authority", MET, lambda: marked("2026-02-24 am K", route="section-19", commissioner=COUNCIL)),
        Example("K where a school arranges it", BREACHED, lambda: marked("2026-02-24 am K")),
        Example("D on the day from which the pupil is registered there", MET, lambda: marked("2026-02-24 am D", provider=SCHOOL, dual_registered="2026-02-24")),
        Example("D on the day before that", BREACHED, lambda: marked("2026-02-23 am D", provider=SCHOOL, dual_registered="2026-02-24")),
        Example("B on the day from which the pupil is registered there", BREACHED, lambda: marked("2026-02-24 am B", provider=SCHOOL, dual_registered="2026-02-24")),
        Example("K on the day from which the pupil is registered there, where the council arranges it", BREACHED, lambda: marked("2026-02-24 am K", provider=SCHOOL, dual_registered="2026-02-24", route="section-19", commissioner=COUNCIL)),
        Example("K on the day before that", MET, lambda: marked("2026-02-23 am K", provider=SCHOOL, dual_registered="2026-02-24", route="section-19", commissioner=COUNCIL)),
        Example("D at a place that is no school", BREACHED, lambda: marked("2026-02-24 am D", dual_registered="2026-02-24")),
        Example("D at an independent school, registered from that day on", MET, lambda: marked("2026-02-24 am D", provider=INDEPENDENT, dual_registered="2026-02-24")),
        Example("D at an independent school that is not registered", BREACHED, lambda: marked("2026-02-24 am D", provider=INDEPENDENT | {"registered": "no"}, dual_registered="2026-02-24")),
        Example("D at a school, and nobody recorded since when the pupil is registered there", CANNOT_TELL, lambda: marked("2026-02-24 am D", provider=SCHOOL)),
        Example("E in the education of a permanently excluded pupil", BREACHED, lambda: marked("2026-02-24 am E", route="permanent-exclusion", commissioner=COUNCIL)),
        Example("E on the sixth school day after a permanent exclusion, in such education", BREACHED, lambda: marked("2026-02-23 am E", **EXCLUDED)),
        Example("E on the fifth", MET, lambda: marked("2026-02-13 am E", **EXCLUDED | {"at_provider": "mon-fri"})),
        Example("E on the sixth school day of a suspension", BREACHED, lambda: marked("2026-02-13 am E", **SUSPENDED)),
        Example("E on the fifth day of it", MET, lambda: marked("2026-02-12 am E", **SUSPENDED)),
        Example("E on the fifth school day of the placement, and no suspension is recorded", CANNOT_TELL, lambda: marked("2026-01-12 am E", **SUSPENDED | {"exclusions": ()})),
        Example("E on the sixth, and none is recorded", BREACHED, lambda: marked("2026-01-13 am E", **SUSPENDED | {"exclusions": ()})),
        Example("E on the day that such a pupil has no education", MET, lambda: marked("2026-02-27 am E", route="permanent-exclusion", commissioner=COUNCIL)),
        Example("E of a pupil who is suspended during an off-site direction", MET, lambda: marked("2026-02-24 am E")),
        Example("B online is a matter of AP606 alone", MET, lambda: marked(WEEK, provider=ONLINE, route="section-19", commissioner=COUNCIL)),
        Example("K online is a matter of AP606 alone", MET, lambda: marked("2026-02-24 am K", provider=ONLINE)),
        Example("K on the day on which the pupil was taken off the home school's register", NOT_APPLICABLE, lambda: marked("2026-01-20 am K", provider=SCHOOL, dual_registered="2026-01-06", removed_from_roll="2026-01-20", removal_ground="permanently-excluded")),
        Example("K on the day before", BREACHED, lambda: marked("2026-01-19 am K", provider=SCHOOL, dual_registered="2026-01-06", removed_from_roll="2026-01-20", removal_ground="permanently-excluded")),
        Example("B of a pupil on no school's register", NOT_APPLICABLE, lambda: marked("2026-02-24 am B", route="section-19", pupil=PUPIL | {"home_school": "none"})),
        Example("no code that the record can contradict", NOT_APPLICABLE, lambda: marked("2026-02-24 am I")),
    ),
}  # fmt: skip
