"""Rules, for people and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..domain.days import words
from ..forms.text import in_unit
from ..policy.figures import ALWAYS
from ..policy.sources import full
from ..rules.cases.subjects import SUBJECTS
from ..rules.examples import EXAMPLES
from ..rules.rule import Rule
from .result import Lines, View
from .whose import NAMES


def rule_data(rule: Rule, whole: bool = False) -> dict[str, Any]:
    """A rule as data; `whole` adds the figures that it looks at and its examples."""
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity,
        "binds": rule.binds,
        "status": rule.status,
        "about": " or ".join(noun.NOUN for noun in SUBJECTS[rule.about]),
        "stage": rule.stage,
        "record": rule.has_due,
        "who": rule.done_by,
        "cites": rule.sources,
        "since": rule.since,
        "until": rule.until,
        "guidance": rule.guidance,
        **(_rest_data(rule) if whole else {}),
    }


def _rest_data(rule: Rule) -> dict[str, Any]:
    """What a list leaves out of a rule: its figures and examples."""
    examples = EXAMPLES.get(rule.id, ())
    return {
        "figures": figures_used(rule),
        "examples": [{"told": each.told, "answer": each.answer} for each in examples],
    }


def figures_used(rule: Rule) -> list[dict[str, str]]:
    """The figures that a rule looks at, found by running its examples on a watched case."""
    notes = [
        note
        for example in EXAMPLES.get(rule.id, ())
        for note in rule.explain(example.make())
        if note.path.startswith("figure: ")
    ]
    return [
        {"title": note.path.removeprefix("figure: "), "value": note.value, "source": note.source}
        for note in dict.fromkeys(notes)
    ]


def rule_lines(sources: Mapping[str, str]) -> Lines:
    """The lines that show a whole rule; `sources` has the full names of a county's own sources."""

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        for row in rows:
            yield from _rule_lines(row, sources)

    return lines


def _rule_lines(row: dict[str, Any], sources: Mapping[str, str]) -> Iterator[str]:
    yield f"{row['id']}  {row['title']}"
    rests = "" if row["status"] == row["binds"] else f" ({row['status']})"
    yield f"  {row['binds']}{rests}; about a {row['about']}; asked {row['stage']} a placement" + (
        "; outstanding until its day" if row["record"] else ""
    )
    yield f"  done by {' or '.join(NAMES[who] for who in row['who'])}"
    yield ""
    yield from (f"  {line}" for line in row["guidance"].splitlines())
    yield ""
    yield from (f"  {full(cite, sources)}" for cite in row["cites"])
    if row["figures"]:
        yield ""
        yield "  Figures"
        yield from (
            f"  {figure['title']}: {figure['value']} ({figure['source']})"
            for figure in row["figures"]
        )
    if row["examples"]:
        yield ""
        yield "  Examples"
    yield from (f"  {example['told']}: {example['answer']}" for example in row["examples"])


def figure_lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """Figures for people: each with its value, its unit, its name, its first day and its source."""
    for row in rows:
        yield f"{row['title']}: {in_unit(row['value'], row['unit'])}"
        since = f", since {words(row['since'])}" if row["since"] > ALWAYS else ""
        yield f"    {row['name']}{since} ({row['source']})"
