"""A store on a server: many who write, servers that stop, and what is told of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from ap_cli.errors import StoreInUse, StoreProblem
from ap_cli.store.address import has_password, read_address, without_password
from ap_cli.store.author import Author
from ap_cli.store.connection import HEAD
from ap_cli.store.driver import IntegrityError, OperationalError
from ap_cli.store.opening import open_store
from ap_cli.store.verifying import verify
from ap_cli.store.writing import change

from ..conftest import Program, place
from .cluster import OWNER, Cluster, ServerProgram, start_cluster

ME = Author("A. Tester", date(2026, 3, 2))
SECOND = ("pupil", "add", "Second Pupil", "--born", "2010-06-27")
MARK = ("attendance", "record", "PL-0001", "2026-01-06", "am", "B")


@pytest.fixture(scope="module")
def template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    made = ServerProgram(tmp_path_factory.mktemp("made"), server=cluster.create("made"))
    place(made)
    return "made"


@pytest.fixture
def there(cluster: Cluster, template: str, tmp_path: Path) -> ServerProgram:
    """A store on a server with a provider, a pupil and a placement."""
    return ServerProgram(tmp_path, server=cluster.create("mine", template))


def test_a_store_is_made_on_first_use_and_is_at_the_newest_schema(
    cluster: Cluster, tmp_path: Path
) -> None:
    fresh = ServerProgram(tmp_path, server=cluster.create("fresh"))
    assert fresh.ok(*SECOND).out.startswith("P-0001")
    assert cluster.sql("SELECT version_num FROM alembic_version", "fresh") == [(HEAD,)]


def test_two_who_use_a_new_store_first_at_the_same_moment_make_one(
    cluster: Cluster, tmp_path: Path
) -> None:
    address = cluster.create("fresh")
    programs = [ServerProgram(tmp_path, server=address) for _ in range(4)]
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(add_one, programs, range(4)))
    assert sorted(made) == ["P-0001", "P-0002", "P-0003", "P-0004"]


def add_one(ap: ServerProgram, number: int) -> str:
    """Add a pupil in a process of its own; return the reference."""
    return ap.ok("pupil", "add", f"Test Pupil {number}", "--born", f"2010-01-{number + 1:02d}").out[
        :6
    ]


def test_a_database_with_something_else_in_it_is_left_alone(
    cluster: Cluster, tmp_path: Path
) -> None:
    other = ServerProgram(tmp_path, server=cluster.create("other"))
    cluster.sql("CREATE TABLE payroll (id INTEGER)", "other")
    found = other(*SECOND)
    assert found.code == 5 and "something else than a store of ap" in found.err
    assert cluster.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", "other") == [
        (1,)
    ]


def test_those_who_write_at_once_wait_for_each_other_and_all_is_kept(there: ServerProgram) -> None:
    def write(who: int) -> list[str]:
        refs = []
        for number in range(5):
            with there.opened() as store, change(store, Author(f"writer {who}"), "try") as unit:
                values = {"name": f"Test {who} {number}", "born": date(2010, 1, 1)}
                refs.append(unit.insert("pupil", values))
        return refs

    with ThreadPoolExecutor(6) as pool:
        kept = [ref for refs in pool.map(write, range(6)) for ref in refs]
    assert sorted(kept) == list(range(2, 32))
    with there.opened() as store:
        report = verify(store)
    assert report.problem is None and report.changes == 3 + 30


def test_who_cannot_write_yet_is_told_so_and_can_try_again(there: ServerProgram) -> None:
    from ap_cli.store import patience

    with there.opened() as first, there.opened() as second, first.locked():
        second.connection.execute("SELECT 1")
        patience.set_patience(second.connection, 0)
        with pytest.raises(OperationalError) as refused:
            second.connection.execute("BEGIN IMMEDIATE")
    assert patience.is_in_use(refused.value)
    from ap_cli.store.connection import told

    assert isinstance(told(refused.value, second.address), StoreInUse)


def test_what_is_read_is_one_state_of_the_store_until_something_is_written(
    there: ServerProgram,
) -> None:
    with there.opened() as reader:
        assert reader.row("SELECT count(*) FROM pupil") == (1,)
        there.ok(*SECOND)
        assert reader.row("SELECT count(*) FROM pupil") == (1,)
        with change(reader, ME, "try") as unit:
            assert len(unit.find("pupil")) == 2
        assert reader.row("SELECT count(*) FROM pupil") == (2,)


def test_a_supposition_is_never_kept_and_nobody_waits_for_it(there: ServerProgram) -> None:
    with there.opened() as store, store.suppose() as supposed:
        with change(supposed, ME, "suppose") as unit:
            unit.update("pupil", 1, {"name": "Adam Example"})
            assert unit.insert("pupil", {"name": "L. Sample", "born": date(2010, 1, 1)}) == 2
        assert supposed.row("SELECT name FROM pupil WHERE id = 1") == ("Adam Example",)
        assert supposed.row("SELECT count(*) FROM audit WHERE what = 'suppose'") == (2,)
        assert there.ok(*SECOND).out.startswith("P-0002")
        there.ok("pupil", "edit", "P-0001", "--name", "Test Other")
        assert supposed.row("SELECT name FROM pupil WHERE id = 1") == ("Adam Example",)
    with there.opened() as store:
        names = list(store.rows("SELECT name FROM pupil ORDER BY id"))
    assert names == [("Test Other",), ("Second Pupil",)]


def test_a_supposition_that_fails_leaves_what_was_supposed_before(there: ServerProgram) -> None:
    with there.opened() as store, store.suppose() as supposed:
        with change(supposed, ME, "suppose") as unit:
            unit.update("pupil", 1, {"name": "Adam Example"})
        with pytest.raises(ZeroDivisionError), change(supposed, ME, "suppose") as unit:
            unit.update("pupil", 1, {"name": "L. Sample"})
            unit.insert("closure", {"calendar": "Elm", "name": "INSET", "day": date(2026, 3, 2)})
            raise ZeroDivisionError
        assert supposed.row("SELECT name FROM pupil WHERE id = 1") == ("Adam Example",)
        with change(supposed, ME, "suppose") as unit:
            unit.insert("closure", {"calendar": "Elm", "name": "INSET", "day": date(2026, 3, 2)})
        assert supposed.row("SELECT count(*) FROM closure") == (1,)


def test_the_log_refuses_to_be_changed(there: ServerProgram) -> None:
    with there.opened() as store:
        for statement in ("UPDATE audit SET who = 'nobody'", "DELETE FROM chain"):
            with pytest.raises(IntegrityError, match="never changed"):
                store.rows(statement)


def test_a_log_that_was_altered_shows(cluster: Cluster, there: ServerProgram) -> None:
    cluster.sql("ALTER TABLE audit DISABLE TRIGGER USER", "mine")
    cluster.sql("UPDATE audit SET who = 'nobody' WHERE unit = 2", "mine")
    found = there("db", "verify")
    assert found.code == 6 and "Change 2 is not as it was written" in found.out + found.err


def test_a_file_of_evidence_is_kept_in_the_database_and_told_if_it_is_altered(
    cluster: Cluster, there: ServerProgram
) -> None:
    file = there.folder / "letter.pdf"
    file.write_bytes(b"%PDF" + os.urandom(3 << 20))
    seen = ("record", "evidence", "PR-0001", "--item", "insurance", "--file")
    there.ok(*seen, str(file), "--by", "A. Tester", "--day", "2026-02-27")
    assert cluster.sql("SELECT count(*) FROM attachment", "mine") == [(4,)]
    assert not list(there.folder.glob("**/*.attachments"))
    assert there("db", "check").code == 0
    cluster.sql("UPDATE attachment SET content = 'x' WHERE part = 2", "mine")
    found = there("db", "check")
    assert found.code == 1 and "altered: E-0001" in found.out
    cluster.sql("DELETE FROM attachment", "mine")
    assert "missing: E-0001" in there("doctor").out


def test_a_file_that_an_undone_record_used_stays_while_the_log_names_it(
    cluster: Cluster, there: ServerProgram
) -> None:
    file = there.folder / "letter.pdf"
    file.write_bytes(b"%PDF")
    seen = ("record", "evidence", "PR-0001", "--item", "insurance", "--file", str(file))
    there.ok(*seen, "--by", "A. Tester", "--day", "2026-02-27")
    there.ok("undo", "--yes")
    cluster.sql("UPDATE attachment SET at = '2020-01-01T00:00:00+00:00'", "mine")
    cluster.sql("INSERT INTO attachment VALUES ('" + "0" * 64 + "', 0, 'x', '2020-01-01')", "mine")
    assert "1 file that no record used were deleted" in there.ok("db", "check", "--mend").err
    assert cluster.sql("SELECT count(*) FROM attachment", "mine") == [(1,)]


def test_a_whole_store_goes_out_to_a_file_and_into_a_server(
    cluster: Cluster, there: ServerProgram, tmp_path: Path
) -> None:
    file = there.folder / "letter.pdf"
    file.write_bytes(b"%PDF")
    seen = ("record", "evidence", "PR-0001", "--item", "insurance", "--file", str(file))
    there.ok(*seen, "--by", "A. Tester", "--day", "2026-02-27")
    there.ok("export", "all", "everything.zip")
    other = ServerProgram(tmp_path, server=cluster.create("other"))
    other.ok("import", "everything.zip", "all")
    assert other.ok("log", "--json").data == there.ok("log", "--json").data
    assert "1 file of evidence" in other.ok("doctor").out
    assert other.ok("db", "verify").out == there.ok("db", "verify").out


SENTENCES = {
    "postgresql://ap:letmein@127.0.0.1:{port}/nowhere": "no such database or user there",
    "postgresql://nobody:letmein@127.0.0.1:{port}/mine": "no such database or user there",
    "postgresql://ap:letmein@127.0.0.1:1/mine": "nothing answers there",
    "postgresql://ap:letmein@nowhere.invalid/mine": "there is no such server",
    "postgresql://ap@127.0.0.1:{port}/mine?password=letmein&colour=blue": "no address of a server",
}


@pytest.mark.parametrize("typed", SENTENCES)
def test_a_server_that_cannot_be_used_is_told_in_one_sentence_without_a_password(
    cluster: Cluster, there: ServerProgram, typed: str
) -> None:
    found = there("pupil", "list", AP_DB=typed.format(port=cluster.port))
    assert found.code == 5 and SENTENCES[typed] in found.err, found
    assert found.err.count("\n") == 1 and "letmein" not in found.out + found.err


def test_a_wrong_password_is_told(cluster: Cluster, there: ServerProgram) -> None:
    cluster.sql("DROP ROLE IF EXISTS keyed")
    cluster.sql("CREATE ROLE keyed LOGIN PASSWORD 'right'")
    rules = cluster.folder / "data" / "pg_hba.conf"
    before = rules.read_text("utf-8")
    rules.write_text("host all keyed 127.0.0.1/32 scram-sha-256\n" + before, "utf-8")
    cluster.sql("SELECT pg_reload_conf()")
    address = cluster.address("mine", "keyed:wrong")
    try:
        for _ in range(50):  # the server reads its rules again in its own time
            found = there("pupil", "list", AP_DB=address)
            if "password is wrong" in found.err:
                break
            time.sleep(0.1)
        assert found.code == 5 and "the password is wrong" in found.err, found
        assert "wrong@" not in found.err and "keyed@127.0.0.1" in found.err
    finally:
        rules.write_text(before, "utf-8")
        cluster.sql("SELECT pg_reload_conf()")


def test_the_password_of_an_address_is_never_shown() -> None:
    typed = {
        "postgresql://ap:p%40ss@db.example.org/ap": "postgresql://ap@db.example.org/ap",
        "postgresql://ap:p@ss@db.example.org/ap": "postgresql://ap@db.example.org/ap",
        "postgresql://ap@lea:p/a?s#s@db.example.org/ap": "postgresql://ap@lea@db.example.org/ap",
        "postgresql://db/ap?sslpassword=secret": "postgresql://db/ap",
        "postgresql://db/ap?user=ap&passwor%64=secret#x": "postgresql://db/ap?user=ap",
        "postgresql://db/ap?a=1&%50ASSWORD=x?y&user=b": "postgresql://db/ap?a=1&user=b",
        "postgresql://db/ap?password=half&other=half": "postgresql://db/ap",
        "postgresql://db/ap?password=half&half&port=1&x": "postgresql://db/ap?port=1",
        "postgresql://db/ap?oauth_client_secret=x": "postgresql://db/ap",
        "postgres://db/ap?password=secret": "postgres://db/ap",
        "postgresql://db/ap?password=secret&sslmode=require": "postgresql://db/ap?sslmode=require",
        "postgresql://db:5433/ap": "postgresql://db:5433/ap",
        "postgresql://ap@[::1]:5433/ap": "postgresql://ap@[::1]:5433/ap",
        "postgresql://db/ap?options=-csearch_path%3Dschool_a&passfile=/home/ap/pass": (
            "postgresql://db/ap?options=-csearch_path%3Dschool_a&passfile=/home/ap/pass"
        ),
    }
    for address, shown in typed.items():
        assert has_password(address) is (address != shown)
        assert without_password(address) == shown
        assert str(read_address(address)) == shown
        assert repr(read_address(address)) == f"Address({shown!r})"


def test_a_password_is_not_written_into_the_users_file(ap: Program) -> None:
    found = ap("config", "set", "db", "postgresql://ap:letmein@db.example.org/ap")
    assert found.code == 2 and "~/.pgpass" in found.err and "letmein" not in found.err
    ap.ok("config", "set", "db", "postgresql://ap@db.example.org/ap")
    for typed in ("list", "get db", "set db postgresql://db.example.org/ap"):
        shown = ap("config", *typed.split(), AP_DB="postgresql://ap:letmein@db.example.org/ap")
        assert shown.code == 0 and "letmein" not in shown.out + shown.err


WITH_PASSWORD = (
    "postgresql://ap:letmein@127.0.0.1:1/ap",
    "postgresql://127.0.0.1:1/ap?sslpassword=letmein",
    "postgresql://127.0.0.1:1/ap?passwor%64=letmein",
)
WITHOUT_PASSWORD = "postgresql://ap@127.0.0.1:1/ap"


@pytest.mark.parametrize("address", WITH_PASSWORD)
@pytest.mark.parametrize(
    "command",
    [
        *("config set db {}", "db copy {} copy.db", "db copy ap.db {}"),
        *("--db {} pupil list", "pupil list --db {}"),
    ],
)
def test_an_address_with_a_password_is_refused_where_others_see_it(
    ap: Program, command: str, address: str
) -> None:
    found = ap(*command.format(address).split())
    assert found.code == 2 and "~/.pgpass" in found.err and "PGPASSWORD" in found.err
    assert "letmein" not in found.out + found.err
    assert "~/.pgpass" not in ap(*command.format(WITHOUT_PASSWORD).split()).err


@pytest.mark.parametrize("command", ("--db {} pupil list", "pupil list --db {}"))
def test_a_store_on_a_server_is_named_before_a_command_or_after_it(
    there: ServerProgram, tmp_path: Path, command: str
) -> None:
    here = Program(tmp_path / "here")
    here.folder.mkdir()
    before = sorted(here.folder.rglob("*"))
    found = here.ok(*command.format(there.server).split())
    assert found.out == there.ok("pupil", "list").out and "P-0001" in found.out
    assert sorted(here.folder.rglob("*")) == before


def test_the_sample_is_made_in_an_empty_database_by_who_is_logged_in(
    cluster: Cluster, tmp_path: Path
) -> None:
    there = ServerProgram(tmp_path, server=cluster.create("sampled"))
    here = Program(tmp_path)
    found = here.ok("demo", "--db", there.server)
    assert f"A sample school of invented pupils is at {there.server}" in found.out
    assert f"export AP_DB={there.server}" in found.out
    assert {row["who"] for row in there.json("log")} == {OWNER}
    assert there("db", "verify").code == 0
    again = here("demo", "--db", there.server)
    assert (again.code, again.out, again.err.count("\n")) == (2, "", 1)
    assert "name an empty database" in again.err
    assert "delete its file or database" in there("undo", "--yes").err
    assert len(there.json("pupil", "list")) == 12
    cluster.drop("sampled")


def test_a_sample_beside_a_store_on_a_server_is_a_file(there: ServerProgram) -> None:
    before = there.ok("log", "--json").out
    made = there.json("demo")[0]["store"]
    assert Path(made).is_file()
    assert there.ok("log", "--json").out == before


def test_schools_with_a_schema_each_in_one_database_have_a_store_each(
    cluster: Cluster, tmp_path: Path
) -> None:
    address = cluster.create("shared")
    for school in ("school_a", "school_b", "school_c"):
        cluster.sql(f"CREATE SCHEMA {school}", "shared")
    first = ServerProgram(tmp_path, server=f"{address}?options=-csearch_path%3Dschool_a")
    second = ServerProgram(tmp_path, server=f"{address}?options=-csearch_path%3Dschool_b")
    third = ServerProgram(tmp_path, server=address)
    first.ok(*SECOND)
    assert second.json("pupil", "list") == []
    third.ok(*SECOND, PGOPTIONS="-csearch_path=school_c")
    found = cluster.sql(
        "SELECT schemaname FROM pg_tables WHERE tablename = 'pupil' ORDER BY 1", "shared"
    )
    assert found == [("school_a",), ("school_b",), ("school_c",)]
    assert len(first.json("pupil", "list")) == 1


def test_a_statement_that_begins_with_with_reads_the_same_state_as_those_before(
    there: ServerProgram,
) -> None:
    with there.opened() as store:
        query = "WITH known AS (SELECT id FROM pupil) SELECT count(*) FROM known"
        before = store.connection.execute(query).fetchone()
        there.ok(*SECOND)
        assert store.connection.execute(query).fetchone() == before
    with there.opened() as store:
        assert store.connection.execute(query).fetchone() == (before[0] + 1,)


def test_who_may_only_read_is_told_so_and_can_suppose(
    cluster: Cluster, there: ServerProgram
) -> None:
    cluster.sql("DROP ROLE IF EXISTS reader")
    cluster.sql("CREATE ROLE reader LOGIN")
    cluster.sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", "mine")
    address = cluster.address("mine", "reader")
    assert there.ok("pupil", "list", AP_DB=address).out
    refused = there(*SECOND, AP_DB=address)
    assert refused.code == 5 and "You may read this store, not change it" in refused.err
    assert refused.err.count("\n") == 1
    what_if = ("what-if", "PL-0001", "--hours", "10", "--json")
    assert there(*what_if, AP_DB=address).out == there(*what_if).out != ""
    cluster.sql("DROP OWNED BY reader", "mine")
    cluster.sql("DROP ROLE reader")


def test_a_store_of_a_newer_program_is_left_alone(cluster: Cluster, there: ServerProgram) -> None:
    cluster.sql("UPDATE alembic_version SET version_num = '9999'", "mine")
    found = there(*SECOND)
    assert found.code == 5 and "made by a newer ap (schema 9999" in found.err
    assert cluster.sql("SELECT count(*) FROM pupil", "mine") == [(1,)]
    assert there("db", "upgrade").code == 5


def test_a_store_of_an_older_program_is_upgraded_when_asked(
    cluster: Cluster, there: ServerProgram
) -> None:
    for later in ("counter", "hold", "erased"):
        cluster.sql(f"DROP TABLE {later}", "mine")
    cluster.sql("UPDATE alembic_version SET version_num = '0016'", "mine")
    found = there(*SECOND)
    assert found.code == 5 and "back it up with pg_dump, then run `ap db upgrade`" in found.err
    assert f"was at schema 0016 and is at {HEAD}" in there.ok("db", "upgrade").out
    assert there.ok(*SECOND).out.startswith("P-0002")


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that a test may stop."""
    made = start_cluster()
    yield made
    with suppress(subprocess.CalledProcessError):
        made.stop()
    made.remove(stopped=True)


def test_a_server_that_stops_in_the_middle_of_a_write_keeps_nothing_of_it(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    there = ServerProgram(tmp_path, server=own_cluster.create("mine"))
    there.ok(*SECOND)
    with (
        there.opened() as store,
        pytest.raises(StoreProblem, match="no longer answers"),
        change(store, ME, "try") as unit,
    ):
        unit.insert("pupil", {"name": "L. Sample", "born": date(2010, 1, 1)})
        own_cluster.stop("fast")
        unit.insert("pupil", {"name": "L. Sample", "born": date(2010, 1, 2)})
    found = there("pupil", "list")
    assert found.code == 5 and "nothing answers there" in found.err
    own_cluster.start()
    assert there.ok(*SECOND[:2], "Third Pupil", *SECOND[3:]).out.startswith("P-0002")
    assert there("db", "verify").code == 0


def test_nothing_of_a_killed_write_is_kept(there: ServerProgram) -> None:
    code = (
        "import sys, time; from ap_cli.store.address import read_address;"
        "from ap_cli.store.opening import open_store; from ap_cli.store.author import Author;"
        "from ap_cli.store.writing import change; from datetime import date\n"
        "with open_store(read_address(sys.argv[1])) as store:\n"
        " with change(store, Author('A. Tester'), 'try') as unit:\n"
        "  unit.insert('pupil', {'name': 'L. Sample', 'born': date(2010, 1, 1)})\n"
        "  print('wrote', flush=True); time.sleep(60)\n"
    )
    writing = subprocess.Popen(
        [sys.executable, "-c", code, there.server], stdout=subprocess.PIPE, text=True
    )
    assert writing.stdout and writing.stdout.readline() == "wrote\n"
    writing.send_signal(signal.SIGKILL)
    writing.wait()
    assert there.ok(*SECOND).out.startswith("P-0002")
    assert there("db", "verify").code == 0


def test_backups_are_left_to_the_server_and_it_is_said_how(there: ServerProgram) -> None:
    for command in (("db", "backup"), ("db", "backup", "friday.zip")):
        found = there(*command)
        assert (
            found.code == 2
            and f"pg_dump --format=custom --file=ap.dump {there.server}" in found.err
        )
    found = there("db", "restore", "friday.zip", "--yes")
    assert found.code == 2 and "pg_restore" in found.err
    assert there("db", "encrypt").code == 2


def test_what_pg_dump_wrote_is_a_store_again(
    cluster: Cluster, there: ServerProgram, tmp_path: Path
) -> None:
    dump = cluster.folder / "ap.dump"
    cluster.run("pg_dump", "--format=custom", f"--file={dump}", there.server)
    restored = ServerProgram(tmp_path, server=cluster.create("restored"))
    cluster.run("pg_restore", "--no-owner", f"--dbname={restored.server}", str(dump))
    assert restored.ok("log", "--json").out == there.ok("log", "--json").out
    assert restored.ok("db", "verify").out == there.ok("db", "verify").out
    assert restored.ok(*SECOND).out.startswith("P-0002")


def test_psycopg_is_loaded_for_a_server_alone(there: ServerProgram) -> None:
    code = (
        "import sys; from ap_cli.store.opening import open_store;"
        "from ap_cli.store.address import read_address;"
        "open_store(read_address(sys.argv[1])).row('SELECT 1'); print('psycopg' in sys.modules)"
    )
    file = str(there.folder / "ap.db")
    for address, expected in ((file, "False\n"), (there.server, "True\n")):
        ran = subprocess.run(
            [sys.executable, "-c", code, address], capture_output=True, text=True, check=True
        )
        assert ran.stdout == expected


def test_without_psycopg_it_is_said_what_to_install(there: ServerProgram, tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ModuleNotFoundError('psycopg')", "utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    found = there("pupil", "list", PYTHONPATH=path)
    assert found.code == 2 and "pip install 'ap-cli[postgres]'" in found.err


def test_days_texts_and_numbers_come_as_a_file_has_them(there: ServerProgram) -> None:
    with there.opened() as store:
        assert store.row("SELECT born, name, id FROM pupil") == ("2010-06-27", "Test Pupil", 1)
        assert store.row("SELECT sum(id), max(at) FROM audit")[0] > 0
        row = store.row("SELECT name FROM pupil WHERE name = :name", name="100 %: 'x' :born")
        assert row is None
    with closing(open_store(read_address(there.server))) as again:
        assert again.row("SELECT 1 = 1") == (True,)


def test_an_erased_child_is_in_no_table_and_in_no_file_of_the_database(
    cluster: Cluster, there: ServerProgram
) -> None:
    there.ok("pupil", "add", "Zebulon Quill", "--born", "2010-06-27")
    there.ok("pupil", "edit", "P-0002", "--home-school", "Elm Academy")
    found = there.ok("pupil", "erase", "P-0002", "--reason", "asked by the family", "--yes")
    assert "P-0002 was erased" in found.err
    assert there("db", "verify").code == 0
    (number,) = cluster.sql("SELECT oid FROM pg_database WHERE datname = 'mine'")[0]
    cluster.sql("CHECKPOINT", "mine")
    files = list((cluster.folder / "data" / "base" / str(number)).iterdir())
    assert len(files) > 100
    assert not [file for file in files if b"Zebulon" in file.read_bytes()]
