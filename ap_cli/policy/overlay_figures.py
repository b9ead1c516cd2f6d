"""Looks for mistakes in the figures and the sources of an overlay."""

from __future__ import annotations

from ..forms.form import FIRST_YEAR, LAST_YEAR
from .county import County, FigureLines, shipped
from .overlay import Mistake
from .sources import SOURCES

MOST_OF = {
    "minutes a week": 3_600,
    "minutes": 600,
    "children": 1_000,
    "sessions": 200,
    "days": 3_660,
    "weeks": 520,
    "months": 240,
    "school days": 400,
    "points": 100,
    "per cent": 100,
}
"""The largest value that a figure can have, by its unit."""

MOST_WITHOUT_UNIT = 1_000_000
"""The largest value of a figure in another unit."""

SWITCH = "uncommenced"

OVERRIDDEN = ("HB",)
"""Sources of the program that a county has of its own: its handbook."""


def own_mistakes(county: County) -> list[Mistake]:
    """List what is wrong with the name, the figures and the sources of an overlay."""
    wrong: list[Mistake] = []
    if not county.name.strip():
        wrong.append((("name",), "name is empty: fill in the name of the county"))
    for name, own in county.figures.items():
        wrong += figure_mistakes(name, own)
    return wrong + source_mistakes(county)


def figure_mistakes(name: str, own: FigureLines) -> list[Mistake]:
    """List what is wrong with a figure of an overlay."""
    known = shipped().figures.get(name)
    unfit = figure_of_program_mistakes(own, known) if known else figure_of_own_mistakes(own)
    if own.law:
        unfit.append((("law",), "leave out law: an overlay cannot set it"))
    if not own.values:
        unfit.append(((), "add at least one value"))
    unfit += value_mistakes(own, known)
    return [(("figures", name, *at), f"{name}: {problem}") for at, problem in unfit]


def figure_of_program_mistakes(own: FigureLines, known: FigureLines) -> list[Mistake]:
    """List what an overlay cannot say of a figure of the program.

    A must is never weakened: the figure that it rests on is fixed.
    """
    wrong: list[Mistake] = []
    if known.law == "fixed":
        fixed = "the law sets it, and an overlay cannot change it"
        wrong.append(((), f"leave this figure out: {fixed}"))
    if own.title or own.unit:
        program = "the program sets the title and the unit of this figure"
        wrong.append(((), f"give its values only: {program}"))
    return wrong


def figure_of_own_mistakes(own: FigureLines) -> list[Mistake]:
    """List what is missing in a figure of a county's own."""
    if own.title and own.unit and own.source:
        return []
    needed = "a figure of your own needs a title, a unit and a source"
    return [((), f"check the name of the figure; {needed}")]


def value_mistakes(own: FigureLines, known: FigureLines | None) -> list[Mistake]:
    """List the values of a figure that it cannot have, and days that cannot be."""
    least, most, wanted = values_allowed(own, known)
    at = ("values",)
    wrong: list[Mistake] = []
    for line in own.values:
        if not least <= line.value <= most:
            wrong.append((at, f"write {wanted}, not {line.value}"))
        if not FIRST_YEAR <= line.since.year <= LAST_YEAR:
            years = f"from {FIRST_YEAR} to {LAST_YEAR}"
            wrong.append((at, f"choose a day {years}, not {line.since}"))
    days = [line.since for line in own.values]
    if len(set(days)) != len(days):
        wrong.append((at, "two values begin on the same day: keep one"))
    return wrong


def values_allowed(own: FigureLines, known: FigureLines | None) -> tuple[int, int, str]:
    """Return the least and the greatest value that a figure can have, and both in words."""
    if known is not None and known.law == SWITCH:
        return 1, 1, "1, from the day on which the law begins"
    most = MOST_OF.get(known.unit if known else own.unit, MOST_WITHOUT_UNIT)
    return 0, most, f"a number from 0 to {most:,}"


def source_mistakes(county: County) -> list[Mistake]:
    """List the sources of an overlay that take a short form of the program's own."""
    return [
        (
            ("sources", source),
            f"{source}: choose another short name: the program uses this one for {SOURCES[source]}",
        )
        for source in county.sources
        if source in SOURCES and source not in OVERRIDDEN
    ]
