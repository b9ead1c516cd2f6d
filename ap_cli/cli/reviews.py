"""ap reviews"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from ..domain.days import words as in_words
from ..domain.provider import Provider
from ..domain.pupil import Pupil, short_name
from ..errors import StoreProblem
from ..forms.form import reference
from ..render.result import Result
from ..render.reviews import review_lines
from ..render.rows import Page
from ..services import reviews
from ..services.filters import KEYS, Wanted, is_due, read_words
from ..services.lists import placements_by_reference, placements_of, refuse_hidden_names
from ..services.terms import known_until
from ..services.unsafe import list_unsafe_placements
from ..store.queries.lists import Listed
from .command import command, group
from .known_terms import describe_known_terms
from .lists import FROM, FULL, LIST, NEVER, WORDS, shown_names
from .settings import Settings

app = group("See which reviews are due.")
COLUMNS = (
    *("placement", "pupil", "name", "due", "overdue", "days", "why", "unsafe"),
    *("school", "provider", "provider_name"),
)
HALF_TERM = "half-term"
TAKEN = ("live", "planned", *KEYS)
"""The words that choose among reviews due: of a placement that has ended none is."""

IMPORT = (
    "some of these days are estimates, as no term dates cover them: import the term dates with"
    " `ap terms import FILE.csv`"
)
"""What is said if days are estimated, after where the term dates end."""


WITHIN = typer.Option(
    "--within",
    help="Only those due in this time, and overdue ones.",
    metavar="7d|2w|half-term",
)
OVERDUE = typer.Option("--overdue", help="Only those overdue.")


def is_safe(row: dict[str, Any]) -> bool:
    """Tell whether nothing says that the child may be unsafe, to sort by."""
    return row["unsafe"] is None


def row_of(review: reviews.DueReview, unsafe: str | None, names: str) -> dict[str, Any]:
    """Return a review as a row, with the pupil's name as names are shown."""
    row = {name: getattr(review, name, None) for name in COLUMNS}
    return row | {"unsafe": unsafe, "name": name_shown(review.name, names)}


def row_of_unsafe(ref: str, one: Listed | None, unsafe: str, names: str) -> dict[str, Any]:
    """Return a placement in which a child may be unsafe, and of which no review is due."""
    row = dict.fromkeys(COLUMNS) | {"placement": ref, "unsafe": unsafe}
    if one is None:
        return row
    return row | {
        "pupil": reference(Pupil.PREFIX, one.placement.pupil),
        "name": name_shown(one.pupil_name, names),
        "school": one.school,
        "provider": reference(Provider.PREFIX, one.placement.provider),
        "provider_name": one.provider_name,
    }


def name_shown(name: str, names: str) -> str | None:
    """Return a pupil's name in full or short, or None if no names are shown."""
    if names == NEVER:
        return None
    return name if names == FULL else short_name(name)


@command(app, name="due")
def list_due(
    settings: Settings,
    words: Annotated[list[str] | None, WORDS] = None,
    within: Annotated[str | None, WITHIN] = None,
    overdue: Annotated[bool, OVERDUE] = False,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """List the reviews that are due: overdue, this week, next.

    First come the placements in which a child may be unsafe, whenever their review is. More than a
    screen is counted by school, or by provider if they are of one school.

    Examples: ap reviews due; ap reviews due Farm --within 2w;
    ap reviews due --overdue --list
    """
    unread: list[StoreProblem] = []
    names = shown_names(settings)
    wanted = read_words(words or (), settings.today, TAKEN)
    found = reviews.list_due_reviews(settings.store, settings.today, within, overdue, unread)
    unsafe = list_unsafe_placements(settings.store, settings.today)
    if words:
        around = placements_by_reference(
            settings.store, settings.today, wanted, names != NEVER, unread
        )
        found = [one for one in found if one.placement in around and is_wanted(wanted, one)]
        unsafe = {ref: why for ref, why in unsafe.items() if ref in around}
    else:
        not_due = unsafe.keys() - {one.placement for one in found}
        around = placements_of(settings.store, settings.today, not_due)
    if names == NEVER and not (found or unsafe):
        refuse_hidden_names(settings.store, wanted)
    return Result(
        "reviews due",
        rows_of(found, unsafe, around, names),
        COLUMNS,
        review_lines(settings.today, Page(first, whole, grouped=not words)),
        (*describe_term_dates(settings, found, within), *describe_unread(unread)),
        code=StoreProblem.exit_code if unread else 0,
    )


@command(app, name="ics", formats=("ics", "json", "jsonl", "csv", "xlsx"))
def make_calendar(
    settings: Settings,
    words: Annotated[list[str] | None, WORDS] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Starts, ends and tasks that have a day as well.")
    ] = False,
) -> Result:
    """Write a calendar of reviews for Outlook, Google or a phone: references, and no names.

    Import it again whenever you like: a review that moved moves, one that was waived or whose
    placement ended is cancelled, none is there twice. Alarms come a week and a day before.

    Examples: ap reviews ics --out reviews.ics; ap reviews ics owner:sample --all;
    ap reviews ics --format json
    """
    from ..services.events import list_events

    wanted = read_words(words or (), settings.today)
    return Result("reviews ics", list_events(settings.store, settings.today, wanted, every))


def last_day(settings: Settings, within: str | None) -> date | None:
    """Return the last day that was asked about; None for half terms, which end with the dates."""
    if within is None or within == HALF_TERM:
        return None
    return settings.today + timedelta(days=reviews.days_within(within))


def describe_unread(unread: Sequence[StoreProblem]) -> Iterator[str]:
    """Name each record that cannot be read, and what lists it."""
    for problem in dict.fromkeys(map(str, unread)):
        yield f"{problem}: “ap check” lists it"


def rows_of(
    found: Sequence[reviews.DueReview],
    unsafe: Mapping[str, str],
    around: Mapping[str, Listed],
    names: str,
) -> list[dict[str, Any]]:
    """Return reviews as rows: first those of placements in which a child may be unsafe."""
    rows = [row_of(one, unsafe.get(one.placement), names) for one in found]
    listed = {one.placement for one in found}
    rows += [
        row_of_unsafe(ref, around.get(ref), why, names)
        for ref, why in unsafe.items()
        if ref not in listed
    ]
    return sorted(rows, key=is_safe)


def is_wanted(wanted: Wanted, one: reviews.DueReview) -> bool:
    """Tell whether a review is due in a time that was asked for."""
    return not wanted.due or is_due(wanted.due, one.due)


def describe_term_dates(
    settings: Settings, due: Sequence[reviews.DueReview], within: str | None
) -> tuple[str, ...]:
    """Say to which day term dates are known, and what to do if a day is only estimated."""
    if not any(one.estimated for one in due):
        return describe_known_terms(settings, last_day(settings, within))
    until = known_until(settings.store)
    known = f"term dates are known to {in_words(until, weekday=True)}; " if until else ""
    return (f"{known}{IMPORT}",)
