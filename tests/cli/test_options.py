"""What every command has in common: options, days, references, refusals and exit codes."""

from __future__ import annotations

import pytest

from ..conftest import COMPLETE, Program


def test_options_work_before_and_after_the_command(placed: Program) -> None:
    assert (
        placed("--json", "check", "--rule", "AP202").out
        == placed("check", "--rule", "AP202", "--json").out
    )
    after = placed("check", "--rule", "AP503", "--on", "2026-02-13", "--json", on="2026-03-02")
    assert after.data[0]["answer"] == "not yet", "the one after the command wins"


@pytest.mark.parametrize(
    ("args", "code"),
    [(["check"], 1), (["check", "--fail-on", "must"], 1), (["check", "--rule", "AP5", "--fail-on", "must"], 0), (["check", "--rule", "AP511"], 0),
     (["check", "--rule", "AP511", "--fail-on", "advise"], 1), (["check", "PL-0009"], 2), (["check", "X-1"], 2), (["check", "--rule", "AP999"], 2),
     (["check", "--fail-on", "zoo"], 2), (["check", "--show", "zoo"], 2), (["reviews", "due", "--within", "1m"], 2), (["zoo"], 2), (["check", "--zoo"], 2),
     (["reviews", "due"], 0), (["status"], 0), ([], 0), (["placement", "new"], 4), (["pupil", "show"], 4), (["placement", "new", "--hours", "0"], 2),
     (["record", "review"], 4), (["record", "evidence", "PR-0001"], 4), (["record", "review", "PR-0001"], 2), (["--format", "xml", "status"], 2),
     (["--json", "--csv", "status"], 2)],
)  # fmt: skip
def test_an_exit_code_means_one_thing(placed: Program, args: list[str], code: int) -> None:
    found = placed(*args)
    assert found.code == code, found
    if code not in (0, 1):
        assert found.out == "" and found.err


def test_what_is_wrong_comes_before_what_is_missing_and_both_are_named(ap: Program) -> None:
    found = ap("placement", "new", "--hours", "200", "--pupil", "P-0001")
    assert (
        found.code == 2
        and "--hours" in found.err
        and "still needed: --route, --provider, --starts" in found.err
    )


def test_the_day_given_is_the_default_of_every_day_asked(placed: Program) -> None:
    assert placed.json("record", "review", "PL-0001", *COMPLETE)[0]["day"] == "2026-03-02"
    assert placed.json("placement", "show", "PL-0001", on="2026-01-05")[0]["state"] == "planned"
    assert (
        placed.json("placement", "show", "PL-0001", on="2026-12-19")[0]["state"]
        == "past its planned end"
    )


def test_a_reference_is_accepted_in_any_case_and_an_unknown_one_suggests(placed: Program) -> None:
    assert placed.json("placement", "show", "pl-1")[0]["ref"] == "PL-0001"
    found = placed("placement", "show", "PL-0007")
    assert found.code == 2 and "did you mean PL-0001?" in found.err


def test_a_usage_error_is_one_sentence_and_repeats_no_name(placed: Program) -> None:
    found = placed("pupil", "add", "Test", "Example", "--born", "2012-01-01")
    assert (
        found.code == 2
        and "Example" not in found.err
        and "quotation marks" in found.err
        and len(found.err.splitlines()) == 1
    )
    assert "Example" not in placed("placement", "new", "--pupil", "Test Example").err
    assert len(placed("check", "--zoo").err.splitlines()) == 1


def test_a_reference_of_the_wrong_kind_is_refused(placed: Program) -> None:
    assert (
        placed("timeline", "C-0001").code == 2
        and placed("check", "C-0001").code == 2
        and placed("placement", "edit", "PL-0001", "--ask").code == 4
    )


def test_a_wrong_answer_is_said_before_a_missing_reference(placed: Program) -> None:
    for args in (["record", "review", "--decided", "perhaps"], ["pupil", "edit", "--born", "xx"], ["placement", "end", "--day", "1/1/26"], ["placement", "new", "--pupil", "P-99"],
                 ["placement", "new", "--starts", "2026-02-01", "--ends", "2026-01-01"]):  # fmt: skip
        found = placed(*args)
        assert found.code == 2 and "still needed" in found.err, (args, found)


def test_days_are_echoed_in_words_wherever_they_stand(placed: Program) -> None:
    assert "3 April 2025" in placed.ok("pupil", "edit", "P-0001", "--level-3", "03/04/2025").err
    assert (
        "3 April 2026"
        in placed.ok("placement", "edit", "PL-0001", "--review-date", "03/04/2026").err
    )
    assert (
        "3 April 2026"
        in placed.ok("record", "review", "PL-0001", *COMPLETE, "--next-review", "03/04/2026").err
    )
