"""The lists of placements, pupils and providers: filtered, sorted, in columns of choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Any

import typer
from msgspec import Struct
from msgspec.structs import replace

from ..domain.days import count
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil, short_name
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.form import Noun
from ..forms.readers import suggest
from ..forms.text import echo
from ..render.data import record_data, record_keys
from ..render.lists import (
    COST,
    HOURS,
    Column,
    Table,
    column_for,
    csv_value,
    list_lines,
    placement_totals,
    plain_text,
    value_of,
)
from ..render.result import Result
from ..render.rows import Page
from ..services import lists
from ..services.filters import STATES, Wanted, read_words
from ..services.lists import ListedPlacement, ListedProvider, ListedPupil
from .known_terms import describe_known_terms
from .settings import Settings

WORDS = typer.Argument(
    metavar="[WORD]...",
    help="live, planned, ended, provider:PR-3, pupil:P-2, school:elm, tier:2, owner:NAME,"
    " due:2w, or part of a name.",
    show_default=False,
)
COLUMNS = typer.Option(
    "--columns", help="The columns to show, such as ref,school,until.", metavar="NAME,NAME"
)
SORT = typer.Option(
    "--sort", help="The column to sort by; -until begins with the last.", metavar="NAME"
)

FROM = typer.Option("--from", help="On a screen, begin with this row.", metavar="N", min=1)
LIST = typer.Option("--list", help="On a screen, show every row.")

FULL, SHORT, NEVER = "full", "short", "never"
TABLE = "table"
DATA = ("json", "jsonl")
CELLS: dict[str, Callable[[Mapping[str, Any], str], Any]] = {
    "csv": csv_value,
    "xlsx": value_of,
    "md": plain_text,
}
"""What makes the cells of a row, by the format."""

SHEETS = ("csv", "xlsx")
"""The formats for spreadsheets, which have the same columns."""


class Asked(Struct, frozen=True):
    """How a list was asked for: its words, the columns and the order as typed, and which page."""

    words: tuple[str, ...]
    columns: str | None
    sort: str | None
    page: Page = Page()


class Kind(Struct, frozen=True):
    """A kind of list: its columns on a terminal, in a pipe and in CSV, and all that it can show.

    Without columns of its own, CSV has every key.
    """

    noun: type[Noun]
    table: tuple[Column, ...]
    plain: tuple[str, ...]
    extra: tuple[str, ...]
    csv: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(dict.fromkeys((*record_keys(self.noun), *self.extra)))


NAME, DAY = 15, 15
"""The letters of a column of names, and of days: "Mon 15 Sep 2025"."""

PLACEMENTS = Kind(
    Placement,
    (
        Column("ref", "Ref"),
        Column("name", "Pupil", cut=True, least=NAME, usual=NAME),
        Column("pupil", "Pupil"),
        Column("provider_name", "Provider", cut=True, least=NAME, usual=NAME),
        Column("school", "School", cut=True, leave=1, usual=16),
        Column(HOURS, "Hours", leave=3),
        Column("starts", "From", leave=2, usual=DAY),
        Column("until", "Until", usual=DAY),
        Column("review", "Review", usual=DAY),
        Column("state", "State", usual=13),
    ),
    ("ref", "name", "pupil", "provider", "starts", "until", "weekly_minutes", "state"),
    ("name", "provider_name", "school", "review", HOURS, COST),
    (
        *("ref", "name", "pupil", "provider", "provider_name", "school", "route", "tier", "state"),
        *("starts", "until", "review", HOURS, COST, "owner"),
    ),
)
PUPILS = Kind(
    Pupil,
    (
        Column("ref", "Ref"),
        Column("name", "Pupil", cut=True),
        Column("born", "Born"),
        Column("year", "Year"),
        Column("home_school", "School", cut=True),
        Column("has_plan", "EHC plan", leave=2),
        Column("in_care", "Looked after", leave=1),
        Column("placed_at", "Placed at", cut=True),
    ),
    ("ref", "name", "born", "home_school"),
    ("year", "has_plan", "in_care", "placed_at"),
)
PROVIDERS = Kind(
    Provider,
    (
        Column("ref", "Ref"),
        Column("name", "Provider", cut=True),
        Column("kind", "Kind"),
        Column("is_registered", "Registered"),
        Column("checked", "Looked up", leave=1),
        Column("pupils", "Pupils now"),
    ),
    ("ref", "name", "kind", "registered", "urn", "checked"),
    ("is_registered", "pupils"),
)


def shown_names(settings: Settings) -> str:
    """Return how pupils' names are shown in a list: in full, short, or never.

    On a terminal it is the user's choice; elsewhere, and as data, they show only if asked for.
    """
    if settings.names:
        return FULL
    return settings.name_style if settings.format == TABLE else NEVER


def list_placements(settings: Settings, asked: Asked) -> Result:
    """List the placements that the words ask for."""
    names = shown_names(settings)
    wanted = read_words(asked.words, settings.today)
    kind = PLACEMENTS if names != NEVER else without(PLACEMENTS, "name")
    if names != NEVER:
        kind = _with_table(kind, "pupil")
    kind = _with_table(kind, "starts" if wanted.due else "review")
    if wanted.due and asked.sort is None:
        asked = replace(asked, sort="review")
    keys = choose_columns(kind, settings, asked.columns)
    if names != NEVER:
        keys = with_names(keys)
    reviews = "review" in keys or sort_key(kind, asked.sort)[0] == "review"
    listed = lists.placements(settings.store, settings.today, wanted, names != NEVER, reviews)
    found = lists.refuse_hidden(settings.store, listed, wanted, names != NEVER)
    totals = ""
    if settings.format == TABLE:
        found = list(found)
        totals = placement_totals(found, settings.today)
    make = partial(placement_row, on=settings.today, names=names)
    said = describe_calendar(settings, wanted)
    return show_list(settings, kind, map(make, found), keys, asked, totals, said)


def describe_calendar(settings: Settings, wanted: Wanted) -> tuple[str, ...]:
    """Say where term dates end, if that matters to the days of reviews that are listed."""
    last = max((due.last for due in wanted.due if due.last != date.max), default=None)
    return describe_known_terms(settings, last)


def without(kind: Kind, key: str) -> Kind:
    """Return a kind of list that never shows a column."""
    return Kind(
        kind.noun,
        tuple(each for each in kind.table if each.key != key),
        tuple(each for each in kind.plain if each != key),
        tuple(each for each in kind.extra if each != key),
        tuple(each for each in kind.csv if each != key),
    )


def with_names(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return columns with the name after the reference of a pupil, if names are shown."""
    if "name" in keys or "pupil" not in keys:
        return keys
    after = keys.index("pupil") + 1
    return (*keys[:after], "name", *keys[after:])


def _with_table(kind: Kind, left_out: str) -> Kind:
    """Return a kind of list that shows a column on a terminal only if it is chosen."""
    table = tuple(each for each in kind.table if each.key != left_out)
    return Kind(kind.noun, table, kind.plain, kind.extra, kind.csv)


def placement_row(one: ListedPlacement, on: date, names: str) -> dict[str, Any]:
    """Return a placement as a row: the whole record, and the names around it."""
    listed = one.listed
    row = record_data(listed.placement, names == FULL, on)
    if names != NEVER:
        full = listed.pupil_name
        row["name"] = full if names == FULL else short_name(full)
    return row | {
        "provider_name": listed.provider_name,
        "school": listed.school,
        "review": one.review,
    }


def list_pupils(settings: Settings, asked: Asked) -> Result:
    """List the pupils that the words ask for."""
    names = shown_names(settings)
    wanted = read_words(asked.words, settings.today)
    listed = lists.pupils(settings.store, settings.today, wanted, names != NEVER)
    found = lists.refuse_hidden(settings.store, listed, wanted, names != NEVER)
    totals = ""
    if settings.format == TABLE:
        found = list(found)
        placed = sum(bool(_now(one, settings.today)) for one in found)
        totals = f"{count(len(found), 'pupil')}, {placed:,} placed now"
    make = partial(pupil_row, on=settings.today, names=names)
    kind = without(PUPILS, "name") if names == NEVER else PUPILS
    keys = choose_columns(kind, settings, asked.columns)
    return show_list(settings, kind, map(make, found), keys, asked, totals)


def _now(one: ListedPupil, on: date) -> list[str]:
    """Return the names of the providers where a pupil is now."""
    there = [each for each in one.placed if each.placement.state(on) in STATES["live"]]
    return list(dict.fromkeys(each.provider_name for each in there))


def pupil_row(one: ListedPupil, on: date, names: str) -> dict[str, Any]:
    """Return a pupil as a row: the whole record, and what a list says besides."""
    pupil = one.pupil
    row = record_data(pupil, names == FULL, on)
    if names == SHORT:
        row["name"] = short_name(pupil.name)
    return row | {
        "year": pupil.year_on(on),
        "has_plan": pupil.ehcp.on(on) if recorded(pupil.ehcp) else None,
        "in_care": pupil.looked_after.on(on) if recorded(pupil.looked_after) else None,
        "placed_at": ", ".join(_now(one, on)) or None,
    }


def list_providers(settings: Settings, asked: Asked) -> Result:
    """List the providers that the words ask for."""
    names = shown_names(settings)
    wanted = read_words(asked.words, settings.today)
    listed = lists.providers(settings.store, settings.today, wanted, names != NEVER)
    found = lists.refuse_hidden(settings.store, listed, wanted, names != NEVER)
    totals = ""
    if settings.format == TABLE:
        found = list(found)
        used = sum(bool(one.pupils) for one in found)
        totals = f"{count(len(found), 'provider')}, {used:,} with pupils now"
    make = partial(provider_row, on=settings.today)
    keys = choose_columns(PROVIDERS, settings, asked.columns)
    return show_list(settings, PROVIDERS, map(make, found), keys, asked, totals)


def provider_row(one: ListedProvider, on: date) -> dict[str, Any]:
    """Return a provider as a row: the whole record, and what a list says besides."""
    provider = one.provider
    registered = provider.registered.on(on) if recorded(provider.registered) else None
    return record_data(provider, True, on) | {"is_registered": registered, "pupils": one.pupils}


def choose_columns(kind: Kind, settings: Settings, typed: str | None) -> tuple[str, ...]:
    """Return the keys of the columns to show; raise ApError for one that there is not."""
    if typed is not None:
        names = [name.strip() for name in typed.split(",")]
        if names == ["all"]:
            return kind.keys
        return tuple(find_column(kind, name, "--columns") for name in names)
    if settings.format in SHEETS:
        return kind.csv or record_keys(kind.noun)
    if settings.format == TABLE:
        return tuple(column.key for column in kind.table)
    return kind.plain


def find_column(kind: Kind, typed: str, flag: str) -> str:
    """Return the key of a column by its name or how that begins; raise ApError if there is none."""
    name = typed.lower().replace("-", "_").replace(" ", "_")
    keys = (*kind.extra, *kind.keys)
    if name in keys:
        return name
    if name and (beginning := [key for key in keys if key.startswith(name)]):
        return beginning[0]
    known = ", ".join(column.key for column in kind.table)
    raise ApError(
        f"{flag}: there is no column “{echo(typed, 30)}”{suggest(name, keys)}:"
        f" choose from {known}, or any question of the record"
    )


def sort_key(kind: Kind, typed: str | None) -> tuple[str, bool]:
    """Return the column to sort by and whether from the last; empty if none was named."""
    if typed is None:
        return "", False
    backwards = typed.startswith("-")
    return find_column(kind, typed.removeprefix("-"), "--sort"), backwards


def sort_rows(
    kind: Kind, found: Iterable[dict[str, Any]], typed: str | None
) -> Iterable[dict[str, Any]]:
    """Return rows in the order asked for; those without a value come last."""
    key, backwards = sort_key(kind, typed)
    if not key:
        return found
    rows = list(found)
    known = [row for row in rows if value_of(row, key) is not None]
    gaps = [row for row in rows if value_of(row, key) is None]
    return [*sorted(known, key=partial(_order, key=key), reverse=backwards), *gaps]


def _order(row: Mapping[str, Any], key: str) -> Any:
    value = value_of(row, key)
    if isinstance(value, int | float | date):
        return value
    return str(value).casefold()


def show_list(
    settings: Settings,
    kind: Kind,
    rows: Iterable[dict[str, Any]],
    keys: tuple[str, ...],
    asked: Asked,
    totals: str,
    said: tuple[str, ...] = (),
) -> Result:
    """Return a list as a result: whole records for programs, columns for people.

    Beside it stands what is `said` of it. But for a terminal, and in an order of choice, the rows
    are made one at a time.
    """
    rows = sort_rows(kind, rows, asked.sort)
    title = f"{kind.noun.NOUN} list"
    if settings.format in DATA:
        return Result(title, rows, said=said)
    if settings.format in CELLS:
        text = CELLS[settings.format]
        made = ({key: text(row, key) for key in keys} for row in rows)
        return Result(title, made, keys, said=said, keys=keys)
    known = {column.key: column for column in kind.table}
    if "name" in keys:
        known |= {"pupil": Column("pupil", "Pupil ref")}
    shown = [column_for(key, known) for key in keys]
    lines = list_lines(
        Table(shown, settings.today, (totals,), asked.columns is not None, asked.page)
    )
    empty = describe_empty(kind.noun.NOUN, asked.words)
    if settings.left_out:
        empty = f"no {kind.noun.NOUN} that can be read is in this list"
    return Result(title, rows, keys, lines, said, empty=empty)


def describe_empty(noun: str, words: Sequence[str]) -> str:
    """Return the line of a list in which there is nothing: what to try instead."""
    if not words:
        return f"there is no {noun} yet"
    states = [typed for typed in words if typed.casefold() in STATES]
    if len(states) == len(words):
        return f"no {noun} is {' and '.join(states)}: ap {noun} list has them all"
    unknown = [typed.casefold() for typed in words if typed not in states]
    near = [word for typed in unknown for word in get_close_matches(typed, STATES, 1)]
    meant = f": did you mean {near[0]}?" if near else f": ap {noun} list has them all"
    return f"no {noun} matches{meant}"
