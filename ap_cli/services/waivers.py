"""What can be waived: refuse a waiver of the law, or of what keeps pupils safe."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ..domain.entries.during import Waiver
from ..domain.entries.entry import Entry
from ..errors import BadAnswers
from ..forms.form import Noun
from ..forms.text import echo
from ..policy.county import County, default
from ..rules import RULES
from ..rules.cases.subjects import SUBJECTS
from ..rules.countys_own import rules_of
from ..rules.rule import MUST, Rule
from ..store.opening import Store
from .caseload import Caseload
from .survey import Survey


def law(rule: Rule) -> str:
    """Explain why a rule that the law makes a must cannot be waived."""
    sources = ", ".join(rule.sources)
    return f"--rule: {rule.id} is the law ({sources}): do what it asks, it cannot be waived"


def why_not_waived(rule: Rule) -> str:
    """Explain why a rule that binds every subject cannot be waived; empty if it can be."""
    if rule.keeps_safe:
        instead = f"{rule.task[:1].lower()}{rule.task[1:]}"
        return f"--rule: {rule.id} keeps pupils safe and cannot be waived: {instead}"
    return law(rule) if rule.severity is MUST and not rule.lighter else ""


def refuse_must(store: Store, entry: Entry, subject: tuple[type[Noun], int], today: date) -> None:
    """Raise BadAnswers if a rule that binds only some subjects by law binds this one."""
    rule = next(
        (
            rule
            for rule in RULES
            if isinstance(entry, Waiver) and rule.id == entry.rule and rule.lighter
        ),
        None,
    )
    if rule and any(
        rule.weighs(case) is MUST
        for case in next(iter(Survey(Caseload(store, today)).every(subject)), ())
        if isinstance(case, rule.about)
    ):
        raise BadAnswers([law(rule)])


def as_of_its_rule(entry: Entry, noun: type[Noun], county: County | None = None) -> Entry:
    """Spell a waiver's rule id as the rules write it.

    Raise BadAnswers if there is no such rule, it is a must, it keeps pupils safe, or it is about
    another kind of record.
    A county's own rules can be waived as well.
    """
    if not isinstance(entry, Waiver):
        return entry
    wanted = entry.rule.strip().upper()
    rule_waived = next(
        (rule for rule in (*RULES, *rules_of(county or default())) if rule.id == wanted), None
    )
    if rule_waived is None:
        raise BadAnswers(
            [f"--rule: there is no rule {echo(wanted, 20)}: choose one from `ap rules list`"]
        )
    if why_not := why_not_waived(rule_waived):
        raise BadAnswers([why_not])
    if noun not in SUBJECTS[rule_waived.about]:
        about = SUBJECTS[rule_waived.about][0]
        raise BadAnswers(
            [
                f"--rule: {rule_waived.id} is about a {about.NOUN}: "
                f"waive it for a reference such as {about.PREFIX}-0001"
            ]
        )
    return replace(entry, rule=rule_waived.id)
