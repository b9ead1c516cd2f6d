"""`ap import` in a terminal of 80 × 24, of a file that says otherwise than the record whom it means."""

from __future__ import annotations

from datetime import date

import pytest

from ..conftest import POSIX, Program
from ..exchange.books import xlsx_of
from .test_import import begin

pytestmark = POSIX

HEADS = ("Name", "DOB", "UPN", "Provider", "Kind of provider", "Start", "Hours", "Route")


def written(ap: Program, upn: str, provider: str) -> str:
    """A workbook of one child at a provider; its name."""
    born, starts = date(2011, 3, 5), date(2026, 1, 5)
    row = ("Test Pupil", born, upn, provider, "non-school", starts, 12, "off-site direction")
    xlsx_of(ap.folder / "a.xlsx", HEADS, row)
    return "a.xlsx"


@pytest.mark.parametrize(("answer", "placements"), [("1", 1), ("new", 2)])
def test_another_provider_from_the_same_day_is_asked_about(
    ap: Program, answer: str, placements: int
) -> None:
    ap.ok("import", written(ap, "V855123424000", "Hollow Oak Farm"))
    terminal = begin(ap, written(ap, "V855123424000", "Elm Barn"))
    terminal.answers("A number to change it", "")
    terminal.sees("Row 2: Test P. begins on 5 January 2026 at Elm Barn. The row may correct:")
    terminal.sees("1 PL-0001, which began that day at Hollow Oak Farm and is not in the file")
    terminal.answers("Its number, “new” if it is another, or Enter to leave out the row:", answer)
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    found = ap.json("placement", "list")
    assert len(found) == placements and found[-1]["provider"] == "PR-0002"
    (row,) = ap.json("import", "a.xlsx")
    assert row["outcome"] == "same"


@pytest.mark.parametrize(("answer", "pupils"), [("1", 1), ("new", 2)])
def test_another_upn_beside_one_name_and_birth_date_is_asked_about(
    ap: Program, answer: str, pupils: int
) -> None:
    ap.ok("import", written(ap, "V855123424000", "Hollow Oak Farm"))
    terminal = begin(ap, written(ap, "J855123424001", "Hollow Oak Farm"))
    terminal.answers("A number to change it", "")
    terminal.sees("(1 row) may be: 1 Test P., born 5 March 2011")
    terminal.answers("Its number, “new” if it is another, or Enter to leave out the row:", answer)
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert len(ap.json("pupil", "list")) == len(ap.json("placement", "list")) == pupils
    (row,) = ap.json("import", "a.xlsx")
    assert row["outcome"] == "same"
