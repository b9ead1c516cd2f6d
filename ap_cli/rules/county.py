"""What a county asks of its own: the rules that its overlay writes, its checklist, and providers with terms of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from re import fullmatch
from typing import Any

from ..domain.days import count
from ..domain.entries import KINDS
from ..domain.entries.before import Evidence
from ..domain.evidence import Item
from ..domain.placement import Placement, Route
from ..domain.text import hours, pounds
from ..forms.facts import Unknown, recorded
from ..forms.form import Minutes, Pence, Record, question, questions
from ..policy.county import County, CountyItem, CountyRule, FigureLines
from .cases.base import once
from .cases.placement import PlacementCase
from .cases.provider import ProviderCase
from .conditions import at_the_first_review, before_the_start, outside_the_school
from .engine import rule
from .gaps import FORMS, as_asked, question_of, remedy_for
from .on_record import flags_and_places
from .rule import BEFORE, LOCAL, Rule, Says, Severity
from .task import Remedy

CASES: dict[str, type[Record]] = {"placement": PlacementCase, "provider": ProviderCase}


@cache
def rules_of(county: County) -> tuple[Rule, ...]:
    """The rules that a county's overlay writes, in order of their ids."""
    return tuple(sorted(map(made, county.rules), key=lambda each: each.id))


def holds_in(each: Rule, county: County) -> bool:
    """Whether a rule holds in a county: those that it writes, and local ones of the program where its overlay names them."""
    if each.severity is not LOCAL or county.local_rules is None or each.id in county.local_rules:
        return True
    return any(each.id == own.id for own in county.rules)


def fact(case: Any, name: str) -> Any:
    """A fact by its name, "placement.aim" or "risk.statement"; the gap where nobody recorded it."""
    form, _, field = name.partition(".")
    return case.said(name) if form in KINDS else getattr(getattr(case, form), field)


def open_questions(case: Any, own: CountyRule) -> list[str]:
    """Which questions of a county's rule nobody answered, or answered with no where yes is wanted."""
    return [
        name
        for name in (*own.answered, *own.yes)
        if not recorded(said := fact(case, name)) or (name in own.yes and said is False)
    ]


def over_the_line(case: Any, own: CountyRule) -> list[str]:
    """Which facts of a county's rule are more, or less, than their figure; CannotTell where one is not recorded."""
    more = [name for name, figure in own.at_most.items() if fact(case, name) > case.figures[figure]]
    return more + [
        name for name, figure in own.at_least.items() if fact(case, name) < case.figures[figure]
    ]


def in_units(name: str, value: int) -> str:
    """A number in the units of its question: hours, pounds, or as it is."""
    found = question_of(name)
    kind = found.type if found else None
    return (
        f"{hours(value)} hours"
        if kind is Minutes
        else pounds(value)
        if kind is Pence
        else str(value)
    )


def off(case: Any, name: str, own: CountyRule) -> str:
    """How far a fact is from its figure, in a sentence."""
    bound, figure = (
        ("at most", own.at_most[name]) if name in own.at_most else ("at least", own.at_least[name])
    )
    return f"{as_asked(name)}: {in_units(name, fact(case, name))}, where {bound} {in_units(name, case.figures[figure])} is right"


def made(own: CountyRule) -> Rule:
    """A rule of a county's own."""

    def holds(case: Any) -> Says:
        return not open_questions(case, own) and not over_the_line(case, own)

    def breach(case: Any) -> str:
        gaps = [
            as_asked(name) + (" (recorded: no)" if recorded(fact(case, name)) else "")
            for name in open_questions(case, own)
        ]
        told = (
            [f"not answered: {', '.join(gaps)}"]
            if gaps
            else [off(case, name, own) for name in over_the_line(case, own)]
        )
        return "; ".join(told)

    def remedy(case: Any) -> Remedy:
        return remedy_for(
            Unknown(next(iter([*open_questions(case, own), *over_the_line(case, own)]), "")), case
        )

    holds.__doc__ = own.guidance
    dues: dict[str, Callable[[Any], date | None]] = {
        "start": first_day(own.about),
        "first-review": at_the_first_review,
    }
    of_record = bool(own.answered or own.yes)
    return rule(
        own.id,
        own.title,
        Severity(own.severity),
        cites=own.cites,
        about=CASES[own.about],
        stage=BEFORE,
        breach=breach,
        remedy=remedy,
        due=dues[own.by] if of_record else None,
        applies=outside_the_school if own.about == "placement" and own.outside_only else None,
    )(holds)


def first_day(about: str) -> Callable[[Any], date | None]:
    """By which day what is asked before a start is due: that of the placement, or of the first with a provider."""
    return before_the_start if about == "placement" else lambda case: case.before_the_first_start


def mistakes(
    county: County, known: tuple[Rule, ...], figures: Mapping[str, FigureLines] | None
) -> list[tuple[tuple[str | int, ...], str]]:
    """What is wrong with the rules of an overlay, each with its place in it; `figures` are those that there are, None where that is not known."""
    local = {each.id for each in known if each.severity is LOCAL}
    found: list[tuple[tuple[str | int, ...], str]] = []
    for at, id in enumerate(county.local_rules or ()):
        if id not in local:
            must = (
                "is no rule that a county chooses"
                if id in {each.id for each in known}
                else "is no rule of this program"
            )
            found.append(
                (("local_rules", at), f"{id} {must}: the local ones are {', '.join(sorted(local))}")
            )
    seen: set[str] = set()
    for at, own in enumerate(county.rules):
        problems = [] if own.id not in seen else [("id", f"two rules are called {own.id}")]
        seen.add(own.id)
        found += [
            (("rules", at, key), told) for key, told in [*problems, *_mistakes_of(own, figures)]
        ]
    return found


def _mistakes_of(
    own: CountyRule, figures: Mapping[str, FigureLines] | None
) -> list[tuple[str, str]]:
    found = []
    if own.id.startswith("AP") or not fullmatch(r"(?=.{2,10}$)[A-Z]+[A-Z0-9]*[0-9]", own.id):
        found.append(
            (
                "id",
                f"{own.id!r:.20} is no id of a county's rule: some capital letters, not AP, and a number, such as RU101",
            )
        )
    if not (own.title and own.guidance and own.cites):
        found.append(
            (
                "title",
                "a rule says what is right (title), in plain words (guidance), and who says so (cites)",
            )
        )
    if own.about == "provider" and own.by != "start":
        found.append(("by", "a provider has no first review: a rule about one asks by the start"))
    if not (own.answered or own.yes or own.at_most or own.at_least):
        found.append(("id", "a rule asks for something: answered, yes, at_most or at_least"))
    found += [
        (key, told)
        for key, names in (("answered", own.answered), ("yes", own.yes))
        for name in names
        if (told := _no_fact(own, name, key))
    ]
    for key, limits in (("at_most", own.at_most), ("at_least", own.at_least)):
        for name, figure in limits.items():
            if told := _no_fact(own, name, key):
                found.append((key, told))
            elif figures is not None and figure not in figures:
                found.append(
                    (
                        key,
                        f"there is no figure {figure}: `ap rules figures` has them all, and the overlay can add some",
                    )
                )
            elif figures is not None and is_time(name) is not figures[figure].unit.startswith(
                "minutes"
            ):
                found.append(
                    (
                        key,
                        f"{name} is compared with {figure}, which is in {figures[figure].unit}: both are in minutes, or neither",
                    )
                )
    return found


def facts_of(kind: type[Record] | None, form: str) -> str:
    """What facts are called: those of a form where there is one, else how they are named, to end a sentence with."""
    if kind is None:
        return f": one is named by its record and its question, such as placement.aim or risk.statement; the records are {', '.join(FORMS)}"
    return f": those of a {form} are {', '.join(f'{form}.{each.name}' for each in questions(kind))}"


def is_time(name: str) -> bool:
    """Whether a fact is a time."""
    asked = question_of(name)
    return asked is not None and asked.type is Minutes


def _no_fact(own: CountyRule, name: str, key: str) -> str:
    """Why a name is none of a fact that a rule can ask for; empty where it is one."""
    form, _, field = name.partition(".")
    kind = FORMS.get(form)
    known = question(kind, field) if kind else None
    if kind is None or known is None:
        return f"{name} is no fact{facts_of(kind, form)}"
    about = ("provider",) if own.about == "provider" else ("placement", "provider", "pupil")
    if form not in about and not (form in KINDS and set(KINDS[form].ABOUT) & {own.about}):
        return f"{name} is not known of a {own.about}"
    if key == "yes" and known.item is not bool:
        return f"{name} is not a question of yes or no"
    numbers = (Minutes, Pence, int)
    if (
        key.startswith("at_")
        and known.type not in numbers
        and getattr(known.type, "__supertype__", None) is not int
    ):
        return f"{name} is not a number"
    return ""


def has_checklist(case: ProviderCase) -> bool:
    """Whether the county has a checklist of its own, and children go where nobody inspects."""
    return bool(case.figures.county.checklist) and case.needs_every_check


@once
def unseen(case: ProviderCase) -> list[CountyItem]:
    """The items of the county's own checklist that nobody named has seen, or that have expired."""
    seen = {
        each.named
        for each in case.entries.all(Evidence)
        if each.item is Item.COUNTY and recorded(each.named) and still_counts(each, case.on)
    }
    return [each for each in case.figures.county.checklist if each.item not in seen]


def still_counts(each: Evidence, on: date) -> bool:
    """Whether an item has been seen by somebody named, and has not expired on a day."""
    return recorded(each.by) and not (recorded(each.expires) and each.expires < on)


@rule(
    "AP315",
    "the items of the county's own checklist are recorded",
    LOCAL,
    cites=["ap"],
    about=ProviderCase,
    applies=has_checklist,
    due=lambda case: case.before_the_first_start,
    stage=BEFORE,
    breach=lambda case: (
        f"{case.provider.name}: not recorded: {', '.join(f'{each.title} ({each.source})' for each in unseen(case))}"
    ),
    remedy=lambda case: (
        f"ap record evidence {case.ref} --item {Item.COUNTY} --named {next(iter(unseen(case))).item} --by …"
    ),
)
def countys_checklist_is_recorded(case: ProviderCase) -> Says:
    """A county may look for more than the items of due diligence that this program asks for: its overlay names them."""
    return not unseen(case)


EXCLUDED, BY_A_SCHOOL = Route.PERMANENT_EXCLUSION, (Route.OFF_SITE_DIRECTION, Route.SCHOOL_ARRANGED)


def has_terms(case: PlacementCase) -> bool:
    """Whether the provider has terms of its own."""
    return case.external and case.terms is not None


def days_wanted(case: PlacementCase) -> int | None:
    """The days a week that a provider's own terms ask for; None where they say nothing of this child."""
    own = case.terms
    if own is None:
        return None
    return (
        own.excluded_days
        if case.placement.route is EXCLUDED
        else own.days
        if case.placement.route in BY_A_SCHOOL
        else None
    )


def registered_twice_is_wanted(case: PlacementCase) -> bool:
    """Whether a provider's own terms ask that the pupil is registered there as well."""
    return (
        case.terms is not None
        and case.terms.dual_registered
        and case.placement.route in BY_A_SCHOOL
    )


def not_as_agreed(case: PlacementCase) -> str:
    wanted, there = days_wanted(case), case.placement.at_provider
    told = []
    if wanted is not None and recorded(there) and there.days != wanted:
        told.append(f"{count(there.days, 'day')} a week there, where its terms are {wanted}")
    if registered_twice_is_wanted(case) and not recorded(case.placement.dual_registered):
        told.append(
            "no day is recorded from which the pupil is registered there as well, where its terms are dual registration"
        )
    assert case.terms, "the rule is about those alone"
    return f"{case.provider.name}: {'; '.join(told)} ({case.terms.source})"


@rule(
    "AP607",
    "a placement with a provider that has terms of its own is on those terms",
    LOCAL,
    cites=["HB 1.3"],
    applies=has_terms,
    due=before_the_start,
    stage=BEFORE,
    breach=not_as_agreed,
    remedy=lambda case: (
        f"ap placement edit {case.ref} {flags_and_places(Placement, ('at_provider', 'dual_registered'))}"
    ),
)
def on_the_providers_own_terms(case: PlacementCase) -> Says:
    """Some providers have terms of their own in the county's overlay: on how many days a week a child is there, and where it is registered.

    In Leicestershire Oakfield's outreach is two days a week, and the pupil is registered at both schools; a child
    permanently excluded attends on five. Silent for children placed there in another way.
    """
    wanted = days_wanted(case)
    if wanted is None and not registered_twice_is_wanted(case):
        return None
    if registered_twice_is_wanted(case) and not recorded(case.placement.dual_registered):
        return False
    return wanted is None or case.placement.at_provider.days == wanted
