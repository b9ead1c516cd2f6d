"""Import the attendance of a file: find whose each mark is, and keep all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from msgspec import Struct, field

from ..domain.attendance import Mark, Reported
from ..domain.days import count, words
from ..domain.likeness import name_key, provider_key
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..domain.sessions import HALVES
from ..errors import ApError, BadAnswers
from ..forms.facts import recorded
from ..forms.form import reference
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import attendance as stored
from .attendance import Attending, Found, MarksSaved, Registers, WrongLine, save_marks, session_of
from .marked_pupils import PupilsOfMarks, SameChild, UnsurePupils


class PassedOver(Struct):
    """What a file has and is not imported.

    Sessions without a mark; children who are not on record or never placed, by UPN or name with the
    row in which they come first; marks of pupils on days without a placement; and pupils other than
    the one whose placement was asked for.
    """

    without_mark: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    outside: dict[int, int] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)


class Differing(Struct, frozen=True):
    """A mark of a file whose session has another on record, which stays: its code and placement."""

    line: int
    placement: str
    day: date
    half: int
    code: str
    recorded: str
    recorded_at: str


class MarksImported(Struct, frozen=True):
    """How many marks were added, how many were there already, and what was passed over.

    Those `differing` have another mark on record, which stays.
    """

    added: int
    same: int
    passed: PassedOver
    differing: tuple[Differing, ...] = ()


class SeveralPlacements(BadAnswers):
    """Marks of pupils with several placements, of whose weeks none tells at which they were."""

    def __init__(self, undecided: Mapping[int, tuple[Attending, ...]]) -> None:
        self.undecided = undecided
        super().__init__(
            f"{reference(Pupil.PREFIX, pupil)} has several placements,"
            f" {' and '.join(one.ref for one in live)}, and their weeks do not tell at which the"
            f" pupil was: name it in a column “provider”, or import that child's marks with"
            f" --placement {live[0].ref}"
            for pupil, live in undecided.items()
        )


def import_marks(
    store: Store,
    rows: Iterable[Reported],
    author: Author,
    today: date,
    only: int | None = None,
    dry_run: bool = False,
    chosen: Mapping[int, int] | None = None,
    known: Mapping[SameChild, bool] | None = None,
) -> MarksImported:
    """Import the marks of a file, all or nothing; skip sessions that have a mark already.

    With `only` they are all of that placement. `chosen` maps pupils with several to the one that
    their marks are of, unless a plan says so, and `known` tells who is the pupil of that name.
    Raise BadAnswers with each line that cannot be imported, UnsurePupils if it has to be asked who
    somebody is, SeveralPlacements if a pupil's placement has to be chosen.
    """
    from ..store import automatic, writing

    backup = "" if dry_run else automatic.IMPORT
    with writing.change(store, author, "import attendance", backup=backup) as unit:
        registers = Registers(store, today)
        pupils = PupilsOfMarks(store, registers, known or {})
        finder = Finder(store, registers, pupils, only, chosen or {})
        saved = save_marks(unit, registers, finder.find_all(rows), dry_run)
        if pupils.unsure:
            raise UnsurePupils(pupils.unsure)
        if finder.undecided:
            raise SeveralPlacements(finder.undecided)
        if not finder.differing:
            refuse_strangers(saved, finder.passed)
    return MarksImported(saved.added, saved.same, finder.passed, tuple(finder.differing))


def refuse_strangers(saved: MarksSaved, passed: PassedOver) -> None:
    """Raise ApError if a file is of nobody on record."""
    if passed.unknown and not (saved.added or saved.same or passed.without_mark or passed.outside):
        raise ApError(
            f"none of its {count(len(passed.unknown), 'child', 'children')} is on record with a"
            " placement: add pupil and placement first, or name the placement with --placement"
        )


class Finder:
    """Finds whose the marks of a file are; `undecided` are pupils with several placements."""

    def __init__(
        self,
        store: Store,
        registers: Registers,
        pupils: PupilsOfMarks,
        only: int | None,
        chosen: Mapping[int, int],
    ) -> None:
        self._store, self._registers, self._pupils = store, registers, pupils
        self._only, self._chosen = only, chosen
        self.passed = PassedOver()
        self.differing: list[Differing] = []
        self.undecided: dict[int, tuple[Attending, ...]] = {}
        self._plans: dict[int, list[stored.Week]] = {}

    def find_all(self, rows: Iterable[Reported]) -> Iterator[Found]:
        """Yield the marks of rows, each with its placement, or with what is wrong with the row."""
        return filter(None, map(self._find, rows))

    def _find(self, row: Reported) -> Found | None:
        """Return a mark with its placement, or what is wrong with its row; None if passed over."""
        if row.problem and not is_by_name(row):
            return WrongLine(row.line, row.problem)
        try:
            placement = self._placement_of(row)
        except ApError as wrong:
            return WrongLine(row.line, str(wrong))
        if placement is None:
            return None
        mark = Mark(row.day, row.half, row.code, row.nature)
        lines = self._registers.lines
        earlier = lines.setdefault(session_of(placement, mark), row.line)
        if earlier != row.line:
            whose = reference(Pupil.PREFIX, placement.pupil)
            return WrongLine(
                row.line,
                f"{words(mark.day)} {HALVES[mark.half]} of {whose} is in line {earlier} already:"
                " keep one of them",
            )
        if refused := self._registers.refusal(placement, mark):
            return WrongLine(row.line, refused)
        found = self._registers.marked_otherwise(placement, mark)
        if found is None:
            return placement, mark
        at = reference(Placement.PREFIX, found.placement)
        self.differing.append(
            Differing(row.line, placement.ref, mark.day, mark.half, mark.code, found.code, at)
        )
        return None

    def _placement_of(self, row: Reported) -> Attending | None:
        """Return the placement of a mark, None if it is passed over; raise ApError if wrong."""
        pupil = self._pupil_of(row)
        if row.code and pupil is not None and row.placement is None and self._only is None:
            return self._within(self._registers.of_pupil[pupil], row)
        if pupil is None and is_child_told(row):
            return None
        named = self._named(row, pupil)
        if named is not None and pupil not in (None, named.pupil):
            self.passed.others.add(pupil or 0)
            return None
        if not row.code and not row.problem:
            self.passed.without_mark += 1
            return None
        if row.problem:
            raise ApError(row.problem)
        if named is None:
            return self._within(self._registers.of_pupil[pupil or 0], row)
        return self._within([named], row) if is_by_name(row) else named

    def _pupil_of(self, row: Reported) -> int | None:
        """Return the pupil of a row, None if the row does not say or it is passed over.

        Raise ApError for a reference that is nobody's, and for what is that of several.
        """
        placed = self._registers.of_pupil
        if isinstance(row.pupil, int):
            if row.pupil not in placed and not (row.placement or self._only):
                raise ApError(f"no pupil {row.told} has a placement here: check the reference")
            return self._pupils.find(row)
        pupil = self._pupils.find(row)
        if pupil in placed:
            return pupil
        if is_child_told(row) and (row.code or row.problem):
            self.passed.unknown.setdefault(row.told or name_key(row.name), row.line)
        return None

    def _named(self, row: Reported, pupil: int | None) -> Attending | None:
        """Return the placement that a row names, or the one of all rows; raise ApError if wrong."""
        id = row.placement or self._only
        if id is None:
            return None
        found = self._registers.placements.get(id)
        if found is None:
            raise ApError(
                f"{reference(Placement.PREFIX, id)} is not a placement that started: name another"
            )
        if self._only and id != self._only:
            raise ApError(
                f"it names {found.ref}, not {reference(Placement.PREFIX, self._only)}: leave it out"
            )
        if pupil not in (None, found.pupil) and not is_by_name(row):
            raise ApError(f"{found.ref} is for another pupil: correct the pupil or the placement")
        return found

    def _within(self, placements: list[Attending], row: Reported) -> Attending | None:
        """Return which placement a day falls into; None if it is passed over.

        Raise ApError if there is none and the row names the pupil by reference.
        """
        day = row.day
        live = [
            one
            for one in placements
            if one.starts <= day and (one.ended is None or day <= one.ended)
        ]
        if len(live) == 1:
            return live[0]
        pupil = placements[0].pupil
        if live:
            return self._choose(pupil, live, row)
        if not is_by_name(row):
            who = reference(Pupil.PREFIX, pupil)
            raise ApError(f"{who} has no placement on {words(day)}: check the day")
        self.passed.outside[pupil] = self.passed.outside.get(pupil, 0) + 1
        return None

    def _choose(self, pupil: int, live: list[Attending], row: Reported) -> Attending | None:
        """Return at which placement a session was: as named, marked, planned, or chosen.

        None if nothing tells; the pupil is then undecided.
        """
        named = [one for one in live if any(names_provider(text, one.provider) for text in row.at)]
        if len(named) == 1:
            return named[0]
        mark = Mark(row.day, row.half, row.code)
        marked = self._registers.current(live[0], mark)
        for one in live:
            if marked is not None and marked.placement == one.id:
                return one
        planned = [self._is_planned(one.id, mark) for one in live]
        if None not in planned and sum(map(bool, planned)) == 1:
            return live[planned.index(True)]
        for one in live:
            if self._chosen.get(pupil) == one.id:
                return one
        self.undecided.setdefault(pupil, tuple(live))
        return None

    def _is_planned(self, placement: int, mark: Mark) -> bool | None:
        """Return whether the week in force plans a session there; None if nobody recorded it."""
        if placement not in self._plans:
            self._plans[placement] = stored.weeks(self._store, placement)
        weeks = self._plans[placement]
        begun = [sessions for since, sessions, *_ in weeks if since <= mark.day]
        if not begun or not recorded(begun[-1]):
            return None
        return mark.slot in begun[-1].slots


@lru_cache(maxsize=1024)
def names_provider(text: str, provider: str) -> bool:
    """Return whether a text, such as the title of a table, names a provider."""
    return f" {provider_key(provider)} " in f" {provider_key(text)} "


def is_by_name(row: Reported) -> bool:
    """Return whether a row names its pupil as a school's system does, and not by a reference."""
    return row.placement is None and not isinstance(row.pupil, int)


def is_child_told(row: Reported) -> bool:
    """Return whether a row says whose it is by UPN or name."""
    return is_by_name(row) and bool(row.pupil or row.name)
