"""`ap placement new --answers`: a file answers, and a flag beats it."""

from __future__ import annotations

import pytest

from ..conftest import Program

ANSWERS = 'pupil = "P-0001"\nprovider = "PR-0001"\nroute = "suspension"\nstarts = 2026-03-09\nhours = 12.5\nnot_known = ["tier"]\nreason = ["health", "other"]\n'


def test_an_answers_file_answers_and_a_flag_beats_it(placed: Program) -> None:
    (placed.folder / "answers.toml").write_text("\ufeff" + ANSWERS, "utf-8")
    told = placed.json("placement", "new", "--answers", "answers.toml", "--hours", "10")[0]
    assert (
        told["weekly_minutes"] == 600
        and told["reasons"] == ["health", "other"]
        and told["not_known"] == {"tier": {"by": "tester", "on": "2026-03-02"}}
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"zoo = 1\n", "zoo"), (b"hours = 'x'\n", "--hours"), (b"starts = true\n", "--starts"), (b"hours = [1, 2]\n", "several"), (b"pupil = \n", "line 1"),
     (b"pupil = '\xff'\n", "UTF-8"), (b"hours = nan\n", "--hours"), (b'nature = "a\\u0000b"\n', "control")],
)  # fmt: skip
def test_an_answers_file_that_cannot_be_used_is_refused_with_its_place(
    placed: Program, content: bytes, words: str
) -> None:
    (placed.folder / "answers.toml").write_bytes(content)
    found = placed("placement", "new", "--answers", "answers.toml")
    assert found.code == 2 and words in found.err
    assert len(placed.json("placement", "list")) == 1


@pytest.mark.parametrize("content", [b"tier = 2\n", b"nature = 'a\\u0000'"])
def test_an_answers_file_that_answers_too_little_is_refused_with_what_is_needed(
    placed: Program, content: bytes
) -> None:
    (placed.folder / "answers.toml").write_bytes(content)
    found = placed("placement", "new", "--answers", "answers.toml")
    assert found.code == 4 and "--pupil" in found.err
    assert len(placed.json("placement", "list")) == 1


def test_a_missing_answers_file_is_refused(placed: Program) -> None:
    assert placed("placement", "new", "--answers", "no.toml").code == 2


@pytest.mark.parametrize(
    "content",
    [
        "not_known=[{a=1}]",
        "not_known={a=1}",
        "site=" + "9" * 5000,
        "nature=" + "[" * 3000,
        "site=0x" + "f" * 5000,
    ],
)
def test_an_answers_file_of_odd_values_is_refused(placed: Program, content: str) -> None:
    (placed.folder / "answers.toml").write_text(content)
    assert placed("placement", "new", "--answers", "answers.toml").code == 2
