"""Twenty texts that break careless programs, through a flag, a file of answers and a correction."""

from __future__ import annotations

import json

import pytest

from ..cli.test_harmless import MOVES
from ..conftest import Program

pytestmark = pytest.mark.uncovered

TEXTS = (
    *("Farm\x1b[2J", "Farm\x07", "Farm\u202eeman", "Farm\u2066x", "Farm\u2028x", "Farm\x85x"),
    *("Robert'); DROP TABLE pupil;--", '"; SELECT 1; --', "%s%n{0}{a.b}", "$(id)`id`", "../../x"),
    *("=cmd|' /C calc'!A1", "+1+1", "@SUM(A1)", "<script>x</script>", "[bold red]x[/]"),
    *("ａＢ\u0301é", "🙂👩‍👩‍👧", "x" * 20_000, "x" * 20_001),
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_hostile_text_is_kept_whole_or_refused_and_moves_no_terminal(
    placed: Program, text: str
) -> None:
    answers = placed.folder / "answers.json"
    answers.write_text(json.dumps({"note": text}), "utf-8")
    doors = (
        ("record", "contact", "PL-0001", f"--note={text}"),
        ("record", "contact", "PL-0001", "--answers", str(answers)),
        ("provider", "edit", "PR-0001", f"--name={text}"),
    )
    for door in doors:
        found = placed(*door)
        assert found.code in (0, 2), found
        assert not MOVES.search(found.out + found.err), found
        assert len(found.err.splitlines()) < 5
        assert found.code == 0 or text not in found.err
    for shown in ("plain", "csv", "json", "md"):
        for command in (("timeline", "PL-0001"), ("provider", "list"), ("log",)):
            told = placed.ok(*command, "--format", shown)
            assert not MOVES.search(told.out.replace("\r\n", "\n") + told.err), (command, told)
    assert placed.ok("db", "check")
