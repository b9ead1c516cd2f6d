"""The sample school as a store, kept in one unit of work."""

from __future__ import annotations

from datetime import date

from ..domain.ending import Ending
from ..domain.entries import KINDS
from ..domain.placement import Placement
from ..domain.readers import fill
from ..forms.form import Noun
from ..services.placements import with_ending
from ..services.records import with_defaults
from ..services.refusals import problems, refuse
from ..services.waivers import as_of_its_rule
from ..store import writing
from ..store.author import Author
from ..store.opening import Store
from . import year
from .school import AUTHOR, Sample


def make(store: Store, today: date) -> None:
    """Write the sample into a new store, in one unit of work: on a server, by who is logged in."""

    sample = Sample(today)
    author = Author(store.user) if store.user else AUTHOR
    with writing.change(store, author, "make the sample") as unit:
        for half_term in sample.calendar.half_terms:
            writing.add_dates(unit, half_term)
        about: dict[str, Noun] = {}
        for noun, answers in sample.nouns():
            kept = writing.add(unit, fill(noun, answers, today, author.who))
            about[kept.ref] = kept
        for answers, over in sample.placements():
            placement = fill(
                Placement,
                {"route": "off-site-direction", "commissioner": "C-0001"} | dict(answers),
                today,
                author.who,
            )
            placement = with_defaults(store, placement, today)
            refuse(problems(store, placement, today))
            kept = writing.add(
                unit, with_ending(placement, fill(Ending, over, today)) if over else placement
            )
            about[kept.ref] = kept
        for kind, ref, answers in year.entries(sample):
            writing.add_entry(
                unit,
                as_of_its_rule(fill(KINDS[kind], answers, today, author.who), type(about[ref])),
                about[ref],
            )
        for placement_id, pupil, mark in year.marks(sample):
            writing.add_mark(unit, placement_id, pupil, mark)
