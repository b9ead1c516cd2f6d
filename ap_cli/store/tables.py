"""The tables for SQLModel and Alembic: the columns as declared, with what each table refuses."""

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
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from ..domain.placement import WEEK
from . import declared
from .declared import SUBJECTS

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

TYPES: dict[type, Any] = {date: Date, bool: Bool, int: Integer, str: Text, bytes: LargeBinary}


def table(name: str, *constraints: Any) -> Any:
    """Make a SQLModel class for a table of its declared columns, with an id of its own."""
    made: dict[str, Any] = {"id": Field(default=None, primary_key=True)}
    for each in declared.TABLES[name]:
        made[each.name] = Field(default=None, sa_column=column(each))
    annotations = dict.fromkeys(made, Any) | {"id": int | None}
    settings = {
        "__tablename__": name,
        "__module__": __name__,
        "__table_args__": constraints,
        "__annotations__": annotations,
    }
    make: Any = type(SQLModel)
    return make(f"{name.capitalize()}Row", (SQLModel,), settings | made, table=True)


def column(each: declared.Column) -> Any:
    """Return a declared column in the words of SQLAlchemy."""
    key = (ForeignKey(each.refers),) if each.refers else ()
    return Column(each.name, TYPES[each.type], *key, nullable=not each.required)


StoreRow = table("store")
CommissionerRow = table("commissioner", CheckConstraint("name <> ''", name="name"))
PupilRow = table("pupil", CheckConstraint("name <> ''", name="name"))
ProviderRow = table(
    "provider",
    CheckConstraint("name <> ''", name="name"),
    CheckConstraint("offered_minutes > 0 AND offered_minutes <= 3600", name="offered"),
)
SiteRow = table(
    "site",
    UniqueConstraint("provider", "number"),
    CheckConstraint("number > 0", name="number"),
)
PlacementRow = table(
    "placement",
    ForeignKeyConstraint(["provider", "site"], ["site.provider", "site.number"]),
    CheckConstraint("ends >= starts", name="ends"),
    CheckConstraint("ended >= starts", name="ended"),
    CheckConstraint(
        "ended IS NOT NULL OR (end_reason IS NULL AND destination IS NULL)",
        name="ending",
    ),
    Index(None, "pupil"),
    Index(None, "provider", "starts"),
)
WeekRow = table(
    "week",
    UniqueConstraint("placement", "since"),
    *(
        CheckConstraint(f"{name} {least} AND {name} <= 3600", name=name)
        for name, least in zip(WEEK[:3], ("> 0", ">= 0", ">= 0"), strict=True)
    ),
)
EntryRow = table(
    "entry",
    CheckConstraint(
        " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in SUBJECTS) + " = 1",
        name="one_subject",
    ),
    CheckConstraint("json_valid(details)", name="details"),
    *(Index(None, name, "day") for name in SUBJECTS),
    Index(None, "kind", "placement", "day"),
)
TermRow = table(
    "term",
    UniqueConstraint("calendar", "first"),
    CheckConstraint("last >= first", name="order"),
)
ClosureRow = table("closure", UniqueConstraint("calendar", "day"))
OverlayRow = table("overlay")
MarkRow = table(
    "mark",
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
HoldRow = table("hold", Index(None, "pupil"))
ErasedRow = table("erased", Index(None, "pupil"))
DraftRow = table(
    "draft",
    CheckConstraint("json_valid(answers)", name="answers"),
    {"sqlite_autoincrement": True},  # the number of a dropped draft is not used again
)
AuditRow = table("audit", Index(None, "subject"), Index(None, "unit"), Index(None, "place", "row"))
CounterRow = table("counter", UniqueConstraint("name"))
ChainRow = table("chain")
ProofRow = table("proof")
SeenRow = table("seen", Index(None, "subject"))
