"""AP2: whether the provider should be a registered school."""

from __future__ import annotations

from ..domain.days import count, words
from ..domain.provider import RegisterStatus
from ..domain.text import hours
from ..forms.facts import any_of, recorded
from .cases.provider import ProviderCase, Taught
from .engine import rule
from .kinds import FE_COLLEGE, NON_SCHOOL, OWN_SITE, SCHOOLS
from .rule import ADVISE, MUST, SHOULD, Says, Status

CLOSED = RegisterStatus.CLOSED, RegisterStatus.NOT_FOUND, RegisterStatus.PROPOSED
TOLD = "Education Effectiveness"
"""The team that is told of a place that seems to be a school, by its name among the county's contacts. Source: HB 1.2."""


def may_have_to_register(case: ProviderCase) -> bool:
    """Whether the provider teaches without being a registered school."""
    return case.may_have_to_register


def has_plan(child: Taught) -> bool:
    """Whether a child is known to have an EHC plan or to be looked after."""
    with_plan = child.with_plan
    return recorded(with_plan) and with_plan


def line(case: ProviderCase) -> str:
    return f"more than {hours(case.figures['full_time.line'])} hours a week"


def reported(case: ProviderCase) -> str:
    """Who was told, once somebody was; else whom to tell."""
    report = case.reported
    if report is None:
        known = case.figures.county.contact(TOLD)
        return (
            f"tell {known} ({known.source}), who take it further"
            if known
            else "tell the local authority, which takes it further"
        )
    said = f": {report.said}" if recorded(report.said) else ""
    return f"{report.told} was told on {words(report.day)}{said}"


def as_declared(case: ProviderCase) -> str:
    """What the provider declared last, in brackets, where that is under a term old."""
    declared = case.declared
    return (
        f"; {declared.full_time} by its own declaration of {words(declared.day)}"
        if declared and recorded(declared.full_time)
        else ""
    )


def declared_number(case: ProviderCase, name: str) -> int:
    """What the provider declared last of a number; 0 where it declared none under a term ago."""
    said = getattr(case.declared, name) if case.declared else None
    return said if isinstance(said, int) else 0


def most_known(case: ProviderCase) -> int:
    """How many children are taught full time there: known here, or declared by the provider, whichever is more."""
    return max(len(case.full_time), declared_number(case, "full_time"))


def five_are_taught(case: ProviderCase) -> str:
    return (
        f"{case.provider.name} {case.teaches} at least {count(most_known(case), 'child', 'children')} of compulsory school age for {line(case)}"
        f" (known here: {', '.join(child.pupil for child in case.full_time) or 'none'}{as_declared(case)}), and is not a registered school:"
        f" {reported(case)}"
    )


def one_with_plan_is_taught(case: ProviderCase) -> str:
    found = [child for child in case.full_time if has_plan(child)]
    why = {True: "has an EHC plan", False: "is looked after"}
    told = "; ".join(
        f"{c.pupil}, who {why[recorded(c.ehcp) and c.ehcp]}, for {hours(c.minutes)} hours a week"
        for c in found
    )
    told = (
        told
        or f"{count(declared_number(case, 'with_plan'), 'child', 'children')} with an EHC plan or in care, by its own declaration"
    )
    return f"{case.provider.name} {case.teaches} {told}, where {line(case)} is full time, and is not a registered school: {reported(case)}"


def report(case: ProviderCase) -> str:
    return register_or_lower(
        case,
        next(
            (child for child in case.full_time if has_plan(child)),
            case.full_time[0] if case.full_time else None,
        ),
    )


def register_or_lower(case: ProviderCase, over: Taught | None) -> str:
    """What mends it: registration, or fewer hours for a child, where one is known."""
    lower = f", or lower the hours: ap placement edit {over.placement} --hours …" if over else ""
    return f"ap provider edit {case.provider.ref} --registered DAY, once it is{lower}"


@rule(
    "AP201",
    "a provider teaching five or more children of compulsory school age full time is a registered school",
    MUST,
    cites=["HB 1.2", "EA 1996 s.463"],
    about=ProviderCase,
    ahead=True,
    applies=may_have_to_register,
    breach=five_are_taught,
    remedy=report,
)
def five_full_time_is_registered(case: ProviderCase) -> Says:
    """Five children of compulsory school age, each taught for more than 18 hours a week, make a place a school.

    A school that is not registered commits an offence. The count is of children known here, over all of their
    placements at the provider: others may send more, so it is always "at least". What the provider itself declared under
    a term ago counts as well.
    """
    return most_known(case) < case.figures["school.pupils"]


@rule(
    "AP202",
    "a provider teaching one full time with an EHC plan, or who is looked after, is a registered school",
    MUST,
    cites=["HB 1.2", "EA 1996 s.463"],
    about=ProviderCase,
    ahead=True,
    applies=may_have_to_register,
    breach=one_with_plan_is_taught,
    remedy=report,
)
def full_time_with_plan_is_registered(case: ProviderCase) -> Says:
    """One child with an EHC plan, or who is looked after, taught for more than 18 hours a week, makes a place a school.

    Exactly 18 hours is at the line and not over it. Hours at or below the line are no proof that a place is lawful:
    the weeks in a year, the time of day and whether it leaves room for other education count as well.
    """
    return not any_of(
        declared_number(case, "with_plan") > 0, *(child.with_plan for child in case.full_time)
    )


def one_below_a_school(case: ProviderCase) -> str:
    known = count(most_known(case), "child", "children")
    return f"{case.provider.name} {case.teaches} at least {known} full time, as far as is known here{as_declared(case)}: one more makes it a school"


@rule(
    "AP203",
    "there is headroom below the number of children that makes a school",
    ADVISE,
    cites=["EA 1996 s.463", "ap"],
    about=ProviderCase,
    ahead=True,
    applies=may_have_to_register,
    breach=one_below_a_school,
    remedy=lambda case: (
        f"ask {case.provider.ref} how many it teaches full time before another child goes there"
    ),
)
def headroom_below_a_school(case: ProviderCase) -> Says:
    """One child below the number is no breach, but the next placement, by anybody, would be one."""
    known, school = most_known(case), case.figures["school.pupils"]
    return None if known >= school else known < school - 1


def at_the_line(case: ProviderCase) -> list[Taught]:
    """The children taught for exactly the full-time line."""
    return [child for child in case.taught if child.minutes == case.figures["full_time.line"]]


@rule(
    "AP204",
    "hours stay clear of the full-time line",
    ADVISE,
    cites=["HB 1.2", "ap"],
    about=ProviderCase,
    ahead=True,
    applies=may_have_to_register,
    breach=lambda case: (
        f"{case.provider.name} {case.teaches} at the full-time line to the minute: {'; '.join(map(str, at_the_line(case)))}"
    ),
    remedy=lambda case: (
        f"ap placement edit {at_the_line(case)[0].placement} --hours …, once it is asked what is taught in fact"
    ),
)
def hours_are_clear_of_the_line(case: ProviderCase) -> Says:
    """Exactly 18 hours is not over the line, but a break that was not counted makes it so, and hours alone are never a safe harbour.

    Silent where all are over the line: AP201 and AP202 are about those.
    """
    if at_the_line(case):
        return False
    return True if len(case.taught) > len(case.full_time) else None


def known_with_sen(case: ProviderCase) -> list[Taught]:
    """The children taught full time who are known to have special educational needs."""
    return [child for child in case.full_time if recorded(child.sen) and child.sen]


def with_sen(case: ProviderCase) -> str:
    told = (
        "; ".join(map(str, known_with_sen(case)))
        or f"{count(declared_number(case, 'with_sen'), 'child', 'children')} with SEN, by its own declaration"
    )
    not_yet = (
        "it would be a school once section 43 of the Act of 2026 is in force, which it is not yet"
    )
    law = "it is a school" if case.figures["school.sen"] else not_yet
    return f"{case.provider.name}, which is not registered, {case.teaches} somebody with special educational needs full time ({told}): {law}"


def not_commenced(case: ProviderCase) -> bool:
    """Whether section 43 is enacted and not in force."""
    return not case.figures["school.sen"]


@rule(
    "AP205",
    "the provider stays lawful when one full-time child with SEN makes a school",
    MUST,
    cites=["CWSA 2026 s.43", "CWSA 2026 s.78"],
    about=ProviderCase,
    status=Status.ENACTED,
    ahead=True,
    applies=may_have_to_register,
    eases=(ADVISE, not_commenced),
    breach=with_sen,
    remedy=lambda case: register_or_lower(case, next(iter(known_with_sen(case)), None)),
)
def stays_lawful_with_sen(case: ProviderCase) -> Says:
    """Section 43, enacted on 29 April 2026, makes a place a school that teaches one child with any special educational needs full time.

    It needs regulations to come into force, and none was found: until then this is a warning. From the day that the figure
    “school.sen” names it is the law, and decides as a must. Silent where AP202 is breached already.
    """
    if any(has_plan(child) for child in case.full_time) or declared_number(case, "with_plan"):
        return None
    return not any_of(
        declared_number(case, "with_sen") > 0, *(child.sen for child in case.full_time)
    )


def is_non_school(case: ProviderCase) -> bool:
    """Whether it is an unregistered provider that is no school, with children outside the school there."""
    return case.may_have_to_register and case.provider.kind is NON_SCHOOL


def nothing_is_declared(case: ProviderCase) -> str:
    return f"{case.provider.name} has not declared how many it teaches, or not since {words(case.calendar.earliest_term_before(case.on))}"


@rule(
    "AP206",
    "the provider's own declaration of how many it teaches is under a term old",
    ADVISE,
    cites=["EA 1996 s.463", "ap"],
    about=ProviderCase,
    applies=is_non_school,
    remedy=lambda case: (
        f"ap record declaration {case.ref} --full-time … --with-plan … --with-sen …"
    ),
    breach=nothing_is_declared,
)
def declaration_is_fresh(case: ProviderCase) -> Says:
    """Only the provider knows how many children others send: it is asked each term, and since the term before this one has answered."""
    declared, calendar = case.declared, case.calendar
    if declared is None:
        return False
    if declared.day >= calendar.latest_term_before(case.on):
        return True
    return bool(declared.day >= calendar.term_before(case.on))


def register_not_checked(case: ProviderCase) -> str:
    provider = case.provider
    if recorded(provider.register_says) and provider.register_says in CLOSED:
        return f"{provider.name} is recorded as registered, but the register says: {provider.register_says.replace('-', ' ')}"
    gaps = [
        what
        for what, fact in (
            ("its URN", provider.urn),
            ("a dated check of the public register", provider.checked),
        )
        if not recorded(fact)
    ]
    return f"{provider.name} is recorded as registered, without {' and '.join(gaps)}"


def recorded_as_registered(case: ProviderCase) -> bool:
    """Whether the provider is a school by what it is, or is recorded as registered on the day."""
    if case.only_in_school:
        return False
    if case.provider.kind in SCHOOLS:
        return True
    return (
        case.provider.kind not in (FE_COLLEGE, OWN_SITE)
        and recorded(case.provider.registered)
        and case.registered
    )


@rule(
    "AP207",
    "a provider recorded as registered has a URN and a dated check of the public register",
    SHOULD,
    cites=["HB 1.2"],
    about=ProviderCase,
    applies=recorded_as_registered,
    breach=register_not_checked,
    remedy=lambda case: (
        f"ap provider edit {case.provider.ref} --urn … --checked today --where … --register-says …"
    ),
)
def registration_is_checked(case: ProviderCase) -> Says:
    """Who says that a provider is registered has looked it up: under which number, on which day, and what was found."""
    provider = case.provider
    if recorded(provider.register_says) and provider.register_says in CLOSED:
        return False
    return recorded(provider.urn) and recorded(provider.checked)
