"""Gather which children are behind each figure of a term: what an anonymous report counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from ..domain.attendance import Counts, Mark
from ..domain.options import Destination, Extent, Reason
from ..forms.facts import recorded
from ..rules.cases.placement import PlacementCase
from .term_figures import (
    IN_TIME,
    LATE,
    LENGTH_NAMES,
    NOT_HELD,
    NOT_RECORDED,
    destination_of,
    list_due_reviews,
    marks_of,
    name_length,
    pence_of,
    reasons_of,
    school_weeks,
    weeks_run,
)
from .visits import was_visited_before

Children = frozenset[str]
"""Children, by their references."""


class Part(Struct, frozen=True):
    """What some children have in common, and which they are."""

    what: str
    children: Children


class CostChildren(Struct, frozen=True):
    """The children behind what placements cost: a week on the last day, and in the term until then.

    Those who cost nothing are behind neither sum; of `unknown` nobody recorded the cost. Who knows
    both sums can take a number of weeks of the one from the other: `told_apart` are, for each such
    number, the children of whom something is left over then.
    """

    weekly: Children
    term: Children
    unknown: Children
    told_apart: tuple[Children, ...]


class TermChildren(Struct, frozen=True):
    """The children behind the figures of a term.

    A child can be in several parts. `reviews` has each child once: all held in time, one late, or
    one not held; `visited_before` are those of whom each placement that began was visited before.
    `providers` has the live ones by their provider; `attended` and `missed` are those who attended
    a session, or missed one.
    """

    live: Children
    began: Children
    ended: Children
    providers: tuple[Part, ...]
    attended: Children
    missed: Children
    reasons: tuple[Part, ...]
    lengths: tuple[Part, ...]
    destinations: tuple[Part, ...]
    extents: tuple[Part, ...]
    reviews: tuple[Part, ...]
    without_end: Children
    visited_before: Children
    costs: CostChildren
    safety: tuple[Part, ...]


class Ran(Struct, frozen=True):
    """The placements that ran in a part of a term, and those of them that go on, began or ended."""

    first: date
    until: date
    every: Sequence[PlacementCase]
    live: Sequence[PlacementCase]
    began: Sequence[PlacementCase]
    ended: Sequence[PlacementCase]


def gather_children(ran: Ran, on: date, safety: tuple[Part, ...]) -> TermChildren:
    """Gather the children behind the figures of a term."""

    def length_of(case: PlacementCase) -> tuple[str, ...]:
        return (name_length(weeks_run(case, ran.until)),)

    return TermChildren(
        live=children_of(ran.live),
        began=children_of(ran.began),
        ended=children_of(ran.ended),
        providers=group_children(
            ran.live, provider_of, sorted({case.provider.ref for case in ran.live})
        ),
        attended=children_with_marks(ran, is_attended),
        missed=children_with_marks(ran, is_missed),
        reasons=present(group_children(ran.live, reasons_of, (*Reason, NOT_RECORDED))),
        lengths=group_children(ran.live, length_of, LENGTH_NAMES),
        destinations=present(
            group_children(ran.ended, destination_of, (*Destination, NOT_RECORDED))
        ),
        extents=group_children(ran.live, extent_of, (*Extent, NOT_RECORDED)),
        reviews=group_reviews(ran, on),
        without_end=children_of(case for case in ran.live if not recorded(case.placement.ends)),
        visited_before=children_of(ran.began)
        - children_of(case for case in ran.began if not was_visited_before(case)),
        costs=gather_costs(ran),
        safety=safety,
    )


def children_of(cases: Iterable[PlacementCase]) -> Children:
    """Return the children of placements."""
    return frozenset(case.pupil.ref for case in cases)


def children_with_marks(ran: Ran, counts: Callable[[Mark], bool]) -> Children:
    """Return the children who have a mark in the term that counts."""
    return children_of(
        case for case in ran.every if any(map(counts, marks_of(case, ran.first, ran.until)))
    )


def is_attended(mark: Mark) -> bool:
    """Tell whether a mark is a presence."""
    return mark.counts is Counts.PRESENT


def is_missed(mark: Mark) -> bool:
    """Tell whether a mark is an absence."""
    return mark.missed


def provider_of(case: PlacementCase) -> tuple[str, ...]:
    """Return the provider of a placement, by its reference."""
    return (case.provider.ref,)


def extent_of(case: PlacementCase) -> tuple[str, ...]:
    """Return whether a placement is full or part time."""
    extent = case.placement.extent
    return (str(extent) if recorded(extent) else NOT_RECORDED,)


def group_children(
    cases: Sequence[PlacementCase],
    values_of: Callable[[PlacementCase], tuple[str, ...]],
    order: Iterable[str],
) -> tuple[Part, ...]:
    """Group the children of placements by values of these, in this order."""
    found: dict[str, set[str]] = {str(value): set() for value in order}
    for case in cases:
        for value in values_of(case):
            found[str(value)].add(case.pupil.ref)
    return tuple(Part(value, frozenset(children)) for value, children in found.items())


def present(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Drop the parts that no child is in."""
    return tuple(part for part in parts if part.children)


def group_reviews(ran: Ran, on: date) -> tuple[Part, ...]:
    """Group the children that had a review due by the worst that came of one."""
    worst: dict[str, str] = {}
    ranks = (IN_TIME, LATE, NOT_HELD)
    for case in ran.every:
        for how in list_due_reviews(case, ran.first, ran.until, on):
            pupil = case.pupil.ref
            worst[pupil] = max(worst.get(pupil, IN_TIME), how, key=ranks.index)
    return tuple(
        Part(rank, frozenset(pupil for pupil, how in worst.items() if how == rank))
        for rank in ranks
    )


def gather_costs(ran: Ran) -> CostChildren:
    """Gather the children behind what placements cost."""
    costly = [case for case in ran.every if pence_of(case)]
    going_on = {case.placement.id for case in ran.live}
    weeks = [
        (
            case.pupil.ref,
            school_weeks(case, ran.first, ran.until),
            case.placement.id in going_on,
        )
        for case in costly
    ]
    return CostChildren(
        weekly=frozenset(pupil for pupil, _, goes_on in weeks if goes_on),
        term=frozenset(pupil for pupil, number, _ in weeks if number),
        unknown=children_of(case for case in ran.every if pence_of(case) is None),
        told_apart=tuple(list_told_apart(weeks)),
    )


def list_told_apart(weeks: Sequence[tuple[str, int, bool]]) -> Iterator[Children]:
    """List whom a sum of the term tells apart, less each number of weeks of the weekly sum.

    `weeks` has the child of each placement, its weeks in the term, and whether it goes on.
    """
    for taken in sorted({number for _, number, goes_on in weeks if goes_on}):
        yield frozenset(
            pupil for pupil, number, goes_on in weeks if number != (taken if goes_on else 0)
        )
