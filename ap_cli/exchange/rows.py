"""Rows of term dates, from whatever table: which half terms they make, and how.

Councils publish half terms, whole terms with the holiday between their halves, holidays alone, or
first and last days. Only what is called a term, a half term or a holiday counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from ..domain.days import words
from ..domain.half_terms import DAY, HalfTerm
from ..errors import ApError
from ..forms.form import Record
from ..forms.text import name_file
from .named_days import LONGEST_HALF_TERM, NUMBERED, Kind, kind_of

SATURDAY = 5


class NoCalendar(ApError):
    """Term dates of which nobody says whose they are."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{name_file(file)} does not say whose calendar it is: give --calendar NAME"
        )


class Row(Record, frozen=True):
    """Named days of a calendar, with their place in the file; `last` is the day itself for one."""

    place: str
    calendar: str
    name: str
    first: date
    last: date

    @property
    def kind(self) -> Kind:
        """What these days are, by their name and number."""
        return kind_of(self.name, self.first, self.last)

    def __str__(self) -> str:
        until = f" to {words(self.last, weekday=True)}" if self.last > self.first else ""
        return f"{self.name}, {words(self.first, weekday=True)}{until}"


ReadRow = tuple[str, Callable[[], Row]]
"""A row that is still to be read: its place in the file, and what reads it."""


class Block(Record, frozen=True):
    """A half term with what it was made from; `how` is empty for one that a row names."""

    place: str
    half_term: HalfTerm
    how: str = ""


class Reading(Record, frozen=True):
    """What the rows of one calendar make: half terms, and the rows that nothing was made of."""

    blocks: tuple[Block, ...]
    unused: tuple[Row, ...]
    problems: tuple[str, ...] = ()


def read_calendar(rows: Sequence[Row]) -> Reading:
    """Return the half terms that the rows of one calendar make, in order.

    Half terms that are named come first, then terms less their holidays, then first days with the
    next last day; holidays alone make the half terms between them if there is nothing else.
    """
    terms = [row for row in rows if row.kind in (Kind.TERM, Kind.HALF_TERM)]
    holidays = sorted(of_kind(rows, Kind.HOLIDAY), key=first_day)
    edges = edges_of(rows)
    blocks, unused = blocks_of_terms(terms, holidays, edges)
    paired, left, problems = blocks_of_edges(edges, holidays)
    blocks += [new for new in paired if not any(shares_a_day(new, block) for block in blocks)]
    if not blocks and not problems:
        blocks, more = blocks_between(holidays)
        problems = [*problems, *more]
    return Reading(tuple(with_names(blocks)), (*unused, *left), tuple(problems))


def of_kind(rows: Iterable[Row], *kinds: Kind) -> list[Row]:
    """List the rows of some kinds."""
    return [row for row in rows if row.kind in kinds]


def first_day(row: Row) -> date:
    """Return the first day of a row, to sort by."""
    return row.first


def shares_a_day(one: Block, other: Block) -> bool:
    """Return whether two half terms have a day in common."""
    mine, theirs = one.half_term, other.half_term
    return mine.first <= theirs.last and theirs.first <= mine.last


def blocks_of_terms(
    terms: Sequence[Row], holidays: Sequence[Row], edges: Sequence[Row]
) -> tuple[list[Block], list[Row]]:
    """Return the half terms of rows that name a term or one, and the terms named twice over.

    A whole term is left to the half terms, or the first and last days, that lie within it. One with
    the same name is no part of it: it overlaps.
    """
    blocks: list[Block] = []
    unused: list[Row] = []
    for term in terms:
        within = [row for row in terms if row != term and is_within(row, term)]
        pieces = cut(term, holidays)
        is_whole = len(pieces) == 1 and (term.last - term.first).days >= LONGEST_HALF_TERM
        if within or (is_whole and any(term.first < row.first < term.last for row in edges)):
            unused.append(term)
        else:
            blocks += pieces
    return blocks, unused


def is_within(row: Row, term: Row) -> bool:
    """Return whether a row lies in a term and is shorter."""
    inside = term.first <= row.first and row.last <= term.last
    return inside and row.name != term.name and (row.first, row.last) != (term.first, term.last)


def cut(term: Row, holidays: Iterable[Row]) -> list[Block]:
    """Return a term without the holidays in it; a half term with its number stays whole."""
    within = [row for row in holidays if term.first < row.first and row.last < term.last]
    if term.first > term.last or NUMBERED.search(term.name) or not within:
        return [Block(term.place, HalfTerm(term.calendar, term.name, term.first, term.last))]
    starts = [term.first, *(next_weekday(row.last) for row in within)]
    ends = [*(weekday_before(row.first) for row in within), term.last]
    how = f"{term.name} without {' and '.join(row.name for row in within)}"
    return [
        Block(term.place, HalfTerm(term.calendar, "", first, last), how)
        for first, last in zip(starts, ends, strict=True)
    ]


def edges_of(rows: Iterable[Row]) -> list[Row]:
    """List the first and last days in order, each day of a kind a single time."""
    edges = of_kind(rows, Kind.FIRST_DAY, Kind.LAST_DAY)
    by_day = {(row.first, row.kind): row for row in reversed(edges)}
    return sorted(by_day.values(), key=first_day)


def blocks_of_edges(
    edges: Sequence[Row], holidays: Sequence[Row]
) -> tuple[list[Block], list[Row], list[str]]:
    """Return the half terms from each first day to the next last day.

    With them come a last day before all first days and a first day after all last days, which make
    none, and what is wrong: two first days, or two last days, without the other between them.
    """
    left: list[Row] = []
    while edges and edges[0].kind is Kind.LAST_DAY:
        left, edges = [*left, edges[0]], edges[1:]
    while edges and edges[-1].kind is Kind.FIRST_DAY:
        left, edges = [*left, edges[-1]], edges[:-1]
    problems = [
        f"{other.place}: after “{row}” comes “{other}”, and no {missing_between(row)} between them"
        for row, other in pairwise(edges)
        if row.kind is other.kind
    ]
    if problems:
        return [], left, problems
    blocks: list[Block] = []
    for begins, ends in zip(edges[::2], edges[1::2], strict=True):
        term = replace(begins, last=ends.last, name="term")
        how = f"from “{begins.name}” to “{ends.name}”"
        pieces = cut(term, holidays)
        blocks += [Block(begins.place, replace(piece.half_term, name=""), how) for piece in pieces]
    return blocks, left, []


def missing_between(row: Row) -> str:
    """Name the day that is missing after a first day, or after a last day."""
    return "last day" if row.kind is Kind.FIRST_DAY else "first day"


def blocks_between(holidays: Sequence[Row]) -> tuple[list[Block], list[str]]:
    """Return the half terms between holidays, and what is wrong where none can lie."""
    blocks: list[Block] = []
    problems: list[str] = []
    for before, after in pairwise(holidays):
        first, last = next_weekday(before.last), weekday_before(after.first)
        if last < first:
            continue
        if (last - first).days >= LONGEST_HALF_TERM:
            problems.append(
                f"{after.place}: from “{before}” to “{after}” is more than ten weeks: add the "
                "holiday between them"
            )
        how = f"between “{before.name}” and “{after.name}”"
        blocks.append(Block(after.place, HalfTerm(after.calendar, "", first, last), how))
    return blocks, problems


def next_weekday(day: date) -> date:
    """Return the first weekday after a day."""
    day += DAY
    while day.weekday() >= SATURDAY:
        day += DAY
    return day


def weekday_before(day: date) -> date:
    """Return the last weekday before a day."""
    day -= DAY
    while day.weekday() >= SATURDAY:
        day -= DAY
    return day


def with_names(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield half terms in order; those without a name are called by season, number and year."""
    numbers: dict[tuple[str, int], int] = {}
    for block in sorted(blocks, key=begins_on):
        half_term = block.half_term
        season = season_of(half_term.first)
        key = (season, half_term.first.year)
        numbers[key] = numbers.get(key, 0) + 1
        name = half_term.name or f"{season} {numbers[key]} {half_term.first.year}"
        yield replace(block, half_term=replace(half_term, name=name))


def begins_on(block: Block) -> date:
    """Return the first day of a half term, to sort by."""
    return block.half_term.first


SEASONS = ((8, 1, "autumn"), (3, 15, "summer"), (1, 1, "spring"))
"""The month and day from which a term that begins is called by a season."""


def season_of(first: date) -> str:
    """Return the season of the term that a half term with this first day is in."""
    return next(
        season for month, day, season in SEASONS if (first.month, first.day) >= (month, day)
    )
