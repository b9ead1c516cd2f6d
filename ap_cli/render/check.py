"""Findings for people: a line each; a group that is missing altogether is one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from ..domain.calendar import REVIEW_RULE
from ..domain.days import from_today, words
from ..forms.text import printable
from ..rules.rule import ORDER
from .command import Action
from .result import CYAN, GREEN, RED, YELLOW, Lines, View, paint

Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Rules about one kind of record that a list joins: the name of the group and its ids."""

WARNING = "warning"
"""What is shown of a finding that is met only just."""

COLORS = {
    "breached": RED,
    "not yet": YELLOW,
    "cannot tell": CYAN,
    "met": GREEN,
    WARNING: YELLOW,
}


def check_lines(
    groups: Groups, counts: Mapping[Any, int], on: date, of_damage: bool = False
) -> Lines:
    """The lines that show findings to people.

    `groups` has the ids of each group of rules, `counts` how many answers there were of each kind;
    `of_damage` if nothing was asked but whether the records can be read.
    """

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for subject, found in groupby(rows, key=lambda row: str(row["subject"])):
            yield from subject_lines(subject, list(found), groups, on, view)
        yield answers_line(counts, NOTHING_DAMAGED if of_damage else NOTHING_TO_CHECK)

    return lines


def subject_lines(
    subject: str, rows: list[dict[str, Any]], groups: Groups, on: date, view: View
) -> Iterator[str]:
    """The findings about one subject, a line each.

    With `groups`, three or more missing records of a group that bind equally are one line, and
    so is a gap that several rules share.
    """
    for name, ids in groups:
        for kind in {
            (row["answer"], row["severity"]): None
            for row in rows
            if row["answer"] in ("breached", "not yet")
        }:
            found = [
                row
                for row in rows
                if row["rule"] in ids
                and (row["answer"], row["severity"]) == kind
                and not row["waived"]
            ]
            if len(found) > 2:
                rows = collapse(rows, found, join_group(name, ids, found))
    for gap in {row["message"]: None for row in rows if row["answer"] == "cannot tell" and groups}:
        found = [
            row
            for row in rows
            if (row["answer"], row["message"]) == ("cannot tell", gap) and not row["waived"]
        ]
        if len(found) > 1:
            rows = collapse(rows, found, join_gap(found))
    for row in rows:
        yield from finding_lines(subject, row, on, view)


def collapse(
    rows: list[dict[str, Any]], found: list[dict[str, Any]], one: dict[str, Any]
) -> list[dict[str, Any]]:
    """Replace a group of findings by one."""
    at = rows.index(found[0])
    kept = [row for row in rows if row not in found]
    return [*kept[:at], one, *kept[at:]]


def join_gap(found: list[dict[str, Any]]) -> dict[str, Any]:
    """A gap that several rules share, as one finding with the severity that binds most."""
    first = min(found, key=lambda row: ORDER.index(row["severity"]))
    return first | {"rule": ", ".join(row["rule"] for row in found), "cites": join_sources(found)}


def join_sources(found: list[dict[str, Any]]) -> list[str]:
    """The sources of several findings, without repeats."""
    return list(dict.fromkeys(cite for row in found for cite in row["cites"]))


def join_group(name: str, ids: tuple[str, ...], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Several findings of a group as one: how many of how many, and which if they are few."""
    which = f": {', '.join(row['rule'] for row in found)}" if len(found) < 5 else ""
    asked = all(
        is_of_the_plan(row["action"]) for row in found
    )  # questions of the plan: they can be asked in turn
    remedy = f"ap placement edit {found[0]['subject']} --ask" if asked else found[0]["remedy"]
    return found[0] | {
        "rule": f"{ids[0]}–{ids[-1]}",
        "message": f"{name}: {len(found)} of {len(ids)} not complete{which}",
        "remedy": remedy,
        "cites": join_sources(found),
    }


def is_of_the_plan(action: Action | None) -> bool:
    """Tell whether an action answers questions of a placement."""
    return action is not None and (action.do, action.form) == ("edit", "placement")


def finding_lines(subject: str, row: Mapping[str, Any], on: date, view: View) -> Iterator[str]:
    """One finding: whom it is about, the answer, the problem, the sources and the remedy."""
    answer = str(row["answer"])
    due = (
        f"; due {words(row['due'])}, {from_today((row['due'] - on).days)}"
        if row["due"] and answer == "not yet" and row["rule"] != REVIEW_RULE
        else ""
    )
    waived = (
        f"; waived{by_whom(row['waived']['by'])}: {row['waived']['reason']}"
        if row["waived"]
        else ""
    )
    binds = row["severity"]
    if answer == "met" and row["urgency"] == "advice" and binds != "advise":
        answer, binds = WARNING, "advise"
    rule = f"{binds} {row['rule']} {row['message']} ({'; '.join(row['cites'])})"
    shown = paint(answer, COLORS.get(answer, ""), view)
    text = f"{printable(subject)}  {shown}  {printable(f'{rule}{due}{waived}')}"
    remedy = printable(f"→ {row['remedy']}") if row["remedy"] and not row["waived"] else ""
    if view.width:
        yield text
        yield from [f"    {remedy}"] if remedy else []
    else:
        yield f"{text}  {remedy}".rstrip()
    for note in row.get("why") or ():
        yield f"      {printable(str(note))}"


def by_whom(name: str | None) -> str:
    """Name who waived a rule, to follow the verb; empty if no name is recorded."""
    return f" by {name}" if name else ""


NOTHING_DAMAGED = "Nothing damaged was found: all that was checked can be read."
NOTHING_TO_CHECK = (
    "No current placement to check. Plan one: ap placement new. Those that ended: --all"
)


def answers_line(answers: Mapping[Any, int], none: str = NOTHING_TO_CHECK) -> str:
    """How many answers of each kind there were; the line for `none` if there was no answer."""
    told = [
        f"{answers[name]} {name}"
        for name in ("breached", "cannot tell", "not yet", "met", "not applicable")
        if answers.get(name)
    ]
    if told:
        return f"checked: {', '.join(told)}"
    return none
