"""AP1: what came before a place outside the school."""

from __future__ import annotations

from datetime import date

from ..domain.entries.before import SPECIALISTS, Advice, Approach
from ..domain.options import Route
from ..forms.facts import is_yes, recorded
from .cases.base import once, once_a_case
from .cases.placement import PlacementCase
from .conditions import outside_the_school
from .kinds import DAY
from .rule import BEFORE, LOCAL, PlacementRule, Says, condition
from .task import Remedy, Write, about

LEFT_NO_TIME = (Route.SUSPENSION, Route.PERMANENT_EXCLUSION, Route.SECTION_19)
"""Routes by which education is owed at once."""


@condition(
    "a suspension, an exclusion or the council's duty left no time to try something first",
    within=outside_the_school,
)
def could_have_been_prevented(case: PlacementCase) -> bool:
    """Whether other support can come before the placement."""
    return case.placement.route not in LEFT_NO_TIME


WANTED = {
    "the graduated approach": (Approach.GRADUATED,),
    "tier 1 support": (Approach.TIER_1,),
    "a specialist's advice": SPECIALISTS,
}
"""What comes first, and what is recorded of each."""

ADVICE = "Inclusion Service"
"""The team that is asked for advice, by its name among the county's contacts."""


class OtherSupportCameFirst(PlacementRule):
    """Other support came before a place outside the school.

    Try support in school before a place outside it: the graduated approach (assess, plan, do,
    review), tier 1 support, and a specialist's advice. Record what you tried and whom you asked, or
    why you did not.
    """

    id, severity, sources = "AP110", LOCAL, ("HB 1.3", "HB 2.2", "HB 2.9")
    task, key, label = (
        "Try other support first, or say why you did not",
        "support",
        "Placements without earlier support",
    )
    stage = BEFORE
    applies = could_have_been_prevented

    def due(self, case: PlacementCase) -> date | None:
        late_at_once = [advice.day - DAY for advice in find_refusals(case)]
        return min([case.before_the_start, *late_at_once])

    def holds(self, case: PlacementCase) -> Says:
        return not self.missing(case)

    @once_a_case
    def missing(self, case: PlacementCase) -> list[str]:
        """List what did not come first, by its words in `WANTED`."""
        tried, settled = recorded(case.placement.tried), check_approaches(case)
        return [name for name, wanted in WANTED.items() if not is_settled(wanted, settled, tried)]

    def problem(self, case: PlacementCase) -> str:
        missing, refusals = self.missing(case), find_refusals(case)
        refused = [name for name in missing if is_refused(WANTED[name], refusals)]
        late = [name for name in missing if name not in refused and is_late(case, WANTED[name])]
        unknown = [name for name in missing if name not in (*refused, *late)]
        problems = []
        if refused:
            problems.append(f"the school has not tried {name_either(refused)}, and gives no reason")
        if late:
            problems.append(f"the school tried {name_either(late)} only once the pupil was there")
        if unknown:
            problems.append(f"you have not said whether the school tried {name_either(unknown)}")
        return "; ".join(problems)

    def remedy(self, case: PlacementCase) -> Remedy:
        wanted = WANTED[self.missing(case)[0]]
        refused = [advice.approach for advice in find_refusals(case)]
        approach = next((one for one in wanted if one in refused), wanted[0])
        known = (("approach", str(approach)), ("tried", "yes"))
        first = name_who_helps(case) if approach is SPECIALISTS[0] else ""
        ask = ("said",) if case.on < case.placement.starts else ("day", "said")
        return Write(about(case.placement), "advice", ask, known=known, first=first)


@once
def list_answers(case: PlacementCase) -> dict[Approach, list[Advice]]:
    """Map each approach to the entries that say whether it was tried, in order of their day."""
    answers: dict[Approach, list[Advice]] = {}
    for advice in case.entries.all(Advice):
        if recorded(advice.tried):
            answers.setdefault(advice.approach, []).append(advice)
    return answers


def check_approaches(case: PlacementCase) -> dict[Approach, bool]:
    """Map each approach to whether it came before the start, or a reason is given.

    One that was last recorded as not tried, without a reason, is not settled. One that was tried
    only from the start on says nothing.
    """
    return {
        approach: not is_refusal(answers[-1])
        for approach, answers in list_answers(case).items()
        if is_refusal(answers[-1]) or any(is_settled_by(case, each) for each in answers)
    }


def is_settled_by(case: PlacementCase, advice: Advice) -> bool:
    """Tell whether an approach was tried before the start, or a reason is given why not."""
    return recorded(advice.why_not) or (is_yes(advice.tried) and came_before(case, advice))


def came_before(case: PlacementCase, advice: Advice) -> bool:
    """Tell whether something was tried before the placement started."""
    return advice.day < case.placement.starts


def is_late(case: PlacementCase, wanted: tuple[Approach, ...]) -> bool:
    """Tell whether one of these approaches was tried only from the start on."""
    answers = list_answers(case)
    return any(is_yes(each.tried) for approach in wanted for each in answers.get(approach, ()))


def is_settled(wanted: tuple[Approach, ...], known: dict[Approach, bool], tried: bool) -> bool:
    """Tell whether one of these approaches came first, and none was refused without a reason.

    Without any on record, what the plan says was `tried` counts, but not as a specialist's advice.
    """
    answers = [known[approach] for approach in wanted if approach in known]
    return all(answers) if answers else tried and wanted is not SPECIALISTS


@once
def find_refusals(case: PlacementCase) -> list[Advice]:
    """List what is wanted and was last recorded as not tried, without a reason."""
    asked_for = {approach for wanted in WANTED.values() for approach in wanted}
    last = [each[-1] for approach, each in list_answers(case).items() if approach in asked_for]
    return [advice for advice in last if is_refusal(advice)]


def is_refused(wanted: tuple[Approach, ...], refusals: list[Advice]) -> bool:
    """Tell whether one of these approaches was not tried, and no reason is given."""
    return any(advice.approach in wanted for advice in refusals)


def is_refusal(advice: Advice) -> bool:
    """Tell whether an approach was not tried, and no reason is given."""
    return recorded(advice.tried) and not advice.tried and not recorded(advice.why_not)


def name_who_helps(case: PlacementCase) -> str:
    """Say whom to ask for advice; empty where the county names nobody."""
    team = case.figures.county.contact(ADVICE)
    return f"ask the {team} ({team.source})" if team else ""


def name_either(names: list[str]) -> str:
    """Join names: "a, b or c"."""
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last
