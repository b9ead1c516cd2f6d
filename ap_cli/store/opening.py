"""Open stores: make them on first use, read them by named parameters, and copy them to suppose."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ..domain.roles import Role
from ..errors import ApError, StoreProblem
from . import driver
from .address import Address
from .connection import (
    DATABASE_ERRORS,
    HEAD,
    connect,
    stored_version,
    told,
    wrong_version,
)
from .damage import is_no_text, text_or_bytes
from .dialect import is_server
from .disk import create_private, make_folder
from .leftover import sweep_copies, sweep_leftover
from .patience import PATIENCE, begin, wait_for_others
from .views import refresh_views, view_statements
from .wiping import finish

SCRIPT = Path(__file__).with_name("new.sql")
"""What makes a new store: generated from the migrations, which only an older store needs."""

if TYPE_CHECKING:
    from .retention import Retention


class Automatic(Struct, frozen=True):
    """How backups are made without being asked.

    `retention` returns how long they are kept, None if none are made. `warn` tells the user of one
    that could not be made.
    """

    retention: Callable[[], Retention | None]
    warn: Callable[[str], None]


class Store:
    """An open store, or a copy of one in memory. Writes go through `writing.change`.

    `automatic` has how backups are made without being asked; None if they are not.
    `units_kept` counts the units of work that it has kept since it was opened. `is_new` is
    whether opening it has made it, on a server. `left_out` names what a list left out, as it cannot
    be read.
    """

    def __init__(
        self, connection: driver.Connection, address: Address, is_supposed: bool = False
    ) -> None:
        self.connection = connection
        self.address = address
        self.is_supposed = is_supposed
        self.automatic: Automatic | None = None
        self.units_kept = 0
        self.is_new = False
        self.left_out: dict[str, None] = {}

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; a store in memory is lost then."""
        self.connection.close()

    def leave_out(self, problem: StoreProblem) -> None:
        """Note that a list leaves out a record that cannot be read, for who shows the list."""
        self.left_out[str(problem)] = None

    @property
    def user(self) -> str | None:
        """The user of the database on a server who this is; None for a file."""
        return getattr(self.connection, "user", None)

    def refuse_unless(self, needed: Role) -> None:
        """Raise NotAllowed, in one sentence, unless the user of a server has the rights of a role.

        Whoever has a file may do with it what its permissions say.
        """
        if not self.address.server:
            return
        from .access import refuse_there

        try:
            refuse_there(self.connection, needed)
        except DATABASE_ERRORS as problem:
            raise told(problem, self.address) from None

    @property
    def has_met_broken_text(self) -> bool:
        """Whether text that is not UTF-8 has been read."""
        return self.connection.text_factory is text_or_bytes

    def rows(self, query: str, **named: Any) -> Generator[Any, None, None]:
        """Return the rows of a query with named parameters, one at a time; days may be dates.

        Text that is not UTF-8 is bytes, which no record accepts.
        """
        for name, value in named.items():
            if isinstance(value, date):
                named[name] = value.isoformat()
        try:
            cursor = self.connection.execute(query, named)
        except driver.OperationalError as problem:  # some drivers read the first row at once
            if not is_no_text(problem):
                raise
            self.connection.text_factory = text_or_bytes
            cursor = self.connection.execute(query, named)
        return self._each(cursor, query, named)

    def _each(
        self, cursor: driver.Cursor, query: str, named: Mapping[str, Any]
    ) -> Generator[Any, None, None]:
        """Return the rows of a cursor; from the first text that is not UTF-8 on, more slowly."""
        read = 0
        try:
            for row in cursor:  # `yield from` would close a cursor whose store is closed already
                yield row
                read += 1
            return
        except driver.OperationalError as problem:
            if not is_no_text(problem):
                raise
        self.connection.text_factory = text_or_bytes
        if driver.ends_at_broken_text(self.connection):
            cursor.close()  # whenever it is closed, the statement that both share begins anew
            cursor, rest = self.connection.execute(query, named), read
        else:  # it begins with the row that could not be read
            rest = 0
        for row in islice(cursor, rest, None):
            yield row

    def row(self, query: str, **named: Any) -> Any:
        """Return the first row of a query; None if it has none."""
        with closing(self.rows(query, **named)) as rows:  # an unfinished query would block writers
            return next(rows, None)

    @contextmanager
    def broken_text_as_bytes(self) -> Iterator[None]:
        """Within the block, read text that is not UTF-8 as bytes instead of raising; slower."""
        before = self.connection.text_factory
        self.connection.text_factory = text_or_bytes
        try:
            yield
        finally:
            self.connection.text_factory = before

    def rows_as_they_are(self, query: str, **named: Any) -> list[Any]:
        """Return all rows of a short query, with text that is not UTF-8 as bytes."""
        with self.broken_text_as_bytes():
            return list(self.rows(query, **named))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let nobody else write within the block, which itself writes nothing to the store."""
        try:
            begin(self.connection)
        except DATABASE_ERRORS as problem:
            raise told(problem, self.address) from None
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def suppose(self, foreign_keys: bool = True) -> Store:
        """Copy this store into memory to write suppositions; raise ApError if it cannot be read."""
        if is_server(self.connection):
            return self._suppose_there()
        copy = connect(":memory:", foreign_keys, like=self.connection)
        try:
            self.connection.backup(copy)
        except DATABASE_ERRORS as problem:
            copy.close()
            raise ApError(f"ap could not copy the store to work this out: {problem}") from None
        return Store(copy, self.address, is_supposed=True)

    def _suppose_there(self) -> Store:
        try:
            copy = self.connection.suppose()  # type: ignore[attr-defined]
        except DATABASE_ERRORS as problem:
            raise told(problem, self.address) from None
        return Store(copy, self.address, is_supposed=True)


def is_there(address: Address) -> bool:
    """Return whether there is a store; raise StoreProblem if its server cannot be asked."""
    if address.server:
        from .serving import exists_there

        return exists_there(address)
    return address.exists()


def open_store(address: Address) -> Store:
    """Open the store at an address, making it on first use; raise StoreProblem if unusable."""
    if address.server:
        from .serving import open_there

        connection, is_new = open_there(address)
        store = Store(connection, address)
        store.is_new = is_new
        return store
    path = address.path
    try:
        if not path.exists():
            make(path)
        connection = connect(path)
        found = wait_for_others(connection, partial(stored_version, connection))
        if found == HEAD:
            refresh_views(connection)
            finish(connection, address)
        sweep_leftover(connection, path)
        sweep_copies(path)
    except (*DATABASE_ERRORS, OSError, UnicodeDecodeError) as problem:
        raise told(problem, path) from None
    if found != HEAD:
        connection.close()
        raise wrong_version(found, path)
    return Store(connection, address)


def open_read_only(address: Address, patience: float = PATIENCE) -> Store | None:
    """Open the store at an address only to read, whatever its version; None if missing.

    `patience` is how many seconds to wait for another program that is writing.
    """
    if address.server:
        from .serving import open_there_read_only

        there = open_there_read_only(address)
        return Store(there, address) if there else None
    if not address.exists():
        return None
    finish_cut_short(address.path)
    return Store(driver.connect_read_only(address.path, timeout=patience), address)


def finish_cut_short(path: Path) -> None:
    """Let the database take back a change that was cut short: who may only read cannot."""
    if path.with_name(f"{path.name}-journal").exists():
        with suppress(*DATABASE_ERRORS, UnicodeDecodeError), closing(connect(path)) as store:
            store.execute("PRAGMA busy_timeout = 0")  # whoever is writing has a journal as well
            stored_version(store)


def make(path: Path) -> None:
    """Make a new store, whole or not at all: build it beside its place, then move it there."""
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    os.close(create_private(beside))
    try:
        build(beside)
        _put(beside, path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def build(path: Path) -> None:
    """Make the tables and views of the newest schema in an empty file."""
    statements = ";\n".join(view_statements().values())
    with closing(connect(path)) as store:
        store.executescript(f"BEGIN;\n{SCRIPT.read_text('utf-8')}{statements};\nCOMMIT;")


def _put(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:
        _put_alone(beside, path)


def _put_alone(beside: Path, path: Path) -> None:
    """Move a new store to its place where there are no links, one process at a time.

    A rename would replace the store that another process has just made, with what is in it.
    """
    turn = path.with_name(f".{path.name}.making")
    began = monotonic()
    while not path.exists():
        try:
            turn.mkdir(mode=0o700)
        except FileExistsError:
            if monotonic() - began > PATIENCE:  # whoever made it was ended
                with suppress(OSError):
                    turn.rmdir()
            sleep(0.02)
            continue
        try:
            if not path.exists():
                beside.rename(path)
        finally:
            with suppress(OSError):
                turn.rmdir()
