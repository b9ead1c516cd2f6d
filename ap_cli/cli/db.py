"""ap db"""

from __future__ import annotations

from ..errors import ApError
from ..render.result import Result, fixed_lines
from .command import command, group
from .settings import Settings

app = group("Look after the store.")


@command(app, name="upgrade")
def upgrade_db(settings: Settings) -> Result:
    """Bring an older store to this program's schema; a backup is made beside it first.

    Example: ap db upgrade
    """
    from ..store.connection import HEAD
    from ..store.schema import upgrade_with_backup

    if not settings.address.exists():
        raise ApError(f"there is no store at {settings.address}: one is made on first use")
    before, backup = upgrade_with_backup(settings.address.path)
    said = (
        f"the store was at schema {before} and is at {HEAD}; the backup is {backup}"
        if backup
        else f"the store is at the newest schema, {HEAD}"
    )
    row = {
        "store": str(settings.address),
        "before": before,
        "now": HEAD,
        "backup": str(backup) if backup else None,
    }
    return Result("db upgrade", [row], lines=fixed_lines(said))
