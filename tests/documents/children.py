"""Children behind the figures of a term, made up for tests of the report to governors."""

from __future__ import annotations

from ap_cli.domain.options import Extent
from ap_cli.services.term_children import Children, CostChildren, Part, TermChildren
from ap_cli.services.term_figures import IN_TIME, LATE, LENGTHS, LONGER, NOT_HELD, NOT_RECORDED

NONE: Children = frozenset()


def some(first: int, last: int) -> Children:
    """The children from a number to another, both counted."""
    return frozenset(f"P-{number:04}" for number in range(first, last + 1))


def parts(names: tuple[str, ...], *groups: Children) -> tuple[Part, ...]:
    """Parts of these names; those that no group is given for have no child."""
    filled = (*groups, *(NONE for _ in names[len(groups) :]))
    return tuple(map(Part, names, filled))


def lengths(*groups: Children) -> tuple[Part, ...]:
    """Children by how long their placements have run, the shortest first."""
    return parts((*(name for _, name in LENGTHS), LONGER), *groups)


def extents(
    part_time: Children = NONE, full: Children = NONE, unknown: Children = NONE
) -> tuple[Part, ...]:
    """Children whose week is part time, full time, or not known."""
    return parts((Extent.PART_TIME, Extent.FULL_TIME, NOT_RECORDED), part_time, full, unknown)


def reviews(
    in_time: Children = NONE, late: Children = NONE, missed: Children = NONE
) -> tuple[Part, ...]:
    """Children by the worst that came of a review that was due."""
    return parts((IN_TIME, LATE, NOT_HELD), in_time, late, missed)


def costs(
    weekly: Children = NONE, term: Children = NONE, unknown: Children = NONE, *told_apart: Children
) -> CostChildren:
    """Children behind the costs of a week and a term, and whom the two tell apart."""
    return CostChildren(weekly, term, unknown, told_apart)


NOBODY = TermChildren(
    live=NONE,
    began=NONE,
    ended=NONE,
    providers=(),
    attended=NONE,
    missed=NONE,
    reasons=(),
    lengths=lengths(),
    destinations=(),
    extents=extents(),
    reviews=reviews(),
    without_end=NONE,
    visited_before=NONE,
    costs=costs(),
    safety=(),
)
"""Nobody is placed."""
