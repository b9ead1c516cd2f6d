"""Find which fields of a damaged row hold something impossible, and say how to correct them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, get_args, get_origin

from msgspec.json import decode

from ...domain.clock_times import BreakStart, ClockTime
from ...domain.commissioner import Commissioner
from ...domain.entries.before import Attachment
from ...domain.entries.entry import Entry
from ...domain.periods import Periods
from ...domain.readers import FILLER
from ...domain.references import REFERENCES
from ...domain.sessions import Sessions
from ...errors import StoreProblem
from ...forms.facts import Asked, Unknown
from ...forms.form import (
    Form,
    Noun,
    field_types,
    gap_name,
    question,
    questions,
    required_fields,
)
from ...forms.text import first_of
from ..columns import from_column
from ..damage import UNREADABLE

NOT_KNOWN = "not_known"
"""The column that names what is not yet known; each write of the record writes it anew."""

DETAILS = "details"
"""The column of an entry's answers."""

KIND, NO_KIND = "kind", "is none that there is"
"""The column of an entry's kind, and what is wrong with one that is no kind."""

SUBJECT, NOBODY = "subject", "is nobody who is recorded"
"""Whom an entry is about, and what is wrong if its row names nobody."""

WRONG: dict[Any, str] = {
    str: "is not text",
    ClockTime: "is not a time",
    BreakStart: "is not a time",
    Attachment: "is not a file",
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
    return "" if convert is None or _succeeds(convert, value) else _wrong_words(known)


def _wrong_words(known: Any) -> str:
    """Say what is wrong with a value that is none of a type."""
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


def impossible_answers(
    form: type[Entry],
    readers: Mapping[str, Callable[[Any], Any]],
    columns: Mapping[str, Any],
    details: Any,
    not_known: Any,
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts of an entry that can be read, and what is wrong with the others, in words.

    `readers` read each field, `columns` has the fields with a column of their own. A field that has
    no question, and an answer that none asks for, count as part of the details.
    """
    answers, wrong = _read_details(details)
    values = {**columns, **answers}
    found: dict[str, Any] = {}
    for name, read in readers.items():
        value = values.get(name)
        if value is None:
            if name in required_fields(form):
                wrong[name] = "is missing"
        elif _succeeds(read, value):
            found[name] = read(value)
        else:
            wrong[name] = _wrong_words(_kind_of(field_types(form)[name][0], value))
    if values.keys() - readers.keys():
        wrong[DETAILS] = "has one to a question that there is not"
    if told := _wrong_gaps(tuple(readers), not_known):
        return found, wrong | {NOT_KNOWN: told}
    asked = decode(not_known, type=dict[str, Asked]) if not_known is not None else {}
    gaps = {name: Unknown(gap_name(form, name), told) for name, told in asked.items()}
    return found | gaps, wrong


def _kind_of(known: Any, value: Any) -> Any:
    """Return the type that an impossible value is none of: that of an item if it is a list."""
    return get_args(known)[0] if get_origin(known) is tuple and isinstance(value, list) else known


def _read_details(details: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the answers in an entry's details, and what is wrong if they cannot be read."""
    try:
        return decode(details, type=dict[str, Any]), {}
    except UNREADABLE:
        return {}, {DETAILS: "is damaged"}


def _wrong_gaps(names: tuple[str, ...], gaps: Any) -> str:
    """Say what is wrong with the facts that are not yet known; empty if nothing is."""
    try:
        asked = {} if gaps is None else decode(gaps, type=dict[str, Asked])
    except UNREADABLE:
        return "is not a list"
    return "" if asked.keys() <= set(names) else "names a question that there is not"


def say_impossible(record: type[Form], ref: str, wrong: Mapping[str, str]) -> StoreProblem:
    """Return the error that names the impossible values of a record and how to correct them."""
    told = [f"{_called(record, name)} {what}" for name, what in wrong.items()]
    return StoreProblem(f"{ref} cannot be read: {first_of(told)}; {_advise(record, ref, wrong)}")


def _advise(record: type[Form], ref: str, wrong: Mapping[str, str]) -> str:
    """Return what to do about impossible values, within a sentence."""
    if not can_edit(record):
        return BACKUP
    if issubclass(record, Entry) and not can_mend(record, wrong):
        return f"take it back with `ap record withdraw {ref} --reason TEXT`"
    return f"correct it with `{edit_command(record, ref, wrong)}`"


def can_mend(form: type[Entry], wrong: Container[str]) -> bool:
    """Tell whether an edit corrects an entry, and it need not be taken back."""
    unasked = required_fields(form) - form.ASKS.keys()
    return not any(name in wrong for name in (KIND, SUBJECT, *unasked))


LONGEST = 20
"""The longest hint at what can be typed; of more choices `--help` has them all."""

BACKUP = "restore a backup: `ap db backups` lists them"


def can_edit(record: type[Form]) -> bool:
    """Tell whether a command corrects a kind of record."""
    return record is not Commissioner


def _called(record: type[Form], name: str) -> str:
    """Return what a field is called in a message."""
    if name == NOT_KNOWN:
        return "what is not yet known of it"
    if name == DETAILS:
        return "its list of answers"
    asked = question(record, name)
    return f"the answer to {asked.quoted}" if asked else f"its {name}"


def edit_command(record: type[Form], ref: str, names: Iterable[str]) -> str:
    """Return the command that corrects these fields of a record."""
    flags = []
    for name in names:
        asked = question(record, name)
        if name == NOT_KNOWN:
            flags.append("--not-known QUESTION")
        elif asked and asked.type is bool:
            flags.append(asked.both_flags)
        elif asked:
            metavar = FILLER.reader(asked).metavar
            flags.append(f"{asked.flag} {metavar if len(metavar) <= LONGEST else '…'}")
    if issubclass(record, Noun):
        return " ".join(["ap", record.NOUN, "edit", ref, *flags])
    asks_reason = any(asked.key == "reason" for asked in questions(record))
    flags.append("--because TEXT" if asks_reason else "--reason TEXT")
    return " ".join(["ap record edit", ref, *flags])
