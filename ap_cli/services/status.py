"""List what needs attention now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from ..domain.days import count, words
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import reference
from ..forms.text import first_of, join_words
from ..rules.engine import Finding
from ..rules.next_place import NEXT_PLACE
from ..rules.rule import BREACHED, CANNOT_TELL, MUST, NOT_YET, SHOULD
from ..rules.task import Remedy, Urgency
from ..store.opening import Store
from ..store.queries.placements import pupils_by_placement
from . import checks, drafts, reviews
from .checks import CheckRequest
from .first_steps import list_first_steps, list_uncommissioned
from .tasks import OF_SAFETY
from .terms import known_until

TERM_DATES = "term dates"
"""What a matter is about that says to which day term dates are known."""


WORDED = (Urgency.SAFETY, Urgency.GAP)
"""Of what a message or a remedy is needed: all else is counted."""


class Matter(Struct, frozen=True):
    """One thing that needs attention, and the command or remedy that deals with it."""

    what: str
    number: int
    message: str
    command: str
    remedy: Remedy | None = None


def status(store: Store, on: date) -> list[Matter]:
    """List what needs attention on a day, the most pressing first.

    Of what is not yet due a child's safety is listed, and the law within a fortnight.
    """
    request = CheckRequest(on, answers=(BREACHED, CANNOT_TELL, NOT_YET), worded=WORDED)
    pressing = [
        finding for finding in checks.list_findings(store, request) if finding.waived is None
    ]
    unsafe = [finding for finding in pressing if finding.urgency is Urgency.SAFETY]
    breaches = [
        finding
        for finding in pressing
        if finding.answer is BREACHED and finding.urgency is not Urgency.SAFETY
    ]
    return [
        *_unsafe(store, unsafe),
        *_breaches(store, breaches),
        *_soon(pressing),
        *_to_find_out(pressing),
        *_reviews(store, on),
        *_uncommissioned(store, on),
        *_drafts(store),
        *_beginnings(store),
        *_term_dates(store, on),
    ]


def _unsafe(store: Store, unsafe: list[Finding]) -> Iterator[Matter]:
    """List what is about a child's safety, one by one: nothing of it is cut off or counted."""
    pupils = {
        reference("PL", id): reference("P", pupil)
        for id, pupil in pupils_by_placement(store).items()
    }
    for finding in sorted(unsafe, key=by_day):
        what, begins = ("safety", "may be unsafe")
        if finding.rule == NEXT_PLACE:
            what, begins = ("no next place", "has no next place")
        whose = pupils.get(finding.subject, "a child")
        message = f"{whose} {begins}: {finding.subject}, {finding.message}"
        yield Matter(what, 1, message, "", finding.remedy)


def by_day(finding: Finding) -> tuple[date, str, str]:
    """Return the sort key of a finding: its day (none is now), then its subject and rule."""
    return finding.due or date.min, finding.subject, finding.rule


BOUND_BY = (
    (MUST, "the law", "ap check --severity must"),
    (SHOULD, "statutory guidance", "ap check --severity should"),
)
"""What is breached, in words, and the command that lists it."""


def _breaches(store: Store, breaches: list[Finding]) -> Iterator[Matter]:
    """Count the placements and pupils of whom the law or the guidance is not kept."""
    pupils = pupils_by_placement(store)
    for severity, rest, command in BOUND_BY:
        subjects = [finding.subject for finding in breaches if finding.severity is severity]
        if subjects:
            whose = count_subjects(subjects, pupils)
            number = count(len(subjects), "breach", "breaches")
            message = f"{number} of {rest}, about {whose}: {name_few(subjects)}"
            if len(set(subjects)) == 1:
                command = f"ap check {subjects[0]}"
            yield Matter(f"breaches of {severity}", len(subjects), message, command)


def count_subjects(subjects: Iterable[str], pupils: Mapping[int, int]) -> str:
    """Count what findings are about: "10 placements of 9 pupils, 2 pupils and 1 provider".

    Pupils apart from their placements are counted by themselves. What is damaged may have no
    reference: it is one of the other records.
    """
    refs: dict[str, set[str]] = {}
    for subject in subjects:
        refs.setdefault(subject.partition("-")[0], set()).add(subject)
    told = []
    if placed := refs.pop(Placement.PREFIX, set()):
        children = {
            pupil for id, pupil in pupils.items() if reference(Placement.PREFIX, id) in placed
        }
        told.append(f"{count(len(placed), 'placement')} of {count(len(children), 'pupil')}")
    for noun in (Pupil, Provider):
        if found := refs.pop(noun.PREFIX, set()):
            told.append(count(len(found), noun.NOUN))
    others = sum(map(len, refs.values()))
    return join_words([*told, *([count(others, "other record")] if others else [])], "and")


def _soon(pressing: list[Finding]) -> Iterator[Matter]:
    """List what the law asks within a fortnight, so that no sixth day of an exclusion is missed."""
    soon = [
        finding
        for finding in pressing
        if finding.urgency is Urgency.SOON and finding.severity is MUST
    ]
    if soon:
        soon.sort(key=by_day)
        first = soon[0].due
        when = f", the first by {words(first, weekday=True)}" if first else ""
        message = (
            f"{count(len(soon), 'duty', 'duties')} of the law within 14 days{when}: "
            f"{name_few([finding.subject for finding in soon])}"
        )
        yield Matter("due soon", len(soon), message, "ap todo --within 2w")


def _to_find_out(pressing: list[Finding]) -> Iterator[Matter]:
    """List how much nobody can tell of a child's safety, and of what the law asks."""
    gaps = [finding for finding in pressing if finding.answer is CANNOT_TELL]
    safety = [finding for finding in gaps if finding.rule in OF_SAFETY]
    law = [
        finding for finding in gaps if finding.severity is MUST and finding.rule not in OF_SAFETY
    ]
    for what, questions, about in (
        ("find out safety", safety, "a child's safety"),
        ("find out", law, "the law"),
    ):
        if questions:
            number = len({finding.remedy for finding in questions})
            whose = name_few([finding.subject for finding in questions])
            message = f"{count(number, 'question')} of {about} to find out: {whose}"
            yield Matter(what, number, message, "ap todo")


def _reviews(store: Store, on: date) -> Iterator[Matter]:
    due = reviews.list_due_reviews(store, on, "7d")
    groups = (
        (
            "reviews overdue",
            "overdue",
            "ap reviews due --overdue",
            [review for review in due if review.overdue],
        ),
        (
            "reviews perhaps overdue",
            "perhaps overdue, without term dates",
            "ap reviews due",
            [review for review in due if review.days < 0 and not review.overdue],
        ),
        (
            "reviews due",
            "due within 7 days",
            "ap reviews due --within 7d",
            [review for review in due if review.days >= 0],
        ),
    )
    for what, state, command, group in groups:
        if group:
            yield Matter(
                what,
                len(group),
                f"{count(len(group), 'review')} {state}: "
                f"{name_few([review.placement for review in group])}",
                command,
            )


def _uncommissioned(store: Store, on: date) -> Iterator[Matter]:
    """List of how many placements nobody said who arranges them: their papers have no sender."""
    found = list_uncommissioned(store, on)
    if found:
        message = f"{count(len(found), 'placement')} without a commissioner: {name_few(found)}"
        command = f"ap placement edit {found[0]} --commissioner …"
        yield Matter("no commissioner", len(found), message, command)


def _drafts(store: Store) -> Iterator[Matter]:
    for unfinished in drafts.list_unfinished(store):
        draft = unfinished.draft
        what = unfinished.describe()
        message = f"{draft.ref}, {what}, is not finished: last saved {words(draft.at.date())}"
        yield Matter("draft", draft.id, message, f"ap draft resume {draft.ref}")
    for message in drafts.list_damaged(store):
        ref = message.split()[0]
        id = drafts.parse_draft_ref(ref)
        yield Matter("draft", id, f"{ref} is damaged", f"ap draft drop {ref}")


def _beginnings(store: Store) -> Iterator[Matter]:
    """List what a new store lacks."""
    for step in list_first_steps(store):
        yield Matter(step.table, 0, f"no {step.table} is recorded yet", step.in_a_script)


def _term_dates(store: Store, on: date) -> Iterator[Matter]:
    if reviews.without_calendar(store, on):
        until = known_until(store)
        known = f"known to {words(until, weekday=True)} only" if until else "not known"
        message = f"term dates are {known}: review days are estimates"
        yield Matter(TERM_DATES, 0, message, "ap terms import FILE.csv")


def name_few(references: list[str]) -> str:
    """Return the first three references in a line, each once, and how many more there are."""
    return first_of(list(dict.fromkeys(references)), 3)
