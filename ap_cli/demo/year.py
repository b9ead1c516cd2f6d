"""What happened in the sample: entries and attendance, around the sample's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..domain.attendance import Mark
from ..domain.entries.during import ASSURANCE
from ..domain.evidence import OF_THE_PROVIDER
from .school import Sample

Answers = dict[str, Any]
Recorded = Iterator[tuple[str, str, Answers]]
LOOKED_AT = ("english_and_mathematics", "breadth", "qualifications", "needs_met")
WELL_KEPT, WITH_PLAN, NEGLECTED, ENDED_WELL = "PL-0006", "PL-0004", "PL-0010", "PL-0018"
BY = {"by": "T. Sample"}
COMPLETE: Answers = dict.fromkeys(ASSURANCE, True)


def entries(sample: Sample) -> Recorded:
    """What happened: the kind, whom it is about, and its answers."""
    yield from of_providers(sample)
    yield from before(sample)
    yield from during(sample)
    yield from neglected(sample)
    yield from at_the_end(sample)


def of_providers(sample: Sample) -> Recorded:
    """What was seen of the providers, and what became of one."""
    for provider in ("PR-0002", "PR-0003"):
        for item in OF_THE_PROVIDER:
            yield "evidence", provider, {"item": item.value, "day": sample.first(-5)} | BY
        yield "visit", provider, {"day": sample.first(-5)} | BY | dict.fromkeys(LOOKED_AT, True)
    yield (
        "evidence",
        "PR-0001",
        {"item": "insurance", "day": sample.first(-4), "expires": sample.first(-1)} | BY,
    )
    yield (
        "declaration",
        "PR-0002",
        {"day": sample.first(-1), "full_time": "4", "with_plan": "0", "with_sen": "1"},
    )
    yield (
        "reporting",
        "PR-0002",
        {
            "day": sample.first(-5),
            "absence": "by telephone before 10",
            "concerns": "at once, by telephone",
            "progress": "each half term",
            "marks_here": True,
        },
    )
    leader = {"what": "a new workshop leader"} | BY
    yield "change", "PR-0001", {"day": sample.first(-2)} | leader
    redone = {"day": sample.first(-2), "checked_again": sample.first(-2, 2)}
    yield "change", "PR-0002", redone | leader
    yield (
        "concern",
        "PR-0001",
        {
            "day": sample.first(-1),
            "what": "an animal was let out and a child was hurt",
            "serious": True,
        }
        | BY,
    )


def before(sample: Sample) -> Recorded:
    """What was done before the placement that is well kept started."""
    day = {"day": sample.first(-5)}
    yield "visit", WELL_KEPT, {"day": sample.first(-6, 1), "purpose": "pre-placement"} | BY
    yield "reporting", WELL_KEPT, {"contact_there": "C. Sample", "contact_here": "T. Sample"} | day
    for approach in ("graduated-approach", "tier-1-support", "inclusion-service"):
        yield (
            "advice",
            WELL_KEPT,
            {"approach": approach, "tried": True, "said": "helped for some weeks"} | day,
        )
    yield (
        "risk",
        WELL_KEPT,
        {
            "checked": "fire, first aid",
            "competent_person": "S. Sample",
            "statement": True,
            "parents_told": True,
            "commissioner_told": True,
            "this_child": "leaves when upset: a member of staff follows",
            "discussed": True,
            "must_register": False,
            "limits_known": True,
            "safe_working": True,
            "pupil_knows": True,
        }
        | day
        | BY,
    )
    yield (
        "sharing",
        WELL_KEPT,
        {
            "whom": "C. Sample",
            "sen": True,
            "medical": False,
            "literacy": True,
            "safeguarding": False,
        }
        | day,
    )
    yield "plan", WELL_KEPT, {"agreed_by": ["parent", "child"], "roles": True} | day
    yield (
        "reintegration",
        WELL_KEPT,
        {
            "readiness": "two full weeks",
            "provider_gives": "mentoring",
            "school_gives": "a key adult",
        }
        | day,
    )
    notice = {
        "address": True,
        "report_to": True,
        "days": True,
        "reasons": True,
        "session_times": True,
    }
    yield "notice", WELL_KEPT, {"to": ["parent"], "at_most_until": sample.last(1)} | notice | day
    yield "notice", WITH_PLAN, {"to": ["parent", "local-authority"]} | notice | day
    yield (
        "remote",
        "PL-0016",
        {"day": sample.first(-1), "last_resort": "waits for an operation", "until": sample.last(3)},
    )


def during(sample: Sample) -> Recorded:
    """Reviews and what belongs to them, contact, and a concern that was answered."""
    yield (
        "induction",
        WELL_KEPT,
        {
            "day": sample.first(-3, 4),
            "academic_level": "entry 3",
            "prior_attendance": "62",
            "engagement": "in practical lessons",
            "ambitions": "to be a joiner",
            "parents_involved": True,
            "tells": "the workshop leader",
        },
    )
    yield (
        "visit",
        WELL_KEPT,
        {
            "day": sample.first(-1, 2),
            "purpose": "quality-assurance",
            "child_seen": True,
            "safe": True,
            "competent_person": "S. Sample",
        }
        | BY,
    )
    yield "notified", WELL_KEPT, {"day": sample.first(-3), "number": "AP-0001"} | BY
    yield (
        "contact",
        WELL_KEPT,
        {"day": sample.last(-1), "whom": "the provider", "said": "settling in well"},
    )
    yield (
        "contact",
        WELL_KEPT,
        {
            "day": sample.today.isoformat(),
            "whom": "the provider and the child",
            "said": "all is well",
        },
    )
    yield (
        "concern",
        WELL_KEPT,
        {
            "day": sample.first(-1),
            "what": "a quarrel on the way home",
            "decision": "not-affected",
            "why_not_stopped": "it was settled on the same day",
            "lead_informed": sample.first(-1),
            "about_adult": False,
            "at_risk": False,
        },
    )
    yield "request", WELL_KEPT, {"day": sample.first(-1), "asked_by": "parent"}
    invited = (sample.term(-1).last - timedelta(days=10)).isoformat()
    four = ["parent", "provider", "head-teacher", "governors"]
    yield "invitation", WELL_KEPT, {"day": invited, "review_on": sample.last(-1), "invited": four}
    yield (
        "invitation",
        WELL_KEPT,
        {"day": sample.last(-1), "review_on": sample.last(0), "invited": four},
    )
    for placement in (1, 6, 7, 8, 9, 11, 12):
        for term in (-3, -2, -1) if placement != 9 else (-3, -2):  # PL-0009 is over by then
            yield "review", f"PL-{placement:04d}", reviewed(sample, placement, term)
    yield "review", "PL-0008", {"day": sample.first(-1, 7), "child_view": "likes it"} | BY
    yield (
        "outcome",
        WELL_KEPT,
        {"day": sample.last(-1), "told": ["parent", "provider"], "reasons": True},
    )
    yield (
        "extension",
        WELL_KEPT,
        {"day": sample.last(-1), "to": sample.last(1), "reason": "the objectives are near"},
    )
    yield (
        "review",
        "PL-0013",
        {"day": sample.last(-1), "decided": "continue", "until": sample.last(0)}
        | {"child_view": "likes the workshop"}
        | COMPLETE
        | BY,
    )
    waived = {
        "rule": "AP416",
        "reason": "a whole day follows after the half term",
        "by": "H. Sample",
        "day": sample.last(-1),
        "until": "+20w",
    }
    yield "waiver", "PL-0012", waived
    yield "waiver", "PL-0013", waived | {"day": sample.last(-1), "until": sample.last(-1)}


def reviewed(sample: Sample, placement: int, term: int) -> Answers:
    """A review at the end of a half term: most find that all is well and go on to the next one."""
    answers: Answers = {"day": sample.last(term), "decided": "continue"} | COMPLETE | BY
    if (placement, term) == (6, -1):
        return answers | {"decided": "extend"}
    if (placement, term) == (7, -1):
        return answers  # nobody said until when the direction goes on
    if (placement, term) == (11, -1):
        answers |= {"safe": False}  # and nobody did anything about it
    return answers | {"until": sample.last(term + 1)}


def neglected(sample: Sample) -> Recorded:
    """What happened in a placement that nobody looked after."""
    yield "extension", NEGLECTED, {"day": sample.first(-1), "to": sample.last(3)}
    for pupil, when in (
        ("P-0003", sample.last(-4)),
        ("P-0009", sample.first(-1)),
        ("P-0010", sample.last(-1)),
    ):
        yield "exclusion", pupil, {"day": when, "permanent": True}
    told = dict.fromkeys(("start_day", "daily_hours", "address", "report_to"), True)
    yield "education-notice", "P-0009", {"day": sample.first(-1)} | told | BY
    long = {"day": sample.today.isoformat(), "expected_days": "20"}
    yield "health-absence", "P-0007", long | {"return_sent": sample.today.isoformat()} | BY
    yield "health-absence", "P-0008", long | BY
    both = ["virtual-school-head", "social-worker"]
    yield "informed", "P-0009", {"day": sample.first(-1), "whom": both} | BY
    yield "request", NEGLECTED, {"day": sample.first(-2), "asked_by": "parent"}


def at_the_end(sample: Sample) -> Recorded:
    """How a placement of two half terms ended well."""
    last = {"day": sample.last(-4)}
    for term in (-5, -4):
        yield (
            "visit",
            ENDED_WELL,
            {"day": sample.first(term, 7), "purpose": "quality-assurance", "child_seen": True} | BY,
        )
        yield (
            "progress",
            ENDED_WELL,
            {
                "day": sample.last(term),
                "progress": "as planned",
                "achievements": "a unit",
                "attendance": "93",
            },
        )
        yield (
            "review",
            ENDED_WELL,
            {"day": sample.last(term), "decided": "continue", "until": sample.last(term + 1)}
            | {"child_view": "likes it"}
            | COMPLETE
            | BY,
        )
    yield (
        "readiness",
        ENDED_WELL,
        {
            "takes_support": "yes",
            "works_steadily": "mostly",
            "attends": "yes",
            "trusts_staff": "mostly",
        }
        | last,
    )
    yield (
        "final-report",
        ENDED_WELL,
        {"progress": "both units passed", "recommends": "a phased return"} | last,
    )
    yield (
        "discussion",
        ENDED_WELL,
        {
            "took_part": ["school", "provider", "child", "parent"],
            "achievements": "two units",
            "child_view": "proud of it",
            "support": "a key adult",
        }
        | last,
    )
    yield (
        "support",
        ENDED_WELL,
        {"need": "key-adult", "given_by": "the form tutor", "helps": "some minutes alone"} | last,
    )
    yield "follow-up", ENDED_WELL, {"day": sample.last(-3), "settled": True, "support_given": True}


def marks(sample: Sample) -> Iterator[tuple[int, int, Mark]]:
    """Yield attendance at some placements: the placement's number, the pupil's, and a mark."""
    first, yesterday = sample.term(-1).first, sample.today - timedelta(days=1)
    days = [day for day in sample.calendar.school_days(first, yesterday) if day.weekday() < 4]
    for day in days:
        for half in (0, 1):
            yield 6, 6, _joinery(day, half, "I" if day == days[4] else "B")
    codes = ("B", "X", "N", "B", "B", "B", "I", "I")
    for day, code in zip(days, codes, strict=False):
        for half in (0, 1):
            yield 7, 7, _joinery(day, half, code)
    ended = sample.term(-2).first + timedelta(days=1)
    yield 14, 12, Mark(ended, 0, "B", "online lessons")


def _joinery(day: date, half: int, code: str) -> Mark:
    """Return a mark of the joinery course; its nature is recorded with code B alone."""
    return Mark(day, half, code, "joinery" if code == "B" else None)
