"""Attendance that comes every night: what is on record stays, and what a file has otherwise is named."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .test_attendance_files import ADAM, WEEK, codes, place, school, written

__all__ = ["school"]

HEADS = "UPN,Date,AM"
AMEND = ("attendance", "amend", "PL-0001", "2026-02-24", "am", "I", "--reason", "a parent rang")


def test_a_mark_on_record_stays_and_the_others_of_the_file_come_in(school: Program) -> None:
    school.ok("attendance", "import", written(school, HEADS, f"{ADAM},2026-02-24,B"))
    school.ok(*AMEND)
    lines = (f"{ADAM},2026-02-24,B", f"{ADAM},2026-02-25,B")
    file = written(school, HEADS, *lines)
    dry = school.ok("attendance", "import", file, "--dry-run")
    assert dry.out == "1 mark would be added, 0 there already\n" and codes(school, "PL-0001") == "I"
    found = school.ok("attendance", "import", file)
    assert found.out == "1 mark added, 0 there already\n" and codes(school, "PL-0001") == "I B"
    assert found.err.splitlines() == [
        "1 mark on record stays, where the file has another; if the file is right:",
        "line 2: 24 February 2026 am is I, in the file B: ap attendance amend PL-0001 2026-02-24 am"
        " B --reason …",
    ]
    (again,) = school.json("attendance", "import", file)
    assert (again["added"], again["same"]) == (0, 1)
    assert again["differing"] == [
        {"line": 2, "placement": "PL-0001", "day": "2026-02-24", "half": "am", "code": "B",
         "recorded": "I", "recorded_at": "PL-0001"}
    ]  # fmt: skip
    school.ok("attendance", "amend", "PL-0001", "2026-02-24", "am", "B", "--reason", "as the file")
    assert "stays" not in school.ok("attendance", "import", file).err


def test_a_mark_at_another_provider_stays_as_well(school: Program) -> None:
    place(school, "P-0001", "PR-0002", "mon")
    school.ok("attendance", "record", "PL-0003", "2026-02-24", "am", "B")
    lines = ("Placement,Date,AM", "PL-0001,2026-02-24,B", "PL-0001,2026-02-25,B")
    found = school.ok("attendance", "import", written(school, *lines))
    assert "is B at PL-0003, in the file B at PL-0001: take it out with" in found.err
    amend = "ap attendance amend PL-0003 2026-02-24 am - --reason"
    assert amend in found.err and codes(school, "PL-0001") == "B"
    school.ok(*amend.split()[1:], "a wrong place")
    assert "1 mark added" in school.ok("attendance", "import", "marks.csv").out
    assert codes(school, "PL-0001") == "B B"


@pytest.mark.parametrize(("differing", "told"), [(10, 0), (11, 1), (20, 10)])
def test_many_marks_that_differ_are_counted_and_the_first_are_named(
    school: Program, differing: int, told: int
) -> None:
    days = [f"2026-02-{day:02}" for day in (*range(2, 7), *range(23, 28))]
    lines = [f"{ADAM},{day},{half},B" for half in ("am", "pm") for day in days]
    file = written(school, "UPN,Date,Session,Code", *lines[:differing])
    school.ok("attendance", "import", file)
    (school.folder / file).write_text((school.folder / file).read_text().replace(",B", ",I"))
    found = school.ok("attendance", "import", file)
    assert f"{differing} marks on record stay, where" in found.err
    assert found.err.count(": ap attendance amend") == 10
    more = [line for line in found.err.splitlines() if line.startswith("and ")]
    assert more == ([f"and {told} more: --json has all of them"] if told else [])
    assert len(school.json("attendance", "import", file)[0]["differing"]) == differing


def test_a_wrong_line_still_keeps_the_whole_file_out(school: Program) -> None:
    school.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "I")
    lines = (f"{ADAM},2026-02-24,B", f"{ADAM},2026-02-25,B", f"{ADAM},2026-02-26,QQ")
    refused = school("attendance", "import", written(school, HEADS, *lines))
    assert refused.code == 2 and codes(school, "PL-0001") == "I"


def test_a_year_in_two_figures_is_read(school: Program) -> None:
    lines = (f"{ADAM},24/02/26,B", f"{ADAM},25-Feb-26,B", f"{ADAM},26.02.2026,B")
    school.ok("attendance", "import", written(school, HEADS, *lines))
    assert codes(school, "PL-0001") == "B B B"
    for day in ("30/02/26", "24/02/76"):
        refused = school("attendance", "import", written(school, HEADS, f"{ADAM},{day},B"))
        assert refused.code == 2 and "column B: write its day like 2026-02-27" in refused.err


def test_a_reason_that_lines_share_is_told_once_with_the_lines(school: Program) -> None:
    lines = [f"{ADAM},2026-02-{day:02},present" for day in range(2, 11)]
    refused = school("attendance", "import", written(school, HEADS, *lines))
    assert refused.code == 2 and refused.err == (
        "lines 2, 3, 4, 5, 6, 7 and 3 more: column C: write its code as the register has it\n"
    )


@pytest.mark.parametrize(
    ("title", "at"),
    [
        ("Elm Workshop: attendance", "PL-0003"),
        ("Marks of HOLLOW OAK FARM", "PL-0001"),
        ("Hollow Oak Farm and Elm Workshop", None),
        ("Elm Academy", None),
        ("Elm Workshops", None),
    ],
)
def test_the_title_names_the_provider_of_a_child_with_two(
    school: Program, title: str, at: str | None
) -> None:
    place(school, "P-0001", "PR-0002", "mon-fri")
    found = school("attendance", "import", written(school, title, *WEEK[1:]))
    assert found.code == (0 if at else 2), found.err
    for one in ("PL-0001", "PL-0003"):
        assert bool(codes(school, one)) == (one == at)


def test_a_column_names_the_provider_of_a_child_with_two_and_beats_the_title(
    school: Program,
) -> None:
    place(school, "P-0001", "PR-0002", "mon-fri")
    lines = (f"{ADAM},24/02/2026,Hollow Oak Farm Ltd,B", f"{ADAM},25/02/2026,elm workshop,I")
    file = written(school, "Elm Workshop", "UPN,Date,Provider,AM", *lines)
    school.ok("attendance", "import", file)
    assert (codes(school, "PL-0001"), codes(school, "PL-0003")) == ("B", "I")
    unknown = written(school, "UPN,Date,Provider,AM", f"{ADAM},26/02/2026,Juniper Works,B")
    refused = school("attendance", "import", unknown)
    assert refused.code == 2 and "name it in a column “provider”" in refused.err


def test_a_child_named_above_a_table_with_a_provider_s_column_is_found(school: Program) -> None:
    place(school, "P-0001", "PR-0002", "mon-fri")
    lines = (f"UPN {ADAM}", "Date,Provider,AM", "24/02/2026,Elm Workshop,B")
    school.ok("attendance", "import", written(school, *lines))
    assert codes(school, "PL-0003") == "B"
