"""The items of due diligence that a commissioner looks for. Source: HB 2.3, App 3."""

from __future__ import annotations

from enum import StrEnum


class Item(StrEnum):
    """One item of due diligence at a provider."""

    REGISTERED_STATUS = "registered-status"
    OWN_CHECKS = "own-checks"
    INSPECTION_REPORT = "inspection-report"
    SINGLE_CENTRAL_RECORD = "single-central-record"
    STAFF_CHECKS = "staff-checks"
    PROMISE_OF_CHANGES = "promise-to-report-changes"
    DBS = "enhanced-dbs"
    SAFEGUARDING_LEADS = "safeguarding-leads"
    CHILD_PROTECTION = "child-protection-policy"
    ALLEGATIONS = "allegations-and-whistleblowing"
    INSURANCE = "insurance"
    HEALTH_AND_SAFETY = "health-and-safety"
    FIRE_AND_FIRST_AID = "fire-and-first-aid"
    SITE_ACCESS = "site-access"
    ABSENCE_REPORTING = "absence-reporting"
    ADMISSIONS = "admissions"
    BEHAVIOUR = "behaviour-and-anti-bullying"
    DATA_PROTECTION = "data-protection"
    OFF_SITE_VISITS = "off-site-visits"
    EQUALITY = "equality"
    ADDRESSES = "all-addresses"
    INCIDENTS = "incident-reporting"
    VISIT = "pre-placement-visit"
    PLAN = "individual-plan"
    INDUCTION = "induction-and-baseline"
    REPORTS = "reports-and-review-dates"
    VIEWS = "pupil-and-parent-views"
    REINTEGRATION = "reintegration-and-exit"
    NEEDS_SHARED = "needs-shared"
    TRANSPORT = "transport"
    COUNTY = "county"
    """One of the county's own checklist, which is named as well."""


def item_words(item: Item) -> str:
    """Return an item in words: "insurance", "enhanced DBS"."""
    return item.value.replace("-", " ").replace("dbs", "DBS")


OF_THE_PROVIDER = tuple(item for item in Item)[: list(Item).index(Item.VISIT)]
"""The items about the provider itself; the others are about one child's placement there."""

INSPECTED_ONLY = (Item.INSPECTION_REPORT,)
"""Items that only an inspected provider can have."""
