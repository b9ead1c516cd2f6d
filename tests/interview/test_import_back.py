"""`ap import` in a terminal of 80 × 24: the way back, and what is kept of an import that is not gone through with."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from ..cli.test_between_stores import _demo as _demo
from ..cli.test_between_stores import corrected
from ..cli.test_between_stores import council as council
from ..cli.test_between_stores import school as school
from ..conftest import POSIX, Program
from ..exchange.books import xlsx_of
from .terminal import Terminal
from .test_import import HEADS, ROWS, begin

pytestmark = POSIX


def kept(ap: Program) -> dict[str, Any]:
    """What is kept of the answers about files, by its name."""
    file = ap.folder / "config" / "ap" / "imports.json"
    return dict(json.loads(file.read_text())) if file.exists() else {}


def test_the_way_back_leads_through_every_question_to_the_first_with_what_was_answered(
    ap: Program,
) -> None:
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "<")
    terminal.answers("This is the first question. Ctrl-C stops.", "y")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("Why can you place this pupil? (2 rows without it)", "off-site-direction")
    terminal.answers("Import the 2 rows?", "<")
    terminal.sees("Why can you place this pupil?")
    terminal.answers(
        "You answered: off-site-direction A number or a word, or Enter to leave out the 2 rows:",
        "<",
    )
    terminal.answers(
        "You answered: non-school A number or a word, or Enter to leave out the 2 rows:", "<"
    )
    terminal.sees("What the columns hold:")
    terminal.answers("You answered: y", "")
    terminal.answers("What kind of provider is it?", "academy")
    terminal.answers("without it)", "school-arranged")
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "<")
    terminal.answers("The rows are imported; ap undo takes them back.", "-")
    assert terminal.ends() == 0
    assert [one["kind"] for one in ap.json("provider", "list")] == ["academy"]
    assert {one["route"] for one in ap.json("placement", "list")} == {"school-arranged"}
    assert kept(ap) == {}


def test_no_at_the_last_question_keeps_the_answers_and_says_how_to_go_on(ap: Program) -> None:
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.answers("without it)", "off-site-direction")
    terminal.answers("Import the 2 rows?", "n")
    terminal.sees(
        "nothing was imported; your answers are kept as “list”: ap import a.xlsx --mapping"
    )
    assert terminal.ends() == 0 and ap.json("pupil", "list") == []
    again = begin(ap, "a.xlsx", "--mapping", "list")
    again.sees("empty cells are read as placement.route=off-site-direction")
    again.answers("1 to be asked about again, or Enter if that is right:", "")
    again.answers("Import the 2 rows?", "y")
    assert again.ends() == 0 and len(ap.json("placement", "list")) == 2


def test_answers_are_kept_where_all_rows_are_wrong(ap: Program) -> None:
    xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB", "Box"), ("Test Pupil", "soon", "Elm Academy"))
    terminal = begin(ap, "a.xlsx", "--skip-wrong")
    terminal.answers("A number to change it", "3")
    terminal.answers("What does “Box” hold?", "home school")
    terminal.answers("A number to change it", "")
    terminal.sees("1 wrong row is in a.xlsx.wrong.csv")
    terminal.sees("nothing was imported; your answers are kept as “list”")
    assert terminal.ends() == 2 and (ap.folder / "a.xlsx.wrong.csv").exists()
    assert kept(ap)["list"]["fields"]["Box"] == "pupil.home_school"


def test_stopped_while_columns_are_corrected_an_import_keeps_those_and_shows_them_again(
    ap: Program,
) -> None:
    xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB", "Box"), ("Test Pupil", date(2011, 3, 5), "Elm"))
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "3")
    terminal.answers("What does “Box” hold?", "home school")
    terminal.sees("A number to change it")
    terminal.presses("\x03")
    terminal.sees("stopped: nothing was imported; your answers are kept as “list”")
    assert terminal.ends() == 130
    assert kept(ap)["list"]["fields"] == {"Box": "pupil.home_school"}
    again = begin(ap, "a.xlsx", "--mapping", "list")
    again.sees("3 Box pupil's home school Elm")
    again.answers("A number to change it", "")
    again.answers("Import the 1 row?", "y")
    assert again.ends() == 0 and ap.json("pupil", "list")[0]["home_school"] == "Elm"
    assert set(kept(ap)["list"]["fields"]) == {"Name", "DOB", "Box"}


@pytest.mark.parametrize("word", ["home school", "post"])
def test_the_way_back_leads_past_a_column_that_was_changed(ap: Program, word: str) -> None:
    heads, row = (*HEADS, "Box"), (*ROWS[0], "Elm")
    xlsx_of(ap.folder / "a.xlsx", heads, row)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", str(len(heads)))
    terminal.answers("What does “Box” hold?", word)
    if word == "post":
        terminal.answers("Which of them? Its number:", "1")
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "<")
    terminal.answers("You answered: Enter", "<")
    terminal.answers("What does “Box” hold?", "-")
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "non-school")
    terminal.presses("\x03")
    assert terminal.ends() == 130
    assert kept(ap)["list"]["fields"]["Box"] == "-"


def test_a_name_in_use_is_said_to_be_and_a_free_one_is_offered(ap: Program) -> None:
    for at in (1, 2):
        heads = ("Name", "DOB", f"Notes {at}")
        xlsx_of(ap.folder / f"{at}.xlsx", heads, (f"Pupil {'AB'[at - 1]}", date(2011, 3, at), "x"))
    terminal = begin(ap, "1.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("A name, or - [list]", "")
    assert terminal.ends() == 0
    terminal = begin(ap, "2.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("A name, or - [list-2]", "list")
    terminal.answers("“list” keeps the answers for other files. Replace them?", "")
    terminal.answers("A name, or - [list-2]", "list")
    terminal.answers("Replace them?", "<")
    terminal.answers("You answered: list", "")
    assert terminal.ends() == 0
    assert list(kept(ap)) == ["list", "list-2"] and "Notes 1" in kept(ap)["list"]["fields"]


@pytest.mark.parametrize("rows", [1, 2])
def test_an_answer_for_one_row_is_no_answer_for_all_rows_of_other_files(
    ap: Program, rows: int
) -> None:
    xlsx_of(ap.folder / "a.xlsx", (*HEADS, "Route"), *((*row, None) for row in ROWS[:rows]))
    ap.ok("provider", "add", "Juniper Works", "--kind", "non-school")
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("without it)", "off-site-direction")
    terminal.answers(f"Import the {rows} row", "y")
    terminal.answers("Keep these answers", "")
    assert terminal.ends() == 0 and len(ap.json("placement", "list")) == rows
    fills = kept(ap)["list"].get("fills", {})
    assert fills == ({} if rows == 1 else {"placement.route": "off-site-direction"})


def test_the_way_back_of_questions_about_rows_is_no_answer_to_them(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--address", "1 Elm Lane")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-03-05")
    heads = ("Name", "DOB", "Provider", "Address of provider", "Start", "Hours", "Route")
    row = (
        "Test Pupil",
        date(2011, 3, 6),
        "Hollow Oak",
        "9 Far Field",
        date(2026, 1, 5),
        12,
        "s29a",
    )
    xlsx_of(ap.folder / "a.xlsx", heads, row)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("may be:", "1")
    terminal.answers("is nearly the name of: 1 Hollow Oak Farm", "<")
    terminal.answers("You answered: 1 Its number", "1")
    terminal.answers("is nearly the name of", "2")
    terminal.answers("Type 1 or new.", "1")
    terminal.answers("Which of these does it replace?", "<")
    terminal.answers("You answered: 1 Its number", "1")
    terminal.answers("Which of these does it replace?", "new")
    terminal.answers("Import the 1 row?", "<")
    terminal.answers("You answered: new Its number", "1")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    (provider,) = ap.json("provider", "show", "PR-0001")
    assert [site["address"] for site in provider["sites"]] == ["9 Far Field"]
    assert ap.json("pupil", "show", "P-0001")[0]["born"] == "2011-03-06"


def test_an_export_of_ap_takes_a_line_for_the_columns_that_are_read_by_their_own_names(
    ap: Program,
) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-03-05")
    ap.ok("export", "pupils", "--out", "k.csv")
    terminal = begin(ap, "k.csv")
    terminal.sees("20 columns are read by their own names: Pupil ref, Pupil name,")
    terminal.sees("Not read:")
    assert "date of birth" not in terminal.lines(24)
    terminal.answers("A number to change it, all to see all of them, or Enter", "all")
    terminal.sees("date of birth 2011-03-05")
    terminal.answers("A number to change it, or Enter if that is right:", "<")
    terminal.answers("You answered: all A number to change it, all to see", "yes")
    terminal.sees("ap has all of it already: nothing changes")
    assert terminal.ends() == 0 and kept(ap) == {}


def test_an_export_to_a_file_says_on_a_terminal_what_is_where(ap: Program) -> None:
    for at in (1, 2):
        ap.ok("pupil", "add", f"Pupil {'AB'[at - 1]}", "--born", f"2011-03-0{at}")
    for name in ("k.csv", "k.xlsx", "k.jsonl"):
        terminal = Terminal(ap, "export", "pupils", "--out", name, rows=24)
        terminal.sees(name)  # a long path is a line of its own
        terminal.sees("2 rows of pupils, and only you can read it")
        assert terminal.ends() == 0
    piped = ap.ok("export", "pupils", "--out", "k.csv")
    assert (piped.out, piped.err) == ("", "")


def test_what_a_school_corrects_is_asked_about_and_comes_into_the_council_s_store(
    school: Program,
    council: Program,
) -> None:
    file = corrected(school, council)
    terminal = begin(council, file)
    terminal.sees("columns are read by their own names")
    terminal.answers("A number to change it", "")
    terminal.sees("1 Acorn E., born 10 November 2012")
    terminal.answers("Its number, “new” if it is another", "1")
    terminal.sees("begins on 8 March 2027. The row names no placement, and may be:")
    terminal.answers("Its number, “new” if it is another, or Enter to leave out the row:", "1")
    terminal.sees("ended on 27 March 2026: if that was wrong, correct it with ap")
    terminal.answers("The 1 wrong row goes to", "y")
    terminal.answers("Keep these answers", "-")
    terminal.sees("1 wrong row is in")
    assert terminal.ends() == 0
    (ref,) = {
        re.findall(r"ap placement end (PL-\d+)", row["wrong"][0])[0]
        for row in council("import", file, "--json").data
        if row["wrong"]
    }
    council.ok("placement", "end", ref, "--correct", "--day", "2026-03-30")
    again = begin(council, file)
    again.answers("A number to change it", "y")
    again.sees("ap has all of it already: nothing changes")
    assert again.ends() == 0


def stop_at_the_last_question(ap: Program, name: str, *kinds: str) -> None:
    terminal = begin(ap, name)
    terminal.answers("A number to change it", "")
    for kind in kinds:
        terminal.answers("What kind of provider is it?", kind)
    terminal.answers("without it)", "off-site-direction")
    terminal.sees("Import the ")
    terminal.presses("\x03")
    assert terminal.ends() == 130


def test_kinds_that_were_kept_are_shown_and_can_be_asked_about_again(ap: Program) -> None:
    others = [
        (*row[:2], name, *row[3:]) for row, name in zip(ROWS, ("Elm Works", "Oak"), strict=True)
    ]
    xlsx_of(ap.folder / "a.xlsx", HEADS, *others)
    stop_at_the_last_question(ap, "a.xlsx", "non-school", "academy")
    again = begin(ap, "a.xlsx", "--mapping", "list")
    again.sees("New providers, with the kind that you gave each before:")
    again.sees("1 Elm Works non-school")
    again.sees("2 Oak academy")
    again.answers("Numbers to be asked about again, or Enter if that is right:", "3")
    again.answers("Type numbers from 1 to 2, such as 1 2, or press Enter.", "2")
    again.answers("“Oak” (1 row) is new. What kind of provider is it?", "<")
    again.answers("You answered: 2", "2")
    again.answers("“Oak” (1 row) is new. What kind of provider is it?", "college")
    again.sees("New providers: Elm Works (non-school), Oak (fe-college)")
    again.answers("Import the 2 rows?", "y")
    assert again.ends() == 0
    found = {one["name"]: one["kind"] for one in ap.json("provider", "list", "--names")}
    assert found == {"Elm Works": "non-school", "Oak": "fe-college"}


def test_a_name_that_is_nearly_that_of_a_provider_whose_kind_was_kept_is_asked_about(
    ap: Program,
) -> None:
    right = [(*row[:2], "Juniper Works", *row[3:]) for row in ROWS]
    xlsx_of(ap.folder / "a.xlsx", HEADS, *right)
    stop_at_the_last_question(ap, "a.xlsx", "non-school")
    misspelt = ("Ida Sample", date(2011, 3, 7), "Jumiper Works", *ROWS[0][3:])
    xlsx_of(ap.folder / "a.xlsx", HEADS, misspelt, *right)
    again = begin(ap, "a.xlsx", "--mapping", "list")
    again.answers("1 to be asked about again, or Enter if that is right:", "")
    again.answers("“Jumiper Works” (1 row) is nearly the name of: 1 Juniper Works (new)", "1")
    again.answers("Import the 3 rows?", "y")
    assert again.ends() == 0 and len(ap.json("provider", "list")) == 1


def test_who_commissions_is_asked_among_those_of_one_name_and_kept_for_the_next_file(
    ap: Program,
) -> None:
    ap.ok("init", "--commissioner", "Test Council", "--kind", "local-authority")
    ap.ok("init", "--commissioner", "Test Council", "--kind", "academy")
    ap.ok("provider", "add", "Juniper Works", "--kind", "non-school")
    heads = (*HEADS, "Route")
    xlsx_of(ap.folder / "a.xlsx", heads, (*ROWS[0], "off-site-direction"))
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("Who commissions these placements? (1 row without it)")
    terminal.answers("1 Test Council (C-0001) 2 Test Council (C-0002)", "2")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "")
    assert terminal.ends() == 0
    xlsx_of(ap.folder / "b.xlsx", heads, (*ROWS[1], "off-site-direction"))
    again = begin(ap, "b.xlsx")
    again.sees("empty cells are read as placement.commissioner=C-0002")
    again.answers("Import the 1 row?", "y")
    assert again.ends() == 0
    for ref in ("PL-0001", "PL-0002"):
        assert ap.json("placement", "show", ref)[0]["commissioner"] == "C-0002"


def test_a_name_of_two_commissioners_in_a_file_is_asked_about(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Test Council", "--kind", "local-authority")
    ap.ok("init", "--commissioner", "Test Council", "--kind", "academy")
    ap.ok("provider", "add", "Juniper Works", "--kind", "non-school")
    heads = (*HEADS, "Route", "Commissioner")
    xlsx_of(ap.folder / "a.xlsx", heads, (*ROWS[0], "off-site-direction", "Test Council"))
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.sees("“Test Council” (1 row) is the name of several. Which of them commissions?")
    terminal.answers("2 Test Council (C-0002)", "2")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    assert ap.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0002"


def ask_for_the_route(ap: Program, kind: str, *args: str) -> Terminal:
    ap.ok("init", "--commissioner", "Test Commissioner", "--kind", kind)
    ap.ok("provider", "add", "Juniper Works", "--kind", "non-school")
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    terminal = begin(ap, "a.xlsx", *args)
    terminal.answers("A number to change it", "")
    terminal.sees("Why can you place this pupil? (2 rows without it)")
    return terminal


def test_enter_at_a_question_leaves_out_several_rows_only_if_that_is_said(ap: Program) -> None:
    terminal = ask_for_the_route(ap, "academy")
    terminal.answers("A number or a word, or Enter to leave out the 2 rows:", "")
    terminal.answers("Leave out the 2 rows? [y/N]", "")
    terminal.answers("A number or a word, or Enter to leave out the 2 rows:", "")
    terminal.answers("Leave out the 2 rows? [y/N]", "y")
    terminal.sees("2 rows: 2 wrong")
    assert terminal.ends() == 2


@pytest.mark.parametrize(
    ("kind", "offered", "others"),
    [
        ("academy", ("1 suspension", "3 school-arranged"), ("section-19", "permanent")),
        ("pru", ("1 off-site-direction", "2 school-arranged"), ("section-19", "suspension")),
        ("local-authority", ("1 section-19", "3 suspension"), ("off-site",)),
    ],
)
def test_a_commissioner_is_offered_the_routes_that_it_has(
    ap: Program, kind: str, offered: tuple[str, ...], others: tuple[str, ...]
) -> None:
    terminal = ask_for_the_route(ap, kind)
    for line in offered:
        terminal.sees(line)
    terminal.sees("A number or a word")
    shown = terminal.lines(12)
    assert not any(route in shown for route in others), shown
    terminal.types("section-19")  # for the council, which a row may say
    terminal.sees("Import the 2 rows?")
    terminal.presses("\x03")
    assert terminal.ends() == 130


def test_the_route_that_was_kept_is_offered_for_the_next_file(ap: Program) -> None:
    first = ask_for_the_route(ap, "academy")
    first.types("off")
    first.answers("Import the 2 rows?", "y")
    first.answers("Keep these answers", "")
    assert first.ends() == 0
    others = [
        ("Ida Sample", date(2011, 4, 5), *ROWS[0][2:]),
        ("Bo Sample", date(2011, 4, 6), *ROWS[0][2:]),
    ]
    xlsx_of(ap.folder / "b.xlsx", HEADS, *others)
    again = begin(ap, "b.xlsx")
    again.answers("A number or a word, or - to leave out the 2 rows [off-site-direction]:", "-")
    again.answers("Leave out the 2 rows?", "n")
    again.answers("A number or a word, or - to leave out", "")
    again.answers("Import the 2 rows?", "y")
    assert again.ends() == 0
    assert {one["route"] for one in ap.json("placement", "list")} == {"off-site-direction"}


def test_who_commissions_is_asked_before_the_routes_that_it_has(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Test Council", "--kind", "local-authority")
    ap.ok("init", "--commissioner", "Elm Academy", "--kind", "academy")
    ap.ok("provider", "add", "Juniper Works", "--kind", "non-school")
    xlsx_of(ap.folder / "a.xlsx", HEADS, *ROWS)
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("Who commissions these placements? (2 rows without it)", "1")
    terminal.sees("Why can you place this pupil? (2 rows without it)")
    terminal.sees("1 section-19")
    terminal.answers("A number or a word", "1")
    assert "off-site" not in terminal.lines(10)
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("farm", "non-school"), ("tutor", "one-to-one"), ("coll", "fe-college"), ("9", "non-school")],
)
def test_the_kind_of_a_provider_is_a_number_or_a_word_of_it(
    ap: Program, typed: str, kind: str
) -> None:
    xlsx_of(ap.folder / "a.xlsx", HEADS, ROWS[0])
    terminal = begin(ap, "a.xlsx")
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "a")
    terminal.answers("Choose a number from 1 to 13, or type a word of one.", "o")
    terminal.answers("or type a word of one.", typed)
    terminal.answers("without it)", "off")
    terminal.sees(f"New provider: Juniper Works ({kind})")
    terminal.presses("\x03")
    assert terminal.ends() == 130
