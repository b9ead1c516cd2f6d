"""List the tasks in order of day, from the outstanding and breached answers of the rules."""

from __future__ import annotations

from collections.abc import Collection, Container
from datetime import date, timedelta

from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import ApError
from ..forms.form import reference
from ..forms.text import echo
from ..rules.engine import Finding
from ..rules.rule import OPEN
from ..rules.task import Urgency, Who, side_of
from ..store.opening import Store
from ..store.queries import records as reading
from . import checks, records
from .checks import CheckRequest
from .path import task_order
from .tasks import is_to_do


def todo(
    store: Store,
    on: date,
    within: int | None = None,
    owner: str | None = None,
    urgencies: Container[Urgency] = tuple(Urgency),
    whose: Collection[Who] = tuple(Who),
) -> list[Finding]:
    """List outstanding and breached findings that are not waived: safety first, then by day.

    What the law or a child's safety asks and nobody can tell is one of them: find it out. A finding
    without a day is due at once. `within` leaves out what is due more than so many days on; with
    `owner`, only the placements that somebody of this name looks after are listed, with their
    pupils and providers; `urgencies` chooses how loud they are, `whose` who does them.
    """
    last = on + timedelta(days=within) if within is not None else date.max
    owned = subjects_of(store, owner, on) if owner is not None else None
    findings_open = (
        finding
        for finding in checks.list_findings(store, CheckRequest(on, answers=OPEN))
        if is_to_do(finding)
    )
    return sorted(
        (
            finding
            for finding in findings_open
            if finding.urgency in urgencies
            and is_whose((finding.who,), whose)
            and is_wanted(finding, on, last)
            and (owned is None or finding.subject in owned)
        ),
        key=lambda finding: task_order(finding, on),
    )


def is_wanted(finding: Finding, on: date, last: date) -> bool:
    """Tell whether a finding is due by a day; what is about a child's safety always is."""
    return finding.urgency is Urgency.SAFETY or (finding.due or on) <= last


SIDES = (Who.SCHOOL, Who.COUNCIL)
"""Who can be the commissioner."""


def is_whose(done_by: Collection[Who | None], wanted: Collection[Who]) -> bool:
    """Tell whether one of those who do something is wanted.

    What a commissioner does whom nobody knows may be the school's or the council's: it is both's.
    """
    if Who.COMMISSIONER in done_by and any(side in wanted for side in SIDES):
        return True
    return any(who in wanted for who in done_by)


def find_my_side(store: Store, on: date) -> Who | None:
    """Return what you are, the council or a school: the only commissioner; None if unknown."""
    only = records.only_commissioner(store, on)
    return side_of(only) if only is not None else None


def subjects_of(store: Store, owner: str, on: date) -> set[str]:
    """List the references of somebody's placements, and of their pupils and providers.

    Capitals in the owner's name make no difference.
    """
    wanted = owner.casefold()
    references: set[str] = set()
    for placement in reading.nouns(store, Placement, on, "pl.owner IS NOT NULL"):
        if isinstance(placement.owner, str) and wanted in placement.owner.casefold():
            references |= {
                placement.ref,
                reference(Pupil.PREFIX, placement.pupil),
                reference(Provider.PREFIX, placement.provider),
            }
    if not references:
        raise ApError(
            f"no placement has the owner “{echo(owner)}”: give it one with "
            "ap placement edit PL-0001 --owner …"
        )
    return references
