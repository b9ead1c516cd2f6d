"""`ap import` and `ap init` where two commissioners are called alike."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .test_import import line, reasons, rows, written

COUNCIL = ("init", "--commissioner", "Test Council", "--kind", "local-authority")


@pytest.fixture(name="twins")
def _twins(ap: Program) -> Program:
    """A store with two commissioners of one name, of two kinds."""
    ap.ok(*COUNCIL)
    ap.ok("init", "--commissioner", "Test Council", "--kind", "academy")
    return ap


@pytest.mark.parametrize("written_as", ["C-0002", "c-2"])
def test_a_reference_says_which_of_two_commissioners_of_one_name_is_meant(
    twins: Program, written_as: str
) -> None:
    twins.ok("import", written(twins, line()), "--fill", f"commissioner={written_as}")
    assert twins.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0002"


def test_the_name_of_two_commissioners_is_refused_and_the_reference_asked_for(
    twins: Program,
) -> None:
    file = written(twins, line())
    refused = twins("import", file, "--fill", "commissioner=test council")
    assert refused.code == 2 and "C-0001 and C-0002 are called so" in refused.err
    assert "“commissioner=C-0001”" in refused.err
    unknown = twins("import", file, "--fill", "commissioner=C-0003")
    assert unknown.code == 2 and "no commissioner is called C-0003" in unknown.err


def test_a_filled_reference_is_of_this_store_also_in_a_file_of_another(twins: Program) -> None:
    heads = ("Pupil ref (store 00000000)", "Pupil", "DOB", "AP", "Kind of provider", "Start")
    row = ("P-0001", "Test Pupil", "05/03/2011", "Hollow Oak Farm", "non-school", "05/01/2026")
    fills = ("--fill", "hours=12", "--fill", "route=off-site-direction")
    file = written(twins, row, heads=heads)
    ran = twins.ok("import", file, *fills, "--fill", "commissioner=C-0002", "--json")
    assert rows(ran) == [(2, "new")] and reasons(ran) == []
    assert (
        "visits, reviews, concerns and staff checks of that store are not in this file" in ran.err
    )
    assert twins.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0002"


def test_a_script_that_sets_up_a_store_again_adds_no_second_commissioner(ap: Program) -> None:
    first, again = ap.ok(*COUNCIL), ap.ok(*COUNCIL)
    assert first.out == again.out == "C-0001\n"
    assert again.err == "it is there already: nothing was added\n"
    terms = "Term,Start,End\nAutumn,2026-09-01,2026-10-23\n"
    (ap.folder / "terms.csv").write_text(terms)
    ap.ok("terms", "import", "terms.csv", "--calendar", "testshire")
    assert ap.ok(*COUNCIL, "--calendar", "testshire").out == "C-0002\n"
    assert ap.ok(*COUNCIL, "--calendar", "testshire").out == "C-0002\n"
    other = ap.ok("init", "--commissioner", "Test Council", "--kind", "academy")
    assert other.out == "C-0003\n" and "C-0001, C-0002 have the same name" in other.err


def test_each_row_of_an_unknown_commissioner_says_so_whatever_else_is_wrong(ap: Program) -> None:
    ap.ok(*COUNCIL)
    heads = ("Pupil", "DOB", "AP", "Kind of provider", "Start", "Hours", "Route", "Commissioner")
    usual = ("05/01/2026", 12, "school-arranged", "Nobody Test Council")
    file = written(
        ap,
        ("Test Pupil", "05/03/2011", "Hollow Oak Farm", "non-school", *usual),
        ("Ada Sample", "soon", "Hollow Oak Farm", "non-school", *usual),
        ("Ida Sample", "06/03/2011", "Elm Workshop", "", *usual),
        ("Bea Sample", "07/03/2011", "Elm Workshop", "", *usual[:3], "Test Council"),
        heads=heads,
    )
    ran = ap("import", file, "--dry-run", "--json")
    unknown = ["no commissioner in ap" in str(row["wrong"]) for row in ran.data]
    assert unknown == [True, True, True, False]
    assert "is a new provider" in str(ran.data[2]["wrong"])
    assert "date of birth" in str(ran.data[1]["wrong"])


def test_what_fill_cannot_answer_is_said_of_fill(ap: Program) -> None:
    refused = ap("import", written(ap, line()), "--fill", "name=x")
    assert refused.code == 2 and refused.err == (
        "--fill: … is no field; did you mean pupil.name, provider.name?\n"
    )
