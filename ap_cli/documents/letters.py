"""What letters share: who they go to, what they call the pupil, whom to contact, and the rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from ..domain.clock_times import NO_BREAK, clock_words
from ..domain.days import words
from ..domain.entries.entry import Party
from ..domain.entries.papers import Times
from ..domain.half_terms import DAY, TERMS_UNKNOWN
from ..domain.returned import NOT_RECORDED
from ..domain.sessions import Sessions
from ..forms.facts import Fact, Unknown, need, recorded
from ..forms.form import Record
from ..forms.text import capital, lower_first
from ..rules.cases.answers import answered_last
from ..rules.cases.placement import PlacementCase
from ..rules.conditions import is_directed_off_site
from ..rules.direction import speaks_for_itself
from ..rules.gaps import remedy_for
from ..rules.task import About, Edit, Remedy, Write, about
from ..services.papers import PaperFacts
from .content import Content, Field
from .facts import make_commissioner_field, make_field

NO_SENDER = f"the school that arranges it ({lower_first(NOT_RECORDED)})"
"""What stands in a sentence for a sender whom nobody recorded."""

DAYS_IN_A_WEEK = 7

LONGEST = 366
"""Days within which a number of school days has to be reached."""


class Wording(Record, frozen=True):
    """What a letter calls the pupil: "your child", "your child's", and in a task "they"."""

    pupil: str
    whose: str
    is_addressed: bool = False


TO_PARENT = Wording("your child", "your child's")
TO_PUPIL = Wording("you", "your", is_addressed=True)
TO_OTHERS = Wording("the pupil", "the pupil's")


def parent_or_pupil(case: PlacementCase) -> Wording:
    """Return how the parent is written to, or from 18 on the pupil."""
    return TO_PUPIL if speaks_for_itself(case, case.placement.starts) else TO_PARENT


def address_of_party(case: PlacementCase, party: Party) -> str:
    """Return the line that names somebody at the head of a letter."""
    name = case.pupil.name
    lines = {
        Party.CHILD: name,
        Party.PARENT: f"The parent or carer of {name}",
        Party.PROVIDER: case.provider.name,
        Party.HEAD: "The head teacher",
        Party.GOVERNORS: "The governing body's representative",
        Party.AUTHORITY: "The local authority",
    }
    return lines[party]


def address_to(case: PlacementCase, parties: Iterable[Party]) -> tuple[str, ...]:
    """Return the lines that name who a letter goes to."""
    return tuple(address_of_party(case, party) for party in parties)


def list_who(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of who a letter is about, and where the pupil goes."""
    return (
        make_field(case, "pupil.name", "Pupil"),
        make_field(case, "pupil.born", "Date of birth"),
        make_field(case, "provider.name", "Provider"),
    )


TIME_FIELDS = ("times_starts_at", "times_break", "times_ends_at")
"""The keys of the fields that say when a day there starts and ends, and its break."""


def list_times(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of whom to report to and the times of a day there."""
    return (
        make_field(case, "times.report_to", "Report on the first day to"),
        make_time(case, "times.starts_at", "The day starts at"),
        make_break(case),
        make_time(case, "times.ends_at", "The day ends at"),
    )


def make_time(case: PlacementCase, name: str, label: str) -> Field:
    """Make the field of a time of day."""
    field, fact = make_field(case, name, label), case.said(name)
    return replace(field, value=clock_words(fact)) if recorded(fact) else field


def make_break(case: PlacementCase) -> Field:
    """Make the field of the break between two sessions: none if the pupil is there for one."""
    name, label = "times_break", "Break"
    start, end = case.said("times.break_from"), case.said("times.break_to")
    if recorded(start) and start == NO_BREAK:
        return Field(name, label, capital(NO_BREAK))
    if recorded(start) and recorded(end):
        return Field(name, label, f"{clock_words(start)} to {clock_words(end)}")
    if has_one_session_a_day(case):
        return Field(name, label, "None: one session a day")
    answers = {"break_from": start, "break_to": end}
    asked = tuple(name for name, fact in answers.items() if not recorded(fact))
    known = tuple((name, str(fact)) for name, fact in answers.items() if recorded(fact))
    remedy = Write(about(case.placement), Times.KIND, asked, known=known)
    return Field(name, label, Unknown("times.break_from"), remedy)


def has_one_session_a_day(case: PlacementCase) -> bool:
    """Tell whether the pupil is there for one session a day at most."""
    week = case.placement.at_provider
    return recorded(week) and 0 < week.most_in_a_day < 2


def make_last_day(case: PlacementCase) -> Field:
    """Make the field of the last day, with the last school day there if that is an earlier one."""
    field, ends = make_field(case, "placement.ends", "Last day"), case.placement.ends
    week = case.placement.at_provider
    if not recorded(ends) or not recorded(week):
        return field
    days = case.calendar.school_days(case.placement.starts, ends)
    there = [day for day in days if day.weekday() in weekdays_of(week)] if recorded(days) else []
    if not there or max(there) == ends:
        return field
    last = words(max(there), weekday=True)
    return replace(field, value=f"{words(ends)}; the last school day there is {last}")


def make_number_of_days(case: PlacementCase) -> Field:
    """Make the field of the number of school days: as recorded, or counted by the term dates."""
    label, wrong = "Number of school days", find_contradiction(case)
    if wrong:
        return Field("number_of_days", label, Unknown(wrong), correct_answer(case, wrong))
    number = number_of_days(case)
    if not isinstance(number, Unknown):
        return Field("number_of_days", label, str(number))
    missing = Unknown("placement.ends") if number.fact == "times.days" else number
    return Field("number_of_days", label, number, remedy_for(missing, case))


def number_of_days(case: PlacementCase) -> Fact[int]:
    """Return the number of school days of a placement, as recorded or counted, or what it lacks."""
    given, last, week = case.said("times.days"), last_day_of(case), case.placement.at_provider
    if recorded(given):
        return int(given)
    if not recorded(last):
        return Unknown("times.days")
    if isinstance(week, Unknown):
        return week
    days = case.calendar.school_days(case.placement.starts, last)
    return count_attended(case, days) if recorded(days) else TERMS_UNKNOWN


def day_of_number(case: PlacementCase) -> Fact[date]:
    """Return the day on which the recorded number of school days there is reached."""
    number, week, starts = (
        case.said("times.days"),
        case.placement.at_provider,
        case.placement.starts,
    )
    if recorded(number) and recorded(week):
        left, weekdays = int(number), weekdays_of(week)
        for day in (starts + away * DAY for away in range(LONGEST)):
            is_open = case.calendar.is_school_day(day)
            if not recorded(is_open):
                break
            left -= is_open and day.weekday() in weekdays
            if left == 0:
                return day
    return Unknown("notice.at_most_until")


def last_day_of(case: PlacementCase) -> Fact[date]:
    """Return the last day of a placement, or else the latest that was agreed."""
    ends, agreed = case.placement.ends, case.said("notice.at_most_until")
    return ends if recorded(ends) else agreed


def find_contradiction(case: PlacementCase) -> str:
    """Return the answer by which the number of days cannot be true; empty if there is none.

    The placement goes on after the latest day that was agreed, or more school days are recorded
    than can lie between the first day and the last.
    """
    agreed, ends, last = case.said("notice.at_most_until"), case.placement.ends, last_day_of(case)
    if recorded(agreed) and recorded(ends) and ends > agreed:
        return "notice.at_most_until"
    given = case.said("times.days")
    if recorded(given) and recorded(last):
        most = case.calendar.at_most_school_days(case.placement.starts - DAY, last)
        return "times.days" if given > most else ""
    return ""


def correct_answer(case: PlacementCase, name: str) -> Remedy | None:
    """Return what corrects the newest answer to a question of an entry."""
    form, _, field = name.partition(".")
    entry = answered_last(name, case.entries)
    return Edit(About(form, entry.ref), (field,)) if entry else None


def list_maximum(case: PlacementCase) -> tuple[Field, ...]:
    """List the field of the latest day that was agreed, if it is not the last day itself."""
    agreed, ends = case.said("notice.at_most_until"), case.placement.ends
    if not recorded(agreed) or (recorded(ends) and ends == agreed):
        return ()
    return (Field("at_most_until", "At most until", words(agreed)),)


def count_attended(case: PlacementCase, days: Iterable[date]) -> int:
    """Count those of these school days on which the pupil is at the provider, by the week."""
    weekdays = weekdays_of(need(case.placement.at_provider))
    return sum(1 for day in days if day.weekday() in weekdays)


def weekdays_of(week: Sessions) -> set[int]:
    """Return the days of a week that have a session, from 0 for Monday."""
    return {slot // 2 for slot in week.slots}


def list_contacts(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of who sends a letter, and whom to ask: whoever gave contact details."""
    return (
        make_commissioner_field(case),
        make_field(case, "placement.completed_by", "Contact"),
        make_field(case, "placement.completed_contact", "Their contact details"),
    )


def has(content: Content, *keys: str) -> Fact[bool]:
    """Tell whether a document says all of these; the gap of the first that it does not."""
    values = {field.key: field.value for field in content.fields()}
    for key in keys:
        value = values[key]
        if isinstance(value, Unknown):
            return value
    return True


def why_not_directed(case: PlacementCase) -> str:
    """Say why a document of an off-site direction does not apply; empty if it does."""
    if not case.external:
        return "the pupil stays in the school"
    return "" if is_directed_off_site.test(case) else "this is not an off-site direction"


def sender(facts: PaperFacts) -> str:
    """Return who writes, within a sentence: the name of the letterhead, or that nobody knows."""
    return facts.letterhead.name or NO_SENDER


def by_governors(facts: PaperFacts) -> str:
    """Return who directs a pupil off site: the governing body, where the law binds one."""
    name = sender(facts)
    if facts.case.binds_by_law:
        return f"The governing body of {name}"
    return facts.letterhead.name or capital(name)
