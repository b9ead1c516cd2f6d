"""What a user of a server cannot do to a store by statements of their own, past the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from .cluster import Cluster, ServerProgram, share

OWNER, WRITER, READER, GOVERNOR = "past_owner", "past_writer", "past_reader", "past_governor"
USERS = (WRITER, READER, GOVERNOR)
DATABASE = "past_the_program"


@pytest.fixture(scope="module")
def school(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProgram]:
    """A store with a placement, one mark and a file of evidence, and a user of each role."""
    made = share(cluster, tmp_path_factory.mktemp("past"), DATABASE, OWNER, *USERS)
    made.ok("attendance", "record", "PL-0001", "2026-03-02", "am", "B")
    yield made
    cluster.drop(DATABASE)


def sql(ap: ServerProgram, user: str, *statements: str, keep: bool = True) -> list[tuple[object]]:
    """Run statements as a user, in one transaction that is kept or not; return the last's rows."""
    with psycopg.connect(ap.by(user).server) as connection:
        for statement in statements:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
        rows = cursor.fetchall() if cursor.description else []
        if not keep:
            connection.rollback()
        return rows


MARK = (
    "INSERT INTO mark (id, placement, pupil, day, half, code, who, at, current, unit)"
    " SELECT 900, placement, pupil, '2026-03-03', 0, code, 'The Head', at, TRUE, unit FROM mark"
)
HOLD = (
    "INSERT INTO hold (id, pupil, since, reason, who, released, released_by)"
    " VALUES (900, 1, '2026-03-02', 'inquiry', 'The Head', '2026-03-03', 'The Head')"
)
DRAFT = (
    "INSERT INTO draft (id, form, answers, who, at)"
    " VALUES (900, 'pupil', '{}', 'The Head', '2026-03-02T09:00:00+00:00')"
)


@pytest.mark.parametrize(("table", "statement"), (("mark", MARK), ("hold", HOLD), ("draft", DRAFT)))
def test_who_inserts_a_row_is_who_logged_in(
    school: ServerProgram, table: str, statement: str
) -> None:
    whose = f"SELECT who FROM {table} WHERE id = 900"
    assert sql(school, WRITER, statement, whose, keep=False) == [(WRITER,)]


@pytest.mark.parametrize(("table", "statement"), (("mark", MARK), ("hold", HOLD)))
@pytest.mark.parametrize("user", (WRITER, OWNER))
def test_nobody_makes_a_mark_or_a_hold_another_ones(
    school: ServerProgram, user: str, table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        sql(school, user, statement, f"UPDATE {table} SET who = 'The Head'", keep=False)


def test_who_lifts_a_hold_is_who_logged_in(school: ServerProgram) -> None:
    lifted = "UPDATE hold SET released_by = 'The Head'"
    asked = "SELECT DISTINCT released_by FROM hold"
    assert sql(school, WRITER, HOLD, asked, keep=False) == [(WRITER,)]
    assert sql(school, OWNER, HOLD, lifted, asked, keep=False) == [(OWNER,)]


@pytest.mark.parametrize("change", ("who = 'The Head'", 'answers = \'{"name": "x"}\''))
def test_a_draft_is_of_who_changed_it_last(school: ServerProgram, change: str) -> None:
    sql(school, OWNER, DRAFT)
    asked = "SELECT who FROM draft WHERE id = 900"
    assert sql(school, WRITER, asked) == [(OWNER,)]
    changed = sql(school, WRITER, f"UPDATE draft SET {change}", asked, keep=False)
    sql(school, OWNER, "DELETE FROM draft")
    assert changed == [(WRITER,)]


def looks(ap: ServerProgram) -> list[tuple[object]]:
    """The looks that are logged, in order."""
    return sql(ap, OWNER, "SELECT id, at, who, what, subject FROM seen ORDER BY id")


@pytest.mark.parametrize(
    "statement",
    (
        "UPDATE counter SET last = 9223372036854775807 WHERE name = 'seen'",
        "UPDATE counter SET name = 'other' WHERE name = 'seen'",
        "UPDATE counter SET id = 2147483647 WHERE name = 'seen'",
        "UPDATE counter SET name = 'seen' WHERE name = 'pupil'",
        "INSERT INTO counter (id, name, last) VALUES (900, 'seen', 9)",
        "INSERT INTO counter (id, name, last) VALUES (900, 'seen', 9223372036854775807)"
        " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        "UPDATE counter SET last = last - 1 WHERE name = 'pupil'",
    ),
)
def test_a_writer_cannot_stop_the_log_of_looks(school: ServerProgram, statement: str) -> None:
    school.ok("pupil", "show", "P-0001", "--names")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        sql(school, WRITER, statement)
    before = len(looks(school))
    school.by(READER).ok("pupil", "show", "P-0001", "--names")
    assert len(looks(school)) == before + 1


def test_the_first_look_is_logged_whatever_number_a_counter_has(school: ServerProgram) -> None:
    far = "INSERT INTO counter (id, name, last) VALUES (2147483647, 'far', 1)"
    first = "DELETE FROM counter WHERE name = 'seen'"
    look = "SELECT log_look(NULL, 'pupil show', 'P-0001')"
    asked = "SELECT max(id) - (SELECT last FROM counter WHERE name = 'seen') FROM seen"
    assert sql(school, OWNER, far, first, look, asked, keep=False) == [(0,)]


def test_a_look_is_at_the_time_of_the_server(school: ServerProgram) -> None:
    sql(school, READER, "SELECT log_look('2026-03-02', 'pupil show', 'P-0001')")
    *_, (_, at, who, what, subject) = looks(school)  # type: ignore[misc]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", at)
    assert abs(datetime.fromisoformat(at) - datetime.now(UTC)) < timedelta(minutes=1)
    assert (who, what, subject) == (READER, "pupil show", "P-0001")


@pytest.mark.parametrize(
    "given",
    (
        "'infinity', 'pupil show', 'P-0001'",
        "'-infinity', 'pupil show', 'P-0001'",
        "'10000-01-01', 'pupil show', 'P-0001'",
        "'0001-12-31 BC', 'pupil show', 'P-0001'",
        "NULL, NULL, 'P-0001'",
        "NULL, '', 'P-0001'",
        "NULL, E'pupil\\nshow', 'P-0001'",
        "NULL, repeat('a', 101), 'P-0001'",
        "NULL, 'pupil show', NULL",
        "NULL, 'pupil show', 'P-1; Test Pupil'",
        "NULL, 'pupil show', 'PL-0001'",
        "NULL, 'pupil show', E'P-0001\\n'",
    ),
)
def test_what_is_no_look_is_not_logged(school: ServerProgram, given: str) -> None:
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        sql(school, READER, f"SELECT log_look({given})")


@pytest.mark.parametrize(
    "given",
    (
        "'9999-12-31', 'pupil show', 'P-0001'",
        "'0001-01-01', repeat('a', 100), 'P-1234567890'",
        "NULL, 'placement show PL-0001 --out', 'every child'",
    ),
)
def test_what_the_program_calls_a_look_is_logged(school: ServerProgram, given: str) -> None:
    sql(school, READER, f"SELECT log_look({given})", keep=False)


ENTRY = (
    "INSERT INTO audit (id, at, asof, who, what, subject, unit, old, new) VALUES"
    " (900, {at}, {asof}, 'x', 'add pupil', 'P-0001', 900, {old}, {new})"
)
RIGHT = {"at": "'2026-03-02T09:00:00+00:00'", "asof": "NULL", "old": "'{}'", "new": "'{}'"}


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("at", "'nonsense'"),
        ("at", "'2026-03-02'"),
        ("at", "'2026-03-02T09:00:00'"),
        ("at", "'2026-02-30T09:00:00+00:00'"),
        ("at", "'2026-03-02T24:00:00+00:00'"),
        ("at", "'0000-03-02T09:00:00+00:00'"),
        ("asof", "'infinity'"),
        ("old", "'{bad'"),
        ("new", "'{bad'"),
        ("old", "'[]'"),
        ("new", "'7'"),
        ("new", """'{"a": "\\ud800"}'"""),
    ),
)
def test_a_writer_puts_no_junk_into_the_log(school: ServerProgram, name: str, value: str) -> None:
    sql(school, WRITER, ENTRY.format(**RIGHT), keep=False)
    with pytest.raises((psycopg.errors.IntegrityConstraintViolation, psycopg.DataError)):
        sql(school, WRITER, ENTRY.format(**RIGHT | {name: value}))
    school.ok("log")


BIG = b"T" * (1 << 20) + b"est"


def put(ap: ServerProgram) -> str:
    """Give the provider a file of evidence; return its name in the store."""
    file = ap.folder / "insurance.txt"
    file.write_bytes(BIG)
    ap.ok("record", "evidence", "PR-0001", "--item", "insurance", "--file", str(file))
    return f"{sha256(BIG).hexdigest()}.txt"


@pytest.mark.parametrize(
    "statement",
    (
        "UPDATE attachment SET content = ''",
        "UPDATE attachment SET content = content || 'x'",
        "INSERT INTO attachment SELECT name, 2, 'x', at FROM attachment WHERE part = 0",
        "INSERT INTO attachment SELECT name, 7, 'x', at FROM attachment WHERE part = 0",
    ),
)
def test_a_writer_cannot_alter_a_file_of_evidence(school: ServerProgram, statement: str) -> None:
    put(school.by(WRITER))
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        sql(school, WRITER, statement)


@pytest.mark.parametrize("damage", ("content = ''", "content = 'other' WHERE part = 1"))
def test_a_writer_mends_a_damaged_file_by_giving_it_again(
    school: ServerProgram, damage: str
) -> None:
    name = put(school.by(WRITER))
    sql(school, OWNER, f"UPDATE attachment SET {damage}")
    put(school.by(WRITER))
    rows = sql(school, OWNER, f"SELECT content FROM attachment WHERE name = '{name}' ORDER BY part")
    assert b"".join(bytes(content) for (content,) in rows) == BIG  # type: ignore[call-overload]


def test_a_published_report_that_cannot_be_read_is_one_sentence(school: ServerProgram) -> None:
    command = ("report", "governors", "--anonymous")
    school.by(WRITER).ok(*command, "--publish")
    for damage in ("content = '{bad'", "content = '[]'", "at = 'nonsense'"):
        sql(school, WRITER, f"UPDATE published SET {damage}")
        found = school.by(GOVERNOR)(*command)
        assert (found.code, found.out, found.err.count("\n")) == (5, "", 1)
        assert "cannot be read: let a writer publish it again" in found.err
        school.by(WRITER).ok(*command, "--publish")
        school.by(GOVERNOR).ok(*command)


@pytest.mark.parametrize("schema", ("pg_temp", "pg_catalog"))
def test_a_schema_of_the_server_itself_is_refused(
    cluster: Cluster, tmp_path: Path, schema: str
) -> None:
    address = cluster.create("no_schema")
    there = ServerProgram(tmp_path, server=f"{address}?options=-csearch_path%3D{schema}")
    for command in (("pupil", "list"), ("pupil", "add", "Test Pupil", "--born", "2010-06-27")):
        found = there(*command)
        assert (found.code, found.out, found.err.count("\n")) == (5, "", 1)
        assert "names a schema of the server itself" in found.err
    cluster.drop("no_schema")
