"""What an open finding of a supposed placement means for the question whether a child may go."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.rules import RULES
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.provider import ProviderCase
from ap_cli.rules.eligibility import REGISTRATION, ROUTE, STOPS, Bearing, bearing_of, verdict_of
from ap_cli.rules.engine import Finding
from ap_cli.rules.rule import (
    ADVISE,
    BREACHED,
    CANNOT_TELL,
    MET,
    MUST,
    NOT_YET,
    SHOULD,
    Answer,
    Severity,
)

STARTS = date(2026, 3, 16)
BY_ID = {rule.id: rule for rule in RULES}

MENDED = {
    "AP113": "the school can put the pupil back on its register",
    "AP205": "section 43 is not in force, and until then it only advises",
    "AP606": "marks are about days that have been",
    "AP608": "marks are about days that have been",
    "AP903": "a contradiction is refused before anything is judged",
    "AP904": "the sessions of a week can be moved",
}
"""Rules of law without a day whose breach can be mended, or cannot come up, before the first day."""


def finding(
    rule: str, answer: Answer, severity: Severity = SHOULD, due: date | None = None
) -> Finding:
    return Finding(rule, answer, severity, "PL-0001", "", due, (), None, None)


@pytest.mark.parametrize("rule", STOPS)
def test_a_breach_of_a_rule_that_nothing_mends_stops_it_and_a_gap_decides_it(rule: str) -> None:
    assert bearing_of(finding(rule, BREACHED), STARTS) is Bearing.STOPS
    assert bearing_of(finding(rule, CANNOT_TELL), STARTS) is Bearing.DECIDES
    assert bearing_of(finding(rule, MET), STARTS) is Bearing.LATER


def test_every_rule_that_stops_it_exists_and_has_its_reason() -> None:
    assert set(STOPS) <= set(BY_ID) and all(STOPS.values())
    assert {*REGISTRATION, *ROUTE} <= set(STOPS)


def test_every_rule_of_law_without_a_day_either_stops_it_or_is_named_with_what_mends_it() -> None:
    laws = {
        rule.id
        for rule in RULES
        if rule.severity is MUST
        and not rule.has_due
        and issubclass(rule.about, PlacementCase | ProviderCase)
        and rule.lighter is not SHOULD
    }
    assert laws - set(STOPS) == set(MENDED)


@pytest.mark.parametrize(
    ("rule", "due", "bearing"),
    [
        ("AP312", date(2026, 3, 15), Bearing.FIRST),
        ("AP415", date(2026, 3, 15), Bearing.FIRST),
        ("AP415", STARTS, Bearing.LATER),
        ("AP503", date(2026, 3, 27), Bearing.LATER),
    ],
)
def test_what_is_due_before_the_first_day_comes_first(
    rule: str, due: date, bearing: Bearing
) -> None:
    assert bearing_of(finding(rule, NOT_YET, due=due), STARTS) is bearing


def test_what_is_broken_at_the_place_comes_first_and_of_the_pupil_alone_later() -> None:
    assert bearing_of(finding("AP207", BREACHED), STARTS) is Bearing.FIRST
    assert bearing_of(finding("AP116", BREACHED), STARTS) is Bearing.LATER
    assert bearing_of(finding("AP203", BREACHED, ADVISE), STARTS) is Bearing.LATER


def test_a_gap_of_any_other_rule_is_found_out_and_stops_nothing() -> None:
    assert bearing_of(finding("AP113", CANNOT_TELL, MUST), STARTS) is Bearing.ASK


def test_a_record_that_cannot_be_read_has_to_be_repaired_to_tell() -> None:
    assert bearing_of(finding("AP906", BREACHED, MUST), STARTS) is Bearing.DECIDES


@pytest.mark.parametrize(
    ("bearings", "verdict"),
    [
        ([Bearing.LATER, Bearing.ASK], "yes"),
        ([Bearing.FIRST, Bearing.ASK], "yes, once"),
        ([Bearing.FIRST, Bearing.DECIDES], "find out"),
        ([Bearing.FIRST, Bearing.DECIDES, Bearing.STOPS], "no"),
    ],
)
def test_a_no_is_louder_than_a_gap_and_a_gap_than_a_task(
    bearings: list[Bearing], verdict: str
) -> None:
    assert verdict_of(bearings) == verdict
