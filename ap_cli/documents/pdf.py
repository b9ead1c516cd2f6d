"""Write a paper as PDF: tagged, with a font that comes along, and all text passed as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from msgspec.json import encode

from ..extras import needing
from ..forms.text import harmless
from .content import (
    Bars,
    Block,
    Bullets,
    Choices,
    Fields,
    Heading,
    Paper,
    Paragraph,
    Signatures,
    Table,
    paper_data,
)

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
ACCESSIBLE = "ua-1"
"""The PDF standard for readers who listen: what ap makes with its own template holds to it."""


ONE_TEXT = b"""#set document(title: "a text")
#set text(font: "Liberation Sans", lang: "en")
#sys.inputs.text"""
"""A template that shows one text."""


def write_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF, tagged, with the template that comes with ap.

    The standard refuses a letter that no font here has; the paper is then made without its seal,
    and what has such a letter is marked.
    """
    with needing("documents"):
        from typst import TypstError
    main, inputs = (TEMPLATES / "paper.typ").read_bytes(), paper_inputs(paper)
    try:
        return compile_typst(main, TEMPLATES, inputs, paper, [ACCESSIBLE])
    except TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        odd = [harmless(text) for _, text in find_undisplayed(paper)]
        return compile_typst(main, TEMPLATES, inputs | {"undisplayed": encode(odd).decode()}, paper)


def find_undisplayed(paper: Paper) -> list[tuple[str, str]]:
    """List the texts of a paper with a letter that no font here has, each after what it is."""
    return [(what, text) for what, text in paper_texts(paper) if not can_display(text, paper)]


def describe_undisplayed(paper: Paper) -> tuple[str, ...]:
    """Say which parts of a PDF have letters that no font here has, without the text itself."""
    parts = dict.fromkeys(what for what, _ in find_undisplayed(paper))
    if not parts:
        return ()
    return (
        f"No font here has all letters of: {', '.join(parts)}. They are marked in the PDF: install"
        " a font that has them, such as Noto Sans, or make it as html or docx.",
    )


def paper_texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """List every text of a paper, each after what it is: the label of its field or column."""
    content, head = paper.content, paper.letterhead
    yield from (("letterhead", text) for text in (head.name, *head.lines))
    yield from (("the lines that say who it goes to", text) for text in content.to)
    yield from (("the heading", text) for text in (content.title, content.subtitle))
    for block in content.blocks:
        yield from block_texts(block)


def block_texts(block: Block) -> Iterator[tuple[str, str]]:
    """List every text of a part of a paper, each after what it is."""
    match block:
        case Heading(text) | Paragraph(text):
            yield "a sentence or heading", text
        case Fields(rows):
            yield from ((row.label, row.value) for row in rows if isinstance(row.value, str))
        case Table(head=head, rows=lines):
            cells = (cell for line in lines for cell in zip(head, line, strict=True))
            yield from ((name, value) for name, value in cells if isinstance(value, str))
        case Bullets(items) | Choices(items) | Signatures(items):
            yield from (("a list", item) for item in items)
        case Bars(bars):
            yield from (("a figure", bar.label) for bar in bars)


LAST_LATIN, PUNCTUATION = 0x24F, range(0x2000, 0x2070)
"""The last of the letters, and the punctuation, that the font which comes along has."""


def can_display(text: str, paper: Paper) -> bool:
    """Tell whether a font here has every letter of a text."""
    shown = harmless(text)
    if all(ord(letter) <= LAST_LATIN or ord(letter) in PUNCTUATION for letter in shown):
        return True
    with needing("documents"):
        from typst import TypstError
    try:
        compile_typst(ONE_TEXT, TEMPLATES, {"text": shown}, paper, [ACCESSIBLE])
    except TypstError:
        return False
    return True


def paper_inputs(paper: Paper) -> dict[str, str]:
    """Return what a typst template reads as `sys.inputs`, each of it JSON."""
    inputs = {"paper": encode(paper_data(paper)).decode()}
    if paper.letterhead.logo:
        inputs["logo"] = encode(list(paper.letterhead.logo)).decode()
    return inputs


def compile_typst(
    main: str | bytes,
    root: Path,
    inputs: Mapping[str, str],
    paper: Paper,
    standards: list[str] | None = None,
) -> bytes:
    """Return what typst makes of a template, which reads files below `root` alone."""
    with needing("documents"):
        import typst
    made: bytes = typst.compile(  # type: ignore[misc]
        main,
        root=str(root),
        font_paths=[str(FONTS)],
        sys_inputs=dict(inputs),
        timestamp=datetime.combine(paper.day, time(), UTC),
        pdf_standards=standards or [],  # type: ignore[arg-type]
    )
    return made
