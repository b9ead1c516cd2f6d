"""What is arranged for the placement: AP410 to AP415, AP420, AP425, AP426."""

from __future__ import annotations

from typing import Any

import pytest

from ap_cli.rules.examples.builders import PROVIDER, placement_case
from ap_cli.rules.rule import BREACHED, MET, Answer, Severity

from .answers import BY_ID, answer, breach, remedy

ONLINE = PROVIDER | {"kind": "online"}


@pytest.mark.parametrize(
    ("agreed", "roles", "told"),
    [
        (["parent"], False, "is it"),
        (["provider"], True, "agreed"),
        (None, None, "no plan by the provider"),
    ],
)
def test_what_is_missing_of_the_agreement_on_roles_is_told(
    agreed: list[str] | None, roles: bool | None, told: str
) -> None:
    plan = [("plan", {"agreed_by": agreed} | ({"roles": True} if roles else {}))] if agreed else []
    found = breach("AP425", placement_case(happened=plan))
    expected = {
        "is it": "the provider's plan does not answer ",
        "agreed": "the parents have not agreed the plan",
        "no plan by the provider": "the provider has not put everyone's part in writing",
    }
    assert found.startswith(expected[told])


@pytest.mark.parametrize(
    ("route", "severity", "flags"),
    [
        ("off-site-direction", Severity.SHOULD, 3),
        ("suspension", Severity.SHOULD, 3),
        ("school-arranged", Severity.LOCAL, 1),
    ],
)
def test_a_route_that_leads_back_asks_for_a_whole_plan_for_the_return(
    route: str, severity: Severity, flags: int
) -> None:
    case = placement_case(route=route)
    assert BY_ID["AP415"].weighs(case) is severity and remedy("AP415", case).count(" --") == flags
    assert breach("AP415", case).startswith("you have not agreed a plan for the pupil's return")
    part = placement_case(route=route, happened=[("reintegration", {"readiness": "x"})])
    assert answer("AP415", part) is (BREACHED if flags == 3 else MET)
    assert flags == 1 or breach("AP415", part).startswith(
        "the plan for the return does not answer "
    )


@pytest.mark.parametrize(
    ("provider", "reason", "logged", "expected"),
    [
        (PROVIDER, ["health"], "2026-02-27", MET),
        (PROVIDER, ["health"], "2026-02-28", MET),
        (PROVIDER, ["health"], "2026-03-01", BREACHED),
        (PROVIDER, ["online"], "2026-02-27", BREACHED),
        (ONLINE, ["health"], "2026-02-27", BREACHED),
    ],
    ids=[
        "logged before its end",
        "on its last day",
        "after it",
        "referred for it",
        "at an online provider",
    ],
)
def test_remote_education_goes_on_where_it_is_logged_after_its_end_or_is_online_anyway(
    provider: dict[str, Any], reason: list[str], logged: str, expected: Answer
) -> None:
    limits = {"last_resort": "x", "until": "2026-02-28", "engaged": "x"}
    happened = [
        ("remote", limits | {"day": "2026-02-10"}),
        ("remote", {"day": logged, "engaged": "x"}),
    ]
    assert (
        answer("AP420", placement_case(provider=provider, reason=reason, happened=happened))
        is expected
    )
