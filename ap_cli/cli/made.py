"""The documents of a placement: what they are made from, what each lacks, and when it was made."""

from __future__ import annotations

from typing import Any

from ..documents.content import Content
from ..documents.document import DocumentKind
from ..documents.facts import COMMISSIONED_BY
from ..documents.making import DOCUMENTS
from ..documents.pictures import read_logo
from ..domain.placement import Placement
from ..forms.facts import recorded
from ..render.command import spell
from ..render.papers import list_documents
from ..render.result import Result
from ..services.papers import Letterhead, PaperFacts, gather_facts, list_made
from .asking import choose_record
from .settings import Settings


def read_letterhead(settings: Settings) -> Letterhead:
    """Who sends the documents, by the user's settings."""
    value = settings.preferences.value
    lines = (value(f"letterhead-{part}") for part in ("address", "phone", "email"))
    logo = read_logo(value("letterhead-logo"))
    return Letterhead(value("letterhead"), tuple(filter(None, lines)), logo)


def gather(settings: Settings, placement: Placement) -> PaperFacts:
    """What the documents about a placement are made from."""
    by = settings.author.who
    letterhead = read_letterhead(settings)
    return gather_facts(settings.store, placement.id, settings.today, letterhead, by)


def lacks_of(content: Content) -> list[dict[str, str]]:
    """What the record lacks for a document: each field, and the command that records it."""
    return [
        {"key": field.key, "field": field.label, "command": spell(field.remedy)}
        for field in content.lacking()
    ]


def list_for(settings: Settings, reference: str | None) -> Result:
    """List the documents of a placement, with what each lacks and the command that makes it."""
    placement = choose_record(settings, Placement, reference)
    facts = gather(settings, placement)
    rows = [row_of(kind, facts) for kind in DOCUMENTS.values()]
    return Result("documents", rows, ("document", "title", "why_not", "command"), list_documents)


def row_of(kind: DocumentKind, facts: PaperFacts) -> dict[str, Any]:
    """A document as a row: whether it applies, what it lacks, and when it was made and sent."""
    case = facts.case
    why = kind.why_not(case)
    lacks = [] if why else lacks_of(kind.make_content(facts))
    lacks.sort(key=lambda lack: lack["key"] != COMMISSIONED_BY)  # a list names the first
    made = list_made(case, kind.name)
    sent = [each.sent for each in made if recorded(each.sent)]
    return {
        "document": str(kind.name),
        "title": kind.title,
        "reader": kind.reader,
        "why_not": why or None,
        "lacks": lacks,
        "made": made[-1].day if made else None,
        "version": made[-1].version if made and recorded(made[-1].version) else None,
        "sent": sent[-1] if sent else None,
        "command": None if why else f"ap make {kind.name} {case.ref}",
    }
