"""`--if FIELD=OLD`: an edit is refused if the field does not say what somebody saw there."""

from __future__ import annotations

import pytest

from ..conftest import COMPLETE, Program
from ..interview.terminal import Terminal


@pytest.fixture
def kept(placed: Program) -> Program:
    """The placement, pupil and provider, and a review, E-0001."""
    placed.ok("record", "review", "PL-0001", *COMPLETE, "--by", "A. Tester")
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    return placed


SO = [
    (("placement", "edit", "PL-0001", "--hours", "15"), "hours=19"),
    (("placement", "edit", "PL-0001", "--hours", "15"), "weekly-minutes=19"),
    (("placement", "edit", "PL-0001", "--hours", "15", "--from", "2026-03-09"), "hours=19"),
    (("placement", "edit", "PL-0001", "--owner", "B. Sample"), "owner="),
    (("pupil", "edit", "P-0001", "--home-school", "Oak School"), "home_school=Elm Academy"),
    (("provider", "edit", "PR-0001", "--risk", "higher"), "registered=no"),
    (("provider", "edit", "PR-0001", "--risk", "higher"), "address=1 Example Lane, Testford"),
    (("record", "edit", "E-0001", "--by", "B. Sample", "--reason", "x"), "by=A. Tester"),
    (("record", "edit", "E-0001", "--no-safe", "--reason", "x"), "safe=yes"),
]
NOT_SO = [
    (SO[0][0], "hours=12", "--if hours: PL-0001 has 19 there now"),
    (SO[2][0], "hours=12", "--if hours: PL-0001 has 19 there now"),
    (SO[0][0], "hours=", "--if hours: PL-0001 has 19 there now"),
    (SO[3][0], "owner=L. Sample", "--if owner: PL-0001 has no answer there now"),
    (SO[4][0], "home-school=", "--if home_school: P-0001 has another answer there now"),
    (SO[4][0], "born=2010-01-01", "--if born: P-0001 has another answer there now"),
    (SO[5][0], "registered=yes", "--if registered: PR-0001 has no there now"),
    (SO[6][0], "address=2 Example Lane", "--if address: PR-0001 has another answer there now"),
    (SO[7][0], "by=L. Sample", "--if by: E-0001 has another answer there now"),
    (SO[8][0], "safe=no", "--if safe: E-0001 has yes there now"),
]


@pytest.mark.parametrize(("args", "expected"), SO)
def test_an_edit_is_done_where_the_field_is_so(
    kept: Program, args: tuple[str, ...], expected: str
) -> None:
    assert "No change" not in kept.ok(*args, "--if", expected).err


@pytest.mark.parametrize(("args", "expected", "told"), NOT_SO)
def test_an_edit_is_refused_where_the_field_is_not_so(
    kept: Program, args: tuple[str, ...], expected: str, told: str
) -> None:
    before = kept.store.read_bytes()
    refused = kept(*args, "--if", expected)
    assert (refused.code, refused.out) == (2, ""), refused
    assert refused.err.splitlines() == [told, "nothing was changed"]
    assert kept.store.read_bytes() == before


def test_every_field_that_is_named_has_to_be_so(kept: Program) -> None:
    both = ("--if", "hours=19", "--if", "owner=L. Sample")
    refused = kept("placement", "edit", "PL-0001", "--ends", "2026-07-10", *both)
    assert refused.code == 2 and "owner" in refused.err and "hours" not in refused.err


def test_an_edit_that_changes_nothing_is_refused_as_well(kept: Program) -> None:
    assert kept("placement", "edit", "PL-0001", "--hours", "19", "--if", "hours=12").code == 2
    same = kept.ok("placement", "edit", "PL-0001", "--hours", "19", "--if", "hours=19")
    assert "No change" in same.err


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("hours", "--if: type a field, = and what it says now, such as --if hours=12"),
        ("ours=12", "--if: no such question as …, did you mean hours?"),
        ("hours=many", "--if hours: "),
        ("starts=31/2/2026", "--if starts: “31/2/2026” is not a day"),
    ],
)
def test_what_cannot_be_compared_is_refused(kept: Program, expected: str, told: str) -> None:
    refused = kept("placement", "edit", "PL-0001", "--hours", "15", "--if", expected)
    assert refused.code == 2 and told.partition(",")[0] in refused.err


def test_a_terminal_says_what_stands_there(kept: Program) -> None:
    terminal = Terminal(
        kept, "pupil", "edit", "P-0001", "--home-school", "Oak School", "--if", "home-school="
    )
    terminal.sees("--if home_school: P-0001 has Elm Academy there now")
    assert terminal.ends() == 2
