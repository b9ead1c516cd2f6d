"""List references by how they begin, for shell completion.

The list is empty if the store cannot be read, and never has a name in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ..errors import StoreProblem
from ..forms.form import reference
from ..store.address import Address
from ..store.connection import DATABASE_ERRORS
from ..store.opening import open_read_only
from ..store.queries.numbers import numbers

PREFIXES = {
    "pupil": "P",
    "provider": "PR",
    "placement": "PL",
    "commissioner": "C",
    "draft": "D",
    "entry": "E",
}


def references_beginning(address: Address, tables: Sequence[str], text: str) -> list[str]:
    """List the references of these tables that begin with a text, in order of the tables."""
    references = []
    with suppress(*DATABASE_ERRORS, StoreProblem):
        if store := open_read_only(address):
            for table in tables:
                references += [reference(PREFIXES[table], id) for id in numbers(store, table)]
    return [ref for ref in references if ref.startswith(text.upper())]
