"""Figures in force on a day, asked for by name, and the county that has its say in them."""

from __future__ import annotations

from datetime import date
from functools import cache

from msgspec import Struct

from ..domain.concerns import Patience
from .county import County, FigureLines, Line, default, shipped

ALWAYS = date(1996, 9, 1)
"""The day from which a figure without a day of its own holds."""


WHERE_FIGURES_STAND = (
    "those of the program stand in ap_cli/policy/figures.toml, a county's own in its overlay"
)


class Figure(Struct, frozen=True):
    """A number of policy from a day on, with its unit and its source."""

    name: str
    value: int
    title: str
    unit: str
    source: str
    since: date


class Figures(Struct, frozen=True):
    """The figures in force on a day.

    `figures["full_time.line"]` is the number alone; `county` is whose overlay is in force.
    """

    by_name: dict[str, Figure]
    county: County

    def __getitem__(self, name: str) -> int:
        return self.figure(name).value

    def figure(self, name: str) -> Figure:
        """Return a figure, whole; raise LookupError, which says where figures stand, for none."""
        if name not in self.by_name:
            raise LookupError(f"there is no figure {name}: {WHERE_FIGURES_STAND}")
        return self.by_name[name]


def patience(figures: Figures) -> Patience:
    """How long a review that is called for may wait."""
    return Patience(
        figures["request.school_days"],
        figures["request.excused"],
        figures["concern.working_days"],
    )


@cache
def lines(county: County) -> dict[str, FigureLines]:
    """List all the values of the figures: those of policy, and a county's own lines over them."""
    figures = dict(shipped().figures)
    for name, own in county.figures.items():
        base = figures.get(name, own)
        if base is not own and base.law == "fixed":
            # an overlay is refused with it: this one is of an earlier version, or was edited since
            continue
        own_lines = tuple(
            Line(each.since, each.value, each.source or own.source or county.name)
            for each in own.values
        )
        earlier = tuple(
            each
            for each in base.values
            if base is not own and each.since not in {line.since for line in own_lines}
        )
        values = tuple(sorted((*earlier, *own_lines), key=lambda each: each.since))
        figures[name] = FigureLines(
            values,
            own.title or base.title,
            own.unit or base.unit,
            base.source or own.source,
            base.law,
        )
    return figures


@cache
def in_force(on: date, county: County | None = None) -> Figures:
    """Return the figures in force on a day in a county, by default Leicestershire.

    Before the first of its days a figure has its first value.
    """
    found = {}
    county = county or default()
    for name, figure in lines(county).items():
        latest = figure.values[0]
        for line in figure.values:
            if latest.since < line.since <= on:
                latest = line
        found[name] = Figure(
            name,
            latest.value,
            figure.title,
            figure.unit,
            latest.source or figure.source,
            latest.since,
        )
    return Figures(found, county)
