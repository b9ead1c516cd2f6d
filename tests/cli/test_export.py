"""What is exported: people's columns, whose names it has, and that it is known again."""

from __future__ import annotations

import csv
import io
import json
import shutil
import stat
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ap_cli.cli import exporting
from ap_cli.cli.export import FORMATS
from ap_cli.domain.periods import Period, Periods
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider, Site, SiteKind, Sites
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.readers import answer
from ap_cli.exchange.cells import read_cell
from ap_cli.exchange.columns import match_columns
from ap_cli.exchange.exported import cell_of, headings_of, record_cells
from ap_cli.exchange.fields import LEFT_OUT
from ap_cli.exchange.tables import open_tables
from ap_cli.forms.facts import recorded
from ap_cli.forms.form import Minutes, Noun, Pence, questions
from ap_cli.store.connection import connect

from ..conftest import POSIX, Program

KINDS = ("pupils", "providers", "placements", "entries", "attendance", "findings")
TODAY = date(2026, 3, 2)
NOUNS = {Pupil: exporting.PUPILS, Provider: exporting.PROVIDERS, Placement: exporting.PLACEMENTS}
HOSTILE = (
    "=1+1",
    "'=1+1",
    "+44 116",
    "-x",
    "@x",
    "a; b\tc",
    "<b>&amp;",
    "../../x",
    "{{x}}",
    "x\u202ey",
)


@pytest.fixture
def kept(placed: Program) -> Program:
    """A store with something of every kind that is exported."""
    placed.ok("record", "contact", "PL-0001", "--note", "all is well", "--by", "A. Tester")
    placed.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    placed.ok("placement", "edit", "PL-0001", "--cost", "85.50", "--tier", "2")
    return placed


def rows(program: Program, *args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(program.ok("export", *args).out)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_exported_in_every_format(kept: Program, kind: str) -> None:
    for format in FORMATS:
        kept.ok("export", kind, "--out", f"k.{format}")
        assert (kept.folder / f"k.{format}").stat().st_size > 20
    assert rows(kept, kind) and json.loads(kept.ok("export", kind, "--json").out)["data"]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"providers"}))
def test_an_export_has_the_names_of_children_and_is_logged_as_a_look(
    kept: Program, kind: str
) -> None:
    assert {row["Pupil name"] for row in rows(kept, kind)} >= {"Test Pupil"}
    (look,) = kept.json("log", "P-0001", "--seen")
    assert look["what"] == f"export {kind}" and look["subject"] == "every child"


def test_an_export_of_some_is_logged_for_the_children_in_it_alone(kept: Program) -> None:
    kept.ok("pupil", "add", "Sample Other", "--born", "2011-01-01", "--home-school", "Elm Academy")
    (row,) = rows(kept, "pupils", "school:elm")
    assert next(iter(row.values())) == "P-0002"
    kept.ok("export", "placements", "PL-1", "--out", "k.csv")
    seen = [(look["subject"], look["what"]) for look in kept.json("log", "--seen")]
    assert seen == [("P-0002", "export pupils"), ("P-0001", "export placements --out")]


def test_an_export_without_children_is_no_look(kept: Program) -> None:
    kept.ok("export", "providers")
    assert kept.json("log", "--seen") == []


def test_a_name_finds_its_child_as_names_are_exported(kept: Program) -> None:
    kept.ok("pupil", "add", "Sample Other", "--born", "2011-01-01")
    assert [row["Pupil name"] for row in rows(kept, "pupils", "other")] == ["Sample Other"]


def test_without_a_file_it_is_a_csv_and_a_text_file_is_refused(kept: Program) -> None:
    assert kept.ok("export", "pupils").out.startswith("Pupil ref (store ")
    kept.ok("export", "pupils", "--out", "noending")
    assert "Pupil ref" in (kept.folder / "noending").read_text("utf-8-sig")
    for name in ("k.txt", "k.md"):
        refused = kept("export", "pupils", "--out", name)
        assert refused.code == 2 and "choose .csv, .xlsx, .json or .jsonl" in refused.err
    assert kept("export", "pupils", "--format", "md").code == 2


def test_a_workbook_has_days_and_numbers_as_such(kept: Program) -> None:
    kept.ok("export", "placements", "--out", "k.xlsx")
    book = CalamineWorkbook.from_path(str(kept.folder / "k.xlsx"))
    head, row = book.get_sheet_by_name("Export placements").to_python()
    found = dict(zip(head, row, strict=True))
    assert found["Starts"] == date(2026, 1, 6) and found["Hours a week"] == 19
    assert found["Cost a week"] == 85.5 and found["Provider name"] == "Hollow Oak Farm"


@POSIX
def test_an_export_is_private(kept: Program) -> None:
    for format in FORMATS:
        kept.ok("export", "pupils", "--out", f"k.{format}")
        assert stat.S_IMODE((kept.folder / f"k.{format}").stat().st_mode) == 0o600


def test_json_is_that_of_the_list_with_names(kept: Program) -> None:
    exported = kept.json("export", "pupils")[0]
    listed = kept.json("pupil", "list", "--names")[0]
    assert exported == {key: listed[key] for key in exported} and exported["name"] == "Test Pupil"


def test_a_damaged_record_is_named_and_the_others_are_exported(kept: Program) -> None:
    kept.ok("pupil", "add", "Sample Other", "--born", "2012-01-01")
    connect(kept.store).execute("UPDATE pupil SET born = 'soon' WHERE id = 2")
    found = kept("export", "pupils")
    assert found.code == 5 and "P-0002" in found.err and "P-0001" in found.out


@pytest.mark.parametrize("noun", NOUNS)
def test_each_column_is_known_again_by_its_heading(noun: type[Noun]) -> None:
    keys, headings = headings_of(NOUNS[noun].columns)
    columns = match_columns(headings, [], TODAY)
    by_key = dict(zip(keys, columns, strict=True))
    for question in questions(noun):
        column = by_key[question.name]
        if f"{noun.NOUN}.{question.key}" in LEFT_OUT:
            continue
        assert column.field is not None and column.is_sure, column
        assert column.field.name == f"{noun.NOUN}.{question.key}", column
    assert by_key["ref"].field and by_key["ref"].field.name == f"{noun.NOUN}.reference"
    assert "year_group" not in by_key or by_key["year_group"].field is None
    for key in {"state", "ended", "end_reason", "destination"} & set(by_key):
        field = by_key[key].field
        assert field is not None and field.name == f"placement.{key}", by_key[key]


def test_the_columns_around_a_placement_are_known_again() -> None:
    keys, headings = headings_of(exporting.PLACEMENTS.columns)
    columns = dict(zip(keys, match_columns(headings, [], TODAY, nouns=["placement"]), strict=True))
    found = {
        key: columns[key].field for key in ("pupil", "pupil_name", "provider", "provider_name")
    }
    assert [field and field.name for field in found.values()] == [
        "pupil.reference",
        "pupil.name",
        "provider.reference",
        "provider.name",
    ]


SPELLS: tuple[Periods, ...] = (
    Periods(),
    Periods((Period(),)),
    Periods((Period(date(2024, 9, 1)),)),
    Periods((Period(date(2024, 9, 1), date(2025, 8, 31)),)),
    Periods((Period(None, date(2025, 8, 31)),)),
    Periods((Period(date(2022, 9, 1), date(2023, 8, 31)), Period(date(2024, 9, 1)))),
)


@pytest.mark.parametrize("periods", SPELLS)
def test_what_holds_on_some_days_comes_back_the_same(periods: Periods) -> None:
    pupil = Pupil(name="Test Pupil", born=date(2010, 6, 27), ehcp=periods)
    assert_comes_back(pupil)


def assert_comes_back(noun: Noun) -> None:
    """Each recorded answer of a record, written as a cell and read again, changes nothing."""
    cells = record_cells(noun)
    for question in questions(type(noun)):
        fact = getattr(noun, question.name)
        if not recorded(fact) or f"{noun.NOUN}.{question.key}" in LEFT_OUT:
            continue
        cell: Any = cells[question.name]
        given = read_cell(question, float(cell) if isinstance(cell, Decimal) else cell, TODAY)
        if given is not None and question.name != "commissioner":
            assert answer(question, {question.key: given}, TODAY, fact) == fact, question.name


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_back_the_same_through_a_csv(kept: Program, text: str) -> None:
    store = connect(kept.store)
    store.execute("UPDATE provider SET name = ?, contact = ?", (text, text))
    kept.ok("export", "providers", "--out", "k.csv")
    (sheet,) = open_tables(kept.folder / "k.csv").sheets
    head, row = (each.cells for each in sheet.rows())
    found = dict(zip(head, row, strict=True))
    shown = text.replace("\u202e", "�")
    assert found["Contact"] == shown and found["Provider name"] == shown
    first = (kept.folder / "k.csv").read_text("utf-8-sig").splitlines()[1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in next(csv.reader([first])))


def test_sites_stand_in_a_line_each_and_come_back() -> None:
    sites = Sites((Site(1, "1 Example Lane; Testford"), Site(2, "2 Far Field", SiteKind.SATELLITE)))
    provider = Provider(name="Hollow Oak Farm", kind="non-school", sites=sites)  # type: ignore[arg-type]
    assert record_cells(provider)["sites"] == "1 Example Lane; Testford\n2 Far Field (satellite)"
    assert_comes_back(provider)


def test_the_kind_of_a_site_goes_out_with_it_and_comes_back(ap: Program) -> None:
    ap.ok("provider", "add", "--name", "Hollow Oak Farm", "--kind", "non-school")
    ap.ok("provider", "edit", "PR-0001", "--subcontracted", "1 Example Lane (yard)")
    ap.ok("export", "providers", "--out", "one.csv")
    assert [row["outcome"] for row in ap.json("import", "one.csv", "providers")] == ["same"]
    ap.ok("provider", "edit", "PR-0001", "--satellite", "2 Far Field", "--address", "3 New Lane")
    ap.ok("export", "providers", "--out", "k.csv")
    assert [row["outcome"] for row in ap.json("import", "k.csv", "providers")] == ["same"]
    sites = ap.json("provider", "show", "PR-0001")[0]["sites"]
    ap.ok("provider", "edit", "PR-0001", "--address", "2: 2 Far Field (subcontracted)")
    changed = ap.json("provider", "show", "PR-0001")[0]["sites"]
    assert sites != changed and "subcontracted" in json.dumps(changed)
    there = ("--db", str(ap.folder / "there.db"))
    ap.ok("import", "k.csv", "providers", *there)
    assert ap.json("provider", "show", "PR-0001", *there)[0]["sites"] == sites


@pytest.mark.parametrize(
    "address", ["The Barn (satellite)", "The Barn (main)", "The Barn (main) (main)"]
)
@pytest.mark.parametrize("kind", ["main", "satellite", "subcontracted"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_address_that_ends_like_a_kind_of_site_comes_back_as_it_is(
    ap: Program, address: str, kind: str, format: str
) -> None:
    ap.ok("provider", "add", "--name", "Hollow Oak Farm", "--kind", "non-school")
    ap.ok("provider", "edit", "PR-0001", "--address", f"{address} ({kind})")
    (site,) = ap.json("provider", "show", "PR-0001")[0]["sites"]
    assert (site["address"], site["kind"]) == (address, kind)
    ap.ok("export", "providers", "--out", f"k.{format}")
    assert [row["outcome"] for row in ap.json("import", f"k.{format}", "providers")] == ["same"]
    there = ("--db", str(ap.folder / "there.db"))
    ap.ok("import", f"k.{format}", "providers", *there)
    assert ap.json("provider", "show", "PR-0001", *there)[0]["sites"] == [site]


def test_a_site_is_corrected_to_the_main_one(ap: Program) -> None:
    ap.ok("provider", "add", "--name", "Hollow Oak Farm", "--kind", "non-school")
    ap.ok("provider", "edit", "PR-0001", "--satellite", "2 Far Field")
    ap.ok("provider", "edit", "PR-0001", "--address", "1: 2 Far Field (main)")
    (site,) = ap.json("provider", "show", "PR-0001")[0]["sites"]
    assert (site["address"], site["kind"]) == ("2 Far Field", "main")


def test_the_sample_school_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    ap = Program(tmp_path_factory.mktemp("demo"))
    ap.ok("demo", "--db", str(ap.store))
    from ap_cli.store.queries.records import readable_nouns

    with ap.opened() as store:
        for noun in NOUNS:
            found = list(readable_nouns(store, noun, TODAY))
            assert found
            for one in found:
                assert_comes_back(one)


@pytest.mark.parametrize(
    ("minutes", "cell"), [(1140, 19), (1095, 18.25), (1090, "18:10"), (15, 0.25)]
)
def test_hours_are_a_number_in_quarters_and_else_as_people_say_them(
    minutes: int, cell: object
) -> None:
    assert cell_of(Minutes(minutes), Minutes) == cell


@pytest.mark.parametrize(("pence", "cell"), [(8550, "85.5"), (1, "0.01"), (100_000, "1000")])
def test_money_is_exact(pence: int, cell: str) -> None:
    assert cell_of(Pence(pence), Pence) == Decimal(cell)


def test_attendance_comes_back_as_the_same(kept: Program) -> None:
    kept.ok("attendance", "record", "PL-0001", "2026-02-26", "pm", "I")
    kept.ok("export", "attendance", "--out", "k.csv")
    assert "0 marks added, 2 there already" in kept.ok("attendance", "import", "k.csv").out


KEPT_KINDS = ("pupils", "providers", "placements")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KEPT_KINDS)
def test_what_is_exported_comes_in_again_as_the_same(
    _sample: Path, tmp_path: Path, kind: str, format: str
) -> None:
    shutil.copytree(_sample, tmp_path / "sample")
    ap = Program(tmp_path / "sample", on="2026-11-29")
    ap.ok("export", kind, "--out", f"k.{format}")
    log = ap.json("log")
    rows = ap.json("import", f"k.{format}", kind)
    assert rows and {row["outcome"] for row in rows} == {"same"}, rows
    assert ap.json("log") == log


@pytest.fixture(scope="module")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample school, with a few answers that are hard to write in a cell."""
    ap = Program(tmp_path_factory.mktemp("sample"), on="2026-11-29")
    ap.ok("demo", "--db", str(ap.store))
    ap.ok(
        "provider", "edit", "PR-0001", "--satellite", "2 Far Field; Testford", "--activity", "a; b"
    )
    ap.ok(
        "placement", "edit", "PL-0001", "--hours", "18:10", "--cost", "1850.50", "--nature", "=1+1"
    )
    ap.ok("pupil", "edit", "P-0001", "--ehcp", "2020-09-01", "--ehcp-ended", "2021-08-31")
    return ap.folder


def test_what_is_corrected_in_an_export_is_all_that_changes(kept: Program) -> None:
    found = rows(kept, "placements")
    found[0]["Owner"] = "T. Sample"
    with (kept.folder / "k.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    (row,) = kept.json("import", "k.csv", "placements")
    assert row["outcome"] == "changed" and row["changed"] == ["placement.owner"]
    assert kept.json("placement", "show", "PL-0001")[0]["owner"] == "T. Sample"
