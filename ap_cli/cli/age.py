"""ap age"""

from __future__ import annotations

import re
from typing import Annotated

import typer

from ..domain.days import words
from ..errors import ApError
from ..forms.days import read_day
from ..render.result import Result
from .command import command, single
from .settings import Settings

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

    Example: ap age 2010-06-27 --on 2026-03-02
    """
    from ..domain.ages import ages

    pupil, day = None, None
    if re.fullmatch(r"p-?\d+", born.strip(), re.IGNORECASE):
        from ..domain.pupil import Pupil
        from .asking import choose_record

        found = choose_record(settings, Pupil, born if "-" in born else f"P-{born[1:]}")
        pupil, day = found.ref, found.born
    try:
        told = ages(day or read_day(born, settings.today), settings.today)
    except ValueError as problem:
        raise ApError(str(problem)) from None
    group = {None: "not of school age", 0: "Reception"}.get(
        told.year_group, f"year {told.year_group}"
    )
    row = {
        "ref": pupil,
        "born": told.born,
        "on": told.on,
        "year_group": told.year_group,
        "begins": told.begins,
        "ends": told.ends,
        "duty_ends": told.duty_ends,
        "compulsory": told.compulsory,
    }
    lines = [
        f"born {words(told.born)}, as on {words(told.on)}: {group}",
        f"compulsory school age: {words(told.begins, weekday=True)} to {words(told.ends, weekday=True)}, that day included",
        f"duty to participate: after that until the 18th birthday, {words(told.duty_ends, weekday=True)}, unless level 3 is attained first",
    ]
    return Result("age", [row], lines=lambda rows, view: lines if list(rows) else [])
