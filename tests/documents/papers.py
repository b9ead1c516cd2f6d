"""Papers of invented placements, and what can be read back of each format."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
from pypdf import PdfReader

from ap_cli.documents.content import Content, Paper
from ap_cli.documents.document import DocumentKind
from ap_cli.documents.making import find_writer
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.services.papers import Letterhead, PaperFacts

LETTERHEAD = Letterhead("Example Academy", ("1 Example Road, Testford TE1 1ST", "01632 960000"))
DAY = date(2026, 3, 2)
LONG_NAME = "Test Pupil Bartholomew-Example Featherstonehaugh-Sample-Long"
"""A name of sixty letters."""

TWELVE = "\n".join(f"{number}. an objective that fills most of a line" for number in range(1, 13))
"""Twelve objectives, a line each."""

HOSTILE = (
    '#image("/etc/passwd")',
    "#panic()",
    "$ x^2 $",
    "= heading",
    "*bold* _it_ `raw`",
    "@label <tag> \\ ~ [x]",
    "<script>alert(1)</script>",
    "</td></tr></table><h1>x",
    "<w:p/></w:t>&amp;&#x0;",
    "{{ 7*7 }} {% for x in y %}",
    "{{ ''.__class__ }}",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "../../etc/passwd",
    "C:\\Windows\\x",
    "%s %n {0}",
    "\x00\x1b[2J\x07\x9b31m",
    "\u202eeman\u2066",
    "\ud800",
    "a\ufffe b\uffff",
    "👩\u200d🏫 “quotes” – £5",
)
"""Texts that one format or another would take for more than text."""


def make_facts(case: PlacementCase) -> PaperFacts:
    """What a paper about a case is made from."""
    return PaperFacts(case, LETTERHEAD, "A. Tester")


def make_paper(kind: DocumentKind, case: PlacementCase, **changed: Any) -> Paper:
    """A document about a case as a paper, its first version."""
    content = kind.make_content(make_facts(case))
    return paper_of(content, **changed)


def paper_of(content: Content, version: int = 1, letterhead: Letterhead = LETTERHEAD) -> Paper:
    """A content as a paper."""
    return Paper(content, "PL-0001", version, DAY, letterhead)


def values_of(content: Content) -> dict[str, Any]:
    """The values of a document's fields by their labels."""
    return {field.label: field.value for field in content.fields()}


def lacking_labels(content: Content) -> list[str]:
    """The names of the fields that a document lacks."""
    return [field.label for field in content.lacking()]


def write(paper: Paper, format: str) -> bytes:
    """A paper in a format."""
    return find_writer(format)(paper)


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page of a PDF, its spaces joined."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [re.sub(r"\s+", " ", page.extract_text().replace("\u200b", "")) for page in pages]


def read_docx(made: bytes) -> str:
    """All text of a DOCX: paragraphs, then cells."""
    document = docx.Document(BytesIO(made))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


class Reader(HTMLParser):
    """Reads the text of a page, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.names.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read_html(made: bytes) -> Reader:
    """A page, read."""
    reader = Reader()
    reader.feed(made.decode())
    return reader


def read_text(made: bytes, format: str) -> str:
    """All text of a paper in any format, its spaces joined."""
    if format == "pdf":
        text = " ".join(read_pages(made))
    else:
        text = read_docx(made) if format == "docx" else read_html(made).text
    return re.sub(r"\s+", " ", text)
