"""The place decides which rules hold, and the tier never does: case L06 and its kind."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.options import Place, Tier
from ap_cli.forms.facts import Unknown
from ap_cli.rules import RULES
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.examples import EXAMPLES
from ap_cli.rules.examples.builders import PROVIDER, PUPIL, placement_case
from ap_cli.rules.rule import BREACHED, NOT_APPLICABLE

from .answers import BY_ID, answer, breach

BY_TIER = ("AP106", "AP112")
"""Rules that are about the tier itself, by their rows of the rule book."""

IN_THE_SCHOOL = {
    *(f"AP{number}" for number in (*range(101, 110), *range(113, 119))),
    *(f"AP{number}" for number in (*range(401, 410), 418, 419, 426, 427)),
    *(f"AP{number}" for number in (*range(501, 507), 511, 513, 514, 516, 606, 608)),
    *(f"AP{number}" for number in range(901, 910)),
}
"""What holds in the school, by the rule book."""


def with_placement(case: PlacementCase, **changed: Any) -> PlacementCase:
    return replace(case, placement=replace(case.placement, **changed))


def answers(case: PlacementCase) -> dict[str, str]:
    return {rule.id: str(rule.answer(case)[0]) for rule in RULES if isinstance(case, rule.about)}


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", EXAMPLES)
def test_no_tier_changes_any_answer_but_of_the_rules_about_tiers(id: str) -> None:
    for example in EXAMPLES[id]:
        case = example.make()
        if not isinstance(case, PlacementCase):
            continue
        told = answers(with_placement(case, tier=Unknown("placement.tier")))
        for tier in Tier:
            other = answers(with_placement(case, tier=tier))
            differ = {rule for rule in told if told[rule] != other[rule]} - set(BY_TIER)
            assert not differ, (example.told, tier)


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", EXAMPLES)
def test_in_the_school_only_the_rules_that_the_rule_book_names_hold(id: str) -> None:
    for example in EXAMPLES[id]:
        case = example.make()
        if not isinstance(case, PlacementCase):
            continue
        for place in (Place.SCHOOL, Place.OWN_SITE):
            told = answers(with_placement(case, place=place))
            holds = {rule for rule, answer in told.items() if answer != NOT_APPLICABLE}
            assert holds <= IN_THE_SCHOOL, (example.told, holds - IN_THE_SCHOOL)


def test_no_rule_of_those_says_that_the_pupil_stays_in_the_school() -> None:
    case = placement_case(place="school")
    silent = {
        rule.id
        for rule in RULES
        if isinstance(case, rule.about)
        and rule.answer(case)[0] is NOT_APPLICABLE
        and rule.why_not(case) == "the pupil stays in the school"
    }
    assert silent and not silent & IN_THE_SCHOOL


def test_a_tier_of_the_school_at_a_farm_silences_no_rule() -> None:
    """Case L06: an off-site direction to a farm, whose tier is then corrected to 1b."""
    before = placement_case(hours="18", pupil=PUPIL | {"ehcp": "2025-09-01"})
    after = with_placement(before, tier=Tier.ONE_B)
    assert answer("AP421", before) is answer("AP421", after) is BREACHED
    told, now = answers(before), answers(after)
    assert {rule for rule in told if told[rule] != now[rule]} == {"AP106"}
    assert breach("AP106", after) == (
        "tier 1b stays in the school, and the pupil goes to Hollow Oak Farm"
    )
    assert BY_ID["AP106"].task_for(after) == "Correct the tier, or the place"


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("own-site", Place.OWN_SITE),
        ("online", Place.ONLINE),
        ("non-school", Place.PROVIDER),
        ("pru", Place.PROVIDER),
    ],
)
def test_the_place_follows_from_the_kind_of_provider_until_it_is_asked(
    kind: str, place: Place
) -> None:
    provider = PROVIDER | {"kind": kind}
    assert placement_case(provider=provider).place is place
    assert placement_case(provider=provider, place="home").place is Place.HOME
