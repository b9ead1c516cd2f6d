"""The school census, for `ap export census`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..domain.days import count
from ..errors import ApError
from ..exchange.census import HEADINGS, CensusRecord, make_record
from ..forms.text import list_few
from ..render.command import spell
from ..render.result import Result
from ..services.caseload import Caseload
from ..services.census import list_counted
from ..services.filters import read_words
from .exporting import log_children
from .lists import DATA
from .settings import Settings

STRICT = 3
"""The exit code of a strict census with something to fill in."""


def read_span(settings: Settings, since: str | None, until: str | None) -> tuple[date, date]:
    """Return the first and last day of a census; raise ApError if they are not both right."""
    from ..forms.days import read_day

    if since is None or until is None:
        raise ApError("give the first and the last day of the census with --from and --to")
    days = []
    for flag, typed in (("--from", since), ("--to", until)):
        try:
            days.append(read_day(typed, settings.today))
        except ValueError as problem:
            raise ApError(f"{flag}: {problem}") from None
    first, last = days
    if last < first:
        raise ApError(f"--to: {last} is before --from: name the last day of the time")
    return first, last


def make_census(
    settings: Settings, words: Sequence[str], span: tuple[date, date], strict: bool
) -> Result:
    """Return the census of a time, and name on stderr what is still to fill in."""
    wanted = read_words(words, settings.today)
    on = min(settings.today, span[1])  # the week that held then
    counted = list_counted(settings.store, on, *span, wanted)
    full_time = Caseload(settings.store, on).figures["full_time.line"]
    records = [make_record(one, on, full_time) for one in counted]
    log_children(settings, "export census", [record.pupil for record in records])
    is_data = settings.format in DATA
    rows = [data_of(record) if is_data else cells_of(record) for record in records]
    gaps = [
        f"{record.placement} lacks {gap.words}: {spell(gap.remedy)}"
        for record in records
        for gap in record.gaps
    ]
    return Result(
        "export census",
        rows,
        keys=() if is_data else tuple(HEADINGS),
        headings=() if is_data else tuple(HEADINGS.values()),
        said=tuple(describe(records, gaps)),
        code=STRICT if strict and gaps else 0,
    )


def describe(records: Sequence[CensusRecord], gaps: Sequence[str]) -> list[str]:
    """Say how many records there are, and what is still to fill in."""
    told = count(len(records), "placement")
    if not gaps:
        return [f"{told}, nothing is missing" if records else "no placement of that time counts"]
    return [f"{told}; {count(len(gaps), 'answer')} still to fill in:", *list_few(gaps)]


def cells_of(record: CensusRecord) -> dict[str, Any]:
    """Return a record as the cells of a spreadsheet."""
    cells = {name: getattr(record, name, None) for name in HEADINGS}
    return cells | {"missing": "; ".join(gap.words for gap in record.gaps) or None}


def data_of(record: CensusRecord) -> dict[str, Any]:
    """Return a record as data, each gap with the command that fills it."""
    data = {name: getattr(record, name) for name in HEADINGS if name != "missing"}
    gaps = [{"missing": gap.words, "command": spell(gap.remedy)} for gap in record.gaps]
    return data | {"gaps": gaps}
