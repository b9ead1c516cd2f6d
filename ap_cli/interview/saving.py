"""The last step of the wizard: what the check says in a few lines, and what saving confirms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..domain.days import short_day
from ..domain.options import WITH_CONDITIONS
from ..domain.placement import Placement
from ..forms.facts import recorded
from ..forms.yes_no import NOT_YET, read_yes_or_no
from ..rules.rule import CANNOT_TELL
from ..services.checks import CheckReport
from .news import loud, plain_sentence
from .prompts import ask_line, say
from .typed import BACK, UNSURE

MOST = 4
"""The most broken rules that are named before saving."""


def say_verdict(
    report: CheckReport, placement: Placement, names: Mapping[str, str], today: date
) -> None:
    """Say what is against the law or unsafe, and how much is to do before the first day."""
    for line in verdict_lines(report, placement, names, today):
        say(line)


def verdict_lines(
    report: CheckReport, placement: Placement, names: Mapping[str, str], today: date
) -> Iterator[str]:
    """What the check of an unsaved placement says, in at most eight lines."""
    findings = list(report.findings)
    loudest = list(loud(findings))
    yield "\nThe check"
    for finding in loudest[:MOST]:
        yield f"  ! {plain_sentence(finding.message, placement, names)}"
    if len(loudest) > MOST:
        yield f"  ! And {len(loudest) - MOST} more."
    quiet = [finding for finding in findings if finding not in loudest]
    unknown = {each.task for each in quiet if each.answer is CANNOT_TELL}
    due = {each.task for each in quiet if each.due is not None and each.due <= placement.starts}
    later = {each.task for each in quiet} - due - unknown
    starts = short_day(placement.starts, today)
    yield f"  To do by {starts}: {len(due)}. Later: {len(later)}. To find out: {len(unknown)}."


def wants_approval(placement: Placement) -> bool:
    """Whether the planned code needs an approval that nobody has answered yet."""
    code = placement.code
    return recorded(code) and code in WITH_CONDITIONS and not recorded(placement.code_approved)


def ask_approval(placement: Placement) -> str:
    """Whether the planned code was approved: "yes", "no", or empty if that is still to come.

    "<" if one goes back to the answers.
    """

    def problem(text: str) -> str:
        known = text.lower() in ("", UNSURE, BACK, NOT_YET) or read_yes_or_no(text) is not None
        return "" if known else f"Type yes or no, Enter for not yet, or {BACK} to go back."

    asked = f"Has someone with authority approved code {placement.code}? y, n, Enter: not yet"
    typed = ask_line(asked, problem).lower()
    if typed == BACK:
        return BACK
    if typed == NOT_YET:
        return ""
    return {True: "yes", False: "no", None: ""}[read_yes_or_no(typed)]
