"""Hostile texts in every field of text, through every export: no formula, no markup, no path."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from itertools import cycle
from pathlib import Path

import pytest
from icalendar import Calendar

from ap_cli.domain.placement import WEEK, Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.forms.form import field_types
from ap_cli.store.connection import connect

from ..cli.test_harmless import MOVES
from ..conftest import Program
from .test_hostile import TEXTS

pytestmark = pytest.mark.uncovered

HOSTILE = (
    *(text for text in TEXTS if len(text) < 100),
    *(
        "-1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "'=1+1",
        "x\r\nBEGIN:VEVENT\r\nATTACH:file:///x",
        "]]><f>1</f>",
    ),
    *("http://x.example", "/etc/passwd", "C:\\x", "{{ x }}", '"quoted", and; parted'),
)
SPAN = ("--from", "2026-01-05", "--to", "2026-03-27")
EXPORTS = (
    *(
        ("export", kind)
        for kind in ("pupils", "providers", "placements", "entries", "attendance", "findings")
    ),
    ("export", "census", *SPAN),
    ("reviews", "ics", "--all"),
    ("placement", "list", "--names"),
)
OTHERS = (
    ("week", "place_address"),
    ("site", "address"),
    *(("entry", column) for column in ("who", "note")),
    *(("mark", column) for column in ("who", "nature", "reason")),
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(params=[0, 9, 18], ids=["first", "second", "third"])
def hostile(request: pytest.FixtureRequest, placed: Program) -> Program:
    """A store in which every field of text says a hostile text, each the next of them."""
    texts = cycle((*HOSTILE[request.param :], *HOSTILE[: request.param]))
    placed.ok("record", "contact", "PL-0001", "--note", "all is well")
    placed.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    store = connect(placed.store)
    for noun in (Pupil, Provider, Placement):
        for name, (kind, _) in field_types(noun).items():
            if kind is str and name not in (*WEEK, "end_reason"):
                store.execute(f"UPDATE {noun.NOUN} SET {name} = ?", (next(texts),))
    store.execute("UPDATE provider SET activities = ?", (json.dumps(HOSTILE),))
    for table, column in OTHERS:
        store.execute(f"UPDATE {table} SET {column} = ?", (next(texts),))
    store.close()
    return placed


def test_no_cell_of_a_csv_is_run(hostile: Program) -> None:
    for command in EXPORTS:
        found = hostile.ok(*command, "--csv").out
        rows = list(csv.reader(io.StringIO(found)))
        assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}, command
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULAS)], command
        assert not MOVES.search(found.replace("\r\n", "\n")), command


def test_no_cell_of_a_workbook_is_run_and_nothing_leads_out_of_it(hostile: Program) -> None:
    for command in EXPORTS:
        hostile.ok(*command, "--out", "k.xlsx")
        with zipfile.ZipFile(hostile.folder / "k.xlsx") as book:
            parts = {name: book.read(name).decode("utf-8") for name in book.namelist()}
        assert not any("externalLink" in name or "vba" in name for name in parts)
        sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/")]
        assert all("<f>" not in sheet and "<hyperlink" not in sheet for sheet in sheets)
        assert all('TargetMode="External"' not in part for part in parts.values())


def test_a_calendar_has_the_events_that_it_would_have_anyway(hostile: Program) -> None:
    found = hostile.ok("reviews", "ics", "--all").out
    events = Calendar.from_ical(found).walk("VEVENT")
    assert events and found.count("BEGIN:VEVENT") == len(events) and "ATTACH" not in found


def test_nothing_is_written_but_the_file_that_is_named(hostile: Program, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if ".db" not in path.name}
    for command in EXPORTS:
        hostile.ok(*command, "--out", "k.json")
    hostile.ok("export", "all", "k.zip")
    after = {path for path in tmp_path.rglob("*") if ".db" not in path.name}
    assert {path.name for path in after - before} == {"k.json", "k.zip"}
    with zipfile.ZipFile(hostile.folder / "k.zip") as archive:
        assert all(
            name.split("/")[0] in ("READ ME.txt", "store.json", "tables")
            for name in archive.namelist()
        )
