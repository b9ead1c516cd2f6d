"""Compare what an edit had read with what stands, so that nothing unseen is replaced."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct, convert, to_builtins
from msgspec.json import decode
from msgspec.structs import replace

from ..domain.entries.entry import Entry
from ..domain.provider import Provider, Sites
from ..errors import ApError
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Form, Noun, field_types, gap_name
from ..forms.text import label
from ..store.damage import UNREADABLE
from ..store.opening import Store
from ..store.queries import log as log_queries
from .log import opened

R = TypeVar("R", bound=Form)
COLUMNS = {"by": "who"}
"""The columns of facts that have another name in the store."""


class Meanwhile(Struct, frozen=True):
    """A field that is no longer what was read: what it was, what stands, what would be written.

    `who` wrote what stands, and when; nobody if the log does not say.
    """

    name: str
    read: Any
    now: Any
    new: Any
    who: str = ""
    at: datetime | None = None


class Changed(ApError):
    """Fields are no longer what an edit had read of them; exit code 2, nothing changed."""

    def __init__(self, ref: str, form: type[Form], fields: Sequence[Meanwhile]) -> None:
        self.ref, self.form, self.fields = ref, form, tuple(fields)
        names = ", ".join(label(field.name) for field in fields)
        super().__init__(
            f"somebody else has changed {ref} since this was read: {names}. Nothing was saved: "
            "go on with it on a terminal, which shows both answers"
        )


def values_read(before: Form, after: Form, names: Iterable[str]) -> dict[str, Any]:
    """Return what a form had read of the fields that it writes.

    Of the sites of a provider it is those that are corrected: an added one replaces nothing.
    """
    read = {name: getattr(before, name) for name in names}
    if isinstance(before, Provider) and isinstance(after, Provider):
        replaced = _replaced(before.sites, after.sites)
        read |= {"sites": replaced} if replaced else {}
        if not replaced:
            read.pop("sites", None)
    return read


def settle(problem: Changed, read: R, after: R, kept: Container[str]) -> tuple[R, R]:
    """Return a record as it has now been read, and as it is to be with the answers that are kept.

    `kept` are the fields in which what stands is not replaced.
    """
    stands = {field.name: field.now for field in problem.fields}
    wanted = {
        field.name: field.now if field.name in kept else field.new for field in problem.fields
    }
    return replace(read, **stands), replace(after, **wanted)


def _replaced(before: Fact[Sites], after: Fact[Sites]) -> Sites | None:
    if not recorded(before):
        return None
    kept = after.all if recorded(after) else ()
    replaced = tuple(site for site in before.all if site not in kept)
    return Sites(replaced) if replaced else None


def write_down(record: Form, names: Iterable[str]) -> dict[str, Any]:
    """Return facts of a record as a draft keeps them; a gap is None."""
    facts = {name: getattr(record, name) for name in names}
    return {name: to_builtins(fact) if recorded(fact) else None for name, fact in facts.items()}


def as_read(record: R, read: Mapping[str, Any]) -> R:
    """Return a record as the form of a draft had read it: with what was written down of it.

    What this program cannot read any more stands as it is now.
    """
    facts: dict[str, Any] = {}
    for name, (known, may_miss) in field_types(type(record)).items():
        if name not in read:
            continue
        if read[name] is None:
            facts[name] = Unknown(gap_name(type(record), name)) if may_miss else None
            continue
        with suppress(*UNREADABLE):
            facts[name] = convert(read[name], known)
    return replace(record, **facts)


def refuse_changed(store: Store, read: Mapping[str, Any], now: Form, then: Form) -> None:
    """Raise Changed if a field of a record is no longer what was read of it.

    `now` is the record as it stands in the transaction, `then` as it would be written.
    """
    assert isinstance(now, Noun | Entry), "it has a reference"
    names = [name for name, was in read.items() if _differ(was, getattr(now, name))]
    if names:
        fields = [_meanwhile(store, now, then, name, read[name]) for name in names]
        raise Changed(now.ref, type(now), fields)


def _differ(was: Any, now: Any) -> bool:
    """Return whether a fact is not what it was; a gap is as good as another."""
    if not recorded(was) or not recorded(now):
        return recorded(was) or recorded(now)
    if isinstance(was, Sites) and isinstance(now, Sites):
        return any(site not in now.all for site in was.all)
    return bool(was != now)


def _meanwhile(store: Store, now: Noun | Entry, then: Form, name: str, was: Any) -> Meanwhile:
    who, at = _find_writer(store, now, name)
    return Meanwhile(name, was, getattr(now, name), getattr(then, name), who, at)


def _find_writer(store: Store, record: Noun | Entry, name: str) -> tuple[str, datetime | None]:
    """Return who last wrote a field, and when; nobody if no change of the log says so."""
    column = COLUMNS.get(name, name) if isinstance(record, Entry) else name
    entry = record.id if isinstance(record, Entry) else None
    for who, at, place, old, new in log_queries.changes_back(store, record.ref, entry):
        try:
            before, after = opened(decode(old)), opened(decode(new))
            moment = datetime.fromisoformat(at)
        except UNREADABLE:
            continue
        if before.get(column) != after.get(column) or (name, place) == ("sites", "site"):
            return str(who), moment
    return "", None
