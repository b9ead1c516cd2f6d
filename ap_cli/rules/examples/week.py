"""Examples of AP4: whether the child's week is full."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...domain.commissioner import CommissionerKind
from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import DAY_BEFORE, PROVIDER, PUPIL, Answers, Example, another, placement_case

COUNCIL = CommissionerKind.LOCAL_AUTHORITY
MAINTAINED = CommissionerKind.MAINTAINED_SCHOOL
WELL: Answers = PUPIL | {"ebsa": "no", "medical": "no"}
AGREED: Answers = {
    "home_reported": "2025-12-15",
    "home_agreed": True,
    "home_until": "2026-03-02",
    "home_checked_by": "T. Sample",
}


def week(
    there: str | None = "mon-thu",
    school: str | None = "fri",
    *,
    pupil: Answers = WELL,
    **changed: Any,
) -> PlacementCase:
    """A placement with these sessions at the provider and at school."""
    return placement_case(pupil=pupil, at_provider=there, at_school=school, **changed)


PART_TIME: Answers = {
    "full_time_from": "2026-04-13",
    "part_time_reason": "phased-return",
    "part_time_review": "2026-03-02",
}
ILL: Answers = WELL | {"medical": "2025-09-01"}


def part_time(**changed: Any) -> PlacementCase:
    """A placement of eight sessions, with a plan to be full time again."""
    return week("mon-wed", **PART_TIME | changed)


def at_home(**changed: Any) -> PlacementCase:
    """The same, with a day at home, as it is agreed."""
    return part_time(at_home="thu", **AGREED | changed)


def of_the_council(**changed: Any) -> PlacementCase:
    """A week of three days that the council arranges under section 19."""
    changes = {"route": "section-19", "commissioner": COUNCIL} | changed
    return week("mon-wed", "none", **changes)


SECTION_19: Answers = {"route": "section-19", "commissioner": COUNCIL}


def tutored(extent: str | None, kind: str = "one-to-one", **changed: Any) -> PlacementCase:
    """A week of two days at home with a tutor."""
    tutor = PROVIDER | {"kind": kind}
    return week("mon-tue", "none", provider=tutor, place="home", extent=extent, **changed)


TUTOR: Answers = PROVIDER | {"kind": "one-to-one"}
ANOTHER = another("fri")
HALF = another("fri am")

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP417": (
        Example(
            "the fifth day at school, by another placement",
            MET,
            lambda: week(school="none", others=another("none", at_school="fri")),
        ),
        Example(
            "the fifth day somewhere else, by another placement",
            MET,
            lambda: week(school="none", others=another("none", elsewhere="fri am")),
        ),
        Example("four days there and one at school", MET, week),
        Example("four days there and half a day at school", MET, lambda: week(school="fri am")),
        Example("four days there and none at school", BREACHED, lambda: week(school="none")),
        Example(
            "the fifth day at another placement", MET, lambda: week(school="none", others=ANOTHER)
        ),
        Example("the fifth day elsewhere", MET, lambda: week(school="none", elsewhere="fri")),
        Example("the fifth day at home", BREACHED, lambda: week(school="none", at_home="fri")),
        Example(
            "four days, and the child avoids school for emotional reasons",
            NOT_APPLICABLE,
            lambda: week(school="none", pupil=WELL | {"ebsa": "2025-09-01"}),
        ),
        Example(
            "four days, with a medical condition",
            NOT_APPLICABLE,
            lambda: week(school="none", pupil=WELL | {"medical": "2025-09-01"}),
        ),
        Example(
            "four days, and nobody asked whether anything excuses it",
            CANNOT_TELL,
            lambda: week(school="none", pupil=PUPIL),
        ),
        Example(
            "four days, on the day before the start",
            NOT_YET,
            lambda: week(school="none", on=DAY_BEFORE, reviewed=()),
        ),
        Example(
            "the sessions there are not recorded: AP427 asks for them",
            NOT_APPLICABLE,
            lambda: week(None),
        ),
        Example("in the school", NOT_APPLICABLE, lambda: week(None, tier="1b", place="school")),
    ),
    "AP427": (
        Example(
            "the last session somewhere else, by another placement",
            MET,
            lambda: week(school="fri am", others=another("none", elsewhere="fri pm")),
        ),
        Example("ten sessions", MET, week),
        Example("nine sessions", BREACHED, lambda: week(school="fri am")),
        Example(
            "nine sessions, with as many hours as the school's own week",
            MET,
            lambda: week(school="fri am", school_week_hours="15", school_hours="3"),
        ),
        Example(
            "nine sessions, with a minute less",
            BREACHED,
            lambda: week(school="fri am", school_week_hours="15", school_hours="2:59"),
        ),
        Example(
            "the tenth session at another placement",
            MET,
            lambda: week(school="fri pm", others=HALF),
        ),
        Example("the rest at home", BREACHED, lambda: week(school="none", at_home="fri")),
        Example(
            "nine sessions, and the child avoids school for emotional reasons",
            BREACHED,
            lambda: week(school="fri am", pupil=WELL | {"ebsa": "2025-09-01"}),
        ),
        Example(
            "nine sessions, with a medical condition",
            NOT_APPLICABLE,
            lambda: week(school="fri am", pupil=WELL | {"medical": "2025-09-01"}),
        ),
        Example(
            "nine sessions, with a medical condition that is over",
            BREACHED,
            lambda: week(
                school="fri am",
                pupil=WELL | {"medical": "2025-09-01", "medical_ended": "2026-03-01"},
            ),
        ),
        Example(
            "nine sessions, and nobody asked about a medical condition",
            CANNOT_TELL,
            lambda: week(school="fri am", pupil=PUPIL),
        ),
        Example(
            "the sessions there are not recorded, on the day before the start",
            NOT_YET,
            lambda: week(None, on=DAY_BEFORE, reviewed=()),
        ),
        Example(
            "nine sessions and 25 hours, and nobody said how long the school's own week is",
            CANNOT_TELL,
            lambda: week("mon-thu, fri am", "none", hours="25", **SECTION_19),
        ),
        Example(
            "nine sessions and 17 hours 59 minutes, whatever the school's own week is",
            BREACHED,
            lambda: week("mon-thu, fri am", "none", hours="17:59", **SECTION_19),
        ),
        Example(
            "ten sessions and 18 hours",
            MET,
            lambda: week("mon-fri", "none", hours="18", **SECTION_19),
        ),
        Example(
            "ten sessions and 5 hours",
            BREACHED,
            lambda: week("mon-fri", "none", hours="5", **SECTION_19),
        ),
        Example(
            "which sessions are at school is not recorded, with a medical condition",
            NOT_APPLICABLE,
            lambda: week(school=None, pupil=ILL),
        ),
        Example(
            "which sessions are at school is not recorded, nor whether the pupil is ill",
            BREACHED,
            lambda: week(school=None, pupil=PUPIL),
        ),
        Example("ten sessions, with a medical condition", MET, lambda: week(pupil=ILL)),
        Example("ten sessions, in the school", MET, lambda: week(tier="1b", place="school")),
        Example(
            "nine sessions, in the school",
            BREACHED,
            lambda: week(school="fri am", tier="1b", place="school"),
        ),
        Example(
            "three days by the council under section 19, with no reason of health",
            BREACHED,
            of_the_council,
        ),
        Example(
            "the hours of one session at school not said, and the longest make the school's own week",
            CANNOT_TELL,
            lambda: week(school="fri am", hours="21", school_week_hours="25"),
        ),
        Example(
            "the same, where the longest are a minute less than that week",
            BREACHED,
            lambda: week(school="fri am", hours="20:59", school_week_hours="25"),
        ),
        Example(
            "nine sessions, the hours at school said, and one of them somewhere else for hours that nobody said",
            CANNOT_TELL,
            lambda: week(
                "mon-wed",
                "thu",
                elsewhere="fri am",
                hours="15",
                school_hours="6",
                school_week_hours="25",
            ),
        ),
        Example(
            "nine sessions, one of them somewhere else for hours that nobody said",
            CANNOT_TELL,
            lambda: week(school="none", elsewhere="fri am", hours="21", school_week_hours="25"),
        ),
        Example(
            "nine sessions, and with three hours somewhere else the school's own week",
            MET,
            lambda: week(
                school="none",
                elsewhere="fri am",
                hours="22",
                elsewhere_hours="3",
                school_week_hours="25",
            ),
        ),
        Example(
            "nine sessions, and with a minute less somewhere else",
            BREACHED,
            lambda: week(
                school="none",
                elsewhere="fri am",
                hours="22",
                elsewhere_hours="2:59",
                school_week_hours="25",
            ),
        ),
        Example(
            "ten sessions, and 18 hours with the longest that there can be at school",
            MET,
            lambda: week(hours="10"),
        ),
        Example(
            "ten sessions, and a minute less with the longest that there can be at school",
            BREACHED,
            lambda: week(hours="9:59"),
        ),
        Example(
            "ten sessions, and a minute under 18 hours with the hours said at school",
            BREACHED,
            lambda: week(hours="12", school_hours="5:59"),
        ),
        Example(
            "ten sessions with a tutor alone, and nobody said whether it is full time",
            MET,
            lambda: week("mon-fri", "none", hours="25", provider=TUTOR, extent=None),
        ),
        Example(
            "two days with a tutor alone, away from home, and you have not said",
            CANNOT_TELL,
            lambda: week("mon-tue", "none", provider=TUTOR, extent=None),
        ),
        Example(
            "two days with a tutor alone, which you call full time",
            MET,
            lambda: tutored("full-time"),
        ),
        Example(
            "two days with a tutor alone, which you call part time",
            BREACHED,
            lambda: tutored("part-time"),
        ),
        Example(
            "two days with a tutor alone, and you have not said", CANNOT_TELL, lambda: tutored(None)
        ),
        Example(
            "two days at home with a tutor of a provider, and you have not said",
            CANNOT_TELL,
            lambda: tutored(None, "non-school"),
        ),
        Example(
            "three days by the council, in a long illness",
            NOT_APPLICABLE,
            lambda: of_the_council(pupil=ILL),
        ),
    ),
    "AP428": (
        Example(
            "the last session somewhere else, by another placement",
            MET,
            lambda: week(school="fri am", others=another("none", elsewhere="fri pm")),
        ),
        Example("with a tutor alone, two of five days", BREACHED, lambda: tutored("full-time")),
        Example("four days there and one at school", MET, week),
        Example("half a day without a place", BREACHED, lambda: week(school="fri am")),
        Example(
            "half a day without a place, on the day before the start",
            NOT_YET,
            lambda: week(school="fri am", on=DAY_BEFORE, reviewed=()),
        ),
        Example("the fifth day at home", MET, lambda: week(school="none", at_home="fri")),
        Example(
            "the last half day at another placement",
            MET,
            lambda: week(school="fri pm", others=HALF),
        ),
        Example(
            "a school's own week of nine sessions",
            MET,
            lambda: week(school="fri am", school_week_hours="15", school_hours="3"),
        ),
        Example(
            "a whole day without a place, with more hours than the school's own week",
            BREACHED,
            lambda: week(school="none", hours="26", school_week_hours="25"),
        ),
        Example(
            "the sessions there are not recorded: AP427 asks for them",
            NOT_APPLICABLE,
            lambda: week(None),
        ),
        Example(
            "in the school",
            NOT_APPLICABLE,
            lambda: week(school="fri am", tier="1b", place="school"),
        ),
    ),
    "AP418": (
        Example("eight sessions, full time from a day", MET, part_time),
        Example(
            "the day has come, and the week is part time still",
            BREACHED,
            lambda: part_time(on=date(2026, 4, 13), ends="2026-07-10"),
        ),
        Example(
            "the day is tomorrow",
            MET,
            lambda: part_time(
                on=date(2026, 4, 12), ends="2026-07-10", part_time_review="2026-04-12"
            ),
        ),
        Example("no day is recorded", BREACHED, lambda: part_time(full_time_from=None)),
        Example(
            "no day is recorded, on the day before the start",
            NOT_YET,
            lambda: part_time(full_time_from=None, on=DAY_BEFORE, reviewed=()),
        ),
        Example(
            "the day has come, and in a long illness the review to come stands for it",
            MET,
            lambda: part_time(
                full_time_from="2026-02-23",
                part_time_reason="health",
                part_time_review="2026-04-01",
                pupil=ILL,
            ),
        ),
        Example(
            "the day has come, and so has the review in a long illness",
            BREACHED,
            lambda: part_time(
                full_time_from="2026-02-23",
                part_time_reason="health",
                part_time_review="2026-03-01",
                pupil=ILL,
            ),
        ),
        Example(
            "no day is recorded, for health, and nobody asked whether the illness is long",
            CANNOT_TELL,
            lambda: part_time(full_time_from=None, part_time_reason="health", pupil=PUPIL),
        ),
        Example(
            "no day is recorded, for another reason, and nobody asked whether the pupil is ill",
            BREACHED,
            lambda: part_time(full_time_from=None, pupil=PUPIL),
        ),
        Example(
            "before the start, with a review before it",
            NOT_YET,
            lambda: part_time(part_time_review="2026-01-05", on=DAY_BEFORE, reviewed=()),
        ),
        Example("no reason is recorded", BREACHED, lambda: part_time(part_time_reason=None)),
        Example("it is for behaviour", BREACHED, lambda: part_time(part_time_reason="behaviour")),
        Example(
            "it is to be for behaviour, five weeks before the start",
            BREACHED,
            lambda: part_time(part_time_reason="behaviour", on=date(2025, 12, 2), reviewed=()),
        ),
        Example(
            "the review with pupil and parents was due yesterday",
            BREACHED,
            lambda: part_time(part_time_review="2026-03-01"),
        ),
        Example("no such review is planned", BREACHED, lambda: part_time(part_time_review=None)),
        Example(
            "in a long illness, with a review and no end",
            MET,
            lambda: part_time(pupil=ILL, full_time_from=None, part_time_reason="health"),
        ),
        Example(
            "in a long illness, with no review and no end",
            BREACHED,
            lambda: part_time(pupil=ILL, full_time_from=None, part_time_review=None),
        ),
        Example(
            "nobody asked about an illness, and there is no end",
            BREACHED,
            lambda: part_time(pupil=PUPIL, full_time_from=None),
        ),
        Example(
            "the same in the school",
            BREACHED,
            lambda: part_time(full_time_from=None, tier="1b", place="school"),
        ),
        Example(
            "in a long illness, a day for full time has gone by, and a review is to come",
            MET,
            lambda: part_time(
                pupil=ILL,
                full_time_from="2026-02-23",
                part_time_reason="health",
                part_time_review="2026-04-01",
            ),
        ),
        Example(
            "for reasons of health with no end, and nobody asked about an illness",
            CANNOT_TELL,
            lambda: part_time(pupil=PUPIL, full_time_from=None, part_time_reason="health"),
        ),
        Example(
            "a minute under 18 hours, not called part time, and no day to be full time",
            BREACHED,
            lambda: part_time(extent=None, school_hours="5:59", full_time_from=None),
        ),
        Example(
            "18 hours, not called part time, and nobody said how long the school's own week is",
            CANNOT_TELL,
            lambda: part_time(extent=None, school_hours="6", full_time_from=None),
        ),
        Example(
            "which sessions is not recorded, with a day at home and nothing planned",
            BREACHED,
            lambda: week(None, extent=None, at_home="thu"),
        ),
        Example(
            "two days with a tutor alone, which you call full time",
            NOT_APPLICABLE,
            lambda: tutored("full-time"),
        ),
        Example(
            "the day is today, and the review is to come",
            BREACHED,
            lambda: part_time(full_time_from="2026-03-02", part_time_review="2026-04-01"),
        ),
        Example(
            "for reasons of health with no end and no review, and nobody asked about an illness",
            BREACHED,
            lambda: part_time(
                pupil=PUPIL, full_time_from=None, part_time_review=None, part_time_reason="health"
            ),
        ),
        Example("a full week", NOT_APPLICABLE, week),
        Example(
            "which sessions is not recorded, and you call the week part time",
            BREACHED,
            lambda: week(None),
        ),
        Example(
            "neither the sessions nor whether it is part time is recorded: AP427 asks",
            NOT_APPLICABLE,
            lambda: week(None, extent=None),
        ),
    ),
    "AP419": (
        Example("reported, agreed, until today, and somebody checks", MET, at_home),
        Example("it was to end yesterday", BREACHED, lambda: at_home(on=date(2026, 3, 3))),
        Example("the parents did not agree", BREACHED, lambda: at_home(home_agreed=False)),
        Example("nobody checks on the child", BREACHED, lambda: at_home(home_checked_by=None)),
        Example(
            "not reported, on the day before the start",
            NOT_YET,
            lambda: at_home(home_reported=None, on=DAY_BEFORE, reviewed=()),
        ),
        Example(
            "before the start, agreed until a day before it",
            NOT_YET,
            lambda: at_home(home_until="2026-01-05", on=date(2025, 12, 20), reviewed=()),
        ),
        Example(
            "before the start, agreed until the day of it",
            MET,
            lambda: at_home(home_until="2026-01-06", on=date(2025, 12, 20), reviewed=()),
        ),
        Example("a part-time week with nothing at home", NOT_APPLICABLE, part_time),
        Example(
            "nothing agreed in a long illness",
            BREACHED,
            lambda: part_time(at_home="thu", pupil=ILL),
        ),
        Example(
            "two days at home each week, nothing agreed and no end",
            BREACHED,
            lambda: week("mon-tue", at_home="wed-thu"),
        ),
        Example(
            "no end",
            BREACHED,
            lambda: at_home(home_until=None),
        ),
        Example(
            "the council arranges it, and need not be told",
            MET,
            lambda: at_home(home_reported=None, route="section-19", commissioner=COUNCIL),
        ),
        Example(
            "C2 on Fridays at a maintained school, and no agreement is recorded",
            BREACHED,
            lambda: week("mon-thu", "none", marks="2026-02-27 am C2", commissioner=MAINTAINED),
        ),
        Example(
            "C2 on the last day agreed, and a full week since",
            MET,
            lambda: week(
                at_home="thu", marks="2026-02-12 am C2", **AGREED | {"home_until": "2026-02-12"}
            ),
        ),
        Example(
            "C2 on the day after the last day agreed, and a full week since",
            BREACHED,
            lambda: week(
                at_home="thu", marks="2026-02-12 am C2", **AGREED | {"home_until": "2026-02-11"}
            ),
        ),
        Example(
            "the provider teaches in the sessions at home",
            NOT_APPLICABLE,
            lambda: part_time(at_home="wed"),
        ),
        Example(
            "provider and school teach in all the sessions at home, and in no other",
            NOT_APPLICABLE,
            lambda: part_time(at_home="mon-wed, fri"),
        ),
        Example(
            "a part-time week with code B planned, and nothing at home",
            NOT_APPLICABLE,
            lambda: part_time(code="B"),
        ),
        Example(
            "three days at home with a tutor on the others, which you call full time",
            NOT_APPLICABLE,
            lambda: tutored("full-time", at_home="wed-fri"),
        ),
        Example(
            "the same, and you have not said whether it is full time: nothing is agreed",
            BREACHED,
            lambda: tutored(None, at_home="wed-fri"),
        ),
        Example(
            "C2 is planned, and the time at home is agreed but in no session",
            BREACHED,
            lambda: week(code="C2", at_home="none", **AGREED),
        ),
        Example("C2 is planned, and nothing is agreed", BREACHED, lambda: week(code="C2")),
    ),
}
