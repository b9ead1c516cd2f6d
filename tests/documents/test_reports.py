"""Reports for an inspector and for governors: what they show, what they hide, and to whom."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from json import loads
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from ap_cli.cli.report import figure_rows
from ap_cli.documents.content import Paper
from ap_cli.documents.governors import make_content as make_governors
from ap_cli.documents.inspection import make_content as make_inspection
from ap_cli.documents.making import DOCUMENTS, find_writer
from ap_cli.domain.attendance import SessionCounts
from ap_cli.domain.entries.papers import DocumentName
from ap_cli.domain.term import Term
from ap_cli.render.reports import inspection_lines
from ap_cli.render.result import View
from ap_cli.rules.examples.builders import PUPIL
from ap_cli.services.governors import Cost, Counted, OnTime, TermReport
from ap_cli.services.inspection import gather_inspection

from ..conftest import Program
from .cases import half_filled
from .children import NOBODY
from .papers import HOSTILE, LETTERHEAD, make_paper, write

DAY = date(2026, 3, 2)
REPORT = TermReport(
    term=Term("spring", 2026, date(2026, 1, 6), date(2026, 3, 27)),
    until=DAY,
    live=13,
    children=11,
    providers=6,
    began=5,
    ended=4,
    reasons=(Counted("behaviour", 9), Counted("health", 4)),
    part_time=4,
    extent_unknown=0,
    lengths=(Counted("up to 6 weeks", 0), Counted("7 to 13 weeks", 13)),
    median_weeks=9,
    without_end=9,
    attendance=SessionCounts(present=62, authorised=6, unauthorised=2),
    reviews=OnTime(due=13, in_time=8, late=0),
    first_visits=OnTime(due=5, in_time=5),
    visited=6,
    cost=Cost(weekly=72_050, term=588_000, unknown=7, weekly_children=6, term_children=6),
    destinations=(Counted("none", 4),),
    safety=(Counted("Reviews not acted on", 2),),
    who=NOBODY,
    unread=(),
)


def figures(report: TermReport) -> dict[str, str]:
    """The figures of a report by what they count."""
    return {row["what"]: row["value"] for row in figure_rows(make_governors(report))}


def test_governors_read_every_figure() -> None:
    assert figures(REPORT) == {
        "Placed on 2 March 2026": "11 children in 13 placements at 6 providers",
        "Placements this term": "5 began, 4 ended",
        "Part-time timetables": "4 of 13 placements",
        "Without a last day": "9 of 13 placements",
        "Length so far": "half have run for 9 weeks or longer",
        "Cost": "£720.50 a week, £5,880 this term; not recorded for 7",
        "Attendance": "88.6 % of 70 sessions",
        "Reviews held in time": "8 of 13 reviews; 0 late, 5 not held",
        "Visited before the start": "5 of 5 placements",
        "Visited this term": "6 of 6 providers",
        "Behaviour": "9",
        "Health": "4",
        "Up to 6 weeks": "0",
        "7 to 13 weeks": "13",
        "No next place yet": "4",
        "Reviews not acted on": "2",
    }


def test_a_cost_that_nobody_recorded_is_never_nought() -> None:
    unknown = replace(REPORT, cost=Cost(0, 0, 13, weekly_children=0, term_children=0))
    assert figures(unknown)["Cost"] == "not recorded"
    ended = replace(REPORT, cost=Cost(0, 12_000, 13, weekly_children=0, term_children=1))
    assert figures(ended)["Cost"] == "£120 this term; not recorded for 13"
    free = replace(REPORT, cost=Cost(0, 0, 0, weekly_children=1, term_children=1))
    assert figures(free)["Cost"] == "£0 a week, £0 this term"


def test_a_term_without_anything_says_so() -> None:
    nothing = replace(
        REPORT,
        live=0,
        median_weeks=None,
        children=0,
        began=0,
        reasons=(),
        lengths=(),
        destinations=(),
        safety=(),
        attendance=SessionCounts(),
        reviews=OnTime(),
        first_visits=OnTime(),
        cost=Cost(0, 0, 0, weekly_children=0, term_children=0),
    )
    found = figures(nothing)
    assert found["Cost"] == "no placement runs"
    assert found["Attendance"] == "no attendance is recorded"
    assert found["Reviews held in time"] == "none was due"
    assert found["Length so far"] == "no placement runs"
    assert found["Visited before the start"] == "no placement began"


def paper_of(report: TermReport) -> Paper:
    """A report to governors as it is sent."""
    return Paper(make_governors(report), "", 0, DAY, LETTERHEAD)


def test_a_number_is_data_and_a_sentence_is_not() -> None:
    many = replace(REPORT, reasons=(Counted("behaviour", 1_234), Counted("health", 4)))
    shown = {row["what"]: row["number"] for row in figure_rows(make_governors(many))}
    assert shown["Behaviour"] == 1_234 and shown["Health"] == 4 and shown["Up to 6 weeks"] == 0
    assert shown["Reviews not acted on"] == 2 and shown["Part-time timetables"] is None


def test_the_report_to_governors_is_one_page() -> None:
    full = replace(
        REPORT,
        reasons=tuple(Counted(f"reason {number}", 9) for number in range(8)),
        lengths=tuple(Counted(f"length {number}", 9) for number in range(4)),
        destinations=tuple(Counted(f"destination {number}", 9) for number in range(9)),
        safety=tuple(Counted(f"safety task {number} of several words", 9) for number in range(12)),
    )
    assert len(PdfReader(BytesIO(find_writer("pdf")(paper_of(full)))).pages) == 1


@pytest.fixture
def school(ap: Program) -> Program:
    """A child at a farm since 6 January 2026."""
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--not-registered")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-06-27")
    new = ("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001")
    ap.ok(*new, "--route", "off-site-direction", "--starts", "2026-01-06", "--hours", "12")
    return ap


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("format", ["html", "pdf"])
def test_hostile_text_is_text_in_a_report(school: Program, hostile: str, format: str) -> None:
    with school.opened() as store:
        found = gather_inspection(store, DAY)
    (farm,) = found.providers
    spoilt = replace(farm, placements=tuple(replace(one, name=hostile) for one in farm.placements))
    content = make_inspection(replace(found, providers=(spoilt,)))
    made = find_writer(format)(Paper(content, "", 0, DAY, LETTERHEAD))
    assert made
    if format == "html":
        assert b"<script" not in made and b"</table></table>" not in made


def test_the_inspection_list_has_names_for_people_and_references_where_it_is_anonymous(
    school: Program,
) -> None:
    school.ok("report", "inspection", "--out", "list.html")
    school.ok("report", "inspection", "--anonymous", "--out", "hidden.html")
    assert "Test Pupil\n(P-0001)" in (school.folder / "list.html").read_text("utf-8")
    hidden = (school.folder / "hidden.html").read_text("utf-8")
    assert "Test Pupil" not in hidden and "P-0001" in hidden


def test_a_workbook_of_the_list_has_hours_to_count_with_and_addresses_as_they_are(
    school: Program,
) -> None:
    school.ok(
        "provider", "edit", "PR-0001", "--address", "1 Example Lane", "--satellite", "2 Far Field"
    )
    school.ok("report", "inspection", "--out", "list.xlsx")
    workbook = CalamineWorkbook.from_path(school.folder / "list.xlsx")
    heads, row = workbook.get_sheet_by_index(0).to_python()
    shown = dict(zip(heads, row, strict=True))
    assert shown["Hours"] == 12 and shown["Addresses"] == "1 Example Lane; 2 Far Field (satellite)"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"registered": "2020-01-01"}, "Yes, since 1 January 2020; URN: not recorded yet"),
        ({"registered": "2020-01-01", "urn": "100001"}, "Yes, since 1 January 2020; URN 100001"),
        ({"registered": "no"}, "No"),
    ],
)
def test_a_school_without_its_urn_says_so(
    school: Program, answers: dict[str, str], said: str
) -> None:
    flags = [part for name, value in answers.items() for part in (f"--{name}", value)]
    school.ok("provider", "edit", "PR-0001", *flags)
    with school.opened() as store:
        content = make_inspection(gather_inspection(store, DAY))
    assert {field.label: field.value for field in content.fields()}[
        "Registered as a school"
    ] == said


@pytest.mark.parametrize("style", ["full", "short"])
def test_an_anonymous_list_has_no_name_on_a_terminal_either(school: Program, style: str) -> None:
    with school.opened() as store:
        found = gather_inspection(store, DAY)
    view = View(80, False, names=style)
    assert "Test" in "\n".join(inspection_lines(found)([], view))
    assert "Test" not in "\n".join(inspection_lines(found, anonymous=True)([], view))


def test_a_list_with_names_is_logged_and_one_without_is_not(school: Program) -> None:
    school.ok("report", "inspection", "--anonymous", "--out", "hidden.pdf")
    school.ok("report", "inspection", "--json")
    assert school.json("log", "--seen") == []
    school.ok("report", "inspection", "--out", "list.pdf")
    (seen,) = school.json("log", "--seen")
    assert (seen["subject"], seen["what"]) == ("P-0001", "report inspection")


def test_data_has_references_alone_unless_names_are_asked_for(school: Program) -> None:
    (row,) = school.json("report", "inspection")
    assert row["pupil"] == "P-0001" and row["hours"] == 12 and "name" not in row
    (named,) = loads(school.ok("report", "inspection", "--json", "--names").out)["data"]
    assert named["name"] == "Test Pupil"


def test_a_report_has_a_page_a_workbook_and_no_other_ending(school: Program) -> None:
    for ending in ("html", "pdf", "xlsx", "csv", "json"):
        school.ok("report", "governors", "--out", f"term.{ending}")
        assert (school.folder / f"term.{ending}").stat().st_size > 100
    refused = school("report", "governors", "--out", "term.docx")
    assert refused.code == 2 and "cannot end in .docx" in refused.err


def test_the_files_of_reports_are_their_owners_alone(school: Program) -> None:
    school.ok("report", "inspection", "--out", "list.pdf")
    assert (school.folder / "list.pdf").stat().st_mode & 0o777 == 0o600


def test_a_term_that_has_not_begun_is_refused_with_those_that_have(school: Program) -> None:
    refused = school("report", "governors", "--term", "summer 2030")
    assert refused.code == 2 and "choose from" in refused.err


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(os.environ.get("AXE_SCRIPT", "axe.min.js"))
LOOKED_AT = pytest.mark.skipif(
    CHROMIUM is None or not AXE.exists(),
    reason="needs Chromium, and AXE_SCRIPT with the path of axe-core's axe.min.js",
)
ASKS = """<script>{axe}</script><script>
axe.run(document).then(found => {{
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = found.violations.map(one => one.id).join(" ") + ";" + found.passes.length;
  document.body.append(told);
}});
</script></body>"""


def violations(page: str, folder: Path) -> list[str]:
    """What axe-core finds wrong with a page in Chromium."""
    folder.mkdir(exist_ok=True)
    asked = folder / "asked.html"
    asked.write_text(
        page.replace("</body>", ASKS.format(axe=AXE.read_text("utf-8"))), encoding="utf-8"
    )
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    profile = f"--user-data-dir={folder / 'profile'}"
    ran = subprocess.run(
        [str(CHROMIUM), *flags, profile, "--virtual-time-budget=20000", "--dump-dom", str(asked)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = re.search(r'<pre id="told">(.*?);(\d+)</pre>', ran.stdout, re.DOTALL)
    assert told and int(told[2]) > 5, ran.stderr[-500:]
    return told[1].split()


@LOOKED_AT
def test_axe_finds_what_is_wrong_with_a_page(tmp_path: Path) -> None:
    page = find_writer("html")(paper_of(REPORT)).decode()
    assert "html-has-lang" in violations(page.replace(' lang="en-GB"', ""), tmp_path)


@LOOKED_AT
def test_the_report_to_governors_has_no_barrier(tmp_path: Path) -> None:
    assert violations(find_writer("html")(paper_of(REPORT)).decode(), tmp_path) == []


@LOOKED_AT
def test_the_inspection_list_has_no_barrier(school: Program, tmp_path: Path) -> None:
    school.ok("report", "inspection", "--out", "list.html")
    assert violations((school.folder / "list.html").read_text("utf-8"), tmp_path) == []


def test_addresses_stand_each_in_a_line_and_have_no_number(school: Program) -> None:
    school.ok("provider", "edit", "PR-0001", "--address", "1 Example Lane")
    school.ok("provider", "edit", "PR-0001", "--satellite", "2 Example Lane")
    with school.opened() as store:
        content = make_inspection(gather_inspection(store, DAY))
    assert next(content.fields()).value == "1 Example Lane\n2 Example Lane (satellite)"


FITTING: dict[DocumentName, dict[str, Any]] = {
    DocumentName.COUNCIL_NOTICE: {"pupil": PUPIL | {"ehcp": "2024-09-01"}},
    DocumentName.DAY_SIX_NOTICE: {
        "route": "suspension",
        "exclusions": [{"day": "2026-01-02", "permanent": False, "until": "2026-01-16"}],
    },
}
"""What a placement has to be for a document to apply."""


@LOOKED_AT
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_has_a_barrier(name: DocumentName, tmp_path: Path) -> None:
    kind, case = DOCUMENTS[name], half_filled(**FITTING.get(name, {}))
    assert not kind.why_not(case)
    assert violations(write(make_paper(kind, case), "html").decode(), tmp_path) == []
