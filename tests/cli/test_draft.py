"""Drafts: kept, listed, resumed once, dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from ap_cli.services import drafts
from ap_cli.services.drafts import Draft, OpenForm
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.connection import connect
from ap_cli.store.opening import open_store

from ..conftest import Program


@pytest.mark.parametrize("answers", ["[]", "5", '{"skipped": 5}', '{"not_known": [[1]]}'])
def test_a_draft_that_cannot_be_read_is_named(placed: Program, answers: str) -> None:
    connect(placed.store).execute(
        "INSERT INTO draft (form, answers, who, at) VALUES ('placement new', ?, 'x', '2026-03-02T10:00:00+00:00')",
        (answers,),
    )
    drafts.keep(placed.opened(), {"hours": "1"}, Author("a"))
    way = "D-0001 is damaged. Delete it: ap draft drop D-0001"
    listed = placed("draft", "list")
    assert listed.code == 5 and way in listed.err and "D-0002" in listed.out
    stopped = placed("placement", "new", "--resume", "D-0001")
    assert stopped.code == 5 and way in stopped.err
    (damaged, other) = [row for row in placed.json("status") if row["what"] == "draft"][::-1]
    assert damaged["command"] == "ap draft drop D-0001" and "D-0002" in other["message"]
    first = placed.ok("status", "--format", "table").out
    assert way in first and "ap draft resume D-0002" in first
    missing = placed("draft", "resume", "D-0002", "--no-input")
    assert missing.code == 4 and "--route" in missing.err, "the others can be gone on with"
    placed.ok("draft", "drop", "D-0001")
    assert placed.ok("draft", "list").err == "" and "damaged" not in placed.ok("status").out


def test_nobodys_draft_takes_the_place_of_anothers(placed: Program) -> None:
    first = drafts.keep(placed.opened(), {"hours": "1"}, Author("a"))
    other = drafts.keep(placed.opened(), {"hours": "2"}, Author("b"), first)
    mine = drafts.keep(placed.opened(), {"hours": "3"}, Author("a"), first)
    assert (first.ref, other.ref, mine.ref) == ("D-0001", "D-0001", "D-0002")
    drafts.drop(placed.opened(), 2)
    assert drafts.keep(placed.opened(), {"hours": "4"}, Author("a"), mine).ref == "D-0003", (
        "the number is not used again"
    )


def test_a_draft_is_finished_once(placed: Program) -> None:
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


def keep(ap: Program, form: str, about: str = "", **answers: object) -> Draft:
    return drafts.keep(ap.opened(), answers, Author("a"), open=OpenForm(form, about))


def test_a_draft_names_its_form_and_its_pupil_by_reference_alone(placed: Program) -> None:
    keep(placed, "record final-report", "PL-0001", progress="good")
    keep(placed, "placement new", pupil="p-1", hours="3")
    keep(placed, "pupil add", name="Sample Pupil")
    rows = placed.json("draft", "list")
    assert [(row["what"], row["pupil"], row["name"]) for row in rows] == [
        ("final report of PL-0001 (P-0001)", "P-0001", None),
        ("new placement for P-0001", "P-0001", None),
        ("new pupil", None, None),
    ]
    out = placed.ok("draft", "list").out
    assert "Test Pupil" not in out and "Sample Pupil" not in out
    assert "Sample Pupil" in placed.ok("draft", "list", "--names").out


def test_a_draft_of_an_entry_is_recorded_without_a_terminal_if_nothing_is_missing(
    placed: Program,
) -> None:
    keep(placed, "record contact", "PL-0001", day="2026-02-27", whom="a parent", skipped=["by"])
    assert placed.ok("draft", "resume", "D-0001").out == "E-0001\n"
    row = placed.json("timeline", "PL-0001")[-1]
    assert (row["day"], row["whom"]) == ("2026-02-27", "a parent")
    assert placed.json("draft", "list") == []
    assert placed("draft", "resume", "D-0001").code == 2


def test_a_new_provider_is_added_from_its_draft(placed: Program) -> None:
    keep(placed, "provider add", name="Test Barn")
    found = placed("draft", "resume", "D-0001")
    assert found.code == 4 and "--kind" in found.err
    assert len(placed.json("draft", "list")) == 1, "what is missing loses nothing"
    keep(placed, "provider add", name="Test Barn", kind="non-school")
    assert placed.ok("draft", "resume").out == "PR-0002\n"


@pytest.mark.parametrize(
    ("noun", "answers", "ref", "shared"),
    [
        (
            "provider",
            {"name": "Hollow Oak Farm", "kind": "non-school"},
            "PR-0001",
            "the same name",
        ),
        (
            "pupil",
            {"name": "Test Pupil", "born": "2010-06-27"},
            "P-0001",
            "the same name and date of birth",
        ),
    ],
)
def test_a_draft_of_one_that_is_there_already_is_added_only_as_another(
    placed: Program, noun: str, answers: dict[str, str], ref: str, shared: str
) -> None:
    keep(placed, f"{noun} add", **answers)
    refused = placed("draft", "resume", "D-0001")
    assert refused.code == 2 and refused.err == (
        f"{ref} has {shared}: if this is another {noun}, ap draft resume D-0001 --another; if it is"
        " the same, ap draft drop D-0001\n"
    )
    assert len(placed.json("draft", "list")) == len(placed.json(noun, "list")) == 1
    added = placed.ok("draft", "resume", "D-0001", "--another")
    assert added.out == ref.replace("1", "2") + "\n"
    assert placed.json("draft", "list") == [] and len(placed.json(noun, "list")) == 2


def test_another_is_refused_for_a_draft_that_adds_neither_pupil_nor_provider(
    placed: Program,
) -> None:
    keep(placed, "record contact", "PL-0001", day="2026-02-27", whom="a parent")
    refused = placed("draft", "resume", "D-0001", "--another")
    assert refused.code == 2 and refused.err == (
        "--another is for a new pupil or provider, and D-0001 is a draft of another form (contact"
        " of PL-0001): leave it out\n"
    )
    assert len(placed.json("draft", "list")) == 1


def test_the_wizard_goes_on_with_drafts_of_new_placements_alone(placed: Program) -> None:
    keep(placed, "pupil add", name="Sample Pupil")
    found = placed("placement", "new", "--resume", "D-0001", "--no-input")
    assert found.code == 2 and "ap draft resume D-0001" in found.err
    assert placed("placement", "new", "--resume", "--no-input").code == 2, "there is none"


def test_several_drafts_are_dropped_at_once_or_none(placed: Program) -> None:
    keep(placed, "pupil add", name="Sample Pupil")
    keep(placed, "placement end", "PL-0001", reason="met")
    assert placed("draft", "drop", "D-0001", "D-0009").code == 2
    assert len(placed.json("draft", "list")) == 2
    dropped = placed.ok("draft", "drop", "d-1", "D-0002")
    assert dropped.out == "D-0001\nD-0002\n" and "end of PL-0001" in dropped.err
    assert "Sample Pupil" not in dropped.err
    assert placed.json("draft", "list") == []


def test_a_draft_of_a_form_that_a_newer_version_has_is_left_alone(placed: Program) -> None:
    keep(placed, "record moon-landing", "PL-0001", by="A. Tester")
    found = placed("draft", "resume", "D-0001")
    assert found.code == 2 and "does not know the form" in found.err
    assert placed.json("draft", "list")[0]["what"] == "moon landing of PL-0001 (P-0001)"


def test_a_draft_about_what_is_gone_can_be_listed_and_dropped(placed: Program) -> None:
    keep(placed, "record edit", "E-0007", by="A. Tester")
    keep(placed, "placement end", "PL-0009", reason="met")
    assert [row["pupil"] for row in placed.json("draft", "list")] == [None, None]
    assert placed("draft", "resume", "D-0001").code == 2
    placed.ok("draft", "drop", "D-0001", "D-0002")


def test_an_old_draft_is_of_a_new_placement(tmp_path: Path) -> None:
    from ap_cli.store.schema import upgrade

    path = tmp_path / "old.db"
    connect(path).close()
    upgrade(path, to="0011")
    connect(path).execute(
        "INSERT INTO draft (form, answers, who, at)"
        " VALUES ('placement', '{\"hours\": \"3\"}', 'a', '2026-03-02T10:00:00+00:00')"
    )
    upgrade(path)
    with open_store(Address(path)) as store:
        (draft,) = drafts.listed(store)
    assert draft.open == drafts.NEW_PLACEMENT and draft.answers == {"hours": "3"}
