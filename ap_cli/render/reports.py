"""Reports for an inspector and for governors, as rows of data and as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.days import count, words
from ..domain.provider import Provider
from ..domain.pupil import short_name
from ..forms.facts import recorded
from ..forms.text import hours, hours_number
from ..services.inspection import InspectedPlacement, InspectedProvider, Inspection
from .result import Lines, View

KEYS = (
    "provider_ref",
    "provider",
    "addresses",
    "registered",
    "urn",
    "last_visit",
    "visits_kept_by",
    "staff_checks",
    "ref",
    "pupil",
    "name",
    "year",
    "reasons",
    "route",
    "starts",
    "ends",
    "hours",
    "attendance_percent",
    "last_mark",
    "last_review",
)
"""The keys of a row of the inspection list; `name` only where names are asked for."""


def inspection_rows(inspection: Inspection, names: bool) -> Iterator[dict[str, Any]]:
    """Return a row for each placement, with its provider."""
    for each in inspection.providers:
        about = provider_row(each, inspection)
        for line in each.placements:
            yield about | placement_row(line, names)


def provider_row(inspected: InspectedProvider, inspection: Inspection) -> dict[str, Any]:
    """Return what is known of a provider, as data; None for what nobody recorded."""
    provider = inspected.provider
    return {
        "provider_ref": provider.ref,
        "provider": provider.name,
        "addresses": list_addresses(provider),
        "registered": is_registered(provider, inspection),
        "urn": str(provider.urn) if recorded(provider.urn) else None,
        "last_visit": inspected.last_visit,
        "visits_kept_by": list(inspected.kept_by),
        "staff_checks": inspected.staff_checks,
    }


def list_addresses(provider: Provider) -> str | None:
    """Return the addresses that children attend, parted by semicolons; None if there are none."""
    sites = provider.sites.all if recorded(provider.sites) else ()
    return "; ".join(map(str, sites)) or None


def is_registered(provider: Provider, inspection: Inspection) -> bool | None:
    """Return whether a provider is a registered school on the day; None if nobody recorded it."""
    registered = provider.registered
    return registered.on(inspection.on) if recorded(registered) else None


def placement_row(line: InspectedPlacement, names: bool) -> dict[str, Any]:
    """Return what is known of a placement, as data."""
    row: dict[str, Any] = {"ref": line.placement, "pupil": line.pupil}
    if names:
        row["name"] = line.name
    return row | {
        "year": line.year,
        "reasons": list(line.reasons) if recorded(line.reasons) else None,
        "route": line.route,
        "starts": line.starts,
        "ends": line.ends if recorded(line.ends) else None,
        "hours": hours_number(line.minutes),
        "attendance_percent": line.attendance.percent,
        "last_mark": line.last_mark,
        "last_review": line.last_review,
    }


def inspection_lines(inspection: Inspection, anonymous: bool = False) -> Lines:
    """Return the lines of the inspection list: a provider, then the children there.

    An `anonymous` one has the references of the children alone, whatever the user's settings.
    """

    def make(_: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        children = count(inspection.children, "child", "children")
        providers = count(len(inspection.providers), "provider")
        yield f"{children} at {providers} on {words(inspection.on)}"
        for each in inspection.providers:
            yield ""
            yield f"{each.provider.name} ({each.provider.ref})"
            yield f"  {describe_provider(each, inspection)}"
            for line in each.placements:
                child = line.pupil if anonymous else name_child(line, view)
                yield f"  {line.placement}  {child}  {describe_placement(line)}"

    return make


def name_child(line: InspectedPlacement, view: View) -> str:
    """Name a child as the user's settings have it."""
    if view.names == "never":
        return line.pupil
    return line.name if view.names == "full" else short_name(line.name)


def describe_provider(inspected: InspectedProvider, inspection: Inspection) -> str:
    """Say in a line what was checked of a provider."""
    registered = {True: "registered", False: "not registered", None: "registered: not recorded"}
    visit, checks = inspected.last_visit, inspected.staff_checks
    return "; ".join(
        (
            registered[is_registered(inspected.provider, inspection)],
            f"visited {words(visit)}" if visit else inspected.no_visit,
            f"staff checks {words(checks)}" if checks else "staff checks not confirmed",
        )
    )


def describe_placement(line: InspectedPlacement) -> str:
    """Say in a line since when, for how long and how well a child is there."""
    percent = line.attendance.percent
    review = line.last_review
    return "; ".join(
        (
            f"from {words(line.starts)}",
            f"{hours(line.minutes)} hours",
            f"attended {percent:g} %" if percent is not None else "no attendance",
            f"reviewed {words(review)}" if review else "no review",
        )
    )
