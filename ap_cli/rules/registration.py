"""AP2: whether the provider should be a registered school."""

from __future__ import annotations

from ..domain.days import count, words
from ..forms.facts import any_of, is_yes, recorded
from ..forms.text import hours
from .cases.provider import ProviderCase, Taught
from .cases.subjects import AnyCase
from .kinds import FE_COLLEGE, OWN_SITE, SCHOOLS
from .rule import ADVISE, MUST, ProviderRule, Says, Severity, Status, condition
from .safety import is_used_outside
from .task import About, Choice, Edit, Outside, Remedy, Write, about

TOLD = "Education Effectiveness"
"""The team that is told of a place that seems to be a school, among the county's contacts.

Source: HB 1.2.
"""


def why_no_school(case: ProviderCase) -> str:
    """Say why a provider does not have to register."""
    if case.provider.kind is OWN_SITE:
        return "the place is the school's own site"
    if case.provider.kind in (*SCHOOLS, FE_COLLEGE):
        return "the provider is a school or college already"
    return "the provider is a registered school"


def why_no_place(case: ProviderCase) -> str:
    """Say why there is no place that would have to be registered."""
    if case.provider.kind in (*SCHOOLS, FE_COLLEGE, OWN_SITE):
        return why_no_school(case)
    if case.teaches_online_only:
        return "the provider teaches online only and has no place to register (AP208)"
    return "the provider has no place of its own: its pupils are taught at home or in the school"


@condition(why_no_place, within=is_used_outside)
def has_a_place_of_its_own(case: ProviderCase) -> bool:
    """Whether the provider teaches at a place of its own, outside the school."""
    return case.has_a_place_of_its_own


@condition(why_no_school, within=has_a_place_of_its_own)
def may_have_to_register(case: ProviderCase) -> bool:
    """Whether the provider teaches without being a registered school."""
    return case.may_have_to_register


class RegistrationRule(ProviderRule):
    """A rule about a provider that teaches without being a registered school."""

    ahead = True
    applies = may_have_to_register


def has_plan(child: Taught) -> bool:
    """Tell whether a child is known to have an EHC plan or to be looked after."""
    with_plan = child.with_plan
    return is_yes(with_plan)


def full_time(case: ProviderCase) -> str:
    """Say what full time is: "full time (over 18 hours a week)"."""
    line = hours(case.figures["full_time.line"])
    return f"full time (over {line} hours a week)"


def describe_report(case: ProviderCase) -> str:
    """Say who was told that the provider may be a school; else whom to tell."""
    report = case.reported
    if report is None:
        contact = case.figures.county.contact(TOLD)
        who = f"{contact} ({contact.source}), who take" if contact else "the council, which takes"
        return f"tell {who} it further"
    answer = f", and they said: {report.said}" if recorded(report.said) else ""
    return f"you told {report.told} on {words(report.day)}{answer}"


def whose_duty(case: ProviderCase) -> str:
    """Say whose the duty and the offence are, and what is left for whoever places pupils."""
    report = describe_report(case)
    yours = f"you have reported it: {report}" if case.reported else f"yours is to report: {report}"
    return f"the duty and the offence are the provider's, {yours}"


def as_declared(case: ProviderCase) -> str:
    """Say how many the provider counts itself, if it said so under a term ago."""
    declared = case.declared
    if declared is None:
        return ""
    return f"; it counts {declared.full_time} itself, on {words(declared.day)}"


def declared_number(case: ProviderCase, name: str) -> int:
    """Return what the provider declared last of a number; 0 if it did not under a term ago.

    A declaration that leaves a number out takes none away.
    """
    numbers = [getattr(each, name) for each in case.declarations]
    known = [number for number in numbers if recorded(number)]
    return known[-1] if known else 0


def most_known(case: ProviderCase) -> int:
    """Count the children taught full time: known here or declared, whichever is more."""
    return max(len(case.full_time), declared_number(case, "full_time"))


def register_or_lower(case: ProviderCase, over: Taught | None) -> Remedy:
    """Return what mends it: registration, or fewer hours for a child, if one is known."""
    provider = about(case.provider)
    register = Edit(provider, ("registered",), first="once it is registered")
    if over is None:
        return register
    return Choice(provider, (register, lower_hours(over)))


def lower_hours(child: Taught) -> Edit:
    """Return the remedy that changes a child's hours."""
    return Edit(About("placement", child.placement), ("weekly_minutes",))


def first_over_the_line(case: ProviderCase) -> Taught | None:
    """Return the child whose hours to lower: one with a plan, else the first full time."""
    with_plan = (child for child in case.full_time if has_plan(child))
    return next(with_plan, next(iter(case.full_time), None))


class FiveFullTimePupilsMakeASchool(RegistrationRule):
    """A provider with five or more full-time pupils is a registered school.

    A place that teaches five or more pupils of compulsory school age full time must be a registered
    independent school; who runs one unregistered commits an offence. Full time means more than 18
    hours a week, the DfE's working line. Only hours at the provider's own place count: hours at
    home, in the school or online do not.

    We count the pupils known here over all their placements there, so the count is "at least", and
    use the provider's own count if it is under a term old. The duty and the offence are the
    provider's; yours is to report.
    """

    id, severity, sources = (
        "AP201",
        MUST,
        ("EA 1996 s.463", "ESA 2008 ss.95, 96", "AP guide", "HB 1.2"),
    )
    task = "Report a possible unregistered school"
    key, label = "registration", "Unregistered schools with five pupils"

    def holds(self, case: ProviderCase) -> Says:
        return most_known(case) < case.figures["school.pupils"]

    def problem(self, case: ProviderCase) -> str:
        pupils = count(most_known(case), "pupil")
        known = ", ".join(child.pupil for child in case.full_time) or "none"
        return (
            f"{case.provider.name} {case.teaches} at least {pupils} of compulsory school age"
            f" {full_time(case)} and is not a registered independent school;"
            f" known here: {known}{as_declared(case)}; {whose_duty(case)}"
        )

    def remedy(self, case: ProviderCase) -> Remedy:
        return register_or_lower(case, first_over_the_line(case))


class OneFullTimePupilWithAPlanMakesASchool(RegistrationRule):
    """A provider with a full-time pupil who has an EHC plan or is looked after is registered.

    One such pupil, taught there for more than 18 hours a week, is enough to make the place a
    school. Exactly 18 hours is not over the DfE's working line. But fewer hours do not prove that a
    place is lawful: weeks in the year, times of day and room for other education count too. Hours
    at home, in the school or online do not count: a school is a place. The duty and the offence are
    the provider's; yours is to report.
    """

    id, severity, sources = (
        "AP202",
        MUST,
        ("EA 1996 s.463", "ESA 2008 ss.95, 96", "AP guide", "HB 1.2"),
    )
    task = "Report a possible unregistered school"
    key, label = "registration-plan", "Unregistered schools with a pupil with a plan"

    def holds(self, case: ProviderCase) -> Says:
        declared = declared_number(case, "with_plan") > 0
        return not any_of(declared, *(child.with_plan for child in case.full_time))

    def problem(self, case: ProviderCase) -> str:
        name = case.provider.name
        pupils = [describe_plan(child) for child in case.full_time if has_plan(child)]
        if pupils:
            return (
                f"{name} {case.teaches} {' and '.join(pupils)},"
                f" {full_time(case)}, and is not a registered independent school;"
                f" {whose_duty(case)}"
            )
        declared = count(declared_number(case, "with_plan"), "pupil")
        return (
            f"{name} {case.teaches} {declared} with an EHC plan or in care, by its own count,"
            f" {full_time(case)} and is not a registered independent school;"
            f" {whose_duty(case)}"
        )

    def remedy(self, case: ProviderCase) -> Remedy:
        return register_or_lower(case, first_over_the_line(case))


def describe_plan(child: Taught) -> str:
    """Say which plan makes a child count, and for how many hours it is taught."""
    why = "has an EHC plan" if is_yes(child.ehcp) else "is looked after"
    return f"{child.pupil}, who {why}, for {hours(child.minutes)} hours a week{child.not_counted}"


class ProviderHasRoomBelowASchool(RegistrationRule):
    """The provider stays clear of the number that makes a school.

    Four full-time pupils break no rule, but the next placement, by anyone, would make the provider
    a school that must register.
    """

    id, severity, sources = "AP203", ADVISE, ("EA 1996 s.463", "ap")
    task = "Check the numbers before placing another pupil"
    key, label = "headroom", "Providers one pupil short of a school"
    silent = "the provider is over the number already (AP201)"

    def holds(self, case: ProviderCase) -> Says:
        known, school = most_known(case), case.figures["school.pupils"]
        return None if known >= school else known < school - 1

    def problem(self, case: ProviderCase) -> str:
        pupils = count(most_known(case), "pupil")
        return (
            f"{case.provider.name} {case.teaches} at least {pupils} full time{as_declared(case)};"
            " with one more it must be a registered school"
        )

    def remedy(self, case: ProviderCase) -> Remedy:
        advice = "ask how many pupils it teaches full time before another goes there"
        return Outside(about(case.provider), advice)


def at_the_line(case: ProviderCase) -> list[Taught]:
    """List the children taught for exactly the full-time line."""
    return [child for child in case.taught if child.minutes == case.figures["full_time.line"]]


class HoursStayClearOfTheLine(RegistrationRule):
    """Hours stay clear of the full-time line.

    Exactly 18 hours a week is not over the line, but one break that nobody counted would put it
    over. Ask what is taught in fact. Hours alone never prove that a place is lawful.
    """

    id, severity, sources = "AP204", ADVISE, ("AP guide", "HB 1.2", "ap")
    task = "Ask the provider for the exact hours"
    key, label = "hours", "Pupils at exactly the full-time line"
    silent = "every pupil there is over the full-time line (AP201, AP202)"

    def why_not(self, case: AnyCase) -> str:
        reason = super().why_not(case)
        nobody = isinstance(case, ProviderCase) and not case.taught
        return "no pupil of school age is there" if nobody and reason == self.silent else reason

    def holds(self, case: ProviderCase) -> Says:
        if at_the_line(case):
            return False
        return True if len(case.taught) > len(case.full_time) else None

    def problem(self, case: ProviderCase) -> str:
        pupils = "; ".join(map(str, at_the_line(case)))
        name = case.provider.name
        return f"{name} {case.teaches} {pupils}, exactly at the full-time line"

    def remedy(self, case: ProviderCase) -> Remedy:
        return lower_hours(at_the_line(case)[0])


def known_with_sen(case: ProviderCase) -> list[Taught]:
    """List the children taught full time who are known to have special educational needs."""
    return [child for child in case.full_time if is_yes(child.sen)]


class ProviderStaysLawfulWithSen(RegistrationRule):
    """The provider stays lawful when one pupil with SEN makes a school.

    Section 43 of the Children's Wellbeing and Schools Act 2026 makes a place a school if it teaches
    one pupil with any special educational needs (SEN) full time.

    It was enacted on 29 April 2026 and is not in force yet; until then this is a warning. From the
    day that the figure “school.sen” names, it is the law.
    """

    id, severity, sources = "AP205", MUST, ("CWSA 2026 s.43", "CWSA 2026 s.78")
    status = Status.ENACTED
    task = "Ask the provider about registering as a school"
    key, label = "sen", "Unregistered providers with a full-time pupil with SEN"
    lighter: Severity | None = ADVISE
    silent = (
        "the provider must register already, because of a pupil with an EHC plan or in care (AP202)"
    )

    def binds_less(self, case: ProviderCase) -> bool:
        return not case.figures["school.sen"]

    def holds(self, case: ProviderCase) -> Says:
        if any(has_plan(child) for child in case.full_time) or declared_number(case, "with_plan"):
            return None
        declared = declared_number(case, "with_sen") > 0
        return not any_of(declared, *(child.sen for child in case.full_time))

    def problem(self, case: ProviderCase) -> str:
        pupils = "; ".join(map(str, known_with_sen(case)))
        if pupils:
            whom = f"pupils with special educational needs full time ({pupils})"
        else:
            declared = count(declared_number(case, "with_sen"), "pupil")
            whom = f"{declared} with special educational needs full time, by its own count"
        law = "it must be a registered school"
        if self.binds_less(case):
            law = (
                "it must register once section 43 of the 2026 Act is in force, which it is not yet"
            )
        return f"{case.provider.name} is not registered and {case.teaches} {whom}; {law}"

    def remedy(self, case: ProviderCase) -> Remedy:
        return register_or_lower(case, next(iter(known_with_sen(case)), None))


class ProviderCountsItsPupils(ProviderRule):
    """The provider has told you this term how many pupils it teaches.

    Only the provider knows how many pupils others send. Ask each term; an answer counts from the
    start of the term before this one.
    """

    id, severity, sources = "AP206", ADVISE, ("EA 1996 s.463", "ap")
    task = "Ask the provider how many pupils it teaches"
    key, label = "declaration", "Providers that have not counted their pupils"
    applies = may_have_to_register

    def holds(self, case: ProviderCase) -> Says:
        declared, calendar = case.declared, case.calendar
        if declared is None:
            return False
        if declared.day >= calendar.latest_term_before(case.on):
            return True
        return bool(declared.day >= calendar.term_before(case.on))

    def problem(self, case: ProviderCase) -> str:
        since = words(case.calendar.earliest_term_before(case.on))
        return f"{case.provider.name} has not told you how many pupils it teaches since {since}"

    def remedy(self, case: ProviderCase) -> Remedy:
        return Write(about(case.provider), "declaration", ("full_time", "with_plan", "with_sen"))
