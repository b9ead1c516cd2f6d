"""Which column of an attendance table says what: the child, the day, the marks of the sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from ..domain.sessions import HALVES
from ..errors import ApError
from ..forms.form import Record
from ..forms.text import echo
from .attendance_titles import Titles, read_titles
from .headers import normal
from .marks import is_code, is_pair
from .session_headings import Heading, read_heading
from .tables import Row, find_header, name_columns, refuse_same_names, spell_column
from .whose import is_of_another, without_store

COLUMNS = {
    "placement": ("placement", "placement reference"),
    "upn": ("upn", "unique pupil number", "pupil upn", "student upn"),
    "pupil": ("pupil", "pupil reference", "pupil name", "student", "student name", "child",
              "child name", "name", "full name", "learner", "learner name"),
    "surname": ("surname", "last name", "family name", "legal surname", "pupil surname",
                "student surname"),
    "forename": ("forename", "first name", "given name", "legal forename", "pupil forename",
                 "student forename", "forename(s)", "forenames"),
    "born": ("born", "date of birth", "dob", "d.o.b", "birth date", "birthdate", "pupil dob",
             "student dob", "pupil date of birth"),
    "day": ("day", "date", "attendance date", "session date", "mark date", "register date"),
    "week": ("week", "week beginning", "week commencing", "w/c", "w/b", "week starting"),
    "session": ("session", "am/pm", "am or pm", "period", "session name", "half day"),
    "code": ("code", "mark", "attendance code", "attendance mark", "mark code", "register code",
             "session mark", "roll call mark", "marks", "day's marks"),
    "nature": ("nature", "activity", "nature of provision"),
    "provider": ("provider", "provider name", "name of provider", "alternative provider",
                 "ap provider"),
}  # fmt: skip
"""The columns that are read, each with the names that it may have."""

REFERENCES = ("pupil", "pupil reference")
"""The names of a column of pupils by which their references are meant, where names stand beside."""

KNOWN = {name: column for column, names in COLUMNS.items() for name in names}

SUBJECTS = ("placement", "pupil", "upn", "surname", "forename")
"""The columns that say whose a mark is."""

OF_THE_CHILD = (*SUBJECTS, "born", "provider")
"""The columns by which a child and the placement are known: of the last two many have the same."""

NEARLY_ALL = 0.9
"""The share of a column's cells that are codes, for it to be one of codes by its content."""

SAMPLE = 200
"""How many rows are looked at for what a column holds."""

NO_COLUMNS = (
    "name the columns in a line above the marks: pupil (or upn, or placement), date, and session"
    " and code, or am and pm; or a column for each session, such as “Mon 05/01/2026 AM”"
)


class MarkColumn(Record, frozen=True):
    """A column of marks: of a day, a weekday or the day of the row; of a half of it, or of both."""

    position: int
    day: date | None = None
    weekday: int | None = None
    half: int | None = None


class Layout(Record, frozen=True):
    """Where the marks of a table stand: below which row, and in which columns.

    `is_foreign` is whether it has references of another store, which are not read.
    """

    header: int
    positions: Mapping[str, int]
    marks: tuple[MarkColumn, ...]
    titles: Titles
    is_foreign: bool = False

    @property
    def most_marks(self) -> int:
        """Return how many marks a row can have."""
        of_days = sum(column.half is None for column in self.marks)
        return len(self.marks) + (0 if "session" in self.positions else of_days)


def find_layout(rows: Sequence[Row], today: date, only: bool, store: str = "") -> Layout:
    """Return where the marks stand, by the first rows of a table; raise ApError if it is unclear.

    With `only` all marks are of one placement, and no column needs to say whose they are. `store`
    is the id of this one: references of another are not read.
    """
    at = find_header(rows, partial(is_heading, today=today))
    if at is None:
        width = max((len(row.cells) for row in rows), default=0)
        raise ApError(f"{NO_COLUMNS}; of its {width} none is known")
    names = name_columns(rows, at)
    refuse_same_names(names)
    foreign = [name for name in names if is_of_another(name, store)]
    names = tuple(name if name in foreign else without_store(name) for name in names)
    positions = locate(names)
    above = rows[at - 1] if at else None
    headings = read_headings(names, positions.values(), above, today)
    marks = find_marks(names, positions, headings, rows[at + 1 : at + 1 + SAMPLE])
    titles = read_titles(rows[:at], today)
    layout = Layout(rows[at].number, positions, marks, titles, bool(foreign))
    refuse_missing(layout, len(names), only)
    return layout


def is_heading(text: str, today: date) -> bool:
    """Return whether a text names a column of an attendance table.

    A date of birth does not count: it stands above a child's table as well.
    """
    try:
        return (
            KNOWN.get(fold(without_store(text)), "born") != "born"
            or read_heading(text, today) is not None
        )
    except ValueError:
        return True


def fold(name: str) -> str:
    """Return the name of a column as it is compared."""
    return " ".join(name.casefold().replace("_", " ").rstrip(" :.").split())


def locate(names: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands; raise ApError if two say the same."""
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        column = KNOWN.get(fold(name))
        if column is None:
            continue
        if column == "pupil" and column in positions:
            # a reference tells whose a mark is, and the name beside it is for people
            position = choose_reference(names, positions[column], position)
        elif column == "provider":
            position = positions.get(column, position)
        elif column in positions:
            both = f"{spell_column(positions[column])} and {spell_column(position)}"
            raise ApError(f"columns {both} are both the {column}: leave one of them out")
        positions[column] = position
    return positions


def choose_reference(names: Sequence[str], one: int, other: int) -> int:
    """Return which of two columns of pupils has their references, where the other has names.

    Raise ApError if both may say whose a mark is.
    """
    for reference, name in ((one, other), (other, one)):
        if fold(names[reference]) in REFERENCES and "name" in fold(names[name]).split():
            return reference
    both = f"{spell_column(one)} and {spell_column(other)}"
    raise ApError(f"columns {both} are both the pupil: leave one of them out")


def read_headings(
    names: Sequence[str], taken: Iterable[int], above: Row | None, today: date
) -> dict[int, Heading]:
    """Return what the columns that are not taken say of sessions, by their position.

    A half of a day has the day above it, which stands over both. Raise ApError if a weekday is not
    that of its day.
    """
    known, found = set(taken), {}
    head = ""
    for position, name in enumerate(names):
        if above is not None and position < len(above.cells):
            head = normal(above.cells[position]) or head
        try:
            heading = read_heading(name, today)
            if heading is not None and not heading.says_when and head:
                heading = read_heading(f"{head} {name}", today) or heading
        except ValueError as problem:
            raise ApError(
                f"column {spell_column(position)}: “{echo(name)}” cannot be right: {problem}"
            ) from None
        if heading is not None and position not in known:
            found[position] = heading
    return found


def find_marks(
    names: Sequence[str],
    positions: Mapping[str, int],
    headings: Mapping[int, Heading],
    body: Sequence[Row],
) -> tuple[MarkColumn, ...]:
    """Return the columns of marks, none if there are none; raise ApError if it is unclear."""
    reader = is_code if "session" in positions else is_pair
    if "code" in positions:
        code = positions["code"]
        has_sessions = "session" in positions or holds(body, code, is_pair)
        return (MarkColumn(code),) if has_sessions else ()
    dated = [
        MarkColumn(position, heading.day, heading.weekday, heading.half)
        for position, heading in headings.items()
        if heading.says_when
    ]
    if dated:
        return tuple(dated)
    halves = [find_half(half, headings, body) for half in range(len(HALVES))]
    if any(halves):
        return tuple(column for column in halves if column)
    taken = {*positions.values(), *headings}
    others = [position for position in range(len(names)) if position not in taken]
    codes = [position for position in others if holds(body, position, reader)]
    if len(codes) > 1:
        both = f"{spell_column(codes[0])} and {spell_column(codes[1])}"
        raise ApError(f"columns {both} both look like marks: call the right one “code”")
    return tuple(map(MarkColumn, codes))


def find_half(half: int, headings: Mapping[int, Heading], body: Sequence[Row]) -> MarkColumn | None:
    """Return the column of the marks of a half of the day; raise ApError if there are two."""
    found = [position for position, heading in headings.items() if heading.half == half]
    if len(found) > 1:
        found = [position for position in found if holds(body, position, is_code)] or found
    if len(found) > 1:
        both = f"{spell_column(found[0])} and {spell_column(found[1])}"
        raise ApError(f"columns {both} are both of the {HALVES[half]}: leave one of them out")
    return MarkColumn(found[0], half=half) if found else None


def holds(body: Iterable[Row], position: int, reader: Callable[[str], bool]) -> bool:
    """Return whether nearly all cells of a column that hold something are right for a reader."""
    cells = (row.cells[position] for row in body if position < len(row.cells))
    right = [reader(str(cell)) for cell in cells if cell is not None]
    return bool(right) and sum(right) >= NEARLY_ALL * len(right)


class NoSubject(ApError):
    """Marks of which no column says whose they are."""

    def __init__(self, known: str) -> None:
        super().__init__(
            "no column says whose marks these are: give --placement PL-0001 if all are of one"
            f" placement, or call a column pupil, upn or placement; {known}"
        )


def refuse_missing(layout: Layout, width: int, only: bool) -> None:
    """Raise ApError if a table does not say whose marks they are, or of what day."""
    positions, titles = layout.positions, layout.titles
    has_subject = only or titles.upn or titles.name or positions.keys() & set(SUBJECTS)
    has_day = "day" in positions or titles.day is not None
    for column in layout.marks:
        if column.weekday is not None and not (titles.week or positions.keys() & {"week", "day"}):
            raise ApError(
                "the columns are named by weekdays: write which week it is above them, such as"
                " “Week beginning 05/01/2026”"
            )
        has_day = has_day or column.day is not None or column.weekday is not None
    known = f"of its {width} these are known: {', '.join(positions) or 'none'}"
    if not (has_day and layout.marks):
        raise ApError(f"{NO_COLUMNS}; {known}")
    if not has_subject:
        raise NoSubject(known)
