"""Attendance, session by session: the codes of the register, and what they count as.

The codes are those of SI 2024/208 reg 10; what they count as is the Department's guidance on
attendance of August 2024.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from ..forms.form import Record
from ..forms.text import echo
from .days import words
from .sessions import HALVES


class Counts(StrEnum):
    """What a mark counts as."""

    PRESENT = "present"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not-possible"
    """It counts neither for nor against.

    The pupil could not have attended here, or another school's register has it.
    """


PRESENT, AUTHORISED, UNAUTHORISED, NOT_POSSIBLE = Counts


CODES: dict[str, tuple[str, Counts]] = {
    "/": ("present in the morning", PRESENT),
    "\\": ("present in the afternoon", PRESENT),
    "L": ("late, before the register closed", PRESENT),
    "B": ("another approved educational activity", PRESENT),
    "K": ("provision that a local authority arranged", PRESENT),
    "P": ("a sporting activity", PRESENT),
    "V": ("an educational visit or trip", PRESENT),
    "W": ("work experience", PRESENT),
    "D": ("at another school where registered", NOT_POSSIBLE),
    "C": ("leave for another authorised reason", AUTHORISED),
    "C1": ("leave for a regulated performance or employment", AUTHORISED),
    "C2": ("an agreed part-time timetable", AUTHORISED),
    "E": ("suspended or excluded", AUTHORISED),
    "I": ("ill", AUTHORISED),
    "J1": ("leave for an interview", AUTHORISED),
    "M": ("a medical or dental appointment", AUTHORISED),
    "R": ("religious observance", AUTHORISED),
    "S": ("leave to study for an examination", AUTHORISED),
    "T": ("a parent travelling for work", AUTHORISED),
    "G": ("a holiday without leave", UNAUTHORISED),
    "N": ("the reason is not known yet", UNAUTHORISED),
    "O": ("absent without a reason that counts", UNAUTHORISED),
    "U": ("late, after the register closed", UNAUTHORISED),
    "Q": ("no access arrangements", NOT_POSSIBLE),
    "X": ("not of compulsory school age, and not due", NOT_POSSIBLE),
    "Y1": ("no transport", NOT_POSSIBLE),
    "Y2": ("widespread disruption of travel", NOT_POSSIBLE),
    "Y3": ("part of the site closed", NOT_POSSIBLE),
    "Y4": ("the whole site closed", NOT_POSSIBLE),
    "Y5": ("in criminal justice detention", NOT_POSSIBLE),
    "Y6": ("kept away by public health guidance", NOT_POSSIBLE),
    "Y7": ("another unavoidable cause", NOT_POSSIBLE),
}
"""The codes of the register: what each says, and what it counts as."""

NATURE_IS_RECORDED = ("B", "K")
"""The codes with which the nature of the provision is recorded. Source: SI 2024/208 reg 10(5)."""

NOTHING_MARKED = "-"
"""What is typed for a session without a mark, and for a mark that is taken out."""

UNEXPLAINED = "N"
AGREED = "C2"
"""The code of a session that an agreed part-time timetable leaves out."""


class Mark(Record, frozen=True):
    """The mark of one session: its day, 0 for the morning or 1 for the afternoon, and its code.

    `before` is the code that it amends, if there is one.
    """

    day: date
    half: int
    code: str
    nature: str | None = None
    id: int = 0
    who: str = ""
    reason: str | None = None
    before: str | None = None

    @property
    def slot(self) -> int:
        """Its place in the week: 0, Monday morning, to 9, Friday afternoon."""
        return 2 * self.day.weekday() + self.half

    @property
    def position(self) -> tuple[date, int]:
        """Its day and half, to sort by."""
        return self.day, self.half

    @property
    def counts(self) -> Counts:
        """What it counts as; KeyError for one that is taken out."""
        return CODES[self.code][1]

    @property
    def missed(self) -> bool:
        """Whether it is an absence."""
        return self.counts in (AUTHORISED, UNAUTHORISED)

    @property
    def session(self) -> str:
        """When it is: "2 March 2026 am"."""
        return f"{words(self.day)} {HALVES[self.half]}"

    def __str__(self) -> str:
        return f"{self.session} {self.code}"


def read_code(given: str) -> str:
    """Return a code of the register, whatever its case; raise ValueError if there is none."""
    code = given.strip().upper()
    if code not in CODES:
        raise ValueError(
            f"“{echo(given.strip(), 10)}” is no code of the register: {' '.join(CODES)}"
        )
    return code


def read_half(given: str) -> int:
    """Return a session of a day: "am" is 0, "pm" is 1; raise ValueError for anything else."""
    text = given.strip().lower()
    if text not in HALVES:
        raise ValueError(f"“{echo(given.strip(), 10)}” is no session: am or pm")
    return HALVES.index(text)


class SessionCounts(Record, frozen=True):
    """Counted sessions: present, missed with and without leave, and those that do not count.

    Of those without leave `unexplained` are missed for a reason that is not known yet.
    """

    present: int = 0
    authorised: int = 0
    unauthorised: int = 0
    not_possible: int = 0
    unexplained: int = 0

    @property
    def possible(self) -> int:
        """The sessions that could have been attended."""
        return self.present + self.authorised + self.unauthorised

    @property
    def percent(self) -> float | None:
        """Attendance in per cent of what was possible, to one decimal; None if nothing was."""
        if not self.possible:
            return None
        return (2000 * self.present + self.possible) // (2 * self.possible) / 10  # half up


def count_sessions(marks: Iterable[Mark]) -> SessionCounts:
    """Count the sessions of these marks by what they count as."""
    codes = [mark.code for mark in marks]
    found = Counter(CODES[code][1] for code in codes)
    return SessionCounts(
        found[PRESENT],
        found[AUTHORISED],
        found[UNAUTHORISED],
        found[NOT_POSSIBLE],
        codes.count(UNEXPLAINED),
    )


def missed_running(marks: Sequence[Mark]) -> int:
    """Count the sessions missed without a break at the end of these marks, in order of time.

    Those that were not possible, or that an agreed part-time timetable leaves out, are passed over.
    """
    running = 0
    for mark in reversed(marks):
        if mark.missed and mark.code != AGREED:
            running += 1
        elif mark.counts is PRESENT:
            break
    return running


class Reported(Record, frozen=True):
    """One mark of a file, with its line; without a code, a session that has no mark.

    `problem` says what cannot be read of it. Its pupil is a reference's number or a UPN; `told` is
    what the file calls it, `name` the child's name, and `born` the date of birth. `at` has the
    texts that may name the provider.
    """

    line: int
    problem: str = ""
    placement: int | None = None
    pupil: int | str | None = None
    told: str = ""
    day: date = date.min
    half: int = 0
    code: str = ""
    nature: str | None = None
    name: str = ""
    born: date | None = None
    at: tuple[str, ...] = ()
