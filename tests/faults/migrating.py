"""Upgrades of which one statement fails: each in turn, in the database itself."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from ap_cli.errors import StoreProblem
from ap_cli.store import schema
from ap_cli.store.address import Address
from ap_cli.store.connection import HEAD, connect, stored_version

from ..conftest import Program
from .tally import Tally, unsound

DATA = Path(__file__).parents[1] / "data"
LEFT_BY_EARLIER = ("store-0001.sql", "store-0004.sql")
"""Stores as earlier versions left them: the later migrations find more in the second."""

SEEN_BY_AUTHORIZER = {sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_PRAGMA}
"""Statements that end before they would notice an interruption: they are refused instead."""
WORDS_OF_THESE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")

MADE_AT_RANDOM = re.compile(
    r"[0-9a-fA-F]{16,}|\d{4}-\d\d-\d\dT[0-9:.]+Z?|[0-9a-f]{8}-[0-9a-f-]{27}"
)
"""What no two upgrades of one store have in common: ids, salts, digests, and when it was."""


class Fault:
    """Lets the statement of a number fail, counted over all connections of an upgrade."""

    def __init__(self, number: int | None) -> None:
        self.number = number
        self.statements = 0
        self._watched: sqlite3.Connection | None = None

    def connect(self, path: Path | str, foreign_keys: bool = True) -> sqlite3.Connection:
        """Connect as the store does, and count the statements from then on."""
        connection = connect(path, foreign_keys)
        connection.set_authorizer(self._authorize)
        connection.set_trace_callback(self._trace)
        self._watched = connection
        return connection

    def _is_its_turn(self) -> bool:
        self.statements += 1
        return self.statements == self.number

    def _authorize(self, action: int, *_: object) -> int:
        refused = action in SEEN_BY_AUTHORIZER and self._is_its_turn()
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    def _trace(self, statement: str) -> None:
        if statement.lstrip().upper().startswith((*WORDS_OF_THESE, "--")):
            return
        if self._is_its_turn() and self._watched:
            self._watched.interrupt()


@contextmanager
def failing_at(number: int | None) -> Iterator[Fault]:
    """Within the block the statement of a number fails in an upgrade; None lets none fail."""
    fault = Fault(number)
    with patch.object(schema, "connect", fault.connect):
        yield fault


def make_store(script: str, path: Path) -> None:
    """Make a store as an earlier version left it."""
    with closing(sqlite3.connect(path)) as store:
        store.executescript((DATA / script).read_text("utf-8"))


def content(path: Path) -> list[str]:
    """All tables and rows of a store as statements, without its views and what is random.

    They are sorted: Alembic makes the indexes of a table in any order.
    """
    with closing(sqlite3.connect(path)) as store:
        lines = [line for line in store.iterdump() if not line.startswith("CREATE VIEW")]
    return sorted(in_one_order(MADE_AT_RANDOM.sub("…", line)) for line in lines)


def in_one_order(statement: str) -> str:
    """A statement with its lines sorted: Alembic writes the keys of a table in any order."""
    return "\n".join(sorted(line.strip(" \t,") for line in statement.splitlines()))


def version(path: Path) -> str:
    with closing(connect(path)) as store:
        return str(stored_version(store))


def versions_from(start: str) -> list[str]:
    """Each schema after one, in order."""
    found = sorted(file.name[:4] for file in (schema.migrations() / "versions").glob("0*.py"))
    return [name for name in found if name > start]


def contents_by_version(older: Path, beside: Path) -> dict[str, list[str]]:
    """What an older store holds at each schema that it goes through; its views are left alone."""
    shutil.copy(older, beside)
    found = {version(beside): content(beside)}
    with patch.object(schema, "refresh_views"):
        for name in versions_from(version(older)):
            schema.upgrade(beside, name)
            found[name] = content(beside)
    return found


def fail_migrations(folder: Path, rounds: int) -> Tally:
    """A statement of an upgrade fails each time: each migration is in the store whole or not at all.

    The next upgrade succeeds. With fewer rounds than statements they are spread over all of them.
    """
    tally = Tally()
    for script in LEFT_BY_EARLIER:
        older = folder / f"{script}.db"
        make_store(script, older)
        wanted = contents_by_version(older, folder / "step.db")
        ap = Program(folder)
        shutil.copy(older, ap.store)
        with failing_at(None) as fault:
            schema.upgrade_with_backup(ap.store)
        share = max(1, min(fault.statements, rounds // len(LEFT_BY_EARLIER)))
        for turn in range(share):
            number = 1 + turn * fault.statements // share
            shutil.copy(older, ap.store)
            fail_one(ap, number, wanted, tally)
    return tally


def fail_one(ap: Program, number: int, wanted: dict[str, list[str]], tally: Tally) -> None:
    """Let one statement of an upgrade fail, look at what is there, and upgrade again."""
    tally.rounds += 1
    try:
        with failing_at(number):
            schema.upgrade_with_backup(ap.store)
        done = True
    except StoreProblem:
        tally.stopped += 1
        done = False
    reached = version(ap.store)
    # nothing is refused for a query that a library asks in another way, nor for a view
    tally.acknowledged += done
    tally.lost += done and reached != HEAD
    tally.half_written += content(ap.store) != wanted[reached]
    schema.upgrade_with_backup(ap.store)
    tally.half_written += content(ap.store) != wanted[HEAD]
    tally.unsound += unsound(ap)
    shutil.rmtree(Address(ap.store).backups, ignore_errors=True)
