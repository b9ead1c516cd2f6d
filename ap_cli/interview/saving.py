"""The last step of the wizard: what the check says in a few lines, and what saving confirms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..domain.options import WITH_CONDITIONS
from ..domain.placement import Placement
from ..forms.facts import recorded
from ..forms.text import first_of
from ..forms.yes_no import NOT_YET, read_yes_or_no
from ..render.standing import CheckScreen, count_hidden, group_tasks, reason
from ..rules.task import Urgency
from ..services.checks import CheckReport
from ..services.standing import Judged
from ..services.verdicts import LOUD
from .news import loud, plain_sentence
from .prompts import ask_line, say
from .typed import BACK, UNSURE

MOST = 4
"""The most broken rules that are named before saving."""


def say_verdict(
    report: CheckReport,
    judged: Judged,
    placement: Placement,
    names: Mapping[str, str],
    today: date,
) -> None:
    """Say what is against the law, unsafe or late, and the counts that `ap check` will show."""
    for line in verdict_lines(report, judged, placement, names, today):
        say(line)


def verdict_lines(
    report: CheckReport,
    judged: Judged,
    placement: Placement,
    names: Mapping[str, str],
    today: date,
) -> Iterator[str]:
    """What the check of an unsaved placement says, in at most eight lines."""
    (standing,) = judged.standings
    loudest = list(loud(report.findings))
    yield "\nThe check"
    for finding in loudest[:MOST]:
        yield f"  ! {plain_sentence(finding.message, placement, names)}"
    if len(loudest) > MOST:
        yield f"  ! And {len(loudest) - MOST} more."
    late = [task.task.words for task in standing.tasks if task.urgency is Urgency.LATE]
    if late:
        yield f"  ! Late: {first_of(late, MOST - 1)}."
    screen = CheckScreen(standing, placement, judged.in_order, today)
    counts = [f"{standing.verdict}: {reason(screen)}", *count_tasks_left(screen)]
    yield f"  {'. '.join(counts)}."


def count_tasks_left(screen: CheckScreen) -> Iterator[str]:
    """How much is to do besides what the verdict counts, as the screen of `ap check` shows it."""
    groups = list(group_tasks(screen))
    dated = sum(len(group.tasks) for group in groups if group.urgency is Urgency.SOON)
    unknown = sum(len(group.tasks) for group in groups if group.urgency is Urgency.GAP)
    later, advice = count_hidden(screen, groups)
    if screen.standing.verdict in LOUD.values():
        yield f"To do by the first day: {dated}"
    named = (("To find out", unknown), ("Later", later), ("Advice", advice))
    yield from (f"{name}: {number}" for name, number in named if number)


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
