"""What is arranged for the placement: AP410 to AP415, AP420, AP425, AP426."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.render.command import spell
from ap_cli.rules.engine import make_finding
from ap_cli.rules.examples.builders import PROVIDER, placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_YET, Answer, Severity
from ap_cli.rules.task import About, Write

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
    six_days = {"permanent": False, "day": "2026-01-06", "until": "2026-01-13"}
    case = placement_case(route=route, exclusions=[six_days])
    assert BY_ID["AP415"].weighs(case) is severity and remedy("AP415", case).count(" --") == flags
    assert breach("AP415", case).startswith("you have not agreed a plan for the pupil's return")
    part = placement_case(
        route=route, exclusions=[six_days], happened=[("reintegration", {"readiness": "x"})]
    )
    assert answer("AP415", part) is (BREACHED if flags == 3 else MET)
    assert flags == 1 or breach("AP415", part).startswith(
        "the plan for the return does not answer "
    )


def suspension(first: str, until: str | None) -> dict[str, Any]:
    """The answers of a suspension."""
    return {"permanent": False, "day": first} | ({"until": until} if until else {})


@pytest.mark.parametrize(
    ("exclusions", "expected"),
    [
        ([suspension("2026-01-06", "2026-01-13")], NOT_YET),
        ([suspension("2026-01-05", "2026-01-08"), suspension("2026-01-09", "2026-01-13")], NOT_YET),
        ([suspension("2025-09-08", "2025-10-10")], CANNOT_TELL),
        ([suspension("2026-01-07", "2026-01-20")], CANNOT_TELL),
        ([{"permanent": True, "day": "2025-12-01"}], CANNOT_TELL),
        ([suspension("2025-12-01", None)], CANNOT_TELL),
    ],
)
def test_the_suspension_that_counts_is_the_one_in_which_the_placement_starts(
    exclusions: list[dict[str, Any]], expected: Answer
) -> None:
    """Suspensions that follow on each other are one; an old one says nothing of this placement."""
    case = placement_case(
        on=date(2026, 1, 5), route="suspension", exclusions=exclusions, reviewed=()
    )
    assert answer("AP415", case) is expected


def test_a_suspension_without_a_last_day_is_asked_for_where_it_is_recorded() -> None:
    case = placement_case(on=date(2026, 1, 6), route="suspension", reviewed=())
    finding = make_finding(BY_ID["AP415"], case, BY_ID["AP415"].answer(case))
    assert finding.severity is Severity.LOCAL
    assert finding.message == "not recorded: “What is the last day of the suspension?”"
    known = (("permanent", "no"),)
    assert finding.remedy == Write(About("pupil", "P-0001"), "exclusion", ("until",), known=known)
    assert spell(finding.remedy) == "ap record exclusion P-0001 --suspension --until …"


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
