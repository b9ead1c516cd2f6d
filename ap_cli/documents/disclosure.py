"""Decide which numbers of children can be shown, so that none from 1 to 4 can be worked out.

All are numbers of the parts of a whole, and two wholes that are shown have no child in common. A
part is shown with the children behind it in view, and those beside it. Nought is shown, as the
statistics of the Department for Education do: it is a number of nobody. From 1 to 4 children are
hidden, and so is any number that would tell such a number by a sum or a difference with others.

Of two ways to part one whole, with five children or more in each part, nobody can tell how many are
in a part of both, unless the one follows from the other: who began this term has not been there for
a year. What follows from the days of placements is shown only as far as five children or more are
alike in all of it: see `Alike`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..services.term_children import Children

FEW = 5
"""A number of children below it could tell who they are."""


def is_few(children: Children) -> bool:
    """Tell whether these are one to four children."""
    return 0 < len(children) < FEW


def is_part_shown(whole: Children, part: Children) -> bool:
    """Tell whether the number of a part can be shown beside that of its whole."""
    return hide_parts(whole, [part, whole - part]) == frozenset()


class Alike:
    """Children of a whole, put together with those who are alike in every part shown of it."""

    def __init__(self, whole: Children) -> None:
        self._classes = [whole]

    @property
    def is_whole(self) -> bool:
        """Whether nothing that is shown tells one of the children from another."""
        return len(self._classes) < 2

    def show(self, parts: Sequence[Children]) -> bool:
        """Note that parts are shown if no few children would be alike then; return whether."""
        classes = self._split(parts)
        if any(map(is_few, classes)):
            return False
        self._classes = classes
        return True

    def note(self, parts: Sequence[Children]) -> None:
        """Note parts of which some are shown; those not shown must not be told by others."""
        self._classes = self._split(parts)

    def _split(self, parts: Sequence[Children]) -> list[Children]:
        classes = self._classes
        for part in parts:
            classes = [half for each in classes for half in (each & part, each - part) if half]
        return classes


def hide_parts(whole: Children, parts: Sequence[Children]) -> frozenset[int] | None:
    """Return which parts of a whole that is shown are hidden, as their places; None: all are.

    They are those of few children, those beside which few are left, and then the smallest of the
    others, until what is hidden cannot be worked out, also by who knows this. So those of one size
    are hidden together: which of two is shown would tell that the hidden one is no smaller.
    """
    if is_few(whole):
        return None
    hidden = {
        place for place, part in enumerate(parts) if part and (is_few(part) or is_few(whole - part))
    }
    larger = {place for place, part in enumerate(parts) if part} - hidden
    while tells_hidden(whole, parts, hidden):
        if not larger:
            return None
        least = min(len(parts[place]) for place in larger)
        hidden |= {place for place in larger if len(parts[place]) == least}
        larger -= hidden
    return None if hidden and not larger else frozenset(hidden)


def tells_hidden(whole: Children, parts: Sequence[Children], hidden: set[int]) -> bool:
    """Tell whether a whole and the parts shown of it tell a number of few children.

    If all are shown, they tell how many children are in several parts. If some are hidden, they
    tell how many these have together: it has to be five or more, in two parts or more. If each
    has one, or each four, that is the least or the most that they can have: it would tell each.
    """
    if not hidden:
        several = {
            child for part in parts for child in part if sum(child in other for other in parts) > 1
        }
        return is_few(frozenset(several))
    shown = [part for place, part in enumerate(parts) if place not in hidden]
    together: Children = frozenset().union(*(parts[place] for place in hidden))
    left = whole.difference(*shown)
    tells_each = {len(parts[place]) for place in hidden} in ({1}, {FEW - 1})
    return len(hidden) < 2 or is_few(together) or is_few(left) or tells_each
