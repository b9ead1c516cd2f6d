"""Papers made from the record: which one, its version, and when it was sent."""

from datetime import date
from typing import ClassVar

from ...forms.choice import Choice
from ...forms.facts import Fact
from ...forms.form import Count, ask, require
from .entry import Entry


class DocumentName(Choice):
    """A document that can be made from the record."""

    SHEET = "sheet", "the placement sheet, for the council"


class Document(Entry):
    """A document made from the record, such as a placement sheet, and when you sent it."""

    KIND: ClassVar[str] = "document"
    EXAMPLE: ClassVar[str] = "--document sheet --sent 2026-02-27"

    document: DocumentName = require("Which document is it?")
    version: Fact[Count] = ask("Which version is it?")
    sent: Fact[date] = ask("When did you send it?", past=True)
    digest: str | None = None
    """A sum of what it says, without its date: the same content has the same version."""
