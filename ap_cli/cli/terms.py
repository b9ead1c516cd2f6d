"""ap terms"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.days import count, words
from ..domain.half_terms import HalfTerm
from ..domain.roles import Role
from ..domain.school_days import Closed
from ..forms.text import first_of, list_few, printable, shortened
from ..render.lists import Column, Table, list_lines
from ..render.result import Result, fixed_lines
from ..render.rows import Page
from ..services import terms
from .command import command, group
from .lists import FROM, LIST
from .references import YES
from .settings import Settings

if TYPE_CHECKING:
    from ..exchange.terms import Understood

CALENDAR = typer.Option(
    "--calendar", help="Whose calendar it is, if the file does not say.", metavar="NAME"
)
FILE = typer.Argument(
    metavar="FILE",
    help="An iCalendar file, or a CSV or spreadsheet with columns for name, first and last day.",
    show_default=False,
)
app = group("Import and list term dates.")
COLUMNS = ("calendar", "name", "first", "last", "source")
TABLE = (
    Column("calendar", "Calendar", cut=True),
    Column("name", "Half term", cut=True),
    Column("first", "First"),
    Column("last", "Last"),
    Column("source", "Source", cut=True),
)


@command(app, name="list")
def list_terms(
    settings: Settings,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """List the half terms and INSET days of every calendar, with their source.

    Bank holidays hold for all. On a screen it is a page at a time.

    Examples: ap terms list; ap terms list --json; ap terms list --csv --out terms.csv
    """
    found = terms.listed(settings.store)
    unsure = sum("not confirmed" in row["source"] for row in found)
    note = f"{count(unsure, 'half term')} that come with ap are not confirmed: check them first"
    lines = list_lines(Table(TABLE, settings.today, page=Page(first, whole)))
    return Result("terms list", found, COLUMNS, lines, said=(note,) if unsure else ())


@command(app, name="import", needs=Role.WRITER)
def import_terms(
    settings: Settings,
    file: Annotated[Path, FILE],
    calendar: Annotated[str | None, CALENDAR] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the file and save nothing.")
    ] = False,
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Import term dates and INSET days of a county or a school.

    Half terms are taken as they are, or made from whole terms without their half-term holiday, from
    holidays alone, or from each first day to the next last day. A terminal shows them and asks.
    Days named INSET, training or closed to pupils mean that the school is closed then. Both days of
    a row may stand in one column, and a column “school” tells several schools apart.

    They replace those of the same calendar that share a day with them. A placement follows the
    calendar named like its pupil's home school, else its commissioner's, else the county's; a
    school can have INSET days alone.

    Examples: ap terms import terms.csv; ap terms import terms.ics --calendar "Example Academy";
    ap terms import terms.csv --dry-run
    """
    return import_file(settings, file, calendar, dry_run, yes)


def import_file(
    settings: Settings, file: Path, calendar: str | None, dry_run: bool, yes: bool
) -> Result:
    """Import the term dates of a file; a terminal shows them and asks."""
    read = read_or_ask_whose(settings, file, calendar, asks=settings.interactive and not yes)
    told, left_out = understood_lines(read), left_out_lines(read)
    if settings.interactive and not (dry_run or yes):
        from ..interview.prompts import ask_yes, say

        say("\n".join((*told, *left_out)))
        if not ask_yes("Are these the term dates?"):
            return Result("terms import", [], COLUMNS, said=("nothing was kept",))
        told, left_out = [], []
    return keep_terms(settings, read, told, left_out, dry_run)


def read_or_ask_whose(
    settings: Settings, file: Path, calendar: str | None, asks: bool
) -> Understood:
    """Read term dates; if the file does not say whose they are, a terminal `asks`."""
    from ..exchange.rows import NoCalendar
    from ..exchange.terms import read_terms

    try:
        return read_terms(file, settings.today, calendar)
    except NoCalendar:
        if not asks:
            raise
    from ..interview.prompts import NEEDED, ask_line

    def problem(text: str) -> str:
        return "" if text else NEEDED

    whose = ask_line("Whose term dates are these? The name of a school or council:", problem)
    return read_terms(file, settings.today, whose)


def keep_terms(
    settings: Settings, read: Understood, told: list[str], left_out: list[str], dry_run: bool
) -> Result:
    """Keep what a file was understood as, unless it is a dry run.

    `told` is shown, and `left_out` said with what was done.
    """
    found = read.dates
    replaced = [each for each in terms.replaced_by(settings.store, found) if each not in found]
    removed = removed_lines(terms.name_damaged(settings.store), dry_run)
    if not dry_run:
        terms.keep(settings.store, found, settings.author)
    unfollowed = map(unfollowed_line, terms.nobodys(settings.store, found))
    said = (*left_out, import_line(found, replaced, dry_run), *removed, *unfollowed)
    rows = map(terms.as_row, found)
    return Result("terms import", rows, COLUMNS, fixed_lines(*told), said)


def understood_lines(read: Understood) -> list[str]:
    """A line for each half term, as it was understood, and how; and one for the INSET days.

    Each names its calendar if the file has several.
    """
    several = len({dates.calendar.casefold() for dates in read.dates}) > 1
    lines = []
    shut: dict[str, list[str]] = {}
    for dates in read.dates:
        whose = f"{printable(dates.calendar)}, " if several else ""
        if isinstance(dates, Closed):
            shut.setdefault(whose, []).append(words(dates.day))
            continue
        days = f"{words(dates.first, weekday=True)} to {words(dates.last, weekday=True)}"
        how = f", {printable(read.how[dates])}" if read.how.get(dates) else ""
        lines.append(f"{whose}{printable(dates.name)}: {days}{how}")
    closed = [
        f"{whose}closed to pupils: {', '.join(list_few(days))}" for whose, days in shut.items()
    ]
    return lines + closed


def left_out_lines(read: Understood) -> list[str]:
    """A line with what was left out of a file, if anything was."""
    return [f"left out: {'; '.join(list_few(read.left_out))}"] if read.left_out else []


def import_line(
    found: Sequence[HalfTerm | Closed], replaced: Sequence[HalfTerm | Closed], dry_run: bool
) -> str:
    """What was imported, and what it replaced."""
    shut = sum(isinstance(each, Closed) for each in found)
    dates = " and ".join(count_dates(len(found) - shut, shut))
    instead = f", in place of {', '.join(map(name_with_days, replaced))}" if replaced else ""
    return f"{dates} {'would be ' if dry_run else ''}imported{instead}"


def removed_lines(damaged: Sequence[str], dry_run: bool) -> list[str]:
    """A line with the dates that could not be read and that an import removes, if there are any."""
    done = "would be removed" if dry_run else "removed"
    return [f"{done}, as it could not be read: {first_of(damaged)}"] if damaged else []


def unfollowed_line(name: str) -> str:
    """That no placement follows a calendar, and why."""
    return (
        f"nobody uses the calendar “{shortened(name, 60)}” yet: give a school, commissioner or"
        " county the same name"
    )


def count_dates(terms: int, shut: int) -> list[str]:
    """How many half terms and INSET days there are, without those that are none."""
    return [
        count(number, what)
        for number, what in ((terms, "half term"), (shut, "INSET day"))
        if number
    ]


def name_with_days(each: HalfTerm | Closed) -> str:
    """A half term with its first and its last day, or an INSET day with its own."""
    if isinstance(each, Closed):
        return f"{each.name} ({each.day})"
    return f"{each.name} ({each.first} to {each.last})"
