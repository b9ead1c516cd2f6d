"""An entry of an older store that says nothing answers nothing: no rule is quieter for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ap_cli.demo.making import make
from ap_cli.domain.entries import KINDS
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.readers import fill
from ap_cli.domain.samples import sample_options
from ap_cli.forms.form import Noun
from ap_cli.rules import RULES
from ap_cli.rules.rule import OPEN
from ap_cli.rules.task import RANK
from ap_cli.services import checks
from ap_cli.services.checks import CheckRequest
from ap_cli.store import writing
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries import records

ON = date(2026, 3, 2)
NOUNS: tuple[type[Noun], ...] = (Placement, Provider)
EMPTY = sorted(
    kind
    for kind, form in KINDS.items()
    if not sample_options(form, most=0) and form.ENOUGH != "day" and kind != "concern"
)
"""The kinds that an older store may have with nothing but their day."""


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    store = open_store(Address(tmp_path / "ap.db"))
    make(store, ON)
    yield store


def urgencies(store: Store) -> dict[tuple[str, str], int]:
    """How urgent each open finding of a store is, by its rule and its record."""
    found = checks.list_findings(store, CheckRequest(ON, rules=RULES, every=True))
    return {
        (each.rule, each.subject): RANK[each.urgency]
        for each in found
        if each.answer in OPEN and each.urgency is not None
    }


@pytest.mark.parametrize("kind", EMPTY)
def test_no_finding_goes_away_or_gets_less_urgent_by_an_empty_entry(
    sample: Store, kind: str
) -> None:
    before = urgencies(sample)
    form = KINDS[kind]
    with writing.change(sample, Author("T. Sample"), "record it") as unit:
        for noun in NOUNS:
            if noun.NOUN in form.ABOUT:
                for one in records.nouns(sample, noun, ON):
                    writing.add_entry(unit, fill(form, {"day": ON}, ON), one)
    after = urgencies(sample)
    quieter = {each: rank for each, rank in before.items() if after.get(each, 99) > rank}
    assert not quieter, f"an empty {kind} answers: {quieter}"
