"""The sheets of a file that is imported: opened, chosen, and their columns matched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from msgspec.structs import replace

from ..errors import ApError
from ..exchange.by_sheet import sheet_key
from ..exchange.fields import fold_heading
from ..exchange.import_file import choose_sheets, fingerprint
from ..exchange.layouts import Layout, list_layouts
from ..exchange.recognised import refuse_other_file
from ..exchange.sheets import Tables
from ..exchange.tables import open_tables
from ..exchange.whose import is_of_another
from ..forms.text import echo, shortened
from ..store.queries.identity import id_of_store
from .import_choices import Choices
from .import_mappings import find_mapping, read_mappings
from .settings import Settings

Choose = Callable[[list[Layout], Choices], list[Layout]]
"""What chooses among the sheets of a file."""


def choose_named(layouts: list[Layout], choices: Choices) -> list[Layout]:
    """Return the sheets that the call names; raise ApError if it has to name one."""
    return choose_sheets(layouts, choices.sheets)


def open_chosen(
    settings: Settings, file: Path, choices: Choices, choose: Choose, asks: bool = False
) -> Tables:
    """Return the chosen sheets of a file, and add to the choices what was kept for them.

    What was kept for such columns counts if the call names it, or if a terminal `asks` and shows
    it. The columns of other sheets are not judged.
    """
    store, called = id_of_store(settings.store), dict(choices.told)
    if choices.mapping is not None:
        add_kept(choices, "", store)
    tables, layouts = open_lists(file, settings.today, choices)
    refuse_unknown_headings(layouts, called)
    chosen = choose(layouts, choices)
    choices.leave_out((one for one in headings_of(chosen) if is_of_another(one, store)), called)
    if choices.mapping is None and asks:
        add_kept(choices, fingerprint(chosen), store)
    return replace(tables, sheets=tuple(layout.sheet for layout in chosen))


def lay_out(
    settings: Settings, tables: Tables, choices: Choices, strict: bool = True
) -> list[Layout]:
    """Return the chosen sheets with their columns as told or as kept.

    If it is `strict`, raise ApError for two columns of one meaning.
    """
    return list_layouts(tables, settings.today, choices.told, choices.nouns, strict)


def open_lists(file: Path, today: date, choices: Choices) -> tuple[Tables, list[Layout]]:
    """Return the tables of a file, and those sheets that can be read.

    Raise OtherFile if it looks like no list, and nobody said what it or its columns hold.
    """
    tables = None
    try:
        tables = open_tables(file)
        layouts = list_layouts(tables, today, choices.told, choices.nouns, strict=False)
    except ApError:
        if not choices.say_what_it_is:
            refuse_other_file(file, today, tables)
        raise
    if not choices.say_what_it_is:
        refuse_other_file(file, today, tables, layouts)
    return tables, layouts


def add_kept(choices: Choices, columns: str, store: str) -> None:
    """Add what was kept under the name that the call gives, or for a set of columns."""
    kept = find_mapping(read_mappings(), choices.mapping, columns, store)
    if kept is not None:
        choices.add(*kept)


def headings_of(layouts: list[Layout]) -> list[str]:
    """List the headings of all columns."""
    return [column.heading for layout in layouts for column in layout.columns]


def refuse_unknown_headings(layouts: list[Layout], told: dict[str, str]) -> None:
    """Raise ApError, with the nearest column, if `--map` names one that the file has not."""
    columns = {fold_heading(one.heading): one for layout in layouts for one in layout.columns}
    named = {key for layout in layouts for key in keys_of(layout)}
    for heading in told:
        if fold_heading(heading) in columns or heading.casefold() in named:
            continue
        near = get_close_matches(fold_heading(heading), columns, 1, 0.6)
        meant = [f"{columns[one].place} ({shortened(columns[one].heading)})" for one in near]
        raise ApError(
            f"--map: no column is called {echo(heading)}"
            + (f"; did you mean {meant[0]}?" if meant else ": write it as the file has it")
        )


def keys_of(layout: Layout) -> list[str]:
    """List what the columns of a sheet are told of under if they are told of for it alone."""
    return [sheet_key(layout.sheet.name, column).casefold() for column in layout.columns]
