"""A document: what makes it, when it applies, and what sending it fulfils."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ..domain.entries.entry import Entry
from ..domain.entries.papers import DocumentName
from ..forms.form import Noun, Record
from ..rules.cases.placement import PlacementCase
from ..services.papers import PaperFacts
from .content import Content

FORMATS = ("pdf", "docx", "html")
"""The formats that a document can be made in, the usual one first."""


class Sent(Record, frozen=True):
    """An entry that sending a document fulfils, and the record that it is about."""

    entry: Entry
    noun: type[Noun]
    id: int


def always_applies(case: PlacementCase) -> str:
    """Return no reason against a document: it can be made for any placement."""
    return ""


def fulfils_nothing(case: PlacementCase, content: Content, by: str, day: date) -> tuple[Sent, ...]:
    """Return nothing: no rule looks for the sending of a document."""
    return ()


def doubts_nothing(case: PlacementCase, day: date) -> Iterable[str]:
    """Return nothing that is doubtful."""
    return ()


class DocumentKind(Record, frozen=True):
    """A document: its name, its title, who it is for, and the pure function that makes it.

    `why_not` says why it does not apply to a placement, or returns an empty text. `record_sent`
    makes the entries that sending it fulfils, by whom and on what day. `asks` are the forms that it
    is asked with when it is made: what only documents need. `needed` are the keys of the fields
    that the law has it say: without one of them it is no such notice. `list_doubts` says what in it
    cannot well be meant, if it is given on a day.
    """

    name: DocumentName
    title: str
    reader: str
    make_content: Callable[[PaperFacts], Content]
    why_not: Callable[[PlacementCase], str] = always_applies
    record_sent: Callable[[PlacementCase, Content, str, date], tuple[Sent, ...]] = fulfils_nothing
    asks: tuple[type[Entry], ...] = ()
    formats: tuple[str, ...] = FORMATS
    needed: tuple[str, ...] = ()
    list_doubts: Callable[[PlacementCase, date], Iterable[str]] = doubts_nothing
