"""What follows from the record on its rows: the id of the store, ordinals of reviews, commissioners."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ap_cli.services.drafts import NEW_PLACEMENT, OpenForm, keep
from ap_cli.store.author import Author
from ap_cli.store.queries.identity import id_of_store

from ..conftest import COMPLETE, Program

DATA = Path(__file__).parents[1] / "data"


def rows(ap: Program, query: str) -> list[tuple[Any, ...]]:
    with ap.opened() as store:
        return list(store.rows(query))


def commission(ap: Program, name: str) -> None:
    """A commissioner of this name."""
    ap.ok("init", "--commissioner", name, "--kind", "academy")


def review(ap: Program, *more: str) -> None:
    ap.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester", *more)


def test_each_new_store_has_an_id_of_its_own(tmp_path: Path) -> None:
    found = set()
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        ap = Program(folder)
        ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
        with ap.opened() as store:
            found.add(id_of_store(store))
    assert len(found) == 2 and all(re.fullmatch("[0-9a-f]{32}", each) for each in found)


def test_a_store_keeps_its_id(placed: Program) -> None:
    with placed.opened() as store:
        before = id_of_store(store)
    placed.ok("pupil", "add", "Test Other", "--born", "2010-06-28")
    with placed.opened() as store, store.suppose() as copy:
        assert id_of_store(store) == before == id_of_store(copy)


def test_reviews_are_counted_within_their_placement_and_keep_their_ordinal(
    placed: Program,
) -> None:
    ordinals = "SELECT id, ordinal FROM entry ORDER BY id"
    review(placed)
    placed.ok("record", "contact", "PL-0001", "--whom", "a parent", "--said", "well")
    review(placed)
    assert rows(placed, ordinals) == [(1, 1), (2, None), (3, 2)]
    placed.ok("record", "withdraw", "E-0001", "--reason", "another child's")
    placed.ok("record", "edit", "E-0003", "--no-safe", "--reason", "mistyped")
    review(placed)
    assert rows(placed, ordinals) == [(1, 1), (2, None), (3, 2), (4, 3)]
    placed.ok("undo")
    review(placed)
    assert rows(placed, ordinals)[-1] == (5, 3), "an undone review never was"


def test_other_programs_see_the_ordinal_of_a_review(placed: Program) -> None:
    review(placed)
    assert rows(placed, "SELECT placement, ordinal FROM v_review") == [(1, 1)]


def test_the_log_does_not_show_what_follows_from_the_record(placed: Program) -> None:
    commission(placed, "Test Academy")
    review(placed)
    for (new,) in rows(placed, "SELECT new FROM audit WHERE place IN ('pupil', 'entry')"):
        assert "ordinal" not in new and "commissioner" not in new


def test_a_pupil_belongs_to_the_commissioner_of_the_newest_placement(placed: Program) -> None:
    owner = "SELECT commissioner FROM pupil WHERE id = 1"
    assert rows(placed, owner) == [(None,)]
    commission(placed, "Test Academy")
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    assert rows(placed, owner) == [(1,)]
    placed.ok("undo")
    assert rows(placed, owner) == [(1,)], "the only commissioner"


def test_a_new_pupil_belongs_to_the_only_commissioner_or_to_nobody(ap: Program) -> None:
    commission(ap, "Test Academy")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    commission(ap, "Test College")
    ap.ok("pupil", "add", "Test Other", "--born", "2010-06-28")
    assert rows(ap, "SELECT commissioner FROM pupil ORDER BY id") == [(1,), (None,)]


def test_a_commissioner_can_go_although_pupils_belong_to_it(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27")
    commission(ap, "Test Academy")
    ap.ok("pupil", "edit", "P-0001", "--born", "2010-06-28")
    assert rows(ap, "SELECT commissioner FROM pupil") == [(1,)]
    ap.ok("undo")
    ap.ok("undo")
    assert rows(ap, "SELECT commissioner FROM pupil") == [(None,)]


def test_the_log_says_whose_a_change_was(placed: Program) -> None:
    commission(placed, "Test Academy")
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    review(placed)
    placed.ok("provider", "edit", "PR-0001", "--risk", "higher")
    owners = dict(rows(placed, "SELECT subject, commissioner FROM audit ORDER BY id"))
    assert owners == {"PR-0001": None, "P-0001": None, "PL-0001": 1, "C-0001": 1}


@pytest.mark.parametrize(
    ("open", "answers", "owner"),
    [
        (NEW_PLACEMENT, {"pupil": "P-0001"}, 1),
        (NEW_PLACEMENT, {"pupil": "P-0002"}, None),
        (NEW_PLACEMENT, {"pupil": "P-0001", "commissioner": "C-0002"}, 2),
        (NEW_PLACEMENT, {"hours": "15"}, None),
        (OpenForm("record review", "PL-0001"), {"safe": "yes"}, 1),
        (OpenForm("record edit", "E-0001"), {"safe": "yes"}, 1),
        (OpenForm("pupil edit", "P-0001"), {"name": "Test"}, 1),
        (OpenForm("provider edit", "PR-0001"), {"risk": "higher"}, None),
    ],
)
def test_a_draft_belongs_to_the_commissioner_of_what_it_is_about(
    placed: Program, open: OpenForm, answers: dict[str, str], owner: int | None
) -> None:
    commission(placed, "Test Academy")
    commission(placed, "Test College")
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    placed.ok("pupil", "add", "Test Other", "--born", "2010-06-28")
    review(placed)
    with placed.opened() as store:
        first = keep(store, {}, Author("A. Tester"), open=open)
        keep(store, answers, Author("A. Tester"), first, open)
    assert rows(placed, "SELECT commissioner FROM draft") == [(owner,)]


@pytest.mark.plain_store("begins with a store of an earlier ap")
@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("store-*.sql")))
def test_an_older_store_is_given_them_at_upgrade(ap: Program, name: str) -> None:
    sqlite3.connect(ap.store).executescript((DATA / name).read_text("utf-8"))
    ap.ok("db", "upgrade")
    with ap.opened() as store:
        assert re.fullmatch("[0-9a-f]{32}", id_of_store(store))
    reviews = rows(
        ap, "SELECT placement, ordinal FROM entry WHERE kind = 'review' ORDER BY placement, id"
    )
    counted: dict[int, int] = {}
    for placement, ordinal in reviews:
        counted[placement] = counted.get(placement, 0) + 1
        assert ordinal == counted[placement]
    assert reviews
    whose = (
        "SELECT count(*) FROM placement pl JOIN pupil p ON p.id = pl.pupil"
        " WHERE pl.commissioner IS NOT NULL AND p.commissioner IS NULL"
    )
    assert rows(ap, whose) == [(0,)]
    unowned = (
        "SELECT count(*) FROM audit a JOIN placement pl"
        " ON a.subject = 'PL-' || substr('000' || pl.id, -4)"
        " WHERE a.commissioner IS NOT pl.commissioner"
    )
    assert rows(ap, unowned) == [(0,)]
    assert ap("db", "verify").code == 0


@pytest.mark.on_files("asks SQLite how it looks things up")
def test_what_is_looked_up_at_each_write_is_found_by_an_index(placed: Program) -> None:
    plan = rows(
        placed,
        "EXPLAIN QUERY PLAN SELECT max(row) FROM audit WHERE place = 'entry'",
    )
    assert "ix_audit_place_row" in str(plan)
