"""Examples of AP1: the school's register, and the EHC plan."""

from __future__ import annotations

from typing import Any

from ...domain.commissioner import CommissionerKind
from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import DAY_BEFORE, PUPIL, Answers, Example, placement_case

AUTHORITY = CommissionerKind.LOCAL_AUTHORITY
WITH_PLAN = PUPIL | {"ehcp": "2025-09-01"}


def taken_off(day: str, ground: str | None = "none-of-these", **changed: Any) -> PlacementCase:
    """A placement of a pupil whom the school takes off its register on a day."""
    return placement_case(removed_from_roll=day, removal_ground=ground, **changed)


PERMANENT: Answers = {"permanent": True}


def planned(told: str | None, **changed: Any) -> PlacementCase:
    """A placement of a pupil with an EHC plan, of which the council was told on a day."""
    happened = [("notified", {"day": told})] if told else []
    given: Answers = {
        "route": "school-arranged",
        "section_f_given": True,
        "section_f": "a tutor each day",
    }
    return placement_case(**{"pupil": WITH_PLAN, "happened": happened} | given | changed)


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP113": (
        Example("on the home school's roll", MET, placement_case),
        Example("taken off it today, on no ground", BREACHED, lambda: taken_off("2026-03-02")),
        Example("taken off it from tomorrow", MET, lambda: taken_off("2026-03-03")),
        Example(
            "taken off it today, registered at another school alone",
            MET,
            lambda: taken_off("2026-03-02", "registered-at-another-school"),
        ),
        Example(
            "taken off it today, and nobody asked on which ground",
            CANNOT_TELL,
            lambda: taken_off("2026-03-02", None),
        ),
        Example(
            "section 19 for health by the authority, and taken off it on no ground",
            BREACHED,
            lambda: taken_off("2026-03-02", commissioner=AUTHORITY, route="section-19"),
        ),
        Example(
            "taken off it on no ground, and on no school's roll since",
            BREACHED,
            lambda: taken_off("2026-03-01", pupil=PUPIL | {"home_school": "none"}),
        ),
        Example(
            "on no school's roll",
            NOT_APPLICABLE,
            lambda: placement_case(pupil=PUPIL | {"home_school": "none"}),
        ),
        Example(
            "on whose roll is not recorded",
            CANNOT_TELL,
            lambda: placement_case(pupil=PUPIL | {"home_school": None}),
        ),
        Example(
            "the same, although both schools had agreed that the pupil is registered at both",
            BREACHED,
            lambda: taken_off(
                "2026-03-02", "registered-at-another-school", dual_registered="2026-03-02"
            ),
        ),
        Example(
            "the same, registered at both only from the day after",
            MET,
            lambda: taken_off(
                "2026-03-02", "registered-at-another-school", dual_registered="2026-03-03"
            ),
        ),
        Example(
            "a permanent exclusion took effect meanwhile, on the first day",
            NOT_APPLICABLE,
            lambda: taken_off("2026-03-01", exclusions=[PERMANENT | {"day": "2026-01-06"}]),
        ),
        Example(
            "a permanent exclusion from before the school directed its pupil off site",
            BREACHED,
            lambda: taken_off("2026-03-01", exclusions=[PERMANENT | {"day": "2026-01-05"}]),
        ),
        Example(
            "a permanent exclusion from before the council arranged education",
            NOT_APPLICABLE,
            lambda: taken_off(
                "2026-03-01", route="section-19", exclusions=[PERMANENT | {"day": "2026-01-05"}]
            ),
        ),
        Example(
            "the same, and a school has had the pupil on its roll since the start",
            BREACHED,
            lambda: taken_off(
                "2026-03-01",
                route="section-19",
                exclusions=[PERMANENT | {"day": "2026-01-05", "on_roll_since": "2026-01-06"}],
            ),
        ),
        Example(
            "the same, and a school has the pupil on its roll from tomorrow",
            NOT_APPLICABLE,
            lambda: taken_off(
                "2026-03-01",
                route="section-19",
                exclusions=[PERMANENT | {"day": "2026-01-05", "on_roll_since": "2026-03-03"}],
            ),
        ),
        Example(
            "a suspension meanwhile",
            BREACHED,
            lambda: taken_off("2026-03-01", exclusions=[{"day": "2026-02-06", "permanent": False}]),
        ),
        Example(
            "a permanent exclusion only after the placement ended",
            BREACHED,
            lambda: taken_off(
                "2026-02-02",
                ended={"day": "2026-02-13", "destination": "home-school"},
                exclusions=[PERMANENT | {"day": "2026-02-23"}],
            ),
        ),
        Example(
            "after a permanent exclusion",
            NOT_APPLICABLE,
            lambda: taken_off("2026-03-01", route="permanent-exclusion"),
        ),
    ),
    "AP118": (
        Example(
            "section F is given, and the council was told before the start",
            MET,
            lambda: planned("2026-01-05"),
        ),
        Example(
            "the council was told on the day of the start", BREACHED, lambda: planned("2026-01-06")
        ),
        Example(
            "it was not told, on the day before the start",
            NOT_YET,
            lambda: planned(None, on=DAY_BEFORE, reviewed=()),
        ),
        Example(
            "the council arranges the placement", MET, lambda: planned(None, commissioner=AUTHORITY)
        ),
        Example(
            "a school arranges it for the council",
            MET,
            lambda: planned(None, route="section-19", for_authority=True),
        ),
        Example(
            "an off-site direction onto the school's own site, of which AP422 does not ask",
            BREACHED,
            lambda: planned(None, route="off-site-direction", place="own-site"),
        ),
        Example(
            "a plan issued today, and section F is recorded as not given",
            BREACHED,
            lambda: planned(None, pupil=PUPIL | {"ehcp": "2026-03-02"}, section_f_given=False),
        ),
        Example(
            "a plan issued today, and section F is given",
            MET,
            lambda: planned(None, pupil=PUPIL | {"ehcp": "2026-03-02"}),
        ),
        Example(
            "a plan from tomorrow, and section F is recorded as not given",
            NOT_APPLICABLE,
            lambda: planned(None, pupil=PUPIL | {"ehcp": "2026-03-03"}, section_f_given=False),
        ),
        Example(
            "an off-site direction, of which AP422 asks",
            MET,
            lambda: planned(None, route="off-site-direction"),
        ),
        Example(
            "section F is recorded as not given",
            BREACHED,
            lambda: planned("2026-01-05", section_f_given=False),
        ),
        Example(
            "the same, before the start",
            BREACHED,
            lambda: planned(None, on=DAY_BEFORE, reviewed=(), section_f_given=False),
        ),
        Example(
            "nobody said how section F is given",
            BREACHED,
            lambda: planned("2026-01-05", section_f=None),
        ),
        Example("no EHC plan", NOT_APPLICABLE, placement_case),
    ),
}
