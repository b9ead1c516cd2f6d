"""ap rules"""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import ApError
from ..render.result import Result
from ..render.rules import lines_of_rule, rule_data
from ..rules import RULES
from .command import command, group
from .settings import Settings

app = group("Read the rules.")


@command(app, name="list")
def list_(settings: Settings) -> Result:
    """List the rules that `ap check` decides."""
    return Result("rules list", map(rule_data, RULES), ("id", "binds", "title", "cites"))


@command(app)
def show(settings: Settings, id: Annotated[str, typer.Argument(metavar="AP202", help="The rule's id.", show_default=False)]) -> Result:
    """Show a rule: its guidance, who says so, and the figures it uses.

    Example: ap rules show AP202
    """
    found = [rule for rule in RULES if rule.id == id.strip().upper()]
    if not found:
        raise ApError(f"there is no rule {id[:20]}: `ap rules list` has them all")
    return Result("rule", [rule_data(rule, whole=True) for rule in found], lines=lines_of_rule)
