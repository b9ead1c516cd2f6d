"""What the tests of rules ask: a rule by its id, its answer about a case, what it says is wrong, what mends it."""

from __future__ import annotations

import copy
from typing import Any

from ap_cli.render.command import spell
from ap_cli.rules import RULES
from ap_cli.rules.rule import Answer, Rule

BY_ID = {rule.id: rule for rule in RULES}


def answer(id: str, case: Any) -> Answer:
    return BY_ID[id].answer(case)[0]


def breach(id: str, case: Any) -> str:
    return BY_ID[id].problem(case)


def remedy(id: str, case: Any) -> str:
    """The remedy of a rule for a case, as it is shown."""
    return spell(BY_ID[id].remedy(case))


def changed(rule: Rule, **values: Any) -> Rule:
    """A copy of a rule with other values."""
    other = copy.copy(rule)
    for name, value in values.items():
        setattr(other, name, value)
    return other
