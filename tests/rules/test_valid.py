"""How long what was checked of a provider counts, and what is said and done once that is over."""

from __future__ import annotations

import pytest

from ap_cli.domain.evidence import OF_THE_PROVIDER, Item
from ap_cli.rules.examples.builders import PROVIDER, VISIT, placement_case, provider_case, without
from ap_cli.rules.examples.provider import CONTACTS, REPORTING, RISK
from ap_cli.rules.valid import RENEW

from .answers import BY_ID, breach, remedy

LONG_AGO = {"day": "2025-03-01"}
TOO_LONG = "on 1 March 2025, which counts for 365 days"


@pytest.mark.parametrize(
    ("id", "item"), [("AP302", Item.STAFF_CHECKS), ("AP303", Item.PROMISE_OF_CHANGES)]
)
def test_an_item_that_is_over_a_year_old_is_to_be_renewed(id: str, item: Item) -> None:
    others = tuple(each for each in OF_THE_PROVIDER if each is not item)
    seen = {"item": item.value, "by": "A. Tester"} | LONG_AGO
    case = provider_case(items=others, there=[("evidence", seen)])
    assert breach(id, case).endswith(TOO_LONG) and BY_ID[id].task_for(case) == RENEW
    assert BY_ID[id].task_for(provider_case(items=others)) == BY_ID[id].task


def test_a_check_of_health_and_safety_that_is_over_a_year_old_is_to_be_renewed() -> None:
    provider = PROVIDER | {"risk": "lower"}
    case = placement_case(provider=provider, happened=[("risk", RISK | LONG_AGO)])
    assert (
        breach("AP306", case) == f"health and safety at Hollow Oak Farm was last checked {TOO_LONG}"
    )
    assert BY_ID["AP306"].task_for(case) == RENEW
    assert remedy("AP306", case) == "ap record risk PR-0001 --checked …"


def test_a_curriculum_last_looked_at_over_a_year_ago_is_to_be_renewed() -> None:
    old = placement_case(starts="2025-04-28", visit=VISIT | LONG_AGO)
    assert breach("AP309", old).endswith(TOO_LONG) and BY_ID["AP309"].task_for(old) == RENEW
    part = placement_case(starts="2025-04-28", visit=without(VISIT | LONG_AGO, "breadth"))
    assert breach("AP309", part) == "nobody who visited Hollow Oak Farm looked at breadth"
    assert BY_ID["AP309"].task_for(part) == BY_ID["AP309"].task


def test_how_things_are_reported_is_agreed_again_with_the_provider() -> None:
    there = [("reporting", without(REPORTING, "contact_there", "contact_here") | LONG_AGO)]
    case = placement_case(there=there, happened=[("reporting", CONTACTS)])
    assert breach("AP307", case).endswith(TOO_LONG)
    assert BY_ID["AP307"].task_for(case) == "Agree again how absence and concerns are reported"
    assert remedy("AP307", case).startswith("ap record reporting PR-0001 --absence")


def test_the_contacts_are_named_for_the_placement() -> None:
    case = placement_case(there=[("reporting", REPORTING)])
    assert BY_ID["AP307"].task_for(case) == "Name a contact on both sides"
    assert remedy("AP307", case) == (
        "ap record reporting PL-0001 --contact-there … --contact-here …"
    )
    assert BY_ID["AP307"].task_for(placement_case()) == BY_ID["AP307"].task
