"""Sites, marks, the overlay and drafts with one impossible value: named, gone round, mended."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect

from ..conftest import Program
from .test_damage import damage

AMEND = "`ap attendance amend PL-0001 2026-02-24 am CODE --reason TEXT`"
TAKE_OUT = "`ap attendance amend PL-0001 M-0001 am - --reason TEXT`"


@pytest.fixture
def marked(placed: Program) -> Program:
    placed.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    placed.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    return placed


@pytest.mark.parametrize(
    ("change", "wrong", "typed"),
    [
        ("kind = 'circus'", "has a damaged site 1: type it again as “1: ADDRESS”", "1: Far Field"),
        ("address = x'ff'", "has a damaged site 1: type it again as “1: ADDRESS”", "1: Far Field"),
        ("number = 'x'", "has a site without a number: type it again", "Far Field"),
    ],
)
def test_a_damaged_site_is_named_with_its_provider_and_an_address_mends_it(
    placed: Program, change: str, wrong: str, typed: str
) -> None:
    placed.ok("provider", "add", "Larkfield Sample", "--kind", "academy")
    damage(placed, f"site SET {change}")
    found = placed("provider", "list", "--json")
    assert found.code == 5 and [row["ref"] for row in found.data] == ["PR-0002"]
    assert found.err.startswith("PR-0001 cannot be read: the answer to ") and wrong in found.err
    assert "correct it with `ap provider edit PR-0001 --address ADDRESS`" in found.err
    placed.ok("provider", "edit", "PR-0001", "--name", "Hollow Oak Sample")
    assert placed("provider", "list").code == 5, "what was not corrected stays as it is"
    placed.ok("provider", "edit", "PR-0001", "--address", typed)
    assert placed("provider", "list").code == 0
    rows = connect(placed.store).execute("SELECT number, address, kind FROM site").fetchall()
    assert rows == [(1, "Far Field", "main")]


def test_of_two_damaged_sites_the_one_that_is_not_typed_again_stays_and_is_named(
    placed: Program,
) -> None:
    placed.ok("provider", "edit", "PR-0001", "--address", "2 Sample Way")
    damage(placed, "site SET kind = 'circus'")
    done = placed.ok("provider", "edit", "PR-0001", "--address", "1: Far Field")
    assert "has a damaged site 2" in done.err
    rows = connect(placed.store).execute("SELECT address, kind FROM site").fetchall()
    assert rows == [("Far Field", "main"), ("2 Sample Way", "circus")]


@pytest.mark.parametrize(
    ("change", "said", "amended"),
    [
        ("code = 'ZZ'", "its code is none of the register; correct it with " + AMEND, "I"),
        ("code = x'ff'", "its code is none of the register; correct it with " + AMEND, "I"),
        ("who = CAST(x'ff' AS TEXT)", "its words are not text; correct it with " + AMEND, "B"),
        ("day = 'soon'", "its session is none; take it out with " + TAKE_OUT, ""),
        ("half = 3", "its session is none; take it out with " + TAKE_OUT, ""),
    ],
)
def test_a_damaged_mark_is_named_beside_all_others_and_amend_mends_it(
    marked: Program, change: str, said: str, amended: str
) -> None:
    damage(marked, f"mark SET {change} WHERE id = 1")
    for command in ("attendance show PL-0001", "timeline PL-0001", "export attendance"):
        found = marked(*command.split(), "--json")
        assert found.code == 5 and said in found.err and found.data, command
    assert "2026-02-25" in marked("attendance", "show", "PL-0001", "--json").out
    session = ("2026-02-24", "am", amended) if amended else ("M-0001", "am", "-")
    marked.ok("attendance", "amend", "PL-0001", *session, "--reason", "it was damaged")
    assert marked("attendance", "show", "PL-0001").code == 0
    assert not marked.json("check", "--rule", "AP906")


def test_only_a_mark_without_a_session_is_taken_out_by_its_number(marked: Program) -> None:
    amend = ["attendance", "amend", "PL-0001"]
    found = marked(*amend, "M-0001", "am", "-", "--reason", "x")
    assert found.code == 2 and "M-0001 is no mark of PL-0001 without a session" in found.err
    damage(marked, "mark SET day = 'soon' WHERE id = 1")
    found = marked(*amend, "M-0001", "am", "B", "--reason", "x")
    assert found.code == 2 and "a mark without a day is taken out" in found.err
    marked.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")


def test_an_overlay_that_cannot_be_read_is_named_and_another_takes_its_place(
    placed: Program,
) -> None:
    store = connect(placed.store)
    store.execute("INSERT INTO overlay (id, text, made) VALUES (1, 'x', '{')")
    found = placed("county", "show", "--json")
    assert found.code == 5 and found.data[0]["name"] == "Leicestershire"
    assert "put yours in again with `ap county set FILE`" in found.err
    (placed.folder / "own.toml").write_text('name = "Testshire"\n', "utf-8")
    placed.ok("county", "set", "own.toml")
    assert placed.json("county", "show")[0]["name"] == "Testshire"


def test_a_draft_with_an_impossible_answer_is_listed_and_can_be_deleted(placed: Program) -> None:
    store = connect(placed.store)
    store.execute(
        "INSERT INTO draft (id, form, answers, who, at) VALUES"
        " (1, 'placement new', '{\"hours\": {\"a\": 3}}', 'x', '2026-01-01T00:00:00+00:00'),"
        " (2, 'pupil add', '{\"name\": \"Test Pupil\"}', 'x', '2026-01-01T00:00:00+00:00')"
    )
    assert [row["ref"] for row in placed.json("draft", "list")] == ["D-0001", "D-0002"]
    found = placed("draft", "resume", "D-0001")
    assert found.code == 2 and "--hours: it takes one answer" in found.err
    assert "or delete the draft: ap draft drop D-0001" in found.err
    placed.ok("draft", "drop", "D-0001")
    assert [row["ref"] for row in placed.json("draft", "list")] == ["D-0002"]
