"""Text that is not UTF-8 ends no query, on an encrypted store as on a plain one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ap_cli.store.address import Address
from ap_cli.store.connection import begin_with_key
from ap_cli.store.key import Key, draw_key
from ap_cli.store.keys import remember
from ap_cli.store.opening import build, open_store

pytest.importorskip("sqlcipher3.dbapi2")
ROWS = 5


@pytest.mark.parametrize("is_encrypted", [True, False])
@pytest.mark.parametrize("broken", [{1}, {2}, {3}, {ROWS}, {1, 2}, {2, 4}, set(range(1, ROWS + 1))])
def test_each_row_is_read_once_and_in_order(
    tmp_path: Path, is_encrypted: bool, broken: set[int]
) -> None:
    key: Key | None = draw_key() if is_encrypted else None
    if key is not None:
        remember(key)
    begin_with_key(tmp_path / "ap.db", key)
    build(tmp_path / "ap.db")
    with open_store(Address(tmp_path / "ap.db")) as store:
        store.connection.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)")
        for id in range(1, ROWS + 1):
            word = b"\xff" if id in broken else b"word"
            store.rows("INSERT INTO words VALUES (:id, CAST(:word AS TEXT))", id=id, word=word)
        expected = [(id, b"\xff" if id in broken else "word") for id in range(1, ROWS + 1)]
        query = "SELECT id, word FROM words WHERE id >= :first ORDER BY id"
        assert list(store.rows(query, first=1)) == expected
        assert list(store.rows(query, first=1)) == expected, "also once such a text was met"
        assert store.row(query, first=min(broken)) == expected[min(broken) - 1]
        assert store.has_met_broken_text
