"""The store: whole or not at all, what it refuses, and what it keeps of every change."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.readers import fill
from ap_cli.rules.examples.builders import PLACEMENT, PROVIDER, PUPIL
from ap_cli.services import records
from ap_cli.store import schema
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.connection import HEAD, connect
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries import records as reading
from ap_cli.store.views import stale_views

from ..conftest import AP, COMPLETE, Program, assert_answered_or_named, extending
from ..migration import differences, words_of
from ..new_store import in_order

ON = date(2026, 3, 2)
AUTHOR = Author("tester", ON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ap.db"


def opened(path: Path) -> Store:
    return open_store(Address(path))


def audited(path: Path) -> list[tuple[str, str, dict[str, object], dict[str, object]]]:
    return [
        (what, subject, json.loads(old), json.loads(new))
        for what, subject, old, new in connect(path).execute(
            "SELECT what, subject, old, new FROM audit ORDER BY id"
        )
    ]


def test_the_migrations_make_the_tables_that_the_program_writes() -> None:
    assert [words_of(difference) for difference in differences()] == []


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    newest = max(file.name for file in (schema.migrations() / "versions").glob("[0-9]*.py"))
    assert newest.startswith(HEAD)


def everything(path: Path) -> tuple[set[tuple[str, ...]], dict[str, list[tuple[object, ...]]]]:
    """What a store is made of, and what it holds but for its id."""
    with closing(connect(path)) as store:
        made = store.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        tables = [name for kind, name, *_ in made if kind == "table" and name != "store"]
        statements = {(*known, in_order(statement or "")) for *known, statement in made}
        return statements, {
            table: store.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables
        }


def test_a_new_store_is_the_one_that_all_migrations_make(tmp_path: Path) -> None:
    schema.upgrade(tmp_path / "migrated.db")
    opened(tmp_path / "new.db").close()
    assert everything(tmp_path / "new.db") == everything(tmp_path / "migrated.db")


def test_a_new_store_has_the_views_of_the_program(path: Path) -> None:
    with opened(path) as store:
        assert stale_views(store.connection) == {}


@pytest.mark.parametrize(
    "answers",
    [
        PUPIL,
        PUPIL | {"ehcp": "2024-09-01", "not_known": ["looked_after"], "looked_after": None},
        {"name": "Test Pupil", "born": "2010-06-27"},
    ],
)
def test_a_pupil_comes_back_as_it_was_kept(path: Path, answers: dict[str, object]) -> None:
    kept = records.add(opened(path), fill(Pupil, answers, ON, "tester"), AUTHOR, ON)
    assert records.get(opened(path), Pupil, kept.id, ON) == kept


def test_a_provider_and_a_placement_come_back_as_they_were_kept(path: Path) -> None:
    records.add(opened(path), fill(Pupil, PUPIL, ON), AUTHOR, ON)
    provider = records.add(
        opened(path),
        fill(
            Provider, PROVIDER | {"satellite": ["9 Far Field"], "activity": ["bikes", "bread"]}, ON
        ),
        AUTHOR,
        ON,
    )
    answers = {name: value for name, value in PLACEMENT.items() if name != "commissioner"} | {
        "reason": ["health", "online"],
        "at_provider": "mon-wed",
    }
    placement = records.add(opened(path), fill(Placement, answers, ON), AUTHOR, ON)
    assert records.get(opened(path), Provider, provider.id, ON) == provider
    assert records.get(opened(path), Placement, placement.id, ON) == placement


def test_a_placement_has_the_week_that_holds_on_the_day_asked(placed: Program) -> None:
    connect(placed.store).execute(
        "INSERT INTO week (placement, since, weekly_minutes) VALUES (1, '2026-03-01', 600)"
    )
    for day, minutes in (("2025-12-01", 1140), ("2026-02-28", 1140), ("2026-03-01", 600)):
        assert (
            records.get(placed.opened(), Placement, 1, date.fromisoformat(day)).weekly_minutes
            == minutes
        )


def test_the_first_week_moves_with_the_start(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-01-05", "--hours", "12")
    assert connect(placed.store).execute("SELECT since, weekly_minutes FROM week").fetchall() == [
        ("2026-01-05", 720)
    ]


def test_every_change_is_audited_with_its_old_and_new_values(placed: Program) -> None:
    placed.ok("placement", "edit", "PL-0001", "--hours", "15", "--ends", "2026-07-10")
    changes = audited(placed.store)[-2:]
    assert {subject for _, subject, _, _ in changes} == {"PL-0001"}
    assert {"weekly_minutes": 1140} in [old for *_, old, _ in changes] and {
        "ends": "2026-07-10"
    } in [new for *_, new in changes]
    who, asof, at = (
        connect(placed.store)
        .execute("SELECT who, asof, at FROM audit ORDER BY id DESC LIMIT 1")
        .fetchone()
    )
    assert who == "tester" and asof == "2026-03-02" and at >= "2026-11"


def test_a_new_record_is_audited_under_its_own_reference(placed: Program) -> None:
    assert {subject for _, subject, _, _ in audited(placed.store)} == {
        "P-0001",
        "PR-0001",
        "PL-0001",
    }


def test_a_refused_write_changes_nothing(placed: Program) -> None:
    before = placed.store.read_bytes()
    assert (
        placed(
            "placement",
            "new",
            "--pupil",
            "P-0001",
            "--provider",
            "PR-0009",
            "--route",
            "suspension",
            "--starts",
            "today",
            "--hours",
            "3",
        ).code
        == 2
    )
    assert (
        placed(
            *extending("2026-02-01"),
        ).code
        == 2
    )
    assert placed.store.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO pupil (name) VALUES ('x')", "INSERT INTO pupil (name, born) VALUES ('', '2010-01-01')",
     "INSERT INTO placement (pupil, provider, route, starts) VALUES (9, 1, 'suspension', '2026-01-06')",
     "UPDATE placement SET ends = '2025-01-01'", "UPDATE week SET weekly_minutes = 0", "UPDATE week SET weekly_minutes = 3601", "UPDATE placement SET site = 7",
     "UPDATE placement SET end_reason = 'other'", "INSERT INTO entry (kind, day, details) VALUES ('review', '2026-01-06', '{}')",
     "INSERT INTO entry (kind, day, details, pupil, placement) VALUES ('review', '2026-01-06', '{}', 1, 1)",
     "INSERT INTO entry (kind, day, details, pupil) VALUES ('review', '2026-01-06', '{', 1)", "DELETE FROM pupil",
     "INSERT INTO site (provider, number, address, kind) VALUES (1, 1, 'x', 'main')", "INSERT INTO term (calendar, name, first, last) VALUES ('x', 'y', '2026-02-01', '2026-01-01')"],
)  # fmt: skip
def test_the_tables_refuse_what_cannot_be(placed: Program, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connect(placed.store).execute(statement)


def test_a_new_store_is_only_its_owners(ap: Program) -> None:
    store = ap.folder / "a" / "b" / "ap.db"
    ap.ok("init", AP_DB=str(store))
    if os.name == "posix":
        assert (
            stat.S_IMODE(store.stat().st_mode) == 0o600
            and stat.S_IMODE(store.parent.stat().st_mode) == 0o700
        )
    assert sorted(file.name for file in store.parent.iterdir()) == ["ap.db"]


def test_four_first_uses_at_once_all_work(ap: Program) -> None:
    def add(number: int) -> int:
        return ap("pupil", "add", f"Test Pupil {number}", "--born", f"2011-0{number}-01").code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(add, range(1, 5))) == [0, 0, 0, 0]
    assert [row["ref"] for row in ap.json("pupil", "list")] == [
        "P-0001",
        "P-0002",
        "P-0003",
        "P-0004",
    ]


def test_an_older_store_is_refused_with_the_command_that_upgrades_it(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    connect(ap.store).execute("UPDATE alembic_version SET version_num = '0000'")
    refused = ap("pupil", "list")
    assert refused.code == 5 and "ap db upgrade" in refused.err and refused.out == ""


def test_the_newest_store_needs_no_upgrade(placed: Program) -> None:
    assert "newest" in placed.ok("db", "upgrade").out and not list(placed.folder.glob("*.backup"))


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a program that is one schema newer."""
    copied = tmp_path / "migrations"
    shutil.copytree(schema.migrations(), copied)
    code = f'revision, down_revision = "9998", "{HEAD}"\n\n\ndef upgrade():\n    from alembic import op\n\n    op.execute("CREATE TABLE later (id INTEGER)")\n'
    (copied / "versions" / "9998_later.py").write_text(code)
    monkeypatch.setattr(schema, "migrations", lambda: copied)
    monkeypatch.setattr(schema, "HEAD", "9998")
    return copied


def test_a_store_is_backed_up_and_upgraded(placed: Program, newer: Path) -> None:
    found, backup = schema.upgrade_with_backup(placed.store)
    assert (
        found == HEAD
        and backup
        and connect(backup).execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    )
    store = connect(placed.store)
    assert store.execute("SELECT version_num FROM alembic_version").fetchone() == ("9998",)
    assert store.execute("SELECT count(*) FROM later").fetchone() == (0,) and store.execute(
        "SELECT count(*) FROM placement"
    ).fetchone() == (1,)


@pytest.fixture(
    params=sorted((Path(__file__).parents[1] / "data").glob("store-*.sql")),
    ids=lambda path: path.stem,
)
def older(request: pytest.FixtureRequest, ap: Program) -> Program:
    """A store as an earlier version of the program left it: the sample, made on 2 March 2026."""
    sqlite3.connect(ap.store).executescript(request.param.read_text("utf-8"))
    return ap


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_a_store_of_an_earlier_version_is_upgraded_and_answers_as_before(older: Program) -> None:
    told = older("check")
    assert told.code == 5 and "ap db upgrade" in told.err
    older.ok("db", "upgrade")
    assert stale_views(connect(older.store)) == {}
    assert {row["ref"] for row in older.json("placement", "list")} == {
        f"PL-{number:04d}" for number in range(1, 21)
    }
    due = [row["placement"] for row in older.json("reviews", "due", "--overdue") if row["due"]]
    assert sorted(due) == [f"PL-{number:04d}" for number in (2, 3, 4, 5, 10, 14, 15)]
    assert older("check", "PR-0003", "--rule", "AP201").code == 1
    (newest,) = connect(older.store).execute("SELECT max(id) FROM entry").fetchone()
    assert older.ok("record", "review", "PL-0010", *COMPLETE).out == f"E-{newest + 1:04d}\n"


def test_a_schema_that_nobody_knows_is_refused_without_a_backup(placed: Program) -> None:
    connect(placed.store).execute("UPDATE alembic_version SET version_num = '0000'")
    refused = placed("db", "upgrade")
    assert (
        refused.code == 5
        and "does not know" in refused.err
        and not list(placed.folder.glob("*.backup"))
    )


def test_a_migration_that_fails_half_way_leaves_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(path).close()
    copied = tmp_path / "migrations"
    shutil.copytree(schema.migrations(), copied)
    half = f'revision, down_revision = "9998", "{HEAD}"\n\n\ndef upgrade():\n    from alembic import op\n\n    op.execute("CREATE TABLE half (id INTEGER)")\n    op.execute("BROKEN")\n'
    (copied / "versions" / "9998_half.py").write_text(half)
    monkeypatch.setattr(schema, "migrations", lambda: copied)
    with pytest.raises(Exception, match="BROKEN"):
        schema.upgrade(path)
    store = connect(path)
    assert store.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (
        0,
    )
    assert store.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_a_newer_store_is_refused(placed: Program) -> None:
    connect(placed.store).execute("UPDATE alembic_version SET version_num = '9999'")
    before = placed.store.read_bytes()
    refused = placed("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    assert refused.code == 5 and "newer ap" in refused.err and placed.store.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"not a database at all, but long enough to be looked at as one" * 20,
        b"SQLite format 3\x00" + b"\xff" * 400,
    ],
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(ap: Program, content: bytes) -> None:
    ap.store.write_bytes(content)
    for command in (
        ["pupil", "list"],
        ["pupil", "add", "Test Pupil", "--born", "2010-06-27"],
        ["status"],
    ):
        refused = ap(*command)
        assert refused.code == 5 and len(refused.err.splitlines()) == 1 and refused.out == ""
    assert ap.store.read_bytes() == content


@pytest.mark.plain_store("begins without a store")
def test_another_programs_database_is_refused(ap: Program) -> None:
    connect(ap.store).execute("CREATE TABLE other (id INTEGER)")
    refused = ap("pupil", "list")
    assert refused.code == 5 and "not an ap file" in refused.err


def test_a_folder_that_is_a_file_is_refused(ap: Program) -> None:
    (ap.folder / "file").write_text("x")
    refused = ap("pupil", "list", AP_DB=str(ap.folder / "file" / "ap.db"))
    assert refused.code == 5 and len(refused.err.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_read_only_store_can_be_read_and_not_written(placed: Program) -> None:
    placed.store.chmod(0o444)
    placed.folder.chmod(0o555)
    before = placed.store.read_bytes()
    try:
        assert bound(placed, "pupil", "list").returncode == 0
        refused = bound(placed, "pupil", "add", "Test Pupil", "--born", "2010-06-27", "--another")
    finally:
        placed.folder.chmod(0o755)
    assert (
        refused.returncode == 5
        and "read-only" in refused.stderr
        and placed.store.read_bytes() == before
    )


@pytest.mark.plain_store("begins without a store")
@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_read_only_folder_gets_no_store(ap: Program) -> None:
    ap.folder.chmod(0o555)
    try:
        refused = bound(ap, "pupil", "list")
    finally:
        ap.folder.chmod(0o755)
    assert (
        refused.returncode == 5
        and len(refused.stderr.splitlines()) == 1
        and not list(ap.folder.iterdir())
    )


def bound(ap: Program, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs the program as one who is bound by file modes, which root is not."""
    bind = (
        ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
        if os.geteuid() == 0
        else []
    )
    return subprocess.run(
        [*bind, *AP, *args], env=ap.environment, capture_output=True, text=True, cwd="/"
    )


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE pupil SET born = 'soon' WHERE id = 1", {"PL-0001", "P-0001"}),
        ("UPDATE pupil SET ehcp = '{' WHERE id = 1", {"PL-0001", "P-0001", "PR-0001"}),
        ("UPDATE provider SET kind = 'circus' WHERE id = 1", {"PL-0001", "PR-0001"}),
        ("UPDATE placement SET route = 'by-sea' WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET starts = 'soon' WHERE id = 1", {"PL-0001", "P-0001", "PR-0001"}),
        ("UPDATE week SET at_school = 'sunday' WHERE placement = 1", {"PL-0001"}),
        ("UPDATE week SET weekly_minutes = 'many' WHERE placement = 1", {"PL-0001", "PR-0001"}),
        ("DELETE FROM week WHERE placement = 1", {"PL-0001", "PR-0001"}),
        ("UPDATE entry SET details = '{\"decided\": 7}' WHERE placement = 1", {"PL-0001"}),
        ("UPDATE entry SET kind = 'seance' WHERE placement = 1", {"E-0001"}),
        ("UPDATE entry SET day = 'soon' WHERE placement = 1", {"E-0001"}),
        ("UPDATE entry SET day = '9999-99-99' WHERE placement = 1", {"E-0001"}),
        ("UPDATE entry SET day = X'ff' WHERE placement = 1", {"E-0001"}),
        ("UPDATE entry SET placement = NULL", {"E-0001"}),
        ("UPDATE entry SET placement = 'one'", {"E-0001"}),
        ("UPDATE entry SET placement = 99", {"E-0001"}),
        ("UPDATE placement SET pupil = 99 WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET pupil = 'one' WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET pupil = X'ff' WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET provider = 99 WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET provider = 'one' WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET commissioner = 99 WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET commissioner = 'one' WHERE id = 1", {"PL-0001"}),
        ("UPDATE placement SET starts = X'ff' WHERE id = 1", {"PL-0001", "PR-0001", "P-0001"}),
        (
            "INSERT INTO mark (placement, pupil, day, half, code, who, at, current, unit) VALUES (1, 1, '2026-02-24', 7, 'B', 't', '', TRUE, 1)",
            {"PL-0001", "P-0001"},
        ),
    ],
)
def test_what_cannot_be_read_is_a_finding_and_all_others_are_checked(
    placed: Program, statement: str, named: set[str]
) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    placed.ok("pupil", "add", "Test Pupil Two", "--born", "2011-05-05")
    placed.ok("provider", "add", "Thistledown Workshop", "--kind", "non-school")
    placed.ok(
        "placement",
        "new",
        "--pupil",
        "P-0002",
        "--provider",
        "PR-0002",
        "--route",
        "section-19",
        "--starts",
        "2026-01-06",
        "--hours",
        "12",
    )
    store = connect(placed.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute(statement)
    for command in (["check"], ["check", "--rule", "AP5"], ["check", "PL-0001"]):
        found = placed(*command, "--json")
        assert found.code == 1 and not found.err, (found.code, found.err)
        unread = {row["subject"]: row["message"] for row in found.data if row["rule"] == "AP906"}
        if command == ["check"]:
            assert set(unread) == named
            assert {row["subject"] for row in found.data if row["rule"] != "AP906"} >= {
                "PL-0002",
                "PR-0002",
            }
        assert all(
            "cannot be read" in message and "Test Pupil" not in message
            for message in unread.values()
        )
    for command in (["status"], ["todo"], ["reviews", "due"]):
        assert_answered_or_named(placed(*command))


def test_what_cannot_be_read_of_a_childs_other_placement_leaves_this_one_checked(
    placed: Program,
) -> None:
    placed.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-01-06",
        "--hours",
        "6",
    )
    connect(placed.store).execute("UPDATE week SET at_provider = 'zzz' WHERE placement = 2")
    found = placed("check", "PL-0001", "--json").data
    assert {row["subject"] for row in found if row["rule"] == "AP906"} == {"P-0001", "PL-0002"}
    assert any(row["subject"] == "PL-0001" and row["rule"] == "AP401" for row in found)


def test_term_dates_that_cannot_be_read_are_said_and_mended_by_an_import(
    placed: Program, tmp_path: Path
) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text(
        "calendar,name,first,last\nLeicestershire,spring 1 2026,2026-01-05,2026-02-13\n", "utf-8"
    )
    placed.ok("terms", "import", str(terms))
    connect(placed.store).execute("UPDATE term SET last = '2026-99-01'")
    found = placed("reviews", "due", "--json")
    assert found.code == 5 and found.data and "cannot be read" in found.err
    assert placed("status").code == 0
    placed.ok("terms", "import", str(terms))
    assert placed("reviews", "due").code == 0 and not [
        row for row in placed.json("check") if row["rule"] == "AP906"
    ]


def test_sites_are_read_for_one_provider_or_all(placed: Program) -> None:
    placed.ok(
        "provider",
        "add",
        "Thistledown Workshop",
        "--kind",
        "non-school",
        "--address",
        "2 Example Lane",
    )
    assert [len(sites.all) for sites in reading.sites(placed.opened()).values()] == [1, 1]


def test_the_program_starts_as_a_module() -> None:
    assert subprocess.run([*AP, "--version"], capture_output=True, text=True).stdout.startswith(
        "ap "
    )


EARLIER = json.dumps({"earlier_edition": True}, separators=(",", ":"))[1:-1]


Columns = dict[str, list[str]]


def columns_but_version(store: Path) -> Columns:
    """The columns of every table of a store but its version."""
    with connect(store) as opened_store:
        tables = opened_store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [row[1] for row in opened_store.execute(f"PRAGMA table_info({name})")]
            for (name,) in tables.fetchall()
            if name != "alembic_version" and not name.startswith("sqlite")
        }


def quoted(names: list[str]) -> str:
    """Names of columns as SQL has them: "row" is a word of its own."""
    return ", ".join(f'"{name}"' for name in names)


def rows_of(store: Path, columns: Columns) -> dict[str, list[tuple[object, ...]]]:
    """Every row of these tables with these columns, in order of its number."""
    with connect(store) as opened_store:
        return {
            table: opened_store.execute(
                f"SELECT {quoted(names)} FROM {table} ORDER BY 1"
            ).fetchall()
            for table, names in columns.items()
        }


@pytest.mark.plain_store("begins with a store of an earlier ap")
def test_the_reviews_of_an_earlier_version_are_marked_and_nothing_else_is_changed(
    ap: Program,
) -> None:
    data = Path(__file__).parents[1] / "data" / "store-0004.sql"
    sqlite3.connect(ap.store).executescript(data.read_text("utf-8"))
    columns = columns_but_version(ap.store)
    before = rows_of(ap.store, columns)
    ap.ok("db", "upgrade")
    after = rows_of(ap.store, columns)
    reviews = {row[0] for row in before["entry"] if row[4] == "review"}
    marked = [row for row in after["entry"] if EARLIER in str(row[8])]
    assert reviews and {row[0] for row in marked} == reviews
    unmarked = [
        tuple(str(value).replace("," + EARLIER, "").replace(EARLIER, "") for value in row)
        for row in after["entry"]
    ]
    assert unmarked == [tuple(map(str, row)) for row in before["entry"]]
    assert {name: rows for name, rows in after.items() if name != "entry"} == {
        name: rows for name, rows in before.items() if name != "entry"
    }
    assert ap.json("check", "PL-0013", "--rule", "AP514")[0]["answer"] == "breached"
    assert ap.json("check", "PL-0013", "--rule", "AP503", "--show", "all")[0]["answer"] == "not yet"


def test_undoing_a_correction_made_before_an_upgrade_keeps_the_mark_of_an_earlier_edition(
    placed: Program,
) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester")
    placed.ok("record", "edit", "E-0001", "--no-safe", "--reason", "mistyped")
    with connect(placed.store) as store:  # as migration 0010 does
        store.execute(
            "UPDATE entry SET details = json_set(details, '$.earlier_edition', json('true'))"
        )
        store.commit()
    placed.ok("undo")
    with connect(placed.store) as store:
        (details,) = store.execute("SELECT details FROM entry").fetchone()
    kept = json.loads(details)
    assert kept["safe"] is True and kept["earlier_edition"] is True


def test_a_placement_that_makes_its_provider_and_pupil_unreadable_is_named(placed: Program) -> None:
    store = connect(placed.store, foreign_keys=False)
    store.execute("PRAGMA ignore_check_constraints = ON")
    store.execute("UPDATE placement SET starts = '9999-99-99' WHERE id = 1")
    found = placed.json("check", "--rule", "AP906")
    said = {row["subject"]: row["message"] for row in found}
    assert said["PR-0001"].startswith("PL-0001 at PR-0001 cannot be read")
    assert said["P-0001"].startswith("PL-0001 of P-0001 cannot be read")
