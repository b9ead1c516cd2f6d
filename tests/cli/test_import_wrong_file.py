"""The file of wrong rows: whatever their reasons say, `ap import` reads it again."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Program
from ..exchange.books import xlsx
from .test_import import HEADS, line, reasons, rows, written

NOTES = 'they said "no"; “yes”, or\n"perhaps"; call, ask, wait\r\n\tthen; tell, ' * 40
"""What a person may write in a cell of notes, of which a CSV is full then."""


def read_left(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def mend(file: Path, before: str, after: str) -> None:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        text = opened.read()
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(text.replace(before, after))


@pytest.mark.parametrize("number", [1, 2, 1000])
@pytest.mark.parametrize("notes", ["", "a; b; c", NOTES], ids=["none", "semicolons", "long"])
def test_rows_left_out_are_read_again_however_long_their_reasons_are(
    ap: Program, number: int, notes: str
) -> None:
    names = [
        f"Pupil {chr(97 + at // 676)}{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}"
        for at in range(number)
    ]
    found = [
        (*line(f"Test {name}", "31/02/2011", start="left", hours="2 days"), notes) for name in names
    ]
    heads = (*HEADS, "Notes")
    file = written(ap, (*line("Ada Sample"), notes), *found, heads=heads)
    ap.ok("import", file, "--skip-wrong")
    left = ap.folder / f"{file}.wrong.csv"
    assert len(read_left(left)) == number + 1
    for before, after in (("31/02", "28/02"), (",left,", ",05/01/2026,"), ("2 days", "6")):
        mend(left, before, after)
    assert [outcome for _, outcome in rows(ap.ok("import", left.name, "--json"))] == [
        "new"
    ] * number


def test_sheets_with_other_columns_are_one_table_of_wrong_rows(ap: Program) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("Name", "DOB", "UPN"))
        sheet.write_row(1, 0, ("Test Pupil", "31/02/2011", ""))
        other = book.add_worksheet("Others")
        other.write_row(0, 0, ("Notes", "Date of birth", "Pupil name", "School"))
        other.write_row(1, 0, ("a", "05/03/2011", "Ada Sample", "Elm Academy"))
        other.write_row(2, 0, ("b", "31/02/2012", "Bea Sample", "Elm Academy"))

    xlsx(ap.folder / "a.xlsx", write)
    ap.ok("import", "a.xlsx", "pupils", "--sheet", "all", "--skip-wrong")
    left = ap.folder / "a.xlsx.wrong.csv"
    heads, first, second = read_left(left)
    assert heads == ["Name", "DOB", "UPN", "Notes", "School", "What is wrong"]
    assert first[:2] == ["Test Pupil", "31/02/2011"] and first[3:5] == ["", ""]
    assert second[:5] == ["Bea Sample", "31/02/2012", "", "b", "Elm Academy"]
    mend(left, "31/02", "28/02")
    assert rows(ap.ok("import", left.name, "--json")) == [(2, "new"), (3, "new")]


SOON = "31/02/2011"


def test_a_file_of_wrong_rows_that_somebody_has_mended_is_never_written_over(ap: Program) -> None:
    file = written(ap, line(), line("Ada Sample", SOON), line("Ida Sample", SOON))
    ran = ap.ok("import", file, "--skip-wrong")
    left = ap.folder / "sheet.csv.wrong.csv"
    assert (
        "2 wrong rows are in a file beside the one you gave, called the same and ending in"
        " .wrong.csv: mend them there, and import that file" in ran.err
    )
    again = ap.ok("import", file, "--skip-wrong")
    assert "ending in .wrong.csv: mend" in again.err  # they are there as they are
    assert sorted(one.name for one in ap.folder.glob("*.wrong*")) == [left.name]
    mend(left, f"Ada Sample,{SOON}", "Ada Sample,28/02/2011")
    mended = left.read_bytes()
    again = ap.ok("import", file, "--skip-wrong")
    assert (
        "beside the one you gave, called the same and ending in .wrong-2.csv: mend them there, and"
        " import that file; the older one, which ends in .wrong.csv, is left as it is" in again.err
    )
    assert left.read_bytes() == mended
    assert len(read_left(ap.folder / "sheet.csv.wrong-2.csv")) == 3
    assert "sheet" not in again.err  # a file may be called by a child's name


def test_what_is_left_of_a_file_of_wrong_rows_is_in_a_new_one_and_not_in_its_own_source(
    ap: Program,
) -> None:
    file = written(ap, line(), line("Ada Sample", SOON), line("Ida Sample", SOON))
    ap.ok("import", file, "--skip-wrong")
    left = ap.folder / "sheet.csv.wrong.csv"
    mend(left, f"Ada Sample,{SOON}", "Ada Sample,28/02/2011")
    mended = left.read_bytes()
    ran = ap.ok("import", left.name, "--skip-wrong")
    assert "the older one, which ends in .wrong.csv, is left as it is" in ran.err
    assert left.read_bytes() == mended
    second = ap.folder / "sheet.csv.wrong-2.csv"
    assert [row[0] for row in read_left(second)[1:]] == ["Ida Sample"]
    stays = ap("import", second.name, "--skip-wrong")
    assert stays.code == 2 and "ending in .wrong-2.csv" in stays.err
    assert not (ap.folder / "sheet.csv.wrong-3.csv").exists()
    mend(second, SOON, "27/02/2011")
    assert rows(ap.ok("import", second.name, "--json")) == [(2, "new")]


def test_a_file_of_wrong_rows_that_cannot_be_read_is_left_alone(ap: Program) -> None:
    file = written(ap, line(), line("Ada Sample", SOON))
    (ap.folder / "sheet.csv.wrong.csv").write_bytes(b"")
    ap.ok("import", file, "--skip-wrong")
    assert (ap.folder / "sheet.csv.wrong.csv").read_bytes() == b""
    assert len(read_left(ap.folder / "sheet.csv.wrong-2.csv")) == 2


ERRORS = ("Name", "DOB", "UPN", "AP", "Kind of provider", "Start", "Hours", "Route")
RIGHT = ("", "05/03/2011", "", "Oak Farm", "non-school", "05/01/2026", 12, "off-site-direction")


def test_cells_without_a_value_of_their_own_are_no_empty_ones_in_the_file_of_wrong_rows(
    ap: Program,
) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ERRORS)
        for at, name in enumerate(("Test Pupil", "Ada Sample", "Bea Sample", "Ida Sample"), 1):
            sheet.write_row(at, 0, (name, f"0{at}/03/2011", *RIGHT[2:]))
        sheet.write_formula(2, 6, "=Z1", None, "#REF!")
        sheet.write_formula(3, 6, "=Z1", None, "")
        sheet.write_number(4, 2, 1200000000000)

    xlsx(ap.folder / "a.xlsx", write)
    first = ap.ok("import", "a.xlsx", "--skip-wrong", "--json")
    left = ap.folder / "a.xlsx.wrong.csv"
    _, error, unstored, number = read_left(left)
    assert (error[6], unstored[6], number[2]) == ("#REF!", "#VALUE!", "1.2E+12")
    again = ap("import", left.name, "--json")
    assert again.code == 2 and [outcome for _, outcome in rows(again)] == ["wrong"] * 3
    assert reasons(again)[0] == reasons(first)[0] and "#REF!" in reasons(again)[1]
    assert reasons(again)[2] == reasons(first)[2]
    for before, after in (("#REF!", "12"), ("#VALUE!", "6"), ("1.2E+12", "")):
        mend(left, before, after)
    assert [outcome for _, outcome in rows(ap.ok("import", left.name, "--json"))] == ["new"] * 3


def test_a_form_names_the_row_of_its_label_alone(ap: Program) -> None:
    text = "Pupil name,Test Pupil\nDate of birth,31/02/2011\nHome school,Elm Academy\n"
    (ap.folder / "form.csv").write_text(text)
    ran = ap("import", "form.csv", "pupils", "--dry-run")
    assert "  row 2, date of birth: “31/02/2011” is not a day" in ran.out


def test_what_is_wrong_with_hours_a_day_names_their_column(ap: Program) -> None:
    ran = ap("import", written(ap, line(hours="6 hours a day")), "--json")
    assert reasons(ran) == [
        "column H, hours a week: 6 hours a day: write which days as well, or the hours of a week"
    ]
    ended = ap("import", written(ap, (*line(), "left 30/02"), heads=(*HEADS, "End")), "--json")
    assert ended.code == 2 and reasons(ended)[0].startswith("column J, last day: ")
