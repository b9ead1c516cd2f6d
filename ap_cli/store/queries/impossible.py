"""Find which fields of a damaged row hold something impossible, and say how to correct them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, get_origin

from msgspec.json import decode

from ...domain.commissioner import Commissioner
from ...domain.periods import Periods
from ...domain.readers import FILLER
from ...domain.references import REFERENCES
from ...domain.sessions import Sessions
from ...errors import StoreProblem
from ...forms.facts import Asked
from ...forms.form import Noun, field_types, question, required_fields
from ...forms.text import first_of
from ..columns import from_column
from ..damage import UNREADABLE

NOT_KNOWN = "not_known"
"""The column that names what is not yet known; each write of the record writes it anew."""

WRONG: dict[Any, str] = {
    date: "is not a day",
    bool: "is neither yes nor no",
    Sessions: "is not a week",
    Periods: "is not a period",
} | dict.fromkeys(REFERENCES, "is not a reference")
"""What is wrong with an impossible value, by the type of its field."""


def impossible_fields(record: type[Noun], row: Sequence[Any]) -> dict[str, str]:
    """Map the fields of a row that hold something impossible to what is wrong, in words.

    The row has the columns that `records.mapper` takes.
    """
    needed = required_fields(record)
    types = field_types(record)
    found = {}
    names = record.__struct_fields__
    for name, value in zip(names, row, strict=False):
        if value is None:
            if name in needed:
                found[name] = "is missing"
        elif wrong := _is_wrong(types[name][0], value):
            found[name] = wrong
    if wrong := _wrong_gaps(names, row[len(names)]):
        found[NOT_KNOWN] = wrong
    return found


def _is_wrong(known: Any, value: Any) -> str:
    """Say what is wrong with a column's value; empty if nothing is."""
    if isinstance(value, bytes):
        return "is not text"
    convert = from_column(known)
    if convert is None or _succeeds(convert, value):
        return ""
    if isinstance(known, type) and issubclass(known, Enum):
        return "is none of its choices"
    if get_origin(known) is tuple:
        return "is not a list"
    return WRONG.get(known, "is not a number")


def _succeeds(convert: Callable[[Any], Any], value: Any) -> bool:
    try:
        convert(value)
    except UNREADABLE:
        return False
    return True


def _wrong_gaps(names: tuple[str, ...], gaps: Any) -> str:
    """Say what is wrong with the facts that are not yet known; empty if nothing is."""
    try:
        asked = {} if gaps is None else decode(gaps, type=dict[str, Asked])
    except UNREADABLE:
        return "is not a list"
    return "" if asked.keys() <= set(names) else "names a question that there is not"


def say_impossible(record: type[Noun], ref: str, wrong: Mapping[str, str]) -> StoreProblem:
    """Return the error that names the impossible values of a record and how to correct them."""
    told = [f"{_called(record, name)} {what}" for name, what in wrong.items()]
    advice = f"correct it with `{edit_command(record, ref, wrong)}`" if can_edit(record) else BACKUP
    return StoreProblem(f"{ref} cannot be read: {first_of(told)}; {advice}")


LONGEST = 20
"""The longest hint at what can be typed; of more choices `--help` has them all."""

BACKUP = "restore a backup: `ap db backups` lists them"


def can_edit(record: type[Noun]) -> bool:
    """Tell whether a command corrects a kind of record."""
    return record is not Commissioner


def _called(record: type[Noun], name: str) -> str:
    """Return what a field is called in a message."""
    if name == NOT_KNOWN:
        return "what is not yet known of it"
    asked = question(record, name)
    return f"the answer to {asked.quoted}" if asked else f"its {name}"


def edit_command(record: type[Noun], ref: str, names: Mapping[str, str]) -> str:
    """Return the command that corrects these fields of a record."""
    flags = []
    for name in names:
        asked = question(record, name)
        if name == NOT_KNOWN:
            flags.append("--not-known QUESTION")
        elif asked:
            metavar = FILLER.reader(asked).metavar
            flags.append(f"{asked.flag} {metavar if len(metavar) <= LONGEST else '…'}")
    return " ".join(["ap", record.NOUN, "edit", ref, *flags])
