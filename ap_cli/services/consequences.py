"""Tell the person who records an event what follows from it at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.days import words
from ..domain.entries.before import (
    Evidence,
    Exclusion,
    Notice,
    Purpose,
    Suspension,
    Visit,
)
from ..domain.entries.during import Concern, Extension, Review, ReviewRequest
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..forms.facts import is_yes, recorded
from ..forms.form import Noun, reference
from ..rules.rule import BREACHED
from ..store.opening import Store
from ..store.queries import records as reading
from ..store.queries.placements import current, provider_of
from . import checks, concerns, excluding, reviews, unsafe
from .checks import CheckRequest


def of(store: Store, entry: Entry, subject: tuple[type[Noun], int], today: date) -> Iterator[str]:
    """List what follows from an entry, a sentence for each consequence."""
    noun, id = subject
    if isinstance(entry, Concern):
        yield from _of_concern(store, entry, noun, id, today)
    elif isinstance(entry, Exclusion):
        yield from excluding.list_due(store, entry, id, today)
    elif isinstance(entry, Review | Visit):
        placements = (id,) if noun is Placement else placed_there(store, id, today)
        yield from unsafe.list_due(store, entry, placements, today)
        if isinstance(entry, Review):
            yield from _of_decision(store, entry, id, today)
    elif isinstance(entry, ReviewRequest):
        yield from _reviews(store, today, (id,))
    elif isinstance(entry, Extension):
        yield f"{reference(noun.PREFIX, id)} is planned to end on {words(entry.last, weekday=True)}"
    elif isinstance(entry, Suspension) and entry.suspended:
        for placement in placed_there(store, id, today):
            yield (
                f"{reference(Placement.PREFIX, placement)} is there: end it, or resume the provider"
            )
    elif isinstance(entry, Evidence) and recorded(entry.file):
        yield f"the file is saved as {entry.file}"


SERVES: dict[type[Entry], tuple[str, ...]] = {Notice: ("AP421", "AP422"), Visit: ("AP308",)}
"""The rules that an entry about a placement is usually recorded for."""


def list_still_open(
    store: Store, entry: Entry, subject: tuple[type[Noun], int], today: date
) -> Iterator[str]:
    """Say why an entry did not do what it is usually recorded for: it was too late, say."""
    rules = SERVES.get(type(entry), ())
    is_of_quality = isinstance(entry, Visit) and entry.purpose is Purpose.QUALITY
    if not rules or is_of_quality or subject[0] is not Placement:
        return
    request = CheckRequest(
        today, subjects=[subject], rules=checks.rules_like(rules), answers=(BREACHED,)
    )
    for finding in checks.list_findings(store, request):
        if finding.waived is None:
            yield f"still open: {finding.message}"


def _of_decision(store: Store, review: Review, id: int, today: date) -> Iterator[str]:
    """Say how the day to which a review lets a placement go on differs from its planned end."""
    placement = reading.one(store, Placement, id, today)
    if not recorded(review.until) or not recorded(placement.ends):
        return
    ends, until = words(placement.ends, weekday=True), words(review.until, weekday=True)
    if review.until > placement.ends:
        yield (
            f"{placement.ref} is planned to end on {ends}, before {until}"
            f" → ap placement extend {placement.ref} --to {review.until}"
        )
    elif review.until < placement.ends:
        yield f"it goes on until {until}, and {placement.ref} is planned to end only on {ends}"


def _of_concern(
    store: Store, entry: Concern, noun: type[Noun], id: int, today: date
) -> Iterator[str]:
    serious = is_yes(entry.serious)
    if is_yes(entry.closed):
        return
    yield from concerns.list_due(store, entry, (noun, id), today)
    if noun is Placement:
        yield from _reviews(store, today, (id,))
        if serious:
            yield (
                "if it concerns other children there, record it about the provider: "
                f"ap record concern {_provider_of(store, id)} --serious …"
            )
    elif serious:
        yield from _reviews(store, today, placed_there(store, id, today))
    else:
        yield (
            "if it concerns the children there: ap record concern "
            f"{reference(Provider.PREFIX, id)} --of {entry.ref} --serious"
        )


def _reviews(store: Store, today: date, placements: tuple[int, ...]) -> Iterator[str]:
    for due in reviews.list_due_reviews(store, today, placements=placements):
        when = "is due" if due.due >= today else "was due"
        yield (
            f"{due.placement} ({due.pupil}): a review {when} by "
            f"{words(due.due, weekday=True)} → ap record review {due.placement}"
        )


def placed_there(store: Store, provider: int, today: date) -> tuple[int, ...]:
    """List the numbers of the placements at a provider that have not ended."""
    return tuple(current(store, Provider, provider, today))


def _provider_of(store: Store, placement: int) -> str:
    return reference(Provider.PREFIX, provider_of(store, placement))
