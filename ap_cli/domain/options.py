"""What can be chosen for a placement: its route, tier, reasons, aim, code and destination."""

from enum import StrEnum


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


class Tier(StrEnum):
    """The tier of the three-tier model. Source: HB 1.3."""

    ONE_A = "1a"
    ONE_B = "1b"
    TWO = "2"
    THREE = "3"


TIER_1 = (Tier.ONE_A, Tier.ONE_B)
"""The tiers that stay in the school."""


class Place(StrEnum):
    """Where the child is taught: it decides which rules hold, whatever the tier."""

    PROVIDER = "provider"
    SCHOOL = "school"
    OWN_SITE = "own-site"
    ONLINE = "online"
    HOME = "home"
    ELSEWHERE = "elsewhere"


IN_SCHOOL = (Place.SCHOOL, Place.OWN_SITE)
"""The places in the school: a worker comes in, or it is the school's own site."""

PREMISES = (Place.PROVIDER, Place.ELSEWHERE)
"""The places where a provider teaches in rooms of its own, or in rooms that it takes."""

NOT_AT_A_SITE = (Place.ONLINE, Place.HOME)
"""The places where the child stays at home, or can be anywhere."""


class Reason(StrEnum):
    """A reason for referral: one of the common five of HB 1.4, behaviour, or another."""

    EARLY_HELP = "early-help"
    VOCATIONAL = "vocational"
    BETWEEN_PLACES = "between-places"
    ONLINE = "online"
    HEALTH = "health"
    BEHAVIOUR = "behaviour"
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


class PartTimeReason(StrEnum):
    """Why a week is part time. Source: WTISA."""

    HEALTH = "health"
    PHASED_RETURN = "phased-return"
    BEHAVIOUR = "behaviour"
    """It is never a reason; who has it on record sees so."""
    OTHER = "other"


class FullTimeReason(StrEnum):
    """Why a child may have less than a day a week at the base school, or a full-time placement.

    Source: HB 2.2.
    """

    HEALTH = "health-or-wellbeing"
    KS4 = "ks4-qualification"
    EBSA = "ebsa"


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


class Destination(StrEnum):
    """Where a child goes when a placement ends."""

    HOME_SCHOOL = "home-school"
    OTHER_SCHOOL = "other-school"
    SPECIAL_SCHOOL = "special-school"
    OTHER_PLACEMENT = "other-placement"
    FURTHER_EDUCATION = "further-education"
    TRAINING = "training-or-employment"
    HOME_EDUCATION = "elective-home-education"
    NONE = "none"


class PlannedCode(StrEnum):
    """The code that the home school's register is planned to hold. Source: SI 2024/208 reg 10."""

    B = "B"
    D = "D"
    K = "K"
    P = "P"
    V = "V"
    W = "W"
    C = "C"
    C2 = "C2"
    I = "I"  # noqa: E741
    ABSENCE = "absence"
    """Whichever absence code fits on the day."""


ABSENCE_CODES = (PlannedCode.ABSENCE, PlannedCode.I, PlannedCode.C2, PlannedCode.C)
"""The codes for a pupil who learns with nobody there to teach or supervise. Source: WTISA."""

WITH_CONDITIONS = (PlannedCode.B, PlannedCode.P, PlannedCode.W)
"""The codes that need four conditions. Source: SI 2024/208 reg 10(11)."""
