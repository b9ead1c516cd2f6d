"""The worked examples of the rules, run on the program as it is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..rules.examples import EXAMPLES
from ..rules.rule import Answer, Rule


class Run(Struct, frozen=True):
    """One example: of which rule, what is different in it, and how the rule should answer and does."""

    rule: str
    told: str
    expected: Answer
    answer: Answer


def examples_run(rules: Sequence[Rule]) -> Iterator[Run]:
    """The examples of these rules, each answered."""
    for each in rules:
        for example in EXAMPLES.get(each.id, ()):
            yield Run(each.id, example.told, example.answer, each.answer(example.make())[0])
