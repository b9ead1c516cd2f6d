"""The rules, in order; a duplicate id raises."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import TypeGuard

from . import (
    arrangements,
    attendance,
    changes,
    child,
    clashes,
    concerns,
    county,
    curriculum,
    direction,
    earlier_support,
    education_notice,
    ehc_plan,
    ending,
    exclusion,
    first_day,
    fit,
    health,
    looked_up,
    marks,
    next_place,
    open_reviews,
    oversight,
    part_time,
    plan,
    planned_code,
    record,
    registration,
    remote,
    reviews,
    risk,
    roll,
    safety,
    shared_duty,
    standing,
    telling,
    time,
    week,
)
from .rule import BaseRule, Rule


def rules_of(*families: ModuleType) -> tuple[Rule, ...]:
    """Collect the rules of these modules in order of their ids; ValueError if two have the same."""
    rules: dict[str, Rule] = {}
    for family in families:
        for rule in rules_in(family):
            first = rules.setdefault(rule.id, rule)
            if first is not rule:
                names = f"{type(first).__name__} and {type(rule).__name__}"
                raise ValueError(f"{names} have the same id, {rule.id}: give one of them another")
    return tuple(sorted(rules.values(), key=rule_id))


def rules_in(family: ModuleType) -> Iterator[Rule]:
    """Yield the rules that a module defines: its classes with an id."""
    for value in vars(family).values():
        if is_rule_class(value) and value.__module__ == family.__name__:
            yield value()


def is_rule_class(value: object) -> TypeGuard[type[Rule]]:
    """Tell whether a value is a class of a rule, and not the base of several."""
    return isinstance(value, type) and issubclass(value, BaseRule) and "id" in vars(value)


def rule_id(rule: Rule) -> str:
    """The id of a rule, to sort by."""
    return rule.id


FAMILIES = (
    child,
    earlier_support,
    ehc_plan,
    county,
    curriculum,
    exclusion,
    education_notice,
    first_day,
    shared_duty,
    health,
    fit,
    roll,
    week,
    part_time,
    registration,
    safety,
    risk,
    standing,
    arrangements,
    remote,
    plan,
    direction,
    time,
    open_reviews,
    reviews,
    concerns,
    changes,
    oversight,
    planned_code,
    attendance,
    looked_up,
    marks,
    ending,
    next_place,
    telling,
    record,
    clashes,
)

RULES = rules_of(*FAMILIES)
