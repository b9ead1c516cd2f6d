"""The public register of schools: providers are filled in from it, and what differs is said."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Program
from ..exchange.books import xlsx_of

COLUMNS = (
    "URN", "LA (code)", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentStatus (name)", "OpenDate", "CloseDate", "UKPRN",
    "Street", "Locality", "Address3", "Town", "Postcode", "Town",
)  # fmt: skip
EXTRACT = "edubasealldata20260202.csv"


def school(urn: int, name: str, **other: str) -> dict[str, str]:
    """A row of the register, open and independent if nothing else is said."""
    usual = {
        "URN": str(urn), "EstablishmentName": name, "TypeOfEstablishment (code)": "11",
        "TypeOfEstablishment (name)": "Other independent school",
        "EstablishmentStatus (name)": "Open", "OpenDate": "01-09-2009",
        "UKPRN": f"100{urn % 100_000:05d}", "Street": "1 Example Lane", "Town": "Testford",
        "Postcode": "LE1 1AA",
    }  # fmt: skip
    return usual | other


def extract(ap: Program, *rows: dict[str, str], name: str = EXTRACT) -> str:
    with (ap.folder / name).open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(COLUMNS)
        writer.writerows([row.get(column, "") for column in COLUMNS] for row in rows)
    return name


def facts(ap: Program, *names: str) -> list[Any]:
    from ap_cli.store.connection import connect

    columns = ", ".join(names)
    return list(connect(ap.store).execute(f"SELECT {columns} FROM provider ORDER BY id").fetchone())


def add(ap: Program, name: str, *answers: str, kind: str = "independent") -> None:
    ap.ok("provider", "add", name, "--kind", kind, *answers)


def test_what_is_missing_is_filled_in_and_a_second_time_changes_nothing(ap: Program) -> None:
    add(ap, "Zoë Example School", "--urn", "100077")
    file = extract(ap, school(100076, "Another"), school(100077, "Zoë Example School"))
    found = ap.ok("import", file, "gias")
    assert found.out == (
        "PR-0001  Zoë Example School: registered since 1 September 2009, UKPRN 10000077,"
        " the register says open, address 1: 1 Example Lane, Testford, LE1 1AA\n"
    )
    assert found.err == "1 of 1 provider found in the register of 2 February 2026, 1 changed\n"
    assert facts(ap, "urn", "ukprn", "checked", "checked_where", "register_says") == [
        "100077", "10000077", "2026-02-02", "GIAS", "open",
    ]  # fmt: skip
    again = ap.ok("import", file, "gias")
    assert again.out == "" and "0 changed" in again.err
    ap.ok("undo")
    assert facts(ap, "urn", "ukprn", "checked") == ["100077", None, None]


def test_a_dry_run_says_the_same_and_keeps_nothing(ap: Program) -> None:
    add(ap, "Example School", "--urn", "100077")
    file = extract(ap, school(100077, "Example School"))
    found = ap.ok("import", file, "gias", "--dry-run")
    assert "UKPRN 10000077" in found.out and "nothing kept" in found.err
    assert facts(ap, "ukprn") == [None]


@pytest.mark.parametrize(
    ("answers", "is_found"),
    [
        (("--ukprn", "10000077"), True),
        (("--address", "Unit 2, Testford le11aa"), True),
        (("--address", "Unit 2, Testford LE1 1AB"), False),
        ((), False),
    ],
    ids=["UKPRN", "name and postcode", "another postcode", "name alone"],
)
def test_a_provider_is_found_by_ukprn_or_name_and_postcode_and_not_by_name_alone(
    ap: Program, answers: tuple[str, ...], is_found: bool
) -> None:
    add(ap, "The Example School Ltd", *answers)
    found = ap.ok("import", extract(ap, school(100077, "Example School")), "gias")
    assert facts(ap, "urn") == ["100077" if is_found else None]
    proposed = "it may be URN 100077, 1 Example Lane, Testford, LE1 1AA"
    assert (proposed in found.out) is not is_found


def test_of_two_entries_with_one_name_and_postcode_the_open_one_counts(ap: Program) -> None:
    add(ap, "Example School", "--address", "1 Example Lane, LE1 1AA")
    closed = school(100077, "Example School", **{"EstablishmentStatus (name)": "Closed"})
    ap.ok("import", extract(ap, closed, school(100078, "Example School")), "gias")
    assert facts(ap, "urn") == ["100078"]


def test_two_open_entries_with_one_name_and_postcode_are_not_guessed_at(ap: Program) -> None:
    add(ap, "Example School", "--address", "1 Example Lane, LE1 1AA")
    rows = (school(100077, "Example School"), school(100078, "Example School"))
    found = ap.ok("import", extract(ap, *rows), "gias")
    assert facts(ap, "urn") == [None] and found.out.count("it may be URN") == 2


def test_a_new_name_and_a_closing_are_said_and_kept_only_when_agreed(ap: Program) -> None:
    add(ap, "Old Name", "--urn", "100077", "--checked", "2026-01-05", "--where", "GIAS",
        "--register-says", "open", "--ukprn", "10000077", "--address", "1 Example Lane, LE1 1AA")  # fmt: skip
    gone = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-12-2025"}
    file = extract(ap, school(100077, "New Name", **gone))
    found = ap.ok("import", file, "gias")
    assert found.out.splitlines() == [
        "PR-0001  Old Name: renamed: the register calls it New Name",
        "PR-0001  Old Name: closed on 31 December 2025, says the register",
    ]
    assert "1 differs: --yes takes over name and status" in found.err
    assert facts(ap, "name", "register_says") == ["Old Name", "open"]
    ap.ok("import", file, "gias", "--yes")
    assert facts(ap, "name", "register_says", "checked") == ["New Name", "closed", "2026-02-02"]


@pytest.mark.parametrize(("checked", "says"), [("2026-02-01", "open"), ("2026-02-02", None)])
def test_an_extract_that_is_older_than_the_last_look_changes_no_status(
    ap: Program, checked: str, says: str | None
) -> None:
    add(ap, "Example School", "--urn", "100077", "--checked", checked, "--where", "a call")
    ap.ok("import", extract(ap, school(100077, "Example School")), "gias", "--yes")
    assert facts(ap, "register_says") == [says]


def test_a_move_another_number_and_a_school_that_is_none_on_record_are_said(ap: Program) -> None:
    add(ap, "Example School", "--urn", "100077", "--ukprn", "10000099", "--address", "Far, LE9 9AA",
        kind="non-school")  # fmt: skip
    out = ap.ok("import", extract(ap, school(100077, "Example School")), "gias", "--yes").out
    assert "moved? The register has it at 1 Example Lane, Testford, LE1 1AA" in out
    assert "its UKPRN is 10000077 in the register, and 10000099 on record" in out
    assert (
        "its type is “Other independent school” in the register, and its kind non-school on record"
        in out
    )
    assert facts(ap, "ukprn", "kind") == ["10000099", "non-school"]


def test_a_urn_that_is_not_in_the_extract_is_said(ap: Program) -> None:
    add(ap, "Example School", "--urn", "100077")
    found = ap.ok("import", extract(ap, school(100099, "Other")), "gias")
    assert found.out == "PR-0001  Example School: its URN 100077 is not in this file\n"


def test_columns_may_be_missing_and_come_from_a_workbook(ap: Program) -> None:
    add(ap, "Example School", "--urn", "100077")
    xlsx_of(ap.folder / "gias.xlsx", ("URN", "EstablishmentName", "EstablishmentStatus (name)"),
            (100077, "Example School", "Open, but proposed to close"))  # fmt: skip
    ap.ok("import", "gias.xlsx", "gias")
    assert facts(ap, "register_says") == ["open-but-proposed-to-close"]


@pytest.mark.parametrize("content", ["URN,Name\n1,2\n", "", "%PDF-1.7\n", "URN\n\0"])
def test_what_is_no_extract_is_refused_in_one_sentence(ap: Program, content: str) -> None:
    add(ap, "Example School", "--urn", "100077")
    (ap.folder / "x.csv").write_text(content)
    refused = ap("import", "x.csv", "gias")
    assert refused.code == 2 and refused.out == "" and len(refused.err.splitlines()) == 1


def test_hostile_text_of_the_register_is_neither_shown_nor_kept(ap: Program) -> None:
    add(ap, "Example School", "--urn", "100077")
    row = school(100077, "\x1b[2JNew", Street="\x07=cmd|'x'", **{"UKPRN": "<script>"})
    found = ap.ok("import", extract(ap, row), "gias", "--yes")
    assert "\x1b" not in found.out and "\x07" not in found.out
    assert facts(ap, "name", "ukprn") == ["Example School", None]


def test_fifty_thousand_rows_take_seconds(ap: Program) -> None:
    add(ap, "Example School 49999", "--urn", "149999")
    rows = [school(100_000 + number, f"Example School {number}") for number in range(50_000)]
    file = extract(ap, *rows)
    began = time.perf_counter()
    assert "1 of 1 provider found" in ap.ok("import", file, "gias").err
    assert time.perf_counter() - began < 30


def test_attendance_and_terms_come_through_the_same_door(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--upn", "B801200005001")
    marks: Path = placed.folder / "marks.csv"
    marks.write_text("UPN,24/02/2026 AM\nB801200005001,B\n")
    assert placed.ok("import", "marks.csv", "attendance").out.startswith("1 mark added")
    marks.write_text("Date,AM\n25/02/2026,B\n")
    named = placed.ok("import", "marks.csv", "attendance", "--placement", "PL-0001")
    assert named.out.startswith("1 mark added")
    (placed.folder / "t.csv").write_text("Term,Start,End\nAutumn 1,1/9/2026,23/10/2026\n")
    placed.ok("import", "t.csv", "terms", "--calendar", "Testshire")
    listed = placed.json("terms", "list")
    assert [row["first"] for row in listed if row["calendar"] == "Testshire"] == ["2026-09-01"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("10", "independent"), ("14", "pru"), ("38", "ap-academy"), ("42", "ap-academy"),
     ("7", "special"), ("44", "special"), ("18", "fe-college"), ("49", "online")],
)  # fmt: skip
def test_a_type_that_is_another_kind_is_said_with_the_command_that_corrects_it(
    ap: Program, code: str, kind: str
) -> None:
    add(ap, "Example School", "--urn", "100077", kind="academy")
    file = extract(ap, school(100077, "Example School", **{"TypeOfEstablishment (code)": code}))
    assert f"ap provider edit PR-0001 --kind {kind}" in ap.ok("import", file, "gias").out
    ap.ok("provider", "edit", "PR-0001", "--kind", kind)
    assert "its type is" not in ap.ok("import", file, "gias").out


@pytest.mark.parametrize(("code", "kind"), [("07", "hospital"), ("14", "own-site"), ("01", "pru")])
def test_a_type_that_does_not_tell_a_kind_contradicts_none(
    ap: Program, code: str, kind: str
) -> None:
    add(ap, "Example School", "--urn", "100077", kind=kind)
    file = extract(ap, school(100077, "Example School", **{"TypeOfEstablishment (code)": code}))
    assert "its type is" not in ap.ok("import", file, "gias").out


STATUS, TYPE, TYPE_NAME = COLUMNS[5], COLUMNS[3], COLUMNS[4]


def add_from(ap: Program, file: str, urn: str, *more: str) -> Any:
    return ap("provider", "add", "--from-gias", file, "--urn", urn, *more)


def test_a_provider_is_added_whole_from_the_register_by_its_urn(ap: Program) -> None:
    file = extract(ap, school(100076, "Another"), school(100077, "Zoë Example School"))
    added = add_from(ap, file, "100077")
    assert (added.code, added.out) == (0, "PR-0001\n")
    assert added.err.startswith(
        "the register of 2 February 2026 has it as Zoë Example School, 1 Example Lane, Testford,"
        " LE1 1AA\n"
    )
    (row,) = ap.json("provider", "show", "PR-0001")
    assert (row["name"], row["kind"]) == ("Zoë Example School", "independent")
    assert row["registered"] == [{"began": "2009-09-01", "ended": None}]
    assert [site["address"] for site in row["sites"]] == ["1 Example Lane, Testford, LE1 1AA"]
    assert facts(ap, "urn", "ukprn", "checked", "checked_where", "register_says") == [
        "100077", "10000077", "2026-02-02", "GIAS", "open",
    ]  # fmt: skip
    again = ap.ok("import", file, "gias")
    assert again.out == "" and "0 changed" in again.err, "nothing is left to fill in or to say"


def test_what_is_typed_beats_what_the_register_says_of_a_new_provider(ap: Program) -> None:
    file = extract(ap, school(100077, "Example School", **{TYPE: "07"}))
    typed = ("The Hospital School", "--kind", "hospital", "--contact", "C. Sample")
    assert add_from(ap, file, "100 077", *typed).code == 0
    (row,) = ap.json("provider", "show", "PR-0001")
    assert [row["name"], row["kind"], row["contact"]] == [typed[0], "hospital", "C. Sample"]
    assert facts(ap, "urn", "ukprn") == ["100077", "10000077"]


def test_a_kind_that_the_register_does_not_tell_is_needed_without_a_terminal(ap: Program) -> None:
    file = extract(ap, school(100077, "Example", **{TYPE: "01", TYPE_NAME: "Community school"}))
    refused = add_from(ap, file, "100077")
    assert (refused.code, refused.out) == (4, "")
    assert refused.err == (
        "still needed: --kind, which its type in the register, “Community school”, does not tell\n"
    )
    assert ap.json("provider", "list") == []
    assert add_from(ap, file, "100077", "--kind", "maintained-school").code == 0
    assert ap.json("provider", "list")[0]["kind"] == "maintained-school"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("Closed", "closed on 31 December 2025, says the register of 2 February 2026"),
        ("Proposed to open", "is not open, says the register of 2 February 2026"),
    ],
)
def test_a_school_that_is_not_open_is_not_added_from_the_register(
    ap: Program, status: str, said: str
) -> None:
    row = school(100077, "Example School", **{STATUS: status, "CloseDate": "31-12-2025"})
    refused = add_from(ap, extract(ap, row), "100077")
    assert (refused.code, refused.out) == (2, "") and len(refused.err.splitlines()) == 1
    assert refused.err.startswith(f"Example School {said}: check the URN")
    assert ap.json("provider", "list") == []


def test_a_school_that_is_to_close_is_added_from_the_register_and_that_is_said(ap: Program) -> None:
    row = school(100077, "Example School", **{STATUS: "Open, but proposed to close"})
    added = add_from(ap, extract(ap, row), "100077")
    assert added.code == 0 and "LE1 1AA; it is open, but proposed to close\n" in added.err
    assert facts(ap, "register_says") == ["open-but-proposed-to-close"]


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("--urn", "100099"), 2, "that URN is not in the register of 2 February 2026"),
        (("--urn", "12"), 2, "--urn: a URN is six digits"),
        ((), 4, "still needed: --urn, which --from-gias looks up"),
    ],
    ids=["unknown", "no URN", "none"],
)
def test_a_urn_that_cannot_be_looked_up_is_said_in_one_sentence(
    ap: Program, typed: tuple[str, ...], code: int, said: str
) -> None:
    file = extract(ap, school(100077, "Example School"))
    refused = ap("provider", "add", "--from-gias", file, *typed)
    assert (refused.code, refused.out) == (code, "") and len(refused.err.splitlines()) == 1
    assert refused.err.startswith(said) and "100099" not in refused.err


def test_a_urn_that_a_provider_has_already_is_not_added_a_second_time(ap: Program) -> None:
    add(ap, "Test Barn", kind="non-school")
    add(ap, "Old Name", "--urn", "100077")
    file = extract(ap, school(100077, "Example School"), school(100078, "Example School Two"))
    refused = add_from(ap, file, "100077", "--another")
    assert refused.code == 2 and refused.err == (
        "PR-0002 has that URN already: ap import FILE gias fills in what it lacks\n"
    )
    assert add_from(ap, file, "100078").out == "PR-0003\n"


def test_what_cannot_be_stored_of_a_new_provider_is_left_out(ap: Program) -> None:
    row = school(100077, "\x1b[2JNew", Street="12: Example Lane", **{"UKPRN": "<script>"})
    refused = add_from(ap, extract(ap, row), "100077")
    assert refused.code == 4 and refused.err == "still needed: --name\n"
    added = add_from(ap, extract(ap, row), "100077", "New")
    assert added.code == 0 and "\x1b" not in added.err
    (shown,) = ap.json("provider", "show", "PR-0001")
    assert (shown["name"], shown["sites"], shown["ukprn"]) == ("New", None, None)


def test_what_is_no_extract_adds_no_provider(ap: Program) -> None:
    (ap.folder / "x.csv").write_text("URN,Name\n100077,Example School\n")
    for file in ("x.csv", "none.csv"):
        refused = add_from(ap, file, "100077", "--kind", "pru")
        assert refused.code == 2 and len(refused.err.splitlines()) == 1, file
    assert ap.json("provider", "list") == []
