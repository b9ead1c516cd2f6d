"""What `ap help rights` shows is what happens, command by command."""

from __future__ import annotations

import re
import shlex

from ap_cli.domain.retention import PERIODS

from ..conftest import Program
from ..generated import FOLDER

PAGE = (FOLDER / "rights.md").read_text("utf-8")
COMMANDS = [
    shlex.split(line)[1:]
    for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


def test_each_command_of_the_page_works_in_its_order(placed: Program) -> None:
    placed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "moved",
              "--destination", "home-school")  # fmt: skip
    *before, last = COMMANDS
    for command in before:
        placed.ok(*command)
    assert placed(*last).code == 2, "the one before has erased the child"


def test_the_page_has_each_period_as_it_is() -> None:
    for name, period in PERIODS.items():
        assert f"| `{name}` | {period.usual} {period.unit}" in PAGE
