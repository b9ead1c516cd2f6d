"""End a placement, or change its week from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from ..domain.days import words
from ..domain.ending import FACTS, Ending
from ..domain.options import Place
from ..domain.placement import WEEK, Placement
from ..domain.places import contradicts_the_kind, contradicts_the_place, taught_at
from ..domain.provider import Provider
from ..domain.readers import answers_of
from ..errors import ApError, BadAnswers
from ..forms.facts import is_yes, recorded
from ..forms.form import flag_of, questions
from ..store.author import Author
from ..store.opening import Store
from ..store.queries.attendance import weeks
from .ending import LateReview, settle_late_reviews
from .meanwhile import refuse_changed
from .records import changes, correct, get, listed
from .refusals import after_the_end, before_the_start, problems, refuse


def make_ended(
    placement: Placement, ending: Ending, today: date, correction: bool = False
) -> Placement:
    """Return the placement as it is after it has ended; raise ApError or BadAnswers if it cannot.

    A placement that has ended already needs a correction.
    """
    refuse_ending(placement, ending, today, correction)
    return with_ending(placement, ending)


def keep_ended(
    store: Store,
    placement: Placement,
    ended: Placement,
    author: Author,
    today: date,
    draft: int | None,
    late: Sequence[LateReview],
    read: Mapping[str, Any],
) -> Placement:
    """Write how a placement ended and what becomes of late reviews, and remove the draft.

    Raise Changed if a field does not hold what was `read` of it.
    """

    def settle(unit: Any) -> None:
        settle_late_reviews(unit, store, placement, late)

    what = "end placement"
    return correct(store, placement, ended, author, today, what, draft, settle, read)


OF_THE_END = tuple(FACTS)
"""The fields of a placement that say how it ended."""


def refuse_ending(placement: Placement, ending: Ending, today: date, correction: bool) -> None:
    """Raise ApError if a placement has ended, and BadAnswers if it cannot end on this day."""
    never = is_yes(ending.never_started)
    if placement.ended is not None and not correction:
        raise ApError(
            f"{placement.ref} ended on {words(placement.ended)} already: "
            "add --correct to change how"
        )
    if never and ending.day != placement.starts:
        raise BadAnswers(
            ["--never-started: leave --day out: a placement that never started has no last day"]
        )
    if ending.day < placement.starts:
        raise BadAnswers([before_the_start("--day", ending.day, placement)])
    if ending.day > today and not never:
        raise BadAnswers(
            [
                f"--day: {words(ending.day)} is still to come: "
                f"set a planned end with `ap placement edit {placement.ref} --ends`"
            ]
        )


def ending_of(placement: Placement) -> Ending:
    """Return how a placement ended; what an import left open of it is a gap here as well."""
    gone = {theirs: getattr(placement, ours) for ours, theirs in FACTS.items()}
    return Ending(**gone)


def with_ending(placement: Placement, ending: Ending) -> Placement:
    """Return the placement as it is after it has ended."""
    never = True if is_yes(ending.never_started) else None
    return replace(
        placement,
        ended=ending.day,
        end_reason=ending.reason,
        destination=ending.destination,
        never_started=never,
    )


def change_week(
    store: Store,
    before: Placement,
    after: Placement,
    since: date,
    author: Author,
    today: date,
    read: Mapping[str, Any] = MappingProxyType({}),
) -> Placement:
    """Change hours, sessions or the tier from a day on; the weeks before stay as they were.

    `read` has what fields must hold on that day; raise Changed if one does not. Raise BadAnswers if
    anything else was changed, or the day is outside the placement.
    """
    from ..store import writing
    from ..store.queries import records as reading

    changed = changes(before, after)
    refuse_change_of_week(before, changed, since)
    with writing.change(store, author, "change week") as unit:
        stood = reading.one(store, Placement, before.id, since)
        now = replace(stood, **changed)
        refuse_changed(store, read, stood, now)
        refuse(problems(store, now, today))
        writing.change_week(unit, now, since)
    return get(store, Placement, before.id, since)


def refuse_change_of_week(before: Placement, changed: Iterable[str], since: date) -> None:
    """Raise BadAnswers for a day outside the placement, or facts that are not of its week."""
    others = [flag_of(name) for name in changed if name not in WEEK]
    if others:
        raise BadAnswers(
            [
                f"--from: change {', '.join(others)} without --from: "
                "it is for hours, sessions and the tier"
            ]
        )
    if since <= before.starts:
        raise BadAnswers(
            [
                f"--from: choose a day after {before.ref} starts, on {words(before.starts)}, "
                "or leave --from out to correct its week"
            ]
        )
    if before.ended is not None and since > before.ended:
        raise BadAnswers([after_the_end("--from", since, before.ref, before.ended)])


def list_changes_to_come(
    store: Store, placement: Placement, today: date
) -> Iterator[tuple[date, dict[str, Any]]]:
    """List the days to come from which the week changes, each with the facts that change then."""
    before = placement
    for since, *_ in weeks(store, placement.id):
        if since <= today:
            continue
        after = get(store, Placement, placement.id, since)
        if changed := changes(before, after):
            yield since, changed
        before = after


def list_objections(store: Store, placement: Placement, today: date) -> Iterator[str]:
    """List what to check of a tier that contradicts the place, and a place the provider's kind."""
    provider = get(store, Provider, placement.provider, today)
    place = taught_at(placement.place, provider)
    if recorded(placement.tier):
        contradiction = contradicts_the_place(placement.tier, place, provider.name)
        if contradiction:
            yield f"check --tier and --place: {contradiction}"
    if recorded(placement.place_address) and place is not Place.ELSEWHERE:
        yield "--place-address holds only for a pupil taught elsewhere: add --place elsewhere if so"
    if contradiction := contradicts_the_kind(place, provider):
        yield f"check --place, or the kind of {provider.ref}: {contradiction}"


def copied(placement: Placement) -> dict[str, Any]:
    """Return the answers of a placement without its dates, as they would be typed again."""
    dates = {question.key for question in questions(Placement) if question.item is date}
    return {key: value for key, value in answers_of(placement).items() if key not in dates}


OF_THE_PROVIDER = (
    "provider",
    "place",
    "place_address",
    "site",
    "code_supervised",
    "dual_registered",
)
"""The keys of the answers that are about where the pupil goes."""


def copied_elsewhere(placement: Placement) -> dict[str, Any]:
    """Return the answers of a placement without its dates and without where the pupil went."""
    known = copied(placement)
    return {key: value for key, value in known.items() if key not in OF_THE_PROVIDER}


def answer_of_latest(store: Store, name: str, today: date) -> str:
    """Return the text of a fact of the placement planned last; empty if there is none."""
    last = next(iter(reversed(list(listed(store, Placement, today)))), None)
    fact = getattr(last, name, None)
    return fact if isinstance(fact, str) else ""
