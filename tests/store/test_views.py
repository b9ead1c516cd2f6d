"""The views for other programs: made from the forms, and made anew once the forms have changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ap_cli.domain.entries import KINDS
from ap_cli.forms.form import questions
from ap_cli.store.connection import connect
from ap_cli.store.views import refresh_views, stale_views, view_name, view_statements

from ..conftest import COMPLETE, Program

OF_AN_EARLIER_VERSION = "CREATE VIEW v_review AS SELECT e.id, e.day FROM entry e"


def make_stale(path: Path) -> None:
    """Leaves a store with the view of reviews as an earlier version had it."""
    with closing(connect(path)) as store:
        store.execute("DROP VIEW v_review")
        store.execute(OF_AN_EARLIER_VERSION)


def views(path: Path) -> dict[str, str]:
    """The statement of every view in a store by its name."""
    with closing(connect(path)) as store:
        return dict(store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))


def test_a_new_store_has_the_views_of_the_forms(placed: Program) -> None:
    assert views(placed.store) == view_statements()


def test_a_view_shows_the_answers_of_an_entry_until_it_is_withdrawn(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester")
    query = "SELECT placement, day, who, decided FROM v_review"
    store = connect(placed.store)
    assert store.execute(query).fetchone() == (1, "2026-03-02", "A. Tester", "continue")
    placed.ok("record", "withdraw", "E-0001", "--reason", "another child's")
    assert store.execute(query).fetchone() is None


@pytest.mark.parametrize("kind", KINDS)
def test_each_question_of_a_kind_is_a_column_of_its_view(kind: str, placed: Program) -> None:
    found = connect(placed.store).execute(f"SELECT * FROM {view_name(kind)}").description
    asked = {question.name for question in questions(KINDS[kind])} - {"by"} | {"id", "who"}
    lacking = asked - {column[0] for column in found}
    assert not lacking, f"{view_name(kind)} has no column for {', '.join(sorted(lacking))}"


def test_views_of_an_earlier_version_are_made_anew_by_the_next_command(placed: Program) -> None:
    make_stale(placed.store)
    with closing(connect(placed.store)) as store:
        assert list(stale_views(store)) == ["v_review"]
    placed.ok("pupil", "list")
    assert views(placed.store) == view_statements()


def test_views_of_an_earlier_version_are_made_anew_by_an_upgrade(placed: Program) -> None:
    make_stale(placed.store)
    placed.ok("db", "upgrade")
    assert views(placed.store) == view_statements()


def test_a_view_that_is_not_ours_stays(placed: Program) -> None:
    mine = "CREATE VIEW v_mine AS SELECT name FROM provider"
    connect(placed.store).execute(mine)
    make_stale(placed.store)
    placed.ok("pupil", "list")
    assert views(placed.store) == view_statements() | {"v_mine": mine}


def test_fresh_views_write_nothing(placed: Program) -> None:
    before = placed.store.read_bytes()
    placed.ok("pupil", "list")
    assert placed.store.read_bytes() == before


def test_a_store_that_somebody_is_writing_is_read_at_once_and_keeps_its_views(
    placed: Program,
) -> None:
    make_stale(placed.store)
    with closing(connect(placed.store)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with closing(placed.opened()) as store:
            assert store.row("SELECT count(*) FROM pupil") == (1,)
    assert views(placed.store)["v_review"] == OF_AN_EARLIER_VERSION


@pytest.mark.plain_store("opens the file by itself, only to read")
def test_a_store_that_cannot_be_written_is_read_with_the_views_it_has(placed: Program) -> None:
    make_stale(placed.store)
    with closing(sqlite3.connect(f"file:{placed.store}?mode=ro", uri=True)) as store:
        refresh_views(store)
        assert not store.in_transaction
    assert views(placed.store)["v_review"] == OF_AN_EARLIER_VERSION
