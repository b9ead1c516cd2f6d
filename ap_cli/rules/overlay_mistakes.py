"""What is wrong with the rules that a county's overlay chooses and writes, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from re import fullmatch

from ..domain.entries import KINDS
from ..forms.form import TIMES, Pence, Question, Record, question, questions
from ..policy.county import County, CountyRule, FigureLines
from .gaps import FORMS, question_of
from .rule import LOCAL, Rule

Place = tuple[str | int, ...]
"""Where in an overlay: keys and positions, from the outside in."""

Figures = Mapping[str, FigureLines] | None
"""The figures that there are, by name; None where that is not known."""


def mistakes(county: County, known: tuple[Rule, ...], figures: Figures) -> list[tuple[Place, str]]:
    """List what is wrong with the rules of an overlay, each with its place in it."""
    found: list[tuple[Place, str]] = []
    for key, ids in (("local_rules", county.local_rules), ("without_rules", county.without_rules)):
        found += mistakes_of_choice(key, ids or (), known)
    found += mistakes_of_both(county)
    own_ids = [own.id for own in county.rules]
    for at, own in enumerate(county.rules):
        if own.id in own_ids[:at]:
            found.append((("rules", at, "id"), f"two rules are called {own.id}"))
        found += [(("rules", at, key), words) for key, words in mistakes_of_rule(own, figures)]
    return found


def mistakes_of_choice(
    key: str, ids: Sequence[str], known: tuple[Rule, ...]
) -> Iterator[tuple[Place, str]]:
    """Yield the ids that a county cannot choose or leave out."""
    local = sorted(rule.id for rule in known if rule.severity is LOCAL)
    every = {rule.id for rule in known}
    for at, id in enumerate(ids):
        if id not in local:
            why = "is not a rule that a county chooses" if id in every else "is not a rule of ap"
            yield (key, at), f"{id} {why}: the local ones are {', '.join(local)}"


def mistakes_of_both(county: County) -> Iterator[tuple[Place, str]]:
    """Yield the rules that a county both chooses and leaves out."""
    for at, id in enumerate(county.without_rules):
        if id in (county.local_rules or ()):
            both = f"{id} is in local_rules, which hold, and in without_rules, which do not"
            yield ("without_rules", at), f"{both}: take it out of one of them"


def mistakes_of_rule(own: CountyRule, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a rule of a county's own, each with its key."""
    if own.id.startswith("AP") or not fullmatch(r"(?=.{2,10}$)[A-Z]+[A-Z0-9]*[0-9]", own.id):
        example = "use some capital letters, not AP, and a number, such as RU101"
        yield "id", f"{own.id!r:.20} cannot be the id of a county's rule: {example}"
    if not (own.title and own.guidance and own.cites):
        parts = "what is right (title), in plain words (guidance), and who says so (cites)"
        yield "title", f"a rule says {parts}"
    if own.about == "provider" and own.by != "start":
        yield "by", "a provider has no first review: a rule about one asks by the start"
    if not (own.answered or own.yes or own.at_most or own.at_least):
        yield "id", "a rule asks for something: answered, yes, at_most or at_least"
    yield from mistakes_of_facts(own, figures)


def mistakes_of_facts(own: CountyRule, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield the facts and figures that a county's rule cannot ask for, each with its key."""
    for key, names in (("answered", own.answered), ("yes", own.yes)):
        problems = (problem_of_fact(own, name, key) for name in names)
        yield from ((key, problem) for problem in problems if problem)
    for key, limits in (("at_most", own.at_most), ("at_least", own.at_least)):
        for name, figure in limits.items():
            problem = problem_of_fact(own, name, key) or problem_of_figure(name, figure, figures)
            if problem:
                yield key, problem


def problem_of_figure(name: str, figure: str, figures: Figures) -> str:
    """Say why a fact cannot be compared with a figure; empty if it can."""
    if figures is None:
        return ""
    if figure not in figures:
        where = "`ap rules figures` has them all, and the overlay can add some"
        return f"there is no figure {figure}: {where}"
    unit = figures[figure].unit
    if is_time(name) is not unit.startswith("minutes"):
        return f"{name} is compared with {figure}, which is in {unit}: give both in minutes"
    return ""


def facts_of(kind: type[Record] | None, form: str) -> str:
    """End a sentence with the names of a form's facts, or with how facts are named."""
    if kind is None:
        example = "name its record and its question, such as placement.aim or risk.statement"
        return f": {example}; the records are {', '.join(FORMS)}"
    names = (f"{form}.{asked.name}" for asked in questions(kind))
    return f": those of a {form} are {', '.join(names)}"


def is_time(name: str) -> bool:
    """Tell whether a fact is a time."""
    asked = question_of(name)
    return asked is not None and asked.type in TIMES


def problem_of_fact(own: CountyRule, name: str, key: str) -> str:
    """Say why a rule cannot ask for a fact of this name; empty if it can."""
    form, _, field = name.partition(".")
    kind = FORMS.get(form)
    asked = question(kind, field) if kind else None
    if kind is None or asked is None:
        return f"{name} is not a fact{facts_of(kind, form)}"
    about = ("provider",) if own.about == "provider" else ("placement", "provider", "pupil")
    if form not in about and not is_recorded_about(form, own.about):
        return f"{name} is not known of a {own.about}"
    if key == "yes" and asked.item is not bool:
        return f"{name} is not a question of yes or no"
    if key.startswith("at_") and not is_number(asked):
        return f"{name} is not a number"
    return ""


def is_recorded_about(form: str, noun: str) -> bool:
    """Tell whether a form is a kind of entry that is recorded about this kind of record."""
    return form in KINDS and noun in KINDS[form].ABOUT


def is_number(asked: Question) -> bool:
    """Tell whether the answer to a question is a number."""
    kind = asked.type
    return kind in (*TIMES, Pence, int) or getattr(kind, "__supertype__", None) is int
