"""What papers are made from, and the record that one was made, or sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from ..domain.entries.entry import Entry
from ..domain.entries.papers import Document, DocumentName
from ..domain.placement import Placement
from ..forms.facts import recorded
from ..forms.form import Record
from ..rules.cases.placement import PlacementCase
from ..store.author import Author
from ..store.opening import Store
from ..store.queries.commissioners import names_by_number
from .caseload import Caseload
from .entries import Subject, add_entry


class Letterhead(Record, frozen=True):
    """Who sends a paper: name, lines of address and contact, and a picture, if there is one."""

    name: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = b""


class PaperFacts(Record, frozen=True):
    """All that a paper is made from: the placement as it stands, who makes it and for whom."""

    case: PlacementCase
    letterhead: Letterhead
    by: str


class Answer(Record, frozen=True):
    """What was answered for a paper and is not yet kept, and the draft that holds it, if any."""

    entry: Entry
    draft: int | None = None


def gather_facts(
    store: Store, placement: int, on: date, letterhead: Letterhead, by: str
) -> PaperFacts:
    """Gather what papers about a placement are made from; raise StoreProblem for a damaged one."""
    case = next(Caseload(store, on).placement_cases(Placement, placement))
    return PaperFacts(case, with_name(letterhead, case), by)


def with_name(letterhead: Letterhead, case: PlacementCase) -> Letterhead:
    """Return a letterhead with a name: its own, else that of who arranges the placement."""
    if letterhead.name:
        return letterhead
    if recorded(case.commissioner):
        return replace(letterhead, name=case.commissioner.name)
    school = case.pupil.home_school
    return replace(letterhead, name=school if recorded(school) else "")


def name_commissioners(store: Store) -> str:
    """Name who arranges the placements of a store: "Test Academy"; empty where nobody does."""
    return ", ".join(str(name) for name, _ in names_by_number(store).values())


def list_made(case: PlacementCase, name: DocumentName) -> list[Document]:
    """List when a document was made before, in order."""
    return [made for made in case.entries.all(Document) if made.document is name]


def find_version(case: PlacementCase, name: DocumentName, digest: str) -> int:
    """Return the version of a document: that of the same content made before, or the next one."""
    made = list_made(case, name)
    same = [each.version for each in made if each.digest == digest and recorded(each.version)]
    if same:
        return same[-1]
    return max((each.version for each in made if recorded(each.version)), default=0) + 1


def foresee_facts(
    store: Store,
    placement: Placement,
    answers: Sequence[Answer],
    gather: Callable[[], PaperFacts],
    author: Author,
    today: date,
) -> PaperFacts:
    """Return what papers would be made from with these answers on record; keep nothing.

    Raise BadAnswers if one of them contradicts the record.
    """
    from ..store import writing

    with writing.rehearse(store, author, "make") as unit:
        for answer in answers:
            add_entry(unit, store, answer.entry, (Placement, placement.id), today)
        return gather()


def keep_paper(
    store: Store,
    placement: Placement,
    answers: Sequence[Answer],
    made: Document,
    sent: Sequence[tuple[Entry, Subject]],
    author: Author,
    today: date,
) -> list[Entry]:
    """Record a document, the answers that it has, and what sending it fulfils, in one unit of work.

    Return the entries as written, that of the document first and the answers last. Raise
    BadAnswers, with nothing written, if one of them contradicts the record.
    """
    from ..store import writing

    about: Subject = (Placement, placement.id)
    with writing.change(store, author, f"make {made.document}") as unit:
        for answer in answers:
            writing.drop_draft(unit, answer.draft)
        answered = [add_entry(unit, store, answer.entry, about, today) for answer in answers]
        papers = [
            add_entry(unit, store, entry, subject, today)
            for entry, subject in ((made, about), *sent)
        ]
        return papers + answered
