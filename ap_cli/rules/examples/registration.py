"""Examples of AP2: whether the provider should be a registered school."""

from __future__ import annotations

from ...domain.options import Place
from ...forms.facts import Unknown
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import DAY_BEFORE, NOT_ASKED, Example, child, children, provider_case

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP201": (
        Example("four children for 19 hours", MET, lambda: provider_case(*children(4))),
        Example("five children for 19 hours", BREACHED, lambda: provider_case(*children(5))),
        Example("five children for exactly 18 hours", MET, lambda: provider_case(*children(5, 1080))),
        Example("five children for 18 hours and a minute", BREACHED, lambda: provider_case(*children(5, 1081))),
        Example("five by its own declaration, none known here", BREACHED, lambda: provider_case(there=[("declaration", {"day": "2026-01-12", "full_time": "5"})])),
        Example("five by its own declaration, and none in a later one without a number", BREACHED, lambda: provider_case(there=[("declaration", {"day": "2026-01-12", "full_time": "5"}), ("declaration", {"day": "2026-02-02"})])),
        Example("five by its own declaration, and four in a later one", MET, lambda: provider_case(there=[("declaration", {"day": "2026-01-12", "full_time": "5"}), ("declaration", {"day": "2026-02-02", "full_time": "4"})])),
        Example("five by a declaration from before the term before this one", MET, lambda: provider_case(there=[("declaration", {"day": "2025-08-25", "full_time": "5"})])),
        Example("five, with a provider that teaches online only", NOT_APPLICABLE, lambda: provider_case(*children(5), kind="online")),
        Example("five, with a provider of online lessons that has rooms as well", BREACHED, lambda: provider_case(*children(5), kind="online", places=(Place.ONLINE, Place.PROVIDER))),
        Example("five, with a tutor who teaches in rooms elsewhere", BREACHED, lambda: provider_case(*children(5), kind="one-to-one", places=(Place.ELSEWHERE,))),
        Example("five by its own declaration, taught at home as far as known", BREACHED, lambda: provider_case(places=(Place.HOME,), there=[("declaration", {"day": "2026-01-12", "full_time": "5"})])),
        Example("five, at a work-based provider", BREACHED, lambda: provider_case(*children(5), kind="work-based")),
        Example("five, at a registered school", NOT_APPLICABLE, lambda: provider_case(*children(5), registered="yes")),
        Example("five, at a school recorded as registered that the public register does not have", CANNOT_TELL, lambda: provider_case(*children(5), registered="yes", register_says="not-found")),
        Example("five, at a school recorded as registered that the public register calls open", NOT_APPLICABLE, lambda: provider_case(*children(5), registered="yes", register_says="open-but-proposed-to-close")),
        Example("five, at an academy, whatever the public register says", NOT_APPLICABLE, lambda: provider_case(*children(5), kind="academy", register_says="closed")),
        Example("five, at a school registered from tomorrow", BREACHED, lambda: provider_case(*children(5), registered="2026-03-03")),
        Example("five, and whether it is registered is not recorded", CANNOT_TELL, lambda: provider_case(*children(5), registered=None)),
    ),
    "AP202": (
        Example("one with an EHC plan, for 18 hours", MET, lambda: provider_case(child(minutes=1080, ehcp=True))),
        Example("one with an EHC plan, for 18 hours and a minute", BREACHED, lambda: provider_case(child(minutes=1081, ehcp=True))),
        Example("one looked after, for 19 hours, nobody asked about a plan", BREACHED, lambda: provider_case(child(ehcp=NOT_ASKED, looked_after=True))),
        Example("one not looked after, for 19 hours, nobody asked about a plan", CANNOT_TELL, lambda: provider_case(child(ehcp=NOT_ASKED))),
        Example("one for 19 hours with neither", MET, lambda: provider_case(child())),
        Example("one with a plan by its own declaration", BREACHED, lambda: provider_case(there=[("declaration", {"day": "2026-01-12", "with_plan": "1"})])),
        Example("one with a plan, for 25 hours with a provider that teaches online only", NOT_APPLICABLE, lambda: provider_case(child(minutes=0, ehcp=True, apart=1500), kind="online")),
        Example("one with a plan, for 25 hours at home with a tutor", NOT_APPLICABLE, lambda: provider_case(child(minutes=0, ehcp=True, apart=1500), kind="one-to-one", places=(Place.HOME,))),
        Example("one with a plan, for 18 hours there and 7 at home", MET, lambda: provider_case(child(minutes=1080, ehcp=True, apart=420), places=(Place.PROVIDER, Place.HOME))),
        Example("one with a plan, for 18 hours and a minute there and 7 at home", BREACHED, lambda: provider_case(child(minutes=1081, ehcp=True, apart=420), places=(Place.PROVIDER, Place.HOME))),
        Example("one with a plan, at a pupil referral unit", NOT_APPLICABLE, lambda: provider_case(child(ehcp=True), kind="pru")),
    ),
    "AP203": (
        Example("three children full time", MET, lambda: provider_case(*children(3))),
        Example("four children full time", BREACHED, lambda: provider_case(*children(4))),
        Example("five: the next rule up says so", NOT_APPLICABLE, lambda: provider_case(*children(5))),
    ),
    "AP207": (
        Example("a URN, and looked up", MET, lambda: provider_case(kind="independent", registered="yes", urn="100001", checked="2026-01-05")),
        Example("no URN", BREACHED, lambda: provider_case(kind="independent", registered="yes", checked="2026-01-05")),
        Example("never looked up", BREACHED, lambda: provider_case(kind="independent", registered="yes", urn="100001")),
        Example("the register says closed", BREACHED, lambda: provider_case(registered="yes", urn="100001", checked="2026-01-05", register_says="closed")),
        Example("not registered", NOT_APPLICABLE, provider_case),
        Example("a college", NOT_APPLICABLE, lambda: provider_case(kind="fe-college", registered=None)),
    ),
    "AP204": (
        Example("one for a minute less than 18 hours", MET, lambda: provider_case(child(minutes=1079))),
        Example("one for exactly 18 hours", BREACHED, lambda: provider_case(child(minutes=1080))),
        Example("one for a minute more, which other rules are about", NOT_APPLICABLE, lambda: provider_case(child(minutes=1081))),
        Example("one of two for exactly 18 hours", BREACHED, lambda: provider_case(child(minutes=1081), child(2, minutes=1080))),
        Example("nobody is taught there", NOT_APPLICABLE, provider_case),
        Example("at a registered school", NOT_APPLICABLE, lambda: provider_case(child(minutes=1080), registered="yes")),
    ),
    "AP205": (
        Example("one with SEN support, for 18 hours and a minute", BREACHED, lambda: provider_case(child(minutes=1081, support=True))),
        Example("one with SEN support, for 18 hours", MET, lambda: provider_case(child(minutes=1080, support=True))),
        Example("one with an EHC plan: that is said already", NOT_APPLICABLE, lambda: provider_case(child(ehcp=True))),
        Example("one without any", MET, lambda: provider_case(child())),
        Example("one, and nobody asked about SEN support", CANNOT_TELL, lambda: provider_case(child(support=Unknown("pupil.sen_support of P-0001")))),
        Example("one with SEN by its own declaration", BREACHED, lambda: provider_case(there=[("declaration", {"day": "2026-01-12", "with_sen": "1"})])),
    ),
    "AP208": (
        Example("accredited", MET, lambda: provider_case(kind="online", accredited=True)),
        Example("not accredited, and checked instead", MET, lambda: provider_case(kind="online", accredited=False, checked_instead="teachers and safety online")),
        Example("not accredited, and not checked", BREACHED, lambda: provider_case(kind="online", accredited=False)),
        Example("nobody asked", BREACHED, lambda: provider_case(kind="online")),
        Example("nobody asked, on the day before the first start", NOT_YET, lambda: provider_case(kind="online", on=DAY_BEFORE)),
        Example("a farm", NOT_APPLICABLE, provider_case),
        Example("a provider of another kind, whose pupils all learn online", BREACHED, lambda: provider_case(places=(Place.ONLINE,))),
    ),
    "AP206": (
        Example("declared on the first day of the term before this one", MET, lambda: provider_case(there=[("declaration", {"day": "2025-08-26", "full_time": "3"})])),
        Example("declared on the day before that", BREACHED, lambda: provider_case(there=[("declaration", {"day": "2025-08-25", "full_time": "3"})])),
        Example("never declared", BREACHED, provider_case),
        Example("declared without a number", BREACHED, lambda: provider_case(there=[("declaration", {"day": "2026-02-02"})])),
        Example("never declared, at an independent school that is not registered", BREACHED, lambda: provider_case(kind="independent")),
        Example("never declared, with a provider of online lessons that has rooms as well", BREACHED, lambda: provider_case(kind="online", places=(Place.ONLINE, Place.ELSEWHERE))),
        Example("never declared, with a provider that teaches online only", NOT_APPLICABLE, lambda: provider_case(kind="online")),
        Example("a registered school", NOT_APPLICABLE, lambda: provider_case(registered="yes")),
    ),
}  # fmt: skip
