"""Notice of an off-site direction: AP421 to AP423."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.rules.engine import check
from ap_cli.rules.examples.builders import PUPIL, placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_YET, OPEN, Answer
from ap_cli.rules.task import Urgency

from .answers import BY_ID, answer

NOTICE = {"address": True, "report_to": True, "days": True, "reasons": True, "session_times": True}


def noticed(day: str, to: str = "parent", **changed: Any) -> Any:
    return placement_case(
        starts="2026-02-23",
        visit=None,
        reviewed=(),
        happened=[("notice", NOTICE | {"day": day, "to": [to]})],
        **changed,
    )


@pytest.mark.parametrize(
    ("born", "to", "expected"),
    [
        ("2008-02-23", "child", MET),
        ("2008-02-23", "parent", BREACHED),
        ("2008-02-24", "parent", MET),
        ("2008-02-24", "child", BREACHED),
    ],
)
def test_from_the_18th_birthday_on_the_pupil_is_told_instead_of_the_parent(
    born: str, to: str, expected: Answer
) -> None:
    assert answer("AP421", noticed("2026-02-10", to, pupil=PUPIL | {"born": born})) is expected


@pytest.mark.parametrize(("day", "late"), [("2026-02-12", False), ("2026-02-13", True)])
def test_a_notice_that_came_too_late_is_named(day: str, late: bool) -> None:
    case = noticed(day)
    assert answer("AP421", case) is (BREACHED if late else MET)
    assert ("Friday 13 February 2026 is too late" in BY_ID["AP421"].problem(case)) is late


@pytest.mark.parametrize(
    ("to", "late"), [("local-authority", True), ("parent", False), ("provider", False)]
)
def test_a_notice_to_the_council_that_came_too_late_is_named(to: str, late: bool) -> None:
    case = noticed("2026-02-13", to, pupil=PUPIL | {"ehcp": "2024-09-01"})
    assert answer("AP422", case) is BREACHED
    assert ("Friday 13 February 2026 is too late" in BY_ID["AP422"].problem(case)) is late


@pytest.mark.parametrize(
    ("day", "warns"), [("2026-02-12", True), ("2026-02-11", False), ("2026-02-10", False)]
)
def test_a_notice_is_only_just_in_time_where_clear_days_would_make_it_late(
    day: str, warns: bool
) -> None:
    case, rule = noticed(day), BY_ID["AP421"]
    assert rule.has_warning and bool(rule.warning(case)) is warns


def test_a_notice_in_time_to_somebody_else_is_not_too_late() -> None:
    case = noticed("2026-02-12", "provider")
    assert answer("AP421", case) is BREACHED and "too late" not in BY_ID["AP421"].problem(case)


def notice(day: str, **says: bool) -> tuple[str, dict[str, Any]]:
    return "notice", {"day": day, "to": ["parent"]} | says


def direction(*notices: tuple[str, dict[str, Any]]) -> Any:
    """A direction to a place from Monday 23 February, seen on the Friday before."""
    return placement_case(
        on=date(2026, 2, 20), starts="2026-02-23", visit=None, reviewed=(), happened=notices
    )


REST = dict.fromkeys(("report_to", "days", "reasons", "session_times"), True)


@pytest.mark.parametrize(("completed", "warns"), [("2026-02-11", False), ("2026-02-12", True)])
def test_a_notice_counts_from_the_day_on_which_it_says_everything(
    completed: str, warns: bool
) -> None:
    rule = BY_ID["AP421"]
    case = direction(notice("2026-02-02", address=True), notice(completed, **REST))
    assert rule.answer(case)[0] is MET and rule.has_warning and bool(rule.warning(case)) is warns


def test_of_two_notices_that_came_too_late_the_first_is_told() -> None:
    late = [notice(day, address=True) for day in ("2026-02-13", "2026-02-16")]
    assert "one of Friday 13 February 2026 is too late" in BY_ID["AP421"].problem(direction(*late))


@pytest.mark.parametrize(
    ("day", "warning"),
    [("2026-02-25", ""), ("2026-02-26", "one day short, if two clear days are meant")],
)
def test_a_notice_on_thursday_for_monday_is_met_only_just(day: str, warning: str) -> None:
    case = placement_case(
        starts="2026-03-02", visit=None, reviewed=(), happened=[notice(day, address=True, **REST)]
    )
    found = next(check(case, [BY_ID["AP421"]]))
    assert found.answer is MET and found.message == "; ".join(
        filter(None, (BY_ID["AP421"].title, warning))
    )
    assert found.urgency == (Urgency.ADVICE if warning else None)
    shown = list(check(case, [BY_ID["AP421"]], answers=OPEN, warnings=True))
    assert bool(shown) is bool(warning)


@pytest.mark.parametrize(
    ("on", "expected", "said"),
    [
        (date(2026, 2, 11), NOT_YET, "due by Wednesday 11 February 2026"),
        (date(2026, 2, 12), NOT_YET, "today is the last day"),
        (date(2026, 2, 13), BREACHED, "due by Wednesday 11 February 2026"),
    ],
)
def test_notice_is_due_so_that_two_school_days_lie_clear(
    on: date, expected: Answer, said: str
) -> None:
    case = placement_case(on=on, starts="2026-02-23", visit=None, reviewed=())
    found = next(check(case, [BY_ID["AP421"]]))
    due = date(2026, 2, 12) if "today" in said else date(2026, 2, 11)
    assert found.answer is expected and found.due == due and said in found.message


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        ("maintained-school", "must"),
        ("special-school", "must"),
        ("pru", "must"),
        ("academy", "should"),
    ],
)
def test_notice_is_law_for_maintained_schools_special_ones_too(kind: str, severity: str) -> None:
    case = placement_case(
        starts="2026-02-23", visit=None, reviewed=(), commissioner=CommissionerKind(kind)
    )
    assert BY_ID["AP421"].weighs(case) == severity and answer("AP421", case) is BREACHED


@pytest.mark.parametrize(("decided", "late"), [("2026-02-04", False), ("2026-02-03", True)])
def test_a_notice_that_went_out_long_after_the_decision_is_met_with_a_warning(
    decided: str, late: bool
) -> None:
    case = placement_case(
        starts="2026-02-23",
        visit=None,
        reviewed=(),
        happened=[
            ("notice", NOTICE | {"day": "2026-02-11", "to": ["parent"], "decided_on": decided})
        ],
    )
    assert answer("AP421", case) is MET
    assert ("as soon as practicable" in BY_ID["AP421"].warning(case)) is late


@pytest.mark.parametrize(
    ("day", "expected"), [("2027-09-02", CANNOT_TELL), ("2027-09-03", BREACHED)]
)
def test_without_term_dates_a_notice_is_late_where_even_weekdays_are_too_few(
    day: str, expected: Answer
) -> None:
    case = placement_case(
        on=date(2027, 9, 6),
        starts="2027-09-06",
        ends="2027-12-10",
        review_date=None,
        visit=None,
        reviewed=(),
        happened=[("notice", NOTICE | {"day": day, "to": ["parent"]})],
    )
    assert answer("AP421", case) is expected


@pytest.mark.parametrize(
    ("on", "due", "last"),
    [
        ("2026-02-27", "2026-02-27", ""),
        ("2026-02-28", "2026-03-02", "; Monday 2 March 2026 is the last day"),
        ("2026-03-02", "2026-03-02", "; today is the last day"),
    ],
)
def test_notice_that_still_counts_is_due_on_a_day_that_is_not_over(
    on: str, due: str, last: str
) -> None:
    """The first day is Wednesday 4 March 2026: two clear school days lie after Friday 27 February."""
    case = placement_case(
        on=date.fromisoformat(on), starts="2026-03-04", visit=None, reviewed=(), ends="2026-07-10"
    )
    said, _, day = BY_ID["AP421"].answer(case)
    assert said is NOT_YET and day == date.fromisoformat(due)
    assert f"due by Friday 27 February 2026{last}" in BY_ID["AP421"].problem(case)


def test_notice_that_no_longer_counts_was_due_two_clear_school_days_before_the_first_day() -> None:
    case = placement_case(
        on=date(2026, 3, 3), starts="2026-03-04", visit=None, reviewed=(), ends="2026-07-10"
    )
    assert BY_ID["AP421"].answer(case) == (BREACHED, None, date(2026, 2, 27))
