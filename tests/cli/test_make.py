"""ap make: documents from the record, recorded as made and as sent, in files for their owner alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ap_cli.documents.document import FORMATS
from ap_cli.documents.making import DOCUMENTS, file_name, find_document
from ap_cli.store.connection import connect

from ..conftest import COMPLETE, POSIX, Program
from ..documents.papers import read_docx, read_html, read_pages, read_text

SHEET = "placement-sheet-PL-0001.pdf"


def written(ap: Program, name: str) -> bytes:
    """What a file in the folder of the program holds."""
    return (ap.folder / name).read_bytes()


def recorded(ap: Program, on: str | None = None) -> dict[str, dict[str, Any]]:
    """What was recorded of the placement, by its kind."""
    rows = ap.json("timeline", "PL-0001", on=on)
    return {row["kind"]: row for row in rows if row["ref"]}


def open_tasks(ap: Program) -> set[str]:
    """The keys of the tasks that are open."""
    return {row["key"] for row in ap.json("todo")}


def test_a_pdf_of_the_usual_name_without_the_name_of_a_child(placed: Program) -> None:
    made = placed.ok("make", "sheet", "PL-0001")
    assert made.out == "E-0001\n" and "Placement sheet of PL-0001, version 1" in made.err
    [page] = read_pages(written(placed, SHEET))
    assert "Test Pupil" in page and "Hollow Oak Farm" in page and "Not recorded yet" in page
    assert "Test Pupil" not in made.out + made.err


def test_it_names_the_commands_that_fill_its_gaps(placed: Program) -> None:
    said = placed.ok("make", "sheet", "PL-0001").err
    assert "gaps, each marked" in said
    assert "ap pupil edit P-0001 --school … --upn … --looked-after …" in said.replace("home-", "")
    [row] = placed.json("make", "sheet", "PL-0001")
    lacks = {lack["field"]: lack["command"] for lack in row["lacks"]}
    assert lacks["UPN"] == "ap pupil edit P-0001 --upn …"
    assert row["version"] == 1 and row["format"] == "pdf" and row["sent"] is None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_known_by_its_name_and_by_that_of_its_file(name: str) -> None:
    called = file_name(DOCUMENTS[name], "PL-0001", "pdf").removesuffix("-PL-0001.pdf")
    assert find_document(called.upper()) is find_document(name) is DOCUMENTS[name]


@POSIX
def test_the_file_is_for_its_owner_alone(placed: Program) -> None:
    placed.ok("make", "sheet", "PL-0001")
    assert (placed.folder / SHEET).stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays_unless_it_is_named(placed: Program) -> None:
    (placed.folder / SHEET).write_bytes(b"mine")
    placed.ok("make", "sheet", "PL-0001")
    assert written(placed, SHEET) == b"mine"
    assert written(placed, "placement-sheet-PL-0001-2.pdf").startswith(b"%PDF")
    placed.ok("make", "sheet", "PL-0001", "--out", SHEET)
    assert written(placed, SHEET).startswith(b"%PDF")


def test_the_ending_of_the_file_says_the_format(placed: Program) -> None:
    placed.ok("make", "sheet", "PL-0001", "--out", "a.docx")
    placed.ok("make", "sheet", "PL-0001", "--out", "a.html")
    placed.ok("make", "sheet", "PL-0001", "--format", "docx", "--out", "plain")
    assert "Test Pupil" in read_docx(written(placed, "a.docx"))
    assert "Test Pupil" in read_html(written(placed, "a.html")).text
    assert "Test Pupil" in read_docx(written(placed, "plain"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "a.odt"), "--out: choose pdf, docx, html"),
        (("--format", "odt"), "--format: choose pdf, docx, html"),
        (("--format", "pdf", "--out", "a.docx"), "--format pdf ends in .pdf"),
        (("--out", "nowhere/a.pdf"), "cannot be written"),
        (("--out", "ap.db"), "--out: choose"),
        (("--format", "pdf", "--out", "."), "cannot be written"),
        (("--sent", "2026-03-03"), "--sent: 3 March 2026 is still to come"),
        (("--sent", "soon"), "--sent: "),
        (("--templates", "nowhere"), "there is no sheet.typ in that folder"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_kept(
    placed: Program, options: tuple[str, ...], said: str
) -> None:
    refused = placed("make", "sheet", "PL-0001", *options)
    assert refused.code == 2 and said in refused.err and not refused.out
    assert [file.name for file in placed.folder.glob("*.[pdh]*[fxl]")] == []
    assert recorded(placed) == {}


def test_a_document_that_there_is_not_names_those_there_are(placed: Program) -> None:
    refused = placed("make", "shet", "PL-0001")
    assert refused.code == 2 and "did you mean sheet?" in refused.err


def test_the_same_content_has_the_same_version_and_a_change_the_next(placed: Program) -> None:
    assert placed.json("make", "sheet", "PL-0001")[0]["version"] == 1
    assert placed.json("make", "sheet", "PL-0001", on="2026-03-09")[0]["version"] == 1
    placed.ok("placement", "edit", "PL-0001", "--success", "three full weeks")
    assert placed.json("make", "sheet", "PL-0001")[0]["version"] == 2
    assert placed.json("make", "sheet", "PL-0001", "--format", "html")[0]["version"] == 2


def test_it_is_recorded_as_made_by_whom_and_as_sent(placed: Program) -> None:
    placed.ok("make", "sheet", "PL-0001", on="2026-03-01")
    placed.ok("make", "sheet", "PL-0001", "--sent", "yesterday")
    entries = recorded(placed)
    made, told = entries["document"], entries["notified"]
    assert made["by"] == "tester" and made["day"] == "2026-03-02"
    assert told["day"] == "2026-03-01" and told["by"] == "tester"
    row = placed.json("make", "PL-0001")[0]
    assert row["version"] == 1 and row["sent"] == "2026-03-01"


def test_sending_the_sheet_does_the_task_and_undo_takes_both_back(placed: Program) -> None:
    placed.ok("init", "--commissioner", "Example School", "--kind", "maintained-school")
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    assert "council" in open_tasks(placed)
    placed.ok("make", "sheet", "PL-0001", "--sent", "today")
    assert "council" not in open_tasks(placed)
    placed.ok("undo")
    assert "council" in open_tasks(placed) and recorded(placed) == {}


def test_without_a_document_it_lists_what_each_lacks(placed: Program) -> None:
    row, *others = placed.json("make", "PL-0001")
    assert (
        row["document"] == "sheet"
        and len(others) == len(DOCUMENTS) - 1
        and row["command"] == "ap make sheet PL-0001"
    )
    assert "UPN" in [lack["field"] for lack in row["lacks"]]
    shown = placed.ok("make", "PL-0001").out
    assert "Placement sheet, for the council" in shown and "→ ap make sheet PL-0001" in shown
    assert recorded(placed) == {}, "a list records nothing"


def test_without_a_placement_a_script_is_told_what_is_missing(placed: Program) -> None:
    assert placed("make").code == 4 and placed("make", "sheet").code == 4


def test_the_letterhead_is_that_of_the_settings(placed: Program) -> None:
    placed.ok("config", "set", "letterhead", "Example Academy & Sons")
    placed.ok("config", "set", "letterhead-address", "1 Example Road, Testford")
    placed.ok("make", "sheet", "PL-0001", "--out", "a.html")
    text = read_html(written(placed, "a.html")).text
    assert "Example Academy & Sons" in text and "1 Example Road, Testford" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [("letterhead", " "), ("letterhead-phone", "x" * 121), ("letterhead-logo", "none.png")],
)
def test_a_letterhead_that_cannot_be_one_is_refused(placed: Program, name: str, value: str) -> None:
    refused = placed("config", "set", name, value)
    assert refused.code == 2 and refused.err.startswith(f"{name}: type")


def test_who_arranges_the_placement_is_the_sender_if_nothing_is_set(placed: Program) -> None:
    placed.ok("init", "--commissioner", "Sample Council", "--kind", "local-authority")
    placed.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    placed.ok("make", "sheet", "PL-0001", "--out", "a.html")
    assert "Sample Council" in read_html(written(placed, "a.html")).text


def templates(ap: Program, name: str, text: str) -> str:
    """A folder with a template."""
    folder = ap.folder / "mine"
    folder.mkdir()
    (folder / name).write_text(text, "utf-8")
    return "mine"


def test_a_template_of_html_shows_fields_as_text(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--name", "Test <b>Pupil</b> {{ 7*7 }}")
    mine = templates(
        placed, "sheet.html", "<p>{{ pupil_name }}, {{ reference }}, {{ pupil_upn }}</p>"
    )
    placed.ok("make", "sheet", "PL-0001", "--templates", mine, "--out", "a.html")
    text = "<p>Test &lt;b&gt;Pupil&lt;/b&gt; {{ 7*7 }}, PL-0001, Not recorded yet</p>"
    assert written(placed, "a.html").decode() == text


def test_a_template_of_typst_shows_fields_as_text(placed: Program) -> None:
    placed.ok("pupil", "edit", "P-0001", "--name", "Test #panic() *Pupil*")
    source = "#let fields = json(bytes(sys.inputs.fields))\nFor #fields.pupil_name."
    mine = templates(placed, "sheet.typ", source)
    placed.ok("make", "sheet", "PL-0001", "--templates", mine)
    assert read_pages(written(placed, SHEET)) == ["For Test #panic() *Pupil*."]


def test_a_template_of_docx_shows_fields_as_text(placed: Program) -> None:
    import docx

    placed.ok("pupil", "edit", "P-0001", "--name", "Test <w:p/> & {{ 7*7 }}")
    document = docx.Document()
    document.add_paragraph("For {{ pupil_name }}, {{ date }}")
    (placed.folder / "mine").mkdir()
    document.save(str(placed.folder / "mine" / "sheet.docx"))
    placed.ok("make", "sheet", "PL-0001", "--templates", "mine", "--format", "docx")
    text = read_docx(written(placed, "placement-sheet-PL-0001.docx"))
    assert text == "For Test <w:p/> & {{ 7*7 }}, 2 March 2026"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sheet.html", "{{ pupil_nme }}", "undefined"),
        ("sheet.html", "{% for %}", "in line 1"),
        ("sheet.html", "{{ ''.__class__.__mro__ }}", "unsafe"),
        ("sheet.html", "{% include '/etc/passwd' %}", "cannot be used"),
        ("sheet.typ", "#nothing", "unknown variable"),
        ("sheet.typ", '#read("/../../../etc/passwd")', "cannot be used"),
        ("sheet.docx", "no zip", "cannot be used"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(
    placed: Program, name: str, text: str, said: str
) -> None:
    mine = templates(placed, name, text)
    format = {"html": "html", "typ": "pdf", "docx": "docx"}[name.partition(".")[2]]
    refused = placed("make", "sheet", "PL-0001", "--templates", mine, "--format", format)
    assert refused.code == 2 and f"The template {name} cannot be used" in refused.err
    assert said in refused.err and "Test Pupil" not in refused.err
    assert recorded(placed) == {}


def test_without_its_part_it_says_what_to_install(placed: Program, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    for name in ("typst", "jinja2", "docx"):
        (missing / name).mkdir(parents=True)
        (missing / name / "__init__.py").write_text("raise ModuleNotFoundError(__name__)")
    for format in ("pdf", "html", "docx"):
        refused = placed(
            *("make", "sheet", "PL-0001", "--format", format),
            PYTHONPATH=f"{missing}{os.pathsep}{Path.cwd()}",
        )
        assert refused.code == 2 and "pip install 'ap-cli[documents]'" in refused.err
    assert recorded(placed) == {}


def test_listing_needs_no_part(placed: Program) -> None:
    assert json.loads(placed.ok("make", "PL-0001", "--json").out)["kind"] == "documents"


TERMS = "Term,Start,End\nSpring 1,2026-01-05,2026-02-13\nSpring 2,2026-02-23,2026-03-27\n"

TIMES = (
    *("--report-to", "C. Sample", "--starts-at", "9:15", "--break-from", "12"),
    *("--break-to", "12:45pm", "--ends-at", "2:45pm", "--days", "40"),
)


@pytest.fixture
def planned(placed: Program) -> Program:
    """An off-site direction that a maintained school plans, with its reasons."""
    placed.ok("init", "--commissioner", "Example School", "--kind", "maintained-school")
    placed.ok(
        *("placement", "edit", "PL-0001", "--commissioner", "C-0001", "--reason", "behaviour"),
        *("--objectives", "nine sessions in ten", "--site", "1", "--place", "provider"),
    )
    return placed


def test_the_notice_that_was_sent_in_time_does_the_task(planned: Program) -> None:
    before = "2025-12-10"
    assert "notice" in keys_on(planned, before)
    planned.ok("make", "notice", "PL-0001", *TIMES, on=before)
    assert "notice" in keys_on(planned, before), "made is not sent"
    planned.ok("make", "notice", "PL-0001", "--sent", "today", on=before)
    assert "notice" not in keys_on(planned, before)
    assert "council-notice" in keys_on(planned, before)
    planned.ok("make", "council-notice", "PL-0001", "--sent", "today", on=before)
    assert "council-notice" not in keys_on(planned, before)


def test_a_notice_that_was_sent_says_how_long_the_direction_lasts_at_most(planned: Program) -> None:
    assert "maximum" in keys_on(planned, "2025-12-10")
    planned.ok("make", "notice", "PL-0001", *TIMES, "--sent", "today", on="2025-12-10")
    assert "maximum" not in keys_on(planned, "2025-12-10")
    row = planned.json("placement", "show", "PL-0001")[0]
    assert recorded(planned)["notice"]["at_most_until"] == row["ends"]


def test_a_notice_without_the_number_of_days_does_not_say_how_long_it_lasts(
    planned: Program,
) -> None:
    asked = (*TIMES[:-2], "--sent", "today", "--yes")
    planned.ok("make", "notice", "PL-0001", *asked, on="2025-12-10")
    assert "maximum" in keys_on(planned, "2025-12-10")


@pytest.mark.parametrize(("days", "until"), [("11", "2026-02-10"), ("12", "2026-02-23")])
def test_a_number_of_days_without_a_last_day_is_reached_on_a_day_by_the_term_dates(
    planned: Program, days: str, until: str
) -> None:
    (planned.folder / "terms.csv").write_text(TERMS)
    planned.ok("terms", "import", "terms.csv", "--calendar", "Elm Academy")
    planned.ok(
        "placement",
        "edit",
        "PL-0001",
        "--not-known",
        "ends",
        "--at-provider",
        "mon,tue",
        "--hours",
        "8",
    )
    asked = (*TIMES[:-1], days, "--sent", "today")
    planned.ok("make", "notice", "PL-0001", *asked, on="2025-12-10")
    assert recorded(planned)["notice"]["at_most_until"] == until


def keys_on(ap: Program, day: str) -> set[str]:
    """The keys of the tasks that are open on a day."""
    return {row["key"] for row in ap.json("todo", on=day)}


def test_a_notice_that_lacks_the_times_does_not_do_the_task(planned: Program) -> None:
    planned.ok("make", "notice", "PL-0001", "--sent", "today", "--yes", on="2025-12-10")
    assert "notice" in keys_on(planned, "2025-12-10")
    notice = recorded(planned)["notice"]
    assert "session" not in json.dumps(notice.get("details", "")).replace("session_times", "")


def test_a_notice_that_lacks_what_the_law_asks_is_not_recorded_as_sent_in_a_script(
    planned: Program,
) -> None:
    asked = ("make", "notice", "PL-0001", *TIMES[:-4], "--days", "40", "--sent", "today")
    refused = planned(*asked, on="2025-12-10")
    assert refused.code == 2 and not refused.out
    assert "--sent: 1 thing is missing in the notice of off-site direction: the day" in refused.err
    assert recorded(planned) == {} and not list(planned.folder.glob("notice-*"))
    planned.ok(*asked, "--ends-at", "2:45pm", on="2025-12-10")
    assert "notice" in recorded(planned, "2025-12-10")


def test_a_notice_that_nobody_gives_says_so_and_is_not_recorded_as_sent(planned: Program) -> None:
    planned.ok("placement", "edit", "PL-0001", "--not-known", "commissioner")
    [row] = [each for each in planned.json("make", "PL-0001") if each["document"] == "notice"]
    assert row["lacks"][0] == {
        "key": "placement_commissioner",
        "field": "Arranged by",
        "command": "ap placement edit PL-0001 --commissioner …",
    }
    planned.ok("make", "notice", "PL-0001", *TIMES, "--out", "a.html")
    text = read_html(written(planned, "a.html")).text
    assert "The school that arranges it (not recorded yet) requires your child" in text
    refused = planned("make", "notice", "PL-0001", "--sent", "today")
    assert refused.code == 2 and "off-site direction: arranged by. Record what" in refused.err
    planned.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    planned.ok("make", "notice", "PL-0001", "--sent", "today")


def test_each_paper_of_a_placement_that_nobody_arranges_says_so(planned: Program) -> None:
    planned.ok("placement", "edit", "PL-0001", "--not-known", "commissioner")
    lacks = {
        row["document"]: row["lacks"][0]["field"]
        for row in planned.json("make", "PL-0001")
        if row["document"] in ("sheet", "notice", "agreement")
    }
    assert lacks == dict.fromkeys(("sheet", "notice", "agreement"), "Arranged by")
    [row] = planned.json("export", "census", "--from", "2026-01-01", "--to", "2026-07-31")
    assert "who arranges it" in json.dumps(row)
    shown = planned.ok("placement", "show", "PL-0001").out
    assert "  commissioner: not known yet  → ap placement edit PL-0001 --commissioner …" in shown
    matters = {each["what"]: each for each in planned.json("status")}
    assert matters["no commissioner"]["message"] == "1 placement without a commissioner: PL-0001"
    planned.ok("placement", "edit", "PL-0001", "--commissioner", "C-0001")
    assert "no commissioner" not in {each["what"] for each in planned.json("status")}
    assert "commissioner: C-0001" in planned.ok("placement", "show", "PL-0001").out


def test_answers_are_kept_and_asked_once(planned: Program) -> None:
    first = planned.json("make", "notice", "PL-0001", *TIMES[:4])
    assert [lack["field"] for lack in first[0]["lacks"]][:1] != ["Report on the first day to"]
    planned.ok("make", "notice", "PL-0001", *TIMES[4:], "--out", "a.html")
    text = read_html(written(planned, "a.html")).text
    assert "C. Sample" in text and "9:15am" in text and "2:45pm" in text and "12:45pm" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--ends-at", "2:45"), "add am or pm"),
        (
            ("--ends-at", "9am", "--starts-at", "9:15"),
            "--ends-at: 9am is not after 9:15am, when the day starts",
        ),
        (("--break-to", "1pm"), "--break-to: a break that ends has a start as well"),
        (("--break-from", "none", "--break-to", "1pm"), "there is no break to end: leave it out"),
        (("--break-from", "lunch"), "or none if there is no break"),
        (("--at", "2pm"), "--at: only for review-invitation"),
        (("--days", "x"), "--days"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    planned: Program, options: tuple[str, ...], said: str
) -> None:
    refused = planned("make", "notice", "PL-0001", *options)
    assert refused.code == 2 and said in refused.err, refused
    assert recorded(planned) == {}


def test_a_day_before_it_was_made_is_refused_with_what_records_it(planned: Program) -> None:
    planned.ok("make", "notice", "PL-0001", "--out", "a.html", on="2026-01-06")
    before = recorded(planned)
    asked = ("make", "notice", "PL-0001", *TIMES, "--out", "b.html")
    refused = planned(*asked, "--sent", "2026-01-05")
    assert refused.code == 2 and "ap record notice PL-0001 --day 2026-01-05" in refused.err
    assert recorded(planned) == before and not (planned.folder / "b.html").exists()
    planned.ok(*asked, "--sent", "2026-01-06", "--yes")
    assert recorded(planned)["notice"]["day"] == "2026-01-06"
    form = planned("make", "report-form", "PL-0001", "--sent", "2026-01-05")
    assert form.code == 2 and "ap record document PL-0001 --document report-form" in form.err


def test_an_earlier_version_that_was_sent_says_no_more_than_it_had(planned: Program) -> None:
    planned.ok("make", "notice", "PL-0001", "--out", "a.html", on="2026-01-05")
    asked = ("make", "notice", "PL-0001", *TIMES, "--sent", "2026-01-05")
    refused = planned(*asked)
    assert (
        refused.code == 2
        and "missing in the notice of off-site direction: number of school days, report"
        in refused.err
    )
    [row] = planned.json(*asked, "--yes")
    assert (row["version"], row["sent_version"]) == (2, 1)
    details = entry_of(planned, row["recorded"], "notice")
    assert details["day"] == "2026-01-05"
    assert not details.get("days") and not details.get("session_times")
    assert details["address"] and details["reasons"]
    made = entry_of(planned, row["recorded"][:1], "document")
    assert made["version"] == 2 and not made.get("sent")
    noted = entry_of(planned, row["recorded"][1:], "document")
    assert noted["version"] == 1 and noted["sent"] == "2026-01-05"
    planned.ok("undo")
    assert set(recorded(planned)) == {"document"}


def test_a_document_as_it_was_made_by_then_says_all_that_it_has(planned: Program) -> None:
    planned.ok("make", "notice", "PL-0001", *TIMES, on="2026-01-05")
    [row] = planned.json("make", "notice", "PL-0001", "--sent", "2026-01-05")
    assert row["version"] == row["sent_version"] == 1
    details = entry_of(planned, row["recorded"], "notice")
    assert details["days"] and details["session_times"]


def entry_of(ap: Program, refs: list[str], kind: str) -> dict[str, Any]:
    """The first of these entries that is of a kind."""
    with connect(ap.store) as store:
        rows = store.execute("SELECT id, kind, day, details FROM entry ORDER BY id").fetchall()
    for id, its_kind, day, details in rows:
        if f"E-{id:04d}" in refs and its_kind == kind:
            return {"day": str(day), **json.loads(details)}
    raise AssertionError(kind)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "nowhere/a.pdf"), "cannot be written"),
        (("--templates", "nowhere"), "there is no notice.typ in that folder"),
        (("--at", "2pm"), "--at: only for review-invitation"),
        (("--sent", "2026-03-03"), "is still to come"),
        (("--templates", "mine", "--format", "html"), "The template notice.html cannot be used"),
    ],
)
def test_a_refused_notice_keeps_no_answer_that_was_given_for_it(
    planned: Program, options: tuple[str, ...], said: str
) -> None:
    templates(planned, "notice.html", "{{ pupil_nme }}")
    refused = planned("make", "notice", "PL-0001", *TIMES, *options)
    assert refused.code == 2 and said in refused.err, refused
    assert recorded(planned) == {}
    planned.ok("make", "notice", "PL-0001", *TIMES)
    assert set(recorded(planned)) == {"times", "document"}


def test_an_invitation_to_a_day_that_nobody_knows_keeps_neither_time_nor_place(
    placed: Program,
) -> None:
    placed.ok("placement", "edit", "PL-0001", "--ends", "2026-03-27")
    day = "2026-03-20"
    asked = ("make", "review-invitation", "PL-0001", "--at", "2pm", "--where", "the office")
    refused = placed(*asked, "--review-on", day, "--sent", "2026-02-31")
    assert refused.code == 2 and recorded(placed) == {}
    placed.ok(*asked, "--review-on", day, "--sent", "today")
    assert set(recorded(placed)) == {"meeting", "document", "invitation"}


def test_one_undo_takes_a_notice_back_with_the_answers_given_for_it(planned: Program) -> None:
    [row] = planned.json("make", "notice", "PL-0001", *TIMES, "--sent", "today", on="2025-12-10")
    kinds = {kind: each["ref"] for kind, each in recorded(planned).items()}
    assert row["recorded"] == [kinds["document"], kinds["notice"], kinds["times"]]
    planned.ok("undo")
    assert recorded(planned) == {}


def test_invitation_and_outcome_do_their_task_when_sent(planned: Program) -> None:
    planned.ok("placement", "edit", "PL-0001", "--review-date", "2026-03-13")
    assert "invitations" in open_tasks(planned)
    planned.ok(
        *("make", "review-invitation", "PL-0001", "--review-on", "2026-03-13"),
        *("--at", "2pm", "--where", "the office", "--sent", "today"),
    )
    assert "invitations" not in open_tasks(planned)
    day = "2026-03-13"
    planned.ok("record", "review", "PL-0001", *COMPLETE, on=day)
    assert "invitations" in keys_on(planned, day)
    reasons = ("--reasons", "two of three objectives are met")
    planned.ok("make", "review-outcome", "PL-0001", *reasons, "--sent", "today", on=day)
    assert "invitations" not in keys_on(planned, day)
    assert recorded(planned, day)["outcome"]["day"] == day


def test_reasons_given_with_an_outcome_are_kept_for_its_review(planned: Program) -> None:
    day = "2026-03-13"
    planned.ok("record", "review", "PL-0001", *COMPLETE, "--note", "seen by two", on=day)
    asked = ("make", "review-outcome", "PL-0001", "--out", "o.html")
    planned.ok(*asked, "--reasons", "two of three objectives are met", on="2026-03-16")
    text = read_html(written(planned, "o.html")).text
    assert "two of three objectives are met" in text and "seen by two" not in text
    kept = recorded(planned, "2026-03-16")["reasons"]
    assert kept["reviewed_on"] == day and kept["reasons"] == "two of three objectives are met"
    refused = planned("make", "notice", "PL-0001", "--reasons", "two are met")
    assert refused.code == 2 and "only for review-outcome" in refused.err


def test_a_time_given_alone_is_of_the_review_that_is_coming(planned: Program) -> None:
    planned.ok("placement", "edit", "PL-0001", "--review-date", "2026-03-13")
    planned.ok("make", "review-invitation", "PL-0001", "--at", "2pm", "--out", "a.html")
    text = read_html(written(planned, "a.html")).text
    assert "Friday 13 March 2026" in text and "2pm" in text


def test_the_day_six_notice_does_its_task(planned: Program) -> None:
    on = "2026-01-05"
    planned.ok(
        "record", "exclusion", "P-0001", "--suspension", "--day", on, "--until", "2026-01-16"
    )
    planned.ok("placement", "edit", "PL-0001", "--route", "suspension")
    assert "education-notice" in keys_on(planned, on)
    planned.ok("make", "day-six-notice", "PL-0001", *TIMES, "--sent", on, on=on)
    assert "education-notice" not in keys_on(planned, on)


def test_a_document_that_does_not_apply_says_why(planned: Program) -> None:
    refused = planned("make", "day-six-notice", "PL-0001")
    assert refused.code == 2
    assert "does not apply to PL-0001, because the placement is not for an exclusion" in refused.err
    rows = {row["document"]: row for row in planned.json("make", "PL-0001")}
    assert rows["day-six-notice"]["why_not"] and rows["day-six-notice"]["command"] is None


def test_hostile_text_stays_text_in_every_document_and_moves_no_terminal(planned: Program) -> None:
    hostile = "=1+1 <b>{{ 7*7 }}</b> #panic() \x1b[2J\u202e ../x"
    with connect(planned.store) as store:
        for table, column in (("pupil", "name"), ("provider", "name"), ("placement", "objectives")):
            store.execute(f"UPDATE {table} SET {column} = ?", (hostile,))
    planned.ok("make", "notice", "PL-0001", *TIMES)
    for name in ("sheet", "notice", "agreement", "report-form"):
        for format in FORMATS:
            made = planned.ok("make", name, "PL-0001", "--format", format, "--out", f"a.{format}")
            assert "\x1b" not in made.out + made.err and "panic" not in made.err
            text = read_text(written(planned, f"a.{format}"), format)
            assert "=1+1 <b>{{ 7*7 }}</b> #panic()" in text and "49" not in text


def test_a_store_and_a_folder_are_never_written_over(planned: Program) -> None:
    before = planned.store.read_bytes()
    refused = planned("make", "sheet", "PL-0001", "--format", "pdf", "--out", "ap.db")
    assert refused.code == 2 and planned.store.read_bytes() == before


def test_a_name_in_letters_that_no_font_has_is_said_and_never_shown(planned: Program) -> None:
    planned.ok("pupil", "edit", "P-0001", "--name", "\U00013000")
    made = planned.ok("make", "notice", "PL-0001", "--out", "n.pdf")
    (said,) = [line for line in made.err.splitlines() if "No font here" in line]
    assert "Pupil" in said and "\U00013000" not in made.err
    page = planned.ok("make", "notice", "PL-0001", "--out", "n.html")
    assert "No font here" not in page.err
    listed = planned.ok("report", "inspection", "--out", "list.pdf")
    assert "No font here" in listed.err and "Child" in listed.err


def test_a_format_of_tables_is_refused_with_the_command_that_has_it(placed: Program) -> None:
    for args in (("--format", "csv"), ("--out", "sheet.csv")):
        refused = placed("make", "sheet", "PL-0001", *args)
        assert refused.code == 2 and "ap placement sheet PL-0001 --csv" in refused.err
    refused = placed("make", "agreement", "PL-0001", "--format", "xlsx")
    assert refused.code == 2 and "ap export placements --format xlsx" in refused.err
    assert not list(placed.folder.glob("*.csv"))


def test_the_result_as_csv_says_where_the_sheet_itself_is_as_csv(placed: Program) -> None:
    made = placed.ok("make", "sheet", "PL-0001", "--csv")
    assert "its lines as a table: ap placement sheet PL-0001 --csv" in made.err
