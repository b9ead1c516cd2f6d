"""AP4: the plan for the child."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..domain.placement import Placement
from ..domain.text import pounds
from ..forms.facts import Fact, recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import at_the_first_review, before_the_start, outside_the_school
from .engine import rule
from .gaps import as_asked
from .on_record import flags_and_places
from .rule import ADVISE, BEFORE, LOCAL, SHOULD, Rule, Says, Severity

KEY_QUESTIONS = "the nine key questions"


def unanswered(placement: Placement, names: Sequence[str], yes: Sequence[str] = ()) -> list[str]:
    """Which of these questions of a plan nobody answered, and which of `yes` are not answered with yes."""
    wanting = [name for name in names if not recorded(getattr(placement, name))]
    return wanting + [
        name for name in yes if not recorded(fact := getattr(placement, name)) or fact is False
    ]


def planned(
    id: str,
    title: str,
    severity: Severity,
    names: Sequence[str],
    guidance: str,
    *,
    cites: Sequence[str],
    yes: Sequence[str] = (),
    applies: Callable[[PlacementCase], Fact[bool]] | None = None,
    group: str = "",
) -> Rule:
    """A rule that these questions of the plan are answered before the placement starts, those of `yes` with yes."""

    @once
    def gaps(case: PlacementCase) -> list[str]:
        return unanswered(case.placement, names, yes)

    def is_answered(case: PlacementCase) -> Says:
        return not gaps(case)

    def breach(case: PlacementCase) -> str:
        facts = {name: getattr(case.placement, name) for name in gaps(case)}
        asked = {name: as_asked(f"{Placement.NOUN}.{name}") for name in facts}
        no = [asked[name] for name, fact in facts.items() if recorded(fact)]
        open_ = [
            asked[name] + (" (asked, not known yet)" if fact.asked else "")
            for name, fact in facts.items()
            if not recorded(fact)
        ]
        return "; ".join(
            filter(
                None,
                (
                    f"not recorded: {', '.join(open_)}" if open_ else "",
                    f"recorded as no: {', '.join(no)}" if no else "",
                ),
            )
        )

    def remedy(case: PlacementCase) -> str:
        return f"ap placement edit {case.placement.ref} {flags_and_places(Placement, tuple(gaps(case)))}"

    is_answered.__doc__ = guidance
    made = rule(
        id,
        title,
        severity,
        cites=cites,
        applies=applies,
        breach=breach,
        remedy=remedy,
        due=before_the_start,
        stage=BEFORE,
        group=group,
    )
    return made(is_answered)


def key_question(id: str, title: str, names: Sequence[str], guidance: str) -> Rule:
    """A rule that a key question of commissioners is answered before the placement starts."""
    return planned(id, title, SHOULD, names, guidance, cites=["HB 2.2"], group=KEY_QUESTIONS)


all_were_consulted = key_question(
    "AP401",
    "the pupil, the parents and the teacher were consulted",
    ("pupil_consulted", "parents_consulted", "teacher_consulted", "consulted"),
    "Before it is decided, the pupil, the parents and the teacher are spoken to: who and when is recorded.",
)
intervention_is_defined = key_question(
    "AP402",
    "the nature, objectives and timeline are defined",
    ("nature", "objectives", "timeline"),
    "What the intervention is, what it is for and by when is clear from the start.",
)
considerations_were_thought_of = key_question(
    "AP403",
    "other considerations, such as transport, were thought of",
    ("transport",),
    "How the child gets there, and whatever else the placement depends on, is settled beforehand.",
)
pupil_was_asked = key_question(
    "AP404",
    "what the pupil wants or needs is recorded",
    ("pupil_wants",),
    "The child's own wishes and needs shape the placement.",
)
length_is_decided = key_question(
    "AP405",
    "how long it lasts is decided",
    ("ends",),
    "The length is decided at the outset: it is an intervention, not a destination.",
)
extent_is_decided = key_question(
    "AP406",
    "whether it is part or full time is decided",
    ("extent",),
    "Part time, the child is at school on the other days; full time, the school still follows attendance and progress.",
)
curriculum_fits = key_question(
    "AP407",
    "how it fits with the mainstream curriculum is recorded",
    ("curriculum_fit",),
    "What is taught keeps up with the curriculum, the timetable and the qualifications that the child comes back to.",
)
success_is_described = key_question(
    "AP408",
    "what success looks like is recorded",
    ("success",),
    "Who knows what success looks like can tell when a placement has done its work.",
)
outcomes_are_named = key_question(
    "AP409",
    "the outcomes hoped for are recorded",
    (
        "outcome_attendance",
        "outcome_attitude",
        "outcome_attainment",
        "outcome_behaviour",
        "outcome_destination",
    ),
    "Attendance, attitude, attainment, behaviour and destination: what is hoped for in each.",
)


def is_compared(case: PlacementCase) -> bool:
    """Whether somebody has compared the cost with what was attended: on a day on which the placement had started."""
    compared = case.placement.cost_compared
    return recorded(compared) and compared >= case.placement.starts


def cost_is_open(case: PlacementCase) -> str:
    cost = case.placement.weekly_pence
    if not recorded(cost):
        return "what it costs is not recorded"
    early = recorded(case.placement.cost_compared)
    told = (
        "that was compared only before it started"
        if early
        else "nobody compared that with what was attended"
    )
    return f"it costs {pounds(cost)} a week, and {told}"


def cost_flags(case: PlacementCase) -> str:
    return (
        "--cost-compared today"
        if recorded(case.placement.weekly_pence)
        else "--cost … --cost-compared today"
    )


@rule(
    "AP424",
    "costs are recorded and compared with what was attended",
    ADVISE,
    cites=["HB 2.2"],
    applies=outside_the_school,
    due=at_the_first_review,
    breach=cost_is_open,
    remedy=lambda case: f"ap placement edit {case.ref} {cost_flags(case)}",
)
def costs_are_compared(case: PlacementCase) -> Says:
    """What is paid is known, and by the first review somebody has looked whether it bought what was attended."""
    return recorded(case.placement.weekly_pence) and is_compared(case)


def away_from_a_base_school(case: PlacementCase) -> Fact[bool]:
    """Whether the child is placed outside the school, on a base school's roll, and with a provider that has no terms of its own."""
    return case.external and case.terms is None and case.pupil.on_roll


def no_day_at_school(case: PlacementCase) -> str:
    at_school = case.placement.at_school
    if not recorded(at_school):
        return "no session at the base school is recorded, nor an exception"
    if at_school.slots:
        return f"at the base school: {at_school}; that is half a day at a time: once a week, but not a day, and no exception is recorded"
    return "the child is never at the base school, and no exception is recorded"


@rule(
    "AP416",
    "at least one day a week is at the base school, or an exception is recorded",
    LOCAL,
    cites=["HB 2.2"],
    applies=away_from_a_base_school,
    due=lambda case: case.before_the_start,
    stage=BEFORE,
    breach=no_day_at_school,
    remedy=lambda case: f"ap placement edit {case.placement.ref} --at-school …, or --exception …",
)
def a_day_at_the_base_school(case: PlacementCase) -> Says:
    """The child stays part of its own school: both sessions of at least one day a week are there.

    Excused by harm to health or wellbeing, by a key stage 4 qualification, or by emotionally based school avoidance.
    """
    if recorded(case.placement.exception):
        return True
    at_school = case.placement.at_school
    return recorded(at_school) and at_school.most_in_a_day >= case.figures["base_school.sessions"]
