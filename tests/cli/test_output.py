"""What a command writes: JSON, CSV and files; nothing half written, whatever goes wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ap_cli.render.output import IN_MEMORY, HeldOutput
from ap_cli.store.connection import connect

from ..conftest import COMPLETE, POSIX, Program


def test_json_has_its_envelope_and_is_a_list_when_empty(ap: Program) -> None:
    for command in (
        ["pupil", "list"],
        ["provider", "list"],
        ["placement", "list"],
        ["reviews", "due"],
        ["check"],
    ):
        told = json.loads(ap(*command, "--json").out)
        assert told == {"ap": 1, "kind": " ".join(command), "on": "2026-03-02", "data": []}


def test_the_same_finding_in_every_format(placed: Program) -> None:
    as_json = placed.json("check", "--rule", "AP202")[0]
    assert json.loads(placed("check", "--rule", "AP202", "--format", "jsonl").out) == as_json
    row = next(csv.DictReader(io.StringIO(placed("check", "--rule", "AP202", "--csv").out)))
    assert (
        row["rule"] == "AP202"
        and row["cites"] == "EA 1996 s.463; ESA 2008 ss.95, 96; AP guide; HB 1.2"
        and row["due"] == ""
    )


def test_a_csv_in_a_file_is_marked_for_spreadsheets_and_holds_no_formula(ap: Program) -> None:
    ap.ok("provider", "add", "=1+1", "--kind", "online")
    ap.ok("provider", "list", "--csv", "--out", "out.csv")
    assert (ap.folder / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf") and "'=1+1" in (
        ap.folder / "out.csv"
    ).read_text("utf-8-sig")


def test_a_text_that_was_stopped_from_running_before_is_told_from_one_that_was_not(
    ap: Program,
) -> None:
    for name in ("=1+1", "'=1+1", "'quoted'"):
        ap.ok("provider", "add", name, "--kind", "online", "--another")
    rows = list(csv.DictReader(io.StringIO(ap("provider", "list", "--csv").out)))
    assert [row["name"] for row in rows] == ["'=1+1", "''=1+1", "'quoted'"]


def test_out_writes_a_file_whole_and_nothing_to_stdout(placed: Program) -> None:
    found = placed("check", "--json", "--out", "found.json")
    assert (
        found.code == 1
        and found.out == ""
        and json.loads((placed.folder / "found.json").read_text("utf-8"))["kind"] == "check"
    )
    assert placed("check", "--out", "no/such/folder/x").code == 2


def test_an_output_that_cannot_be_written_is_said_before_anything_is_kept(placed: Program) -> None:
    before = placed.store.read_bytes()
    for file in ("/no/such/folder/x", ".", "", "a" * 300, str(placed.store)):
        assert (
            placed("pupil", "add", "Another Pupil", "--born", "2012-01-01", "--out", file).code == 2
        )
    assert placed.store.read_bytes() == before


def test_an_output_takes_its_format_from_its_name_and_leaves_others_alone(placed: Program) -> None:
    (placed.folder / ".k.json.part").write_text("mine")
    placed.ok("provider", "list", "--out", "k.json")
    assert (
        json.loads((placed.folder / "k.json").read_text())["kind"] == "provider list"
        and (placed.folder / ".k.json.part").read_text() == "mine"
    )


@pytest.mark.parametrize(
    ("file", "begins"), [("k.txt", "PR-0001"), ("K.CSV", "\ufeffref,"), ("k", "PR-0001")]
)
def test_an_output_of_another_name_is_plain_lines_or_what_its_ending_asks(
    placed: Program, file: str, begins: str
) -> None:
    placed.ok("provider", "list", "--out", file)
    assert (placed.folder / file).read_text("utf-8").startswith(begins)


def test_an_ending_that_is_no_format_is_refused_unless_a_format_is_chosen(placed: Program) -> None:
    refused = placed("provider", "list", "--out", "k.foo")
    assert refused.code == 2 and not (placed.folder / "k.foo").exists()
    assert "cannot end in .foo: choose .json, .jsonl, .csv, .md, .xlsx or .txt" in refused.err
    for chosen in (["--json"], ["--csv"], ["--format", "plain"]):
        placed.ok("provider", "list", "--out", "k.foo", *chosen)
    assert "this file is the store" in placed("provider", "list", "--out", str(placed.store)).err


@pytest.mark.parametrize("output", ["--json", "--csv"])
def test_a_damaged_record_is_named_and_the_others_are_listed(placed: Program, output: str) -> None:
    placed.ok("pupil", "add", "Another Pupil", "--born", "2012-01-01")
    connect(placed.store).execute("UPDATE pupil SET born = 'soon' WHERE id = 2")
    found = placed("pupil", "list", output)
    assert found.code == 5 and "P-0002" in found.err
    assert "P-0001" in found.out and "P-0002" not in found.out


@POSIX
def test_a_closed_stream_or_a_reader_that_leaves_is_no_error(placed: Program) -> None:
    import subprocess

    from ..conftest import AP

    for shell in (
        "{ap} status <&-",
        "{ap} pupil list | true",
        "{ap} check --json --fail-on must | head -c 1",
        "{ap} --help | true",
    ):
        command = shell.format(ap=" ".join(AP))
        found = subprocess.run(
            ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
            env=placed.environment,
            capture_output=True,
            text=True,
        )
        assert (
            found.stdout.strip()[-1] in ("0", "1" if "check" in shell else "0")
            and "Traceback" not in found.stderr
        ), (shell, found)
    gone = subprocess.run(
        ["bash", "-c", f"{' '.join(AP)} pupil show P-9999 2>&-"],
        env=placed.environment,
        capture_output=True,
    )
    assert gone.returncode == 2 and gone.stdout == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["--version", "status", "check --json"])
def test_a_full_disk_under_the_output_is_told_in_one_sentence(
    placed: Program, command: str
) -> None:
    import subprocess

    from ..conftest import AP

    buffered = {
        name: value for name, value in placed.environment.items() if name != "PYTHONUNBUFFERED"
    }
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [*AP, *command.split()], env=buffered, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert (
        found.returncode == 2
        and found.stderr.startswith("the answer cannot be written: No space left")
        and len(found.stderr.splitlines()) == 1
    )


def test_a_csv_of_different_kinds_has_every_key(placed: Program) -> None:
    placed.ok("record", "waiver", "PL-0001", "--rule", "AP401", "--reason", "x")
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    rows = list(csv.DictReader(io.StringIO(placed("timeline", "PL-0001", "--csv").out)))
    assert (
        [row["kind"] for row in rows] == ["start", "waiver", "review"]
        and rows[2]["decided"] == "continue"
        and rows[1]["reason"] == "x"
    )
    assert (
        placed("pupil", "list", "nobody", "--csv").out
        == placed("pupil", "list", "--csv").out.splitlines()[0] + "\n"
    )


def test_a_large_answer_waits_in_memory_and_comes_out_as_it_went_in() -> None:
    held, pieces = HeldOutput(), [f"{number:07}\n".encode() * 1000 for number in range(1500)]
    for piece in pieces:
        held.write(piece)
    assert b"".join(held.pieces()) == b"".join(pieces) == b"".join(held.pieces())
    assert sum(map(len, pieces)) > 2 * IN_MEMORY
