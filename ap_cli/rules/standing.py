"""AP3: whether what was seen of a provider still stands, and whether children may be sent there."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain.concerns import Thread
from ..domain.days import words
from ..domain.entries.before import Evidence, Suspension
from ..domain.evidence import Item, item_words
from ..domain.placement import Placement
from ..forms.facts import recorded
from .cases.base import once
from .cases.provider import ProviderCase
from .concerns import ask_whether_serious
from .rule import ADVISE, BEFORE, SAFETY, SHOULD, ProviderRule, Says, Severity, condition
from .safety import CHECK_THE_PROVIDER, CHECKS, is_used_outside
from .task import About, Choice, Outside, Remedy, Weight, Write, about


@once
def list_last_seen(case: ProviderCase) -> tuple[Evidence, ...]:
    """List the last record of each item, those of the county's own by name.

    A record that does not name who saw the item stands only where nobody named ever saw it.
    """
    last: dict[tuple[Item, str], Evidence] = {}
    for evidence in case.entries.all(Evidence):
        key = (evidence.item, evidence.named if recorded(evidence.named) else "")
        before = last.get(key)
        if before is None or recorded(evidence.by) or not recorded(before.by):
            last[key] = evidence
    return tuple(last.values())


def expires_on(evidence: Evidence) -> date:
    """Return the day on which an item expires, to sort by; the last of all days if on none."""
    return evidence.expires if recorded(evidence.expires) else date.max


def expiring(case: ProviderCase, by: date) -> list[Evidence]:
    """List the items that expire before a day, the first of them first."""
    expired = [one for one in list_last_seen(case) if expires_on(one) < by]
    return sorted(expired, key=expires_on)


def name_item(case: ProviderCase, evidence: Evidence) -> str:
    """Name an item: "first aid", or as the county's checklist calls it."""
    if not recorded(evidence.named):
        return item_words(evidence.item)
    titles = {item.item: item.title for item in case.figures.county.checklist}
    return titles.get(evidence.named, evidence.named)


def soon(case: ProviderCase) -> date:
    """Return the day before which what expires is shown beforehand: the first start at least."""
    ahead = case.on + timedelta(days=case.figures["evidence.ahead"] + 1)
    return max(ahead, case.day_judged)


class NoEvidenceHasExpired(ProviderRule):
    """No evidence has expired.

    What you saw holds until it expires; then see it again. You are told 30 days before. Record it
    again to renew it. What has expired by the first start is renewed before it.
    """

    id, severity, sources = "AP310", SHOULD, ("AP guide", "HB 2.3")
    task, key, label = CHECK_THE_PROVIDER, "evidence", "Evidence expired or about to expire"
    stage, group = BEFORE, CHECKS
    lighter: Severity | None = ADVISE
    applies = is_used_outside

    def binds_less(self, case: ProviderCase) -> bool:
        return not expiring(case, case.day_judged)

    def due(self, case: ProviderCase) -> date | None:
        return case.before_the_first_start

    def has_time(self, case: ProviderCase) -> bool:
        return case.day_judged > case.on and bool(expiring(case, case.day_judged))

    def holds(self, case: ProviderCase) -> Says:
        return not expiring(case, soon(case))

    def problem(self, case: ProviderCase) -> str:
        items = ", ".join(describe_expiry(case, one) for one in expiring(case, soon(case)))
        return f"{case.provider.name} needs new evidence: {items}"

    def remedy(self, case: ProviderCase) -> Remedy:
        first = expiring(case, soon(case))[0]
        named = (("named", first.named),) if recorded(first.named) else ()
        known = (("item", first.item.value), *named)
        return Write(about(case.provider), "evidence", ("by", "expires"), known=known)


def describe_expiry(case: ProviderCase, evidence: Evidence) -> str:
    """Say when an item expires or expired."""
    day = expires_on(evidence)
    verb = "expired" if day < case.on else "expires"
    return f"{name_item(case, evidence)} {verb} on {words(day)}"


def suspended(case: ProviderCase) -> Suspension | None:
    """Return the suspension that stands; None where none does."""
    last = case.entries.latest(Suspension)
    return last if last and last.suspended else None


@once
def undecided(case: ProviderCase) -> tuple[Thread, ...]:
    """List the open serious incidents of which nobody decided what follows.

    They were recorded with the provider, or with a placement there.
    """
    incidents = (*case.incidents, *case.with_placements)
    return tuple(one for one in incidents if one.serious and is_open(case, one))


@once
def unsorted(case: ProviderCase) -> tuple[Thread, ...]:
    """List the open concerns of which nobody recorded whether they are serious."""
    return tuple(one for one in case.incidents if not one.is_sorted and is_open(case, one))


def is_open(case: ProviderCase, incident: Thread) -> bool:
    """Tell whether an incident is neither closed nor decided."""
    return not incident.closed and not is_decided(case, incident)


def is_decided(case: ProviderCase, incident: Thread) -> bool:
    """Tell whether what follows from an incident is decided.

    Children are withdrawn, not affected, or kept with monitoring until a day to come.
    """
    if not recorded(incident.decision):
        return False
    if incident.decision != "keep-with-monitoring":
        return True
    until = incident.monitoring_until
    return recorded(incident.monitoring) and recorded(until) and case.on <= until


@condition("no pupil is placed there", within=is_used_outside)
def sends_children(case: ProviderCase) -> bool:
    """Whether any child is placed there, outside the school."""
    return case.first_start is not None


class ProviderMayBeUsed(ProviderRule):
    """The provider is not suspended and has no undecided incident.

    After a serious incident you decide and record it: withdraw the pupils, keep them with extra
    monitoring until a set day, or say that they are not affected. No pupil stays with a provider
    that you have suspended.
    """

    id, severity, sources = "AP311", SHOULD, ("KCSIE", "HB 2.3", "HB App 3")
    task = "Decide whether pupils stay at the provider"
    key, label = "incident", "Providers suspended, or with an open incident"
    weight = Weight.CHILD
    urgency = SAFETY
    applies = sends_children

    def holds(self, case: ProviderCase) -> Says:
        if suspended(case) is not None or undecided(case):
            return False
        return ask_whether_serious(unsorted(case)[0]) if unsorted(case) else True

    def problem(self, case: ProviderCase) -> str:
        name, stopped = case.provider.name, suspended(case)
        if stopped:
            return (
                f"you suspended {name} on {words(stopped.day)}, and pupils are still placed there;"
                f" the reason: {stopped.reason}"
            )
        incidents = ", ".join(f"{words(each.raised)} ({each.ref})" for each in undecided(case))
        return (
            f"you have not decided what follows from the serious incident at {name} of {incidents},"
            " or its monitoring has run out"
        )

    def remedy(self, case: ProviderCase) -> Remedy:
        record = about(case.provider)
        if suspended(case):
            resume = Write(record, "suspension", ("reason",), known=(("suspended", "no"),))
            return Choice(record, (Outside(record, "end the placements there"), resume))
        incident = undecided(case)[0]
        if incident.placement:
            record = About(Placement.NOUN, incident.placement)
        known = (("of", incident.ref),)
        ask = ("decision", "monitoring", "monitoring_until")
        return Write(record, "concern", ask, known=known)
