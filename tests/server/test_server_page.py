"""What `ap help server` shows is what happens, command by command."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from ..conftest import Program, Ran, place
from ..generated import FOLDER
from .cluster import OWNER, Cluster, ServerProgram

PAGE = (FOLDER / "server.md").read_text("utf-8")
LINES = "".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).splitlines()
HOST = "@db.example.org/"
USERS = ("ap_owner", "lea", "sam", "governor")


def run_line(cluster: Cluster, ap: Program, line: str) -> Ran:
    """Run a line of the page: the program's own commands as ap_owner, the others as postgres does."""
    address = f"@127.0.0.1:{cluster.port}/"
    program, *args = shlex.split(line.replace(HOST, address))
    there = {"AP_DB": f"postgresql://ap_owner{address}ap"}
    if program == "ap":
        return ap(*args, **there)
    server = {"PGHOST": "127.0.0.1", "PGPORT": str(cluster.port), "PGUSER": OWNER}
    found = subprocess.run(
        [str(cluster.programs / program), *args],
        env=os.environ | server,
        cwd=ap.folder,
        capture_output=True,
        text=True,
    )
    return Ran(found.returncode, found.stdout, found.stderr)


def test_the_commands_of_the_page_do_what_it_says(cluster: Cluster, tmp_path: Path) -> None:
    for database in ("ap", "restored"):
        cluster.drop(database)
    for user in USERS:
        cluster.sql(f"DROP ROLE IF EXISTS {user}")
    here = Program(tmp_path)
    place(here)
    said = {}
    for line in LINES:
        said[line] = run_line(cluster, here, line)
        assert said[line].code == 0, (line, said[line])
    listed = said["ap access list"].out
    assert "lea  administrator" in listed and "sam  writer" in listed
    governor = ServerProgram(tmp_path, server=cluster.address("ap", "governor"))
    assert "under 5 children" in governor.ok("report", "governors", "--anonymous").out
    assert ServerProgram(tmp_path, server=cluster.address("ap", "sam"))("pupil", "list").code == 5
    restored = ServerProgram(tmp_path, server=cluster.address("restored", "ap_owner"))
    assert len(restored.json("pupil", "list")) == 1
    assert cluster.sql("SELECT has_database_privilege('public', 'ap', 'CONNECT')") == [(False,)]
    for database in ("ap", "restored"):
        cluster.drop(database)


def test_the_page_names_every_command_of_access_and_of_moving() -> None:
    for words in ("access grant", "access revoke", "access list", "db copy", "db upgrade"):
        assert any(line.startswith(f"ap {words}") for line in LINES)
