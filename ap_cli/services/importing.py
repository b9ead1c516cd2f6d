"""Import rows of pupils, providers and placements: all or nothing, in one unit of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ..domain.imported import ImportedRow
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.returned import PaperMark
from ..forms.facts import recorded
from ..forms.form import Noun
from ..forms.text import join_words
from ..store.author import Author
from ..store.opening import Store
from ..store.queries.origins import OF_ANOTHER_STORE
from .import_known import Known
from .import_plan import Planner, is_to_be_placed, placed
from .import_told import list_absent
from .import_values import (
    CHANGED,
    NEW,
    PASSED,
    SAME,
    WRONG,
    Decisions,
    Kept,
    OpenQuestion,
    RowPlan,
    Step,
)
from .packed import Packed
from .returned import Returned, find_returned

if TYPE_CHECKING:
    from ..store.unit import UnitOfWork

OUTCOMES = (NEW, CHANGED, SAME, WRONG, PASSED)
"""What can become of a row, in the order in which it is counted."""


class Change(Struct, frozen=True):
    """A record that a row brings or changes: its reference, and its facts before and after.

    A new one has no facts here. `name` is a pupil's or a provider's.
    """

    noun: type[Noun]
    ref: str
    outcome: str
    name: str = ""
    facts: tuple[tuple[str, Any, Any], ...] = ()


class RowReport(Struct, frozen=True):
    """What became of a row, or would become; `wrong` says why nothing does.

    `refs` has the records that were there before it, `added` those that it brings. `changes` has
    those that were there and change, no others: a file can have 100,000 rows. `noted` says what is
    not imported of a row that is, `kept` what somebody has changed since the file was new.
    """

    sheet: str
    number: int
    outcome: str
    refs: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    wrong: tuple[str, ...] = ()
    passed: str = ""
    noted: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()


class ImportReport(Struct):
    """What became of each row of a file.

    `asks` has what the rows leave open, each with how many rows wait for it, `asked_in` the number
    of the first of them. `missing` has the
    records that are in ap and not in the file. `kept` is whether anything was written, `providers`
    has those that are new, with their kind, and `decided_kinds` the names of those whose kind was
    decided, by what they are known by. `without_school` is how many new placements are of a child
    without a home school.
    """

    rows: Packed[RowReport]
    asks: dict[OpenQuestion, int]
    counts: Counter[str]
    records: Counter[tuple[str, str]]
    missing: tuple[str, ...] = ()
    kept: bool = False
    providers: list[Provider] = field(default_factory=list)
    decided_kinds: Mapping[str, str] = {}
    asked_in: dict[OpenQuestion, int] = {}
    without_school: int = 0

    @property
    def wrong(self) -> int:
        """Return how many rows are wrong."""
        return self.counts[WRONG]


def start_report() -> ImportReport:
    """Return a report without rows."""
    return ImportReport(Packed(), {}, Counter(), Counter())


class NothingKept(Exception):
    """Ends a unit of work that is not to be kept."""


def import_rows(
    store: Store,
    rows: Iterable[ImportedRow],
    decisions: Decisions,
    nouns: Sequence[str],
    author: Author,
    today: date,
    skip_wrong: bool = False,
    mark: PaperMark | None = None,
) -> ImportReport:
    """Import rows and return what became of each; nothing is kept if a row is wrong.

    With `skip_wrong` the others are kept. A backup is made first. `rows` can be gone through more
    than once, `nouns` are the records that they are about, `mark` is that of a sheet that came
    back. If no row brings anything, nothing is written.
    """
    from ..store import automatic, writing

    report = start_report()
    returned = find_returned(store, mark, today)
    try:
        with writing.change(
            store, author, unit_name(nouns, decisions.is_from_another), backup=automatic.IMPORT
        ) as unit:
            run(unit, rows, decisions, nouns, report, today, returned, mark)
            report.kept = brings_anything(report) and (skip_wrong or not report.wrong)
            if not report.kept:
                raise NothingKept
    except NothingKept:
        pass
    return report


def rehearse(
    store: Store,
    rows: Iterable[ImportedRow],
    decisions: Decisions,
    nouns: Sequence[str],
    author: Author,
    today: date,
    mark: PaperMark | None = None,
) -> ImportReport:
    """Return what would become of rows; nothing is kept."""
    from ..store import writing

    report = start_report()
    returned = find_returned(store, mark, today)
    with writing.rehearse(store, author, unit_name(nouns, decisions.is_from_another)) as unit:
        run(unit, rows, decisions, nouns, report, today, returned, mark)
    return report


def unit_name(nouns: Sequence[str], is_from_another: bool = False) -> str:
    """Return what the log calls an import: "import pupils, providers and placements".

    By the end of it is known, later on, what came from another store.
    """
    ending = OF_ANOTHER_STORE if is_from_another else ""
    return f"import {join_words((f'{noun}s' for noun in nouns), 'and')}{ending}"


def brings_anything(report: ImportReport) -> bool:
    """Tell whether a row is new or changed."""
    return bool(report.counts[NEW] or report.counts[CHANGED])


def run(
    unit: UnitOfWork,
    rows: Iterable[ImportedRow],
    decisions: Decisions,
    nouns: Sequence[str],
    report: ImportReport,
    today: date,
    returned: Returned | None = None,
    mark: PaperMark | None = None,
) -> None:
    """Plan each row, write what it brings, and report it; the unit of work decides what is kept.

    A sheet with a mark is about one placement, and of no other is it said that it is missing; nor
    of any record while rows are wrong, as it may be that of one.
    """
    known = Known(unit.store, today)
    planner = Planner(known, decisions, today, unit.who, returned, rows)
    report.decided_kinds = planner.decided_kinds
    for row in rows:
        plan = planner.plan(row)
        report.counts[plan.outcome] += 1
        for asked in plan.asks:
            report.asks[asked] = report.asks.get(asked, 0) + 1
            report.asked_in.setdefault(asked, plan.number)
        report.rows.append(keep_row(unit, known, planner, row, plan, report))
    if not mark and not report.wrong:
        report.missing = list_absent(unit.store, planner.told, nouns)


def keep_row(
    unit: UnitOfWork,
    known: Known,
    planner: Planner,
    row: ImportedRow,
    plan: RowPlan,
    report: ImportReport,
) -> RowReport:
    """Write what a row brings and return its report."""
    if plan.wrong or plan.passed:
        wrong, passed = plan.wrong, plan.passed
        return RowReport(plan.sheet, plan.number, plan.outcome, wrong=wrong, passed=passed)
    written = Writer(unit, known)
    pupil = written.write(plan.pupil) if plan.pupil else None
    places: list[tuple[int, int]] = []
    for place in plan.places:
        provider = written.write(place.provider) if place.provider else None
        placement = None
        if place.placement is not None:
            placement = written.write(place.placement, pupil, provider)
            report.without_school += lacks_school(place.placement, pupil)
        places.append((provider.id if provider else 0, placement.id if placement else 0))
    planner.remember(row, pupil.id if pupil else None, places)
    report.providers += written.providers
    for change in written.changes:
        report.records[change.noun.NOUN, change.outcome] += 1
    return RowReport(
        plan.sheet,
        plan.number,
        plan.outcome,
        tuple(change.ref for change in written.changes if change.outcome != NEW),
        tuple(change.ref for change in written.changes if change.outcome == NEW),
        tuple(change for change in written.changes if change.facts),
        noted=plan.noted,
        kept=plan.kept,
    )


def lacks_school(placement: Step, pupil: Noun | None) -> bool:
    """Tell whether a placement is new, and its child has no home school on record."""
    is_new = placement.before is None
    return is_new and isinstance(pupil, Pupil) and not recorded(pupil.home_school)


class Writer:
    """Writes the records of one row, and lists what it brings, and which providers are new."""

    def __init__(self, unit: UnitOfWork, known: Known) -> None:
        self.unit, self.known = unit, known
        self.changes: list[Change] = []
        self.providers: list[Provider] = []
        self._written: dict[int, Noun] = {}

    def write(self, step: Step, pupil: Noun | None = None, provider: Noun | None = None) -> Noun:
        """Write a record, if it is new or changed, and return it with its number."""
        from ..store import writing

        if id(step) in self._written:
            return self._written[id(step)]
        after = step.after
        if isinstance(after, Placement) and pupil and provider and is_to_be_placed(after):
            after = placed(after, pupil.id, provider.id)
        if step.before is None:
            after = writing.add(self.unit, after)
        elif step.changed:
            writing.correct(self.unit, step.before, after, self.known.today)
        if step.before is None or step.changed:
            self.known.add(after, step.before is None)
        self._written[id(step)] = after
        if isinstance(after, Provider) and step.before is None:
            self.providers.append(after)
        self.changes.append(describe(step, after))
        return after


def describe(step: Step, after: Noun) -> Change:
    """Return what a step brings to a record, which has its number."""
    before = step.before
    facts = tuple((name, getattr(before, name), getattr(after, name)) for name in step.changed)
    name = str(getattr(after, "name", ""))
    return Change(type(after), after.ref, step.outcome, name, facts if before else ())
