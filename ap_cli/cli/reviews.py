"""ap reviews"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from ..domain.days import words
from ..errors import StoreProblem
from ..render.result import Result
from ..render.reviews import calendar_end, review_lines
from ..services import reviews
from ..services.terms import known_until
from ..services.unsafe import list_unsafe_placements
from .command import command, group
from .settings import Settings

app = group("See which reviews are due.")
COLUMNS = ("placement", "pupil", "name", "due", "overdue", "days", "why", "unsafe")
IMPORT = (
    "some of these days are estimates, as no term dates cover them: import the term dates with"
    " `ap terms import FILE.csv`"
)
"""What is said if days are estimated, after where the term dates end."""


def is_safe(row: dict[str, Any]) -> bool:
    """Tell whether nothing says that the child may be unsafe, to sort by."""
    return row["unsafe"] is None


def row_of(review: reviews.DueReview, unsafe: str | None, names: bool) -> dict[str, Any]:
    """Return a review as a row, with the pupil's name only if names are shown."""
    row = {name: getattr(review, name, None) for name in COLUMNS} | {"unsafe": unsafe}
    return row if names else row | {"name": None}


@command(app, name="due")
def list_due(
    settings: Settings,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            help="Only those due in this time, and overdue ones.",
            metavar="7d|2w|half-term",
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those overdue.")] = False,
) -> Result:
    """List the reviews that are due: overdue, this week, later.

    First come the placements in which a child may be unsafe, whatever is asked for.

    Examples: ap reviews due --within 2w; ap reviews due --overdue --json
    """
    unread: list[StoreProblem] = []
    found = reviews.list_due_reviews(settings.store, settings.today, within, overdue, unread)
    unsafe = list_unsafe_placements(settings.store, settings.today)
    rows = [row_of(one, unsafe.get(one.placement), settings.names) for one in found]
    listed = {one.placement for one in found}
    rows += [
        dict.fromkeys(COLUMNS) | {"placement": ref, "unsafe": unsafe[ref]}
        for ref in unsafe
        if ref not in listed
    ]
    rows.sort(key=is_safe)
    missing = tuple(f"{problem}: “ap check” lists it" for problem in unread)
    return Result(
        "reviews due",
        rows,
        COLUMNS,
        review_lines(settings.today),
        (*describe_term_dates(settings, found), *missing),
        code=StoreProblem.exit_code if unread else 0,
    )


def describe_term_dates(settings: Settings, due: Sequence[reviews.DueReview]) -> tuple[str, ...]:
    """Say to which day term dates are known, and what to do if a day is only estimated."""
    until = known_until(settings.store)
    if not any(one.estimated for one in due):
        return tuple(calendar_end(until, settings.today))
    known = f"term dates are known to {words(until, weekday=True)}; " if until else ""
    return (f"{known}{IMPORT}",)
