"""AP4: the plan for the child."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.facts import Fact, recorded
from ..domain.forms import flag_of
from .case import Case
from .engine import BEFORE, LOCAL, SHOULD, Rule, Says, rule

KEY_QUESTIONS = "the nine key questions"


def unanswered(case: Case, names: tuple[str, ...]) -> list[str]:
    """Which of these questions nobody answered."""
    return [name for name in names if not recorded(getattr(case.placement, name))]


def key_question(id: str, title: str, names: tuple[str, ...]) -> Callable[[Callable[[Case], Says]], Rule]:
    """A rule that the questions of these names are answered before the placement starts."""

    def breach(case: Case) -> str:
        gaps = ((name.replace("_", " "), getattr(case.placement, name)) for name in unanswered(case, names))
        return f"not recorded: {', '.join(f'{name} (asked, not known yet)' if gap.asked else name for name, gap in gaps)}"

    def remedy(case: Case) -> str:
        return f"ap placement edit {case.placement.ref} " + " ".join(f"{flag_of(name)} …" for name in unanswered(case, names))

    return rule(
        id, title, SHOULD, cites=["HB 2.2"], breach=breach, remedy=remedy, due=lambda case: case.before_the_start, stage=BEFORE, group=KEY_QUESTIONS
    )


def answered(case: Case, *names: str) -> bool:
    """Whether each of these questions has an answer."""
    return all(recorded(getattr(case.placement, name)) for name in names)


CONSULTED = ("pupil_consulted", "parents_consulted", "teacher_consulted", "consulted")
OUTCOMES = ("outcome_attendance", "outcome_attitude", "outcome_attainment", "outcome_behaviour", "outcome_destination")


@key_question("AP401", "the pupil, the parents and the teacher were consulted", CONSULTED)
def all_were_consulted(case: Case) -> Says:
    """Before it is decided, the pupil, the parents and the teacher are spoken to: who and when is recorded."""
    return answered(case, *CONSULTED)


@key_question("AP402", "the nature, objectives and timeline are defined", ("nature", "objectives", "timeline"))
def intervention_is_defined(case: Case) -> Says:
    """What the intervention is, what it is for and by when is clear from the start."""
    return answered(case, "nature", "objectives", "timeline")


@key_question("AP403", "other considerations, such as transport, were thought of", ("transport",))
def considerations_were_thought_of(case: Case) -> Says:
    """How the child gets there, and whatever else the placement depends on, is settled beforehand."""
    return answered(case, "transport")


@key_question("AP404", "what the pupil wants or needs is recorded", ("pupil_wants",))
def pupil_was_asked(case: Case) -> Says:
    """The child's own wishes and needs shape the placement."""
    return answered(case, "pupil_wants")


@key_question("AP405", "how long it lasts is decided", ("ends",))
def length_is_decided(case: Case) -> Says:
    """The length is decided at the outset: it is an intervention, not a destination."""
    return answered(case, "ends")


@key_question("AP406", "whether it is part or full time is decided", ("extent",))
def extent_is_decided(case: Case) -> Says:
    """Part time, the child is at school on the other days; full time, the school still follows attendance and progress."""
    return answered(case, "extent")


@key_question("AP407", "how it fits with the mainstream curriculum is recorded", ("curriculum_fit",))
def curriculum_fits(case: Case) -> Says:
    """What is taught keeps up with the curriculum, the timetable and the qualifications that the child comes back to."""
    return answered(case, "curriculum_fit")


@key_question("AP408", "what success looks like is recorded", ("success",))
def success_is_described(case: Case) -> Says:
    """Who knows what success looks like can tell when a placement has done its work."""
    return answered(case, "success")


@key_question("AP409", "the outcomes hoped for are recorded", OUTCOMES)
def outcomes_are_named(case: Case) -> Says:
    """Attendance, attitude, attainment, behaviour and destination: what is hoped for in each."""
    return answered(case, *OUTCOMES)


def away_from_a_base_school(case: Case) -> Fact[bool]:
    """Whether the child is placed outside the school and on a base school's roll."""
    return case.external and case.pupil.on_roll


def no_day_at_school(case: Case) -> str:
    at_school = case.placement.at_school
    if not recorded(at_school):
        return "no session at the base school is recorded, nor an exception"
    if at_school.slots:
        return f"at the base school: {at_school}; that is half a day at a time: once a week, but not a day, and no exception is recorded"
    return "the child is never at the base school, and no exception is recorded"


@rule("AP416", "at least one day a week is at the base school, or an exception is recorded", LOCAL, cites=["HB 2.2"], applies=away_from_a_base_school,
      due=lambda case: case.before_the_start, stage=BEFORE, breach=no_day_at_school,
      remedy=lambda case: f"ap placement edit {case.placement.ref} --at-school …, or --exception …")  # fmt: skip
def a_day_at_the_base_school(case: Case) -> Says:
    """The child stays part of its own school: both sessions of at least one day a week are there.

    Excused by harm to health or wellbeing, by a key stage 4 qualification, or by emotionally based school avoidance.
    """
    if recorded(case.placement.exception):
        return True
    at_school = case.placement.at_school
    return recorded(at_school) and at_school.most_in_a_day >= case.figures["base_school.sessions"]
