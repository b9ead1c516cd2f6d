"""What the tests of rules ask: a rule by its id, its answer about a case, what it says is wrong, what mends it."""

from __future__ import annotations

from typing import Any

from ap_cli.rules import RULES
from ap_cli.rules.engine import Answer

BY_ID = {rule.id: rule for rule in RULES}


def answer(id: str, case: Any) -> Answer:
    return BY_ID[id].answer(case)[0]


def breach(id: str, case: Any) -> str:
    return BY_ID[id].breach(case)


def remedy(id: str, case: Any) -> str:
    return BY_ID[id].remedy(case)
