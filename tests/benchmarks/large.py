"""A store of many placements: the sample's own, copied within the tables, so that each fact and each entry occurs as often as there."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from ap_cli.demo.making import make as make_sample
from ap_cli.store.address import Address
from ap_cli.store.opening import open_store

ON = date(2026, 3, 2)
PER_PROVIDER = 10
"""How many copies of its placements one copy of a provider has."""

COPIED = ("pupil", "provider", "site", "placement", "week", "entry", "mark")
OWN = ("upn", "urn")
"""The numbers that no two records share: a copy has none."""


def make(path: Path, placements: int) -> None:
    """A store of at least so many placements, each with what the sample has recorded of it."""
    opened = open_store(Address(path))
    make_sample(opened, ON)
    store = opened.connection
    store.execute("PRAGMA foreign_keys = OFF")
    store.execute("BEGIN IMMEDIATE")
    tops = {table: store.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in COPIED}
    copies = -(-placements // store.execute("SELECT count(*) FROM placement").fetchone()[0]) - 1
    numbers = ((n,) for n in range(1, copies + 1))
    store.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
    store.executemany("INSERT INTO copy VALUES (?)", numbers)
    for table in COPIED:
        _copy(store, table, tops)
    store.execute("COMMIT")
    store.execute("ANALYZE")
    store.close()


def _copy(store: sqlite3.Connection, table: str, tops: dict[str, int]) -> None:
    names = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    keys = {
        row[3]: row[2]
        for row in store.execute(f"PRAGMA foreign_key_list({table})")
        if row[4] == "id"
    }
    keys |= {"id": table} | (
        {"provider": "provider"} if table in ("placement", "site", "entry") else {}
    )

    def column(name: str) -> str:
        if name == "name":
            return "t.name || ' ' || n"
        if name in OWN:
            return "NULL"
        if name not in keys:
            return f"t.{name}"
        of = keys[name]
        if of not in tops:
            return f"t.{name}"
        which = f"((n + {PER_PROVIDER - 1}) / {PER_PROVIDER})" if of == "provider" else "n"
        return f"t.{name} + {tops[of]} * {which}"

    once = f"WHERE n % {PER_PROVIDER} = 1" if table in ("provider", "site") else ""
    if table == "entry":
        once = f"WHERE t.provider IS NULL OR n % {PER_PROVIDER} = 1"
    if table == "site":
        names.remove("id")
    store.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(map(column, names))} FROM {table} t, copy {once}"
    )
