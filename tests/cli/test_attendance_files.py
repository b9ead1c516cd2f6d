"""Attendance from the files of schools' systems: whose each mark is, and what is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Program
from ..exchange.books import ods_of, xlsx_of

ADAM = "V855123424000"
WEEK = [
    "Attendance export,,,,,,,,,,,,",
    "Week beginning,23/02/2026,,,,,,,,,,,",
    "Surname,Forename,UPN,Mon AM,Mon PM,Tue AM,Tue PM,Wed AM,Wed PM,Thu AM,Thu PM,Fri AM,Fri PM",
    "Example,Adam,V855123424000,B,B,B,B,/,\\,/,\\,#,#",
    "Sample,Bea,,B,N,-,,/,\\,I,I,#,#",
    "Nobody,Known,,/,\\,/,\\,/,\\,/,\\,#,#",
    "Total,,,3,2,2,2,3,3,2,2,,",
]


@pytest.fixture
def school(ap: Program) -> Program:
    """Adam with a UPN and Bea without one, each placed for the whole week from 5 January."""
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    ap.ok("provider", "add", "Elm Workshop", "--kind", "non-school", "--not-registered")
    ap.ok("pupil", "add", "Adam Example", "--born", "2010-06-27", "--upn", ADAM)
    ap.ok("pupil", "add", "Bea Sample", "--born", "2010-06-28")
    place(ap, "P-0001", "PR-0001", "mon-fri")
    place(ap, "P-0002", "PR-0001", "mon-fri")
    return ap


def place(ap: Program, pupil: str, provider: str, days: str | None) -> None:
    plan = () if days is None else ("--at-provider", days)
    ap.ok("placement", "new", "--pupil", pupil, "--provider", provider, "--route", "school-arranged",
          "--starts", "2026-01-05", "--ends", "2026-07-10", "--hours", "8", *plan)  # fmt: skip


def written(ap: Program, *lines: str) -> str:
    (ap.folder / "marks.csv").write_text("\n".join(lines), encoding="utf-8")
    return "marks.csv"


def codes(ap: Program, placement: str) -> str:
    return " ".join(
        mark["code"]
        for month in ap.json("attendance", "show", placement)
        for mark in month["marks"]
    )


def test_a_week_of_a_schools_system_is_imported_and_what_is_passed_over_is_told(
    school: Program,
) -> None:
    found = school.ok("attendance", "import", written(school, *WEEK))
    assert found.out == "14 marks added, 0 there already\n"
    assert codes(school, "PL-0001") == "B B B B / \\ / \\"
    assert codes(school, "PL-0002") == "B N / \\ I I"
    assert found.err.splitlines() == [
        "passed over: 6 sessions without a mark (empty, #, - or Z)",
        "passed over: 1 child not on record, or never placed: line 6",
        "passed over: totals in line 7",
    ]


def test_the_same_file_twice_changes_nothing_and_an_undo_takes_it_back(school: Program) -> None:
    file = written(school, *WEEK)
    dry = school.ok("attendance", "import", file, "--dry-run")
    assert "14 marks would be added" in dry.out and codes(school, "PL-0001") == ""
    school.ok("attendance", "import", file)
    again = school.json("attendance", "import", file)
    passed = {"without_mark": 6, "not_known": 1, "not_placed": 0, "differing": []}
    assert again == [{"added": 0, "same": 14, "kept": True} | passed]
    school.ok("undo")
    assert codes(school, "PL-0001") == codes(school, "PL-0002") == ""


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_week_comes_from_a_spreadsheet_as_well(school: Program, kind: str) -> None:
    rows = [tuple(line.split(",")) for line in WEEK]
    make = xlsx_of if kind == "xlsx" else ods_of
    make(school.folder / f"marks.{kind}", *rows)
    found = school.ok("attendance", "import", f"marks.{kind}")
    assert found.out == "14 marks added, 0 there already\n"


def test_no_name_of_a_file_is_repeated(school: Program) -> None:
    for dry in ((), ("--dry-run",)):
        found = school.ok("attendance", "import", written(school, *WEEK), *dry)
        assert "Known" not in found.out + found.err and "Bea" not in found.out + found.err


def test_marks_before_and_after_a_placement_are_passed_over_and_counted(school: Program) -> None:
    lines = [
        "UPN,Date,AM",
        *(f"{ADAM},{day},B" for day in ("2025-12-18", "2025-12-19", "2026-01-07")),
    ]
    found = school.ok("attendance", "import", written(school, *lines))
    assert found.out.startswith("1 mark added")
    assert found.err == "passed over: 2 marks of P-0001 on days without a placement\n"


def test_a_file_of_nobody_on_record_is_refused(school: Program) -> None:
    lines = ("UPN,Date,AM", "B801200005001,2026-02-24,B", "A801200005002,2026-02-24,B")
    refused = school("attendance", "import", written(school, *lines))
    assert refused.code == 2 and refused.out == ""
    assert refused.err.startswith("none of its 2 children is on record with a placement")


def test_a_upn_is_believed_before_a_name(school: Program) -> None:
    lines = ("Name,UPN,Date,AM", f"Bea Sample,{ADAM},2026-02-24,B")
    school.ok("attendance", "import", written(school, *lines))
    assert (codes(school, "PL-0001"), codes(school, "PL-0002")) == ("B", "")


def test_a_upn_that_is_nobodys_is_not_the_child_of_that_name_who_has_another(
    school: Program,
) -> None:
    lines = ("Name,UPN,Date,AM", "Adam Example,B801200005001,2026-02-24,B",
             "Bea Sample,,2026-02-24,I")  # fmt: skip
    found = school.ok("attendance", "import", written(school, *lines))
    assert "1 child not on record, or never placed: line 2" in found.err
    assert (codes(school, "PL-0001"), codes(school, "PL-0002")) == ("", "I")


def test_a_upn_that_is_nobodys_is_no_childs_by_the_name_alone(school: Program) -> None:
    lines = ("Name,UPN,Date,AM", "Bea Sample,A801200005002,2026-02-24,I",
             "Bea Sample,A801200005002,2026-02-25,I")  # fmt: skip
    refused = school("attendance", "import", written(school, *lines))
    assert refused.code == 2 and codes(school, "PL-0002") == ""
    assert refused.err == (
        "line 2: P-0002 has this name, and this UPN is nobody's: if it is P-0002's, add it with"
        " ap pupil edit P-0002 --upn …\n"
    )


def test_a_upn_that_is_nobodys_is_a_childs_who_has_none_by_name_and_birth_date(
    school: Program,
) -> None:
    lines = ("Name,UPN,DOB,Date,AM", "Bea Sample,A801200005002,28/06/2010,2026-02-24,I")
    school.ok("attendance", "import", written(school, *lines))
    assert codes(school, "PL-0002") == "I"


@pytest.mark.parametrize(
    ("columns", "who"), [("Name", "Bea Sample"), ("UPN", ADAM), ("Pupil", "P-0001")]
)
@pytest.mark.parametrize(("day", "code"), [("27/06/2010", 0), ("28/06/2010", 0), ("29/06/2010", 2)])
def test_a_date_of_birth_that_is_another_refuses_the_mark(
    school: Program, columns: str, who: str, day: str, code: int
) -> None:
    born = "28/06/2010" if columns == "Name" else "27/06/2010"
    lines = (f"{columns},Date of birth,Date,AM", f"{who},{day},2026-02-24,I")
    found = school("attendance", "import", written(school, *lines))
    placement = "PL-0002" if columns == "Name" else "PL-0001"
    right = day == born
    assert (found.code, codes(school, placement)) == ((0, "I") if right else (2, ""))
    assert right or found.err.startswith("line 2: P-000")


def test_a_date_of_birth_tells_two_children_of_one_name_apart(school: Program) -> None:
    school.ok("pupil", "add", "Sample, Bea", "--born", "2011-01-01")
    place(school, "P-0003", "PR-0001", "mon-fri")
    lines = ("Name,DOB,Date,AM", "Bea Sample,01/01/2011,2026-02-24,I", "Bea Sample,,2026-02-25,I")
    school.ok("attendance", "import", written(school, *lines[:2]))
    assert (codes(school, "PL-0002"), codes(school, "PL-0003")) == ("", "I")
    refused = school("attendance", "import", written(school, *lines))
    assert refused.err == "line 3: P-0002 and P-0003 have this name: add a column upn\n"


@pytest.mark.parametrize(("day", "code"), [("28/06/2010", 0), ("29/06/2010", 2)])
def test_a_date_of_birth_above_a_childs_table_counts_as_well(
    school: Program, day: str, code: int
) -> None:
    lines = ("Pupil: Bea Sample,", f"Date of birth,{day}", "Date,AM", "2026-02-24,I")
    assert school("attendance", "import", written(school, *lines)).code == code


def test_what_is_no_date_of_birth_is_wrong_and_is_not_repeated(school: Program) -> None:
    lines = ("Name,DOB,Date,AM", "Bea Sample,Sample Lane,2026-02-24,I")
    refused = school("attendance", "import", written(school, *lines))
    assert refused.code == 2 and "Lane" not in refused.err
    assert refused.err == "line 2: write its date of birth like 27/02/2011\n"


def test_a_name_that_two_placed_children_have_is_refused(school: Program) -> None:
    school.ok("pupil", "add", "Sample, Bea", "--born", "2011-01-01")
    lines = ("Name,Date,AM", "Bea Sample,2026-02-24,I")
    school.ok("attendance", "import", written(school, *lines), "--dry-run")
    place(school, "P-0003", "PR-0001", "mon-fri")
    refused = school("attendance", "import", written(school, *lines))
    assert refused.code == 2
    assert refused.err == "line 2: P-0002 and P-0003 have this name: add a column upn\n"


def test_a_child_at_two_providers_is_where_the_weeks_plan_says(school: Program) -> None:
    school.ok("placement", "edit", "PL-0001", "--at-provider", "mon-tue")
    place(school, "P-0001", "PR-0002", "wed-fri")
    school.ok("attendance", "import", written(school, *WEEK))
    assert (codes(school, "PL-0001"), codes(school, "PL-0003")) == ("B B B B", "/ \\ / \\")


def test_where_no_plan_tells_the_file_is_refused_and_a_placement_can_be_named(
    school: Program,
) -> None:
    place(school, "P-0001", "PR-0002", None)
    file = written(school, *WEEK)
    refused = school("attendance", "import", file)
    assert refused.code == 2 and codes(school, "PL-0002") == ""
    assert refused.err == (
        "P-0001 has several placements, PL-0001 and PL-0003, and their weeks do not tell at which"
        " the pupil was: name it in a column “provider”, or import that child's marks with"
        " --placement PL-0001\n"
    )
    named = school.ok("attendance", "import", file, "--placement", "PL-0003")
    assert codes(school, "PL-0003") == "B B B B / \\ / \\"
    assert "passed over: what is of P-0002, not of the placement" in named.err
    rest = school.ok("attendance", "import", file)
    assert rest.out == "6 marks added, 8 there already\n"


def test_a_placement_that_is_given_needs_no_column_for_the_child(school: Program) -> None:
    lines = ("Date,AM,PM", "2026-01-02,B,B", "2026-02-24,B,I")
    refused = school("attendance", "import", written(school, *lines))
    assert refused.code == 2 and "no column says whose marks these are" in refused.err
    found = school.ok("attendance", "import", written(school, *lines), "--placement", "PL-0001")
    assert codes(school, "PL-0001") == "B I"
    assert "2 marks of P-0001 on days without a placement" in found.err


def test_a_code_that_is_none_is_no_matter_for_a_child_who_is_not_here(school: Program) -> None:
    lines = ("UPN,Date,AM", "B801200005001,2026-02-24,XX", f"{ADAM},2026-02-24,B")
    assert school.ok("attendance", "import", written(school, *lines)).out.startswith("1 mark added")
    refused = school(
        "attendance", "import", written(school, "UPN,Date,AM", f"{ADAM},2026-02-25,XX")
    )
    assert refused.err == "line 2: column C: write its code as the register has it\n"


def test_one_wrong_mark_keeps_the_whole_week_out(school: Program) -> None:
    wrong = [line.replace(",B,N,", ",B,QQ,") for line in WEEK]
    refused = school("attendance", "import", written(school, *wrong))
    assert (
        refused.code == 2
        and refused.err == "line 5: column E: write its code as the register has it\n"
    )
    assert codes(school, "PL-0001") == ""


@pytest.mark.parametrize(
    "cell", ["=cmd|'/c calc'!A1", "\x1b[2J", "<script>", "a\x07", "😀", "x" * 5000]
)
def test_hostile_cells_are_never_repeated(school: Program, cell: str) -> None:
    for column in range(4):
        row = [ADAM, "2026-02-24", "am", "B"]
        row[column] = f'"{cell}"'
        found = school(
            "attendance", "import", written(school, "upn,date,session,code", ",".join(row))
        )
        assert found.code == 2 and len(found.err.splitlines()) == 1
        assert cell not in found.err and "\x1b" not in found.err


def test_hidden_and_coloured_cells_of_a_workbook_are_told(school: Program) -> None:
    import xlsxwriter

    path: Path = school.folder / "marks.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        red = book.add_format({"bg_color": "red"})
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["UPN", "Date", "AM", "PM"])
        sheet.write_row(1, 0, [ADAM, "2026-02-24", "B"])
        sheet.write_blank(1, 3, None, red)
        sheet.write_row(2, 0, [ADAM, "2026-02-25", "B"])
        sheet.write_string(2, 3, "I", struck)
        sheet.set_row(2, None, None, {"hidden": True})
    found = school.ok("attendance", "import", "marks.xlsx")
    assert found.out.startswith("3 marks added")
    assert found.err.splitlines()[1:] == [
        "hidden, and read as well: 1 row",
        "struck through, and read as well: 1 cell",
        "colours are not read: 1 cell with one",
    ]
