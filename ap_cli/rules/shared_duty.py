"""AP1: those who share responsibility for a pupil know of exclusions and placements."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.before import Exclusion
from ..domain.entries.excluded import Colleague, Informed
from ..domain.periods import holds
from ..forms.facts import Fact, Unknown, any_of, is_yes, negate, recorded
from ..forms.form import Record
from .cases.base import once
from .cases.pupil import PupilCase
from .cases.subjects import AnyCase
from .exclusion import is_bound, is_history
from .kinds import DAY
from .rule import ADVISE, BEFORE, MUST, SHOULD, PupilRule, Says, Severity
from .runs import last_day_of
from .task import Edit, Remedy, Who, Write, about

NAMES = {
    Colleague.VIRTUAL_HEAD: "the virtual school head",
    Colleague.SOCIAL_WORKER: "the social worker",
}


class Occasion(Record, frozen=True):
    """What others are told of: the day on which it begins, and what it is called."""

    begins: date
    name: str
    is_exclusion: bool

    @property
    def tell_by(self) -> date:
        """The day by which they are told: of an exclusion that day, of a placement before it."""
        return self.begins if self.is_exclusion else self.begins - DAY


@once
def list_occasions(case: PupilCase) -> tuple[Occasion, ...]:
    """List the exclusions of a pupil and the starts of other placements, by day."""
    exclusions = case.entries.all(Exclusion)
    occasions = {each.day: Occasion(each.day, describe(each), True) for each in exclusions}
    for starts in {placed.starts for placed in case.placed}:
        if not any(starts_within(starts, each) for each in exclusions):
            name = f"the placement from {words(starts)}"
            occasions.setdefault(starts, Occasion(starts, name, False))
    return tuple(occasions[day] for day in sorted(occasions))


def describe(exclusion: Exclusion) -> str:
    """Say which exclusion it is."""
    kind = "permanent exclusion" if exclusion.permanent else "suspension"
    return f"the {kind} of {words(exclusion.day)}"


def starts_within(day: date, exclusion: Exclusion) -> bool:
    """Tell whether a placement that starts on a day belongs to an exclusion."""
    until = last_day_of(exclusion) or date.max
    return exclusion.day <= day <= until


def names_told(case: PupilCase, at: int) -> set[Colleague]:
    """Return who was told of the occasion at a place in the list."""
    entries = (each for each in case.entries.all(Informed) if recorded(each.whom))
    return {who for each in entries if is_about(case, each, at) for who in each.whom}


def is_about(case: PupilCase, entry: Informed, at: int) -> bool:
    """Tell whether others were told of the occasion at a place in the list.

    The entry names its day, or it is the last one that began, or the placement to come.
    """
    occasions = list_occasions(case)
    occasion = occasions[at]
    if recorded(entry.begins):
        return entry.begins == occasion.begins
    begun = sum(1 for each in occasions if each.begins <= entry.day)
    return at == begun - 1 or (at == begun and (begun == 0 or not occasion.is_exclusion))


def must_know(case: PupilCase, who: Colleague, day: date) -> Fact[bool]:
    """Tell whether somebody shares responsibility for the pupil on a day."""
    in_care = holds(case.pupil.looked_after, day)
    if who is Colleague.VIRTUAL_HEAD:
        return in_care
    return any_of(in_care, holds(case.pupil.social_worker, day))


@once
def concerns_others(case: PupilCase) -> bool:
    """Tell whether there is a recent occasion of which somebody has to know."""
    recent = (each for each in list_occasions(case) if not is_history(case, each.begins))
    return any(concerns_anyone(case, occasion) for occasion in recent)


def concerns_anyone(case: PupilCase, occasion: Occasion) -> bool:
    """Tell whether somebody has to know of an occasion, as far as is recorded."""
    needed = (must_know(case, who, occasion.begins) for who in Colleague)
    return any(map(is_yes, needed))


def list_untold(case: PupilCase, at: int) -> tuple[Colleague, ...]:
    """List who has to know of the occasion at a place in the list and was not told."""
    occasion, told = list_occasions(case)[at], names_told(case, at)
    needed = ((who, must_know(case, who, occasion.begins)) for who in Colleague)
    return tuple(who for who, fact in needed if who not in told and is_yes(fact))


def find_gap(case: PupilCase) -> Unknown | None:
    """Return what is not recorded and decides whether somebody has to know; None without a gap.

    Who was told already is not asked about, if it is certain that somebody has to know.
    """
    certain = concerns_others(case)
    for at, occasion in enumerate(list_occasions(case)):
        if is_history(case, occasion.begins):
            continue
        told = names_told(case, at) if certain else set()
        for who in (each for each in Colleague if each not in told):
            needed = must_know(case, who, occasion.begins)
            if isinstance(needed, Unknown):
                return needed
    return None


@once
def find_untold(case: PupilCase) -> tuple[Occasion, tuple[Colleague, ...]] | None:
    """Return the first occasion of which somebody was not told, exclusions first, and who."""
    untold = [
        (occasion, list_untold(case, at))
        for at, occasion in enumerate(list_occasions(case))
        if not is_history(case, occasion.begins)
    ]
    still_open = [each for each in untold if each[1]]
    exclusions = [each for each in still_open if each[0].is_exclusion]
    return next(iter(exclusions or still_open), None)


def knows_next_meeting(case: PupilCase) -> Fact[bool]:
    """Tell whether the next meeting on the personal education plan is known, where there is one."""
    in_care, meeting = holds(case.pupil.looked_after, case.on), case.pupil.next_pep
    if recorded(meeting) and meeting >= case.on:
        return True
    return negate(in_care)


def lacks_next_meeting(case: PupilCase) -> bool:
    """Tell whether all were told, and the next meeting is not known."""
    known = knows_next_meeting(case)
    return find_untold(case) is None and recorded(known) and not known


class ThoseWhoShareResponsibilityKnow(PupilRule):
    """The virtual school head and the social worker know.

    If the pupil is looked after, tell the virtual school head and the social worker; if the pupil
    has a social worker, tell them. The head teacher tells them without delay of each suspension
    and permanent exclusion: that is law, and here it means on its first day. Tell them of any other
    placement before it starts, which is guidance. For a looked-after pupil, know the day of the
    next meeting on the personal education plan (PEP) as well; that is advice.
    """

    id, severity, sources = "AP117", MUST, ("SI 2012/1033", "S&PE", "LAC guide")
    task = "Tell those who share responsibility for the pupil"
    key, label = "colleagues", "Social workers and virtual school heads not told"
    stage, lighter = BEFORE, SHOULD
    done_by = (Who.SCHOOL, Who.COMMISSIONER)
    silent = "no pupil in care or with a social worker was excluded or placed of late"

    def due(self, case: PupilCase) -> date | None:
        untold = find_untold(case)
        return untold[0].tell_by if untold else None

    def has_time(self, case: PupilCase) -> bool:
        return find_untold(case) is not None

    def weighs(self, case: AnyCase) -> Severity:
        assert isinstance(case, PupilCase), "the rule is about pupils"
        untold = find_untold(case)
        if untold:
            return MUST if untold[0].is_exclusion and is_bound(case) else SHOULD
        return ADVISE if lacks_next_meeting(case) else MUST

    def holds(self, case: PupilCase) -> Says:
        if find_untold(case):
            return False
        gap = find_gap(case)
        if gap is not None:
            return gap
        return knows_next_meeting(case) if concerns_others(case) else None

    def problem(self, case: PupilCase) -> str:
        untold = find_untold(case)
        if untold is None:
            meeting = case.pupil.next_pep
            if not recorded(meeting):
                return "you have not said when the next meeting on the PEP is"
            return f"the last meeting on the PEP that you recorded was on {words(meeting)}"
        occasion, names = untold
        return f"nobody has told {join_names(names)} of {occasion.name}"

    def task_for(self, case: PupilCase) -> str:
        untold = find_untold(case)
        if untold is None:
            return (
                self.task if knows_next_meeting(case) else "Find out when the next PEP meeting is"
            )
        return f"Tell {join_names(untold[1])}"

    def who_for(self, case: PupilCase) -> Who:
        untold = find_untold(case)
        return Who.SCHOOL if untold and untold[0].is_exclusion else Who.COMMISSIONER

    def remedy(self, case: PupilCase) -> Remedy:
        untold = find_untold(case)
        if untold is None:
            return Edit(about(case.pupil), ("next_pep",))
        occasion, names = untold
        known = (("whom", ", ".join(names)), ("begins", occasion.begins.isoformat()))
        return Write(about(case.pupil), Informed.KIND, known=known)

    def warning(self, case: PupilCase) -> str:
        late = (describe_delay(case, at) for at in range(len(list_occasions(case))))
        return "; ".join(filter(None, late))


def join_names(names: tuple[Colleague, ...]) -> str:
    """Name those who were not told."""
    return " and ".join(NAMES[who] for who in names)


def describe_delay(case: PupilCase, at: int) -> str:
    """Say that somebody was told of an exclusion later than that day; empty if nobody was.

    The law asks for it without delay, and names no day.
    """
    occasion = list_occasions(case)[at]
    if not occasion.is_exclusion or is_history(case, occasion.begins):
        return ""
    days = [each.day for each in case.entries.all(Informed) if is_about(case, each, at)]
    if not days or max(days) <= occasion.tell_by:
        return ""
    return f"they were told of {occasion.name} only on {words(max(days), weekday=True)}"
