"""Findings told to people: a line each, a group that is wholly missing as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from ..domain.calendar import REVIEW_RULE
from ..domain.days import from_today, words
from ..domain.text import printable
from .result import Lines, View

Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Rules about one kind of record that a list tells together: the name of the group and its ids."""

COLORS = {"breached": "\x1b[31m", "not yet": "\x1b[33m", "cannot tell": "\x1b[36m", "met": "\x1b[32m"}
PLAIN = "\x1b[0m"


def lines_of_check(groups: Groups, answers: Callable[[], Mapping[Any, int]], on: date) -> Lines:
    """What tells findings to people; `groups` has the ids of each group of rules, `answers` the count of each answer."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for subject, found in groupby(rows, key=lambda row: str(row["subject"])):
            yield from together(subject, list(found), groups, on, view)
        yield tally(answers())

    return lines


def together(subject: str, rows: list[dict[str, Any]], groups: Groups, on: date, view: View) -> Iterator[str]:
    """The findings about one subject; where three or more of a group are missing, they are one line."""
    for name, ids in groups:
        for answer in ("breached", "not yet"):
            found = [row for row in rows if row["rule"] in ids and row["answer"] == answer and not row["waived"]]
            if len(found) > 2:
                at = rows.index(found[0])
                rows = [row for row in rows if row not in found]
                rows.insert(at, as_one(name, ids, found))
    for row in rows:
        yield from line(subject, row, on, view)


def as_one(name: str, ids: tuple[str, ...], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Several findings of a group as one: how many of how many, and which where they are few."""
    which = f": {', '.join(row['rule'] for row in found)}" if len(found) < 5 else ""
    asked = all(row["remedy"].startswith("ap placement edit") for row in found)  # questions of the plan: they can be asked in turn
    remedy = f"ap placement edit {found[0]['subject']} --ask" if asked else found[0]["remedy"]
    return found[0] | {"rule": f"{ids[0]}–{ids[-1]}", "message": f"{name}: {len(found)} of {len(ids)} not complete{which}", "remedy": remedy}


def line(subject: str, row: Mapping[str, Any], on: date, view: View) -> Iterator[str]:
    """One finding: whom it is about, how it stands, why, who says so, and what mends it."""
    answer = str(row["answer"])
    due = (
        f"; due {words(row['due'])}, {from_today((row['due'] - on).days)}"
        if row["due"] and answer == "not yet" and row["rule"] != REVIEW_RULE
        else ""
    )
    waived = f"; waived by {row['waived']['by'] or 'nobody named'}: {row['waived']['reason']}" if row["waived"] else ""
    text = printable(f"{subject}  {answer}  {row['severity']} {row['rule']} {row['message']} ({'; '.join(row['cites'])}){due}{waived}")
    remedy = printable(f"→ {row['remedy']}") if row["remedy"] and not row["waived"] else ""
    told = text.replace(f"  {answer}  ", f"  {COLORS.get(answer, '')}{answer}{PLAIN}  ", 1) if view.color else text
    if view.width:
        yield told
        yield from [f"    {remedy}"] if remedy else []
    else:
        yield f"{told}  {remedy}".rstrip()
    for note in row.get("why") or ():
        yield f"      {printable(str(note))}"


def tally(answers: Mapping[Any, int]) -> str:
    """How many answers of each kind there were."""
    told = [f"{answers[name]} {name}" for name in ("breached", "cannot tell", "not yet", "met", "not applicable") if answers.get(name)]
    return (
        f"checked: {', '.join(told)}"
        if told
        else "nothing to check: no placement that has not ended is recorded, or none of the rules asked for is about one"
    )
