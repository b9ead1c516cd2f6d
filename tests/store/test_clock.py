"""A clock that ran back or leapt is said, and what is written is kept all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ap_cli.store.clock import ran_back
from ap_cli.store.connection import connect
from ap_cli.store.queries.chain import unguard

from ..conftest import Program

NEXT = ("pupil", "add", "Next Pupil", "--born", "2011-05-05")


def date_newest(placed: Program, apart: timedelta) -> str:
    """Date the newest change so far from now, as another computer's clock would have."""
    moment = (datetime.now(UTC) + apart).isoformat(timespec="seconds")
    with connect(placed.store) as store:
        unguard(store)
        store.execute(
            "UPDATE audit SET at = ? WHERE unit = (SELECT max(unit) FROM audit)", (moment,)
        )
    return moment


def doctor(placed: Program) -> dict[str, Any]:
    rows = placed.json("doctor")
    return next(row for row in rows if row["check"] == "clock")


def test_a_write_before_the_last_change_is_kept_and_said(placed: Program) -> None:
    moment = date_newest(placed, timedelta(days=400))
    found = placed.ok(*NEXT)
    assert found.out == "P-0002\n" and "this was kept, but this computer's clock says" in found.err
    assert f"{moment[:16]} UTC: set the clock right" in found.err
    assert "clock" not in placed.ok(*NEXT[:2], "Third Pupil", *NEXT[3:]).err


@pytest.mark.parametrize(("minutes", "said"), [(4, False), (7, True), (-600_000, False)])
def test_clocks_may_be_five_minutes_apart(placed: Program, minutes: int, said: bool) -> None:
    date_newest(placed, timedelta(minutes=minutes))
    assert ("clock" in placed.ok(*NEXT).err) is said


def test_the_doctor_names_a_change_that_is_still_to_come_and_steps_back(placed: Program) -> None:
    row = doctor(placed)
    assert row["ok"] is True and row["says"] == "no change is dated earlier than the one before"
    moment = date_newest(placed, timedelta(days=400))
    row = doctor(placed)
    assert row["ok"] is False and moment[:16] in row["says"] and "set the clocks" in row["mend"]
    placed.ok(*NEXT)
    row = doctor(placed)
    assert row["ok"] is True and row["says"].startswith(
        "a clock ran back: 1 change is dated earlier"
    )


def test_a_moment_that_cannot_be_read_is_no_step_back() -> None:
    assert not ran_back("soon", "2026-01-01T00:00:00+00:00")
    assert ran_back("2026-01-01T00:05:01+00:00", "2026-01-01T00:00:00+00:00")
    assert not ran_back("2026-01-01T00:05:00+00:00", "2026-01-01T00:00:00+00:00")
