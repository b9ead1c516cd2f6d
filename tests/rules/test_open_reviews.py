"""Reviews of an off-site direction that are moved, overtaken, urgent or asked for: what is wanting, and by when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.domain.concerns import calling_for_a_review
from ap_cli.domain.entries.during import ReviewRequest
from ap_cli.domain.options import Route
from ap_cli.render.command import spell
from ap_cli.rules.examples.builders import PUPIL, placement_case, without
from ap_cli.rules.rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET, Answer

from .answers import BY_ID, answer, remedy

ALL = ["parent", "provider", "head-teacher", "governors"]

OPEN = BY_ID["AP507"]


def invited(day: str, to: str, *parties: str) -> tuple[str, dict[str, Any]]:
    return "invitation", {"day": day, "review_on": to, "invited": list(parties or ALL)}


def told(day: str) -> tuple[str, dict[str, Any]]:
    return "outcome", {"day": day, "told": ["parent", "provider"], "reasons": True}


def case(
    on: str,
    *happened: tuple[str, dict[str, Any]],
    reviewed: tuple[str, ...] = (),
    agreed: str | None = None,
    **changed: Any,
) -> Any:
    given = {"ends": "2026-07-10", "commissioner": CommissionerKind.MAINTAINED_SCHOOL} | changed
    return placement_case(
        on=date.fromisoformat(on),
        reviewed=reviewed,
        happened=happened,
        review_date=[agreed] if agreed else None,
        **given,
    )


@pytest.mark.parametrize(("on", "expected"), [("2026-03-08", MET), ("2026-03-09", BREACHED)])
def test_a_review_that_everybody_was_invited_to_may_be_recorded_while_its_outcome_is_on_its_way(
    on: str, expected: Answer
) -> None:
    assert (
        answer("AP507", case(on, invited("2026-02-20", "2026-03-02"), agreed="2026-03-10"))
        is expected
    )


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-03-10", NOT_YET), ("2026-03-21", NOT_YET), ("2026-03-22", BREACHED)]
)
def test_an_invitation_to_a_day_that_went_by_without_a_review_stands_for_no_other(
    on: str, expected: Answer
) -> None:
    moved = case(on, invited("2026-02-20", "2026-03-02"), agreed="2026-03-27")
    assert answer("AP507", moved) is expected and OPEN.answer(moved)[2] == date(2026, 3, 21)


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-03-25", NOT_YET), ("2026-05-12", NOT_YET), ("2026-05-13", BREACHED)]
)
def test_an_invitation_to_a_day_that_was_overtaken_by_a_review_is_no_longer_asked_about(
    on: str, expected: Answer
) -> None:
    before = [
        invited("2026-03-02", "2026-03-30", "parent"),
        invited("2026-03-09", "2026-03-16"),
        told("2026-03-18"),
    ]
    assert (
        answer("AP507", case(on, *before, reviewed=("2026-03-16",), agreed="2026-05-18"))
        is expected
    )


def test_of_two_days_the_one_to_which_everybody_is_invited_is_the_next_review_but_no_later_one_than_is_agreed() -> (
    None
):
    agreed = {"agreed": "2026-03-27"}
    assert (
        answer("AP507", case("2026-03-23", invited("2026-03-10", "2026-04-17"), **agreed))
        is BREACHED
    )
    assert answer("AP507", case("2026-03-23", invited("2026-03-10", "2026-03-26"), **agreed)) is MET
    assert (
        answer(
            "AP507",
            case(
                "2026-03-23",
                invited("2026-03-10", "2026-03-26", "parent"),
                invited("2026-03-20", "2026-03-27"),
                **agreed,
            ),
        )
        is MET
    )
    assert "26 March 2026" in OPEN.problem(
        case("2026-03-10", invited("2026-03-10", "2026-03-26", "parent"), **agreed)
    )


@pytest.mark.parametrize(("sent", "expected"), [("2026-02-27", MET), ("2026-02-26", BREACHED)])
def test_a_review_that_is_called_at_once_after_a_concern_needs_no_earlier_invitations(
    sent: str, expected: Answer
) -> None:
    """On its day as after it."""
    happened = [
        ("concern", {"day": "2026-02-27", "what": "x"}),
        invited(sent, "2026-03-02", "parent"),
    ]
    assert (
        answer("AP507", case("2026-02-27", *happened)) is expected
        and answer("AP507", case("2026-03-02", *happened)) is expected
    )


@pytest.mark.parametrize(
    ("asked_on", "refused", "expected"),
    [
        ("2026-01-20", False, MET),
        ("2026-01-16", False, BREACHED),
        ("2026-01-19", False, MET),
        ("2026-01-20", True, BREACHED),
    ],
)
def test_a_review_that_was_due_only_after_the_end_is_not_asked_for_any_more(
    asked_on: str, refused: bool, expected: Answer
) -> None:
    over = {"ended": {"day": "2026-02-06", "destination": "home-school"}, "starts": "2025-11-03"}
    asking = (
        "request",
        {"day": asked_on, "asked_by": "parent"} | ({"refused": True} if refused else {}),
    )
    assert answer("AP508", case("2026-03-20", asking, **over)) is expected


def test_the_first_of_what_is_wanting_is_due_and_all_of_it_is_told() -> None:
    two = case(
        "2026-03-05",
        invited("2026-02-23", "2026-03-02"),
        reviewed=("2026-03-02",),
        agreed="2026-03-09",
    )
    assert OPEN.answer(two)[::2] == (NOT_YET, date(2026, 3, 8)), (
        "a date agreed within the same half term is spent by the review"
    )
    next_block = case(
        "2026-04-14",
        invited("2026-03-16", "2026-03-23"),
        told("2026-03-24"),
        reviewed=("2026-03-23",),
        agreed="2026-04-17",
    )
    assert OPEN.answer(next_block)[::2] == (BREACHED, date(2026, 4, 11))
    both = case("2026-03-20", told("2026-02-16"), reviewed=("2026-02-13",), agreed="2026-03-27")
    assert OPEN.problem(both) == (
        "for the review on 13 February 2026: parent, provider, head-teacher, governors"
        " had no invitation by 7 February 2026;"
        " for the review on 27 March 2026: parent, provider, head-teacher, governors"
        " must have an invitation by 21 March 2026"
    )
    assert spell(OPEN.remedy(both)).startswith(
        "ap record invitation PL-0001 --review-on 2026-03-27 --invited parent"
    )


def test_an_outcome_that_is_late_is_recorded_with_its_day_where_it_was_told_in_time() -> None:
    for on, expected in (
        ("2026-03-08", "ap record outcome PL-0001 --reasons --told parent --told provider"),
        (
            "2026-03-09",
            "if that was done in time, then:"
            " ap record outcome PL-0001 --reasons --told parent --told provider --day …",
        ),
    ):
        assert (
            spell(
                OPEN.remedy(case(on, invited("2026-02-24", "2026-03-02"), reviewed=("2026-03-02",)))
            )
            == expected
        )
    late = case("2026-03-09", invited("2026-02-24", "2026-03-02"), reviewed=("2026-03-02",))
    assert "had no outcome with reasons" in OPEN.problem(
        late
    ) and "must have the outcome and the reasons" in OPEN.problem(
        case("2026-03-08", *(), reviewed=("2026-03-02",))
    )


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ({}, MET),
        ({"agreed": "2026-03-02"}, BREACHED),
        ({"sent": "2026-02-27"}, MET),
        ({"sent": "2026-02-26"}, BREACHED),
    ],
    ids=["not planned", "agreed before", "called because of it", "called before it"],
)
def test_a_concern_excuses_no_review_that_was_planned_for_its_day_before(
    planned: dict[str, str], expected: Answer
) -> None:
    happened = [("concern", {"day": "2026-02-27", "what": "x"}), told("2026-03-04")]
    if sent := planned.get("sent"):
        happened.append(invited(sent, "2026-03-02", "parent"))
    assert (
        answer(
            "AP507",
            case("2026-03-20", *happened, reviewed=("2026-03-02",), agreed=planned.get("agreed")),
        )
        is expected
    )


def asked(by: str, **changed: Any) -> Any:
    return case("2026-01-29", ("request", {"day": "2026-01-07", "asked_by": by}), **changed)


@pytest.mark.parametrize(
    ("by", "changed", "due"),
    [
        ("parent", {}, "2026-01-28"),
        ("parent", {"route": "section-19"}, "2026-02-13"),
        ("pupil", {}, "2026-02-13"),
        ("pupil", {"pupil": PUPIL | {"born": "2008-01-07"}}, "2026-01-28"),
        ("pupil", {"pupil": PUPIL | {"born": "2008-01-08"}}, "2026-02-13"),
        ("local-authority", {}, "2026-02-13"),
        ("local-authority", {"pupil": PUPIL | {"ehcp": "2026-01-07"}}, "2026-01-28"),
        ("local-authority", {"pupil": without(PUPIL, "ehcp")}, "2026-02-13"),
    ],
)
def test_only_a_request_that_the_regulations_know_sets_the_day_of_a_review(
    by: str, changed: dict[str, Any], due: str
) -> None:
    assert BY_ID["AP503"].answer(asked(by, **changed))[2] == date.fromisoformat(due)


def test_a_request_of_right_that_is_open_is_breached_whatever_another_may_be() -> None:
    parent = ("request", {"day": "2026-03-02", "asked_by": "parent", "refused": True})
    authority = ("request", {"day": "2026-03-03", "asked_by": "local-authority"})
    unknown = {"pupil": without(PUPIL, "ehcp")}
    assert answer("AP508", case("2026-03-04", parent, authority, **unknown)) is BREACHED
    assert answer("AP508", case("2026-03-04", authority, **unknown)) is CANNOT_TELL


def test_an_invitation_counts_as_one_to_the_next_review_from_the_day_of_the_last_on() -> None:
    held = {"reviewed": ("2026-03-02",)}
    past = [invited("2026-02-24", "2026-03-02"), told("2026-03-04")]
    assert (
        answer(
            "AP507",
            case("2026-03-20", *past, invited("2026-03-02", "2026-03-16", "parent"), **held),
        )
        is BREACHED
    )
    assert (
        answer(
            "AP507",
            case("2026-03-20", *past, invited("2026-03-01", "2026-03-16", "parent"), **held),
        )
        is MET
    )
    same_day = [invited("2026-03-02", "2026-03-02", "parent"), told("2026-03-04")]
    assert OPEN.problem(case("2026-03-05", *same_day, **held)).count("review on 2 March 2026") == 1
    assert OPEN.problem(case("2026-03-05", *same_day, **held)).count("had no invitation by") == 1


def test_an_invitation_before_the_start_is_one_to_the_first_review() -> None:
    first = case("2026-01-06", invited("2026-01-02", "2026-01-09", "parent"))
    assert answer("AP507", first) is BREACHED and "review on 9 January 2026" in OPEN.problem(first)


def test_on_the_last_day_for_it_something_can_still_be_done() -> None:
    last = case("2026-03-21", agreed="2026-03-27")
    assert OPEN.problem(last) == (
        "for the review on 27 March 2026: parent, provider, head-teacher, governors"
        " must have an invitation by 21 March 2026"
    ) and spell(OPEN.remedy(last)).startswith("ap record invitation")
    late = case("2026-03-22", agreed="2026-03-27")
    assert OPEN.problem(late).startswith(
        "for the review on 27 March 2026: parent, provider, head-teacher, governors had no"
    ) and spell(OPEN.remedy(late)).startswith("if that was done in time, then: ")
    outcome = case("2026-03-08", invited("2026-02-24", "2026-03-02"), reviewed=("2026-03-02",))
    assert spell(OPEN.remedy(outcome)).startswith("ap record outcome")


def test_of_two_open_requests_the_first_is_told() -> None:
    two = [("request", {"day": day, "asked_by": "parent"}) for day in ("2026-02-02", "2026-02-09")]
    assert "2 February 2026 (E-0101)" in BY_ID["AP508"].problem(case("2026-03-20", *two))


def test_what_is_due_today_comes_before_what_is_due_later() -> None:
    both = case(
        "2026-03-19",
        invited("2026-03-06", "2026-03-13"),
        reviewed=("2026-03-13",),
        agreed="2026-04-17",
    )
    assert BY_ID["AP507"].answer(both)[2] == date(2026, 3, 19) and spell(
        OPEN.remedy(both)
    ).startswith("ap record outcome")


def test_of_a_pupil_who_cannot_be_read_a_parents_request_alone_calls_for_a_review() -> None:
    placed = asked("parent")
    both = [placed.entries.latest(ReviewRequest), asked("pupil").entries.latest(ReviewRequest)]
    assert calling_for_a_review(both, placed.placement, None) == both[:1]
    assert calling_for_a_review(both, asked("parent", route="section-19").placement, None) == []


def test_an_ended_placement_is_judged_by_what_was_done_since() -> None:
    """What was due on its last day, or after it, and is not recorded is late, however it stood then."""
    ended = {"day": "2026-03-27", "destination": "home-school"}
    case = placement_case(
        on=date(2026, 4, 20),
        ended=ended,
        reviewed=("2026-03-27",),
        happened=[
            (
                "invitation",
                {
                    "day": "2026-03-20",
                    "review_on": "2026-03-27",
                    "invited": ["parent", "provider", "head-teacher", "governors"],
                },
            )
        ],
    )
    assert (
        answer("AP507", case) is BREACHED
        and answer("AP507", replace(case, now=date(2026, 4, 2))) is NOT_YET
    )


FOUR = ["parent", "provider", "head-teacher", "governors"]


@pytest.mark.parametrize(("ehcp", "expected"), [("2026-03-02", BREACHED), ("2026-03-03", MET)])
def test_the_authority_has_a_say_where_there_is_a_plan_on_the_day_of_the_review(
    ehcp: str, expected: Answer
) -> None:
    happened = [
        ("invitation", {"day": "2026-02-24", "review_on": "2026-03-02", "invited": FOUR}),
        ("outcome", {"day": "2026-03-02", "told": ["parent", "provider"], "reasons": True}),
    ]
    case = placement_case(
        on=date(2026, 3, 9),
        reviewed=("2026-03-02",),
        ends="2026-07-10",
        review_date=None,
        happened=happened,
        pupil=PUPIL | {"ehcp": ehcp},
    )
    assert answer("AP507", case) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-01", BREACHED), ("2026-03-02", MET), ("2026-03-08", MET), ("2026-03-09", BREACHED)],
)
def test_the_outcome_counts_from_the_day_of_the_review_to_six_days_after_it(
    day: str, expected: Answer
) -> None:
    happened = [
        ("invitation", {"day": "2026-02-24", "review_on": "2026-03-02", "invited": FOUR}),
        ("outcome", {"day": day, "told": ["parent", "provider"], "reasons": True}),
    ]
    case = placement_case(
        on=date(2026, 3, 20),
        reviewed=("2026-03-02",),
        ends="2026-07-10",
        review_date=None,
        happened=happened,
    )
    assert answer("AP507", case) is expected


@pytest.mark.parametrize(
    ("raised", "urgent"),
    [("2026-03-03", False), ("2026-03-02", True), ("2026-02-27", True), ("2026-02-26", False)],
)  # reviewed on Monday 2 March
def test_a_review_is_held_at_once_on_the_day_of_a_concern_or_the_school_day_after(
    raised: str, urgent: bool
) -> None:
    happened = [
        ("concern", {"day": raised, "what": "x"}),
        ("outcome", {"day": "2026-03-04", "told": ["parent", "provider"], "reasons": True}),
    ]
    case = placement_case(
        on=date(2026, 3, 9),
        reviewed=("2026-03-02",),
        ends="2026-07-10",
        review_date=None,
        happened=happened,
    )
    assert answer("AP507", case) is (MET if urgent else BREACHED)


@pytest.mark.parametrize(("on", "expected"), [("2026-03-16", BREACHED), ("2026-03-17", BREACHED)])
def test_a_refused_request_is_late_on_its_own_day(on: str, expected: Answer) -> None:
    asked = {"day": "2026-03-16", "asked_by": "parent", "refused": True}
    case = placement_case(
        on=date.fromisoformat(on),
        starts="2025-11-03",
        ends="2026-07-10",
        visit=None,
        reviewed=(),
        happened=[("request", asked)],
    )
    assert answer("AP508", case) is expected and BY_ID["AP508"].answer(case)[2] == date(2026, 3, 15)


@pytest.mark.parametrize(("on", "late"), [("2026-03-21", False), ("2026-03-22", True)])
def test_another_day_for_the_review_is_offered_once_invitations_are_late(
    on: str, late: bool
) -> None:
    case = placement_case(reviewed=(), on=date.fromisoformat(on))
    assert ("or ap placement edit PL-0001 --review-date …" in remedy("AP507", case)) is late


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-03-27", BREACHED), ("2026-03-28", NOT_APPLICABLE)]
)
def test_invitations_to_a_review_are_asked_for_up_to_its_day(on: str, expected: Answer) -> None:
    """After it AP503 tells that none was held."""
    assert answer("AP507", placement_case(reviewed=(), on=date.fromisoformat(on))) is expected


@pytest.mark.parametrize(
    ("ended", "expected"), [("2026-03-27", BREACHED), ("2026-03-26", NOT_APPLICABLE)]
)
def test_no_invitations_are_asked_for_to_a_review_after_the_end(
    ended: str, expected: Answer
) -> None:
    """A review is agreed for Friday 27 March 2026; it is the day on which the placement ends, or later."""
    over = {"day": ended, "destination": "home-school"}
    case = placement_case(reviewed=(), ended=over, on=date.fromisoformat(ended))
    assert answer("AP507", case) is expected


def test_of_a_placement_that_ended_without_a_review_no_review_is_to_come() -> None:
    over = {"day": "2026-03-26", "destination": "home-school"}
    case = placement_case(reviewed=(), ended=over, on=date(2026, 3, 30))
    assert BY_ID["AP507"].why_not(case) == "the placement ended without a review"
    elsewhere = replace(case, placement=replace(case.placement, route=Route.SECTION_19))
    assert BY_ID["AP507"].why_not(elsewhere) == "this is not an off-site direction"
