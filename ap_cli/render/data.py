"""Records as data: the keys and values that JSON and CSV promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry
from ..domain.periods import Periods
from ..domain.placement import Placement
from ..domain.provider import Sites
from ..domain.pupil import Pupil
from ..domain.references import PREFIXES
from ..domain.sessions import Sessions
from ..forms.facts import CannotTell, Fact, Unknown, recorded
from ..forms.form import Noun, Record, field_types, reference


def record_data(record: Noun, names: bool, on: date) -> dict[str, Any]:
    """A record as data: its reference first; a pupil's name only where names are shown."""
    found: dict[str, Any] = {"ref": record.ref} | record_facts(record)
    if isinstance(record, Pupil) and not names:
        found["name"] = None
    for name, derive in derived(type(record)).items():
        try:
            found[name] = derive(record, on)
        except CannotTell:  # a fact of a damaged record is a gap
            found[name] = None
    return found


def record_keys(record: type[Noun]) -> tuple[str, ...]:
    """The keys of a record as data."""
    own = [name for name in record.__struct_fields__ if name != "id"]
    return ("ref", *own, "not_known", *derived(record))


def derived(record: type[Noun]) -> dict[str, Callable[[Any, date], Any]]:
    """What a record says as on a day besides its own facts, by its key in JSON, CSV and lists."""
    return DERIVED.get(record, {})


def state(placement: Placement, on: date) -> str:
    """Where a placement stands on a day: planned, live, past its end, ended or never started."""
    return placement.state(on)


def until(placement: Placement, on: date) -> date | None:
    """The last day of a placement: the day it ended, else its planned end if that is known."""
    if placement.ended is not None:
        return placement.ended
    return placement.ends if recorded(placement.ends) else None


DERIVED: dict[type[Noun], dict[str, Callable[[Any, date], Any]]] = {
    Placement: {"state": state, "until": until},
}
"""Add a function here for a key that is no field; a list shows it once its command names it."""


def entry_keys() -> tuple[str, ...]:
    """The keys of every kind of entry together."""
    own = dict.fromkeys(
        name for form in KINDS.values() for name in form.__struct_fields__ if name != "id"
    )
    return ("ref", "kind", "subject", *own, "not_known")


def entry_data(entry: Entry, subject: str) -> dict[str, Any]:
    """What happened, as data."""
    return {"ref": entry.ref, "kind": entry.KIND, "subject": subject} | record_facts(entry)


def record_facts(record: Record) -> dict[str, Any]:
    """A record's facts by name, None if unknown; `not_known` has those that were asked about."""
    kinds = field_types(record.__class__)
    found = {
        name: json_value(getattr(record, name), kinds[name][0])
        for name in record.__struct_fields__
        if name != "id"
    }
    asked = {
        name: fact.asked
        for name in record.__struct_fields__
        if isinstance(fact := getattr(record, name), Unknown) and fact.asked
    }
    return found | {
        "not_known": {name: {"by": asker.by, "on": asker.on} for name, asker in asked.items()}
    }


def json_value(fact: Fact[Any], kind: Any) -> Any:
    """A fact as it stands in JSON."""
    if fact is None or isinstance(fact, Unknown):
        return None
    if kind in PREFIXES:
        return reference(PREFIXES[kind], fact)
    if isinstance(fact, Periods):
        return [{"began": spell.began, "ended": spell.ended} for spell in fact.spells]
    if isinstance(fact, Sites):
        return [
            {"number": site.number, "address": site.address, "kind": site.kind} for site in fact.all
        ]
    if isinstance(fact, Sessions):
        return str(fact)
    return list(fact) if isinstance(fact, tuple) else fact
