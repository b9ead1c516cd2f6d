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
from ..errors import ApError, Interrupted, NothingAnswered
from ..forms.form import Noun
from ..forms.text import shortened
from ..render.command import spell
from ..render.result import Result
from ..rules.rule import BREACHED, NOT_YET
from ..services import checks, concerns, ending, placements, records
from ..services.checks import CheckRequest
from ..services.concerns import OpenConcern
from ..services.drafts import Draft, OpenForm
from ..services.meanwhile import as_read
from ..stopping import NOTHING_SAVED
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
    before = as_read(before, draft.read) if draft else before
    if correction and before.ended is None:
        raise ApError(f"{before.ref} has not ended: leave out --correct to end it")
    if settings.interactive and before.ended is not None:
        correction = correction or offer_correction(before)
    after = keep_ending(settings, given, before, correction, draft)
    said: tuple[str, ...] = ()
    if settings.interactive and not after.never_started and not correction:
        try:
            walk_through(settings, after)
        except (KeyboardInterrupt, EOFError):
            said = (rest_to_do(after.ref),)
        except Interrupted as stopped:
            kept = () if str(stopped) == NOTHING_SAVED else (str(stopped),)
            said = (*kept, rest_to_do(after.ref))
    return nouns.show_written(settings, before, after, (*said, *list_outstanding(settings, after)))


def rest_to_do(ref: str) -> str:
    """Say that a placement has ended, which is saved, and how to do the rest."""
    return f"Saved: {ref} has ended. The rest is on your list: ap do {ref}"


def offer_correction(before: Placement) -> bool:
    """Ask whether to correct how a placement ended; raise Interrupted if not."""
    from ..interview.prompts import ask_yes

    if before.ended is None or not ask_yes(
        f"{before.ref} ended on {words(before.ended)} already. Correct how it ended?"
    ):
        raise Interrupted("nothing was changed")
    return True


def keep_ending(
    settings: Settings,
    given: Mapping[str, Any],
    before: Placement,
    correction: bool,
    draft: Draft | None,
) -> Placement:
    """The placement as it has ended, by what was given and what a terminal is told."""
    from ..interview.ending import add_first_day, ask_late_reviews, ending_steps

    def keep(ending: Ending, draft: int | None) -> Placement:
        asks = settings.interactive
        late = ask_late_reviews(settings.store, before, ending.day) if asks else []
        ended = placements.make_ended(before, ending, settings.today, correction)

        def write(read: Placement, ended: Placement, values: Mapping[str, Any]) -> Placement:
            where = (settings.author, settings.today, draft, late, values)
            return placements.keep_ended(settings.store, read, ended, *where)

        return nouns.write_with_read(settings, before, ended, write)

    def complete(answers: dict[str, Any]) -> dict[str, Any]:
        return add_first_day(answers, before) if "day" not in given else answers

    asked = Asked(
        OpenForm("placement end --correct" if correction else "placement end", before.ref),
        draft,
        offered={"never_started": "yes", "day": settings.today.isoformat()},
        known={"never_started": "no"},
        steps=ending_steps(settings.store, before),
        complete=complete,
        review=correction and not given,
        read=before,
        writes=placements.OF_THE_END,
        base=placements.ending_of(before) if correction else None,
    )
    if settings.interactive:
        introduce_ending(settings, before, correction)
    known = answers_of_ending(before, settings.interactive) if correction else {}
    return keep_form(settings, Ending, known | dict(given), keep, asked)


def answers_of_ending(ended: Placement, on_terminal: bool) -> dict[str, Any]:
    """How a placement ended, as answers to the form; a terminal shows whether it ever started."""
    assert ended.ended is not None, "it has ended"
    known = {"reason": ended.end_reason, "destination": ended.destination}
    answers: dict[str, Any] = {name: fact for name, fact in known.items() if fact is not None}
    if on_terminal and ended.never_started:
        return answers | {"never_started": True}
    day = {"day": ended.ended.isoformat()}
    return answers | day | ({"never_started": False} if on_terminal else {})


def introduce_ending(settings: Settings, before: Placement, correction: bool) -> None:
    """Say which placement it is, and what is asked."""
    from ..interview.prompts import say

    names = records.named(settings.store, before, settings.today)
    child = "" if settings.name_style == "never" else f"{shortened(names['pupil'])} at "
    verb = "Correcting the end of" if correction else "Ending"
    provider = shortened(names["provider"])
    say(f"{verb} {before.ref}: {child}{provider}, from {words(before.starts)}.")
    if correction:
        return
    say("Four questions: did it start, last day, why, where next.")
    open = [f"the concern of {words(one.raised)}" for one in open_concerns(settings, before)]
    then = [*open, "the provider's final report if the child goes back to school"]
    say(f"Then, and each can wait: {', '.join(then)}, and the discussion of the end.")


def open_concerns(settings: Settings, placement: Placement) -> list[OpenConcern]:
    """The concerns of a placement on which nobody has decided."""
    return concerns.list_open(settings.store, placement.id, settings.today)


def walk_through(settings: Settings, after: Placement) -> None:
    """Ask about open concerns, the final report and the discussion of the end; each can wait."""
    from ..interview.prompts import ask_yes, say

    for concern in open_concerns(settings, after):
        raised = words(concern.raised)
        say(f"The concern of {raised} ({concern.ref}) is open: nobody has decided on it.")
        if ask_yes("Record now what you decided?"):
            given = {"of": concern.ref}
            record_part(settings, Concern, given, concern.about, ("decision", "why_not_stopped"))
    there = ending.list_kinds(settings.store, after)
    forms: tuple[tuple[type[Entry], str], ...] = (
        (FinalReport, "Has the provider's final report come?"),
        (Discussion, "Was the end discussed?"),
    )
    for form, question in forms:
        wanted = form not in there and (form is Discussion or after.destination in BACK)
        if wanted and ask_yes(f"{question} Record it now?"):
            record_part(settings, form, {}, after.ref)


def record_part(
    settings: Settings,
    form: type[Entry],
    given: Mapping[str, Any],
    about: str,
    ask: tuple[str, ...] | None = None,
) -> None:
    """Record what belongs to an ending, and say so; if nothing is answered it can wait.

    `ask` names the questions to ask beside those that are required; None asks all.
    """
    from ..interview.prompts import say

    try:
        made = record_entry(
            settings, form, given, about, ask=ask, of_task=True, confirm=form is Concern
        )
    except NothingAnswered as problem:
        say(f"{problem} It can wait.")
    else:
        say("\n".join(made.said))


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
