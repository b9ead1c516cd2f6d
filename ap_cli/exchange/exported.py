"""Records as rows for a spreadsheet, in the columns by which `ap import` knows them again.

A question's column has its label; a record's own reference says which it is. Days, hours and money
are values that a spreadsheet counts with.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

from ..domain.attendance import Mark
from ..domain.ending import FACTS
from ..domain.entries.entry import Entry
from ..domain.periods import Periods
from ..domain.placement import Placement
from ..domain.provider import Provider, Sites
from ..domain.pupil import Pupil
from ..domain.references import PREFIXES
from ..domain.sessions import HALVES
from ..forms.facts import Unknown, recorded
from ..forms.form import TIMES, Noun, Pence, field_types, questions, reference
from ..forms.text import capital, heading, hours_number, lower_first
from ..services.exporting import Around, PlacementAround
from .cells import BULLET
from .fields import fields_by_heading, fold_heading
from .whose import heading_of_store

Cell = date | Decimal | float | int | str | None
Row = dict[str, Cell]
Columns = dict[str, str]
"""The headings of columns, by the keys of their cells."""

REF = "ref"
REFERENCES = (REF, "placement", "pupil", "provider")
"""The columns of references, whose headings name the store that they are of."""

FROM_OTHERS = ("pupil", "provider", "name")
"""Questions whose column is named after the record that it is about."""


def noun_columns(noun: type[Noun]) -> Columns:
    """Return the columns of a record: its reference, whom it is about, and its questions."""
    title = capital(noun.NOUN)
    columns = {REF: f"{title} ref"}
    if noun is Placement:
        columns |= AROUND_PLACEMENT
    else:
        columns["name"] = f"{title} name"
    asked = [question.name for question in questions(noun) if question.name not in FROM_OTHERS]
    columns |= {name: heading_for(noun, name) for name in asked}
    return columns | DERIVED.get(noun, {})


AROUND_PLACEMENT: Columns = {
    "pupil": "Pupil ref",
    "pupil_name": "Pupil name",
    "upn": "UPN",
    "born": "Date of birth",
    "home_school": "Home school",
    "ehcp": "EHC plan",
    "looked_after": "Looked after",
    "provider": "Provider ref",
    "provider_name": "Provider name",
    "provider_kind": "Kind of provider",
    "urn": "URN",
    "registered": "Registered",
    "provider_sites": "Provider address",
}
"""Whom and where a placement is about: what another store needs to take it in."""

OF_PUPIL = ("upn", "born", "home_school", "ehcp", "looked_after")
OF_PROVIDER = {
    "provider_kind": "kind",
    "urn": "urn",
    "registered": "registered",
    "provider_sites": "sites",
}


def heading_for(noun: type[Noun], name: str) -> str:
    """Return the heading of a question: its label, after the record's name if others are called so.

    A site is one of the provider's in some sheets: that of a placement is the "Placement site".
    """
    label = heading(name)
    is_one = len(fields_by_heading().get(fold_heading(label), ())) == 1
    return label if is_one else f"{capital(noun.NOUN)} {lower_first(label)}"


DERIVED: dict[type[Noun], Columns] = {
    Pupil: {"year_group": "Year group"},
    Placement: {"state": "State"}
    | {name: heading(name) for name in FACTS if name != "never_started"},
}
"""What a row says besides the answers to the questions of its form."""


def pupil_row(pupil: Pupil, on: date) -> Row:
    """Return a pupil as a row, with the year group on a day."""
    return record_cells(pupil) | {"year_group": pupil.year_on(on)}


def placement_row(one: PlacementAround, on: date) -> Row:
    """Return a placement as a row, with who and what is around it and where it stands on a day."""
    placement = one.listed.placement
    cells = record_cells(placement) | {
        "pupil_name": one.listed.pupil_name,
        "provider_name": one.listed.provider_name,
        "commissioner": one.commissioner or None,
        "site": site_cell(placement, one.provider),
        "state": str(placement.state(on)),
    }
    if one.pupil is not None:
        known = record_cells(one.pupil)
        cells |= {name: known[name] for name in OF_PUPIL}
    if one.provider is not None:
        known = record_cells(one.provider)
        cells |= {name: known[theirs] for name, theirs in OF_PROVIDER.items()}
    return cells


def site_cell(placement: Placement, provider: Provider | None) -> Cell:
    """Return the address of the site of a placement; its number if it cannot be told by that."""
    if not recorded(placement.site):
        return None
    sites = provider.sites.all if provider and recorded(provider.sites) else ()
    there = [site.address for site in sites if site.number == placement.site]
    is_sure = bool(there) and sum(site.address == there[0] for site in sites) == 1
    return there[0] if is_sure else placement.site


def record_cells(record: Noun) -> Row:
    """Return the facts of a record as cells, by their names."""
    kinds = field_types(type(record))
    cells: Row = {REF: record.ref}
    for name in record.__struct_fields__:
        if name != "id":
            cells[name] = cell_of(getattr(record, name), kinds[name][0])
    return cells


def cell_of(fact: Any, kind: Any) -> Cell:
    """Return a fact as a cell; None if it is not recorded."""
    if fact is None or isinstance(fact, Unknown):
        return None
    if kind in TIMES:
        return hours_number(fact)
    if kind is Pence:
        return Decimal(fact).scaleb(-2)
    if kind in PREFIXES:
        return reference(PREFIXES[kind], fact)
    if get_origin(kind) is tuple:
        return list_cell(fact, get_args(kind)[0])
    return plain_cell(fact)


def plain_cell(fact: Any) -> Cell:
    """Return a fact whose value says of what type it is as a cell."""
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, Enum):
        return str(fact.value)
    if isinstance(fact, Periods):
        return period_cell(fact)
    if isinstance(fact, Sites):
        return "\n".join(map(str, fact.all)) or None
    if isinstance(fact, date | int | float):
        return fact
    return str(fact)


def period_cell(periods: Periods) -> Cell:
    """Return what holds on some days as a cell: the day since when, yes, no, or all its days."""
    if len(periods.spells) == 1:
        (spell,) = periods.spells
        if spell.began and not spell.ended:
            return spell.began
    return str(periods)


def list_cell(items: tuple[Any, ...], kind: Any) -> Cell:
    """Return several answers as a cell, parted by semicolons; texts that hold some are listed."""
    texts = [str(cell_of(item, kind)) for item in items]
    if any(";" in text for text in texts):
        return "\n".join(f"{BULLET} {text}" for text in texts)
    return "; ".join(texts) or None


AROUND: Columns = {
    "placement": "Placement",
    "pupil": "Pupil",
    "pupil_name": "Pupil name",
    "provider": "Provider",
    "provider_name": "Provider name",
    "school": "School",
}
"""Whom a row is about."""

MARKS: Columns = {
    "placement": "Placement",
    "pupil": "Pupil",
    "pupil_name": "Pupil name",
    "upn": "UPN",
    "born": "Date of birth",
    "provider_name": "Provider name",
    "day": "Date",
    "session": "Session",
    "code": "Code",
    "nature": "Nature",
    "reason": "Why it was amended",
    "who": "Recorded by",
}
ENTRIES: Columns = (
    {REF: "Ref", "day": "Date", "kind": "Kind"}
    | AROUND
    | {
        "by": "By",
        "note": "Note",
        "told": "What was recorded",
    }
)
FINDINGS: Columns = AROUND | {
    "rule": "Rule",
    "binds": "How much it binds",
    "answer": "Answer",
    "task": "What to do",
    "due": "By when",
    "message": "Why",
    "cites": "Source",
    "command": "Command",
}


def around_cells(around: Around) -> Row:
    """Return whom a row is about as cells."""
    return {name: getattr(around, name) or None for name in AROUND}


def mark_row(around: Around, mark: Mark) -> Row:
    """Return a mark as a row that `ap attendance import` takes."""
    return around_cells(around) | {
        "upn": around.upn or None,
        "born": around.born,
        "day": mark.day,
        "session": HALVES[mark.half],
        "code": mark.code,
        "nature": mark.nature,
        "reason": mark.reason,
        "who": mark.who,
    }


def entry_row(around: Around, entry: Entry, told: str) -> Row:
    """Return what happened as a row; `told` is what was recorded, in words."""
    note, by = (cell_of(fact, str) for fact in (entry.note, entry.by))
    cells: Row = {REF: entry.ref, "day": entry.day, "kind": entry.KIND, "by": by, "note": note}
    return cells | around_cells(around) | {"told": told}


def headings_of(columns: Columns, store: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys and the headings of columns; those of references name the `store`, its id."""
    headings = (
        heading_of_store(heading, store) if store and key in REFERENCES else heading
        for key, heading in columns.items()
    )
    return tuple(columns), tuple(headings)
