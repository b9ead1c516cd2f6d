"""Write a paper as one HTML page that needs nothing else: every text is escaped."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from ..extras import needing
from .content import Paper, paper_data
from .pictures import media_type

TEMPLATE = Path(__file__).parent / "templates" / "paper.html"


def write_html(paper: Paper) -> bytes:
    """Return a paper as one HTML page."""
    with needing("documents"):
        from jinja2 import Environment
    environment = Environment(autoescape=True)
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    data = paper_data(paper)
    return template.render(paper=data, logo=inline_logo(paper.letterhead.logo)).encode()


def inline_logo(logo: bytes) -> str:
    """Return a picture as an address that holds the picture itself; empty for none."""
    if not logo:
        return ""
    return f"data:{media_type(logo)};base64,{b64encode(logo).decode()}"
