"""`ap placement end`: how a placement ended, and the records that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..domain.days import words
from ..domain.ending import Ending
from ..domain.entries.after import Discussion, FinalReport
from ..domain.entries.during import Concern
from ..domain.entries.entry import Entry
from ..domain.options import Destination
from ..domain.placement import Placement
from ..errors import ApError, Interrupted
from ..forms.form import Noun
from ..render.command import spell
from ..render.result import Result
from ..rules.rule import BREACHED, NOT_YET
from ..services import checks, concerns, placements, records
from ..services.checks import CheckRequest
from ..services.drafts import Draft, OpenForm
from . import nouns
from .asking import Asked, choose_record, keep_form
from .record import record_entry
from .settings import Settings

BACK = (Destination.HOME_SCHOOL, Destination.OTHER_SCHOOL)


def end_with_entries(
    settings: Settings,
    given: Mapping[str, Any],
    reference: str | None,
    correction: bool,
    draft: Draft | None = None,
) -> Result:
    """End a placement, or correct how it ended; a terminal asks for the records of its end."""
    before = choose_record(settings, Placement, reference, Ending, given)
    if correction and before.ended is None:
        raise ApError(f"{before.ref} has not ended: leave out --correct to end it")
    typed = dict(given)
    if correction:
        typed = {
            "day": before.ended,
            "reason": before.end_reason,
            "destination": before.destination,
        } | typed
    if given.get("never_started") and "day" not in given:
        typed["day"] = before.starts.isoformat()

    def keep(ending: Ending, draft: int | None) -> Placement:
        return placements.end(
            settings.store, before, ending, settings.author, settings.today, correction, draft
        )

    said: tuple[str, ...] = ()
    open = OpenForm("placement end --correct" if correction else "placement end", before.ref)
    asked = Asked(open, draft, offered={"day": settings.today.isoformat()})
    after = keep_form(settings, Ending, typed, keep, asked)
    if settings.interactive and not after.never_started and not correction:
        try:
            walk_through(settings, after)
        except (KeyboardInterrupt, EOFError):
            said = (f"stopped; {after.ref} has ended, and the rest stays to do",)
        except Interrupted as stopped:
            said = (str(stopped), f"{after.ref} has ended, and the rest stays to do")
    return nouns.show_written(settings, before, after, (*said, *list_outstanding(settings, after)))


def walk_through(settings: Settings, after: Placement) -> None:
    """Ask about open concerns, the final report and the discussion of the end; each can wait."""
    from ..interview.prompts import ask_yes, say

    for concern in concerns.list_open(settings.store, after.id, settings.today):
        raised = words(concern.raised)
        say(f"The concern of {raised} ({concern.ref}) is open: nobody has decided on it.")
        if ask_yes("Record now what you decided?"):
            record_entry(settings, Concern, {"of": concern.ref}, concern.about)
    forms: tuple[tuple[type[Entry], str], ...] = (
        (FinalReport, "Has the provider's final report come?"),
        (Discussion, "Was the end discussed?"),
    )
    for form, question in forms:
        if (form is Discussion or after.destination in BACK) and ask_yes(
            f"{question} Record it now?"
        ):
            record_entry(settings, form, {}, after.ref)


def list_outstanding(settings: Settings, after: Placement) -> Iterator[str]:
    """What is still to do for the end, each with its command."""
    subject: tuple[type[Noun], int] = (Placement, records.subject(after.ref)[1])
    after_it = tuple(rule for rule in checks.IN_FORCE if rule.goes_on)
    request = CheckRequest(
        settings.today, subjects=[subject], rules=after_it, answers=(BREACHED, NOT_YET)
    )
    for finding in checks.list_findings(settings.store, request):
        if not finding.waived:
            yield f"still to do: {finding.message} ({finding.rule}) → {spell(finding.remedy)}"
