"""Write a paper as PDF: tagged, with a font that comes along, and all text passed as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from msgspec.json import encode

from ..extras import needing
from .content import Paper, paper_data

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
ACCESSIBLE = "ua-1"
"""The PDF standard for readers who listen: what ap makes with its own template holds to it."""


def write_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF, tagged, with the template that comes with ap.

    The standard refuses a letter that no font here has; the paper is then made without its seal.
    """
    with needing("documents"):
        from typst import TypstError
    main, inputs = (TEMPLATES / "paper.typ").read_bytes(), paper_inputs(paper)
    try:
        return compile_typst(main, TEMPLATES, inputs, paper, [ACCESSIBLE])
    except TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return compile_typst(main, TEMPLATES, inputs, paper)


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
