"""ap age"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.days import words
from ..errors import ApError
from ..forms.days import read_day
from ..render.result import Result, fixed_lines
from .command import command, single
from .settings import Settings

if TYPE_CHECKING:
    from ..domain.ages import Ages

app = single()


@command(app, name="age")
def show_age(
    settings: Settings,
    born: Annotated[
        str,
        typer.Argument(
            metavar="DOB|P-0001", help="A date of birth, or a pupil.", show_default=False
        ),
    ],
) -> Result:
    """Say what a date of birth decides: year group, compulsory school age, the duty to participate.

    Examples: ap age 2010-06-27 --on 2026-03-02; ap age P-0001; ap age 27/6/2010 --json
    """
    from ..domain.ages import ages

    pupil, day = read_birth(settings, born)
    try:
        known = ages(day, settings.today)
    except ValueError as problem:
        raise ApError(str(problem)) from None
    return Result("age", [age_data(known, pupil)], lines=fixed_lines(*age_lines(known)))


def read_birth(settings: Settings, born: str) -> tuple[str | None, date]:
    """A pupil's reference with the date of birth on record, or the date as typed."""
    if not re.fullmatch(r"p-?\d+", born.strip(), re.IGNORECASE):
        try:
            return None, read_day(born, settings.today)
        except ValueError as problem:
            raise ApError(str(problem)) from None
    from ..domain.pupil import Pupil
    from .asking import choose_record

    pupil = choose_record(settings, Pupil, born if "-" in born else f"P-{born[1:]}")
    return pupil.ref, pupil.born


def age_data(known: Ages, pupil: str | None) -> dict[str, Any]:
    """What a date of birth decides, as data."""
    return {
        "ref": pupil,
        "born": known.born,
        "on": known.on,
        "year_group": known.year_group,
        "begins": known.begins,
        "ends": known.ends,
        "duty_ends": known.duty_ends,
        "compulsory": known.compulsory,
    }


def age_lines(known: Ages) -> tuple[str, ...]:
    """What a date of birth decides, for people."""
    names = {None: "not of school age", 0: "Reception"}
    group = names.get(known.year_group, f"year {known.year_group}")
    begins, ends = words(known.begins, weekday=True), words(known.ends, weekday=True)
    duty_ends = words(known.duty_ends, weekday=True)
    return (
        f"born {words(known.born)}, on {words(known.on)}: {group}",
        f"compulsory school age: from {begins} to the end of {ends}",
        f"duty to participate: after that until the 18th birthday, {duty_ends}, unless the young"
        " person attains level 3 first",
    )
