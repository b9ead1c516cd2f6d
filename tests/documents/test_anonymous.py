"""The anonymous report to governors: no number of one to four children is in it or follows from it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from ap_cli.cli.report import figure_rows
from ap_cli.documents.anonymous import NOTE, make_anonymous
from ap_cli.documents.content import Paper, Paragraph
from ap_cli.documents.making import find_writer
from ap_cli.domain.attendance import SessionCounts
from ap_cli.services.governors import Cost, gather_term
from ap_cli.services.term_children import Children, Part, TermChildren, list_told_apart

from ..conftest import COMPLETE, Program
from .children import NOBODY, NONE, costs, extents, lengths, parts, reviews, some
from .papers import LETTERHEAD
from .test_reports import DAY, REPORT

EVERY = some(1, 15)
WHO = TermChildren(
    live=EVERY,
    began=some(1, 5),
    ended=some(21, 30),
    providers=parts(("PR-0001", "PR-0002"), some(1, 8), some(9, 15)),
    attended=EVERY,
    missed=some(1, 5),
    reasons=parts(("behaviour", "health"), some(1, 10), some(11, 15)),
    lengths=lengths(some(1, 5), some(6, 15)),
    destinations=parts(("home-school", "none"), some(21, 25), some(26, 30)),
    extents=extents(some(1, 5), some(6, 10), some(11, 15)),
    reviews=reviews(some(1, 5), some(6, 10), some(11, 15)),
    without_end=some(1, 10),
    visited_before=some(1, 5),
    costs=costs(some(1, 10), some(1, 10), some(11, 15)),
    safety=parts(("Reviews not acted on",), some(1, 5)),
)
"""Fifteen children, of whom five or more are in each group."""


def figures(who: TermChildren, **changes: Any) -> dict[str, str]:
    """The figures of an anonymous report by what they count."""
    rows = figure_rows(make_anonymous(replace(REPORT, who=who, **changes)))
    return {row["what"]: row["value"] for row in rows}


def test_five_in_each_group_are_shown() -> None:
    assert figures(WHO) == {
        "Placed on 2 March 2026": "15 children at 2 providers",
        "Placements this term": "5 of 15 children began, 10 children left",
        "Part-time timetables": "5 of 15 children; not recorded for 5",
        "Without a last day": "10 of 15 children",
        "Length so far": "half have run for 9 weeks or longer",
        "Cost": "£720.50 a week, £5,880 this term; not recorded for some",
        "Attendance": "88.6 % of 70 sessions",
        "Reviews held in time": "15 children: 5 in time, 5 late, 5 not held",
        "Visited before the start": "5 of 5 children",
        "Visited this term": "all",
        "Behaviour": "10",
        "Health": "5",
        "Up to 6 weeks": "5",
        "7 to 13 weeks": "10",
        "14 to 26 weeks": "0",
        "Over 26 weeks": "0",
        "Home school": "5",
        "No next place yet": "5",
        "Reviews not acted on": "5",
    }


FOUR = {
    "Placements this term": {"began": some(1, 4), "ended": some(21, 24)},
    "Part-time timetables": {"extents": extents(some(1, 4), some(5, 15))},
    "Without a last day": {"without_end": some(1, 11)},  # of 15: four have one
    "Length so far": {"lengths": lengths(some(1, 4), some(5, 15))},
    "Cost": {"costs": costs(some(1, 4), some(1, 4), some(5, 15))},
    "Attendance": {"attended": some(1, 4)},
    "Reviews held in time": {"reviews": reviews(some(1, 4))},
    "Visited before the start": {"began": some(1, 9), "visited_before": some(1, 5)},
    "Reviews not acted on": {"safety": parts(("Reviews not acted on",), some(1, 4))},
}


@pytest.mark.parametrize("line", FOUR)
def test_four_in_a_group_are_not(line: str) -> None:
    said = figures(replace(WHO, **FOUR[line]))[line]
    assert said in ("not shown", "began: not shown, left: not shown")


def test_of_four_children_nothing_is_said_whatever_placements_and_sessions_they_have() -> None:
    four = some(1, 4)
    who = replace(
        NOBODY,
        live=four,
        began=four,
        ended=four,
        providers=parts(("PR-0001",), four),
        attended=four,
        missed=four,
        reasons=parts(("behaviour",), four),
        lengths=lengths(four),
        destinations=parts(("none",), four),
        extents=extents(four),
        reviews=reviews(four),
        without_end=four,
        visited_before=four,
        costs=costs(four, four),
        safety=parts(("Reviews not acted on",), four),
    )
    who = replace(who, ended=some(1, 8))
    said = figures(who, live=60, children=4, began=60, ended=60, reasons=(), lengths=())
    assert said.pop("Placed on 2 March 2026") == "under 5 children"
    assert not re.search(r"\d", " ".join(said.values()))


def test_six_placements_of_one_child_are_one_child(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-06-27")
    new = ("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001")
    for day in range(6, 12):
        dates = ("--starts", f"2026-01-{day:02}", "--hours", "1", "--cost", "60")
        ap.ok(*new, "--route", "off-site-direction", *dates)
    said = {row["what"]: row["value"] for row in ap.json("report", "governors", "--anonymous")}
    assert said["Placed on 2 March 2026"] == "under 5 children"
    assert not re.search(r"[1-9]|£", " ".join(v for k, v in said.items() if "Placed on" not in k))


def test_parts_are_hidden_until_no_sum_tells_one() -> None:
    reasons = parts(("behaviour", "health", "unmet-need"), some(1, 7), some(8, 13), some(14, 15))
    said = figures(replace(WHO, reasons=reasons))
    assert said["Behaviour"] == "7"
    assert said["Health"] == said["Unmet need"] == "not shown"


@pytest.mark.parametrize(("sizes", "shown"), [((5, 10), True), ((5, 6, 4), False), ((15,), True)])
def test_providers_are_counted_if_five_are_at_each(sizes: tuple[int, ...], shown: bool) -> None:
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    groups = [some(end - size + 1, end) for end, size in zip(ends, sizes, strict=True)]
    who = replace(WHO, providers=parts(tuple(f"PR-{end:04}" for end in ends), *groups))
    said = figures(who)["Placed on 2 March 2026"]
    assert ("provider" in said) is shown
    assert said.startswith("15 children")


@pytest.mark.parametrize(("visited", "told"), [(0, "no provider"), (5, "some"), (6, "all")])
def test_visits_tell_no_number_of_providers(visited: int, told: str) -> None:
    assert figures(WHO, visited=visited)["Visited this term"] == told


@pytest.mark.parametrize(
    ("missed", "shown"), [(NONE, True), (some(1, 4), False), (some(1, 5), True)]
)
def test_attendance_is_of_five_who_attended_and_five_who_missed(
    missed: Children, shown: bool
) -> None:
    assert (figures(replace(WHO, missed=missed))["Attendance"] != "not shown") is shown


@pytest.mark.parametrize(
    ("unsafe", "shown"), [(some(1, 10), True), (some(1, 11), False), (EVERY, True)]
)
def test_who_is_safe_is_not_told(unsafe: Children, shown: bool) -> None:
    who = replace(WHO, safety=parts(("Absences not explained",), unsafe))
    assert (figures(who)["Absences not explained"] != "not shown") is shown


def test_safety_is_of_children_who_are_placed() -> None:
    who = replace(WHO, safety=parts(("Absences", "Concerns"), some(11, 21), some(21, 30)))
    said = figures(who)
    assert said["Absences"] == "5"
    assert said["Concerns"] == "not shown"


@pytest.mark.parametrize(
    ("ended", "told"), [(some(1, 20), "5 children"), (some(1, 19), "not shown")]
)
def test_who_ended_one_placement_and_has_another_has_not_left(ended: Children, told: str) -> None:
    changes = figures(replace(WHO, ended=ended))["Placements this term"]
    assert told in changes.partition(", ")[2]


@pytest.mark.parametrize(("began", "shown"), [(some(1, 9), False), (some(1, 10), True)])
def test_lengths_tell_no_few_of_those_who_began(began: Children, shown: bool) -> None:
    # in the sixth week of a term, those up to six weeks are those who began and have not left
    said = figures(replace(WHO, began=began, lengths=lengths(some(1, 5), some(6, 15))))
    assert ("Up to 6 weeks" in said) is shown
    assert (said["Length so far"] != "not shown") is shown
    assert said["Placements this term"].startswith(f"{len(began)} of 15 children began")


@pytest.mark.parametrize(("due", "shown"), [(some(1, 11), False), (some(1, 10), True)])
def test_who_had_no_review_due_is_not_told(due: Children, shown: bool) -> None:
    said = figures(replace(WHO, reviews=reviews(due)))["Reviews held in time"]
    assert (said != "not shown") is shown


def test_who_began_and_left_is_none_of_those_placed() -> None:
    said = figures(replace(WHO, began=some(21, 25)))
    assert said["Placements this term"] == "0 of 15 children began, 10 children left"
    assert said["Visited before the start"] == "none of those placed began this term"


def test_reviews_are_of_children_who_are_placed() -> None:
    said = figures(replace(WHO, reviews=reviews(some(1, 10), some(11, 21))))
    assert said["Reviews held in time"] == "15 children: 10 in time, 5 late, 0 not held"


def test_a_median_is_not_shown_beside_lengths_that_are_hidden() -> None:
    hidden = replace(WHO, began=NONE, lengths=lengths(some(1, 2), some(3, 8), some(9, 15)))
    assert figures(hidden)["14 to 26 weeks"] == "7"
    assert figures(hidden)["Length so far"] == "not shown"


@pytest.mark.parametrize(("few", "shown"), [(some(1, 4), False), (some(1, 5), True)])
def test_a_week_and_a_term_together_tell_the_cost_of_no_few(few: Children, shown: bool) -> None:
    said = figures(replace(WHO, costs=costs(some(1, 10), some(1, 10), some(11, 15), few)))["Cost"]
    assert "£5,880 this term" in said and ("a week" in said) is shown


def test_the_sums_tell_apart_those_who_left_and_those_of_other_weeks() -> None:
    weeks = [("P-1", 8, True), ("P-2", 8, True), ("P-3", 3, True), ("P-4", 2, False)]
    # less three weeks of each that goes on, P-1, P-2 and P-4 are left; less eight, P-3 and P-4
    assert list(list_told_apart(weeks)) == [{"P-1", "P-2", "P-4"}, {"P-3", "P-4"}]
    assert list(list_told_apart(weeks[:2])) == [frozenset()]


def test_what_is_unsafe_for_few_is_in_no_order_of_how_many_they_are() -> None:
    names = ("Absences", "Concerns", "Ended", "Reviews")
    who = replace(WHO, safety=parts(names, some(1, 1), some(1, 6), some(1, 3), some(1, 10)))
    rows = figure_rows(make_anonymous(replace(REPORT, who=who)))[-4:]
    assert [(row["what"], row["value"]) for row in rows] == [
        ("Reviews", "10"),
        ("Concerns", "6"),
        ("Absences", "not shown"),
        ("Ended", "not shown"),
    ]


def test_a_section_that_is_hidden_or_empty_has_a_row() -> None:
    hidden = replace(WHO, reasons=parts(("behaviour", "health"), some(1, 14), some(15, 15)))
    rows = figure_rows(make_anonymous(replace(REPORT, who=replace(hidden, safety=()))))
    of = {row["section"]: row for row in rows if row["what"] == "all"}
    assert {section: row["value"] for section, row in of.items()} == {
        "Why children are placed": "not shown",
        "Open today: a child may be unsafe": "none",
    }
    assert all(row["number"] is None for row in of.values())


def test_nobody_placed_is_said() -> None:
    said = figures(
        NOBODY,
        providers=0,
        visited=0,
        median_weeks=None,
        attendance=SessionCounts(),
        cost=Cost(0, 0, 0, weekly_children=0, term_children=0),
    )
    assert said["Placed on 2 March 2026"] == "0 children at 0 providers"
    assert said["Cost"] == "no placement runs" and said["Reviews held in time"] == "none was due"


@pytest.fixture
def school(ap: Program) -> Program:
    """Six children at a farm, of whom one has a review, a cost of its own and no last day."""
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    for number in range(1, 7):
        ap.ok("pupil", "add", f"Test Pupil {number}", "--born", "2011-06-27")
        new = ("placement", "new", "--no-input", "--pupil", f"P-{number:04}", "--hours", "12")
        farm = ("--provider", "PR-0001", "--route", "off-site-direction", "--starts", "2026-01-06")
        ends = () if number == 1 else ("--ends", "2026-07-10")
        reason = "health" if number == 1 else "behaviour"
        ap.ok(*new, *farm, *ends, "--cost", "120", "--reason", reason)
    ap.ok("record", "review", "PL-0001", "--day", "2026-02-13", *COMPLETE)
    return ap


def test_a_term_is_gathered_with_the_children_behind_it(school: Program) -> None:
    with school.opened() as store:
        found = gather_term(store, DAY, REPORT.term)
    who = found.who
    assert who.live == who.began == some(1, 6) and who.ended == frozenset()
    assert who.without_end == some(1, 1)
    assert {part.what: part.children for part in who.reasons} == {
        "behaviour": some(2, 6),
        "health": some(1, 1),
    }
    assert [part.children for part in who.reviews] == [some(1, 1), frozenset(), some(2, 6)]
    assert who.costs == costs(some(1, 6), some(1, 6), frozenset(), frozenset())


def test_a_child_who_left_is_told_apart_by_the_sums(school: Program) -> None:
    ended = ("--destination", "home-school", "--reason", "they went back")
    school.ok("placement", "end", "PL-0006", "--day", "2026-02-13", *ended)
    (said,) = [
        row["value"]
        for row in school.json("report", "governors", "--anonymous")
        if row["what"] == "Cost"
    ]
    assert said == "£5,520 this term"  # five of eight weeks and one of six; no weekly sum


def test_a_session_that_is_not_possible_is_of_no_child(school: Program) -> None:
    for number in range(1, 7):
        code = "/" if number == 6 else "Y1"
        school.ok("attendance", "record", f"PL-{number:04}", "2026-01-12", "am", code)
    school.ok("attendance", "record", "PL-0006", "2026-01-12", "pm", "O")
    with school.opened() as store:
        who = gather_term(store, DAY, REPORT.term).who
    assert who.attended == who.missed == some(6, 6)
    rows = school.json("report", "governors", "--anonymous")
    assert {row["what"]: row["value"] for row in rows}["Attendance"] == "not shown"


@pytest.mark.parametrize(("free", "shown"), [(1, True), (2, False)])
def test_those_who_cost_nothing_hide_no_one_who_does(
    school: Program, free: int, shown: bool
) -> None:
    for number in range(1, free + 1):
        school.ok("placement", "edit", f"PL-{number:04}", "--cost", "0")
    rows = school.json("report", "governors", "--anonymous")
    cost = {row["what"]: row["value"] for row in rows}["Cost"]
    assert (cost != "not shown") is shown


@pytest.mark.parametrize("format", ["html", "pdf", "xlsx", "json"])
def test_what_is_hidden_is_hidden_in_each_format(school: Program, format: str) -> None:
    out = f"term.{format}"
    school.ok("report", "governors", "--anonymous", "--out", out)
    text = read_text(school.folder / out)
    assert "6 children at 1 provider" in text and "not shown" in text.lower()
    for told in ("Health", "Behaviour", "1 of 6", "5 of 6", "1 in time", "5 not held"):
        assert told not in text
    school.ok("report", "governors", "--out", f"full.{format}")
    assert "1 of 6 placements" in read_text(school.folder / f"full.{format}")


def read_text(path: Path) -> str:
    """The text of a file that was made."""
    if path.suffix == ".pdf":
        pages = PdfReader(path).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    if path.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return " ".join(str(cell) for row in rows for cell in row)
    return path.read_text("utf-8")


def test_the_report_says_what_it_counts_and_is_one_page() -> None:
    content = make_anonymous(replace(REPORT, who=WHO))
    assert Paragraph(NOTE) in content.blocks
    many = tuple(Part(f"reason {number}", EVERY) for number in range(8))
    safety = tuple(Part(f"safety task {number} of several words", EVERY) for number in range(12))
    full = replace(WHO, reasons=many, destinations=many, ended=EVERY, safety=safety)
    paper = Paper(make_anonymous(replace(REPORT, who=full)), "", 0, DAY, LETTERHEAD)
    assert len(PdfReader(BytesIO(find_writer("pdf")(paper))).pages) == 1
