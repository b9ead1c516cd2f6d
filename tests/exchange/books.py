"""Workbooks as people keep them, made where a test needs them: by XlsxWriter, or part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

XLSX_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
}
DATE_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {
        "office": "office", "table": "table", "text": "text", "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
CALC_SPACE = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def zipped(file: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip file of these parts."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def raw_xlsx(file: Path, rows: str, before: str = "", **parts: str) -> Path:
    """An Excel workbook of one sheet, whose rows are written as XML; `before` stands above them.

    `workbook` adds attributes to it, and other parts are named without their ending.
    """
    properties = parts.pop("workbook", "")
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{properties}/>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
    more = {f"xl/{name}.xml": content for name, content in parts.items()}
    all_parts = XLSX_PARTS | {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}
    return zipped(file, {"xl/styles.xml": DATE_STYLES} | all_parts | more)


def xlsx(file: Path, write: Callable[[Any, Any], None], name: str = "Sheet1") -> Path:
    """An Excel workbook of one sheet; `write` is given the workbook and the sheet."""
    with xlsxwriter.Workbook(file) as book:
        write(book, book.add_worksheet(name))
    return file


def xlsx_of(file: Path, *rows: tuple[Any, ...], name: str = "Sheet1") -> Path:
    """An Excel workbook of one sheet with rows of plain values; days are days in it."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file


def sheets_of(file: Path, **sheets: tuple[tuple[Any, ...], ...]) -> Path:
    """Make an XLSX of several sheets, each called and filled as given."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file


def ods(file: Path, tables: str, styles: str = "") -> Path:
    """An OpenDocument spreadsheet, whose tables are written as XML."""
    content = (
        f"<office:document-content {ODS_SPACES} {CALC_SPACE}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        file, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    )


def ods_of(file: Path, *rows: tuple[str, ...], name: str = "Sheet1") -> Path:
    """An OpenDocument spreadsheet of one sheet with rows of texts."""
    lines = "".join(
        f"<table:table-row>{''.join(map(ods_text, row))}</table:table-row>" for row in rows
    )
    return ods(file, f'<table:table table:name="{name}">{lines}</table:table>')


def ods_text(text: str) -> str:
    """A cell of an OpenDocument spreadsheet with a text, or an empty one."""
    if not text:
        return "<table:table-cell/>"
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )
