"""Facts of a case as fields of a paper: each in words, or missing with what records it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from msgspec.structs import replace

from ..domain.commissioner import COMMISSIONER
from ..domain.days import words
from ..domain.options import NO_URN, WITHOUT_ADDRESS, Route, route_name
from ..domain.periods import Periods
from ..domain.provider import ProviderKind, kind_name
from ..domain.sessions import Sessions, days_text
from ..domain.sheet import SheetLine
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import TIMES, Pence, Percent
from ..forms.text import capital, hours, pounds
from ..rules.cases.placement import PlacementCase
from ..rules.gaps import question_of, remedy_for, remedy_for_line
from ..rules.safety import record_address
from ..services.where import address_of
from .content import Field, list_points


def make_field(case: PlacementCase, name: str, label: str) -> Field:
    """Make the field of a fact by its name, such as "placement.success" or "reporting.absence"."""
    fact = find_fact(case, name)
    value = fact if isinstance(fact, Unknown) else fact_words(name, fact, case)
    return Field(key_of(name), label, value, remedy_for(Unknown(name), case))


def make_points(case: PlacementCase, name: str, label: str) -> Field:
    """Make the field of a fact that may hold several points."""
    return number_points(make_field(case, name, label))


def number_points(field: Field) -> Field:
    """Return a field in which each of several points has its line and number."""
    points = list_points(field.value) if isinstance(field.value, str) else ()
    if len(points) < 2:
        return field
    lines = (f"{number}. {point}" for number, point in enumerate(points, 1))
    return replace(field, value="\n".join(lines))


def find_fact(case: PlacementCase, name: str) -> Fact[Any]:
    """Return a fact of the placement, its pupil or its provider, or the newest of an entry."""
    form, _, field = name.partition(".")
    if form in ("placement", "pupil", "provider"):
        return getattr(getattr(case, form), field)
    return case.said(name)


def key_of(name: str) -> str:
    """Return the key of a fact in a template: "pupil_name", "first_day_report_to"."""
    return name.replace(".", "_").replace("-", "_")


def fact_words(name: str, fact: Any, case: PlacementCase) -> str:
    """Return a recorded fact in words."""
    question = question_of(name)
    kind = question.item if question else None
    if kind in TIMES:
        return f"{hours(fact)} hours"
    if kind is Pence:
        return pounds(fact)
    if kind is Percent:
        return f"{fact} %"
    if isinstance(fact, Periods):
        return period_words(fact, case.day_judged)
    return value_words(fact)


def value_words(value: Any) -> str:
    """Return a value in words, by its type alone."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case date():
            return words(value)
        case Sessions():
            return days_text(value)
        case Route():
            return capital(route_name(value))
        case ProviderKind():
            return capital(kind_name(value))
        case Enum():
            return capital(str(value.value).replace("-", " "))
        case tuple():
            return "; ".join(map(value_words, value))
    return str(value)


def period_words(periods: Periods, day: date) -> str:
    """Return whether something holds on a day, and since when: "Yes, since 1 September 2025"."""
    if not periods.spells:
        return "No"
    since = str(periods)
    if not periods.on(day):
        return f"No ({since})"
    return "Yes" if since == "yes" else f"Yes, {since}"


def field_of_line(line: SheetLine) -> Field:
    """Make the field of a line of the placement sheet."""
    return Field(
        key_of(f"{line.form}.{line.ask[0]}"), line.field, line.value, remedy_for_line(line)
    )


def make_address_field(case: PlacementCase, label: str = "Address") -> Field:
    """Make the field of the address that the pupil attends, or of where else the pupil learns."""
    address = WITHOUT_ADDRESS.get(case.place) or address_of(case.provider, case.placement)
    value: Fact[str] = address or Unknown("placement.site")
    return Field("address", label, value, record_address(case))


COMMISSIONED_BY = key_of(COMMISSIONER)
"""The key of the field of who arranges the placement."""


def make_commissioner_field(case: PlacementCase) -> Field:
    """Make the field of the school or council that arranges the placement, and sends its papers."""
    who = case.commissioner
    value = who.name if recorded(who) else Unknown(COMMISSIONER)
    remedy = remedy_for(Unknown(COMMISSIONER), case)
    return Field(COMMISSIONED_BY, "Arranged by", value, remedy)


def make_urn_field(case: PlacementCase) -> Field:
    """Make the field of the provider's URN, which one that is no school does not have."""
    field = make_field(case, "provider.urn", "URN")
    registered = case.provider.registered
    if recorded(field.value) or not recorded(registered) or registered.spells:
        return field
    return replace(field, value=NO_URN)


def make_year_field(case: PlacementCase) -> Field:
    """Make the field of the pupil's year group on the first day, or today once it has begun."""
    year = case.pupil.year_on(case.day_judged)
    value: Fact[str] = Unknown("pupil.year_taught") if year is None else name_year(year)
    return Field("year_group", "Year group", value, remedy_for(Unknown("pupil.year_taught"), case))


def name_year(year: int) -> str:
    """Name a year group: "Reception", "Year 10"."""
    return f"Year {year}" if year else "Reception"
