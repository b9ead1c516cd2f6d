"""Examples of AP7, how a placement ends, and AP8, telling the authority."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ...domain.commissioner import CommissionerKind
from ..cases.placement import PlacementCase
from ..rule import BREACHED, CANNOT_TELL, MET, NOT_APPLICABLE, NOT_YET
from .builders import DAY, DAY_BEFORE, PUPIL, YEAR_11, Answers, Example, placement_case, without

LAST, AFTER_IT = date(2026, 3, 27), date(2026, 3, 28)
DISCUSSED: Answers = {
    "day": "2026-03-27", "took_part": ["school", "provider", "child", "parent"], "achievements": "two units", "child_view": "liked the animals", "support": "a key adult",
}  # fmt: skip
READY: Answers = {
    "day": "2026-03-20",
    "takes_support": "mostly",
    "works_steadily": "mostly",
    "attends": "yes",
    "trusts_staff": "yes",
}


def ended(
    on: date = AFTER_IT,
    *happened: tuple[str, Answers],
    destination: str = "home-school",
    **changed: Any,
) -> PlacementCase:
    """A placement that ended on 27 March 2026, seen from a day after it."""
    return placement_case(
        on=on, ended={"day": "2026-03-27", "destination": destination}, happened=happened, **changed
    )


def without_destination(*happened: tuple[str, Answers], **changed: Any) -> PlacementCase:
    """A placement that ended on 27 March 2026, in a row from elsewhere that says no destination."""
    case = ended(AFTER_IT, *happened, **changed)
    return replace(case, placement=replace(case.placement, destination=None))


REPORTED: tuple[str, Answers] = ("progress", {"day": "2026-02-12", "progress": "x"})


def uncovered(on: date, **changed: Any) -> PlacementCase:
    """A placement from 14 September 2026 without a report, whose term dates are not known."""
    starts: Answers = {"starts": "2026-09-14", "ends": None, "review_date": None}
    return placement_case(on=on, reviewed=(), **starts, **changed)


IN_HALF_TERM_BEFORE, FIRST_DAY = date(2026, 2, 22), date(2026, 2, 23)


def at_the_end(kind: str, answers: Answers, needed: str) -> tuple[Example, ...]:
    """The examples of a rule that an answer is recorded by the last day."""
    return (
        Example("it is recorded", MET, lambda: ended(AFTER_IT, (kind, answers))),
        Example(
            "it is not, on the last day", NOT_YET, lambda: placement_case(on=LAST, reviewed=())
        ),
        Example("it is not, on the day after", BREACHED, lambda: ended()),
        Example(
            "it is not, on the first day of its last half term",
            NOT_YET,
            lambda: placement_case(on=FIRST_DAY, reviewed=()),
        ),
        Example(
            "it is not, on the day before that half term",
            NOT_APPLICABLE,
            lambda: placement_case(on=IN_HALF_TERM_BEFORE, reviewed=()),
        ),
        Example(
            f"all but {needed.replace('_', ' ')}",
            BREACHED,
            lambda: ended(AFTER_IT, (kind, without(answers, needed))),
        ),
        Example("in the school itself", NOT_APPLICABLE, lambda: ended(tier="1b", place="school")),
    )


COMPLETE: Answers = {
    "exit_strategy": "a phased return",
    "completed_by": "T. Sample",
    "completed_contact": "t.sample@example.test",
}

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "AP701": (
        Example("heard at the first review and at the end", MET, lambda: ended(AFTER_IT, ("discussion", DISCUSSED), ("review", {"day": "2026-02-13", "child_view": "x"}), reviewed=())),
        Example("no review held yet, on the last day", NOT_YET, lambda: placement_case(on=LAST, reviewed=())),
        Example("heard more than six weeks before the last day, and not again", BREACHED, lambda: ended(AFTER_IT, ("discussion", DISCUSSED | {"day": "2026-02-12"}), ("review", {"day": "2026-02-13", "child_view": "x"}), reviewed=())),
        Example("not heard at the end, on the day after it", BREACHED, lambda: ended(AFTER_IT, reviewed=())),
        Example("the only review is empty, and so is none: it is asked at the end", NOT_YET, lambda: placement_case(reviewed=(), happened=[("review", {"day": "2026-02-13"})])),
        Example("not heard at the first review, on its day", NOT_YET, lambda: placement_case(on=date(2026, 2, 13))),
        Example("not heard at the first review, on the day after", BREACHED, lambda: placement_case(on=date(2026, 2, 14))),
    ),
    "AP702": (
        Example("a report in this half term", MET, lambda: placement_case(happened=[("progress", {"day": "2026-02-25", "progress": "x"})])),
        Example("a report that says nothing, on the day after the last half term", BREACHED, lambda: placement_case(on=date(2026, 2, 14), happened=[("progress", {"day": "2026-02-12"})])),
        Example("a report in the holiday counts for the half term before", NOT_YET, lambda: placement_case(happened=[("progress", {"day": "2026-02-20", "progress": "x"})])),
        Example("none of the last half term, on the last day of the placement", NOT_YET, lambda: placement_case(on=LAST, happened=[REPORTED])),
        Example("none of the last half term, on the day after it", BREACHED, lambda: ended(AFTER_IT, REPORTED)),
        Example("one of the last half term, after the end", MET, lambda: ended(AFTER_IT, REPORTED, ("progress", {"day": "2026-03-20", "progress": "x"}))),
        Example("none, no term dates cover it, six weeks after the start", NOT_YET, lambda: uncovered(date(2026, 10, 26))),
        Example("none, no term dates cover it, on the day after", CANNOT_TELL, lambda: uncovered(date(2026, 10, 27))),
        Example("none, no term dates cover it, eight weeks after the start", CANNOT_TELL, lambda: uncovered(date(2026, 11, 9))),
        Example("none, no term dates cover it, on the day after that", BREACHED, lambda: uncovered(date(2026, 11, 10))),
        Example("none, no term dates cover it, and it ended after a month", BREACHED, lambda: uncovered(date(2026, 10, 20), ended={"day": "2026-10-16", "destination": "home-school"})),
        Example("none, on the last day of the half term", NOT_YET, lambda: placement_case(on=date(2026, 2, 13), reviewed=())),
        Example("none, on the day after", BREACHED, lambda: placement_case(on=date(2026, 2, 14))),
    ),
    "AP703": (
        *at_the_end("final-report", {"day": "2026-03-25", "progress": "x"}, "progress")[:5],
        Example("the child goes on to college", NOT_APPLICABLE, lambda: ended(destination="further-education")),
    ),
    "AP704": (
        *at_the_end("discussion", DISCUSSED, "support"),
        Example("the child was not there", BREACHED, lambda: ended(AFTER_IT, ("discussion", DISCUSSED | {"took_part": ["school", "provider", "parent"]}))),
        Example("support is recorded by itself", MET, lambda: ended(AFTER_IT, ("discussion", without(DISCUSSED, "support")), ("support", {"day": "2026-03-27", "need": "key-adult", "given_by": "the form tutor"}))),
        Example("support is recorded by itself, and not who gives it", BREACHED, lambda: ended(AFTER_IT, ("discussion", without(DISCUSSED, "support")), ("support", {"day": "2026-03-27", "need": "key-adult"}))),
        Example("discussed six weeks before the last day", MET, lambda: ended(AFTER_IT, ("discussion", DISCUSSED | {"day": "2026-02-13"}))),
        Example("discussed on the day before that, and not again", BREACHED, lambda: ended(AFTER_IT, ("discussion", DISCUSSED | {"day": "2026-02-12"}))),
    ),
    "AP705": (
        *at_the_end("discussion", DISCUSSED, "achievements"),
        Example("achievements, and not where the child goes next", BREACHED, lambda: without_destination(("discussion", DISCUSSED))),
    ),
    "AP706": (
        Example("the child is back at school", MET, lambda: ended()),
        Example("the child goes nowhere", BREACHED, lambda: ended(destination="none")),
        Example("it was nowhere, and there is another placement now", MET, lambda: ended(destination="none", next_place="PL-0002")),
        Example("nowhere, and the next place begins on 13 April, the next school day", MET, lambda: ended(date(2026, 3, 30), destination="none", next_place="PL-0002", next_begins=date(2026, 4, 13))),
        Example("nowhere, and the next place begins on the school day after that", BREACHED, lambda: ended(date(2026, 3, 30), destination="none", next_place="PL-0002", next_begins=date(2026, 4, 14))),
        Example("the same, on the day on which it begins", MET, lambda: ended(date(2026, 4, 14), destination="none", next_place="PL-0002", next_begins=date(2026, 4, 14))),
        Example("nowhere, on the last day of the placement", NOT_YET, lambda: ended(LAST, destination="none")),
        Example("nowhere, on the first day of compulsory school age", BREACHED, lambda: ended(date(2026, 3, 31), destination="none", pupil=PUPIL | {"born": "2021-03-31"})),
        Example("nowhere, on the day before it", NOT_APPLICABLE, lambda: ended(date(2026, 3, 30), destination="none", pupil=PUPIL | {"born": "2021-03-31"})),
        Example("nowhere, on the last day of compulsory school age", BREACHED, lambda: ended(date(2026, 6, 26), destination="none", pupil=YEAR_11)),
        Example("nowhere, on the day after", NOT_APPLICABLE, lambda: ended(date(2026, 6, 27), destination="none", pupil=YEAR_11)),
        Example("nowhere, past the usual leaving date, and the one a year later is confirmed", BREACHED, lambda: ended(destination="none", pupil=PUPIL | {"born": "2009-08-28", "leaving_confirmed": "2026-06-26"})),
        Example("nowhere, past the usual leaving date, and none is confirmed", NOT_APPLICABLE, lambda: ended(destination="none", pupil=PUPIL | {"born": "2009-08-28"})),
        Example("the parents educate the child at home", MET, lambda: ended(destination="elective-home-education")),
        Example("nobody recorded where the child goes", BREACHED, lambda: without_destination()),
        Example("nobody recorded it, and there is another placement now", MET, lambda: without_destination(next_place="PL-0002")),
        Example("the child goes on to another placement, and it is on record", MET, lambda: ended(destination="other-placement", next_place="PL-0002")),
        Example("another placement, and none is on record", BREACHED, lambda: ended(destination="other-placement")),
        Example("the same, on the last day of the placement", NOT_YET, lambda: ended(LAST, destination="other-placement")),
        Example("another placement, which begins on 13 April, the next school day", MET, lambda: ended(date(2026, 3, 30), destination="other-placement", next_place="PL-0002", next_begins=date(2026, 4, 13))),
        Example("another placement, which begins on the school day after that", BREACHED, lambda: ended(date(2026, 3, 30), destination="other-placement", next_place="PL-0002", next_begins=date(2026, 4, 14))),
        Example("it has not ended", NOT_APPLICABLE, placement_case),
    ),
    "AP707": (
        *at_the_end("readiness", READY, "attends"),
        Example("the child goes on to college", NOT_APPLICABLE, lambda: ended(destination="further-education")),
    ),
    "AP708": (
        Example("settled, and supported", MET, lambda: ended(date(2026, 5, 27), ("follow-up", {"day": "2026-05-20", "settled": True, "support_given": True}))),
        Example("not settled, with the support agreed", MET, lambda: ended(date(2026, 5, 27), ("follow-up", {"day": "2026-05-20", "settled": False, "support_given": True}))),
        Example("settled, without the support agreed", BREACHED, lambda: ended(date(2026, 6, 2), ("follow-up", {"day": "2026-05-20", "settled": True, "support_given": False}))),
        Example("neither settled nor supported", BREACHED, lambda: ended(date(2026, 6, 2), ("follow-up", {"day": "2026-05-20", "settled": False, "support_given": False}))),
        Example("settled and supported, as said on the last day of the placement", BREACHED, lambda: ended(date(2026, 6, 2), ("follow-up", {"day": "2026-03-27", "settled": True, "support_given": True}))),
        Example("settled and supported, as said on the day after it", MET, lambda: ended(date(2026, 6, 2), ("follow-up", {"day": "2026-03-28", "settled": True, "support_given": True}))),
        Example("nothing, on the 30th school day after the end", NOT_YET, lambda: ended(date(2026, 6, 1))),
        Example("nothing, on the day after that", BREACHED, lambda: ended(date(2026, 6, 2))),
        Example("the child goes on to college", NOT_APPLICABLE, lambda: ended(destination="further-education")),
    ),
    "AP801": (
        Example("told", MET, lambda: placement_case(happened=[("notified", {"day": "2026-01-08", "number": "AP-0001"})])),
        Example("not told, five school days after the start", NOT_YET, lambda: placement_case(on=date(2026, 1, 13), reviewed=())),
        Example("not told, on the day after that", BREACHED, lambda: placement_case(on=date(2026, 1, 14), reviewed=())),
        Example("commissioned by the authority", NOT_APPLICABLE, lambda: placement_case(commissioner=CommissionerKind.LOCAL_AUTHORITY)),
    ),
    "AP802": (
        Example("every field can be filled", MET, lambda: placement_case(**COMPLETE)),
        Example("nobody recorded who completes it, on the day of the start", BREACHED, lambda: placement_case(on=DAY, reviewed=(), **without(COMPLETE, "completed_by"))),
        Example("the same, on the day before the start", NOT_YET, lambda: placement_case(on=DAY_BEFORE, reviewed=(), **without(COMPLETE, "completed_by"))),
        Example("nobody visited", BREACHED, lambda: placement_case(visit=None, **COMPLETE)),
    ),
}  # fmt: skip
