"""What is done at the end of a placement and after it: AP701 to AP708."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.rules.engine import make_finding
from ap_cli.rules.examples.builders import PUPIL, YEAR_11, placement_case
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET, Answer, Severity
from ap_cli.rules.task import Urgency
from ap_cli.services.checks import is_long_over, still_matters

from .answers import BY_ID, answer, breach, remedy


def test_the_end_is_not_asked_for_while_a_placement_runs_past_it() -> None:
    late = placement_case(on=date(2026, 4, 20))
    assert answer("AP502", late) is BREACHED
    assert answer("AP704", late) is answer("AP705", late) is NOT_YET


@pytest.mark.parametrize(
    ("by", "severity"),
    [
        (CommissionerKind.LOCAL_AUTHORITY, Severity.MUST),
        (CommissionerKind.ACADEMY, Severity.SHOULD),
    ],
)
def test_a_next_place_is_law_for_an_authority(by: CommissionerKind, severity: Severity) -> None:
    case = placement_case(commissioner=by, ended={"day": "2026-02-13", "destination": "none"})
    assert answer("AP706", case) is BREACHED and BY_ID["AP706"].weighs(case) is severity


def test_what_is_missing_of_the_discussion_at_the_end_is_told() -> None:
    everybody = ["school", "provider", "child", "parent"]
    for given, told in (
        (
            {"took_part": everybody},
            "nobody has said at the end what support follows and who gives it",
        ),
        (
            {"took_part": everybody[:3], "support": "x"},
            "parent took no part in the discussion at the end",
        ),
        (
            {"took_part": everybody[:3]},
            "parent took no part in the discussion at the end;"
            " nobody has said at the end what support follows and who gives it",
        ),
    ):
        assert breach("AP704", placement_case(happened=[("discussion", given)])) == told


def test_the_childs_view_is_asked_for_at_the_first_review() -> None:
    case = placement_case(reviewed=("2026-02-02", "2026-02-13"))
    assert (
        BY_ID["AP701"].has_due
        and BY_ID["AP701"].due(case) == date(2026, 2, 2)
        and remedy("AP701", case) == "ap record edit E-0098 --child-view … --reason …"
    )


@pytest.mark.parametrize(
    ("aim", "expected"), [("return-to-school", True), ("post-16", False), (None, False)]
)
def test_a_final_report_is_asked_for_where_the_child_is_to_return(
    aim: str | None, expected: bool
) -> None:
    assert (answer("AP703", placement_case(aim=aim)) is not NOT_APPLICABLE) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-01", BREACHED), ("2026-03-02", NOT_YET), ("2026-03-03", NOT_APPLICABLE)],
)
def test_on_its_last_day_a_placement_has_ended(day: str, expected: Answer) -> None:
    case = placement_case(ended={"day": day, "destination": "none"})
    assert answer("AP706", replace(case, now=date(2026, 3, 2))) is expected


@pytest.mark.parametrize(
    ("on", "last_exam", "severity", "urgency"),
    [
        ("2026-06-15", "2026-06-12", Severity.ADVISE, Urgency.ADVICE),
        ("2026-06-15", "2026-06-16", Severity.MUST, Urgency.SAFETY),
        ("2026-06-15", None, Severity.MUST, Urgency.SAFETY),
        ("2026-05-15", "2026-05-15", Severity.ADVISE, Urgency.ADVICE),
        ("2026-05-14", "2026-05-14", Severity.MUST, Urgency.SAFETY),
    ],
    ids=["all exams over", "one to come", "never asked", "six weeks before", "a day earlier"],
)
def test_in_the_last_six_weeks_of_school_age_without_exams_a_next_place_is_advice(
    on: str, last_exam: str | None, severity: Severity, urgency: Urgency
) -> None:
    """Case L22: school age ends on 26 June 2026. Source: EA 1996 s.19(1A)."""
    case = placement_case(
        on=date.fromisoformat(on),
        pupil=YEAR_11 | {"last_exam": last_exam},
        commissioner=CommissionerKind.LOCAL_AUTHORITY,
        ended={"day": "2026-05-08", "destination": "none"},
    )
    rule = BY_ID["AP706"]
    found = make_finding(rule, case, rule.answer(case))
    assert (found.answer, found.severity, found.urgency) == (BREACHED, severity, urgency)


@pytest.mark.parametrize(
    ("given", "severity"),
    [
        ({"route": "section-19", "for_authority": True}, Severity.MUST),
        ({"route": "permanent-exclusion"}, Severity.MUST),
        ({"route": "school-arranged"}, Severity.SHOULD),
    ],
)
def test_a_next_place_is_law_where_the_council_has_to_arrange_it_whoever_does(
    given: dict[str, Any], severity: Severity
) -> None:
    case = placement_case(ended={"day": "2026-02-13", "destination": "none"}, **given)
    assert BY_ID["AP706"].weighs(case) is severity
    unsaid = replace(case, placement=replace(case.placement, destination=None))
    assert answer("AP706", unsaid) is BREACHED
    assert BY_ID["AP706"].weighs(unsaid) is Severity.SHOULD
    assert "have not said where the pupil has gone" in breach("AP706", unsaid)


@pytest.mark.parametrize(("on", "asked"), [("2027-03-27", True), ("2027-03-28", False)])
def test_a_year_after_the_end_only_what_is_unsafe_or_unlawful_is_a_task(
    on: str, asked: bool
) -> None:
    case = placement_case(
        on=date.fromisoformat(on), ended={"day": "2026-03-27", "destination": "none"}
    )
    found = [make_finding(BY_ID[id], case, BY_ID[id].answer(case)) for id in ("AP704", "AP706")]
    kept = [each.rule for each in found if not is_long_over(case, 365) or still_matters(each)]
    assert kept == (["AP704", "AP706"] if asked else ["AP706"])


@pytest.mark.parametrize(
    ("begins", "expected"),
    [("2028-01-22", MET), ("2028-01-24", CANNOT_TELL), ("2028-03-20", BREACHED)],
)
def test_without_term_dates_a_place_after_the_next_day_may_leave_a_gap(
    begins: str, expected: Answer
) -> None:
    """It ends on Friday 21 January 2028, of which no term dates are known."""
    case = placement_case(
        on=date(2028, 1, 22),
        pupil=PUPIL | {"born": "2014-11-15"},
        starts="2028-01-11",
        ends="2028-01-21",
        review_date=None,
        reviewed=(),
        visit=None,
        ended={"day": "2028-01-21", "destination": "none"},
        next_place="PL-0002",
        next_begins=date.fromisoformat(begins),
    )
    assert answer("AP706", case) is expected


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        ("2026-03-27", ""),
        ("2026-03-28", "it came on 28 March 2026, after the placement ended on 27 March 2026"),
    ],
)
def test_a_final_report_after_the_return_is_met_with_a_warning(day: str, warning: str) -> None:
    case = placement_case(
        on=date(2026, 4, 13),
        ended={"day": "2026-03-27", "destination": "home-school"},
        happened=[("final-report", {"day": day, "progress": "x"})],
    )
    assert answer("AP703", case) is MET and BY_ID["AP703"].warning(case) == warning


def test_a_discussion_long_before_the_end_is_named_with_its_day() -> None:
    early = ("discussion", {"day": "2026-01-07", "took_part": ["school"], "support": "x"})
    assert breach("AP704", placement_case(on=date(2026, 3, 27), happened=[early])) == (
        "the last discussion was on 7 January 2026, long before the end of the placement"
    )
