"""The mark of a paper that people fill in and send back: by it ap knows which paper it is."""

from __future__ import annotations

import re

from ..forms.form import Record, reference
from .placement import Placement

MARK = re.compile(
    r"ap (?P<document>[a-z-]+) PL-(?P<id>\d{1,9}) v(?P<version>\d{1,6}) (?P<store>\w+)"
)


NOT_RECORDED = "Not recorded yet"
"""What stands in a paper where the record has no answer: it is never filled with a guess."""


class PaperMark(Record, frozen=True):
    """Which paper it is: its document, its placement and version, and the store it was made from.

    It stands in the properties of a file, not on the paper. References are numbers of one store, so
    that the mark means nothing in another.
    """

    document: str
    placement: int
    version: int
    store: str

    def __str__(self) -> str:
        """Return the mark as it is written."""
        ref = reference(Placement.PREFIX, self.placement)
        return f"ap {self.document} {ref} v{self.version} {self.store}"


def read_mark(text: str) -> PaperMark | None:
    """Return the mark that a text is; None if it is none."""
    found = MARK.fullmatch(text.strip())
    if found is None:
        return None
    return PaperMark(found["document"], int(found["id"]), int(found["version"]), found["store"])
