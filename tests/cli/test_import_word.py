"""`ap import` of a placement sheet that came back as a Word document."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ap_cli.exchange.columns import is_heading

from ..conftest import Program

FULL = {
    "Name": "Test Pupil", "DOB": "27/06/2011", "UPN": "V855123424000", "School": "Elm Academy",
    "LAC": "N", "EHCP": "01/09/2025", "Provider": "Hollow Oak Farm", "Kind of provider": "non-school",
    "provider.address": "1 Oak Lane, Testham LE1 1AA", "Registered": "N",
    "Route": "school-arranged", "Reason": "behaviour", "Hours": "12.5", "Days": "Mon/Tue",
    "Start": "05/01/2026", "End": "10/07/2026", "Success criteria": "attends daily",
    "Exit strategy": "back by Easter", "Review": "12/02/2026", "Completed by": "A. Tester",
    "Their contact details": "0116 496 0000",
}  # fmt: skip
NEEDED = ("Name", "DOB", "Provider", "Kind of provider", "Route", "Hours", "Start")


def sheet(ap: Program, **answers: str) -> Path:
    """The placement sheet of the only placement as a document."""
    lines = (",".join(answers), ",".join(f'"{answer}"' for answer in answers.values()))
    (ap.folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    ap.ok("import", "a.csv")
    ap.ok("make", "sheet", "PL-0001", "--format", "docx", "--out", "sheet.docx")
    return ap.folder / "sheet.docx"


def fill_in(file: Path, answers: dict[str, str]) -> None:
    """Write answers beside their labels, as a council does."""
    document = docx.Document(str(file))
    for table in document.tables:
        for row in table.rows:
            if row.cells[0].text in answers:
                row.cells[1].text = answers[row.cells[0].text]
    document.save(str(file))


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    """Change the XML of a document."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    before = parts["word/document.xml"].decode()
    parts["word/document.xml"] = change(before).encode()
    assert before.encode() != parts["word/document.xml"]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


@pytest.mark.parametrize("columns", [tuple(FULL), NEEDED])
def test_a_sheet_comes_back_as_the_same_filled_and_with_its_gaps(
    ap: Program, columns: tuple[str, ...]
) -> None:
    sheet(ap, **{name: FULL[name] for name in columns})
    before = [ap.json(noun, "list") for noun in ("pupil", "provider", "placement")]
    for _ in range(2):
        assert "1 same" in ap.ok("import", "sheet.docx").out
    assert [ap.json(noun, "list") for noun in ("pupil", "provider", "placement")] == before


def test_each_label_of_the_sheet_is_known(ap: Program) -> None:
    document = docx.Document(str(sheet(ap, **FULL)))
    labels = [row.cells[0].text for table in document.tables for row in table.rows][1:]
    assert [label for label in labels if not is_heading(label)] == ["Year group"]


def test_what_somebody_filled_in_is_a_change(ap: Program) -> None:
    file = sheet(ap, **{name: FULL[name] for name in NEEDED})
    fill_in(file, {"UPN": "V855123424000", "Looked after": "No", "Proposed end": "10/07/2026",
                   "Days at the provider": "Mon, Tue", "School name": "Elm Academy",
                   "Legal route": "Off-site direction"})  # fmt: skip
    changed = ap.json("import", "sheet.docx")[0]["changed"]
    assert set(changed) == {"pupil.upn", "pupil.looked_after", "pupil.home_school",
                            "placement.ends", "placement.at_provider", "placement.route"}  # fmt: skip
    assert "1 same" in ap.ok("import", "sheet.docx").out


def test_what_a_tracked_change_adds_is_read_and_what_it_takes_away_is_not(ap: Program) -> None:
    file = sheet(ap, **FULL)
    rewrite(file, lambda text: text.replace("back by Easter</w:t></w:r>", (
        "back by </w:t></w:r><w:del><w:r><w:delText>Easter</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>May half term</w:t></w:r></w:ins>")))  # fmt: skip
    ap.ok("import", "sheet.docx")
    shown = ap.json("placement", "show", "PL-0001")[0]
    assert shown["exit_strategy"] == "back by May half term"


def test_an_answer_that_is_struck_through_is_wrong(ap: Program) -> None:
    file = sheet(ap, **FULL)
    document = docx.Document(str(file))
    for row in (row for table in document.tables for row in table.rows):
        if row.cells[0].text == "Proposed end":
            for paragraph in row.cells[1].paragraphs:
                for run in paragraph.runs:
                    run.font.strike = True
    document.save(str(file))
    refused = ap("import", "sheet.docx")
    assert refused.code == 2 and "last day: it is struck through" in refused.out


@pytest.mark.parametrize(("columns", "where"), [({"place": "home"}, "home"), ({}, "address")])
def test_words_that_stand_for_an_address_are_none(
    ap: Program, columns: dict[str, str], where: str
) -> None:
    file = sheet(ap, **FULL, **columns)
    text = "\n".join(cell.text for table in docx.Document(str(file)).tables
                     for row in table.rows for cell in row.cells)  # fmt: skip
    assert ("At the pupil's home" in text) is (where == "home")
    assert "1 same" in ap.ok("import", "sheet.docx").out


def test_a_document_without_a_table_or_with_a_declaration_is_refused_in_a_sentence(
    ap: Program,
) -> None:
    document = docx.Document()
    document.add_paragraph("Dear all")
    document.save(str(ap.folder / "letter.docx"))
    refused = ap("import", "letter.docx")
    assert refused.code == 2 and "has no table with anything in it" in refused.err
    file = sheet(ap, **FULL)
    rewrite(file, lambda text: text.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1))
    refused = ap("import", "sheet.docx")
    assert refused.code == 2 and refused.err.count("\n") == 1
