"""ap what-if"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer

from ..domain.placement import Placement
from ..domain.roles import Role
from ..domain.supposed import supposed
from ..errors import AnswersMissing
from ..forms.form import questions
from ..render.check import finding_lines
from ..render.findings import row_of
from ..render.result import Result, View, as_mapping
from ..services import checks
from ..services.what_if import Changed
from .asking import choose_record
from .check import COLUMNS, keys_of
from .command import command, single
from .references import PLACEMENT
from .settings import Settings

app = single()
NEEDED = ("pupil", "provider", "hours")
USUAL = {"route": "school-arranged", "starts": "today"}


@command(
    app,
    name="what-if",
    form=supposed(),
    needs=Role.READER,
    optional=tuple(question.key for question in questions(supposed())),
)
def suppose(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, PLACEMENT] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule", help="Only rules whose id begins like this. (several allowed)", metavar="AP2"
        ),
    ] = None,
) -> Result:
    """Say which rules would answer otherwise if a placement, its pupil or its provider changed.

    Without a reference, as if a placement with these answers were planned, from today and arranged
    by the school unless you say otherwise. Nothing is saved.

    Examples: ap what-if PL-0001 --hours 19 --ehcp;
    ap what-if --provider PR-0001 --pupil P-0001 --hours 20; ap what-if PL-0001 --hours 12 --json
    """
    from ..services.what_if import what_if as service

    placement = choose_record(settings, Placement, reference).id if reference is not None else None
    if placement is None:
        if missing := [f"--{name}" for name in NEEDED if given.get(name) is None]:
            raise AnswersMissing([f"a reference such as PL-0001, or else {', '.join(missing)}"])
        given = USUAL | dict(given)
    rules = checks.rules_like(rule or (), own=checks.own_rules(settings.store))
    changed = service(settings.store, settings.today, placement, given, rules)
    return show_changed(settings, changed)


def show_changed(settings: Settings, changed: Iterable[Changed]) -> Result:
    """The findings that would be others, each with the answer before."""

    def row(each: Changed) -> dict[str, Any]:
        return {"before": each.before} | as_mapping(row_of(each.after))

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        note = "no answer would change; nothing was saved"
        for each in rows:
            note = "nothing was saved"
            first, *rest = finding_lines(str(each["subject"]), each, settings.today, view)
            yield f"{each['before'] or 'not asked'} → {first}"
            yield from rest
        yield note

    keys = ("before", *keys_of(why=False))
    return Result("what-if", map(row, changed), ("before", *COLUMNS), lines, keys=keys)
