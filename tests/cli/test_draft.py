"""Drafts of placements: kept, resumed once, dropped."""

from __future__ import annotations

import pytest

from ap_cli.store.connection import connect

from ..conftest import Program


@pytest.mark.parametrize("answers", ["[]", "5", '{"skipped": 5}', '{"not_known": [[1]]}'])
def test_a_draft_that_cannot_be_read_is_named(placed: Program, answers: str) -> None:
    connect(placed.store).execute(
        "INSERT INTO draft (form, answers, who, at) VALUES ('placement', ?, 'x', '2026-03-02T10:00:00+00:00')",
        (answers,),
    )
    for command in (["status"], ["placement", "new", "--resume", "D-0001"]):
        found = placed(*command)
        assert found.code == 5 and "D-0001" in found.err
    placed.ok("placement", "drop", "D-0001")
    placed.ok("status")


def test_nobodys_draft_takes_the_place_of_anothers(placed: Program) -> None:
    from ap_cli.services import drafts
    from ap_cli.store.author import Author

    first = drafts.keep(placed.opened(), {"hours": "1"}, Author("a"))
    other = drafts.keep(placed.opened(), {"hours": "2"}, Author("b"), first)
    mine = drafts.keep(placed.opened(), {"hours": "3"}, Author("a"), first)
    assert (first.ref, other.ref, mine.ref) == ("D-0001", "D-0001", "D-0002")
    drafts.drop(placed.opened(), 2)
    assert drafts.keep(placed.opened(), {"hours": "4"}, Author("a"), mine).ref == "D-0003", (
        "the number is not used again"
    )


def test_a_draft_is_finished_once(placed: Program) -> None:
    from ap_cli.services import drafts
    from ap_cli.store.author import Author

    answers = {
        "pupil": "P-0001",
        "provider": "PR-0001",
        "route": "suspension",
        "starts": "2026-03-09",
        "hours": "3",
    }
    drafts.keep(placed.opened(), answers, Author("a"))
    placed.ok("placement", "new", "--resume", "D-0001", "--no-input")
    assert (
        placed("placement", "new", "--resume", "D-0001", "--no-input").code == 2
        and len(placed.json("placement", "list")) == 2
    )
