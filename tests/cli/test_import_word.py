"""`ap import` of a placement sheet that came back as a Word document."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ap_cli.domain.provider import ProviderKind
from ap_cli.exchange.columns import is_heading
from ap_cli.store.queries.chain import unguard

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


def change(ap: Program, *args: str) -> None:
    """Correct the placement after the sheet was made."""
    ap.ok("placement", "edit", "PL-0001", *args)


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


def test_the_sheet_of_another_commissioner_comes_in_once_that_line_is_left_out(ap: Program) -> None:
    sheet(ap, **FULL)
    other = Program(ap.folder / "council", on=ap.on)
    other.folder.mkdir()
    other.ok("init", "--commissioner", "Exampleshire Council", "--kind", "local-authority")
    fill_in(ap.folder / "sheet.docx", {"Arranged by": "Another Academy"})
    file = str(ap.folder / "sheet.docx")
    refused = other("import", file)
    assert refused.code == 2 and 'leave the column out with --map "Arranged by=-"' in refused.err
    taken = other.ok("import", file, "--map", "Arranged by=-")
    assert "1 placement new: imported" in taken.out and "(Arranged by)" in taken.err
    assert other.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0001"


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


def test_another_first_day_on_a_returned_sheet_is_a_change_of_its_placement(ap: Program) -> None:
    file = sheet(ap, **FULL)
    fill_in(file, {"Proposed start": "06/01/2026"})
    row = ap.json("import", "sheet.docx")[0]
    assert row["refs"] == ["P-0001", "PR-0001", "PL-0001"]
    assert (row["changed"], row["noted"]) == (["placement.starts"], [])


def test_another_birth_date_on_a_returned_sheet_corrects_its_pupil(ap: Program) -> None:
    file = sheet(ap, **{name: FULL[name] for name in NEEDED})
    fill_in(file, {"Pupil date of birth": "28/06/2011"})
    assert ap.json("import", "sheet.docx")[0]["changed"] == ["pupil.born"]


def test_a_returned_sheet_misses_no_other_placement(ap: Program) -> None:
    file = sheet(ap, **FULL)
    other = FULL | {"Name": "Test Pupil Two", "DOB": "01/02/2011", "UPN": ""}
    (ap.folder / "b.csv").write_text(
        ",".join(other) + "\n" + ",".join(f'"{each}"' for each in other.values())
    )
    ap.ok("import", "b.csv")
    assert "not in this file" not in ap.ok("import", str(file)).out


def test_a_sheet_that_is_older_than_a_correction_does_not_undo_it(ap: Program) -> None:
    sheet(ap, **FULL)
    change(ap, "--ends", "2026-06-30", "--exit-strategy", "back by June")
    ap.ok("provider", "edit", "PR-0001", "--name", "Hollow Oak")
    ap.ok("pupil", "edit", "P-0001", "--looked-after", "since 2026-02-01")
    before = [ap.json(noun, "list") for noun in ("pupil", "provider", "placement")]
    row = ap.json("import", "sheet.docx")[0]
    assert (row["outcome"], row["changed"]) == ("same", [])
    assert row["noted"] == [
        "P-0001 keeps what was changed since this sheet was made: looked after",
        "PR-0001 keeps what was changed since this sheet was made: name",
        "PL-0001 keeps what was changed since this sheet was made: ends and exit strategy",
    ]
    assert [ap.json(noun, "list") for noun in ("pupil", "provider", "placement")] == before


def test_what_both_have_changed_is_said_and_the_rest_is_taken(ap: Program) -> None:
    file = sheet(ap, **FULL)
    change(ap, "--ends", "2026-06-30")
    fill_in(file, {"Proposed end": "03/07/2026", "Exit strategy": "back by June"})
    row = ap.json("import", "sheet.docx")[0]
    assert row["changed"] == ["placement.exit_strategy"]
    since = (
        "PL-0001 keeps what was changed since this sheet was made, where the sheet has something"
    )
    assert row["noted"][0].startswith(f"{since} else: ends; if the sheet is right, correct it with")
    assert "ap placement edit PL-0001" in row["noted"][0]
    assert ap.json("placement", "show", "PL-0001")[0]["ends"] == "2026-06-30"


def test_a_sheet_that_says_what_the_record_was_corrected_to_is_the_same(ap: Program) -> None:
    file = sheet(ap, **FULL)
    change(ap, "--ends", "2026-06-30")
    fill_in(file, {"Proposed end": "30/06/2026"})
    row = ap.json("import", "sheet.docx")[0]
    assert (row["outcome"], row["noted"]) == ("same", [])


def test_a_sheet_made_after_the_correction_changes_it(ap: Program) -> None:
    sheet(ap, **FULL)
    change(ap, "--ends", "2026-06-30")
    ap.ok("make", "sheet", "PL-0001", "--out", "second.docx")
    fill_in(ap.folder / "second.docx", {"Proposed end": "10/07/2026"})
    row = ap.json("import", "second.docx")[0]
    assert (row["changed"], row["noted"]) == (["placement.ends"], [])


def test_a_sheet_whose_version_was_taken_back_undoes_nothing_and_fills_gaps(ap: Program) -> None:
    file = sheet(ap, **{name: value for name, value in FULL.items() if name != "Exit strategy"})
    ap.ok("undo", "--yes")
    change(ap, "--ends", "2026-06-30")
    ap.ok("provider", "edit", "PR-0001", "--registered", "since 2026-02-01")
    fill_in(file, {"Exit strategy": "back by Easter"})
    row = ap.json("import", "sheet.docx")[0]
    assert row["changed"] == ["placement.exit_strategy"]
    assert row["noted"] == [
        "PR-0001 keeps what it has, where this sheet has something else: registered; if the sheet is"
        " right, correct it with ap provider edit PR-0001",
        "PL-0001 keeps what it has, where this sheet has something else: ends; if the sheet is"
        " right, correct it with ap placement edit PL-0001",
        "ap has no version 1 of this sheet on record, and cannot tell what was changed since: where"
        " the sheet differs, ap keeps what it has",
    ]
    assert ap.json("placement", "show", "PL-0001")[0]["ends"] == "2026-06-30"


def test_a_sheet_whose_later_changes_were_erased_from_the_log_undoes_nothing(ap: Program) -> None:
    sheet(ap, **FULL)
    change(ap, "--ends", "2026-06-30")
    with sqlite3.connect(ap.store) as store:
        unguard(store)
        store.execute(
            "UPDATE audit SET old = '{}', new = '{}' WHERE id = (SELECT max(id) FROM audit)"
        )
    row = ap.json("import", "sheet.docx")[0]
    assert row["changed"] == []
    assert row["noted"][0].startswith("PL-0001 keeps what it has, where this sheet has")
    assert row["noted"][1].startswith(
        "ap cannot tell from its log what was changed since version 1"
    )


def test_a_sheet_of_an_unknown_version_that_names_another_child_is_refused(ap: Program) -> None:
    file = sheet(ap, **{name: FULL[name] for name in NEEDED})
    ap.ok("undo", "--yes")
    fill_in(file, {"Pupil name": "Other Child", "Pupil date of birth": "01/02/2012",
                   "UPN": "V855123424000"})  # fmt: skip
    refused = ap("import", "sheet.docx")
    assert (
        refused.code == 2
        and "this sheet was made for P-0001 and names another child" in refused.out
    )
    assert not ap.json("pupil", "show", "P-0001")[0].get("upn")


def test_a_sheet_that_names_another_child_says_that_it_needs_a_sheet_of_its_own(
    ap: Program,
) -> None:
    file = sheet(ap, **FULL)
    fill_in(file, {"Pupil name": "Other Child", "Pupil date of birth": "01/02/2012", "UPN": ""})
    refused = ap("import", "sheet.docx")
    assert refused.code == 2 and "check the reference" not in refused.out
    assert (
        "this sheet was made for P-0001 and names another child: make a new sheet for that child"
        " with ap make sheet PL-…"
    ) in refused.out


def test_a_sheet_that_names_two_providers_of_one_name_asks_for_no_reference(ap: Program) -> None:
    file = sheet(ap, **FULL)
    for _ in range(2):
        ap.ok("provider", "add", "Elm Works", "--kind", "non-school", "--another")
    fill_in(file, {"Alternative provision": "Elm Works"})
    refused = ap("import", "sheet.docx")
    assert refused.code == 2 and "end PL-0001 and plan one at the other" in refused.out
    assert "write the reference" not in refused.out


def test_an_answer_that_was_emptied_on_a_sheet_is_kept_and_named(ap: Program) -> None:
    file = sheet(ap, **FULL)
    fill_in(file, {"Proposed end": "", "Exit strategy": "TBC", "UPN": "Not recorded yet"})
    row = ap.json("import", "sheet.docx")[0]
    assert row["outcome"] == "same"
    assert row["noted"] == [
        "emptied here, and kept in PL-0001: ends and exit strategy; to take an answer away, type - at"
        " its question in ap placement edit PL-0001"
    ]


def test_a_gap_that_is_still_one_was_not_emptied(ap: Program) -> None:
    file = sheet(ap, **{name: FULL[name] for name in NEEDED})
    fill_in(file, {"Proposed end": "", "UPN": "-"})
    assert ap.json("import", "sheet.docx")[0]["noted"] == []


def test_a_sheet_brings_the_kind_of_a_provider_into_the_store_of_a_council(ap: Program) -> None:
    sheet(ap, **FULL)
    council = ("--db", str(ap.folder / "council.db"))
    row = ap.json(*council, "import", "sheet.docx")[0]
    assert (row["outcome"], row["refs"]) == ("new", ["P-0001", "PR-0001", "PL-0001"])
    assert ap.json(*council, "provider", "show", "PR-0001")[0]["kind"] == "non-school"


@pytest.mark.parametrize("kind", [str(kind) for kind in ProviderKind])
def test_each_kind_of_provider_comes_back_as_the_sheet_shows_it(ap: Program, kind: str) -> None:
    sheet(ap, **FULL)
    ap.ok("provider", "edit", "PR-0001", "--kind", kind)
    ap.ok("make", "sheet", "PL-0001", "--out", "kind.docx")
    council = ("--db", str(ap.folder / "council.db"))
    ap.json(*council, "import", "kind.docx")
    assert ap.json(*council, "provider", "show", "PR-0001")[0]["kind"] == kind


def test_numbered_points_come_back_as_the_same_though_each_has_its_line(ap: Program) -> None:
    file = sheet(ap, **FULL | {"Success criteria": "1. attends daily; on time 2. asks for help"})
    [value] = [
        row.cells[1].text
        for table in docx.Document(str(file)).tables
        for row in table.rows
        if row.cells[0].text == "Learning outcomes, success"
    ]
    assert value == "1. attends daily; on time\n2. asks for help"
    assert "1 same" in ap.ok("import", "sheet.docx").out


def test_a_sheet_of_another_store_is_taken_by_its_words_and_not_by_its_number(ap: Program) -> None:
    council = ("--db", str(ap.folder / "council.db"))
    (ap.folder / "c.csv").write_text(
        "Name,DOB,Provider,Kind,Route,Hours,Start\nTest Pupil Two,01/02/2011,Elm Barn,non-school,"
        "school-arranged,10,05/01/2026\n"
    )
    ap.ok(*council, "import", "c.csv")
    sheet(ap, **FULL)
    assert ap.json(*council, "import", "sheet.docx")[0]["refs"] == ["P-0002", "PR-0002", "PL-0002"]


def test_another_provider_on_a_returned_sheet_is_no_move(ap: Program) -> None:
    file = sheet(ap, **FULL)
    fill_in(file, {"Alternative provision": "Brand New Barn"})
    refused = ap("import", "sheet.docx")
    assert refused.code == 2 and "end PL-0001 and plan one at the other" in refused.out


def test_a_mark_that_is_none_is_only_a_keyword(ap: Program) -> None:
    file = sheet(ap, **FULL)
    document = docx.Document(str(file))
    for keywords in ("", "ap sheet PL-0001", "ap sheet PL-9999 v1 " + "0" * 32, "trees, farm"):
        document.core_properties.keywords = keywords
        document.save(str(file))
        assert "1 same" in ap.ok("import", "sheet.docx").out


def write_row(ap: Program, answers: dict[str, str]) -> None:
    """Write the only row of a spreadsheet."""
    lines = (",".join(answers), ",".join(f'"{answer}"' for answer in answers.values()))
    (ap.folder / "b.csv").write_text("\n".join(lines), encoding="utf-8")


def joined(ap: Program) -> Path:
    """A sheet of a placement, and beside its child and provider another child at a second one."""
    file = sheet(ap, **FULL)
    other = {"Name": "Other Child", "DOB": "01/02/2011", "UPN": "", "Provider": "Elm Barn",
             "provider.address": "2 Elm Lane, Testham"}  # fmt: skip
    write_row(ap, FULL | other)
    ap.ok("import", "b.csv")
    return file


def test_a_provider_that_took_in_another_with_its_sites_hides_no_correction(ap: Program) -> None:
    joined(ap)
    ap.ok("provider", "merge", "PR-0002", "--into", "PR-0001", "--yes")
    change(ap, "--hours", "15")
    row = ap.json("import", "sheet.docx")[0]
    assert row["changed"] == []
    assert "PL-0001 keeps what was changed since this sheet was made: hours a week" in row["noted"]
    assert not [told for told in row["noted"] if "version" in told]
    assert ap.json("placement", "show", "PL-0001")[0]["weekly_minutes"] == 900


def test_a_child_who_was_joined_into_another_and_parted_again_hides_no_correction(
    ap: Program,
) -> None:
    joined(ap)
    second = FULL | {"Provider": "Elm Barn", "provider.address": "", "Days": "Fri", "Hours": "5"}
    write_row(ap, second | {"Placement ref": "new"})
    ap.ok("import", "b.csv")
    ap.ok("pupil", "merge", "P-0001", "--into", "P-0002", "--yes")
    ap.ok("undo", "--yes")
    change(ap, "--hours", "15")
    row = ap.json("import", "sheet.docx")[0]
    assert row["changed"] == []
    assert row["noted"] == [
        "PL-0001 keeps what was changed since this sheet was made: hours a week"
    ]


def test_a_sheet_of_what_was_joined_into_others_undoes_neither(ap: Program) -> None:
    file = joined(ap)
    ap.ok("pupil", "merge", "P-0001", "--into", "P-0002", "--yes")
    ap.ok("provider", "merge", "PR-0001", "--into", "PR-0002", "--yes")
    before = [ap.json(noun, "list") for noun in ("pupil", "provider")]
    fill_in(file, {"Exit strategy": "back by June"})
    row = ap.json("import", "sheet.docx")[0]
    assert row["changed"] == ["placement.exit_strategy"]
    assert "P-0002 keeps what was changed since this sheet was made: name and born" in row["noted"]
    assert any(told.startswith("PR-0002 keeps what was changed") for told in row["noted"])
    assert [ap.json(noun, "list") for noun in ("pupil", "provider")] == before
