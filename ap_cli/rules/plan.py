"""AP4: the plan for the child."""

from __future__ import annotations

from datetime import date

from ..domain.options import NOT_AT_A_SITE
from ..forms.facts import recorded
from ..forms.text import pounds
from .cases.placement import PlacementCase
from .conditions import at_the_first_review, outside_the_school
from .on_record import InThePlan, unanswered
from .roll import was_removed
from .rule import ADVISE, BEFORE, LOCAL, SHOULD, PlacementRule, Says, condition
from .task import Choice, Edit, Remedy, about

COMPLETE_THE_PLAN = "Complete the placement plan"


class KeyQuestion(InThePlan):
    """A key question of commissioners is answered before the placement starts."""

    severity, sources = SHOULD, ("AP guide", "HB 2.2")
    group = "the nine key questions"
    task = COMPLETE_THE_PLAN


class EveryoneIsConsulted(KeyQuestion):
    """The pupil, the parents and the teacher are consulted.

    Speak to the pupil, the parents and the teacher before you decide. Record whom you spoke to,
    when, and what they said.
    """

    id = "AP401"
    task = "Talk to the pupil, the parents and the teacher"
    key, label = "consult", "Consultations missing"
    answers = ("pupil_consulted", "parents_consulted", "teacher_consulted", "consulted")


class InterventionIsDefined(KeyQuestion):
    """It is clear what happens, what it is for and by when.

    State from the start what the pupil will do there, what should change, and by when.
    """

    id = "AP402"
    key, label = "objectives", "Objectives not set"
    answers = ("nature", "objectives", "timeline")


class TransportIsPlanned(KeyQuestion):
    """Transport and other needs are planned.

    Settle before the start how the pupil gets there, and whatever else the placement depends on. Of
    a pupil who is taught at home or online, only what else there is to consider is asked.
    """

    id = "AP403"
    key, label = "transport", "Transport not planned"
    answers = ("transport",)

    def gaps(self, case: PlacementCase) -> tuple[str, ...]:
        if case.place in NOT_AT_A_SITE and not recorded(case.placement.transport):
            return unanswered(case.placement, ("considerations",), ())
        return unanswered(case.placement, self.answers, ())


class PupilSaysWhatTheyWant(KeyQuestion):
    """You know what the pupil wants or needs.

    The pupil's own wishes and needs shape the placement. Ask, and write the answer in their words.
    """

    id = "AP404"
    key, label = "wishes", "Pupils' wishes not known"
    answers = ("pupil_wants",)


class LengthIsDecided(KeyQuestion):
    """The length of the placement is decided.

    Decide at the outset how long the placement lasts. It is an intervention, not a destination.
    """

    id = "AP405"
    task = "Set the end date"
    key, label = "length", "Lengths not decided"
    answers = ("ends",)


class ExtentIsDecided(KeyQuestion):
    """Part time or full time is decided.

    If the pupil is part time, they are at school on the other days. If they are full time, the
    school still follows attendance and progress.
    """

    id = "AP406"
    key, label = "extent", "Part or full time not decided"
    answers = ("extent",)


class LessonsFitTheSchool(KeyQuestion):
    """What the pupil learns there fits with lessons at school.

    Teaching keeps up with the curriculum, the timetable and the qualifications that the pupil
    comes back to.
    """

    id = "AP407"
    key, label = "lessons", "Fit with school lessons not planned"
    answers = ("curriculum_fit",)


class SuccessIsDescribed(KeyQuestion):
    """You know what success looks like.

    If you know what success looks like, you can tell when the placement has done its work.
    """

    id = "AP408"
    key, label = "success", "Measures of success missing"
    answers = ("success",)


class OutcomesAreNamed(KeyQuestion):
    """The outcomes you hope for are named.

    Say what you hope for in each of these: attendance, attitude, attainment, behaviour and
    destination.
    """

    id = "AP409"
    key, label = "outcomes", "Hoped-for outcomes missing"
    answers = (
        "outcome_attendance",
        "outcome_attitude",
        "outcome_attainment",
        "outcome_behaviour",
        "outcome_destination",
    )


class CostsAreCompared(PlacementRule):
    """The cost is known and checked against attendance.

    Know what you pay. By the first review, check whether the pupil attended what you paid for.
    """

    id, severity, sources = "AP424", ADVISE, ("AP guide", "HB 2.2")
    task, key, label = "Check the cost against attendance", "cost", "Costs not checked"
    applies = outside_the_school

    def due(self, case: PlacementCase) -> date | None:
        return at_the_first_review(case)

    def holds(self, case: PlacementCase) -> Says:
        return recorded(case.placement.weekly_pence) and is_compared(case)

    def problem(self, case: PlacementCase) -> str:
        cost = case.placement.weekly_pence
        if not recorded(cost):
            return "you have not said what the placement costs"
        paid = f"you pay {pounds(cost)} a week, and"
        if recorded(case.placement.cost_compared):
            return f"{paid} checked that against attendance only before the start"
        return f"{paid} have not checked that against attendance"

    def remedy(self, case: PlacementCase) -> Remedy:
        ask = () if recorded(case.placement.weekly_pence) else ("weekly_pence",)
        return Edit(about(case.placement), ask, known=(("cost_compared", "today"),))


def is_compared(case: PlacementCase) -> bool:
    """Tell whether the cost was checked against attendance after the placement started."""
    compared = case.placement.cost_compared
    return recorded(compared) and compared >= case.placement.starts


@condition("the provider has terms of its own (AP607)", within=outside_the_school)
def has_no_terms(case: PlacementCase) -> bool:
    """Whether the provider has no terms of its own."""
    return case.terms is None


@condition("the school took the pupil off its register", within=has_no_terms)
def is_not_removed(case: PlacementCase) -> bool:
    """Whether no school took the pupil off its register."""
    return not was_removed(case)


@condition("the pupil is on no school's roll", within=is_not_removed)
def away_from_a_home_school(case: PlacementCase) -> object:
    """Whether the pupil is placed outside the school and on a home school's roll."""
    return case.pupil.on_roll


class PupilKeepsADayAtSchool(PlacementRule):
    """The pupil is at the home school one day a week.

    The pupil stays part of the home school and is there for both sessions of at least one day a
    week. Exceptions are harm to health or wellbeing, a key stage 4 qualification, and emotionally
    based school avoidance (EBSA).
    """

    id, severity, sources = "AP416", LOCAL, ("HB 2.2",)
    task, key, label = "Arrange a day a week at school", "school-day", "No day a week at school"
    stage = BEFORE
    applies = away_from_a_home_school

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        if recorded(case.placement.exception):
            return True
        at_school = case.placement.at_school
        wanted = case.figures["base_school.sessions"]
        return recorded(at_school) and at_school.most_in_a_day >= wanted

    def problem(self, case: PlacementCase) -> str:
        at_school = case.placement.at_school
        if not recorded(at_school):
            return (
                "you have not said when the pupil is at the home school, or which exception applies"
            )
        if at_school.slots:
            return (
                f"the pupil is at the home school {at_school}: half a day at a time and not a"
                " whole day, and no exception applies"
            )
        return "the pupil is never at the home school, and no exception applies"

    def remedy(self, case: PlacementCase) -> Remedy:
        record = about(case.placement)
        return Choice(record, (Edit(record, ("at_school",)), Edit(record, ("exception",))))


class WayOutIsPlanned(InThePlan):
    """The plan says how the placement ends.

    Plan before the start how the placement ends, also if it does not work. The placement sheet
    calls this the exit strategy.
    """

    id, severity, sources = "AP414", LOCAL, ("HB App 1",)
    task, key, label = COMPLETE_THE_PLAN, "exit", "Exit strategies missing"
    group = "arrangements for the child"
    applies = outside_the_school
    answers = ("exit_strategy",)
