"""Decide which numbers of children can be shown, so that none from 1 to 4 can be worked out.

A number is shown with the children behind it in view. Nought is shown, as the statistics of the
Department for Education do: it is a number of nobody. From 1 to 4 children are hidden, and so is
any number that would tell such a number by a sum or a difference with others that are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..services.term_children import Children

FEW = 5
"""A number of children below it could tell who they are."""


def is_few(children: Children) -> bool:
    """Tell whether these are one to four children."""
    return 0 < len(children) < FEW


def tells_few(one: Children, other: Children) -> bool:
    """Tell whether the numbers of two groups tell that of few children, by their difference.

    They do if one group is a part of the other, and few are left.
    """
    return (one <= other and is_few(other - one)) or (other <= one and is_few(one - other))


class Disclosed:
    """Which groups of children a report has shown the number of, from its first on."""

    def __init__(self) -> None:
        self._shown: list[Children] = []

    def show(self, group: Children) -> bool:
        """Return whether the number of a group can be shown beside those before, and note it."""
        if is_few(group) or any(tells_few(group, shown) for shown in self._shown):
            return False
        self.note(group)
        return True

    def note(self, group: Children) -> None:
        """Note a group of which the number is shown, or can be worked out."""
        self._shown.append(group)


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
