"""Attendance: marks recorded, amended, imported, counted; nothing half-kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ap_cli.domain.attendance import Reported
from ap_cli.errors import BadAnswers
from ap_cli.services.import_marks import import_marks
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.connection import connect
from ap_cli.store.opening import open_store

from ..conftest import COMPLETE, ON_SERVER, POSIX, Program


@pytest.fixture
def attending(placed: Program) -> Program:
    """The placement with its sessions from Monday to Thursday, and a UPN for its pupil."""
    placed.ok("pupil", "edit", "P-0001", "--upn", "B801200005001")
    placed.ok(
        "placement",
        "edit",
        "PL-0001",
        "--at-provider",
        "mon-thu",
        "--hours",
        "16",
        "--nature",
        "animal care",
    )
    return placed


def marks(ap: Program) -> list[tuple[str, str, str]]:
    return [
        (mark["day"], mark["session"], mark["code"])
        for month in ap.json("attendance", "show", "PL-0001")
        for mark in month["marks"]
    ]


def imported(ap: Program, text: str | bytes, *args: str) -> tuple[int, str, str]:
    file = ap.folder / "marks.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = ap("attendance", "import", str(file), *args)
    return found.code, found.out, found.err


def test_a_session_is_marked_once_and_the_nature_of_b_is_kept_with_it(attending: Program) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "b")
    assert (
        "marked so already"
        in attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B").err
    )
    refused = attending("attendance", "record", "PL-0001", "2026-02-24", "am", "I")
    assert refused.code == 2 and "ap attendance amend PL-0001 2026-02-24 am I" in refused.err
    assert connect(attending.store).execute(
        "SELECT session, code, nature, who FROM v_mark"
    ).fetchall() == [("am", "B", "animal care", "tester")]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-03-02", 0),
        ("2026-03-03", 2),
        ("2026-01-05", 2),
        ("2026-01-06", 0),
        ("2026-02-28", 2),
        ("2026-02-16", 2),
        ("2026-02-13", 0),
        ("2026-02-30", 2),
    ],
    ids=[
        "today",
        "tomorrow",
        "the day before the start",
        "the start",
        "a Saturday",
        "a holiday",
        "the last school day before it",
        "no day",
    ],
)
def test_a_mark_is_of_a_school_day_that_has_come_within_the_placement(
    attending: Program, day: str, code: int
) -> None:
    assert attending("attendance", "record", "PL-0001", day, "pm", "B").code == code


def test_a_session_after_the_end_or_at_two_places_is_refused(attending: Program) -> None:
    attending.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-01-06",
        "--hours",
        "3",
    )
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    assert (
        "already marked B at PL-0001"
        in attending("attendance", "record", "PL-0002", "2026-02-24", "am", "B").err
    )
    attending.ok(
        "placement",
        "end",
        "PL-0001",
        "--day",
        "2026-02-25",
        "--reason",
        "x",
        "--destination",
        "home-school",
    )
    attending.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    assert (
        "after PL-0001 ended"
        in attending("attendance", "record", "PL-0001", "2026-02-26", "am", "B").err
    )


@pytest.mark.parametrize("args", [("xm", "B"), ("am", "ZZ"), ("am", "\\"), ("pm", "/")])
def test_a_session_or_code_that_is_none_is_refused(
    attending: Program, args: tuple[str, str]
) -> None:
    assert attending("attendance", "record", "PL-0001", "2026-02-24", *args).code == 2


def test_a_week_in_one_go(attending: Program) -> None:
    attending.ok(
        "attendance", "week", "PL-0001", "2026-02-23", "B", "B", "I", "I", "-", "B", "B", "N"
    )
    assert [code for *_, code in marks(attending)] == ["B", "B", "I", "I", "B", "B", "N"]
    attending.ok("attendance", "week", "PL-0001", "2026-02-09", "B")
    assert len(marks(attending)) == 15, "every planned session of that week"
    assert "is not a Monday" in attending("attendance", "week", "PL-0001", "2026-02-10", "B").err
    assert attending("attendance", "week", "PL-0001", "2026-02-16", "B").code == 2, (
        "a week of holiday has no session"
    )
    before = marks(attending)
    assert (
        attending("attendance", "week", "PL-0001", "2026-02-02", "B", "B", "ZZ").code == 2
        and marks(attending) == before
    )
    assert attending("attendance", "week", "PL-0001", "2026-02-02", *["B"] * 11).code == 2


def test_several_sessions_are_amended_by_one_command_and_judged_each(attending: Program) -> None:
    """The pupil is of school age, so X cannot be true; Wednesday afternoon was an illness."""
    week = ("attendance", "week", "PL-0001", "2026-02-23")
    attending.ok(*week, "X", "X", "X", "X", "X", "I", "X", "X")
    (found,) = attending.json("check", "PL-0001", "--rule", "AP608")
    assert found["message"].startswith("7 sessions are marked X")
    remedy = "ap attendance amend PL-0001 2026-02-23 am CODE --until 2026-02-26 --marked X"
    assert found["remedy"] == f"{remedy} --reason …"

    first = ("attendance", "amend", "PL-0001", "2026-02-23", "pm", "C")
    some = ("--until", "2026-02-25", "--marked", "x", "--reason", "typed in the wrong column")
    said = attending.ok(*first, *some).err
    assert "4 sessions from Monday 23 February 2026, X became C" in said
    codes = [code for _, _, code in marks(attending)]
    assert codes == ["X", "C", "C", "C", "C", "I", "X", "X"], "from that session to that day"
    (found,) = attending.json("check", "PL-0001", "--rule", "AP608")
    assert found["message"].startswith("3 sessions are marked X")
    kept = "SELECT count(*), count(DISTINCT reason) FROM mark WHERE reason IS NOT NULL"
    assert connect(attending.store).execute(kept).fetchall() == [(4, 1)], "each has the reason"

    attending.ok(
        "attendance", "amend", "PL-0001", "2026-02-23", "am", "/", *some[:1], "today", *some[2:]
    )
    codes = [code for _, _, code in marks(attending)]
    assert codes == ["/", "C", "C", "C", "C", "I", "/", "\\"], "presence is that of each half"
    assert not [
        row
        for row in attending.json("check", "PL-0001", "--rule", "AP608")
        if "X" in row["message"]
    ]
    attending.ok("undo")
    assert [code for _, _, code in marks(attending)].count("X") == 3, "all of them, or none"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--until", "2026-02-25"], 4, "--marked"),
        (["--marked", "B"], 4, "--until"),
        (["--until", "2026-02-23", "--marked", "B"], 2, "is before"),
        (["--until", "2026-02-26", "--marked", "ZZ"], 2, "is no code of the register"),
        (["--until", "2026-02-26", "--marked", "K"], 2, "is marked K"),
        (["--until", "2026-02-26", "--marked", "M"], 2, "is already marked M"),
    ],
)
def test_sessions_that_are_not_said_well_are_refused_and_all_stay(
    attending: Program, options: list[str], code: int, said: str
) -> None:
    attending.ok("attendance", "week", "PL-0001", "2026-02-23", "B", "B", "M", "B", "B")
    before = marks(attending)
    amend = ("attendance", "amend", "PL-0001", "2026-02-24", "am", "M", "--reason", "x")
    refused = attending(*amend, *options)
    assert refused.code == code and said in refused.err
    assert marks(attending) == before


def test_an_amendment_keeps_the_original_the_reason_and_who(attending: Program) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "N")
    assert attending("attendance", "amend", "PL-0001", "2026-02-24", "am", "M").code == 4, (
        "it needs its reason"
    )
    attending.ok("attendance", "amend", "PL-0001", "2026-02-24", "am", "M", "--reason", "a letter")
    assert "N became M, by tester: a letter" in attending.ok("attendance", "show", "PL-0001").out
    rows = (
        connect(attending.store)
        .execute("SELECT code, current, reason FROM mark ORDER BY id")
        .fetchall()
    )
    assert rows == [("N", 0, None), ("M", 1, "a letter")]
    assert (
        attending("attendance", "amend", "PL-0001", "2026-02-24", "pm", "M", "--reason", "x").code
        == 2
    ), "there is no mark to amend"
    attending.ok("undo")
    assert marks(attending) == [("2026-02-24", "am", "N")]
    assert len(connect(attending.store).execute("SELECT 1 FROM mark").fetchall()) == 2, (
        "nothing leaves the register"
    )


def test_percentages_are_of_the_sessions_that_were_possible(attending: Program) -> None:
    attending.ok(
        "attendance", "week", "PL-0001", "2026-02-23", "B", "K", "I", "O", "D", "Y2", "L", "C2"
    )
    counted = attending.json("attendance", "show", "PL-0001", "--month", "2026-02")[0]
    assert (
        counted["present"],
        counted["authorised"],
        counted["unauthorised"],
        counted["not_possible"],
    ) == (3, 2, 1, 2)
    assert counted["possible"] == 6 and counted["percent"] == 50.0
    assert attending("attendance", "show", "PL-0001", "--month", "Feb").code == 2


LINES = "pupil;date;session;code\r\nP-0001;24/02/2026;am;B\r\nB801200005001;2026-02-24;pm;I\r\n"


def test_a_file_is_imported_with_its_mark_semicolons_and_carriage_returns_and_twice_changes_nothing(
    attending: Program,
) -> None:
    code, out, _ = imported(attending, b"\xef\xbb\xbf" + LINES.encode(), "--dry-run")
    assert code == 0 and "would be added" in out and marks(attending) == []
    assert imported(attending, b"\xef\xbb\xbf" + LINES.encode())[1].startswith("2 marks added")
    assert marks(attending) == [("2026-02-24", "am", "B"), ("2026-02-24", "pm", "I")]
    before = connect(attending.store).execute("SELECT count(*) FROM audit").fetchone()
    assert "0 marks added, 2 there already" in imported(attending, LINES)[1]
    assert connect(attending.store).execute("SELECT count(*) FROM audit").fetchone() == before
    attending.ok("undo")
    assert marks(attending) == [], "an import is undone in one go"
    assert imported(attending, LINES)[1].startswith("2 marks added")


def test_a_file_with_a_column_for_each_half_day(attending: Program) -> None:
    assert (
        imported(
            attending, "Date,UPN,AM,PM\n2026-02-24,B801200005001,B,\n2026-02-25,B801200005001,I,I\n"
        )[0]
        == 0
    )
    assert len(marks(attending)) == 3


def test_each_line_that_cannot_be_kept_is_named_and_nothing_is_half_imported(
    attending: Program,
) -> None:
    code, _, err = imported(
        attending,
        "pupil,date,session,code\nP-0001,2026-02-24,am,B\nP-0099,2026-02-24,am,B\nA000000000000,2026-02-24,am,B\nP-0001,2026-02-24,pm,ZZ\n"
        "P-0001,2026-02-21,am,B\nP-0001,soon,am,B\nP-0001,2026-02-24,am,I\nP-0001,2026-02-25,noon,B\n,2026-02-25,am,B\nP-0001,,am,B\nP-0001,2025-12-01,am,B\n",
    )
    assert code == 2 and [line.split(":")[0] for line in err.splitlines()] == [
        *("line 3", "line 5", "line 6", "lines 7, 11", "line 8", "line 9", "line 10", "line 12")
    ], "a UPN that is nobody's is a child of another school"
    assert marks(attending) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b"pupil,date,code\n",
        b"\xff\xfe",
        b"pupil,date,am\n\0",
        b"pupil,pupil,date,am\n",
        b'pupil,date,am\n"P-1',
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(attending: Program, content: bytes) -> None:
    code, out, err = imported(attending, content)
    assert code == 2 and out == "" and len(err.splitlines()) == 1


def test_a_file_that_is_not_there_is_refused(attending: Program) -> None:
    assert attending("attendance", "import", "nowhere.csv").code == 2


def test_a_placement_that_never_started_has_no_attendance(attending: Program) -> None:
    attending.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-02-02",
        "--hours",
        "3",
    )
    attending.ok(
        "placement",
        "end",
        "PL-0002",
        "--never-started",
        "--reason",
        "moved away",
        "--destination",
        "other-school",
    )
    assert (
        "never started" in attending("attendance", "record", "PL-0002", "2026-02-24", "am", "B").err
    )


def test_a_year_of_five_hundred_pupils_is_imported_in_one_go(ap: Program) -> None:
    pupils = 500
    many(ap.store, pupils)
    lines = lines_of_year(pupils)
    (ap.folder / "year.csv").write_text("\n".join(lines))
    began = time.perf_counter()
    found = ap("attendance", "import", "year.csv", "--json", on="2026-07-17")
    assert found.code == 0, found.err
    nothing_passed_over = {"without_mark": 0, "not_known": 0, "not_placed": 0, "differing": []}
    assert found.data == [
        {"added": 2 * (len(lines) - 1), "same": 0, "kept": True} | nothing_passed_over
    ]
    assert time.perf_counter() - began < 60
    wrong = [
        *lines[:50_000],
        "P-9999,2025-09-02,B,B",
        *lines[50_000:],
        f"P-0001,{lines[1][7:17]},I,B",
    ]
    (ap.folder / "year.csv").write_text("\n".join(wrong))
    refused = ap("attendance", "import", "year.csv", on="2026-07-17")
    assert refused.code == 2 and [line.split(":")[0] for line in refused.err.splitlines()] == [
        "line 50001",
        *[f"line {len(wrong)}"] * 2,
    ]


@pytest.mark.skipif(ON_SERVER, reason="a server is sent a thousand marks at a time")
def test_marks_are_written_as_they_are_read_and_all_go_if_one_is_wrong(attending: Program) -> None:
    """A file may be large: its marks are not held until the last of them is read."""
    store = attending.opened()
    days = [date(2026, 2, 23), date(2026, 2, 24), date(2026, 2, 25)]

    def count() -> int:
        return int(store.row("SELECT count(*) FROM mark")[0])

    def rows(last: str) -> Iterator[Reported]:
        for number, day in enumerate(days):
            assert count() == number
            yield Reported(number + 2, pupil=1, told="P-0001", day=day, half=0, code="B")
        yield Reported(9, pupil=1, told="P-0001", day=days[0], half=1, code=last)

    today, who = date(2026, 3, 2), Author("tester")
    with pytest.raises(BadAnswers, match="line 9"):
        import_marks(store, rows("/"), who, today)
    assert count() == 0
    assert import_marks(store, rows("I"), who, today).added == count() == 4


def lines_of_year(pupils: int) -> list[str]:
    """The lines of a file with the marks of so many pupils for a school year."""
    days = [date(2025, 9, 1) + timedelta(days=number) for number in range(320)]
    school = [day for day in days if day.weekday() < 5 and is_term(day)][:190]
    assert len(school) > 180
    return ["pupil,date,am,pm"] + [
        f"P-{pupil:04d},{day},B,{'I' if (pupil + day.toordinal()) % 17 == 0 else 'B'}"
        for pupil in range(1, pupils + 1)
        for day in school
    ]


def is_term(day: date) -> bool:
    """Whether the calendar knows the day as a school day."""
    from ap_cli.forms.facts import recorded
    from ap_cli.policy.terms import Calendars

    school_day = Calendars().following().is_school_day(day)
    return recorded(school_day) and school_day


def many(path: Path, pupils: int) -> None:
    """A store of many pupils, each placed for the year."""
    store = open_store(Address(path)).connection
    store.execute("BEGIN IMMEDIATE")
    store.execute(
        "INSERT INTO provider (id, name, kind, registered) VALUES (1, 'Hollow Oak Farm', 'non-school', '[]')"
    )
    store.executemany(
        "INSERT INTO pupil (id, name, born) VALUES (?, ?, '2011-05-01')",
        ((n, f"Pupil {n}") for n in range(1, pupils + 1)),
    )
    store.executemany(
        "INSERT INTO placement (id, pupil, provider, route, starts) VALUES (?, ?, 1, 'school-arranged', '2025-09-01')",
        ((n, n) for n in range(1, pupils + 1)),
    )
    store.executemany(
        "INSERT INTO week (placement, since, weekly_minutes) VALUES (?, '2025-09-01', 600)",
        ((n,) for n in range(1, pupils + 1)),
    )
    store.execute("COMMIT")
    store.close()


def test_marks_are_undone_one_change_after_another_and_the_log_says_so(attending: Program) -> None:
    attending.ok("attendance", "week", "PL-0001", "2026-02-23", "B")
    imported(attending, LINES.replace("24/02", "09/02").replace("2026-02-24", "2026-02-10"))
    for left in (8, 0):
        attending.ok("undo")
        assert len(marks(attending)) == left
    assert attending.json("log")[-1]["what"] == "undo: record attendance"
    assert attending.ok("undo", "--json").data[0]["what"] == "edit placement"


def test_what_has_marks_in_the_register_is_not_undone(attending: Program) -> None:
    attending.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--route",
        "school-arranged",
        "--starts",
        "2026-01-06",
        "--hours",
        "3",
    )
    attending.ok("attendance", "record", "PL-0002", "2026-02-24", "am", "B")
    attending.ok("undo")
    found = attending("undo")
    assert found.code == 2 and "the register keeps the marks of PL-0002" in found.err


@pytest.mark.parametrize(
    "command",
    [
        ["end", "PL-0001", "--never-started", "--reason", "x", "--destination", "none"],
        ["end", "PL-0001", "--day", "2026-02-20", "--reason", "x", "--destination", "none"],
        ["edit", "PL-0001", "--starts", "2026-02-25"],
    ],
)
def test_a_placement_does_not_end_before_or_start_after_what_is_marked_or_recorded(
    attending: Program, command: list[str]
) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    assert "has attendance on 24 February 2026" in attending("placement", *command).err
    attending.ok("undo")
    attending.ok("record", "review", "PL-0001", *COMPLETE, "--day", "2026-02-24")
    assert "has an entry (review) on 24 February 2026" in attending("placement", *command).err


def test_a_line_that_stands_twice_in_a_file_is_named(attending: Program) -> None:
    code, _, err = imported(
        attending, "pupil,date,session,code\nP-0001,2026-02-24,am,B\nP-0001,2026-02-24,am,B\n"
    )
    assert (
        code == 2
        and err == "line 3: 24 February 2026 am of P-0001 is in line 2 already: keep one of them\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        "pupil,date,session,code\nInvented Name,2026-02-24,am,B\n",
        "Invented Name,2026-02-24,am,B\n",
        "pupil,date,session,code\nP-0001,Invented Name,am,B\n",
        "pupil,date,session,code\nP-0001,2026-02-24,Invented Name,B\n",
        "pupil,date,session,code\nP-0001,2026-02-24,am,Invented Name\n",
        "placement,date,session,code\nInvented Name,2026-02-24,am,B\n",
        "pupil,pupil,date,Invented Name\n",
    ],
)
def test_no_cell_of_a_file_that_may_be_a_name_is_repeated(attending: Program, content: str) -> None:
    code, out, err = imported(attending, content)
    assert code == 2 and "Invented" not in out + err and len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("statement", "command", "code"),
    [
        ("UPDATE mark SET code = 'ZZ'", ["show", "PL-0001"], 5),
        # what is kept ends with 0, and names what it went round
        ("UPDATE mark SET day = 'soon'", ["record", "PL-0001", "2026-02-25", "am", "B"], 0),
        (
            "UPDATE placement SET ended = 'zz', end_reason = 'x', destination = 'none'",
            ["record", "PL-0001", "2026-02-25", "am", "B"],
            5,
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_named_without_an_unexpected_error(
    attending: Program, statement: str, command: list[str], code: int
) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    connect(attending.store).execute(statement)
    found = attending("attendance", *command)
    assert found.code == code and "cannot be read" in found.err


def test_marks_go_with_a_placement_that_turns_out_to_be_another_pupils(attending: Program) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    attending.ok("pupil", "add", "--name", "Test Child Two", "--born", "2011-05-05")
    attending.ok("placement", "edit", "PL-0001", "--pupil", "P-0002")
    of = "SELECT DISTINCT pupil FROM mark"
    assert connect(attending.store).execute(of).fetchall() == [(2,)]
    attending.ok("undo")
    assert connect(attending.store).execute(of).fetchall() == [(1,)]
    attending.ok("placement", "edit", "PL-0001", "--pupil", "P-0002")
    attending.ok(
        "placement",
        "new",
        "--pupil",
        "P-0001",
        "--provider",
        "PR-0001",
        "--starts",
        "2026-01-06",
        "--hours",
        "3",
        "--route",
        "section-19",
    )
    attending.ok("attendance", "record", "PL-0002", "2026-02-24", "am", "B")
    refused = attending("placement", "edit", "PL-0001", "--pupil", "P-0001")
    assert refused.code == 2 and "P-0001 has a mark for the session of 2026-02-24 am" in refused.err
    assert connect(attending.store).execute(f"{of} WHERE placement = 1").fetchall() == [(2,)]


def test_one_code_marks_each_day_by_the_week_that_holds_on_it(attending: Program) -> None:
    attending.ok(
        "placement",
        "edit",
        "PL-0001",
        "--at-provider",
        "mon am, tue, thu pm",
        "--hours",
        "12",
        "--from",
        "2026-02-25",
    )
    attending.ok("attendance", "week", "PL-0001", "2026-02-23", "B")
    assert [(day[-2:], half) for day, half, _ in marks(attending)] == [
        ("23", "am"),
        ("23", "pm"),
        ("24", "am"),
        ("24", "pm"),
        ("26", "pm"),
    ]


def test_a_week_of_nothing_but_gaps_is_refused(attending: Program) -> None:
    refused = attending("attendance", "week", "PL-0001", "2026-02-23", "-", "-")
    assert refused.code == 2 and "give at least one a code" in refused.err


def test_the_nature_of_a_file_is_kept_whole_and_line_breaks_in_it_part_no_words(
    attending: Program,
) -> None:
    long = "woodwork and joinery " * 12
    code, _, err = imported(
        attending,
        f'pupil,date,session,code,nature\nP-0001,2026-02-24,am,B,"{long}"\nP-0001,2026-02-24,pm,B,"one\r\ntwo"\n',
    )
    assert code == 0, err
    assert connect(attending.store).execute("SELECT nature FROM v_mark").fetchall() == [
        (long.strip(),),
        ("one two",),
    ]
    for bad in ("a\u2028b", "a\x1bb", "a\u202eb"):
        code, _, err = imported(
            attending, f'pupil,date,session,code,nature\nP-0001,2026-02-25,am,B,"{bad}"\n'
        )
        assert code == 2 and "line 2: column E: write its nature in up to" in err


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=["CR", "LF", "CRLF"])
def test_the_first_line_alone_says_what_parts_the_columns(attending: Program, end: str) -> None:
    rows = ["pupil,date,session,code,nature", "P-0001,2026-02-24,am,B,a;b;c;d;e;f;g;h", ""]
    code, _, err = imported(attending, end.join(rows))
    assert code == 0, err
    assert marks(attending) == [("2026-02-24", "am", "B")]


def test_two_marks_of_a_file_for_one_session_are_named_by_both_lines(attending: Program) -> None:
    code, _, err = imported(
        attending, "pupil,date,session,code\nP-0001,2026-02-24,am,B\nP-0001,2026-02-24,am,I\n"
    )
    assert code == 2 and "line 3" in err and "is in line 2 already" in err and "amend" not in err


def test_a_wrong_nature_is_amended_alone(attending: Program) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-24", "am", "B")
    said = attending.ok(
        "attendance",
        "amend",
        "PL-0001",
        "2026-02-24",
        "am",
        "B",
        "--nature",
        "woodwork",
        "--reason",
        "it was not animal care",
    ).err
    assert "its nature is amended" in said
    same = attending(
        "attendance", "amend", "PL-0001", "2026-02-24", "am", "B", "--reason", "once more"
    )
    assert same.code == 2 and "is already marked B" in same.err
    assert connect(attending.store).execute(
        "SELECT nature, current FROM mark ORDER BY nature"
    ).fetchall() == [("animal care", 0), ("woodwork", 1)]


@POSIX
@pytest.mark.parametrize(
    "command", [("attendance", "import"), ("terms", "import")], ids=["attendance", "terms"]
)
def test_what_is_no_ordinary_file_is_refused_before_it_is_opened(
    attending: Program, command: tuple[str, str]
) -> None:
    import os

    os.mkfifo(attending.folder / "pipe.csv")
    for name in ("pipe.csv", "/dev/zero", "."):
        refused = attending(*command, name)
        assert refused.code == 2 and "is not an ordinary file" in refused.err, name
    with (attending.folder / "large.csv").open("wb") as file:
        file.truncate(51 << 20)
    assert "more than 50 megabytes" in attending(*command, "large.csv").err


def test_a_mark_on_a_day_without_a_session_is_recorded_with_a_warning(attending: Program) -> None:
    right = attending.ok("attendance", "record", "PL-0001", "2026-02-26", "am", "I")
    assert "warning" not in right.err
    wrong = attending.ok("attendance", "record", "PL-0001", "2026-02-27", "am", "I")
    assert wrong.out == "PL-0001\n"
    assert "warning: PL-0001 is on mon-thu, and has no session on Friday 27 February 2026 am" in (
        wrong.err
    )
    assert marks(attending)[-1] == ("2026-02-27", "am", "I")


@pytest.mark.parametrize(("code", "warns"), [("B", True), ("I", False)])
def test_a_code_that_the_law_does_not_allow_there_is_recorded_with_a_warning(
    attending: Program, code: str, warns: bool
) -> None:
    attending.ok("init", "--no-input", "--commissioner", "Elm School", "--kind", "academy")
    attending.ok("pupil", "edit", "P-0001", "--home-school", "Elm School")
    attending.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    unfit = ("--code", "B", "--no-code-supervised", "--code-elsewhere", "--code-educational")
    attending.ok("placement", "edit", "PL-0001", *unfit, "--code-approved")
    made = attending.ok("attendance", "record", "PL-0001", "2026-02-26", "am", code)
    assert ("warning: code B is wrong: no suitably skilled adult supervises" in made.err) is warns


def test_the_last_day_that_a_wrong_mark_forbids_says_how_to_mend_it(attending: Program) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-27", "am", "I")
    ended = ("--reason", "moved", "--destination", "home-school")
    refused = attending("placement", "end", "PL-0001", "--day", "2026-02-26", *ended)
    assert refused.code == 2
    mend = "ap attendance amend PL-0001 2026-02-27 am|pm - --reason"
    assert f"choose a later end, or first take a wrong mark out: {mend}" in refused.err
    attending.ok("attendance", "record", "PL-0001", "2026-02-26", "am", "I")
    wrong = ("attendance", "amend", "PL-0001", "2026-02-27", "am", "-", "--reason", "a wrong day")
    (taken,) = attending.json(*wrong)
    assert (taken["code"], taken["counts"], taken["amends"]) == ("-", None, "I")
    attending.ok("placement", "end", "PL-0001", "--day", "2026-02-26", *ended)
    assert marks(attending) == [("2026-02-26", "am", "I")]
    assert "take out the mark of 27 February 2026 am" in attending.ok("log", "PL-0001").out
    attending.ok("undo", "--yes")
    attending.ok("undo", "--yes")
    assert marks(attending)[-1] == ("2026-02-27", "am", "I")


def test_the_marks_of_a_wrong_week_are_taken_out_at_once_and_recorded_again(
    attending: Program,
) -> None:
    attending.ok("attendance", "week", "PL-0001", "2026-02-23", "I")
    spread = ("2026-02-23", "am", "-", "--until", "2026-02-25", "--marked", "I")
    taken = attending.ok("attendance", "amend", "PL-0001", *spread, "--reason", "a wrong week")
    assert "6 sessions from Monday 23 February 2026, I is taken out" in taken.err
    assert [day for day, _, _ in marks(attending)] == ["2026-02-26"] * 2
    attending.ok("attendance", "record", "PL-0001", "2026-02-23", "am", "M")
    assert ("2026-02-23", "am", "M") in marks(attending)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("2026-02-25", "am", "-"), "has no mark at PL-0001"),
        (("2026-02-26", "am", "-", "--nature", "art"), "--nature: leave it out with -"),
    ],
)
def test_what_cannot_be_taken_out_is_refused(
    attending: Program, given: tuple[str, ...], said: str
) -> None:
    attending.ok("attendance", "record", "PL-0001", "2026-02-26", "am", "B")
    refused = attending("attendance", "amend", "PL-0001", *given, "--reason", "a wrong day")
    assert refused.code in (1, 2) and said in refused.err
    assert marks(attending) == [("2026-02-26", "am", "B")]
    assert attending("attendance", "record", "PL-0001", "2026-02-25", "am", "-").code == 2
