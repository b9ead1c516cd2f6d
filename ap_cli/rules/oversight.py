"""AP5: concerns and what follows them, and whether somebody sees the child and is in touch."""

from __future__ import annotations

from datetime import date

from ..domain.concerns import Thread
from ..domain.days import words
from ..domain.entries.before import Visit
from ..domain.entries.during import Contact, OurDecision, Review
from ..forms.facts import recorded
from .cases.placement import PlacementCase
from .conditions import has_started_outside, runs_and_has_started
from .engine import rule
from .rule import ADVISE, LOCAL, SHOULD, Says

WITHDRAW = OurDecision.WITHDRAW


def stopped_or_why_not(case: PlacementCase, concern: Thread) -> bool:
    """Whether a concern stopped the placement, or why it did not is recorded."""
    stops = recorded(concern.decision) and concern.decision is WITHDRAW
    return (
        stops or recorded(concern.why_not_stopped) or (not case.runs and case.on >= concern.raised)
    )


def reviewed_since(case: PlacementCase, concern: Thread) -> bool:
    """Whether a review was held since a concern was raised."""
    return any(day >= concern.raised for day in case.held_reviews)


def every_concern(case: PlacementCase) -> tuple[Thread, ...]:
    """The concerns of this placement, and the serious incidents at its provider since it started."""
    return (
        *case.concerns,
        *(each for each in case.incidents if each.serious and each.raised >= case.placement.starts),
    )


def open_concern(case: PlacementCase) -> Thread | None:
    """The first concern without a review after it, or without a decision whether the placement stops."""
    return next(
        (
            each
            for each in every_concern(case)
            if not (reviewed_since(case, each) and stopped_or_why_not(case, each))
        ),
        None,
    )


def concern_is_open(case: PlacementCase) -> str:
    concern = open_concern(case)
    assert concern is not None
    parts = (
        "" if reviewed_since(case, concern) else "no review has followed",
        ""
        if stopped_or_why_not(case, concern)
        else "whether the placement stops, or why not, is not recorded",
    )
    return (
        f"the concern of {words(concern.raised)} ({concern.ref}): {'; '.join(filter(None, parts))}"
    )


def settle_the_concern(case: PlacementCase) -> str:
    concern = open_concern(case)
    assert concern is not None
    if not reviewed_since(case, concern):
        return f"ap record review {case.ref}"
    about = case.ref if concern in case.concerns else case.provider.ref
    return f"ap record concern {about} --of {concern.ref} --decision … --why-not-stopped …"


def concern_by(case: PlacementCase) -> date | None:
    concern = open_concern(case)
    return case.calendar.estimated_school_day(concern.raised, 1) if concern else None


@rule(
    "AP506",
    "a safeguarding concern was followed by a review at once, and the placement stopped, or why not is recorded",
    SHOULD,
    cites=["HB App 3"],
    due=concern_by,
    breach=concern_is_open,
    remedy=settle_the_concern,
)
def concern_was_reviewed(case: PlacementCase) -> Says:
    """On the day of a concern, or on the next school day, the placement is reviewed: it stops until that is answered, or a reason says why not.

    A serious incident at the provider is a concern for every child there.
    """
    if not every_concern(case):
        return None
    return open_concern(case) is None


def seen_there(case: PlacementCase) -> tuple[date, ...]:
    """The days on which somebody from the school saw the child at the provision."""
    visits = case.entries.all(Visit)
    return tuple(
        visit.day
        for visit in visits
        if visit.day >= case.placement.starts and recorded(visit.child_seen) and visit.child_seen
    )


def to_be_seen_by(case: PlacementCase) -> date | None:
    return case.outstanding(seen_there(case))


@rule(
    "AP509",
    "somebody from the school has seen the child at the provision, and does so each half term",
    LOCAL,
    cites=["HB 2.2"],
    applies=has_started_outside,
    due=to_be_seen_by,
    eases=(ADVISE, lambda case: bool(seen_there(case))),
    breach=lambda case: (
        f"nobody has seen the child there {'since ' + words(seen_there(case)[-1]) if seen_there(case) else 'yet'}"
    ),
    remedy=lambda case: (
        f"ap record visit {case.ref} --purpose quality-assurance --child-seen --by …"
    ),
)
def child_was_seen_there(case: PlacementCase) -> Says:
    """The child belongs to its school: somebody comes to see it, once at least, and better in each half term."""
    return to_be_seen_by(case) is None


def in_touch(case: PlacementCase) -> date:
    """The last day of contact, of a visit or of a review, or the start."""
    found = [entry.day for kind in (Review, Visit, Contact) if (entry := case.entries.latest(kind))]
    return max([*found, case.placement.starts])


@rule(
    "AP512",
    "there is regular contact with provider and child",
    ADVISE,
    cites=["HB 2.5"],
    applies=runs_and_has_started,
    breach=lambda case: f"no contact, visit or review since {words(in_touch(case))}",
    remedy=lambda case: f"ap record contact {case.ref} --whom … --said …",
)
def contact_is_kept(case: PlacementCase) -> Says:
    """Somebody is in touch with provider and child between the reviews; a review or a visit counts. Fifteen school days are our own measure."""
    days = case.figures["contact.school_days"]
    return not case.calendar.has_gone_by(in_touch(case), days, case.on)
