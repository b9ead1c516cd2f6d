"""How many rows lines take on a terminal, and which of them fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .show import fit_line


def count_rows(lines: Iterable[str], width: int) -> int:
    """How many rows these lines take on a terminal of a width."""
    return sum(len(fit_line(line, width)) for line in lines)


def cut_lines(lines: Sequence[str], most: int, width: int, more: str) -> list[str]:
    """The first of these lines that fit into so many rows; the last says how many more there are.

    `more` has a {} for their number.
    """
    if count_rows(lines, width) <= most:
        return list(lines)
    fitting = list(lines)
    while fitting and count_rows(fitting, width) >= most:
        fitting.pop()
    return [*fitting, more.format(len(lines) - len(fitting))]
