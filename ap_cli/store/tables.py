"""The tables, for writing: a noun's columns come from the fields of its record, stated once."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean as Bool
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from ..domain.commissioner import Commissioner
from ..domain.placement import WEEK, Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.references import REFERENCES
from ..forms.form import Minutes, MinutesOrNone, Noun, Pence, field_types, required_fields

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

KEYS: dict[Any, str] = {kind: f"{noun.NOUN}.id" for kind, noun in REFERENCES.items()}
TYPES: dict[Any, Any] = {
    date: Date,
    bool: Bool,
    int: Integer,
    Minutes: Integer,
    MinutesOrNone: Integer,
    Pence: Integer,
} | dict.fromkeys(REFERENCES, Integer)
SUBJECTS = ("placement", "pupil", "provider")


def table(name: str, columns: dict[str, Any], *constraints: Any) -> Any:
    """Make a SQLModel class for a table of these columns, with an id of its own."""
    made: dict[str, Any] = {"id": Field(default=None, primary_key=True)}
    made |= {column: Field(default=None, sa_column=kept) for column, kept in columns.items()}
    annotations = dict.fromkeys(made, Any) | {"id": int | None}
    settings = {
        "__tablename__": name,
        "__module__": __name__,
        "__table_args__": constraints,
        "__annotations__": annotations,
    }
    make: Any = type(SQLModel)
    return make(f"{name.capitalize()}Row", (SQLModel,), settings | made, table=True)


def columns(record: type[Noun], names: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns of a record's fields.

    Required ones are NOT NULL; a field that is no number, day or yes-or-no is text.
    """
    required = required_fields(record)
    found = {}
    for name in names:
        kind, _ = field_types(record)[name]
        key = (ForeignKey(KEYS[kind]),) if kind in KEYS else ()
        found[name] = Column(name, TYPES.get(kind, Text), *key, nullable=name not in required)
    return found


def not_known() -> dict[str, Any]:
    """Return the column that names facts asked for and not yet known, with by whom and when."""
    return {"not_known": Column("not_known", Text)}


def own(record: type[Noun], *elsewhere: str) -> tuple[str, ...]:
    """Return the names of the fields that are in a record's own table."""
    return tuple(
        name for name in record.__struct_fields__ if name != "id" and name not in elsewhere
    )


CommissionerRow = table(
    "commissioner",
    columns(Commissioner, own(Commissioner)) | not_known(),
    CheckConstraint("name <> ''", name="name"),
)
PupilRow = table(
    "pupil", columns(Pupil, own(Pupil)) | not_known(), CheckConstraint("name <> ''", name="name")
)
ProviderRow = table(
    "provider",
    columns(Provider, own(Provider, "sites")) | not_known(),
    CheckConstraint("name <> ''", name="name"),
    CheckConstraint("offered_minutes > 0 AND offered_minutes <= 3600", name="offered"),
)
SiteRow = table(
    "site",
    {
        "provider": Column("provider", Integer, ForeignKey("provider.id"), nullable=False),
        "number": Column("number", Integer, nullable=False),
        "address": Column("address", Text, nullable=False),
        "kind": Column("kind", Text, nullable=False),
    },
    UniqueConstraint("provider", "number"),
    CheckConstraint("number > 0", name="number"),
)
PlacementRow = table(
    "placement",
    columns(Placement, own(Placement, *WEEK)) | not_known(),
    ForeignKeyConstraint(["provider", "site"], ["site.provider", "site.number"]),
    CheckConstraint("ends >= starts", name="ends"),
    CheckConstraint("ended >= starts", name="ended"),
    CheckConstraint(
        "(ended IS NULL) = (end_reason IS NULL) AND (ended IS NULL) = (destination IS NULL)",
        name="ending",
    ),
    Index(None, "pupil"),
    Index(None, "provider", "starts"),
)
WeekRow = table(
    "week",
    {
        "placement": Column("placement", Integer, ForeignKey("placement.id"), nullable=False),
        "since": Column("since", Date, nullable=False),
        **columns(Placement, WEEK),
    },
    UniqueConstraint("placement", "since"),
    *(
        CheckConstraint(f"{name} {least} AND {name} <= 3600", name=name)
        for name, least in zip(WEEK[:3], ("> 0", ">= 0", ">= 0"), strict=True)
    ),
)
EntryRow = table(
    "entry",
    {
        **{name: Column(name, Integer, ForeignKey(f"{name}.id")) for name in SUBJECTS},
        "kind": Column("kind", Text, nullable=False),
        "day": Column("day", Date, nullable=False),
        "who": Column("who", Text),
        "note": Column("note", Text),
        "details": Column("details", Text, nullable=False),
        "withdrawn": Column("withdrawn", Text),
        **not_known(),
    },
    CheckConstraint(
        " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in SUBJECTS) + " = 1",
        name="one_subject",
    ),
    CheckConstraint("json_valid(details)", name="details"),
    *(Index(None, name, "day") for name in SUBJECTS),
)
TermRow = table(
    "term",
    {
        "calendar": Column("calendar", Text, nullable=False),
        "name": Column("name", Text, nullable=False),
        "first": Column("first", Date, nullable=False),
        "last": Column("last", Date, nullable=False),
    },
    UniqueConstraint("calendar", "first"),
    CheckConstraint("last >= first", name="order"),
)
ClosureRow = table(
    "closure",
    {
        "calendar": Column("calendar", Text, nullable=False),
        "name": Column("name", Text, nullable=False),
        "day": Column("day", Date, nullable=False),
    },
    UniqueConstraint("calendar", "day"),
)
OverlayRow = table("overlay", {"text": Column("text", Text), "made": Column("made", Text)})
MarkRow = table(
    "mark",
    {
        "placement": Column("placement", Integer, ForeignKey("placement.id"), nullable=False),
        "pupil": Column("pupil", Integer, ForeignKey("pupil.id"), nullable=False),
        "day": Column("day", Date, nullable=False),
        "half": Column("half", Integer, nullable=False),
        "code": Column("code", Text, nullable=False),
        "nature": Column("nature", Text),
        "reason": Column("reason", Text),
        "who": Column("who", Text, nullable=False),
        "at": Column("at", Text, nullable=False),
        "replaces": Column("replaces", Integer, ForeignKey("mark.id")),
        "current": Column("current", Bool, nullable=False),
        "unit": Column("unit", Integer, nullable=False),
    },
    CheckConstraint("half IN (0, 1)", name="half"),
    CheckConstraint("replaces IS NULL OR reason IS NOT NULL", name="reason"),
    Index(
        "uq_mark_pupil_day_half",
        "pupil",
        "day",
        "half",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
    Index(None, "placement", "day"),
)
DraftRow = table(
    "draft",
    {
        "form": Column("form", Text, nullable=False),
        "answers": Column("answers", Text, nullable=False),
        "who": Column("who", Text, nullable=False),
        "at": Column("at", Text, nullable=False),
        "about": Column("about", Text),
    },
    CheckConstraint("json_valid(answers)", name="answers"),
    {"sqlite_autoincrement": True},  # the number of a dropped draft is not used again
)
AuditRow = table(
    "audit",
    {
        "at": Column("at", Text, nullable=False),
        "asof": Column("asof", Date),
        "who": Column("who", Text, nullable=False),
        "what": Column("what", Text, nullable=False),
        "subject": Column("subject", Text, nullable=False),
        "reason": Column("reason", Text),
        "unit": Column("unit", Integer),
        "undoes": Column("undoes", Integer),
        "place": Column("place", Text),
        "row": Column("row", Integer),
        "old": Column("old", Text, nullable=False),
        "new": Column("new", Text, nullable=False),
    },
    Index(None, "subject"),
    Index(None, "unit"),
)

ROWS: dict[type[Noun], Any] = {
    Commissioner: CommissionerRow,
    Pupil: PupilRow,
    Provider: ProviderRow,
    Placement: PlacementRow,
}
"""The row class of each noun."""
