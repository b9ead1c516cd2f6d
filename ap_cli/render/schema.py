"""The JSON Schema of what `ap check --json` writes, made from the finding itself.

The package has it as `check.schema.json`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from .findings import FindingRow

FILE = Path(__file__).with_name("check.schema.json")


class Checked(Struct, frozen=True):
    """The envelope of a check: the version of the format, the day asked, and the findings."""

    ap: Literal[1]
    kind: Literal["check"]
    on: date
    data: list[FindingRow]


def make_schema() -> dict[str, Any]:
    """The schema, from the types."""
    from inspect import cleandoc

    from msgspec.json import schema

    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ap check"}
    schema_of_check = schema(Checked)
    for definition in schema_of_check["$defs"].values():
        # msgspec before 0.23 hands out docstrings with the indentation of the source
        definition["description"] = cleandoc(definition["description"])
    return head | schema_of_check


def read_schema() -> str:
    """The schema as the package has it."""
    return FILE.read_text("utf-8")
