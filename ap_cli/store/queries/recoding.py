"""Copy all of a database into another one, which is encrypted otherwise."""

from __future__ import annotations

from .. import driver

OTHER = "other"
"""What statements call the new database."""


def attach(old: driver.Connection, file: str, key: str) -> None:
    """Let statements reach a new database, by the key as the driver spells it: empty for none."""
    old.execute(f"ATTACH DATABASE :file AS {OTHER} KEY :key", {"file": file, "key": key})
    old.execute(f"PRAGMA {OTHER}.journal_mode = OFF")  # it is written again if it is not whole
    old.execute(f"PRAGMA {OTHER}.synchronous = OFF")


def export(old: driver.Connection) -> None:
    """Copy tables, views, indexes, triggers and rows, whatever value is in them."""
    old.execute("PRAGMA ignore_check_constraints = 1")
    try:
        old.execute(f"SELECT sqlcipher_export('{OTHER}')")
    finally:
        old.execute("PRAGMA ignore_check_constraints = 0")


def detach(old: driver.Connection) -> None:
    """Close the new database."""
    old.execute(f"DETACH DATABASE {OTHER}")
