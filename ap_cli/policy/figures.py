"""Figures in force on a day, asked for by name."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..domain.concerns import Patience


class Figure(Struct, frozen=True):
    """A number of policy from a day on, with its unit and who says so."""

    name: str
    value: int
    title: str
    unit: str
    source: str
    since: date


class Figures(Struct, frozen=True):
    """The figures in force on a day: `figures["full_time.line"]` is the number alone."""

    by_name: dict[str, Figure]

    def __getitem__(self, name: str) -> int:
        return self.by_name[name].value


def patience(figures: Figures) -> Patience:
    """How long a review that is called for may wait."""
    return Patience(figures["request.school_days"], figures["request.excused"])


@cache
def national() -> dict[str, Any]:
    """The figures that ship with the program, as their file holds them."""
    import tomllib

    return tomllib.loads(Path(__file__).with_name("figures.toml").read_text("utf-8"))


@cache
def in_force(on: date) -> Figures:
    """The figures in force on a day; before the first of its days, the first value holds."""
    found = {}
    for name, figure in national().items():
        dated = [value for value in figure["values"] if value["from"] <= on] or figure["values"][:1]
        latest = max(dated, key=lambda value: value["from"])
        found[name] = Figure(name, latest["is"], figure["title"], figure["unit"], figure["source"], latest["from"])
    return Figures(found)
