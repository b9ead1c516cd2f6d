"""What “Name” holds in a list of providers, and what is told of one sheet alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ap_cli.exchange.by_sheet import told_of
from ap_cli.exchange.layouts import list_layouts
from ap_cli.exchange.tables import open_tables

from .books import xlsx_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("heads", "noun"),
    [
        (("Name", "Type", "Address"), "provider"),
        (("Name", "URN", "Registered?"), "provider"),
        (("Name", "Type", "Cost", "Email"), "provider"),
        (("Name", "Type"), "pupil"),
        (("Name", "Address", "Phone"), "pupil"),
        (("Name", "URN", "Address", "Year group"), "pupil"),
        (("Name", "Type", "Address", "DOB"), "pupil"),
        (("Pupil", "Type", "Address"), "pupil"),
    ],
)
def test_columns_say_that_a_list_is_one_of_providers(
    tmp_path: Path, heads: tuple[str, ...], noun: str
) -> None:
    tables = open_tables(xlsx_of(tmp_path / "a.xlsx", heads, ("Test Farm", *heads[1:])))
    for nouns in ((), ("pupil", "provider", "placement")):
        (layout,) = list_layouts(tables, TODAY, nouns=nouns)
        assert layout.columns[0].field is not None
        assert layout.columns[0].field.name == f"{noun}.name"
        is_other = [one.field and one.field.noun != "provider" for one in layout.columns]
        assert any(is_other) == (noun == "pupil")
    (layout,) = list_layouts(tables, TODAY, told={heads[0]: "pupil.name"})
    assert layout.columns[0].field is not None
    assert layout.columns[0].field.name == "pupil.name"


def test_what_is_told_of_a_sheet_beats_what_is_told_of_a_heading() -> None:
    told = {"Test sheet!Name": "a", "NAME": "b", "Other!Phone": "c", "Note!": "d"}
    assert told_of(told, "test SHEET")["name"] == "a"
    assert told_of(told, "Other")["name"] == "b" and told_of(told, "Other")["phone"] == "c"
    assert "phone" not in told_of(told, "Test") and told_of(told, "Test")["note"] == "d"
