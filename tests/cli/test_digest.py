"""`ap digest`: the week for a mail, and the two ways to send it each Monday."""

from __future__ import annotations

import re
import shlex

import pytest

from ap_cli.services.pages import FOLDER

from ..conftest import POSIX, Program

NOTICE_DUE = "2026-03-09"


@pytest.fixture
def week(placed: Program) -> Program:
    """A placement that breaks the law, and another that starts on 16 March."""
    placed.ok("placement", "edit", "PL-0001", "--owner", "T. Sample")
    placed.ok("pupil", "add", "Other Sample", "--born", "2012-05-05", "--ehcp", "no")
    placed.ok("provider", "add", "Meadow Lane Farm", "--kind", "non-school", "--not-registered")
    placed.ok(
        *("placement", "new", "--pupil", "P-0002", "--provider", "PR-0002", "--hours", "10"),
        *("--route", "off-site-direction", "--starts", "2026-03-16", "--owner", "L. Other"),
        "--no-input",
    )
    return placed


def tasks(ap: Program, *args: str, on: str | None = None) -> set[tuple[str, str, str]]:
    rows = ap.json("digest", *args, on=on)
    return {(row["section"], row["task"], row["ref"]) for row in rows}


def test_what_the_law_asks_is_in_it_whatever_its_day(week: Program) -> None:
    assert ("law", "Report a possible unregistered school", "PR-0001") in tasks(week)


@pytest.mark.parametrize(("on", "there"), [("2026-03-03", False), ("2026-03-04", True)])
def test_what_is_due_is_in_it_seven_days_before_and_not_eight(
    week: Program, on: str, there: bool
) -> None:
    notice = ("soon", "Send the parent written notice", "PL-0002")
    assert (notice in tasks(week, on=on)) is there


@pytest.mark.parametrize(("on", "there"), [("2026-03-19", False), ("2026-03-20", True)])
def test_a_review_is_in_it_seven_days_before_and_not_eight(
    week: Program, on: str, there: bool
) -> None:
    review = ("review", "Hold the review", "PL-0002")
    assert (review in tasks(week, on=on)) is there


def test_a_review_stands_with_the_reviews_and_not_with_what_is_late(week: Program) -> None:
    held = [row for row in week.json("digest") if row["task"] == "Hold the review"]
    assert [(row["section"], row["ref"], row["overdue"]) for row in held] == [
        ("review", "PL-0001", True)
    ]


def test_one_person_gets_their_own_placements_alone(week: Program) -> None:
    refs = {row["ref"] for row in week.json("digest", "--owner", "sample")}
    assert "PL-0001" in refs and not {"PL-0002", "P-0002", "PR-0002"} & refs
    assert week("digest", "--owner", "Nobody").code == 2


def test_it_has_no_childs_name_unless_it_is_asked_for(week: Program) -> None:
    for format in ("text", "md", "json", "csv"):
        out = week.ok("digest", "--format", format).out
        assert "P-0001" in out and "Test Pupil" not in out, format
    assert "Test Pupil, P-0001, PL-0001" in week.ok("digest", "--names").out


def test_the_text_begins_with_the_week_and_the_loudest(week: Program) -> None:
    lines = week.ok("digest", "--format", "text").out.splitlines()
    assert re.fullmatch(r"The week from Mon 2 Mar 2026: \d+ tasks, 1 review", lines[0])
    assert lines[2].startswith("Against the law (")
    assert "- P-0001, PL-0001, Hollow Oak Farm, 17 days late" in lines
    assert lines[-1].endswith("All of it: ap todo and ap reviews due")


def test_markdown_has_headings_and_escapes_what_would_be_markup(week: Program) -> None:
    week.ok("provider", "edit", "PR-0001", "--name", "The *Star* Farm")
    out = week.ok("digest", "--format", "md").out
    assert out.startswith("# The week from Mon 2 Mar 2026")
    assert "\n## Against the law (" in out and "The \\*Star\\* Farm" in out


def test_a_long_list_says_how_many_more_there_are(week: Program) -> None:
    late = week.ok("digest", on="2026-12-01").out.split("Late (")[1].split("\n\n")[0]
    total = int(late.split(" task")[0])
    assert (
        total > 15 and late.splitlines()[-1] == f"- and {total - 14} more: ap todo --urgency late"
    )
    assert len(late.splitlines()) == 16


def test_a_week_with_nothing_to_do_says_so(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Test Academy", "--kind", "academy")
    out = ap.ok("digest").out
    assert out.startswith("The week from Mon 2 Mar 2026: 0 tasks, 0 reviews\n")


def example(language: str) -> str:
    """The example of the page for scripts in a language."""
    text = (FOLDER / "scripts.md").read_text("utf-8")
    found = re.search(rf"```{language}\n(.*?)\n```", text, re.DOTALL)
    assert found and "\n" not in found[1], "a line that can be pasted"
    return found[1]


@POSIX
def test_the_line_for_cron_has_five_fields_and_mails_the_week(week: Program) -> None:
    *times, command = example("cron").split(" ", 5)
    assert times == ["0", "7", "*", "*", "1"] and "%" not in command, "cron ends a line at %"
    ap, mail = command.split(" | ")
    name, *args = shlex.split(ap.replace("/srv/ap/ap.db", str(week.store)))
    assert name == "ap" and shlex.split(mail)[0] == "mail"
    assert week.ok(*args).out.startswith("The week from Mon 2 Mar 2026")


@pytest.mark.on_files("the task names the file of a store")
def test_the_task_of_windows_is_one_that_it_takes_and_writes_the_week(week: Program) -> None:
    line = example("bat")
    options = dict(
        re.findall(r'/(\w+) ((?:"(?:\\"|[^"])*")|[^/"\s]+)', line.partition("/Create ")[2])
    )
    assert (options["SC"], options["D"], options["ST"]) == ("WEEKLY", "MON", "07:00")
    run = options["TR"][1:-1].replace('\\"', '"')
    assert len(run) <= 261, "the most that schtasks takes"
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', run)]
    name, *args = [word.replace("C:\\AP\\", f"{week.folder}/") for word in words]
    assert name == "ap.exe"
    assert week.ok(*args).out == ""
    assert (week.folder / "week.txt").read_text("utf-8").startswith("The week from Mon 2 Mar")
