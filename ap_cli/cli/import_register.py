"""Check the providers on record against the public register of schools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain.days import count, words
from ..forms.text import printable
from ..render.result import Result, fixed_lines
from .settings import Settings

if TYPE_CHECKING:
    from ..services.register import Compared

FACTS = {
    "name": "name",
    "urn": "URN",
    "ukprn": "UKPRN",
    "sites": "address",
    "registered": "registered",
    "register_says": "the register says",
}
"""What is filled in, in the words of a person; its value comes after."""


def import_file(settings: Settings, file: Path, dry_run: bool, yes: bool) -> Result:
    """Fill in what the register says of providers, and say what differs.

    A new name or status is kept with `yes`, or if a terminal is answered so.
    """
    from ..exchange.gias import read_extract
    from ..services import register

    providers = register.list_providers(settings.store, settings.today)
    extract = read_extract(file, register.want(providers), settings.today)
    compared = register.compare_all(providers, extract.establishments, extract.day)
    agreed = yes or (not dry_run and ask_agreed(settings, compared))
    changed = 0
    if not dry_run:
        changed = register.keep(settings.store, compared, agreed, settings.author, settings.today)
    told = [line for one in compared for line in lines_of(one, agreed)]
    return Result(
        "import gias",
        [row_of(one, agreed) for one in compared if one.found or one.told],
        lines=fixed_lines(*told),
        said=(summary(compared, extract.day, changed, dry_run),),
    )


def ask_agreed(settings: Settings, compared: list[Compared]) -> bool:
    """Show what the register says otherwise and ask whether to keep that; no in a pipe."""
    differing = [one for one in compared if one.differs]
    if not differing or not settings.interactive:
        return False
    from ..interview.prompts import ask_yes, say

    for one in differing:
        say(f"{one.before.ref}  {printable(one.before.name)}: {'; '.join(one.told)}")
    return ask_yes("Take over these names and statuses from the register?", usual=False)


def lines_of(one: Compared, agreed: bool) -> Iterator[str]:
    """Yield a line with what is filled in, and a line for each thing that differs."""
    who = f"{one.before.ref}  {printable(one.before.name)}"
    after = one.agreed if agreed else one.filled
    names = [name for name in filled_facts(one, agreed) if name in FACTS]
    if names:
        filled = [f"{FACTS[name]} {printable(str(getattr(after, name)))}" for name in names]
        yield f"{who}: {', '.join(filled)}"
    yield from (f"{who}: {told}" for told in one.told)


def filled_facts(one: Compared, agreed: bool) -> tuple[str, ...]:
    """Return the facts that are taken over from the register."""
    from ..services.records import changes

    return tuple(changes(one.before, one.agreed if agreed else one.filled))


def row_of(one: Compared, agreed: bool) -> dict[str, Any]:
    """Return as data what becomes of a provider."""
    return {
        "provider": one.before.ref,
        "urn": one.found.urn if one.found else None,
        "status": one.found.status if one.found else None,
        "filled": ", ".join(filled_facts(one, agreed)),
        "differs": "; ".join(one.told),
    }


def summary(compared: list[Compared], day: Any, changed: int, dry_run: bool) -> str:
    """Say how many providers were found in the register of a day, and changed."""
    found = sum(one.found is not None for one in compared)
    kept = "nothing kept" if dry_run else f"{changed:,} changed"
    waiting = sum(bool(one.differs) for one in compared)
    more = f"; {count(waiting, 'differs', 'differ')}: --yes takes over name and status"
    return (
        f"{found:,} of {count(len(compared), 'provider')} found in the register of {words(day)},"
        f" {kept}{more if waiting and not changed else ''}"
    )
