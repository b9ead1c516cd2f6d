"""The driver of PostgreSQL: only who uses a server loads it.

It has what the store uses of SQLite's driver, hands out the same values, and raises errors of the
same classes. A write begins with a lock that one writer has at a time and nobody else can take;
whatever is read outside a write is read from one state of the store.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, cast

from ..extras import needing
from ..stopping import hearing_afterwards
from . import driver
from .address import Address
from .declared import TABLES
from .idle import READING
from .parameters import with_percent
from .server_errors import ServerError, as_driver_has_it, is_gone
from .unreachable import why_not

with needing("postgres"):
    import psycopg
    from psycopg.types.numeric import IntLoader
    from psycopg.types.string import TextLoader

READS = ("SELECT", "WITH")
"""How a statement begins that only reads."""

SETTINGS = "SET datestyle = ISO; SET client_min_messages = warning"
"""What each connection asks of the server. It is set once connected: as `options` of a connection
it would take the place of those in the address and in PGOPTIONS, such as the schema of a school."""

LOCK = "LOCK TABLE overlay IN SHARE ROW EXCLUSIVE MODE"
"""The lock of those who write, of which a store has its own: only who may write can take it."""

MAKING = 0x6170
"""The number of the lock of those who make a store where there is no table yet."""

ROWS_AT_ONCE = 1000
"""How many rows are sent at once where there are many."""

INSERT = re.compile(r"INSERT INTO (\w+) \(([^)]*)\) VALUES \(([^)]*)\)( ON CONFLICT DO NOTHING)?")
"""A statement that inserts a row, by table, columns and values, unless it is there."""


class ServerConnection:
    """A connection to a server that is used as one to a SQLite file is.

    `is_server` tells it from one to a file, and `user` is who is logged in. `text_factory` and
    `patience` are as SQLite has them: how text is read, which a server always can, and how many
    seconds to wait for somebody else who writes.
    """

    is_server = True

    def __init__(self, raw: Any, address: Address) -> None:
        self.raw = raw
        self.address = address
        self.text_factory: Any = str
        self.patience = 0.0
        self.in_transaction = False
        self._is_reading = False
        self.user = str(raw.info.user)
        raw.adapters.register_loader("date", TextLoader)
        raw.adapters.register_loader("numeric", IntLoader)

    def execute(self, query: str, named: Mapping[str, Any] | None = None) -> Any:
        """Run a statement and return its rows, as SQLite's driver does."""
        verb = query.lstrip()[:6].upper()
        with self.telling():
            if verb.startswith("BEGIN"):
                return self._begin(is_alone="DEFERRED" not in query)
            if verb in ("COMMIT", "ROLLBA"):
                return self._end(verb)
            if not self.in_transaction:
                self._read_one_state(verb.startswith(READS))
            return self.raw.execute(with_percent(query), named or {})

    def executemany(self, query: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows with one statement, which gives each column a parameter or TRUE."""
        found = INSERT.fullmatch(query)
        assert found, query
        table, columns, places, unless = found.groups()
        put = self._put_unless_there if unless else self._put
        rows = iter(rows)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            with self.telling():
                put(table, columns, places, some)

    def _put(
        self, table: str, columns: str, places: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        values = [place.strip() for place in places.split(",")]
        with (
            self.raw.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row([_value_at(place, row) for place in values])

    def _put_unless_there(
        self, table: str, columns: str, places: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        one = with_percent(f"({places})")
        with self.raw.cursor() as cursor:
            values = ", ".join(cursor.mogrify(one, row) for row in rows)
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {values} ON CONFLICT DO NOTHING"
            )

    def executescript(self, script: str) -> None:
        """Run several statements without parameters."""
        with self.telling():
            self.raw.execute(script)

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""
        self.raw.close()

    def _begin(self, is_alone: bool) -> None:
        """Begin to write; if alone, once nobody else writes, or raise Waiting if they still do."""
        self._stop_reading()
        self.raw.execute("BEGIN")
        try:
            self.raw.execute(f"SET LOCAL lock_timeout = {self._longest_wait()}")
            if is_alone:
                self.raw.execute(LOCK)
        except BaseException:
            with suppress(psycopg.Error):
                self.raw.execute("ROLLBACK")
            raise
        self.in_transaction = True

    def _longest_wait(self) -> int:
        """Return the milliseconds to wait for others; 0 would be for ever."""
        return max(1, int(self.patience * 1000))

    def lock_making(self) -> None:
        """Let nobody else make a store until the connection is closed, once nobody else does."""
        with self.telling():
            self._stop_reading()
            self.raw.execute(f"SET lock_timeout = {self._longest_wait()}")
            self.raw.execute(f"SELECT pg_advisory_lock({MAKING})")

    def _end(self, verb: str) -> None:
        """Commit or roll back; a commit of what failed is an error, as nothing was kept."""
        failed = self.raw.info.transaction_status == psycopg.pq.TransactionStatus.INERROR
        if verb == "COMMIT" and not failed:
            self._commit()
            return
        self.in_transaction = False
        self.raw.execute("ROLLBACK")
        if verb == "COMMIT":
            raise ServerError(f"{self.address} refused a change: nothing of it was kept")

    def _commit(self) -> None:
        """Commit; if that is cut off, by the server or a second Ctrl-C, say that the log tells."""
        try:
            with hearing_afterwards():
                self.raw.execute("COMMIT")
                self.in_transaction = False
        except KeyboardInterrupt:
            if not self.in_transaction:
                raise
            self.in_transaction = False
            self.connect_anew()
            raise ServerError(
                "this was stopped as the change was being kept: `ap log` says whether it was"
            ) from None
        except psycopg.Error as problem:
            if not is_gone(problem):
                raise
            self.in_transaction = False
            raise ServerError(
                f"{self.address} stopped as the change was being kept: once it is back, `ap log`"
                " says whether it was"
            ) from None

    def _read_one_state(self, is_read: bool) -> None:
        """Begin to read one state of the store, which lasts until something is written."""
        if not is_read:
            self._stop_reading()
        elif not self._is_reading:
            self.raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._is_reading = True
            READING.add(self)

    def _stop_reading(self) -> None:
        if self._is_reading:
            self._is_reading = False
            self.raw.execute("COMMIT")

    def let_go(self) -> None:
        """Let the state go that is read; a server that is gone is told when it is next asked."""
        with suppress(psycopg.Error):
            self._stop_reading()

    def connect_anew(self) -> None:
        """Connect once more after Ctrl-C within a statement, which may be half read or half sent.

        What was not committed is undone. If the server is gone, the next statement tells it.
        """
        self.raw.close()
        self._is_reading = False
        with suppress(ServerError):
            self.raw = connect_to(self.address).raw

    def suppose(self) -> SupposedConnection:
        """Connect once more, to suppose what is never kept; raise ServerError if that cannot be."""
        with self.telling():
            return SupposedConnection(connect_to(self.address).raw, self.address)

    def telling(self) -> Telling:
        """Within the block, problems of the server are raised as those of SQLite's driver."""
        return Telling(self)


WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
"""A statement that writes, by its table."""

LOG = "audit"
"""The table that is only ever added to, and too large to copy."""


class SupposedConnection(ServerConnection):
    """A connection on which everything is supposed: what it writes goes into tables of its own.

    A table is copied when it is first written, into one that only this connection sees and that is
    gone with it. So nobody waits for a supposition, and who may only read can suppose as well.
    """

    def __init__(self, raw: Any, address: Address) -> None:
        super().__init__(raw, address)
        self._own: list[str] = []
        self._own_before: list[str] = []
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        (self._schema,) = raw.execute("SELECT quote_ident(current_schema())").fetchone()

    def execute(self, query: str, named: Mapping[str, Any] | None = None) -> Any:
        """Run a statement and return its rows; a table that it writes is copied first."""
        found = WRITES.match(query)
        if found:
            with self.telling():
                self._copy(found[1])
        return super().execute(query, named)

    def executemany(self, query: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows with one statement, into a table that is copied first."""
        found = WRITES.match(query)
        if found:
            with self.telling():
                self._copy(found[1])
        super().executemany(query, rows)

    def connect_anew(self) -> None:
        """Close the connection after Ctrl-C: what was supposed is gone with it."""
        self.raw.close()

    def _copy(self, table: str) -> None:
        if table in self._own or table not in TABLES:
            return
        self._own.append(table)
        theirs = f"{self._schema}.{table}"
        if table != LOG:
            self.raw.execute(f"CREATE TEMP TABLE {table} (LIKE {theirs} INCLUDING ALL)")
            self.raw.execute(f"INSERT INTO pg_temp.{table} SELECT * FROM {theirs}")
            self.raw.execute(f"ANALYZE pg_temp.{table}")
            return
        self.raw.execute(f"CREATE TEMP TABLE {table}_added (LIKE {theirs} INCLUDING ALL)")
        self.raw.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM {theirs}"
            f" UNION ALL SELECT * FROM pg_temp.{table}_added"
        )
        self.raw.execute(
            f"CREATE RULE add_to_{table} AS ON INSERT TO pg_temp.{table}"
            f" DO INSTEAD INSERT INTO pg_temp.{table}_added VALUES (NEW.*)"
        )

    def _begin(self, is_alone: bool) -> None:
        self._own_before = list(self._own)
        self.raw.execute("SAVEPOINT change")
        self.in_transaction = True

    def _end(self, verb: str) -> None:
        self.in_transaction = False
        if verb != "COMMIT":
            self._own = self._own_before
            self.raw.execute("ROLLBACK TO SAVEPOINT change")
        self.raw.execute("RELEASE SAVEPOINT change")

    def _read_one_state(self, is_read: bool) -> None:
        """Read on in the one transaction that there is."""


class Telling:
    """A block in which problems of a server are raised as those of SQLite's driver."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, problem: BaseException | None, _: Any) -> None:
        if isinstance(problem, KeyboardInterrupt):
            self.connection.connect_anew()
        address = self.connection.address
        is_refused = isinstance(problem, psycopg.errors.InsufficientPrivilege)
        if is_refused and (explained := _explain(address)):
            raise ServerError(explained) from None
        if isinstance(problem, psycopg.Error):
            raise as_driver_has_it(problem, address) from None


def _value_at(place: str, row: Mapping[str, Any]) -> Any:
    return True if place == "TRUE" else row[place.removeprefix(":")]


def _explain(address: Address) -> str | None:
    """Say what a user may not do with a store; None where it is the server that refuses."""
    from .access import explain_refusal

    with suppress(ServerError, psycopg.Error):
        other = connect_to(address)  # nothing can be asked in a transaction that failed
        try:
            return explain_refusal(as_files_are(other))
        finally:
            other.close()
    return None


def connect(address: Address) -> driver.Connection:
    """Connect to a server; raise ServerError, as a sentence, if that cannot be."""
    return as_files_are(connect_to(address))


def as_files_are(connection: ServerConnection) -> driver.Connection:
    """Return a connection to a server as what is used like one to a file."""
    return cast(driver.Connection, connection)


def connect_to(address: Address) -> ServerConnection:
    """Connect to a server, as `connect` does."""
    os.environ.setdefault("PGCONNECT_TIMEOUT", "10")
    try:
        raw = psycopg.connect(
            address.server,
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,
            application_name="ap",
        )
        raw.execute(SETTINGS)
        schema: Any = raw.execute("SELECT coalesce(current_schema(), '')").fetchone()
    except psycopg.ProgrammingError:
        raise ServerError(
            f"{address} is no address of a server: type postgresql://HOST/DATABASE"
        ) from None
    except psycopg.Error as problem:
        raise ServerError(f"{address}: {why_not(str(problem))}") from None
    if schema[0].startswith("pg_"):  # tables there are the server's own, or end with this
        raw.close()
        raise ServerError(
            f"{address} names a schema of the server itself, which keeps no store: take"
            " search_path out of the address, or name a schema of your own"
        )
    return ServerConnection(raw, address)


def wrap(raw: Any) -> ServerConnection:
    """Return the store's connection over one on which a transaction is open already."""
    connection = ServerConnection(raw, Address(Path(raw.info.dbname)))
    connection.in_transaction = True
    return connection
