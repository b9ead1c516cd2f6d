"""What is about a child's safety stands at the top of every list, also after the end of a placement."""

from __future__ import annotations

from ..conftest import Program
from ..journeys.journey import Journey


def place(days: Journey) -> None:
    """A placement of P-0001 at PR-0001 from January to July 2026."""
    days.on("2026-01-05").do(
        'provider add "Hollow Oak Farm" --kind non-school --not-registered --address "1 Example Lane"'
    )
    days.do("pupil add 'Test Pupil' --born 2011-01-15 --ehcp no --looked-after no")
    days.do(
        "placement new --no-input --pupil P-1 --provider PR-1 --route school-arranged"
        " --starts 2026-01-06 --ends 2026-07-10 --hours 6"
    )


def test_an_open_concern_stands_at_the_top_of_todo_and_status_and_within_cuts_it_not_off(
    ap: Program,
) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-13").do("record concern PL-1 --what 'a bruise'")
    rows = days.ap.json("todo", on=days.day)
    assert rows[0]["rule"] == "AP506" and rows[0]["due"] == "2026-02-16", "a day of the holiday"
    assert "AP506" in [row["rule"] for row in days.ap.json("todo", "--within", "0d", on=days.day)]
    days.on("2026-02-18")
    assert days.ap.json("status", on=days.day)[0]["what"] == "safety"
    assert days.do("todo").out.startswith("a child may be unsafe: Monday 16 February 2026")


def test_an_undecided_concern_is_listed_a_week_after_the_end(ap: Program) -> None:
    days = Journey(ap)
    place(days)
    days.on("2026-02-10").do("record concern PL-1 --what 'a bruise'")
    days.on("2026-02-11").do(
        "placement end PL-1 --day 2026-02-11 --reason 'moved' --destination home-school"
    )
    days.on("2026-02-18")
    first = days.ap.json("todo", on=days.day)[0]
    assert (first["rule"], first["urgency"]) == ("AP506", "safety")
    assert "E-0001" in days.ap.json("status", on=days.day)[0]["message"]
    days.do("record concern PL-1 --of E-1 --closed --outcome 'passed to social care'")
    assert "AP506" not in [row["rule"] for row in days.ap.json("todo", on=days.day)]
