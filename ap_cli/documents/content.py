"""What a paper holds: a small tree of headings, fields and tables, the same for any format."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from msgspec.structs import replace

from ..domain.days import words
from ..domain.returned import NOT_RECORDED
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Record
from ..forms.text import harmless
from ..rules.task import Remedy
from ..services.papers import Letterhead


class Blank(Record, frozen=True):
    """A place to write on: how many lines it has."""

    lines: int = 1


Value = Fact[str] | Blank
"""What stands in a field or a cell: a text, a gap of the record, or a place to write."""


class Block(Record, frozen=True):
    """A part of a paper; `TYPE` names it in data."""

    TYPE: ClassVar[str] = ""


class Heading(Block, frozen=True):
    """A heading within a paper."""

    TYPE: ClassVar[str] = "heading"
    text: str


class Paragraph(Block, frozen=True):
    """A few sentences."""

    TYPE: ClassVar[str] = "paragraph"
    text: str


class Field(Record, frozen=True):
    """A named line: its key in a template, its value, and what records it if it is missing."""

    key: str
    label: str
    value: Value
    remedy: Remedy | None = None


class Fields(Block, frozen=True):
    """Fields, one below the other."""

    TYPE: ClassVar[str] = "fields"
    rows: tuple[Field, ...]


class Table(Block, frozen=True):
    """Rows under a head. `widths` are the shares of its columns; `key` names it in a template."""

    TYPE: ClassVar[str] = "table"
    key: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[int, ...]


class Bullets(Block, frozen=True):
    """Points, one below the other."""

    TYPE: ClassVar[str] = "bullets"
    items: tuple[str, ...]


class Choices(Block, frozen=True):
    """Boxes, of which one is ticked by hand."""

    TYPE: ClassVar[str] = "choices"
    items: tuple[str, ...]


class Bar(Record, frozen=True):
    """A number with what it counts.

    Its length is 0 where no bar is drawn; `number` is None where the number itself is not shown.
    """

    label: str
    length: int
    text: str
    number: int | None = None


SHORTEST_SCALE = 10
"""The number that the longest bar stands for, at least: one child is no bar from edge to edge."""


class Bars(Block, frozen=True):
    """Numbers, one below the other, each with a bar as long as the number is large."""

    TYPE: ClassVar[str] = "bars"
    bars: tuple[Bar, ...]


class Signatures(Block, frozen=True):
    """Who signs, each with a place for name, signature and date."""

    TYPE: ClassVar[str] = "signatures"
    who: tuple[str, ...]


class Content(Record, frozen=True):
    """What a document says: its title, who it is for, and its parts.

    A letter has `to`; a `wide` one lies on its side.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    to: tuple[str, ...] = ()
    wide: bool = False

    def fields(self) -> Iterator[Field]:
        """List its fields in order."""
        for block in self.blocks:
            if isinstance(block, Fields):
                yield from block.rows

    def lacking(self) -> tuple[Field, ...]:
        """List the fields that the record has no answer for."""
        return tuple(each for each in self.fields() if not recorded(each.value))


def mark_gaps(content: Content, lacks: Collection[str]) -> Content:
    """Return a document in which these fields, by their keys, have no answer, and all others do."""
    blocks = [
        replace(block, rows=tuple(mark_gap(field, lacks) for field in block.rows))
        if isinstance(block, Fields)
        else block
        for block in content.blocks
    ]
    return replace(content, blocks=tuple(blocks))


def mark_gap(field: Field, lacks: Collection[str]) -> Field:
    """Return a field without its answer if it is one of these, else with one."""
    if recorded(field.value) is (field.key not in lacks):
        return field
    return replace(field, value=Unknown(field.key) if field.key in lacks else "")


class Paper(Record, frozen=True):
    """A document as it is made: its content, with its date, reference and version.

    A report about many records has no reference, and no version: it is of its day. By its `mark` a
    file that comes back filled in is known again; it stands in the file's properties.
    """

    content: Content
    reference: str
    version: int
    day: date
    letterhead: Letterhead
    mark: str = ""

    @property
    def footer(self) -> str:
        """Return what stands at the foot of each page."""
        version = f"version {self.version}" if self.version else ""
        parts = (self.content.title, self.reference, version, words(self.day))
        return " · ".join(filter(None, parts))


def paper_data(paper: Paper) -> dict[str, Any]:
    """Return a paper as plain data for a template, in which every text is harmless."""
    content, head = paper.content, paper.letterhead
    return {
        "title": harmless(content.title),
        "subtitle": harmless(content.subtitle),
        "to": [harmless(line) for line in content.to],
        "reference": paper.reference,
        "version": paper.version,
        "date": words(paper.day),
        "footer": harmless(paper.footer),
        "wide": content.wide,
        "letterhead": {
            "name": harmless(head.name),
            "lines": [harmless(line) for line in head.lines],
        },
        "blocks": mark_kept(content_data(content)),
    }


def mark_kept(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return parts as data that say whether each stays on one page with the next.

    Fields stay with a table that follows, and what comes last stays with the signatures: neither a
    table nor a signature stands on a page that does not say what it belongs to.
    """
    types = [block["type"] for block in blocks]
    return [
        block | {"kept": stays_with_next(types[number : number + 3])}
        for number, block in enumerate(blocks)
    ]


def stays_with_next(types: Sequence[str]) -> bool:
    """Tell whether the first of these parts stays with the next, by the types of three."""
    before_table = types[:2] == [Fields.TYPE, Table.TYPE]
    return before_table or types[1:] == [Heading.TYPE, Signatures.TYPE]


def content_data(content: Content) -> list[dict[str, Any]]:
    """Return the parts of a document as plain data: what its version is counted by."""
    return [{"type": block.TYPE} | block_data(block) for block in content.blocks]


def block_data(block: Block) -> dict[str, Any]:
    """Return a part of a document as plain data."""
    match block:
        case Heading(text) | Paragraph(text):
            return {"text": harmless(text)}
        case Fields(rows):
            return {"rows": [field_data(row) for row in rows]}
        case Table():
            return table_data(block)
        case Bars(bars):
            return {"rows": list(bars_data(bars))}
        case Bullets(items) | Choices(items) | Signatures(items):
            return {"items": [harmless(item) for item in items]}
    raise TypeError(f"{type(block).__name__} is no part of a document")


def field_data(field: Field) -> dict[str, Any]:
    """Return a field as plain data."""
    return {"key": field.key, "label": harmless(field.label), "value": value_data(field.value)}


def table_data(table: Table) -> dict[str, Any]:
    """Return a table as plain data."""
    return {
        "key": table.key,
        "head": [harmless(name) for name in table.head],
        "rows": [list(map(value_data, row)) for row in table.rows],
        "widths": list(table.widths),
    }


def bars_data(bars: Sequence[Bar]) -> Iterator[dict[str, Any]]:
    """Return bars as plain data: each with its share of the longest, in per cent."""
    longest = max(SHORTEST_SCALE, *(bar.length for bar in bars))
    for bar in bars:
        share = 100 * bar.length // longest
        yield {"label": harmless(bar.label), "text": harmless(bar.text), "share": share}


def value_data(value: Value) -> dict[str, Any]:
    """Return a value as plain data: its text, and whether it is missing or lines to write on."""
    if isinstance(value, Blank):
        return {"text": "", "missing": False, "lines": value.lines}
    if not recorded(value):
        return {"text": NOT_RECORDED, "missing": True, "lines": 0}
    return {"text": harmless(value), "missing": False, "lines": 0}


NUMBERED = re.compile(r"(?:^|(?<=\s))\d{1,2}[.)]\s+")
"""The number of a point within a text."""


def break_points(text: str) -> str:
    """Return a text with each of its numbered points on a line of its own, its words unchanged."""
    is_numbered = text.startswith(("1.", "1)"))
    return re.sub(r"\s+(?=\d{1,2}[.)]\s)", "\n", text) if is_numbered else text


def list_points(text: str) -> tuple[str, ...]:
    """Part a text into its points: by lines, by numbers from 1 on, or else by semicolons."""
    parts: Iterable[str] = text.splitlines()
    if len(text.splitlines()) < 2:
        is_numbered = text.lstrip().startswith(("1.", "1)"))
        parts = NUMBERED.split(text) if is_numbered else text.split(";")
    points = (NUMBERED.sub("", part.strip().lstrip("•-–*").strip()) for part in parts)
    return tuple(point for point in points if point)
