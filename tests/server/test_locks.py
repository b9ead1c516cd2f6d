"""Who may only look keeps nobody from writing, and no writer uses up the numbers that there are."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ap_cli.errors import StoreInUse
from ap_cli.store import serving
from ap_cli.store.address import read_address
from ap_cli.store.declared import TABLES
from ap_cli.store.roles import WRITER_MAY
from ap_cli.store.server import MAKING

from ..conftest import AP, Program, place
from .cluster import Cluster, ServerProgram, share

OWNER, WRITER, READER, GOVERNOR = "lock_owner", "lock_writer", "lock_reader", "lock_governor"
USERS = (WRITER, READER, GOVERNOR)
DATABASE = "with_locks"
SECOND = ("pupil", "add", "Second Pupil", "--born", "2010-06-27", "--another")
MODES = (
    *("ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE"),
    *("SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"),
)
LOOK = "SELECT log_look(NULL, 'pupil show', 'P-0001')"
PATIENT = 15
"""Seconds within which a command ends that waits for nobody: less than it would wait."""


@pytest.fixture(scope="module")
def school(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProgram]:
    """A store with a placement, and a user of each role."""
    yield share(cluster, tmp_path_factory.mktemp("locks"), DATABASE, OWNER, *USERS)
    cluster.drop(DATABASE)


def take_all(connection: psycopg.Connection[tuple[object, ...]], *statements: str) -> list[str]:
    """Take every lock that a user can, and keep it until the connection is closed."""
    taken = []
    connection.execute(f"SELECT pg_advisory_xact_lock({MAKING})")
    for table in (*TABLES, "attachment", "published", "alembic_version"):
        for lock in (*MODES, "FOR KEY SHARE", "FOR UPDATE"):
            asked = f"SELECT * FROM {table} {lock}"
            asked = asked if lock.startswith("FOR") else f"LOCK TABLE {table} IN {lock} MODE"
            try:
                with connection.transaction():
                    connection.execute(asked)  # type: ignore[call-overload]
            except psycopg.errors.InsufficientPrivilege:
                continue
            taken.append(lock)
    for statement in statements:
        connection.execute(statement)  # type: ignore[call-overload]
    return taken


@pytest.mark.parametrize(("user", "statements"), ((READER, (LOOK,)), (GOVERNOR, ())))
def test_who_only_looks_stops_no_writer_whatever_locks_they_take(
    school: ServerProgram, user: str, statements: tuple[str, ...]
) -> None:
    writer = school.by(WRITER)
    before = len(school.json("log", "--seen"))
    with closing(psycopg.connect(school.by(user).server)) as holder:
        assert set(take_all(holder, *statements)) == {"ACCESS SHARE"}
        for command in (SECOND, ("pupil", "show", "P-0001", "--names")):
            ran = subprocess.run(
                [*AP, "--on", "2026-03-02", *command],
                env=writer.environment,
                capture_output=True,
                timeout=PATIENT,
            )
            assert ran.returncode == 0, ran.stderr
        assert school.json("log", "--seen")[before]["who"] == WRITER
    assert school("db", "verify").code == 0


def test_a_writer_who_writes_keeps_no_reader_from_looking(school: ServerProgram) -> None:
    before = len(school.json("log", "--seen"))
    with school.by(WRITER).opened() as store:
        store.connection.execute("BEGIN")
        school.by(READER).ok("pupil", "show", "P-0001", "--names")
    assert [look["who"] for look in school.json("log", "--seen")][before:] == [READER]


def test_looks_are_numbered_one_after_another_also_those_of_an_open_transaction(
    school: ServerProgram,
) -> None:
    asked = "SELECT max(id) FROM seen"
    with closing(psycopg.connect(school.by(READER).server)) as first:
        first.execute(LOOK)
        with closing(psycopg.connect(school.by(READER).server)) as second:
            second.execute(LOOK)
            second.commit()
            (later,) = second.execute(asked).fetchone() or ()
        (before,) = first.execute("SELECT max(id) FROM seen WHERE id < %s", [later]).fetchone()  # type: ignore[misc]
        first.commit()
    assert before == later - 1


def test_looks_that_were_copied_are_numbered_on(cluster: Cluster, tmp_path: Path) -> None:
    here = Program(tmp_path)
    place(here)
    for _ in range(3):
        here.ok("pupil", "show", "P-0001", "--names")
    there = ServerProgram(tmp_path, server=cluster.create("copied_looks"))
    here.ok("db", "copy", str(here.store), there.server)
    there.ok("pupil", "show", "P-0001", "--names")
    asked = "SELECT max(id), (SELECT last FROM counter WHERE name = 'seen') FROM seen"
    assert cluster.sql(asked, "copied_looks") == [(4, 4)]
    cluster.drop("copied_looks")


def test_a_reader_who_holds_locks_stops_no_upgrade(school: ServerProgram) -> None:
    with closing(psycopg.connect(school.by(READER).server)) as holder:
        take_all(holder)
        ran = subprocess.run(
            [*AP, "db", "upgrade"], env=school.environment, capture_output=True, timeout=PATIENT
        )
        assert ran.returncode == 0, ran.stderr


def test_a_store_is_not_made_while_another_makes_it_for_too_long(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = cluster.create("made_at_once")
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    with closing(psycopg.connect(address)) as holder:
        holder.execute(f"SELECT pg_advisory_lock({MAKING})")
        with pytest.raises(StoreInUse, match="is in use by another program: try again in a moment"):
            serving.upgrade_there(read_address(address))
        assert not serving.exists_there(read_address(address))
    assert serving.upgrade_there(read_address(address)) is None
    cluster.drop("made_at_once")


def test_an_upgrade_waits_for_who_writes_and_not_for_ever(
    school: ServerProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    with school.by(WRITER).opened() as store:
        store.connection.execute("BEGIN")
        with pytest.raises(StoreInUse, match="is in use by another program: try again in a moment"):
            serving.upgrade_there(read_address(school.server))
    assert serving.upgrade_there(read_address(school.server)) == "0018"


MOST = 2**63 - 1
INSERTS = {
    "audit": "(id, at, who, what, subject, unit, old, new)"
    " VALUES ({id}, '2026-03-02T09:00:00+00:00', 'x', 'add pupil', 'P-0001', 1, '{{}}', '{{}}')",
    "chain": "(id, marks, head) VALUES ({id}, 0, 'x')",
    "proof": "(id, digest) VALUES ({id}, 'x')",
    "counter": "(id, name, last) VALUES ({id}, 'x', 1)",
    "commissioner": "(id, name, kind) VALUES ({id}, 'Test School', 'school')",
    "term": "(id, calendar, name, first, last) VALUES ({id}, 'x', 'x', '2026-01-05', '2026-02-13')",
    "closure": "(id, calendar, name, day) VALUES ({id}, 'x', 'x', '2026-01-05')",
    "overlay": "(id, text) VALUES ({id}, '')",
    "draft": "(id, form, answers, who, at) VALUES ({id}, 'pupil', '{{}}', 'x', 'x')",
}
"""What a writer could put into tables under the largest number."""

FAR = (
    *(f"INSERT INTO {table} {values.format(id=MOST)}" for table, values in INSERTS.items()),
    *(f"UPDATE {table} SET id = {MOST}" for table in ("pupil", "provider", "placement", "week")),
    f"UPDATE counter SET last = {MOST} WHERE name = 'pupil'",
    f"INSERT INTO counter (id, name, last) VALUES (900, 'x', {MOST})",
    "INSERT INTO audit " + INSERTS["audit"].format(id=900).replace(", 1, '", f", {MOST}, '"),
)


@pytest.mark.parametrize("statement", FAR)
def test_a_writer_does_not_use_up_the_numbers(school: ServerProgram, statement: str) -> None:
    with (
        psycopg.connect(school.by(WRITER).server) as connection,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="far from those before"),
    ):
        connection.execute(statement)  # type: ignore[call-overload]
    school.by(WRITER).ok(*SECOND)


def test_a_number_is_as_wide_as_in_a_file(school: ServerProgram) -> None:
    query = (
        "SELECT DISTINCT data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'id'"
    )
    with psycopg.connect(school.server) as connection:
        assert connection.execute(query).fetchall() == [("bigint",)]


def test_each_table_that_a_writer_adds_to_keeps_its_numbers_near(school: ServerProgram) -> None:
    query = "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'keep_near_id'"
    with psycopg.connect(school.server) as connection:
        kept = {table for (table,) in connection.execute(query)}
    added = {table for table, may in WRITER_MAY.items() if "INSERT" in may}
    assert kept == added - {"attachment", "published"}  # which have no numbers


@pytest.mark.parametrize(
    ("user", "numbers", "is_kept"),
    (
        (WRITER, (1_000_000_000,), True),
        (WRITER, (1_000_000_001,), False),
        (WRITER, (1_000_000_000, 1_001_000_000), True),
        (WRITER, (1_000_000_000, 1_001_000_001), False),
        (OWNER, (MOST,), True),
    ),
)
def test_a_number_is_near_those_before_it(
    school: ServerProgram, user: str, numbers: tuple[int, ...], is_kept: bool
) -> None:
    with psycopg.connect(school.by(user).server) as connection:
        try:
            for number in numbers:
                connection.execute(f"INSERT INTO overlay {INSERTS['overlay'].format(id=number)}")  # type: ignore[call-overload]
        except psycopg.errors.IntegrityConstraintViolation:
            assert not is_kept
        else:
            assert is_kept
        connection.rollback()
