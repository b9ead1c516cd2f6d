"""References on the command line, completed from the store: references only, never names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import typer

from ..errors import AnswersMissing, ApError

ENTRY_REFERENCE = re.compile(r"e-?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)


def completing(*tables: str) -> Callable[[str], list[str]]:
    """Completes references of these tables; a store that cannot be read completes nothing."""

    def complete(incomplete: str) -> list[str]:
        from ..services.references import references_beginning
        from .preferences import Preferences, find_address

        try:
            address = find_address(Preferences({}))
        except ApError:
            return []
        return references_beginning(address, tables, incomplete)

    return complete


def argument(metavar: str, help: str, *tables: str) -> typer.models.ArgumentInfo:
    """A reference that may be left out on a terminal."""
    made: typer.models.ArgumentInfo = typer.Argument(
        metavar=metavar, help=help, autocompletion=completing(*tables), show_default=False
    )
    return made


PUPIL = argument("[P-0001]", "The pupil; a terminal offers a list without it.", "pupil")
PROVIDER = argument("[PR-0001]", "The provider; a terminal offers a list without it.", "provider")
PLACEMENT = argument(
    "[PL-0001]",
    "The placement; a terminal offers a list without it.",
    "placement",
)
ANY = argument("[REF]", "A placement, a pupil or a provider.", "placement", "pupil", "provider")
LOGGED = argument(
    "[REF]",
    "A placement, a pupil, a provider, or what was recorded.",
    "placement",
    "pupil",
    "provider",
    "entry",
)
ENTRY = argument("[E-0001]", "What was recorded, by its reference.", "entry")
REASON = typer.Option("--reason", help="Why; the log keeps it.", metavar="TEXT", show_default=False)
IF = typer.Option(
    "--if",
    help="Only if the field says this now; nothing after the = is no answer. (several allowed)",
    metavar="FIELD=OLD",
    show_default=False,
)
YES = typer.Option("--yes", help="Do it, without asking.")
BACKUPS_TOO = typer.Option(
    "--backups-too", help="Delete the backups beside the store that hold them."
)


def merge_arguments(
    noun: str, prefix: str
) -> tuple[typer.models.ArgumentInfo, typer.models.OptionInfo]:
    """The record that goes, and the one that takes over what it has."""
    ref = f"{prefix}-0002"
    gone = typer.Argument(
        metavar=ref,
        help=f"The {noun} that goes.",
        autocompletion=completing(noun),
        show_default=False,
    )
    into = typer.Option(
        "--into",
        help=f"The {noun} that takes over.",
        metavar=f"{prefix}-0001",
        autocompletion=completing(noun),
        show_default=False,
    )
    return gone, into


GONE_PUPIL, INTO_PUPIL = merge_arguments("pupil", "P")
GONE_PROVIDER, INTO_PROVIDER = merge_arguments("provider", "PR")
SEVERAL = typer.Argument(
    metavar="[REF]...",
    help="Placements, pupils or providers.",
    autocompletion=completing("placement", "pupil", "provider"),
    show_default=False,
)
CALLED = typer.Argument(metavar="[NAME]", help="The name.", show_default=False)


def is_entry(text: str) -> bool:
    """Whether a reference is an entry's, such as `E-0031`."""
    return ENTRY_REFERENCE.fullmatch(text) is not None


def read_entry_number(text: str | None) -> int:
    """Parse `E-0031` or `e-31`; raise ApError if it is no reference of an entry."""
    from ..domain.entries.entry import EntryRef
    from ..domain.readers import READERS

    if text is None:
        raise AnswersMissing(["a reference such as E-0001"])
    try:
        return cast(int, READERS[EntryRef].read(text))
    except ValueError as problem:
        raise ApError(str(problem)) from None
