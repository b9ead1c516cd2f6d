"""ap county"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.days import count
from ..domain.roles import Role
from ..errors import ApError
from ..render.result import Result, fixed_lines
from .command import command, group
from .settings import Settings

if TYPE_CHECKING:
    from ..policy.county import County

app = group("See what your county has of its own, and change it.")
IN_FORCE = "are now in use"
SUPPOSED = "would be in use; nothing was saved"
FILE = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="What your county has, in TOML.", show_default=False),
]
DRY_RUN = typer.Option("--dry-run", help="Read the file and save nothing.")


@command(app, name="show")
def show(settings: Settings) -> Result:
    """Show which county's rules, figures and contacts are in force.

    Leicestershire's come with ap, and are in force until you put another county's in their place.

    Examples: ap county show; ap county show --json; ap county show --on 2026-06-01
    """
    from ..services import overlay as service

    return show_county("county", service.in_force(settings.store), service.is_own(settings.store))


@command(app, name="print")
def print_file(settings: Settings) -> Result:
    """Print what is in force as a file, to begin another county with.

    At its end stands an example of everything that a county can have.

    Examples: ap county print; ap county print --out county.txt; ap county print --json
    """
    from ..services import overlay as service

    text = service.text(settings.store)
    row = {"name": service.in_force(settings.store).name, "text": text}
    return Result("county", [row], lines=fixed_lines(*text.splitlines()), verbatim=True)


@command(app, name="check")
def check_file(settings: Settings, file: FILE) -> Result:
    """Read a county's file and name every mistake by its line; nothing is saved.

    Examples: ap county check county.toml; ap county check county.toml --json;
    ap county check county.toml --on 2026-06-01
    """
    return put_in_force(settings, "county", file, dry_run=True)


@command(app, name="set", needs=Role.WRITER)
def set_county(settings: Settings, file: FILE, dry_run: Annotated[bool, DRY_RUN] = False) -> Result:
    """Put a county's own rules, figures, checklist, contacts, calendar and providers in force.

    They add to the national rules and cannot weaken a must: what the law fixes stays. A mistake is
    named by its line, and nothing changes. A dated line says when an enacted change of law begins.

    Examples: ap county set county.toml; ap county set county.toml --dry-run;
    ap county set county.toml --json
    """
    return put_in_force(settings, "county", file, dry_run)


command(app, name="import", hidden=True, needs=Role.WRITER)(set_county)


@command(app, name="reset", needs=Role.WRITER)
def reset(settings: Settings, dry_run: Annotated[bool, DRY_RUN] = False) -> Result:
    """Go back to what comes with ap: Leicestershire.

    Examples: ap county reset; ap county reset --dry-run; ap county reset --json
    """
    return put_in_force(settings, "county", None, dry_run)


def change_overlay(
    settings: Settings,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="An overlay, in TOML.", show_default=False),
    ] = None,
    default: Annotated[
        bool, typer.Option("--default", help="Go back to Leicestershire's, which comes with ap.")
    ] = False,
    printed: Annotated[
        bool, typer.Option("--print", help="Print the overlay in force, to begin another with.")
    ] = False,
    dry_run: Annotated[bool, DRY_RUN] = False,
) -> Result | None:
    """Do what “ap county” does, by the name that it had before.

    Examples: ap config overlay; ap config overlay --print; ap config overlay county.toml --dry-run
    """
    from ..services import overlay as service

    if sum((file is not None, default, printed)) > 1:
        raise ApError("choose one of FILE, --default and --print")
    if printed:
        sys.stdout.write(service.text(settings.store))
        return None
    if file is None and not default:
        own = service.is_own(settings.store)
        return show_county("config overlay", service.in_force(settings.store), own)
    return put_in_force(settings, "config overlay", file, dry_run)


def put_in_force(settings: Settings, kind: str, file: Path | None, dry_run: bool) -> Result:
    """Put the overlay of a file in force, or the one that ships; with a dry run only read it."""
    from ..exchange.files import read_file_text
    from ..policy.county import default as default_county
    from ..services import overlay as service

    text = read_file_text(file) if file is not None else None
    own = text is not None
    if dry_run:
        county = service.read(text) if text is not None else default_county()
        return show_county(kind, county, own, SUPPOSED)
    settings.refuse_unless(Role.WRITER)
    if not own and not service.is_own(settings.store):
        return show_county(kind, default_county(), own, "were in use already")
    return show_county(kind, service.keep(settings.store, text, settings.author), own, IN_FORCE)


ONE_OF = {
    "figures": "figure",
    "rules": "rule",
    "checklist": "checklist item",
    "contacts": "contact",
    "half_terms": "half term",
    "inset_days": "INSET day",
    "providers": "provider with terms of its own",
}


def show_county(kind: str, county: County, own: bool, said: str = "") -> Result:
    """What an overlay has: how many of each thing; `own` if it is not the one that ships."""
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
    row["own"] = own
    words = ", ".join(count(number, ONE_OF[name]) for name, number in parts.items() if number)
    line = f"{county.name}: {local_rules_of(county)}" + (f", {words}" if words else "")
    note = f"{county.name}'s rules {said}" if said else ""
    if not said and not own:
        note = "This comes with ap. Another county begins with: ap county print"
    return Result(kind, [row], lines=fixed_lines(line), said=(note,) if note else ())


def local_rules_of(county: County) -> str:
    """Say how many local rules of the program hold in a county."""
    if county.local_rules is not None:
        return count(len(county.local_rules), "local rule")
    left_out = len(county.without_rules)
    return f"all local rules but {left_out}" if left_out else "all local rules"
