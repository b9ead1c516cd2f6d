"""Stores on a PostgreSQL server: whether one is there, opening it, making it, upgrading it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from ..domain.roles import Role
from ..errors import StoreProblem
from . import server
from .access import find_user, refuse_there
from .address import Address
from .connection import DATABASE_ERRORS, HEAD, stored_version, told, wrong_version
from .dialect import catalogue
from .driver import Connection
from .grantees import may_create
from .granting import SCRIPT, act_as_owner, groups_in_force, set_rights
from .patience import PATIENCE
from .server import ServerConnection
from .views import refresh_views, stale_views

if TYPE_CHECKING:
    from sqlalchemy import Engine


def exists_there(address: Address) -> bool:
    """Return whether a database on a server has a store; raise StoreProblem if it cannot tell."""
    try:
        with closing(server.connect(address)) as connection:
            return stored_version(connection) is not None
    except DATABASE_ERRORS as problem:
        raise told(problem, address) from None


def open_there(address: Address) -> tuple[Connection, bool]:
    """Connect to the store on a server, making it if its database is empty; return whether it was.

    Raise StoreProblem if it cannot be used.
    """
    is_new = False
    try:
        connection = server.connect(address)
        found = stored_version(connection)
        if found is None:
            refuse_foreign(connection, address)
            connection.close()
            upgrade_there(address)
            is_new = True
            connection = server.connect(address)
            found = stored_version(connection)
        if found == HEAD:
            refresh_there(connection)
    except DATABASE_ERRORS as problem:
        raise told(problem, address) from None
    if found != HEAD:
        connection.close()
        raise wrong_version(found, address)
    return connection, is_new


def open_there_read_only(address: Address) -> Connection | None:
    """Connect to a store on a server only to read, whatever its version; None if there is none."""
    try:
        connection = server.connect(address)
        if stored_version(connection) is None:
            refuse_foreign(connection, address)
            connection.close()
            return None
    except DATABASE_ERRORS as problem:
        raise told(problem, address) from None
    return connection


def refuse_foreign(connection: Connection, address: Address) -> None:
    """Raise StoreProblem if a database without a store holds something else."""
    tables = connection.execute(catalogue(connection).tables).fetchall()
    if tables:
        connection.close()
        raise StoreProblem(
            f"{address} holds something else than a store of ap: name an empty database"
        )


def upgrade_there(address: Address) -> str | None:
    """Make a store on a server, or bring it to the newest schema, all at once or not at all.

    Return the schema that it had, None if there was no store. Raise StoreProblem if it cannot be
    done, or the store is at a schema of another program.
    """
    from .schema import is_known, migrate

    try:
        with closing(server.connect_to(address)) as there:
            connection = server.as_files_are(there)
            there.patience = PATIENCE
            if stored_version(connection) is None:
                there.lock_making()
            found = stored_version(connection)
            if found is None:
                refuse_foreign(connection, address)
                refuse_to_make(there, address)
            elif found > HEAD or not is_known(found):
                raise wrong_version(found, address)
            else:
                refuse_there(connection, Role.ADMINISTRATOR)
                act_as_owner(connection)
            connection.execute("COMMIT")
            there.raw.autocommit = False
            migrate(engine_on(there, found is not None), address)
            there.raw.autocommit = True
            refresh_views(connection)
            set_rights_anew(connection)
            return found
    except DATABASE_ERRORS as problem:
        raise told(problem, address) from None


def refuse_to_make(there: ServerConnection, address: Address) -> None:
    """Raise StoreProblem if who is logged in may not make a store where there is none."""
    if not may_create(server.as_files_are(there), there.user):
        raise StoreProblem(
            f"{address} has no store yet, and your user may not make one: ask whoever runs the"
            " server"
        )


def refresh_there(connection: Connection) -> None:
    """Make the views again that are not those of this program, if an administrator opens a store.

    They belong to the group of the administrators, and the others may read them.
    """
    if not stale_views(connection) or find_user(connection)[1] is not Role.ADMINISTRATOR:
        return
    act_as_owner(connection)
    refresh_views(connection)
    connection.execute("RESET ROLE")


def set_rights_anew(connection: Connection) -> None:
    """Give groups their rights and tables their triggers after an upgrade: some may be new."""
    groups = groups_in_force(connection)
    connection.execute("BEGIN")
    if groups is None:
        connection.executescript(SCRIPT.read_text("utf-8"))
    else:
        set_rights(connection, groups)
    connection.execute("COMMIT")


def engine_on(connection: ServerConnection, is_upgrade: bool) -> Engine:
    """Return an engine on one connection, which first gives the server what it needs.

    Nobody else writes to a store while it is upgraded.
    """
    from sqlalchemy import StaticPool, create_engine, event

    use_wide_columns()

    def give_connection() -> Any:
        return connection.raw

    def prepare(_: Any) -> None:
        with connection.telling():
            if is_upgrade:
                connection.raw.execute(f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}")
                connection.raw.execute(server.LOCK)
            connection.raw.execute(SCRIPT.read_text("utf-8"))

    made = create_engine(
        "postgresql+psycopg://",
        creator=give_connection,
        poolclass=StaticPool,
        use_native_hstore=False,
    )
    event.listen(made, "begin", prepare)
    return made


def use_wide_columns() -> None:
    """Let tables on a server take the numbers that SQLite takes, and sort text as it does."""
    from sqlalchemy import Integer, Text
    from sqlalchemy.ext.compiler import compiles
    from sqlalchemy.schema import CreateColumn

    compiles(Integer, "postgresql")(_name_integer)
    compiles(Text, "postgresql")(_name_text)
    compiles(CreateColumn, "postgresql")(_widen_number)


def _name_integer(*_: Any, **__: Any) -> str:
    return "BIGINT"


def _name_text(*_: Any, **__: Any) -> str:
    return 'TEXT COLLATE "C"'


def _widen_number(column: Any, compiler: Any, **options: Any) -> str:
    """Spell a column: the number of a row, which the server could count itself, is as wide."""
    return str(compiler.visit_create_column(column, **options)).replace(" SERIAL", " BIGSERIAL")
