"""The options that every command takes, before or after its name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

FORMATS = ("table", "plain", "json", "jsonl", "csv", "md", "xlsx")
"""The formats of most commands; one that makes something else names its own."""

PAPERS = ("pdf", "html")
"""The formats of a report that is to be printed or sent, beside those of every command."""

BINARY = ("xlsx", "pdf", "docx")
"""The formats that no terminal shows."""


def complete_format(incomplete: str) -> list[str]:
    """The formats that begin so."""
    return [name for name in FORMATS if name.startswith(incomplete)]


COMMON: dict[str, Any] = {
    "db": Annotated[
        str | None,
        typer.Option(
            "--db", help="The store to use, instead of AP_DB's or the user's own.", metavar="FILE"
        ),
    ],
    "key_file": Annotated[
        Path | None,
        typer.Option(
            "--key-file",
            help="The file with the key of an encrypted store, instead of the key ring.",
            metavar="FILE",
        ),
    ],
    "on": Annotated[
        str | None, typer.Option("--on", help="Answer as if today were this day.", metavar="DAY")
    ],
    "json": Annotated[bool | None, typer.Option("--json", help="The same as --format json.")],
    "csv": Annotated[bool | None, typer.Option("--csv", help="The same as --format csv.")],
    "format": Annotated[
        str | None,
        typer.Option(
            "--format",
            help="How to show results.",
            metavar="|".join(FORMATS),
            autocompletion=complete_format,
        ),
    ],
    "out": Annotated[
        Path | None, typer.Option("--out", help="Write results to a file instead.", metavar="FILE")
    ],
    "names": Annotated[
        bool | None, typer.Option("--names", help="Show pupils' names (also AP_NAMES=1).")
    ],
    "no_input": Annotated[bool | None, typer.Option("--no-input", help="Never ask.")],
    "no_color": Annotated[
        bool | None, typer.Option("--no-color", help="No colour (also NO_COLOR).")
    ],
}
"""The options that every command takes, before or after its name."""
