"""`ap import`: what offices keep in spreadsheets, brought in whole or not at all."""

from __future__ import annotations

import csv
import io
import stat
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ..conftest import POSIX, Program, Ran
from ..exchange.books import ods_of, raw_xlsx, xlsx, xlsx_of

HEADS = ("Pupil", "DOB", "School", "EHCP", "AP", "Kind of provider", "Start", "Hours", "Route")
ROUTE = ("--fill", "route=off-site-direction")
KIND = ("--fill", "kind=non-school")


def line(
    name: str = "Test Pupil", born: object = "05/03/2011", **more: object
) -> tuple[object, ...]:
    """A row below HEADS; what is not said is as usual."""
    usual = {"school": "Elm Academy", "plan": "N", "ap": "Hollow Oak Farm", "kind": "Non-school AP"}
    usual |= {"start": "05/01/2026", "hours": "12.5 hrs", "route": "off-site direction"}
    found: dict[str, object] = {**usual, **more}
    return (name, born, *found.values())


def written(
    ap: Program, *rows: tuple[object, ...], name: str = "sheet.csv", heads: tuple[str, ...] = HEADS
) -> str:
    """A CSV in the folder of the program; its name."""
    with (ap.folder / name).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heads, *rows])
    return name


def rows(ran: Ran) -> list[tuple[int, str]]:
    return [(row["row"], row["outcome"]) for row in ran.data]


def reasons(ran: Ran) -> list[str]:
    return [reason for row in ran.data for reason in row["wrong"]]


def test_a_sheet_of_all_three_is_imported_and_the_second_time_is_the_same(ap: Program) -> None:
    file = written(ap, line(), line("Ada Sample", plan="EHCP"), line("Ida Sample", hours="6"))
    first = ap.ok("import", file, "--json")
    assert rows(first) == [(2, "new"), (3, "new"), (4, "new")]
    assert first.data[1]["refs"] == ["P-0002", "PR-0001", "PL-0002"]
    again = ap.ok("import", file)
    assert "nothing changes" in again.out
    assert len(ap.json("placement", "list")) == 3 and len(ap.json("provider", "list")) == 1


def test_a_column_called_lead_is_not_read_off_a_terminal_and_the_note_says_how(ap: Program) -> None:
    file = written(ap, (*line(), "Ann Sample"), heads=(*HEADS, "Lead"))
    said = ap.ok("import", file, "--dry-run").err
    assert "(Lead)" in said and '--map "Lead=placement.owner"' in said
    ap.ok("import", file, "--map", "Lead=placement.owner")
    assert "Ann Sample" in ap.ok("placement", "show", "PL-0001").out


def test_a_dry_run_keeps_nothing_and_says_the_same(ap: Program) -> None:
    file = written(ap, line())
    dry = ap.ok("import", file, "--dry-run")
    assert "1 placement new: would be imported" in dry.out
    assert ap.json("pupil", "list") == []
    assert ap.ok("import", file, "--dry-run", "--json").data[0]["refs"] == []


def test_a_wrong_row_keeps_all_out_and_ends_with_2(ap: Program) -> None:
    ran = ap("import", written(ap, line(), line("Other Pupil", "31/02/2011")), "--json")
    assert ran.code == 2 and rows(ran) == [(2, "new"), (3, "wrong")]
    assert reasons(ran) == [
        "column B, date of birth: “31/02/2011” is not a day: February 2011 has 28 days"
    ]
    assert ap.json("pupil", "list") == []


@POSIX
def test_wrong_rows_are_left_out_and_come_back_once_they_are_mended(ap: Program) -> None:
    file = written(ap, line(), line("=cmd()", "31/02/2011"))
    ran = ap.ok("import", file, "--skip-wrong")
    assert "called the same and ending in .wrong.csv: mend it there" in ran.err
    left = ap.folder / "sheet.csv.wrong.csv"
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    (heads, row) = csv.reader(io.StringIO(left.read_text("utf-8-sig")))
    assert heads == [*HEADS, "What is wrong"]
    assert row[0] == "'=cmd()" and "February 2011 has 28 days" in row[-1]
    left.write_text(left.read_text("utf-8-sig").replace("31/02/2011", "28/02/2011"), "utf-8")
    assert rows(ap.ok("import", left.name, "--json")) == [(2, "new")]
    assert [pupil["ref"] for pupil in ap.json("pupil", "list")] == ["P-0001", "P-0002"]
    assert ap.json("pupil", "show", "P-0002", "--names")[0]["name"] == "=cmd()"


@pytest.mark.on_files("a server has backups of its own")
def test_an_import_is_taken_back_by_undo_and_backed_up_before(ap: Program) -> None:
    ap.ok("pupil", "add", "First Pupil", "--born", "2010-01-01")
    ap.ok("import", written(ap, line(), line("Other Pupil")))
    assert [backup["why"] for backup in ap.json("db", "backups")] == ["import"]
    ap.ok("undo")
    assert [pupil["ref"] for pupil in ap.json("pupil", "list")] == ["P-0001"]


def test_a_newer_file_changes_what_it_says_and_ends_nothing(ap: Program) -> None:
    ap.ok("import", written(ap, line(plan="01/09/2024"), line("Other Pupil")))
    ran = ap.ok("import", written(ap, line(plan="", hours="15")))
    assert "PL-0001: hours a week 15 (was 12.5)" in ran.out
    assert "In ap and not in this file: PL-0002; they stay as they are" in ran.out
    assert ap.json("pupil", "show", "P-0001")[0]["ehcp"] == [{"began": "2024-09-01", "ended": None}]
    assert all(one["ended"] is None for one in ap.json("placement", "list"))


def test_a_row_that_brings_a_placement_says_what_it_changes_as_well(ap: Program) -> None:
    ap.ok("import", written(ap, line()))
    ran = ap.ok(
        "import",
        written(ap, line(ap="Elm Works", start="02/02/2026", school="Oak School")),
        "--json",
    )
    assert ran.data[0]["outcome"] == "new" and ran.data[0]["changed"] == ["pupil.home_school"]
    assert ran.data[0]["refs"] == ["P-0001", "PR-0002", "PL-0002"]


def test_what_new_records_need_can_be_given_for_all_rows(ap: Program) -> None:
    heads = ("Pupil", "DOB", "AP", "Start", "Hours")
    file = written(
        ap, ("Test Pupil", "05/03/2011", "Hollow Oak Farm", "05/01/2026", 12), heads=heads
    )
    ran = ap("import", file)
    assert ran.code == 2 and '--fill "kind=non-school"' in ran.err
    ran = ap("import", file, *KIND)
    assert ran.code == 2 and '--fill "route=off-site-direction"' in ran.err
    assert rows(ap.ok("import", file, *KIND, *ROUTE, "--json")) == [(2, "new")]


def test_column_pairs_are_two_placements_under_merged_heads(ap: Program) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:D1", "Alternative provision")
        sheet.merge_range("C2:E2", "AP1")
        sheet.merge_range("F2:H2", "AP2")
        sheet.write_row("A3", ("Pupil", "DOB", *("Provider", "Start", "Hours") * 2))
        sheet.write_row(
            "A4", ("Test Pupil", "05/03/2011", "Oak", "05/01/2026", 6, "Elm", "06/01/2026", 9)
        )
        sheet.write_row("A5", ("Ada Sample", "05/03/2011", "Oak", "05/01/2026", 6))
        sheet.write_row("A6", ("Totals", None, None, None, 12, None, None, 9))

    xlsx(ap.folder / "pairs.xlsx", write)
    ran = ap.ok("import", "pairs.xlsx", *KIND, *ROUTE, "--json")
    assert rows(ran) == [(4, "new"), (5, "new"), (6, "passed over")]
    assert [one["weekly_minutes"] for one in ap.json("placement", "list")] == [360, 540, 360]


def test_a_tab_a_school_is_chosen_and_names_the_home_school(ap: Program) -> None:
    with xlsxwriter.Workbook(ap.folder / "tabs.xlsx") as book:
        for school, pupil in (("Elm Academy", "Test Pupil"), ("Oak School", "Ada Sample")):
            sheet = book.add_worksheet(school)
            sheet.write_row(0, 0, ("Name", "DOB"))
            sheet.write_row(1, 0, (pupil, "05/03/2011"))
        book.add_worksheet("Notes").write_row(0, 0, ("read me",))
    ran = ap("import", "tabs.xlsx")
    assert (
        ran.code == 2
        and ran.err.startswith("2 sheets have rows to import")
        and "--sheet all" in ran.err
    )
    ran = ap.ok("import", "tabs.xlsx", "--sheet", "all", "--sheets-are-schools", "--json")
    assert [(row["sheet"], row["row"]) for row in ran.data] == [(1, 2), (2, 2)]
    assert [one["home_school"] for one in ap.json("pupil", "list")] == ["Elm Academy", "Oak School"]
    assert rows(ap.ok("import", "tabs.xlsx", "--sheet", "oak school", "--json")) == [(2, "same")]
    assert ap("import", "tabs.xlsx", "--sheet", "3").code == 2


APPENDIX = (
    ("Alternative Provision – Placement Sheet", None),
    ("School Name", "Elm Academy"),
    ("Pupil Name", "Test Pupil"),
    ("Pupil date of birth", date(2011, 3, 5)),
    ("Name of alternative provision", "Hollow Oak Farm"),
    ("Number of hours child/young person will be attending per week", 12),
    ("Proposed start date", date(2026, 1, 6)),
    ("Proposed end date", date(2026, 3, 27)),
    ("What are the learning outcomes / success criteria for the placement?", "attendance over 85 %"),
    ("Is there an exit strategy in place?", "Yes, college"),
    (
        "Name of staff member who completed the pre-placement visit to establish that it can meet"
        " all of the pupil's needs",
        "S. Example",
    ),
    ("Your name and contact details", "A. Tester, 0116 496 0000"),
)  # fmt: skip


def test_a_returned_placement_sheet_is_imported(ap: Program) -> None:
    xlsx_of(ap.folder / "returned.xlsx", *APPENDIX)
    ap.ok("import", "returned.xlsx", *KIND, *ROUTE)
    (placement,) = ap.json("placement", "show", "PL-0001")
    assert placement["starts"] == "2026-01-06" and placement["ends"] == "2026-03-27"
    assert (placement["success"], placement["exit_strategy"]) == (
        "attendance over 85 %",
        "Yes, college",
    )
    assert (placement["visited_by"], placement["completed_contact"]) == (
        "S. Example",
        "0116 496 0000",
    )
    assert ap.json("pupil", "show", "P-0001")[0]["home_school"] == "Elm Academy"
    assert rows(ap.ok("import", "returned.xlsx", *KIND, *ROUTE, "--json")) == [(2, "same")]


def test_the_placement_sheet_of_ap_comes_back_as_the_same(placed: Program) -> None:
    visit = ("record", "visit", "PL-0001", "--purpose", "pre-placement", "--by", "S. Example")
    placed.ok(*visit, "--day", "2026-01-05")
    placed.ok("placement", "edit", "PL-0001", "--success", "attendance over 85 %")
    placed.ok("placement", "sheet", "PL-0001", "--csv", "--names", "--out", "back.csv")
    ran = placed.ok("import", "back.csv", "--json")
    assert [row["outcome"] for row in ran.data] == ["same"] and ran.data[0]["refs"][-1] == "PL-0001"


def test_a_form_names_its_row_where_a_value_is_wrong(ap: Program) -> None:
    wrong = [
        (label, "soon" if label.startswith("Proposed start") else value)
        for label, value in APPENDIX
    ]
    xlsx_of(ap.folder / "returned.xlsx", *wrong)
    ran = ap("import", "returned.xlsx", *KIND, *ROUTE, "--json")
    assert ran.code == 2 and any(reason.startswith("row 7, first day: ") for reason in reasons(ran))


def test_hidden_and_struck_rows_are_counted_and_wrong_unless_they_are_wanted(ap: Program) -> None:
    def write(book: Any, sheet: Any) -> None:
        struck, coloured = (
            book.add_format({"font_strikeout": True}),
            book.add_format({"bg_color": "red"}),
        )
        sheet.write_row(0, 0, ("Name", "DOB"))
        for at, name in enumerate(("Test Pupil", "Ada Sample", "Ida Sample", "Bea Sample"), 1):
            style = {2: struck, 3: coloured}.get(at)
            sheet.write_row(at, 0, (name, "05/03/2011"), style)
        sheet.set_row(4, None, None, {"hidden": True})

    xlsx(ap.folder / "marked.xlsx", write)
    ran = ap("import", "marked.xlsx", "--json")
    assert ran.code == 2
    assert rows(ran) == [(2, "new"), (3, "wrong"), (4, "new"), (5, "wrong")]
    assert reasons(ran) == ["the row is struck through", "the row is hidden"]
    for said in (
        "1 hidden row: not imported",
        "2 struck-through cells: ",
        "2 coloured cells: ap does not read",
    ):
        assert said in ran.err
    assert rows(ap.ok("import", "marked.xlsx", "--with-hidden", "--json")) == [
        (at, "new") for at in (2, 3, 4, 5)
    ]


def test_hidden_and_struck_rows_stay_wrong_in_the_file_of_wrong_rows(ap: Program) -> None:
    def write(book: Any, sheet: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, line("Ada Sample"), struck)
        sheet.write_row(2, 0, line("Ida Sample"))
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.write_row(3, 0, line("Bea Sample"))
        sheet.write_rich_string(3, 4, struck, "Old Farm ", "Hollow Oak Farm")
        sheet.write_row(4, 0, line())

    xlsx(ap.folder / "a.xlsx", write)
    ap.ok("import", "a.xlsx", "--skip-wrong")
    left = ap.folder / "a.xlsx.wrong.csv"
    ran = ap("import", left.name, "--skip-wrong", "--json")
    assert rows(ran) == [(2, "wrong"), (3, "wrong"), (4, "wrong")]
    assert all("empty its cell in “What is wrong”" in reason for reason in reasons(ran))
    assert len(ap.json("pupil", "list")) == 1
    assert rows(ap("import", left.name, "--with-hidden", "--dry-run", "--json"))[0] == (2, "new")
    heads, *found = csv.reader(io.StringIO(left.read_text("utf-8-sig")))
    for row in found[:2]:
        row[-1] = ""
    once_more = ap("import", written(ap, *map(tuple, found), heads=tuple(heads)), "--skip-wrong")
    assert "1 placement" not in once_more.out and "2 placements new" in once_more.out
    again = csv.reader(io.StringIO((ap.folder / "sheet.csv.wrong.csv").read_text("utf-8-sig")))
    heads, row = again
    assert heads == [*HEADS, "What is wrong"] and row[0] == "Bea Sample"
    assert row[-1].count("if it is to be imported") == 1


def test_no_provider_is_made_of_none_and_the_new_ones_are_named(ap: Program) -> None:
    none = line("Ada Sample", ap="No AP", kind="", start="", hours="", route="")
    ran = ap.ok("import", written(ap, none, line(), line("Ida Sample")), "--dry-run")
    assert "3 pupils new, 1 provider new, 2 placements new" in ran.out
    assert "New provider: Hollow Oak Farm" in ran.out
    ditto = ap("import", written(ap, line(), line("Ada Sample", ap="ditto")), "--json")
    assert ditto.code == 2 and "write the name itself" in reasons(ditto)[0]
    begun = ap("import", written(ap, line("Ada Sample", ap="None")), "--json")
    assert begun.code == 2 and "say which provider it is" in reasons(begun)[0]


def test_a_name_for_a_column_that_the_file_has_not_is_refused_with_the_nearest(ap: Program) -> None:
    file = written(ap, line())
    ran = ap("import", file, "--map", "Hourz=hours")
    assert ran.code == 2 and "no column is called …; did you mean column H (Hours)?" in ran.err
    assert "write it as the file has it" in ap("import", file, "--map", "Qqq=hours").err
    ap.ok("import", file, "--map", "hours=hours", "--dry-run")


def test_surnames_before_a_comma_come_last_if_most_names_are_written_so(ap: Program) -> None:
    rest = [("Pupil, Test", "05/03/2011"), ("Sample, Ada May", "06/03/2011"), (None, None),
            ("Bea Sample", "07/03/2011")]  # fmt: skip
    ap.ok("import", written(ap, *rest, heads=("Name", "DOB")))
    names = [ap.json("pupil", "show", f"P-000{at}", "--names")[0]["name"] for at in (1, 2, 3)]
    assert names == ["Test Pupil", "Ada May Sample", "Bea Sample"]


@pytest.mark.parametrize(
    ("name", "noted"),
    [("SAMPLE Ada", 1), ("ADA SAMPLE", 1), ("Ada MacSample", 0), ("AJ Sample", 0)],
)
def test_a_name_with_a_part_in_capitals_is_kept_and_noted(
    ap: Program, name: str, noted: int
) -> None:
    (row,) = ap.json("import", written(ap, (name, "05/03/2011"), heads=("Name", "DOB")))
    assert len(row["noted"]) == noted
    assert ap.json("pupil", "show", "P-0001", "--names")[0]["name"] == name


@pytest.mark.parametrize("other", ["Ada Sample", "Sample, Ada, Jr", "Sample,"])
def test_half_of_the_names_without_one_comma_leave_all_as_they_are(ap: Program, other: str) -> None:
    found = [("Pupil, Test", "05/03/2011"), (other, "06/03/2011")]
    ap.ok("import", written(ap, *found, heads=("Name", "DOB")))
    assert ap.json("pupil", "show", "P-0001", "--names")[0]["name"] == "Pupil, Test"


def test_only_children_of_the_schools_of_a_file_are_missed(ap: Program) -> None:
    elm = [line(), line("Ada Sample")]
    ap.ok("import", written(ap, *elm, line("Ida Sample", school="Oak School")))
    ran = ap.ok("import", written(ap, line()), "--dry-run", "--json")
    assert [row["missing"] for row in ran.data] == [["PL-0002"]]
    both = [line(), line("Ida Sample", school="Oak School")]
    ran = ap.ok("import", written(ap, *both), "--dry-run", "--json")
    assert [row["missing"] for row in ran.data] == [[], ["PL-0002"]]


def test_comments_on_cells_are_counted_with_their_rows(ap: Program) -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEADS)
        for at in (1, 2, 3):
            sheet.write_row(at, 0, line(f"Pupil {'ABC'[at - 1]}"))
        sheet.write_comment(3, 6, "he started a week later")
        sheet.write_comment(1, 0, "left")

    xlsx(ap.folder / "a.xlsx", write)
    ran = ap.ok("import", "a.xlsx", "--dry-run")
    assert "2 comments on cells, which ap does not read: row 2, 4" in ran.err
    assert "a week later" not in ran.out + ran.err
    assert "comment" not in ap.ok("import", written(ap, line()), "--dry-run").err


def test_of_a_row_with_many_wrong_cells_three_reasons_are_told_and_the_others_counted(
    ap: Program,
) -> None:
    bad = line(born="soon", plan="perhaps", start="later", hours="lots")
    ran = ap("import", written(ap, bad, line("Other Pupil", "soon", plan="perhaps")))
    told = [text for text in ran.out.splitlines() if "row" in text.split(":")[0]][1:]
    assert [text.split(": ")[0] for text in told] == ["  rows 2, 3"] * 2 + ["  row 2"] * 2
    assert told[-1] == "  row 2: 1 more reason"


def test_a_reason_that_rows_of_several_sheets_share_is_told_once(ap: Program) -> None:
    with xlsxwriter.Workbook(ap.folder / "tabs.xlsx") as book:
        for letter in "ABCDE":
            sheet = book.add_worksheet(f"Form {letter}")
            sheet.write_row(0, 0, HEADS)
            sheet.write_row(1, 0, line("Test Pupil", "soon"))
    ran = ap("import", "tabs.xlsx", "--sheet", "all")
    (told,) = [text for text in ran.out.splitlines() if "not a day" in text]
    assert told.startswith("  sheet 1, row 2; sheet 2, row 2; sheet 3, row 2; and 2 more sheets: ")


def test_errors_and_formulas_without_a_stored_value_are_wrong(ap: Program) -> None:
    heads = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>DOB</v></c></row>'
    bad = (
        '<row r="2"><c r="A2" t="str"><v>Test Pupil</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Ada Sample</v></c><c r="B3"><f>TODAY()</f></c></row>'
    )
    raw_xlsx(ap.folder / "bad.xlsx", heads + bad)
    ran = ap("import", "bad.xlsx", "--json")
    assert ran.code == 2 and [reason.partition(": ")[2][:30] for reason in reasons(ran)] == [
        "it holds an error, such as #RE", "its formula has no stored value"[:30],
    ]  # fmt: skip
    assert "1 cell with an error: the row is wrong" in ran.err
    assert "1 formula without a stored value: the row is wrong" in ran.err


def test_a_upn_that_became_a_number_says_how_to_mend_it(ap: Program) -> None:
    xlsx_of(
        ap.folder / "upns.xlsx", ("Name", "DOB", "UPN"), ("Test Pupil", date(2011, 3, 5), 1.2e12)
    )
    ran = ap("import", "upns.xlsx", "--json")
    assert ran.code == 2 and "format the column as text" in reasons(ran)[0]


def test_two_columns_of_one_name_are_refused(ap: Program) -> None:
    ran = ap("import", written(ap, ("Test Pupil", "x", "y"), heads=("Name", "DOB", "dob")))
    assert ran.code == 2 and ran.err.startswith("columns B and C are both called")


def test_what_a_column_holds_can_be_told_and_is_kept_under_a_name(ap: Program) -> None:
    file = written(ap, ("Test Pupil", "05/03/2011", "Elm Academy"), heads=("Name", "DOB", "Sch"))
    ap.ok("import", file, "--map", "Sch=home_school", "--mapping", "elm list")
    assert ap.json("pupil", "show", "P-0001")[0]["home_school"] == "Elm Academy"
    again = written(
        ap, ("Ada Sample", "05/03/2011", "Oak School"), heads=("Name", "DOB", "Sch"), name="b.csv"
    )
    said = ap.ok("import", again, "--mapping", "elm list").err
    assert "the columns are read as kept under “elm list”" in said
    assert ap.json("pupil", "show", "P-0002")[0]["home_school"] == "Oak School"
    ap.ok(
        "import",
        written(ap, ("Ida Sample", "06/03/2011", "Ash"), heads=("Name", "DOB", "Sch")),
        "--map",
        "Sch=-",
    )
    assert ap.json("pupil", "show", "P-0003")[0]["home_school"] is None
    kept = ap.folder / "config" / "ap" / "imports.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and "Pupil" not in kept.read_text()


def test_what_was_kept_for_another_store_says_what_columns_hold_and_no_more(ap: Program) -> None:
    heads = ("Name", "DOB", "Sch", "AP", "Type", "Start", "Hours")
    row = ("Test Pupil", "05/03/2011", "Elm", "Oak", "PRU", "05/01/2026", "6")
    file = written(ap, row, heads=heads)
    ap.ok("import", file, *ROUTE, "--map", "Sch=home_school", "--mapping", "elm list")
    other = ap("--db", "other.db", "import", file, "--mapping", "elm list")
    assert other.code == 2 and "Why can you place this pupil?" in other.out
    assert "“elm list” was kept for another store" in other.err
    ap.ok("--db", "other.db", "import", file, *ROUTE, "--mapping", "elm list")
    shown = ap.json("--db", "other.db", "pupil", "show", "P-0001")[0]
    assert shown["home_school"] == "Elm"


def test_off_a_terminal_a_heading_a_sheet_and_a_provider_show_and_a_childs_form_does_not(
    ap: Program,
) -> None:
    with xlsxwriter.Workbook(ap.folder / "a.xlsx") as book:
        for name in ("Elm Academy", "Oak School"):
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(
                (("Name", "DOB", "Odd one"), ("Test Pupil", "05/03/2011", 1))
            ):
                sheet.write_row(at, 0, cells)
    assert "1 Elm Academy, 2 Oak School" in ap("import", "a.xlsx").err
    assert "column C (Odd one)" in ap.ok("import", "a.xlsx", "--sheet", "1").err
    with xlsxwriter.Workbook(ap.folder / "b.xlsx") as book:
        for name in ("Adam Example", "Bea Sample"):
            sheet = book.add_worksheet(name)
            for at, cells in enumerate((("Pupil name", name), ("DOB", "05/03/2011"),
                                        ("UPN", ""), ("School", "Elm"))):  # fmt: skip
                sheet.write_row(at, 0, cells)
    refused = ap("import", "b.xlsx")
    assert refused.code == 2 and "Adam" not in refused.err + refused.out


def test_coloured_cells_are_told_with_their_rows(ap: Program) -> None:
    with xlsxwriter.Workbook(ap.folder / "a.xlsx") as book:
        sheet, red = book.add_worksheet(), book.add_format({"bg_color": "red"})
        sheet.write_row(0, 0, ("Name", "DOB"), red)
        for at in range(1, 14):
            style = red if at != 2 else None
            sheet.write_row(at, 0, (f"Test{'abcdefghijklmn'[at]} Pupil", "05/03/2011"), style)
    said = ap.ok("import", "a.xlsx").err
    rows = "2, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more"
    assert f"24 coloured cells: ap does not read what a colour means: row {rows}" in said


def test_off_a_terminal_what_was_kept_counts_only_where_the_call_names_it(ap: Program) -> None:
    heads = ("Name", "DOB", "AP", "Type", "Start", "Hours")
    first = written(ap, ("Test Pupil", "05/03/2011", "Oak", "PRU", "05/01/2026", "6"), heads=heads)
    ap.ok("import", first, *ROUTE, "--mapping", "elm list")
    second = written(ap, ("Ada Sample", "05/03/2011", "Oak", "PRU", "05/01/2026", "6"), heads=heads)
    ran = ap("import", second, "--json")
    assert ran.code == 2 and "Why can you place this pupil?" in reasons(ran)[0]
    named = ap.ok("import", second, "--mapping", "elm list")
    assert "empty cells are read as placement.route=" in named.err
    assert ap.json("placement", "show", "PL-0002")[0]["route"] == "off-site-direction"


def test_a_form_says_what_its_cells_do_not(ap: Program) -> None:
    def write(book: Any, sheet: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        for at, (label, value) in enumerate(APPENDIX):
            is_struck = label.startswith("Proposed start")
            sheet.write_row(at, 0, (label, value), struck if is_struck else None)
            if label.startswith("Proposed end"):
                sheet.set_row(at, None, None, {"hidden": True})

    xlsx(ap.folder / "form.xlsx", write)
    ran = ap("import", "form.xlsx", *KIND, *ROUTE, "--json")
    assert ran.code == 2
    assert {reason.partition(": ")[2].partition(":")[0] for reason in reasons(ran)} == {
        "it is struck through",
        "the row is hidden",
    }
    assert "1 hidden row: not imported" in ran.err
    assert "1 struck-through cell: not imported" in ran.err
    ap.ok("import", "form.xlsx", *KIND, *ROUTE, "--with-hidden")


@pytest.mark.parametrize(
    ("shape", "look", "reason"),
    [
        ({"font_strikeout": True}, {}, "the row is struck through"),
        ({}, {"hidden": True}, "the row is hidden"),
    ],
)
def test_a_form_that_is_struck_through_or_hidden_is_left_out_whole(
    ap: Program, shape: dict[str, bool], look: dict[str, bool], reason: str
) -> None:
    def write(book: Any, sheet: Any) -> None:
        for at, line in enumerate(APPENDIX):
            sheet.write_row(at, 0, line, book.add_format(shape))
            sheet.set_row(at, None, None, look)

    xlsx(ap.folder / "form.xlsx", write)
    ran = ap("import", "form.xlsx", *KIND, *ROUTE, "--json")
    assert ran.code == 2 and reasons(ran) == [reason]
    ap.ok("import", "form.xlsx", *KIND, *ROUTE, "--with-hidden")


def test_a_form_with_an_error_beside_a_label_is_wrong(ap: Program) -> None:
    def form(plan: str) -> str:
        labels = ("Pupil name", "DOB", "School", "EHCP")
        values = ("Test Pupil", "05/03/2011", "Elm Academy")
        cells = [f'<c r="B{at}" t="str"><v>{text}</v></c>' for at, text in enumerate(values, 1)]
        return "".join(
            f'<row r="{at}"><c r="A{at}" t="str"><v>{label}</v></c>{cell}</row>'
            for at, (label, cell) in enumerate(zip(labels, [*cells, plan], strict=True), 1)
        )

    raw_xlsx(ap.folder / "bad.xlsx", form('<c r="B4" t="e"><v>#N/A</v></c>'))
    ran = ap("import", "bad.xlsx", "--json")
    assert ran.code == 2 and reasons(ran)[0].startswith("row 4, EHC plan: it holds an error")
    raw_xlsx(ap.folder / "good.xlsx", form('<c r="B4" t="str"><v>Y</v></c>'))
    assert rows(ap.ok("import", "good.xlsx", "--json")) == [(1, "new")]


@pytest.mark.parametrize("kind", ["", ' t="str"'])
def test_a_bare_number_is_no_day_in_a_workbook_that_counts_from_1904(
    ap: Program, kind: str
) -> None:
    heads = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>DOB</v></c></row>'
    one = (
        f'<row r="2"><c r="A2" t="str"><v>Test Pupil</v></c><c r="B2"{kind}><v>40607</v></c></row>'
    )
    raw_xlsx(ap.folder / "mac.xlsx", heads + one, workbook=' date1904="1"')
    ran = ap("import", "mac.xlsx", "--json")
    assert ran.code == 2 and "counts its days from 1904" in reasons(ran)[0]
    raw_xlsx(ap.folder / "usual.xlsx", heads + one)
    ap.ok("import", "usual.xlsx")
    assert ap.json("pupil", "show", "P-0001")[0]["born"] == "2011-03-05"


def test_a_day_with_its_format_is_right_in_a_workbook_that_counts_from_1904(ap: Program) -> None:
    heads = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>DOB</v></c></row>'
    one = '<row r="2"><c r="A2" t="str"><v>Test Pupil</v></c><c r="B2" s="1"><v>39145</v></c></row>'
    raw_xlsx(ap.folder / "mac.xlsx", heads + one, workbook=' date1904="1"')
    ap.ok("import", "mac.xlsx")
    assert ap.json("pupil", "show", "P-0001")[0]["born"] == "2011-03-05"


@pytest.mark.parametrize("text", ["'=SUM(1)", "''=SUM(1)", "=SUM(1)", "'tis fine"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_text_that_looks_like_a_formula_comes_back_as_it_is(
    ap: Program, text: str, ending: str
) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-03-05", "--home-school", text)
    ap.ok("export", "pupils", "--out", f"back.{ending}")
    assert rows(ap.ok("import", f"back.{ending}", "pupils", "--json")) == [(2, "same")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "DOB"), "has no “=” between two names"),
        (("--map", "DOB=nonsense"), "is no field"),
        (("--fill", "route=nonsense"), "--fill placement.route: choose one of"),
        (("--fill", "nonsense=1"), "is no field"),
        (("--mapping", "../x"), "is no name"),
        (("--sheet", "9"), "is no sheet with rows"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_read(
    ap: Program, options: tuple[str, ...], said: str
) -> None:
    ran = ap("import", written(ap, line()), *options)
    assert ran.code == 2 and said in ran.err and ap.json("pupil", "list") == []


def test_what_a_file_has_can_be_said_and_has_to_be_if_it_cannot_be_told(ap: Program) -> None:
    file = written(ap, line())
    ap.ok("import", file, "pupils")
    assert ap.json("provider", "list") == [] and len(ap.json("pupil", "list")) == 1
    ap.ok("import", file, "providers")
    assert ap.json("placement", "list") == [] and len(ap.json("provider", "list")) == 1
    started = written(
        ap, ("Ada Sample", "05/03/2011", "03/09/2022"), heads=("Name", "DOB", "Start date")
    )
    ran = ap("import", started)
    assert ran.code == 2 and "no column says which provider" in ran.err
    ap.ok("import", started, "pupils")
    assert ap("import", file, "nonsense").code == 2


def test_dates_are_read_in_three_styles_and_as_a_workbook_keeps_them(ap: Program) -> None:
    xlsx_of(
        ap.folder / "days.xlsx",
        ("Name", "DOB"),
        *(
            ("Test Pupil", date(2011, 3, 5)),
            ("Ada Sample", "5th March 2011"),
            ("Ida Sample", 40607),
        ),
        ("Bea Sample", datetime(2011, 3, 5, 0, 0)),
    )
    ap.ok("import", "days.xlsx")
    assert {one["born"] for one in ap.json("pupil", "list")} == {"2011-03-05"}


def test_an_opendocument_sheet_and_other_separators_are_read(ap: Program) -> None:
    ods_of(ap.folder / "a.ods", ("Name", "DOB"), ("Test Pupil", "05/03/2011"))
    (ap.folder / "b.csv").write_bytes("sep=;\nName;DOB\nZoë Sample;06/03/2011\n".encode("cp1252"))
    (ap.folder / "c.tsv").write_bytes("Name\tDOB\nIda Sample\t05/03/2011\n".encode("utf-16"))
    for file in ("a.ods", "b.csv", "c.tsv"):
        assert rows(ap.ok("import", file, "--json"))[0][1] == "new"


@pytest.mark.parametrize("content", ["", "no table here\n", "Name,DOB\n"])
def test_a_file_without_rows_says_so_in_one_sentence(ap: Program, content: str) -> None:
    (ap.folder / "a.csv").write_text(content)
    ran = ap("import", "a.csv")
    assert (ran.code, len(ran.err.splitlines())) == (
        (2, 1) if not content.startswith("Name") else (0, 0)
    )
    assert "Traceback" not in ran.err


def test_a_file_with_headings_alone_is_not_said_to_be_in_ap_already(ap: Program) -> None:
    written(ap)
    for option in ((), ("--dry-run",)):
        told = ap.ok("import", "sheet.csv", *option).out.splitlines()
        assert told[0] == "The file has no rows below its headings: nothing changes"
        assert not [line for line in told if "already" in line or "0 rows" in line]


def test_hostile_text_is_kept_as_text(ap: Program) -> None:
    nasty = (
        "=1+1",
        "<b>x</b>",
        "../../etc/passwd",
        "\x1b[31mred",
        "😀 Pupil",
        "O'Test; DROP TABLE pupil",
    )
    file = written(
        ap, *((name, f"0{at}/03/2011") for at, name in enumerate(nasty, 1)), heads=("Name", "DOB")
    )
    ran = ap("import", file, "--json")
    assert ran.code == 2 and rows(ran)[3] == (5, "wrong") and "\x1b" not in ran.out + ran.err
    ap.ok("import", file, "--skip-wrong")
    assert len(ap.json("pupil", "list")) == 5


def test_off_a_terminal_no_name_and_nothing_from_a_cell_is_repeated(ap: Program) -> None:
    file = written(ap, line("Zebulon Quill", "Quillday"), line("", "05/03/2011", ap="Quill House"))
    for options in ((), ("--json",), ("--dry-run",), ("--csv",)):
        ran = ap("import", file, *options)
        assert (
            ran.code == 2 and "uill" not in ran.out + ran.err and "ebulon" not in ran.out + ran.err
        )


def test_wrong_rows_are_named_by_their_number_and_one_reason_only_once(ap: Program) -> None:
    file = written(ap, *(line(f"Pupil {at}", "soon") for at in range(9)))
    ran = ap("import", file)
    (told,) = [text for text in ran.out.splitlines() if "not a day" in text]
    assert told.startswith("  rows 2, 3, 4, 5, 6, 7 and 3 more: column B, date of birth")


def test_a_locked_folder_puts_the_wrong_rows_where_the_call_is(ap: Program, tmp_path: Path) -> None:
    folder = ap.folder / "share"
    folder.mkdir()
    (ap.folder / written(ap, line(), line("Other Pupil", "soon"))).rename(folder / "sheet.csv")
    (folder / "sheet.csv.wrong.csv").mkdir()  # nothing can be put in its place
    ap.ok("import", "share/sheet.csv", "--skip-wrong")
    assert (ap.folder / "sheet.csv.wrong.csv").is_file()


def test_a_name_like_that_of_a_new_provider_is_told_once_with_its_first_row(ap: Program) -> None:
    names = ("Hollow Oak Farm", "Holow Oak Farm", "Hollow Oak Farm", "Holow Oak Farm")
    file = written(ap, *(line(f"Pupil {at}", ap=name) for at, name in enumerate(names)))
    (told,) = [text for text in ap("import", file).out.splitlines() if "may be" in text]
    assert told.startswith("  rows 3, 5: “Holow Oak Farm” may be the new provider of row 2: ")
