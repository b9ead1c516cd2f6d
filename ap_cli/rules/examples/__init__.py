"""Worked examples of the rules, on both sides of each boundary: the tests run them and `ap rules show` prints them."""

from __future__ import annotations

from collections.abc import Iterator

from . import (
    attendance,
    changes,
    child,
    concerns,
    county,
    ending,
    fit,
    plan,
    provider,
    record,
    registration,
    reviews,
    roll,
    time,
    week,
)
from .builders import Example

EXAMPLES: dict[str, tuple[Example, ...]] = {
    **child.EXAMPLES, **registration.EXAMPLES, **provider.EXAMPLES, **plan.EXAMPLES, **concerns.EXAMPLES, **changes.EXAMPLES, **reviews.EXAMPLES, **time.EXAMPLES, **attendance.EXAMPLES, **ending.EXAMPLES,
    **record.EXAMPLES, **county.EXAMPLES, **fit.EXAMPLES, **roll.EXAMPLES, **week.EXAMPLES,
}  # fmt: skip
"""The examples of every rule, by its id."""


def every() -> Iterator[tuple[str, Example]]:
    """Every example, with the rule it is of."""
    for id, examples in EXAMPLES.items():
        for example in examples:
            yield id, example
