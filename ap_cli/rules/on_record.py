"""Rules that questions of a kind of entry are answered by a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from ..domain.entries import KINDS
from ..forms.facts import Fact, recorded
from ..forms.form import Record, question
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import before_the_start
from .engine import rule
from .gaps import as_asked, flag_and_place
from .rule import BEFORE, Rule, Severity, Stage


def missing(case: PlacementCase, names: Sequence[str], yes: Sequence[str]) -> tuple[str, ...]:
    """Which of these questions, "risk.statement", nobody answered, and which of `yes` are not answered with yes."""
    wanted = (*names, *yes)
    if wanted and not case.held(wanted[0].partition(".")[0]):
        return wanted
    said = case.said
    return tuple(
        [name for name in names if not recorded(said(name))]
        + [name for name in yes if not recorded(told := said(name)) or told is False]
    )


def told_missing(case: PlacementCase, what: str, gaps: Sequence[str]) -> str:
    """What is missing of a kind of entry, in a sentence."""
    kind = gaps[0].partition(".")[0]
    if not case.held(kind):
        return f"no {what} is recorded"
    told = [
        as_asked(name) + (" (recorded: no)" if recorded(case.said(name)) else "") for name in gaps
    ]
    return f"not complete in the {what}: {', '.join(told)}"


def record_command(
    case: PlacementCase, kind: str, names: Sequence[str], either: Sequence[str] = ()
) -> str:
    """The command that records answers of a kind of entry; of `either` both yes and no is an answer."""
    return (
        f"ap record {kind} {case.ref} {flags_and_places(KINDS[kind], tuple(names), tuple(either))}"
    )


@cache
def flags_and_places(
    form: type[Record], names: tuple[str, ...], either: tuple[str, ...] = ()
) -> str:
    """The flags of these questions, "statement" or "risk.statement", each with a place for its answer where it takes one."""
    asked = ((question(form, name.rpartition(".")[2]), name in either) for name in names)
    return " ".join(flag_and_place(one, both) for one, both in asked if one)


def on_record(
    id: str,
    title: str,
    severity: Severity,
    what: str,
    names: Sequence[str],
    guidance: str,
    *,
    cites: Sequence[str],
    yes: Sequence[str] = (),
    applies: Callable[[Any], Fact[bool]] | None = None,
    due: Callable[[Any], date | None] = before_the_start,
    stage: Stage = BEFORE,
    group: str = "",
    eases: tuple[Severity, Callable[[Any], bool]] | None = None,
) -> Rule:
    """A rule that these questions, "risk.statement", are answered by a day, those of `yes` with yes; `what` names the record."""

    @once
    def gaps(case: PlacementCase) -> tuple[str, ...]:
        return missing(case, names, yes)

    def is_on_record(case: PlacementCase) -> bool:
        return not gaps(case)

    is_on_record.__doc__ = guidance
    kind = (*names, *yes)[0].partition(".")[0]
    made = rule(
        id,
        title,
        severity,
        cites=cites,
        applies=applies,
        due=due,
        stage=stage,
        group=group,
        eases=eases,
        breach=lambda case: told_missing(case, what, gaps(case) or (*names, *yes)),
        remedy=lambda case: record_command(case, kind, gaps(case), names),
    )
    return made(is_on_record)
