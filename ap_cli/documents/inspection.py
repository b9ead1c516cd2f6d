"""The inspection list: where children are placed, who they are, and what was checked."""

from __future__ import annotations

from datetime import date

from ..domain.attendance import SessionCounts
from ..domain.days import count, words
from ..domain.options import route_name
from ..domain.provider import Provider
from ..domain.returned import NOT_RECORDED
from ..forms.facts import Fact, Unknown, recorded
from ..forms.text import capital, hours, lower_first
from ..services.inspection import InspectedPlacement, InspectedProvider, Inspection
from .content import Block, Content, Field, Fields, Heading, Paragraph, Table, Value
from .facts import name_year, period_words, value_words

HEAD = ("Child", "Year", "Why", "Legal route", "From", "To", "Hours", "Attendance", "Last review")
WIDTHS = (19, 8, 17, 17, 13, 13, 8, 15, 13)


def make_content(inspection: Inspection, anonymous: bool = False) -> Content:
    """Make the list; `anonymous` has the references of the children alone."""
    blocks: list[Block] = []
    for each in inspection.providers:
        blocks += list_provider(each, inspection.on, anonymous)
    if not inspection.providers:
        blocks.append(Paragraph("No child is placed outside the school."))
    return Content(
        title="Alternative provision in use",
        subtitle=describe_numbers(inspection),
        blocks=tuple(blocks),
        wide=True,
    )


def describe_numbers(inspection: Inspection) -> str:
    """Say how many children are placed, and at how many providers."""
    children = count(inspection.children, "child", "children")
    providers = count(len(inspection.providers), "provider")
    return f"{children} at {providers} on {words(inspection.on)}"


def list_provider(inspected: InspectedProvider, on: date, anonymous: bool) -> list[Block]:
    """List a provider with the children there."""
    provider = inspected.provider
    rows = tuple(child_row(one, anonymous) for one in inspected.placements)
    return [
        Heading(f"{provider.name} ({provider.ref})"),
        Fields(
            (
                Field("address", "Addresses", provider_addresses(provider)),
                Field("registered", "Registered as a school", registration(provider, on)),
                Field("last_visit", "Last visit", visit_or_keeper(inspected)),
                Field(
                    "staff_checks",
                    "Staff checks confirmed in writing",
                    day_or(inspected.staff_checks, "provider.staff_checks"),
                ),
            )
        ),
        Table("children", HEAD, rows, WIDTHS),
    ]


def provider_addresses(provider: Provider) -> Fact[str]:
    """Return the addresses of a provider that children attend, each in a line of its own."""
    sites = provider.sites
    if not recorded(sites):
        return Unknown("provider.sites")
    return "\n".join(map(str, sites.all)) or Unknown("provider.sites")


def registration(provider: Provider, on: date) -> Fact[str]:
    """Return whether a provider is a registered school on a day, with its URN.

    A school whose URN is not on record says so; one that is no school has none.
    """
    registered, urn = provider.registered, provider.urn
    if isinstance(registered, Unknown):
        return registered
    said = period_words(registered, on)
    if recorded(urn):
        return f"{said}; URN {urn}"
    return f"{said}; URN: {lower_first(NOT_RECORDED)}" if registered.on(on) else said


def visit_or_keeper(inspected: InspectedProvider) -> Fact[str]:
    """Return the last visit; without one, who may keep some, or else a gap."""
    if inspected.last_visit is None and inspected.kept_by:
        return capital(inspected.no_visit)
    return day_or(inspected.last_visit, "provider.visit")


def day_or(day: date | None, gap: str) -> Fact[str]:
    """Return a day in words, or a gap where there is none."""
    return Unknown(gap) if day is None else words(day)


def child_row(line: InspectedPlacement, anonymous: bool) -> tuple[Value, ...]:
    """Return the row of a child's placement."""
    child = line.pupil if anonymous else f"{line.name}\n({line.pupil})"
    year = Unknown("pupil.year_taught") if line.year is None else name_year(line.year)
    return (
        child,
        year,
        in_words(line.reasons),
        capital(route_name(line.route)),
        words(line.starts),
        in_words(line.ends),
        hours(line.minutes),
        attendance_words(line.attendance, line.last_mark),
        day_or(line.last_review, "placement.reviews"),
    )


def in_words(fact: Fact[object]) -> Fact[str]:
    """Return a fact in words, or its gap."""
    return fact if isinstance(fact, Unknown) else value_words(fact)


def attendance_words(counts: SessionCounts, last: date | None) -> Fact[str]:
    """Return attendance in per cent, and the last day with a mark; a gap where there is none."""
    if counts.percent is None or last is None:
        return Unknown("placement.attendance")
    return f"{counts.percent:g} % to {words(last)}"
