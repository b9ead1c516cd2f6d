"""Attendance in the layouts in which schools' systems write it, read as marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ap_cli.domain.attendance import Reported
from ap_cli.errors import ApError
from ap_cli.exchange.attendance import AttendanceFile, read_attendance

from .books import ods_of, raw_xlsx, xlsx, xlsx_of

TODAY = date(2026, 3, 2)
UPN = "B801200005001"


def opened(tmp_path: Path, *lines: str, only: bool = False) -> AttendanceFile:
    file = tmp_path / "marks.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_attendance(file, TODAY, only=only)


def said(marks: AttendanceFile) -> list[tuple[object, str, str]]:
    """Each mark with whose it is, its session and its code; or what is wrong with it."""
    return [
        (whose(one), f"{one.day:%d/%m} {('am', 'pm')[one.half]}", one.code)
        if not one.problem
        else (whose(one), one.problem, "")
        for one in marks
        if one.code or one.problem
    ]


def whose(one: Reported) -> object:
    return one.placement or one.pupil or one.name


ADAM = [
    (UPN, "05/01 am", "/"),
    (UPN, "05/01 pm", "\\"),
    (UPN, "06/01 am", "B"),
    (UPN, "06/01 pm", "I"),
]
"""What each of these layouts says."""

LAYOUTS = {
    "a column a session": [
        "Surname,Forename,UPN,Mon 05/01/2026 AM,Mon 05/01/2026 PM,Tue 06/01/2026 AM,Tue 06/01/2026 PM",
        f"Example,Adam,{UPN},/,\\,B,I",
    ],
    "days above halves": [
        "Session attendance,,,,,",
        ",,05/01/2026,,06/01/2026,",
        "Name,UPN,AM,PM,AM,PM",
        f"Adam Example,{UPN},/,\\,B,I",
    ],
    "weekdays below a week": [
        "Week beginning 05/01/2026,,,,",
        "UPN,Mon AM,Mon PM,Tue AM,Tue PM",
        f"{UPN},/,\\,B,I",
    ],
    "weekdays and the week in each row": [
        "UPN,Week beginning,Mon AM,Mon PM,Tue AM,Tue PM",
        f"{UPN},05/01/2026,/,\\,B,I",
    ],
    "weeks above weekdays": [
        ",w/c 05/01/2026,,,",
        "UPN,Mon AM,Mon PM,Tue AM,Tue PM",
        f"{UPN},/,\\,B,I",
    ],
    "two marks a day": [
        "UPN,Mon 05/01/2026,Tue 06/01/2026",
        f"{UPN},/\\,B I",
    ],
    "days without a year": [
        "UPN,Mon 5 Jan,Tue 6 Jan",
        f"{UPN},/\\,BI",
    ],
    "years of two figures": [
        "UPN,05/01/26 AM,05/01/26 PM,06/01/26 AM,06/01/26 PM",
        f"{UPN},/,\\,B,I",
    ],
    "a row a session": [
        "UPN,Date,Session,Mark",
        f"{UPN},05/01/2026,AM,/",
        f"{UPN},05/01/2026,PM,\\",
        f"{UPN},06/01/2026,AM,B",
        f"{UPN},06/01/2026,PM,I",
    ],
    "a row a session, codes under another name": [
        "UPN,Reg,Date,Session Name,What was entered,Minutes late",
        f"{UPN},10X,05/01/2026,AM Registration,/,",
        f"{UPN},10X,05/01/2026,PM Registration,\\,",
        f"{UPN},10X,06/01/2026,AM Registration,B,4",
        f"{UPN},10X,06/01/2026,PM Registration,I,",
    ],
    "a row a day": [
        "Student,UPN,Date,AM Mark,AM Minutes,PM Mark,PM Minutes",
        f"Adam Example,{UPN},05/01/2026,/,,\\,",
        f"Adam Example,{UPN},06/01/2026,B,0,I,0",
    ],
    "a row a day with both marks": [
        "UPN,Attendance Date,Marks",
        f"{UPN},05/01/2026,/\\",
        f"{UPN},06/01/2026,BI",
    ],
    "one child a file": [
        f"Pupil:,Adam Example,UPN:,{UPN}",
        "Printed on 1 March 2026,,,",
        "Date,AM,PM,Comment",
        "Mon 05/01/2026,/,\\,",
        "Tue 06/01/2026,B,I,",
    ],
    "one child a file, a week a row": [
        f"Registration certificate,,,,\nUPN {UPN},,,,",
        "Week commencing,Mon AM,Mon PM,Tue AM,Tue PM",
        "05/01/2026,/,\\,B,I",
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_of_a_school_system_says_the_same(tmp_path: Path, layout: str) -> None:
    assert said(opened(tmp_path, *LAYOUTS[layout])) == ADAM


def test_the_same_from_an_excel_workbook_with_real_days(tmp_path: Path) -> None:
    file = xlsx_of(
        tmp_path / "marks.xlsx",
        ("Week ending", date(2026, 1, 9)),
        (),
        ("", date(2026, 1, 5), "", date(2026, 1, 6), ""),
        ("UPN", "AM", "PM", "AM", "PM"),
        (UPN, "/", "\\", "B", "I"),
    )
    assert said(read_attendance(file, TODAY)) == ADAM


def test_the_same_from_an_opendocument_spreadsheet(tmp_path: Path) -> None:
    lines = LAYOUTS["a column a session"]
    file = ods_of(tmp_path / "marks.ods", *(tuple(line.split(",")) for line in lines))
    assert said(read_attendance(file, TODAY)) == ADAM


def test_a_child_named_above_the_table_needs_no_column(tmp_path: Path) -> None:
    marks = opened(tmp_path, "Student Name: Adam Example (10X)", "Date,AM,PM", "05/01/2026,B,")
    assert said(marks) == [("Adam Example", "05/01 am", "B")]


def test_a_name_may_stand_in_one_column_or_two(tmp_path: Path) -> None:
    two = opened(tmp_path, "Surname,Forename,Date,AM", "Example,Adam,05/01/2026,B")
    assert said(two) == [("Adam Example", "05/01 am", "B")]
    one = opened(tmp_path, "Student,Date,AM", '"Example, Adam",05/01/2026,B')
    assert said(one) == [("Example, Adam", "05/01 am", "B")]


def test_a_placement_that_is_given_needs_no_child(tmp_path: Path) -> None:
    lines = ("Date,AM,PM", "05/01/2026,B,I")
    with pytest.raises(ApError, match="of its 3 these are known: day"):
        opened(tmp_path, *lines)
    assert len(said(opened(tmp_path, *lines, only=True))) == 2


@pytest.mark.parametrize("mark", ["", "#", "-", "Z"])
def test_a_session_without_a_mark_has_no_code(tmp_path: Path, mark: str) -> None:
    (one, other) = opened(tmp_path, "UPN,05/01/2026 AM,05/01/2026 PM", f"{UPN},{mark},B")
    assert (one.code, one.problem, other.code) == ("", "", "B")


def test_a_day_without_marks_has_none_for_either_half(tmp_path: Path) -> None:
    marks = opened(tmp_path, "UPN,05/01/2026,06/01/2026", f"{UPN},##,-B")
    assert [(one.half, one.code) for one in marks] == [(0, ""), (1, ""), (0, ""), (1, "B")]


def test_one_mark_for_a_whole_day_is_not_guessed(tmp_path: Path) -> None:
    marks = opened(tmp_path, "UPN,05/01/2026,06/01/2026", f"{UPN},B,/\\")
    assert said(marks)[0] == (UPN, "column B: write both marks of the day, such as /\\", "")


def test_totals_are_passed_over_and_told(tmp_path: Path) -> None:
    marks = opened(
        tmp_path,
        "Name,UPN,05/01/2026 AM",
        f"Adam Example,{UPN},B",
        "Total,,1",
        ",,100%",
        "Average,,B",
    )
    assert said(marks) == [(UPN, "05/01 am", "B")]
    assert marks.totals == [3, 4, 5]


def test_marks_without_a_child_are_wrong_and_no_totals(tmp_path: Path) -> None:
    marks = opened(tmp_path, "Name,UPN,05/01/2026 AM", ",,B")
    assert said(marks) == [("", "write its pupil or its placement", "")]


def test_what_is_no_code_is_wrong_and_is_not_repeated(tmp_path: Path) -> None:
    (only,) = said(opened(tmp_path, "UPN,05/01/2026 AM", f"{UPN},Invented Name"))
    assert only == (UPN, "column B: write its code as the register has it", "")


def test_a_weekday_that_is_not_the_one_of_its_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ApError, match="column B: “Tue 05/01/2026 AM” cannot be right"):
        opened(tmp_path, "UPN,Tue 05/01/2026 AM", f"{UPN},B")


def test_weekdays_without_a_week_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ApError, match="write which week it is above them"):
        opened(tmp_path, "UPN,Mon AM,Mon PM", f"{UPN},B,B")


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("UPN,05/01/2026 AM,05/01/2026 AM", "columns B and C are both called “05/01/2026 AM”"),
        ("UPN,Date,AM mark,AM code", "columns C and D are both of the am"),
        ("Pupil,Student,Date,AM", "columns A and B are both the pupil"),
        ("UPN,Date,Session,One,Two", "columns D and E both look like marks"),
    ],
)
def test_two_columns_that_say_the_same_are_both_named(
    tmp_path: Path, header: str, says: str
) -> None:
    with pytest.raises(ApError, match=says):
        opened(
            tmp_path, header, ",".join(["x", "05/01/2026", "B", "B", "B"][: header.count(",") + 1])
        )


def test_an_error_in_a_cell_of_marks_is_wrong(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>UPN</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>05/01/2026 AM</t></is></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr"><is><t>{UPN}</t></is></c>'
        '<c r="B2" t="e"><f>C2</f><v>#REF!</v></c></row>'
        f'<row r="3"><c r="A3" t="inlineStr"><is><t>{UPN}</t></is></c><c r="B3"><f>C3</f></c></row>'
    )
    marks = read_attendance(raw_xlsx(tmp_path / "marks.xlsx", rows), TODAY)
    assert [(one.line, one.problem[:30]) for one in marks] == [
        (2, "column B has an error in it, o"),
        (3, "column B has an error in it, o"),
    ]


def test_of_several_sheets_the_one_with_marks_is_read_and_of_two_one_is_named(
    tmp_path: Path,
) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Key", "what it means"])
        for name in ("Spring 1", "Spring 2", "Old"):
            more = book.add_worksheet(name)
            more.write_row(0, 0, ["UPN", "05/01/2026 AM"])
            more.write_row(1, 0, [UPN, "B"])
        more.hide()

    file = xlsx(tmp_path / "marks.xlsx", write)
    with pytest.raises(ApError, match="has marks in 2 sheets: say which one with --sheet"):
        read_attendance(file, TODAY)
    assert len(said(read_attendance(file, TODAY, "spring 2"))) == 1
    with pytest.raises(ApError, match="there is no sheet “Autumn”: choose one of “Sheet1”"):
        read_attendance(file, TODAY, "Autumn")
