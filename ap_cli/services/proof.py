"""Run the worked examples of the rules on the installed program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..rules.examples import EXAMPLES
from ..rules.rule import Answer, Rule


class Run(Struct, frozen=True):
    """One example: its rule, what is different in it, the expected answer and the actual one."""

    rule: str
    told: str
    expected: Answer
    answer: Answer


def examples_run(rules: Sequence[Rule]) -> Iterator[Run]:
    """Run the examples of these rules, and list how each was answered."""
    for rule in rules:
        for example in EXAMPLES.get(rule.id, ()):
            yield Run(rule.id, example.told, example.answer, rule.answer(example.make())[0])
