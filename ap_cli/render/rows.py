"""How many rows lines take on a terminal, which of them fit, and how to see the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from .result import View
from .show import fit_line

HIGHEST = 24
"""The most rows of a screen, whatever the terminal has."""

AROUND = 4
"""The rows around a list: the command, what is said of term dates, the shell's prompt."""


class Page(Struct, frozen=True):
    """Which rows of a list to show: from this one on, the first is 1, or all of them.

    `more` says how to see the next, with a place for the number of the first of them. Where not
    all fit, a list that can be counted is counted if it is `grouped`.
    """

    first: int = 1
    all: bool = False
    grouped: bool = True
    more: str = "--from {first}, or --list for all"


WHOLE = Page(all=True)


class Entry(Struct, frozen=True):
    """A line of a list, and the heading that it stands under; empty for none."""

    line: str
    heading: str = ""


class Filled(Struct, frozen=True):
    """The lines of a page, and the number of the last entry on it."""

    lines: list[str]
    last: int


def room_for(view: View, around: int = AROUND) -> int:
    """How many rows a screen has beside those around it; at least 4."""
    return max(min(view.height or HIGHEST, HIGHEST) - around, 4)


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


def most_that_fit(
    make: Callable[[int], list[str]], numbers: range, rows: int, width: int
) -> list[str]:
    """The lines made with the highest of these numbers that fit so many rows, else the lowest."""
    for number in reversed(numbers):
        lines = make(number)
        if count_rows(lines, width) <= rows:
            break
    return lines


def fill_page(entries: Sequence[Entry], page: Page, total: int, rows: int, width: int) -> Filled:
    """Fill so many rows with entries, which begin with the first of the page, of so many in all.

    The last row says how many more there are and how to see them.
    """
    if page.first > total:
        return Filled([f"There {'is' if total == 1 else 'are'} only {total:,}."], total)
    whole = list(grouped_lines(entries))
    at_the_end = page.first - 1 + len(entries) == total
    if page.all or (at_the_end and count_rows(whole, width) <= rows):
        return Filled(whole, total)
    number = count_fitting(entries, rows - 1, width)
    last = page.first - 1 + number
    more = f"{total - last:,} more: {page.more.format(first=last + 1)}"
    return Filled([*grouped_lines(entries[:number]), more], last)


def page_lines(lines: Iterable[str], page: Page, view: View) -> Iterable[str]:
    """A page of lines on a terminal, and all of them in a pipe."""
    if not view.width:
        return lines
    entries = [Entry(line) for line in lines]
    shown = entries[page.first - 1 :]
    return fill_page(shown, page, len(entries), room_for(view), view.width).lines


def grouped_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of entries, with each heading before the first that stands under it."""
    above = ""
    for entry in entries:
        if entry.heading != above:
            yield entry.heading
        above = entry.heading
        yield entry.line


def count_fitting(entries: Sequence[Entry], rows: int, width: int) -> int:
    """How many of these entries fit so many rows with their headings; at least one."""
    above = ""
    for number, entry in enumerate(entries):
        added = [entry.line] if entry.heading == above else [entry.heading, entry.line]
        rows -= count_rows(added, width)
        above = entry.heading
        if rows < 0:
            return max(number, 1)
    return len(entries)
