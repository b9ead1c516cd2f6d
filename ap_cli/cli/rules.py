"""ap rules"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer
from msgspec.structs import asdict

from ..domain.days import count
from ..errors import ApError, StoreProblem
from ..forms.text import echo
from ..policy.county import County
from ..policy.county import default as default_county
from ..render.lists import Column, Table, list_lines
from ..render.result import Result, View
from ..render.rows import Page
from ..render.rules import figure_lines, rule_data, rule_lines
from ..rules import RULES
from ..rules.countys_own import rules_of
from ..rules.rule import Rule, Status
from ..services import checks
from ..services.overlay import in_force as in_force_in
from .command import command, group
from .lists import FROM, LIST
from .settings import Settings
from .severities import SEVERITY, read_severities

COLUMNS = ("id", "binds", "title", "cites")
TABLE = (
    Column("id", "Id"),
    Column("binds", "Binds"),
    Column("title", "Title", cut=True, least=50),
    Column("cites", "Cites", cut=True, leave=1),
)
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
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """List the rules that `ap check` decides; on a screen a page at a time.

    Examples: ap rules list --family AP5; ap rules list --severity must;
    ap rules list --status enacted-not-commenced
    """
    known = [each.replace("-", " ") for each in Status]
    if status is not None and status.replace("-", " ") not in known:
        raise ApError(f"--status: choose one of {', '.join(known)}")
    county, note = county_to_show(settings)
    found = checks.rules_like(
        family or (), read_severities(severity), proposed=True, own=rules_of(county)
    )
    kept = (
        rule
        for rule in found
        if status is None or rule.status.replace("-", " ") == status.replace("-", " ")
    )
    return Result(
        "rules list",
        map(rule_data, kept),
        COLUMNS,
        list_lines(Table(TABLE, settings.today, page=Page(first, whole))),
        said=note,
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

    Examples: ap rules test; ap rules test AP202; ap rules test --json
    """
    from ..services.proof import examples_run

    county, note = county_to_show(settings) if id is not None else (default_county(), ())
    found = list(examples_run(find_rule(county, id, note) if id is not None else RULES))
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
        said=note,
        code=int(bool(wrong)),
    )


@command(app, name="figures")
def list_figures(settings: Settings) -> Result:
    """List the figures in force, each with its source; --on DAY asks about another day.

    Examples: ap rules figures --on 2027-09-01; ap rules figures; ap rules figures --json
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

    Examples: ap rules show AP202; ap rules show AP501 --json; ap rules show ap202 --on 2027-09-01
    """
    county, note = county_to_show(settings)
    return Result(
        "rule",
        [rule_data(rule, whole=True) for rule in find_rule(county, id, note)],
        lines=rule_lines(county.sources),
        said=note,
    )


def county_to_show(settings: Settings) -> tuple[County, tuple[str, ...]]:
    """Return the county of the store, and nothing to add.

    If the store cannot be used, return the county that ships, and a note that says so: the rules
    of the program can be read all the same.
    """
    try:
        return in_force_in(settings.store), ()
    except StoreProblem as problem:
        shipped = default_county()
        return shipped, (f"the rules are as in {shipped.name}: {problem}",)


def find_rule(county: County, id: str, note: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rule with this id, the county's own too.

    Raise ApError if there is none; `note` then says whose rules were looked through.
    """
    known = (*RULES, *rules_of(county))
    found = tuple(rule for rule in known if rule.id == id.strip().upper())
    if not found:
        unknown = f"there is no rule {echo(id, 20)}{checks.suggest_rule(id)}"
        raise ApError("\n".join((f"{unknown}: `ap rules list` has them all", *note)))
    return found
