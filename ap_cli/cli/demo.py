"""ap demo"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from ..errors import ApError
from ..forms.text import echo
from ..render.result import Result, View, as_mapping
from ..store.address import Address
from .command import command, single
from .preferences import default_store
from .settings import Settings

app = single()
SHOWN = "PL-0010"
WIDTH = 80
"""The columns for which the sample's screen is made where there is no terminal."""

TO_TRY = (
    (f"check {SHOWN}", "one child: what to do, by when, and what is in order"),
    ("todo", "what to do at every school and provider, the loudest first"),
    ("reviews due", "which reviews are late, and which come next"),
)
"""Three things to try on the sample, each with what it shows."""


FOLDER = typer.Option(
    "--folder",
    help="Where to make it; a new folder beside your own store unless given.",
    metavar="DIR",
)


@command(app, name="demo")
def make_demo(
    settings: Settings,
    folder: Annotated[Path | None, FOLDER] = None,
) -> Result:
    """Make a sample store of invented pupils, and show on one screen how they stand.

    Your own store is not touched. With --db the sample is made there: in a new file, or in an empty
    database of a server.

    Examples: ap demo; ap demo --folder sample; ap demo --db trial.db
    """
    from ..demo.making import make
    from .check import check

    on_sample = choose_place(settings, folder)
    store = on_sample.address
    make(on_sample.store, settings.today)
    shown = check(on_sample)

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        assert shown.lines is not None
        yield f"A sample school of invented pupils is at {store}"
        yield ""
        yield "ap check"
        yield from shown.lines(
            map(as_mapping, shown.rows), replace(view, width=view.width or WIDTH)
        )
        yield ""
        yield f"Three things to try. First type: {describe_use(store)}"
        yield from (f"  ap {typed:15}  {told}" for typed, told in TO_TRY)
        yield f"Your own again: {describe_return()}. To begin with your own records: ap init"

    row = {"store": str(store), "commands": ["check", *(typed for typed, _ in TO_TRY)]}
    return Result("demo", [row], lines=lines, kept="the sample store")


def describe_use(store: Address) -> str:
    """Return what to type in this terminal so that commands work on a store."""
    if os.name == "nt":
        return f'$env:AP_DB = "{store}"'
    return f"export AP_DB={quote(str(store))}"


def describe_return() -> str:
    """Return what to type so that commands work on the user's own store again."""
    return "Remove-Item Env:AP_DB" if os.name == "nt" else "unset AP_DB"


def choose_place(settings: Settings, folder: Path | None) -> Settings:
    """The settings where the sample is made: in the folder given, at --db, or beside the user's.

    Raise ApError if something is there already.
    """
    from ..services.moving import refuse_records

    if settings.named and settings.address.server and not folder:
        refuse_records(settings.store)
        return settings
    if folder:
        file = folder / "ap.db"
    elif settings.named:
        file = settings.address.path
    else:
        file = free_folder(default_store().parent) / "ap.db"
    if file.exists():
        raise ApError(
            f"there is a store at {echo(file, 200)} already: name another folder with --folder"
        )
    return settings.on_store(file)


def free_folder(beside: Path) -> Path:
    """A folder for a sample that does not exist yet."""
    number = 1
    while (folder := beside / f"demo-{number}").exists():
        number += 1
    return folder
