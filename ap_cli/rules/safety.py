"""AP3: what must be known of the provider before a child goes there."""

from __future__ import annotations

from datetime import date

from ..domain.days import count, words
from ..domain.entries.before import Evidence, Purpose, Visit
from ..domain.evidence import INSPECTED_ONLY, OF_THE_PROVIDER, Item
from ..domain.options import NOT_AT_A_SITE, Place
from ..domain.placement import address_attended
from ..forms.facts import recorded
from ..forms.text import first_of
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .conditions import FEWER_CHECKS, goes_to_a_place, needs_every_check
from .kinds import INDEPENDENT, OWN_SITE, SCHOOLS, has_a_regulator
from .rule import BEFORE, SHOULD, PlacementRule, ProviderRule, Says, condition
from .task import Choice, Edit, Remedy, Write, about
from .valid import RENEW, describe_outdated

CHECKS = "checks of the provider"
CHECK_THE_PROVIDER = "Check the provider"
ELSEWHERE = Place.ELSEWHERE
ITEMS = tuple(item for item in OF_THE_PROVIDER if item not in INSPECTED_ONLY)


def why_only_in_school(case: ProviderCase) -> str:
    """Say why no pupil is with a provider outside the school."""
    if case.provider.kind is OWN_SITE:
        return "the place is the school's own site"
    return "pupils see this provider only in the school"


@condition(why_only_in_school)
def is_used_outside(case: ProviderCase) -> bool:
    """Whether pupils are placed with the provider outside the school."""
    return not case.only_in_school


@condition(FEWER_CHECKS, within=is_used_outside)
def is_checked_in_full(case: ProviderCase) -> bool:
    """Whether every check of the provider is asked for."""
    return case.needs_every_check


@condition("the provider is a school or college with its own regulator", within=is_checked_in_full)
def is_not_regulated(case: ProviderCase) -> bool:
    """Whether the provider is no school or college by its kind."""
    return not has_a_regulator(case.provider)


@condition(FEWER_CHECKS, within=is_used_outside)
def is_checked(case: ProviderCase) -> bool:
    """Whether there is anything of the provider to check."""
    return bool(items_wanted(case))


@once
def items_wanted(case: ProviderCase) -> tuple[Item, ...]:
    """List the items to check: all, unless its terms ask for fewer, and a school's report.

    The report stands alone where the terms ask for fewer.
    """
    if case.only_in_school:
        return ()
    report = INSPECTED_ONLY if is_a_registered_school(case) else ()
    return (*ITEMS, *report) if case.needs_every_check else report


def is_a_registered_school(case: ProviderCase) -> bool:
    """Tell whether a provider is recorded as a registered school, by its kind or on the day."""
    is_recorded = case.provider.kind in SCHOOLS or recorded(case.provider.registered)
    return is_recorded and case.registered


@once
def items_missing(case: ProviderCase) -> tuple[Item, ...]:
    """List the items that nobody recorded."""
    return tuple(item for item in items_wanted(case) if item not in case.items_named)


class EveryCheckIsDone(ProviderRule):
    """You have checked the provider yourself, item by item.

    Look for yourself and record each item: what you saw, who saw it and when. A place on a
    directory or an audit for someone else never stands in for your own checks. For a registered
    school, read its latest inspection report.
    """

    id, severity, sources = "AP301", SHOULD, ("AP guide", "HB 2.2", "HB 2.3")
    task, key, label = CHECK_THE_PROVIDER, "checks", "Providers not fully checked"
    stage, group = BEFORE, CHECKS
    applies = is_checked

    def due(self, case: ProviderCase) -> date | None:
        return case.before_the_first_start

    def holds(self, case: ProviderCase) -> Says:
        if items_missing(case):
            return False
        if case.needs_every_check and case.provider.kind is INDEPENDENT:
            # cannot be told if nobody asked: a school's inspection report is read as well
            case.provider.registered.on(case.on)
        return True

    def problem(self, case: ProviderCase) -> str:
        missing = items_missing(case)
        items = first_of([item.value.replace("-", " ") for item in missing], 3)
        wanted = count(len(items_wanted(case)), "check")
        return f"you have still to do {len(missing)} of {wanted} of {case.provider.name}: {items}"

    def remedy(self, case: ProviderCase) -> Remedy:
        item = next(iter(items_missing(case)), Item.OWN_CHECKS)
        return Write(about(case.provider), "evidence", ("by",), known=(("item", item.value),))


@condition("the place is the school's own site, with its own staff")
def somebody_elses_staff(case: ProviderCase) -> bool:
    """Whether staff of others are with the child, or staff of the school at another address."""
    return case.provider.kind is not OWN_SITE or not case.only_in_school


def is_unnamed(case: ProviderCase, item: Item) -> bool:
    """Tell whether an item is recorded without anybody who saw it."""
    evidence = case.entries.all(Evidence)
    return any(each.item is item and not recorded(each.by) for each in evidence)


def last_seen(case: ProviderCase, item: Item) -> Evidence | None:
    """Return when somebody named last saw an item of a provider; None if nobody did."""
    evidence = case.entries.all(Evidence)
    seen = [each for each in evidence if each.item is item and recorded(each.by)]
    return seen[-1] if seen else None


class ItemIsHeld(ProviderRule):
    """An item of due diligence is held before anybody starts with a provider."""

    severity, sources = SHOULD, ("KCSIE", "HB App 3")
    task = CHECK_THE_PROVIDER
    stage, group = BEFORE, CHECKS
    applies = somebody_elses_staff
    item: Item
    missing: str
    unnamed: str
    renew: str

    def due(self, case: ProviderCase) -> date | None:
        return case.before_anybody_starts

    def holds(self, case: ProviderCase) -> Says:
        if self.item in case.items_seen:
            return True
        seen = last_seen(case, self.item)
        is_expired = seen is not None and recorded(seen.expires) and not case.only_in_school
        return None if is_expired else False

    def problem(self, case: ProviderCase) -> str:
        seen = last_seen(case, self.item)
        if seen is not None and self.item not in case.items_seen:
            done = f"{case.provider.name} {self.renew}"
            if recorded(seen.expires):
                return f"{done} on {words(seen.day)}, which expired on {words(seen.expires)}"
            return describe_outdated(case, done, seen.day)
        problem = self.unnamed if is_unnamed(case, self.item) else self.missing
        return f"{case.provider.name} {problem}"

    def task_for(self, case: ProviderCase) -> str:
        return RENEW if last_seen(case, self.item) else self.task

    def remedy(self, case: ProviderCase) -> Remedy:
        known = (("item", self.item.value),)
        return Write(about(case.provider), "evidence", ("by",), known=known)


class StaffChecksAreConfirmed(ItemIsHeld):
    """The provider has confirmed its staff checks in writing.

    The provider confirms in writing that it checks its staff as a school does. Record who saw the
    confirmation. It counts until it expires, or for a year; then ask again.
    """

    id = "AP302"
    key, label = "staff", "Staff checks not confirmed"
    silent = "the confirmation has expired (AP310)"
    item = Item.STAFF_CHECKS
    missing = "has not confirmed in writing that it checked its staff"
    unnamed = "has confirmed its staff checks in writing; say who saw it"
    renew = "last confirmed its staff checks in writing"


class ProviderReportsChanges(ItemIsHeld):
    """The provider has promised in writing to report changes.

    The provider promises in writing to tell you of any change that may put a pupil at risk, such as
    new staff. Record who saw the promise. It counts until it expires, or for a year; then ask
    again.
    """

    id = "AP303"
    key, label = "changes", "Promises to report changes missing"
    silent = "the promise has expired (AP310)"
    item = Item.PROMISE_OF_CHANGES
    missing = "has not promised in writing to report changes that may put a pupil at risk"
    unnamed = "has promised in writing to report changes; say who saw it"
    renew = "last promised in writing to report changes"


LEADS = {
    "lead": "the safeguarding lead's name",
    "lead_trained": "the lead's training date",
    "deputy": "the deputy's name",
    "deputy_trained": "the deputy's training date",
    "follows_partnership": "whether it follows the local safeguarding partnership's procedures",
}
"""What a provider tells of safeguarding, by its question."""


def in_date(case: ProviderCase, trained: date) -> bool:
    """Tell whether training on a day still counts on the day judged."""
    from dateutil.relativedelta import relativedelta

    return case.day_judged <= trained + relativedelta(months=case.figures["training.months"])


class SafeguardingLeadsAreTrained(ProviderRule):
    """The provider has a trained safeguarding lead and deputy.

    Each provider has someone who leads on safeguarding and someone who stands in. Both have trained
    within two years, and the provider follows the local safeguarding partnership's procedures.
    """

    id, severity, sources = "AP304", SHOULD, ("KCSIE", "HB App 3")
    task, key = CHECK_THE_PROVIDER, "lead"
    label = "Safeguarding leads not known or not trained"
    stage, group = BEFORE, CHECKS
    applies = is_not_regulated

    def due(self, case: ProviderCase) -> date | None:
        return case.before_the_first_start

    def holds(self, case: ProviderCase) -> Says:
        provider = case.provider
        lead, deputy = provider.lead_trained, provider.deputy_trained
        named = recorded(provider.lead) and recorded(provider.deputy)
        if not (named and recorded(lead) and recorded(deputy)):
            return False
        if not recorded(provider.follows_partnership):
            return False
        return provider.follows_partnership and in_date(case, lead) and in_date(case, deputy)

    def problem(self, case: ProviderCase) -> str:
        name = case.provider.name
        missing = leads_missing(case)
        if missing:
            return f"{name} has not told you {', '.join(LEADS[name] for name in missing)}"
        if not case.provider.follows_partnership:
            return f"{name} does not follow the local safeguarding partnership's procedures"
        return f"{name} needs newer safeguarding training: {', '.join(old_training(case))}"

    def remedy(self, case: ProviderCase) -> Remedy:
        return Edit(about(case.provider), tuple(LEADS), yes=("follows_partnership",))


def leads_missing(case: ProviderCase) -> list[str]:
    """Name the questions about safeguarding leads that nobody answered."""
    return [name for name in LEADS if not recorded(getattr(case.provider, name))]


def old_training(case: ProviderCase) -> list[str]:
    """Say whose training no longer counts, and when it was."""
    provider = case.provider
    trained = (("lead", provider.lead_trained), ("deputy", provider.deputy_trained))
    return [
        f"the {who} last trained on {words(day)}"
        for who, day in trained
        if recorded(day) and not in_date(case, day)
    ]


def has_site(case: PlacementCase) -> bool:
    """Tell whether the address of the site that is recorded is held."""
    return address_attended(case.placement, case.provider) is not None


def record_address(case: PlacementCase) -> Remedy:
    """Return what records the address that the pupil attends."""
    if case.place is ELSEWHERE:
        return Edit(about(case.placement), ("place_address",))
    sites = case.provider.sites
    if recorded(sites) and sites.all:
        return Edit(about(case.placement), ("site",))
    return Edit(about(case.provider), ("sites",))


class AddressIsKnown(PlacementRule):
    """You know the address that the pupil attends.

    Always know where the pupil is. Each site counts, also a satellite site and one that belongs to
    a subcontractor.
    """

    id, severity, sources = "AP305", SHOULD, ("KCSIE", "HB App 3")
    task, key, label = "Record the address that the pupil attends", "address", "Addresses not known"
    stage, group = BEFORE, CHECKS
    applies = goes_to_a_place

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        if case.place is ELSEWHERE:
            return recorded(case.placement.place_address)
        return has_site(case)

    def problem(self, case: PlacementCase) -> str:
        site, name = case.placement.site, case.provider.name
        if case.place is ELSEWHERE:
            return f"you do not know the address at which {name} teaches the pupil"
        if recorded(site):
            return f"the pupil attends site {site} of {name}, and you do not have its address"
        return f"you do not know which site of {name} the pupil attends"

    def remedy(self, case: PlacementCase) -> Remedy:
        return record_address(case)


class SomeoneVisitedBeforeTheStart(PlacementRule):
    """A named member of staff visited before the start.

    Someone from the school or the council sees the place before the pupil goes there, and can say
    that it meets the pupil's needs. A tutor at home, or of an online provider, is met. Record who
    made the visit, with this placement: a visit for another pupil does not count, and neither does
    one that is only booked.
    """

    id, severity, sources = "AP308", SHOULD, ("AP guide", "HB 2.4", "HB App 1")
    task, key, label = "Visit the provider", "visit", "Providers not visited"
    stage, group = BEFORE, CHECKS
    applies = needs_every_check

    def due(self, case: PlacementCase) -> date | None:
        return case.before_the_start

    def holds(self, case: PlacementCase) -> Says:
        return is_visited_as_planned(case) or bool(case.visits_for_the_pupil)

    def problem(self, case: PlacementCase) -> str:
        name, starts = case.provider.name, words(case.placement.starts)
        booked = case.placement.visit_booked
        if not recorded(booked) and case.place in NOT_AT_A_SITE:
            met = f"no named member of staff has met the tutor of {name} for the start on {starts}"
            return f"{met}{describe_visits_too_late(case)}"
        if not recorded(booked):
            visited = f"no named member of staff has visited {name} for the start on {starts}"
            return f"{visited}{describe_visits_too_late(case)}"
        if booked >= case.now:
            return f"the visit to {name} is booked for {words(booked)}, and a booking is no visit"
        return f"the visit to {name} was booked for {words(booked)}, and nobody has recorded it"

    def task_for(self, case: PlacementCase) -> str:
        return "Meet the tutor" if case.place in NOT_AT_A_SITE else self.task

    def remedy(self, case: PlacementCase) -> Remedy:
        known = (("purpose", "pre-placement"),)
        record, ask = about(case.placement), ("day", "by")
        if not visits_too_late(case):
            return Write(record, "visit", ask, known=known)
        before = Write(record, "visit", ask, known=known, first="if somebody went before the start")
        waiver = Write(record, "waiver", ("reason",), known=(("rule", self.id),))
        return Choice(record, (before, waiver))


def visits_too_late(case: PlacementCase) -> tuple[Visit, ...]:
    """List the visits called pre-placement that were made once the placement had started."""
    return tuple(
        visit
        for visit in case.entries.all(Visit)
        if visit.day >= case.placement.starts
        and recorded(visit.purpose)
        and visit.purpose == Purpose.PRE_PLACEMENT
    )


def describe_visits_too_late(case: PlacementCase) -> str:
    """Say that a visit was too late to be one before the start; empty if there was none."""
    late = visits_too_late(case)
    if not late:
        return ""
    day = words(late[0].day, weekday=True)
    return f"; the visit of {day} was too late: they were there by then"


def is_visited_as_planned(case: PlacementCase) -> bool:
    """Tell whether the plan names a visit before the start, and its day has come."""
    day = case.placement.visited
    named = recorded(day) and recorded(case.placement.visited_by)
    return named and day < case.placement.starts and day <= case.now
