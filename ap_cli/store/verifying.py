"""Verify the chain of the log: whether a change is not as it was written, and which is the first.

The log is read in pieces, so that others can write meanwhile; rows are only ever added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..forms.text import capital, shortened
from . import chain, driver
from .chain import BEFORE_UNITS, START, Link
from .damage import is_no_text
from .opening import Store
from .queries import chain as stored
from .queries.chain import SHOWN_COUNT, SUBJECT, UNIT, Row
from .seals import Seal, make_seal

LINKS_AT_ONCE = 200

ERASURE = "audit"
"""The place of an entry that says of another one, by its number, that its values were erased."""


class Report(Struct, frozen=True):
    """What verifying a store found.

    `changes` counts the units of work that are as they were written, up to `last`; `erased` the
    entries whose values were erased. `bad` is the number of the first change that is not, and
    `problem` says in a sentence what is wrong. Changes up to `upgraded_until` were chained when the
    store was upgraded. `differing` counts the records that are not as the log says, if they were
    compared.
    """

    changes: int = 0
    last: Link = START
    erased: int = 0
    bad: int | None = None
    problem: str | None = None
    upgraded: str | None = None
    upgraded_until: int | None = None
    sealed: bool = False
    differing: int = 0

    @property
    def seal(self) -> Seal | None:
        """The seal of the last change; None if there is none."""
        return None if self.last == START else make_seal(self.last.unit, self.last.head)


class Broken(Exception):
    """The first change that is not as it was written, with the sentence about it."""

    def __init__(self, unit: int, problem: str) -> None:
        self.unit = unit
        self.problem = problem
        super().__init__(problem)


def verify(store: Store, seal: Seal | None = None) -> Report:
    """Check every change of the log against the chain, and the chain against a seal.

    Reads the whole log: about 20 seconds for a million entries.
    """
    try:
        return _Verification(store, seal).run()
    except driver.OperationalError as problem:
        if not is_no_text(problem):
            raise
    with store.broken_text_as_bytes():
        return _Verification(store, seal).run()


class _Verification:
    """Verifies a store, link by link."""

    def __init__(self, store: Store, seal: Seal | None) -> None:
        self.connection = store.connection
        self.seal = seal
        self.report = Report()
        self.erasures: frozenset[Any] | None = None

    def run(self) -> Report:
        try:
            while links := stored.links_after(
                self.connection, self.report.last.unit, LINKS_AT_ONCE
            ):
                self._verify_links(links)
            self._refuse_strays()
            self._compare_seal()
        except Broken as found:
            return replace(self.report, bad=found.unit, problem=found.problem)
        return self.report

    def _verify_links(self, links: list[Row]) -> None:
        """Verify some links with the entries of their units, in order."""
        last = self.report.last
        rows = stored.proven_entries(self.connection, last.unit, links[-1][0])
        changes = groupby(rows, key=_unit_of)
        for link, (number, entries) in _pair(links, changes):
            if link is None:
                raise _added(number, next(entries))
            if entries is None:
                raise Broken(link[0], f"{capital(name_change(link[0]))} was removed from the log.")
            self._verify_link(link, entries)

    def _verify_link(self, link: Row, entries: Iterator[Row]) -> None:
        unit, upgraded, last_mark, digest, salt, head = link
        before = self.report.last
        marks = chain.MarksDigest(last_mark, digest, salt)
        hash = chain.start_head(before.head, unit, marks, upgraded)
        altered = None
        for entry in entries:
            shown, hidden = entry[:SHOWN_COUNT], entry[SHOWN_COUNT:-2]
            chain.add_entry(hash, shown, entry[-2])
            if not self._proves(entry[0], hidden, *entry[-2:]):
                altered = altered or entry
        if hash.hexdigest() != head:
            raise _broken(unit, before.unit, altered)
        if altered:
            raise Broken(unit, _values_altered(unit, altered))
        self._verify_marks(unit, marks)
        self.report = replace(
            self.report,
            changes=self.report.changes + 1,
            last=Link(unit, last_mark, head),
            upgraded=upgraded or self.report.upgraded,
            upgraded_until=unit if upgraded else self.report.upgraded_until,
        )

    def _proves(self, number: int, hidden: Row, digest: Any, salt: Any) -> bool:
        """Return whether the values of an entry are those that were written, or were erased."""
        if salt is not None:
            return isinstance(salt, bytes) and chain.digest_values(salt, hidden) == digest
        if number not in self._erasures() or tuple(hidden) != ("{}", "{}", None):
            return False
        self.report = replace(self.report, erased=self.report.erased + 1)
        return True

    def _erasures(self) -> frozenset[Any]:
        """Return the numbers of the entries of which the log says that they were erased."""
        if self.erasures is None:
            self.erasures = stored.entries_about(self.connection, ERASURE)
        return self.erasures

    def _verify_marks(self, unit: int, marks: chain.MarksDigest) -> None:
        after, salt = self.report.last.marks, marks.salt
        if marks == chain.MarksDigest(after):
            return
        if salt is None and marks.digest is not None:
            marks = chain.digest_left(self.connection, unit, marks)
            salt = marks.salt
        found = None
        if isinstance(salt, bytes):
            found = chain.digest_marks(self.connection, after, marks.last, salt).digest
        if found != marks.digest or found is None:
            raise Broken(unit, self._what_happened_to_marks(unit, marks))

    def _what_happened_to_marks(self, unit: int, marks: chain.MarksDigest) -> str:
        """Return in a sentence why the marks of a change do not fit their digest."""
        after, salt = self.report.last.marks, marks.salt
        other = stored.last_mark_of_others(self.connection, after, marks.last, unit)
        if other is not None and isinstance(salt, bytes):
            own = chain.digest_marks(self.connection, other, marks.last, salt)
            if own.digest == marks.digest:
                return f"Marks of attendance were added before {name_change(unit)}, but not by ap."
        return (
            f"Marks of attendance that {name_change(unit)} brought were altered, added or "
            "removed, but not by ap."
        )

    def _refuse_strays(self) -> None:
        """Raise Broken for entries, marks and proofs that no link is about."""
        stray = stored.entry_without_link(self.connection)
        if stray:
            raise _added(_unit_of(stray), stray)
        last = max(self.report.last.unit, BEFORE_UNITS)
        if stored.has_mark_without_link(self.connection):
            raise Broken(
                last,
                "Marks of attendance were added that no change of the log brought: "
                "ap did not write them.",
            )
        if stored.has_proof_without_entry(self.connection) or stored.has_link_before_start(
            self.connection
        ):
            raise Broken(last, "The chain was added to, but not by ap.")

    def _compare_seal(self) -> None:
        """Raise Broken if the chain does not fit the seal."""
        seal, last = self.seal, self.report.last.unit
        if seal is None:
            return
        if seal.unit > last:
            end = f"ends with {name_change(last)}" if self.report.changes else "is empty"
            raise Broken(
                max(last, BEFORE_UNITS) + 1,
                f"The seal is of {name_change(seal.unit)}, but the log {end}: "
                "what came after was cut off.",
            )
        head = stored.head_of(self.connection, seal.unit)
        if head is None or make_seal(seal.unit, head) != seal:
            raise Broken(
                seal.unit,
                f"The seal does not fit: {name_change(seal.unit)} is not the one that was sealed, "
                "so the log was written anew, or the seal is of another store.",
            )
        self.report = replace(self.report, sealed=True)


def _unit_of(entry: Row) -> Any:
    return BEFORE_UNITS if entry[UNIT] is None else entry[UNIT]


def _pair(
    links: list[Row], changes: Iterator[tuple[Any, Iterator[Row]]]
) -> Iterator[tuple[Row | None, tuple[Any, Any]]]:
    """Pair each link with its change: None for what has no counterpart, in order of number."""
    change = next(changes, None)
    for link in links:
        while change and change[0] < link[0]:
            yield None, change
            change = next(changes, None)
        if change and change[0] == link[0]:
            yield link, change
            change = next(changes, None)
        else:
            yield link, (link[0], None)
    while change:
        yield None, change
        change = next(changes, None)


def _broken(unit: int, before: int, altered: Row | None) -> Broken:
    """Return what is wrong with a link whose hash is not that of its change."""
    expected = max(before, BEFORE_UNITS) + 1
    if unit > expected:
        return Broken(expected, f"{capital(name_change(expected))} was removed from the log.")
    if altered:
        return Broken(unit, _values_altered(unit, altered))
    return Broken(
        unit,
        f"{capital(name_change(unit))} is not as it was written: who, when or what was altered, "
        "or an entry was added or removed.",
    )


def _values_altered(unit: int, entry: Row) -> str:
    about = shortened(str(entry[SUBJECT]), 20)
    return (
        f"{capital(name_change(unit))} is not as it was written: "
        f"its values or reason for {about} were altered."
    )


def _added(unit: Any, entry: Row) -> Broken:
    """Return what is wrong with a change that has no link."""
    if not isinstance(unit, int) or unit == BEFORE_UNITS:
        return Broken(
            BEFORE_UNITS, f"Entry {entry[0]} of the log belongs to no change: ap did not write it."
        )
    return Broken(
        unit,
        f"{capital(name_change(unit))} is in the log, but not in its chain: ap did not write it.",
    )


def name_change(unit: int) -> str:
    """Return what a change is called within a sentence."""
    return "the change before changes were numbered" if unit == BEFORE_UNITS else f"change {unit}"
