"""The types of a question that is answered by a reference, and what each refers to."""

from __future__ import annotations

from typing import Any

from ..forms.form import Noun
from .commissioner import Commissioner
from .entries.entry import PREFIX, EntryRef
from .placement import CommissionerRef, ProviderRef, PupilRef
from .provider import Provider
from .pupil import Pupil

REFERENCES: dict[Any, type[Noun]] = {
    PupilRef: Pupil,
    ProviderRef: Provider,
    CommissionerRef: Commissioner,
}
"""The noun behind each type of reference."""

PREFIXES: dict[Any, str] = {kind: noun.PREFIX for kind, noun in REFERENCES.items()} | {
    EntryRef: PREFIX
}
"""How a reference of each type begins."""
