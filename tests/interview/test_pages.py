"""Long lists on a terminal: a page at a time, whatever the store holds; whole in a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

from ..benchmarks.large import make
from ..conftest import Program
from .test_show import screen

LISTS = (
    *("placement list", "pupil list", "provider list", "reviews due example", "digest"),
    *("rules list", "terms list", "pupil show P-0009", "provider show PR-0001", "log"),
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A council with 300 placements."""
    folder: Path = tmp_path_factory.mktemp("council")
    make(folder / "ap.db", 300)
    return Program(folder, "2026-11-30")


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 60), (40, 120)])
@pytest.mark.parametrize("accessible", ["", "1"])
def test_a_long_list_fits_the_terminal(
    council: Program, command: str, rows: int, columns: int, accessible: str
) -> None:
    lines = screen(council, *command.split(), rows=rows, columns=columns, ACCESSIBLE=accessible)
    assert len(lines) < min(rows, 24) and max(map(len, lines)) <= columns


def test_the_next_page_begins_where_this_one_ends(council: Program) -> None:
    first = screen(council, "placement", "list", "--from", "300")
    assert [line.split()[0] for line in first[1:3]] == ["PL-0300", "300"], "a row, and the totals"
    page = screen(council, "placement", "list")
    (more,) = [line for line in page if "--from" in line]
    shown = [line for line in page if line.startswith("PL-")]
    assert more == f"{300 - len(shown)} more: --from {len(shown) + 1}, or --list for all"
    after = screen(council, "placement", "list", "--from", str(len(shown) + 1))
    assert after[1].startswith(f"PL-{len(shown) + 1:04d}")
    assert "There are only 300." in screen(council, "placement", "list", "--from", "301")


def test_the_whole_list_is_there_for_who_asks_and_in_a_pipe(council: Program) -> None:
    whole = screen(council, "pupil", "list", "--list")
    pupils = council.json("pupil", "list")
    assert sum(line.startswith("P-") for line in whole) == len(pupils) > 100
    assert len(council.ok("pupil", "list", "--from", "5").out.splitlines()) == len(pupils)


def test_a_page_of_reviews_has_the_heading_that_it_stands_under(council: Program) -> None:
    lines = screen(council, "reviews", "due", "example", "--from", "31")
    assert lines[0].startswith("Overdue 195") and lines[1].startswith("  PL-0002")


@pytest.mark.parametrize("command", ["todo", "placement list", "reviews due"])
def test_a_terminal_says_where_term_dates_end_however_far_that_is(
    council: Program, command: str
) -> None:
    lines = screen(council, *command.split())
    assert [line for line in lines if "term dates are known to Friday 23 July 2027" in line]
    assert "term dates" not in council.ok(*command.split()).err, "a nightly log has nothing to say"
