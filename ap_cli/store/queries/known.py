"""What an import knows of the store, in tables that are gone with the connection.

They have what each row is looked up by: a name as it is compared, which no column has, a UPN, or
where a placement begins. So an import of any length takes as much memory as a short one. Names are
in them as numbers alone: a database may put such tables into a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ..opening import Store
from .importing import text_of
from .upns import OWNERS

TABLES = {
    "known_pupil": "id INTEGER PRIMARY KEY, name BIGINT, ends BIGINT, born TEXT",
    "known_part": "part BIGINT, born TEXT, pupil BIGINT",
    "known_upn": "upn TEXT, pupil BIGINT, PRIMARY KEY (upn, pupil)",
    "known_placement": (
        "id INTEGER PRIMARY KEY, pupil BIGINT, provider BIGINT, starts TEXT, runs BIGINT"
    ),
}
INDEXES = {
    "known_pupil_name": "known_pupil (name)",
    "known_pupil_ends": "known_pupil (ends, born)",
    "known_part_born": "known_part (part, born)",
    "known_placement_there": "known_placement (pupil, provider)",
}

ADD_PUPIL = "INSERT INTO known_pupil (id, name, ends, born) VALUES (:id, :name, :ends, :born)"
ADD_PART = "INSERT INTO known_part (part, born, pupil) VALUES (:part, :born, :pupil)"
CORRECT_BIRTH = " ON CONFLICT (id) DO UPDATE SET born = excluded.born"


def start(store: Store, pupils: Iterable[dict[str, Any]], parts: Iterable[dict[str, Any]]) -> None:
    """Make the tables anew, with these pupils and the UPNs and placements of the store.

    `parts` has the numbers of the first and the last name of each, with the birth date.
    """
    execute = store.connection.execute
    for table, columns in TABLES.items():
        execute(f"DROP TABLE IF EXISTS {table}")
        execute(f"CREATE TEMP TABLE {table} ({columns})")
    for index, on in INDEXES.items():
        execute(f"CREATE INDEX {index} ON {on}")
    store.connection.executemany(ADD_PUPIL, pupils)
    store.connection.executemany(ADD_PART, parts)
    execute(f"INSERT INTO known_upn SELECT * FROM ({OWNERS}) owners")
    execute(
        "INSERT INTO known_placement SELECT id, pupil, provider, starts,"
        " CASE WHEN ended IS NULL THEN 1 ELSE 0 END FROM placement"
    )


def add_pupil(store: Store, pupil: dict[str, Any]) -> None:
    """Add a pupil: its number, the numbers of its name, and birth date.

    One that is there gets the birth date, and is found by its earlier name all the same.
    """
    store.rows(ADD_PUPIL + CORRECT_BIRTH, **pupil)


def add_upn(store: Store, upn: str, pupil: int) -> None:
    """Add a UPN of a pupil, unless it is there."""
    store.rows(
        "INSERT INTO known_upn (upn, pupil) VALUES (:upn, :pupil) ON CONFLICT DO NOTHING",
        upn=upn,
        pupil=pupil,
    )


def add_placement(store: Store, id: int, pupil: int, provider: int, starts: date) -> None:
    """Add a placement of the import itself, unless it is there."""
    store.rows(
        "INSERT INTO known_placement (id, pupil, provider, starts, runs)"
        " VALUES (:id, :pupil, :provider, :starts, 0) ON CONFLICT DO NOTHING",
        id=id,
        pupil=pupil,
        provider=provider,
        starts=starts,
    )


def owners(store: Store, upn: str) -> tuple[int, ...]:
    """Return the pupils who have or had a UPN, in order."""
    found = store.rows("SELECT pupil FROM known_upn WHERE upn = :upn ORDER BY pupil", upn=upn)
    return tuple(pupil for (pupil,) in found)


def birth(store: Store, pupil: int) -> tuple[str | None] | None:
    """Return the birth date of a pupil, None in it if it is damaged; None for an unknown pupil."""
    found: tuple[str | None] | None = store.row(
        "SELECT born FROM known_pupil WHERE id = :id", id=pupil
    )
    return found


def pupils_named(store: Store, name: int, born: date | None) -> list[int]:
    """List the pupils whose name has a number, and of a birth date if it is given."""
    found = store.rows("SELECT id, born FROM known_pupil WHERE name = :name ORDER BY id", name=name)
    day = None if born is None else born.isoformat()
    return [id for id, theirs in found if day is None or theirs == day]


def pupils_ending(store: Store, ends: int, born: date) -> list[int]:
    """List the pupils of a birth date whose first and last name have a number."""
    found = store.rows(
        "SELECT id FROM known_pupil WHERE ends = :ends AND born = :born ORDER BY id",
        ends=ends,
        born=born,
    )
    return [id for (id,) in found]


def pupils_sharing(store: Store, part: int, born: date) -> list[int]:
    """List the pupils of a birth date, in the store before the import, whose part has a number."""
    found = store.rows(
        "SELECT pupil FROM known_part WHERE part = :part AND born = :born ORDER BY pupil",
        part=part,
        born=born,
    )
    return [id for (id,) in found]


def placements(store: Store, pupil: int, provider: int) -> list[tuple[int, Any, bool]]:
    """List number and first day of the placements of a pupil at a provider.

    And whether each had not ended before the import; that of one it brought is over here.
    """
    found = store.rows_as_they_are(
        "SELECT id, starts, runs FROM known_placement"
        " WHERE pupil = :pupil AND provider = :provider ORDER BY id",
        pupil=pupil,
        provider=provider,
    )
    return [(id, starts, bool(is_open)) for id, starts, is_open in found]


def placements_from(store: Store, pupil: int, starts: date) -> list[tuple[int, int]]:
    """List number and provider of a pupil's placements from a day, open before the import."""
    return list(
        store.rows(
            "SELECT id, provider FROM known_placement"
            " WHERE pupil = :pupil AND starts = :starts AND runs = 1 ORDER BY id",
            pupil=pupil,
            starts=starts,
        )
    )


RECORDS = {
    "pupil": "SELECT id, home_school, 1 FROM pupil ORDER BY id",
    "provider": "SELECT id, NULL, 1 FROM provider ORDER BY id",
    "placement": (
        "SELECT k.id, p.home_school, k.runs FROM known_placement k"
        " LEFT JOIN pupil p ON p.id = k.pupil ORDER BY k.id"
    ),
}


def records(store: Store, noun: str) -> Iterator[tuple[int, str, bool]]:
    """List the number of each record, with the home school of its pupil, empty if it has none.

    And whether a placement had not ended before the import; that of one it brought is over here.
    """
    with store.broken_text_as_bytes():
        for id, school, is_open in store.rows(RECORDS[noun]):
            yield id, text_of(school), bool(is_open)
