"""What contradicts itself, on both sides of each line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.entries.before import Exclusion
from ap_cli.domain.entries.during import Concern, Invitation, OurDecision, Remote, Review, Waiver
from ap_cli.domain.entries.entry import Entry
from ap_cli.domain.placement import Placement
from ap_cli.domain.plausible import contradictions, contradictions_of_entry, order_of_days
from ap_cli.domain.pupil import Pupil
from ap_cli.rules.examples.builders import placement_case

CASE = placement_case()
STARTS, DAY, ONE = CASE.placement.starts, date(2026, 2, 2), timedelta(days=1)


def told(placement: dict[str, Any] | None = None, pupil: dict[str, Any] | None = None) -> bool:
    mine: Placement = replace(CASE.placement, **(placement or {}))
    whose: Pupil = replace(CASE.pupil, **(pupil or {}))
    return bool(contradictions(mine, whose, 240))


@pytest.mark.parametrize(("born", "wrong"), [(STARTS, False), (STARTS + ONE, True), (date(2001, 1, 1), False), (date(2000, 12, 31), True)])
def test_a_child_is_born_before_a_placement_and_no_more_than_25_years(born: date, wrong: bool) -> None:
    assert told(pupil={"born": born}) is wrong


@pytest.mark.parametrize(("ended", "wrong"), [(STARTS, False), (STARTS - ONE, True)])
def test_a_placement_ends_on_its_first_day_or_later(ended: date, wrong: bool) -> None:
    assert told({"ended": ended}) is wrong


@pytest.mark.parametrize(("minutes", "wrong"), [(0, True), (1, False), (3600, False), (3601, True)])
def test_a_week_has_more_than_none_and_at_most_sixty_hours(minutes: int, wrong: bool) -> None:
    assert any("cannot be" in each for each in contradictions(replace(CASE.placement, weekly_minutes=minutes), CASE.pupil, 10_000)) is wrong


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"ends": STARTS}, False),
        ({"ends": STARTS - ONE}, True),
        ({"ends": date(2031, 12, 31)}, False),
        ({"ends": date(2032, 1, 1)}, True),
        ({"visited": STARTS}, False),
        ({"visited": STARTS + ONE}, True),
        ({"reviews": (STARTS,)}, False),
        ({"reviews": (STARTS - ONE,)}, True),
        ({"ends": DAY, "reviews": (DAY,)}, False),
        ({"ends": DAY, "reviews": (DAY + ONE,)}, True),
    ],
)
def test_the_days_of_a_placement_are_in_order(given: dict[str, Any], wrong: bool) -> None:
    assert bool(order_of_days(**({"starts": STARTS, "ends": None} | given))) is wrong


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (Review(day=DAY, next_review=DAY), True),
        (Review(day=DAY, next_review=DAY + ONE), False),
        (Waiver(day=DAY, rule="AP416", reason="x", until=DAY), False),
        (Waiver(day=DAY, rule="AP416", reason="x", until=DAY - ONE), True),
        (Exclusion(day=DAY, permanent=False, until=DAY), False),
        (Exclusion(day=DAY, permanent=False, until=DAY - ONE), True),
        (Concern(day=DAY, what="x", decision=OurDecision.KEEP, monitoring="x", monitoring_until=DAY), False),
        (Concern(day=DAY, what="x", decision=OurDecision.KEEP, monitoring="x", monitoring_until=DAY - ONE), True),
        (Concern(day=DAY, what="x", decision=OurDecision.KEEP), True),
        (Concern(day=DAY, what="x", decision=OurDecision.WITHDRAW), False),
        (Invitation(day=DAY, review_on=DAY), True),
        (Invitation(day=DAY, review_on=DAY + ONE), False),
        (Remote(day=DAY, until=DAY), False),
        (Remote(day=DAY, until=DAY - ONE), True),
        (Review(day=DAY + ONE), False),
        (Review(day=DAY + 2 * ONE), True),
    ],
)
def test_an_entry_contradicts_itself_or_not(entry: Entry, wrong: bool) -> None:
    assert bool(contradictions_of_entry(entry, DAY + ONE)) is wrong
