"""Make a document: find it, make its content, and write it in a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from msgspec.json import encode

from ..domain.entries.papers import DocumentName
from ..errors import ApError
from ..forms.text import echo
from ..rules.cases.placement import PlacementCase
from ..rules.task import Edit, Remedy, Write
from . import agreement, day_six, invitation, notice, outcome, report_form, sheet
from .content import Content, Field, Paper, content_data
from .document import FORMATS, DocumentKind

KINDS = (
    sheet.KIND,
    notice.KIND,
    notice.TO_COUNCIL,
    day_six.KIND,
    invitation.KIND,
    outcome.KIND,
    agreement.KIND,
    report_form.HALF_TERM,
    report_form.FINAL,
)
DOCUMENTS = {kind.name: kind for kind in KINDS}
"""Every document by its name."""

DATA = ("csv", "xlsx", "json", "jsonl", "md", "txt")
"""Formats that a document has not, and a table has."""


def find_document(name: str) -> DocumentKind:
    """Return the document of a name, or of the title that its files are called by.

    Raise ApError with all names if there is none.
    """
    names = [str(each) for each in DOCUMENTS]
    wanted = name.strip().lower()
    for kind in KINDS:
        if wanted in (kind.name, title_in_file(kind)):
            return kind
    near = get_close_matches(wanted, names, 1)
    meant = f"did you mean {near[0]}? Choose" if near else "choose"
    raise ApError(f"there is no document {echo(name, 20)}: {meant} one of {', '.join(names)}")


def refuse_unfit(kind: DocumentKind, case: PlacementCase) -> None:
    """Raise ApError, with the reason, if a document does not apply to a placement."""
    why = kind.why_not(case)
    if why:
        raise ApError(f"{kind.title}: does not apply to {case.ref}, because {why}")


def read_format(kind: DocumentKind, typed: str | None, out: Path | None) -> str:
    """Return the format asked for, by name or by the ending of a file; PDF without either.

    Raise ApError if the document cannot be made in it, or if the two do not agree.
    """
    ending = out.suffix.lower().lstrip(".") if out else ""
    format = (typed or ending or FORMATS[0]).lower()
    if format not in kind.formats:
        flag, known = "--format" if typed else "--out", ", ".join(kind.formats)
        if format in DATA:
            raise ApError(f"{flag}: a document is made as {known}; {say_as_data(kind)}")
        raise ApError(f"{flag}: choose {known}, not {echo(format, 20)}")
    if ending and ending != format:
        raise ApError(f"--out: a file for --format {format} ends in .{format}, not .{ending[:20]}")
    return format


def say_as_data(kind: DocumentKind, ref: str = "PL-0001") -> str:
    """Say which command has as data what a document of a placement says."""
    if kind.name is DocumentName.SHEET:
        return f"its lines as a table: ap placement sheet {ref} --csv"
    return "what is on record as a table: ap export placements --format xlsx"


def sum_up(content: Content) -> str:
    """Return a sum of what a document says, its date left out."""
    parts = [content.title, content.subtitle, content.to, content_data(content)]
    return sha256(encode(parts)).hexdigest()


def file_name(kind: DocumentKind, ref: str, format: str) -> str:
    """Return the usual name of a document's file: "placement-sheet-PL-0001.pdf"."""
    return f"{title_in_file(kind)}-{ref}.{format}"


def title_in_file(kind: DocumentKind) -> str:
    """Return the title of a document as the name of its file has it: "placement-sheet"."""
    return kind.title.lower().replace(" ", "-")


def write_paper(paper: Paper, kind: DocumentKind, format: str, templates: Path | None) -> bytes:
    """Return a paper in a format, with the user's own template if a folder of them is given."""
    if templates is not None:
        from .own_templates import fill_template, find_template

        return fill_template(paper, find_template(templates, kind.name, format), format)
    return find_writer(format)(paper)


def describe_unwritten(paper: Paper, format: str) -> tuple[str, ...]:
    """Say what a format cannot show of a paper; nothing usually."""
    if format != "pdf":
        return ()
    from .pdf import describe_undisplayed

    return describe_undisplayed(paper)


def find_writer(format: str) -> Callable[[Paper], bytes]:
    """Return what writes a paper in a format."""
    if format == "docx":
        from .docx import write_docx

        return write_docx
    if format == "html":
        from .html import write_html

        return write_html
    from .pdf import write_pdf

    return write_pdf


def join_remedies(fields: Sequence[Field]) -> list[Remedy]:
    """Return what records these fields, with the questions of one record in one command."""
    joined: dict[object, Remedy] = {}
    for field in fields:
        remedy = field.remedy
        if not isinstance(remedy, Edit | Write):
            joined |= {field.key: remedy} if remedy else {}
            continue
        about = (type(remedy), remedy.about, getattr(remedy, "kind", ""), remedy.known)
        joined[about] = add_questions(joined.get(about), remedy)
    return list(joined.values())


def add_questions(remedy: Remedy | None, more: Edit | Write) -> Remedy:
    """Return a remedy that asks the questions of another one as well."""
    from msgspec.structs import replace

    if not isinstance(remedy, Edit | Write):
        return more
    return replace(remedy, ask=tuple(dict.fromkeys((*remedy.ask, *more.ask))))
