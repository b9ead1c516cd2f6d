"""What scripts rely on: exit codes, keys, channels, formats, days."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect

from ..conftest import Program


def test_a_placement_without_a_week_cannot_be_read_and_does_not_vanish(placed: Program) -> None:
    connect(placed.store).execute("DELETE FROM week")
    assert ("PL-0001", "AP906") in {(row["subject"], row["rule"]) for row in placed.json("check")}
    for command in (["placement", "list"], ["placement", "show", "PL-0001"]):
        found = placed(*command)
        assert found.code == 5 and "PL-0001" in found.err


@pytest.mark.parametrize(
    "statement",
    ["UPDATE site SET kind = 'circus'", "UPDATE week SET weekly_minutes = 'x'", "UPDATE placement SET starts = '0001-01-01'", "UPDATE pupil SET born = '9999-12-31'",
     "UPDATE pupil SET home_school = X'ff00'", "INSERT INTO term (calendar, name, first, last) VALUES ('x', 'y', 'x', 'y')", "UPDATE placement SET review_dates = '{'"],
)  # fmt: skip
def test_an_impossible_value_is_named_without_an_unexpected_error(
    placed: Program, statement: str
) -> None:
    store = connect(placed.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute(statement)
    for command in (
        ["check", "--json"],
        ["reviews", "due", "--json"],
        ["status"],
        ["placement", "list"],
    ):
        found = placed(*command)
        assert found.code in (0, 1, 5) and (
            found.code != 5 or found.out == "" or "cannot be read" in found.err
        ), (command, found)
    found = placed("check")
    assert found.code == 5 or "AP906" in found.out or placed("reviews", "due").code == 5
