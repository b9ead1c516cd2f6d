"""AP1: the pupil, and whether this is alternative provision at all."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import GROWN_UP, attains, begins_on, leaving_dates
from ..domain.days import words
from ..domain.half_terms import TERMS_UNKNOWN
from ..domain.options import NOT_ALTERNATIVE_PROVISION
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.pupil import PupilCase
from .conditions import OFF_SITE_DIRECTION, RETURN_TO_SCHOOL, SUSPENSION, on_the_last_day
from .rule import (
    ADVISE,
    AFTER,
    BEFORE,
    SHOULD,
    PlacementRule,
    PupilRule,
    Says,
    condition,
)
from .task import Choice, Edit, Remedy, about

AUGUST, SIXTEEN = 8, 16


def why_any_age_will_do(case: PlacementCase) -> str:
    """Say why a pupil of another age can be placed."""
    if case.placement.route is OFF_SITE_DIRECTION:
        return "a school can direct a pupil of any age off site"
    return "a pupil of any age can be suspended"


@condition(why_any_age_will_do)
def is_for_school_age(case: PlacementCase) -> bool:
    """Whether the placement is by a route for pupils of compulsory school age."""
    return case.placement.route not in (OFF_SITE_DIRECTION, SUSPENSION)


class PupilIsOfSchoolAge(PlacementRule):
    """The pupil is of compulsory school age at the start.

    Alternative provision is for pupils of compulsory school age. That age begins on the 31 March,
    31 August or 31 December on or after the fifth birthday. It ends on the last Friday in June of
    the school year in which the pupil turns 16. A council may arrange education for older pupils,
    and a school may direct or suspend any of its pupils.
    """

    id, severity, sources = "AP101", ADVISE, ("EA 1996 s.8", "HB 1.2", "HB App 3")
    task, key, label = (
        "Check the start date and the date of birth",
        "age",
        "Starts outside school age",
    )
    stage = BEFORE
    applies = is_for_school_age

    def holds(self, case: PlacementCase) -> Says:
        return begins_on(case.pupil.born) <= case.placement.starts <= case.last_day_of_school_age

    def problem(self, case: PlacementCase) -> str:
        starts, begins = case.placement.starts, begins_on(case.pupil.born)
        start = f"the pupil starts on {words(starts)}"
        if starts < begins:
            return f"{start}, before compulsory school age begins on {words(begins)}"
        return f"{start}, after compulsory school age ended on {words(case.last_day_of_school_age)}"

    def remedy(self, case: PlacementCase) -> Remedy:
        start = Edit(about(case.placement), ("starts",))
        return Choice(about(case.placement), (start, Edit(about(case.pupil), ("born",))))


def why_school_age_ends_at_another_time(case: PlacementCase) -> str:
    """Say why no plan for after year 11 is asked for."""
    ends, last = on_the_last_day(case), case.last_day_of_school_age
    if case.placement.starts > last:
        return "the pupil is over compulsory school age already"
    if ends is None:
        return "school age ends more than a year from now"
    if returns_before(case, ends):
        return "the pupil returns to school before school age ends"
    return "the placement ends before school age is close to its end"


@condition(why_school_age_ends_at_another_time)
def school_age_ends_in_it(case: PlacementCase) -> bool:
    """Whether it runs past 31 March of the last year, or on while the end of school age is near.

    Its last day decides once it has ended. A planned end that has gone by is none.
    """
    ends, last = on_the_last_day(case), case.last_day_of_school_age
    if case.placement.starts > last:
        return False
    if ends is None:
        return last <= case.on + timedelta(days=case.figures["post_16.notice"])
    return not returns_before(case, ends) and ends > date(last.year, 3, 31)


def returns_before(case: PlacementCase, ends: date) -> bool:
    """Tell whether the pupil is to return to school before school age ends."""
    aim = case.placement.aim
    return recorded(aim) and aim is RETURN_TO_SCHOOL and ends < case.last_day_of_school_age


class PlanFollowsYearEleven(PlacementRule):
    """A plan is ready for after year 11.

    A pupil who reaches the end of year 11 in alternative provision needs somewhere to go next.
    Plan it from the day you agree a placement that runs past 31 March of the pupil's last year, or
    that has no end while the last day of school age is less than a year away. You need no plan if
    the pupil returns to school before then.
    """

    id, severity, sources = "AP102", SHOULD, ("AP guide", "HB 2.8")
    task, key, label = (
        "Agree a plan for after year 11",
        "leaving-plan",
        "Plans for after year 11 missing",
    )
    stage = BEFORE
    applies = school_age_ends_in_it

    def holds(self, case: PlacementCase) -> Says:
        planned = case.placement.post_16_plan
        return planned if recorded(planned) else recorded(case.placement.post_16)

    def problem(self, case: PlacementCase) -> str:
        last = words(case.last_day_of_school_age, weekday=True)
        return (
            f"the pupil's compulsory school age ends on {last}, and there is no plan for afterwards"
        )

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), ("post_16_plan", "post_16"), yes=("post_16_plan",))


def is_between_school_age_and_18(case: PupilCase) -> bool:
    """Tell whether a pupil is over compulsory school age and under 18."""
    return case.last_day_of_school_age < case.on < attains(case.pupil.born, GROWN_UP)


def why_nothing_is_owed(case: PupilCase) -> str:
    """Say why a pupil has no duty to take part."""
    if is_between_school_age_and_18(case):
        return "the pupil has a level 3 qualification"
    return "the pupil is not between the end of school age and 18"


@condition(why_nothing_is_owed)
def owes_participation(case: PupilCase) -> Fact[bool]:
    """Whether the pupil is between school age and 18, with no level 3 qualification on record."""
    if not is_between_school_age_and_18(case):
        return False
    gained = case.pupil.level_3
    return not (recorded(gained) and gained.on(case.on))


class DutyToTakePartIsKnown(PupilRule):
    """The duty to stay in education or training is known.

    A young person over compulsory school age must stay in education or training until the 18th
    birthday, or until they have a level 3 qualification. This does not lengthen compulsory school
    age. The rule tells you the day and is never broken.
    """

    id, severity, sources = "AP103", ADVISE, ("ESA 2008 s.1", "HB App 3")
    task, key, label = (
        "Help the pupil stay in education or training",
        "participation",
        "Duties to take part not known",
    )
    stage = AFTER
    applies = owes_participation

    def holds(self, case: PupilCase) -> Says:
        return True

    def warning(self, case: PupilCase) -> str:
        day = words(attains(case.pupil.born, GROWN_UP))
        return f"the duty ends on the 18th birthday, {day}, or earlier with a level 3 qualification"


@once
def find_school_year(case: PupilCase) -> tuple[date, bool] | None:
    """Return the first day of the school year of the 16th birthday, and whether it is certain.

    Where the calendar does not know it, the newest year known stands for it; None if none is known.
    """
    year = attains(case.pupil.born, SIXTEEN).year
    known: dict[int, date] = {}
    for block in case.calendar.half_terms:
        if block.first.month >= AUGUST:
            known.setdefault(block.first.year, block.first)
    if year in known:
        return known[year], True
    return (known[max(known)].replace(year=year), False) if known else None


@condition("the pupil's birthday gives only one leaving date")
def two_dates_are_meant(case: PupilCase) -> Fact[bool]:
    """Whether the 16th birthday is in August, and the school year has begun by then."""
    if len(leaving_dates(case.pupil.born)) == 1:
        return False
    school_year = find_school_year(case)
    if school_year is None:
        return TERMS_UNKNOWN
    return school_year[0] <= attains(case.pupil.born, SIXTEEN)


class LeavingDateIsConfirmed(PupilRule):
    """The leaving date is confirmed.

    If a pupil turns 16 in late August and the school year has begun by then, the law can be read to
    give two leaving dates a year apart. Most schools take 31 August as the end of the year. The
    school or the council confirms which date it uses, and that date decides wherever age does.
    """

    id, severity, sources = "AP104", ADVISE, ("EA 1996 s.8(3)", "EA 1996 s.579(1)")
    task, key, label = (
        "Confirm the school leaving date",
        "leaving-date",
        "Leaving dates not confirmed",
    )
    applies = two_dates_are_meant

    def holds(self, case: PupilCase) -> Says:
        confirmed = case.pupil.leaving_confirmed
        return recorded(confirmed) and confirmed in leaving_dates(case.pupil.born)

    def problem(self, case: PupilCase) -> str:
        birthday, confirmed = attains(case.pupil.born, SIXTEEN), case.pupil.leaving_confirmed
        usual, by_the_act = map(words, leaving_dates(case.pupil.born))
        possible = (
            f"the pupil turns 16 on {words(birthday)}, and {describe_school_year(case)};"
            f" compulsory school age ends on {usual}, as schools usually count,"
            f" or on {by_the_act} by the words of the Act"
        )
        if recorded(confirmed):
            return f"{possible}; you have {words(confirmed)} as confirmed, which is neither"
        return possible

    def remedy(self, case: PupilCase) -> Remedy:
        usual, by_the_act = (
            (("leaving_confirmed", str(day)),) for day in leaving_dates(case.pupil.born)
        )
        pupil = about(case.pupil)
        ask = "ask the school or the council which date it uses"
        return Choice(pupil, (Edit(pupil, known=usual, first=ask), Edit(pupil, known=by_the_act)))


def describe_school_year(case: PupilCase) -> str:
    """Say when the school year of the 16th birthday begins, and whether that is a guess."""
    school_year = find_school_year(case)
    assert school_year, "without one there are no two dates"
    first, certain = school_year
    if certain:
        return f"the school year begins on {words(first)}"
    return f"the school year begins about {words(first)}, if it is like the last one known"


class PlacementIsAlternativeProvision(PlacementRule):
    """The placement is alternative provision.

    Home education is the parents' choice, and education otherwise than at school (EOTAS) is special
    educational provision. Neither is alternative provision, and each has duties of its own. Do not
    record either as a placement.
    """

    id, severity, sources = "AP105", SHOULD, ("CFA 2014 s.61", "AP guide", "HB 1.2")
    task, key, label = (
        "Correct the legal route",
        "legal-route",
        "Placements that are not alternative provision",
    )
    stage = BEFORE

    def holds(self, case: PlacementCase) -> Says:
        return case.placement.route not in NOT_ALTERNATIVE_PROVISION

    def problem(self, case: PlacementCase) -> str:
        return NOT_ALTERNATIVE_PROVISION[case.placement.route]

    def remedy(self, case: PlacementCase) -> Remedy:
        return Edit(about(case.placement), ("route",))
