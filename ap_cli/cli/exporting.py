"""What each kind of export gathers, and how it becomes rows: of a spreadsheet, and of data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..domain.attendance import Mark
from ..domain.days import count
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..exchange import exported
from ..exchange.exported import Columns
from ..forms.form import Noun, reference
from ..render.data import entry_data, record_data
from ..render.findings import row_of
from ..render.progress import with_progress
from ..render.result import Result, as_mapping
from ..render.timeline import entry_text
from ..rules.engine import Finding
from ..services import exporting
from ..services.exporting import Around, PlacementAround
from ..services.filters import Wanted, read_words
from ..store.queries.identity import id_of_store
from ..store.queries.looks import EVERY_CHILD
from .lists import DATA
from .settings import Settings

SPREADSHEET = "for a spreadsheet, add --out and a name such as {kind}.xlsx"


class Export:
    """A kind of export: what it gathers, and what each record becomes.

    `table` has about as many rows as are exported. `children` is whether there are children in it.
    What `is_imported` again says in its headings of which store its references are.
    """

    kind: str
    table: str
    columns: Columns
    children = True
    is_imported = True

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[Any]:
        """List what was asked for."""
        raise NotImplementedError

    def cells(self, one: Any, settings: Settings) -> exported.Row:
        """Return the row of a spreadsheet."""
        raise NotImplementedError

    def data(self, one: Any, settings: Settings) -> dict[str, Any]:
        """Return a row of JSON."""
        raise NotImplementedError

    def child(self, one: Any) -> str:
        """Return the reference of the child that a row is about; empty if it is about none."""
        raise NotImplementedError


class Nouns(Export):
    """Records with a table of their own."""

    def __init__(self, noun: type[Noun]) -> None:
        self.kind, self.table = f"{noun.NOUN}s", noun.NOUN
        self.columns = exported.noun_columns(noun)

    def data(self, one: Any, settings: Settings) -> dict[str, Any]:
        """Return the record as `ap pupil list --json --names` does."""
        return record_data(one, True, settings.today)


class Pupils(Nouns):
    """Pupils, with their names."""

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[Pupil]:
        """List the pupils asked for."""
        return exporting.pupils(settings.store, settings.today, wanted)

    def cells(self, one: Pupil, settings: Settings) -> exported.Row:
        """Return the row of a pupil."""
        return exported.pupil_row(one, settings.today)

    def child(self, one: Pupil) -> str:
        """Return the pupil's reference."""
        return one.ref


class Providers(Nouns):
    """Providers, in whose records there is no child."""

    children = False

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[Provider]:
        """List the providers asked for."""
        return exporting.providers(settings.store, settings.today, wanted)

    def cells(self, one: Provider, settings: Settings) -> exported.Row:
        """Return the row of a provider."""
        return exported.record_cells(one)


class Placements(Nouns):
    """Placements, with who and what is around them."""

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[PlacementAround]:
        """List the placements asked for."""
        return exporting.placements_around(settings.store, settings.today, wanted)

    def cells(self, one: PlacementAround, settings: Settings) -> exported.Row:
        """Return the row of a placement."""
        return exported.placement_row(one, settings.today)

    def data(self, one: PlacementAround, settings: Settings) -> dict[str, Any]:
        """Return the placement with the names around it."""
        listed = one.listed
        names = {"pupil_name": listed.pupil_name, "provider_name": listed.provider_name}
        return super().data(listed.placement, settings) | names

    def child(self, one: PlacementAround) -> str:
        """Return the reference of the placement's pupil."""
        return reference(Pupil.PREFIX, one.listed.placement.pupil)


class Abouts(Export):
    """What is about records: each comes after whom it is about."""

    def child(self, one: tuple[Around, Any]) -> str:
        """Return the reference of the child that it is about."""
        return one[0].pupil

    def data(self, one: Any, settings: Settings) -> dict[str, Any]:
        """Return whom it is about."""
        return dict(exported.around_cells(one[0]))


class Entries(Abouts):
    """What happened: visits, reviews, concerns."""

    kind, table, columns = "entries", "entry", exported.ENTRIES
    is_imported = False

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[tuple[Around, Entry]]:
        """List what happened to what was asked for."""
        return exporting.entries(settings.store, settings.today, wanted)

    def cells(self, one: tuple[Around, Entry], settings: Settings) -> exported.Row:
        """Return the row of an entry."""
        around, entry = one
        return exported.entry_row(around, entry, entry_text(entry))

    def data(self, one: tuple[Around, Entry], settings: Settings) -> dict[str, Any]:
        """Return the entry as `ap timeline --json` does, with whom it is about."""
        around, entry = one
        subject = around.placement or around.pupil or around.provider
        return super().data(one, settings) | entry_data(entry, subject)


class Attendance(Abouts):
    """The marks that hold, a session a row."""

    kind, table, columns = "attendance", "mark", exported.MARKS

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[tuple[Around, Mark]]:
        """List the marks of what was asked for."""
        return exporting.marks(settings.store, settings.today, wanted)

    def cells(self, one: tuple[Around, Mark], settings: Settings) -> exported.Row:
        """Return the row of a mark."""
        return exported.mark_row(*one)

    def data(self, one: tuple[Around, Mark], settings: Settings) -> dict[str, Any]:
        """Return the mark with whom it is about."""
        return dict(exported.mark_row(*one))


class Findings(Abouts):
    """What is breached, due or cannot be told."""

    kind, table, columns = "findings", "placement", exported.FINDINGS
    is_imported = False

    def gather(self, settings: Settings, wanted: Wanted) -> Iterable[tuple[Around, Finding]]:
        """List what is open of what was asked for."""
        return exporting.findings(settings.store, settings.today, wanted)

    def cells(self, one: tuple[Around, Finding], settings: Settings) -> exported.Row:
        """Return the row of a finding."""
        row = row_of(one[1])
        return exported.around_cells(one[0]) | {
            "rule": row.rule,
            "binds": str(row.severity),
            "answer": str(row.answer),
            "task": row.task,
            "due": row.due,
            "message": row.message,
            "cites": "; ".join(row.cites),
            "command": row.remedy,
        }

    def data(self, one: tuple[Around, Finding], settings: Settings) -> dict[str, Any]:
        """Return the finding as `ap check --json` does, with whom it is about."""
        return super().data(one, settings) | as_mapping(row_of(one[1]))


def run_export(settings: Settings, export: Export, words: Iterable[str]) -> Result:
    """Export what was asked for, and log it as a look at each child in it.

    All that there is comes one at a time, so that memory stays flat.
    """
    wanted = read_words(tuple(words), settings.today)
    found = export.gather(settings, wanted)
    if not wanted.is_empty:
        found = list(found)
    if export.children:
        log_export(settings, export, None if wanted.is_empty else found)
    is_data = settings.format in DATA
    make = export.data if is_data else export.cells
    store = id_of_store(settings.store) if export.is_imported else ""
    keys, headings = exported.headings_of(export.columns, store)
    written = Written(settings, export.kind)
    return Result(
        f"export {export.kind}",
        written.count(make_rows(settings, export, found, make)),
        keys=() if is_data else keys,
        headings=() if is_data else headings,
        said=hint(settings, export.kind),
        wrote=written.say if settings.out is not None and sys.stderr.isatty() else None,
    )


class Written:
    """Counts the rows that are written to a file, and says to a person where they are."""

    def __init__(self, settings: Settings, kind: str) -> None:
        self._file, self._kind, self._rows = settings.out, kind, 0

    def count(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the rows, and count them."""
        for row in rows:
            self._rows += 1
            yield row

    def say(self) -> str:
        """Say what was written, where, and how many rows."""
        return f"{self._file}: {count(self._rows, 'row')} of {self._kind}, and only you can read it"


def make_rows(
    settings: Settings,
    export: Export,
    found: Iterable[Any],
    make: Callable[[Any, Settings], dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """Make the rows one at a time, with a bar on a terminal if there are many."""
    total = exporting.count_exported(settings.store, export.table)
    for one in with_progress(found, f"exporting {export.kind}", total):
        yield make(one, settings)


def hint(settings: Settings, kind: str) -> tuple[str, ...]:
    """Say how to get a spreadsheet, to a person who sees a CSV on the screen."""
    shows = settings.out is None and settings.format == "csv" and sys.stdout.isatty()
    return (SPREADSHEET.format(kind=kind),) if shows else ()


def log_export(settings: Settings, export: Export, found: Iterable[Any] | None) -> None:
    """Log that somebody looked at the children in an export: at every child's if it has all."""
    children = [EVERY_CHILD] if found is None else map(export.child, found)
    log_children(settings, f"export {export.kind}", children)


def log_children(settings: Settings, what: str, children: Iterable[str]) -> None:
    """Log that somebody exported the records of these children."""
    from ..store.looking import log_look

    if settings.out is not None:
        what = f"{what} --out"
    known = filter(None, dict.fromkeys(children))
    log_look(settings.store, settings.author, what, *known)


PUPILS, PROVIDERS, PLACEMENTS = Pupils(Pupil), Providers(Provider), Placements(Placement)
"""The exports of records with a table of their own."""
