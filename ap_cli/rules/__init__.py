"""The rules, in order; a duplicate id raises."""

from __future__ import annotations

from types import ModuleType

from . import (
    arrangements,
    attendance,
    child,
    county,
    direction,
    ending,
    exclusion,
    fit,
    open_reviews,
    oversight,
    plan,
    record,
    registration,
    risk,
    safety,
    standing,
    telling,
    time,
    week,
)
from .engine import Rule


def rules_of(*families: ModuleType) -> tuple[Rule, ...]:
    """The rules of these modules in order of their ids; ValueError where two have the same."""
    found = [
        rule for family in families for rule in vars(family).values() if isinstance(rule, Rule)
    ]
    if len({rule.id for rule in found}) != len(found):
        raise ValueError("two rules have the same id")
    return tuple(sorted(found, key=lambda rule: rule.id))


RULES = rules_of(
    child,
    county,
    exclusion,
    fit,
    week,
    registration,
    safety,
    risk,
    standing,
    arrangements,
    plan,
    direction,
    time,
    open_reviews,
    oversight,
    attendance,
    ending,
    telling,
    record,
)
