"""Where a placement stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.placement import Placement, State
from ap_cli.forms.facts import Unknown
from ap_cli.rules.examples.builders import placement_case

PLACEMENT: Placement = replace(
    placement_case().placement, starts=date(2026, 1, 6), ends=date(2026, 3, 27)
)


@pytest.mark.parametrize(
    ("changed", "day", "state"),
    [
        ({}, "2026-01-05", State.PLANNED),
        ({}, "2026-01-06", State.LIVE),
        ({}, "2026-03-27", State.LIVE),
        ({}, "2026-03-28", State.PAST_ITS_END),
        ({"ends": Unknown("placement.ends")}, "2030-01-01", State.LIVE),
        ({"ended": date(2026, 2, 13)}, "2026-01-05", State.PLANNED),
        ({"ended": date(2026, 2, 13)}, "2026-02-13", State.LIVE),
        ({"ended": date(2026, 2, 13)}, "2026-02-14", State.ENDED),
        ({"ended": date(2026, 4, 13)}, "2026-04-13", State.PAST_ITS_END),
        ({"ended": date(2026, 1, 6), "never_started": True}, "2026-02-14", State.NEVER_STARTED),
    ],
)
def test_a_placement_is_planned_before_its_first_day_and_ended_after_its_last(
    changed: dict[str, Any], day: str, state: State
) -> None:
    assert replace(PLACEMENT, **changed).state(date.fromisoformat(day)) is state
