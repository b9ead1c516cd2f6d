"""The short run of what parsers get: each reads it, or refuses it with a sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .parsing import feed, parsers

pytestmark = pytest.mark.uncovered

FEW = 200
NAMES = [name for name, _ in parsers(Path())]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_typed_or_in_a_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    read, wrong = feed(name, dict(parsers(tmp_path))[name], FEW)
    assert wrong == []
    assert read < FEW


def test_a_parser_that_breaks_is_named_with_its_seed() -> None:
    def breaks(chance: random.Random) -> None:
        if chance.random() < 0.5:
            raise KeyError("oops")

    read, wrong = feed("broken", breaks, 20)
    assert read + len(wrong) == 20 and wrong and wrong[0].startswith("broken ")
