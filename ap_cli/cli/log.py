"""ap log"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..forms.form import reference as printed
from ..forms.text import shortened
from ..render.changes import HIDDEN, change_line, look_line, newest_first
from ..render.result import Look, Result, View
from ..render.rows import Page
from ..services import records
from .command import command, single
from .finding import find_record
from .lists import FROM, LIST
from .looking import look_at
from .references import LOGGED, is_entry, read_entry_number
from .settings import Settings

app = single()
COLUMNS = ("at", "asof", "who", "what", "subject", "old", "new", "reason", "change")
LOOK_COLUMNS = ("at", "asof", "who", "what", "subject")


@command(app, name="log")
def show_log(
    settings: Settings,
    reference: Annotated[str | None, LOGGED] = None,
    seen: Annotated[
        bool, typer.Option("--seen", help="Show who looked at whole records of children instead.")
    ] = False,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """Show who changed what, and when, with the old and the new values; names only with --names.

    A screen shows the newest first, a page at a time; a pipe has all, the oldest first.

    With --seen it shows who looked at a child's whole record, with the name: `ap pupil show`,
    `ap show`, `ap placement show` or `sheet`, and this log of one child with --names.

    Examples: ap log PL-0001; ap log P-0001 --seen; ap log --from 20
    """
    from ..services.log import Change, changes

    if seen:
        return show_looks(settings, reference, Page(first, whole))
    subject, entry = _read_subject(settings, reference)

    def row(change: Change) -> dict[str, Any]:
        values = {
            side: hide_name(getattr(change, side), change.subject, settings.names)
            for side in ("old", "new")
        }
        return {name: getattr(change, name) for name in COLUMNS} | values

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        page = Page(first, whole)
        return newest_first(rows, page, view) if view.width else map(change_line, rows)

    rows = map(row, changes(settings.store, subject, entry))
    empty = "nothing has changed yet"
    if reference is not None:
        empty = f"the log has nothing about {shortened(reference)}"
    return Result("log", rows, COLUMNS, lines, empty=empty, look=_look(settings, subject))


def _look(settings: Settings, subject: str | None) -> Look | None:
    """The look at one child's log, which has the name only with --names."""
    if subject is None or not settings.names:
        return None
    noun, id = find_record(settings, subject, *records.NOUNS.values())
    return look_at(records.get(settings.store, noun, id, settings.today))


def show_looks(settings: Settings, reference: str | None, page: Page) -> Result:
    """Who looked at whole records of children, or at one child's; a placement is its child's.

    A screen has the newest first, a page at a time.
    """
    from ..services.log import looks

    child = None
    if reference is not None:
        noun, id = find_record(settings, reference, Placement, Pupil)
        look = look_at(records.get(settings.store, noun, id, settings.today))
        child = look.child if look else None

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        return newest_first(rows, page, view, look_line) if view.width else map(look_line, rows)

    empty = "nobody has looked at a whole record yet"
    return Result("seen", looks(settings.store, child), LOOK_COLUMNS, lines, empty=empty)


def _read_subject(settings: Settings, reference: str | None) -> tuple[str | None, int | None]:
    """What the log is asked about: the reference of a record, or the number of an entry."""
    if reference is None:
        return None, None
    if is_entry(reference):
        return None, read_entry_number(reference)
    noun, id = find_record(settings, reference, *records.NOUNS.values())
    return printed(noun.PREFIX, records.get(settings.store, noun, id, settings.today).id), None


def hide_name(values: dict[str, Any], subject: str, names: bool) -> dict[str, Any]:
    """The values of a change, with a pupil's name hidden unless names are shown."""
    if names or not subject.startswith("P-") or values.get("name") is None:
        return values
    return values | {"name": HIDDEN}
