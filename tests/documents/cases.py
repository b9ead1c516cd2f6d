"""Invented placements for documents: filled, half filled, empty, and with as much as there can be."""

from __future__ import annotations

from typing import Any

from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.examples.builders import PROVIDER, PUPIL, placement_case, without

from .papers import LONG_NAME, TWELVE

PLAN = {
    "reason": ["behaviour", "early-help"],
    "tried": "A mentor since September, a quiet place at break, and the inclusion service's advice.",
    "objectives": "Attend nine sessions in ten; finish both units of the course; no incident that stops a lesson",
    "success": "Three full weeks in class, and a return in steps from May",
    "nature": "Animal care and woodwork in a group of six",
    "at_provider": "mon-thu",
    "exit_strategy": "Back in steps from May, with a key adult",
    "owner": "T. Sample",
    "completed_by": "A. Tester",
    "completed_contact": "01632 960001, a.tester@example.org",
    "outcome_attendance": "nine sessions in ten",
    "outcome_attitude": "asks for help before leaving",
    "outcome_attainment": "entry level 3 in both",
    "outcome_behaviour": "no incident that stops a lesson",
    "outcome_destination": "back in their own class",
    "transport": "the 9:00 bus, with a pass",
    "route_safe": True,
    "sharing": "What helps, with the provider",
    "cost": "180",
    "review_date": ["2026-02-13", "2026-03-27"],
}
TIMES = {
    "day": "2025-12-10",
    "report_to": "C. Sample, at the office",
    "starts_at": "9:15",
    "break_from": "12:15pm",
    "break_to": "1pm",
    "ends_at": "2:45pm",
    "days": "41",
}
REVIEW = {
    "day": "2026-02-13",
    "took_part": ["T. Sample", "the parent", "C. Sample"],
    **dict.fromkeys(("objectives_met", "attending", "safe", "needs_met"), True),
    "child_view": "I like the animals, and I want to go back to my friends.",
    "decided": "continue",
    "until": "2026-03-27",
    "note": "Attendance has doubled, and the first unit is done.",
    "next_review": "2026-03-27",
}
MEETING = {
    "day": "2026-02-20",
    "review_on": "2026-03-27",
    "at": "2pm",
    "where": "The school office",
}
FULL_PROVIDER = PROVIDER | {
    "contact": "C. Sample",
    "contact_email": "office@example.org",
    "contact_phone": "01632 960002",
    "activity": ["animal care", "woodwork"],
}
AGREED: list[tuple[str, dict[str, Any]]] = [
    (
        "agreement",
        {
            "day": "2025-12-10",
            "lead_here": "L. Tester, 01632 960003",
            "emergency": "The school office, 01632 960000, then the parent",
            "needs": "Short tasks, a quiet place to go to, and five minutes' warning of a change",
            "medicines": "An inhaler, carried by the pupil; C. Sample keeps a spare",
            "physical_intervention": "Only to prevent harm, by trained staff; the school is rung the same day",
            "leaving_site": "Not without an adult; if gone for ten minutes, the school and the parent are rung",
            "english_and_mathematics": "Four hours a week in school on Fridays, and in the workshop tasks",
            "subcontracting": "nobody",
            "absence_charge": "The full price for the first five days, then half",
            "notice_period": "Two weeks, in writing, from either side",
        },
    ),
    (
        "risk",
        {
            "day": "2025-12-11",
            "this_child": "Tools: only beside an adult. The road: walked with staff.",
        },
    ),
    (
        "sharing",
        {
            "day": "2025-12-11",
            "whom": "C. Sample",
            "sen": True,
            "medical": True,
            "literacy": True,
            "safeguarding": True,
        },
    ),
    (
        "reporting",
        {
            "day": "2025-12-11",
            "absence": "The provider rings the school by 9:30; the school rings home at once",
            "concerns": "By telephone at once, in writing the same day",
            "progress": "On the form, each half term",
        },
    ),
    (
        "induction",
        {
            "day": "2026-01-06",
            "academic_level": "Entry level 2 in both",
            "tells": "C. Sample or T. Sample",
        },
    ),
]
CHECKED: list[tuple[str, dict[str, Any]]] = [
    ("evidence", {"day": "2025-12-01", "by": "A. Tester", "item": item, "expires": "2026-12-01"})
    for item in ("insurance", "enhanced-dbs", "staff-checks", "child-protection-policy")
]
HAPPENED: list[tuple[str, dict[str, Any]]] = [("times", TIMES), ("meeting", MEETING), *AGREED]


def filled(**changed: Any) -> PlacementCase:
    """A placement of which everything is on record."""
    given: dict[str, Any] = {
        "provider": FULL_PROVIDER,
        "happened": [*HAPPENED, ("review", REVIEW)],
        "reviewed": (),
        "there": CHECKED,
        **PLAN,
    }
    return placement_case(**given | changed)


def half_filled(**changed: Any) -> PlacementCase:
    """A placement of which the plan is on record, and little else."""
    return placement_case(**changed)


def empty(**changed: Any) -> PlacementCase:
    """A placement with what has to be on record alone."""
    given: dict[str, Any] = {
        "pupil": {"name": "Test Pupil", "born": PUPIL["born"]},
        "provider": without(PROVIDER, "address", "registered", "lead", "deputy"),
        "visit": None,
        "site": None,
        **dict.fromkeys(("success", "ends", "review_date", "at_school", "objectives", "nature")),
        **dict.fromkeys(("transport", "curriculum_fit", "pupil_wants", "timeline")),
        **dict.fromkeys([name for name in PLAN if name.startswith("outcome")]),
    }
    return placement_case(**given | changed)


def long(**changed: Any) -> PlacementCase:
    """A placement with a name of sixty letters and twelve objectives."""
    given = {
        "pupil": PUPIL | {"name": LONG_NAME},
        "objectives": TWELVE,
        "success": TWELVE,
        "provider": FULL_PROVIDER | {"name": LONG_NAME.replace("Pupil", "Place")},
    }
    return filled(**given | changed)


STATES = {"filled": filled, "half filled": half_filled, "empty": empty, "long": long}
"""A placement by how much is on record."""
