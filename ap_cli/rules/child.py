"""AP1: the child, and whether this is alternative provision at all."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.ages import begins_on
from ..domain.days import words
from ..domain.facts import recorded
from ..domain.placement import NOT_ALTERNATIVE_PROVISION, Aim
from .case import Case
from .engine import BEFORE, MUST, SHOULD, Says, rule

RETURN_TO_SCHOOL = Aim.RETURN_TO_SCHOOL


def outside_school_age(case: Case) -> str:
    begins, last = begins_on(case.pupil.born), case.last_day_of_school_age
    if case.placement.starts < begins:
        return f"it starts on {words(case.placement.starts)}, before compulsory school age begins on {words(begins)}"
    return f"it starts on {words(case.placement.starts)}, after compulsory school age ended on {words(last)}"


@rule("AP101", "the child is of compulsory school age when the placement starts", SHOULD, cites=["HB 1.2", "HB App 3", "EA 1996 s.8"],
      breach=outside_school_age, remedy=lambda case: f"ap age {case.pupil.ref}", stage=BEFORE)  # fmt: skip
def of_school_age_at_the_start(case: Case) -> Says:
    """Alternative provision is education for children of compulsory school age.

    That age begins on the fifth birthday or the next 31 March, 31 August or 31 December, and ends at the end of
    the last Friday in June of the school year in which the child turns 16.
    """
    return begins_on(case.pupil.born) <= case.placement.starts <= case.last_day_of_school_age


def school_age_ends_in_it(case: Case) -> bool:
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


@rule("AP102", "there is a plan for after compulsory school age", SHOULD, cites=["HB 2.8"], applies=school_age_ends_in_it, stage=BEFORE,
      breach=lambda case: f"compulsory school age ends on {words(case.last_day_of_school_age, weekday=True)}, and no plan for after it is recorded",
      remedy=lambda case: f"ap placement edit {case.placement.ref} --post-16-plan --post-16 …")  # fmt: skip
def plan_for_after_school_age(case: Case) -> Says:
    """A child who reaches the end of year 11 in alternative provision needs somewhere to go next.

    A plan is asked for from the day the placement is agreed, where it runs past 31 March of the child's last year,
    or runs on without a planned end within a year of the last day; not where it leads back to school before then.
    """
    planned = case.placement.post_16_plan
    return planned if recorded(planned) else recorded(case.placement.post_16)


def outside_the_school(case: Case) -> bool:
    """Whether the placement is outside the school: tiers 2 and 3, or no tier recorded."""
    return case.external


@rule("AP105", "elective home education and EOTAS under CFA 2014 s.61 are not recorded as alternative provision", MUST,
      cites=["HB 1.2", "CFA 2014 s.61"], applies=outside_the_school, breach=lambda case: NOT_ALTERNATIVE_PROVISION[case.placement.route],
      remedy=lambda case: f"ap placement edit {case.placement.ref} --route …", stage=BEFORE)  # fmt: skip
def is_alternative_provision(case: Case) -> Says:
    """Home education is the parents' choice, and EOTAS is special educational provision under section 61.

    Neither is alternative provision, and other duties hold for each: so neither is recorded as a placement.
    """
    return case.placement.route not in NOT_ALTERNATIVE_PROVISION
