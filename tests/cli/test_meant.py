"""“Did you mean”: for commands, options, references and names."""

from __future__ import annotations

import pytest

from ..conftest import Program


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("chek PL-1", "ap has no command “…”: did you mean ap check? see ap --help\n"),
        ("place", "did you mean ap placement?"),
        ("placement lst", "ap placement has no command “…”: did you mean ap placement list?"),
        ("record reviw", "did you mean ap record review?"),
        ("list", "did you mean ap placement list, ap pupil list or ap provider list?"),
        ("new", "did you mean ap placement new?"),
        ("due", "did you mean ap reviews due?"),
        ("concern", "did you mean ap record concern?"),
        ("pl-1", "did you mean ap check PL-0001?"),
        ("zoo", "ap has no command “…”: see ap --help\n"),
        ("check --fail-no must", "ap check has no option --fail-no: did you mean --fail-on or"),
        ("placement list --sotr until", "did you mean --sort?"),
        ("config get nmes", "did you mean names? Choose names, prompts,"),
        ("config get zoo", ": choose names, prompts,"),
        ("do PR-1 chekcs", "; did you mean checks?: choose from "),
        ("check --zoo", "ap check has no option --zoo: see ap check --help\n"),
        ("placement edit PL-1 --tier 5", "choose one of 1a, 1b, 2, 3"),
    ],
)
def test_a_mistyped_command_or_option_says_which_was_meant(
    placed: Program, typed: str, said: str
) -> None:
    found = placed(*typed.split())
    assert (found.code, found.out) == (2, "")
    assert said in found.err and len(found.err.splitlines()) == 1


@pytest.mark.parametrize("typed", ["PL-0001", "pl-1", "PL1", "PL0001", "pl 1", "pl_1"])
def test_a_reference_is_understood_however_it_is_written(placed: Program, typed: str) -> None:
    assert placed.json("placement", "show", typed)[0]["ref"] == "PL-0001"


def test_a_reference_that_there_is_not_names_the_nearest(placed: Program) -> None:
    for name in ("Second Sample", "Third Sample", "Fourth Sample"):
        placed.ok("pupil", "add", name, "--born", "2011-05-05")
    assert "did you mean P-0004 or P-0003?" in placed("pupil", "show", "P-12").err
    assert "did you mean PL-0001?" in placed("placement", "show", "PL-12").err


NOT_SEARCHED = (
    "“…” is not a reference, and names are not searched here: give the reference, or add --names\n"
)


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("provider show", {"oak": "PR-0001", "Hollow Aok Farm": "PR-0001"}),
        ("placement show", {"farm": "PL-0001"}),
        ("check", {"farm": "PR-0001"}),
    ],
)
def test_a_providers_name_in_the_place_of_a_reference_says_which_was_meant(
    placed: Program, command: str, meant: dict[str, str]
) -> None:
    for typed, ref in meant.items():
        found = placed(*command.split(), typed)
        assert found.code == 2
        assert found.err == f"“…” is not a reference: did you mean {ref}?\n"


@pytest.mark.parametrize("command", ["pupil show", "placement show", "check", "show", "log"])
@pytest.mark.parametrize("typed", ["test pupil", "Test", "Tset Pupil", "Somebody Else", "zz"])
def test_in_a_pipe_a_childs_name_finds_nothing_and_is_answered_as_nobodys_name(
    placed: Program, command: str, typed: str
) -> None:
    found = placed(*command.split(), typed)
    assert (found.code, found.out, found.err) == (2, "", NOT_SEARCHED)


def test_with_names_a_name_finds_the_one_who_has_it_in_a_pipe_too(placed: Program) -> None:
    assert "Test Pupil (P-0001)" in placed.ok("show", "test", "--names").out
    assert "Test Pupil (P-0001)" in placed.ok("show", "test pupil", AP_NAMES="1").out
    placed.ok("pupil", "add", "Test Pupil-Sample", "--born", "2011-05-05")
    several = placed("show", "test", "--names")
    assert several.code == 2
    assert several.err == "“…” is not a reference: did you mean P-0001 or P-0002?\n"
    assert "(P-0001)" in placed.ok("show", "test pupil", "--names").out, "a whole name is one"
    slip = placed("show", "tset", "--names")
    assert slip.code == 2 and "did you mean P-0001 or P-0002?" in slip.err


def test_a_name_like_no_other_is_refused_with_what_works(placed: Program) -> None:
    for typed in ("zz", "Somebody Else"):
        said = placed("check", typed, "--names").err
        assert "type one like P-0001, PR-0001 or PL-0001" in said


def test_a_name_given_for_a_reference_is_refused_with_the_reference(placed: Program) -> None:
    new = ("placement", "new", "--no-input", "--route", "school-arranged", "--hours", "6")
    found = placed(
        *new, "--starts", "2026-06-01", "--pupil", "Test Pupil", "--provider", "oak farm"
    )
    assert found.code == 2 and "Test Pupil" not in found.err
    assert "--pupil: names are not searched here: give the reference, or add" in found.err
    assert "--provider: did you mean PR-0001?" in found.err
    named = ("--pupil", "Test Pupil", "--provider", "PR-0001", "--names")
    assert "--pupil: did you mean P-0001?" in placed(*new, *named, "--starts", "2026-06-01").err
    edited = placed("placement", "edit", "PL-0001", "--provider", "farm")
    assert edited.code == 2 and "--provider: did you mean PR-0001?" in edited.err
    assert "did you mean" not in placed(*new, "--pupil", "zzz").err
