"""`ap import` of a file that is no list: it is named for what it is, and nothing is kept."""

from __future__ import annotations

import csv

import pytest
import xlsxwriter

from ap_cli.store.whole import CONTENTS

from ..conftest import Program
from .test_gias import extract as write_extract
from .test_gias import school

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
FILES = {
    "a column for each session": ("attendance", "Name,DOB,Mon 23/02/2026 AM,Mon 23/02/2026 PM\n"
                                  "Test Pupil,05/03/2011,/,\\\nAda Sample,06/03/2011,B,B\n"),
    "a row for each session": ("attendance", "UPN,Date,Session,Mark\n"
                               "A801200005002,23/02/2026,AM,/\nA801200005002,23/02/2026,PM,B\n"),
    "a row for each session, of one child": ("attendance", "Date,Session,Code\n"
                                             "23/02/2026,AM,/\n23/02/2026,PM,B\n"),
    "a column for each half of a weekday": (
        "attendance", "Week beginning 23/02/2026\nName,Mon AM,Mon PM\nTest Pupil,/,\\\n"
    ),
    "a column for each weekday": (
        "attendance", "Week beginning 23/02/2026\nName,Mon,Tue\nTest Pupil,/\\,BB\n"
    ),
    "both halves of a day": ("attendance", "Name,Date,AM,PM\nTest Pupil,23/02/2026,/,B\n"),
    "term dates": ("terms", "Term,Start,End\nAutumn 1,02/09/2026,23/10/2026\n"),
    "terms in a table as councils print them": (
        "terms",
        "School term dates,,,,\nTerm,Opens,Closes for half term,Re-opens,Closes\n"
        "Autumn Term 2026,Tuesday 1 September 2026,Friday 23 October 2026,"
        "Monday 2 November 2026,Friday 18 December 2026\n",
    ),
    "a calendar": ("terms", CALENDAR),
}  # fmt: skip


@pytest.mark.parametrize("holds", FILES)
def test_a_file_of_something_else_is_named_for_what_it_is(ap: Program, holds: str) -> None:
    kind, text = FILES[holds]
    (ap.folder / "file.csv").write_text(text, encoding="utf-8")
    for option in ((), ("--dry-run",), ("--skip-wrong",)):
        ran = ap("import", "file.csv", *option)
        assert ran.code == 2 and f"ap import FILE {kind}" in ran.err and not ran.out
    assert ap.json("pupil", "list") == []
    assert not (ap.folder / "file.csv.wrong.csv").exists()


def test_the_register_of_schools_is_named_for_what_it_is(ap: Program) -> None:
    ran = ap("import", write_extract(ap, school(100077, "Zoë Example School")))
    assert ran.code == 2 and "the public register of schools: import it with" in ran.err
    assert ap.json("provider", "list") == []


def test_all_of_a_store_is_named_for_what_it_is_and_another_zip_is_not(placed: Program) -> None:
    from zipfile import ZipFile

    placed.ok("export", "all", "all.zip")
    ran = placed("import", "all.zip")
    assert ran.code == 2 and ran.err.strip().endswith("import it with ap import FILE all")
    with ZipFile(placed.folder / "other.zip", "w") as other:
        other.writestr(f"not-{CONTENTS}", "{}")
    assert "is not a workbook" in placed("import", "other.zip").err


def test_who_says_that_it_is_a_list_has_it_read_as_one(ap: Program) -> None:
    _, text = FILES["a column for each session"]
    (ap.folder / "file.csv").write_text(text, encoding="utf-8")
    ap.ok("import", "file.csv", "pupils")
    assert len(ap.json("pupil", "list")) == 2
    assert "nothing changes" in ap.ok("import", "file.csv", "--map", "DOB=born").out


HEADS = ("Name", "DOB", "Provider", "Kind of provider", "Start", "Hours", "Route")
PLACED = ("Test Pupil", "05/03/2011", "Test Farm", "non-school", "05/01/2026", "12", "section-19")
LISTS = {
    "the days of the week": ((*HEADS, "Mon AM", "Mon PM"), (*PLACED, "Y", "N")),
    "a day and a code": ((*HEADS, "Date", "Code"), (*PLACED, "12/12/2025", "B")),
    "pupils alone": (("Name", "DOB", "Mon"), ("Test Pupil", "05/03/2011", "AM")),
    "another word for a pupil": (("Young person", "DOB"), ("Test Pupil", "05/03/2011")),
    "a day above ticks": (("Name", "DOB", "12/01/2026"), ("Test Pupil", "05/03/2011", "yes")),
    "a day, and a column without codes": (
        ("Name", "DOB", "Date", "AM", "PM"),
        ("Test Pupil", "05/03/2011", "12/01/2026", "-", ""),
    ),
}


@pytest.mark.parametrize("holds", LISTS)
def test_a_list_with_columns_like_those_of_attendance_stays_a_list(ap: Program, holds: str) -> None:
    with (ap.folder / "list.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(LISTS[holds])
    ap.ok("import", "list.csv")
    assert len(ap.json("pupil", "list")) == 1


def test_a_list_beside_a_sheet_of_something_else_stays_a_list(ap: Program) -> None:
    with xlsxwriter.Workbook(ap.folder / "both.xlsx") as book:
        book.add_worksheet("Pupils").write_row(0, 0, ("Name", "DOB"))
        book.get_worksheet_by_name("Pupils").write_row(1, 0, ("Test Pupil", "05/03/2011"))
        marks = book.add_worksheet("Register")
        marks.write_row(0, 0, ("Name", "DOB", "Mon 23/02/2026 AM"))
        marks.write_row(1, 0, ("Test Pupil", "05/03/2011", "/"))
    ap.ok("import", "both.xlsx", "--sheet", "Pupils")
    assert len(ap.json("pupil", "list")) == 1


def test_the_attendance_that_ap_exports_is_named_for_what_it_is(placed: Program) -> None:
    placed.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B", "--nature", "woodwork")
    placed.ok("export", "attendance", "--out", "marks.csv")
    ran = placed("import", "marks.csv")
    assert ran.code == 2 and "ap import FILE attendance" in ran.err


def test_marks_without_a_pupil_are_of_one_placement_which_has_to_be_named(placed: Program) -> None:
    _, text = FILES["a row for each session, of one child"]
    (placed.folder / "file.csv").write_text(text, encoding="utf-8")
    ran = placed("import", "file.csv")
    told = "ap import FILE attendance --placement PL-0001, as no column says whose marks they are"
    assert ran.code == 2 and told in ran.err
    unsaid = placed("import", "file.csv", "attendance")
    assert (
        unsaid.code == 2 and "no column says whose marks these are: give --placement" in unsaid.err
    )
    placed.ok("import", "file.csv", "attendance", "--placement", "PL-0001", "--dry-run")
    _, text = FILES["a row for each session"]
    (placed.folder / "file.csv").write_text(text, encoding="utf-8")
    assert "--placement" not in placed("import", "file.csv").err
