"""A record that is damaged, or beside one: its page has all that can be read, and names the rest."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .test_damage import damage

DAMAGE = [
    ("pupil SET born = 'soon'", "correct it with `ap pupil edit P-0001 --born DAY`"),
    ("provider SET kind = 'circus'", "correct it with `ap provider edit PR-0001 --kind …`"),
    ("placement SET starts = 'soon'", "correct it with `ap placement edit PL-0001 --starts DAY`"),
    ("placement SET pupil = 'x'", "correct it with `ap placement edit PL-0001 --pupil "),
    ("site SET kind = 'circus'", "correct it with `ap provider edit PR-0001 --address ADDRESS`"),
]
PAGES = [
    ("placement show", "PL-0001"),
    ("pupil show", "P-0001"),
    ("provider show", "PR-0001"),
    ("show", "PL-0001"),
    ("timeline", "PL-0001"),
    ("timeline", "P-0001"),
    ("timeline", "PR-0001"),
]


@pytest.mark.parametrize(("change", "command"), DAMAGE)
def test_each_page_has_what_can_be_read_and_names_the_rest_with_its_command(
    placed: Program, change: str, command: str
) -> None:
    told = ["--day", "2026-01-12", "--by", "A. Tester", "--note", "as agreed"]
    placed.ok("record", "contact", "PL-0001", *told)
    damage(placed, change)
    for page, ref in PAGES:
        if page == "provider show" and change.startswith("pupil"):
            continue  # it has no fact of a pupil
        if ref == "P-0001" and "pupil = 'x'" in change:
            continue  # nothing says that the placement is this pupil's
        for how in ((), ("--json",)):
            found = placed(*page.split(), ref, *how)
            assert found.code == 5 and command in found.err, (page, ref, how, found)
            shown = "E-0001" if page == "timeline" else ref
            assert shown in found.out, (page, ref, how, found)


def test_a_provider_page_needs_nothing_of_a_damaged_pupil(placed: Program) -> None:
    damage(placed, "pupil SET born = 'soon'")
    assert "PL-0001" in placed.ok("provider", "show", "PR-0001").out


def test_a_page_is_whole_again_when_its_record_is_mended(placed: Program) -> None:
    before = placed.ok("placement", "show", "PL-0001").out
    damage(placed, "placement SET starts = 'soon'")
    found = placed("placement", "show", "PL-0001")
    assert found.code == 5 and "Hollow Oak Farm" in found.out
    placed.ok("placement", "edit", "PL-0001", "--starts", "2026-01-06")
    assert placed.ok("placement", "show", "PL-0001").out == before
