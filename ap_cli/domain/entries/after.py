"""How a placement leads back or on: readiness, the end, support after it, and telling the council.

The statements of readiness, the needs and what helps are those of HB App 2, in our own words.
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from ...forms.facts import Fact
from ...forms.form import ask, require
from .entry import Entry, Party


class Degree(StrEnum):
    """How far a statement of readiness holds."""

    NOT_YET = "not-yet"
    SOMETIMES = "sometimes"
    MOSTLY = "mostly"
    YES = "yes"


DEGREES = tuple(Degree)
"""From 0, not yet, to 3, yes: the place of each is its score."""


class Readiness(Entry):
    """How ready the child is for a mainstream school, statement by statement."""

    KIND: ClassVar[str] = "readiness"
    ONCE_STARTED: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = "--takes-support mostly --works-steadily sometimes --attends mostly"

    takes_support: Fact[Degree] = ask(
        "Does the pupil accept support?",
        hint="Check-ins count, or help planned into the week. They need not manage alone.",
        source="HB App 2",
    )
    works_steadily: Fact[Degree] = ask(
        "Does the pupil work steadily?",
        hint="A timetable in pictures or a warning of change may help. It need not be full time.",
        source="HB App 2",
    )
    attends: Fact[Degree] = ask(
        "Does the pupil mostly attend?",
        hint="More and more often counts. It need not be every day, all day, or always brought in.",
        source="HB App 2",
    )
    wants_to_learn: Fact[Degree] = ask(
        "Does the pupil want to learn?",
        hint="Being won back after a hard moment counts. It need not be in top sets, or full time.",
        source="HB App 2",
    )
    trusts_staff: Fact[Degree] = ask(
        "Can the pupil build trust with staff?",
        hint="One or two adults are enough. They need not always find the right tone.",
        source="HB App 2",
    )
    wants_peers: Fact[Degree] = ask(
        "Does the pupil want to be with others their age?",
        hint="They may need help with taking turns. They need not always get on.",
        source="HB App 2",
    )
    communicates: Fact[Degree] = ask(
        "Does the pupil communicate appropriately?",
        hint="Being able to settle a dispute counts. They need not always be polite.",
        source="HB App 2",
    )
    respects_things: Fact[Degree] = ask(
        "Does the pupil respect things and work?",
        hint="Pride in their work counts, even if things get broken when they are upset.",
        source="HB App 2",
    )
    knows_self: Fact[Degree] = ask(
        "Does the pupil know their strengths and weaknesses?",
        hint="Asking for help counts. They need not be at ease with praise.",
        source="HB App 2",
    )
    does_well_supported: Fact[Degree] = ask(
        "Does the pupil do well when valued?",
        hint="You may have to show it more than once. They may test whether you mean it.",
        source="HB App 2",
    )


class Need(StrEnum):
    """What a child who comes back may need. Source: HB App 2."""

    KEY_ADULT = "key-adult"
    ADAPTED_CURRICULUM = "adapted-curriculum"
    CHECK_IN = "check-in"
    SHORTER_TIMETABLE = "shorter-timetable-at-first"
    SAFE_SPACE = "safe-space"
    INTERVENTION = "targeted-intervention"
    BREAKS = "breaks-and-changeovers"
    ORGANISATION = "organisation"
    EMOTIONS = "understanding-emotions"
    OTHER = "other"


class Support(Entry):
    """Support agreed for the return: what, by whom, until when, and what helps in a bad moment."""

    KIND: ClassVar[str] = "support"
    EXAMPLE: ClassVar[str] = (
        "--need key-adult --given-by 'the form tutor' --until 2026-07-10 --helps 'time outside'"
    )

    need: Need = require("What does the pupil need?", source="HB App 2")
    given_by: Fact[str] = ask("Who gives it?", source="HB 2.8")
    until: Fact[date] = ask("Until what day?", source="HB 2.8")
    helps: Fact[str] = ask(
        "What helps in a bad moment?",
        hint="Such as time, a talk that mends, or a reminder of what went well.",
        source="HB App 2",
    )


class FinalReport(Entry):
    """The provider's report before the child returns."""

    KIND: ClassVar[str] = "final-report"
    ONCE_STARTED: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = "--progress 'both units passed' --recommends 'a phased return'"

    progress: Fact[str] = ask(
        "What does it say about progress, attendance and behaviour?", source="HB 2.8"
    )
    recommends: Fact[str] = ask("What does it recommend for the return?", source="HB 2.8")


class Discussion(Entry):
    """The discussion at the end of a placement: who was there, what was achieved, what follows."""

    KIND: ClassVar[str] = "discussion"
    ONCE_STARTED: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = (
        "--took-part school --took-part parent --achievements 'both units' --support 'a key adult'"
    )

    took_part: Fact[tuple[Party, ...]] = ask("Who took part?", source="HB 2.8")
    achievements: Fact[str] = ask("What was achieved?", source="HB 2.5")
    child_view: Fact[str] = ask("What does the pupil think of the placement?", source="HB 2.5")
    support: Fact[str] = ask(
        "What support follows, and who gives it?",
        hint="Write none if none is needed.",
        source="HB 2.8",
    )


class FollowUp(Entry):
    """How it goes after the return: whether the child has settled and was given the support."""

    KIND: ClassVar[str] = "follow-up"
    EXAMPLE: ClassVar[str] = "--settled --support-given"

    settled: Fact[bool] = ask("Has the pupil settled?", source="HB 2.8")
    support_given: Fact[bool] = ask("Was the support given as agreed?", source="HB 2.8")


class Notified(Entry):
    """Telling the council about the placement, on the fields of its placement sheet."""

    KIND: ClassVar[str] = "notified"
    ENOUGH: ClassVar[str] = "day"
    EXAMPLE: ClassVar[str] = "--by 'A. Tester' --number AP-0001"

    number: Fact[str] = ask("What number did the council give it?", source="HB 2.5, App 1")
