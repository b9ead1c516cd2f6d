"""Where the names of children are shown, and where never."""

from __future__ import annotations

import pytest

from ..conftest import Program


def test_names_show_only_where_they_may(placed: Program) -> None:
    for command in (["pupil", "show", "P-0001"], ["pupil", "list"]):
        assert "Test Pupil" in placed(*command).out
    for command in (
        ["check"],
        ["reviews", "due"],
        ["status"],
        ["timeline", "P-0001"],
        ["placement", "list"],
        ["pupil", "edit", "P-0001", "--level-3", "no", "--json"],
    ):
        found = placed(*command)
        assert "Test Pupil" not in found.out + found.err
    assert placed.json("reviews", "due", "--names")[0]["name"] == "Test Pupil"
    assert placed.json("reviews", "due", AP_NAMES="1")[0]["name"] == "Test Pupil"
    assert (
        placed.json("placement", "list", "--names")[0]["name"] == "Test Pupil"
        and "Test Pupil" in placed("placement", "list", "--names").out
    )


@pytest.mark.parametrize(
    "command", [("reviews", "due"), ("placement", "list"), ("provider", "list")]
)
@pytest.mark.parametrize("word", ["Test Pupil", "pupil:test"])
def test_a_name_that_is_not_searched_is_refused_with_the_way_to_search_it(
    placed: Program, command: tuple[str, str], word: str
) -> None:
    found = placed(*command, word)
    assert found.code == 2 and "add --names" in found.err and not found.out
    assert placed.ok(*command, word, "--names").out
    assert placed(*command, "nobody of this name").code == 0, "there is no such child"


def test_a_placement_shows_the_names_of_those_it_is_about(placed: Program) -> None:
    told = placed("placement", "show", "PL-0001").out
    assert "Test Pupil" in told and "Hollow Oak Farm" in told


def test_only_yes_shows_names(placed: Program) -> None:
    assert placed.json("reviews", "due", AP_NAMES="false")[0]["name"] is None


def test_an_explanation_does_not_tell_the_childs_name(placed: Program) -> None:
    for args in (["--why"], ["--why", "--csv"]):
        assert "Test Pupil" not in placed("check", "PL-0001", "--show", "all", *args).out
    placed.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    placed.ok(
        *("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001"),
        *("--route", "school-arranged", "--starts", "2026-06-01", "--hours", "5"),
    )
    (found,) = placed.json("check", "PL-0002", "--rule", "AP802", "--why")
    (name,) = [note for note in found["why"] if note["fact"] == "pupil.name"]
    assert name["value"] == "recorded" and name["who"] == "tester"
