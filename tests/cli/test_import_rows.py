"""Rows as offices write them: what is no placement yet, reasons in words, and where a fault is."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .test_import import HEADS, ROUTE, line, reasons, rows, written

FREE = "He was hurt, and his mother asked for this"


def test_rows_left_out_come_in_again_as_their_columns_were_told(ap: Program) -> None:
    heads = ("Who", "DOB", "Sch", "Notes", "Tier")
    file = written(
        ap,
        ("Test Pupil", "05/03/2011", "Elm Academy", "a", "b"),
        ("Ada Sample", "31/02/2011", "Elm Academy", "a", "b"),
        heads=heads,
    )
    told = ("--map", "Who=pupil.name", "--map", "Sch=pupil.home_school", "--map", "Tier=-")
    ran = ap.ok("import", file, "pupils", *told, "--skip-wrong")
    assert "called the same and ending in .wrong.csv: mend it there" in ran.err
    left = ap.folder / f"{file}.wrong.csv"
    text = left.read_text("utf-8-sig")
    assert text.splitlines()[0] == (
        "pupil.name,DOB,pupil.home_school,Notes,Not read: Tier,What is wrong"
    )
    left.write_text(text.replace("31/02", "28/02"))
    assert rows(ap.ok("import", left.name, "--json")) == [(2, "new")]
    assert ap.json("pupil", "show", "P-0002")[0]["home_school"] == "Elm Academy"


def test_rows_left_out_keep_their_headings_where_the_answers_are_kept(ap: Program) -> None:
    heads = ("Who", "DOB")
    file = written(ap, ("Test Pupil", "05/03/2011"), ("Ada Sample", "31/02/2011"), heads=heads)
    told = ("--map", "Who=pupil.name", "--mapping", "ours", "--skip-wrong")
    ap.ok("import", file, "pupils", *told)
    left = ap.folder / f"{file}.wrong.csv"
    assert left.read_text("utf-8-sig").startswith("Who,DOB,What is wrong")
    left.write_text(left.read_text("utf-8-sig").replace("31/02", "28/02"))
    assert rows(ap.ok("import", left.name, "--mapping", "ours", "--json")) == [(2, "new")]


def test_numbered_columns_keep_their_numbers_among_the_rows_left_out(ap: Program) -> None:
    heads = ("Name", "DOB", "AP1", "AP1 begins", "AP2", "AP2 begins")
    row = ("Ada Sample", "31/02/2011", "Hollow Oak Farm", "05/01/2026", "Elm Works", "06/01/2026")
    file = written(ap, ("Test Pupil", *row[1:]), row, heads=heads)
    text = (ap.folder / file).read_text()
    (ap.folder / file).write_text(text.replace("31/02", "28/02", 1))
    told = [part for at in (1, 2) for part in ("--map", f"AP{at} begins=placement.starts")]
    filled = ("--fill", "kind=non-school", "--fill", "hours=12", *ROUTE)
    ap.ok("import", file, *told, *filled, "--skip-wrong")
    left = ap.folder / f"{file}.wrong.csv"
    left.write_text(left.read_text("utf-8-sig").replace("31/02", "28/02"))
    ap.ok("import", left.name, *filled)
    assert len(ap.json("placement", "list")) == 4


def test_what_contradicts_the_record_names_its_column(ap: Program) -> None:
    ran = ap("import", written(ap, line(born="05/03/2027")), "--json")
    assert reasons(ran) == [
        "column B, date of birth: 5 March 2027 is still to come: check the date"
    ]


@pytest.mark.parametrize(
    ("head", "name"), [("Hrs p/w", "placement.hours"), ("Hours p/w", "placement.hours")]
)
def test_hours_by_the_names_that_offices_write_are_read(ap: Program, head: str, name: str) -> None:
    heads = tuple(head if one == "Hours" else one for one in HEADS)
    ap.ok("import", written(ap, line(), heads=heads))
    assert ap.json("placement", "show", "PL-0001")[0]["weekly_minutes"] == 750


def test_a_column_of_ends_or_reviews_is_not_guessed_and_the_note_says_how(ap: Program) -> None:
    file = written(ap, (*line(), "05/12/2026"), heads=(*HEADS, "End / review"))
    ran = ap.ok("import", file)
    assert '--map "End / review=placement.ends"' in ran.err
    assert ap.json("placement", "show", "PL-0001")[0]["ends"] is None


def test_a_reason_in_words_is_noted_and_does_not_refuse_its_row(ap: Program) -> None:
    heads = (*HEADS, "Reason")
    file = written(ap, (*line(), FREE), (*line("Ada Sample"), f"SEMH; {FREE}"), heads=heads)
    ran = ap.ok("import", file, "--json")
    assert rows(ran) == [(2, "new"), (3, "new")]
    assert ran.data[0]["noted"][0].startswith("the reason in words is not kept: ap keeps one of")
    assert FREE not in ran.out
    shown = [ap.json("placement", "show", ref)[0]["reasons"] for ref in ("PL-0001", "PL-0002")]
    assert shown == [None, ["behaviour"]]


def test_a_slip_in_a_reason_is_still_wrong(ap: Program) -> None:
    file = written(ap, (*line(), "behavour"), heads=(*HEADS, "Reason"))
    assert "did you mean behaviour?" in reasons(ap("import", file, "--json"))[0]


def test_a_row_without_a_provider_is_no_placement_yet(ap: Program) -> None:
    file = written(
        ap,
        line(ap="", kind="", start="", hours="12"),
        line("Ada Sample", ap="", kind="", start="03/03/2026"),
        line("Ida Sample", ap=" ", kind="", start="", hours=""),
    )
    ran = ap.ok("import", file, "--json")
    assert rows(ran) == [(2, "new"), (3, "new"), (4, "new")]
    told = "no provider yet, so it is no placement: the pupil alone is imported"
    assert [row["noted"] for row in ran.data] == [[told]] * 3
    assert len(ap.json("pupil", "list")) == 3 and ap.json("placement", "list") == []


def test_a_placement_that_began_needs_its_provider(ap: Program) -> None:
    ran = ap("import", written(ap, line(ap="", kind="", start="02/03/2026")), "--json")
    assert reasons(ran) == [
        "it began on 2 March 2026 and has no provider: name it, or empty the first day if the"
        " place is still to be found"
    ]


@pytest.mark.parametrize(
    "total",
    [
        ("Total", "2", "", "", "", "", "", "25"),
        ("TOTAL", "", "", "", "", "", "£25.50", "25"),
        ("Total pupils", "2", "1", "", "", "", "", ""),
        ("Total: 2", "100%", "", "", "", "", "", ""),
    ],
)
def test_a_row_of_totals_of_a_csv_is_no_child(ap: Program, total: tuple[str, ...]) -> None:
    ran = ap.ok("import", written(ap, line(), (*total, "")), "--json")
    assert rows(ran) == [(2, "new"), (3, "passed over")]


def test_a_child_called_total_is_a_child(ap: Program) -> None:
    heads = ("Surname", "Forename", "DOB")
    file = written(ap, ("Total", "Test", "05/03/2011"), heads=heads)
    assert rows(ap.ok("import", file, "--json")) == [(2, "new")]


PROVIDERS = ("Provider", "Kind", "Address")


def test_another_address_of_a_provider_says_whether_it_moved_or_is_one_more(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--address", "1 Elm Lane")

    def said(address: str) -> str:
        return written(ap, ("Hollow Oak Farm", "non-school", address), heads=PROVIDERS)

    def sites() -> list[str]:
        return [site["address"] for site in ap.json("provider", "show", "PR-0001")[0]["sites"]]

    assert rows(ap.ok("import", said("1, elm lane."), "--json")) == [(2, "same")]
    ran = ap("import", said("9 Far Field"), "--json")
    assert reasons(ran) == [
        "PR-0001 has another address: write “1: ” before the new one if it moved, the old one in a"
        " line above it if there is one more, or, if it is another provider of that name, “new” in"
        " a column “Provider ref”"
    ]
    ap.ok("import", said("1 Elm Lane\n2 Far Field"))
    assert sites() == ["1 Elm Lane", "2 Far Field"]
    ap.ok("import", said("2: 9 Far Field"))
    assert sites() == ["1 Elm Lane", "9 Far Field"]


def test_the_only_address_of_a_provider_is_that_of_placements_from_before_it(ap: Program) -> None:
    ap.ok("import", written(ap, line()))
    assert "AP305" in ap("check", "PL-0001", "--rule", "AP305").out
    ap.ok("provider", "edit", "PR-0001", "--address", "1 Elm Lane")
    found = ap.json("check", "PL-0001", "--rule", "AP305", "--show", "all")
    assert [one["answer"] for one in found] == ["met"]
    ap.ok("provider", "edit", "PR-0001", "--address", "2 Far Field")
    found = ap.json("check", "PL-0001", "--rule", "AP305", "--show", "all")
    assert [one["answer"] for one in found] == ["breached"]


def test_wrong_rows_are_written_and_said_also_where_ap_has_all_others(ap: Program) -> None:
    file = written(ap, line())
    ap.ok("import", file)
    file = written(ap, line(), line("Ada Sample", "31/02/2011"))
    left = ap.folder / f"{file}.wrong.csv"
    refused = ap("import", file)
    assert refused.code == 2 and not left.exists()
    ran = ap("import", file, "--skip-wrong")
    assert ran.code == 0 and "2 rows: 1 same, 1 wrong" in ran.out
    assert "ap has the other rows already: nothing changes" in ran.out
    assert "called the same and ending in .wrong.csv: mend it" in ran.err
    assert "Ada Sample" in left.read_text("utf-8-sig")
    left.unlink()
    ran = ap("import", written(ap, line("Ada Sample", "31/02/2011")), "--skip-wrong")
    assert ran.code == 2 and "nothing was imported" in ran.out and left.exists()
