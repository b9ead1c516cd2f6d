"""Whether a child may go to a place: what each open finding of a supposed placement means for it.

No rule is here. The rules judge a placement that is only supposed; this table says which of their
breaches nobody can put right before the first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from . import RULES
from .cases.pupil import PupilCase
from .engine import Finding
from .rule import ADVISE, BEFORE, BREACHED, CANNOT_TELL, OPEN

STOPS = {
    "AP101": "nothing done before the first day changes a child's age",
    "AP105": "home education and EOTAS are not alternative provision: no record of one mends that",
    "AP107": "this route is open only to whom the law gives it: it takes another route",
    "AP201": "the place would break the law from the child's first day, and only it can register",
    "AP202": "the place would break the law from the child's first day, and only it can register",
    "AP311": "a child may be unsafe there until you have decided about the provider",
    "AP506": "this child may be unsafe there until you have decided on the concern",
    "AP513": "this child was not safe there, and nothing has changed since",
    "AP516": "this child may be unsafe there, and those who must know of it do not",
}
"""The rules whose breach makes a no, each with the reason; a gap in one has to be found out."""

ABOUT_THE_CHILD_THERE = ("AP506", "AP513", "AP516")
"""The rules that say whether the child was unsafe at the same place before."""

REGISTRATION = ("AP201", "AP202")
"""The rules that say whether a place has to be a registered school."""

ROUTE = ("AP101", "AP105", "AP107")
"""The rules that say whether a route is open."""

UNREADABLE = "AP906"
"""A record that cannot be read may hide any of them: it has to be repaired to tell."""

RULE_BY_ID = {rule.id: rule for rule in RULES}


class Verdict(StrEnum):
    """Whether a child may go there."""

    YES = "yes"
    ONCE = "yes, once"
    NO = "no"
    FIND_OUT = "find out"


class Bearing(StrEnum):
    """What an open finding of a supposed placement means for the question."""

    STOPS = "stops"
    DECIDES = "decides"
    """Nobody can tell yet, and the answer may stop it."""
    FIRST = "first"
    """It is put right before the first day."""
    ASK = "ask"
    """Nobody can tell yet, and whatever the answer is, it stops nothing."""
    LATER = "later"


def bearing_of(finding: Finding, starts: date) -> Bearing:
    """Tell what a finding means for a placement that would start on a day."""
    if finding.answer not in OPEN or finding.waived is not None:
        return Bearing.LATER
    if finding.rule == UNREADABLE:
        return Bearing.DECIDES
    decides = finding.rule in STOPS
    if finding.answer is CANNOT_TELL:
        return Bearing.DECIDES if decides else Bearing.ASK
    if finding.answer is BREACHED and decides:
        return Bearing.STOPS
    return Bearing.FIRST if comes_first(finding, starts) else Bearing.LATER


def comes_first(finding: Finding, starts: date) -> bool:
    """Tell whether what is missing has to be in place before the first day.

    That is what binds and is due by then. Of what has no day it is what is asked before a
    placement, or broken already at the place: what is broken about the pupil alone says nothing
    about going there.
    """
    if finding.severity is ADVISE:
        return False
    if finding.due is not None:
        return finding.due < starts
    rule = RULE_BY_ID.get(finding.rule)
    return rule is None or rule.stage is BEFORE or rule.about is not PupilCase


def verdict_of(bearings: Iterable[Bearing]) -> Verdict:
    """Return the verdict: what stops it comes before what is not known, and that before a task."""
    found = set(bearings)
    if Bearing.STOPS in found:
        return Verdict.NO
    if Bearing.DECIDES in found:
        return Verdict.FIND_OUT
    return Verdict.ONCE if Bearing.FIRST in found else Verdict.YES
