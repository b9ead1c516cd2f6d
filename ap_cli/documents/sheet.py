"""The placement sheet, which tells the council about a placement. Source: HB App 1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from ..domain.entries.after import Notified
from ..domain.entries.papers import DocumentName
from ..domain.placement import Placement
from ..domain.sheet import make_sheet
from ..rules.cases.placement import PlacementCase
from ..services.papers import PaperFacts
from .content import Content, Field, Fields, Heading, break_points
from .document import DocumentKind, Sent
from .facts import (
    field_of_line,
    make_address_field,
    make_commissioner_field,
    make_field,
    make_urn_field,
    make_year_field,
)

FEW = 8
"""Points that have a line each on the sheet."""


def make_content(facts: PaperFacts) -> Content:
    """Make the placement sheet: the lines that the council asks for, and what it looks up else."""
    case = facts.case
    lines = make_sheet(case.placement, case.pupil, case.provider, case.visitor)
    asked = {line.field: field_of_line(line) for line in lines}
    return Content(
        title="Placement sheet",
        subtitle="Tells the council about a placement in alternative provision",
        blocks=(
            Heading("The pupil"),
            Fields(list_of_pupil(case, asked)),
            Heading("The provider"),
            Fields(list_of_provider(case, asked)),
            Heading("The placement"),
            Fields(list_of_placement(case, asked)),
            Heading("Who completed this"),
            Fields((asked["Completed by"], asked["Their contact details"])),
        ),
    )


def list_of_pupil(case: PlacementCase, asked: Mapping[str, Field]) -> tuple[Field, ...]:
    """List the fields about the pupil."""
    return (
        asked["School name"],
        asked["Pupil name"],
        asked["Pupil date of birth"],
        make_field(case, "pupil.upn", "UPN"),
        make_year_field(case),
        make_field(case, "pupil.ehcp", "EHC plan"),
        make_field(case, "pupil.looked_after", "Looked after"),
    )


def list_of_provider(case: PlacementCase, asked: Mapping[str, Field]) -> tuple[Field, ...]:
    """List the fields about the provider, and who visited it."""
    return (
        asked["Alternative provision"],
        make_field(case, "provider.kind", "Kind of provider"),
        make_address_field(case),
        make_field(case, "provider.registered", "Registered as a school"),
        make_urn_field(case),
        asked["Visited before by"],
    )


def list_of_placement(case: PlacementCase, asked: Mapping[str, Field]) -> tuple[Field, ...]:
    """List the fields about the placement: why, when, and what it is for."""
    return (
        make_field(case, "placement.reasons", "Reason"),
        make_field(case, "placement.route", "Legal route"),
        make_commissioner_field(case),
        asked["Hours a week"],
        make_field(case, "placement.at_provider", "Days at the provider"),
        asked["Proposed start"],
        asked["Proposed end"],
        make_field(case, "placement.review_dates", "Review dates"),
        break_field(asked["Learning outcomes, success"]),
        asked["Exit strategy"],
    )


def break_field(field: Field) -> Field:
    """Return a field with each of its numbered points on a line of its own, if they are few.

    More of them run on: the sheet is one page. No word changes, as the sheet comes back and is
    compared with the record.
    """
    if not isinstance(field.value, str):
        return field
    broken = break_points(field.value)
    return replace(field, value=broken) if broken.count("\n") < FEW else field


def record_sent(case: PlacementCase, content: Content, by: str, day: date) -> tuple[Sent, ...]:
    """Return what sending the sheet fulfils: the council knows of the placement."""
    return (Sent(Notified(day=day, by=by), Placement, case.placement.id),)


KIND = DocumentKind(
    DocumentName.SHEET, "Placement sheet", "the council", make_content, record_sent=record_sent
)
