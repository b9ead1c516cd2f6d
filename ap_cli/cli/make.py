"""ap make"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..documents.document import FORMATS
from ..documents.making import DOCUMENTS, find_document, read_format
from ..domain.entries.entry import Entry
from ..domain.entries.papers import Meeting, Reasons, Times
from ..domain.placement import Placement
from ..domain.roles import Role
from ..forms.form import question
from ..render.result import Result
from ..services import records
from .asking import choose_record
from .command import command, single
from .made import list_for
from .making import Given, Request, make_document, read_sent
from .references import completing
from .settings import Settings

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


YES = typer.Option("--yes", help="Record it as sent even if it lacks something, without asking.")


def answering(form: type[Entry], name: str, metavar: str) -> Any:
    """The option that answers a question of a form: what documents need beside the record."""
    asked = question(form, name)
    assert asked
    return typer.Option(asked.flag, metavar=metavar, help=asked.text, show_default=False)


TIMES = ("report_to", "starts_at", "break_from", "break_to", "ends_at", "days")
MEETING = ("review_on", "at", "where")
REPORT_TO = answering(Times, "report_to", "NAME")
STARTS_AT = answering(Times, "starts_at", "TIME")
BREAK_FROM = answering(Times, "break_from", "TIME")
BREAK_TO = answering(Times, "break_to", "TIME")
ENDS_AT = answering(Times, "ends_at", "TIME")
DAYS = answering(Times, "days", "NUMBER")
REVIEW_ON = answering(Meeting, "review_on", "DAY")
AT = answering(Meeting, "at", "TIME")
WHERE = answering(Meeting, "place", "PLACE")
REASONS = answering(Reasons, "reasons", "TEXT")


@command(app, own=("format", "out"))
def make(
    settings: Settings,
    document: Annotated[str | None, DOCUMENT] = None,
    reference: Annotated[str | None, REFERENCE] = None,
    format: Annotated[str | None, FORMAT] = None,
    out: Annotated[Path | None, OUT] = None,
    sent: Annotated[str | None, SENT] = None,
    templates: Annotated[Path | None, TEMPLATES] = None,
    report_to: Annotated[str | None, REPORT_TO] = None,
    starts_at: Annotated[str | None, STARTS_AT] = None,
    break_from: Annotated[str | None, BREAK_FROM] = None,
    break_to: Annotated[str | None, BREAK_TO] = None,
    ends_at: Annotated[str | None, ENDS_AT] = None,
    days: Annotated[str | None, DAYS] = None,
    review_on: Annotated[str | None, REVIEW_ON] = None,
    at: Annotated[str | None, AT] = None,
    where: Annotated[str | None, WHERE] = None,
    reasons: Annotated[str | None, REASONS] = None,
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Make a document from the record; what the record lacks is marked in it.

    Without a document, list those of a placement, and what each still lacks. A terminal asks what
    only a document needs, such as the times of a day at the provider; the record keeps it.

    Examples: ap make PL-0001; ap make sheet PL-0001 --sent today; ap make agreement PL-0001
    """
    if document is None or records.REFERENCE.fullmatch(document.strip()):
        return list_for(settings, document or reference)
    kind = find_document(document)
    settings.refuse_unless(Role.WRITER)
    placement = choose_record(settings, Placement, reference)
    format = read_format(kind, format, out)
    given: Given = {
        Times: pair(TIMES, report_to, starts_at, break_from, break_to, ends_at, days),
        Meeting: pair(MEETING, review_on, at, where),
        Reasons: pair(("reasons",), reasons),
    }
    request = Request(kind, format, out, read_sent(settings, sent), templates, given, yes)
    return make_document(settings, placement, request)


def pair(names: tuple[str, ...], *answers: str | None) -> dict[str, str]:
    """The answers that were given, by the names of their questions."""
    found = zip(names, answers, strict=True)
    return {name: answer for name, answer in found if answer is not None}
