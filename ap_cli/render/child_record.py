"""Everything about one child as data, and as lines; other children are references in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import asdict

from ..domain.days import count
from ..services.child_record import ChildRecord, without_others
from .data import entry_data, record_data
from .result import Result, fixed_lines

NO_OTHERS = "Names of other children are left out: their references stand there."
SAFEGUARDING = (
    "Send the child protection file apart from the rest, securely, within five days, and ask for a"
    " receipt (KCSIE)."
)


def child_data(record: ChildRecord) -> dict[str, Any]:
    """The record of a child as data."""
    pupil = record.pupil
    whole = {
        "ref": pupil.ref,
        "for_school": record.school or None,
        "pupil": record_data(pupil, True, pupil.born),
        "placements": [
            record_data(placement, True, placement.starts) | {"provider_name": provider}
            for placement, provider in record.placements
        ],
        "happened": [entry_data(entry, subject) for subject, entry in record.happened],
        "marks": list(record.marks),
        "holds": [asdict(hold) for hold in record.holds],
        "changes": [asdict(change) for change in record.changes],
        "looks": [asdict(look) for look in record.looks],
    }
    others = record.find_others(str(whole))
    return {name: without_others(value, others) for name, value in whole.items()}


def child_lines(data: dict[str, Any]) -> Iterator[str]:
    """How much there is of each, in lines."""
    yield f"{data['ref']}: everything on record"
    yield f"  {count(len(data['placements']), 'placement')}"
    yield f"  {count(len(data['happened']), 'record of what happened', 'records of what happened')}"
    yield f"  {count(len(data['marks']), 'mark')} of attendance"
    if not data["for_school"]:
        yield f"  {count(len(data['changes']), 'change')} in the log"
        yield f"  {count(len(data['looks']), 'look')} at the whole record"


def show_child(record: ChildRecord, data: dict[str, Any], make: Callable[[str], bytes]) -> Result:
    """The record of a child, as JSON or as a document; people in a terminal see what is in it."""
    said = [NO_OTHERS]
    if record.school:
        said.append(f"Recorded as sent to that school. {SAFEGUARDING}")
    return Result(
        "child", [data], lines=fixed_lines(*child_lines(data)), said=tuple(said), make=make
    )
