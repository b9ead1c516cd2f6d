"""`ap help`: the reference pages, read beside the program, as plain text."""

from __future__ import annotations

import re
import shutil

import pytest

from ap_cli.render.pages import lines_of_markdown
from ap_cli.render.result import View
from ap_cli.services.pages import list_pages, list_topics

from ..conftest import Program
from .test_loading import HEAVY, loaded

TERMINAL = View(60, True)
PIPE = View(0, False)
TABLE = "| code | meaning | counts as |\n| --- | --- | --- |\n| `a\\|b` | here | present |\n| `I` | ill |  |"


def test_it_lists_every_topic_with_what_it_is_about(ap: Program) -> None:
    lines = ap.ok("help").out.splitlines()
    assert [line.split()[0] for line in lines] == list_topics()
    assert all(len(line) <= 100 for line in lines)


def test_the_topics_are_data_as_well(ap: Program) -> None:
    first = ap.json("help")[0]
    assert set(first) == {"topic", "title", "summary"}


@pytest.mark.parametrize("topic", list_topics())
def test_every_page_is_plain_text_without_marks_of_its_making(ap: Program, topic: str) -> None:
    page = ap.ok("help", topic).out
    assert "<!--" not in page and "| ---" not in page and "\x1b" not in page
    assert page.strip() == ap.ok("help", topic.upper()).out.strip()


def test_a_page_is_data_as_well(ap: Program) -> None:
    [page] = ap.json("help", "exit-codes")
    assert set(page) == {"topic", "title", "summary", "text"}
    assert page["text"].startswith("# Exit codes\n\n")


def test_a_page_begins_with_its_title_and_a_line_of_what_it_is_about() -> None:
    for page in list_pages():
        assert re.fullmatch(r"[A-Z].*", page.title)
        assert page.summary.endswith(".") and len(page.summary) <= 90, page.summary


def test_an_unknown_topic_is_refused_with_the_nearest(ap: Program) -> None:
    found = ap("help", "rulz")
    assert (found.code, found.out) == (2, "")
    assert found.err == "there is no page on “…”: did you mean rules?\n"


def test_a_topic_like_no_other_is_refused_with_where_they_are(ap: Program) -> None:
    found = ap("help", "zzz")
    assert (found.code, found.err) == (2, "there is no page on “…”: `ap help` lists the topics\n")


def test_help_on_a_command_says_where_it_is(ap: Program) -> None:
    found = ap("help", "what-if")
    assert found.code == 2
    assert found.err == "there is no page on “…”: see `ap what-if --help`\n"


@pytest.mark.plain_store("begins without a store")
@pytest.mark.uncovered
def test_reading_a_page_makes_no_store_and_loads_nothing_heavy(ap: Program) -> None:
    modules = loaded(ap, "help", "rules")
    assert not modules & (HEAVY | {"sqlite3", "ap_cli.rules", "ap_cli.domain.readers"})
    assert not ap.store.exists()


def test_in_a_pipe_a_row_of_a_table_is_one_line() -> None:
    assert list(lines_of_markdown(TABLE, PIPE)) == ["a|b\there\tpresent", "I\till\t"]


def test_on_a_terminal_a_row_is_laid_out_by_the_names_of_its_columns() -> None:
    lines = list(lines_of_markdown(TABLE, TERMINAL))
    assert lines == ["a|b  here", "     counts as: present", "I    ill"]


def test_a_wide_first_column_has_its_text_below_it() -> None:
    table = "| command | what |\n| --- | --- |\n| `ap attendance` | Record marks. |"
    assert list(lines_of_markdown(table, TERMINAL)) == ["ap attendance", "    Record marks."]


def test_prose_is_laid_out_anew_and_a_fence_is_not() -> None:
    text = "# A title\n\nOne line\nand **another**.\n\n- a point\n  of it\n- a second\n\n```sh\nap  x\n\nap y\n```\n"
    assert list(lines_of_markdown(text, TERMINAL)) == [
        "\x1b[1mA title\x1b[0m", "", "One line and another.", "", "- a point of it", "- a second", "", "    ap  x", "    ", "    ap y",
    ]  # fmt: skip
    assert next(lines_of_markdown(text, PIPE)) == "A title"


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_the_topics_complete(ap: Program) -> None:
    from .test_completion import bash

    assert bash(ap, "ap", "help", "ru") == ["rules"]


def test_help_begins_with_examples_that_can_be_copied(ap: Program) -> None:
    told = ap.ok("placement", "list", "--help", COLUMNS="80").out.splitlines()
    assert told[2] == "  ap placement list live school:elm"
    assert told[6].startswith("  List placements, a line each")
    told = ap.ok("placement", "new", "--help", COLUMNS="60").out
    assert "--route off-site-direction" in told and " \\\n      --" in told
    assert "Examples" not in told


@pytest.mark.parametrize("group", [[], ["placement"], ["record"], ["reviews"]])
def test_the_help_of_a_group_begins_with_examples(ap: Program, group: list[str]) -> None:
    lines = ap.ok(*group, "--help", COLUMNS="80").out.splitlines()
    assert lines[2].startswith("  ap ")


def test_a_placements_help_has_the_twenty_questions_and_help_all_the_rest(ap: Program) -> None:
    usual = ap.ok("placement", "new", "--help", COLUMNS="80").out
    whole = ap.ok("placement", "new", "--help-all", COLUMNS="80").out
    for flag in ("--pupil", "--hours", "--outcome-behaviour", "--exit-strategy", "--owner"):
        assert f"  {flag} " in usual and f"  {flag} " in whole
    for flag in ("--tier", "--home-until", "--section-f", "--code-supervised"):
        assert f"  {flag}" not in usual and f"  {flag}" in whole
    assert "--help-all" in usual and len(usual.splitlines()) < len(whole.splitlines()) / 2
    assert ap.ok("placement", "edit", "--help", COLUMNS="80").out.count("--tier") == 1
