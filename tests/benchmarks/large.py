"""A store of many placements: the sample's own, copied within the tables, so that each fact and each entry occurs as often as there."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from ap_cli.demo.making import make as make_sample
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.chain import link
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries.chain import last_mark
from ap_cli.store.unit import UnitOfWork

ON = date(2026, 3, 2)
PER_PROVIDER = 10
"""How many copies of its placements one copy of a provider has."""

COPIED = ("pupil", "provider", "site", "placement", "week", "entry", "mark")
PAST_COPIED = ("pupil", "placement", "week", "entry", "mark")
ENDED_WELL = 18
"""The placement of the sample of which nothing is left to do."""
YEARS = 10
"""Over how many years the past placements are spread."""
WEEKS_A_YEAR = 52
DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
OWN = ("upn", "urn")
"""The numbers that no two records share: a copy has none."""


def make(path: Path, placements: int, past: int = 0) -> None:
    """A store of at least so many placements, each with what the sample has recorded of it.

    So many more are past: they ended well, over the ten years before.
    """
    opened = open_store(Address(path))
    make_sample(opened, ON)
    store = opened.connection
    store.execute("PRAGMA foreign_keys = OFF")
    store.execute("BEGIN IMMEDIATE")
    mark_before = last_mark(store)
    tops = {table: store.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in COPIED}
    copies = -(-placements // store.execute("SELECT count(*) FROM placement").fetchone()[0]) - 1
    numbers = ((n,) for n in range(1, copies + 1))
    store.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
    store.executemany("INSERT INTO copy VALUES (?)", numbers)
    for table in COPIED:
        _copy(store, table, tops)
    if past:
        _copy_past(store, past)
    _chain_copies(opened, mark_before)
    store.execute("COMMIT")
    store.execute("ANALYZE")
    store.close()


def _chain_copies(store: Store, mark_before: int) -> None:
    """Log the copying as one change and chain it, with the marks that it brought, so that the store is sound."""
    unit = UnitOfWork(store, Author("benchmark"), "copy the sample")
    unit.note("store", "store", None, {}, {"marks_after": mark_before})
    link(store, unit.number, mark_before)


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


def _copy_past(store: sqlite3.Connection, past: int) -> None:
    """Add so many placements that ended well, a whole number of years before the sample's.

    Each has all that the sample recorded of it, on the same weekdays.
    """
    store.create_function("earlier", 2, earlier, deterministic=True)
    store.execute("CREATE TEMP TABLE past (n INTEGER PRIMARY KEY, years INTEGER)")
    store.executemany("INSERT INTO past VALUES (?, ?)", ((n, n % YEARS) for n in range(past)))
    pupil = f"(SELECT pupil FROM placement WHERE id = {ENDED_WELL})"
    tops = {
        table: store.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in PAST_COPIED
    }
    whose = {
        "pupil": f"t.id = {pupil}",
        "placement": f"t.id = {ENDED_WELL}",
        "week": f"t.placement = {ENDED_WELL}",
        "entry": f"t.placement = {ENDED_WELL} OR t.pupil = {pupil}",
        "mark": f"t.placement = {ENDED_WELL}",
    }
    for table in PAST_COPIED:
        names = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(_past_column(table, name, tops) for name in names)
        store.execute(
            f"INSERT INTO {table} ({', '.join(names)})"
            f" SELECT {values} FROM {table} t, past WHERE {whose[table]}"
        )


def _past_column(table: str, name: str, tops: dict[str, int]) -> str:
    """The value of a column of a past copy, in SQL."""
    if name == "name":
        return "t.name || ' ' || n"
    if name in OWN:
        return "NULL"
    of = table if name == "id" else name
    if of in tops and (name == "id" or table != of):
        return f"t.{name} + {tops[of]} * (n + 1)"
    return f"earlier(t.{name}, years)"


def earlier(value: object, years: int) -> object:
    """A value with each day in it so many years of 52 weeks earlier: a weekday stays one."""
    weeks = timedelta(weeks=WEEKS_A_YEAR * years)

    def move(found: re.Match[str]) -> str:
        return str(date.fromisoformat(found[0]) - weeks)

    return DAY.sub(move, value) if isinstance(value, str) else value
