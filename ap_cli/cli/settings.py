"""What every command takes, before or after its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ..errors import ApError
from ..forms.text import shortened
from ..store.address import Address
from ..store.author import Author, default_author
from .options import COMMON, FORMATS

if TYPE_CHECKING:
    from ..store.opening import Store

YEARS = (1950, 2199)
TEXT = ".txt"
ENDINGS = (".json", ".jsonl", ".csv", ".md")
"""The endings that `--out` takes, each for the format of its name; TEXT is for plain lines."""


class Settings(Struct, frozen=True, dict=True):
    """The settings of one call.

    Where the store is and whether the call named it, the day taken as today, how results are shown,
    and whether to ask questions.
    """

    address: Address
    named: bool
    today: date
    asof: date | None
    format: str
    out: Path | None
    names: bool
    color: bool
    interactive: bool

    @property
    def author(self) -> Author:
        """Who writes: AP_USER, or else the system's user."""
        return default_author(self.asof)

    @cached_property
    def store(self) -> Store:
        """The store, opened when it is first asked for."""
        from ..store.opening import open_store

        return open_store(self.address)

    def close(self) -> None:
        """Close the store, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()


def read_settings(ctx: Any, given: Mapping[str, Any]) -> Settings:
    """The settings of a call: options after the command beat those before, then the environment."""
    before = ctx.find_root().params
    chosen = {
        name: given[name] if given.get(name) is not None else before.get(name) for name in COMMON
    }
    clock = date.today()
    today = read_today(chosen["on"], clock) if chosen["on"] is not None else clock
    store = Path(chosen["db"] or os.environ.get("AP_DB") or default_store())
    out = check_writable(Path(chosen["out"]), store) if chosen["out"] is not None else None
    color = not chosen["no_color"] and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
    return Settings(
        address=Address(store),
        named=chosen["db"] is not None,
        today=today,
        asof=today if chosen["on"] is not None else None,
        format=read_format(chosen),
        out=out,
        names=bool(chosen["names"])
        or os.environ.get("AP_NAMES", "").lower() in ("1", "true", "yes"),
        color=color,
        interactive=sys.stdin.isatty() and sys.stdout.isatty() and not chosen["no_input"],
    )


def read_today(text: str, today: date) -> date:
    from ..forms.days import read_day

    try:
        day = read_day(text, today)
    except ValueError as problem:
        raise ApError(f"--on: {problem}") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ApError(f"--on: {day} is outside the years {YEARS[0]} to {YEARS[1]}")
    return day


def read_format(chosen: Mapping[str, Any]) -> str:
    """The format that is asked for, or that the file's ending or a terminal calls for.

    Raise ApError for two formats, and for one that there is not.
    """
    asked = {name for name in ("json", "csv") if chosen[name]} | (
        {str(chosen["format"])} if chosen["format"] is not None else set()
    )
    if len(asked) > 1:
        raise ApError(f"choose one format, not {' and '.join(sorted(asked))}")
    if not asked:
        return format_of_file(Path(chosen["out"])) if chosen["out"] else usual_format()
    (format,) = asked
    if format not in FORMATS:
        raise ApError(f"--format: choose one of {', '.join(FORMATS)}")
    return format


def usual_format() -> str:
    """The format of what goes to stdout: a table on a terminal, else plain lines."""
    return "table" if sys.stdout.isatty() else "plain"


def format_of_file(file: Path) -> str:
    """The format that a file's ending asks for; plain lines without one.

    Raise ApError for an ending that is no format.
    """
    ending = file.suffix.lower()
    if ending in ("", TEXT):
        return "plain"
    if ending[1:] in FORMATS:
        return ending[1:]
    raise ApError(
        f"--out: a file cannot end in {shortened(ending, 20)}: choose {', '.join(ENDINGS)} or"
        f" {TEXT}, or give --format"
    )


def check_writable(file: Path, store: Path) -> Path:
    """The file that a result goes to; raise ApError if it cannot be written, before any change."""
    try:
        refused = (
            file.is_dir()
            or not file.parent.is_dir()
            or not os.access(file if file.exists() else file.parent, os.W_OK)
        )
        same = file.exists() and store.exists() and file.samefile(store)
    except OSError:
        refused, same = True, False
    if same:
        raise ApError("--out: this file is the store itself: name another")
    if refused:
        raise ApError(
            f"--out: {shortened(file, 80)} cannot be written: choose a folder that exists and that"
            " you may write to"
        )
    return file.resolve()


def default_store() -> Path:
    """The store in the user's own data folder."""
    from platformdirs import user_data_path

    return user_data_path("ap", appauthor=False) / "ap.db"
