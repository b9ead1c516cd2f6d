"""Upgrade a store: each migration runs completely or not at all."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path
from typing import Any

from ..errors import StoreProblem
from . import driver
from .address import Address
from .advice import UPGRADE, advise_restore
from .backup import back_up
from .connection import DATABASE_ERRORS, HEAD, connect, stored_version, told, wrong_version
from .patience import begin
from .views import refresh_views

OF_ANOTHER_SCHEMA = ("already exists", "duplicate column", "no such table", "no such column")
"""What the database says of tables that another program changed, or half an upgrade."""

PACKAGE = Path(__file__).parents[1]


def migrations() -> Path:
    """Return the folder of migrations, inside the installed package or beside it in a checkout."""
    inside = PACKAGE / "migrations"
    return inside if inside.is_dir() else PACKAGE.parent / "migrations"


def is_known(schema: str) -> bool:
    """Return whether this program has the migration of a schema."""
    files = (migrations() / "versions").glob("[0-9]*_*.py")
    return schema in {file.name.partition("_")[0] for file in files}


def engine_on(connection: driver.Connection) -> Any:
    """Return an engine on one connection that uses SQLite's own transactions.

    They begin at once and include changes to the tables.
    """
    from sqlalchemy import StaticPool, create_engine, event

    def give_connection() -> driver.Connection:
        return connection

    made = create_engine("sqlite://", creator=give_connection, poolclass=StaticPool)
    event.listen(made, "begin", _begin_at_once)
    return made


def _begin_at_once(connection: Any) -> None:
    begin(connection.connection.driver_connection)


def driver_connection(bind: Any) -> Any:
    """Return the store's own connection under one of SQLAlchemy, for a migration."""
    if bind.dialect.name == "sqlite":
        return bind.connection.driver_connection
    from .server import wrap

    return wrap(bind.connection.driver_connection)


def upgrade(path: Path, to: str = "head") -> None:
    """Run the migrations that the store has not had, then make the views that are stale.

    Raise StoreProblem if a migration fails, which is then undone.
    """
    with closing(connect(path, foreign_keys=False)) as connection:
        migrate(engine_on(connection), path, to)
    with closing(connect(path)) as store:
        refresh_views(store)


def migrate(engine: Any, path: Address | Path, to: str = "head") -> None:
    """Run the migrations that a database has not had; raise StoreProblem if one fails."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    logging.getLogger("alembic").setLevel(logging.ERROR)
    config = Config(attributes={"engine": engine})
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    try:
        command.upgrade(config, to)
    except (DBAPIError, CommandError, RuntimeError) as problem:
        raise not_upgraded(getattr(problem, "orig", None) or problem, path) from None


def not_upgraded(problem: BaseException, path: Address | Path) -> StoreProblem:
    """Return the error for a migration that failed; one of another program's making says so."""
    text = str(problem)
    if not any(words in text for words in OF_ANOTHER_SCHEMA):
        return told(problem, path)
    return StoreProblem(
        f"{path} is as it was: its tables are not those of its schema, and cannot be upgraded"
        f" ({text}): {advise_restore(path)}"
    )


def upgrade_with_backup(path: Path) -> tuple[str, Path | None]:
    """Upgrade a store to the newest schema.

    Return the schema it had, and the backup made first, if one was needed. Raise StoreProblem if
    the store is damaged or at a schema of another program; nothing is upgraded then.
    """
    try:
        with closing(connect(path)) as store:
            found = stored_version(store)
            if found == HEAD:
                refresh_views(store)
                return found, None
            if not found or found > HEAD:
                raise wrong_version(found, path)
            if not is_known(found):
                raise StoreProblem(
                    f"{path} is at a schema that this ap does not know ({found}): "
                    f"{advise_restore(path)}"
                )
            backup = back_up(store, Address(path), UPGRADE)
        upgrade(path)
    except (*DATABASE_ERRORS, OSError) as problem:
        raise told(problem, path) from None
    return found, backup
