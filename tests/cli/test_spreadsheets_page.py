"""What `ap help spreadsheets` shows is what happens."""

from __future__ import annotations

import re
import shlex

from ..conftest import Program
from ..generated import FOLDER

PAGE = (FOLDER / "spreadsheets.md").read_text("utf-8")


def block(language: str) -> str:
    """The first block of the page in a language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_file_of_the_page_is_imported_by_its_commands_and_taken_back(ap: Program) -> None:
    (ap.folder / "list.csv").write_text(block("csv"))
    dry, kept, undo = (shlex.split(line)[1:] for line in block("sh").splitlines())
    assert "2 placements new: would be imported" in ap.ok(*dry).out
    assert ap.json("placement", "list") == []
    ap.ok(*kept)
    pupils = {one["ref"]: one["ehcp"] for one in ap.json("pupil", "list")}
    assert len(pupils) == 2 and pupils["P-0002"] == []
    assert len(ap.json("provider", "list")) == 1
    ap.ok(*undo)
    assert ap.json("pupil", "list") == []
