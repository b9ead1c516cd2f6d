"""Pages as a browser prints them: what stays together on a sheet of paper."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ap_cli.documents import agreement, notice, sheet
from ap_cli.documents import content as parts
from ap_cli.documents.content import Content
from ap_cli.documents.document import DocumentKind

from .cases import STATES
from .papers import make_paper, paper_of, read_pages, write
from .test_writers import fields_of, table_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


def print_pages(page: bytes, folder: Path) -> list[str]:
    """The text of each sheet that Chromium prints of a page."""
    file, printed = folder / "page.html", folder / "page.pdf"
    file.write_bytes(page)
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    subprocess.run(
        [
            *(str(CHROMIUM), *flags, f"--user-data-dir={folder / 'profile'}"),
            *("--no-pdf-header-footer", f"--print-to-pdf={printed}", str(file)),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return read_pages(printed.read_bytes())


@pytest.mark.parametrize("before", [34, 36, 38, 40])
def test_a_short_table_is_never_parted(before: int, tmp_path: Path) -> None:
    content = Content("List", (fields_of(before), parts.Heading("A week"), table_of(3)))
    pages = print_pages(write(paper_of(content), "html"), tmp_path)
    [page] = [page for page in pages if "Head A" in page]
    assert "A week" in page and page.count("cell") == 6


def count_rows(rows: int, folder: Path) -> list[int]:
    """How many of so many fields stand on each sheet."""
    paper = paper_of(Content("List", (fields_of(rows),)))
    return [page.count("name ") for page in print_pages(write(paper, "html"), folder)]


def test_no_row_of_fields_stands_alone_on_a_sheet(tmp_path: Path) -> None:
    first, _ = count_rows(60, tmp_path)
    assert count_rows(first + 1, tmp_path) == [first - 1, 2]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", [sheet.KIND, notice.KIND], ids=["sheet", "notice"])
def test_sheet_and_notice_are_one_sheet_of_paper(
    kind: DocumentKind, state: str, tmp_path: Path
) -> None:
    pages = print_pages(write(make_paper(kind, STATES[state]()), "html"), tmp_path)
    assert len(pages) == (2 if kind is notice.KIND and state == "long" else 1)


@pytest.mark.parametrize("state", STATES)
def test_the_week_of_an_agreement_is_on_one_sheet(state: str, tmp_path: Path) -> None:
    pages = print_pages(write(make_paper(agreement.KIND, STATES[state]()), "html"), tmp_path)
    assert all(("Morning" in page) is ("Afternoon" in page) for page in pages)
    assert all(("Agreed by" in page) is ("Signature" in page) for page in pages)
