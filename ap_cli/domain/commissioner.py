"""A commissioner: the school or authority that arranges placements."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from ..forms.facts import Fact, Unknown
from ..forms.form import Ask, Noun


class CommissionerKind(StrEnum):
    """What a commissioner is."""

    MAINTAINED_SCHOOL = "maintained-school"
    ACADEMY = "academy"
    AP_ACADEMY = "ap-academy"
    PRU = "pru"
    SPECIAL_SCHOOL = "special-school"
    INDEPENDENT = "independent"
    LOCAL_AUTHORITY = "local-authority"


class Commissioner(Noun, frozen=True, kw_only=True):
    """Who arranges placements, and answers for them."""

    PREFIX: ClassVar[str] = "C"
    NOUN: ClassVar[str] = "commissioner"

    name: Annotated[
        str, Ask("Which school or authority commissions?", flags="--commissioner", source="HB 2.1")
    ]
    kind: Annotated[
        CommissionerKind,
        Ask(
            "What kind of commissioner is it?",
            hint="some duties are the authority's, some a maintained school's",
        ),
    ]
    calendar: Annotated[
        Fact[str],
        Ask("Which calendar of term dates does it follow?", hint="“ap terms list” names them"),
    ] = Unknown("commissioner.calendar")
