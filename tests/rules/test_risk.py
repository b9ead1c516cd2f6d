"""The risk assessment: AP306, AP312 to AP314."""

from __future__ import annotations

import pytest

from ap_cli.rules.examples.builders import PROVIDER, placement_case
from ap_cli.rules.rule import BREACHED, MET, Answer

from .answers import answer, breach


@pytest.mark.parametrize(
    ("risk", "competent", "expected"),
    [("lower", None, MET), ("higher", None, BREACHED), ("higher", "A. Tester", MET)],
)
def test_only_where_the_risk_is_higher_somebody_competent_sees_the_place(
    risk: str, competent: str | None, expected: Answer
) -> None:
    given = {"checked": "x", "parents_told": True, "commissioner_told": True} | (
        {"competent_person": competent} if competent else {}
    )
    there = PROVIDER | {"risk": risk}
    assert answer("AP306", placement_case(provider=there, happened=[("risk", given)])) is expected
    nothing = placement_case(provider=there, happened=[("risk", {"note": "x"})])
    assert ("competent" in breach("AP306", nothing)) is (risk == "higher")
