"""`ap import` of placements that are over: as an export says it, and as offices do."""

from __future__ import annotations

import pytest

from ..conftest import Program

HEAD = "Name,DOB,Provider,Kind of provider,Route,Hours,Start,End"
ROW = "Test Pupil,27/06/2011,Hollow Oak Farm,non-school,school-arranged,8"


def written(ap: Program, *lines: str, name: str = "a.csv") -> str:
    (ap.folder / name).write_text("\n".join(lines), encoding="utf-8")
    return name


def placement(ap: Program) -> dict[str, object]:
    return dict(ap.json("placement", "show", "PL-0001")[0])


@pytest.mark.parametrize(
    ("cell", "ended", "reason"),
    [
        ("left 13/10/2025", "2025-10-13", None),
        ("Left: 13/10/2025", "2025-10-13", None),
        ("ended 13/10/2025 – back to school", "2025-10-13", "back to school"),
        ("finished 13th October 2025, moved away", "2025-10-13", "moved away"),
        ("left 13/10/25", "2025-10-13", None),
        ("left 13.10.25 – moved", "2025-10-13", "moved"),
        ("left 13/10", "2025-10-13", None),
        ("left 02/03", "2026-03-02", None),
        ("13/10/2026", None, None),
    ],
)
def test_a_last_day_that_has_come_ends_the_placement_and_what_is_not_said_stays_a_gap(
    ap: Program, cell: str, ended: str | None, reason: str | None
) -> None:
    file = written(ap, HEAD, f'{ROW},01/09/2025,"{cell}"')
    ap.ok("import", file)
    shown = placement(ap)
    assert (shown["ended"], shown["end_reason"]) == (ended, reason)
    assert shown["destination"] is None
    assert "1 same" in ap.ok("import", file).out


@pytest.mark.parametrize(
    ("starts", "cell", "problem"),
    [
        ("01/09/2025", "left", "write on which day it ended, such as “left 12/10/2025”"),
        ("01/09/2024", "left 12/10", "it may have ended on 12 October 2024 or 12 October 2025"),
        ("01/09/2025", "left 12/08", "write the day on which it ended with its year"),
        ("01/09/2025", "left 31/02/26", "there is no such day: February 2026 has 28 days"),
        ("01/09/2025", "left 31-Feb-26", "there is no such day: February 2026 has 28 days"),
        ("01/09/2025", "left 12-Oct-40", "write the year with four digits, such as 27/02/2026"),
        ("01/09/2025", "left 31/02", "write the day on which it ended with its year"),
        ("01/09/2025", "left 31/08/2025", "before its first day, 1 September 2025: check both"),
        ("01/09/2025", "left 03/03/2026", "3 March 2026 is still to come: write it as the planned"),
    ],
)
def test_an_end_that_is_unsure_or_cannot_be_is_wrong(
    ap: Program, starts: str, cell: str, problem: str
) -> None:
    refused = ap("import", written(ap, HEAD, f"{ROW},{starts},{cell}"))
    assert refused.code == 2 and problem in refused.out
    assert ap.json("placement", "list") == []


def test_a_column_of_leavers_is_read_if_it_is_mapped_and_named_if_it_is_not(ap: Program) -> None:
    file = written(ap, f"{HEAD},Left,Reason for leaving",
                   f"{ROW},01/09/2025,10/07/2026,13/10/2025,Moved away")  # fmt: skip
    unread = ap.ok("import", file)
    assert "not read: column I" in unread.err and placement(ap)["ended"] is None
    ap.ok("import", file, "--map", "Left=ended", "--map", "Reason for leaving=end_reason")
    shown = placement(ap)
    assert (shown["ended"], shown["end_reason"], shown["ends"]) == (
        "2025-10-13", "Moved away", "2026-07-10")  # fmt: skip


def test_an_export_with_placements_that_are_over_comes_back_as_the_same(ap: Program) -> None:
    rows = [f"{ROW},{day},10/07/2026".replace("Test", name)
            for name, day in (("Test", "01/09/2025"), ("Adam", "02/09/2025"),
                              ("Bea", "03/09/2025"))]  # fmt: skip
    ap.ok("import", written(ap, HEAD, *rows))
    ap.ok("placement", "end", "PL-0001", "--day", "2025-12-19", "--reason", "objectives met",
          "--destination", "home-school")  # fmt: skip
    ap.ok("placement", "end", "PL-0002", "--never-started", "--reason", "no place",
          "--destination", "none")  # fmt: skip
    before = ap.json("placement", "list")
    for ending in ("csv", "xlsx"):
        ap.ok("export", "placements", "--out", f"out.{ending}")
        again = ap.ok("import", f"out.{ending}")
        assert "3 same" in again.out and "not read" not in again.err
    assert ap.json("placement", "list") == before


def test_what_was_missing_of_an_end_is_filled_in_and_its_day_stays(ap: Program) -> None:
    ap.ok("import", written(ap, HEAD, f"{ROW},01/09/2025,left 13/10/2025"))
    more = f"{HEAD},Why it ended,Destination"
    filled = written(ap, more, f"{ROW},01/09/2025,,Went home,Rowan High")
    refused = ap("import", filled)
    assert refused.code == 2 and "where the pupil went next" in refused.out
    ap.ok("import", written(ap, more, f"{ROW},01/09/2025,,Went home,special school"))
    shown = placement(ap)
    assert (shown["ended"], shown["destination"]) == ("2025-10-13", "special-school")
    other = ap("import", written(ap, HEAD, f"{ROW},01/09/2025,left 14/10/2025"))
    assert other.code == 2 and "with ap placement end PL-0001 --correct --day" in other.out
    ap.ok("undo")
    assert placement(ap)["destination"] is None


def test_a_reason_without_the_day_of_the_end_is_wrong(ap: Program) -> None:
    file = written(ap, f"{HEAD},Why it ended", f"{ROW},01/09/2025,10/07/2026,Went home")
    refused = ap("import", file)
    assert refused.code == 2 and "write the day on which it ended" in refused.out


def test_a_mark_after_the_day_of_the_end_refuses_the_row(ap: Program) -> None:
    ap.ok("import", written(ap, HEAD, f"{ROW},01/09/2025,10/07/2026"))
    marks = written(ap, "Placement,Date,AM", "PL-0001,03/11/2025,/", name="marks.csv")
    ap.ok("attendance", "import", marks)
    refused = ap("import", written(ap, HEAD, f"{ROW},01/09/2025,left 13/10/2025"))
    assert refused.code == 2 and "PL-0001 has" in refused.out
    ap.ok("import", written(ap, HEAD, f"{ROW},01/09/2025,left 03/11/2025"))


def test_a_placement_whose_end_says_nothing_more_is_shown_with_its_gaps(ap: Program) -> None:
    ap.ok("import", written(ap, HEAD, f"{ROW},01/09/2025,left 13/10/2025"))
    assert "destination: not recorded" in ap.ok("placement", "show", "PL-0001").out
    assert "ended: why is not recorded" in ap.ok("timeline", "PL-0001").out
    ap.ok("placement", "end", "PL-0001", "--correct", "--reason", "moved", "--destination", "none")
    assert placement(ap)["ended"] == "2025-10-13"
