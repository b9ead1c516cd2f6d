"""Which column of a sheet holds what: by its name, by what people call it, or by its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from msgspec.structs import replace

from ..domain.identifiers import close_up, is_like_upn
from ..domain.imported import REFERENCE
from ..errors import ApError
from ..forms.form import Record
from ..forms.text import echo, first_of, shortened
from ..services.records import REFERENCE as REFERENCE_SHAPE
from .cells import as_typed, is_blank, prepare_day
from .fields import (
    ANYBODYS,
    LIKELY,
    NOT_READ,
    WHAT_IS_WRONG,
    Field,
    all_fields,
    fields_by_heading,
    fold_heading,
)
from .headers import normal, refuse_same_names
from .sheets import Cell, spell_column
from .written_days import AGES

NAME, CONTENT, LIKE, TOLD = "name", "content", "like", "told"
"""How a column was matched: by its name, by its content, by a name like it, or as was told."""

SAMPLES = 3
"""How many values of a column are shown."""

NEARLY = 0.86
"""How much alike two headings are, from 0 to 1, to be proposed for the same."""

MOST = 0.8
"""The share of a column's cells that have to be dates of birth, or UPNs, for it to be one."""

FEWEST = 3
"""The fewest cells that say what a column holds."""

IGNORED = "-"
"""What `--map` calls a column that is not to be read."""


class Column(Record, frozen=True):
    """A column with what it holds: no field if it is not read.

    `how` is how it was matched. `group` tells column pairs apart: 1 for “AP1 start”, 0 for one that
    stands for all. Of a form, which has a label a row, `row` is the number of that row.
    """

    position: int
    heading: str
    field: Field | None = None
    how: str = ""
    group: int = 0
    samples: tuple[str, ...] = ()
    row: int = 0

    @property
    def place(self) -> str:
        """Return what a spreadsheet calls it by: "column C", or "row 5" of a form."""
        return f"row {self.row}" if self.row else f"column {spell_column(self.position)}"

    @property
    def is_sure(self) -> bool:
        """Tell whether what it holds need not be asked."""
        return self.field is not None and self.how != LIKE


def match_columns(
    headings: Sequence[Cell],
    cells: Sequence[Sequence[object]],
    today: date,
    told: Mapping[str, str] | None = None,
    nouns: Sequence[str] = (),
    strict: bool = True,
) -> tuple[Column, ...]:
    """Return what each column holds, given its heading and some rows of cells.

    `told` maps headings to names of fields, and beats all else; `nouns` are the records that are
    wanted first where a heading can be of several. If it is `strict`, raise ApError for two columns
    of one name or of one meaning; else the second of one meaning is not read.
    """
    names = [normal(heading) for heading in headings]
    if strict:
        refuse_same_names(names)
    told = {fold_heading(name): ours for name, ours in (told or {}).items()}
    columns = [
        Column(at, name, samples=samples_of(at, cells)) for at, name in enumerate(names) if name
    ]
    columns = [match_heading(column, told, nouns) for column in columns]
    columns = match_contents(columns, cells, today)
    columns = propose_why_it_ended(leave_anybodys(propose_alike(columns, nouns)))
    return tuple(refuse_same_meaning(columns, strict))


def samples_of(position: int, cells: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """Return the first different values of a column as text."""
    texts = (as_typed(row[position]) for row in cells if position < len(row) if row[position])
    return tuple(list(dict.fromkeys(map(shortened, texts)))[:SAMPLES])


def refuse_same_meaning(columns: Iterable[Column], strict: bool) -> Iterator[Column]:
    """Yield the columns; of two that hold one thing raise ApError, or leave the second unread."""
    seen: dict[tuple[str, int], Column] = {}
    for column in columns:
        if column.field is None:
            yield column
            continue
        first = seen.setdefault((column.field.name, column.group), column)
        if first is not column and strict:
            raise ApError(
                f"{first.place} and {column.place} both look like {column.field.label}:"
                f' say which it is not, with --map "{shortened(column.heading)}={IGNORED}" or'
                f' --map "{shortened(first.heading)}={IGNORED}"'
            )
        yield column if first is column else replace(column, field=None, how="")


GROUP = (
    re.compile(r"(?:ap|provider|placement|provision) ?(?P<number>[1-4]) (?P<rest>.+)"),
    re.compile(r"(?:ap|provision) ?(?P<number>[1-4])(?P<rest>)"),
    re.compile(r"(?P<rest>.+?) ?(?:ap ?)?(?P<number>[1-4])"),
)
"""How column pairs are numbered: "AP1 start", "AP 2", "provider 2", "start date AP1"."""


def match_heading(column: Column, told: Mapping[str, str], nouns: Sequence[str]) -> Column:
    """Match a column by what was told of it, or by its name; a numbered one is of its pair."""
    heading = fold_heading(column.heading)
    if heading == fold_heading(WHAT_IS_WRONG):
        return replace(column, how=TOLD)
    named = match_name(column, nouns)
    if heading not in told:
        return named
    numbered = GROUP[0].fullmatch(heading)
    group = named.group or (int(numbered["number"]) if numbered else 0)
    return replace(column, field=find_field(told[heading]), how=TOLD, group=group)


def match_name(column: Column, nouns: Sequence[str]) -> Column:
    """Match a column by its name alone."""
    for spelling in spellings(column.heading):
        if fields := fields_called(spelling):
            return replace(column, field=preferred(fields, nouns), how=NAME)
    for pattern in GROUP:
        numbered = pattern.fullmatch(fold_heading(column.heading))
        if not numbered:
            continue
        rest = numbered["rest"].strip() or "ap"
        if fields := fields_called(rest):
            number = int(numbered["number"])
            return replace(column, field=preferred(fields, nouns), how=NAME, group=number)
    return column


def say_heading(column: Column, nouns: Sequence[str]) -> str:
    """Return a heading by which a column is read again as it was read here, by its name alone.

    That is its own, unless it was told what it holds, or that it holds nothing.
    """
    named = match_name(replace(column, field=None, how="", group=0), nouns)
    if named.field == column.field and named.group == column.group:
        return column.heading
    if column.field is None:
        return f"{NOT_READ}: {column.heading}"
    return f"AP{column.group} {column.field.name}" if column.group else column.field.name


def fields_called(heading: str) -> tuple[Field, ...]:
    """Return the fields that a heading names for certain: “Lead” alone names none."""
    return () if likely_fields(heading) else fields_by_heading().get(heading, ())


def likely_fields(heading: str) -> list[Field]:
    """List the fields of which it has to be asked whether a heading means them."""
    return [all_fields()[name] for name, likely in LIKELY.items() if heading in likely.split("; ")]


def leave_anybodys(columns: Sequence[Column]) -> list[Column]:
    """Leave “Address” and “Phone” unread in a sheet of children: they can be a child's own."""
    has_children = any(
        column.field is not None
        and (column.field.noun == "pupil" or column.field.name == "placement.reference")
        for column in columns
    )
    return [
        replace(column, field=None, how="") if has_children and is_anybodys(column) else column
        for column in columns
    ]


def is_anybodys(column: Column) -> bool:
    """Tell whether a column was matched by a name that does not say whose it holds."""
    if column.how not in (NAME, LIKE) or column.field is None or column.field.noun != "provider":
        return False
    names = spellings(column.heading)
    return any(re.sub(r" ?\d+$", "", name) in ANYBODYS for name in names)


def is_heading(text: str) -> bool:
    """Tell whether a text is the name of a column that is read."""
    return match_heading(Column(0, text), {}, ()).field is not None


def spellings(heading: str) -> list[str]:
    """Return a heading as it is compared: whole, and without what stands in brackets."""
    without = re.sub(r"\(.*?\)|\[.*?\]|\*", " ", heading, flags=re.DOTALL)
    return list(dict.fromkeys((fold_heading(heading), fold_heading(without))))


def preferred(fields: Sequence[Field], nouns: Sequence[str]) -> Field:
    """Return the field of the noun that is wanted first."""
    wanted = [field for noun in nouns for field in fields if field.noun == noun]
    return (wanted or list(fields))[0]


def find_field(ours: str, flag: str = "--map") -> Field | None:
    """Return the field that a flag names; None for one that is not to be read.

    Raise ApError, with what is near, if there is no such field.
    """
    text = ours.strip()
    if text in (IGNORED, "ignore", "nothing"):
        return None
    known = all_fields()
    for name in (text.lower(), text.lower().replace("-", "_").replace(" ", "_")):
        if name in known:
            return known[name]
    fields = fields_by_heading().get(fold_heading(text), ())
    if len(fields) == 1:
        return fields[0]
    near = [field.name for field in fields] or get_close_matches(text, known, 3, 0.6)
    raise ApError(
        f"{flag}: {echo(text)} is no field"
        + (f"; did you mean {first_of(near)}?" if near else ": ap help questions lists them")
    )


def match_contents(
    columns: Sequence[Column], cells: Sequence[Sequence[object]], today: date
) -> list[Column]:
    """Match columns by what they hold: references, UPNs and dates of birth.

    A kind of content that several columns have, or that a name has matched, says nothing.
    """
    found = list(columns)
    taken = {column.field.name for column in columns if column.field}
    for name, holds in CONTENTS.items():
        if name in taken:
            continue
        fitting = [
            at
            for at, column in enumerate(found)
            if column.how == "" and is_mostly(holds, column.position, cells, today)
        ]
        if len(fitting) == 1:
            at = fitting[0]
            found[at] = replace(found[at], field=all_fields()[name], how=CONTENT)
    return found


def is_mostly(
    holds: Callable[[object, date], bool],
    position: int,
    cells: Sequence[Sequence[object]],
    today: date,
) -> bool:
    """Tell whether most cells of a column hold something; too few cells say nothing."""
    filled = [row[position] for row in cells if position < len(row) and not is_blank(row[position])]
    return len(filled) >= FEWEST and sum(holds(one, today) for one in filled) >= MOST * len(filled)


def is_birth(cell: object, today: date) -> bool:
    """Tell whether a cell is the date of birth of a child."""
    from ..forms.days import read_day

    if isinstance(cell, int | float):  # hours and years are numbers too
        return False
    try:
        day = read_day(prepare_day(cell), today)
    except ValueError:
        return False
    return AGES[0] * 365 < (today - day).days < AGES[1] * 365


def is_upn(cell: object, today: date) -> bool:
    """Tell whether a cell is a UPN, right or wrong."""
    return isinstance(cell, str) and is_like_upn(close_up(cell).upper())


def reference_of(prefix: str) -> Callable[[object, date], bool]:
    """Make what tells whether a cell is a reference of a kind."""

    def is_reference(cell: object, today: date) -> bool:
        found = REFERENCE_SHAPE.fullmatch(cell.strip()) if isinstance(cell, str) else None
        return found is not None and found[1].upper() == prefix

    return is_reference


CONTENTS: dict[str, Callable[[object, date], bool]] = {
    f"placement.{REFERENCE}": reference_of("PL"),
    f"pupil.{REFERENCE}": reference_of("P"),
    f"provider.{REFERENCE}": reference_of("PR"),
    "pupil.upn": is_upn,
    "pupil.born": is_birth,
}
"""What can be told from the content of a column alone."""


def propose_alike(columns: Sequence[Column], nouns: Sequence[str]) -> list[Column]:
    """Propose fields for columns whose name is nearly theirs, unless another column has them."""
    taken = {(column.field.name, column.group) for column in columns if column.field}
    found = []
    for column in columns:
        field = None if column.how else find_alike(column, nouns)
        if field is not None and (field.name, 0) not in taken:
            taken.add((field.name, 0))
            column = replace(column, field=field, how=LIKE)
        found.append(column)
    return found


def propose_why_it_ended(columns: Sequence[Column]) -> list[Column]:
    """Take “Why” beside the day on which a placement ended for why it did, as surely as that day.

    Unless another column says that.
    """
    fields = {column.field.name: column for column in columns if column.field}
    ended, reason = fields.get("placement.ended"), all_fields()["placement.end_reason"]
    if ended is None or reason.name in fields:
        return list(columns)
    how = LIKE if ended.how == LIKE else NAME
    return [
        replace(column, field=reason, how=how)
        if column.how == NAME and fold_heading(column.heading) == "why"
        else column
        for column in columns
    ]


def find_alike(column: Column, nouns: Sequence[str]) -> Field | None:
    """Return the field that a column may hold, by a name that is likely its, or nearly its."""
    heading = fold_heading(column.heading)
    if likely := likely_fields(heading):
        return next((field for field in likely if field.noun in nouns), likely[0])
    near = get_close_matches(heading, fields_by_heading(), 1, NEARLY)
    return preferred(fields_by_heading()[near[0]], nouns) if near else None


def nouns_of(columns: Iterable[Column]) -> tuple[str, ...]:
    """Return the records that a sheet has, by its columns: what a placement needs or names it."""
    nouns = dict.fromkeys(column.field.noun for column in columns if column.field)
    return tuple(nouns)
