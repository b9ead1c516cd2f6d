"""A permanent exclusion whose sixth school day is missed over half term."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .journey import Journey

pytestmark = pytest.mark.uncovered


def sixth_day(days: Journey) -> list[tuple[str, str | None]]:
    found = days.ap.json("check", "--rule", "AP108", "--show", "breached,not-yet", on=days.day)
    return [(row["answer"], row["due"]) for row in found]


def test_a_permanent_exclusion_whose_sixth_day_is_missed_over_half_term(ap: Program) -> None:
    days = Journey(ap)
    days.on("2026-02-06").do('init --commissioner "Exampleshire Council" --kind local-authority')
    days.do(
        'pupil add "Test Pupil" --born 2011-11-15 --home-school "Example Academy" --ehcp no --looked-after no'
    )
    days.do(
        'provider add "Example Short Stay School" --kind pru --urn 100001 --checked 2026-01-05 --where "the register" --address "5 Example Lane"'
    )
    days.do("record exclusion P-1 --permanent")
    days.do("record education-notice P-1 --start-day --daily-hours --address --report-to")
    assert sixth_day(days) == [("not yet", "2026-02-23")], (
        "Friday 6 February: Monday 9 is day 1, and a week of holiday is between"
    )
    assert sixth_day(days.on("2026-02-16")) == [("not yet", "2026-02-23")], (
        "no school day is counted in the holiday"
    )
    assert sixth_day(days.on("2026-02-23")) == [("not yet", "2026-02-23")]
    assert sixth_day(days.on("2026-02-24")) == [("breached", "2026-02-23")]
    assert (
        "AP108" in days.ap.ok("todo", on=days.day).out
        and "breach of the law" in days.ap.ok("status", on=days.day).out
    )
    assert "it cannot be waived" in days.refused(
        "record waiver P-1 --rule AP108 --reason 'no place'"
    )

    days.do(
        "placement new --no-input --pupil P-1 --provider PR-1 --route permanent-exclusion --starts 2026-02-25 --hours 25 --code K"
    )
    message = days.ap.json("check", "P-1", "--rule", "AP108", on=days.day)[0]["message"]
    assert (
        "full-time education only from Wednesday 25 February 2026" in message
        and "Monday 23 February 2026" in message
    )
    assert (
        days.ap.json("check", "PL-1", "--rule", "AP601", "--show", "all", on=days.day)[0]["answer"]
        == "met"
    ), "an authority arranges it: K"
    assert sixth_day(days.on("2026-05-22")) == [("breached", "2026-02-23")], (
        "the half term before this one"
    )
    assert sixth_day(days.on("2026-06-01")) == [], "then it is history"
    assert "exclusion" in days.ap.ok("timeline", "P-1", on=days.day).out
