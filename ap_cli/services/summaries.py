"""Summarise a pupil or a provider: placements, open findings, and the days to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from ..domain.days import count, words
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..forms.text import hours
from ..rules.cases.provider import ProviderCase
from ..rules.engine import Finding
from ..rules.kinds import INDEPENDENT, NON_SCHOOLS, ONLINE
from ..rules.registration import most_known
from ..rules.rule import OPEN, ORDER
from ..rules.standing import list_last_seen, name_item
from ..store.opening import Store
from ..store.queries import records as reading
from . import checks, reviews
from .caseload import Caseload
from .checks import CheckRequest
from .holds import Hold, list_holds
from .path import task_order


class Dated(Struct, frozen=True):
    """A day to come, and what happens on it."""

    day: date
    what: str


class PlacementLine(Struct, frozen=True):
    """A placement in a summary, with the pupil or the provider."""

    ref: str
    pupil: str
    provider: str
    provider_name: str
    starts: date
    ends: date | None
    state: str
    hours: str


class Summary(Struct, frozen=True):
    """What is known of a pupil or a provider beyond its own record."""

    placements: tuple[PlacementLine, ...]
    open: tuple[Finding, ...]
    dates: tuple[Dated, ...]
    said: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()


def summary(store: Store, noun: Noun, on: date) -> Summary:
    """Summarise a pupil or a provider on a day: findings by severity, and the days to come.

    The store names what cannot be read.
    """
    cases = Caseload(store, on)
    found = list(
        reading.readable_nouns(
            cases.store, Placement, on, f"pl.{noun.NOUN} = :owner", {"owner": noun.id}
        )
    )
    lines = tuple(line_of(cases, one, on) for one in found)
    request = CheckRequest(on, subjects=[(type(noun), noun.id)], answers=OPEN)
    open_ = (each for each in checks.list_findings(store, request) if not each.waived)
    case = read_provider_case(cases, noun.id) if isinstance(noun, Provider) else None
    dates = sorted(
        list_dates(store, noun, [one for one in found if not one.never_started], on, case),
        key=lambda each: (each.day, each.what),
    )
    said = tuple(explain_registration(case)) if case else ()
    return Summary(
        lines,
        tuple(sorted(open_, key=lambda each: (ORDER.index(each.severity), task_order(each, on)))),
        tuple(dates),
        said,
        tuple(list_holds(store, on, noun.id)) if isinstance(noun, Pupil) else (),
    )


def read_provider_case(cases: Caseload, id: int) -> ProviderCase | None:
    """Return the case of a provider; None if it cannot be read, which the store names then."""
    try:
        return next(cases.provider_cases(id))
    except StoreProblem as problem:
        cases.store.leave_out(problem)
        return None


def line_of(cases: Caseload, placement: Placement, on: date) -> PlacementLine:
    """Return a placement in a line, with its provider's name, empty if that cannot be read."""
    there = reference(Provider.PREFIX, placement.provider)
    try:
        name = cases.provider(placement.provider).name
    except StoreProblem as problem:
        cases.store.leave_out(problem)
        name = ""
    ends: Any = placement.ended or placement.ends
    until = ends if recorded(ends) else None
    return PlacementLine(
        placement.ref,
        reference(Pupil.PREFIX, placement.pupil),
        there,
        name,
        placement.starts,
        until,
        placement.state(on),
        hours(placement.weekly_minutes),
    )


def list_dates(
    store: Store,
    noun: Noun,
    placements: list[Placement],
    on: date,
    provider: ProviderCase | None,
) -> Iterator[Dated]:
    """List the days to come of a record: reviews, starts, ends, and what expires."""
    mine = [placement.id for placement in placements]
    yield from (
        Dated(due.due, f"review of {due.placement}: {due.why}")
        for due in reviews.list_due_reviews(store, on, placements=mine)
    )
    for placement in placements:
        if placement.starts > on:
            yield Dated(placement.starts, f"{placement.ref} starts")
        if placement.ended is None and recorded(placement.ends) and placement.ends >= on:
            yield Dated(placement.ends, f"{placement.ref} is planned to end")
    if (
        isinstance(noun, Pupil)
        and recorded(noun.born)
        and (last := noun.last_day_of_school_age) >= on
    ):
        yield Dated(last, "the last day of compulsory school age")
    if provider:
        yield from (
            Dated(seen.expires, f"{name_item(provider, seen)} expires")
            for seen in list_last_seen(provider)
            if recorded(seen.expires) and seen.expires >= on
        )


def explain_registration(case: ProviderCase) -> Iterator[str]:
    """Explain how close a provider is to having to register as a school."""
    if case.provider.kind not in (*NON_SCHOOLS, ONLINE, INDEPENDENT):
        return
    if not recorded(case.provider.registered):
        yield (
            "say whether it is a registered school: "
            f"ap provider edit {case.provider.ref} --registered …"
        )
        return
    if not case.may_have_to_register:
        return
    known, line, school = (
        len(case.full_time),
        hours(case.figures["full_time.line"]),
        case.figures["school.pupils"],
    )
    declared = (
        f"; on {words(case.declared.day)} it said that it teaches {case.declared.full_time}"
        if case.declared
        else "; ask it how many it teaches in all"
    )
    yield (
        f"you place {count(known, 'child', 'children')} there full time (over {line} hours a week)"
        f"{declared}"
    )
    if apart := [f"{child.pupil} {hours(child.apart)}" for child in case.taught if child.apart]:
        yield f"hours in the school, at home or online do not count: {', '.join(apart)}"
    yield describe_room(school - 1 - most_known(case), school)
    yield (
        f"one child with an EHC plan or in care for more than {line} hours a week makes it a "
        "school at once (AP202)"
    )


def describe_room(room: int, school: int) -> str:
    """Say how many more children a provider can teach full time before it is a school."""
    if room < 0:
        return f"it has {school} or more: it must be a registered school (AP201)"
    if room == 0:
        return "the next child full time makes it a school (AP201)"
    more = count(room, "more child", "more children")
    return f"{more} full time would leave it below the {school} that make a school (AP201)"
