"""The reference pages that ship with the program: Markdown in `docs`, one topic a file."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from ..errors import ApError
from ..forms.text import echo

FOLDER = Path(__file__).parents[1] / "docs"
MARKER = re.compile(r"<!-- .*? -->\n")


class Page(Struct, frozen=True):
    """A reference page; `summary` is its first paragraph, `text` the whole of it in Markdown."""

    topic: str
    title: str
    summary: str
    text: str


def list_topics() -> list[str]:
    """List every topic in alphabetical order."""
    return sorted(file.stem for file in FOLDER.glob("*.md"))


def list_pages() -> list[Page]:
    """List every page in the order of its topic."""
    return [read_page(topic) for topic in list_topics()]


def read_page(topic: str) -> Page:
    """Read the page of a topic, without the marks around its generated parts."""
    text = MARKER.sub("", (FOLDER / f"{topic}.md").read_text("utf-8"))
    title, summary, *_ = text.split("\n\n")
    return Page(topic, title.removeprefix("# "), summary.replace("\n", " "), text)


def find_page(typed: str, commands: Collection[str] = ()) -> Page:
    """Find the page that somebody asks for.

    Raise ApError if there is no such page, with the nearest topic, or with how to get help on a
    command of that name.
    """
    topics = list_topics()
    topic = typed.strip().lower()
    if topic in topics:
        return read_page(topic)
    hint = f"see `ap {topic} --help`" if topic in commands else _nearest(topic, topics)
    raise ApError(f"there is no page on “{echo(topic, 30)}”: {hint}")


def _nearest(topic: str, topics: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(topic, topics, 1)
    return f"did you mean {near[0]}?" if near else "`ap help` lists the topics"
