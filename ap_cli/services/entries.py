"""Record events, correct them, and withdraw those recorded by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ..domain.concerns import Thread, threads
from ..domain.days import words
from ..domain.entries.after import FollowUp
from ..domain.entries.before import Evidence, Suspension
from ..domain.entries.during import Concern, Extension, Review, Waiver
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.plausible import contradictions_of_entry
from ..errors import BadAnswers
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..forms.text import echo
from ..policy.county import County
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import entries as entry_queries
from ..store.queries import records as reading
from ..store.queries.terms import county
from .incomplete import refuse_incomplete, says_nothing
from .refusals import after_the_end, before_the_start, problems, refuse
from .waivers import as_of_its_rule, refuse_must

if TYPE_CHECKING:
    from ..store.attachments import KeptFile
    from ..store.unit import UnitOfWork

Subject = tuple[type[Noun], int]
"""What an event is about: the kind of record, and its number."""


def record(
    store: Store,
    entry: Entry,
    subject: Subject,
    author: Author,
    today: date,
    draft: int | None = None,
) -> Entry:
    """Record an event, and remove its draft; return it as it was written.

    An extension moves the planned end in the same write; a file is copied to the attachments. Raise
    BadAnswers if the entry contradicts itself or the record.
    """
    return record_for_each(store, entry, [subject], author, today, draft)[0]


def record_for_each(
    store: Store,
    entry: Entry,
    subjects: Sequence[Subject],
    author: Author,
    today: date,
    draft: int | None = None,
) -> list[Entry]:
    """Record one event about each of these records in one unit of work, and remove its draft.

    Raise BadAnswers, with nothing written, if it contradicts itself or one of the records; of
    several the reference is named.
    """
    from ..store import writing

    with (
        copied_file(store, entry) as file,
        writing.change(store, author, f"record {entry.KIND}") as unit,
    ):
        entry = with_copy(entry, file)
        writing.drop_draft(unit, draft)
        added = []
        for subject in subjects:
            try:
                added.append(add_entry(unit, store, entry, subject, today))
            except BadAnswers as wrong:
                raise named_if_several(wrong, subjects, subject) from None
        if file:
            file.keep()
        return added


def named_if_several(
    wrong: BadAnswers, subjects: Sequence[Subject], subject: Subject
) -> BadAnswers:
    """Return what is wrong with the reference that it is about, if there are several."""
    if len(subjects) == 1:
        return wrong
    ref = reference(subject[0].PREFIX, subject[1])
    problems = [one if ref in one else f"{one} ({ref})" for one in wrong.problems]
    return BadAnswers(problems, wrong.missing)


def add_entry(unit: UnitOfWork, store: Store, entry: Entry, subject: Subject, today: date) -> Entry:
    """Add an event to a record in a unit of work; raise BadAnswers if it cannot be."""
    from ..store import writing

    noun, id = subject
    about = reading.one(store, noun, id, today)
    entry = as_of_its_rule(entry, noun, county(store))
    refuse_must(store, entry, subject, today)
    refuse_impossible(store, entry, about, today)
    refuse_incomplete(entry, about)
    refuse(says_nothing(entry))
    if isinstance(about, Placement) and (until := extended_to(entry)):
        extended = replace(about, ends=until)
        refuse(_not_later(store, about, until, entry) or problems(store, extended, today))
        writing.correct(unit, about, extended, today)
    return writing.add_entry(unit, entry, about)


OR_DISCUSSION = ", or record the discussion of the end with `ap record discussion {}`"
"""What else a review after the last day may have been."""


@contextmanager
def copied_file(
    store: Store, entry: Entry, before: Entry | None = None
) -> Iterator[KeptFile | None]:
    """Copy the file of an entry beside the attachments; None if it has none or the same one.

    Copying may take long, so it is done before the store is locked.
    """
    from ..store.evidence import copied

    had = before.file if isinstance(before, Evidence) and recorded(before.file) else None
    if not isinstance(entry, Evidence) or not recorded(entry.file) or entry.file == had:
        yield None
        return
    with copied(store, entry.file) as file:
        yield file


def with_copy(entry: Entry, file: KeptFile | None) -> Entry:
    """Return the entry with the name of its copied file in place of the path as typed."""
    return replace(entry, file=file.name) if file else entry


def refuse_impossible(store: Store, entry: Entry, about: Noun, today: date) -> None:
    """Raise BadAnswers if an entry contradicts itself, its subject, or an entry it refers to."""
    refuse(contradictions_of_entry(entry, today))
    if isinstance(entry, Suspension) and not entry.id:
        refuse(tuple(_no_change(store, about, entry)))
    if isinstance(about, Placement):
        refuse(tuple(_outside(about, entry)))
    if isinstance(entry, Evidence) and recorded(entry.named):
        refuse(tuple(_not_on_the_checklist(county(store), entry.named)))
    refuse(tuple(_refers_wrongly(store, about, entry)))


def _no_change(store: Store, about: Noun, entry: Suspension) -> Iterator[str]:
    earlier = [
        other
        for other in entry_queries.readable_of(store, (type(about), about.id), entry.day)
        if isinstance(other, Suspension)
    ]
    if entry.suspended == bool(earlier and earlier[-1].suspended):
        yield (
            f"{about.ref} is already suspended: `ap provider resume {about.ref}` ends that"
            if entry.suspended
            else f"{about.ref} is not suspended: you can place children there"
        )


def _outside(placement: Placement, entry: Entry) -> Iterator[str]:
    if placement.never_started and not isinstance(entry, Waiver):
        yield f"{placement.ref} never started: choose a placement that did"
    elif (entry.WITHIN or entry.ONCE_STARTED) and entry.day < placement.starts:
        yield before_the_start("--day", entry.day, placement)
    elif entry.WITHIN and placement.ended is not None and entry.day > placement.ended:
        refusal = after_the_end("--day", entry.day, placement.ref, placement.ended)
        yield refusal + (OR_DISCUSSION.format(placement.ref) if isinstance(entry, Review) else "")
    elif isinstance(entry, FollowUp) and (placement.ended is None or entry.day < placement.ended):
        ended = "has not ended" if placement.ended is None else f"ended on {words(placement.ended)}"
        yield f"{placement.ref} {ended}: record a follow-up of a day after the end"


def _not_on_the_checklist(county: County, item: str) -> Iterator[str]:
    names = [line.item for line in county.checklist]
    if item not in names:
        advice = f"choose from {', '.join(names)}" if names else "add one with `ap county set FILE`"
        yield f"--named: “{echo(item)}” is not on the checklist of {county.name}: {advice}"


def referred_to(entry: Entry) -> tuple[int, ...]:
    """List the numbers of the entries that this one refers to."""
    fact: Any = None
    if isinstance(entry, Concern):
        fact = entry.about
    elif isinstance(entry, Extension):
        fact = entry.review
    return (fact,) if fact is not None and recorded(fact) else ()


def _refers_wrongly(store: Store, about: Noun, entry: Entry) -> Iterator[str]:
    wanted: type[Entry] = Concern if isinstance(entry, Concern) else Review
    flag = "--of" if isinstance(entry, Concern) else "--review"
    known = (
        {
            other.id: other
            for other in entry_queries.readable_of(store, (type(about), about.id), date.max)
        }
        if referred_to(entry)
        else {}
    )
    for id in referred_to(entry):
        referred = known.get(id)
        if referred is None or not isinstance(referred, wanted) or id == entry.id:
            yield (
                f"{flag}: {reference('E', id)} is not a {wanted.KIND} of {about.ref}: "
                f"choose one from `ap timeline {about.ref}`"
            )
        elif referred.day > entry.day:
            yield (
                f"{flag}: {referred.ref} was on {words(referred.day)}, after {words(entry.day)}: "
                "choose an earlier one"
            )
        elif entry.id in _goes_on_with(referred, known):
            yield f"{flag}: {referred.ref} already goes on with {entry.ref}: choose another"
    if (
        isinstance(entry, Concern)
        and not entry.id
        and not recorded(entry.closed)
        and (shut := _closed(entry, known))
    ):
        yield (
            f"--of: {shut.ref} was closed on {words(shut.raised)}: add --open to open it again, "
            "or --closed to leave it closed"
        )


def _goes_on_with(entry: Entry, known: Mapping[int, Entry]) -> Iterator[int]:
    """List the numbers of the entries that this one continues, directly or through others."""
    for id in referred_to(entry):
        yield id
        if id in known:
            yield from _goes_on_with(known[id], known)


def _closed(entry: Concern, known: Mapping[int, Entry]) -> Thread | None:
    """Return the concern that an entry continues, if that concern is closed."""
    all_of = threads(other for other in known.values() if isinstance(other, Concern))
    return next(
        (
            thread
            for thread in all_of
            if thread.closed and any(other.id in referred_to(entry) for other in thread.entries)
        ),
        None,
    )


def extended_to(entry: Entry) -> date | None:
    """Return the day to which an entry extends its placement; None if it does not."""
    if isinstance(entry, Extension):
        return entry.last
    if isinstance(entry, Review) and recorded(entry.extend_to):
        return entry.extend_to
    return None


def _not_later(store: Store, placement: Placement, until: date, entry: Entry) -> tuple[str, ...]:
    """Say why an extension does not reach beyond the planned end; nothing where none is planned."""
    planned = placement.ends
    if not recorded(planned) or until > planned:
        return ()
    if isinstance(entry, Review) and until == planned and is_extended_to(store, placement, until):
        return ()  # the review that decided an extension is recorded after it
    flag = "--to" if isinstance(entry, Extension) else "--extend-to"
    return (f"{flag}: choose a day after the planned end, {words(planned)}, not {words(until)}",)


def is_extended_to(store: Store, placement: Placement, until: date) -> bool:
    """Tell whether an extension of a placement to a day is on record."""
    entries = entry_queries.readable_of(store, (Placement, placement.id), date.max)
    return any(isinstance(one, Extension) and one.last == until for one in entries)
