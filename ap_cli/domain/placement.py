"""A placement: who goes where, why, when and for how long."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, NewType

from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Ask, Minutes, Noun, Pence, Record
from .sessions import Sessions

PupilRef = NewType("PupilRef", int)
ProviderRef = NewType("ProviderRef", int)
CommissionerRef = NewType("CommissionerRef", int)


class Route(StrEnum):
    """The legal route by which a placement is made."""

    SECTION_19 = "section-19"
    PERMANENT_EXCLUSION = "permanent-exclusion"
    SUSPENSION = "suspension"
    OFF_SITE_DIRECTION = "off-site-direction"
    SCHOOL_ARRANGED = "school-arranged"
    HOME_EDUCATION = "home-education"
    EOTAS = "eotas"


NOT_ALTERNATIVE_PROVISION = {
    Route.HOME_EDUCATION: "elective home education is the parents' own choice and not alternative provision (HB 1.2)",
    Route.EOTAS: "education otherwise than at school under CFA 2014 s.61 is special educational provision, not alternative provision (HB 1.2)",
}
"""Routes that are refused on entry, with the reason."""


class Tier(StrEnum):
    """The tier of the three-tier model. Source: HB 1.3."""

    ONE_A = "1a"
    ONE_B = "1b"
    TWO = "2"
    THREE = "3"


IN_SCHOOL = (Tier.ONE_A, Tier.ONE_B)
"""The tiers in which the child stays in the school."""


class Reason(StrEnum):
    """A common reason for referral. Source: HB 1.4."""

    EARLY_HELP = "early-help"
    VOCATIONAL = "vocational"
    BETWEEN_PLACES = "between-places"
    ONLINE = "online"
    HEALTH = "health"
    OTHER = "other"


class Aim(StrEnum):
    """Where a placement is meant to lead."""

    RETURN_TO_SCHOOL = "return-to-school"
    POST_16 = "post-16"
    SPECIALIST = "specialist-provision"
    OTHER = "other"


class Extent(StrEnum):
    """Whether the child's week is full or part time."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"


class Exception_(StrEnum):
    """Why a child may spend less than a day a week at the base school, or be placed full time. Source: HB 2.2."""

    HEALTH = "health-or-wellbeing"
    KS4 = "ks4-qualification"
    EBSA = "ebsa"


class Destination(StrEnum):
    """Where a child goes when a placement ends."""

    HOME_SCHOOL = "home-school"
    OTHER_SCHOOL = "other-school"
    SPECIAL_SCHOOL = "special-school"
    OTHER_PLACEMENT = "other-placement"
    FURTHER_EDUCATION = "further-education"
    TRAINING = "training-or-employment"
    NONE = "none"


class PlannedCode(StrEnum):
    """The attendance code that the home school's register is planned to hold. Source: SI 2024/208 reg 10."""

    B = "B"
    D = "D"
    K = "K"
    P = "P"
    V = "V"
    W = "W"


WITH_CONDITIONS = (PlannedCode.B, PlannedCode.P, PlannedCode.W)
"""The codes that need four conditions. Source: SI 2024/208 reg 10(11)."""


class State(StrEnum):
    """Where a placement stands on a day: computed, never stored."""

    PLANNED = "planned"
    LIVE = "live"
    PAST_ITS_END = "past its planned end"
    ENDED = "ended"
    NEVER_STARTED = "never started"


WEEK = (
    "weekly_minutes",
    "school_minutes",
    "elsewhere_minutes",
    "at_provider",
    "at_school",
    "elsewhere",
    "at_home",
    "tier",
)
"""The facts of a placement that hold from a day on: its week, and the tier."""


class Placement(Noun, frozen=True, kw_only=True):
    """A pupil's time at a provider, as agreed, with the week in force on the day asked."""

    PREFIX: ClassVar[str] = "PL"
    NOUN: ClassVar[str] = "placement"

    pupil: Annotated[PupilRef, Ask("Who is the pupil?", topic="Who")]
    commissioner: Annotated[
        Fact[CommissionerRef],
        Ask(
            "Who commissions the placement?",
            hint="the commissioner answers for it",
            source="HB 2.1",
        ),
    ] = Unknown("placement.commissioner")
    pupil_consulted: Annotated[
        Fact[date], Ask("When was the pupil spoken to?", source="HB 2.2", topic="Who was consulted")
    ] = Unknown("placement.pupil_consulted")
    parents_consulted: Annotated[
        Fact[date], Ask("When were the parents spoken to?", source="HB 2.2")
    ] = Unknown("placement.parents_consulted")
    teacher_consulted: Annotated[
        Fact[date], Ask("When was the teacher spoken to?", source="HB 2.2")
    ] = Unknown("placement.teacher_consulted")
    consulted: Annotated[
        Fact[str], Ask("Who were they, and what did they say?", source="HB 2.2")
    ] = Unknown("placement.consulted")
    tried: Annotated[
        Fact[str],
        Ask(
            "What was tried before?",
            hint="the graduated approach, tier 1 and specialist advice come first",
            source="HB 1.3, 2.2",
            topic="What was tried",
        ),
    ] = Unknown("placement.tried")
    reasons: Annotated[
        Fact[tuple[Reason, ...]],
        Ask(
            "For what reasons is the pupil referred? (several allowed)",
            flags="--reason",
            source="HB 1.4",
            topic="Why",
        ),
    ] = Unknown("placement.reasons")
    route: Annotated[
        Route,
        Ask(
            "By which legal route?",
            hint="it decides who must arrange it and by when",
            source="HB 1.2, 2.1",
        ),
    ]
    for_authority: Annotated[
        Fact[bool],
        Ask(
            "Is it arranged on behalf of the local authority?",
            source="HB 2.1; EA 1996 s.19",
            when="an_authority_must_arrange_it",
        ),
    ] = Unknown("placement.for_authority")
    tier: Annotated[Fact[Tier], Ask("Which tier is it?", source="HB 1.3")] = Unknown(
        "placement.tier"
    )
    away_minutes: Annotated[
        Fact[Minutes],
        Ask(
            "How many hours a week is the pupil away from the classroom?",
            flags="--away-hours",
            source="HB 1.3",
            when="it_is_in_the_school",
        ),
    ] = Unknown("placement.away_minutes")
    school_week_minutes: Annotated[
        Fact[Minutes],
        Ask(
            "How many hours has the home school's own week?",
            flags="--school-week-hours",
            source="HB 1.3, App 3",
        ),
    ] = Unknown("placement.school_week_minutes")
    aim: Annotated[Fact[Aim], Ask("Where is the placement meant to lead?", source="HB 2.2")] = (
        Unknown("placement.aim")
    )
    nature: Annotated[
        Fact[str], Ask("What is the intervention?", source="HB 2.2", topic="The intervention")
    ] = Unknown("placement.nature")
    objectives: Annotated[Fact[str], Ask("What are its objectives?", source="HB 2.2")] = Unknown(
        "placement.objectives"
    )
    timeline: Annotated[Fact[str], Ask("What is its timeline?", source="HB 2.2")] = Unknown(
        "placement.timeline"
    )
    pupil_wants: Annotated[
        Fact[str], Ask("What does the pupil want or need from it?", source="HB 2.2")
    ] = Unknown("placement.pupil_wants")
    success: Annotated[
        Fact[str], Ask("What will success look like?", source="HB 2.2, App 1", topic="Success")
    ] = Unknown("placement.success")
    outcome_attendance: Annotated[
        Fact[str], Ask("What is hoped for in attendance?", source="HB 2.2")
    ] = Unknown("placement.outcome_attendance")
    outcome_attitude: Annotated[
        Fact[str], Ask("What is hoped for in attitude?", source="HB 2.2")
    ] = Unknown("placement.outcome_attitude")
    outcome_attainment: Annotated[
        Fact[str], Ask("What is hoped for in attainment?", source="HB 2.2")
    ] = Unknown("placement.outcome_attainment")
    outcome_behaviour: Annotated[
        Fact[str], Ask("What is hoped for in behaviour?", source="HB 2.2")
    ] = Unknown("placement.outcome_behaviour")
    outcome_destination: Annotated[
        Fact[str], Ask("What destination is hoped for?", source="HB 2.2")
    ] = Unknown("placement.outcome_destination")
    post_16_plan: Annotated[
        Fact[bool],
        Ask(
            "Is there a plan for after year 11?",
            hint="compulsory school age ends soon",
            source="HB 2.8",
            when="year_11_is_near",
            topic="After year 11",
        ),
    ] = Unknown("placement.post_16_plan")
    post_16: Annotated[
        Fact[str], Ask("What is that plan?", source="HB 2.8", when="there_is_a_post_16_plan")
    ] = Unknown("placement.post_16")
    provider: Annotated[ProviderRef, Ask("Which provider?", topic="Where")]
    site: Annotated[
        Fact[int],
        Ask(
            "Which of its sites, by number?",
            hint="the address that the child attends is always known",
            source="HB App 3",
            when="the_provider_has_sites",
        ),
    ] = Unknown("placement.site")
    weekly_minutes: Annotated[
        Minutes,
        Ask(
            "How many hours a week at the provider, breaks and independent study included?",
            hint="more than 18 is full time",
            flags="--hours",
            source="HB 1.2, App 3",
            topic="The week",
        ),
    ]
    school_minutes: Annotated[
        Fact[Minutes],
        Ask("How many hours a week at school?", flags="--school-hours", source="HB 2.2"),
    ] = Unknown("placement.school_minutes")
    elsewhere_minutes: Annotated[
        Fact[Minutes],
        Ask("How many hours a week elsewhere?", flags="--elsewhere-hours", source="HB App 3"),
    ] = Unknown("placement.elsewhere_minutes")
    at_provider: Annotated[
        Fact[Sessions],
        Ask(
            "Which sessions are at the provider?", hint="such as “mon-thu, fri am”", source="HB 2.2"
        ),
    ] = Unknown("placement.at_provider")
    at_school: Annotated[
        Fact[Sessions],
        Ask("Which sessions are at school?", hint="a day a week is expected", source="HB 2.2"),
    ] = Unknown("placement.at_school")
    elsewhere: Annotated[Fact[Sessions], Ask("Which sessions are elsewhere?", source="HB 2.2")] = (
        Unknown("placement.elsewhere")
    )
    at_home: Annotated[
        Fact[Sessions],
        Ask(
            "Which sessions are at home?", hint="it is agreed, reported, and ends", source="HB 1.2"
        ),
    ] = Unknown("placement.at_home")
    extent: Annotated[Fact[Extent], Ask("Is it part or full time?", source="HB 2.2")] = Unknown(
        "placement.extent"
    )
    exception: Annotated[
        Fact[Exception_],
        Ask(
            "Does an exception apply to the expected day at school, or to a full-time placement?",
            source="HB 2.2",
        ),
    ] = Unknown("placement.exception")
    full_time_from: Annotated[
        Fact[date],
        Ask(
            "From what day on is the week full time again?", source="HB 2.2", when="it_is_part_time"
        ),
    ] = Unknown("placement.full_time_from")
    home_reported: Annotated[
        Fact[date],
        Ask(
            "When was the time at home reported to the local authority?",
            source="HB 1.2",
            when="some_time_is_at_home",
        ),
    ] = Unknown("placement.home_reported")
    home_agreed: Annotated[
        Fact[bool],
        Ask(
            "Have the parents agreed to the time at home?",
            source="HB 1.2",
            when="some_time_is_at_home",
        ),
    ] = Unknown("placement.home_agreed")
    home_until: Annotated[
        Fact[date],
        Ask("Until what day is there time at home?", source="HB 1.2", when="some_time_is_at_home"),
    ] = Unknown("placement.home_until")
    home_checked_by: Annotated[
        Fact[str],
        Ask("Who checks on the child at home?", source="HB 1.2", when="some_time_is_at_home"),
    ] = Unknown("placement.home_checked_by")
    curriculum_fit: Annotated[
        Fact[str], Ask("How does it fit with the mainstream curriculum?", source="HB 2.2")
    ] = Unknown("placement.curriculum_fit")
    starts: Annotated[date, Ask("When does it start?", source="HB App 1", topic="When")]
    ends: Annotated[
        Fact[date],
        Ask(
            "When is it planned to end?",
            hint="a placement without an end drifts",
            source="HB 1.3, 2.5",
        ),
    ] = Unknown("placement.ends")
    review_dates: Annotated[
        Fact[tuple[date, ...]],
        Ask(
            "On what days will it be reviewed? (several allowed)",
            flags="--review-date",
            source="HB 2.2",
        ),
    ] = Unknown("placement.review_dates")
    transport: Annotated[
        Fact[str],
        Ask(
            "How does the pupil get there, and is the route safe?",
            source="HB 2.2",
            topic="Arrangements",
        ),
    ] = Unknown("placement.transport")
    location_discussed: Annotated[
        Fact[date],
        Ask("When was the location discussed with the local authority?", source="HB 2.2"),
    ] = Unknown("placement.location_discussed")
    route_safe: Annotated[
        Fact[bool], Ask("Are the way there and the transport safe, and agreed?", source="HB 2.2")
    ] = Unknown("placement.route_safe")
    considerations: Annotated[Fact[str], Ask("What else is to be considered?", source="HB 2.2")] = (
        Unknown("placement.considerations")
    )
    top_up: Annotated[
        Fact[bool],
        Ask(
            "Does top-up funding help to pay for the place?",
            source="HB 2.1",
            when="the_pupil_has_a_plan",
        ),
    ] = Unknown("placement.top_up")
    weekly_pence: Annotated[
        Fact[Pence], Ask("What does it cost a week, in pounds?", flags="--cost", source="HB 2.2")
    ] = Unknown("placement.weekly_pence")
    cost_compared: Annotated[
        Fact[date],
        Ask(
            "When was the cost last compared with what was attended?",
            source="HB 2.2",
            when="it_has_begun",
        ),
    ] = Unknown("placement.cost_compared")
    sharing: Annotated[
        Fact[str], Ask("What information is to be shared, and with whom?", source="HB 2.6")
    ] = Unknown("placement.sharing")
    exit_strategy: Annotated[Fact[str], Ask("What is the exit strategy?", source="HB App 1")] = (
        Unknown("placement.exit_strategy")
    )
    removed_from_roll: Annotated[
        Fact[date],
        Ask(
            "On what day was the pupil taken off the home school's register?",
            source="HB 2.5; SI 2024/208 reg 9",
            when="it_has_begun",
        ),
    ] = Unknown("placement.removed_from_roll")
    dual_registered: Annotated[
        Fact[date],
        Ask(
            "Since when is the pupil registered at the provider as well, where it is a school?",
            source="HB 2.5",
            when="the_provider_is_a_school",
            topic="The register",
        ),
    ] = Unknown("placement.dual_registered")
    code: Annotated[
        Fact[PlannedCode],
        Ask(
            "Which code is planned for the home school's register?",
            hint="D where registered there too, K where an authority arranges, else B",
            source="SI 2024/208 reg 10",
        ),
    ] = Unknown("placement.code")
    code_elsewhere: Annotated[
        Fact[bool],
        Ask(
            "Is it a place where the pupil is not registered?",
            source="SI 2024/208 reg 10(11)",
            when="the_code_has_conditions",
        ),
    ] = Unknown("placement.code_elsewhere")
    code_educational: Annotated[
        Fact[bool],
        Ask(
            "Is it educational, not an authority's, and no trip with staff?",
            source="SI 2024/208 reg 10(11)",
            when="the_code_has_conditions",
        ),
    ] = Unknown("placement.code_educational")
    code_approved: Annotated[
        Fact[bool],
        Ask(
            "Has somebody authorised approved the attendance?",
            source="SI 2024/208 reg 10(11)",
            when="the_code_has_conditions",
        ),
    ] = Unknown("placement.code_approved")
    code_supervised: Annotated[
        Fact[bool],
        Ask(
            "Is it supervised by somebody with fitting skills?",
            source="SI 2024/208 reg 10(11)",
            when="the_code_has_conditions",
        ),
    ] = Unknown("placement.code_supervised")
    visited: Annotated[
        Fact[date],
        Ask("On what day was the provider visited before the placement?", source="HB 2.4, App 1"),
    ] = Unknown("placement.visited")
    visited_by: Annotated[Fact[str], Ask("Who made that visit?", source="HB App 1")] = Unknown(
        "placement.visited_by"
    )
    owner: Annotated[
        Fact[str], Ask("Who at the commissioner looks after the placement?", source="HB 2.5")
    ] = Unknown("placement.owner")
    completed_by: Annotated[Fact[str], Ask("Who completes this form?", source="HB App 1")] = (
        Unknown("placement.completed_by")
    )
    completed_contact: Annotated[Fact[str], Ask("How can they be reached?", source="HB App 1")] = (
        Unknown("placement.completed_contact")
    )
    ended: date | None = None
    end_reason: str | None = None
    destination: Destination | None = None
    never_started: bool | None = None

    def state(self, day: date) -> State:
        """Where it stands on a day."""
        if self.never_started:
            return State.NEVER_STARTED
        if self.ended is not None and day > self.ended:
            return State.ENDED
        if day < self.starts:
            return State.PLANNED
        return State.PAST_ITS_END if recorded(self.ends) and day > self.ends else State.LIVE


class Ending(Record, frozen=True, kw_only=True):
    """How a placement ended."""

    day: Annotated[date, Ask("What was its last day?")]
    reason: Annotated[str, Ask("Why did it end?")]
    destination: Annotated[Destination, Ask("Where does the child go next?", source="HB 2.8")]
    never_started: Annotated[
        Fact[bool],
        Ask(
            "Did it never start?",
            hint="planned and not taken up: nothing more is asked of it",
            flags="--never-started/--it-started",
        ),
    ] = Unknown("ending.never_started")
