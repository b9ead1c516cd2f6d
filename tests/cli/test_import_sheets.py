"""`ap import` of workbooks with several sheets, in which one heading can hold several things."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from ..conftest import Program
from ..exchange.books import sheets_of

PROVIDERS = (
    ("Name", "Type", "Registered?", "URN", "Address", "Phone", "Email"),
    ("Hollow Oak Farm", "Non-school AP", "N", None, "1 Test Lane, Testford TE1 1AA", "01632 960001", None),
    ("Juniper Test School", "Independent school", "Y", "123456", "2 Test Lane, Testford TE1 1AB", None, "office@example.org"),
)  # fmt: skip
REGISTER = (
    ("Name", "DOB", "Provider", "Start", "Hours", "Route"),
    ("Test Pupil", "05/03/2011", "Hollow Oak Farm", "05/01/2026", 12, "off-site direction"),
)
LEAVERS = (
    ("Provider", "DOB", "AP", "Name"),
    ("Hollow Oak Farm", "06/03/2011", "Hollow Oak Farm", "Ada Sample"),
)


def providers(ap: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ap.json("provider", "list")
    return found


@pytest.mark.parametrize("kind", [("providers",), ()])
def test_only_the_sheets_that_are_chosen_are_judged(ap: Program, kind: tuple[str, ...]) -> None:
    twice = (("Name", "Name"), ("Test Pupil", "Ada Sample"))
    sheets_of(ap.folder / "book.xlsx", Providers=PROVIDERS, Leavers=LEAVERS, Twice=twice)
    assert ap("import", "book.xlsx", *kind, "--sheet", "Leavers").err.startswith(
        "column A and column C both look like provider: say which it is not"
    )
    assert ap("import", "book.xlsx", "pupils", "--sheet", "3").err.startswith("columns A and B")
    ran = ap.ok("import", "book.xlsx", *kind, "--sheet", "Providers", "--json")
    assert [row["outcome"] for row in ran.data] == ["new", "new"]
    first, second = providers(ap)
    assert (first["name"], first["contact_phone"]) == ("Hollow Oak Farm", "01632 960001")
    assert first["sites"][0]["address"] == "1 Test Lane, Testford TE1 1AA"
    assert (second["urn"], second["contact_email"]) == ("123456", "office@example.org")


def test_a_name_is_a_child_s_in_one_sheet_and_a_provider_s_in_another(ap: Program) -> None:
    sheets_of(ap.folder / "book.xlsx", Providers=PROVIDERS, Register=REGISTER)
    ran = ap.ok("import", "book.xlsx", "--sheet", "all")
    assert "1 pupil new, 2 providers new, 1 placement new" in ran.out
    assert [one["name"] for one in ap.json("pupil", "list", "--names")] == ["Test Pupil"]
    assert len(providers(ap)[0]["sites"]) == 1


def test_a_column_of_one_sheet_alone_can_be_told(ap: Program) -> None:
    sheets_of(ap.folder / "book.xlsx", Providers=PROVIDERS, Register=REGISTER)
    ran = ap("import", "book.xlsx", "--sheet", "all", "--map", "providers!phone=-")
    assert ran.code == 0 and "not read: column F (Phone)" in ran.err
    assert providers(ap)[0]["contact_phone"] is None and len(ap.json("pupil", "list")) == 1
    assert ap("import", "book.xlsx", "--sheet", "all", "--map", "Provider!Phone=-").code == 2


def test_what_is_told_of_sheets_is_kept_under_a_name(ap: Program) -> None:
    sheets_of(ap.folder / "book.xlsx", Providers=PROVIDERS, Register=REGISTER)
    called = ("import", "book.xlsx", "--sheet", "all", "--mapping", "book")
    ap.ok(*called, "--map", "Providers!Phone=-")
    again = ap.ok(*called, "--json")
    assert [row["outcome"] for row in again.data] == ["same"] * 3
    assert providers(ap)[0]["contact_phone"] is None


def test_wrong_rows_of_sheets_with_one_heading_come_back_as_what_they_are(ap: Program) -> None:
    bad = (
        *REGISTER,
        ("Ada Sample", "soon", "Hollow Oak Farm", "05/01/2026", 12, "off-site direction"),
    )
    worse = (*PROVIDERS, ("Willow Test Farm", "a barn", "N", None, None, None, None))
    sheets_of(ap.folder / "book.xlsx", Providers=worse, Register=bad)
    ap.ok("import", "book.xlsx", "--sheet", "all", "--skip-wrong", "--mapping", "book")
    left = ap.folder / "book.xlsx.wrong.csv"
    lines = list(csv.reader(left.read_text("utf-8-sig").splitlines()))
    mended = [[cell.replace("a barn", "Non-school AP").replace("soon", "06/03/2011") for cell in line[:-1]] for line in lines]  # fmt: skip
    with left.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(mended)
    ap.ok("import", left.name, "--mapping", "book")
    assert [one["name"] for one in providers(ap)][2:] == ["Willow Test Farm"]
    assert [one["name"] for one in ap.json("pupil", "list", "--names")] == [
        "Test Pupil",
        "Ada Sample",
    ]


def test_a_sheet_of_providers_says_their_kinds_wherever_it_stands(ap: Program) -> None:
    sheets_of(ap.folder / "book.xlsx", Register=REGISTER, Providers=PROVIDERS)
    ran = ap.ok("import", "book.xlsx", "--sheet", "all", "--json")
    assert [(row["sheet"], row["row"]) for row in ran.data] == [(2, 2), (2, 3), (1, 2)]
    assert [one["kind"] for one in providers(ap)] == ["non-school", "independent"]
