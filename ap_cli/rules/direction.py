"""AP4: the notice that the regulations ask for before an off-site direction, and for how long it is agreed at most."""

from __future__ import annotations

from datetime import date

from ..domain.ages import GROWN_UP, attains
from ..domain.days import words
from ..domain.entries.before import Notice
from ..domain.entries.entry import Party
from ..forms.facts import recorded
from .cases.placement import PlacementCase
from .conditions import follows_as_guidance, is_directed_off_site, is_directed_with_a_plan
from .engine import rule
from .on_record import on_record
from .rule import BEFORE, MUST, SHOULD, Says

CHILD, PARENT, AUTHORITY = Party.CHILD, Party.PARENT, Party.AUTHORITY
CONTENTS = {
    "address": "the address",
    "report_to": "whom to report to",
    "days": "the number of days",
    "reasons": "reasons and objectives",
    "session_times": "session times",
}
EASED = (SHOULD, follows_as_guidance)
IN_FORCE = date(2010, 9, 1)
"""From when the regulations on off-site direction are in force. Source: SI 2010/1156 reg 1."""


def speaks_for_itself(case: PlacementCase, day: date) -> bool:
    """Whether the pupil is 18 on a day, and is told instead of a parent."""
    return day >= attains(case.pupil.born, GROWN_UP)


def whom_to_tell(case: PlacementCase, day: date) -> Party:
    """The parent, or the pupil from 18 on."""
    return CHILD if speaks_for_itself(case, day) else PARENT


def notice_by(case: PlacementCase) -> date:
    """The last day on which notice counts; an estimate if term dates are unknown."""
    return case.calendar.estimated_school_day(
        case.placement.starts, -case.figures["notice.school_days"]
    )


def notices(case: PlacementCase) -> tuple[Notice, ...]:
    """The notices given in time."""
    last = case.calendar.school_day(case.placement.starts, -case.figures["notice.school_days"])
    return tuple(notice for notice in case.entries.all(Notice) if notice.day <= last)


def given_to(case: PlacementCase, party: Party) -> tuple[Notice, ...]:
    """The notices in time that were given to somebody."""
    return tuple(
        notice for notice in notices(case) if recorded(notice.given_to) and party in notice.given_to
    )


def left_out(case: PlacementCase, until: date = date.max) -> list[str]:
    """What no notice in time says, or none up to a day."""
    found = [
        notice
        for notice in given_to(case, whom_to_tell(case, case.placement.starts))
        if notice.day <= until
    ]
    return [
        told
        for name, told in CONTENTS.items()
        if not any(recorded(said := getattr(notice, name)) and said for notice in found)
    ]


def notice_is_missing(case: PlacementCase) -> str:
    starts = case.placement.starts
    whom = "the pupil" if speaks_for_itself(case, starts) else "the parent"
    late = [notice for notice in case.entries.all(Notice) if notice.day > notice_by(case)]
    if not given_to(case, whom_to_tell(case, starts)):
        told = f"; one of {words(late[0].day, weekday=True)} is too late" if late else ""
        return f"no written notice to {whom} by {words(notice_by(case), weekday=True)} is recorded{told}"
    return f"the notice to {whom} does not name {', '.join(left_out(case))}"


def give_notice(case: PlacementCase, id: str, answers: str) -> str:
    """The command that records a notice with these answers; where it is too late to give one, one that was given, with what else is left to do."""
    if case.on <= notice_by(case):
        return f"ap record notice {case.ref} {answers}"
    given = f"record one that was given: ap record notice {case.ref} --day … {answers}"
    return f"{given}; else nothing more can be done for it" + (
        f": ap record waiver {case.ref} --rule {id} --reason …" if EASED[1](case) else ""
    )


def only_just(case: PlacementCase) -> str:
    """That clear days would make the notice a day late, where they would."""
    days = sorted(
        notice.day for notice in given_to(case, whom_to_tell(case, case.placement.starts))
    )
    given = next(day for day in days if not left_out(case, day))
    clear = case.calendar.school_day(case.placement.starts, -case.figures["notice.school_days"] - 1)
    short = recorded(clear) and given > clear
    return "one day short if clear days are meant" if short else ""


@rule(
    "AP421",
    "written notice is given at least two school days before the first day, with all that it has to say",
    MUST,
    cites=["EA 2002 s.29A", "SI 2010/1156 reg 3"],
    applies=is_directed_off_site,
    since=IN_FORCE,
    due=notice_by,
    stage=BEFORE,
    eases=EASED,
    warns=only_just,
    breach=notice_is_missing,
    remedy=lambda case: give_notice(
        case,
        "AP421",
        f"--to {whom_to_tell(case, case.placement.starts)} --address --report-to --days --reasons --session-times",
    ),
)
def notice_was_given(case: PlacementCase) -> Says:
    """The parent, or the pupil from 18 on, has it in writing: where, whom to report to, how many days, why, and at what times.

    Weekends, holidays and training days are no school days. Law for maintained schools and authorities, guidance for
    academies.
    """
    return bool(given_to(case, whom_to_tell(case, case.placement.starts))) and not left_out(case)


@rule(
    "AP422",
    "the local authority has the notice too, where the pupil has an EHC plan",
    MUST,
    cites=["EA 2002 s.29A", "SI 2010/1156 reg 3"],
    applies=is_directed_with_a_plan,
    since=IN_FORCE,
    due=notice_by,
    stage=BEFORE,
    eases=EASED,
    breach=lambda case: (
        f"no written notice to the local authority by {words(notice_by(case), weekday=True)} is recorded"
    ),
    remedy=lambda case: give_notice(case, "AP422", f"--to {AUTHORITY}"),
)
def authority_was_given_notice(case: PlacementCase) -> Says:
    """The authority that keeps the plan is told in writing, in the same time."""
    return bool(given_to(case, AUTHORITY))


maximum_was_agreed = on_record(
    "AP423",
    "a maximum period was agreed",
    SHOULD,
    "notice with a maximum period",
    (f"{Notice.KIND}.at_most_until",),
    "An off-site direction is for a time: how long at most is agreed when it is planned.",
    cites=["HB 2.5"],
    applies=is_directed_off_site,
)
