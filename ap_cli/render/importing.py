"""What became of each row of an imported file, for people and for scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..domain.days import count
from ..domain.options import Route
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.text import MOST_TOLD, first_of, printable, shortened
from ..services.import_values import (
    CHANGED,
    NEW,
    PASSED,
    SAME,
    WRONG,
    KindOfProvider,
    NeededInRows,
    WhichCommissioner,
)
from ..services.importing import OUTCOMES, ImportReport, RowReport
from .import_changes import changed_text, changes_data, kept_data, kept_text
from .result import BOLD, GREEN, RED, YELLOW, Result, View, paint

COLORS = {NEW: GREEN, CHANGED: YELLOW, WRONG: RED}
KEYS = ("sheet", "row", "outcome", "refs", "changed", "wrong", "noted")

PREFIXES = tuple(noun.PREFIX for noun in (Pupil, Provider, Placement))

AROUND, LEAST = 12, 5
"""The rows of a terminal around the rows of a file that are shown, and the fewest of those."""

USUAL_ROUTE = Route.OFF_SITE_DIRECTION
"""The route of an example, unless it is none of those who arrange placements have."""

MOST_PROVIDERS = 12
"""The most new providers that are named."""

NOTED = "noted"
HEADINGS = {WRONG: "Wrong", CHANGED: "Changed", NOTED: "Noted", PASSED: "Passed over"}
"""What is told of the rows of a file, each under its heading."""

KEPT, WOULD_BE, NOTHING = "imported", "would be imported", "nothing was imported"


def show_import(
    report: ImportReport,
    sheets: Mapping[str, int],
    said: Sequence[str],
    rehearsed: bool,
    brief: bool = False,
    skip_wrong: bool = False,
) -> Result:
    """The report of an import, a row of data for each row of the file.

    `sheets` has the number of each sheet by its name. `rehearsed` is whether only what would be was
    asked for. A `brief` report is for who has seen its rows. It ends with exit code 2 if rows are
    wrong and nothing was imported; to `skip_wrong` is done also if ap has the others already.
    """
    is_done = report.kept or (skip_wrong and report.counts[SAME] > 0)

    def lines(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        yield from summary_lines(report, rehearsed, view, is_done)
        if not brief:
            yield from part_lines(report, sheets, view)

    rows = (
        row_data(row, sheets, rehearsed)
        | {"missing": list(report.missing) if at == len(report.rows) else []}
        for at, row in enumerate(report.rows, 1)
    )
    return Result(
        "import",
        rows,
        lines=lines,
        said=(*said, *hint_lines(report)),
        keys=KEYS,
        code=2 if report.wrong and not is_done else 0,
    )


def row_data(row: RowReport, sheets: Mapping[str, int], rehearsed: bool) -> dict[str, Any]:
    """A row of a file as data; a new record has no reference until it is kept."""
    refs = row.refs if rehearsed else in_order((*row.refs, *row.added))
    return {
        "sheet": sheets.get(row.sheet, 1),
        "row": row.number,
        "outcome": row.outcome,
        "refs": list(refs),
        "changed": [
            f"{change.noun.NOUN}.{name}" for change in row.changes for name, _, _ in change.facts
        ],
        "wrong": list(row.wrong),
        "passed_over": row.passed or None,
        "noted": list(row.noted),
        "changes": changes_data(row),
        "kept": list(map(kept_data, row.kept)),
    }


def in_order(refs: Sequence[str]) -> list[str]:
    """Return references in the order of pupil, provider and placement."""
    return sorted(refs, key=lambda ref: PREFIXES.index(ref.split("-")[0]))


def summary_lines(
    report: ImportReport, rehearsed: bool, view: View, is_done: bool = False
) -> Iterator[str]:
    """How many rows there are of each outcome, and which records they bring."""
    if not report.counts:
        yield "The file has no rows below its headings: nothing changes"
        return
    counted = [
        paint(f"{report.counts[outcome]:,} {outcome}", COLORS.get(outcome, ""), view)
        for outcome in OUTCOMES
        if report.counts[outcome]
    ]
    yield f"{count(len(report.rows), 'row')}: {', '.join(counted) or 'none'}"
    brought = [
        f"{count(number, noun)} {outcome}"
        for outcome in (NEW, CHANGED)
        for noun in ("pupil", "provider", "placement")
        if (number := report.records[noun, outcome])
    ]
    if brought:
        yield f"{', '.join(brought)}: {state_of(report, rehearsed)}"
        yield from new_provider_lines(report)
    elif not report.wrong:
        has_noted = any(is_under(NOTED, row) for row in report.rows)
        yield "nothing changes" if has_noted else "ap has all of it already: nothing changes"
    elif is_done:
        yield "ap has the other rows already: nothing changes"
    elif not rehearsed:
        yield NOTHING


def new_provider_lines(report: ImportReport) -> Iterator[str]:
    """The providers that rows bring, so that a wrong name or kind is seen before they do."""
    if report.providers:
        which = "New provider" if len(report.providers) == 1 else "New providers"
        told = [f"{shortened(one.name)} ({one.kind})" for one in report.providers]
        yield f"{which}: {first_of(told, MOST_PROVIDERS)}"


def state_of(report: ImportReport, rehearsed: bool) -> str:
    """Whether what the rows bring was imported, would be, or was not."""
    if report.kept:
        return KEPT
    return WOULD_BE if rehearsed else NOTHING


def part_lines(report: ImportReport, sheets: Mapping[str, int], view: View) -> Iterator[str]:
    """The rows that are wrong, changed, and passed over, then who is in ap and not in the file."""
    for outcome, heading in HEADINGS.items():
        rows = (row for row in report.rows if is_under(outcome, row))
        told = group_lines(rows, sheets, view, outcome)
        if not told:
            continue
        yield paint(heading, BOLD, view)
        most = most_lines(view)
        yield from told[:most]
        if len(told) > most:
            yield f"  … and {len(told) - most:,} more: --json lists every row"
    if report.missing:
        yield f"In ap and not in this file: {first_of(report.missing, 12)}; they stay as they are"


def is_under(outcome: str, row: RowReport) -> bool:
    """Tell whether a row stands under a heading; one that is new can change a record as well."""
    if outcome == NOTED:
        return bool(row.noted or row.kept)
    return bool(row.changes) if outcome == CHANGED else row.outcome == outcome


def group_lines(
    rows: Iterable[RowReport], sheets: Mapping[str, int], view: View, outcome: str
) -> list[str]:
    """What is told of some rows, a line each, with the rows of which it is, in every sheet."""
    found: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        for reason in notes_of(row, view) if outcome == NOTED else reasons_of(row, view):
            numbers = found.setdefault(reason, {}).setdefault(sheet_of(row, sheets, view), [])
            if row.number not in numbers[-1:]:
                numbers.append(row.number)
    return [
        printable(f"  {': '.join(filter(None, (name_places(places, reason), reason)))}")
        for reason, places in found.items()
    ]


def notes_of(row: RowReport, view: View) -> list[str]:
    """What is read otherwise than it stands, and what stays as somebody has changed it."""
    return [*row.noted, *(kept_text(one, view) for one in row.kept)]


def reasons_of(row: RowReport, view: View) -> list[str]:
    """Why a row is wrong or passed over, or what changes with it."""
    more = len(row.wrong) - MOST_REASONS
    told = [*row.wrong[:MOST_REASONS], *([count(more, "more reason")] if more > 0 else [])]
    told += [row.passed] if row.passed else []
    told += [changed_text(change, view) for change in row.changes if change.facts]
    return told


MOST_REASONS = 3
"""The most reasons that are told of a row; --json and the file of wrong rows have all."""


def wrong_lines(report: ImportReport, sheets: Mapping[str, int], view: View) -> list[str]:
    """What is wrong, a line for each reason, with the rows of which it is."""
    return group_lines((row for row in report.rows if row.outcome == WRONG), sheets, view, WRONG)


def most_lines(view: View) -> int:
    """How many lines are shown of each list."""
    return min(max(view.height - AROUND, LEAST), MOST_TOLD) if view.height else MOST_TOLD


def sheet_of(row: RowReport, sheets: Mapping[str, int], view: View) -> str:
    """The sheet that a row is in, if the file has several; its name on a terminal alone."""
    if len(sheets) < 2:
        return ""
    if view.names == "never":
        return f"sheet {sheets.get(row.sheet, 1)}"
    return shortened(row.sheet, 20)


MOST_ROWS, MOST_SHEETS = 6, 3
"""The most rows of a sheet, and the most sheets, that a reason names."""


OF_A_FORM = re.compile(r"row \d+, ")
"""How a reason begins that names the row of a form, which has a label a row, itself."""


def name_places(places: Mapping[str, Sequence[int]], reason: str) -> str:
    """The rows of each sheet: "row 4", "Test High, row 4; Test Low, rows 2, 3 and 2 more sheets".

    A sheet without a name is the only one of its file. The rows are left out if the reason has its.
    """
    has_row = OF_A_FORM.match(reason) is not None
    named = [
        ", ".join(filter(None, (sheet, "" if has_row else name_rows(numbers))))
        for sheet, numbers in [*places.items()][:MOST_SHEETS]
    ]
    more = len(places) - len(named)
    return "; ".join([*named, *([f"and {count(more, 'more sheet')}"] if more else [])])


def name_rows(numbers: Sequence[int]) -> str:
    """Rows by their numbers: "row 4", "rows 4, 5 and 6 more"."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    return f"rows {first_of([str(number) for number in numbers], MOST_ROWS)}"


def hint_lines(report: ImportReport) -> Iterator[str]:
    """What answers the questions that rows leave open, where nobody can be asked."""
    if any(isinstance(asked, KindOfProvider) for asked in report.asks):
        yield (
            "new providers need a kind: add a column “kind of provider”, or give all of them one"
            ' with --fill "kind=non-school"'
        )
    if report.without_school:
        yield (
            f"{count(report.without_school, 'new placement is', 'new placements are')} of a child"
            " without a home school: add a column “home school”, or give all rows without one"
            ' theirs with --fill "home_school=NAME"; ap pupil edit P-0001 --home-school gives one'
        )
    if any(isinstance(asked, WhichCommissioner) and not asked.name for asked in report.asks):
        yield (
            "ap has several commissioners: add a column “commissioner”, or give all rows without"
            ' one theirs with --fill "commissioner=NAME"'
        )
    needed = [asked.options for asked in report.asks if isinstance(asked, NeededInRows)]
    if needed:
        routes = [route for options in needed for route in options]
        route = routes[0] if routes and USUAL_ROUTE not in routes else USUAL_ROUTE
        yield (
            "new placements need a route: add a column “route”, or give all of them one with"
            f' --fill "route={route}"'
        )
