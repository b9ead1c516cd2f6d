"""What holds for every format: text stays text, gaps show, the picture is shown, it is the same twice."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from ap_cli.documents import content as parts
from ap_cli.documents.content import Content, Field, list_points
from ap_cli.documents.document import FORMATS
from ap_cli.documents.pdf import describe_undisplayed
from ap_cli.documents.pictures import LARGEST, read_logo
from ap_cli.errors import ApError
from ap_cli.forms.facts import Unknown
from ap_cli.forms.text import harmless
from ap_cli.services.papers import Letterhead

from .papers import HOSTILE, paper_of, read_html, read_pages, read_text, write


def every_part(text: str) -> Content:
    """A document in which a text stands wherever a text can."""
    row = (text, Unknown("x"), parts.Blank(3))
    return Content(
        title=text,
        subtitle=text,
        to=(text, "1 Example Road"),
        blocks=(
            parts.Heading(text),
            parts.Paragraph(text),
            parts.Fields((Field("a", text, text), Field("b", "Gap", Unknown("x")))),
            parts.Table("rows", (text, "Second", "Third"), (row, row), (2, 1, 1)),
            parts.Bullets((text, "a point")),
            parts.Choices((text, "a box")),
            parts.Signatures((text, "the school")),
        ),
    )


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_text_in_every_part(hostile: str, format: str) -> None:
    letterhead = Letterhead(hostile, (hostile,))
    text = read_text(write(paper_of(every_part(hostile), letterhead=letterhead), format), format)
    shown = " ".join(harmless(hostile).split())
    if format != "pdf" or shown.isascii():
        assert text.count(shown) >= 8, text
    assert "a point" in text and "Not recorded yet" in text and "49" not in text


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("letters", [255, 256, 360])
def test_a_sender_and_a_title_may_be_longer_than_a_property_of_docx(
    letters: int, format: str
) -> None:
    long = "Example " * (letters // 8) + "x" * (letters % 8)
    made = write(paper_of(every_part(long), letterhead=Letterhead(long)), format)
    assert read_text(made, format).count(long.strip()) >= 8
    if format == "docx":
        properties = docx.Document(BytesIO(made)).core_properties
        assert properties.author == properties.title == long[:255]


def test_no_text_makes_an_element_of_a_page() -> None:
    plain = read_html(write(paper_of(every_part("a text")), "html"))
    for hostile in HOSTILE:
        assert read_html(write(paper_of(every_part(hostile)), "html")).names == plain.names


def test_no_text_makes_an_element_of_a_docx() -> None:
    def elements(text: str) -> int:
        archive = zipfile.ZipFile(BytesIO(write(paper_of(every_part(text)), "docx")))
        return archive.read("word/document.xml").count(b"<w:p>") + archive.read(
            "word/document.xml"
        ).count(b"<w:instr")

    assert {elements(hostile) for hostile in HOSTILE} == {elements("a text")}


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = write(paper_of(every_part("a text")), "html").decode()
    assert "http" not in page and "<script" not in page and "url(" not in page
    assert page.startswith("<!doctype html>") and 'lang="en-GB"' in page


def test_a_pdf_is_tagged_for_those_who_listen_and_has_its_font() -> None:
    reader = PdfReader(BytesIO(write(paper_of(every_part("a text")), "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB"
    assert reader.metadata and reader.metadata.title == "a text"
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all("LiberationSans" in font for font in fonts), fonts
    assert reader.xmp_metadata and b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def test_a_docx_has_widths_rows_kept_whole_and_heads_that_repeat() -> None:
    document = docx.Document(BytesIO(write(paper_of(every_part("a text")), "docx")))
    assert document.core_properties.title == "a text"
    for table in document.tables:
        assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(172, abs=0.5)
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert sum("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables) == 2


def test_cells_of_a_docx_have_their_parts_in_the_order_that_word_wants() -> None:
    document = docx.Document(BytesIO(write(paper_of(every_part("a text")), "docx")))
    wanted = ["tcW", "tcBorders", "shd"]
    for table in document.tables:
        for cell in table._cells:
            names = [child.tag.partition("}")[2] for child in cell._tc.tcPr]
            assert names == [name for name in wanted if name in names]
            borders = [child.tag.partition("}")[2] for child in cell._tc.tcPr.iter("*")]
            sides = [name for name in borders if name in ("top", "left", "bottom")]
            assert sides == [name for name in ("top", "left", "bottom") if name in sides]


def test_two_tables_of_a_docx_never_touch() -> None:
    document = docx.Document(BytesIO(write(paper_of(every_part("a text")), "docx")))
    names = [child.tag.partition("}")[2] for child in document.element.body]
    assert names.count("tbl") >= 4
    assert all(pair != ("tbl", "tbl") for pair in pairwise(names))


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_paper_is_the_same_file(format: str) -> None:
    first, second = (write(paper_of(every_part("a text")), format) for _ in range(2))
    assert read_text(first, format) == read_text(second, format)
    assert format == "docx" or first == second


def test_a_row_is_never_parted_by_a_page_break() -> None:
    rows = tuple((f"row {number}", "\n".join(["line"] * 9)) for number in range(20))
    table = Content("Long", (parts.Table("rows", ("A", "B"), rows, (1, 1)),))
    pages = read_pages(write(paper_of(table), "pdf"))
    assert len(pages) > 2
    for page in pages:
        assert page.count("line") == 9 * page.count("row ")
        assert "A B" in page


def png(width: int = 4, height: int = 2) -> bytes:
    """A small picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x20\x50\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("format", FORMATS)
def test_a_logo_stands_at_the_head(format: str) -> None:
    made = write(paper_of(every_part("x"), letterhead=Letterhead("Example", (), png())), format)
    if format == "pdf":
        assert len(PdfReader(BytesIO(made)).pages[0].images) == 1
    elif format == "docx":
        assert len(docx.Document(BytesIO(made)).part.package.image_parts) == 1
    else:
        assert b'<img src="data:image/png;base64,' in made and b'alt="Logo of Example"' in made


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "large.png").write_bytes(png() + bytes(LARGEST))
    yield tmp_path


def test_a_logo_is_a_small_png_or_jpeg(pictures: Path) -> None:
    assert read_logo(str(pictures / "logo.png")) == png() and read_logo("") == b""
    for name in ("logo.svg", "large.png", "none.png"):
        with pytest.raises(ApError, match="letterhead-logo"):
            read_logo(str(pictures / name))


def test_points_are_parted_by_lines_or_else_by_semicolons() -> None:
    assert list_points("one; two;") == ("one", "two")
    assert list_points("one; and more\n- two\n\n• three") == ("one; and more", "two", "three")
    assert list_points("one") == ("one",)
    assert list_points("1. one 2. two in 3 parts 3) three") == ("one", "two in 3 parts", "three")
    assert list_points("1. one\n2. two") == ("one", "two")


def test_the_font_comes_along_with_its_licence() -> None:
    from ap_cli.documents.pdf import FONTS

    names = sorted(file.name for file in FONTS.iterdir())
    assert names == [
        "LICENSE-LIBERATION.txt",
        "LiberationSans-Bold.ttf",
        "LiberationSans-Regular.ttf",
    ]
    assert "SIL Open Font License" in (FONTS / names[0]).read_text("utf-8")


def fields_of(rows: int) -> parts.Fields:
    """So many fields, each in a line."""
    return parts.Fields(
        tuple(Field(f"f{number}", f"name {number}", "a value") for number in range(rows))
    )


def table_of(rows: int) -> parts.Table:
    """A table of so many rows."""
    return parts.Table("t", ("Head A", "Head B"), (("cell", "cell"),) * rows, (1, 1))


@pytest.mark.parametrize("before", range(20, 36))
def test_a_table_is_on_the_page_of_the_fields_it_belongs_to(before: int) -> None:
    blocks = (table_of(before), parts.Heading("A place"), fields_of(3), table_of(3))
    for page in read_pages(write(paper_of(Content("List", blocks)), "pdf")):
        assert ("A place" in page) is ("name 2" in page)
        if "name 2" in page:
            assert "Head A" in page.partition("name 2")[2]


@pytest.mark.parametrize("before", range(20, 36))
def test_signatures_never_stand_alone_on_a_page(before: int) -> None:
    signed = (parts.Heading("Signed"), parts.Signatures(("The school",)))
    content = Content("Form", (table_of(before), fields_of(3), *signed))
    *_, last = read_pages(write(paper_of(content), "pdf"))
    assert "name 2" in last and "The school" in last


@pytest.mark.parametrize("before", range(24, 36))
def test_one_row_of_many_fields_never_stands_alone_on_a_page(before: int) -> None:
    content = Content("Plan", (table_of(before), parts.Heading("The plan"), fields_of(15)))
    for page in read_pages(write(paper_of(content), "pdf")):
        assert page.count("name ") != 1


def keeps_with_next(table: object) -> list[bool]:
    """Whether each row of a DOCX table stays on one page with the next."""
    rows = table.rows  # type: ignore[attr-defined]
    return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in rows]


def test_a_docx_keeps_fields_with_their_table_and_lets_a_long_table_part() -> None:
    blocks = (fields_of(3), table_of(3), table_of(30))
    document = docx.Document(BytesIO(write(paper_of(Content("List", blocks)), "docx")))
    _, fields, short, long = document.tables
    assert keeps_with_next(fields) == [True] * 3
    assert keeps_with_next(short) == [True] * 3 + [False]
    assert keeps_with_next(long) == [True] * 2 + [False] * 27 + [True, False]


@pytest.mark.parametrize("before", range(24, 33))
@pytest.mark.parametrize("rows", [9, 30, 60])
def test_the_last_row_of_a_long_table_never_stands_alone_on_a_page(before: int, rows: int) -> None:
    content = Content("List", (fields_of(before), parts.Heading("A list"), table_of(rows)))
    pages = read_pages(write(paper_of(content), "pdf"))
    counts = [page.count("cell cell") for page in pages]
    assert sum(counts) == rows and counts[-1] >= 2
    assert all("Head A" in page for page, count in zip(pages, counts, strict=True) if count)


@pytest.mark.parametrize("before", range(32, 40))
@pytest.mark.parametrize("rows", [9, 40])
def test_the_first_rows_of_a_long_table_stay_together_below_its_head_and_its_fields(
    before: int, rows: int
) -> None:
    tall = parts.Table("t", ("Head A", "Head B"), (("cell\nof\nlines", "cell"),) * rows, (1, 1))
    blocks = (fields_of(before), parts.Heading("A place"), place(), tall)
    pages = read_pages(write(paper_of(Content("List", blocks)), "pdf"))
    counts = [page.count("cell of lines") for page in pages]
    assert sum(counts) == rows and 1 not in counts
    for page, count in zip(pages, counts, strict=True):
        assert ("Head A" in page) is bool(count)
        assert "A place" not in page or (count and "registered" in page)


def place() -> parts.Fields:
    """What is said of a place above its table."""
    return parts.Fields((Field("r", "registered", "no"), Field("v", "visited", "1 May 2026")))


def test_the_last_rows_of_a_long_table_take_its_head_to_the_page_they_begin() -> None:
    def count(rows: int) -> list[int]:
        content = Content("List", (fields_of(3), parts.Heading("A list"), table_of(rows)))
        return [page.count("cell cell") for page in read_pages(write(paper_of(content), "pdf"))]

    first, _ = count(60)
    assert count(first - 1) == [first - 1] and count(first + 1) == [first - 1, 2]


def test_a_docx_parts_a_table_of_few_rows_with_many_lines_to_write_on() -> None:
    blanks = parts.Table("t", ("A", "B"), (("an objective", parts.Blank(3)),) * 7, (1, 1))
    few = parts.Table("t", ("A", "B"), (("an objective", parts.Blank(3)),) * 6, (1, 1))
    document = docx.Document(BytesIO(write(paper_of(Content("Form", (blanks, few))), "docx")))
    assert keeps_with_next(document.tables[1]) == [True] * 2 + [False] * 4 + [True, False]
    assert keeps_with_next(document.tables[2]) == [True] * 6 + [False]


@pytest.mark.parametrize(("points", "together"), [(8, True), (9, False)])
def test_a_docx_keeps_up_to_eight_points_on_one_page(points: int, together: bool) -> None:
    content = Content("List", (parts.Bullets(("a point",) * points),))
    document = docx.Document(BytesIO(write(paper_of(content), "docx")))
    listed = [each for each in document.paragraphs if each.text == "a point"]
    assert [bool(each.paragraph_format.keep_with_next) for each in listed] == [
        *[together] * (points - 1),
        False,
    ]


@pytest.mark.parametrize(("points", "together"), [(8, True), (9, False)])
def test_points_before_a_signature_stay_on_its_page_in_a_docx(points: int, together: bool) -> None:
    signed = (parts.Heading("Signed"), parts.Signatures(("The school",)))
    content = Content("List", (parts.Bullets(("a point",) * points), *signed))
    document = docx.Document(BytesIO(write(paper_of(content), "docx")))
    listed = [each for each in document.paragraphs if each.text == "a point"]
    stays = [bool(each.paragraph_format.keep_with_next) for each in listed]
    assert stays == [together] * points


@pytest.mark.parametrize("before", range(20, 36))
def test_points_before_a_signature_stay_on_its_page(before: int) -> None:
    signed = (parts.Heading("Signed"), parts.Signatures(("The school",)))
    points = parts.Bullets(("a point", "the last point"))
    content = Content("Form", (table_of(before), points, *signed))
    *_, last = read_pages(write(paper_of(content), "pdf"))
    assert "a point" in last and "The school" in last


@pytest.mark.parametrize(("columns", "scrolls"), [(3, False), (4, True)])
def test_a_table_of_few_columns_fits_a_phone(columns: int, scrolls: bool) -> None:
    one = ("a",) * columns
    content = Content("List", (parts.Table("t", one, (one,), (1,) * columns),))
    page = write(paper_of(content), "html").decode()
    assert ('<table class="grid ruled many short">' in page) is scrolls


@pytest.mark.parametrize("boxes", [1, 2, 7, 8])
def test_boxes_stand_two_in_a_row_on_one_page_in_a_docx(boxes: int) -> None:
    names = tuple(f"box {number}" for number in range(boxes))
    document = docx.Document(
        BytesIO(write(paper_of(Content("Form", (parts.Choices(names), fields_of(2)))), "docx"))
    )
    _, table, _ = document.tables
    cells = [cell.text for row in table.rows for cell in row.cells]
    assert cells == [f"☐  {name}" for name in names] + [""] * (boxes % 2)
    rows = len(table.rows)
    assert keeps_with_next(table) == [True] * (rows - 1) + [False]


def test_the_foot_of_a_docx_counts_its_pages() -> None:
    document = docx.Document(BytesIO(write(paper_of(every_part("a text")), "docx")))
    (paragraph,) = document.sections[0].footer.paragraphs
    fields = [each for each in paragraph._p if each.tag.endswith("fldSimple")]
    assert [list(each.attrib.values()) for each in fields] == [["PAGE"], ["NUMPAGES"]]
    words = [each.text for each in paragraph._p.iter() if each.tag.endswith("}t")]
    assert words[-4:] == ["Page ", "1", " of ", "1"]


OTHER_LETTERS = "\U00013000 \U00012000"
"""Letters that no font of an office has: Egyptian and cuneiform."""


def test_a_letter_that_no_font_has_is_marked_and_its_field_named_without_the_text() -> None:
    rows = (Field("a", "Pupil", OTHER_LETTERS), Field("b", "Provider", "Łódź – a “farm”"))
    paper = paper_of(Content("List", (parts.Fields(rows),)))
    (said,) = describe_undisplayed(paper)
    assert "all letters of: Pupil. They" in said and "\U00013000" not in said
    text = " ".join(read_pages(write(paper, "pdf")))
    assert text.count("letters missing") == 1 and "Łódź" in text


def test_nothing_is_said_of_a_paper_whose_letters_are_there() -> None:
    paper = paper_of(every_part("Zoë Łukasz Ωmega Привет"))
    assert describe_undisplayed(paper) == ()
    assert "letters missing" not in " ".join(read_pages(write(paper, "pdf")))


def test_every_part_with_such_a_letter_is_named() -> None:
    paper = paper_of(every_part(OTHER_LETTERS))
    (said,) = describe_undisplayed(paper)
    assert "the heading" in said and "a list" in said and "who it goes to" in said
