"""The text of an overlay as TOML, with the line of what cannot be parsed."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from ..errors import BadAnswers

TOO_LARGE = re.compile(r"\d{1000}|[\[{]{100}")
"""A number or a list that nothing can read."""


def parse(text: str) -> dict[str, Any]:
    """Parse an overlay's text; raise BadAnswers with the line if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        reason, _, place = str(problem).partition(" (at ")
        named = re.match(r"line (\d+)", place)
        line = int(named[1]) if named else max(len(text.splitlines()), 1)
    except (ValueError, RecursionError) as problem:
        reason = "a number or a list is too large to read"
        line = line_of_problem(text, str(problem))
    raise BadAnswers([f"line {line}: this is not TOML: {reason}"]) from None


def line_of_problem(text: str, problem: str) -> int:
    """Return the line of a number or list that is too large; else the one named, or the last."""
    lines = text.splitlines()
    too_large = (number for number, line in enumerate(lines, 1) if TOO_LARGE.search(line))
    line_too_large = next(too_large, None)
    if line_too_large is not None:
        return line_too_large
    named = re.search(r"\(at line (\d+)", problem)
    return int(named[1]) if named else max(len(lines), 1)
