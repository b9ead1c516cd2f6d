"""A serious incident at a provider in the middle of placements: who is told, what is due, and when it is over."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .journey import Journey

pytestmark = pytest.mark.uncovered


def test_a_serious_incident_at_a_provider(ap: Program) -> None:
    days = Journey(ap)
    days.on("2026-01-05").do(
        'provider add "Hollow Oak Farm" --kind non-school --not-registered --address "1 Example Lane"'
    )
    days.do(
        'provider add "Thistledown Workshop" --kind non-school --not-registered --address "2 Example Lane"'
    )
    for number, provider in ((1, 1), (2, 1), (3, 2), (4, 1)):
        days.do(
            f'pupil add "Test Pupil {number}" --born 2011-0{number}-15 --ehcp no --looked-after no'
        )
        days.do(
            f"placement new --no-input --pupil P-{number} --provider PR-{provider} --route school-arranged --starts 2026-01-06 --ends 2026-07-10 --hours 6"
        )
    days.on("2026-02-02").do(
        "placement end PL-4 --reason 'moved away' --destination other-school --day 2026-01-30"
    )
    for number in (1, 2, 3):
        days.do(
            f"record review PL-{number} --safe --objectives-met --attending --needs-met --decided continue"
        )
    assert {due for _, due, _ in days.due()} == {"2026-03-27"}

    days.on("2026-03-05")  # a Thursday
    told = days.do("record concern PR-1 --what 'a fire in the barn' --serious --by 'C. Sample'").err
    assert (
        "PL-0001 (P-0001): a review is due by Friday 6 March 2026" in told
        and "PL-0002 (P-0002)" in told
    )
    assert "PL-0003" not in told and "PL-0004" not in told, (
        "another provider, and a placement that is over"
    )
    assert "Test Pupil" not in told, "no name on stderr"
    assert [(whose, due) for whose, due, _ in days.due()][:2] == [
        ("PL-0001", "2026-03-06"),
        ("PL-0002", "2026-03-06"),
    ]
    assert "AP311" in days.breached(), "what follows is not decided"
    assert [row["pupil"] for row in days.ap.json("where", "--provider", "PR-1", on=days.day)] == [
        "P-0001",
        "P-0002",
    ]

    incident = next(
        row["ref"]
        for row in days.ap.json("timeline", "PR-1", on=days.day)
        if row["kind"] == "concern"
    )
    days.do("provider suspend PR-1 --reason 'until the barn is safe'")
    days.do(
        f"record concern PR-1 --of {incident} --decision keep-with-monitoring --monitoring 'a daily call, T. Sample' --monitoring-until 2026-03-13 --why-not-stopped 'lessons are in the village hall'"
    )
    days.on("2026-03-06").do(
        "record review PL-1 --safe --objectives-met --attending --needs-met --decided continue --child-view 'was not there'"
    )
    findings = {
        (row["subject"], row["rule"])
        for row in days.ap.json("check", "--show", "breached,not-yet", on=days.day)
    }
    assert ("PL-0002", "AP506") in findings and ("PL-0001", "AP506") not in findings
    assert ("PR-0001", "AP311") in findings, "it is suspended"

    days.on("2026-03-09")
    assert ("PL-0002", "2026-03-06", True) in days.due() and "AP506" in days.breached()
    days.do(
        "record review PL-2 --safe --objectives-met --attending --needs-met --decided continue --child-view 'liked the hall'"
    )
    assert "AP506" not in days.breached()
    days.do("provider resume PR-1 --reason 'the hall is used'")
    assert "AP311" not in days.breached()
    assert "AP311" in days.on("2026-03-14").breached(), "the monitoring has run out"
    days.do(f"record concern PR-1 --of {incident} --closed --outcome 'the barn is repaired'")
    assert "AP311" not in days.breached()
    assert "go on with" in days.refused(f"record withdraw {incident} --reason 'a mistake'")
