"""Read whom records are about: names beside references, for screens; no record is built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from ...forms.form import reference
from ..columns import day_of_record
from ..damage import UNREADABLE
from ..opening import Store
from .conditions import NOT_ENDED


class Whom(Struct, frozen=True):
    """Whom a record is about: references and names, empty where there is none or it is damaged.

    `name` is a pupil's full name, `school` the home school. A pupil's or a provider's own record
    has no placement; `starts` and `ended` are a placement's days.
    """

    ref: str
    pupil: str = ""
    name: str = ""
    school: str = ""
    provider: str = ""
    provider_name: str = ""
    placement: str = ""
    starts: date | None = None
    ended: date | None = None
    never_started: bool = False

    def has_ended(self, on: date) -> bool:
        """Tell whether it is a placement that is over on a day, or never started."""
        return self.never_started or (self.ended is not None and self.ended < on)

    def is_live(self, on: date) -> bool:
        """Tell whether it is a placement that has started and not ended on a day."""
        started = self.starts is not None and self.starts <= on
        return started and not self.has_ended(on)


PUPIL = "pu.id, pu.name, pu.home_school"
PROVIDER = "pr.id, pr.name"
PLACEMENT = (
    f"SELECT pl.id, {PUPIL}, {PROVIDER}, pl.starts, pl.ended, pl.never_started FROM placement pl"
    " LEFT JOIN pupil pu ON pu.id = pl.pupil LEFT JOIN provider pr ON pr.id = pl.provider"
)


def list_placed(store: Store, on: date | None = None) -> list[Whom]:
    """List whom each placement is about, in order: all, or those that have not ended on a day."""
    where = f"WHERE {NOT_ENDED}" if on else ""
    rows = store.rows_as_they_are(f"{PLACEMENT} {where} ORDER BY pl.id", on=on)
    return [_placed(*row) for row in rows]


def find_whom(store: Store, ref: str) -> Whom:
    """Return whom a record is about; a reference of none that is there has no names."""
    prefix, _, number = ref.partition("-")
    if not number.isdigit() or prefix not in FINDERS:
        return Whom(ref)
    query, make = FINDERS[prefix]
    rows = store.rows_as_they_are(query, id=int(number))
    return make(*rows[0]) if rows else Whom(ref)


def _placed(
    id: int,
    pupil: Any,
    name: Any,
    school: Any,
    provider: Any,
    provider_name: Any,
    starts: Any,
    ended: Any,
    never_started: Any,
) -> Whom:
    placement = reference("PL", id)
    child = _pupil(pupil, name, school) if pupil is not None else Whom("")
    there = _provider(provider, provider_name) if provider is not None else Whom("")
    return Whom(
        placement,
        child.pupil,
        child.name,
        child.school,
        there.provider,
        there.provider_name,
        placement,
        _day(starts),
        _day(ended),
        never_started == 1,
    )


def _pupil(id: int, name: Any, school: Any) -> Whom:
    ref = reference("P", id)
    return Whom(ref, ref, _text(name), _school(school))


def _provider(id: int, name: Any) -> Whom:
    ref = reference("PR", id)
    return Whom(ref, provider=ref, provider_name=_text(name))


FINDERS: dict[str, tuple[str, Callable[..., Whom]]] = {
    "P": (f"SELECT {PUPIL} FROM pupil pu WHERE pu.id = :id", _pupil),
    "PR": (f"SELECT {PROVIDER} FROM provider pr WHERE pr.id = :id", _provider),
    "PL": (f"{PLACEMENT} WHERE pl.id = :id", _placed),
}
"""By the prefix of a reference: a query for its row, and what makes a `Whom` of that."""


def _text(value: Any) -> str:
    """A text; empty where it is damaged, or is all blanks and would show nothing."""
    return value if isinstance(value, str) and value.strip() else ""


def _school(value: Any) -> str:
    """A home school; empty for "none", which says that there is not one."""
    school = _text(value)
    return "" if school.casefold() == "none" else school


def _day(value: Any) -> date | None:
    """A day; None where it is damaged or there is none."""
    try:
        return None if value is None else day_of_record(value)
    except UNREADABLE:
        return None
