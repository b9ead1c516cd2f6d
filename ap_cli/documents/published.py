"""Reports that are published for those who may see no records: figures, without any name.

What is kept is what the paper shows, so that a number that is hidden there is nowhere to be read.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.json import decode, encode

from ..domain.roles import Role
from ..errors import ApError, StoreProblem
from ..forms.text import echo
from ..services.papers import name_commissioners
from ..store.damage import UNREADABLE
from ..store.opening import Store
from ..store.queries.published import keep_report, reports
from ..store.soundness import kept
from .content import Bar, Bars, Block, Content, Field, Fields, Heading, Paragraph


class Part(Struct, frozen=True):
    """A block of a report: its type, its text, and its lines of key, label, value and number."""

    type: str
    text: str = ""
    lines: tuple[tuple[str, str, str, int, int | None], ...] = ()


class Published(Struct, frozen=True):
    """A report as it was published: its term, what it says, and whose it is."""

    term: str
    title: str
    subtitle: str
    of: str
    parts: tuple[Part, ...]


def publish(store: Store, term: str, content: Content) -> None:
    """Publish the report of a term on a server, in place of the one before.

    Raise ApError for a store that is a file, of which nobody sees a part.
    """
    if not store.address.server:
        raise ApError("--publish: only a store on a server has users who see no records")
    parts = tuple(part_of(block) for block in content.blocks)
    made = Published(term, content.title, content.subtitle, name_commissioners(store), parts)
    with kept(store):
        keep_report(store, term, encode(made).decode())


def part_of(block: Block) -> Part:
    """Return a block as it is kept; a report has no others."""
    if isinstance(block, Fields):
        rows = tuple((each.key, each.label, str(each.value), 0, None) for each in block.rows)
        return Part(block.TYPE, lines=rows)
    if isinstance(block, Bars):
        bars = tuple(("", each.label, each.text, each.length, each.number) for each in block.bars)
        return Part(block.TYPE, lines=bars)
    assert isinstance(block, Heading | Paragraph)
    return Part(block.TYPE, block.text)


def block_of(part: Part) -> Block:
    """Return a block of a report from how it is kept."""
    if part.type == Heading.TYPE:
        return Heading(part.text)
    if part.type == Paragraph.TYPE:
        return Paragraph(part.text)
    if part.type == Fields.TYPE:
        return Fields(tuple(Field(key, label, value) for key, label, value, *_ in part.lines))
    return Bars(
        tuple(Bar(label, length, text, number) for _, label, text, length, number in part.lines)
    )


def sees_only_published(store: Store) -> bool:
    """Return whether the user of a server may see what was published, and no records."""
    if not store.address.server:
        return False
    from ..store.access import find_user

    return find_user(store.connection)[1] is Role.REPORT


def read_published(store: Store, term: str | None) -> tuple[Content, str, date]:
    """Return the report of a term, or the last that was published; whose it is, and since when.

    Raise ApError if there is none, and StoreProblem for one that cannot be read.
    """
    found = {name: (content, at) for name, content, at, _ in reports(store)}
    if not found:
        raise ApError(
            "no report has been published yet: a writer types `ap report governors --anonymous"
            " --publish`"
        )
    chosen = term.strip().lower() if term else list(found)[-1]
    if chosen not in found:
        raise ApError(
            f"--term: no report of “{echo(chosen)}” is published: choose from {', '.join(found)}"
        )
    said, at = found[chosen]
    try:
        made, day = decode(said, type=Published), date.fromisoformat(at[:10])
    except UNREADABLE:
        raise StoreProblem(
            f"the report of “{echo(chosen)}” cannot be read: let a writer publish it again, with"
            " `ap report governors --anonymous --publish`"
        ) from None
    content = Content(
        title=made.title, subtitle=made.subtitle, blocks=tuple(map(block_of, made.parts))
    )
    return content, made.of, day
