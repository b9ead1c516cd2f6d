"""Read the row of an entry: whole, or as far as it can be read so that it can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from msgspec.json import decode

from ...domain.entries import KINDS
from ...domain.entries.entry import PREFIX, Entry
from ...errors import StoreProblem
from ...forms.facts import Asked, Unknown
from ...forms.form import field_types, gap_name, reference, required_fields
from ..columns import day_of_record, from_column, of_type
from ..damage import UNREADABLE, unreadable

Row = Sequence[Any]
"""Kind, id, day, who, note, details and not_known of an entry."""


@cache
def entry_mapper(kind: str) -> Callable[[Row], Entry]:
    """Make a function that builds an entry of a kind from its row.

    The row has id, day, who, note, details and not_known.
    """
    form = KINDS[kind]
    asked = {name: how for name, how in field_types(form).items() if name not in OF_EVERY_ENTRY}
    missing = {name: Unknown(f"{kind}.{name}") for name, (_, optional) in asked.items() if optional}
    plan = [(name, from_details(known)) for name, (known, _) in asked.items()]
    no_one, no_note = Unknown("entry.by"), Unknown("entry.note")

    def build(row: Row) -> Entry:
        details = decode(row[5], type=dict[str, Any])
        if not details.keys() <= asked.keys():
            raise KeyError(min(details.keys() - asked.keys()))
        if bytes in (type(row[3]), type(row[4])):
            raise ValueError("text is needed, not bytes")
        for name, how in plan:
            if name in details:
                details[name] = how(details[name])
        if row[6] is not None:
            details |= {
                name: Unknown(f"{kind}.{name}", told)
                for name, told in decode(row[6], type=dict[str, Asked]).items()
            }
        who = no_one if row[3] is None else row[3]
        return form(
            **{
                "id": row[1],
                "day": day_of_record(row[2]),
                "by": who,
                "note": no_note if row[4] is None else row[4],
            }
            | missing
            | details
        )

    return build


OF_EVERY_ENTRY = ("id", "day", "by", "note")
"""The fields of every entry that have columns of their own."""


def from_details(known: Any) -> Callable[[Any], Any]:
    """Make a function that turns a value in an entry's details into a field's value."""
    if get_origin(known) is tuple:
        read_item = from_details(get_args(known)[0])

        def read_items(values: Any) -> tuple[Any, ...]:
            return tuple(map(read_item, of_type(list)(values)))

        return read_items
    return of_type(bool) if known is bool else from_column(known) or of_type(str)


def read_entry(row: Row) -> Entry:
    """Return the entry of a row; raise StoreProblem if it cannot be read."""
    try:
        return entry_mapper(row[0])(row)
    except UNREADABLE as problem:
        raise damaged_entry(row, problem) from None


def damaged_entry(row: Row, problem: Exception) -> StoreProblem:
    """Return the error for a damaged entry, with the command that corrects it or takes it back."""
    from .impossible import say_impossible

    ref = reference(PREFIX, row[1])
    found, wrong = read_to_mend(row)
    return say_impossible(type(found), ref, wrong) if wrong else unreadable(ref, problem)


def read_to_mend(row: Row) -> tuple[Entry, Mapping[str, str]]:
    """Return an entry as far as its row can be read, and what is wrong with what cannot be.

    Damaged fields are gaps in it. One of a kind that there is not is an Entry and no more.
    """
    from .impossible import KIND, NO_KIND, impossible_answers

    kind, id, day, who, note, details, not_known = row
    form = KINDS.get(kind, Entry) if isinstance(kind, str) else Entry
    columns = {"day": day, "by": who, "note": note}
    if form is Entry:
        read, wrong = impossible_answers(form, readers_of(form), columns, "{}", None)
        wrong = {KIND: NO_KIND}
    else:
        read, wrong = impossible_answers(form, readers_of(form), columns, details, not_known)
    gaps = required_fields(form) - read.keys()
    facts: dict[str, Any] = {name: Unknown(gap_name(form, name)) for name in gaps} | read
    return form(id=id, **facts), wrong


@cache
def readers_of(form: type[Entry]) -> dict[str, Callable[[Any], Any]]:
    """Map the fields of a kind of entry to what reads each from its column or its details."""
    of_every: dict[str, Callable[[Any], Any]] = {
        "day": day_of_record,
        "by": of_type(str),
        "note": of_type(str),
    }
    return {
        name: of_every.get(name) or from_details(known)
        for name, (known, _) in field_types(form).items()
        if name != "id"
    }
