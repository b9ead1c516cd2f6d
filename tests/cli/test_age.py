"""`ap age`: school years and the last day of school age."""

from __future__ import annotations

import pytest

from ..conftest import Program


@pytest.mark.plain_store("begins without a store")
def test_age_needs_no_store_and_answers_or_refuses_every_year(ap: Program) -> None:
    row = ap.json("age", "2010-06-27")[0]
    assert {name: row[name] for name in ("year_group", "begins", "ends", "duty_ends")} == {
        "year_group": 11, "begins": "2015-08-31", "ends": "2026-06-26", "duty_ends": "2028-06-27",
    }  # fmt: skip
    assert (
        ap.json("age", "0001-01-01")[0]["ends"] == "0017-06-30"
        and ap("age", "9999-01-01").code == 2
        and ap("age", "9981-12-31").code == 0
    )
    assert not ap.store.exists()
