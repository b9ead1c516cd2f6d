"""The public extract of the register of schools (GIAS), of which what is wanted is read.

It has some 50,000 rows of 140 columns, so a row is looked at only by its numbers and its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from ..domain.establishment import Establishment
from ..domain.likeness import provider_key
from ..errors import ApError
from ..forms.form import Record
from ..forms.text import name_file
from ..services.register import Wanted
from .delimited import Delimited
from .files import check_file
from .headers import normal
from .tables import open_tables
from .workbooks import ZIP

LARGEST = 150 << 20
"""The largest extract that is read, in bytes; one of all England is some 65 megabytes."""

COLUMNS = {
    "urn": "URN",
    "ukprn": "UKPRN",
    "name": "EstablishmentName",
    "type_code": "TypeOfEstablishment (code)",
    "type_name": "TypeOfEstablishment (name)",
    "status": "EstablishmentStatus (name)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "street": "Street",
    "locality": "Locality",
    "third": "Address3",
    "town": "Town",
    "postcode": "Postcode",
}
"""The columns that are read, by the names that they have; the first of a name counts."""

NEEDED = ("urn", "name", "status")
ADDRESS = ("street", "locality", "third", "town", "postcode")
IN_NAME = re.compile(r"(20\d\d)(\d\d)(\d\d)")
"""The day in the name of an extract: edubasealldata20261103.csv."""


class Extract(Record, frozen=True):
    """What an extract says of the establishments that are wanted, and the day it is of."""

    day: date
    establishments: tuple[Establishment, ...]


def read_extract(file: Path, wanted: Wanted, today: date) -> Extract:
    """Return what an extract says of those that are wanted; raise ApError if it is none."""
    rows = read_rows(file)
    header = next(rows, [])
    if not is_header(header):
        raise ApError(
            f"{name_file(file)} is no extract of the register of schools: download “all"
            " establishment data” from get-information-schools.service.gov.uk"
        )
    return Extract(day_of(file, today), tuple(select(rows, locate(header), wanted)))


def is_header(names: Sequence[str]) -> bool:
    """Return whether these are the names of the columns of an extract."""
    return locate(names).keys() >= set(NEEDED)


def read_rows(file: Path) -> Iterator[Sequence[str]]:
    """Yield the rows of an extract as texts; raise ApError if it cannot be read."""
    check_file(file, name_file(file), LARGEST)
    with file.open("rb") as opened:
        is_workbook = opened.read(len(ZIP)) == ZIP
    if not is_workbook:
        return (line for _, line in Delimited(file).lines())
    rows = open_tables(file).sheets[0].rows()
    return ([normal(cell) for cell in row.cells] for row in rows)


def locate(header: Sequence[str]) -> dict[str, int]:
    """Map what is read to its column, as far as it is there."""
    names = [normal(cell).casefold() for cell in header]
    return {
        ours: names.index(theirs.casefold())
        for ours, theirs in COLUMNS.items()
        if theirs.casefold() in names
    }


def day_of(file: Path, today: date) -> date:
    """Return the day of an extract: that in its name, or when the file was saved; none to come."""
    found = IN_NAME.search(file.name)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    return min(day or datetime.fromtimestamp(file.stat().st_mtime).date(), today)


def select(
    rows: Iterable[Sequence[str]], positions: dict[str, int], wanted: Wanted
) -> Iterator[Establishment]:
    """Yield what the rows say that are wanted by URN, UKPRN or name."""
    urn_at, name_at = positions["urn"], positions["name"]
    ukprn_at = positions.get("ukprn", urn_at)
    width = max(positions.values())
    for row in rows:
        if len(row) <= width:
            continue
        if (
            row[urn_at].strip() in wanted.urns
            or row[ukprn_at].strip() in wanted.ukprns
            or provider_key(row[name_at]) in wanted.names
        ):
            yield read_row(row, positions)


def read_row(row: Sequence[str], positions: dict[str, int]) -> Establishment:
    """Return what a row says."""
    cells = {name: " ".join(row[at].split()) for name, at in positions.items()}
    lines = (cells.get(part, "") for part in ADDRESS)
    return Establishment(
        urn=cells["urn"],
        name=cells["name"],
        ukprn=cells.get("ukprn", ""),
        type_code=cells.get("type_code", ""),
        type_name=cells.get("type_name", ""),
        status=cells["status"],
        address=", ".join(dict.fromkeys(line for line in lines if line)),
        postcode=cells.get("postcode", ""),
        opened=read_day(cells.get("opened", "")),
        closed=read_day(cells.get("closed", "")),
    )


def read_day(text: str) -> date | None:
    """Return a day written as 31-12-2026, or as ISO from a workbook; None for anything else."""
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text[:10], pattern).date()
        except ValueError:
            continue
    return None
