"""ap make"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from ..documents.content import Content, Paper
from ..documents.document import FORMATS, DocumentKind
from ..documents.making import (
    DOCUMENTS,
    file_name,
    find_document,
    join_remedies,
    read_format,
    refuse_unfit,
    sum_up,
    write_paper,
)
from ..documents.pictures import read_logo
from ..domain.days import words
from ..domain.entries.papers import Document
from ..domain.placement import Placement
from ..errors import BadAnswers
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Count, Record
from ..forms.text import name_file
from ..render.command import spell
from ..render.output import Output
from ..render.papers import list_documents
from ..render.result import Result, print_references
from ..services import records
from ..services.papers import (
    Letterhead,
    PaperFacts,
    find_version,
    gather_facts,
    keep_paper,
    list_made,
)
from .asking import choose_record, read_day
from .command import command, single
from .references import completing
from .settings import Settings, check_writable

app = single()


def complete_document(incomplete: str) -> list[str]:
    """The documents that begin so."""
    return [str(name) for name in DOCUMENTS if name.startswith(incomplete)]


def complete_format(incomplete: str) -> list[str]:
    """The formats that begin so."""
    return [name for name in FORMATS if name.startswith(incomplete)]


DOCUMENT = typer.Argument(
    metavar="[DOCUMENT]",
    help="Which document; without it, all are listed.",
    autocompletion=complete_document,
    show_default=False,
)
REFERENCE = typer.Argument(
    metavar="[PL-0001]",
    help="The placement; a terminal offers a list without it.",
    autocompletion=completing("placement"),
    show_default=False,
)
FORMAT = typer.Option(
    "--format",
    metavar="|".join(FORMATS),
    help="What to make; PDF if you do not say.",
    autocompletion=complete_format,
    show_default=False,
)
OUT = typer.Option("--out", metavar="FILE", help="The file to write.", show_default=False)
SENT = typer.Option("--sent", metavar="DAY", help="Record that you sent it.", show_default=False)
TEMPLATES = typer.Option(
    "--templates",
    metavar="DIR",
    help="Use your own templates: see ap help documents.",
    show_default=False,
)


@command(app, own=("format", "out"))
def make(
    settings: Settings,
    document: Annotated[str | None, DOCUMENT] = None,
    reference: Annotated[str | None, REFERENCE] = None,
    format: Annotated[str | None, FORMAT] = None,
    out: Annotated[Path | None, OUT] = None,
    sent: Annotated[str | None, SENT] = None,
    templates: Annotated[Path | None, TEMPLATES] = None,
) -> Result:
    """Make a document from the record; what the record lacks is marked in it.

    Without a document, list those of a placement, and what each still lacks.

    Examples: ap make PL-0001; ap make sheet PL-0001; ap make sheet PL-0001 --format docx --sent
    today
    """
    if document is None or records.REFERENCE.fullmatch(document.strip()):
        return list_for(settings, document or reference)
    kind = find_document(document)
    placement = choose_record(settings, Placement, reference)
    format = read_format(kind, format, out)
    request = Request(kind, format, out, read_sent(settings, sent), templates)
    return make_document(settings, placement, request)


class Request(Record, frozen=True):
    """What is asked for: a document, its format, its file, the day it was sent, own templates."""

    kind: DocumentKind
    format: str
    out: Path | None
    sent: date | None
    templates: Path | None


def read_sent(settings: Settings, typed: str | None) -> date | None:
    """The day on which a document was sent; raise BadAnswers if that is still to come."""
    if typed is None:
        return None
    day = read_day(settings, typed, "--sent")
    if day > settings.today:
        raise BadAnswers([f"--sent: {words(day)} is still to come: add it once it has been sent"])
    return day


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


def make_document(settings: Settings, placement: Placement, request: Request) -> Result:
    """Make a document, record that it was made, and write its file."""
    kind, facts = request.kind, gather(settings, placement)
    refuse_unfit(kind, facts.case)
    content = kind.make_content(facts)
    digest = sum_up(content)
    version = find_version(facts.case, kind.name, digest)
    paper = Paper(content, placement.ref, version, settings.today, facts.letterhead)
    pieces = write_paper(paper, kind, request.format, request.templates)
    file = choose_file(settings, request, placement.ref)
    with Output(file) as output:
        entries = keep_paper(
            settings.store,
            placement,
            note_made(settings, kind, version, digest, request.sent),
            list_sent(facts, content, request),
            settings.author,
            settings.today,
        )
        output.write([pieces])
    row = {
        "ref": entries[0].ref,
        "document": str(kind.name),
        "placement": placement.ref,
        "file": str(file),
        "format": request.format,
        "version": version,
        "sent": request.sent,
        "recorded": [entry.ref for entry in entries],
        "lacks": lacks_of(content),
    }
    said = describe_made(kind, content, row)
    return Result("document", [row], lines=print_references, said=tuple(said))


def note_made(
    settings: Settings, kind: DocumentKind, version: int, digest: str, sent: date | None
) -> Document:
    """The entry that a document was made, and sent."""
    when: Fact[date] = sent if sent else Unknown("document.sent")
    return Document(
        day=settings.today,
        by=settings.author.who,
        document=kind.name,
        version=Count(version),
        sent=when,
        digest=digest,
    )


def list_sent(facts: PaperFacts, content: Content, request: Request) -> list[Any]:
    """The entries that sending a document fulfils, each with what it is about."""
    if request.sent is None:
        return []
    sent = request.kind.record_sent(facts.case, content, facts.by, request.sent)
    return [(each.entry, (each.noun, each.id)) for each in sent]


def choose_file(settings: Settings, request: Request, ref: str) -> Path:
    """The file that is asked for, or one of the usual name that is not there yet."""
    store = settings.address.path
    if request.out is not None:
        return check_writable(request.out, store)
    usual = Path(file_name(request.kind, ref, request.format))
    number = 2
    file = usual
    while file.exists():
        file = usual.with_stem(f"{usual.stem}-{number}")
        number += 1
    return check_writable(file, store)


def lacks_of(content: Content) -> list[dict[str, str]]:
    """What the record lacks for a document: each field, and the command that records it."""
    return [
        {"key": field.key, "field": field.label, "command": spell(field.remedy)}
        for field in content.lacking()
    ]


def describe_made(kind: DocumentKind, content: Content, row: dict[str, Any]) -> Iterator[str]:
    """Say what was made and recorded, and what to do about what it lacks."""
    sent = f", sent on {words(row['sent'])}" if row["sent"] else ""
    file = name_file(row["file"])
    yield f"{kind.title} of {row['placement']}, version {row['version']}{sent}: {file}"
    lacking = content.lacking()
    if lacking:
        many = "gaps, each" if len(lacking) > 1 else "gap,"
        yield f"It has {len(lacking)} {many} marked. To fill:"
        yield from (f"  {spell(remedy)}" for remedy in join_remedies(lacking))


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
    made = list_made(case, kind.name)
    sent = [each.sent for each in made if recorded(each.sent)]
    return {
        "document": str(kind.name),
        "title": kind.title,
        "reader": kind.reader,
        "why_not": why or None,
        "lacks": [] if why else lacks_of(kind.make_content(facts)),
        "made": made[-1].day if made else None,
        "version": made[-1].version if made and recorded(made[-1].version) else None,
        "sent": sent[-1] if sent else None,
        "command": None if why else f"ap make {kind.name} {case.ref}",
    }
