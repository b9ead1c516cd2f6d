"""A store of many placements, written straight into the tables: for measuring."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ap_cli.store.connection import open_store

ON = date(2026, 3, 2)


def make(path: Path, placements: int) -> None:
    """A store of so many placements, with six entries each and a provider for every forty."""
    store = open_store(path)
    day = ON.isoformat()
    store.execute("BEGIN IMMEDIATE")
    providers = max(placements // 40, 1)
    rows = range(1, placements + 1)
    started = [ON - timedelta(days=7 * (n % 50)) for n in range(placements + 1)]
    store.executemany(
        "INSERT INTO provider (id, name, kind, registered) VALUES (?, ?, 'non-school', '[]')", ((n, f"Provider {n}") for n in range(1, providers + 1))
    )
    store.executemany("INSERT INTO pupil (id, name, born, ehcp, looked_after) VALUES (?, ?, ?, ?, '[]')",
                      ((n, f"Pupil {n}", f"{2010 + n % 6}-05-{n % 27 + 1:02d}", "[]" if n % 9 else '[{"began":"2024-09-01","ended":null}]') for n in rows))  # fmt: skip
    store.executemany("INSERT INTO placement (id, pupil, provider, route, starts, ends, nature) VALUES (?, ?, ?, 'off-site-direction', ?, ?, 'x')",
                      ((n, n, n % providers + 1, started[n].isoformat(), (started[n] + timedelta(days=200)).isoformat()) for n in rows))  # fmt: skip
    store.executemany(
        "INSERT INTO week (placement, since, weekly_minutes, tier) VALUES (?, ?, ?, '2')",
        ((n, started[n].isoformat(), 600 + 60 * (n % 12)) for n in rows),
    )
    store.executemany("INSERT INTO entry (placement, kind, day, details) VALUES (?, 'review', ?, '{\"safe\":true}')",
                      ((n, min(day, (started[n] + timedelta(days=14 * k)).isoformat())) for n in rows for k in range(6)))  # fmt: skip
    store.execute("COMMIT")
    store.close()
