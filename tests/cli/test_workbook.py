"""Lists as workbooks: days and numbers as such, headings that stay, and no cell that runs."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ap_cli.render.result import Result
from ap_cli.render.workbook import MOST_LETTERS, sheet_name, workbook_pieces

from ..conftest import POSIX, Program

HOSTILE = ("=1+1", "+44", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "http://x.example")


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The rows of each sheet of a workbook, as another program reads them."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(content: bytes) -> dict[str, str]:
    """The files in a workbook, as text."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def made(**facts: Any) -> bytes:
    return b"".join(workbook_pieces(Result("trial list", [facts])))


def test_a_list_in_a_workbook_has_its_days_and_numbers_as_such(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--cost", "85.50", "--tier", "2")
    placed.ok("placement", "list", "--out", "k.xlsx")
    heads, row = sheets((placed.folder / "k.xlsx").read_bytes())["Placement list"]
    found = dict(zip(heads, row, strict=True))
    assert found["Ref"] == "PL-0001" and found["Starts"] == date(2026, 1, 6)
    assert found["Hours a week"] == 19 and found["Cost a week"] == 85.5


def test_the_columns_that_are_chosen_are_those_of_the_workbook(placed: Program) -> None:
    placed.ok("pupil", "list", "--columns", "ref,upn,born", "--names", "--out", "k.XLSX")
    assert sheets((placed.folder / "k.XLSX").read_bytes()) == {
        "Pupil list": [["Ref", "UPN", "Born"], ["P-0001", "", date(2010, 6, 27)]]
    }


def test_a_workbook_has_a_childs_name_only_if_names_are_asked_for(placed: Program) -> None:
    for names, shown in (((), False), (("--names",), True)):
        placed.ok("pupil", "list", *names, "--out", "k.xlsx")
        assert ("Test Pupil" in str(sheets((placed.folder / "k.xlsx").read_bytes()))) is shown


@pytest.mark.parametrize(
    "command",
    ["check", "todo", "reviews due", "log", "timeline PL-0001", "show PL-0001", "terms list"],
)
def test_whatever_shows_a_list_writes_a_workbook(placed: Program, command: str) -> None:
    found = placed(*command.split(), "--out", "k.xlsx")
    assert found.code in (0, 1) and found.out == "", found
    assert sheets((placed.folder / "k.xlsx").read_bytes())


@POSIX
def test_a_workbook_is_private(placed: Program) -> None:
    placed.ok("pupil", "list", "--out", "k.xlsx")
    assert stat.S_IMODE((placed.folder / "k.xlsx").stat().st_mode) == 0o600
    assert not list(placed.folder.glob("*.part"))


def test_a_workbook_goes_into_a_pipe_if_it_is_asked_for(placed: Program) -> None:
    import subprocess

    from ..conftest import AP

    found = subprocess.run(
        [*AP, "pupil", "list", "--format", "xlsx"], env=placed.environment, capture_output=True
    )
    assert found.returncode == 0 and "Pupil list" in sheets(found.stdout)


@pytest.mark.parametrize("ending", ["pdf", "ics", "xls", "docx", "zip"])
def test_an_ending_of_another_program_is_refused_before_anything_is_kept(
    placed: Program, ending: str
) -> None:
    before = placed.store.read_bytes()
    found = placed("pupil", "add", "A. Other", "--born", "2012-01-01", "--out", f"k.{ending}")
    assert (
        found.code == 2
        and f".{ending}: choose .json, .jsonl, .csv, .md, .xlsx or .txt" in found.err
    )
    assert placed.store.read_bytes() == before and not (placed.folder / f"k.{ending}").exists()


def test_what_is_no_workbook_is_not_named_like_one(placed: Program) -> None:
    found = placed("pupil", "list", "--json", "--out", "k.xlsx")
    assert found.code == 2 and "a file that ends in .xlsx cannot hold json" in found.err
    assert not (placed.folder / "k.xlsx").exists()


def test_a_workbook_without_its_extra_is_refused_with_what_to_install(
    placed: Program, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['xlsxwriter'] = None\n")
    found = placed(
        *("pupil", "add", "A. Other", "--born", "2012-01-01", "--out", "k.xlsx"),
        PYTHONPATH=os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]),
    )
    assert found.code == 2 and "pip install 'ap-cli[spreadsheets]'" in found.err
    assert placed.json("pupil", "list")[1:] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text_in_a_workbook(text: str) -> None:
    content = made(name=text)
    assert sheets(content)["Trial list"] == [["Name"], [text]]
    sheet = parts(content)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert not any(
        name.endswith(".rels") and "http://x" in part for name, part in parts(content).items()
    )


def test_a_formula_stays_a_text_if_its_cell_is_edited() -> None:
    content = parts(made(name="=1+1", note="plain"))
    cells = dict(re.findall(r'<c r="(\w+)"(?: s="(\d+)")?', content["xl/worksheets/sheet1.xml"]))
    styles = re.findall(r"<xf [^>]*>", content["xl/styles.xml"].split("<cellXfs")[1])
    assert 'quotePrefix="1"' in styles[int(cells["A2"])] and cells["B2"] == ""


def test_what_a_terminal_obeys_is_not_in_a_workbook() -> None:
    assert sheets(made(name="Farm\x1b[2J\u202e\x00"))["Trial list"][1] == ["Farm�[2J��"]


def test_headings_stay_in_sight_and_columns_can_be_filtered() -> None:
    sheet = parts(made(ref="P-0001", born=date(2010, 6, 27)))["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet and '<autoFilter ref="A1:B2"/>' in sheet


def test_times_that_are_no_quarters_of_an_hour_are_written_as_people_say_them() -> None:
    rows = sheets(made(weekly_minutes=1090, school_minutes=1095, away_minutes=0))["Trial list"]
    assert rows == [["Hours a week", "School hours", "Away hours"], ["18:10", 18.25, 0]]


@pytest.mark.parametrize(("letters", "kept"), [(MOST_LETTERS, True), (MOST_LETTERS + 1, False)])
def test_a_text_too_long_for_a_cell_ends_where_one_sees_it(letters: int, kept: bool) -> None:
    text = sheets(made(note="x" * letters))["Trial list"][1][0]
    assert len(text) == MOST_LETTERS and text.endswith("x" if kept else "…")


def test_more_rows_than_a_sheet_has_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ap_cli.render.workbook.MOST_ROWS", 2)
    for count, expected in ((2, [3]), (3, [3, 2]), (0, [1])):
        rows = ({"ref": number} for number in range(count))
        content = b"".join(workbook_pieces(Result("trial", rows, ("ref",))))
        assert [len(each) for each in sheets(content).values()] == expected


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("a/b: [c]", 1, "A b   c "),
        ("x" * 40, 1, "X" + "x" * 30),
        ("x" * 40, 12, "X" + "x" * 27 + " 12"),
    ],
)
def test_the_name_of_a_sheet_is_one_that_excel_takes(kind: str, number: int, name: str) -> None:
    assert sheet_name(kind, number) == name
