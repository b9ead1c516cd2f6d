"""ap rules"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from msgspec.structs import asdict

from ..domain.days import count
from ..errors import ApError
from ..forms.text import shortened
from ..render.result import Result, View
from ..render.rules import figure_lines, rule_data, rule_lines
from ..rules import RULES
from ..rules.rule import Rule, Status
from ..services import checks
from ..services.overlay import in_force as in_force_in
from .command import command, group
from .settings import Settings
from .severities import SEVERITY, read_severities

app = group("Read the rules, their figures, and their worked examples.")
FAMILY = typer.Option(
    "--family", help="Only rules whose id begins like this. (several allowed)", metavar="AP5"
)


@command(app, name="list")
def list_rules(
    settings: Settings,
    family: Annotated[list[str] | None, FAMILY] = None,
    severity: Annotated[list[str] | None, SEVERITY] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", help="Only rules of this status in law.", metavar="|".join(Status)
        ),
    ] = None,
) -> Result:
    """List the rules that `ap check` decides.

    Examples: ap rules list --family AP5; ap rules list --severity must;
    ap rules list --status enacted-not-commenced
    """
    known = [each.replace("-", " ") for each in Status]
    if status is not None and status.replace("-", " ") not in known:
        raise ApError(f"--status: choose one of {', '.join(known)}")
    found = checks.rules_like(
        family or (), read_severities(severity), proposed=True, own=checks.own_rules(settings.store)
    )
    kept = (
        rule
        for rule in found
        if status is None or rule.status.replace("-", " ") == status.replace("-", " ")
    )
    return Result(
        "rules list",
        map(rule_data, kept),
        ("id", "binds", "title", "cites"),
        empty="no rule matches all of that: leave out an option",
    )


@command(app, name="test")
def test_rules(
    settings: Settings,
    id: Annotated[
        str | None, typer.Argument(metavar="[AP202]", help="One rule.", show_default=False)
    ] = None,
) -> Result:
    """Run the worked examples of the rules; exit 1 if an answer is not the expected one.

    Examples: ap rules test; ap rules test AP202
    """
    from ..services.proof import examples_run

    found = list(examples_run(find_rule(settings, id) if id is not None else RULES))
    wrong = [each for each in found if each.answer is not each.expected]

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        shown = found if id is not None else wrong
        yield from (
            f"{each.rule}  {each.told}: {each.answer}"
            + ("" if each.answer is each.expected else f", not {each.expected}")
            for each in shown
        )
        rules = count(len({each.rule for each in found}), "rule")
        yield f"{count(len(found), 'example')} of {rules}, {len(wrong)} not answered as expected"

    return Result(
        "rules test",
        map(asdict, found),
        ("rule", "told", "expected", "answer"),
        lines,
        code=int(bool(wrong)),
    )


@command(app, name="figures")
def list_figures(settings: Settings) -> Result:
    """List the figures in force, each with its source; --on DAY asks about another day.

    Example: ap rules figures --on 2027-09-01
    """
    from ..policy.figures import in_force

    found = in_force(settings.today, in_force_in(settings.store)).by_name.values()
    return Result(
        "rules figures",
        map(asdict, found),
        ("name", "value", "unit", "title", "source", "since"),
        figure_lines,
    )


@command(app, name="show")
def show_rule(
    settings: Settings,
    id: Annotated[str, typer.Argument(metavar="AP202", help="The rule's id.", show_default=False)],
) -> Result:
    """Show a rule: its guidance, its sources, and the figures it uses.

    Example: ap rules show AP202
    """
    return Result(
        "rule",
        [rule_data(rule, whole=True) for rule in find_rule(settings, id)],
        lines=rule_lines(in_force_in(settings.store).sources),
    )


def find_rule(settings: Settings, id: str) -> tuple[Rule, ...]:
    """The rule with this id, a county's own too; raise ApError if there is none."""
    found = tuple(
        rule
        for rule in (*RULES, *checks.own_rules(settings.store))
        if rule.id == id.strip().upper()
    )
    if not found:
        raise ApError(
            f"there is no rule {shortened(id, 20)}{checks.suggest_rule(id)}: "
            "`ap rules list` has them all"
        )
    return found
