"""What ships with the program: read from JSON, and from its TOML files as soon as one of these is edited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ap_cli.errors import ApError
from ap_cli.policy import county
from ap_cli.policy.county import COUNTY, FIGURES, MADE, read_parts, read_shipped


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A copy of the files that ship."""
    for name in (MADE.name, FIGURES, COUNTY):
        shutil.copy(MADE.with_name(name), tmp_path / name)
    return tmp_path


def edit(file: Path, before: str, after: str) -> None:
    """Replaces a text in a file, in which it has to be."""
    text = file.read_text("utf-8")
    assert before in text, f"{file.name} has no {before!r} to edit"
    file.write_text(text.replace(before, after), "utf-8")


def test_the_json_says_what_the_toml_files_say(policy: Path) -> None:
    made, written = read_shipped(policy), read_parts(policy)
    assert made.sums, "shipped.json is not that of its TOML files: run poe docs"
    assert (made.figures, made.county.rules) == (written.figures, written.county.rules)


def test_nothing_edited_reads_no_toml(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(county, "read_parts")
    assert read_shipped(policy).county.name == "Leicestershire"


def test_an_edited_figure_is_in_force_at_once(policy: Path) -> None:
    name, figure = next(iter(read_shipped(policy).figures.items()))
    edit(policy / FIGURES, f"is = {figure.values[0].value}", "is = 77")
    assert read_shipped(policy).figures[name].values[0].value == 77


def test_an_edited_county_is_in_force_at_once(policy: Path) -> None:
    edit(policy / COUNTY, 'name = "Leicestershire"', 'name = "Testshire"')
    assert read_shipped(policy).county.name == "Testshire"


def test_other_line_ends_are_no_edit(policy: Path) -> None:
    text = (policy / FIGURES).read_bytes()
    (policy / FIGURES).write_bytes(text.replace(b"\n", b"\r\n"))
    assert read_shipped(policy).sums


def test_a_mistake_in_a_file_is_said_with_its_file_and_place(policy: Path) -> None:
    (policy / FIGURES).write_text("[full_time\n", "utf-8")
    with pytest.raises(ApError, match=r"figures\.toml cannot be used: .*line 1"):
        read_shipped(policy)


def test_a_word_that_is_no_part_of_a_figure_is_said(policy: Path) -> None:
    edit(policy / FIGURES, "title =", "titel =")
    with pytest.raises(ApError, match=r"figures\.toml cannot be used: .*titel"):
        read_shipped(policy)
