"""ap provider"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from ..domain.entries.before import Suspension
from ..domain.provider import Provider
from ..domain.roles import Role
from ..render.result import Result
from ..render.rows import Page
from . import lists, nouns
from .command import command, group
from .lists import COLUMNS, FROM, LIST, SORT, WORDS
from .references import CALLED, GONE_PROVIDER, IF, INTO_PROVIDER, PROVIDER, REASON, YES
from .settings import Settings

ANOTHER = typer.Option("--another", help="It is another provider than the one of the same name.")
REGISTER = typer.Option(
    "--from-gias",
    help="Look up its --urn in the public register's file, for all that stands there.",
    metavar="FILE",
    show_default=False,
)
app = group("Keep providers and their sites.")


@command(app, form=Provider, name="add")
def add_provider(
    settings: Settings,
    given: Mapping[str, Any],
    called: Annotated[str | None, CALLED] = None,
    another: Annotated[bool, ANOTHER] = False,
    register: Annotated[Path | None, REGISTER] = None,
) -> Result:
    """Add a provider; each --address makes a site. A terminal asks if one has the same name.

    Examples: ap provider add "Meadow Lane Farm" --kind non-school --not-registered
    --address "1 Example Lane, Testford"; ap provider add "Test Academy" --kind academy;
    ap provider add --from-gias edubasealldata20251103.csv --urn 100001
    """
    given = nouns.add_name(given, called)
    said: tuple[str, ...] = ()
    if register is not None:
        from .import_register import look_up

        given, said = look_up(settings, register, given)
    added = nouns.add_record(settings, Provider, given, another=another)
    return replace(added, said=(*said, *added.said))


@command(app, name="list")
def list_providers(
    settings: Settings,
    words: Annotated[list[str] | None, WORDS] = None,
    columns: Annotated[str | None, COLUMNS] = None,
    sort: Annotated[str | None, SORT] = None,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """List providers, a line each; words say which, a state or tier for their placements.

    Examples: ap provider list; ap provider list Farm;
    ap provider list live --columns ref,name,risk
    """
    asked = lists.Asked(tuple(words or ()), columns, sort, Page(first, whole))
    return lists.list_providers(settings, asked)


@command(app, name="show")
def show_provider(
    settings: Settings,
    reference: Annotated[str | None, PROVIDER] = None,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """Show a provider, a screen at a time: the record, placements, what is open, and what comes.

    Examples: ap provider show PR-0001; ap provider show pr1 --on 2026-06-01;
    ap provider show PR-0001 --json
    """
    return nouns.summarise(settings, Provider, reference, Page(first, whole))


@command(app, form=Provider, name="edit")
def edit_provider(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, PROVIDER] = None,
    expected: Annotated[list[str] | None, IF] = None,
) -> Result:
    """Correct a provider; an --address is added, "2: Far Field" corrects site 2.

    Examples: ap provider edit PR-0001 --registered 2026-01-05 --urn 100001;
    ap provider edit PR-0001 --contact "C. Sample"; ap provider edit PR-0001 --risk higher
    """
    return nouns.edit_record(settings, Provider, reference, given, expected)


@command(app, name="suspend", needs=Role.WRITER)
def suspend_provider(
    settings: Settings,
    reference: Annotated[str | None, PROVIDER] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Stop sending children to a provider; those who are there are listed.

    Examples: ap provider suspend PR-0001 --reason "an accident is looked into";
    ap provider suspend pr1 --reason "no staff";
    ap provider suspend PR-0001 --reason "an inspection" --json
    """
    return record_suspension(settings, reference, reason, suspended=True)


@command(app, name="resume", needs=Role.WRITER)
def resume_provider(
    settings: Settings,
    reference: Annotated[str | None, PROVIDER] = None,
    reason: Annotated[str | None, REASON] = None,
) -> Result:
    """Send children to a provider again after it was suspended.

    Examples: ap provider resume PR-0001 --reason "the accident was looked into";
    ap provider resume pr1 --reason "staff are back";
    ap provider resume PR-0001 --reason "all is well" --json
    """
    return record_suspension(settings, reference, reason, suspended=False)


def record_suspension(
    settings: Settings, reference: str | None, reason: str | None, suspended: bool
) -> Result:
    """Suspend or resume a provider, with the reason."""
    from .record import record_entry

    return record_entry(
        settings,
        Suspension,
        {"suspended": suspended} | ({"reason": reason} if reason is not None else {}),
        reference,
    )


@command(app, name="merge", needs=Role.WRITER)
def merge_providers(
    settings: Settings,
    reference: Annotated[str, GONE_PROVIDER],
    into: Annotated[str, INTO_PROVIDER],
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Join a provider that is recorded twice: the second takes over all that the first has.

    The first is then gone. Without --yes it says what it would do; a terminal asks.

    Examples: ap provider merge PR-0002 --into PR-0001;
    ap provider merge PR-0002 --into PR-0001 --yes; ap provider merge pr2 --into pr1 --json
    """
    return nouns.merge_records(settings, Provider, reference, into, yes)
