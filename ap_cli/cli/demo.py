"""ap demo"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import ApError
from ..render.result import Result, View, as_mapping
from .command import command, single
from .preferences import default_store
from .settings import Settings

app = single()
SHOWN = "PL-0010"


@command(app, name="demo")
def make_demo(
    settings: Settings,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            help="Where to make it; a new folder beside your own store unless given.",
            metavar="DIR",
        ),
    ] = None,
) -> Result:
    """Make a sample store of invented pupils, and show the main job on it.

    Your own store is not touched. With --db the sample is made there.

    Example: ap demo --folder sample
    """
    from ..demo.making import make

    store = choose_place(settings, folder)
    if store.exists():
        raise ApError(f"there is a store at {store} already: name another folder with --folder")
    on_sample = settings.on_store(store)
    make(on_sample.store, settings.today)
    shown = list(main_job(on_sample))

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield f"A sample store of invented pupils is at {store}"
        for command_line, result in shown:
            yield ""
            yield f"ap {command_line}"
            assert result.lines is not None
            yield from result.lines(map(as_mapping, result.rows), view)
        yield ""
        yield f"Try more of it with --db {store}, or begin your own: ap init"

    row = {"store": str(store), "commands": [command_line for command_line, _ in shown]}
    return Result("demo", [row], lines=lines)


def choose_place(settings: Settings, folder: Path | None) -> Path:
    """Where the sample is made: in the folder given, else at --db, else beside the user's store."""
    if folder:
        return folder / "ap.db"
    if settings.named:
        return settings.address.path
    return free_folder(default_store().parent) / "ap.db"


def main_job(settings: Settings) -> Iterator[tuple[str, Result]]:
    """The main job: what needs attention, one check with its reasons, the reviews due."""
    from .check import check
    from .reviews import list_due
    from .status import show_status

    yield "status", show_status(settings)
    yield f"check {SHOWN} --fail-on must", check(settings, [SHOWN])
    yield "reviews due", list_due(settings)


def free_folder(beside: Path) -> Path:
    """A folder for a sample that does not exist yet."""
    number = 1
    while (folder := beside / f"demo-{number}").exists():
        number += 1
    return folder
