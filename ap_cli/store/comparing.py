"""Compare the rows of the records with the log: whether something else than ap wrote to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct
from msgspec.json import decode
from msgspec.structs import replace

from ..domain.days import count
from ..domain.entries.entry import PREFIX
from ..forms.form import reference
from ..forms.text import label
from .declared import NOUNS
from .opening import Store
from .queries import rows
from .queries.logged import logged_rows, rows_without_log
from .unit import as_kept, subject_of
from .verifying import Report

MARK = "mark"
COMPARED = (*NOUNS, "site", "week", "entry", "term", "closure", "overlay", "hold", "erased", MARK)
"""The tables whose rows the log has one by one; marks that were imported in bulk it has not."""

NOT_LOGGED = {MARK: ("current",)}
"""Columns that a change of many rows at once writes: the log has the change, and not each row."""

NAMES = {
    "site": "a site of {}",
    "week": "a week of {}",
    MARK: "a mark of {}",
    "term": "a half term",
    "closure": "an INSET day",
    "overlay": "the county's overlay",
    "hold": "a hold on {}",
    "erased": "what is left of a pupil who was erased",
}
"""What a row is called that has no reference of its own, after whom it is about."""


class Difference(Struct, frozen=True):
    """A row that is not as the log says: what it is called, and what became of it."""

    called: str
    what: str


def compare_records(store: Store, report: Report) -> Report:
    """Return what verifying the log found, with what the records say otherwise than the log.

    A log that is not as it was written proves nothing, so that nothing is compared with it. What
    was written before a store was upgraded to have a chain is not compared either.
    """
    if report.problem:
        return report
    found = list_differences(store, report.upgraded_until)
    first = next(found, None)
    if first is None:
        return report
    others = sum(1 for _ in found)
    more = f", nor {'is' if others == 1 else 'are'} {count(others, 'other record')}"
    problem = f"{first.called} is not as the log says{more if others else ''}: {first.what}."
    return replace(report, problem=problem, differing=1 + others)


def list_differences(store: Store, upgraded_until: int | None) -> Iterator[Difference]:
    """List the rows of all records that are not as the log says, once each.

    Units of work up to `upgraded_until` are not asked; None if the store always had a chain.
    """
    for table in COMPARED:
        yield from _altered_or_removed(store, table, upgraded_until or 0)
        if upgraded_until is None and table != MARK:
            for id in rows_without_log(store, table):
                (row,) = rows.find(store, table, id=id)
                called = _called(table, id, subject_of(table, row))
                yield Difference(called, "it was added, but not by ap")


def _altered_or_removed(store: Store, table: str, after: int) -> Iterator[Difference]:
    """List the rows of a table that the log has with other values, or that it has not any more."""
    names = rows.columns(table)[1:]
    not_logged = NOT_LOGGED.get(table, ())
    for piece in logged_rows(store, table, names, after):
        for id, entries in groupby(piece, key=itemgetter(0)):
            told = list(entries)
            _, subject, _, _, found, *values = told[-1]
            last = _last_values(told)
            if last is None:
                continue
            now = as_kept(dict(zip(names, values, strict=True))) if found is not None else None
            if what := _compare(last, now, not_logged):
                yield Difference(_called(table, id, subject), what)


def _last_values(entries: list[tuple[Any, ...]]) -> dict[str, Any] | None:
    """Return the last value that the log has of each column; empty if the row was removed.

    Return None if that was erased: the log does not say any more what there is to be.
    """
    values: dict[str, Any] | None = None
    for _, _, new, is_erased, *_ in entries:
        if is_erased:
            values = None
            continue
        told = decode(new)
        values = (values or {}) | told if told else {}
    return values


def _compare(last: dict[str, Any], now: dict[str, Any] | None, not_logged: tuple[str, ...]) -> str:
    """Say what became of a row that is not as the log says; empty if it is as it says."""
    if not last:
        return "" if now is None else "it was added again, but not by ap"
    if now is None:
        return "it was removed, but not by ap"
    altered = [
        name
        for name, value in last.items()
        if name in now and name not in not_logged and now[name] != value
    ]
    if not altered:
        return ""
    names = ", ".join(map(label, altered[:MOST_NAMED]))
    more = f" and {len(altered) - MOST_NAMED} more" if len(altered) > MOST_NAMED else ""
    return f"something else than ap changed its {names}{more}"


MOST_NAMED = 3
"""The most fields of a record that are named."""


def _called(table: str, id: int, subject: str) -> str:
    """Return what a row is called in a sentence."""
    if table in NOUNS:
        return reference(NOUNS[table].PREFIX, id)
    return reference(PREFIX, id) if table == "entry" else NAMES[table].format(subject)
