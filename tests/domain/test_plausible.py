"""What contradicts itself, on both sides of each line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.entries.before import Advice, Approach, Declaration, Evidence, Exclusion
from ap_cli.domain.entries.during import (
    Asker,
    Concern,
    Decision,
    Invitation,
    OurDecision,
    Remote,
    Review,
    ReviewRequest,
    Waiver,
)
from ap_cli.domain.entries.entry import Entry, EntryRef
from ap_cli.domain.evidence import Item
from ap_cli.domain.placement import Placement
from ap_cli.domain.plausible import contradictions, contradictions_of_entry, order_of_days
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.sessions import read_sessions
from ap_cli.forms.facts import Unknown
from ap_cli.rules.examples.builders import placement_case

CASE = placement_case()
STARTS, DAY, ONE = CASE.placement.starts, date(2026, 2, 2), timedelta(days=1)


def told(placement: dict[str, Any] | None = None, pupil: dict[str, Any] | None = None) -> bool:
    mine: Placement = replace(CASE.placement, **(placement or {}))
    whose: Pupil = replace(CASE.pupil, **(pupil or {}))
    return bool(contradictions(mine, whose, 240))


@pytest.mark.parametrize(
    ("born", "wrong"),
    [(STARTS, False), (STARTS + ONE, True), (date(2001, 1, 1), False), (date(2000, 12, 31), True)],
)
def test_a_child_is_born_before_a_placement_and_no_more_than_25_years(
    born: date, wrong: bool
) -> None:
    assert told(pupil={"born": born}) is wrong


@pytest.mark.parametrize(("ended", "wrong"), [(STARTS, False), (STARTS - ONE, True)])
def test_a_placement_ends_on_its_first_day_or_later(ended: date, wrong: bool) -> None:
    assert told({"ended": ended}) is wrong


@pytest.mark.parametrize(("minutes", "wrong"), [(0, True), (1, False), (3600, False), (3601, True)])
def test_a_week_has_more_than_none_and_at_most_sixty_hours(minutes: int, wrong: bool) -> None:
    assert (
        any(
            "cannot be" in each
            for each in contradictions(
                replace(CASE.placement, weekly_minutes=minutes), CASE.pupil, 10_000
            )
        )
        is wrong
    )


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
        (
            Concern(
                day=DAY, what="x", decision=OurDecision.KEEP, monitoring="x", monitoring_until=DAY
            ),
            False,
        ),
        (
            Concern(
                day=DAY,
                what="x",
                decision=OurDecision.KEEP,
                monitoring="x",
                monitoring_until=DAY - ONE,
            ),
            True,
        ),
        (Concern(day=DAY, what="x", decision=OurDecision.KEEP), True),
        (Concern(day=DAY, what="x", decision=OurDecision.WITHDRAW), False),
        (Invitation(day=DAY, review_on=DAY), True),
        (Invitation(day=DAY, review_on=DAY + ONE), False),
        (Remote(day=DAY, until=DAY), False),
        (Remote(day=DAY, until=DAY - ONE), True),
        (Review(day=DAY, decided=Decision.EXTEND, extend_to=DAY + ONE), False),
        (Review(day=DAY, decided=Decision.EXTEND), True),
        (Review(day=DAY, decided=Decision.CONTINUE, extend_to=DAY + ONE), True),
        (Advice(day=DAY, approach=Approach.GRADUATED, tried=False, why_not="x"), False),
        (Advice(day=DAY, approach=Approach.GRADUATED, tried=True, why_not="x"), True),
        (Advice(day=DAY, approach=Approach.GRADUATED, why_not="x"), True),
        (Advice(day=DAY, approach=Approach.GRADUATED, tried=True), False),
        (Advice(day=DAY, approach=Approach.GRADUATED), False),
        (Evidence(day=DAY, item=Item.COUNTY, named="travel-plan"), False),
        (Evidence(day=DAY, item=Item.COUNTY), True),
        (Evidence(day=DAY, item=Item.STAFF_CHECKS), False),
        (Evidence(day=DAY, item=Item.STAFF_CHECKS, named="travel-plan"), True),
        (Exclusion(day=DAY, permanent=False), True),
        (Exclusion(day=DAY, permanent=True), False),
        (Exclusion(day=DAY, permanent=True, until=DAY), True),
        (Declaration(day=DAY, full_time=2, with_plan=2, with_sen=2), False),
        (Declaration(day=DAY, full_time=2, with_plan=3), True),
        (Declaration(day=DAY, full_time=2, with_sen=3), True),
        (Declaration(day=DAY, with_plan=3), False),
        (Declaration(day=DAY, full_time=2), False),
        (Concern(day=DAY), True),
        (Concern(day=DAY, about=EntryRef(1)), False),
        (Concern(day=DAY, about=EntryRef(1), closed=True), True),
        (Concern(day=DAY, about=EntryRef(1), closed=True, outcome="x"), False),
        (Concern(day=DAY, about=EntryRef(1), outcome="x"), True),
        (ReviewRequest(day=DAY, asked_by=Asker.PARENT, refused=True, refusal="x"), False),
        (ReviewRequest(day=DAY, asked_by=Asker.PARENT, refused=False, refusal="x"), True),
        (ReviewRequest(day=DAY, asked_by=Asker.PARENT, refusal="x"), True),
        (ReviewRequest(day=DAY, asked_by=Asker.PARENT, refused=True), False),
        (ReviewRequest(day=DAY, asked_by=Asker.PARENT), False),
        (Concern(day=DAY, what="x", lead_informed=DAY + ONE), False),
        (Concern(day=DAY, what="x", lead_informed=DAY + 2 * ONE), True),
        (Review(day=DAY + ONE), False),
        (Review(day=DAY + 2 * ONE), True),
    ],
)
def test_an_entry_contradicts_itself_or_not(entry: Entry, wrong: bool) -> None:
    assert bool(contradictions_of_entry(entry, DAY + ONE)) is wrong


@pytest.mark.parametrize(
    ("places", "wrong"),
    [
        ({"at_provider": "mon-tue", "at_school": "wed"}, False),
        ({"at_provider": "mon-tue", "at_school": "tue pm"}, True),
        ({"at_provider": "mon", "elsewhere": "mon am"}, True),
        ({"at_school": "mon", "at_home": "mon am"}, True),
        ({"at_provider": "mon", "at_school": "tue", "elsewhere": "wed", "at_home": "wed pm"}, True),
    ],
)
def test_a_child_is_in_one_place_in_a_session(places: dict[str, str], wrong: bool) -> None:
    gaps = dict.fromkeys(
        ("at_provider", "at_school", "elsewhere", "at_home"), Unknown("placement.at_provider")
    )
    week = gaps | {name: read_sessions(text) for name, text in places.items()}
    assert (
        any(
            "cannot be" in each
            for each in contradictions(replace(CASE.placement, **week), CASE.pupil, 10_000)
        )
        is wrong
    )


@pytest.mark.parametrize(
    ("minutes", "sessions", "wrong"),
    [(0, "none", False), (0, "mon am", True), (1, "mon am", False), (-1, "none", True)],
)
def test_no_hours_at_school_go_with_no_sessions_there(
    minutes: int, sessions: str, wrong: bool
) -> None:
    week = {"school_minutes": minutes, "at_school": read_sessions(sessions)}
    week |= {"at_provider": Unknown("placement.at_provider")}
    told = contradictions(replace(CASE.placement, **week), CASE.pupil, 10_000)
    assert any("at school cannot be" in each for each in told) is wrong


@pytest.mark.parametrize(("minutes", "wrong"), [(0, True), (1, False)])
def test_a_placement_has_time_at_the_provider(minutes: int, wrong: bool) -> None:
    told = contradictions(replace(CASE.placement, weekly_minutes=minutes), CASE.pupil, 10_000)
    assert any("more than 0" in each for each in told) is wrong


@pytest.mark.parametrize(("minutes", "wrong"), [(480, False), (481, True)])
def test_the_sessions_of_each_place_can_hold_its_hours(minutes: int, wrong: bool) -> None:
    gaps = dict.fromkeys(
        ("at_provider", "at_school", "at_home", "school_minutes"), Unknown("placement.at_school")
    )
    week = gaps | {
        "weekly_minutes": 600,
        "elsewhere": read_sessions("mon"),
        "elsewhere_minutes": minutes,
    }
    assert (
        any(
            "do not fit" in each
            for each in contradictions(replace(CASE.placement, **week), CASE.pupil, 240)
        )
        is wrong
    )
