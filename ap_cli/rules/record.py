"""AP9: the data itself."""

from __future__ import annotations

from datetime import date

from ..domain.ages import FRIDAY
from ..domain.calendar import REVIEW_RULE, TERMS_UNKNOWN
from ..domain.days import words
from ..domain.entries.during import Waiver
from ..domain.identifiers import is_right_upn, upn_problem
from ..domain.plausible import contradictions
from ..domain.sessions import Sessions
from ..forms.facts import Unknown, recorded
from .cases.base import Case, once
from .cases.placement import Other, PlacementCase
from .cases.provider import ProviderCase
from .cases.pupil import PupilCase
from .cases.subjects import AnyCase, UnreadCase
from .engine import rule
from .rule import ADVISE, BEFORE, BREACHED, MUST, SHOULD, Says
from .watched import plain
from .watched import words as told


@rule(
    "AP901",
    "the UPN's check letter is right",
    SHOULD,
    cites=["ap"],
    about=PupilCase,
    breach=lambda case: f"the UPN of {case.pupil.ref} is wrong: {upn_problem(case.pupil.upn)}",
    remedy=lambda case: f"ap pupil edit {case.pupil.ref} --upn …",
)
def upn_is_right(case: PupilCase) -> Says:
    """A unique pupil number carries a letter that shows a slip of the pen. The number itself is optional."""
    if not recorded(case.pupil.upn):
        return None
    return is_right_upn(case.pupil.upn)


@once
def slips(case: PlacementCase) -> tuple[str, ...]:
    """What in the placement cannot be, each as a sentence."""
    return contradictions(case.placement, case.pupil, case.figures["session.longest"])


@rule(
    "AP903",
    "dates are in order and plausible, and the sessions can hold the hours",
    MUST,
    cites=["ap"],
    breach=lambda case: "; ".join(slips(case)),
    remedy=lambda case: f"ap placement edit {case.placement.ref}",
)
def record_does_not_contradict_itself(case: PlacementCase) -> Says:
    """A placement that ends before it starts, or 19 hours in two sessions, is a slip that hides something else."""
    return not slips(case)


@rule(
    "AP902",
    "the pupil, provider or placement is not recorded twice",
    ADVISE,
    cites=["ap"],
    about=Case,
    breach=lambda case: (
        f"{case.ref} may be recorded twice: {', '.join(case.twice)} {'looks' if len(case.twice) == 1 else 'look'} the same"
    ),
    remedy=lambda case: remedy_of_twice(case),
)
def is_recorded_once(case: PlacementCase | ProviderCase | PupilCase) -> Says:
    """Recorded twice, a child is counted twice, and half of what happened is missing from each.

    Pupils with the same name and date of birth or the same UPN, providers with the same name or URN, and placements of one
    pupil at one provider whose days overlap.
    """
    return not case.twice


def remedy_of_twice(case: PlacementCase | ProviderCase | PupilCase) -> str:
    other = case.twice[0]
    if isinstance(case, PlacementCase):
        return f"where it is the same: ap placement end {max(case.ref, other)} --never-started --reason … --destination …"
    noun = "pupil" if isinstance(case, PupilCase) else "provider"
    return f"ap {noun} merge {max(case.ref, other)} --into {min(case.ref, other)}"


@once
def clashes(case: PlacementCase) -> list[tuple[Other, Sessions]]:
    """The child's other placements that claim a session of this one, with those sessions."""
    mine = case.placement.at_provider
    theirs = [
        (other, other.at_provider.slots) for other in case.others if recorded(other.at_provider)
    ]
    return [
        (other, Sessions(both))
        for other, slots in theirs
        if (both := tuple(slot for slot in mine.slots if slot in slots))
    ]


def has_another_placement(case: PlacementCase) -> bool:
    """Whether the child has another placement on the same day, and the sessions of this one are recorded: AP427 asks for them."""
    return bool(case.others) and recorded(case.placement.at_provider)


@rule(
    "AP904",
    "two placements do not claim the same session",
    MUST,
    cites=["ap"],
    applies=has_another_placement,
    breach=lambda case: "; ".join(
        f"{other.ref} has the same sessions: {sessions}" for other, sessions in clashes(case)
    ),
    remedy=lambda case: f"ap placement edit {case.ref} --at-provider …",
)
def sessions_are_claimed_once(case: PlacementCase) -> Says:
    """A child is in one place at a time: a session that two placements claim hides where the child is."""
    if clashes(case):
        return False
    return next(
        (other.at_provider for other in case.others if isinstance(other.at_provider, Unknown)), True
    )


def start_and_reviews(case: PlacementCase) -> tuple[date, ...]:
    """The start and the agreed review dates."""
    reviews = case.placement.review_dates
    return (case.placement.starts, *(reviews if recorded(reviews) else ()))


def can_be_told(case: PlacementCase, day: date) -> bool:
    """Whether it can be told if school is held on a day."""
    return day.weekday() > FRIDAY or case.calendar.covers(day)


@once
def days_to_come(case: PlacementCase) -> list[date]:
    """The start and the agreed review dates that are still to come, of which it can be told whether they are school days."""
    return [day for day in start_and_reviews(case) if day > case.on and can_be_told(case, day)]


@once
def not_on_school_days(case: PlacementCase) -> list[date]:
    """Which of them are no school days."""
    return [day for day in days_to_come(case) if not case.calendar.is_school_day(day)]


@once
def days_of_unknown_terms(case: PlacementCase) -> list[date]:
    """The start and the agreed review dates that are still to come, of which nobody can tell that."""
    return [day for day in start_and_reviews(case) if day > case.on and not can_be_told(case, day)]


def has_days_to_come(case: PlacementCase) -> bool:
    """Whether a start or a review date is still to come, in terms that the calendar knows or at a weekend."""
    return bool(days_to_come(case))


def no_school_is_held(case: PlacementCase) -> str:
    told = " and ".join(words(day, weekday=True) for day in not_on_school_days(case))
    return f"{told}: no school is held then, by the calendar of {case.calendar.name}"


@rule(
    "AP905",
    "the start and the review dates are on school days",
    ADVISE,
    cites=["ap"],
    applies=has_days_to_come,
    stage=BEFORE,
    breach=no_school_is_held,
    remedy=lambda case: f"ap placement edit {case.ref} --starts …, or --review-date …",
)
def days_are_school_days(case: PlacementCase) -> Says:
    """A start on a Saturday or a review in the holidays is a slip, or will not happen: only days to come are asked about."""
    if not_on_school_days(case):
        return False
    return TERMS_UNKNOWN if days_of_unknown_terms(case) else True


@rule(
    "AP906",
    "the record can be read",
    MUST,
    cites=["ap"],
    about=UnreadCase,
    breach=lambda case: case.problem,
    remedy=lambda case: (
        case.remedy
        or f"restore a backup, or correct the row in the database: ap log {case.named} has it as recorded"
    ),
)
def record_can_be_read(case: UnreadCase) -> Says:
    """A row that was edited by hand may hold a day that is none, or an answer that nobody can give: no other rule can decide on it.

    It is named with what is wrong, and all other records are checked.
    """
    return not case.problem


@once
def run_out(case: AnyCase) -> list[Waiver]:
    """The waivers that have run out, without another for the same rule that holds, where the rule is broken again."""
    from . import RULES
    from .county import holds_in, rules_of

    waivers = case.entries.all(Waiver)
    standing = {each.rule for each in waivers if not recorded(each.until) or each.until >= case.now}
    last: dict[str, Waiver] = {
        each.rule: each
        for each in waivers
        if each.rule not in standing and each.rule != REVIEW_RULE
    }
    county = plain(case).figures.county
    asked = [
        rule
        for rule in (*RULES, *rules_of(county))
        if rule.id in last and holds_in(rule, county) and isinstance(plain(case), rule.about)
    ]
    broken = {rule.id for rule in asked if rule.answer(plain(case))[0] is BREACHED}
    return [each for each in last.values() if each.rule in broken]


@rule(
    "AP907",
    "no waiver has run out while what it waived is still broken",
    ADVISE,
    cites=["ap"],
    about=Case,
    breach=lambda case: "; ".join(
        f"{one.rule} was waived until {told(one.until)} ({one.ref}), and is breached"
        for one in run_out(case)
    ),
    remedy=lambda case: (
        f"mend it, or ap record waiver {case.ref} --rule {run_out(case)[0].rule} --reason …"
    ),
)
def waivers_have_not_run_out(case: AnyCase) -> Says:
    """A waiver is a decision for a time: when that is over somebody decides again, or what was waived is mended."""
    if not case.entries.latest(Waiver):
        return None
    return not run_out(case)
