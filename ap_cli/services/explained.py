"""Explain findings with who recorded their facts, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from msgspec.json import decode
from msgspec.structs import replace

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import reference
from ..rules.engine import Finding
from ..rules.watched import Note
from ..store.damage import UNREADABLE
from ..store.opening import Store
from ..store.queries import log
from ..store.queries.placements import parties_of

Recorded = tuple[str, date]
"""Who recorded a fact, and on what day."""


class Sources:
    """Who recorded each fact of a store and when, from its audit; read once for each subject."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.facts = cache(self._facts)
        self.entry = cache(self._entry)
        self.around = cache(self._around)

    def of(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Add to each note of the findings' explanations who recorded its fact, and when."""
        for finding in findings:
            yield (
                replace(
                    finding, why=tuple(self.told(note, finding.subject) for note in finding.why)
                )
                if finding.why
                else finding
            )

    def told(self, note: Note, subject: str) -> Note:
        """Add to a note who last recorded its fact; return it unchanged if nobody did."""
        fact, _, owner = note.fact.partition(" of ")
        form, _, name = fact.partition(".")
        known = (
            self.facts(owner or self.around(subject).get(form, "")).get(name) if note.fact else None
        )
        if known is None and len(note.entries) == 1:
            known = self.entry(note.entries[0])
        return replace(note, who=known[0], when=known[1]) if known else note

    def _around(self, subject: str) -> dict[str, str]:
        """Map prefixes of facts to the references of a finding's placement, pupil and provider."""
        prefix, _, id = subject.partition("-")
        nouns = {noun.PREFIX: noun.NOUN for noun in (Placement, Pupil, Provider)}
        around = {nouns[prefix]: subject} if prefix in nouns else {}
        parties = parties_of(self.store, int(id)) if prefix == Placement.PREFIX else None
        if parties:
            pupil, provider = parties
            around["pupil"] = reference(Pupil.PREFIX, pupil)
            around["provider"] = reference(Provider.PREFIX, provider)
        return around

    def _facts(self, subject: str) -> dict[str, Recorded]:
        facts: dict[str, Recorded] = {}
        for new, who, day in log.changes_of_facts(self.store, subject):
            try:
                facts |= {
                    name: (who, date.fromisoformat(day))
                    for name, value in decode(new).items()
                    if value is not None
                }
            except UNREADABLE:
                # the log itself names the author; this shows only who recorded what is missing
                continue
        return facts

    def _entry(self, id: int) -> Recorded | None:
        row = log.last_change_of_entry(self.store, id)
        try:
            return (row[0], date.fromisoformat(row[1])) if row else None
        except ValueError:
            return None
