"""Gather what the school census asks for: placements that the school arranged, off its site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..domain.options import IN_SCHOOL, TIER_1, Route
from ..domain.placement import Placement
from ..domain.provider import Provider, ProviderKind
from ..domain.pupil import Pupil
from ..forms.facts import is_yes, recorded
from ..forms.form import Record
from ..store.opening import Store
from ..store.queries import records as reading
from . import lists
from .filters import Wanted

SCHOOL_ROUTES = (Route.SCHOOL_ARRANGED, Route.OFF_SITE_DIRECTION, Route.SUSPENSION)
"""The routes by which a school arranges a placement, unless it does so for the council."""


class Counted(Record, frozen=True):
    """A placement that the census counts, with its pupil and provider."""

    placement: Placement
    pupil: Pupil
    provider: Provider


def list_counted(
    store: Store, on: date, first: date, last: date, wanted: Wanted
) -> Iterator[Counted]:
    """List the placements of a time that the census counts, in order.

    The store names those that cannot be read.
    """
    pupils = {pupil.id: pupil for pupil in reading.readable_nouns(store, Pupil, on)}
    providers = {one.id: one for one in reading.readable_nouns(store, Provider, on)}
    for one in lists.placements(store, on, wanted, names=True):
        placement = one.listed.placement
        pupil, provider = pupils.get(placement.pupil), providers.get(placement.provider)
        if pupil is None or provider is None:  # the store has named it
            continue
        if is_within(placement, first, last, on) and is_counted(placement, provider):
            yield Counted(placement, pupil, provider)


def is_within(placement: Placement, first: date, last: date, on: date) -> bool:
    """Tell whether a placement went on between two days, both counted, as is known on a day.

    One that is past its planned end goes on until somebody records that it ended.
    """
    if placement.never_started:
        return False
    ends = placement.ends if recorded(placement.ends) and placement.ends >= on else None
    over = placement.ended or ends
    return placement.starts <= last and (over is None or over >= first)


def is_counted(placement: Placement, provider: Provider) -> bool:
    """Tell whether the school arranged a placement, and it is not in the school.

    What nobody recorded of the place does not leave it out.
    """
    if placement.route not in SCHOOL_ROUTES or is_yes(placement.for_authority):
        return False
    if recorded(placement.place):
        return placement.place not in IN_SCHOOL
    stays = recorded(placement.tier) and placement.tier in TIER_1
    return provider.kind is not ProviderKind.OWN_SITE and not stays
