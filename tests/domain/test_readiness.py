"""Readiness to return, scored over time."""

from __future__ import annotations

from datetime import date

from ap_cli.domain.entries.after import DEGREES, Degree, Readiness
from ap_cli.domain.readers import fill
from ap_cli.domain.readiness import score, score_statements

TODAY = date(2026, 3, 2)


def judged(day: str, **degrees: str) -> Readiness:
    return fill(Readiness, {"day": day} | degrees, TODAY)


def test_the_degrees_are_scored_from_not_yet_to_yes() -> None:
    assert [score(degree) for degree in DEGREES] == [0, 1, 2, 3] and len(DEGREES) == len(Degree)


def test_the_change_is_from_the_first_judgement_to_the_last() -> None:
    first, best, last = DEGREES[1], DEGREES[3], DEGREES[2]
    found = {each.question.name: each for each in score_statements([
        judged("2026-01-12", attends=first), judged("2026-02-02", attends=best, works_steadily=best), judged("2026-03-02", attends=last, trusts_staff=first)
    ])}  # fmt: skip
    assert found["attends"].degrees == (
        (date(2026, 1, 12), first),
        (date(2026, 2, 2), best),
        (date(2026, 3, 2), last),
    )
    assert {name: found[name].change for name in ("attends", "works_steadily", "trusts_staff", "takes_support")} == {
        "attends": 1, "works_steadily": 0, "trusts_staff": 0, "takes_support": 0
    }  # fmt: skip
    assert found["takes_support"].degrees == ()


def test_it_falls_as_well_as_it_rises_and_only_statements_are_scored() -> None:
    found = score_statements(
        [judged("2026-01-12", attends=DEGREES[3]), judged("2026-03-02", attends=DEGREES[0])]
    )
    assert [each.change for each in found if each.degrees] == [-3] and {
        each.question.item for each in found
    } == {Degree}
