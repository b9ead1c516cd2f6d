"""`ap import` in a terminal: the columns of several sheets, and what a changed one says of others."""

from __future__ import annotations

from ..cli.test_import_sheets import LEAVERS, PROVIDERS, REGISTER
from ..conftest import POSIX, Program
from ..exchange.books import sheets_of, xlsx_of
from .terminal import Terminal

pytestmark = POSIX


def test_the_columns_of_the_chosen_sheet_alone_are_shown(ap: Program) -> None:
    sheets_of(ap.folder / "book.xlsx", Leavers=LEAVERS, Providers=PROVIDERS)
    terminal = Terminal(ap, "import", "book.xlsx", rows=24)
    terminal.answers("Which of them? Numbers, or all", "2")
    terminal.sees("1 Name provider Hollow Oak Farm, Juniper")
    terminal.sees("7 Email")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "")
    assert terminal.ends() == 0
    again = Terminal(ap, "import", "book.xlsx", "--sheet", "Providers", rows=24)
    again.sees("The columns are read as kept under “list”")
    again.sees("2 rows: 2 same")
    assert again.ends() == 0


def test_a_heading_that_holds_something_else_in_another_sheet_is_shown_for_each(
    ap: Program,
) -> None:
    sheets_of(ap.folder / "book.xlsx", Providers=PROVIDERS, Register=REGISTER)
    terminal = Terminal(ap, "import", "book.xlsx", rows=30)
    terminal.answers("Which of them? Numbers, or all", "")
    terminal.sees("Providers: Name provider")
    terminal.sees("Register: Name pupil's name Test Pupil")
    terminal.answers("A number to change it", "")
    terminal.answers("are these the home schools", "n")
    terminal.answers("Import the 3 rows?", "y")
    terminal.answers("Keep these answers", "")
    terminal.sees("1 pupil new, 2 providers new, 1 placement new: imported")
    assert terminal.ends() == 0


def test_a_changed_column_says_what_others_hold(ap: Program) -> None:
    heads, row = ("Name", "Address", "Phone"), ("Test Farm", "1 Test Lane, TE1 1AA", "01632 960001")
    sheets_of(ap.folder / "a.xlsx", List=(heads, row))
    terminal = Terminal(ap, "import", "a.xlsx", rows=24)
    terminal.sees("1 Name pupil's name Test Farm")
    terminal.sees("Not read: 2 Address, 3 Phone")
    terminal.answers("A number to change it", "1")
    terminal.answers("What does “Name” hold?", "provider.name")
    terminal.sees("2 Address")
    terminal.sees("provider's sites 1 Test Lane")
    terminal.answers("A number to change it", "")
    terminal.answers("What kind of provider is it?", "non-school AP")
    terminal.answers("Import the 1 row?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    (farm,) = ap.json("provider", "list")
    assert (farm["sites"][0]["address"], farm["contact_phone"]) == (row[1], row[2])


def test_answers_of_an_import_that_was_refused_are_used_only_if_the_call_names_them(
    ap: Program,
) -> None:
    xlsx_of(ap.folder / "a.xlsx", *PROVIDERS)
    terminal = Terminal(ap, "import", "a.xlsx", rows=24)
    terminal.answers("A number to change it", "5")
    terminal.answers("What does “Address” hold?", "-")
    terminal.answers("A number to change it", "")
    terminal.answers("Import the 2 rows?", "n")
    terminal.sees("your answers are kept as “list”")
    terminal.ends()
    again = Terminal(ap, "import", "a.xlsx", rows=24)
    again.sees("5 Address")
    again.answers("A number to change it", "")
    again.answers("Import the 2 rows?", "n")
    again.sees("your answers are kept as “list”")
    again.ends()
    ap.ok("import", "a.xlsx", "--mapping", "list", "--map", "Address=-")
    ap.ok("undo", "--yes")
    kept = Terminal(ap, "import", "a.xlsx", rows=24)
    kept.sees("The columns are read as kept under “list”")
    kept.sees("Not read: column E (Address)")
    kept.answers("Import the 2 rows?", "n")
    kept.sees("your answers are kept as “list”")
    kept.ends()
    assert all(not one["sites"] for one in ap.json("provider", "list"))


def test_what_was_kept_for_empty_cells_and_is_not_used_is_said(ap: Program) -> None:
    heads = ("Name", "DOB")
    xlsx_of(ap.folder / "a.xlsx", heads, ("Test Pupil", "05/03/2011"))
    fill = ("--fill", "home_school=Elm Test Academy")
    ap.ok("import", "a.xlsx", "--mapping", "elm", *fill)
    xlsx_of(ap.folder / "b.xlsx", heads, ("Ada Sample", "06/03/2011"))
    terminal = Terminal(ap, "import", "b.xlsx", rows=24)
    terminal.sees("Not used of “elm”: pupil's home school “Elm Test Academy” in empty cells.")
    terminal.sees("--mapping elm uses it.")
    terminal.answers("Import the 1 row?", "n")
    terminal.ends()
    named = Terminal(ap, "import", "b.xlsx", "--mapping", "elm", rows=24)
    named.sees("empty cells are read as pupil.home_school=Elm Test Academy")
    named.answers("Import the 1 row?", "y")
    assert named.ends() == 0 and "Not used" not in named.lines(40)
    assert [one["home_school"] for one in ap.json("pupil", "list")] == ["Elm Test Academy"] * 2


def test_why_offers_both_reasons(ap: Program) -> None:
    row = ("Test Pupil", "05/03/2011", "Test Farm", "05/01/2026", "moved")
    xlsx_of(ap.folder / "a.xlsx", ("Name", "DOB", "AP", "Start", "Why"), row)
    terminal = Terminal(ap, "import", "a.xlsx", rows=24)
    terminal.answers("A number to change it", "5")
    terminal.answers("What does “Why” hold?", "why")
    terminal.sees("Which of them? Its number:")
    terminal.answers("2 why it ended", "2")
    terminal.sees("5 Why why it ended moved")
    terminal.presses("\x03")
    assert terminal.ends() == 130


def test_a_second_address_of_a_provider_that_is_new_in_the_file_is_one_more(ap: Program) -> None:
    heads, farm = ("Provider", "Type", "Address"), ("Test Farm", "Non-school AP")
    addresses = ("1 Test Lane, TE1 1AA", "2 Test Lane, TE1 1AB", "1 Test Lane, TE1 1AA")
    xlsx_of(ap.folder / "a.xlsx", heads, *((*farm, address) for address in addresses))
    terminal = Terminal(ap, "import", "a.xlsx", rows=24)
    terminal.answers("A number to change it", "")
    terminal.sees("“2 Test Lane, TE1 1AB” (1 row) is no address of Test Farm yet.")
    terminal.answers("Which of these does it replace?", "new")
    terminal.answers("Import the 2 rows?", "y")
    terminal.answers("Keep these answers", "-")
    assert terminal.ends() == 0
    (one,) = ap.json("provider", "list")
    assert [site["address"] for site in one["sites"]] == list(addresses[:2])
