"""A placement: who goes where, why, when and for how long."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, NewType, Self

from msgspec.structs import replace

from ..forms.explaining import explained_fields
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Answers, Minutes, MinutesOrNone, Noun, Pence, answered, ask, require
from .asked_when import (
    council_must_arrange_it,
    has_begun,
    is_booked,
    provider_is_a_school,
    pupil_has_a_plan,
    school_age_ends_soon,
    some_time_is_at_home,
    was_taken_off,
)
from .options import (
    TIER_1,
    WITH_CONDITIONS,
    Aim,
    Destination,
    Extent,
    FullTimeReason,
    PartTimeReason,
    Place,
    PlannedCode,
    Reason,
    RemovalGround,
    Route,
    Tier,
)
from .places import place_is_open
from .provider import Provider
from .sessions import Sessions

PupilRef = NewType("PupilRef", int)
ProviderRef = NewType("ProviderRef", int)
CommissionerRef = NewType("CommissionerRef", int)


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
    "place",
    "place_address",
)
"""The facts of a placement that hold from a day on: its week, the tier and the place."""


def attends_one_of_several_sites(answers: Answers) -> bool:
    """Whether the pupil goes to the provider, which has more than one site."""
    if answers.value("place") not in (None, Place.PROVIDER):
        return False
    provider: Provider | None = answers.named("provider")
    return provider is not None and recorded(provider.sites) and len(provider.sites.all) > 1


@explained_fields(
    ended="its last day, if it has ended",
    destination="where the pupil went next",
    never_started="whether it never started",
)
class Placement(Noun):
    """A pupil's time at a provider, as agreed, with the week in force on the day asked."""

    PREFIX: ClassVar[str] = "PL"
    NOUN: ClassVar[str] = "placement"

    pupil: PupilRef = require("Who is the pupil?", topic="Who")
    commissioner: Fact[CommissionerRef] = ask(
        "Who arranges the placement?",
        hint="The school or council that arranges it answers for it.",
        source="HB 2.1",
    )
    pupil_consulted: Fact[date] = ask(
        "When did you talk to the pupil?", source="HB 2.2", topic="Who was consulted", past=True
    )
    parents_consulted: Fact[date] = ask(
        "When did you talk to the parents?", source="HB 2.2", past=True
    )
    teacher_consulted: Fact[date] = ask(
        "When did you talk to the teacher?", source="HB 2.2", past=True
    )
    consulted: Fact[str] = ask("Who did you talk to, and what did they say?", source="HB 2.2")
    tried: Fact[str] = ask(
        "What have you tried so far?",
        hint="The graduated approach, tier 1 support and a specialist's advice come first.",
        source="HB 1.3, 2.2",
        topic="What you have tried",
    )
    reasons: Fact[tuple[Reason, ...]] = ask(
        "Why is the pupil referred?",
        source="HB 1.4",
        flag="--reason",
        topic="Why",
    )
    route: Route = require(
        "Why can you place this pupil?",
        hint="The legal route decides who must arrange the placement, and by when.",
        source="HB 1.2, 2.1",
    )
    for_authority: Fact[bool] = ask(
        "Are you arranging it for the council?",
        source="HB 2.1; EA 1996 s.19",
        when=council_must_arrange_it,
    )
    aim: Fact[Aim] = ask("Where should the placement lead?", source="HB 2.2")
    nature: Fact[str] = ask(
        "What will the pupil do there?", source="HB 2.2", topic="The intervention"
    )
    objectives: Fact[str] = ask("What are the objectives?", source="HB 2.2")
    timeline: Fact[str] = ask("What is the timeline?", source="HB 2.2")
    pupil_wants: Fact[str] = ask("What does the pupil want or need from it?", source="HB 2.2")
    success: Fact[str] = ask(
        "What will success look like?", source="HB 2.2, App 1", topic="Success"
    )
    outcome_attendance: Fact[str] = ask("What do you hope for in attendance?", source="HB 2.2")
    outcome_attitude: Fact[str] = ask("What do you hope for in attitude?", source="HB 2.2")
    outcome_attainment: Fact[str] = ask("What do you hope for in attainment?", source="HB 2.2")
    outcome_behaviour: Fact[str] = ask("What do you hope for in behaviour?", source="HB 2.2")
    outcome_destination: Fact[str] = ask("Where do you hope the pupil goes next?", source="HB 2.2")
    post_16_plan: Fact[bool] = ask(
        "Is there a plan for after year 11?",
        hint="Compulsory school age ends within a year, or soon after the placement.",
        source="HB 2.8",
        topic="After year 11",
        when=school_age_ends_soon,
    )
    post_16: Fact[str] = ask(
        "What is the plan?", source="HB 2.8", when=answered("post_16_plan", True)
    )
    provider: ProviderRef = require("Which provider?", topic="Where")
    place: Fact[Place] = ask(
        "Where is the pupil taught?",
        hint="At the provider, in your school, online, at home with a tutor, or elsewhere.",
        source="HB 1.3, App 3",
        when=place_is_open,
    )
    place_address: Fact[str] = ask(
        "What is the address there?",
        hint="You should always know the address.",
        source="HB App 3",
        when=answered("place", Place.ELSEWHERE),
    )
    site: Fact[int] = ask(
        "Which site will the pupil attend, by number?",
        hint="You should always know the address.",
        source="HB App 3",
        when=attends_one_of_several_sites,
    )
    tier: Fact[Tier] = ask("Which tier is it?", source="HB 1.3")
    away_minutes: Fact[Minutes] = ask(
        "How many hours a week is the pupil out of class?",
        source="HB 1.3",
        flag="--away-hours",
        when=answered("tier", *TIER_1),
    )
    weekly_minutes: Minutes = require(
        "How many hours a week at the provider?",
        hint="Count breaks and independent study. More than 18 is full time.",
        source="HB 1.2, App 3",
        flag="--hours",
        topic="The week",
    )
    school_minutes: Fact[MinutesOrNone] = ask(
        "How many hours a week at school?", source="HB 2.2", flag="--school-hours"
    )
    elsewhere_minutes: Fact[MinutesOrNone] = ask(
        "How many hours a week somewhere else?", source="HB App 3", flag="--elsewhere-hours"
    )
    school_week_minutes: Fact[Minutes] = ask(
        "How long is your school week, in hours?",
        source="HB 1.3, App 3",
        flag="--school-week-hours",
    )
    at_provider: Fact[Sessions] = ask("Which sessions are at the provider?", source="HB 2.2")
    at_school: Fact[Sessions] = ask(
        "Which sessions are at school?", hint="At least a day a week is expected.", source="HB 2.2"
    )
    elsewhere: Fact[Sessions] = ask("Which sessions are somewhere else?", source="HB 2.2")
    at_home: Fact[Sessions] = ask(
        "Which sessions are at home?",
        hint="Time at home is agreed, reported, and comes to an end.",
        source="HB 1.2",
    )
    extent: Fact[Extent] = ask("Is the pupil's week full time or part time?", source="HB 2.2")
    exception: Fact[FullTimeReason] = ask(
        "Is there a reason for less than a day a week at school?",
        hint="Or for a full-time placement.",
        source="HB 2.2",
    )
    full_time_from: Fact[date] = ask(
        "When will they be back full time?",
        source="HB 2.2",
        when=answered("extent", Extent.PART_TIME),
    )
    part_time_reason: Fact[PartTimeReason] = ask(
        "Why is the week part time?",
        hint="Part time is never for behaviour.",
        source="WTISA",
        when=answered("extent", Extent.PART_TIME),
    )
    part_time_review: Fact[date] = ask(
        "When will you review the part-time week with pupil and parents?",
        source="WTISA",
        when=answered("extent", Extent.PART_TIME),
    )
    home_reported: Fact[date] = ask(
        "When did you tell the council about the time at home?",
        source="HB 1.2",
        when=some_time_is_at_home,
        past=True,
    )
    home_agreed: Fact[bool] = ask(
        "Have the parents agreed to the time at home?", source="HB 1.2", when=some_time_is_at_home
    )
    home_until: Fact[date] = ask(
        "When does the time at home end?", source="HB 1.2", when=some_time_is_at_home
    )
    home_checked_by: Fact[str] = ask(
        "Who checks on the pupil at home?", source="HB 1.2", when=some_time_is_at_home
    )
    curriculum_fit: Fact[str] = ask(
        "How does it fit with the mainstream curriculum?", source="HB 2.2"
    )
    starts: date = require("When does it start?", source="HB App 1", topic="When")
    ends: Fact[date] = ask("When should it end?", hint="Give an end date.", source="HB 1.3, 2.5")
    review_dates: Fact[tuple[date, ...]] = ask(
        "When will you review it?", source="HB 2.2", flag="--review-date"
    )
    transport: Fact[str] = ask(
        "How does the pupil get there?",
        source="HB 2.2",
        topic="Arrangements",
    )
    location_discussed: Fact[date] = ask(
        "When did you discuss the location with the council?", source="HB 2.2", past=True
    )
    route_safe: Fact[bool] = ask("Is the journey safe and agreed?", source="HB 2.2")
    considerations: Fact[str] = ask("What else should be considered?", source="HB 2.2")
    top_up: Fact[bool] = ask(
        "Does top-up funding help pay for the place?", source="HB 2.1", when=pupil_has_a_plan
    )
    section_f_given: Fact[bool] = ask(
        "Is what section F of the EHC plan asks for given there?",
        hint="Section F says which special help the pupil has to have.",
        source="CFA 2014 ss.42, 66",
        when=pupil_has_a_plan,
    )
    section_f: Fact[str] = ask(
        "How is it given, and by whom?", source="CFA 2014 ss.42, 66", when=pupil_has_a_plan
    )
    weekly_pence: Fact[Pence] = ask(
        "What does it cost a week, in pounds?", source="HB 2.2", flag="--cost"
    )
    cost_compared: Fact[date] = ask(
        "When did you last check the cost against attendance?",
        source="HB 2.2",
        when=has_begun,
        past=True,
    )
    sharing: Fact[str] = ask("What information will you share, and with whom?", source="HB 2.6")
    exit_strategy: Fact[str] = ask("What is the exit strategy?", source="HB App 1")
    removed_from_roll: Fact[date] = ask(
        "When was the pupil taken off the school's register?",
        source="HB 2.5; SI 2024/208 reg 9",
        when=has_begun,
    )
    removal_ground: Fact[RemovalGround] = ask(
        "On which ground was the pupil taken off?",
        hint="The law lists the grounds. Alternative provision is not one of them.",
        source="SI 2024/208 reg 9",
        when=was_taken_off,
    )
    dual_registered: Fact[date] = ask(
        "Since when is the pupil registered at the provider too?",
        source="HB 2.5",
        topic="The register",
        when=provider_is_a_school,
    )
    code: Fact[PlannedCode] = ask(
        "Which attendance code will the school's register show?",
        hint="Online: absence. Registered there too: D. Arranged by the council: K. Otherwise: B.",
        source="SI 2024/208 reg 10; WTISA",
    )
    code_elsewhere: Fact[bool] = ask(
        "Is it a place where the pupil is not registered?",
        source="SI 2024/208 reg 10(11)",
        when=answered("code", *WITH_CONDITIONS),
    )
    code_educational: Fact[bool] = ask(
        "Is it education, not arranged by the council and not a school trip?",
        source="SI 2024/208 reg 10(11)",
        when=answered("code", *WITH_CONDITIONS),
    )
    code_approved: Fact[bool] = ask(
        "Has someone with authority approved it?",
        source="SI 2024/208 reg 10(11)",
        when=answered("code", *WITH_CONDITIONS),
    )
    code_supervised: Fact[bool] = ask(
        "Is a suitably skilled adult supervising?",
        source="SI 2024/208 reg 10(11)",
        when=answered("code", *WITH_CONDITIONS),
    )
    visited: Fact[date] = ask(
        "When did you visit the provider before the placement?",
        hint="Give a day still to come if the visit is booked. It counts once it has been made.",
        source="HB 2.4, App 1",
    )
    visit_booked: Fact[date] = ask(
        "Which day is the visit booked for?", source="HB 2.4", when=is_booked
    )
    visited_by: Fact[str] = ask("Who made the visit?", source="HB App 1")
    owner: Fact[str] = ask("Who leads on this placement?", source="HB 2.5")
    completed_by: Fact[str] = ask("Who is filling in this form?", source="HB App 1")
    completed_contact: Fact[str] = ask("How can they be reached?", source="HB App 1")
    ended: date | None = None
    end_reason: str | None = None
    destination: Destination | None = None
    never_started: bool | None = None

    def with_visit_booked(self, today: date) -> Self:
        """Return it with a visit on a day to come as one that is booked, which is no visit yet."""
        if not recorded(self.visited) or self.visited <= today:
            return self
        gap = Unknown("placement.visited")
        return replace(self, visited=gap, visit_booked=self.visited)

    def state(self, day: date) -> State:
        """Where it stands on a day."""
        if self.never_started:
            return State.NEVER_STARTED
        if self.ended is not None and day > self.ended:
            return State.ENDED
        if day < self.starts:
            return State.PLANNED
        return State.PAST_ITS_END if recorded(self.ends) and day > self.ends else State.LIVE


def address_attended(placement: Placement, provider: Provider) -> str | None:
    """Return the address of the site that a pupil attends, None if that is not known.

    It is the placement's site, or the provider's only one where nobody was asked which: a provider
    may be given its address after its placements.
    """
    site, sites = placement.site, provider.sites
    there = sites.all if recorded(sites) else ()
    if isinstance(site, Unknown):
        return there[0].address if site.asked is None and len(there) == 1 else None
    return next((one.address for one in there if one.number == site), None)
