"""AP3: whether what was seen of a provider still stands, and whether children may be sent there."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.concerns import Thread
from ..domain.days import words
from ..domain.entries.before import Evidence, Suspension
from ..domain.evidence import Item
from ..forms.facts import recorded
from .cases.base import once
from .cases.provider import ProviderCase
from .engine import rule
from .rule import ADVISE, BEFORE, DURING, SHOULD, Says
from .safety import CHECKS, somebody_elses_staff


def outsiders_evidence(case: ProviderCase) -> bool:
    """Whether it is a place outside the school, and not the commissioner's own."""
    return not case.only_in_school and somebody_elses_staff(case)


@once
def expiries(case: ProviderCase) -> dict[Item, date | None]:
    """The day on which each item expires by what was recorded of it last; None where it does not."""
    found: dict[Item, date | None] = {}
    for each in case.entries.all(Evidence):
        found[each.item] = each.expires if recorded(each.expires) else None
    return found


def expiring(case: ProviderCase, by: date) -> list[tuple[Item, date]]:
    """The items that expire before a day, the first of them first."""
    return sorted(
        [(item, day) for item, day in expiries(case).items() if day is not None and day < by],
        key=lambda pair: pair[1],
    )


def soon(case: ProviderCase) -> date:
    """The day before which what expires is said beforehand."""
    return case.on + timedelta(days=case.figures["evidence.ahead"] + 1)


def told_expiring(case: ProviderCase) -> str:
    found = [(item.value.replace("-", " "), day) for item, day in expiring(case, soon(case))]
    told = ", ".join(
        f"{item} {'expired on' if day < case.on else 'expires on'} {words(day)}"
        for item, day in found
    )
    return f"{case.provider.name}: {told}"


@rule(
    "AP310",
    "no item of evidence has expired",
    SHOULD,
    cites=["HB 2.3"],
    about=ProviderCase,
    applies=outsiders_evidence,
    stage=BEFORE,
    eases=(ADVISE, lambda case: not expiring(case, case.on)),
    group=CHECKS,
    breach=told_expiring,
    remedy=lambda case: (
        f"ap record evidence {case.ref} --item {expiring(case, soon(case))[0][0]} --by … --expires …"
    ),
)
def evidence_is_current(case: ProviderCase) -> Says:
    """What was seen holds until it expires: then it is seen again, and said 30 days before. Recorded again, it is renewed."""
    return not expiring(case, soon(case))


def suspended(case: ProviderCase) -> Suspension | None:
    """The suspension that stands."""
    last = case.entries.latest(Suspension)
    return last if last and last.suspended else None


@once
def undecided(case: ProviderCase) -> tuple[Thread, ...]:
    """The serious incidents that are open, and of which nobody decided what follows."""
    return tuple(
        each
        for each in case.incidents
        if each.serious and not each.closed and not is_decided(case, each)
    )


def is_decided(case: ProviderCase, incident: Thread) -> bool:
    """Whether what follows from an incident is decided: children withdrawn, not affected, or kept with monitoring until a day to come."""
    if not recorded(incident.decision):
        return False
    kept = incident.decision == "keep-with-monitoring"
    until = incident.monitoring_until
    return not kept or (recorded(incident.monitoring) and recorded(until) and case.on <= until)


def not_to_be_used(case: ProviderCase) -> str:
    if stopped := suspended(case):
        return (
            f"{case.provider.name} has been suspended since {words(stopped.day)}: {stopped.reason}"
        )
    open_ = undecided(case)
    told = ", ".join(f"{words(each.raised)} ({each.ref})" for each in open_)
    return f"{case.provider.name}: what follows from the serious incident of {told} is not decided, or its monitoring has run out"


def settle(case: ProviderCase) -> str:
    if suspended(case):
        return f"end the placements there, or ap provider resume {case.ref} --reason …"
    return f"ap record concern {case.ref} --of {undecided(case)[0].ref} --decision … --monitoring … --monitoring-until …"


def sends_children(case: ProviderCase) -> bool:
    """Whether any child is placed there, outside the school."""
    return case.first_start is not None and not case.only_in_school


@rule(
    "AP311",
    "the provider is not suspended by us, and what follows from each serious incident there is decided",
    SHOULD,
    cites=["HB 2.3", "HB App 3"],
    about=ProviderCase,
    applies=sends_children,
    stage=DURING,
    breach=not_to_be_used,
    remedy=settle,
)
def provider_may_be_used(case: ProviderCase) -> Says:
    """After a serious incident somebody decides, and records it: children are withdrawn, kept with more monitoring until a day, or not affected."""
    return suspended(case) is None and not undecided(case)
