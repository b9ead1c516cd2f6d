"""What a case derives from its records: the week of a day, who visited, what counts as a review."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ap_cli.forms.facts import Unknown
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.register import Register, WeekFrom
from ap_cli.rules.examples.builders import placement_case


def week(since: date, slots: str) -> WeekFrom:
    from ap_cli.domain.sessions import read_sessions

    return WeekFrom(since, read_sessions(slots), Unknown("placement.at_home"))


@pytest.mark.parametrize(
    ("day", "slots"),
    [
        (date(2026, 1, 5), "mon"),
        (date(2026, 1, 6), "mon"),
        (date(2026, 2, 22), "mon"),
        (date(2026, 2, 23), "tue"),
        (date(2026, 3, 2), "wed"),
    ],
)
def test_the_week_of_a_day_is_the_last_that_began_by_it_and_the_first_before_them_all(
    day: date, slots: str
) -> None:
    weeks = (
        week(date(2026, 1, 6), "mon"),
        week(date(2026, 2, 23), "tue"),
        week(date(2026, 3, 2), "wed"),
    )
    case: PlacementCase = replace(placement_case(), register=Register(weeks=lambda: weeks))
    assert str(case.sessions_on("at_provider", day)) == str(week(day, slots).at_provider)


def test_who_visited_is_the_last_who_was_asked_to_see_the_place() -> None:
    visits = [
        ("visit", {"day": "2025-12-10", "by": "A. Sample", "purpose": "pre-placement"}),
        ("visit", {"day": "2025-12-12", "by": "B. Sample", "purpose": "pre-placement"}),
        ("visit", {"day": "2025-12-15", "by": "C. Sample"}),
    ]
    assert placement_case(visit=None, happened=visits).visitor == "B. Sample"
    assert placement_case(visit=None, happened=visits[2:]).visitor == "C. Sample"
    assert (
        placement_case(visit=None, visited="2025-12-01", visited_by="D. Sample").visitor
        == "D. Sample"
    )


@pytest.mark.parametrize(("rule", "reviewed"), [("AP503", (date(2026, 2, 20),)), ("AP416", ())])
def test_only_a_waiver_of_the_review_counts_as_one(rule: str, reviewed: tuple[date, ...]) -> None:
    assert (
        placement_case(
            reviewed=(), happened=[("waiver", {"day": "2026-02-20", "rule": rule, "reason": "x"})]
        ).reviewed
        == reviewed
    )
