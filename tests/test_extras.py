"""Parts of `ap` that are installed apart: what is missing is said in one sentence."""

from __future__ import annotations

import tomllib
from typing import get_args

import pytest

from ap_cli.extras import Extra, ExtraMissing, needing

from .generated import ROOT

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]


def test_what_is_missing_is_said_with_the_command_that_installs_it() -> None:
    said = r"pip install 'ap-cli\[spreadsheets\]'"
    with pytest.raises(ExtraMissing, match=said) as refused, needing("spreadsheets"):
        import a_module_that_nobody_has  # noqa: F401
    assert refused.value.exit_code == 2


def test_what_is_installed_is_imported() -> None:
    with needing("documents"):
        import jinja2
    assert jinja2.Template("{{ day }}").render(day="Monday") == "Monday"


def test_every_extra_is_one_that_can_be_installed() -> None:
    assert set(get_args(Extra)) == set(EXTRAS) - {"dev"}
