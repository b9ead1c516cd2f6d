"""Findings told to people: a line each, a group that is wholly missing as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from ..domain.days import from_today, words
from ..domain.text import printable
from .result import View

COLORS = {"breached": "\x1b[31m", "not yet": "\x1b[33m", "cannot tell": "\x1b[36m", "met": "\x1b[32m"}
PLAIN = "\x1b[0m"


def lines_of_check(
    groups: Mapping[str, tuple[str, ...]], answers: Callable[[], Mapping[str, int]], on: Any
) -> Callable[[Iterable[dict[str, Any]], View], Iterator[str]]:
    """What tells findings to people; `groups` has the ids of each group of rules, `answers` the count of each answer."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for subject, found in groupby(rows, key=lambda row: str(row["subject"])):
            yield from together(subject, list(found), groups, on, view)
        yield tally(answers())

    return lines


def together(subject: str, rows: list[dict[str, Any]], groups: Mapping[str, tuple[str, ...]], on: Any, view: View) -> Iterator[str]:
    """The findings about one subject, those of a wholly missing group as one line."""
    by_rule = {row["rule"]: row for row in rows}
    whole: dict[str, list[dict[str, Any]]] = {}
    for ids in groups.values():
        found = [by_rule[id] for id in ids if id in by_rule and not by_rule[id]["waived"]]
        if len(found) == len(ids) > 2 and len({row["answer"] for row in found}) == 1 and found[0]["answer"] in ("breached", "not yet"):
            whole[ids[0]] = found
    hidden = {row["rule"] for found in whole.values() for row in found}
    for row in rows:
        if row["rule"] in whole:
            found = whole[row["rule"]]
            name = next(name for name, ids in groups.items() if ids[0] == row["rule"])
            grouped = row | {
                "rule": f"{found[0]['rule']}–{found[-1]['rule']}",
                "message": f"{name}: none of {len(found)} is recorded",
                "remedy": f"ap placement edit {subject} --ask",
            }
            yield from line(subject, grouped, on, view)
        elif row["rule"] not in hidden:
            yield from line(subject, row, on, view)


def line(subject: str, row: Mapping[str, Any], on: Any, view: View) -> Iterator[str]:
    """One finding: whom it is about, how it stands, why, who says so, and what mends it."""
    answer = str(row["answer"])
    shown = f"{COLORS.get(answer, '')}{answer}{PLAIN}" if view.color else answer
    due = f"; due {words(row['due'])}, {from_today((row['due'] - on).days)}" if row["due"] and answer == "not yet" and row["rule"] != "AP503" else ""
    waived = f"; waived by {row['waived']['by'] or 'nobody named'}: {row['waived']['reason']}" if row["waived"] else ""
    text = printable(f"{row['severity']} {row['rule']} {row['message']} ({'; '.join(row['cites'])}){due}{waived}")
    head = f"{subject}  {shown}  {text}"
    remedy = printable(f"→ {row['remedy']}") if row["remedy"] and answer != "met" and not row["waived"] else ""
    if not view.width:
        yield f"{head}  {remedy}".rstrip()
    else:
        yield from wrapped(head, view.width, "    ", extra=len(shown) - len(answer))
        if remedy:
            yield from wrapped(f"    {remedy}", view.width, "      ")
    for note in row.get("why") or ():
        yield f"      {printable(note.path.replace('_', ' '))}: {printable(note.value)}" + (f"  [{note.source}]" if note.source else "")


def wrapped(text: str, width: int, indent: str, extra: int = 0) -> list[str]:
    """Text in lines no wider than the terminal; `extra` letters of it take no place there."""
    from textwrap import wrap

    found = wrap(text, width=max(width, 40) + extra, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True)
    return found or [text]


def tally(answers: Mapping[str, int]) -> str:
    """How many answers of each kind there were."""
    told = [f"{answers[name]} {name}" for name in ("breached", "cannot tell", "not yet", "met", "not applicable") if answers.get(name)]
    return f"checked: {', '.join(told)}" if told else "nothing to check: no placement is recorded that has not ended"
