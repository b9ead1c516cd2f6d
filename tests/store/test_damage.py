"""A store that was edited by hand: what is impossible is named with its record, and everything else is checked."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect

from ..conftest import COMPLETE, Program, assert_answered_or_named

DEEP = "replace(hex(zeroblob(2000)), '00', '{\"a\":') || '1' || replace(hex(zeroblob(2000)), '00', '}')"


@pytest.fixture
def full(placed: Program) -> Program:
    placed.ok("record", "visit", "PL-0001", "--day", "2026-01-12", "--breadth", "--by", "A. Tester")
    placed.ok("record", "notice", "PL-0001", "--day", "2026-01-02", "--to", "parent", "--address")
    placed.ok("record", "request", "PL-0001", "--day", "2026-02-02", "--asked-by", "parent")
    placed.ok("placement", "edit", "PL-0001", "--route-safe", "--site", "1", "--cost", "300")
    placed.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    placed.ok("pupil", "add", "Test Pupil Two", "--born", "2011-05-05")
    args = [
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0001",
        "--route",
        "section-19",
        "--starts",
        "2026-02-02",
        "--hours",
        "12",
    ]
    placed.ok("placement", "new", *args)
    return placed


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE placement SET route_safe = 'no' WHERE id = 1", "PL-0001"),
        ("UPDATE placement SET never_started = 'abc' WHERE id = 1", "PL-0001"),
        ("UPDATE provider SET follows_partnership = 2", "PR-0001"),
        ("UPDATE placement SET code = CAST(x'41ff42' AS TEXT) WHERE id = 1", "PL-0001"),
        ("UPDATE pupil SET name = CAST(x'54ff' AS TEXT) WHERE id = 1", "P-0001"),
        ("UPDATE week SET tier = CAST(x'ff' AS TEXT) WHERE placement = 1", "PL-0001"),
        ("UPDATE entry SET note = CAST(x'ff' AS TEXT) WHERE kind = 'visit'", "PL-0001"),
        ("UPDATE entry SET who = CAST(x'ff' AS TEXT) WHERE kind = 'visit'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.breadth', 'no') WHERE kind = 'visit'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.breadth', 1) WHERE kind = 'visit'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.day', '') WHERE kind = 'request'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.id', 7) WHERE kind = 'notice'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.by', 'x') WHERE kind = 'notice'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.given_to', 'parent') WHERE kind = 'notice'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.given_to', json('[\"nobody\"]')) WHERE kind = 'notice'", "PL-0001"),
        ("UPDATE entry SET details = json_set(details, '$.purpose', json('[1]')) WHERE kind = 'visit'", "PL-0001"),
        pytest.param(f"UPDATE entry SET details = {DEEP} WHERE kind = 'visit'", "PL-0001",
                     marks=pytest.mark.plain_store("the database of encrypted files refuses it")),
        (f"UPDATE placement SET not_known = {DEEP} WHERE id = 1", "PL-0001"),
        (f"UPDATE provider SET not_known = {DEEP} WHERE id = 1", "PR-0001"),
        ("UPDATE mark SET reason = CAST(x'ff41' AS TEXT)", "PL-0001"),
        ("UPDATE mark SET code = CAST(x'ff41' AS TEXT)", "PL-0001"),
        ("UPDATE week SET at_provider = CAST(x'ff41' AS TEXT) WHERE placement = 1", "PL-0001"),
        ("INSERT INTO term (calendar, name, first, last) VALUES ('x', CAST(x'ff' AS TEXT), '2026-01-06', '2026-02-13')", "terms"),
    ],
)  # fmt: skip
def test_what_no_record_can_hold_is_named_and_all_others_are_checked(
    full: Program, statement: str, named: str
) -> None:
    connect(full.store).execute(statement)
    found = full("check", "--json")
    assert found.code == 1
    subjects = {row["subject"] for row in found.data}
    assert named in {
        row["subject"] for row in found.data if row["rule"] == "AP906"
    } and subjects - {named}
    alone = full("check", "--rule", "AP906", "--json").data
    assert alone == [row for row in found.data if row["rule"] == "AP906"]
    for command in (
        ["check"],
        ["check", "--why", "--json"],
        ["check", "--all", "--json"],
        ["check", "PL-0002"],
    ):
        assert full(*command).code == 1, command
    for command in (["status"], ["reviews", "due"]):
        assert_answered_or_named(full(*command))


def test_the_words_of_a_cell_that_cannot_be_read_are_not_told(full: Program) -> None:
    connect(full.store).execute("UPDATE pupil SET name = CAST(x'54657374ff' AS TEXT)")
    found = full("pupil", "list")
    assert (
        found.code == 5
        and "Test" not in found.err
        and "ap pupil edit P-0001 --name TEXT" in found.err
    )
    assert found.out == "no pupil that can be read is in this list\n"


def test_every_placement_is_told_of_once_where_one_text_cannot_be_read(full: Program) -> None:
    connect(full.store).execute("UPDATE placement SET code = CAST(x'ff' AS TEXT) WHERE id = 2")
    rows = [(row["subject"], row["rule"]) for row in full.json("check")]
    assert len(rows) == len(set(rows)) and {"PL-0001", "PL-0002", "PR-0001"} <= {
        subject for subject, _ in rows
    }


@pytest.mark.parametrize(
    "damage", ["name = CAST(x'ff' AS TEXT)", "last = '2026-10-32'", "calendar = x'41'"]
)
def test_an_import_takes_the_place_of_half_terms_that_cannot_be_read(
    full: Program, damage: str
) -> None:
    lines = "calendar,name,first,last\nTestshire,autumn {0} 2026,2026-{1}-01,2026-{2}-20\n"
    (full.folder / "one.csv").write_text(lines.format(1, "09", "10"), "utf-8")
    full.ok("terms", "import", "one.csv")
    connect(full.store).execute(f"UPDATE term SET {damage}")
    assert full.json("check", "--rule", "AP906")
    (full.folder / "two.csv").write_text(lines.format(2, "11", "12"), "utf-8")
    full.ok("terms", "import", "two.csv")
    assert not full.json("check", "--rule", "AP906") and full("terms", "list").code == 0


def test_what_a_damaged_record_is_named_by_is_the_record_itself(full: Program) -> None:
    connect(full.store).execute("UPDATE pupil SET born = 'soon' WHERE id = 1")
    remedies = {row["subject"]: row["remedy"] for row in full.json("check", "--rule", "AP906")}
    assert set(remedies) == {"PL-0001", "P-0001"} and all(
        "the log of P-0001 has it" in remedy for remedy in remedies.values()
    )


def test_the_day_of_a_concern_stands_where_the_pupil_cannot_be_read(full: Program) -> None:
    full.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-02-13", "--no-input")
    full.ok("record", "concern", "PL-0001", "--day", "2026-03-02", "--what", "x")
    full.ok("record", "request", "PL-0001", "--day", "2026-02-27", "--asked-by", "local-authority")
    connect(full.store).execute("UPDATE pupil SET medical = x'41' WHERE id = 1")
    found = full("reviews", "due", "--json")
    assert found.code == 5 and [
        row["due"] for row in found.data if row["placement"] == "PL-0001"
    ] == ["2026-03-03"]


def test_a_site_without_an_address_is_no_site(full: Program) -> None:
    assert full.json("check", "PL-0001", "--rule", "AP305", "--show", "all")[0]["answer"] == "met"
    connect(full.store, foreign_keys=False).execute("DELETE FROM site")
    (found,) = full.json("check", "PL-0001", "--rule", "AP305")
    assert (
        found["answer"] == "breached"
        and found["message"]
        == "the pupil attends site 1 of Hollow Oak Farm, and you do not have its address"
    )


def test_a_placement_without_a_week_cannot_be_read_and_does_not_vanish(placed: Program) -> None:
    connect(placed.store).execute("DELETE FROM week")
    assert ("PL-0001", "AP906") in {(row["subject"], row["rule"]) for row in placed.json("check")}
    for command in (["placement", "list"], ["placement", "show", "PL-0001"]):
        found = placed(*command)
        assert found.code == 5 and "PL-0001" in found.err


@pytest.mark.parametrize(
    "statement",
    ["UPDATE site SET kind = 'circus'", "UPDATE week SET weekly_minutes = 'x'", "UPDATE placement SET starts = '0001-01-01'", "UPDATE pupil SET born = '9999-12-31'",
     "UPDATE pupil SET home_school = X'ff00'", "INSERT INTO term (calendar, name, first, last) VALUES ('x', 'y', 'x', 'y')", "UPDATE placement SET review_dates = '{'"],
)  # fmt: skip
def test_an_impossible_value_is_named_without_an_unexpected_error(
    placed: Program, statement: str
) -> None:
    store = connect(placed.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute(statement)
    assert "AP906" in {row["rule"] for row in placed.json("check")}
    for command in (["reviews", "due", "--json"], ["status"], ["placement", "list"]):
        assert_answered_or_named(placed(*command))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET details = json_set(details, '$.breadth', 'no') WHERE kind = 'visit'",
        "UPDATE pupil SET born = 'soon' WHERE id = 1",
        "UPDATE provider SET follows_partnership = 2",
    ],
)
def test_no_verdict_is_calmer_because_something_cannot_be_read(
    full: Program, statement: str
) -> None:
    full.ok("record", "concern", "PL-0001", "--what", "x")
    assert full("check", "PL-0001").out.split()[:2] == ["PL-0001", "UNSAFE"]
    connect(full.store).execute(statement)
    assert full("check", "PL-0001").out.split()[:2] == ["PL-0001", "UNSAFE"]
    assert full("check").out.split()[:2] == ["PL-0001", "UNSAFE"]
    found = full.json("check", "PL-0001")
    repair = next(row for row in found if row["rule"] == "AP906")
    assert repair["urgency"] == "safety"
    assert repair["task"] == "Repair the record: it may hide a concern"
    assert full.json("todo")[0]["urgency"] == "safety"


def test_term_dates_that_cannot_be_read_hide_no_concern(full: Program) -> None:
    connect(full.store).execute(
        "INSERT INTO term (calendar, name, first, last) VALUES ('x', 'y', 'x', 'y')"
    )
    (repair,) = full.json("check", "--rule", "AP906")
    assert (repair["urgency"], repair["task"]) == ("late", "Repair the record")


DAMAGE = [
    ("pupil", "P-0001", "pupil SET born = '2010-02-31' WHERE id = 1", "--born DAY"),
    ("pupil", "P-0001", "pupil SET name = CAST(x'54ff' AS TEXT) WHERE id = 1", "--name TEXT"),
    ("pupil", "P-0001", "pupil SET ehcp = '{' WHERE id = 1", "--ehcp DAY|no"),
    ("pupil", "P-0001", "pupil SET not_known = '[]' WHERE id = 1", "--not-known QUESTION"),
    ("pupil", "P-0001", "pupil SET looked_after = 'x', born = 'x' WHERE id = 1", "--born DAY"),
    ("provider", "PR-0001", "provider SET kind = 'circus' WHERE id = 1", "--kind …"),
    ("provider", "PR-0001", "provider SET checked = 'soon' WHERE id = 1", "--checked DAY"),
    ("placement", "PL-0001", "placement SET starts = '2026-13-01' WHERE id = 1", "--starts DAY"),
    ("placement", "PL-0001", "week SET tier = '9' WHERE placement = 1", "--tier 1a|1b|2|3"),
    ("placement", "PL-0001", "week SET weekly_minutes = 'x' WHERE placement = 1", "--hours HOURS"),
    ("placement", "PL-0001", "placement SET review_dates = '3' WHERE id = 1", "--review-date"),
]
"""A table's list, the damaged record, how it is damaged, and the flag that corrects it."""


def damage(program: Program, change: str) -> None:
    """Write an impossible value straight into a store."""
    store = connect(program.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute(f"UPDATE {change}")


@pytest.mark.parametrize(("noun", "ref", "change", "flag"), DAMAGE)
def test_a_list_has_all_others_and_names_the_damaged_one_with_its_command(
    full: Program, noun: str, ref: str, change: str, flag: str
) -> None:
    full.ok("provider", "add", "Larkfield Sample", "--kind", "academy")
    before = {row["ref"] for row in full.json(noun, "list")}
    damage(full, change)
    found = full(noun, "list", "--json")
    assert found.code == 5 and {row["ref"] for row in found.data} == before - {ref}
    (named,) = [line for line in found.err.splitlines() if "cannot be read" in line]
    assert named.startswith(f"{ref} cannot be read: ")
    assert f"correct it with `ap {noun} edit {ref} " in named and flag in named


@pytest.mark.parametrize("statement", [change for _, _, change, _ in DAMAGE])
def test_no_command_that_reads_stops_at_one_damaged_record(full: Program, statement: str) -> None:
    damage(full, statement)
    commands = ["status", "todo", "digest", "log", "where --all", "reviews due"]
    for command in (*commands, "pupil list", "provider list", "placement list"):
        found = full(*command.split(), "--json")
        assert_answered_or_named(found)
        assert found.out.startswith("{"), (command, found)


MENDED = {
    "--born DAY": ("--born", "2011-03-04"),
    "--name TEXT": ("--name", "Test Pupil"),
    "--ehcp DAY|no": ("--ehcp", "2025-09-01"),
    "--not-known QUESTION": ("--not-known", "upn"),
    "--kind …": ("--kind", "non-school"),
    "--checked DAY": ("--checked", "2026-01-05"),
    "--starts DAY": ("--starts", "2026-01-05"),
    "--tier 1a|1b|2|3": ("--tier", "2"),
    "--hours HOURS": ("--hours", "12"),
    "--review-date": ("--review-date", "2026-02-13"),
}
"""What is typed to correct each of the damaged fields."""


@pytest.mark.parametrize(
    ("noun", "ref", "change", "flag"), [one for one in DAMAGE if "looked_after" not in one[2]]
)
def test_edit_mends_a_damaged_field_and_the_log_keeps_what_it_was(
    full: Program, noun: str, ref: str, change: str, flag: str
) -> None:
    damage(full, change)
    full.ok(noun, "edit", ref, *MENDED[flag])
    assert full(noun, "list").code == 0 and not full.json("check", "--rule", "AP906")
    written = change.partition(" = ")[2].partition(" WHERE")[0].strip("'")
    if not written.startswith("CAST"):
        old = connect(full.store).execute(
            "SELECT group_concat(old) FROM audit WHERE unit = (SELECT max(unit) FROM audit)"
        )
        assert written in old.fetchone()[0].replace("\\", "")
    before = connect(full.store).execute(f"SELECT * FROM {noun}").fetchall()
    found = full("undo")
    if found.code:  # the database itself refuses that value now
        assert found.code == 2 and f"correct {ref} with `ap {noun} edit {ref}` instead" in found.err
        assert connect(full.store).execute(f"SELECT * FROM {noun}").fetchall() == before
    else:
        assert full(noun, "list").code == 5


def test_a_damaged_field_that_is_not_corrected_stays_as_it_is_and_is_named(full: Program) -> None:
    damage(full, "pupil SET looked_after = 'x', born = 'x' WHERE id = 1")
    found = full("pupil", "edit", "P-0001", "--home-school", "Elm Sample")
    assert found.code == 5 and "correct it with `ap pupil edit P-0001 --born DAY`" in found.err
    found = full("pupil", "edit", "P-0001", "--born", "2011-03-04")
    assert found.code == 0 and found.out == "P-0001\n"
    assert "correct it with `ap pupil edit P-0001 --looked-after DAY|no`" in found.err
    row = (
        connect(full.store).execute("SELECT born, looked_after FROM pupil WHERE id = 1").fetchone()
    )
    assert row == ("2011-03-04", "x")
    full.ok("pupil", "edit", "P-0001", "--looked-after", "no")
    assert full("pupil", "list").code == 0


ENTRIES = [
    ("E-0001", "day = '2026-02-31'", "“What day was it?” is not a day", ["--day", "2026-01-12"]),
    (
        "E-0001",
        "details = json_set(details, '$.breadth', 'no')",
        "is neither yes nor no",
        ["--breadth"],
    ),
    (
        "E-0001",
        "details = json_set(details, '$.breadth', 3, '$.purpose', 'x')",
        "is none of its choices",
        ["--breadth", "--purpose", "quality-assurance"],
    ),
    ("E-0001", "who = CAST(x'ff' AS TEXT)", "“Who by?” is not text", ["--by", "A. Tester"]),
    ("E-0001", "note = CAST(x'ff' AS TEXT)", "is not text", ["--note", "as agreed"]),
    ("E-0001", "not_known = '[]'", "what is not yet known of it is not a list", ["--breadth"]),
    (
        "E-0001",
        "details = json_set(details, '$.bird', 1)",
        "its list of answers has one to a question that there is not",
        [],
    ),
    ("E-0001", "details = '[]'", "its list of answers is damaged", ["--breadth"]),
    (
        "E-0002",
        "details = json_set(details, '$.given_to', 'parent')",
        "“Who was it sent to?” is not a list",
        ["--to", "parent"],
    ),
    (
        "E-0002",
        "details = json_set(details, '$.given_to', json('[\"nobody\"]'))",
        "“Who was it sent to?” is none of its choices",
        ["--to", "parent"],
    ),
    (
        "E-0003",
        "details = json_remove(details, '$.asked_by')",
        "is missing",
        ["--asked-by", "parent"],
    ),
]
"""A damaged entry, how it is damaged, what is said of it, and the flags that correct it."""


def damage_entry(program: Program, ref: str, change: str) -> None:
    damage(program, f"entry SET {change} WHERE id = {int(ref[2:])}")


@pytest.mark.parametrize(("ref", "change", "said", "flags"), ENTRIES)
def test_record_edit_names_what_is_impossible_in_an_entry_and_mends_it(
    full: Program, ref: str, change: str, said: str, flags: list[str]
) -> None:
    damage_entry(full, ref, change)
    found = full("record", "edit", ref)
    assert (found.code, found.out) == (5, "")
    assert found.err.startswith(f"{ref} cannot be read: ") and said in found.err
    assert f"correct it with `ap record edit {ref} " in found.err
    full.ok("record", "edit", ref, *flags, "--reason", "it was damaged")
    assert not full.json("check", "--rule", "AP906")
    assert full("db", "check").code == 0 and full("timeline", "PL-0001").code == 0
    assert "it was damaged" in full.ok("log", ref).out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("kind = 'bird'", "its kind is none that there is"),
        ("placement = NULL", "its subject is nobody who is recorded"),
        ("day = x'ff'", "“What day was it?” is not a day"),
        ("details = '{'", "its list of answers is damaged"),
    ],
)
def test_any_damaged_entry_can_be_taken_back(full: Program, change: str, said: str) -> None:
    damage_entry(full, "E-0001", change)
    found = full("record", "edit", "E-0001", "--by", "A. Tester", "--reason", "x")
    assert (found.code == 5 and said in found.err) or change.startswith("details")
    full.ok("record", "withdraw", "E-0001", "--reason", "nobody knows what it was")
    assert not full.json("check", "--rule", "AP906")
    assert full("timeline", "PL-0001").code == 0


def test_an_answer_of_an_entry_that_is_not_corrected_stays_and_is_named(full: Program) -> None:
    damage_entry(full, "E-0001", "details = json_set(details, '$.breadth', 3, '$.purpose', 'x')")
    found = full("record", "edit", "E-0001", "--breadth", "--reason", "it was damaged")
    assert (found.code, found.out) == (0, "E-0001\n")
    assert "E-0001 cannot be read" in found.err and "--purpose " in found.err
    assert "--breadth" not in found.err.partition("cannot be read")[2]
    details = connect(full.store).execute("SELECT details FROM entry WHERE id = 1").fetchone()[0]
    assert '"purpose":"x"' in details and '"breadth":true' in details
    full.ok("record", "edit", "E-0001", "--purpose", "quality-assurance", "--reason", "as well")
    assert not full.json("check", "--rule", "AP906")


@pytest.mark.parametrize(
    "change", ["day = '2026-02-31'", "details = json_set(details, '$.breadth', 3)"]
)
def test_a_timeline_has_all_that_can_be_read_and_names_the_rest(full: Program, change: str) -> None:
    before = [row["ref"] for row in full.json("timeline", "PL-0001")]
    damage_entry(full, "E-0001", change)
    for subject in ("PL-0001", "P-0001"):
        found = full("timeline", subject, "--json")
        assert found.code == 5, "a command that reads, and something that cannot be read"
        assert {"E-0002", "E-0003"} <= {row["ref"] for row in found.data}
        assert [row["ref"] for row in found.data if row["ref"] == "E-0001"] == []
        assert found.err.startswith("E-0001 cannot be read: ")
        assert "correct it with `ap record edit E-0001 " in found.err
    assert "E-0001" in before


def test_two_damaged_entries_of_one_placement_do_not_keep_each_other_damaged(full: Program) -> None:
    damage_entry(full, "E-0001", "day = 'soon'")
    damage_entry(full, "E-0003", "day = 'soon'")
    full.ok("record", "edit", "E-0001", "--day", "2026-01-12", "--reason", "it was damaged")
    full.ok("record", "withdraw", "E-0003", "--reason", "it was damaged")
    assert not full.json("check", "--rule", "AP906")
