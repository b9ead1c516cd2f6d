"""`ap import` of home schools, which offices spell in several ways."""

from __future__ import annotations

from ..conftest import Program

SCHOOLS = """Name,DOB,School
Test Pupil,27/06/2011,St Mock's CofE
Bea Sample,28/06/2011,St. Mock’s cofe
L. Sample,28/05/2011,Elm Academy
M. Sample,29/05/2011,Elm Acad.
N. Sample,30/05/2011,Elm Acad.
"""


def schools(ap: Program) -> list[str]:
    return [pupil["home_school"] for pupil in ap.json("pupil", "list")]


def test_capitals_points_and_apostrophes_make_no_other_school_and_a_near_one_is_named(
    ap: Program,
) -> None:
    (ap.folder / "a.csv").write_text(SCHOOLS, encoding="utf-8")
    found = ap.ok("import", "a.csv")
    assert schools(ap) == ["St Mock's CofE", "St Mock's CofE", "Elm Academy", *["Elm Acad."] * 2]
    assert "rows 5, 6: its home school is nearly spelt as another" in found.out
    rows = ap.json("import", "a.csv", "--dry-run")
    assert {row["outcome"] for row in rows} == {"same"}
    assert [row["noted"] for row in rows] == [[]] * 5


def test_a_school_that_is_on_record_in_two_spellings_stays_as_it_is(ap: Program) -> None:
    for name, born, school in (("Test Pupil", "2011-06-27", "St Mock's"),
                               ("Bea Sample", "2011-06-28", "ST. MOCK’S")):  # fmt: skip
        ap.ok("pupil", "add", name, "--born", born, "--home-school", school)
    file = "Name,DOB,School\nBea Sample,28/06/2011,St Mock's\nTest Pupil,27/06/2011,St Mocks\n"
    (ap.folder / "a.csv").write_text(file, encoding="utf-8")
    assert "2 same" in ap.ok("import", "a.csv").out
    assert schools(ap) == ["St Mock's", "ST. MOCK’S"]


def test_another_school_changes_it(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-06-27", "--home-school", "Rowan High")
    file = "Name,DOB,School\nTest Pupil,27/06/2011,Elm Academy\n"
    (ap.folder / "a.csv").write_text(file, encoding="utf-8")
    assert "1 changed" in ap.ok("import", "a.csv").out and schools(ap) == ["Elm Academy"]
