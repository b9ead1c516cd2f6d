"""Everything about one child as a document that can be read: the same as the data says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ..domain.days import words
from ..forms.text import capital, label
from .content import Block, Content, Field, Fields, Heading, Paragraph, Table

HEADINGS = {
    "placements": "Placement {ref}",
    "happened": "{kind} of {subject}, {day}",
    "holds": "Legal hold",
}
"""What stands above each record of a sort."""

TABLES = {
    "marks": ("Attendance", ("day", "session", "code", "nature", "reason", "who")),
    "changes": ("Changes in the log", ("at", "who", "what", "subject", "old", "new", "reason")),
    "looks": ("Who looked at the whole record", ("at", "who", "what")),
}
"""The sorts of which there are many: what stands above the table, and its columns."""


def make_content(data: Mapping[str, Any], today: date) -> Content:
    """Make the document of a child's record, which has been gathered as data."""
    for_school = f"for {data['for_school']}" if data["for_school"] else "for the child and parents"
    return Content(
        title=f"Record of {data['pupil']['name']}",
        subtitle=f"{data['ref']}, {for_school}, {words(today)}",
        blocks=tuple(list_blocks(data)),
        wide=True,
    )


def list_blocks(data: Mapping[str, Any]) -> Iterator[Block]:
    """List the parts: the pupil, placements, what happened, then tables."""
    yield Heading("The child")
    yield make_fields(data["pupil"])
    for sort, heading in HEADINGS.items():
        for row in data[sort]:
            shown = {name: in_words(value) for name, value in row.items()}
            yield Heading(capital(heading.format(**shown)))
            yield make_fields(row)
    for sort, (heading, columns) in TABLES.items():
        if data[sort]:
            yield Heading(heading)
            yield make_table(sort, columns, data[sort])
    if not data["placements"]:
        yield Paragraph("There was no placement.")


def make_fields(row: Mapping[str, Any]) -> Fields:
    """Make fields of what is recorded; what nobody recorded is left out."""
    shown = ((name, in_words(value)) for name, value in row.items())
    return Fields(tuple(Field(name, capital(label(name)), text) for name, text in shown if text))


def make_table(key: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Table:
    """Make a table of records of a sort."""
    return Table(
        key,
        tuple(capital(label(name)) for name in columns),
        tuple(tuple(in_words(row[name]) for name in columns) for row in rows),
        tuple(10 for _ in columns),
    )


def in_words(value: Any) -> str:
    """Return a value as people read it; empty for what is not recorded."""
    if value is None or value in ("", (), [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{words(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return words(value)
    if isinstance(value, Mapping):
        parts = ((label(str(name)), in_words(each)) for name, each in value.items())
        return "; ".join(f"{name}: {text}" for name, text in parts if text)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(in_words, value)))
    return str(value)
