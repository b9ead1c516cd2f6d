"""Who may write to a store on a server: roles, and who a change is by."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ap_cli.domain.roles import Role
from ap_cli.store import grantees
from ap_cli.store.declared import TABLES
from ap_cli.store.roles import ATTACHMENT, PUBLISHED, VERSION, WRITER_MAY, group_name

from ..conftest import AP, Program, place
from ..interview.terminal import Terminal
from .cluster import Cluster, ServerProgram

OWNER, WRITER, READER, GOVERNOR, NOBODY = (
    "test_owner",
    "test_writer",
    "test_reader",
    "test_governor",
    "test_nobody",
)
SECOND = ("pupil", "add", "Second Pupil", "--born", "2010-06-27", "--another")
ROLES = {WRITER: Role.WRITER, READER: Role.READER, GOVERNOR: Role.REPORT}


@pytest.fixture(scope="module")
def shared(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProgram]:
    """A store that one user has made, on which three others have a role each."""
    for user in (OWNER, *ROLES, NOBODY):
        cluster.add_user(user, "CREATEROLE" if user == OWNER else "NOCREATEROLE")
    address = cluster.create("shared_store")
    cluster.sql(f"ALTER DATABASE shared_store OWNER TO {OWNER}")
    made = ServerProgram(tmp_path_factory.mktemp("shared"), server=address).by(OWNER)
    place(made)
    for user, role in ROLES.items():
        made.ok("access", "grant", user, "--role", role)
    yield made
    cluster.drop("shared_store")


def psql(ap: ServerProgram, user: str, statement: str) -> list[tuple[object, ...]]:
    """Run a statement as a user of the database, beside the program."""
    with psycopg.connect(ap.by(user).server, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []


def roles(ap: ServerProgram) -> dict[str, str]:
    """Who has which role, but for those who run the server."""
    return {
        row["user"]: row["role"]
        for row in ap.json("access", "list")
        if row["by"] != "the server's own"
    }


def test_each_has_the_role_that_was_given(shared: ServerProgram) -> None:
    assert roles(shared) == {OWNER: "administrator", **ROLES}


def test_a_change_is_by_the_user_of_the_database_whatever_name_is_given(
    shared: ServerProgram, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('user = "The Head"\n', "utf-8")
    environment = shared.by(WRITER).environment | {"AP_USER": "The Head", "AP_CONFIG": str(config)}
    ran = subprocess.run(
        [*AP, "--on", "2026-03-02", *SECOND], env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    whos = {row["who"] for row in shared.json("log") if row["subject"] == ran.stdout.strip()}
    assert whos == {WRITER}
    assert shared("db", "verify").code == 0


def test_who_did_something_is_the_same_in_the_record_and_in_the_log(shared: ServerProgram) -> None:
    writer = shared.by(WRITER)
    for command in (
        "make sheet PL-0001 --sent today",
        "attendance record PL-0001 2026-03-02 am B",
        "pupil edit P-0001 --not-known ebsa",
        "pupil hold P-0001 --reason inquiry",
    ):
        writer.ok(*command.split())
    asked = "SELECT who FROM entry WHERE kind = 'document' UNION ALL SELECT who FROM mark"
    asked += " UNION ALL SELECT not_known::json -> 'ebsa' ->> 'by' FROM pupil WHERE id = 1"
    asked += " UNION ALL SELECT who FROM hold"
    assert psql(shared, OWNER, asked) == [(WRITER,)] * 4
    assert {row["who"] for row in shared.json("log")[-5:]} == {WRITER}
    assert "by test_writer" in shared.ok("pupil", "show", "P-0001").out
    assert shared("db", "verify").code == 0
    writer.ok("pupil", "release", "P-0001")


FORGED = (
    "INSERT INTO audit (id, at, who, what, subject, unit, old, new) VALUES"
    " (900, '2026-03-02T09:00:00+00:00', 'The Head', 'add pupil', 'P-0001', 900, '{}', '{}')"
)


def test_a_writer_cannot_write_under_another_name_past_the_program(
    cluster: Cluster, shared: ServerProgram
) -> None:
    psql(shared, WRITER, FORGED)
    assert psql(shared, WRITER, "SELECT who FROM audit WHERE id = 900") == [(WRITER,)]
    cluster.sql("ALTER TABLE audit DISABLE TRIGGER USER; DELETE FROM audit WHERE id = 900;"
                " ALTER TABLE audit ENABLE TRIGGER USER", "shared_store")  # fmt: skip


REFUSED_TO_A_WRITER = (
    "UPDATE audit SET who = 'nobody'",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "UPDATE chain SET head = ''",
    "DELETE FROM proof",
    "DELETE FROM seen",
    "INSERT INTO seen (id, at, who, what, subject) VALUES (9, '', 'The Head', '', '')",
    "INSERT INTO erased SELECT * FROM erased",
    "UPDATE store SET uid = ''",
    "UPDATE alembic_version SET version_num = '9999'",
    "DELETE FROM counter",
    "DELETE FROM attachment",
    "UPDATE attachment SET name = 'x', part = 7",
    "DELETE FROM mark",
    "ALTER TABLE audit DISABLE TRIGGER name_writer",
    "DROP TRIGGER name_writer ON audit",
    "CREATE TABLE own (id INTEGER)",
    "CREATE FUNCTION json_valid(value varchar) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "SET SESSION AUTHORIZATION test_owner",
    'SET ROLE "shared_store.public.administrator"',
    "SET session_replication_role = replica",
)


@pytest.mark.parametrize("statement", REFUSED_TO_A_WRITER)
def test_a_writer_cannot_change_the_log_or_what_keeps_it(
    shared: ServerProgram, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        psql(shared, WRITER, statement)


@pytest.mark.parametrize("user", (READER, GOVERNOR, NOBODY))
def test_who_may_only_read_changes_no_table(shared: ServerProgram, user: str) -> None:
    for table in (*TABLES, "attachment", "published", "alembic_version"):
        for statement in (f"DELETE FROM {table}", f"INSERT INTO {table} SELECT * FROM {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                psql(shared, user, statement)


def test_the_report_role_reads_no_table_of_records_and_no_view(shared: ServerProgram) -> None:
    tables = psql(
        shared,
        GOVERNOR,
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v')"
        " AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')",
    )
    assert sorted(tables) == [("alembic_version",), ("published",)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        psql(shared, GOVERNOR, "SELECT log_look(NULL, 'pupil show', 'P-0001')")


def test_every_table_is_one_that_a_writer_has_rights_on_for_a_reason() -> None:
    assert WRITER_MAY.keys() == {*TABLES, VERSION, ATTACHMENT, PUBLISHED}


def test_who_only_reads_is_logged_as_who_looked(shared: ServerProgram) -> None:
    shared.by(READER).ok("pupil", "show", "P-0001", "--names")
    assert shared.json("log", "--seen")[-1] | {"at": ""} == {
        **shared.json("log", "--seen")[-1],
        "at": "",
        "who": READER,
        "what": "pupil show",
    }


def test_a_reader_supposes_without_writing(shared: ServerProgram) -> None:
    before = shared.ok("log", "--json").out
    asked = ("what-if", "PL-0001", "--hours", "10")
    assert shared.by(READER).ok(*asked).out == shared.ok(*asked).out
    assert shared.ok("log", "--json").out == before


READS = "You may read this store, not change it: ask test_owner to make you a writer\n"
RULES = "Only an administrator of this store may do this: ask test_owner\n"
COUNTS = "You may see what this store has published, and no records: type `ap report governors"
NONE = "You have no access to this store yet: ask test_owner for it\n"


@pytest.mark.parametrize(
    ("user", "command", "sentence"),
    (
        (READER, "pupil add Test --born 2010-06-27", READS),
        (READER, "pupil edit P-0001 --ebsa", READS),
        (READER, "make sheet PL-0001 --sent today", READS),
        (READER, "undo --yes", READS),
        (READER, "import pupils.csv pupils", READS),
        (READER, "do PL-0001", READS),
        (READER, "draft drop D-0001", READS),
        (READER, "db upgrade", READS),
        (WRITER, "pupil erase P-0001 --reason x --yes", RULES),
        (WRITER, "retention apply --yes", RULES),
        (WRITER, "db upgrade", RULES),
        (WRITER, "db check --mend", RULES),
        (WRITER, "access grant test_nobody --role reader", RULES),
        (WRITER, "access revoke test_reader", RULES),
        (GOVERNOR, "pupil list", COUNTS),
        (GOVERNOR, "access list", COUNTS),
        (NOBODY, "pupil list", NONE),
        (NOBODY, "pupil add Test --born 2010-06-27", NONE),
    ),
)
def test_what_is_not_allowed_is_one_sentence_and_changes_nothing(
    shared: ServerProgram, user: str, command: str, sentence: str
) -> None:
    (shared.folder / "pupils.csv").write_text("Name,DOB\nThird Sample,05/03/2011\n", "utf-8")
    before = shared.ok("log", "--json").out
    found = shared.by(user)(*command.split())
    assert found.code == 5 and found.err.startswith(sentence), found
    assert found.err.count("\n") == 1 and not found.out
    assert shared.ok("log", "--json").out == before


def test_a_role_is_replaced_taken_and_given_back(cluster: Cluster, shared: ServerProgram) -> None:
    user = "test_moving"
    cluster.add_user(user)
    shared.ok("access", "grant", user, "--role", "writer")
    found = shared.json("access", "grant", user, "--role", "reader", "--dry-run")
    assert found == [{"user": user, "before": "writer", "now": "reader", "changed": False}]
    assert roles(shared)[user] == "writer"
    said = shared.ok("access", "grant", user, "--role", "reader").out
    assert said == "test_moving is a reader (before: a writer)\n"
    assert shared.by(user)(*SECOND).code == 5
    shared.ok("access", "revoke", user)
    assert user not in roles(shared)
    assert shared.by(user)("pupil", "list").code == 5
    cluster.sql(f"DROP ROLE {user}")


def test_who_was_let_in_and_taken_out_by_whom_is_in_the_log(
    cluster: Cluster, shared: ServerProgram
) -> None:
    user = "test_logged"
    cluster.add_user(user)
    before = len(shared.json("log"))
    for command in ("grant", "grant", "revoke"):
        role = ("--role", "writer") if command == "grant" else ()
        shared.ok("access", command, user, *role, "--dry-run")
        shared.ok("access", command, user, *role)
    given, taken = shared.json("log")[before:]
    writes, none = ({"user": user, "role": role} for role in ("writer", None))
    for row, what, old, new in (
        (given, f"give {user} access", none, writes),
        (taken, f"take access from {user}", writes, none),
    ):
        found = {name: row[name] for name in ("who", "what", "subject", "old", "new")}
        assert found == {"who": OWNER, "what": what, "subject": "access", "old": old, "new": new}
    assert taken["change"] > given["change"]
    first, second = shared.ok("log").out.splitlines()[-2:]
    assert first.endswith(f"{OWNER}  give {user} access  access  role – → writer")
    assert second.endswith(f"{OWNER}  take access from {user}  access  role writer → –")
    assert shared("db", "verify").code == 0
    cluster.sql(f"DROP ROLE {user}")


def test_a_grant_is_taken_back_by_revoke_and_not_by_undo(
    cluster: Cluster, shared: ServerProgram
) -> None:
    cluster.add_user("test_logged")
    for command in (("grant", "test_logged", "--role", "reader"), ("revoke", "test_logged")):
        shared.ok("access", *command)
        before = shared.ok("log", "--json").out
        for undo in (("undo", "--dry-run"), ("undo", "--yes")):
            found = shared.by(WRITER)(*undo)
            assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
            assert "`ap access revoke`" in found.err
        assert shared.ok("log", "--json").out == before
    shared.by(WRITER).ok(*SECOND)
    shared.by(WRITER).ok("undo", "--yes")


def test_what_was_known_before_a_grant_is_as_it_was(shared: ServerProgram) -> None:
    shared.ok("access", "grant", NOBODY, "--role", "reader", on="2026-03-10")
    now = shared.json("check", "--all", on="2026-03-10")
    asked = ("check", "--all", "--as-known", "2026-03-09")
    assert shared.json(*asked, on="2026-03-10") == now
    shared.ok("access", "revoke", NOBODY, on="2026-03-10")


def test_an_administrator_lets_others_in_and_they_stay_when_that_one_leaves(
    cluster: Cluster, shared: ServerProgram
) -> None:
    first, second = "test_first", "test_second"
    for user in (first, second):
        cluster.add_user(user)
    shared.ok("access", "grant", first, "--role", "administrator")
    shared.by(first).ok("access", "grant", second, "--role", "administrator")
    shared.by(second).ok("db", "upgrade")
    if notes_grantors(shared):
        found = shared.by(second)("access", "revoke", first)
        assert found.code == 2 and f"only {OWNER}, who gave these rights" in found.err
        shared.ok("access", "revoke", first)
    else:
        shared.by(second).ok("access", "revoke", first)
    assert roles(shared)[second] == "administrator" and first not in roles(shared)
    shared.ok("access", "revoke", second)


def notes_grantors(ap: ServerProgram) -> bool:
    """Whether the server is one since PostgreSQL 16."""
    with ap.opened() as store:
        return grantees.notes_grantors(store.connection)


def test_an_administrator_takes_out_whom_another_let_in(
    cluster: Cluster, shared: ServerProgram
) -> None:
    cluster.add_user("test_first")
    cluster.add_user("test_second")
    shared.ok("access", "grant", "test_first", "--role", "administrator")
    shared.ok("access", "grant", "test_second", "--role", "writer")
    shared.by("test_first").ok("access", "revoke", "test_second")
    assert "test_second" not in roles(shared)
    shared.ok("access", "revoke", "test_first")


def test_nobody_takes_their_own_rights_away(shared: ServerProgram) -> None:
    for command in (("revoke", OWNER), ("grant", OWNER, "--role", "reader")):
        found = shared("access", *command)
        assert found.code == 2 and "these are your own rights" in found.err


@pytest.mark.parametrize(
    ("name", "sentence"),
    (
        ("test_reeder", "the server has no user"),
        ("tester", "runs the server and may do anything"),
        ("shared_store.public.reader", "is a group, which cannot log in"),
        ('x"; DROP TABLE pupil', "the server has no user"),
    ),
)
def test_a_user_who_cannot_be_given_a_role_is_refused(
    shared: ServerProgram, name: str, sentence: str
) -> None:
    before = roles(shared)
    found = shared("access", "grant", name, "--role", "reader")
    assert found.code == 2 and sentence in found.err and found.err.count("\n") == 1
    assert roles(shared) == before


def test_a_user_who_inherits_nothing_is_refused(cluster: Cluster, shared: ServerProgram) -> None:
    cluster.add_user("test_apart", "NOINHERIT")
    found = shared("access", "grant", "test_apart", "--role", "reader")
    assert found.code == 2 and "ALTER ROLE NAME INHERIT" in found.err


def test_rights_that_ap_did_not_give_are_told_and_left(
    cluster: Cluster, shared: ServerProgram
) -> None:
    cluster.add_user("test_other")
    cluster.sql("GRANT SELECT ON pupil TO test_other", "shared_store")
    (row,) = [row for row in shared.json("access", "list") if row["user"] == "test_other"]
    assert (row["role"], row["by"]) == ("reader", "other rights")
    found = shared("access", "revoke", "test_other")
    assert found.code == 2 and "has rights that ap did not give" in found.err
    cluster.sql("REVOKE SELECT ON pupil FROM test_other", "shared_store")
    assert "has no access" in shared("access", "revoke", "test_other").err


def test_a_name_with_a_quotation_mark_is_a_name(cluster: Cluster, shared: ServerProgram) -> None:
    user = "test\"o'dd %s"
    quoted = '"test""o\'dd %s"'
    cluster.sql(f"CREATE ROLE {quoted} LOGIN")
    shared.ok("access", "grant", user, "--role", "reader")
    assert roles(shared)[user] == "reader"
    shared.ok("access", "revoke", user)
    cluster.sql(f"DROP ROLE {quoted}")


def test_two_stores_of_one_server_let_in_each_their_own(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.create("two_schools")
    for schema in ("one", "two"):
        cluster.sql(f"CREATE SCHEMA {schema}", "two_schools")
    cluster.add_user("test_one")
    one, two = (
        ServerProgram(tmp_path, server=f"{address}?options=-csearch_path%3D{schema}")
        for schema in ("one", "two")
    )
    for school in (one, two):
        school.ok(*SECOND)
        school.ok("access", "grant", NOBODY, "--role", "report")
    one.ok("access", "grant", "test_one", "--role", "writer")
    one.by("test_one").ok(*SECOND)
    found = two.by("test_one")(*SECOND)
    assert found.code == 5 and found.err.count("\n") == 1
    cluster.drop("two_schools")
    cluster.sql('DROP ROLE "two_schools.one.writer"')


def test_a_copy_of_a_database_lets_in_the_same_and_then_its_own(
    cluster: Cluster, shared: ServerProgram
) -> None:
    address = cluster.create("copied_store", "shared_store")
    cluster.sql(f"ALTER DATABASE copied_store OWNER TO {OWNER}")
    copied = ServerProgram(shared.folder, server=address).by(OWNER)
    before = roles(copied)
    assert before == roles(shared)
    copied.ok("access", "revoke", READER)
    assert roles(copied) == {user: role for user, role in before.items() if user != READER}
    assert roles(shared) == before
    copied.by(WRITER).ok(*SECOND)
    assert copied.by(READER)("pupil", "list").code == 5
    cluster.drop("copied_store")


def test_a_store_is_not_made_by_who_may_make_no_tables(cluster: Cluster, tmp_path: Path) -> None:
    empty = ServerProgram(tmp_path, server=cluster.create("nothing_yet")).by(NOBODY)
    found = empty("pupil", "list")
    assert found.code == 5 and "has no store yet, and your user may not make one" in found.err


def test_who_may_not_make_groups_is_told_what_to_ask_for(cluster: Cluster, tmp_path: Path) -> None:
    cluster.add_user("test_plain", "NOCREATEROLE")
    address = cluster.create("plain")
    cluster.sql("ALTER DATABASE plain OWNER TO test_plain")
    plain = ServerProgram(tmp_path, server=address).by("test_plain")
    plain.ok(*SECOND)
    found = plain("access", "grant", NOBODY, "--role", "reader")
    assert found.code == 2 and 'ALTER ROLE "test_plain" CREATEROLE' in found.err
    cluster.sql("ALTER ROLE test_plain CREATEROLE")
    plain.ok("access", "grant", NOBODY, "--role", "reader")
    cluster.sql("ALTER ROLE test_plain NOCREATEROLE")
    plain.ok("access", "grant", NOBODY, "--role", "writer")
    plain.by(NOBODY).ok(*SECOND)


def test_a_schema_in_which_all_may_make_tables_is_closed_or_told(
    cluster: Cluster, tmp_path: Path
) -> None:
    address = cluster.create("open_to_all")
    cluster.sql("GRANT CREATE ON SCHEMA public TO PUBLIC", "open_to_all")
    cluster.sql(f"ALTER DATABASE open_to_all OWNER TO {OWNER}")
    theirs = ServerProgram(tmp_path, server=address).by(OWNER)
    theirs.ok(*SECOND)
    assert not theirs.ok("access", "grant", NOBODY, "--role", "reader").err
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        psql(theirs, NOBODY, "CREATE TABLE own (id INTEGER)")
    cluster.sql("ALTER SCHEMA public OWNER TO tester", "open_to_all")  # as PostgreSQL 14 has it
    cluster.sql("GRANT CREATE ON SCHEMA public TO PUBLIC", "open_to_all")
    found = theirs.ok("access", "grant", NOBODY, "--role", "writer")
    assert "REVOKE CREATE ON SCHEMA public FROM PUBLIC" in found.err


def test_a_file_has_no_users(ap: Program) -> None:
    for command in ("list", "grant lea --role reader", "revoke lea"):
        found = Program(ap.folder)("access", *command.split())
        assert found.code == 2 and "is a file: whoever may read or write it can" in found.err


def test_groups_have_names_that_fit_a_server() -> None:
    assert group_name("ap", "public", Role.READER) == "ap.public.reader"
    longest = group_name("a" * 63, "b" * 63, Role.ADMINISTRATOR)
    dotted = {group_name("a.b", "c", Role.READER), group_name("a", "b.c", Role.READER)}
    assert len(longest) <= 63 and len(dotted) == 2
    assert len(group_name("a" * 40, "b", Role.ADMINISTRATOR)) <= 63


ASKING = (
    "placement new",
    "record contact PL-0001",
    "record contact",
    "pupil add",
    "placement end PL-0001",
    "import pupils.csv",
    "do",
    "draft resume",
    "make review-invitation PL-0001",
    "undo",
    "init",
)


@pytest.mark.parametrize("command", ASKING)
def test_a_reader_is_told_before_anything_is_asked(shared: ServerProgram, command: str) -> None:
    (shared.folder / "pupils.csv").write_text("Name,DOB\nThird Sample,05/03/2011\n", "utf-8")
    terminal = Terminal(shared.by(READER), *command.split())
    terminal.sees("You may read this store, not change it")
    assert terminal.ends() == 5
    assert terminal.transcript.getvalue().strip().count("\n") <= 1


def test_the_first_screen_of_a_reader_opens_no_form(shared: ServerProgram) -> None:
    terminal = Terminal(shared.by(READER))
    terminal.answers("Number, reference or command; Enter to leave:", "do PL-0001")
    terminal.sees("You may read this store, not change it")
    terminal.answers("Enter to go back to the list, q to leave:", "q")
    assert terminal.ends() == 0


def test_the_report_role_sees_what_was_published_and_only_that(shared: ServerProgram) -> None:
    governor, command = shared.by(GOVERNOR), ("report", "governors", "--anonymous")
    found = governor(*command)
    assert found.code == 2 and "no report has been published yet" in found.err
    assert shared("report", "governors", "--publish").code == 2
    assert shared.by(READER)(*command, "--publish").err == READS
    made = shared.by(WRITER).ok(*command, "--publish", "--json").data
    seen = governor.ok(*command)
    assert "as it was published on" in seen.err
    assert governor.ok(*command, "--json").data == made
    ((content, who),) = psql(shared, GOVERNOR, "SELECT content, who FROM published")
    assert who == WRITER
    assert "under 5 children" in str(content) and "Test Pupil" not in str(content)
    assert not re.search(r"\b(P|PL|PR)-\d", str(content)) and "Hollow" not in str(content)
    page = shared.folder / "term.html"
    governor.ok(*command, "--out", str(page))
    assert "under 5 children" in page.read_text("utf-8")
    found = governor(*command, "--term", "autumn 1999")
    assert found.code == 2 and "choose from spring 2026" in found.err


def test_a_file_publishes_nothing(ap: Program) -> None:
    here = Program(ap.folder)
    place(here)
    found = here("report", "governors", "--anonymous", "--publish")
    assert found.code == 2 and "only a store on a server" in found.err


def test_the_doctor_says_which_role_you_have(shared: ServerProgram) -> None:
    for user, role in ((OWNER, "administrator"), (WRITER, "writer"), (READER, "reader")):
        (row,) = [row for row in shared.by(user).json("doctor") if row["check"] == "store"]
        assert f"as {user} ({role})" in row["says"] and row["details"]["role"] == role
    (row,) = [row for row in shared.by(GOVERNOR).json("doctor") if row["check"] == "store"]
    assert "may see the reports that were published" in row["says"]
    found = shared.by(NOBODY)("doctor")
    assert found.code == 1 and "You have no access to this store yet" in found.out


def test_views_made_anew_and_new_tables_have_the_same_rights(
    cluster: Cluster, shared: ServerProgram
) -> None:
    cluster.sql("DROP VIEW v_visit; DROP TABLE hold, erased", "shared_store")
    cluster.sql("UPDATE alembic_version SET version_num = '0017'", "shared_store")
    assert shared.by(WRITER)("pupil", "list").code == 5
    assert "is at 0018" in shared.ok("db", "upgrade").out
    for table in ("hold", "erased", "v_visit"):
        psql(shared, READER, f"SELECT * FROM {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            psql(shared, GOVERNOR, f"SELECT * FROM {table}")
    shared.by(WRITER).ok("pupil", "hold", "P-0001", "--reason", "inquiry")
    shared.by(WRITER).ok("pupil", "release", "P-0001")
    owners = cluster.sql(
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')",
        "shared_store",
    )
    assert owners == [("shared_store.public.administrator",)]
    cluster.sql("DROP VIEW v_visit", "shared_store")
    shared.by(READER).ok("pupil", "list")
    shared.ok("pupil", "list")
    psql(shared, READER, "SELECT * FROM v_visit")


def test_a_store_that_was_copied_there_is_filled_by_an_administrator_alone(
    cluster: Cluster, shared: ServerProgram, tmp_path: Path
) -> None:
    here = Program(tmp_path)
    place(here)
    address = cluster.create("filled")
    cluster.sql(f"ALTER DATABASE filled OWNER TO {OWNER}")
    there = ServerProgram(tmp_path, server=address).by(OWNER)
    there.ok("pupil", "list")
    here.ok("db", "copy", str(here.store), there.server)
    assert there.ok("log", "--json").data == here.ok("log", "--json").data
    there.ok("access", "grant", WRITER, "--role", "writer")
    refused = here("db", "copy", str(here.store), there.by(WRITER).server)
    assert refused.code == 5 and refused.err == RULES
    there.by(WRITER).ok(*SECOND)
    assert there.json("log")[-1]["who"] == WRITER
    assert there("db", "verify").code == 0
    cluster.drop("filled")
