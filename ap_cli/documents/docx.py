"""Write a paper as DOCX, which people edit: plain styles, tables with widths set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from ..extras import needing
from .content import Paper, paper_data

FONT = "Arial"
"""A font that every office has; where it is missing, one of the same widths takes its place."""

INK, QUIET, ACCENT, GAP = "0B0C0C", "4A5257", "1D4F76", "6B4A00"
BAND, GAP_BAND, RULE = "F3F4F5", "FFF1CC", "B1B4B6"
PAGE, MARGIN = (210.0, 297.0), 19.0
WIDTH = PAGE[0] - 2 * MARGIN
"""Millimetres: an A4 page, its margins, and what is left between them."""

LABELS = 34
"""The share of a table's width, in per cent, that the names of fields take."""

MILLIMETRE, LOGO = 36_000, 17
"""A millimetre in Word's own unit, and how high a logo is."""

SIGNED = (26, 27, 28, 19)
TABLES = ("fields", "table", "choices", "signatures")
"""The parts that are tables."""

SHORT, FEW = 120, 8
"""Letters of a line that stays with what follows it, and points that stay together."""

LETTERS, ON_ONE_PAGE = 95, 20
"""Letters of a line from edge to edge, and lines of a table that stays on one page."""

AFTER_BORDERS = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign")
"""What follows the borders of a cell in Word's own XML: another order is refused."""

LONGEST_PROPERTY = 255
"""Letters that a property of a DOCX file holds, such as its author."""

LINE = 5.3
"""Millimetres of a line to write on."""


def write_docx(paper: Paper) -> bytes:
    """Return a paper as DOCX."""
    with needing("documents"):
        import docx
    writer = DocxWriter(docx.Document(), paper)
    writer.write()
    made = BytesIO()
    writer.document.save(made)
    return made.getvalue()


class DocxWriter:
    """Writes the parts of one paper into a document of python-docx, one after another."""

    def __init__(self, document: Any, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.data = paper_data(paper)

    def write(self) -> None:
        """Write the whole paper."""
        self.set_page()
        self.set_styles()
        self.set_properties()
        self.write_letterhead()
        self.write_address()
        self.document.add_heading(self.data["title"], 1)
        if self.data["subtitle"]:
            self.add_text(self.data["subtitle"], color=QUIET, after=6)
        before: dict[str, Any] = {"type": "", "kept": False}
        for block in self.data["blocks"]:
            if {before["type"], block["type"]} <= set(TABLES):
                self.part_tables(before["kept"])
            getattr(self, f"write_{block['type']}")(block)
            before = block
        self.write_footer()

    # what holds for the whole document

    def set_page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        section.page_width, section.page_height = map(Mm, PAGE)
        section.left_margin = section.right_margin = Mm(MARGIN)
        section.top_margin, section.bottom_margin = Mm(17), Mm(17)
        section.footer_distance = Mm(9)

    def set_styles(self) -> None:
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        sizes = {"Normal": 10, "Heading 1": 18, "Heading 2": 11.5, "List Bullet": 10}
        for name, size in sizes.items():
            style = styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.font.color.rgb = RGBColor.from_string(ACCENT if "Head" in name else INK)
            set_font_everywhere(style)
            style.paragraph_format.space_after = Pt(5)
        styles["Heading 1"].paragraph_format.space_before = Pt(8)
        styles["Heading 2"].paragraph_format.space_before = Pt(11)
        styles["Normal"].paragraph_format.line_spacing = 1.08

    def set_properties(self) -> None:
        properties = self.document.core_properties
        properties.title = self.data["title"][:LONGEST_PROPERTY]
        properties.author = self.data["letterhead"]["name"][:LONGEST_PROPERTY]
        properties.comments = self.data["footer"][:LONGEST_PROPERTY]
        properties.keywords = self.paper.mark
        properties.language = "en-GB"
        day = datetime.combine(self.paper.day, time())
        properties.created = properties.modified = day

    # the head and the foot

    def write_letterhead(self) -> None:
        head = self.data["letterhead"]
        table = self.add_table((55, 45))
        left, right = table.rows[0].cells
        if self.paper.letterhead.logo:
            picture = BytesIO(self.paper.letterhead.logo)
            left.paragraphs[0].add_run().add_picture(picture, height=LOGO * MILLIMETRE)
        else:
            self.fill(left, head["name"], bold=True, size=12)
        lines = [head["name"], *head["lines"]] if self.paper.letterhead.logo else head["lines"]
        self.fill(right, "\n".join(lines), color=QUIET, size=8.5, right=True)
        set_borders(table.rows[0], ("bottom",), ACCENT, 10)

    def write_address(self) -> None:
        if not self.data["to"]:
            return
        self.add_text("", after=2)
        table = self.add_table((62, 38))
        left, right = table.rows[0].cells
        self.fill(left, "\n".join(self.data["to"]))
        when = f"{self.data['date']}\nOur reference: {self.data['reference']}"
        self.fill(right, when, right=True)

    def write_footer(self) -> None:
        from docx.shared import Mm

        footer = self.document.sections[0].footer
        paragraph = footer.paragraphs[0]
        paragraph.style = self.document.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), right_tab())
        self.add_run(paragraph, f"{self.data['footer']}\tPage ", color=QUIET, size=8)
        count_pages(self.add_run(paragraph, "1", color=QUIET, size=8), "PAGE")
        self.add_run(paragraph, " of ", color=QUIET, size=8)
        count_pages(self.add_run(paragraph, "1", color=QUIET, size=8), "NUMPAGES")

    # the parts

    def write_heading(self, block: dict[str, Any]) -> None:
        self.document.add_heading(block["text"], 2)

    def write_paragraph(self, block: dict[str, Any]) -> None:
        paragraph = self.add_text(block["text"])
        paragraph.paragraph_format.keep_with_next = len(block["text"]) < SHORT

    def write_bullets(self, block: dict[str, Any]) -> None:
        items = block["items"]
        for number, item in enumerate(items, 1):
            paragraph = self.document.add_paragraph(style="List Bullet")
            stays = number < len(items) or block["kept"]
            paragraph.paragraph_format.keep_with_next = stays and len(items) <= FEW
            self.add_run(paragraph, item)

    def write_choices(self, block: dict[str, Any]) -> None:
        items = block["items"]
        table = self.add_table((50, 50), -(-len(items) // 2))
        cells = [cell for row in table.rows for cell in row.cells]
        for cell, item in zip(cells, items, strict=False):
            self.fill(cell, f"☐  {item}")
        keep_rows(table.rows[: len(table.rows) - (not block["kept"])])

    def write_fields(self, block: dict[str, Any]) -> None:
        table = self.add_table((LABELS, 100 - LABELS), len(block["rows"]))
        for row, field in zip(table.rows, block["rows"], strict=True):
            label, value = row.cells
            self.fill(label, field["label"], bold=True, size=9.5)
            shade(label, BAND)
            self.fill_value(value, field["value"])
        values = [[field["value"]] for field in block["rows"]]
        rule_rows(table, is_short(values, (100 - LABELS,)), block["kept"])

    def write_table(self, block: dict[str, Any]) -> None:
        shares = [100 * width / sum(block["widths"]) for width in block["widths"]]
        table = self.add_table(shares, 1 + len(block["rows"]))
        self.fill_head(table, block["head"])
        for row, values in zip(table.rows[1:], block["rows"], strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                self.fill_value(cell, value)
        rule_rows(table, is_short(block["rows"], shares), block["kept"], between=True)

    def write_signatures(self, block: dict[str, Any]) -> None:
        from docx.shared import Mm

        table = self.add_table(SIGNED, 1 + len(block["items"]))
        self.fill_head(table, ("For", "Name", "Signature", "Date"))
        for row, who in zip(table.rows[1:], block["items"], strict=True):
            self.fill(row.cells[0], who, bold=True, size=9.5)
            shade(row.cells[0], BAND)
            row.height = Mm(11)
        rule_rows(table, True, block["kept"], between=True)

    # what parts are made of

    def add_table(self, shares: Sequence[float], rows: int = 1) -> Any:
        """Add a table whose columns have these shares of the width, in per cent."""
        from docx.shared import Mm

        table = self.document.add_table(rows, len(shares))
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(WIDTH * share / 100)
            for cell in column.cells:
                cell.width = Mm(WIDTH * share / 100)
        for row in table.rows:
            keep_row_whole(row)
        return table

    def fill_head(self, table: Any, names: Sequence[str]) -> None:
        """Fill the head of a table, which each of its pages repeats."""
        repeat_head(table.rows[0])
        for cell, name in zip(table.rows[0].cells, names, strict=True):
            self.fill(cell, name, bold=True, size=9.5)
            shade(cell, BAND)

    def fill_value(self, cell: Any, value: dict[str, Any]) -> None:
        """Fill a cell with a text, a gap that shows, or lines to write on."""
        if value["missing"]:
            self.fill(cell, value["text"], bold=True, color=GAP)
            shade(cell, GAP_BAND)
            return
        self.fill(cell, value["text"])
        if value["lines"]:
            from docx.shared import Mm

            # the empty text of the cell is a line already
            cell.paragraphs[0].paragraph_format.space_after = Mm(LINE * (value["lines"] - 1))

    def fill(self, cell: Any, text: str, right: bool = False, **style: Any) -> None:
        """Fill a cell with one paragraph."""
        from docx.shared import Pt

        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(1.5)
        paragraph.paragraph_format.space_after = Pt(1.5)
        if right:
            from docx.enum.text import WD_ALIGN_PARAGRAPH

            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.add_run(paragraph, text, **style)

    def part_tables(self, kept: bool = False) -> None:
        """Add a thin empty paragraph: two tables in a row would become one.

        It is `kept` on one page with the second table.
        """
        thin = self.add_text("", after=0, size=4).paragraph_format
        thin.line_spacing, thin.keep_with_next = 1, kept

    def add_text(self, text: str, after: float = 5, **style: Any) -> Any:
        """Add a paragraph, and return it."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(after)
        self.add_run(paragraph, text, **style)
        return paragraph

    def add_run(
        self, paragraph: Any, text: str, bold: bool = False, color: str = "", size: float = 0
    ) -> Any:
        """Add text to a paragraph; its line breaks stay line breaks."""
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(text)
        run.bold = bold or None
        if color:
            run.font.color.rgb = RGBColor.from_string(color)
        if size:
            run.font.size = Pt(size)
        return run


def element(name: str, **attributes: str) -> Any:
    """Make an element of Word's own XML with its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_font_everywhere(style: Any) -> None:
    """Let a style use its font for every script: a theme's font would win otherwise."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def keep_row_whole(row: Any) -> None:
    """Let no page break part a row."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def repeat_head(row: Any) -> None:
    """Repeat a row on each page of its table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def shade(cell: Any, color: str) -> None:
    """Give a cell a background."""
    shading = element("w:shd", val="clear", color="auto", fill=color)
    cell._tc.get_or_add_tcPr().insert_element_before(shading, *AFTER_BORDERS[1:])


def is_short(rows: Sequence[Sequence[dict[str, Any]]], shares: Sequence[float]) -> bool:
    """Tell whether a table of these values stays on one page: by about how many lines it has."""
    lines = [
        max(lines_of(value, share) for value, share in zip(row, shares, strict=True))
        for row in rows
    ]
    return sum(lines) <= ON_ONE_PAGE


def lines_of(value: dict[str, Any], share: float) -> int:
    """Return about how many lines a value takes in a column of a share of the width."""
    letters = LETTERS * share / 100
    written = [1 + int(len(line) / letters) for line in value["text"].splitlines()]
    blank: int = value["lines"]
    return max(1, sum(written), blank)


def rule_rows(table: Any, whole: bool, kept: bool, between: bool = False) -> None:
    """Draw a thin line above and below each row, and `between` columns.

    A table stays `whole` on one page, and if it is `kept`, with what follows it; one that may be
    parted keeps its first two rows together, below its head if it has one, and its last two.
    """
    for row in table.rows:
        set_borders(row, ("top", "bottom"), RULE, 4, between)
    last = len(table.rows) if kept else len(table.rows) - 1
    first = 2 if between else 1  # the table that has lines between its columns has a head
    keep_rows(table.rows[:last] if whole else [*table.rows[:first], *table.rows[-2:last]])


def keep_rows(rows: Sequence[Any]) -> None:
    """Keep each of these rows on one page with what follows it."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def set_borders(
    row: Any, sides: Sequence[str], color: str, eighths: int, between: bool = False
) -> None:
    """Draw lines at sides of a row's cells, of so many eighths of a point, or `between` them."""
    for number, cell in enumerate(row.cells):
        borders = element("w:tcBorders")
        drawn = ("top", "left", "bottom") if between and number else sides
        for side in drawn:
            borders.append(
                element(f"w:{side}", val="single", sz=str(eighths), space="0", color=color)
            )
        cell._tc.get_or_add_tcPr().insert_element_before(borders, *AFTER_BORDERS)


def right_tab() -> Any:
    """Return the sort of tab stop that text ends at."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    return WD_TAB_ALIGNMENT.RIGHT


def count_pages(run: Any, number: str) -> None:
    """Let Word put a number, that of the page or of all pages, in place of what a run holds."""
    field = element("w:fldSimple", instr=number)
    run._r.addprevious(field)
    field.append(run._r)
