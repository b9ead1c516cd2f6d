"""The file of a user's settings: read whole, and changed a line at a time."""

from __future__ import annotations

import os
import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec.json import encode

from ..errors import ApError
from ..exchange.files import read_file_text
from ..store.disk import create_private, make_folder

BEGINNING = "# Your settings of ap. See them with: ap config list\n"


def read_config(file: Path) -> dict[str, Any]:
    """What a file of settings says; raise ApError, in one sentence, if it cannot be read."""
    return parse_config(file, read_file_text(file, str(file)))


def parse_config(file: Path, text: str) -> dict[str, Any]:
    """What the text of a file says; raise ApError, with the line, if it is not TOML."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        found = re.search(r"line (\d+)", str(problem))
        where = f"line {found[1]} of {file}" if found else str(file)
        raise ApError(
            f'{where} cannot be read: write settings as name = "value", or delete the file'
        ) from None


def write_setting(file: Path, name: str, value: str | None) -> None:
    """Write a setting, or take it out for None, and leave all else in the file as it is.

    Raise ApError, with nothing changed, if the file cannot be read or written.
    """
    file, before = read_before_change(file)
    wanted = {key: each for key, each in parse_config(file, before).items() if key != name}
    if value is not None:
        wanted[name] = value
    after = with_setting(before, name, value)
    try:
        right = tomllib.loads(after) == wanted
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise ApError(f"{file} has {name} in a form that ap cannot change: change it there by hand")
    replace_file(file, after)


def read_before_change(file: Path) -> tuple[Path, str]:
    """The file that a link leads to, so that the link stays one, and its text or the first one."""
    try:
        there = file.resolve()
        is_new = not there.exists()
    except (OSError, RuntimeError):
        raise ApError(f"{file} cannot be read: it is a link that leads nowhere") from None
    return there, BEGINNING if is_new else read_file_text(there, str(there))


def with_setting(text: str, name: str, value: str | None) -> str:
    """The text of a file with the line of a setting changed, added, or left out for None."""
    line = f"{name} = {encode(value).decode()}\n"
    lines = text.splitlines(keepends=True)
    table = next((at for at, each in enumerate(lines) if each.lstrip().startswith("[")), len(lines))
    is_its_line = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=").match
    there = next((at for at, each in enumerate(lines[:table]) if is_its_line(each)), None)
    written = [] if value is None else [line]
    if there is not None:
        return "".join([*lines[:there], *written, *lines[there + 1 :]])
    above = "".join(lines[:table])
    above += "\n" if above and not above.endswith("\n") else ""
    return "".join([above, *written, *lines[table:]])


def replace_file(file: Path, text: str) -> None:
    """Put a text in a file that only its owner can read, whole or not at all."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        make_folder(file.parent)
        with os.fdopen(create_private(beside), "w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as problem:
        raise ApError(f"{file} cannot be written: {problem.strerror}") from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
