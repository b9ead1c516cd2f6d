"""`ap todo`: what is to be done, in order of day."""

from __future__ import annotations

from ..conftest import Program


def test_the_list_of_what_is_to_do_is_what_the_rules_found_in_order_of_day(placed: Program) -> None:
    found = placed.json("todo", on="2026-02-10")
    open_answers = {"breached", "not yet", "cannot tell"}
    assert {row["answer"] for row in found} == open_answers
    assert [row["due"] or "2026-02-10" for row in found] == sorted(
        row["due"] or "2026-02-10" for row in found
    )
    checked = placed.json("check", "--show", ",".join(open_answers), on="2026-02-10")
    to_do = [row for row in checked if row["answer"] != "cannot tell" or row["severity"] == "must"]
    assert {row["rule"] for row in found} == {row["rule"] for row in to_do}
    assert "AP503" in {
        row["rule"] for row in placed.json("todo", "--within", "3d", on="2026-02-10")
    }
    assert "AP503" not in {
        row["rule"] for row in placed.json("todo", "--within", "2d", on="2026-02-10")
    }
    assert (
        "Friday 13 February 2026, in 3 days" in placed.ok("todo", on="2026-02-10").out
        and placed("todo", "--within", "soon").code == 2
    )
    placed.ok("record", "waiver", "PL-0001", "--rule", "AP401", "--reason", "x")
    assert "AP401" not in {row["rule"] for row in placed.json("todo")}


def test_what_the_law_asks_and_nobody_can_tell_is_to_be_found_out(ap: Program) -> None:
    """Case L08, before any calendar puts the sixth day in the past: it is a task, never silence."""
    ap.ok("pupil", "add", "Test Pupil", "--born", "2012-06-27")
    ap.ok("record", "exclusion", "P-0001", "--day", "2026-09-14", "--permanent", on="2026-09-14")
    [found] = [row for row in ap.json("todo", on="2026-09-25") if row["rule"] == "AP108"]
    assert (found["answer"], found["task"]) == ("cannot tell", "Import the term dates")
    [matter] = [row for row in ap.json("status", on="2026-09-25") if row["what"] == "find out"]
    assert matter["number"] == 2, "whether it was in time, and who has to know of it"
    assert matter["message"].startswith("2 questions of the law to find out: P-0001")


def test_education_that_is_late_on_any_usual_calendar_is_on_the_first_screen(ap: Program) -> None:
    """Case L08: permanently excluded, no term dates known, nothing ten weeks later."""
    ap.ok("pupil", "add", "Test Pupil", "--born", "2012-06-27")
    ap.ok("record", "exclusion", "P-0001", "--day", "2026-09-14", "--permanent", on="2026-09-14")
    [found] = [row for row in ap.json("todo", on="2026-11-28") if row["rule"] == "AP108"]
    assert found["answer"] == "breached"
    assert "on any usual calendar" in found["message"]
    assert "2 breaches of the law, about 1 pupil: P-0001" in ap.ok("status", on="2026-11-28").out
    assert ap("check", on="2026-11-28").code == 1


def test_an_exclusion_that_begins_later_is_recorded_today_and_its_sixth_day_foreseen(
    ap: Program,
) -> None:
    ap.ok("pupil", "add", "Test Pupil", "--born", "2012-06-27")
    ap.ok("record", "exclusion", "P-0001", "--day", "2026-02-06", "--suspension", "--until", "2026-02-27",
          on="2026-02-03")  # fmt: skip
    [found] = [row for row in ap.json("todo", on="2026-02-03") if row["rule"] == "AP108"]
    assert (found["answer"], found["due"]) == ("not yet", "2026-02-13")
    refused = ap(
        "record",
        "waiver",
        "P-0001",
        "--rule",
        "AP103",
        "--reason",
        "x",
        "--day",
        "2026-02-06",
        on="2026-02-03",
    )
    assert refused.code == 2 and "what has not happened yet" in refused.err


def test_the_recorded_suspension_decides_whether_the_return_is_planned_at_the_start(
    placed: Program,
) -> None:
    """AP415 of one placement, and of all: the pupil's exclusion is read in both."""

    def found(*of: str) -> tuple[str, str]:
        [row] = placed.json("check", *of, "--rule", "AP415", "--show", "all", on="2026-01-06")
        return row["answer"], row["severity"]

    placed.ok("placement", "edit", "PL-0001", "--route", "suspension")
    assert found("PL-0001") == found() == ("cannot tell", "local")
    placed.ok("record", "exclusion", "P-0001", "--day", "2025-12-18", "--suspension", "--until",
              "2026-01-20")  # fmt: skip
    assert found("PL-0001") == found() == ("breached", "should")


def test_what_is_late_stands_under_its_record_in_a_pipe_and_what_comes_under_its_day(
    placed: Program,
) -> None:
    placed.ok("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001",
              "--route", "off-site-direction", "--starts", "2026-01-12", "--hours", "3")  # fmt: skip
    shown = placed.ok("todo", on="2026-04-20").out.splitlines()
    above = [line for line in shown if "  " not in line]
    late = [line for line in above if line.startswith("Late: ")]
    assert len(late) == len({line.split(",")[0] for line in late}) > 1
    assert any(
        line.startswith("Late: PL-0001, the oldest ") and "days ago" in line for line in late
    )
    assert not any("ago" in line for line in above if not line.startswith(("Late: ", "a child")))
    for number, line in enumerate(shown):
        if line in late:
            assert shown[number + 1].startswith(line.split()[1].rstrip(","))


def test_status_says_of_how_many_placements_and_pupils_and_what_to_type(placed: Program) -> None:
    for starts in ("2026-01-12", "2026-01-13"):
        placed.ok("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001",
                  "--route", "off-site-direction", "--starts", starts, "--hours", "3")  # fmt: skip
    found = {row["what"]: row for row in placed.json("status", on="2026-04-20")}
    law, guidance = found["breaches of must"], found["breaches of should"]
    assert law["message"].endswith("about 1 provider: PR-0001")
    assert law["command"] == "ap check PR-0001"
    assert "3 placements of 1 pupil and 1 provider: PL-0001" in guidance["message"]
    assert guidance["command"] == "ap check --severity should"
    assert len(placed(*guidance["command"].split()[1:], on="2026-04-20").out.splitlines()) == 3
