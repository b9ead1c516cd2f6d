"""Back up a store without being asked: once a day of use, and before what changes much at once."""

from __future__ import annotations

from datetime import UTC, datetime

from ..domain.roles import Role
from ..errors import StoreProblem
from .opening import Automatic, Store
from .queries.log import newest_moment
from .retention import Retention

DAILY, IMPORT, MERGE, COUNTY, BULK = "daily", "import", "merge", "county", "bulk"
"""For what a backup is made without being asked: the first change of a day, or before a change."""


def prepare(store: Store, why: str = "") -> None:
    """Back up a store before a change, if the change is of that kind or the first of a day.

    Raise StoreProblem if the store is damaged, or if the backup before a change of some kind cannot
    be written; the first change of a day goes on without one, after a warning.
    """
    automatic = store.automatic
    if automatic is None or not (why or is_first_of_day(store)):
        return
    if store.address.server:  # it has backups of its own
        _sweep_server(store, why)
        return
    retention = automatic.retention()
    if retention is None:
        return
    if why:
        _before(store, why, retention)
    else:
        _daily(store, automatic, retention)


def _sweep_server(store: Store, why: str) -> None:
    """Delete once a day the files of evidence on a server that nobody needs any longer."""
    from .access import find_user
    from .evidence import sweep

    if not why and find_user(store.connection)[1] is Role.ADMINISTRATOR:  # others may not
        sweep(store)


def is_first_of_day(store: Store) -> bool:
    """Return whether the log has changes, and none of today; a day begins with its hour in UTC."""
    newest = newest_moment(store)
    return newest is not None and newest[:10] != datetime.now(UTC).date().isoformat()


def _before(store: Store, why: str, retention: Retention) -> None:
    """Back up a store before a change, unless nothing has changed since the newest backup."""
    from .advice import list_backups
    from .backup import Damaged

    kept = list_backups(store.address)
    changed = datetime.fromtimestamp(store.address.path.stat().st_mtime)
    if kept and kept[0].made > changed:
        return
    try:
        _back_up(store, why, retention)
    except Damaged:
        raise
    except StoreProblem as problem:
        raise StoreProblem(
            f"nothing was changed, as the store cannot be backed up first: {problem}"
            " (to go on without backups: `ap config set backups never`)"
        ) from None


def _daily(store: Store, automatic: Automatic, retention: Retention) -> None:
    """Back up a store once a day, and delete what nobody needs any longer."""
    from .advice import list_backups
    from .backup import Damaged
    from .evidence import sweep

    today = datetime.now().date()
    if any(backup.made.date() == today for backup in list_backups(store.address)):
        return
    try:
        _back_up(store, DAILY, retention)
        sweep(store)
    except Damaged:
        raise
    except StoreProblem as problem:
        automatic.warn(f"there is no backup of today: {problem}")


def _back_up(store: Store, why: str, retention: Retention) -> None:
    from .backup import back_up, thin
    from .evidence import files_by_entry, files_in_log

    files = {*files_by_entry(store), *files_in_log(store)}
    back_up(store.connection, store.address, why, files, quick=True)
    thin(store.address, retention, datetime.now())
