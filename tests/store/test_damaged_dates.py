"""Term dates with one impossible value: the others hold, the one is named, an import mends it."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect

from ..conftest import Program
from .test_damage import damage

LINES = (
    "calendar,name,first,last\n"
    "Elm Sample,autumn 1 2026,2026-09-02,2026-10-20\n"
    "Elm Sample,autumn 2 2026,2026-11-02,2026-12-18\n"
    "Elm Sample,INSET day,2026-10-05,2026-10-05\n"
)
DATES = [
    ("term SET last = '2026-10-32' WHERE id = 1", "the half term from 2026-09-02 (its last day is not a day)"),
    ("term SET first = '2026-10-21' WHERE id = 1", "the half term from 2026-10-21 to 2026-10-20 (it ends before it begins)"),
    ("term SET name = CAST(x'ff' AS TEXT) WHERE id = 1", "the half term from 2026-09-02 to 2026-10-20 (its name is not text)"),
    ("term SET calendar = x'41' WHERE id = 1", "the half term from 2026-09-02 to 2026-10-20 (its calendar is not text)"),
    ("closure SET day = 'soon'", "one INSET day (its day is not a day)"),
]  # fmt: skip
"""How imported dates are damaged, and what is said of them."""


@pytest.fixture
def dated(placed: Program) -> Program:
    (placed.folder / "terms.csv").write_text(LINES, "utf-8")
    placed.ok("terms", "import", "terms.csv", "--json")
    return placed


@pytest.mark.parametrize(("change", "named"), DATES)
def test_one_damaged_row_of_term_dates_leaves_all_others_and_an_import_mends_it(
    dated: Program, change: str, named: str
) -> None:
    before = [row for row in dated.json("terms", "list") if row["source"] == "imported"]
    damage(dated, change)
    found = dated("terms", "list", "--json")
    left = [row for row in found.data if row["source"] == "imported"]
    assert found.code == 5 and len(left) == len(before) - 1
    assert all(row in before for row in left)
    mend = "it is left out until you import its dates again with `ap terms import FILE`"
    assert f"{named} cannot be read: {mend}\n" in found.err
    (task,) = dated.json("check", "--rule", "AP906")
    assert task["message"] == f"{named} cannot be read: {mend}"
    tried = dated.ok("terms", "import", "terms.csv", "--dry-run")
    assert f"would be removed, as it could not be read: {named.partition(' (')[0]}" in tried.err
    done = dated.ok("terms", "import", "terms.csv")
    assert f"removed, as it could not be read: {named.partition(' (')[0]}" in done.err
    after = dated("terms", "list", "--json")
    assert after.code == 0 and not dated.json("check", "--rule", "AP906")
    assert [row for row in after.data if row["source"] == "imported"] == before


def test_two_damaged_rows_of_term_dates_are_named_in_one_sentence(dated: Program) -> None:
    damage(dated, "term SET last = 'x'")
    found = dated("terms", "list")
    assert found.code == 5 and "INSET day" in found.out
    assert (
        "the half term from 2026-09-02 (its last day is not a day),"
        " the half term from 2026-11-02 (its last day is not a day)"
        " cannot be read: they are left out until you import its dates again with"
        " `ap terms import FILE`\n"
    ) in found.err


def test_a_half_term_that_cannot_be_read_is_no_holiday(dated: Program) -> None:
    dated.ok("pupil", "edit", "P-0001", "--home-school", "Elm Sample")
    mark = ["attendance", "record", "PL-0001", "2026-11-10", "am", "B", "--on", "2026-12-01"]
    damage(dated, "term SET last = 'x' WHERE id = 2")
    assert "is not a school day" not in dated(*mark).err


@pytest.mark.parametrize("day", ["'soon'", "x'41'", "'9999-99-99'", "''"])
def test_an_entry_whose_day_is_no_day_is_named_by_the_timeline_and_mended(
    placed: Program, day: str
) -> None:
    for note in ("first", "second"):
        args = ["--day", "2026-01-12", "--by", "A. Tester", "--note", note]
        placed.ok("record", "contact", "PL-0001", *args)
    damage(placed, f"entry SET day = {day} WHERE id = 1")
    for subject in ("PL-0001", "P-0001", "PR-0001"):
        found = placed("timeline", subject, "--json")
        assert found.code == 5 and "E-0002" in {row["ref"] for row in found.data}
        assert found.err.startswith("E-0001 cannot be read: the answer to “What day was it?”")
        assert "correct it with `ap record edit E-0001 --day DAY" in found.err
    placed.ok("record", "edit", "E-0001", "--day", "2026-01-12", "--reason", "it was damaged")
    assert placed("timeline", "PL-0001").code == 0
    assert connect(placed.store).execute("SELECT day FROM entry").fetchone()[0] == "2026-01-12"


@pytest.mark.parametrize("day", ["2027-15-35", "9999-99-99", "2027-02-30", "2200-01-01", "soon"])
def test_a_child_whose_placement_begins_on_no_day_is_not_left_out_without_a_word(
    placed: Program, day: str
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--not-known", "ends", "--not-known", "review_date")
    damage(placed, f"placement SET starts = '{day}'")
    found = placed("where", "--all")
    assert found.code == 5 and "PL-0001" in found.err and "no child has" not in found.out
    due = placed("reviews", "due")
    assert due.code == 5 and "PL-0001" in due.err
