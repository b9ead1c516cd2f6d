"""The school census: a record for each placement, and what is still to fill in.

It names the place by one of three: URN, UKPRN or setting type. The letters of setting types are the
census's own; reasons and patterns are its labels.
"""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.options import Reason, Route
from ..domain.placement import Placement
from ..domain.provider import Provider, ProviderKind
from ..domain.pupil import Pupil
from ..domain.sessions import FULL_WEEK
from ..forms.facts import recorded
from ..forms.form import Record, reference
from ..rules.task import Edit, about
from ..services.census import Counted

SETTING_TYPES = {
    ProviderKind.FE_COLLEGE: "NFE",
    ProviderKind.ONE_TO_ONE: "OOT",
    ProviderKind.WORK_BASED: "WBP",
    ProviderKind.NON_SCHOOL: "OTH",
    ProviderKind.ONLINE: "OTH",
}
"""The setting type of a provider that has neither URN nor UKPRN; a school has a URN."""

FULL_TIME, PART_TIME = "full time", "part time"
MENTAL = "medical: mental health"
BEHAVIOUR = "off-site placement for behavioural support"
SUSPENSION = "suspension"
OTHER = "other"


class Gap(Record, frozen=True):
    """What is missing in a record of the census, and the questions that fill it."""

    words: str
    remedy: Edit


class CensusRecord(Record, frozen=True):
    """A placement as the census has it; what is None is in the gaps."""

    placement: str
    pupil: str
    upn: str | None
    name: str
    urn: str | None
    ukprn: str | None
    setting_type: str | None
    starts: date
    ends: date | None
    sessions: int | None
    pattern: str | None
    reason: str | None
    gaps: tuple[Gap, ...]


HEADINGS = {
    "placement": "Placement ref",
    "pupil": "Pupil ref",
    "upn": "UPN",
    "name": "Pupil name",
    "urn": "URN",
    "ukprn": "UKPRN",
    "setting_type": "Setting type",
    "starts": "Start date",
    "ends": "End date",
    "sessions": "Sessions a week",
    "pattern": "Attendance pattern",
    "reason": "Reason",
    "missing": "Still to fill in",
}
"""The columns of the census, by their keys."""


def make_record(counted: Counted, on: date, full_time: int) -> CensusRecord:
    """Return the record of a placement as it is on a day, with what is missing in it.

    More minutes a week than `full_time` are full time.
    """
    placement, pupil, provider = counted.placement, counted.pupil, counted.provider
    gaps: list[Gap] = []
    if not recorded(placement.commissioner):
        gaps.append(Gap("who arranges it", Edit(about(placement), ("commissioner",))))
    upn = str(pupil.upn) if recorded(pupil.upn) else None
    if upn is None:
        gaps.append(Gap("the UPN", Edit(about(pupil), ("upn",))))
    urn, ukprn, setting = name_setting(provider)
    if (urn, ukprn, setting) == (None, None, None):
        gaps.append(Gap("the URN of the provider", Edit(about(provider), ("urn",))))
    sessions = len(placement.at_provider.slots) if recorded(placement.at_provider) else None
    if not sessions:
        gaps.append(Gap("the sessions a week", Edit(about(placement), ("at_provider",))))
    reason = choose_reason(placement, pupil)
    if reason is None:
        gaps.append(reason_gap(placement, pupil))
    ends = end_of(placement, on)
    if ends is None:
        gaps.append(Gap(name_missing_end(placement), Edit(about(placement), ("ends",))))
    return CensusRecord(
        placement=placement.ref,
        pupil=reference(Pupil.PREFIX, pupil.id),
        upn=upn,
        name=pupil.name,
        urn=urn,
        ukprn=ukprn,
        setting_type=setting,
        starts=placement.starts,
        ends=ends,
        sessions=sessions or None,
        pattern=pattern_of(sessions, placement.weekly_minutes > full_time),
        reason=reason,
        gaps=tuple(gaps),
    )


def name_setting(provider: Provider) -> tuple[str | None, str | None, str | None]:
    """Return the URN, the UKPRN or the setting type of a provider: one of them, or none."""
    if recorded(provider.urn):
        return str(provider.urn), None, None
    if recorded(provider.ukprn):
        return None, str(provider.ukprn), None
    return None, None, SETTING_TYPES.get(provider.kind)


def end_of(placement: Placement, on: date) -> date | None:
    """Return the day on which a placement ended, or is planned to.

    None if nobody has said, or if the placement goes on after it on a day.
    """
    if placement.ended is not None:
        return placement.ended
    return placement.ends if recorded(placement.ends) and placement.ends >= on else None


def name_missing_end(placement: Placement) -> str:
    """Name the last day that is missing, with the planned one if that has gone by."""
    if recorded(placement.ends):
        return f"the last day, as the planned one ({words(placement.ends)}) has gone by"
    return "the last day"


def pattern_of(sessions: int | None, has_full_hours: bool) -> str | None:
    """Return whether a week is full time; None if its sessions are not known.

    It is if it has all the sessions that there are, and the hours of a full week: two hours a day
    are no full time on five days either.
    """
    if not sessions:
        return None
    return FULL_TIME if sessions == FULL_WEEK and has_full_hours else PART_TIME


def choose_reason(placement: Placement, pupil: Pupil) -> str | None:
    """Return the label of a placement's reason; None if nobody can tell which.

    An off-site direction is made to improve behaviour, unless other reasons alone are on record.
    Whether health is physical or mental is not recorded, unless the pupil avoids school for
    emotional reasons.
    """
    if placement.route is Route.SUSPENSION:
        return SUSPENSION
    is_directed = placement.route is Route.OFF_SITE_DIRECTION
    if not recorded(placement.reasons) or not placement.reasons:
        return BEHAVIOUR if is_directed else None
    if is_directed and Reason.BEHAVIOUR in placement.reasons:
        return BEHAVIOUR
    first = placement.reasons[0]
    if first is Reason.HEALTH:
        avoids = recorded(pupil.ebsa) and pupil.ebsa.on(placement.starts)
        return MENTAL if avoids else None
    return BEHAVIOUR if first is Reason.BEHAVIOUR else OTHER


def reason_gap(placement: Placement, pupil: Pupil) -> Gap:
    """Return what is missing of a reason."""
    if recorded(placement.reasons) and placement.reasons:
        words = "the reason, mental or physical health (EBSA is mental health)"
        return Gap(words, Edit(about(pupil), ("ebsa",)))
    return Gap("the reason", Edit(about(placement), ("reasons",)))
