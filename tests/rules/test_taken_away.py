"""Gaps: no rule is met because something that happened, or a mark, is not on record or says nothing.

What is taken from a record itself is in `test_examples.py`, term dates in `test_term_dates.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.entries import KINDS
from ap_cli.domain.entries.entry import Entry
from ap_cli.domain.entries.history import History
from ap_cli.forms.facts import Unknown, recorded
from ap_cli.forms.form import field_types, questions
from ap_cli.rules import RULES
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.provider import ProviderCase
from ap_cli.rules.cases.pupil import PupilCase
from ap_cli.rules.cases.register import Register
from ap_cli.rules.examples import EXAMPLES
from ap_cli.rules.examples.builders import filled, history, placement_case, provider_case
from ap_cli.rules.rule import BREACHED, MET

THE_POINT: dict[tuple[str, str], str] = {
    **{
        (id, "declaration"): "a provider's own count is a fact beside what is known here"
        for id in ("AP201", "AP202", "AP203", "AP205")
    },
    **{
        (id, "evidence"): "an item may have no last day, and then it holds for a year"
        for id in ("AP302", "AP303", "AP310", "AP315")
    },
    ("AP117", "informed"): "who does not say of which exclusion means the last",
    (
        "AP108",
        "exclusion",
    ): "a suspension without a last day is taken to go on: education is asked for",
    ("AP311", "concern"): "a serious incident is what asks for a decision",
    ("AP311", "suspension"): "a suspension of the provider is itself what is wrong",
    ("AP504", "concern"): "the rule is silent while a concern makes a review due",
    ("AP504", "request"): "so it is while somebody asks for a review",
    ("AP507", "review"): "a review is what asks for the letters about it",
    ("AP513", "visit"): "a visit that finds a pupil not safe is itself what is wrong",
    ("AP514", "review"): "an incomplete review is itself what is wrong",
    ("AP515", "review"): "each review asks for a decision of its own",
    ("AP518", "change"): "a reported change is what asks for an answer",
    ("AP605", "mark"): "missed sessions are themselves what is wrong",
    ("AP701", "review"): "a review is what asks for the child's view",
    ("AP907", "waiver"): "a waiver without a last day never runs out",
}
"""Rules that may be met because a kind of entry, or a mark, is not there: what is gone is the point."""

HISTORIES = ("entries", "at_the_provider", "exclusions")


def less_one_entry(case: Any) -> Iterator[tuple[str, Any]]:
    """A case without each of its entries, and without each answer of each, with the kind."""
    for name in HISTORIES:
        entries = getattr(case, name, History()).every()
        for at, entry in enumerate(entries):
            for less in ((), *((other,) for other in less_one_answer(entry))):
                left = history((*entries[:at], *less, *entries[at + 1 :]))
                yield entry.KIND, replace(case, **{name: left})


def less_one_answer(entry: Entry) -> Iterator[Entry]:
    """An entry without each of its answers."""
    for name, (_, may_be_missing) in field_types(type(entry)).items():
        if may_be_missing and recorded(getattr(entry, name)):
            yield replace(entry, **{name: Unknown(f"{entry.KIND}.{name}")})


def less_one_mark(case: Any) -> Iterator[tuple[str, Any]]:
    """A case without each of its marks."""
    register = getattr(case, "register", Register())
    for at in range(len(register.marks)):
        left = (*register.marks[:at], *register.marks[at + 1 :])
        yield (
            "mark",
            replace(case, register=Register(partial(tuple, left), partial(tuple, register.weeks))),
        )


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", EXAMPLES)
def test_no_record_never_makes_a_rule_met_of_what_happened_or_was_marked(id: str) -> None:
    for example in EXAMPLES[id]:
        case = example.make()
        rules = [rule for rule in RULES if isinstance(case, rule.about)]
        open_rules = [rule for rule in rules if rule.answer(case)[0] is not MET]
        for kind, less in (*less_one_entry(case), *less_one_mark(case)):
            met = {(rule.id, kind) for rule in open_rules if rule.answer(less)[0] is MET}
            assert not met - set(THE_POINT), (example.told, kind)


SAYS_SO_ITSELF = {
    ("AP410", "plan"): "that you hold the provider's plan is recorded with it",
    ("AP507", "concern"): "a review held at once after a concern needs no invitations",
    ("AP801", "notified"): "that the council was told, and on what day, is all there is to say",
}
"""Rules that an entry without any answer mends or excuses, each with the reason."""

SUBJECTS = {PlacementCase: "placement", ProviderCase: "provider", PupilCase: "pupil"}


def empty_entries(case: Any) -> Iterator[Entry]:
    """An entry of today of each kind about a case that answers none of its questions."""
    for kind, form in KINDS.items():
        needed = [asked.name for asked in questions(form) if asked.required]
        if needed == [DAY] and SUBJECTS[type(case)] in form.ABOUT:
            yield filled(kind, {}, case.now, LATER)


DAY = "day"
"""What every entry needs."""

LATER = 999
"""The number of an entry that comes after all others of its day."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", EXAMPLES)
def test_an_entry_that_answers_nothing_mends_nothing(id: str) -> None:
    for example in EXAMPLES[id]:
        case = example.make()
        if type(case) not in SUBJECTS:
            continue
        rules = [rule for rule in RULES if isinstance(case, rule.about)]
        breached = [rule for rule in rules if rule.answer(case)[0] is BREACHED]
        for entry in empty_entries(case):
            more = replace(case, entries=history((*case.entries.every(), entry)))
            mended = {rule.id for rule in breached if rule.answer(more)[0] is not BREACHED}
            found = {(id, entry.KIND) for id in mended} - set(SAYS_SO_ITSELF)
            assert not found, (example.told, found)


def test_the_kinds_of_entry_that_may_be_empty_are_known() -> None:
    kinds = {entry.KIND for entry in empty_entries(placement_case())}
    assert {"review", "visit", "contact", "discussion", "follow-up"} <= kinds
    assert {entry.KIND for entry in empty_entries(provider_case())} >= {"visit", "declaration"}
