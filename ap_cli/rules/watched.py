"""A value that notes what is looked at on it, so that the rule itself is the explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from functools import cached_property
from types import FunctionType
from typing import Any

from msgspec import Struct

from ..domain import days
from ..domain.calendar import Calendar
from ..domain.entries.entry import Entry
from ..forms.facts import Unknown
from ..forms.form import Pence, Question
from ..forms.text import hours, in_unit, label, pounds
from .cases.answers import answered_last
from .cases.placement import Other
from .cases.provider import Taught
from .gaps import as_asked, question_of


class Note(Struct, frozen=True):
    """One thing that was looked at: its path, its name in words, its value, and its source if any.

    `fact` is the name of a fact in the record, "placement.ends", and `entries` are the numbers of
    what happened; `who` and `when` say who recorded that and when, if somebody looks it up.
    """

    path: str
    value: str
    source: str = ""
    told: str = ""
    fact: str = ""
    entries: tuple[int, ...] = ()
    who: str = ""
    when: date | None = None

    def __str__(self) -> str:
        source = f"  [{self.source}]" if self.source else ""
        recorded = (
            f"; recorded by {self.who} on {days.words(self.when)}" if self.who and self.when else ""
        )
        return f"{self.told or self.path}: {self.value}{source}{recorded}"


class Watched:
    """Stands in for a value and notes every fact, figure and derived value, in order."""

    __slots__ = ("_notes", "_of", "_path", "_whose")

    def __init__(self, of: Any, notes: list[Note], path: str = "", whose: str = "") -> None:
        self._of, self._notes, self._path, self._whose = of, notes, path, whose

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # so that isinstance() sees what is watched
        return type(self._of)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in (
            "ref",
            "PREFIX",
            "NOUN",
        ):  # how a value works, or is called, which explains nothing
            return getattr(self._of, name)
        member = getattr(type(self._of), name, None)
        derive = (
            member.fget
            if isinstance(member, property)
            else member.func
            if isinstance(member, cached_property)
            else None
        )
        if derive:  # opened up: what it looks at is noted as well
            return self._note(name, derive(self), summary(derive))
        if isinstance(member, FunctionType):  # a question with an argument: its answer is the note
            return lambda *args, **named: self._note(
                asked(name, args),
                answer := member(self._of, *args, **named),
                in_words(self._path, name, args)
                or (ASKED[name](*args) if name in ASKED else summary(member, args)),
                answer_of_calendar(name, self._of, answer, *args)
                if isinstance(self._of, Calendar)
                else "",
                self._answered_by(*args) if name == "said" else (),
            )
        return self._note(name, getattr(self._of, name), FIELDS.get(name, ""))

    def __getitem__(self, key: str) -> Any:
        figure = self._of.by_name[key]
        self._notes.append(
            Note(
                f"figure: {figure.title}",
                in_unit(figure.value, figure.unit),
                figure.source,
                f"figure: {figure.title}",
            )
        )
        return figure.value

    def __eq__(self, other: object) -> bool:
        return bool(self._of == (other._of if isinstance(other, Watched) else other))

    __hash__ = None  # type: ignore[assignment]

    def _answered_by(self, name: str) -> tuple[int, ...]:
        """Return the number of the entry that answered a question last."""
        entry = answered_last(name, *self._of.histories_of(name))
        return (entry.id,) if entry else ()

    def _note(
        self,
        name: str,
        value: Any,
        meaning: str = "",
        told: str = "",
        entries: tuple[int, ...] = (),
    ) -> Any:
        path = f"{self._path}{name}"
        if isinstance(value, Watched):
            return value
        if isinstance(value, Iterator):  # it is told, and can be gone through all the same
            value = tuple(value)
        if isinstance(value, Calendar):  # asked questions of: which one it is, is told
            self._notes.append(Note("calendar", value.name, "", "the calendar that is followed"))
        if (
            isinstance(value, Struct)
            and type(value).__str__ is object.__str__
            and value.__struct_fields__
        ):
            return Watched(value, self._notes, f"{path}.")
        if type(value).__name__ in ("History", "Calendar", "Register"):
            return Watched(value, self._notes, f"{path}.")
        question = question_of(path) or (
            question_of(f"{self._of.KIND}.{name}") if isinstance(self._of, Entry) else None
        )
        told = told or ("recorded" if path == NAMES_A_CHILD else told_of(name, value, question))
        if self._whose:
            fact = f"{OF_OTHERS.get(name, '')}{self._whose}" if name in OF_OTHERS else ""
            self._notes.append(
                Note(
                    f"{self._whose} {label(name)}",
                    told,
                    "",
                    f"{self._whose}: {meaning or label(name)}",
                    fact,
                )
            )
            return value
        known = question.quoted if question else meaning or label(path)
        if isinstance(self._of, Entry):
            entries = (self._of.id,)
            known = f"the day of {self._of.ref}" if name == "day" else known
        self._notes.append(
            Note(
                label(path),
                told,
                "",
                known,
                path if question and path.count(".") == 1 else "",
                entries or numbers(value),
            )
        )
        if (
            isinstance(value, tuple) and value and type(value[0]) in (Taught, Other)
        ):  # each of them is looked at by itself
            return tuple(
                Watched(
                    each, self._notes, whose=each.pupil if isinstance(each, Taught) else each.ref
                )
                for each in value
            )
        return value


def told_of(name: str, value: Any, question: Question | None) -> str:
    """Return a value in words, in the units of its question."""
    if type(value) is int:
        if name.endswith("minutes"):
            return f"{hours(value)} hours"
        if question and question.item is Pence:
            return pounds(value)
    return words(value)


def plain(value: Any) -> Any:
    """Return the value itself if it is a watched one."""
    return object.__getattribute__(value, "_of") if type(value) is Watched else value


NAMES_A_CHILD = "pupil.name"
"""A fact that an explanation shows only as recorded or not.

Findings go further than the names of children may.
"""

FIELDS = {
    "on": "the day that is judged",
    "now": "the day asked",
    "over": "whether the placement ended before the day asked",
    "ended": "its last day, if it has ended",
    "destination": "where the pupil went next",
    "never_started": "whether it never started",
    "next_place": "where the pupil has a place after it",
    "others": "the pupil's other placements on that day",
    "ehcp": "whether the pupil has an EHC plan then",
    "looked_after": "whether the pupil is looked after then",
    "sen": "whether the pupil has special educational needs then",
    "minutes": "the time there each week",
    "weekly_minutes": "the time there each week",
    "excluded_permanently": "whether a permanent exclusion of the pupil has taken effect",
    "twice": "records that look the same",
    "taught": "the pupils of compulsory school age placed there",
    "first_start": "the first start of a placement outside the school there",
    "only_in_school": "whether all of its placements are in the school itself",
    "placed": "the pupil's placements",
    "problem": "what cannot be read",
    "kind": "what kind of commissioner it is",
    "id": "its number",
    "half_terms": "the half terms of the calendar",
    "terms": "the terms that the provider has of its own",
    "days": "the days a week of those terms",
    "excluded_days": "the days a week of those terms for a child permanently excluded",
    "dual_registered": "whether those terms are dual registration",
    "checklist": "the county's own checklist",
    "first_of_all": "the first start of any placement there",
    "day": "the day by which that is due",
    "sure_from": "the day from which it is certain, whatever the calendar",
    "why": "why then",
}
"""Facts that are worked out when a case is put together, in words."""

OF_OTHERS = {
    "ehcp": "pupil.ehcp of ",
    "looked_after": "pupil.looked_after of ",
    "at_provider": "placement.at_provider of ",
}
"""The facts of other children and placements, by their names in a case.

They are called as in the record.
"""


def so_many(day: date, away: int) -> str:
    """Name the school day so many away."""
    distance = days.count(abs(away), "school day")
    return f"{distance} {'after' if away > 0 else 'before'} {words(day)}"


ASKED: dict[str, Callable[..., str]] = {
    "said": as_asked,
    "held": lambda kind: (
        f"whether anything is on record of the kind “{kind.replace('-', ' ')}”, "
        "of the placement or its provider"
    ),
    "on": lambda day: f"the marks of {words(day)}",
    "term_before": lambda day: f"the first day of the term before that of {words(day)}",
    "latest_term_before": lambda day: (
        f"the latest first day of the term before that of {words(day)}"
    ),
    "earliest_term_before": lambda day: f"the first day of the term before that of {words(day)}",
    "first_unspent": lambda *_: "the first review date agreed that no review has spent",
    "next_review": lambda *_: "when the next review is due",
    "review_by_half_term": lambda *_: "the day by which the half terms ask for a review",
    "each_half_term": lambda *_: "the day by which what is due each half term is due next",
    "school_day": so_many,
    "estimated_school_day": so_many,
    "has_gone_by": lambda day, away, on: f"whether {words(on)} is later than {so_many(day, away)}",
    "at_most_school_days": lambda since, until: (
        f"school days after {words(since)} up to {words(until)}, at most"
    ),
    "school_days": lambda since, until: f"the school days from {words(since)} to {words(until)}",
    "is_school_day": lambda day: f"whether school is held on {words(day)}",
    "half_term": lambda day: f"the half term that {words(day)} counts for",
    "half_term_from": lambda day: f"the half term of a start on {words(day)}",
    "half_term_before": lambda block: f"the half term before {block}",
    "half_term_after": lambda block: f"the half term after {block}",
    "counts_in": lambda block, since, until: (
        f"school days of {block} from {words(since)} to {words(until)}"
    ),
    "covers": lambda day: f"whether the calendar knows the term of {words(day)}",
    "knows": lambda one, other: (
        f"whether the calendar knows all terms from {words(one)} to {words(other)}"
    ),
    "last_school_day": lambda block: f"the last day of {block} on which school is held",
    "has_any": lambda codes: (
        "whether any session has a mark"
        if codes == "any"
        else f"whether any session is marked {' or '.join(codes.split())}"
    ),
    "coded": lambda codes: f"the sessions marked {' or '.join(codes.split())}",
    "sessions_on": lambda name, day: (
        f"the sessions {name.replace('_', ' ').replace('at provider', 'at the provider')} "
        f"in the week of {words(day)}"
    ),
}
"""What is asked of a calendar, a register or a case, in words."""


def school_day_counted(calendar: Calendar, there: date, day: date, away: int) -> str:
    """Return a school day so many away in words.

    The days between that are not school days are named, or that no term dates cover it.
    """
    if not calendar.knows(day, there):
        return f"{words(there)}, as far as can be told: no term dates cover it"
    shut = [each for each in calendar.closed if min(day, there) < each.day < max(day, there)]
    return words(there) + (
        f" (no school on {', '.join(f'{words(each.day)}, {each.name}' for each in shut)})"
        if shut
        else ""
    )


def earliest_term(calendar: Calendar, first: date, day: date) -> str:
    """Return the first day of an earlier term, or the earliest that it can be, in words."""
    known = isinstance(calendar.term_before(day), date)
    return words(first) + ("" if known else " at the earliest: no term dates cover it")


CALENDAR: dict[str, Callable[..., str]] = {
    "school_day": school_day_counted,
    "estimated_school_day": school_day_counted,
    "earliest_term_before": earliest_term,
}
"""How answers of a calendar are put in words, if they need more than their value."""


def answer_of_calendar(name: str, calendar: Calendar, answer: Any, *given: Any) -> str:
    """Return an answer of the calendar in words, or that no term dates cover it."""
    if isinstance(answer, Unknown):
        return "no term dates cover it"
    return CALENDAR[name](calendar, answer, *given) if name in CALENDAR else words(answer)


LOOKED_FOR = {"all": "every {} recorded", "latest": "the last {} recorded"}
OF_WHOM = {"at_the_provider": "of the provider"}


def in_words(path: str, name: str, args: tuple[Any, ...]) -> str:
    """Name what is looked for in a history: "every review recorded"; empty for another question."""
    if name not in LOOKED_FOR:
        return ""
    (kind,) = args
    return " ".join(
        filter(
            None,
            (
                LOOKED_FOR[name].format(kind.KIND),
                OF_WHOM.get(path.rstrip(".").rpartition(".")[2], ""),
            ),
        )
    )


def summary(function: Any, args: tuple[Any, ...] = ()) -> str:
    """Name a derived value by the first sentence of its docstring, and what was asked of it."""
    first = (
        (function.__doc__ or "")
        .strip()
        .partition("\n")[0]
        .partition(". ")[0]
        .partition(";")[0]
        .rstrip(".")
    )
    told = first[:1].lower() + first[1:]
    given = [words(each) for each in args if isinstance(each, str | int | date | type)]
    return told + (f" ({', '.join(given)})" if given and told else "")


def numbers(value: Any) -> tuple[int, ...]:
    """Return the numbers of the entries that a value is or holds."""
    return tuple(
        each.id
        for each in (value if isinstance(value, list | tuple) else (value,))
        if isinstance(each, Entry)
    )


def asked(name: str, args: tuple[Any, ...]) -> str:
    """Return a question with an argument, "all review"; with several arguments, its name alone."""
    return f"{name} {words(args[0])}" if len(args) == 1 else name


def words(value: Any) -> str:
    """Return a value in a line, a collection as a whole."""
    value = plain(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return days.words(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, type):
        return value.__name__.lower()
    if isinstance(value, list | tuple):
        return "; ".join(map(words, value)) or "none"
    if isinstance(value, Entry):
        said = (
            (name, getattr(value, name))
            for name in value.__struct_fields__
            if name not in ("id", "day", "note")
        )
        facts = ", ".join(
            f"{label(name)} {words(fact)}" for name, fact in said if not isinstance(fact, Unknown)
        )
        return f"{value.ref} of {days.words(value.day)}" + (f" ({facts})" if facts else "")
    if isinstance(value, Struct) and type(value).__str__ is object.__str__:
        return ", ".join(
            f"{name} {words(getattr(value, name))}" for name in value.__struct_fields__
        )
    return str(value)
