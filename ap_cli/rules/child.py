"""AP1: the child, and whether this is alternative provision at all."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import GROWN_UP, attains, begins_on, leaving_date
from ..domain.calendar import SCHOOL_YEARS_BEGIN, TERMS_UNKNOWN
from ..domain.days import words
from ..domain.entries.before import SPECIALISTS, Advice, Approach
from ..domain.placement import NOT_ALTERNATIVE_PROVISION, Route
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.pupil import PupilCase
from .conditions import RETURN_TO_SCHOOL, before_the_start, outside_the_school
from .engine import rule
from .rule import ADVISE, AFTER, BEFORE, LOCAL, MUST, SHOULD, Says

AUGUST, SIXTEEN = 8, 16


def outside_school_age(case: PlacementCase) -> str:
    begins, last = begins_on(case.pupil.born), case.last_day_of_school_age
    if case.placement.starts < begins:
        return f"it starts on {words(case.placement.starts)}, before compulsory school age begins on {words(begins)}"
    return f"it starts on {words(case.placement.starts)}, after compulsory school age ended on {words(last)}"


@rule(
    "AP101",
    "the child is of compulsory school age when the placement starts",
    SHOULD,
    cites=["HB 1.2", "HB App 3", "EA 1996 s.8"],
    breach=outside_school_age,
    stage=BEFORE,
    remedy=lambda case: (
        f"ap placement edit {case.ref} --starts …, or if the birth is wrong ap pupil edit {case.pupil.ref} --born …"
    ),
)
def of_school_age_at_the_start(case: PlacementCase) -> Says:
    """Alternative provision is education for children of compulsory school age.

    That age begins on the fifth birthday or the next 31 March, 31 August or 31 December, and ends at the end of
    the last Friday in June of the school year in which the child turns 16.
    """
    return begins_on(case.pupil.born) <= case.placement.starts <= case.last_day_of_school_age


def school_age_ends_in_it(case: PlacementCase) -> bool:
    """Whether the placement runs past 31 March of the child's last year, or runs on while that year is near."""
    last, ends = case.last_day_of_school_age, case.placement.ends
    if not case.external or case.placement.starts > last:
        return False
    if not recorded(ends):
        return last <= case.on + timedelta(days=case.figures["post_16.notice"])
    returns = case.placement.aim
    if recorded(returns) and returns is RETURN_TO_SCHOOL and ends < last:
        return False
    return ends > date(last.year, 3, 31)


@rule(
    "AP102",
    "there is a plan for after compulsory school age",
    SHOULD,
    cites=["HB 2.8"],
    applies=school_age_ends_in_it,
    stage=BEFORE,
    breach=lambda case: (
        f"compulsory school age ends on {words(case.last_day_of_school_age, weekday=True)}, and no plan for after it is recorded"
    ),
    remedy=lambda case: f"ap placement edit {case.placement.ref} --post-16-plan --post-16 …",
)
def plan_for_after_school_age(case: PlacementCase) -> Says:
    """A child who reaches the end of year 11 in alternative provision needs somewhere to go next.

    A plan is asked for from the day the placement is agreed, where it runs past 31 March of the child's last year,
    or runs on without a planned end within a year of the last day; not where it leads back to school before then.
    """
    planned = case.placement.post_16_plan
    return planned if recorded(planned) else recorded(case.placement.post_16)


def owes_participation(case: PupilCase) -> Fact[bool]:
    """Whether the pupil is over compulsory school age, under 18, and without a level 3 qualification as far as is recorded."""
    if not case.last_day_of_school_age < case.on < attains(case.pupil.born, GROWN_UP):
        return False
    attained = case.pupil.level_3
    return not (recorded(attained) and attained.on(case.on))


@rule(
    "AP103",
    "the duty to take part in education or training is known",
    ADVISE,
    cites=["HB App 3", "ESA 2008 s.1"],
    about=PupilCase,
    applies=owes_participation,
    stage=AFTER,
    breach=lambda case: "",
    remedy=lambda case: "",
    warns=lambda case: (
        f"it ends on the 18th birthday, {words(attains(case.pupil.born, GROWN_UP))}, unless level 3 is attained before"
    ),
)
def participation_is_known(case: PupilCase) -> Says:
    """Over compulsory school age and under 18, a young person still owes education or training, until the 18th birthday.

    Not once a level 3 qualification is attained. It does not lengthen compulsory school age; it is told, and never breached.
    """
    return case.on < attains(case.pupil.born, GROWN_UP)


def school_year_begins(case: PupilCase) -> date | None:
    """The first day of the school year that begins in the year of the 16th birthday, by the calendar, or by the newest year that it knows."""
    year = attains(case.pupil.born, SIXTEEN).year
    known: dict[int, date] = {}
    for block in case.calendar.half_terms:
        if block.first.month >= AUGUST:
            known.setdefault(block.first.year, block.first)
    found = known.get(year) or (known[max(known)] if known else None)
    return found.replace(year=year) if found else None


def two_dates_are_meant(case: PupilCase) -> Fact[bool]:
    """Whether the 16th birthday falls between the first day of the school year, in August, and 31 August."""
    birthday, begins = attains(case.pupil.born, SIXTEEN), school_year_begins(case)
    if begins is None:
        earliest, last = date(birthday.year, *SCHOOL_YEARS_BEGIN), date(birthday.year, AUGUST, 31)
        return TERMS_UNKNOWN if earliest <= birthday <= last else False
    return begins.month == AUGUST and begins <= birthday <= date(birthday.year, AUGUST, 31)


def either_date(case: PupilCase) -> str:
    first = case.last_day_of_school_age
    begins = school_year_begins(case)
    assert begins, "else there is one date"
    known = any(block.first == begins for block in case.calendar.half_terms)
    since = (
        f"the school year begins on {words(begins)}"
        if known
        else f"the school year is taken to begin about {words(begins)}, as the last one known"
    )
    usual, by_the_act = words(first), words(leaving_date(first.year + 1))
    birthday = words(attains(case.pupil.born, SIXTEEN))
    return (
        f"the 16th birthday is {birthday}, and {since}: compulsory school age ends on {usual}, as is usual,"
        f" or by the words of the Act on {by_the_act}"
    )


@rule(
    "AP104",
    "the leaving date is confirmed where two dates can be meant",
    ADVISE,
    cites=["EA 1996 s.8(3)", "EA 1996 s.579(1)"],
    about=PupilCase,
    applies=two_dates_are_meant,
    breach=either_date,
    remedy=lambda case: (
        f"ask the school or the authority, then ap pupil edit {case.ref} --leaving-confirmed {case.last_day_of_school_age},"
        f" or {leaving_date(case.last_day_of_school_age.year + 1)}"
    ),
)
def leaving_date_is_confirmed(case: PupilCase) -> Says:
    """A child who turns 16 in late August, when the school year has begun, leaves before or after another year, by how the Act is read.

    Everyday practice takes 31 August as the end of the year. The school or the authority confirms which date it goes by.
    """
    return recorded(case.pupil.leaving_confirmed)


@rule(
    "AP105",
    "elective home education and EOTAS under CFA 2014 s.61 are not recorded as alternative provision",
    MUST,
    cites=["HB 1.2", "CFA 2014 s.61"],
    applies=outside_the_school,
    breach=lambda case: NOT_ALTERNATIVE_PROVISION[case.placement.route],
    remedy=lambda case: f"ap placement edit {case.placement.ref} --route …",
    stage=BEFORE,
)
def is_alternative_provision(case: PlacementCase) -> Says:
    """Home education is the parents' choice, and EOTAS is special educational provision under section 61.

    Neither is alternative provision, and other duties hold for each: so neither is recorded as a placement.
    """
    return case.placement.route not in NOT_ALTERNATIVE_PROVISION


NOT_ASKED_OF = (Route.SUSPENSION, Route.PERMANENT_EXCLUSION, Route.SECTION_19)


def could_have_been_prevented(case: PlacementCase) -> bool:
    """Whether the route is one before which other support can come: no suspension or exclusion, and no duty of an authority."""
    return case.external and case.placement.route not in NOT_ASKED_OF


WANTED = {
    "the graduated approach": (Approach.GRADUATED,),
    "support at tier 1": (Approach.TIER_1,),
    "a specialist's advice": SPECIALISTS,
}


@once
def not_tried(case: PlacementCase) -> list[str]:
    """What of the graduated approach was not recorded, or not tried without a reason."""
    told = recorded(case.placement.tried)
    found = {}
    for each in case.entries.all(Advice):
        tried = each.tried
        found[each.approach] = (recorded(tried) and tried) or recorded(each.why_not)
    return [
        name
        for name, those in WANTED.items()
        if any(found.get(one) is False for one in those)
        or not (any(found.get(one) for one in those) or (told and those is not SPECIALISTS))
    ]


def refusals(case: PlacementCase) -> list[Advice]:
    """What was said last of an approach that is wanted, where that is that it was not tried, without a reason."""
    asked = {approach for those in WANTED.values() for approach in those}
    last = {each.approach: each for each in case.entries.all(Advice) if each.approach in asked}
    return [
        each
        for each in last.values()
        if recorded(each.tried) and not each.tried and not recorded(each.why_not)
    ]


def prevention_by(case: PlacementCase) -> date:
    """The day before the start; what is recorded as not tried, without a reason, is late at once."""
    return min([before_the_start(case), *(each.day - timedelta(days=1) for each in refusals(case))])


ADVICE = "Inclusion Service"
"""The team that is asked for advice, by its name among the county's contacts."""


def ask_for_advice(case: PlacementCase) -> str:
    wanted, refused = WANTED[not_tried(case)[0]], [each.approach for each in refusals(case)]
    first = next((approach for approach in wanted if approach in refused), wanted[0])
    known = case.figures.county.contact(ADVICE)
    help = f"; ask the {known} ({known.source})" if known and first is SPECIALISTS[0] else ""
    return f"ap record advice {case.ref} --approach {first} --tried --said …{help}"


@rule(
    "AP110",
    "the graduated approach, support at tier 1 and a specialist's advice came before external provision",
    LOCAL,
    cites=["HB 1.3", "HB 2.2", "HB 2.9"],
    applies=could_have_been_prevented,
    due=prevention_by,
    stage=BEFORE,
    breach=lambda case: f"not recorded as tried, nor why not: {', '.join(not_tried(case))}",
    remedy=ask_for_advice,
)
def less_was_tried_before(case: PlacementCase) -> Says:
    """External provision is not the first thing to try: what was tried in the school, and who was asked, is recorded, or why it was not."""
    return not not_tried(case)
