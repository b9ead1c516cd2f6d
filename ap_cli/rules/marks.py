"""AP6: whether the attendance marks can be true of the pupil and the placement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..domain.attendance import Mark
from ..domain.days import count
from ..domain.options import Place
from ..domain.periods import holds
from ..domain.sessions import HALVES
from ..forms.facts import Fact, Unknown, all_of, any_of, is_yes, negate, recorded
from ..forms.form import Record
from ..forms.text import first_of
from .attendance import AMENDED_MARK
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import has_started, is_of_school_age
from .excluded import BY_EXCLUSION, is_from_the_sixth_day
from .kinds import SCHOOLS
from .planned_code import is_arranged_by_the_council, is_off_the_roll_on
from .roll import REGISTRATION_2024
from .rule import MUST, PlacementRule, Says, condition
from .task import Choice, Edit, Remedy, Who, Write, about

AWAY = "B K P V W"
"""The codes of a pupil who is educated somewhere else than in school."""

ATTENDING = f"/ \\ L {AWAY}"
"""The codes of a pupil who attends."""


@condition("no session is marked as attended", within=has_started)
def is_marked_as_attending(case: PlacementCase) -> bool:
    """Whether any session is marked as attended."""
    return case.register.has_any(ATTENDING)


def is_in_slot(case: PlacementCase, place: str, mark: Mark) -> Fact[bool]:
    """Tell whether the week that held has the session of a mark at a place."""
    sessions = case.sessions_on(place, mark.day)
    return sessions if isinstance(sessions, Unknown) else mark.slot in sessions.slots


def learns_alone_on(case: PlacementCase, mark: Mark) -> bool:
    """Tell whether the pupil learned online on the day of a mark."""
    return case.place_on(mark.day) is Place.ONLINE


def is_alone_at_home(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether the session of a mark is at home, and not one in which a tutor comes there."""
    if not is_yes(is_in_slot(case, "at_home", mark)):
        return False
    if case.place_on(mark.day) is not Place.HOME:
        return True
    return negate(is_in_slot(case, "at_provider", mark))


def has_nobody_there(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether nobody who teaches or supervises is there in the session of a mark.

    That is so at home, and in the sessions of a provider that teaches online. Where nobody recorded
    which these are, each session marked as out of school is one.
    """
    is_away, at_home = mark.code in AWAY.split(), is_alone_at_home(case, mark)
    may_be_at_home = is_away and (not recorded(at_home) or at_home)
    if is_yes(is_in_slot(case, "at_school", mark)) and not may_be_at_home:
        return False
    if is_yes(at_home) or not learns_alone_on(case, mark):
        return at_home
    online = is_in_slot(case, "at_provider", mark)
    return True if is_away and not recorded(online) else online


@once
def list_with_nobody_there(case: PlacementCase) -> tuple[Mark, ...]:
    """List the sessions marked as attended in which nobody is with the pupil."""
    marks = case.register.coded(ATTENDING)
    return tuple(mark for mark in marks if is_yes(has_nobody_there(case, mark)))


class LearningAloneIsNotMarkedAsAttendance(PlacementRule):
    """Learning online or alone at home is not marked as attendance.

    A pupil who learns online, or at home with no tutor there, is absent: use the absence code that
    fits. That is so with an accredited online provider too. Work done in school is marked as
    present.
    """

    id, severity, sources = "AP606", MUST, ("SI 2024/208 reg 10", "WTISA")
    done_by = (Who.SCHOOL,)
    task, key, label = (
        "Correct the attendance marks",
        "home-marks",
        "Learning alone marked as attendance",
    )
    applies = is_marked_as_attending
    since = REGISTRATION_2024

    def holds(self, case: PlacementCase) -> Says:
        if list_with_nobody_there(case):
            return False
        marks = case.register.coded(ATTENDING)
        return not any_of(*[has_nobody_there(case, mark) for mark in marks])

    def problem(self, case: PlacementCase) -> str:
        marks = list_with_nobody_there(case)
        codes = " and ".join(dict.fromkeys(mark.code for mark in marks))
        sessions = first_of([mark.session for mark in marks])
        return f"the pupil learned with nobody there, in sessions marked {codes}: {sessions}"

    def remedy(self, case: PlacementCase) -> Remedy:
        return amend(case, list_with_nobody_there(case))


def amend(case: PlacementCase, wrong: Sequence[Mark]) -> Write:
    """Return the remedy that amends the first of some wrong marks, and with it those like it.

    They are amended together if every session between that has the same code is wrong too.
    """
    first = wrong[0]
    known = [("day", str(first.day)), ("session", HALVES[first.half])]
    alike = {mark.position for mark in wrong if mark.code == first.code}
    last = max(alike)
    between = [
        mark.position
        for mark in case.register.coded(first.code)
        if first.position <= mark.position <= last
    ]
    if len(alike) > 1 and alike.issuperset(between):
        known += [("until", str(last[0])), ("marked", first.code)]
    return Write(about(case.placement), AMENDED_MARK, known=tuple(known))


def is_of_age(case: PlacementCase, mark: Mark) -> bool:
    """Tell whether the pupil is of compulsory school age on the day of a mark."""
    return is_of_school_age(case, mark.day)


def is_not_agreed(case: PlacementCase, mark: Mark) -> bool:
    """Tell whether no agreement with the parents leaves out the session of a mark.

    An agreement has its sessions and its last day. Source: SI 2024/208 reg 11(6).
    """
    return not (
        is_yes(is_in_slot(case, "at_home", mark))
        and is_yes(case.placement.home_agreed)
        and is_before_the_end(case, mark)
    )


def is_before_the_end(case: PlacementCase, mark: Mark) -> bool:
    """Tell whether a mark is of a day on which the time at home was to go on."""
    until = case.placement.home_until
    return recorded(until) and mark.day <= until


def is_the_councils(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether the council arranges the place, so that K is right and B is not."""
    if learns_alone_on(case, mark):
        return False  # neither is: AP606 says so
    return is_arranged_by_the_council(case)


def is_a_schools(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether a school arranges the place, so that B is right and K is not."""
    if learns_alone_on(case, mark):
        return False
    return negate(is_arranged_by_the_council(case))


def is_registered_there(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether the pupil is registered at the provider, a school, on the day of a mark."""
    since, provider = case.placement.dual_registered, case.provider
    is_registered = since if isinstance(since, Unknown) else since <= mark.day
    is_school = any_of(provider.kind in SCHOOLS, holds(provider.registered, mark.day))
    return all_of(is_school, is_registered)


def is_known_to_be_registered_there(case: PlacementCase, mark: Mark) -> bool:
    """Tell whether the pupil is recorded as registered at the provider on the day of a mark."""
    return is_yes(is_registered_there(case, mark))


def is_not_registered_there(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether the pupil is not registered at the provider on the day of a mark."""
    return negate(is_registered_there(case, mark))


def is_educated(case: PlacementCase, mark: Mark) -> Fact[bool]:
    """Tell whether the placement is an excluded pupil's education in the session of a mark.

    Until the sixth school day of the exclusion code E may stand.
    """
    if case.placement.route not in BY_EXCLUSION:
        return False
    is_there = is_in_slot(case, "at_provider", mark)
    return all_of(is_there, is_from_the_sixth_day(case, mark.day))


class Judge(Record, frozen=True):
    """When marks of some codes cannot be true, and why."""

    codes: tuple[str, ...]
    is_wrong: Callable[[PlacementCase, Mark], Fact[bool]]
    why: str


JUDGES = (
    Judge(("X",), is_of_age, "the pupil is of compulsory school age"),
    Judge(("C2",), is_not_agreed, "no agreement with the parents covers that"),
    Judge(("B",), is_the_councils, "the council arranges the place, so use K"),
    Judge(("K",), is_a_schools, "a school arranges the place, so use B"),
    Judge(("B", "K"), is_known_to_be_registered_there, "the pupil is registered there, so use D"),
    Judge(("D",), is_not_registered_there, "the pupil is not registered there"),
    Judge(("E",), is_educated, "the pupil has education then, from the sixth day"),
)
"""What each code says of a pupil. Source: SI 2024/208 reg 10, Tables 2 and 3, reg 11(6)."""

JUDGED = " ".join(sorted({code for judge in JUDGES for code in judge.codes}))


def list_of_the_home_school(case: PlacementCase, codes: str) -> tuple[Mark, ...]:
    """List the marks of these codes of days on which the home school's register has the pupil."""
    marks = case.register.coded(codes)
    return tuple(mark for mark in marks if not is_off_the_roll_on(case, mark.day))


def why_no_marks_to_judge(case: PlacementCase) -> str:
    """Say why no mark is judged."""
    if case.register.has_any(JUDGED):
        return "the pupil is not on the home school's register"
    return f"no session is marked {', '.join(JUDGED.split())}"


@condition(why_no_marks_to_judge, within=has_started)
def has_marks_to_judge(case: PlacementCase) -> bool:
    """Whether any session has a code that the record of the home school can contradict."""
    return bool(list_of_the_home_school(case, JUDGED))


def list_verdicts(case: PlacementCase) -> list[tuple[Judge, Mark, Fact[bool]]]:
    """Judge each mark of a code that the record can contradict."""
    return [
        (judge, mark, judge.is_wrong(case, mark))
        for judge in JUDGES
        for mark in list_of_the_home_school(case, " ".join(judge.codes))
    ]


@once
def list_wrong_marks(case: PlacementCase) -> list[tuple[Judge, Mark]]:
    """List the marks that cannot be true, each with what says so."""
    return [(judge, mark) for judge, mark, wrong in list_verdicts(case) if is_yes(wrong)]


class MarksAreTrue(PlacementRule):
    """Each attendance mark can be true.

    Code X is only for a pupil who is not of compulsory school age. C2 needs an agreement with the
    parents, with its times and dates. Where the council arranges the place it is K, and otherwise
    B. D is only for a pupil who is registered at the other school. E is not for time in which an
    excluded pupil has education from the sixth school day.
    """

    id, severity, sources = "AP608", MUST, ("SI 2024/208 reg 10", "SI 2024/208 reg 11")
    done_by = (Who.SCHOOL,)
    task, key, label = "Correct the attendance marks", "wrong-marks", "Marks that cannot be true"
    applies = has_marks_to_judge
    since = REGISTRATION_2024

    def holds(self, case: PlacementCase) -> Says:
        verdicts = [wrong for _, _, wrong in list_verdicts(case)]
        return not any_of(*verdicts)

    def problem(self, case: PlacementCase) -> str:
        return "; ".join(describe_marks(case))

    def remedy(self, case: PlacementCase) -> Remedy:
        judge, _ = list_wrong_marks(case)[0]
        wrong = [mark for other, mark in list_wrong_marks(case) if other is judge]
        if judge.codes != ("C2",):
            return amend(case, wrong)
        record = about(case.placement)
        agree = Edit(record, ("at_home", "home_agreed", "home_until"), yes=("home_agreed",))
        return Choice(record, (agree, amend(case, wrong)))


def describe_marks(case: PlacementCase) -> list[str]:
    """Say of each code how many sessions cannot have it, and why."""
    counts: dict[tuple[str, str], int] = {}
    for judge, mark in list_wrong_marks(case):
        counts[mark.code, judge.why] = counts.get((mark.code, judge.why), 0) + 1
    return [describe_count(code, why, number) for (code, why), number in counts.items()]


def describe_count(code: str, why: str, number: int) -> str:
    """Say how many sessions have a code, and why it cannot be true."""
    verb = "is" if number == 1 else "are"
    return f"{count(number, 'session')} {verb} marked {code}, and {why}"
