"""The overlay of a county: which one is in force, and another put in its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.days import count
from ..errors import ApError
from ..render.result import Result, fixed_lines
from .settings import Settings

if TYPE_CHECKING:
    from ..policy.county import County


def change_overlay(
    settings: Settings,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="An overlay, in TOML.", show_default=False),
    ] = None,
    default: Annotated[
        bool, typer.Option("--default", help="Go back to Leicestershire's, which comes with ap.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--print", help="Print the overlay in force, to begin another with.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the file and save nothing.")
    ] = False,
) -> Result | None:
    """Show which county's overlay is in force, or put another in force.

    An overlay has a county's own rules, figures, checklist, contacts, calendar and providers. It
    adds to the national rules and cannot weaken a must: what the law fixes stays. A mistake is
    named by its line, and nothing changes. A dated line says when an enacted change of law begins.
    What --print prints ends with an example of everything that an overlay can have.

    Examples: ap config overlay; ap config overlay --print; ap config overlay county.toml --dry-run
    """
    from ..services import overlay as service

    if sum((file is not None, default, show)) > 1:
        raise ApError("choose one of FILE, --default and --print")
    if show:
        sys.stdout.write(service.text(settings.store))
        return None
    if file is None and not default:
        return show_county(service.in_force(settings.store), "")
    return put_in_force(settings, file, dry_run)


def put_in_force(settings: Settings, file: Path | None, dry_run: bool) -> Result:
    """Put the overlay of a file in force, or the one that ships; with a dry run only read it."""
    from ..exchange.files import read_file_text
    from ..policy.county import default as default_county
    from ..services import overlay as service

    text = read_file_text(file) if file is not None else None
    if dry_run:
        county = service.read(text) if text is not None else default_county()
        return show_county(county, "would be in force; nothing was saved")
    return show_county(service.keep(settings.store, text, settings.author), "is in force now")


ONE_OF = {
    "figures": "figure",
    "rules": "rule",
    "checklist": "checklist item",
    "contacts": "contact",
    "half_terms": "half term",
    "inset_days": "INSET day",
    "providers": "provider with terms of its own",
}


def show_county(county: County, said: str) -> Result:
    """What an overlay has: how many of each thing."""
    parts = {
        "figures": len(county.figures),
        "rules": len(county.rules),
        "checklist": len(county.checklist),
        "contacts": len(county.contacts),
        "half_terms": len(county.half_terms),
        "inset_days": len(county.inset_days),
        "providers": len(county.providers),
    }
    row: dict[str, Any] = {
        "name": county.name,
        "calendar": county.follows,
        "local_rules": county.local_rules,
        "without_rules": county.without_rules,
    } | parts
    words = ", ".join(count(number, ONE_OF[name]) for name, number in parts.items() if number)
    line = f"{county.name}: {local_rules_of(county)}" + (f", {words}" if words else "")
    note = (f"the overlay of {county.name} {said}",) if said else ()
    return Result("config overlay", [row], lines=fixed_lines(line), said=note)


def local_rules_of(county: County) -> str:
    """Say how many local rules of the program hold in a county."""
    if county.local_rules is not None:
        return count(len(county.local_rules), "local rule")
    left_out = len(county.without_rules)
    return f"all local rules but {left_out}" if left_out else "all local rules"
