"""Examples of AP1: the child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ...domain.options import Extent
from ...forms.facts import Fact, Unknown
from ..cases.placement import PlacementCase
from ..cases.pupil import PupilCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import (
    DAY,
    DAY_BEFORE,
    PUPIL,
    YEAR_11,
    Answers,
    Example,
    excluded_case,
    placement_case,
    routed,
)


def tried_on(day: str) -> tuple[tuple[str, Answers], ...]:
    """What comes before a placement, all tried on a day."""
    wanted = ("graduated-approach", "tier-1-support", "inclusion-service")
    return tuple(("advice", {"day": day, "approach": each, "tried": True}) for each in wanted)


TRIED = tried_on("2025-12-01")
SUSPENDED: Answers = {"day": "2026-02-06", "permanent": False, "until": "2026-02-27"}
EXCLUDED: Answers = {"day": "2026-02-06", "permanent": True}
UNCOVERED: Answers = {"day": "2026-09-14", "permanent": True}
"""An exclusion in a school year whose term dates are not known."""
LATER = date(2026, 11, 28)
OPEN_ENDED: Answers = {"day": "2026-02-06", "permanent": False}
INSTEAD: Answers = {"not_from_day_one": "no place for a week", "work_set": True}
DETAILS: Answers = dict.fromkeys(("start_day", "daily_hours", "address", "report_to"), True)
UNSAID: Fact[Extent] = Unknown("placement.extent of PL-0001")
BOTH: Answers = {"day": "2026-02-06", "whom": ["virtual-school-head", "social-worker"]}
WORKER: Answers = {"day": "2026-02-06", "whom": ["social-worker"]}
REPORTED: Answers = {"day": "2026-02-20", "return_sent": "2026-02-20", "help_asked": "2026-02-20"}
REFUSED: Answers = {"day": "2025-12-01", "approach": "graduated-approach", "tried": False}


def in_care(*happened: Answers, **changed: Any) -> PupilCase:
    """A looked-after pupil with these exclusions."""
    return excluded_case(*happened, looked_after="2020-01-01", **changed)


def notified(exclusion: Answers, *notices: Answers, **changed: Any) -> PupilCase:
    """A pupil with an exclusion, whose parents had these notices of the education."""
    also = tuple(("education-notice", notice) for notice in notices)
    return excluded_case(exclusion, also=also, **changed)


def shared(
    *told: Answers, in_care: bool = True, happened: bool = True, **changed: Any
) -> PupilCase:
    """A pupil in care, or with a social worker, of whose exclusion others were told."""
    since = {"looked_after" if in_care else "social_worker": "2020-01-01"}
    also = tuple(("informed", each) for each in told)
    exclusions = (EXCLUDED,) if happened else ()
    return excluded_case(*exclusions, also=also, **({"next_pep": "2026-07-01"} | since | changed))


def ill(days: int, *told: Answers, code: str = "I", **changed: Any) -> PupilCase:
    """A pupil marked with a code on so many weekdays from 2 February 2026, both sessions."""
    first = date(2026, 2, 2)
    weekdays = [first + timedelta(days=at) for at in range(60)]
    marked = [day for day in weekdays if day.weekday() < 5][:days]
    marks = ", ".join(f"{day} {half} {code}" for day in marked for half in ("am", "pm"))
    also = tuple(("health-absence", each) for each in told)
    return excluded_case(also=also, marks=marks, **({"on": date(2026, 3, 20)} | changed))


def of_age(
    born: str, starts: str, route: str = "school-arranged", leaving_confirmed: str | None = None
) -> PlacementCase:
    """A placement that starts on a day, of a pupil born on another."""
    pupil = PUPIL | {"born": born, "leaving_confirmed": leaving_confirmed}
    return placement_case(pupil=pupil, starts=starts, route=route, ends=None, review_date=None)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP101": (
        Example("born 27 June 2010, it starts on 26 June 2026, the last day", MET, lambda: of_age("2010-06-27", "2026-06-26")),
        Example("born 27 June 2010, it starts on 27 June 2026, the day after", BREACHED, lambda: of_age("2010-06-27", "2026-06-27")),
        Example("born 6 January 2021, it starts on 31 March 2026, the first day", MET, lambda: of_age("2021-01-06", "2026-03-31")),
        Example("born 6 January 2021, it starts on 30 March 2026, the day before", BREACHED, lambda: of_age("2021-01-06", "2026-03-30")),
        Example("born 28 August 2009, it starts in September 2025", BREACHED, lambda: of_age("2009-08-28", "2025-09-01")),
        Example("the same, and the leaving date of June 2026 is confirmed", MET, lambda: of_age("2009-08-28", "2025-09-01", leaving_confirmed="2026-06-26")),
        Example("the same, and it starts on the day after that date", BREACHED, lambda: of_age("2009-08-28", "2026-06-27", leaving_confirmed="2026-06-26")),
        Example("born 15 August 2009, with a leaving date that nobody born then can have", BREACHED, lambda: of_age("2009-08-15", "2025-09-01", leaving_confirmed="2026-06-26")),
        Example("a pupil of 17 is directed off site", NOT_APPLICABLE, lambda: of_age("2009-06-27", "2026-09-14", route="off-site-direction")),
        Example("a pupil of 17 is suspended", NOT_APPLICABLE, lambda: of_age("2009-06-27", "2026-09-14", route="suspension")),
    ),
    "AP102": (
        Example("in year 11, until 1 April 2026, with a plan", MET, lambda: placement_case(pupil=YEAR_11, ends="2026-04-01", aim="post-16", post_16_plan=True)),
        Example("in year 11, until 1 April 2026, without one", BREACHED, lambda: placement_case(pupil=YEAR_11, ends="2026-04-01", aim="post-16")),
        Example("in year 11, until 31 March 2026, without one", NOT_APPLICABLE, lambda: placement_case(pupil=YEAR_11, ends="2026-03-31", aim="post-16")),
        Example("in year 11, and a recorded “no”", BREACHED, lambda: placement_case(pupil=YEAR_11, ends="2026-12-18", aim="post-16", post_16_plan=False)),
        Example("back to school before the last day", NOT_APPLICABLE, lambda: placement_case(pupil=YEAR_11, ends="2026-05-22")),
        Example("planned to 27 March, and it still runs on 1 May", BREACHED, lambda: placement_case(on=date(2026, 5, 1), pupil=YEAR_11, ends="2026-03-27", aim="post-16")),
        Example("the same, on the day of its planned end", NOT_APPLICABLE, lambda: placement_case(on=date(2026, 3, 27), pupil=YEAR_11, ends="2026-03-27", aim="post-16")),
        Example("planned to July, and it ended on 31 March", NOT_APPLICABLE, lambda: placement_case(on=date(2026, 4, 13), pupil=YEAR_11, ends="2026-07-10", aim="post-16", ended={"day": "2026-03-31", "destination": "home-school"})),
        Example("planned to July, and it ended on 1 April", BREACHED, lambda: placement_case(on=date(2026, 4, 13), pupil=YEAR_11, ends="2026-07-10", aim="post-16", ended={"day": "2026-04-01", "destination": "home-school"})),
        Example("no planned end, 365 days before the last day", BREACHED, lambda: placement_case(pupil=YEAR_11, on=date(2025, 6, 26), ends=None, review_date=None, reviewed=())),
        Example("no planned end, 366 days before the last day", NOT_APPLICABLE, lambda: placement_case(pupil=YEAR_11, on=date(2025, 6, 25), ends=None, review_date=None, reviewed=())),
    ),
    "AP103": (
        Example("over compulsory school age, on the day before the 18th birthday", MET, lambda: excluded_case(on=date(2028, 6, 26), born="2010-06-27")),
        Example("on the 18th birthday", NOT_APPLICABLE, lambda: excluded_case(on=date(2028, 6, 27), born="2010-06-27")),
        Example("on the last day of compulsory school age", NOT_APPLICABLE, lambda: excluded_case(on=date(2026, 6, 26), born="2010-06-27")),
        Example("on the day after it", MET, lambda: excluded_case(on=date(2026, 6, 27), born="2010-06-27")),
        Example("a level 3 qualification is attained", NOT_APPLICABLE, lambda: excluded_case(on=date(2027, 9, 1), born="2010-06-27", level_3="2027-08-20")),
        Example("born on 29 February 2008, on 28 February 2026", MET, lambda: excluded_case(on=date(2026, 2, 28), born="2008-02-29")),
        Example("born on 29 February 2008, on 1 March 2026", NOT_APPLICABLE, lambda: excluded_case(on=date(2026, 3, 1), born="2008-02-29")),
    ),
    "AP104": (
        Example("16 on 26 August 2025, the first day of the school year, and nothing is confirmed", BREACHED, lambda: excluded_case(born="2009-08-26")),
        Example("16 on 25 August 2025, the day before", NOT_APPLICABLE, lambda: excluded_case(born="2009-08-25")),
        Example("16 on 31 August 2025", BREACHED, lambda: excluded_case(born="2009-08-31")),
        Example("16 on 1 September 2025", NOT_APPLICABLE, lambda: excluded_case(born="2009-09-01")),
        Example("the later of the two dates is confirmed", MET, lambda: excluded_case(born="2009-08-26", leaving_confirmed="2026-06-26")),
        Example("another date is confirmed", BREACHED, lambda: excluded_case(born="2009-08-26", leaving_confirmed="2020-01-01")),
        Example("a date is confirmed", MET, lambda: excluded_case(born="2009-08-26", leaving_confirmed="2025-06-27")),
        Example("16 in a year whose term dates are not known", BREACHED, lambda: excluded_case(born="2012-08-28")),
    ),
    "AP109": (
        Example("looked after, educated from the first day of a suspension", MET, lambda: in_care(SUSPENDED, starts=("2026-02-06",))),
        Example("looked after, educated from its second day", BREACHED, lambda: in_care(SUSPENDED, starts=("2026-02-09",))),
        Example("looked after, educated from the school day after a permanent exclusion", MET, lambda: in_care(EXCLUDED, starts=("2026-02-09",))),
        Example("looked after, educated a day later", BREACHED, lambda: in_care(EXCLUDED, starts=("2026-02-10",))),
        Example("looked after, on the school day after a permanent exclusion", NOT_YET, lambda: in_care(EXCLUDED, on=date(2026, 2, 9))),
        Example("looked after, suspended for a day, with nothing", BREACHED, lambda: in_care(SUSPENDED | {"until": "2026-02-06"})),
        Example("looked after, suspended for five days, with nothing", BREACHED, lambda: in_care(SUSPENDED | {"until": "2026-02-12"})),
        Example("not possible for a reason, with work set and marked", MET, lambda: in_care(SUSPENDED | INSTEAD)),
        Example("not possible for a reason, with no work set", BREACHED, lambda: in_care(SUSPENDED | INSTEAD | {"work_set": False})),
        Example("with a social worker, and nothing", BREACHED, lambda: excluded_case(EXCLUDED, social_worker="2025-01-01")),
        Example("with a social worker only since the day after it began", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, social_worker="2026-02-07")),
        Example("neither looked after nor with a social worker", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED)),
        Example("whether looked after is not recorded", CANNOT_TELL, lambda: excluded_case(EXCLUDED, looked_after=None)),
        Example("whether there is a social worker is not recorded", CANNOT_TELL, lambda: excluded_case(EXCLUDED, social_worker=None)),
        Example("no term dates cover it, and it is educated from the first day that can be day one", MET, lambda: in_care(UNCOVERED, on=LATER, starts=("2026-09-15",))),
        Example("no term dates cover it, and it is educated from a day later", CANNOT_TELL, lambda: in_care(UNCOVERED, on=LATER, starts=("2026-09-16",))),
        Example("no term dates cover it, with nothing, on the latest day that can be day one", CANNOT_TELL, lambda: in_care(UNCOVERED, on=date(2026, 9, 22))),
        Example("no term dates cover it, with nothing, on the day after that", BREACHED, lambda: in_care(UNCOVERED, on=date(2026, 9, 23))),
        Example("whether looked after is not recorded, and educated from day one", MET, lambda: excluded_case(EXCLUDED, looked_after=None, starts=("2026-02-09",))),
        Example("a reason and work recorded with the first of two suspensions that follow on", MET, lambda: in_care(SUSPENDED | INSTEAD | {"until": "2026-02-12"}, SUSPENDED | {"day": "2026-02-13"})),
        Example("aged 17, looked after", NOT_APPLICABLE, lambda: in_care(EXCLUDED, born="2008-06-01")),
        Example("looked after, and on another school's roll from the day after", MET, lambda: in_care(EXCLUDED | {"on_roll_since": "2026-02-09"})),
        Example("looked after, and on another school's roll from the day after that", BREACHED, lambda: in_care(EXCLUDED | {"on_roll_since": "2026-02-10"})),
        Example("at an independent school", NOT_APPLICABLE, lambda: in_care(EXCLUDED, school_is_independent=True)),
        Example("never excluded", NOT_APPLICABLE, excluded_case),
    ),
    "AP105": (
        Example("an off-site direction", MET, placement_case),
        Example("home education, in a row from elsewhere", BREACHED, lambda: routed("home-education")),
        Example("EOTAS, in a row from elsewhere", BREACHED, lambda: routed("eotas")),
    ),
    "AP108": (
        Example("suspended from Friday 6 February 2026 until 27 February, educated from Friday 13 February", MET, lambda: excluded_case(SUSPENDED, starts=("2026-02-13",))),
        Example("the same, from Monday 23 February", BREACHED, lambda: excluded_case(SUSPENDED, starts=("2026-02-23",))),
        Example("permanently excluded on Friday 6 February, educated from Monday 23 February", MET, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",))),
        Example("the same, from Tuesday 24 February", BREACHED, lambda: excluded_case(EXCLUDED, starts=("2026-02-24",))),
        Example("permanently excluded on Monday 9 February, educated from Tuesday 24 February", MET, lambda: excluded_case(EXCLUDED | {"day": "2026-02-09"}, starts=("2026-02-24",))),
        Example("suspended from Monday 9 February until 27 February, educated from Monday 23 February", MET, lambda: excluded_case(SUSPENDED | {"day": "2026-02-09"}, starts=("2026-02-23",))),
        Example("no education yet, on the sixth school day", NOT_YET, lambda: excluded_case(EXCLUDED, on=date(2026, 2, 23))),
        Example("no education yet, on the day after", BREACHED, lambda: excluded_case(EXCLUDED, on=date(2026, 2, 24))),
        Example("suspended for five school days", NOT_APPLICABLE, lambda: excluded_case(SUSPENDED | {"until": "2026-02-12"})),
        Example("suspended for five school days, and on the next for another", BREACHED, lambda: excluded_case(SUSPENDED | {"until": "2026-02-12"}, SUSPENDED | {"day": "2026-02-13"})),
        Example("suspended for five school days, and a school day later for two", NOT_APPLICABLE, lambda: excluded_case(SUSPENDED | {"until": "2026-02-11"}, SUSPENDED | {"day": "2026-02-13", "until": "2026-02-23"})),
        Example("in year 11, and all examinations were taken", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED | {"examinations_taken": True}, born="2010-06-27")),
        Example("in year 10, whatever examinations were taken", BREACHED, lambda: excluded_case(EXCLUDED | {"examinations_taken": True})),
        Example("an EHC plan fixes fewer hours, which are given", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED | {"fewer_hours": True}, starts=("2026-02-23",), minutes=600, ehcp="yes")),
        Example("an EHC plan is said to fix fewer hours, and none are given", BREACHED, lambda: excluded_case(EXCLUDED | {"fewer_hours": True}, ehcp="yes")),
        Example("a later suspension of a day changes nothing", BREACHED, lambda: excluded_case(EXCLUDED, SUSPENDED | {"day": "2026-02-26", "until": "2026-02-26"})),
        Example("a placement that began before goes on", MET, lambda: excluded_case(EXCLUDED, starts=("2026-01-06",))),
        Example("no longer of compulsory school age", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, born="2009-06-01")),
        Example("past the usual leaving date, and the one a year later is confirmed", BREACHED, lambda: excluded_case(EXCLUDED, born="2009-08-28", leaving_confirmed="2026-06-26")),
        Example("past the usual leaving date, and that one is confirmed", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, born="2009-08-28", leaving_confirmed="2025-06-27")),
        Example("it came too late, in the half term before the last", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, on=date(2026, 6, 1), starts=("2026-02-24",))),
        Example("5 hours a week, recorded as full time", BREACHED, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), minutes=300)),
        Example("17 hours 59 minutes, recorded as full time", BREACHED, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), minutes=1079)),
        Example("18 hours, recorded as full time", MET, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), minutes=1080)),
        Example("18 hours, and nothing says whether that is full time", CANNOT_TELL, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), minutes=1080, extent=UNSAID)),
        Example("17 hours 59 minutes, and nothing says whether that is full time", BREACHED, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), minutes=1079, extent=UNSAID)),
        Example("25 hours, recorded as part time", BREACHED, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), extent=Extent.PART_TIME)),
        Example("part time for health after a permanent exclusion", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), minutes=300, medical="2026-01-01")),
        Example("part time for health during a suspension", BREACHED, lambda: excluded_case(SUSPENDED, starts=("2026-02-13",), minutes=300, medical="2026-01-01")),
        Example("ill, and with nothing at all after a permanent exclusion", BREACHED, lambda: excluded_case(EXCLUDED, medical="2026-01-01", on=date(2026, 2, 24))),
        Example("at the suspending school's own site", BREACHED, lambda: excluded_case(SUSPENDED | {"jointly": False}, starts=("2026-02-13",), at_own_site=True)),
        Example("there, arranged jointly with another school", MET, lambda: excluded_case(SUSPENDED | {"jointly": True}, starts=("2026-02-13",), at_own_site=True)),
        Example("there, and whether jointly is not recorded", CANNOT_TELL, lambda: excluded_case(SUSPENDED, starts=("2026-02-13",), at_own_site=True)),
        Example("at the school's own site after a permanent exclusion", MET, lambda: excluded_case(EXCLUDED, starts=("2026-02-23",), at_own_site=True)),
        Example("at an independent school", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, school_is_independent=True)),
        Example("in year 11 by age and taught in the year below, all examinations taken", BREACHED, lambda: excluded_case(EXCLUDED | {"examinations_taken": True}, born="2010-06-27", year_taught="year-below")),
        Example("in year 10 by age and taught in the year above, all examinations taken", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED | {"examinations_taken": True}, born="2010-11-15", year_taught="year-above")),
        Example("in year 11, the last exam on the day before the sixth day", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED, born="2010-06-27", last_exam="2026-02-22")),
        Example("in year 11, the last exam on the sixth day", BREACHED, lambda: excluded_case(EXCLUDED, born="2010-06-27", last_exam="2026-02-23", on=date(2026, 2, 24))),
        Example("permanently excluded, and on another school's roll from the sixth school day", MET, lambda: excluded_case(EXCLUDED | {"on_roll_since": "2026-02-23"})),
        Example("the same, from the day after", BREACHED, lambda: excluded_case(EXCLUDED | {"on_roll_since": "2026-02-24"})),
        Example("the same, seen in the half term after the next", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED | {"on_roll_since": "2026-02-24"}, on=date(2026, 6, 1))),
        Example("no term dates cover it, and it is educated from the first day that can be the sixth", MET, lambda: excluded_case(UNCOVERED, on=LATER, starts=("2026-09-22",))),
        Example("no term dates cover it, and it is educated from a day later", CANNOT_TELL, lambda: excluded_case(UNCOVERED, on=LATER, starts=("2026-09-23",))),
        Example("a suspension without a last day, on its sixth school day", NOT_YET, lambda: excluded_case(OPEN_ENDED, on=date(2026, 2, 13))),
        Example("a suspension without a last day, on the day after", CANNOT_TELL, lambda: excluded_case(OPEN_ENDED, on=date(2026, 2, 14))),
        Example("a suspension without a last day, educated from its sixth school day", MET, lambda: excluded_case(OPEN_ENDED, starts=("2026-02-13",))),
        Example("in year 11, all examinations taken, as recorded with the first of two suspensions that follow on", NOT_APPLICABLE, lambda: excluded_case(SUSPENDED | {"until": "2026-02-12", "examinations_taken": True}, SUSPENDED | {"day": "2026-02-13"}, born="2010-06-27")),
        Example("the same, and the second says that they were not", BREACHED, lambda: excluded_case(SUSPENDED | {"until": "2026-02-12", "examinations_taken": True}, SUSPENDED | {"day": "2026-02-13", "examinations_taken": False}, born="2010-06-27")),
        Example("a suspension that begins later and has no education yet", NOT_YET, lambda: excluded_case(SUSPENDED, on=date(2026, 2, 3))),
        Example("never excluded", NOT_APPLICABLE, excluded_case),
    ),
    "AP110": (
        Example("all three came before", MET, lambda: placement_case(happened=TRIED)),
        Example("what was tried is told in the plan, and a service was asked", MET, lambda: placement_case(happened=TRIED[2:], tried="mentoring")),
        Example("nobody was asked, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), happened=TRIED[:2])),
        Example("nobody was asked, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), happened=TRIED[:2])),
        Example("one was not tried, without a reason", BREACHED, lambda: placement_case(happened=(("advice", REFUSED), *TRIED[1:]))),
        Example(
            "one was not tried, without a reason, before the start",
            BREACHED,
            lambda: placement_case(on=DAY_BEFORE, reviewed=(), happened=(("advice", REFUSED | {"day": "2026-01-02"}), *TRIED[1:])),
        ),
        Example("all three were tried on the day before the start", MET, lambda: placement_case(happened=tried_on("2026-01-05"))),
        Example("all three were tried only from the start on", BREACHED, lambda: placement_case(happened=tried_on("2026-01-06"))),
        Example("all three came before, and one was tried again since", MET, lambda: placement_case(happened=(*TRIED, *tried_on("2026-02-02")[:1]))),
        Example("all three came before, and a later entry says nothing of it", MET, lambda: placement_case(happened=(*TRIED, ("advice", {"day": "2026-01-04", "approach": "tier-1-support", "said": "x"})))),
        Example("one was not tried, for a reason", MET, lambda: placement_case(happened=(("advice", REFUSED | {"why_not": "too urgent"}), *TRIED[1:]))),
        Example("after a permanent exclusion", NOT_APPLICABLE, lambda: placement_case(route="permanent-exclusion")),
    ),
    "AP115": (
        Example("permanently excluded on Friday 6 February 2026, all told that day", MET, lambda: notified(EXCLUDED, {"day": "2026-02-06"} | DETAILS)),
        Example("the same, told on the next day", BREACHED, lambda: notified(EXCLUDED, {"day": "2026-02-07"} | DETAILS)),
        Example("nobody told, on the first day", NOT_YET, lambda: notified(EXCLUDED, on=date(2026, 2, 6))),
        Example("nobody told, on the day after", BREACHED, lambda: notified(EXCLUDED, on=date(2026, 2, 7))),
        Example("told on the first day, the details two days before the sixth school day, 23 February", MET, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, {"day": "2026-02-21"} | DETAILS)),
        Example("told on the first day, the details on the day before it", BREACHED, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, {"day": "2026-02-22"} | DETAILS)),
        Example("told on the first day, no details two days before the sixth school day", NOT_YET, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, on=date(2026, 2, 21))),
        Example("told on the first day, no details on the day before it", BREACHED, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, on=date(2026, 2, 22))),
        Example("told without whom to report to", BREACHED, lambda: notified(EXCLUDED, {"day": "2026-02-06"} | DETAILS | {"report_to": False})),
        Example("the education starts before day six, the details came the day before, and a parent agreed", MET, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, {"day": "2026-02-11", "shorter_agreed": True} | DETAILS, starts=("2026-02-12",))),
        Example("the same, and no parent agreed", BREACHED, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, {"day": "2026-02-11", "shorter_agreed": False} | DETAILS, starts=("2026-02-12",))),
        Example("a parent agreed, and it starts on the sixth school day", BREACHED, lambda: notified(EXCLUDED, {"day": "2026-02-06"}, {"day": "2026-02-22", "shorter_agreed": True} | DETAILS, starts=("2026-02-23",))),
        Example("a suspension of six school days, nobody told", BREACHED, lambda: notified(SUSPENDED | {"until": "2026-02-13"})),
        Example("a suspension without a last day, nobody told", CANNOT_TELL, lambda: notified(OPEN_ENDED)),
        Example("a suspension without a last day, in which education starts, nobody told", BREACHED, lambda: notified(OPEN_ENDED, starts=("2026-02-09",))),
        Example("a suspension of five school days", NOT_APPLICABLE, lambda: notified(SUSPENDED | {"until": "2026-02-12"})),
        Example("a suspension of five school days in which education starts, nobody told", BREACHED, lambda: notified(SUSPENDED | {"until": "2026-02-12"}, starts=("2026-02-09",))),
        Example("suspended for five school days, and on the next for another, told on that day", MET, lambda: excluded_case(SUSPENDED | {"until": "2026-02-12"}, SUSPENDED | {"day": "2026-02-13"}, also=(("education-notice", {"day": "2026-02-13"} | DETAILS),))),
        Example("the council arranges it, and the head teacher told nobody", BREACHED, lambda: notified(EXCLUDED, starts=("2026-02-23",))),
        Example("in year 11, and all examinations were taken", NOT_APPLICABLE, lambda: notified(EXCLUDED | {"examinations_taken": True}, born="2010-06-27")),
        Example("no longer of compulsory school age", NOT_APPLICABLE, lambda: notified(EXCLUDED, born="2009-06-01")),
        Example("at an independent school", NOT_APPLICABLE, lambda: notified(EXCLUDED, school_is_independent=True)),
        Example("a suspension that begins later, with its notice", MET, lambda: notified(SUSPENDED, {"day": "2026-02-03", "exclusion_day": "2026-02-06"} | DETAILS, on=date(2026, 2, 3))),
        Example("nobody told, in the half term before the last", NOT_APPLICABLE, lambda: notified(EXCLUDED, on=date(2026, 6, 1))),
        Example("never excluded", NOT_APPLICABLE, excluded_case),
    ),
    "AP117": (
        Example("looked after, both told on the day of the exclusion", MET, lambda: shared(BOTH)),
        Example("looked after, only the social worker told", BREACHED, lambda: shared(WORKER)),
        Example("looked after, nobody told, on the day of the exclusion", NOT_YET, lambda: shared(on=date(2026, 2, 6))),
        Example("looked after, nobody told, on the day after", BREACHED, lambda: shared(on=date(2026, 2, 7))),
        Example("with a social worker, who was told", MET, lambda: shared(WORKER, in_care=False)),
        Example("with a social worker, who was not told", BREACHED, lambda: shared(in_care=False)),
        Example("told of an earlier exclusion only", BREACHED, lambda: shared(BOTH | {"day": "2026-01-20", "begins": "2026-01-20"})),
        Example("looked after, both told, and the next PEP meeting is not known", BREACHED, lambda: shared(BOTH, next_pep=None)),
        Example("looked after, both told, the PEP meeting is today", MET, lambda: shared(BOTH, next_pep="2026-03-02")),
        Example("looked after, both told, the PEP meeting was yesterday", BREACHED, lambda: shared(BOTH, next_pep="2026-03-01")),
        Example("placed without an exclusion, both told on the day before the start", MET, lambda: shared(BOTH | {"day": "2026-02-08"}, happened=False, starts=("2026-02-09",))),
        Example("the same, nobody told, on the day before the start", NOT_YET, lambda: shared(happened=False, starts=("2026-02-09",), on=date(2026, 2, 8))),
        Example("the same, nobody told, on the day of the start", BREACHED, lambda: shared(happened=False, starts=("2026-02-09",), on=date(2026, 2, 9))),
        Example("neither looked after nor with a social worker", NOT_APPLICABLE, lambda: excluded_case(EXCLUDED)),
        Example("whether looked after is not recorded", CANNOT_TELL, lambda: excluded_case(EXCLUDED, looked_after=None)),
        Example("with a social worker who was not told, whether looked after is not recorded", BREACHED, lambda: shared(in_care=False, looked_after=None)),
        Example("neither excluded nor placed", NOT_APPLICABLE, lambda: shared(happened=False)),
        Example("nobody told, in the half term before the last", NOT_APPLICABLE, lambda: shared(on=date(2026, 6, 1))),
    ),
    "AP116": (
        Example("15 school days coded I this year, the council told and asked", MET, lambda: ill(15, REPORTED)),
        Example("15 school days coded I this year, and nobody told the council", BREACHED, lambda: ill(15)),
        Example("14 school days coded I", NOT_APPLICABLE, lambda: ill(14)),
        Example("15 school days coded B", NOT_APPLICABLE, lambda: ill(15, code="B")),
        Example("15 school days coded I, the return sent, and no help asked for", BREACHED, lambda: ill(15, REPORTED | {"help_asked": None})),
        Example("the same, and the school itself gives suitable education", MET, lambda: ill(15, REPORTED | {"help_asked": None, "taught_by_school": True})),
        Example("15 school days expected, and nobody told the council", BREACHED, lambda: ill(0, {"day": "2026-02-20", "expected_days": "15"})),
        Example("14 school days expected", NOT_APPLICABLE, lambda: ill(0, {"day": "2026-02-20", "expected_days": "14"})),
        Example("15 school days expected, the return sent", MET, lambda: ill(0, {"day": "2026-02-20", "expected_days": "15", "return_sent": "2026-02-20"})),
        Example("told and asked in the school year before", BREACHED, lambda: ill(15, REPORTED | {"day": "2025-07-31"})),
    ),
}  # fmt: skip
