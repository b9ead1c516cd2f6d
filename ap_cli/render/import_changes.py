"""What an import changes of a record, and what it leaves as it is: the old and the new value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from shlex import quote
from typing import Any

from ..domain.days import words
from ..domain.provider import Sites
from ..domain.pupil import Pupil, short_name
from ..domain.readers import FILLER
from ..forms.facts import Unknown
from ..forms.form import Noun, Question, field_types, question
from ..forms.text import label, shortened
from ..services.import_values import Kept
from ..services.importing import Change, RowReport
from .data import json_value
from .nouns import fact_text, is_free_text
from .result import View


def changed_text(change: Change, view: View) -> str:
    """What changes of a record: each fact with its old and its new value."""
    parts = [
        pair_text(change.noun, name, f"{value_of(change.noun, name, new, view)}", old, view)
        for name, old, new in change.facts
    ]
    return f"{name_of(change, view)}: {', '.join(parts)}"


def pair_text(noun: type[Noun], name: str, new: str, old: Any, view: View) -> str:
    """A fact with its new value, and what it was; a child's name in a pipe has neither."""
    if is_hidden(noun, name, view):
        return label(name)
    return f"{label(name)} {new} (was {value_of(noun, name, old, view)})"


def kept_text(kept: Kept, view: View) -> str:
    """What stays as somebody has changed it, who and when, and what a file still says."""
    what = label(kept.name)
    still, value = "", ""
    if not is_hidden(kept.noun, kept.name, view):
        what += f" {value_of(kept.noun, kept.name, kept.now, view)}"
        value = value_of(kept.noun, kept.name, kept.given, view)
        still = f": {value}"
    when = f"on {words(kept.day)} by {shortened(kept.who)}"
    told = f"changed here {when}; the file still says what it was before{still}"
    if kept.joined:
        told = f"as {kept.joined} was merged into it {when}; the file still says what that had"
        told += still
    return f"{kept.ref} keeps {what}, {told}. If the file is right: {command_of(kept)}"


def command_of(kept: Kept) -> str:
    """The command that takes what a file says; the name of a child is left to be typed."""
    if kept.name == "ended" and isinstance(kept.given, date):
        return f"ap placement end {kept.ref} --correct --day {kept.given.isoformat()}"
    edit, asked = f"ap {kept.noun.NOUN} edit {kept.ref}", question(kept.noun, kept.name)
    if asked is None:
        return edit
    if is_child_name(kept.noun, kept.name) or isinstance(kept.given, Unknown):
        return f"{edit} {asked.flag} …"
    return " ".join((edit, *typed(asked, kept)))


def typed(asked: Question, kept: Kept) -> Iterator[str]:
    """The option that gives a record what a file says, with its value."""
    given = kept.given if isinstance(kept.given, str) else FILLER.write(asked, kept.given)
    if isinstance(given, bool):
        yield asked.flag if given else f"--no-{asked.flag[2:]}"
        return
    for one in given if isinstance(given, list | tuple) else (given,):
        text = str(one)
        if isinstance(kept.now, Sites) and len(kept.now.all) == 1:
            text = f"{kept.now.all[0].number}: {text}"
        yield asked.flag
        yield quote(text)


def is_hidden(noun: type[Noun], name: str, view: View) -> bool:
    """Tell whether a fact is not shown: a child's name in a pipe."""
    return view.names == "never" and is_child_name(noun, name)


def is_child_name(noun: type[Noun], name: str) -> bool:
    """Tell whether a fact is the name of a child."""
    return noun is Pupil and name == "name"


def value_of(noun: type[Noun], name: str, fact: Any, view: View) -> str:
    """A fact for people, words in quotation marks and not too long."""
    kind = field_types(noun)[name][0]
    if fact is None or isinstance(fact, Unknown) or not is_free_text(kind):
        return fact_text(fact, kind)
    text = fact
    if is_child_name(noun, name) and view.names == "short":
        text = short_name(str(fact))
    elif isinstance(fact, tuple):
        text = "; ".join(map(str, fact))
    return f"“{shortened(text)}”"


def name_of(change: Change, view: View) -> str:
    """A record by its reference, and on a terminal by its name."""
    if not change.name or view.names == "never":
        return change.ref
    is_short = change.noun is Pupil and view.names == "short"
    name = short_name(change.name) if is_short else change.name
    return f"{change.ref} {shortened(name)}"


def changes_data(row: RowReport) -> list[dict[str, Any]]:
    """What a row changes as data, before and after; of a child's name only that it does."""
    return [
        {"record": change.ref, "field": f"{change.noun.NOUN}.{name}"}
        | {
            key: data_of(change.noun, name, value)
            for key, value in (("before", old), ("after", new))
        }
        for change in row.changes
        for name, old, new in change.facts
    ]


def kept_data(kept: Kept) -> dict[str, Any]:
    """What stays as somebody has changed it as data."""
    return {
        "record": kept.ref,
        "field": f"{kept.noun.NOUN}.{kept.name}",
        "now": data_of(kept.noun, kept.name, kept.now),
        "file": data_of(kept.noun, kept.name, kept.given),
        "by": kept.who,
        "on": kept.day,
    }


def data_of(noun: type[Noun], name: str, fact: Any) -> Any:
    """A fact as data; None for the name of a child."""
    return None if is_child_name(noun, name) else json_value(fact, field_types(noun)[name][0])
