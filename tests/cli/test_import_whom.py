"""`ap import` off a terminal: a file says who is meant where a terminal would ask."""

from __future__ import annotations

from ..conftest import Program

HEADS = "Name,DOB,School,AP,Kind of provider,Start,Hours,Route"
REST = "05/03/2011,Elm Academy,Hollow Oak Farm,Non-school AP,05/01/2026,12,off-site direction"


def test_a_corrected_first_name_is_wrong_until_the_file_says_who_it_is(ap: Program) -> None:
    (ap.folder / "a.csv").write_text(f"{HEADS}\nJon Sample,{REST}\n")
    ap.ok("import", "a.csv")
    (ap.folder / "a.csv").write_text(f"{HEADS}\nYonathan Sample,{REST}\n")
    ran = ap("import", "a.csv")
    told = "this may be P-0001: write P-0001 in a column “Pupil ref” if it is, or “new” if it is"
    assert ran.code == 2 and told in ran.out
    assert "Yonathan" not in ran.out + ran.err
    assert len(ap.json("pupil", "list")) == len(ap.json("placement", "list")) == 1
    for name, ref, number in (("Yonathan", "P-0001", 1), ("Ezra", "new", 2), ("Ezra", "New", 2)):
        (ap.folder / "a.csv").write_text(f"{HEADS},Pupil ref\n{name} Sample,{REST},{ref}\n")
        ap.ok("import", "a.csv")
        assert len(ap.json("pupil", "list")) == len(ap.json("placement", "list")) == number


def test_words_that_change_are_shown_with_what_they_were_and_a_child_s_name_is_not(
    ap: Program,
) -> None:
    heads = "Pupil ref,Name,DOB,School,Provider ref,AP,Placement ref,Lead"
    (ap.folder / "a.csv").write_text(f"{HEADS}\nJon Sample,{REST}\n")
    ap.ok("import", "a.csv")
    refs = ("P-0001", "PR-0001", "PL-0001")
    cells = (refs[0], "Yonathan Sample", "05/03/2011", "Ash School", refs[1], "Hollow Oak Farms")
    (ap.folder / "b.csv").write_text(f"{heads}\n{','.join((*cells, refs[2], 'Ann Tester'))}\n")
    told = ("import", "b.csv", "--map", "Lead=placement.owner", "--dry-run")
    shown = ap.ok(*told).out
    assert "P-0001: name, home school “Ash School” (was “Elm Academy”)" in shown
    assert "PR-0001: name “Hollow Oak Farms” (was “Hollow Oak Farm”)" in shown
    assert "PL-0001: owner “Ann Tester” (was not recorded)" in shown
    (row,) = ap.json(*told)
    assert [(one["field"], one["before"], one["after"]) for one in row["changes"]] == [
        ("pupil.name", None, None),
        ("pupil.home_school", "Elm Academy", "Ash School"),
        ("provider.name", "Hollow Oak Farm", "Hollow Oak Farms"),
        ("placement.owner", None, "Ann Tester"),
    ]
    assert "Yonathan" not in shown + str(row) and "Jon" not in shown + str(row)


def test_another_provider_of_a_name_is_said_in_the_file_and_known_by_its_address(
    ap: Program,
) -> None:
    heads = "Provider,Kind of provider,Address"
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--address", "1 Elm Lane")
    (ap.folder / "a.csv").write_text(f"{heads}\nHollow Oak Farm,PRU,9 Far Field\n")
    ran = ap("import", "a.csv", "providers")
    told = "if it is another provider of that name, “new” in a column “Provider ref”"
    assert ran.code == 2 and told in ran.out
    for address, code in (("9 Far Field", 0), ("9 Far Field", 0), ("", 2)):
        (ap.folder / "b.csv").write_text(
            f"{heads},Provider ref\nHollow Oak Farm,PRU,{address},new\n"
        )
        assert ap("import", "b.csv", "providers").code == code
        assert len(ap.json("provider", "list")) == 2
    assert ap.json("import", "a.csv", "providers")[0]["refs"] == ["PR-0002"]
    (ap.folder / "a.csv").write_text(f"{heads}\nHollow Oak Farm,PRU,\n")
    assert "both called so: write the address" in ap("import", "a.csv", "providers").out


def test_a_name_that_is_nearly_a_provider_s_is_another_s_if_the_file_says_new(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school")
    heads = "Provider,Kind of provider"
    (ap.folder / "a.csv").write_text(f"{heads}\nHollow Oak,PRU\n")
    told = "or its reference in a column “Provider ref”; if it is another, write “new” there"
    assert told in ap("import", "a.csv", "providers").out
    for outcome in ("new", "same"):
        (ap.folder / "a.csv").write_text(f"{heads},Provider ref\nHollow Oak,PRU,new\n")
        (row,) = ap.json("import", "a.csv", "providers")
        assert row["outcome"] == outcome
    assert row["noted"] == [
        "its provider is found by its name: if it is another, add the address of each"
    ]
