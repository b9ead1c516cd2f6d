"""Tables that people hand over, opened by what is in the file."""

from __future__ import annotations

import io
from csv import writer
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ap_cli.errors import ApError
from ap_cli.exchange.tables import (
    Cell,
    Row,
    Sheet,
    find_header,
    name_columns,
    open_tables,
    refuse_same_names,
    spell_column,
)

from .books import ods, ods_of, ods_text, raw_xlsx, xlsx, xlsx_of, zipped


def only_sheet(file: Path) -> Sheet:
    (sheet,) = open_tables(file).sheets
    return sheet


def cells(file: Path) -> list[tuple[Cell, ...]]:
    return [row.cells for row in only_sheet(file).rows()]


def csv(tmp_path: Path, content: str | bytes) -> Path:
    file = tmp_path / "table.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def refusal(file: Path) -> str:
    """The sentence with which a file is refused, when it is opened or when it is read."""
    with pytest.raises(ApError) as refused:
        for sheet in open_tables(file).sheets:
            list(sheet.rows())
    sentence = str(refused.value)
    assert sentence and "\n" not in sentence and "Traceback" not in sentence
    return sentence


# CSV


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_are_parted_by_a_comma_a_semicolon_or_a_tab(tmp_path: Path, separator: str) -> None:
    lines = [
        ("Name", "Starts", "Note"),
        ("Test Pupil", "05/01/2026", "a"),
        ("Bea", "06/01/2026", "b"),
    ]
    file = csv(tmp_path, "\n".join(map(separator.join, lines)))
    assert cells(file) == lines


def test_titles_above_do_not_change_what_parts_the_cells(tmp_path: Path) -> None:
    file = csv(
        tmp_path, "Pupils, placed, and others\n\nName;UPN;Start\nTest Pupil;B801200005001;x\n"
    )
    assert cells(file)[1:] == [("Name", "UPN", "Start"), ("Test Pupil", "B801200005001", "x")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Name (surname, forename);DOB", "Pupil, Test;27/06/2011"),
        ("Pupils, placed", "Name (surname, forename);DOB", "Pupil, Test;27/06/2011"),
        ("Name (surname, forename);DOB", *["Pupil, Test;27/06/2011"] * 40),
    ],
)
def test_the_separator_with_which_the_headings_are_known_parts_the_cells(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    found = cells(csv(tmp_path, "\n".join(lines)))
    assert found[-1] == ("Pupil, Test", "27/06/2011")
    turned = [line.translate(str.maketrans(",;", ";,")) for line in lines]
    assert cells(csv(tmp_path, "\n".join(turned)))[-1] == ("Pupil; Test", "27/06/2011")


def test_headings_that_are_not_known_leave_it_to_what_most_rows_have(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, "X; y,Zed\na,b\nc,d\n")) == [("X; y", "Zed"), ("a", "b"), ("c", "d")]


def written_csv(lines: list[tuple[str, ...]], separator: str) -> str:
    out = io.StringIO()
    writer(out, delimiter=separator).writerows(lines)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("times", [1, 3, 500, 1500])
@pytest.mark.parametrize("lines", [1, 2, 40])
def test_what_a_long_text_in_quotes_holds_parts_no_cells(
    tmp_path: Path, separator: str, times: int, lines: int
) -> None:
    text = 'write its name, or "its"; reference;\twhich;\tis, or was\r\nnot; known, ' * times
    table = [("Name", "Starts", "Why"), *(("Test Pupil", "a", text.strip()),) * lines]
    assert cells(csv(tmp_path, written_csv(table, separator))) == table


def test_a_single_row_of_names_is_parted_though_a_text_below_is_longer_than_what_is_looked_at(
    tmp_path: Path,
) -> None:
    table = [("Name", "Why"), ("Test Pupil", "one; two; three\n" * 2000 + "x")]
    assert cells(csv(tmp_path, written_csv(table, ","))) == table


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_semicolons_in_open_text_part_no_cells_of_a_comma_file(tmp_path: Path, lines: int) -> None:
    table = [("Name", "Reasons"), *(("Test Pupil", "a; b; c; d"),) * lines]
    assert cells(csv(tmp_path, written_csv(table, ","))) == table


def test_a_line_that_names_the_separator_is_no_row_and_is_obeyed(tmp_path: Path) -> None:
    file = csv(tmp_path, "sep=;\nName;Note\nTest Pupil;a,b\n")
    assert list(only_sheet(file).rows()) == [
        Row(2, ("Name", "Note")),
        Row(3, ("Test Pupil", "a,b")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_right_in_each_encoding_that_a_spreadsheet_saves(
    tmp_path: Path, encoding: str
) -> None:
    file = csv(tmp_path, "Name,Note\nZoë Sample,café £5\n".encode(encoding))
    assert cells(file) == [("Name", "Note"), ("Zoë Sample", "café £5")]


def test_a_quoted_cell_holds_line_ends_and_rows_are_numbered_as_a_spreadsheet_does(
    tmp_path: Path,
) -> None:
    file = csv(tmp_path, 'Name,Note\r\nTest Pupil,"one\r\ntwo"\r\n\r\nBea, x \r\n')
    assert list(only_sheet(file).rows()) == [
        Row(1, ("Name", "Note")),
        Row(2, ("Test Pupil", "one\r\ntwo")),
        Row(4, ("Bea", "x")),
    ]


def test_a_row_of_separators_alone_is_blank(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, "Name,Note\n,,\n , \nBea,x\n")) == [("Name", "Note"), ("Bea", "x")]


def test_a_control_character_stays_for_the_reader_of_the_cell(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, "Name,Note\nBea,a\x07\n"))[1] == ("Bea", "a\x07")


def test_what_a_csv_does_not_say_is_nothing(tmp_path: Path) -> None:
    noticed = only_sheet(csv(tmp_path, "Name,Note\n")).noticed()
    assert not noticed.hidden_rows and not len(noticed.struck) and noticed.looked


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b'Name,Note\n"Bea,x\n', "line 2"),
        (b"Name,Note\nBea,\x81\n", "neither UTF-8 nor Windows-1252 (byte 15)"),
        (b"Name\0,Note\n", "not a text file"),
        (b"\xff\xfeN\x00a", "not whole UTF-16"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<html><table>", "a web page"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", "a web page or XML"),
    ],
    ids=["nothing", "blanks", "open quote", "undefined byte", "NUL", "half", "PDF", "HTML", "XML"],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, says: str
) -> None:
    assert says in refusal(csv(tmp_path, content))


def test_a_file_of_more_than_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    file = csv(tmp_path, "Name,Note\n")
    with file.open("r+b") as opened:
        opened.truncate(50 << 20)
    assert "not a text file" in refusal(file)
    with file.open("r+b") as opened:
        opened.truncate((50 << 20) + 1)
    assert "has more than 50 megabytes: split it" in refusal(file)


# Excel


def test_values_of_a_workbook_are_read_as_what_they_are(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        formats = ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm", "0%"]
        day, moment, hour, hours, share = (
            book.add_format({"num_format": each}) for each in formats
        )
        sheet.write_row(2, 1, ["  Test Pupil\u00a0", " ", 3, 12.5, True])
        sheet.write_datetime(3, 1, datetime(2011, 3, 5), day)
        sheet.write_datetime(3, 2, datetime(2011, 3, 5, 9, 15), moment)
        sheet.write_datetime(3, 3, time(9, 15), hour)
        sheet.write_number(3, 4, 1.2708333333333333, hours)
        sheet.write_number(3, 5, 0.6, share)

    sheet = only_sheet(xlsx(tmp_path / "book.xlsx", write))
    assert list(sheet.rows()) == [
        Row(3, (None, "Test Pupil", None, 3, 12.5, True)),
        Row(4, (None, date(2011, 3, 5), datetime(2011, 3, 5, 9, 15), time(9, 15), "30:30", 0.6)),
    ]
    assert type(next(sheet.rows()).cells[3]) is int


def test_a_number_that_a_spreadsheet_shows_as_a_power_of_ten_stays_one(tmp_path: Path) -> None:
    (row,) = cells(xlsx_of(tmp_path / "book.xlsx", (99_999_999_999, 100_000_000_000)))
    assert [type(cell) for cell in row] == [int, float]


@pytest.mark.parametrize(
    ("system", "day"), [("", date(2011, 3, 5)), (' date1904="1"', date(2015, 3, 6))]
)
def test_days_are_right_in_both_systems_of_excel(tmp_path: Path, system: str, day: date) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>40607</v></c></row>'
    assert cells(raw_xlsx(tmp_path / "book.xlsx", rows, workbook=system)) == [(day,)]


def test_the_stored_value_of_a_formula_is_read_and_one_without_is_noticed(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>6*2</f><v>12</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>1+1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
    )
    sheet = only_sheet(raw_xlsx(tmp_path / "book.xlsx", rows))
    assert [row.cells[:2] for row in sheet.rows()] == [(12, None)]
    assert list(sheet.noticed().unstored) == [(1, 1), (1, 2)]


def test_errors_in_cells_are_noticed_where_they_stand(tmp_path: Path) -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Name", "Hours"])
        sheet.write_formula(1, 1, "=A1/0", None, "#DIV/0!")
        sheet.write_formula(2, 0, "=Gone!A1", None, "#REF!")
        sheet.write_string(3, 0, "#REF!")

    noticed = only_sheet(xlsx(tmp_path / "book.xlsx", write)).noticed()
    assert list(noticed.errors) == [(2, 1), (3, 0)]
    assert (2, 1) in noticed.errors and (2, 0) not in noticed.errors


def test_what_is_hidden_struck_through_or_coloured_is_noticed(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        struck, red, white = (
            book.add_format(each)
            for each in ({"font_strikeout": True}, {"bg_color": "red"}, {"bg_color": "white"})
        )
        sheet.write_row(0, 0, ["Name", "Note", "Left"])
        sheet.write_string(1, 0, "Test Pupil", struck)
        sheet.write_rich_string(2, 1, "was ", struck, "Elm", " now Oak")
        sheet.write_blank(2, 2, None, red)
        sheet.write_string(3, 2, "x", white)
        sheet.write_blank(3, 0, None, struck)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    noticed = only_sheet(xlsx(tmp_path / "book.xlsx", write)).noticed()
    assert list(noticed.struck) == [(2, 0), (3, 1)]
    assert list(noticed.coloured) == [(3, 2)]
    assert noticed.hidden_rows == {3}  # the tenth is hidden and empty
    assert noticed.hidden_columns == {1}


def test_a_comment_in_an_opendocument_spreadsheet_is_noticed(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string">{}<text:p>x</text:p></table:table-cell>'
    row = (
        f"<table:table-row>{cell.format('')}{cell.format('<office:annotation/>')}</table:table-row>"
    )
    book = ods(tmp_path / "a.ods", f'<table:table table:name="Sheet1">{row}</table:table>')
    assert list(only_sheet(book).noticed().comments) == [(1, 1)]


def test_sheets_come_in_order_and_hidden_ones_are_told(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "x")
        hidden = book.add_worksheet("Old")
        hidden.write(0, 0, "y")
        hidden.hide()
        book.add_worksheet("Nothing")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$1"})
        book.add_chartsheet("Chart").set_chart(chart)

    sheets = open_tables(xlsx(tmp_path / "book.xlsx", write)).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet1", False), ("Old", True)]


def test_what_is_in_the_file_decides_and_not_what_it_is_called(tmp_path: Path) -> None:
    book = xlsx_of(tmp_path / "book.xlsx", ("Name",))
    for name in ("book.csv", "book.xls", "book", "book.ods", "book.XLSM"):
        assert cells(book.rename(tmp_path / name)) == [("Name",)]
        book = tmp_path / name
    table = csv(tmp_path, "Name,Note\n")
    assert cells(table.rename(tmp_path / "table.xlsx")) == [("Name", "Note")]


def test_a_sheet_without_cells_is_refused_as_a_picture(tmp_path: Path) -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.insert_textbox(0, 0, "a picture of a table")

    assert "has no cells in it" in refusal(xlsx(tmp_path / "book.xlsx", write))


def test_a_workbook_with_a_password_is_refused_by_that(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    file.write_bytes(start + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert "is protected by a password" in refusal(file)
    file.write_bytes(start + bytes(1200))
    assert "is not a whole workbook" in refusal(file)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = raw_xlsx(tmp_path / "book.xlsx", " " * (21 << 20))
    assert file.stat().st_size < 100_000
    assert "unpacks to 21 megabytes, more than a table has" in refusal(file)


def test_as_much_as_a_large_table_is_not_taken_for_a_zip_bomb(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * (19 << 20)
    assert cells(raw_xlsx(tmp_path / "book.xlsx", rows)) == [(1,)]


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    file = raw_xlsx(tmp_path / "book.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 5000)
    content = file.read_bytes()
    with ZipFile(file) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    file.write_bytes(content.replace(size, (50).to_bytes(4, "little")))
    assert "is not a whole workbook" in refusal(file)


def test_one_cell_far_away_does_not_take_all_the_memory(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="J{0}"><v>1</v></c></row>'
    assert "the sheet “Sheet1” reaches to J1000001" in refusal(
        raw_xlsx(tmp_path / "book.xlsx", far.format(1_000_001))
    )
    near = open_tables(raw_xlsx(tmp_path / "book.xlsx", far.format(50_000)))
    assert [row.number for row in near.sheets[0].rows()] == [1, 50_000]


def test_xml_that_declares_its_own_entities_is_refused(tmp_path: Path) -> None:
    file = raw_xlsx(tmp_path / "book.xlsx", "")
    sheet = '<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    broken = zipped(file, {"xl/workbook.xml": sheet, "xl/_rels/workbook.xml.rels": sheet})
    assert "is not a whole workbook" in refusal(broken)


@pytest.mark.parametrize("parts", [{"ppt/presentation.xml": "<x/>"}, {"a.txt": "x"}])
def test_another_zip_file_is_no_workbook(tmp_path: Path, parts: dict[str, str]) -> None:
    assert "is not a workbook" in refusal(zipped(tmp_path / "book.xlsx", parts))


def test_a_workbook_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    file = xlsx_of(tmp_path / "book.xlsx", *[(f"Test {number}",) for number in range(500)])
    content = file.read_bytes()
    for most in range(2, len(content), 97):
        file.write_bytes(content[:most])
        assert "is not a whole workbook" in refusal(file)


# OpenDocument


def test_an_opendocument_spreadsheet_is_read(tmp_path: Path) -> None:
    file = ods_of(tmp_path / "book.ods", ("Name", "", "Note"), ("", "", ""), ("Bea", "x", ""))
    assert list(only_sheet(file).rows()) == [
        Row(1, ("Name", None, "Note")),
        Row(3, ("Bea", "x", None)),
    ]


def test_what_an_opendocument_spreadsheet_does_not_say_is_noticed(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="gone" style:family="table-cell"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="red" style:family="table-cell" style:parent-style-name="Default">'
        '<style:table-cell-properties fo:background-color="#ff0000"/></style:style>'
    )
    name, bea = ods_text("Name"), ods_text("Bea")
    gone = ods_text("x").replace("cell ", 'cell table:style-name="gone" ', 1)
    partly = ods_text('<text:span text:style-name="gone">y</text:span>')
    tables = (
        '<table:table table:name="Pupils"><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        f"<table:table-row>{name}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row table:visibility="filter">{bea}{gone}{partly}</table:table-row>'
        '<table:table-row><table:table-cell table:style-name="red"/>'
        '<table:table-cell table:formula="of:=[.A1]"/><table:table-cell calcext:value-type="error"'
        ' office:value-type="string" table:formula="of:=1/0"><text:p>#DIV/0!</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    noticed = only_sheet(ods(tmp_path / "book.ods", tables, styles)).noticed()
    assert noticed.hidden_rows == {4}
    assert noticed.hidden_columns == {1, 2}
    assert list(noticed.struck) == [(4, 1), (4, 2)]
    assert list(noticed.coloured) == [(5, 0)]
    assert list(noticed.unstored) == [(5, 1)]
    assert list(noticed.errors) == [(5, 2)]


def test_a_cell_repeated_down_the_whole_sheet_does_not_take_all_the_memory(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="10"/>'
    tables = (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
        f"{cell}</table:table-row></table:table>"
    )
    assert "reaches to J1048576" in refusal(ods(tmp_path / "book.ods", tables))


def test_a_locked_opendocument_spreadsheet_is_refused_by_that(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "book.ods",
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>",
            "content.xml": b"\x00\x01not XML",
        },
    )
    assert "is protected by a password" in refusal(file)


# The header

HEADINGS = ("name", "upn", "start", "provider", "hours", "date")


def is_heading(text: str) -> bool:
    return text.casefold() in HEADINGS


def rows_of(*lines: str) -> list[Row]:
    """Rows of cells that are parted by a stroke."""
    return [
        Row(number, tuple(cell.strip() or None for cell in line.split("|")))
        for number, line in enumerate(lines, 1)
        if line.replace("|", "").strip()
    ]


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (["Name|UPN|Start", "Bea||x"], 0),
        (["Pupils placed 2026||", "", "Name|UPN|Start", "Bea||x"], 1),
        (["Week|23/02/2026|", "Date|Name|UPN", "x|Bea|"], 1),
        (["Name", "Bea"], 0),
        (["Name||", "Surname|UPN|Start", "Bea|x|y"], 1),
        (["Bea|B801200005001", "Adam|V855123424000"], None),
        (["Pupils||"] * 19 + ["Name|UPN|Start"], 19),
        (["Pupils||"] * 20 + ["Name|UPN|Start"], None),
    ],
    ids=["first", "below a title", "below a week", "one column", "title named alike", "none",
         "the twentieth row", "the row after"],
)  # fmt: skip
def test_the_header_is_the_row_that_names_most_columns(
    lines: list[str], header: int | None
) -> None:
    assert find_header(rows_of(*lines), is_heading) == header


def test_a_head_over_several_columns_is_put_before_names_that_are_alike() -> None:
    rows = rows_of(
        "||AP1|||AP2||Note",
        "Name|UPN|Provider|Hours|Start|Provider|Hours|",
        "Bea||Elm|6|x|Oak|6|y",
    )
    assert name_columns(rows, 1) == (
        "Name", "UPN", "AP1 Provider", "AP1 Hours", "Start", "AP2 Provider", "AP2 Hours", "Note",
    )  # fmt: skip


def test_a_title_above_is_no_part_of_the_names() -> None:
    rows = rows_of("Week|23/02/2026", "Name\n of  pupil|UPN")
    assert name_columns(rows, 1) == ("Name of pupil", "UPN")


def test_two_columns_of_one_name_are_both_named() -> None:
    with pytest.raises(ApError, match="columns B and D are both called “Start”: rename one"):
        refuse_same_names(("Name", "Start", "", "start", ""))
    refuse_same_names(("Name", "", "Start", ""))


@pytest.mark.parametrize(
    ("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_called_as_in_a_spreadsheet(position: int, letters: str) -> None:
    assert spell_column(position) == letters


def test_cells_that_are_merged_downwards_hold_in_each_of_their_rows(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("Name", "Provider"))
        sheet.merge_range("B2:B4", "Oak")
        for row, name in ((1, "Ada"), (3, "Bea"), (4, "Cy")):
            sheet.write(row, 0, name)

    rows = list(only_sheet(xlsx(tmp_path / "book.xlsx", write)).rows())
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("Name", "Provider")), (2, ("Ada", "Oak")), (4, ("Bea", "Oak")), (5, ("Cy", None)),
    ]  # fmt: skip
