"""`ap import` in a terminal of 80 × 24: what an office does with its own workbook, slips included."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest
import xlsxwriter

from ..cli.test_import_schools import SCHOOLS, schools
from ..conftest import POSIX, Program
from ..exchange.books import xlsx_of
from ..exchange.office import office_workbook
from .terminal import Terminal, plain

pytestmark = POSIX


def begin(ap: Program, *args: str, **variables: str) -> Terminal:
    return Terminal(ap, "import", *args, rows=24, **variables)


def test_an_office_brings_its_workbook_in_with_a_slip_in_every_third_answer(ap: Program) -> None:
    office_workbook(ap.folder / "office.xlsx")
    terminal = begin(ap, "office.xlsx")
    terminal.sees("D.O.B. date of birth 01/09/2010")
    terminal.sees("Not read: 4 Yr, 15 Notes")
    terminal.answers("A number to change it", "99")
    terminal.answers("Choose a number from 1 to 15", "4")
    terminal.answers("What does “Yr” hold?", "zzz")
    terminal.answers("Nothing is called so", "day")
    terminal.answers("Which of them? Its number", "-")
    terminal.answers("A number to change it", "")
    terminal.sees("13 coloured cells: ap does not read what a colour means")
    terminal.answers("“Juniper Works” (30 rows) is new. What kind of provider is it?", "99")
    terminal.answers("Choose a number from 1 to 13, or type a word of one.", "non-school AP")
    terminal.answers("“Hollow Oak” (10 rows) is nearly the name of: 1 Hollow Oak Farm", "1")
    terminal.answers("“Holow Oak Farm” (10 rows) is nearly the name of", "2")
    terminal.answers("Type 1 or new.", "1")
    terminal.sees("120 pupils new, 4 providers new, 120 placements new: would be imported")
    terminal.answers("Import the 120 rows?", "perhaps")
    terminal.answers("Type yes or no", "y")
    terminal.answers("Keep these answers for such files?", "*")
    terminal.answers("use letters, digits and hyphens", "ap list")
    terminal.sees("120 placements new: imported")
    assert terminal.ends() == 0
    assert len(ap.json("pupil", "list")) == 120 and len(ap.json("provider", "list")) == 4
    again = begin(ap, "office.xlsx")
    again.sees("The columns are read as kept under “ap list”")
    again.sees("Not read: column D (Yr), column O (Notes)")
    again.sees("121 rows: 120 same, 1 passed over nothing changes")
    assert again.ends() == 0
    assert ap.json("undo", "--yes")[0]["what"] == "import pupils, providers and placements"
    assert ap.json("pupil", "list") == []


def test_what_rows_bring_is_shown_without_signs_of_colours(ap: Program) -> None:
    (ap.folder / "list.csv").write_text("Name,DOB\nTest Pupil,05/03/2011\nAda Sample,soon\n")
    terminal = begin(ap, "list.csv", NO_COLOR="")
    terminal.answers("A number to change it", "")
    terminal.sees("2 rows: 1 new, 1 wrong")
    terminal.answers("Import the 1 row", "n")
    assert terminal.ends() in (0, 2)
    assert "\ufffd" not in terminal.transcript.getvalue()


HEADS = ("Name", "DOB", "AP", "Start", "Hours", "Notes")
ROWS = (
    ("Test Pupil", date(2011, 3, 5), "Juniper Works", date(2026, 1, 5), 12, "x"),
    ("Ada Sample", date(2011, 3, 6), "Juniper Works", date(2026, 1, 5), 12, "y"),
)


def stop_at_the_name(ap: Program, key: str, *args: str) -> Terminal:
    """An import that is stopped at the question whether its answers are kept: it is done by then."""
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    terminal = begin(ap, "a.xlsx", *args)
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("without it)", "off-site-direction")
    terminal.answers("Import the 2 rows?", "y")
    terminal.sees("The rows are imported; ap undo takes them back.")
    terminal.sees("Keep these answers for such files?")
    assert len(ap.json("placement", "list")) == 2
    terminal.presses(key)
    return terminal


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_stopped_at_its_last_question_an_import_is_done_and_keeps_the_answers(
    ap: Program, key: str
) -> None:
    stopped = stop_at_the_name(ap, key)
    stopped.sees("2 placements new: imported")
    stopped.sees("your answers are kept as “list”")
    assert stopped.ends() == 0
    assert len(ap.json("placement", "list")) == 2
    ap.ok("undo", "--yes")
    again = begin(ap, "a.xlsx", "--mapping", "list")
    again.sees("The columns are read as kept under “list”")
    again.answers("1 to be asked about again, or Enter if that is right:", "")
    again.answers("Import the 2 rows?", "y")
    assert again.ends() == 0, again.lines(40)
    assert "What kind" not in again.lines(60) and "without it" not in again.lines(60)
    assert [one["kind"] for one in ap.json("provider", "list")] == ["non-school"]
    assert len(ap.json("placement", "list")) == 2


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_stopped_before_it_imports_an_import_keeps_the_answers_and_says_how_to_go_on(
    ap: Program, key: str
) -> None:
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("without it)", "off-site-direction")
    terminal.sees("Import the 2 rows?")
    terminal.presses(key)
    terminal.sees("stopped: nothing was imported; your answers are kept as “list”:")
    terminal.sees("ap import a.xlsx --mapping list")
    assert terminal.ends() == 130
    assert ap.json("pupil", "list") == ap.json("provider", "list") == []


def test_answers_of_a_stopped_import_take_the_place_of_no_others(ap: Program) -> None:
    xlsx_of(ap.folder / "b.xlsx", ("Name", "DOB"), ("Ida Sample", date(2011, 3, 5)))
    terminal = begin(ap, "b.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "")
    assert terminal.ends() == 0
    stopped = stop_at_the_name(ap, "\x03")
    stopped.sees("your answers are kept as “list-2”")
    assert stopped.ends() == 0
    kept = json.loads((ap.folder / "config" / "ap" / "imports.json").read_text())
    assert list(kept) == ["list", "list-2"]
    assert set(kept["list"]["fields"]) == {"Name", "DOB"}
    assert "Test Pupil" not in str(kept) and "Ada Sample" not in str(kept)


def test_stopped_among_the_questions_of_its_rows_an_import_keeps_those_that_were_answered(
    ap: Program,
) -> None:
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    stopped = begin(ap, "a.xlsx", "--skip-wrong")
    stopped.answers("A number to change it", "")
    stopped.answers("What kind of provider is it?", "non-school")
    stopped.sees("without it)")
    stopped.presses("\x03")
    stopped.sees("ap import a.xlsx --skip-wrong --mapping list")
    assert stopped.ends() == 130
    again = begin(ap, "a.xlsx", "--skip-wrong", "--mapping", "list")
    again.answers("1 to be asked about again, or Enter if that is right:", "")
    again.answers("without it)", "off-site-direction")
    again.answers("Import the 2 rows?", "y")
    assert again.ends() == 0 and "What kind" not in again.lines(60)


def test_stopped_before_the_columns_are_right_an_import_keeps_nothing(ap: Program) -> None:
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    stopped = begin(ap, "a.xlsx")
    stopped.sees("A number to change it")
    stopped.presses("\x03")
    stopped.sees("stopped: nothing was saved")
    assert stopped.ends() == 130
    assert not (ap.folder / "config" / "ap" / "imports.json").exists()


def test_a_comma_in_names_that_is_no_surname_is_asked_about_once_for_such_files(
    ap: Program,
) -> None:
    for at, name in enumerate(("Pupil, Test", "Sample, Ada")):
        xlsx_of(ap.folder / f"{at}.xlsx", ("Name", "DOB"), (name, date(2011, 3, 5 + at)))
    terminal = begin(ap, "0.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Is the surname before the comma?", "n")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "")
    assert terminal.ends() == 0
    again = begin(ap, "1.xlsx")
    again.answers("Import the 1 row?", "y")
    assert again.ends() == 0
    assert [one["name"] for one in ap.json("pupil", "list", "--names")] == [
        "Pupil, Test", "Sample, Ada",
    ]  # fmt: skip


def test_wrong_rows_are_left_out_if_that_is_wanted_and_written_beside(ap: Program) -> None:
    xlsx_of(
        ap.folder / "a.xlsx",
        ("Name", "DOB"),
        ("Test Pupil", date(2011, 3, 5)),
        ("Ada Sample", "soon"),
    )
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("row 3: column B, date of birth: “soon” is not a day")
    terminal.answers("Import the 1 row? The 1 wrong row goes to a.xlsx.wrong.csv", "y")
    terminal.answers("Keep these answers", "-")
    terminal.sees("1 wrong row is in")
    assert terminal.ends() == 0
    with (ap.folder / "a.xlsx.wrong.csv").open(encoding="utf-8-sig") as left:
        assert [line[:2] for line in csv.reader(left)] == [["Name", "DOB"], ["Ada Sample", "soon"]]
    assert not (ap.folder / "config" / "ap" / "imports.json").exists()


def test_enter_imports_nothing_where_rows_are_wrong(ap: Program) -> None:
    xlsx_of(
        ap.folder / "a.xlsx",
        ("Name", "DOB"),
        ("Test Pupil", date(2011, 3, 5)),
        ("Ada Sample", "soon"),
    )
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "")
    terminal.sees("nothing was imported")
    assert terminal.ends() == 2 and ap.json("pupil", "list") == []


def test_a_wrong_number_of_a_column_is_left_by_enter_and_by_the_way_back(ap: Program) -> None:
    xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB"), ("Test Pupil", date(2011, 3, 5)))
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "2")
    terminal.answers("What does “DOB” hold?", "<")
    terminal.answers("A number to change it", "1")
    terminal.answers("What does “Name” hold?", "zzz")
    terminal.answers("Nothing is called so", "")
    terminal.answers("A number to change it", "1")
    terminal.answers("What does “Name” hold?", "day")
    terminal.answers("Which of them? Its number", "<")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0 and ap.json("pupil", "list")[0]["born"] == "2011-03-05"


def test_all_wrong_rows_are_offered_before_the_question(ap: Program) -> None:
    wrong = [(f"Pupil {word}", f"{word} soon") for word in "abcdefghijklmnopqrstuvwxyz"]
    xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB"), ("Test Pupil", date(2011, 3, 5)), *wrong)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("There are 26 reasons why rows are wrong. Show them all?", "y")
    terminal.answers("Go on?", "y")
    terminal.sees("row 28: column B, date of birth: “z soon” is not a day")
    terminal.answers("Import the 1 row?", "n")
    assert terminal.ends() == 2


def test_whether_the_surname_comes_first_is_asked_once(ap: Program) -> None:
    for answer, name in (("n", "Pupil, Test"), ("y", "Ada Sample")):
        written = "Pupil, Test" if answer == "n" else "Sample, Ada"
        xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB"), (written, date(2011, 3, 5)))
        terminal = begin(ap, "a.xlsx")
        terminal.answers("A number to change it", "")
        terminal.answers("Is the surname before the comma?", answer)
        terminal.answers("Import the 1 row?", "y")
        terminal.answers("Keep these answers", "-")
        assert terminal.ends() == 0
        ref = ap.json("pupil", "list")[-1]["ref"]
        assert ap.json("pupil", "show", ref, "--names")[0]["name"] == name


def test_two_columns_of_one_meaning_are_asked_about(ap: Program) -> None:
    xlsx_of(ap.folder / "a.xlsx", ("Name", "Born", "DOB"), ("Test Pupil", "old", date(2011, 3, 5)))
    terminal = begin(ap, "a.xlsx")
    terminal.sees("Not read: 3 DOB")
    terminal.answers("A number to change it", "3")
    terminal.answers("What does “DOB” hold?", "date of birth")
    terminal.sees("“Born” is not read then.")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0 and ap.json("pupil", "list")[0]["born"] == "2011-03-05"


def test_the_sheets_are_chosen_and_said_to_be_schools(ap: Program) -> None:
    with xlsxwriter.Workbook(ap.folder / "tabs.xlsx") as book:
        for school, pupil in (("Elm Academy", "Test Pupil"), ("Oak School", "Ada Sample")):
            sheet = book.add_worksheet(school)
            sheet.write_row(0, 0, ("Name", "DOB"))
            sheet.write_row(1, 0, (pupil, "05/03/2011"))
    terminal = begin(ap, "tabs.xlsx")
    terminal.answers("Which of them? Numbers, or all", "3")
    terminal.answers("Type numbers from 1 to 2", "")
    terminal.answers("A number to change it", "")
    terminal.answers("“Elm Academy”, “Oak School”: are these the home schools", "y")
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "")
    assert terminal.ends() == 0
    assert [one["home_school"] for one in ap.json("pupil", "list")] == ["Elm Academy", "Oak School"]


@pytest.mark.parametrize(
    ("answer", "days"), [("1", ["2026-01-06"]), ("new", ["2026-01-05", "2026-01-06"])]
)
def test_a_first_day_that_moved_is_asked_about(ap: Program, answer: str, days: list[str]) -> None:
    heads = ("Name", "DOB", "AP", "Type", "Route", "Hours", "Start")
    child = ("Test Pupil", "05/03/2011", "Oak Farm", "Non-school AP", "school-arranged", "6")
    xlsx_of(ap.folder / "a.xlsx", heads, (*child, "05/01/2026"))
    ap.ok("import", "a.xlsx")
    xlsx_of(ap.folder / "a.xlsx", heads, (*child, "06/01/2026"))
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("begins on 6 January 2026. The row names no placement, and may be:")
    terminal.sees("1 PL-0001 of the same pupil and provider, which begins on 5 January 2026")
    terminal.answers("Its number, “new” if it is another, or Enter to leave out the row:", "yes")
    terminal.answers("Type 1 or new.", answer)
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert sorted(one["starts"] for one in ap.json("placement", "list")) == days


def test_a_name_that_may_be_a_child_on_record_is_asked_about(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-03-05")
    xlsx_of(ap.folder / "a.xlsx", ("Name", "School"), ("Test Pupil", "Elm Academy"))
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("“Test P.” (1 row) may be: 1 Test P., born 5 March 2011")
    terminal.answers("Its number", "1")
    terminal.sees("P-0001 Test P.: home school")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert (
        terminal.ends() == 0
        and ap.json("pupil", "show", "P-0001")[0]["home_school"] == "Elm Academy"
    )


def test_what_the_rows_are_and_their_route_are_asked_for_all_of_them(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school")
    heads = ("Name", "DOB", "Provider", "Start", "Hours")
    rows = [
        (name, date(2011, 3, 5), "Hollow Oak Farm", date(2026, 1, 5), 12)
        for name in ("Test Pupil", "Ada Sample")
    ]
    xlsx_of(ap.folder / "a.xlsx", heads, *rows)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Why can you place this pupil? (2 rows without it)", "s29a")
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert {one["route"] for one in ap.json("placement", "list")} == {"off-site-direction"}
    xlsx_of(
        ap.folder / "b.xlsx",
        ("Name", "DOB", "Start date"),
        ("Ida Sample", date(2011, 3, 6), date(2022, 9, 1)),
    )
    terminal = begin(ap, "b.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("What are the rows of this file?", "1")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0 and len(ap.json("pupil", "list")) == 3


def test_ctrl_c_at_any_question_keeps_nothing(ap: Program) -> None:
    office_workbook(ap.folder / "office.xlsx")
    terminal = begin(ap, "office.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("What kind of provider is it?")
    terminal.sees("A number or a word, or Enter")
    terminal.child.send("\x03")
    assert terminal.ends() == 130 and ap.json("pupil", "list") == []


def test_a_screen_reader_hears_the_same_questions(ap: Program) -> None:
    xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB"), ("Test Pupil", date(2011, 3, 5)))
    terminal = begin(ap, "a.xlsx", ACCESSIBLE="1")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert "\x1b[" not in terminal.transcript.getvalue() and "Test Pupil" in plain(
        terminal.transcript.getvalue()
    )


@pytest.mark.parametrize(
    ("answer", "school"), [("1", "Elm Academy"), ("new", "Elm Acad."), ("", "Elm Acad.")]
)
def test_a_school_that_is_nearly_another_is_asked_about_once(
    ap: Program, answer: str, school: str
) -> None:
    (ap.folder / "a.csv").write_text(SCHOOLS, encoding="utf-8")
    terminal = begin(ap, "a.csv")
    terminal.answers("A number to change it", "")
    terminal.sees("“Elm Acad.” (2 rows) is nearly the name of: 1 Elm Academy")
    terminal.answers("or Enter to keep it as it stands", answer)
    terminal.answers("Import the 5 rows?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert schools(ap) == ["St Mock's CofE", "St Mock's CofE", "Elm Academy", school, school]


def test_a_file_of_another_store_is_asked_about_once_and_its_references_are_not_read(
    ap: Program,
) -> None:
    ap.ok("pupil", "add", "Other Child", "--born", "2012-04-06")
    xlsx_of(
        ap.folder / "a.xlsx",
        ("Pupil ref", "Name", "DOB"),
        ("P-0001", "Test Pupil", date(2011, 3, 5)),
        ("P-0016", "Ada Sample", date(2011, 4, 5)),
    )
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("2 rows have a reference that is another's in this store, or nobody's.")
    terminal.answers("Is the file from another store, whose references are not read?", "y")
    terminal.sees("2 pupils new: would be imported")
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    names = [pupil["name"] for pupil in ap.json("pupil", "list", "--names")]
    assert names == ["Other Child", "Test Pupil", "Ada Sample"]


def test_a_new_name_beside_a_provider_s_reference_is_taken_if_a_person_says_so(
    ap: Program,
) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school")
    ap.ok("export", "providers", "--out", "k.csv")
    text = (ap.folder / "k.csv").read_text("utf-8-sig")
    (ap.folder / "k.csv").write_text(text.replace("Hollow Oak Farm", "Riverside Academy"))
    terminal = begin(ap, "k.csv")
    terminal.answers("A number to change it", "")
    terminal.sees("1 row calls PR-0001 (Hollow Oak Farm) “Riverside Academy”.")
    terminal.answers("Is that its new name?", "y")
    terminal.sees("PR-0001 Riverside Academy: name")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert ap.json("provider", "show", "PR-0001")[0]["name"] == "Riverside Academy"


def test_who_commissions_is_asked_once_and_a_name_that_is_not_in_ap_as_well(ap: Program) -> None:
    for name in ("Test Council", "Elm Academy"):
        ap.ok("init", "--commissioner", name, "--kind", "academy")
    heads = ("Name", "DOB", "Provider", "Type", "Start", "Hours", "Route", "Commissioner")
    rest = (
        date(2011, 3, 5),
        "Hollow Oak",
        "non-school",
        date(2026, 1, 5),
        12,
        "off-site direction",
    )
    rows = [("Test Pupil", *rest, None), ("Ada Sample", *rest, None), ("Ida Sample", *rest, "Elm")]
    xlsx_of(ap.folder / "a.xlsx", heads, *rows)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("Who commissions these placements? (2 rows without it)")
    terminal.sees("2 Elm Academy")
    terminal.answers("Its number, or Enter to leave it open:", "1")
    terminal.sees("“Elm” (1 row) commissions, and is not in ap. Who is it?")
    terminal.answers("Its number, or Enter to leave out the row:", "2")
    terminal.answers("Import the 3 rows?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    found = [one["commissioner"] for one in ap.json("placement", "list")]
    assert found == ["C-0001", "C-0001", "C-0002"]


def test_a_corrected_first_name_is_asked_about_and_taken_as_the_child_s(ap: Program) -> None:
    ap.ok("pupil", "add", "Jon Sample", "--born", "2011-03-05", "--home-school", "Elm Academy")
    born = date(2011, 3, 5)
    xlsx_of(
        ap.folder / "a.xlsx", ("Name", "DOB", "School"), ("Yonathan Sample", born, "Elm Academy")
    )
    terminal = begin(ap, "a.xlsx", "pupils")
    terminal.answers("A number to change it", "")
    terminal.sees("“Yonathan S., born 5 March 2011” (1 row) may be: 1 Jon S., born 5 March 2011")
    terminal.answers("Its number, “new” if it is another, or Enter to leave out the row:", "1")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert len(ap.json("pupil", "list")) == 1
    terminal = Terminal(ap, "pupil", "show", "P-0001", rows=24)
    terminal.sees("Yonathan")
    assert terminal.ends() == 0


def test_another_address_is_asked_about_and_takes_the_place_of_the_one_chosen(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--address", "1 Elm Lane")
    xlsx_of(ap.folder / "a.xlsx", ("Provider", "Address"), ("Hollow Oak Farm", "9 Far Field"))
    terminal = begin(ap, "a.xlsx", "providers")
    terminal.answers("A number to change it", "")
    terminal.sees("“9 Far Field” (1 row) is no address of Hollow Oak Farm yet.")
    terminal.sees("2 none: another provider of that name")
    terminal.answers("“new” if it is one more address, or Enter to leave out the row:", "1")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    (provider,) = ap.json("provider", "show", "PR-0001")
    assert [site["address"] for site in provider["sites"]] == ["9 Far Field"]


def test_another_address_may_be_that_of_a_namesake_which_is_found_again(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--address", "1 Elm Lane")
    heads = ("Provider", "Kind of provider", "Address")
    one = ("Hollow Oak Farm", "PRU", "9 Far Field")
    xlsx_of(ap.folder / "a.xlsx", heads, one, one)
    terminal = begin(ap, "a.xlsx", "providers")
    terminal.answers("A number to change it", "")
    terminal.answers("“new” if it is one more address, or Enter to leave out the 2 rows:", "2")
    terminal.sees("1 provider new: would be imported")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    kinds = [one["kind"] for one in ap.json("provider", "list")]
    assert kinds == ["non-school", "pru"]
    again = begin(ap, "a.xlsx", "providers")
    again.answers("A number to change it", "")
    again.sees("ap has all of it already: nothing changes")
    assert again.ends() == 0


def test_a_spelling_is_asked_about_once_also_if_nothing_else_is_imported(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak", "--kind", "non-school")
    heads, told = ("Provider", "Kind of provider"), "your answers are kept as “list”"
    xlsx_of(ap.folder / "a.xlsx", heads, ("Hollow Oak Farm", "non-school"))
    terminal = begin(ap, "a.xlsx", "providers")
    terminal.answers("A number to change it", "")
    terminal.answers("“Hollow Oak Farm” (1 row) is nearly the name of: 1 Hollow Oak", "1")
    terminal.sees("nothing changes")
    terminal.sees(told)
    assert terminal.ends() == 0
    again = begin(ap, "a.xlsx", "providers")
    again.sees("The columns are read as kept under “list”")
    again.sees("ap has all of it already: nothing changes")
    assert again.ends() == 0
    xlsx_of(ap.folder / "a.xlsx", heads, ("Holow Oak", "non-school"))
    further = begin(ap, "a.xlsx", "providers")
    further.answers("“Holow Oak” (1 row) is nearly the name of: 1 Hollow Oak", "1")
    further.sees(told)
    assert further.ends() == 0
    for name in ("Hollow Oak Farm", "Holow Oak"):
        xlsx_of(ap.folder / "a.xlsx", heads, (name, "non-school"))
        assert (
            ap.ok("import", "a.xlsx", "providers", "--mapping", "list", "--json").data[0]["outcome"]
            == "same"
        )
