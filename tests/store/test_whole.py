"""A whole store goes out to one file and comes in again the same, row by row."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import stat
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ap_cli.errors import ApError, StoreProblem
from ap_cli.services import drafts
from ap_cli.services.drafts import OpenForm
from ap_cli.services.whole import Whole, export_all, import_all
from ap_cli.store import schema
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.connection import HEAD, connect
from ap_cli.store.opening import open_store
from ap_cli.store.queries.chain import guard, unguard
from ap_cli.store.verifying import verify

from ..conftest import POSIX, Program

HOSTILE = (
    "=1+1",
    "<b>&",
    "../../x",
    "a\nb\rc\x00",
    "{{x}}",
    "\u202eemoji 🦊",
    "'\"; DROP TABLE pupil",
)


@pytest.fixture(scope="module")
def _full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample school with a file of evidence, a draft, an undone change and an amended mark."""
    ap = Program(tmp_path_factory.mktemp("full"), on="2026-11-20")
    ap.ok("demo", "--db", str(ap.store))
    (ap.folder / "policy.pdf").write_bytes(b"%PDF a policy")
    ap.ok(
        "record",
        "evidence",
        "PR-0001",
        "--item",
        "insurance",
        "--file",
        str(ap.folder / "policy.pdf"),
    )
    ap.ok("pupil", "add", "Sample Other", "--born", "2012-01-01")
    ap.ok("undo", "--yes")
    ap.ok("pupil", "show", "P-0001", "--names")
    with ap.opened() as store:
        form = OpenForm("record contact", "PL-0001")
        drafts.keep(store, {"whom": "C. Sample"}, Author("tester"), None, form)
    return ap.folder


@pytest.fixture
def full(_full: Path, tmp_path: Path) -> Program:
    folder = tmp_path / "full"
    shutil.copytree(_full, folder)
    return Program(folder, on="2026-11-20")


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table with the type of each value, and what makes the tables."""
    store = connect(path)
    store.text_factory = bytes
    found: dict[str, list[tuple[Any, ...]]] = {}
    names = [
        name.decode()
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    for name in names:
        columns = [row[1].decode() for row in store.execute(f"PRAGMA table_info({name})")]
        wanted = ", ".join(f'"{column}", typeof("{column}")' for column in columns)
        found[name] = sorted(store.execute(f"SELECT {wanted} FROM {name}").fetchall(), key=repr)
    made = store.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    found["schema"] = sorted(made.fetchall(), key=repr)
    store.close()
    return found


def exported(program: Program, file: str = "all.zip") -> Path:
    export_all(Address(program.store), program.folder / file)
    return program.folder / file


def imported(file: Path, target: Path, dry_run: bool = False) -> Whole:
    return import_all(Address(target), file, date(2026, 11, 20), dry_run)


def test_a_store_comes_in_again_the_same_row_by_row(full: Program, tmp_path: Path) -> None:
    made = export_all(Address(full.store), full.folder / "all.zip")
    target = tmp_path / "new" / "other.db"
    found = imported(full.folder / "all.zip", target)
    before = dump(full.store)
    assert dump(target) == before and all(
        before[name] for name in ("audit", "proof", "chain", "mark", "draft", "seen")
    )
    assert found.rows == made.rows and found.evidence == made.evidence == 1
    kept = {file.name: file.read_bytes() for file in Address(full.store).attachments.iterdir()}
    assert {file.name: file.read_bytes() for file in Address(target).attachments.iterdir()} == kept
    with open_store(Address(target)) as store:
        assert verify(store).problem is None and verify(store).changes > 3


def test_work_goes_on_in_it_as_in_the_first(full: Program, tmp_path: Path) -> None:
    target = tmp_path / "other.db"
    imported(exported(full), target)
    for store in (str(full.store), str(target)):
        assert full.ok(
            "pupil", "add", "Sample New", "--born", "2012-02-01", "--db", store
        ).out.strip()
        full.ok("draft", "list", "--db", store)
        assert full("db", "verify", "--db", store).code == 0
        assert full("db", "check", "--db", store).code in (0, 1)
    new = [full.json("pupil", "list", "--db", str(one))[-1]["ref"] for one in (full.store, target)]
    assert new[0] == new[1]


def test_the_log_refuses_to_be_changed_in_it(full: Program, tmp_path: Path) -> None:
    target = tmp_path / "other.db"
    imported(exported(full), target)
    for table in ("audit", "chain", "proof", "seen"):
        with pytest.raises(Exception, match="never changed"):
            connect(target).execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_comes_back_the_same(
    placed: Program, tmp_path: Path, text: str
) -> None:
    store = connect(placed.store)
    for table, column in (("provider", "name"), ("pupil", "home_school"), ("placement", "owner")):
        store.execute(f"UPDATE {table} SET {column} = ?", (text,))
    store.close()
    imported(exported(placed), tmp_path / "other.db")
    assert dump(tmp_path / "other.db") == dump(placed.store)
    with zipfile.ZipFile(placed.folder / "all.zip") as archive:
        assert all(not name.startswith(("/", "..")) for name in archive.namelist())


def test_broken_text_and_bytes_come_back_as_what_they_were(placed: Program, tmp_path: Path) -> None:
    store = connect(placed.store)
    store.execute("UPDATE provider SET contact = CAST(x'ff41' AS TEXT), lead = x'00ff'")
    store.close()
    imported(exported(placed), tmp_path / "other.db")
    found = connect(tmp_path / "other.db").execute(
        "SELECT hex(contact), typeof(contact), hex(lead), typeof(lead) FROM provider"
    )
    assert found.fetchone() == ("FF41", "text", "00FF", "blob")


@pytest.mark.parametrize("earlier", ["0003", f"{int(HEAD) - 1:04d}"])
def test_a_store_of_an_earlier_schema_is_upgraded_on_its_way_in(
    tmp_path: Path, earlier: str
) -> None:
    old = tmp_path / "old.db"
    schema.upgrade(old, earlier)
    export_all(Address(old), tmp_path / "all.zip")
    imported(tmp_path / "all.zip", tmp_path / "new.db")
    (version,) = (
        connect(tmp_path / "new.db").execute("SELECT version_num FROM alembic_version").fetchone()
    )
    assert version == HEAD
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert json.loads(archive.read("store.json"))["schema"] == earlier


def test_nothing_goes_into_a_store_that_has_records(full: Program, placed: Program) -> None:
    before = dump(placed.store)
    with pytest.raises(ApError, match="has records already"):
        imported(exported(full), placed.store)
    assert dump(placed.store) == before


def test_a_store_without_records_takes_it(full: Program, tmp_path: Path) -> None:
    target = tmp_path / "empty.db"
    open_store(Address(target)).close()
    imported(exported(full), target)
    assert dump(target) == dump(full.store)


def test_another_database_is_left_alone(full: Program, tmp_path: Path) -> None:
    target = tmp_path / "other.db"
    connect(target).execute("CREATE TABLE mine (id)")
    with pytest.raises(ApError, match="another database"):
        imported(exported(full), target)
    assert connect(target).execute("SELECT count(*) FROM mine").fetchone() == (0,)


def test_a_dry_run_writes_nothing(full: Program, tmp_path: Path) -> None:
    told = export_all(Address(full.store), full.folder / "all.zip", dry_run=True)
    assert not (full.folder / "all.zip").exists() and told.rows["pupil"] > 5
    file = exported(full)
    assert imported(file, tmp_path / "new.db", dry_run=True).rows == told.rows
    assert list(tmp_path.glob("*.db*")) == [] and list(tmp_path.glob(".*")) == []


@POSIX
def test_the_file_is_private(full: Program) -> None:
    assert stat.S_IMODE(exported(full).stat().st_mode) == 0o600
    assert not list(full.folder.glob(".*.part")) and not list(full.folder.glob(".all.zip*"))


def test_a_file_that_is_there_is_not_replaced(full: Program) -> None:
    (full.folder / "all.zip").write_text("mine")
    with pytest.raises(ApError, match="there already"):
        exported(full)
    assert (full.folder / "all.zip").read_text() == "mine"


Change = Callable[[dict[str, bytes]], None]


def altered(file: Path, change: Change, forged: bool = False) -> Path:
    """A copy of a file with its parts changed; a forged one says the SHA-256 of what it has now."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if forged:
        digests = {
            name: hashlib.sha256(content).hexdigest()
            for name, content in parts.items()
            if name.startswith(("tables/", "attachments/"))
        }
        told = json.loads(parts["store.json"]) | {"sha256": digests}
        parts["store.json"] = json.dumps(told).encode()
    made = file.with_name("altered.zip")
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made


def drop_row(parts: dict[str, bytes]) -> None:
    lines = parts["tables/pupil.jsonl"].splitlines(keepends=True)
    parts["tables/pupil.jsonl"] = b"".join(lines[:-1])


def drop_entry_of_log(parts: dict[str, bytes]) -> None:
    lines = parts["tables/audit.jsonl"].splitlines(keepends=True)
    parts["tables/audit.jsonl"] = b"".join(lines[:5] + lines[6:])
    told = json.loads(parts["store.json"])
    told["rows"]["audit"] -= 1
    parts["store.json"] = json.dumps(told).encode()


def alter_log(parts: dict[str, bytes]) -> None:
    parts["tables/audit.jsonl"] = parts["tables/audit.jsonl"].replace(
        b'"who":"demo"', b'"who":"xxxx"', 1
    )


def add_column(parts: dict[str, bytes]) -> None:
    parts["tables/pupil.jsonl"] = parts["tables/pupil.jsonl"].replace(b'{"id"', b'{"x":1,"id"', 1)


def add_table(parts: dict[str, bytes]) -> None:
    told = json.loads(parts["store.json"])
    told["rows"]["x; DROP TABLE pupil"] = 0
    parts["store.json"] = json.dumps(told).encode()


def bad_bytes(parts: dict[str, bytes]) -> None:
    parts["tables/proof.jsonl"] = parts["tables/proof.jsonl"].replace(
        b'{"bytes":"', b'{"bytes":"!', 1
    )


def cut_short(parts: dict[str, bytes]) -> None:
    parts["tables/entry.jsonl"] = parts["tables/entry.jsonl"][:-20]


def drop_table(parts: dict[str, bytes]) -> None:
    del parts["tables/mark.jsonl"]


def orphan(parts: dict[str, bytes]) -> None:
    lines = parts["tables/placement.jsonl"].splitlines(keepends=True)
    lines[0] = lines[0].replace(b'"pupil":1,', b'"pupil":999,')
    parts["tables/placement.jsonl"] = b"".join(lines)


def alter_evidence(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.startswith("attachments/"))
    parts[name] += b"x"


def number_of_70_bits(parts: dict[str, bytes]) -> None:
    parts["tables/pupil.jsonl"] = parts["tables/pupil.jsonl"].replace(
        b'"id":1,', b'"id":%d,' % 2**70, 1
    )


def nested_without_end(parts: dict[str, bytes]) -> None:
    parts["tables/pupil.jsonl"] = b'{"id":' + b"[" * 100_000 + b"\n"


def nest(parts: dict[str, bytes], deep: int, text: str = "") -> None:
    """Let the first entry have an answer of so many lists in each other, in an object."""
    lines = parts["tables/entry.jsonl"].splitlines(keepends=True)
    inner = "[" * (deep - 1) + json.dumps(text) + "]" * (deep - 1)
    cells = json.loads(lines[0]) | {"details": f'{{"x":{inner}}}'}
    lines[0] = json.dumps(cells).encode() + b"\n"
    parts["tables/entry.jsonl"] = b"".join(lines)


def nested_too_deeply(parts: dict[str, bytes]) -> None:
    nest(parts, 1001)


def other_schema_in_table(parts: dict[str, bytes]) -> None:
    parts["tables/alembic_version.jsonl"] = b'{"version_num":"0000_nothing"}\n'


def rename_pupil(parts: dict[str, bytes]) -> None:
    lines = parts["tables/pupil.jsonl"].splitlines(keepends=True)
    cells = json.loads(lines[0])
    lines[0] = json.dumps(cells | {"name": "Adam Example", "born": "not a day"}).encode() + b"\n"
    parts["tables/pupil.jsonl"] = b"".join(lines)


def add_evidence(parts: dict[str, bytes]) -> None:
    parts[f"attachments/{hashlib.sha256(b'x').hexdigest()}"] = b"x"


def drop_evidence(parts: dict[str, bytes]) -> None:
    del parts[next(name for name in parts if name.startswith("attachments/"))]


def refuse(file: Path, target: Path, words: str) -> None:
    """A file is refused as a wrong file is, and nothing of it is kept."""
    for dry_run in (False, True):
        with pytest.raises(ApError, match=words) as told:
            imported(file, target, dry_run)
        assert told.value.exit_code == 2 and ".part" not in str(told.value)
    assert not target.exists() and not Address(target).attachments.exists()
    assert list(target.parent.glob(".*")) == []


IN_TABLES = [drop_row, drop_entry_of_log, alter_log, add_column, bad_bytes, cut_short, orphan]
IN_TABLES += [number_of_70_bits, nested_without_end, nested_too_deeply, other_schema_in_table]


@pytest.mark.parametrize("change", [*IN_TABLES, add_table])
def test_a_forged_file_is_refused_and_leaves_no_store(
    full: Program, tmp_path: Path, change: Change
) -> None:
    words = "was changed" if change is add_table else "is damaged"
    refuse(altered(exported(full), change, forged=True), tmp_path / "new.db", words)


def test_an_answer_that_every_sqlite_reads_comes_in_and_is_told(
    full: Program, tmp_path: Path
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        nest(parts, 1000, 'in "quotation marks" [[[[')

    found = imported(altered(exported(full), change, forged=True), tmp_path / "new.db")
    assert found.unreadable[0].startswith("E-0001 cannot be read")


@pytest.mark.parametrize(
    "change",
    [*IN_TABLES, rename_pupil, drop_table, alter_evidence, add_evidence, drop_evidence],
)
def test_whatever_was_changed_after_the_export_is_noticed(
    full: Program, tmp_path: Path, change: Change
) -> None:
    words = "altered.zip was changed after it was exported: (tables|attachments)/"
    refuse(altered(exported(full), change), tmp_path / "new.db", words)


def test_a_file_of_evidence_that_is_not_what_its_name_says_is_refused(
    full: Program, tmp_path: Path
) -> None:
    file = altered(exported(full), alter_evidence, forged=True)
    refuse(file, tmp_path / "new.db", "is not the file of evidence that it says")


def test_a_record_that_cannot_be_read_is_named_and_nothing_is_said_to_be_checked(
    full: Program,
) -> None:
    full.ok("export", "all", "k.zip")
    file = altered(full.folder / "k.zip", rename_pupil, forged=True)
    told = full.ok("import", file.name, "all", "--db", "new.db")
    assert "Imported and checked" not in told.err and "Imported: " in told.err
    assert "P-0001 cannot be read" in told.err and "AP906" in told.err
    assert "P-0001 cannot be read" in full("db", "check", "--db", "new.db").out


@pytest.mark.parametrize("schema", ["", "0000_nothing", "0000", "*", "../0001", "head", "99999"])
def test_a_schema_that_no_ap_had_is_refused_first(
    full: Program, tmp_path: Path, schema: str
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        told = json.loads(parts["store.json"])
        parts["store.json"] = json.dumps(told | {"schema": schema}).encode()

    refuse(altered(exported(full), change), tmp_path / "new.db", "a schema that no ap has had")


def patched(file: Path, signature: bytes, offset: int, value: int) -> Path:
    """A copy of a zip file with two bytes of each header of a kind changed."""
    content = bytearray(file.read_bytes())
    place = content.find(signature)
    while place >= 0:
        struct.pack_into("<H", content, place + offset, value)
        place = content.find(signature, place + 4)
    made = file.with_name("patched.zip")
    made.write_bytes(content)
    return made


def test_a_zip_file_with_a_password_says_what_to_do(full: Program, tmp_path: Path) -> None:
    file = patched(exported(full), b"PK\x01\x02", 8, 1)
    refuse(file, tmp_path / "new.db", "is protected by a password")


def test_a_zip_file_packed_in_another_way_is_refused(full: Program, tmp_path: Path) -> None:
    file = patched(exported(full), b"PK\x01\x02", 10, 99)
    refuse(file, tmp_path / "new.db", "packed in a way that ap does not write")


@pytest.mark.parametrize("part", ["store.json", "tables/pupil.jsonl"])
def test_a_broken_deflate_is_refused(full: Program, tmp_path: Path, part: str) -> None:
    file = exported(full)
    with zipfile.ZipFile(file) as archive:
        header = archive.getinfo(part).header_offset
    content = bytearray(file.read_bytes())
    name, extra = struct.unpack_from("<HH", content, header + 26)
    begins = header + 30 + name + extra
    content[begins : begins + 8] = b"\xff" * 8
    file.write_bytes(content)
    refuse(file, tmp_path / "new.db", "was changed after|is not what ap export all writes")


@pytest.mark.parametrize("left", [0, 10, 1000, -1, -30])
def test_a_file_that_was_cut_short_is_refused(full: Program, tmp_path: Path, left: int) -> None:
    file = exported(full)
    file.write_bytes(file.read_bytes()[:left])
    refuse(file, tmp_path / "new.db", "is not what ap export all writes: a zip file")


def zeros(tmp_path: Path, megabytes: int, times: bytes) -> Path:
    """A zip file of one table that unpacks to so many megabytes."""
    made = tmp_path / "zeros.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables/pupil.jsonl", times * (megabytes << 20))
    return made


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zeros(tmp_path, 21, b"0")
    refuse(bomb, tmp_path / "deep" / "new.db", "would unpack to 21 megabytes")
    below = zeros(tmp_path, 20, b"0")
    refuse(below, tmp_path / "deep" / "new.db", "is not what ap export all writes")


def test_a_backup_that_is_a_zip_bomb_is_not_unpacked(placed: Program) -> None:
    before = dump(placed.store)
    with zipfile.ZipFile(placed.folder / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ap.db", b"0" * (21 << 20))
    found = placed("db", "restore", "b.zip", "--yes")
    assert found.code == 2 and "would unpack to 21 megabytes" in found.err
    assert dump(placed.store) == before and not list(placed.folder.glob(".*.part"))


def test_a_log_that_was_altered_before_stays_as_it_is_and_that_is_said(full: Program) -> None:
    store = connect(full.store)
    unguard(store)
    store.execute("UPDATE audit SET who = 'somebody else' WHERE id = 30")
    guard(store)
    store.close()
    for command in (("export", "all", "k.zip"), ("import", "k.zip", "all", "--db", "new.db")):
        assert "The log was altered before it was exported" in full.ok(*command).err
    assert dump(full.folder / "new.db") == dump(full.store)
    assert full("db", "verify", "--db", "new.db").code == 6


@pytest.mark.parametrize(
    "name",
    ["attachments/../../climbed", "../climbed", "/climbed", "a\\..\\..\\climbed", "C:climbed"],
)
def test_no_file_in_it_leads_outside(full: Program, tmp_path: Path, name: str) -> None:
    def climb(parts: dict[str, bytes]) -> None:
        parts[name] = b"x"

    file = altered(exported(full), climb)
    refuse(file, tmp_path / "deep" / "new.db", "would be written elsewhere")
    assert not list(tmp_path.rglob("climbed"))


def test_a_file_that_was_packed_again_is_imported(full: Program, tmp_path: Path) -> None:
    def pack(parts: dict[str, bytes]) -> None:
        parts["tables/"] = b""
        parts["__MACOSX/._store.json"] = b"x"

    imported(altered(exported(full), pack), tmp_path / "new.db")
    assert dump(tmp_path / "new.db") == dump(full.store)


def newer(parts: dict[str, bytes]) -> None:
    told = json.loads(parts["store.json"])
    parts["store.json"] = json.dumps(told | {"schema": "9999"}).encode()


def test_a_file_of_a_newer_ap_says_what_to_install(full: Program, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="newer ap"):
        imported(altered(exported(full), newer), tmp_path / "new.db")


def test_what_is_no_such_file_is_refused(full: Program, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no zip")
    with pytest.raises(ApError, match="not what ap export all writes"):
        imported(tmp_path / "x.zip", tmp_path / "new.db")
    full.ok("db", "backup", str(tmp_path / "backup.zip"))
    with pytest.raises(ApError, match="ap db restore"):
        imported(tmp_path / "backup.zip", tmp_path / "new.db")
    with pytest.raises(ApError):
        imported(tmp_path / "nowhere.zip", tmp_path / "new.db")


def test_the_command_says_what_is_in_it_and_logs_it_as_a_look(full: Program) -> None:
    found = full.ok("export", "all", "k")
    assert found.out.strip() == str(full.folder / "k.zip")
    assert "Exported and checked:" in found.err and "1 file of evidence" in found.err
    assert full.json("log", "--seen")[-1]["what"] == "export all"
    with zipfile.ZipFile(full.folder / "k.zip") as archive:
        seen = archive.read("tables/seen.jsonl").splitlines()
    assert json.loads(seen[-1])["subject"] == "every child"


def test_the_command_takes_it_into_a_new_store_and_no_other(full: Program) -> None:
    full.ok("export", "all", "k.zip")
    before = dump(full.store)
    assert "has records already" in full("import", "k.zip", "all").err
    told = full.ok("import", "k.zip", "all", "--db", "new.db", "--dry-run").err
    assert "Would be imported" in told and not (full.folder / "new.db").exists()
    assert "Imported and checked" in full.ok("import", "k.zip", "all", "--db", "new.db").err
    assert dump(full.folder / "new.db") == before == dump(full.store)


def test_a_missing_file_of_evidence_is_named(full: Program) -> None:
    for file in Address(full.store).attachments.iterdir():
        file.unlink()
    made = export_all(Address(full.store), full.folder / "all.zip")
    assert made.evidence == 0 and len(made.left_out) == 1


def test_bytes_are_base64_in_the_file(full: Program) -> None:
    with zipfile.ZipFile(exported(full)) as archive:
        first = json.loads(archive.read("tables/proof.jsonl").splitlines()[0])
    assert len(base64.b64decode(first["digest"]["bytes"])) == 32
