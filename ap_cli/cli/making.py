"""Making a document: what is asked for it, its file, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ..documents.content import Content, Field, Paper, mark_gaps
from ..documents.document import DocumentKind
from ..documents.making import (
    DOCUMENTS,
    describe_unwritten,
    file_name,
    join_remedies,
    refuse_unfit,
    say_as_data,
    sum_up,
    write_paper,
)
from ..documents.own_templates import find_template
from ..domain.days import words
from ..domain.entries.entry import Entry
from ..domain.entries.papers import Document
from ..domain.placement import Placement
from ..domain.returned import PaperMark
from ..errors import ApError, BadAnswers, NothingAnswered
from ..extras import refuse_without_maker
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Count, Record, question, reference
from ..forms.text import lower_first, name_out
from ..render.command import spell
from ..render.output import Output
from ..render.result import Result, print_references
from ..rules.task import Write
from ..services.papers import (
    Answer,
    PaperFacts,
    find_version,
    foresee_facts,
    gather_facts,
    keep_paper,
    list_made,
)
from ..store.queries.identity import id_of_store
from .asking import keep_form, read_day
from .made import gather, lacks_of
from .sending import is_sent_with_gaps
from .settings import Settings, check_writable

Given = Mapping[type[Entry], Mapping[str, str]]
"""Answers as typed, by the form and the name of the question."""


class Request(Record, frozen=True):
    """What is asked for: a document, its format, its file, the day it was sent, own templates.

    `given` are the answers that only documents need, by the form that asks for each. With a
    `yes` it is recorded as sent whatever it lacks.
    """

    kind: DocumentKind
    format: str
    out: Path | None
    sent: date | None
    templates: Path | None
    given: Given
    yes: bool = False


def read_sent(settings: Settings, typed: str | None) -> date | None:
    """The day on which a document was sent; raise BadAnswers if that is still to come."""
    if typed is None:
        return None
    day = read_day(settings, typed, "--sent")
    if day > settings.today:
        raise BadAnswers([f"--sent: {words(day)} is still to come: add it once it has been sent"])
    return day


def make_document(settings: Settings, placement: Placement, request: Request) -> Result:
    """Make a document, write its file, and record that it was made with what was answered for it.

    Raise ApError, with nothing kept and no new file, if one of these cannot be.
    """
    kind, facts = request.kind, gather(settings, placement)
    refuse_unwritable(settings, facts, request)
    facts, answers = gather_answers(settings, facts, request)
    content = kind.make_content(facts)
    request, earlier = settle_sent(settings, facts, content, request)
    version = find_version(facts.case, kind.name, digest := sum_up(content))
    paper = make_paper(settings, facts, content, request, version)
    written = write_paper(paper, kind, request.format, request.templates)
    with Output(file := choose_file(settings, request, placement.ref)) as output:
        output.write_beside([written])  # a full disk is known of before anything is recorded
        entries = keep_paper(
            settings.store,
            placement,
            answers,
            note_made(settings, request, version, digest, content, earlier),
            list_sent(settings, facts, content, request, earlier),
            settings.author,
            settings.today,
        )
        output.put_in_place()
    row = {
        "ref": entries[0].ref,
        "document": str(kind.name),
        "placement": placement.ref,
        "file": str(file),
        "format": request.format,
        "version": version,
        "sent": request.sent,
        "sent_version": sent_version(request, version, earlier),
        "recorded": [entry.ref for entry in entries],
        "lacks": lacks_of(content),
        "doubts": tuple(kind.list_doubts(facts.case, request.sent or settings.today)),
    }
    said = (*describe_made(request, content, row), *say_beside(settings, paper, request))
    return Result("document", [row], lines=print_references, said=said)


def settle_sent(
    settings: Settings, facts: PaperFacts, content: Content, request: Request
) -> tuple[Request, Document | None]:
    """The request, and the earlier version that was sent, if it was one.

    The request is without the day it was sent if that has gaps and nobody wants it recorded. Raise
    ApError for such gaps where nobody can be asked.
    """
    if request.sent is None:
        return request, None
    earlier = find_earlier(settings, facts, content, request)
    lacks = earlier.lacks or () if earlier else tuple(field.key for field in content.lacking())
    if is_sent_with_gaps(settings, request.kind, content, lacks, request.yes):
        return request, earlier
    return replace(request, sent=None), None


def say_beside(settings: Settings, paper: Paper, request: Request) -> tuple[str, ...]:
    """Say what the file cannot show, and what has the document as CSV if the result is shown so."""
    as_data = settings.format == "csv"
    said = (say_as_data(request.kind, paper.reference),) if as_data else ()
    return (*describe_unwritten(paper, request.format), *said)


def make_paper(
    settings: Settings, facts: PaperFacts, content: Content, request: Request, version: int
) -> Paper:
    """The paper that a document is written from, with the mark by which its file is known again."""
    ref, store = facts.case.ref, id_of_store(settings.store)
    mark = PaperMark(request.kind.name, facts.case.placement.id, version, store)
    return Paper(content, ref, version, settings.today, facts.letterhead, str(mark))


def sent_version(request: Request, version: int, earlier: Document | None) -> int | None:
    """The version that was sent; None if none was, or nobody knows."""
    if earlier is None:
        return version if request.sent else None
    return earlier.version if recorded(earlier.version) else None


def refuse_unwritable(settings: Settings, facts: PaperFacts, request: Request) -> None:
    """Raise ApError, before anything is asked, if a document cannot be made or written."""
    refuse_unfit(request.kind, facts.case)
    refuse_unasked(request)
    refuse_without_maker(request.format)
    if request.templates is not None:
        find_template(request.templates, request.kind.name, request.format)
    choose_file(settings, request, facts.case.ref)
    find_earlier(settings, facts, request.kind.make_content(facts), request)


def gather_answers(
    settings: Settings, facts: PaperFacts, request: Request
) -> tuple[PaperFacts, list[Answer]]:
    """Return what a document is made from with the answers to what it needs beside the record.

    A terminal asks for those that are missing. The answers are checked, and not kept.
    """
    answers: list[Answer] = []
    for form in request.kind.asks:
        typed = request.given.get(form, {})
        content = request.kind.make_content(facts)
        missing = list_writes(content.lacking(), form)
        asked = tuple(name for write in missing for name in write.ask if name not in typed)
        if not typed and not (asked and settings.interactive):
            continue
        writes = list_writes(content.fields(), form)
        known = {name: answer for write in writes for name, answer in write.known}
        given = {"day": settings.today.isoformat(), **known, **typed}
        with suppress(NothingAnswered):  # then the document has its gaps
            facts, answer = ask_answers(settings, facts, form, given, asked, answers)
            answers.append(answer)
    return facts, answers


def ask_answers(
    settings: Settings,
    facts: PaperFacts,
    form: type[Entry],
    given: Mapping[str, str],
    ask: tuple[str, ...],
    before: Sequence[Answer],
) -> tuple[PaperFacts, Answer]:
    """Return the answers to one form, and what a document is made from with them.

    Raise NothingAnswered if nothing was answered, and BadAnswers for what cannot be.
    """
    from .record import ask_about

    placement = facts.case.placement

    def check(entry: Entry, draft: int | None) -> tuple[PaperFacts, Answer]:
        answer = Answer(entry, draft)
        regather = partial(gather, settings, placement)
        answers = (*before, answer)
        store, author, today = settings.store, settings.author, settings.today
        return foresee_facts(store, placement, answers, regather, author, today), answer

    about = ask_about(form, placement, None, settings.today.isoformat(), ask)
    return keep_form(settings, form, given, check, replace(about, of_task=True))


def refuse_unasked(request: Request) -> None:
    """Raise ApError for an answer that a document does not ask for."""
    for form, given in request.given.items():
        if given and form not in request.kind.asks:
            flags = ", ".join(asked.flag for name in given if (asked := question(form, name)))
            names = [str(kind.name) for kind in DOCUMENTS.values() if form in kind.asks]
            raise ApError(f"{flags}: only for {', '.join(names)}")


def list_writes(fields: Iterable[Field], form: type[Entry]) -> list[Write]:
    """List what records the answers of a form in these fields."""
    remedies = (field.remedy for field in fields)
    return [each for each in remedies if isinstance(each, Write) and each.kind == form.KIND]


def note_made(
    settings: Settings,
    request: Request,
    version: int,
    digest: str,
    content: Content,
    earlier: Document | None,
) -> Document:
    """The entry that a document was made, and sent unless it was an earlier version of it."""
    is_sent = request.sent and earlier is None
    when: Fact[date] = request.sent if is_sent and request.sent else Unknown("document.sent")
    return Document(
        day=settings.today,
        by=settings.author.who,
        document=request.kind.name,
        version=Count(version),
        sent=when,
        digest=digest,
        lacks=tuple(field.key for field in content.lacking()),
    )


def find_earlier(
    settings: Settings, facts: PaperFacts, content: Content, request: Request
) -> Document | None:
    """The earlier version that was sent; None if the document was as it is now, or not sent.

    Raise ApError if no version was made by the day it was sent, unless that is today.
    """
    if request.sent in (None, settings.today):
        return None
    digest = sum_up(content)
    made = [each for each in list_made(facts.case, request.kind.name) if each.day <= request.sent]
    if any(each.digest == digest for each in made):
        return None
    known = [each for each in made if each.lacks is not None]
    if not known:
        raise BadAnswers([say_not_made(facts, content, request, request.sent)])
    return known[-1]


def say_not_made(facts: PaperFacts, content: Content, request: Request, day: date) -> str:
    """Say that a document was not made by a day, and how its sending is recorded all the same."""
    kind, ref = request.kind, facts.case.ref
    how = f"ap record document {ref} --document {kind.name} --sent {day}"
    for each in kind.record_sent(facts.case, content, facts.by, day):
        how = f"ap record {each.entry.KIND} {reference(each.noun.PREFIX, each.id)} --day {day}"
    return (
        f"--sent: {kind.name} of {ref} had not been made by {words(day)}: record what you sent"
        f" with {how}"
    )


def list_sent(
    settings: Settings,
    facts: PaperFacts,
    content: Content,
    request: Request,
    earlier: Document | None,
) -> list[Any]:
    """The entries that sending a document fulfils, each with what it is about."""
    if request.sent is None:
        return []
    kind, placement, noted = request.kind, facts.case.placement, []
    if earlier is not None:
        on = earlier.day
        facts = gather_facts(settings.store, placement.id, on, facts.letterhead, facts.by)
        refuse_unfit(kind, facts.case)
        content = mark_gaps(kind.make_content(facts), earlier.lacks or ())
        noted = [(replace(earlier, id=0, sent=request.sent), (Placement, placement.id))]
    sent = kind.record_sent(facts.case, content, facts.by, request.sent)
    return noted + [(each.entry, (each.noun, each.id)) for each in sent]


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


def describe_made(request: Request, content: Content, row: dict[str, Any]) -> Iterator[str]:
    """Say what was made and recorded, and what to do about what it lacks."""
    is_sent = row["sent"] and row["sent_version"] == row["version"]
    sent = f", sent on {words(row['sent'])}" if is_sent else ""
    file = name_out(row["file"]) if request.out else Path(row["file"]).name
    title = request.kind.title
    yield f"{title} of {row['placement']}, version {row['version']}{sent}, is in {file}"
    if row["sent"] and not is_sent:
        yield f"Recorded: version {row['sent_version']} was sent on {words(row['sent'])}"
    lacking = content.lacking()
    if lacking:
        many = "gaps, each" if len(lacking) > 1 else "gap,"
        yield f"It has {len(lacking)} {many} marked. To fill:"
        yield from (f"  {spell(remedy)}" for remedy in join_remedies(lacking))
    for doubt in row["doubts"]:
        yield f"Check before you send it: {lower_first(doubt)}"
