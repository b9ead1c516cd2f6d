"""What the record said when a paper was made that somebody now sends back filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..domain.entries.papers import DocumentName
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.returned import PaperMark
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.form import Noun, Record, reference
from ..rules.cases.placement import PlacementCase
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import log
from ..store.queries import records as reading
from ..store.queries.identity import id_of_store
from .caseload import Caseload
from .papers import list_made


class Returned(Record, frozen=True):
    """A placement sheet that came back: its placement and version, its pupil, and the record then.

    `then` has the placement, its pupil and its provider as they were when the sheet was made. It is
    None if that is not known, such as of a version that `ap undo` took back.
    """

    placement: int
    pupil: int
    version: int
    then: Mapping[type[Noun], Noun] | None = None


def find_returned(
    store: Store, mark: PaperMark | None, author: Author, today: date
) -> Returned | None:
    """Return what a marked sheet is of; None for another paper, and for one of another store."""
    if mark is None or mark.document != DocumentName.SHEET or mark.store != id_of_store(store):
        return None
    try:
        case = next(Caseload(store, today).placement_cases(Placement, mark.placement), None)
    except ApError:  # a damaged record is named by what reads its row
        return None
    if case is None:
        return None
    then = read_then(store, case, mark.version, author, today)
    return Returned(mark.placement, case.placement.pupil, mark.version, then)


def read_then(
    store: Store, case: PlacementCase, version: int, author: Author, today: date
) -> Mapping[type[Noun], Noun] | None:
    """Return the record as it was when a version of the sheet was last made; None if unknown."""
    from ..store import writing
    from ..store.undoing import reverse_after

    made = [
        each.id
        for each in list_made(case, DocumentName.SHEET)
        if recorded(each.version) and each.version == version and each.digest
    ]
    change = log.first_change_of_entry(store, made[-1]) if made else None
    if change is None:
        return None
    ids: dict[type[Noun], int] = {
        Placement: case.placement.id,
        Pupil: case.placement.pupil,
        Provider: case.placement.provider,
    }
    subjects = [reference(noun.PREFIX, id) for noun, id in ids.items()]
    try:
        with writing.rehearse(store, author, "read a returned sheet") as unit:
            reverse_after(unit, change, subjects)
            return {noun: reading.one(store, noun, id, today) for noun, id in ids.items()}
    except ApError:  # such as a change whose values were erased
        return None


def describe_unknown(version: int) -> str:
    """Say that a version of a sheet is not on record, so that what it says counts as newer."""
    return (
        f"ap has no version {version} of this sheet on record, and cannot tell what was changed"
        " since: what the sheet says is taken as newer"
    )
