"""A PostgreSQL server of its own on this computer, run by another user than root."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ap_cli.store.address import read_address
from ap_cli.store.opening import Store, open_store

from ..conftest import Program, Ran, place

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of a server, by version."""

USERS = ("postgres", "nobody")
"""Who runs a server where root may not."""

OWNER = "tester"
"""The user of the database who made the server: the one whom tests take for themselves."""

OF_FILES = {("db", what) for what in ("backup", "restore", "encrypt", "rekey", "decrypt")}
"""The commands that a store on a server refuses, as whoever runs it does that there."""

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""What a server does not need to keep that lives as long as a test."""


def find_programs() -> Path | None:
    """Return the folder of a server's programs; None if none is installed."""
    debian = max(DEBIAN.glob("*/bin"), default=None)
    found = shutil.which("initdb")
    return debian or (Path(found).resolve().parent if found else None)


def as_another() -> tuple[str, ...]:
    """Return what is written before a command so that root does not run it."""
    if os.geteuid() != 0:
        return ()
    name = user_of_server()
    return ("setpriv", f"--reuid={name}", f"--regid={name}", "--clear-groups")


def user_of_server() -> str:
    """Return the name of a user who may run a server."""
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in USERS if name in known)


@dataclass
class Cluster:
    """A server that runs, with the folder of its files and its port."""

    programs: Path
    folder: Path
    port: int

    def run(self, program: str, *args: str) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as the user who may."""
        return subprocess.run(
            [*as_another(), str(self.programs / program), *args],
            cwd="/",
            check=True,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def start(self) -> None:
        """Start the server, which answers from then on."""
        words = [f"-p {self.port}", "-c listen_addresses=127.0.0.1", "-c unix_socket_directories="]
        words += [f"-c {each}" for each in (*QUICK, "max_connections=200")]
        options = ("-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w")
        self.run("pg_ctl", *options, "-o", " ".join(words), "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop the server, without waiting for those who use it."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def remove(self, stopped: bool = False) -> None:
        """Stop the server, unless it is stopped already, and delete its files."""
        if not stopped:
            self.stop()
        shutil.rmtree(self.folder)

    def address(self, database: str, user: str = OWNER) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the owner of everything; return its rows, none if it has none."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def add_user(self, name: str, *options: str) -> None:
        """Let somebody log in, with these options, and without any right."""
        there = self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'")
        self.sql(f"{'ALTER' if there else 'CREATE'} ROLE {name} LOGIN {' '.join(options)}")

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, or a copy of one; return its address."""
        self.drop(database)
        self.sql(f"CREATE DATABASE {database} TEMPLATE {template}")
        return self.address(database)

    def drop(self, database: str) -> None:
        """Drop a database, also while it is used."""
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def start_cluster() -> Cluster:
    """Make a server and start it; skip the test where none is installed."""
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="needs psycopg: pip install 'ap-cli[postgres]'")
    folder = Path(tempfile.mkdtemp(prefix="ap-server-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user_of_server())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Cluster(programs, folder, port)
    made.run(
        *("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", OWNER),
        *("--locale=C.UTF-8", "-E", "UTF8", "--no-sync"),
    )
    made.start()
    return made


@dataclass(frozen=True)
class ServerProgram(Program):
    """The program on a store on a server, as a user would run it."""

    server: str = ""

    @property
    def store(self) -> Path:
        """The file of the store, which there is not."""
        pytest.skip("looks into the file of a store")

    @property
    def there(self) -> str:
        return self.server

    def ok(self, *args: str, **options: Any) -> Ran:
        """A command that must succeed; a test that needs one of files alone is skipped."""
        if args[:2] in OF_FILES:
            pytest.skip("needs a backup or a key of its own, which a store on a server has not")
        return super().ok(*args, **options)

    def opened(self) -> Store:
        """Its store, opened as a command opens it."""
        return open_store(read_address(self.server))

    def by(self, user: str) -> ServerProgram:
        """The program as another user of the database runs it."""
        return replace(self, server=re.sub("//[^@]*@", f"//{quote(user)}@", self.server))

    def __call__(self, *args: str, on: str | None = None, **environment: str) -> Ran:
        """Run a command; who is named by AP_USER is another user of the database, who may all."""
        user = environment.pop("AP_USER", OWNER)
        if user == OWNER:
            return super().__call__(*args, on=on, **environment)
        import psycopg
        from psycopg.sql import SQL, Identifier

        with psycopg.connect(self.server) as connection, suppress(psycopg.errors.DuplicateObject):
            connection.execute(SQL("CREATE ROLE {} SUPERUSER LOGIN").format(Identifier(user)))
        return self.by(user)(*args, on=on, **environment)


def share(cluster: Cluster, folder: Path, database: str, owner: str, *users: str) -> ServerProgram:
    """Make a store with a placement for its owner, a writer, a reader and one who sees reports."""
    for user in (owner, *users):
        cluster.add_user(user, "CREATEROLE" if user == owner else "NOCREATEROLE")
    address = cluster.create(database)
    cluster.sql(f"ALTER DATABASE {database} OWNER TO {owner}")
    made = ServerProgram(folder, server=address).by(owner)
    place(made)
    for user, role in zip(users, ("writer", "reader", "report"), strict=True):
        made.ok("access", "grant", user, "--role", role)
    return made
