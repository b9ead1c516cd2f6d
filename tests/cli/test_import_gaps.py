"""`ap import` says what an office workbook leaves out, or means otherwise than it is kept."""

from __future__ import annotations

from ..conftest import Program
from ..exchange.books import xlsx_of
from .test_import import HEADS, KIND, ROUTE, line, written

NO_SCHOOL = ("Pupil", "DOB", "AP", "Start", "Hours")


def test_an_off_site_direction_of_a_council_is_noted_and_that_of_a_school_is_not(
    ap: Program,
) -> None:
    ap.ok("init", "--commissioner", "Test Council", "--kind", "local-authority")
    file = written(ap, line(), line("Ada Sample", route="section 19"))
    told = "only a school directs a child off site, and “Test Council” commissions it (rule AP107)"
    first, second = ap.json("import", file, "--dry-run")
    assert first["noted"][0].startswith(told) and second["noted"] == []
    assert f"row 2: {told}: name the school in a column “commissioner”" in ap.ok("import", file).out
    assert ap.json("import", file)[0]["noted"] == [], "it is said when it comes in"
    ap.ok("init", "--commissioner", "Elm Academy", "--kind", "academy")
    heads = (*HEADS, "Commissioner")
    file = written(ap, (*line("Ida Other"), "Elm Academy"), heads=heads)
    assert ap.json("import", file)[0]["noted"] == []


def test_a_route_of_the_council_is_noted_of_a_school(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Elm Academy", "--kind", "academy")
    (row,) = ap.json("import", written(ap, line(route="section 19")))
    assert row["noted"][0].startswith("“Elm Academy” places nobody by this route (rule AP107): ")


def test_cp_and_cin_under_looked_after_are_noted_once_with_their_rows(ap: Program) -> None:
    cells = ("CP", "CIN", "N", "", "LAC", "Y", "CLA / CP", "child in need", "Early help")
    rows = [(f"Test {chr(65 + at)}x", "05/03/2011", one) for at, one in enumerate(cells)]
    file = written(ap, *rows, heads=("Name", "DOB", "Looked after"))
    told = "CP, CIN and early help mean not looked after: add a column for the social worker"
    found = ap.ok("import", file, "pupils", "--json").data
    assert [bool(told in row["noted"]) for row in found] == [
        *(True, True, False, False, False, False, False, True, True)
    ]
    assert f"rows 2, 3, 9, 10: {told}" in ap.ok("import", file, "pupils").out


def test_new_placements_without_a_home_school_are_counted_with_what_gives_it(ap: Program) -> None:
    rest = ("05/03/2011", "Hollow Oak Farm", "05/01/2026", "12")
    file = written(ap, ("Test Pupil", *rest), ("Ada Sample", *rest), heads=NO_SCHOOL)
    ran = ap.ok("import", file, *KIND, *ROUTE)
    told = "2 new placements are of a child without a home school: add a column “home school”"
    assert told in ran.err and '--fill "home_school=NAME"' in ran.err
    again = ap.ok("import", file, *KIND, *ROUTE, "--fill", "home_school=Elm Academy", "--json")
    assert [row["outcome"] for row in again.data] == ["changed", "changed"]
    assert "without a home school" not in again.err
    assert {one["home_school"] for one in ap.json("pupil", "list")} == {"Elm Academy"}
    assert "without a home school" not in ap.ok("import", written(ap, line("Ida Other"))).err


def test_where_a_reference_is_written_is_said_of_an_export_and_of_a_form(ap: Program) -> None:
    ap.ok("pupil", "add", "Jon Sample", "--born", "2011-03-05")
    heads = ("Pupil ref (store 3f2a9c1e)", "Name", "DOB")
    file = written(ap, ("P-0009", "Ezra Sample", "05/03/2011"), heads=heads)
    ran = ap("import", file, "pupils")
    assert ran.code == 2 and "write it in a column that you add, called “Pupil ref”" in ran.err
    further = written(
        ap, ("P-0009", "Ezra Sample", "05/03/2011", "P-0001"), heads=(*heads, "Pupil ref")
    )
    assert ap.json("import", further, "pupils")[0]["refs"] == ["P-0001"]
    form = [("Name", "Theo Sample"), ("Date of birth", "05/03/2011"), ("Home school", "Elm")]
    xlsx_of(ap.folder / "f.xlsx", *form)
    ran = ap("import", "f.xlsx", "pupils")
    assert ran.code == 2 and "add a row to its table: “Pupil ref”" in ran.err
    xlsx_of(ap.folder / "f.xlsx", *form, ("Pupil ref", "new"))
    assert ap.json("import", "f.xlsx", "pupils")[0]["refs"] == ["P-0002"]
