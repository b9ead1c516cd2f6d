"""What a check decides over a whole store, as somebody runs it: what lies around a placement, and what is told of it."""

from __future__ import annotations

from ..conftest import Program


def test_a_number_alone_is_answered_with_the_rule_that_has_it(ap: Program) -> None:
    found = ap("rules", "show", "202")
    assert found.code == 2 and "is it AP202?" in found.err
