"""What can be chosen for a placement: its route, tier, reasons, aim, code and destination."""

from collections.abc import Mapping
from enum import StrEnum

from ..forms.choice import Choice


class Route(Choice):
    """The legal route by which a placement is made."""

    SECTION_19 = "section-19", "the council must arrange it: illness or another reason"
    PERMANENT_EXCLUSION = "permanent-exclusion", "the council must arrange it from day six"
    SUSPENSION = "suspension", "the school must arrange it from day six"
    OFF_SITE_DIRECTION = "off-site-direction", "the governors direct it, to improve behaviour"
    SCHOOL_ARRANGED = "school-arranged", "the school and the parents agree on it"
    HOME_EDUCATION = "home-education"
    EOTAS = "eotas"


ROUTE_NAMES = {
    Route.OFF_SITE_DIRECTION: "off-site direction",
    Route.SCHOOL_ARRANGED: "arranged by the school",
    Route.SUSPENSION: "during a suspension",
    Route.PERMANENT_EXCLUSION: "after a permanent exclusion",
}
"""Routes whose words are not those of their option."""


def route_name(route: Route) -> str:
    """Return a route in words: "off-site direction", "section 19"."""
    return ROUTE_NAMES.get(route, route.value.replace("-", " "))


NOT_ALTERNATIVE_PROVISION = {
    Route.HOME_EDUCATION: (
        "the parents chose to educate the pupil at home,"
        " which is not alternative provision (HB 1.2)"
    ),
    Route.EOTAS: (
        "the council provides education otherwise than at school (EOTAS, CFA 2014 s.61),"
        " which is special educational provision and not alternative provision (HB 1.2)"
    ),
}
"""Routes that are refused on entry, with the reason."""


class Tier(Choice):
    """The tier of the three-tier model. Source: HB 1.3."""

    ONE_A = "1a", "in school, out of class for 25 to 45 % of the day"
    ONE_B = "1b", "in school, in a unit of its own for more than that"
    TWO = "2", "outside the school for a time, then back"
    THREE = "3", "outside the school, on the way to a new place"


TIER_1 = (Tier.ONE_A, Tier.ONE_B)
"""The tiers that stay in the school."""


class Place(Choice):
    """Where the child is taught: it decides which rules hold, whatever the tier."""

    PROVIDER = "provider", "they go to the provider"
    SCHOOL = "school", "somebody comes into your school"
    OWN_SITE = "own-site", "on the school's own site elsewhere"
    ONLINE = "online", "by computer, with no adult in the room"
    HOME = "home", "a tutor comes to the home"
    ELSEWHERE = "elsewhere", "in a library or another room, with its address"


IN_SCHOOL = (Place.SCHOOL, Place.OWN_SITE)
"""The places in the school: a worker comes in, or it is the school's own site."""

PREMISES = (Place.PROVIDER, Place.ELSEWHERE)
"""The places where a provider teaches in rooms of its own, or in rooms that it takes."""

NOT_AT_A_SITE = (Place.ONLINE, Place.HOME)
"""The places where the child stays at home, or can be anywhere."""


class Reason(Choice):
    """A reason for referral: one of the common five of HB 1.4, behaviour, or another."""

    EARLY_HELP = "early-help", "to step in before it gets worse"
    VOCATIONAL = "vocational", "a course that the school cannot offer"
    BETWEEN_PLACES = "between-places", "they wait for another school place"
    ONLINE = "online", "they cannot be taught in person for now"
    HEALTH = "health", "physical or mental health, or avoiding school (EBSA)"
    BEHAVIOUR = "behaviour", "support with behaviour"
    OTHER = "other", "something else"


class Aim(Choice):
    """Where a placement is meant to lead."""

    RETURN_TO_SCHOOL = "return-to-school", "back to their own school"
    POST_16 = "post-16", "college, training or work after year 11"
    SPECIALIST = "specialist-provision", "a special school or unit"
    OTHER = "other", "another place"


class Extent(Choice):
    """Whether the child's week is full or part time."""

    FULL_TIME = "full-time", "every half day has its place"
    PART_TIME = "part-time", "some half days have none, for now"


class PartTimeReason(Choice):
    """Why a week is part time. Source: WTISA."""

    HEALTH = "health", "a full week would harm their health"
    PHASED_RETURN = "phased-return", "they come back step by step"
    BEHAVIOUR = "behaviour", "never a lawful reason"
    """It is never a reason; who has it on record sees so."""
    OTHER = "other", "another reason"


class FullTimeReason(Choice):
    """Why a child may have less than a day a week at the base school, or a full-time placement.

    Source: HB 2.2.
    """

    HEALTH = "health-or-wellbeing", "coming to school would harm them"
    KS4 = "ks4-qualification", "a qualification in year 10 or 11 needs the time"
    EBSA = "ebsa", "they avoid school for emotional reasons"


class RemovalGround(StrEnum):
    """Why a school took a pupil off its admission register. Source: SI 2024/208 reg 9."""

    OTHER_SCHOOL = "registered-at-another-school"
    DUAL_ENDED = "dual-registration-ended"
    ATTENDANCE_ORDER = "attendance-order-changed"
    HOME_EDUCATION = "home-education"
    MOVED_AWAY = "moved-away"
    NO_RETURN = "no-return-after-leave"
    LONG_ABSENCE = "long-absence-not-explained"
    ILL_UNTIL_LEAVING = "ill-until-leaving-age"
    DETAINED = "detained"
    DIED = "died"
    OVER_SCHOOL_AGE = "over-school-age"
    EXCLUDED = "permanently-excluded"
    OTHER_GROUND = "another-ground-of-regulation-9"
    NONE = "none-of-these"


class Destination(Choice):
    """Where a child goes when a placement ends."""

    HOME_SCHOOL = "home-school", "back to their own school"
    OTHER_SCHOOL = "other-school", "another mainstream school"
    SPECIAL_SCHOOL = "special-school", "a special school or unit"
    OTHER_PLACEMENT = "other-placement", "another alternative provision"
    FURTHER_EDUCATION = "further-education", "college, after year 11"
    TRAINING = "training-or-employment", "an apprenticeship, training or a job"
    HOME_EDUCATION = "elective-home-education", "the parents teach them at home"
    NONE = "none", "nothing yet: the next place is to be found"


class PlannedCode(Choice):
    """The code that the home school's register is planned to hold. Source: SI 2024/208 reg 10."""

    B = "B", "the school arranged it, and an adult supervises"
    D = "D", "they are registered at that school too"
    K = "K", "the council arranged it"
    P = "P", "sport, otherwise as B"
    V = "V", "a visit or trip with school staff"
    W = "W", "work experience, otherwise as B"
    C = "C", "leave in exceptional circumstances"
    C2 = "C2", "an agreed part-time timetable"
    I = "I", "ill"  # noqa: E741
    ABSENCE = "absence", "the absence code that fits on the day"
    """Whichever absence code fits on the day."""


ABSENCE_CODES = (PlannedCode.ABSENCE, PlannedCode.I, PlannedCode.C2, PlannedCode.C)
"""The codes for a pupil who learns with nobody there to teach or supervise. Source: WTISA."""

WITH_CONDITIONS = (PlannedCode.B, PlannedCode.P, PlannedCode.W)
"""The codes that need four conditions. Source: SI 2024/208 reg 10(11)."""


WITHOUT_ADDRESS: Mapping[Place, str] = {
    Place.SCHOOL: "In the school: staff of the provider come in",
    Place.OWN_SITE: "On the school's own site",
    Place.ONLINE: "Online",
    Place.HOME: "At the pupil's home",
}
"""What papers say where an address stands of a pupil who does not go out to one."""

NO_URN = "None: it is not a registered school"
"""What papers say where the URN of a registered school stands."""
