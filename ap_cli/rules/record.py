"""AP9: the data itself."""

from __future__ import annotations

from ..domain.facts import recorded
from ..domain.identifiers import upn_problem
from ..domain.plausible import contradictions
from .case import Case, PupilCase
from .engine import MUST, SHOULD, Says, rule


@rule("AP901", "the UPN's check letter is right", SHOULD, cites=["ap"], about=PupilCase,
      breach=lambda case: f"the UPN of {case.pupil.ref} is wrong: {upn_problem(case.pupil.upn)}",
      remedy=lambda case: f"ap pupil edit {case.pupil.ref} --upn …")  # fmt: skip
def upn_is_right(case: PupilCase) -> Says:
    """A unique pupil number carries a letter that shows a slip of the pen. The number itself is optional."""
    if not recorded(case.pupil.upn):
        return None
    return not upn_problem(case.pupil.upn)


@rule("AP903", "dates are in order and plausible, and the sessions can hold the hours", MUST, cites=["ap"],
      breach=lambda case: "; ".join(contradictions(case.placement, case.pupil, case.figures["session.longest"])),
      remedy=lambda case: f"ap placement edit {case.placement.ref}")  # fmt: skip
def record_does_not_contradict_itself(case: Case) -> Says:
    """A placement that ends before it starts, or 19 hours in two sessions, is a slip that hides something else."""
    return not contradictions(case.placement, case.pupil, case.figures["session.longest"])
