"""What every command takes, before or after its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ..errors import ApError
from ..extras import refuse_without_maker
from ..forms.text import echo, shortened
from ..store.address import Address
from ..store.author import Author, name_author
from .options import BINARY, COMMON, FORMATS
from .preferences import YES, Preferences, find_address

if TYPE_CHECKING:
    from ..domain.roles import Role
    from ..store.opening import Store
    from ..store.retention import Retention

YEARS = (1950, 2199)
TEXT = ".txt"
OTHER_NAMES = {"text": "plain"}
"""Formats by the name that people call them by as well."""

SCREEN = ("table", "plain")
"""Formats that are no ending of a file: TEXT is for plain lines."""


class Settings(Struct, frozen=True, dict=True):
    """The settings of one call.

    Whether the call named its store, the day taken as today, and how results are shown. What else
    can be chosen is in `preferences`, which reads the user's file only if a value is needed.
    """

    named: bool
    today: date
    asof: date | None
    format: str
    out: Path | None
    preferences: Preferences

    @cached_property
    def address(self) -> Address:
        """Where the store is: `--db`, AP_DB, the user's file, or their own data folder."""
        return find_address(self.preferences, self.ask_passphrase)

    def ask_passphrase(self, message: str) -> str | None:
        """The passphrase that is typed; None if nobody can be asked."""
        streams = (sys.stdin, sys.stderr)
        may_ask = self.preferences.value("prompts") != "never"
        if not may_ask or not all(stream.isatty() for stream in streams):
            return None
        from ..interview.secret import ask_secret

        return ask_secret(message)

    @cached_property
    def author(self) -> Author:
        """Who writes: the user of a server, else AP_USER, the user's file, or the system's user."""
        user = self.store.user if self.address.server else None
        return name_author(user or self.preferences.value("user"), self.asof)

    def refuse_unless(self, needed: Role) -> None:
        """Raise NotAllowed, as a sentence, unless a server's user has the rights of a role."""
        if self.address.server:
            self.store.refuse_unless(needed)

    @cached_property
    def names(self) -> bool:
        """Whether full names were asked for everywhere: `--names`, or AP_NAMES=1."""
        return "names" in self.preferences.given or os.environ.get("AP_NAMES", "").lower() in YES

    @cached_property
    def name_style(self) -> str:
        """How people are shown children's names: "full", "short" or "never".

        In a pipe and in a file never, unless full names were asked for everywhere.
        """
        if self.names:
            return "full"
        if self.out is not None or not sys.stdout.isatty():
            return "never"
        return self.preferences.value("names")

    @cached_property
    def color(self) -> bool:
        """Whether to use colour: on a terminal, unless the user wants none."""
        return sys.stdout.isatty() and self.preferences.value("color") != "never"

    @cached_property
    def interactive(self) -> bool:
        """Whether to ask: all three streams are terminals, and prompts are on."""
        streams = (sys.stdin, sys.stdout, sys.stderr)
        return all(stream.isatty() for stream in streams) and (
            self.preferences.value("prompts") != "never"
        )

    @cached_property
    def store(self) -> Store:
        """The store, opened when it is first asked for."""
        from ..store.opening import Automatic, open_store

        store = open_store(self.address)
        store.automatic = Automatic(self.read_retention, warn)
        return store

    def read_retention(self) -> Retention | None:
        """How long automatic backups are kept, None for never; raise ApError if nobody can tell."""
        from ..store.retention import read_retention
        from .preferences import read_backups

        return read_retention(read_backups(self.preferences.value("backups")))

    @property
    def has_written(self) -> bool:
        """Whether this call has kept something in the store."""
        return "store" in self.__dict__ and self.store.units_kept > 0

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the lists of this call left out, as it cannot be read: a sentence each."""
        return tuple(self.store.left_out) if "store" in self.__dict__ else ()

    def take_left_out(self) -> tuple[str, ...]:
        """What was left out until now, which is then not told at the end."""
        told = self.left_out
        self.store.left_out.clear()
        return told

    @property
    def has_met_broken_text(self) -> bool:
        """Whether the store was found to hold text that is not UTF-8."""
        return "store" in self.__dict__ and self.store.has_met_broken_text

    def on_store(self, file: Path) -> Settings:
        """These settings, on another store."""
        given = {**self.preferences.given, "db": str(file)}
        return replace(self, preferences=Preferences(given))

    def close(self) -> None:
        """Close the store, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()


def warn(said: str) -> None:
    """Tell the user of something that does not stop the command."""
    from ..forms.text import printable

    print(printable(said), file=sys.stderr)


def read_settings(ctx: Any, given: Mapping[str, Any], formats: Sequence[str] = FORMATS) -> Settings:
    """The settings of a call: options after the command beat those before, then the environment.

    `formats` has those that the command's result can have.
    """
    before = ctx.find_root().params
    chosen = {
        name: given[name] if given.get(name) is not None else before.get(name) for name in COMMON
    }
    clock = date.today()
    today = read_today(chosen["on"], clock) if chosen["on"] is not None else clock
    preferences = Preferences(preferences_given(chosen))
    out = None
    if chosen["out"] is not None:
        out = check_writable(Path(chosen["out"]), Path(preferences.value("db")))
    return Settings(
        named=chosen["db"] is not None,
        today=today,
        asof=today if chosen["on"] is not None else None,
        format=read_format(chosen, formats),
        out=out,
        preferences=preferences,
    )


def preferences_given(chosen: Mapping[str, Any]) -> dict[str, str]:
    """What the flags of a call say of the user's settings."""
    given = {}
    if chosen["db"] is not None:  # an empty one is no store, and not the user's own
        given["db"] = chosen["db"] or "."
    if chosen["key_file"]:
        given["key-file"] = str(chosen["key_file"])
    if chosen["names"]:
        given["names"] = "full"
    if chosen["no_input"]:
        given["prompts"] = "never"
    if chosen["no_color"]:
        given["color"] = "never"
    return given


def read_today(text: str, today: date) -> date:
    from ..forms.days import read_day

    try:
        day = read_day(text, today)
    except ValueError as problem:
        raise ApError(f"--on: {problem}") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ApError(f"--on: {day} is outside the years {YEARS[0]} to {YEARS[1]}")
    return day


def read_format(chosen: Mapping[str, Any], formats: Sequence[str]) -> str:
    """The format that is asked for, or that the file's ending or a terminal calls for.

    Raise ApError for two formats, for one that the command does not have, and for a workbook that
    nothing could show or write.
    """
    asked = {name for name in ("json", "csv") if chosen[name]} | (
        {str(chosen["format"])} if chosen["format"] is not None else set()
    )
    if len(asked) > 1:
        raise ApError(f"choose one format, not {' and '.join(sorted(asked))}")
    file = Path(chosen["out"]) if chosen["out"] else None
    if asked:
        format = OTHER_NAMES.get(*asked, *asked)
        if format not in formats:
            raise ApError(f"--format: choose one of {', '.join(formats)}")
    else:
        format = format_of_file(file, formats) if file else usual_format(formats)
    refuse_unfit(format, file)
    return format


def usual_format(formats: Sequence[str]) -> str:
    """The format of what goes to stdout: a table on a terminal, else plain lines.

    A command without these has its own.
    """
    usual = "table" if sys.stdout.isatty() else "plain"
    return usual if usual in formats else formats[0]


def format_of_file(file: Path, formats: Sequence[str]) -> str:
    """The format that a file's ending asks for; plain lines without one.

    Raise ApError for an ending that is no format of the command.
    """
    ending = file.suffix.lower()
    shows_lines = "plain" in formats
    if not ending or (ending == TEXT and shows_lines):
        return "plain" if shows_lines else formats[0]
    if ending[1:] in formats:
        return ending[1:]
    *endings, last = [f".{name}" for name in formats if name not in SCREEN]
    if shows_lines:
        endings, last = [*endings, last], TEXT
    named = f"{', '.join(endings)} or {last}" if endings else last
    raise ApError(
        f"--out: a file cannot end in {shortened(ending, 20)}: choose {named}, or give --format"
    )


def refuse_unfit(format: str, file: Path | None) -> None:
    """Raise ApError for a workbook on a terminal, and for what is none in a file that ends so.

    Raise ExtraMissing if what makes such a format is not installed.
    """
    ending = file.suffix.lower()[1:] if file else ""
    if ending in BINARY and ending != format:
        raise ApError(
            f"--out: a file that ends in .{ending} cannot hold {format}:"
            f" leave the format out, or name the file otherwise"
        )
    if format in BINARY and file is None and sys.stdout.isatty():
        raise ApError(f"--format {format}: name a file as well, such as --out list.{format}")
    refuse_without_maker(format)


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
            f"--out: {echo(file, 80)} cannot be written: choose a folder that exists and"
            " that you may write to"
        )
    return file.resolve()
