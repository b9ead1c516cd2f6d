"""What contradicts itself: refused on entry; rule AP903 reports it in rows from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

from ..forms.facts import Fact, is_yes, recorded
from ..forms.form import LONGEST_WEEK, Form, Question, questions
from ..forms.text import hours
from .clock_times import NO_BREAK, clock_words
from .days import count, words
from .entries.after import Support
from .entries.before import Advice, Declaration, Evidence, Exclusion, Notice
from .entries.during import Change, Concern, Invitation, Remote, Review, ReviewRequest, Waiver
from .entries.entry import Entry
from .entries.papers import Times
from .evidence import Item
from .placement import Placement
from .pupil import Pupil
from .sessions import Sessions

T = TypeVar("T")
LONGEST_PLACEMENT_YEARS = 5


def contradictions(placement: Placement, pupil: Pupil, longest_session: int) -> tuple[str, ...]:
    """List what in a placement cannot be, as sentences; `longest_session` is in minutes."""
    return (
        *_dates(placement, pupil),
        *_hours(placement, longest_session),
        *_away(placement),
    )


def _dates(placement: Placement, pupil: Pupil) -> Iterator[str]:
    starts, ended = placement.starts, placement.ended
    if starts < pupil.born:
        yield f"it starts on {words(starts)}, before the child was born"
    elif starts.year - pupil.born.year > 25:
        yield f"it starts on {words(starts)}, when the child would be over 25"
    if told := order_of_days(
        starts, known(placement.ends), known(placement.visited), known(placement.review_dates)
    ):
        yield told
    booked = known(placement.visit_booked)
    if booked is not None and booked >= starts:
        yield (
            f"the visit before it is booked for {words(booked)}, and it starts on {words(starts)}:"
            " book an earlier day"
        )
    for what, day in (
        ("the pupil is to be back full time from", known(placement.full_time_from)),
        ("time at home is to end on", known(placement.home_until)),
    ):
        if day is not None and day < starts:
            yield f"{what} {words(day)}, before it starts on {words(starts)}"
    if ended is not None and ended < starts:
        yield f"it ended on {words(ended)}, before it starts on {words(starts)}"


def known(fact: Fact[T]) -> T | None:
    """Return a fact, or None if nobody recorded it."""
    return fact if recorded(fact) else None


def order_of_days(
    starts: date | None,
    ends: date | None,
    visited: date | None = None,
    reviews: Iterable[date] | None = None,
) -> str:
    """Describe what is out of order in the known days of a placement; return "" if nothing is."""
    if starts is None:
        return ""
    if ends is not None and ends < starts:
        return f"it is planned to end on {words(ends)}, before it starts on {words(starts)}"
    if ends is not None and ends.year - starts.year > LONGEST_PLACEMENT_YEARS:
        return (
            f"it is planned to end on {words(ends)}, more than {LONGEST_PLACEMENT_YEARS} "
            "years after it starts"
        )
    if visited is not None and visited > starts:
        return f"the visit before it was on {words(visited)}, after it starts on {words(starts)}"
    for day in reviews or ():
        if day < starts or (ends is not None and day > ends):
            return f"a review is agreed for {words(day)}, outside the placement"
    return ""


def _hours(placement: Placement, longest_session: int) -> Iterator[str]:
    weeks: tuple[tuple[str, Fact[int], Fact[Sessions]], ...] = (
        ("at the provider", placement.weekly_minutes, placement.at_provider),
        ("at school", placement.school_minutes, placement.at_school),
        ("elsewhere", placement.elsewhere_minutes, placement.elsewhere),
    )
    places = (*((where, sessions) for where, _, sessions in weeks), ("at home", placement.at_home))
    known_places = [(where, sessions) for where, sessions in places if recorded(sessions)]
    for at, (here, mine) in enumerate(known_places):
        for there, theirs in known_places[at + 1 :]:
            if both := tuple(slot for slot in mine.slots if slot in theirs.slots):
                yield f"{Sessions(both)} cannot be {here} and {there}"
    for where, minutes, sessions in weeks:
        if not recorded(minutes):
            continue
        least = 1 if where == "at the provider" else 0
        if not least <= minutes <= LONGEST_WEEK * 60:
            yield (
                f"{minutes} minutes a week {where} cannot be: a week has "
                f"{'more than 0 and ' if least else ''}at most {LONGEST_WEEK} hours"
            )
        elif minutes == 0 and recorded(sessions) and sessions.slots:
            yield f"{sessions} {where} cannot be without hours there"
        elif recorded(sessions) and minutes > len(sessions.slots) * longest_session:
            yield (
                f"{hours(minutes)} hours a week {where} do not fit into "
                f"{count(len(sessions.slots), 'session')}"
                f" of at most {hours(longest_session)} hours each"
            )


def _away(placement: Placement) -> Iterator[str]:
    away, week = placement.away_minutes, placement.school_week_minutes
    if recorded(away) and recorded(week) and away > week:
        yield (
            f"the pupil cannot be away from class for {hours(away)} hours of a week of"
            f" {hours(week)} hours"
        )


@cache
def questions_of_past(form: type[Form]) -> tuple[Question, ...]:
    """List the questions of a form that ask for the day of something that was done."""
    return tuple(question for question in questions(form) if question.past)


def days_to_come(record: Form, today: date) -> tuple[str, ...]:
    """List which days of what was done are after today, as sentences."""
    days = (
        (question.flag, getattr(record, question.name))
        for question in questions_of_past(type(record))
    )
    return tuple(still_to_come(flag, day) for flag, day in days if recorded(day) and day > today)


def still_to_come(flag: str, day: date) -> str:
    """Describe an answer about the past whose day is in the future."""
    return f"{flag}: {words(day)} is still to come: give today or an earlier day"


def contradictions_of_entry(entry: Entry, today: date) -> tuple[str, ...]:
    """List what in an entry cannot be, as sentences."""
    return tuple(_entry(entry, today))


def _entry(entry: Entry, today: date) -> Iterator[str]:
    if entry.day > today and not entry.AHEAD:
        yield (
            f"{words(entry.day)} is after {words(today)}: what has not happened yet is not recorded"
        )
    yield from days_to_come(entry, today)
    if contradictory := CONTRADICTIONS.get(type(entry)):
        yield from contradictory(entry)


def _review(entry: Review) -> Iterator[str]:
    extends = recorded(entry.decided) and entry.decided == "extend"
    if recorded(entry.next_review) and entry.next_review <= entry.day:
        yield "the next review cannot be on or before the day of this one"
    if recorded(entry.until) and entry.until <= entry.day:
        yield "--until: it cannot go on only until the day of the review or an earlier one"
    safe = is_yes(entry.safe)
    if safe and is_yes(entry.stopped):
        yield "--stopped needs that it is not safe: give --no-safe"
    if extends and not recorded(entry.extend_to):
        yield "an extension needs its last day: give --extend-to"
    if recorded(entry.extend_to) and not extends:
        yield "--extend-to needs the decision: give --decided extend"


WORDS_OF_TIMES = {
    "starts_at": "when the day starts",
    "break_from": "when the break starts",
    "break_to": "when the break ends",
    "ends_at": "when the day ends",
}
"""The times of a day at the provider in their order, each in words."""


def _times(entry: Times) -> Iterator[str]:
    begins = known(entry.break_from)
    if recorded(entry.break_to) and begins is None:
        yield "--break-to: a break that ends has a start as well: give --break-from"
    if recorded(entry.break_to) and begins == NO_BREAK:
        yield "--break-to: there is no break to end: leave it out, or give when it starts"
        return
    times = {name: known(getattr(entry, name)) for name in WORDS_OF_TIMES}
    in_order = [(name, time) for name, time in times.items() if time not in (None, NO_BREAK)]
    for (earlier, first), (later, then) in pairwise(in_order):
        if then <= first:
            yield (
                f"--{later.replace('_', '-')}: {clock_words(then)} is not after"
                f" {clock_words(first)}, {WORDS_OF_TIMES[earlier]}"
            )


def _waiver(entry: Waiver) -> Iterator[str]:
    if recorded(entry.until) and entry.until < entry.day:
        yield "a waiver cannot run out before it is given"


def _advice(entry: Advice) -> Iterator[str]:
    if recorded(entry.why_not) and not (recorded(entry.tried) and not entry.tried):
        yield "--why-not needs that it was not tried: give --no-tried"


def _evidence(entry: Evidence) -> Iterator[str]:
    if (entry.item is Item.COUNTY) is not recorded(entry.named):
        yield "an item of the county's own is named: --item county --named …, and no other is"


def _exclusion(entry: Exclusion) -> Iterator[str]:
    if recorded(entry.on_roll_since) and entry.on_roll_since < entry.day:
        yield "--on-roll-since: it cannot be before the day of the permanent exclusion"
    if not entry.permanent and not recorded(entry.until):
        yield "a suspension needs its last day: give --until"
    if entry.permanent and recorded(entry.until):
        yield "a permanent exclusion has no last day: leave --until out"
    if recorded(entry.until) and entry.until < entry.day:
        yield "a suspension cannot end before it begins"


def _declaration(entry: Declaration) -> Iterator[str]:
    for flag, part in (("--with-plan", entry.with_plan), ("--with-sen", entry.with_sen)):
        if recorded(part) and recorded(entry.full_time) and part > entry.full_time:
            yield f"{flag}: {part} of {entry.full_time} cannot be"


def _concern(entry: Concern) -> Iterator[str]:
    closed = is_yes(entry.closed)
    if not recorded(entry.about) and not recorded(entry.what):
        yield (
            "a concern needs what it is about: give --what, or with --of the earlier one "
            "that it goes on with"
        )
    if closed and not recorded(entry.outcome):
        yield "a concern is closed with its outcome: give --outcome"
    if recorded(entry.outcome) and not closed:
        yield "an outcome closes a concern: give --closed as well"
    if (
        recorded(entry.decision)
        and entry.decision == "keep-with-monitoring"
        and not recorded(entry.monitoring)
    ):
        yield (
            "extra monitoring needs what is monitored and by whom: give --monitoring, and "
            "--monitoring-until"
        )
    for name in ("lead_informed", "officer_informed", "social_care_informed"):
        day = getattr(entry, name)
        if recorded(day) and not recorded(entry.about) and day < entry.day:
            flag = "--" + name.replace("_", "-")
            yield f"{flag}: nobody can be told before the day of the concern: check the day"
    if recorded(entry.monitoring_until) and entry.monitoring_until < entry.day:
        yield "monitoring cannot end before it is decided"


def _change(entry: Change) -> Iterator[str]:
    if recorded(entry.checked_again) and entry.checked_again < entry.day:
        yield "--checked-again: checks before the change do not count: give a later day"


def _invitation(entry: Invitation) -> Iterator[str]:
    if entry.review_on <= entry.day:
        yield "an invitation goes out before the review"


def _notice(entry: Notice) -> Iterator[str]:
    if recorded(entry.decided_on) and entry.decided_on > entry.day:
        yield "a notice cannot go out before the decision"


def _request(entry: ReviewRequest) -> Iterator[str]:
    if recorded(entry.refusal) and not is_yes(entry.refused):
        yield "--refusal needs that it was refused: give --refused"


def _until(entry: Remote | Support) -> Iterator[str]:
    if recorded(entry.until) and entry.until < entry.day:
        yield "it cannot end before the day on which it is recorded"


CONTRADICTIONS: dict[type[Entry], Any] = {
    Review: _review,
    Waiver: _waiver,
    Advice: _advice,
    Declaration: _declaration,
    Exclusion: _exclusion,
    Change: _change,
    Concern: _concern,
    Invitation: _invitation,
    Notice: _notice,
    ReviewRequest: _request,
    Remote: _until,
    Support: _until,
    Evidence: _evidence,
    Times: _times,
}
"""What looks for contradictions in each kind of entry that can have some."""
