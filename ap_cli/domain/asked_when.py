"""When questions of a placement are asked: by what is known of the pupil, provider and week."""

from datetime import date, timedelta

from ..forms.facts import recorded
from ..forms.form import Answers
from .commissioner import Commissioner, CommissionerKind
from .options import Route
from .provider import SCHOOLS, Provider
from .pupil import Pupil
from .sessions import Sessions

A_YEAR = timedelta(days=365)
"""How long before the end of compulsory school age a plan for afterwards is asked for."""


def school_age_ends_soon(answers: Answers) -> bool:
    """Whether the pupil leaves school age within a year, or close to the end of the placement."""
    pupil: Pupil | None = answers.named("pupil")
    if pupil is None:
        return False
    last, ends = pupil.last_day_of_school_age, answers.value("ends")
    return last <= answers.today + A_YEAR or (ends is not None and ends > date(last.year, 3, 31))


def council_must_arrange_it(answers: Answers) -> bool:
    """Whether the law has the council arrange it, and it is not the council that commissions."""
    if answers.value("route") not in (Route.SECTION_19, Route.PERMANENT_EXCLUSION):
        return False
    commissioner: Commissioner | None = answers.named("commissioner")
    return commissioner is None or commissioner.kind is not CommissionerKind.LOCAL_AUTHORITY


def pupil_has_a_plan(answers: Answers) -> bool:
    """Whether the pupil has an EHC plan today."""
    pupil: Pupil | None = answers.named("pupil")
    return pupil is not None and recorded(pupil.ehcp) and pupil.ehcp.on(answers.today)


def provider_is_a_school(answers: Answers) -> bool:
    """Whether the provider is a school by what it is."""
    provider: Provider | None = answers.named("provider")
    return provider is not None and provider.kind in SCHOOLS


def some_time_is_at_home(answers: Answers) -> bool:
    """Whether any session of the week is at home."""
    at_home: Sessions | None = answers.value("at_home")
    return at_home is not None and bool(at_home.slots)


def was_taken_off(answers: Answers) -> bool:
    """Whether the school took the pupil off its register."""
    return answers.value("removed_from_roll") is not None


def is_booked(answers: Answers) -> bool:
    """Whether a visit was booked; that is not asked, as a day to come of a visit says so."""
    return answers.value("visit_booked") is not None


def has_begun(answers: Answers) -> bool:
    """Whether it started before today."""
    starts: date | None = answers.value("starts")
    return starts is not None and starts < answers.today
