"""Record, amend, import and count attendance marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, replace

from ..domain.attendance import NATURE_IS_RECORDED, Mark
from ..domain.calendar import Calendar
from ..domain.days import words
from ..domain.placement import Placement
from ..domain.sessions import HALVES
from ..errors import ApError, BadAnswers
from ..forms.facts import recorded
from ..forms.form import reference
from ..forms.text import first_of
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import attendance as stored
from ..store.queries import records as reading
from ..store.queries import upns
from ..store.queries.commissioners import names_by_number
from ..store.queries.terms import calendars as calendars_of

if TYPE_CHECKING:
    from ..store.unit import UnitOfWork

PRESENT_CODES = ("/", "\\")
"""The codes of a pupil who is present, in the morning and in the afternoon."""

MOST_PROBLEMS = 50
"""How many unusable lines of a file are named in one refusal."""


MOST_LINES = 6
"""The most lines that are named with a problem that they share."""


class Attending(Struct, frozen=True):
    """A placement with what its marks depend on, such as pupil, days, provider and calendar."""

    id: int
    pupil: int
    starts: date
    ended: date | None
    calendar: Calendar
    nature: str
    provider: str

    @property
    def ref(self) -> str:
        """Return its reference: `PL-0001`."""
        return reference(Placement.PREFIX, self.id)


class MarksSaved(Struct, frozen=True):
    """How many marks were added, and how many were recorded already."""

    added: int
    same: int


class Registers:
    """The placements of a store with their marks, for writing many marks at once."""

    def __init__(self, store: Store, today: date) -> None:
        self.today = today
        self.placements = {placement.id: placement for placement in _attending(store)}
        self.of_pupil: dict[int, list[Attending]] = {}
        for placement in self.placements.values():
            self.of_pupil.setdefault(placement.pupil, []).append(placement)
        self.pupils_by_upn = upns.owners(store)
        self.lines: dict[stored.SessionKey, int] = {}
        """The line of the file that marks a pupil's session."""
        self._school_days: dict[tuple[str, date], bool] = {}
        self._store = store
        self._standing: dict[int, dict[stored.SessionKey, stored.Standing]] = {}

    def problem(self, placement: Attending, mark: Mark) -> str:
        """Explain why a mark cannot be recorded; empty if it can."""
        found = self.marked_otherwise(placement, mark)
        return self.refusal(placement, mark) or (
            say_marked_otherwise(placement, mark, found) if found else ""
        )

    def refusal(self, placement: Attending, mark: Mark) -> str:
        """Explain why a mark cannot be right, whatever is on record; empty if it can."""
        if mark.day > self.today:
            return f"{mark.session} is still to come: mark it when it is over"
        if mark.day < placement.starts:
            return f"{mark.session} is before {placement.ref} starts, on {words(placement.starts)}"
        if placement.ended is not None and mark.day > placement.ended:
            return f"{mark.session} is after {placement.ref} ended, on {words(placement.ended)}"
        if not self.is_school_day(placement.calendar, mark.day):
            return (
                f"{words(mark.day, weekday=True)} is not a school day in {placement.calendar.name}"
            )
        present = PRESENT_CODES[mark.half]
        if mark.code in PRESENT_CODES and mark.code != present:
            return f"{mark.session}: use {present}, as {mark.code} is for the other half of the day"
        return ""

    def marked_otherwise(self, placement: Attending, mark: Mark) -> stored.Standing | None:
        """Return what is on record for the session of a mark if that is another mark; else None."""
        found = self.current(placement, mark)
        if found is None or (found.code == mark.code and found.placement == placement.id):
            return None
        return found

    def is_school_day(self, calendar: Calendar, day: date) -> bool:
        """Return whether a calendar has school on a day; the answer is cached."""
        key = calendar.name, day
        if key not in self._school_days:
            self._school_days[key] = calendar.is_presumed_school_day(day)
        return self._school_days[key]

    def current(self, placement: Attending, mark: Mark) -> stored.Standing | None:
        """Return the current mark of a mark's session, wherever the pupil was; None without one."""
        standing = self._standing_of(placement.pupil)
        return standing.get(session_of(placement, mark)) if standing else None

    def _standing_of(self, pupil: int) -> dict[stored.SessionKey, stored.Standing]:
        """Return the current marks of a pupil, which are read when the first is asked for."""
        if pupil not in self._standing:
            self._standing[pupil] = stored.standing(self._store, pupil)
        return self._standing[pupil]

    def add(self, placement: Attending, mark: Mark) -> None:
        """Count a mark as recorded, so that a second mark for its session is noticed.

        Of a file that is noticed by the lines.
        """
        if not self.lines:
            found = stored.Standing(0, mark.code, placement.id)
            self._standing_of(placement.pupil)[session_of(placement, mark)] = found

    def remove(self, placement: Attending, mark: Mark) -> None:
        """Count the mark of a session as replaced, so that another can be recorded."""
        del self._standing_of(placement.pupil)[session_of(placement, mark)]

    def placement(self, id: int) -> Attending:
        """Return a placement by its number; raise ApError if it never started."""
        if id not in self.placements:
            raise ApError(
                f"{reference(Placement.PREFIX, id)} never started: choose a placement that did"
            )
        return self.placements[id]


def say_marked_otherwise(placement: Attending, mark: Mark, found: stored.Standing) -> str:
    """Say what is on record instead of a mark, and what would change it."""
    marked = f"{mark.session} is already marked {found.code}"
    if found.placement != placement.id:
        return f"{marked} at {reference(Placement.PREFIX, found.placement)}: amend it there"
    return (
        f"{marked}: ap attendance amend {placement.ref} "
        f"{mark.day} {HALVES[mark.half]} {mark.code} --reason …"
    )


def session_of(placement: Attending, mark: Mark) -> stored.SessionKey:
    """Return the session of a mark, whichever placement its pupil was at."""
    return stored.session_key(placement.pupil, mark.day, mark.half)


def _attending(store: Store) -> Iterator[Attending]:
    """List the placements that can have marks, in order; raise StoreProblem for a damaged one."""
    calendars = calendars_of(store)
    commissioners = names_by_number(store)
    for record in stored.attending(store):
        names = commissioners.get(record.commissioner or 0, ())
        yield Attending(
            record.id,
            record.pupil,
            record.starts,
            record.ended,
            calendars.following(record.home_school, *names),
            record.nature or record.provider,
            record.provider,
        )


def with_nature(placement: Attending, mark: Mark) -> Mark:
    """Add the nature of the provision to a mark if its code needs one and the mark has none."""
    return (
        replace(mark, nature=placement.nature)
        if mark.nature is None and mark.code in NATURE_IS_RECORDED
        else mark
    )


class WrongLine(Struct, frozen=True):
    """Why a line of a file cannot be imported."""

    line: int
    why: str


Found = tuple[Attending, Mark] | str | WrongLine
"""A mark with its placement, or the reason why it cannot be recorded."""


def record(store: Store, id: int, marks: Sequence[Mark], author: Author, today: date) -> MarksSaved:
    """Record marks of one placement, all or nothing; skip those recorded already.

    Raise BadAnswers with the reason for each mark that cannot be recorded.
    """
    from ..store import writing

    with writing.change(store, author, "record attendance") as unit:
        registers = Registers(store, today)
        placement = registers.placement(id)
        return save_marks(
            unit,
            registers,
            (registers.problem(placement, mark) or (placement, mark) for mark in marks),
        )


def save_marks(
    unit: UnitOfWork, registers: Registers, marks: Iterable[Found], dry_run: bool = False
) -> MarksSaved:
    """Write marks as they come and return how many; raise BadAnswers if any cannot be recorded.

    What was written until then goes with the unit of work. A dry run only counts.
    """
    saving = Saving(registers)
    new = saving.list_new(marks)
    if dry_run:
        for _ in new:
            pass
    else:
        stored.insert(unit.store, new, unit.next_ids("mark"), unit.who, unit.at, unit.number)
    if saving.problems:
        raise BadAnswers(at_most(list(say_problems(saving.problems))))
    if not dry_run:
        for placement, added in saving.added.items():
            unit.note(reference(Placement.PREFIX, placement), "mark", None, {}, asdict(added))
    return MarksSaved(sum(added.marks for added in saving.added.values()), saving.same)


class Added(Struct):
    """How many marks a placement was given, with the first and the last day of them."""

    marks: int
    first: date
    last: date


class Saving:
    """Marks on their way into the register, one at a time.

    It counts those added to each placement, and those that are there already, and keeps what is
    wrong with others.
    """

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self.problems: dict[str, list[int]] = {}
        self.added: dict[int, Added] = {}
        self.same = 0

    def list_new(self, marks: Iterable[Found]) -> Iterator[tuple[int, int, Mark]]:
        """List the marks to insert, each with the numbers of its placement and its pupil.

        Once something is wrong with one, nothing is inserted any more.
        """
        for found in marks:
            if isinstance(found, str):
                self.problems.setdefault(found, [])
            elif isinstance(found, WrongLine):
                self.problems.setdefault(found.why, []).append(found.line)
            elif self._registers.current(*found):
                self.same += 1
            else:
                self._registers.add(*found)
                if not self.problems:
                    placement, mark = found
                    self._count(placement.id, mark.day)
                    yield placement.id, placement.pupil, with_nature(placement, mark)

    def _count(self, placement: int, day: date) -> None:
        added = self.added.get(placement)
        if added is None:
            self.added[placement] = Added(1, day, day)
            return
        added.marks += 1
        if day < added.first:
            added.first = day
        elif day > added.last:
            added.last = day


def say_problems(problems: Mapping[str, Iterable[int]]) -> Iterator[str]:
    """Yield each problem, with the lines of a file that have it."""
    for why, having in problems.items():
        lines = [str(line) for line in dict.fromkeys(having)]
        which = "line" if len(lines) == 1 else "lines"
        yield f"{which} {first_of(lines, MOST_LINES)}: {why}" if lines else why


def at_most(problems: Sequence[str]) -> list[str]:
    """Return at most MOST_PROBLEMS problems, and a line that counts the rest."""
    more = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], *([f"and {more:,} more"] if more > 0 else [])]


def marks_to_show(store: Store, id: int, today: date) -> tuple[Placement, tuple[Mark, ...]]:
    """Return a placement and its marks up to a day; raise NotFound if it does not exist.

    The store names the marks that are left out, as they cannot be read.
    """
    return reading.one(store, Placement, id, today), stored.readable_marks(store, today, id)


def planned_sessions(store: Store, id: int, monday: date, today: date) -> list[tuple[date, int]]:
    """List the sessions planned at the provider on the school days of a week.

    Raise ApError if the sessions are not recorded, or if the week has none.
    """
    registers = Registers(store, today)
    placement = registers.placement(id)
    planned = []
    for day in (monday + timedelta(days=ahead) for ahead in range(5)):
        if not (
            registers.is_school_day(placement.calendar, day)
            and placement.starts <= day <= min(today, placement.ended or today)
        ):
            continue
        sessions = reading.one(
            store, Placement, id, day
        ).at_provider  # by the week in force on that day
        if not recorded(sessions):
            raise ApError(
                f"say first which sessions of {placement.ref} are at the provider: "
                f"ap placement edit {placement.ref} --at-provider …"
            )
        planned += [(day, slot % 2) for slot in sessions.slots if slot // 2 == day.weekday()]
    if not planned:
        raise ApError(
            f"{placement.ref} has no planned session in that week up to {words(today)}: "
            "choose another week"
        )
    return planned
