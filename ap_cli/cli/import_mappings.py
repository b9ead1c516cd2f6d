"""What was answered about the columns of a sheet, kept under a name beside the user's settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode, encode
from msgspec.structs import replace

from ..errors import ApError
from ..forms.text import echo
from .config_file import replace_file
from .preferences import config_file

FILE = "imports.json"
LONGEST_NAME = 40
USUAL_NAME = "list"
"""The name of a mapping if nobody says another."""


class KeptMapping(Struct, omit_defaults=True):
    """What was answered of a set of columns, which `columns` tells from others.

    `fields` maps a heading to what it holds, `providers` and `schools` the spelling of a name to
    the name in ap, `commissioners` what a row calls one to the name in ap, `kinds` the name of a
    new provider to its kind, and `fills` a field to the answer of rows without one. `turned` is
    whether names begin with the surname, if that was asked. No child's name is among them. `store`
    is the identity of the store for which it was answered, empty for any. `unfinished` is whether
    nothing was imported with it: it is used only if the call names it.
    """

    columns: str = ""
    fields: dict[str, str] = {}
    providers: dict[str, str] = {}
    schools: dict[str, str] = {}
    commissioners: dict[str, str] = {}
    kinds: dict[str, str] = {}
    fills: dict[str, str] = {}
    turned: bool | None = None
    nouns: tuple[str, ...] = ()
    by_school: bool = False
    store: str = ""
    unfinished: bool = False


OF_NAMES = ("providers", "schools", "commissioners", "kinds")
"""What is answered of names in rows."""

OF_ONE_STORE: dict[str, dict[str, str]] = {name: {} for name in (*OF_NAMES, "fills")}
"""What says nothing of another store."""


def mappings_file() -> Path:
    """Return the file that the mappings are kept in."""
    return config_file().with_name(FILE)


def read_mappings() -> dict[str, KeptMapping]:
    """Return the mappings by their names; raise ApError if their file cannot be read."""
    file = mappings_file()
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise ApError(f"{file} cannot be read: {problem.strerror}") from None
    try:
        return decode(content, type=dict[str, KeptMapping])
    except (DecodeError, ValidationError, UnicodeDecodeError):
        raise ApError(f"{file} cannot be read: delete it, and answer about columns again") from None


def check_name(name: str) -> str:
    """Return the name of a mapping; raise ApError if it is no word of letters and digits."""
    if not re.fullmatch(rf"[\w -]{{1,{LONGEST_NAME}}}", name.strip()):
        raise ApError(f"--mapping: {echo(name, 20)} is no name: use letters, digits and hyphens")
    return name.strip()


def find_mapping(
    known: Mapping[str, KeptMapping], name: str | None, columns: str, store: str
) -> tuple[str, KeptMapping] | None:
    """Return the mapping of a name or, without one, that for these columns, with its name.

    Of another store that is named the columns alone are returned: whom and what it names is not of
    this one.
    """
    if name is None:
        done = ((one, kept) for one, kept in known.items() if not kept.unfinished)
        mine = ((one, kept) for one, kept in done if kept.store in ("", store))
        return next((one for one in mine if one[1].columns == columns), None)
    if name not in known:
        return None
    kept = known[name]
    is_mine = kept.store in ("", store)
    return name, kept if is_mine else replace(kept, **OF_ONE_STORE)


def keep_mapping(name: str, mapping: KeptMapping) -> None:
    """Keep a mapping under a name, in the place of the one that had it."""
    known = read_mappings()
    if known.get(name) == mapping:
        return
    replace_file(mappings_file(), encode(known | {name: mapping}).decode())


def keep_names(name: str, mapping: KeptMapping) -> bool:
    """Keep what is answered of names beside what is kept under a name; tell whether that is news.

    What else is kept there stays; without anything under the name the whole mapping is kept.
    """
    known = read_mappings()
    answered = {one: getattr(mapping, one) for one in OF_NAMES}
    if not any(answered.values()):
        return False
    kept = known.get(name)
    if kept is not None:
        more = {one: {**getattr(kept, one), **found} for one, found in answered.items()}
        mapping = replace(kept, **more)
    keep_mapping(name, mapping)
    return mapping != kept


def free_name(known: Mapping[str, KeptMapping]) -> str:
    """Return the first of "list", "list-2" and so on that no mapping has."""
    names = (USUAL_NAME if at == 1 else f"{USUAL_NAME}-{at}" for at in count(1))
    return next(name for name in names if name not in known)


def unfinished_name(known: Mapping[str, KeptMapping], mapping: KeptMapping) -> str:
    """Return the name for answers of an import that imports nothing.

    That under which the same is kept, or what is unfinished for such columns; else a free one.
    """
    whose = (mapping.columns, mapping.store)
    for name, kept in known.items():
        is_same = replace(kept, unfinished=mapping.unfinished) == mapping
        if is_same or (kept.unfinished and (kept.columns, kept.store) == whose):
            return name
    return free_name(known)
