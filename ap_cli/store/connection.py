"""Connect to a store's database, and put its problems into one sentence."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from ..errors import ApError, StoreInUse, StoreProblem
from . import driver
from .address import Address
from .advice import advise_restore, explain_zip_backup, is_zip_backup
from .damage import is_no_text
from .dialect import catalogue
from .disk import create_private
from .driver import DATABASE_ERRORS as DATABASE_ERRORS
from .key import Key
from .keys import find_key
from .patience import PATIENCE, in_use, is_in_use

HEAD = "0018"
"""The newest schema.

It is compared by plain SQL, as loading Alembic to find that a store is current would be slow.
"""


def connect(
    path: Path | str, foreign_keys: bool = True, like: driver.Connection | None = None
) -> driver.Connection:
    """Connect in autocommit: a writer starts its own transaction with BEGIN.

    Foreign keys can only be switched outside a transaction. A new database is encrypted as `like`
    is. Raise KeyMissing if the key of an encrypted one is not to be found.
    """
    key = driver.key_of(like) if like else None
    connection = driver.connect(path, key, isolation_level=None, timeout=PATIENCE)
    connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
    return connection


def begin_like(path: Path, new: Path) -> None:
    """Make a new file for a store that only its owner can read, encrypted as another file is.

    Raise KeyMissing if the key of that is not to be found.
    """
    begin_with_key(new, find_key(path))


def begin_with_key(new: Path, key: Key | None) -> None:
    """Make a new file for a store that only its owner can read, and that names its key, if any."""
    os.close(create_private(new))
    if key is not None:
        with closing(driver.connect(new, key, isolation_level=None)) as begun:
            begun.execute("CREATE TABLE beginning (id INTEGER)")
            begun.execute("DROP TABLE beginning")


def stored_version(connection: driver.Connection) -> str | None:
    tables = connection.execute(catalogue(connection).has_version).fetchone()
    if not tables[0]:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else None


def is_erased(connection: driver.Connection, pupil: int) -> bool:
    """Return whether a pupil was erased: whoever opens the store finishes that."""
    query = "SELECT 1 FROM erased WHERE pupil = :pupil"
    return connection.execute(query, {"pupil": pupil}).fetchone() is not None


def wrong_version(found: str | None, place: Address | Path) -> StoreProblem:
    """Explain why a store at another schema cannot be used, and what to do."""
    path = place.path if isinstance(place, Address) else place
    if not found and is_empty(path):
        return StoreProblem(f"{path} is empty: {advise_restore(path)}, or delete it to begin anew")
    if not found:
        return StoreProblem(f"{path} is not an ap file but another database: name yours with --db")
    if found > HEAD:
        return StoreProblem(
            f"{place} was made by a newer ap (schema {found}, this one knows {HEAD}): "
            "install the newer version"
        )
    older = f"{place} is at an older schema ({found}, this ap needs {HEAD})"
    if isinstance(place, Address) and place.server:
        return StoreProblem(f"{older}: back it up with pg_dump, then run `ap db upgrade`")
    return StoreProblem(f"{older}: run `ap db upgrade`, which backs it up first")


def missing_store(address: Address | Path) -> ApError:
    """Return the error for a store that is not there, for commands that make none."""
    return ApError(f"there is no store at {address}: one is made on first use")


def no_store(address: Address) -> ApError:
    """Return the error for a file that is no store, for commands that look at any store."""
    if is_empty(address.path):
        return wrong_version(None, address)
    return ApError(f"{address} is not an ap file but another database: name yours with --db")


def is_empty(path: Path) -> bool:
    """Return whether a file has no content at all, as one that was cut short."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return False


def told(problem: BaseException, place: Address | Path | str) -> StoreProblem:
    """Return the error for a problem of the database or the disk, in one sentence."""
    text = str(problem)
    if sentence := getattr(problem, "sentence", None):  # of a server, which knows its own address
        return StoreInUse(sentence) if is_in_use(problem) else StoreProblem(sentence)
    path = os.fsencode(str(place)).decode("utf-8", "replace")
    if isinstance(problem, UnicodeDecodeError):
        text = "malformed"
    if is_no_text(problem):
        return no_text(path)
    if getattr(problem, "sqlite_errorcode", None) == driver.SQLITE_READONLY_DBMOVED:
        return StoreInUse(
            f"{path} was encrypted, decrypted or replaced while this was open: nothing was changed,"
            " try again"
        )
    if is_in_use(problem):
        return in_use(path)
    if "readonly" in text or isinstance(problem, PermissionError):
        return StoreProblem(f"{path} cannot be written: its file or folder is read-only for you")
    if "not a database" in text and is_zip_backup(path):
        return StoreProblem(explain_zip_backup(path))
    if "not a database" in text or "malformed" in text:
        return StoreProblem(
            f"{path} is not an ap file, or is damaged: {advise_restore(path)}, "
            "or name another with --db"
        )
    if isinstance(problem, OSError):
        return StoreProblem(f"{path} cannot be used: {problem.strerror or problem}")
    return StoreProblem(f"{path} cannot be used: {text}")


def no_text(place: Address | Path | str) -> StoreProblem:
    """Return the error for text that is not UTF-8."""
    path = str(place)
    return StoreProblem(
        f"{path} holds text that cannot be read (`ap check` names the record, "
        f"where it is in one): correct it, or {advise_restore(path)}"
    )
