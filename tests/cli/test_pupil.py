"""`ap pupil`: names, numbers and days; refused if they cannot be."""

from __future__ import annotations

import pytest

from ..conftest import Program


def test_two_pupils_of_the_same_name_are_warned_about_and_kept(placed: Program) -> None:
    found = placed("pupil", "add", "test pupil", "--born", "2011-01-01")
    assert found.code == 0 and found.out == "P-0002\n" and "P-0001" in found.err


TWIN = ("pupil", "add", "TEST pupil", "--born", "2010-06-27")


def test_a_child_who_is_there_already_is_added_only_as_another(placed: Program) -> None:
    refused = placed(*TWIN)
    assert refused.code == 2 and refused.out == "" and "Test Pupil" not in refused.err
    assert "P-0001 has the same name and date of birth: give --another" in refused.err
    assert placed.ok(*TWIN, "--another").out == "P-0002\n"
    assert placed("pupil", "add", "Test Pupil", "--born", "2010-06-28").code == 0


def test_two_upns_tell_two_children_apart(placed: Program) -> None:
    assert placed(*TWIN, "--upn", "B801200005001").code == 2, "the first has none"
    placed.ok("pupil", "edit", "P-0001", "--upn", "B801200005001")
    other = placed(*TWIN, "--upn", "V855123424000")
    assert other.code == 0 and "P-0001" in other.err


def test_a_temporary_upn_tells_no_child_from_another(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--upn", "B801200005001")
    assert placed(*TWIN, "--upn", "M80120000500A").code == 2


@pytest.mark.parametrize("name", ["Pupil, Test", "Tést  Pupil"])
def test_a_child_whose_name_is_only_written_otherwise_is_the_same(
    placed: Program, name: str
) -> None:
    assert placed("pupil", "add", name, "--born", "2010-06-27").code == 2
    assert placed("pupil", "add", "Tess Pupil", "--born", "2010-06-27").code == 0


def test_of_many_who_look_the_same_a_few_are_named(placed: Program) -> None:
    for day in range(1, 10):
        placed.ok("pupil", "add", "Test Pupil", "--born", f"2011-01-0{day}")
    said = placed.ok("pupil", "add", "Test Pupil", "--born", "2011-02-01").err
    assert "P-0001, P-0002, P-0003, P-0004 and 6 more have the same name" in said


def test_a_temporary_upn_is_shown_as_temporary(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--upn", "m80120000500a")
    assert "(temporary)" in ap.ok("pupil", "show", "P-0001").out


def test_edit_corrects_for_every_day_and_says_when_nothing_changes(placed: Program) -> None:
    assert "No change" in placed("pupil", "edit", "P-0001").err
    placed.ok("pupil", "edit", "P-0001", "--born", "2010-09-01")
    assert placed.json("age", "P-0001")[0]["ends"] == "2027-06-25"


@pytest.mark.parametrize("name", ["[red]Test[/red]", "Zoë 😀", "مثال", "=1+1", "a" * 10_000])
def test_an_unusual_name_is_kept_and_shown_safely(ap: Program, name: str) -> None:
    ap.ok("pupil", "add", name, "--born", "2010-06-27")
    assert ap.json("pupil", "list", "--names")[0]["name"] == name
    for output in ("table", "plain", "csv"):
        assert "\x1b" not in ap.ok("pupil", "list", "--names", "--format", output).out
    assert ap.ok("pupil", "show", "P-0001", "--names", PYTHONIOENCODING="ascii")


@pytest.mark.parametrize(
    "name", ["", "  ", "a\x07b", "\x1b[31mred", "\u202edaer", "a\nb\x00".replace("\x00", "\x01")]
)
def test_a_name_with_control_characters_or_none_is_refused(ap: Program, name: str) -> None:
    found = ap("pupil", "add", name, "--born", "2010-06-27")
    assert found.code == 2 and "\x1b" not in found.err and "name" in found.err


@pytest.mark.parametrize(
    "args",
    [["pupil", "add", "X", "--born", "2026-03-03"], ["pupil", "add", "X", "--born", "1900-01-01"], ["pupil", "add", "X", "--born", "2010-06-27", "--upn", "A801200005001"],
     ["provider", "add", "X", "--kind", "circus"], ["provider", "add", "X", "--kind", "online", "--urn", "12"], ["provider", "add", "X", "--kind", "online", "--checked", "2026-03-03"],
     ["--on", "1066-10-14", "status"], ["--on", "soon", "status"]],
)  # fmt: skip
def test_a_record_that_cannot_be_is_refused(ap: Program, args: list[str]) -> None:
    found = ap(*args) if args[0] != "--on" else ap(*args[2:], on=args[1])
    assert found.code == 2 and found.out == "" and found.err


def test_a_commissioner_without_its_kind_is_refused_with_what_is_needed(ap: Program) -> None:
    found = ap("init", "--commissioner", "X")
    assert found.code == 4 and found.out == "" and "--kind" in found.err


def test_a_name_is_found_whatever_its_case(ap: Program) -> None:
    ap.ok("pupil", "add", "Élan Example", "--born", "2010-06-27")
    assert len(ap.json("pupil", "list", "éLAN", "--names")) == 1
    assert ap.json("pupil", "list", "100%") == []
    assert "P-0001" in ap.ok("pupil", "add", "ÉLAN EXAMPLE", "--born", "2011-01-01").err


def test_an_empty_circumstance_is_refused_and_never_no(ap: Program) -> None:
    assert ap("pupil", "add", "Test Pupil", "--born", "2012-01-01", "--ehcp", "").code == 2
    assert (
        ap(
            "pupil",
            "add",
            "Test Pupil",
            "--born",
            "2012-01-01",
            "--ehcp",
            "2013-01-01",
            "--looked-after",
            "2030-01-01",
        ).code
        == 2
    )
    assert (
        ap(
            "provider",
            "add",
            "X",
            "--kind",
            "online",
            "--registered",
            "2024-01-01",
            "--not-registered",
        ).code
        == 2
    )


def test_a_birth_that_contradicts_a_placement_is_refused(placed: Program) -> None:
    found = placed("pupil", "edit", "P-0001", "--born", "2026-02-01")
    assert found.code == 2 and "PL-0001" in found.err


@pytest.mark.parametrize("day", ["2020-01-01", "2027-06-25"])
def test_a_leaving_date_that_cannot_be_is_refused_with_those_that_can(
    ap: Program, day: str
) -> None:
    told = ap("pupil", "add", "Test Pupil", "--born", "2009-08-28", "--leaving-confirmed", day)
    assert told.code == 2
    assert "born on 28 August 2009: that is 27 June 2025 or 26 June 2026" in told.err
    ap.ok("pupil", "add", "Test Pupil", "--born", "2009-08-28", "--leaving-confirmed", "2026-06-26")
    later = ap("pupil", "edit", "P-0001", "--born", "2010-09-28")
    assert later.code == 2 and "that is 25 June 2027" in later.err


def test_no_plan_and_no_care_have_flags_as_in_eligible(ap: Program) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2012-05-05", "--no-ehcp", "--no-looked-after")
    pupil = ap.json("pupil", "show", "P-0001")[0]
    assert (pupil["ehcp"], pupil["looked_after"]) == ([], [])
    both = ap("pupil", "edit", "P-0001", "--ehcp", "2025-09-01", "--no-ehcp")
    assert both.code == 2 and "--ehcp or --no-ehcp, not both" in both.err


@pytest.mark.parametrize(
    ("given", "shown"),
    [("yes", "yes"), ("no", "no"), ("2024-09-01", "since 1 September 2024")],
)
def test_a_list_says_since_when_a_pupil_has_a_plan_or_that_one_has(
    ap: Program, given: str, shown: str
) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2012-01-01", "--ehcp", given)
    assert ap.ok("pupil", "list", "--columns", "ref,ehcp").out == f"P-0001\t{shown}\n"
