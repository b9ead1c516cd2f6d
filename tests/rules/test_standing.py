"""What expires at a provider, and serious incidents there: AP310, AP311."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ap_cli.domain.evidence import OF_THE_PROVIDER
from ap_cli.domain.options import Place
from ap_cli.rules.examples.builders import provider_case
from ap_cli.rules.examples.county import WITH_CHECKLIST
from ap_cli.rules.rule import BREACHED, MET, NOT_APPLICABLE, Answer, Severity

from .answers import BY_ID, answer, breach, remedy


@pytest.mark.parametrize(
    ("expires", "expected"), [("2026-03-01", NOT_APPLICABLE), ("2026-03-02", MET)]
)
def test_what_has_expired_is_told_once(expires: str, expected: Answer) -> None:
    """AP310 tells it, and AP302 and AP303 are silent; in the school itself nobody else would."""
    case = provider_case(expires=expires)
    assert (
        answer("AP302", case) is answer("AP303", case) is expected and answer("AP301", case) is MET
    )
    assert (answer("AP310", case) is BREACHED) is (expected is NOT_APPLICABLE) or expected is MET
    assert answer("AP302", replace(case, places=(Place.SCHOOL,))) is (
        BREACHED if expected is NOT_APPLICABLE else MET
    )


@pytest.mark.parametrize(("until", "expected"), [("2026-03-01", BREACHED), ("2026-03-02", MET)])
def test_a_child_is_kept_with_monitoring_up_to_its_last_day(until: str, expected: Answer) -> None:
    incident = {
        "day": "2026-02-01",
        "what": "x",
        "serious": True,
        "decision": "keep-with-monitoring",
        "monitoring": "daily",
        "monitoring_until": until,
    }
    assert answer("AP311", provider_case(there=[("concern", incident)])) is expected


@pytest.mark.parametrize(
    ("expires", "told", "severity"),
    [
        ("2026-03-01", "expired on 1 March 2026", Severity.SHOULD),
        ("2026-03-02", "expires on 2 March 2026", Severity.ADVISE),
        ("2026-04-01", "expires on 1 April 2026", Severity.ADVISE),
    ],
)
def test_what_has_expired_binds_more_than_what_will(
    expires: str, told: str, severity: Severity
) -> None:
    case = provider_case(expires=expires, items=OF_THE_PROVIDER[:1])
    assert breach("AP310", case).endswith(told) and BY_ID["AP310"].weighs(case) is severity


def test_what_expires_first_is_told_and_renewed_first() -> None:
    later = (
        "evidence",
        {"item": "insurance", "day": "2025-12-01", "by": "A. Tester", "expires": "2026-03-20"},
    )
    sooner = (
        "evidence",
        {"item": "own-checks", "day": "2025-12-01", "by": "A. Tester", "expires": "2026-03-10"},
    )
    case = provider_case(items=(), there=[later, sooner])
    assert breach("AP310", case).endswith(
        "own checks expires on 10 March 2026, insurance expires on 20 March 2026"
    )
    assert "--item own-checks" in remedy("AP310", case)


def test_of_two_incidents_the_first_is_settled_first() -> None:
    two = [
        ("concern", {"day": day, "what": "a fire", "serious": True})
        for day in ("2026-02-02", "2026-02-09")
    ]
    case = provider_case(there=two)
    assert "2 February 2026 (E-0101), 9 February 2026 (E-0102)" in breach(
        "AP311", case
    ) and "--of E-0101" in remedy("AP311", case)


def test_an_item_of_the_countys_own_is_named_as_its_checklist_does() -> None:
    seen = {"item": "county", "named": "travel-plan", "day": "2025-12-01", "by": "A. Tester"}
    case = provider_case(
        county=WITH_CHECKLIST, items=(), there=[("evidence", seen | {"expires": "2026-03-01"})]
    )
    assert breach("AP310", case).endswith(
        "needs new evidence: the provider's own travel plan expired on 1 March 2026"
    )
    assert "--item county --named travel-plan" in remedy("AP310", case)
