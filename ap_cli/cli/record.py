"""ap record: one command for each kind of entry, made from its form when called."""

from __future__ import annotations

from collections.abc import Mapping
from shlex import join
from typing import Annotated, Any

from typer.main import get_command

from ..domain.entries import KINDS
from ..domain.entries.entry import Entry
from ..domain.samples import sample_options
from ..forms.form import Noun
from ..forms.form import reference as printed
from ..render.data import entry_data
from ..render.nouns import days_of
from ..render.result import Result, references_alone
from ..services import records
from .asking import chosen, kept
from .command import command, group, single
from .lazy import lazy_group
from .references import argument
from .settings import Settings

EXAMPLES = {
    "advice": "ap record advice PL-0001 --approach inclusion-service --tried --said 'try a phased timetable first' --day 2025-11-20",
    "risk": "ap record risk PL-0001 --checked 'fire, first aid, supervision' --parents-told --commissioner-told --by 'A. Tester'",
    "reporting": "ap record reporting PL-0001 --absence 'by telephone before 10' --contact-there 'C. Sample' --contact-here 'A. Tester'",
    "sharing": "ap record sharing PL-0001 --whom 'C. Sample' --sen --no-medical --literacy --no-safeguarding",
    "plan": "ap record plan PL-0001 --agreed-by parent --agreed-by child --roles --linked-to-ehcp",
    "reintegration": "ap record reintegration PL-0001 --readiness 'two full weeks' --provider-gives mentoring --school-gives 'a key adult'",
    "notice": "ap record notice PL-0001 --to parent --day 2025-12-15 --address --report-to --days --reasons --session-times",
    "declaration": "ap record declaration PR-0001 --full-time 3 --with-plan 0 --with-sen 1",
    "suspension": "ap record suspension PR-0001 --suspended --reason 'an accident is looked into'",
    "report": "ap record report PR-0001 --told 'Education Effectiveness' --said 'they will visit'",
    "exclusion": "ap record exclusion P-0001 --permanent --day 2026-02-06",
    "induction": "ap record induction PL-0001 --academic-level 'entry 3' --prior-attendance 62 --ambitions 'to work with animals'",
    "invitation": "ap record invitation PL-0001 --review-on 2026-03-20 --invited parent --invited provider",
    "outcome": "ap record outcome PL-0001 --told parent --told provider --reasons",
    "request": "ap record request PL-0001 --asked-by parent",
    "extension": "ap record extension PL-0001 --to 2027-03-19 --reason 'the objectives are near'",
    "progress": "ap record progress PL-0001 --progress 'two units done' --attendance 91",
    "remote": "ap record remote PL-0001 --last-resort 'too ill to travel' --until 2026-03-27 --engaged 'four of five lessons'",
    "concern": "ap record concern PL-0001 --what 'a bruise' --decision not-affected --why-not-stopped 'from a fall at home, seen by a doctor'",
    "readiness": "ap record readiness PL-0001 --takes-support mostly --works-steadily sometimes --attends mostly",
    "support": "ap record support PL-0001 --need key-adult --given-by 'the form tutor' --until 2026-07-10 --helps 'time outside'",
    "final-report": "ap record final-report PL-0001 --progress 'both units passed' --recommends 'a phased return'",
    "discussion": "ap record discussion PL-0001 --took-part school --took-part parent --achievements 'both units' --support 'a key adult'",
    "follow-up": "ap record follow-up PL-0001 --settled --support-given",
    "notified": "ap record notified PL-0001 --by 'A. Tester' --number AP-0001",
    "visit": "ap record visit PL-0001 --purpose pre-placement --by 'A. Tester' --day 2025-12-15 --needs-met",
    "contact": "ap record contact PL-0001 --whom 'the provider' --said 'settling in well'",
    "review": "ap record review PL-0001 --decided continue --safe --attending --next-review 2026-05-20",
    "evidence": "ap record evidence PR-0001 --item insurance --by 'A. Tester' --expires 2027-03-31",
    "waiver": "ap record waiver PL-0001 --rule AP416 --reason 'taught at home by agreement' --by 'A. Tester'",
}
"""Examples with words of their own, for the help; the other kinds have one made from their questions."""


def example_of(form: type[Entry]) -> str:
    """An example of recording a kind of entry, for its help: a whole command."""
    if form.KIND in EXAMPLES:
        return EXAMPLES[form.KIND]
    about = printed(nouns_of(form)[0].PREFIX, 1)
    return join(["ap", "record", form.KIND, about, *sample_options(form)])


def recorded_as(
    settings: Settings, form: type[Entry], given: Mapping[str, Any], reference: str | None
) -> Result:
    """What happened, recorded of a subject that the reference names, or that is chosen on a terminal."""
    from ..services import consequences, entries

    nouns = nouns_of(form)
    typed = {"day": settings.today, **given}
    subject = (
        records.subject_of(reference, *nouns)
        if reference
        else (nouns[0], chosen(settings, nouns[0], None, form, typed).id)
    )
    records.get(settings.store, *subject, settings.today)

    def keep(entry: Entry) -> Entry:
        return entries.record(settings.store, entry, subject, settings.author, settings.today)

    day = settings.today.isoformat()
    made = kept(settings, form, dict(given) if settings.interactive else typed, keep, {"day": day})
    about = printed(subject[0].PREFIX, subject[1])
    said = (
        f"{made.ref}: {form.KIND} of {about}, {', '.join(days_of(made))}",
        *consequences.of(settings.store, made, subject, settings.today),
    )
    return Result(form.KIND, [entry_data(made, about)], lines=references_alone, said=said)


def nouns_of(form: type[Entry]) -> tuple[type[Noun], ...]:
    """What a kind of entry can be about."""
    return tuple(
        noun for name in form.ABOUT for noun in records.NOUNS.values() if name == noun.NOUN
    )


def load(name: str) -> Any:
    """The command that records one kind of entry, or changes one."""
    if name in CHANGES:
        from . import recorded

        return recorded.load(name)
    one, form = single(), KINDS[name]
    nouns = nouns_of(form)
    which = argument(
        f"[{'|'.join(noun.PREFIX + '-0001' for noun in nouns)}]",
        f"The {' or '.join(form.ABOUT)}.",
        *form.ABOUT,
    )

    def record(settings: Settings, given: Mapping[str, Any], reference: Any = None) -> Result:
        return recorded_as(settings, form, given, reference)

    record.__annotations__["reference"] = Annotated[
        str | None, which
    ]  # made here, so that it cannot stand in the signature
    told = f"{form.__doc__}\n\nExample: {example_of(form)}"
    command(one, form=form, name=name, help=told, optional=("day",))(record)
    return get_command(one)


CHANGES = {
    "edit": "Correct what was recorded, with the reason.",
    "withdraw": "Take back what should not have been recorded, with the reason.",
}
summaries = {name: form.__doc__ or "" for name, form in KINDS.items()} | CHANGES


app = group(
    "Record what happened: each kind of entry is a command; correct and withdraw it.",
    lazy_group(summaries, load),
)
