"""Whether the route, the tier and the reasons fit together: AP106, AP107, AP111 to AP114."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.domain.options import NOT_ALTERNATIVE_PROVISION, Route
from ap_cli.domain.planned import routes_of
from ap_cli.forms.facts import Unknown
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.examples.builders import PUPIL, placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, Answer

from .answers import BY_ID, answer


@pytest.mark.parametrize(
    ("id", "case", "expected"),
    [
        (
            "AP417",
            lambda: placement_case(
                at_provider="mon-tue",
                at_school="wed",
                pupil=PUPIL | {"medical": "yes", "ebsa": None},
            ),
            NOT_APPLICABLE,
        ),
        (
            "AP107",
            lambda: replace(
                placement_case(route="section-19", for_authority=True),
                commissioner=Unknown("placement.commissioner"),
            ),
            MET,
        ),
        (
            "AP107",
            lambda: replace(
                placement_case(route="section-19"), commissioner=Unknown("placement.commissioner")
            ),
            CANNOT_TELL,
        ),
        (
            "AP111",
            lambda: placement_case(top_up=False, pupil=PUPIL | {"ehcp": None}),
            NOT_APPLICABLE,
        ),
        (
            "AP113",
            lambda: replace(
                placement_case(route="permanent-exclusion"),
                commissioner=Unknown("placement.commissioner"),
            ),
            NOT_APPLICABLE,
        ),
    ],
    ids=[
        "excused by one of two",
        "on behalf of an authority",
        "for nobody known",
        "without top-up",
        "after an exclusion",
    ],
)
def test_what_is_known_decides_whatever_else_is_not(
    id: str, case: Callable[[], PlacementCase], expected: Answer
) -> None:
    assert answer(id, case()) is expected


LA, SCHOOLS = CommissionerKind.LOCAL_AUTHORITY, CommissionerKind.ACADEMY


@pytest.mark.parametrize(
    ("route", "by", "roll", "expected", "told"),
    [
        ("suspension", SCHOOLS, False, MET, ""),
        (
            "suspension",
            SCHOOLS,
            True,
            BREACHED,
            "for a pupil referral unit's suspension the council must arrange it",
        ),
        ("suspension", LA, True, MET, ""),
        ("suspension", LA, False, BREACHED, "only a school can arrange it"),
        (
            "suspension",
            CommissionerKind.PRU,
            None,
            BREACHED,
            "for a pupil referral unit's suspension the council must arrange it",
        ),
        ("suspension", SCHOOLS, None, MET, ""),
        ("suspension", LA, None, CANNOT_TELL, ""),
        ("off-site-direction", LA, None, BREACHED, "only a school can arrange it"),
        ("off-site-direction", SCHOOLS, None, MET, ""),
        ("section-19", SCHOOLS, None, CANNOT_TELL, ""),
        ("section-19", LA, None, MET, ""),
    ],
)
def test_who_arranges_what_follows_a_suspension_or_directs_off_site(
    route: str, by: CommissionerKind, roll: bool | None, expected: Answer, told: str
) -> None:
    pupil = PUPIL | ({"on_roll_of_a_pru": roll} if roll is not None else {})
    case = placement_case(route=route, commissioner=by, pupil=pupil)
    assert answer("AP107", case) is expected
    assert not told or BY_ID["AP107"].problem(case).endswith(told)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (["health"], BREACHED),
        (["health", "vocational", "between-places"], BREACHED),
        (["health", "vocational", "between-places", "early-help"], BREACHED),
        (["health", "behaviour"], MET),
    ],
)
def test_a_direction_is_for_behaviour_where_one_of_its_reasons_is(
    reasons: list[str], expected: Answer
) -> None:
    case: Any = placement_case(reason=reasons)
    assert answer("AP114", case) is expected


@pytest.mark.parametrize(
    ("by", "given", "severity"),
    [
        (CommissionerKind.LOCAL_AUTHORITY, False, "must"),
        (CommissionerKind.ACADEMY, False, "must"),
        (CommissionerKind.SPECIAL_SCHOOL, False, "should"),
        (CommissionerKind.ACADEMY, None, "should"),
    ],
)
def test_help_that_is_not_given_breaks_the_law_for_councils_and_mainstream_schools(
    by: CommissionerKind, given: bool | None, severity: str
) -> None:
    """Source: CFA 2014 ss.42, 66."""
    plan = PUPIL | {"ehcp": "2025-09-01"}
    case = placement_case(pupil=plan, commissioner=by, section_f_given=given)
    assert answer("AP118", case) is BREACHED
    assert BY_ID["AP118"].weighs(case) == severity


@pytest.mark.parametrize("acts_for_it", [False, True])
@pytest.mark.parametrize("kind", CommissionerKind)
def test_a_commissioner_has_the_routes_that_the_rule_does_not_call_wrong(
    kind: CommissionerKind, acts_for_it: bool
) -> None:
    fitting = [
        route
        for route in Route
        if route not in NOT_ALTERNATIVE_PROVISION
        and BREACHED
        is not answer(
            "AP107", placement_case(route=route, commissioner=kind, for_authority=acts_for_it)
        )
    ]
    assert routes_of(kind, acts_for_it) == tuple(fitting)
