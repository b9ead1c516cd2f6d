"""Erase a child from a store: from its records, its log, its drafts and its evidence.

What stays is a row of `erased`: the reference, the day, who did it, why, and numbers. The log keeps
of each entry when it was, who wrote it, what was done and to which reference; its values, its
reason and the salt of their digest go, so that the chain still verifies and nobody can guess them.
Of marks that a unit brought for several children, the digest of all stays in the link without its
salt, and the log has the digest of those that are left, with one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode

from ..forms.form import reference
from . import chain
from .attachments import NAME
from .damage import readable_text
from .evidence import files_by_entry, files_in_log
from .opening import Store
from .proved_marks import Marked, find_links
from .queries import drafts, rows
from .queries import erasing as stored
from .queries.chain import guard, unguard
from .queries.drafts import SEVERAL
from .unit import UnitOfWork, subject_of
from .verifying import ERASURE

WRITTEN_IN = (
    "commissioner",
    "pupil",
    "provider",
    "site",
    "placement",
    "week",
    "entry",
    "term",
    "closure",
    "overlay",
    "mark",
    "hold",
    "draft",
    "erased",
)
"""The tables in which somebody may have written a child's name."""

SENT = "sent"
"""What the log calls it that a record was sent to a school, of which nothing else is kept."""

OWN_NAMES = {"pupil": ("name", "upn", "former_upns")}
"""The columns that name another child, who may have the same name."""


class Child(Struct, frozen=True):
    """A child as a store knows them: the numbers and references, and the words that name them.

    `refs` are those of the pupil, of pupils joined into this one, and of all placements that the
    pupil has or had. `names` finds their name and UPNs in a text; None if there is nothing to find.
    `is_namesake` is whether another child has the same name, which is then left where it stands.
    """

    pupil: int
    placements: tuple[int, ...]
    refs: tuple[str, ...]
    names: re.Pattern[str] | None
    is_namesake: bool

    @property
    def ref(self) -> str:
        """The reference of the pupil."""
        return reference("P", self.pupil)

    def is_named_in(self, *texts: Any) -> bool:
        """Return whether a text names the child."""
        return self.names is not None and any(
            self.names.search(readable_text(text)) for text in texts if text is not None
        )


class Erased(Struct, frozen=True):
    """What was erased of a child: counts, the names of files, and the records that named them.

    `emptied` has the references of others whose entries of the log named the child: the digest of
    an entry is of all its values, so that they go whole.
    """

    ref: str
    placements: tuple[str, ...]
    entries: int
    marks: int
    changes: int
    drafts: int
    files: tuple[str, ...]
    named_in: tuple[str, ...]
    is_namesake: bool
    emptied: tuple[str, ...] = ()


class Logged(Struct, frozen=True):
    """The entries of the log that are about a child or name them.

    `files` are the files of evidence in the child's own, `others` the references of the others.
    """

    ids: list[int]
    files: set[str]
    others: tuple[str, ...]


def find_child(store: Store, pupil: int) -> Child:
    """Find what a store knows a pupil by, who exists."""
    pupils = find_joined(store, pupil)
    placements = stored.placements_of(store, pupil)
    known_by, upns, earlier = _read_log(store, pupils)
    own = stored.names_and_upns(store, pupil) or (None, None, None)
    known_by.add(own[0])
    upns |= {own[1], *_listed(own[2])}
    others = {as_words(name) for name in stored.names_of_others(store, pupil)}
    names = {name for name in known_by if name}
    shared = {name for name in names if as_words(name) in others}
    gone = [
        reference("PL", id) for id in sorted(earlier) if not stored.exists(store, "placement", id)
    ]
    refs = (
        *(reference("P", id) for id in sorted(pupils)),
        *(reference("PL", id) for id in placements),
        *gone,
    )
    return Child(
        pupil,
        placements,
        refs,
        names_in_text(names - shared, {upn for upn in upns if upn}),
        bool(shared),
    )


def find_joined(store: Store, pupil: int) -> set[int]:
    """Return the numbers of a pupil and of those who were joined into them, and are gone."""
    found, waiting = {pupil}, [pupil]
    while waiting:
        for ref in stored.joined_into(store, reference("P", waiting.pop())):
            digits = ref.partition("-")[2]
            id = int(digits) if digits.isdecimal() else pupil
            if id not in found and not stored.exists(store, "pupil", id):
                found.add(id)
                waiting.append(id)
    return found


def _read_log(store: Store, pupils: set[int]) -> tuple[set[Any], set[Any], set[int]]:
    """Return the names and UPNs that the log has of pupils, and the numbers of their placements."""
    names: set[Any] = set()
    upns: set[Any] = set()
    placements: set[int] = set()
    for id, *values in stored.logged_values(store, "pupil"):
        for value in map(_opened, values) if id in pupils else ():
            names.add(value.get("name"))
            upns |= {value.get("upn"), *_listed(value.get("former_upns"))}
    for id, *values in stored.logged_values(store, "placement"):
        if any(value.get("pupil") in pupils for value in map(_opened, values)):
            placements.add(id)
    return {name for name in names if isinstance(name, str)}, upns, placements


def _opened(text: Any) -> dict[str, Any]:
    """Return the values of an entry of the log; none if they cannot be read."""
    try:
        return decode(text, type=dict[str, Any])
    except (DecodeError, ValidationError, TypeError):
        return {}


def _listed(text: Any) -> list[Any]:
    """Return the items of a column's list; none if it holds none."""
    try:
        return decode(text, type=list[Any]) if text else []
    except (DecodeError, ValidationError, TypeError):
        return []


def as_words(name: Any) -> tuple[str, ...]:
    """Return the words of a name in one order, however it is written: “Pupil, Test” is the same."""
    return tuple(sorted(re.findall(r"\w+", str(readable_text(name)).casefold())))


def names_in_text(names: set[Any], upns: set[Any]) -> re.Pattern[str] | None:
    """Return what finds names and UPNs in a text, as whole words; None without any.

    A name of one word is left out: it may be any word.
    """
    found = {re.escape(str(upn)) for upn in upns}
    for name in names:
        last, comma, first = str(name).partition(",")
        parts = [re.escape(part) for part in (f"{first} {last}" if comma else name).split()]
        if len(parts) > 1:
            first_names = r"\s+".join(parts[:-1])
            found |= {rf"{first_names}\s+{parts[-1]}", rf"{parts[-1]},?\s+{first_names}"}
    if not found:
        return None
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def erase(unit: UnitOfWork, child: Child, day: str, reason: str) -> Erased:
    """Erase a child in a unit of work; the files of evidence go when it is kept.

    Raise Tampered if marks of attendance that go are not as they were written.
    """
    store = unit.store
    links = find_links(store, _marks_that_change(store, child))
    logged = find_logged(store, child, links)
    ids, files = logged.ids, logged.files | _own_files(store, child)
    entries, marks = (stored.count_of(store, table, child.pupil) for table in ("entry", "mark"))
    _erase_from_log(unit, child, ids, links)
    number_of_drafts = _drop_drafts(store, child)
    stored.delete_of(store, child.pupil)
    named_in = tuple(_take_out_names(unit, child))
    for link in links:
        unit.note("store", chain.LEFT, link.unit, {}, link.digest_now(store))
    done = Erased(
        child.ref,
        tuple(reference("PL", id) for id in child.placements),
        entries,
        marks,
        len(ids),
        number_of_drafts,
        tuple(sorted(files - files_by_entry(store).keys() - files_in_log(store))),
        named_in,
        child.is_namesake,
        logged.others,
    )
    _leave_tombstone(unit, child, done, day, reason)
    return done


def _erase_from_log(
    unit: UnitOfWork, child: Child, ids: Sequence[int], links: Sequence[Marked]
) -> None:
    """Take the values of entries from the log, the salts of marks, and who looked at the child."""
    store = unit.store
    for id in ids:
        unit.note(child.ref, ERASURE, id, {}, {})
    for subject, new in stored.sent_among(store, ids):
        if subject not in child.refs:  # only the log says where that record was sent
            unit.note(subject, SENT, None, {}, _without_name(child, _opened(new)))
    unguard(store.connection)
    stored.erase_entries(store, ids)
    for ref in child.refs:
        stored.delete_looks(store, ref)
    for link in links:
        stored.erase_salt(store, link.unit)
    guard(store.connection)


def _without_name(child: Child, values: dict[str, Any]) -> dict[str, Any]:
    """Return values with the reference where their texts name the child."""
    names = child.names
    return {
        name: names.sub(child.ref, value) if names and isinstance(value, str) else value
        for name, value in values.items()
    }


def _leave_tombstone(unit: UnitOfWork, child: Child, done: Erased, day: str, reason: str) -> None:
    values = {
        "pupil": child.pupil,
        "day": day,
        "at": unit.at,
        "who": unit.who,
        "reason": reason,
        "unit": unit.number,
        "placements": ", ".join(done.placements),
        "entries": done.entries,
        "marks": done.marks,
        "changes": done.changes,
        "files": len(done.files),
    }
    unit.insert("erased", values)


def find_logged(store: Store, child: Child, links: Sequence[Marked] = ()) -> Logged:
    """Find the entries of the log that are about a child or name them, which lose their values.

    What an earlier erasure left of the marks of these links is among them.
    """
    found = [id for link in links for id in stored.entries_about_marks_of(store, link.unit)]
    files: set[str] = set()
    others: set[str] = set()
    for id, subject, old, new, reason in stored.unerased_entries(store):
        if subject in child.refs:
            found.append(id)
            files |= {match[0] for text in (old, new) for match in NAME.finditer(str(text))}
        elif child.is_named_in(old, new, reason):
            found.append(id)
            others.add(str(subject))
    return Logged(found, files, tuple(sorted(others)))


def _own_files(store: Store, child: Child) -> set[str]:
    """Return the names of the files of evidence that a child's entries name."""
    own = {reference("E", id) for id in stored.entries_of(store, child.pupil)}
    return {name for name, refs in files_by_entry(store).items() if own & set(refs)}


def _drop_drafts(store: Store, child: Child) -> int:
    """Delete the drafts of forms about a child, and return how many there were.

    One that is about other children as well stays theirs.
    """
    own = {*child.refs, *(reference("E", id) for id in stored.entries_of(store, child.pupil))}
    dropped = 0
    for id, _, about, answers, *_ in drafts.drafts(store):
        whose = str(_opened(answers).get("pupil") or "").upper()
        named = child.is_named_in(_opened(answers).get("name"))
        refs = (about or "").split(SEVERAL)
        if not (named or whose in child.refs or own & set(refs)):
            continue
        if left := [] if named or whose in child.refs else [ref for ref in refs if ref not in own]:
            rows.update(store, "draft", id, {"about": SEVERAL.join(left)})
            continue
        drafts.delete_draft(store, id)
        dropped += 1
    return dropped


def _take_out_names(unit: UnitOfWork, child: Child) -> Iterator[str]:
    """Write the reference for the child's name in the records of others; list these."""
    for table in WRITTEN_IN:
        for id, new in _list_naming(unit.store, child, table):
            rows.update(unit.store, table, id, new)
            if table == "draft":
                yield reference("D", id)
                continue
            (row,) = unit.find(table, id=id)
            subject = reference("E", id) if table == "entry" else subject_of(table, row)
            unit.note(subject_of(table, row), table, id, {}, new)
            yield subject


def _list_naming(store: Store, child: Child, table: str) -> list[tuple[int, dict[str, Any]]]:
    """List the rows of a table that name the child, with their texts as they are to be."""
    if child.names is None:
        return []
    columns, found = stored.text_columns(table), []
    for id, *texts in stored.texts(store, table):
        if not child.is_named_in(*texts):
            continue
        new = {
            name: child.names.sub(child.ref, text)
            for name, text in zip(columns, texts, strict=True)
            if name not in OWN_NAMES.get(table, ()) and isinstance(text, str)
        }
        before = dict(zip(columns, texts, strict=True))
        changed = {name: text for name, text in new.items() if text != before[name]}
        if changed:
            found.append((id, changed))
    return found


def _marks_that_change(store: Store, child: Child) -> list[int]:
    """List the numbers of the marks that go, and of others' marks in which the child is named."""
    named = [id for id, _ in _list_naming(store, child, "mark")]
    return sorted({*stored.marks_of(store, child.pupil), *named})
