"""AP7: the record of the placement, and how it ends."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.entries.after import Discussion, FinalReport, FollowUp, Readiness, Support
from ..domain.entries.during import Progress, Review
from ..domain.entries.entry import Party
from ..domain.placement import Destination
from ..forms.facts import recorded
from .cases.base import once
from .cases.placement import PlacementCase
from .conditions import (
    has_returned,
    has_started_outside,
    leads_back,
    on_the_last_day,
    outside_the_school,
)
from .engine import rule
from .on_record import on_record, record_command, told_missing
from .rule import ADVISE, AFTER, DURING, LOCAL, MUST, SHOULD, Says

NOWHERE = Destination.NONE
AT_THE_END = (Party.SCHOOL, Party.PROVIDER, Party.CHILD, Party.PARENT)
NEXT_PLACE = "AP706"
"""The rule that no child is left without education: its findings stand first, every day."""

THE_END = "the end of the placement"
CHILD_VIEW = f"{Discussion.KIND}.child_view"


@once
def reviewed_with_the_child(case: PlacementCase) -> bool:
    """Whether any review has the child's own view, or none was held yet."""
    reviews = case.entries.all(Review)
    return not reviews or any(recorded(review.child_view) for review in reviews)


def view_by(case: PlacementCase) -> date | None:
    """The day of the first review where its view is missing, else the last day."""
    return (
        on_the_last_day(case) if reviewed_with_the_child(case) else case.entries.all(Review)[0].day
    )


@rule(
    "AP701",
    "the child's own view of the placement is recorded, at the first review and at the end",
    SHOULD,
    cites=["HB 2.5"],
    applies=outside_the_school,
    due=view_by,
    stage=AFTER,
    breach=lambda case: (
        "the child's own view at the end is not recorded"
        if reviewed_with_the_child(case)
        else "no review has the child's own view"
    ),
    remedy=lambda case: (
        record_command(case, Discussion.KIND, (CHILD_VIEW,))
        if reviewed_with_the_child(case)
        else f"ap record edit {case.entries.all(Review)[0].ref} --child-view … --reason …"
    ),
)
def child_was_heard(case: PlacementCase) -> Says:
    """How the child sees the placement is asked when it is first reviewed, and when it ends."""
    return reviewed_with_the_child(case) and recorded(case.said(CHILD_VIEW))


@once
def progress_by(case: PlacementCase) -> date | None:
    """The last day of the first half term without a report; None where none is due in this one."""
    return case.outstanding([report.day for report in case.entries.all(Progress)])


@rule(
    "AP702",
    "the provider reported on progress in each half term",
    LOCAL,
    cites=["HB 2.8"],
    applies=has_started_outside,
    due=progress_by,
    stage=DURING,
    breach=lambda case: f"no report on progress came by {words(progress_by(case) or case.on)}",
    remedy=lambda case: (
        f"ap record progress {case.ref} --progress … --achievements … --attendance …"
    ),
)
def progress_is_reported(case: PlacementCase) -> Says:
    """The school hears regularly of achievements, progress, attendance and behaviour. A report in the holiday counts for the half term before."""
    return progress_by(case) is None


@rule(
    "AP703",
    "a final report came before the return",
    SHOULD,
    cites=["HB 2.8"],
    applies=leads_back,
    due=on_the_last_day,
    group=THE_END,
    stage=AFTER,
    breach=lambda case: "no final report by the provider is recorded",
    remedy=lambda case: f"ap record final-report {case.ref} --progress … --recommends …",
)
def final_report_came(case: PlacementCase) -> Says:
    """Before the child comes back, the school has in writing what was achieved and what helps."""
    return case.entries.latest(FinalReport) is not None


@once
def absent(case: PlacementCase) -> list[str]:
    """Who was not part of the discussion at the end."""
    said = case.said(f"{Discussion.KIND}.took_part")
    return [party.value for party in AT_THE_END if not recorded(said) or party not in said]


def discussion_is_missing(case: PlacementCase) -> str:
    if not case.held(Discussion.KIND):
        return "no discussion at the end of the placement is recorded"
    parts = (
        f"without {', '.join(absent(case))}" if absent(case) else "",
        "" if support_is_known(case) else "what support follows is not recorded",
    )
    return "the discussion at the end: " + "; ".join(filter(None, parts))


def discuss(case: PlacementCase) -> str:
    present = " ".join(f"--took-part {party}" for party in AT_THE_END)
    return f"ap record discussion {case.ref} {present} --support …"


def support_is_known(case: PlacementCase) -> bool:
    """Whether it is recorded what support follows, and who gives it."""
    return (
        recorded(case.said(f"{Discussion.KIND}.support"))
        or case.entries.latest(Support) is not None
    )


@rule(
    "AP704",
    "the end of the placement was discussed with everybody, and who gives which support afterwards is recorded",
    SHOULD,
    cites=["HB 2.8"],
    applies=outside_the_school,
    due=on_the_last_day,
    group=THE_END,
    stage=AFTER,
    breach=discussion_is_missing,
    remedy=discuss,
)
def end_was_discussed(case: PlacementCase) -> Says:
    """School, provider, child and parent, and agencies where there are any, agree how it goes on and who helps."""
    return not absent(case) and support_is_known(case)


ACHIEVEMENTS = f"{Discussion.KIND}.achievements"


def achievements_are_missing(case: PlacementCase) -> str:
    return (
        told_missing(case, "discussion at the end", (ACHIEVEMENTS,))
        if case.has_ended
        else "achievements and destination are still to be recorded, at its end"
    )


@rule(
    "AP705",
    "achievements and destination are recorded",
    SHOULD,
    cites=["HB 2.5"],
    applies=outside_the_school,
    due=on_the_last_day,
    group=THE_END,
    stage=AFTER,
    breach=achievements_are_missing,
    remedy=lambda case: (
        record_command(case, Discussion.KIND, (ACHIEVEMENTS,))
        if case.has_ended
        else f"ap placement end {case.ref}"
    ),
)
def achievements_are_recorded(case: PlacementCase) -> Says:
    """What the child has achieved, and where it goes from here, is part of the record."""
    return case.has_ended and recorded(case.said(ACHIEVEMENTS))


def is_guidance_for_it(case: PlacementCase) -> bool:
    """Whether the duty is guidance for the commissioner: it is no authority, or not recorded."""
    return not (recorded(case.commissioner) and case.by_an_authority)


def is_left_after_it(case: PlacementCase) -> bool:
    """Whether the placement is over and the child still of compulsory school age."""
    return case.external and case.has_ended and case.now <= case.last_day_of_school_age


@rule(
    NEXT_PLACE,
    "an ended placement leads somewhere: no child of compulsory school age is left without education",
    MUST,
    cites=["HB 2.8", "EA 1996 s.19"],
    applies=is_left_after_it,
    stage=AFTER,
    eases=(SHOULD, is_guidance_for_it),
    breach=lambda case: f"it ended on {words(case.on)}, and the child has no next place",
    remedy=lambda case: (
        f"ap placement new --from {case.ref}, or correct it: ap placement end {case.ref} --correct --destination …"
    ),
)
def leads_somewhere(case: PlacementCase) -> Says:
    """A child whose placement is over has somewhere to learn the next school day. Law for an authority, guidance for a school."""
    return case.placement.destination is not NOWHERE or bool(case.next_place)


readiness_was_judged = on_record(
    "AP707",
    "readiness to return was judged, statement by statement",
    LOCAL,
    "judgement of readiness",
    tuple(
        f"{Readiness.KIND}.{name}"
        for name in ("takes_support", "works_steadily", "attends", "trusts_staff")
    ),
    "Ready does not mean finished: the statements of the county's guide say what to look for, and what not to expect.",
    cites=["HB App 2"],
    applies=leads_back,
    due=on_the_last_day,
    group=THE_END,
    stage=AFTER,
)


def settled_by(case: PlacementCase) -> date:
    """The day by which it is recorded how it goes."""
    return case.calendar.estimated_school_day(case.on, case.figures["follow_up.school_days"])


SETTLED = tuple(f"{FollowUp.KIND}.{name}" for name in ("settled", "support_given"))
return_was_followed = on_record(
    "AP708",
    "after the return it is recorded whether the child has settled and the support was given",
    ADVISE,
    "follow-up",
    SETTLED,
    "A return has worked when it lasts: some weeks later somebody looks, and says so. Six school weeks are our own measure.",
    cites=["HB 2.8"],
    applies=has_returned,
    due=settled_by,
    stage=AFTER,
)
