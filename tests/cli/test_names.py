"""Where the names of children are shown, and where never."""

from __future__ import annotations

import pytest

from ..conftest import Program

ABOUT_A_CHILD = (
    ("pupil", "show", "P-0001"),
    ("pupil", "list"),
    ("placement", "show", "PL-0001"),
    ("placement", "sheet", "PL-0001"),
    ("show", "P-0001"),
    ("show", "PL-0001"),
)


@pytest.mark.parametrize("command", ABOUT_A_CHILD)
@pytest.mark.parametrize("format", ["plain", "table", "json", "jsonl", "csv", "md"])
def test_off_a_terminal_a_child_has_the_reference_unless_the_name_is_asked_for(
    placed: Program, command: tuple[str, ...], format: str
) -> None:
    found = placed.ok(*command, "--format", format)
    assert "Test" not in found.out + found.err and "Hollow Oak Farm" not in found.err
    placed.ok("config", "set", "names", "full")
    assert "Test" not in placed.ok(*command, "--format", format).out, "that is for the screen"


@pytest.mark.parametrize("command", [each for each in ABOUT_A_CHILD if each[0] != "show"])
def test_a_name_that_is_asked_for_shows_in_every_format(
    placed: Program, command: tuple[str, ...]
) -> None:
    for format in ("plain", "json", "jsonl", "csv", "md"):
        assert "Test Pupil" in placed.ok(*command, "--format", format, "--names").out, format
    assert "Test Pupil" in placed.ok(*command, AP_NAMES="1").out


def test_json_keeps_the_keys_of_names_and_has_nothing_in_them(placed: Program) -> None:
    (pupil,) = placed.json("pupil", "show", "P-0001")
    (listed,) = placed.json("pupil", "list")
    (placement,) = placed.json("placement", "show", "PL-0001")
    assert (pupil["name"], listed["name"], placement["pupil_name"]) == (None, None, None)
    assert placement["provider_name"] == "Hollow Oak Farm", "a provider is no child"
    (named,) = placed.json("placement", "show", "PL-0001", "--names")
    assert named["pupil_name"] == "Test Pupil"


def named_in(sheet: str) -> str:
    """Whom a sheet is about."""
    (line,) = (line for line in sheet.splitlines() if line.startswith("Pupil name"))
    return line.removeprefix("Pupil name").strip()


def test_the_sheet_has_the_childs_reference_and_says_how_to_have_the_name(placed: Program) -> None:
    found = placed.ok("placement", "sheet", "PL-0001")
    assert named_in(found.out) == "P-0001"
    assert "the child's name is left out: to have it here, add --names" in found.err
    named = placed.ok("placement", "sheet", "PL-0001", "--names")
    assert named_in(named.out) == "Test Pupil" and "left out" not in named.err


def test_names_show_only_where_they_may(placed: Program) -> None:
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
    "command",
    [("reviews", "due"), ("placement", "list"), ("provider", "list"), ("pupil", "list")],
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
    told = placed("placement", "show", "PL-0001", "--names").out
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
