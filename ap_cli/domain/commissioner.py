"""A commissioner: the school or authority that arranges placements."""

from enum import StrEnum
from typing import ClassVar

from ..forms.explaining import explained_fields
from ..forms.facts import Fact
from ..forms.form import Noun, ask, require

COMMISSIONER = "placement.commissioner"
"""The fact of who arranges a placement, by its name."""


class CommissionerKind(StrEnum):
    """What a commissioner is."""

    MAINTAINED_SCHOOL = "maintained-school"
    ACADEMY = "academy"
    AP_ACADEMY = "ap-academy"
    PRU = "pru"
    SPECIAL_SCHOOL = "special-school"
    INDEPENDENT = "independent"
    LOCAL_AUTHORITY = "local-authority"


MAINTAINED = (
    CommissionerKind.MAINTAINED_SCHOOL,
    CommissionerKind.SPECIAL_SCHOOL,
    CommissionerKind.PRU,
)
"""Kinds of commissioner that the law on maintained schools binds. Source: EA 2002 s.39.

A special school is one of them, unless it is an academy. Pupil referral units are taken for bound.
"""

BOUND = (*MAINTAINED, CommissionerKind.LOCAL_AUTHORITY)
"""Kinds of commissioner for which a "must or should" rule is law; for others it is guidance."""


@explained_fields(kind="what kind of commissioner it is")
class Commissioner(Noun):
    """Who arranges placements, and answers for them."""

    PREFIX: ClassVar[str] = "C"
    NOUN: ClassVar[str] = "commissioner"

    name: str = require(
        "Which school or council arranges placements?", source="HB 2.1", flag="--commissioner"
    )
    kind: CommissionerKind = require(
        "What kind of school or council is it?",
        hint=(
            "Some duties are the council's, some a maintained school's."
            " A special academy is an academy."
        ),
    )
    calendar: Fact[str] = ask(
        "Whose term dates does it follow?",
        hint="The name of a calendar of term dates.",
    )
