"""What the record said when a paper was made that somebody now sends back filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..domain.entries.papers import Document, DocumentName
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.returned import PaperMark
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.form import Noun, Record
from ..rules.cases.placement import PlacementCase
from ..store.earlier import read_earlier
from ..store.opening import Store
from ..store.queries import log
from ..store.queries.identity import id_of_store
from ..store.queries.rows import find
from .caseload import Caseload
from .papers import list_made


class Returned(Record, frozen=True):
    """A placement sheet that came back: its placement and version, its pupil, and the record then.

    `then` has the placement, its pupil and its provider as they were when the sheet was made. It is
    None if that is not known, and `is_on_record` is whether the version is at all: `ap undo` may
    have taken it back.
    """

    placement: int
    pupil: int
    version: int
    then: Mapping[type[Noun], Noun] | None = None
    is_on_record: bool = True


def find_returned(store: Store, mark: PaperMark | None, today: date) -> Returned | None:
    """Return what a marked sheet is of; None for another paper, and for one of another store."""
    if mark is None or mark.document != DocumentName.SHEET or mark.store != id_of_store(store):
        return None
    try:
        case = next(Caseload(store, today).placement_cases(Placement, mark.placement), None)
    except ApError:  # a damaged record is named by what reads its row
        return None
    if case is None:
        return None
    made = find_made(case, mark.version)
    then = read_then(store, case.placement, made) if made else None
    return Returned(mark.placement, case.placement.pupil, mark.version, then, made is not None)


def find_made(case: PlacementCase, version: int) -> Document | None:
    """Return when a version of the sheet was last made; None if that is not on record."""
    made = [
        each
        for each in list_made(case, DocumentName.SHEET)
        if recorded(each.version) and each.version == version and each.digest
    ]
    return made[-1] if made else None


def read_then(store: Store, now: Placement, made: Document) -> Mapping[type[Noun], Noun] | None:
    """Return the record as it was when a sheet was made; None if the log does not tell.

    A pupil or provider that was joined into another since is as it was itself.
    """
    change = log.first_change_of_entry(store, made.id)
    if change is None:
        return None
    try:
        placement = read_earlier(store, Placement, now.id, change, made.day)
        of: dict[type[Noun], int] = {
            Pupil: now.pupil if has(store, Pupil, placement.pupil) else placement.pupil,
            Provider: now.provider
            if has(store, Provider, placement.provider)
            else placement.provider,
        }
        others = {noun: read_earlier(store, noun, id, change, made.day) for noun, id in of.items()}
    except ApError:  # such as a change whose values were erased
        return None
    return {Placement: placement, **others}


def has(store: Store, noun: type[Noun], id: int) -> bool:
    """Tell whether a record is still there."""
    return bool(find(store, noun.NOUN, id=id))


def describe_unknown(sheet: Returned) -> str:
    """Say that what changed since a sheet was made is unknown, so that ap keeps what differs."""
    if not sheet.is_on_record:
        return (
            f"ap has no version {sheet.version} of this sheet on record, and cannot tell what was"
            " changed since: where the sheet differs, ap keeps what it has"
        )
    return (
        f"ap cannot tell from its log what was changed since version {sheet.version} of this sheet"
        " was made: where the sheet differs, ap keeps what it has"
    )
