"""Answers, as people type them or files hold them, made into a form's values: one reader per type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin

from ..errors import AnswersMissing, BadAnswers
from ..forms.facts import Asked, Unknown, recorded
from ..forms.form import (
    LONGEST_WEEK,
    Count,
    Minutes,
    Pence,
    Percent,
    Question,
    Record,
    of_a_record,
    questions,
    reference,
)
from .days import read_day
from .entries.before import Attachment
from .entries.entry import PREFIX as ENTRY
from .entries.entry import EntryRef
from .identifiers import Ukprn, Upn, Urn, read_ukprn, read_upn, read_urn
from .periods import Period, Periods
from .placement import NOT_ALTERNATIVE_PROVISION
from .provider import Site, SiteKind, Sites
from .references import PREFIXES, REFERENCES
from .sessions import Sessions, read_sessions
from .text import BIDI_CONTROLS, pounds, shortened

F = TypeVar("F", bound=Record)
LONGEST_TEXT = 20_000
NOT_KNOWN = "not_known"
SKIPPED = "skipped"
"""Keys that hold questions: those not known yet, and, in a draft alone, those that were passed over."""


def read_minutes(given: object) -> Minutes:
    """Time in a week: 18, 18.25, "18:15" or "18h15", in whole minutes; more than 0 and at most 60 hours."""
    pattern = r"(\d{1,4})(?:\.(\d{1,6})|[:h]([0-5]\d))?"
    time = (
        None
        if isinstance(given, bool)
        else re.fullmatch(pattern, shortened(given, 30).strip().lower(), re.ASCII)
    )
    if not time:
        raise ValueError(f"“{shortened(given)}” is not a time in a week: try 18, 18.25 or 18:15")
    minutes, rest = int(time[1]) * 60, 0
    if time[2]:
        rest, odd = divmod(int(time[2]) * 60, 10 ** len(time[2]))
        if odd:
            raise ValueError(
                f"“{shortened(given)}” is not a whole number of minutes: try 18.25 or 18:15"
            )
    minutes += rest + int(time[3] or 0)
    if not 0 < minutes <= LONGEST_WEEK * 60:
        raise ValueError(
            f"“{shortened(given)}”: a week has more than 0 and at most {LONGEST_WEEK} hours"
        )
    return Minutes(minutes)


def read_text(given: object) -> str:
    """Text as typed, without control characters; line breaks and tabs become spaces."""
    if not isinstance(given, str):
        raise ValueError(f"“{shortened(given)}” is not text: put it in quotation marks")
    text = (
        unicodedata.normalize("NFC", given)
        .replace("\r\n", " ")
        .replace("\n", " ")
        .replace("\t", " ")
        .strip()
    )
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI_CONTROLS for c in text):
        raise ValueError("control characters cannot be kept: write it without them")
    if not any(c.isalnum() or unicodedata.category(c) == "So" for c in text):
        raise ValueError("write at least a letter or a digit")
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"it has {len(text):,} letters, where at most {LONGEST_TEXT:,} can be kept"
        )
    return text


def read_bool(given: object) -> bool:
    """Yes or no."""
    if isinstance(given, bool):
        return given
    known = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
    if str(given).strip().lower() not in known:
        raise ValueError(f"“{shortened(given)}” is neither yes nor no")
    return known[str(given).strip().lower()]


def read_int(given: object) -> int:
    """A whole number from 1."""
    text = shortened(given, 30).strip()
    if isinstance(given, bool) or not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        raise ValueError(f"“{text}” is not a whole number from 1")
    return int(text)


def read_percent(given: object) -> Percent:
    """A share in per cent, "87" or "87%": a whole number from 0 to 100."""
    text = shortened(given, 30).strip().removesuffix("%").strip()
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > 100:
        raise ValueError(
            f"“{shortened(given)}” is not a share in per cent: a whole number from 0 to 100"
        )
    return Percent(int(text))


def read_count(given: object) -> Count:
    """How many there are: a whole number from 0."""
    text = shortened(given, 30).strip()
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise ValueError(f"“{text}” is not a number of them: 0 or more")
    return Count(int(text))


def reference_reader(prefix: str, noun: str) -> Callable[[object], int]:
    """A reader of references of one kind: `P-0001`, or `p-1`."""

    def read_reference(given: object) -> int:
        found = re.fullmatch(
            rf"{prefix}-?0*([1-9]\d{{0,8}})", shortened(given, 30).strip(), re.ASCII | re.IGNORECASE
        )
        if not found:  # not repeated: it may be a name
            raise ValueError(f"this is not a reference of a {noun}: one looks like {prefix}-0001")
        return int(found[1])

    return read_reference


def read_pence(given: object) -> Pence:
    """Money in pounds, "85" or "£85.50", as pence: up to a million pounds."""
    text = shortened(given, 30).strip().removeprefix("£").replace(",", "").strip()
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,7}(\.\d\d)?", text, re.ASCII):
        raise ValueError(f"“{shortened(given)}” is not an amount in pounds: try 85 or 85.50")
    return Pence(round(float(text) * 100))


READERS: dict[Any, Callable[[object], object]] = {
    Minutes: read_minutes,
    str: read_text,
    bool: read_bool,
    int: read_int,
    Percent: read_percent,
    Count: read_count,
    Pence: read_pence,
    Attachment: read_text,
    EntryRef: reference_reader(ENTRY, "record"),
    Upn: read_upn,
    Urn: read_urn,
    Ukprn: read_ukprn,
    Sessions: lambda given: read_sessions(read_text(given)),
    **{kind: reference_reader(noun.PREFIX, noun.NOUN) for kind, noun in REFERENCES.items()},
}


def read(kind: Any, given: object, today: date) -> Any:
    """One answer as a value of its type; ValueError says what is wrong with it."""
    if get_origin(kind) is tuple:
        items = given if isinstance(given, list | tuple) else [given]
        return tuple(dict.fromkeys(read(get_args(kind)[0], item, today) for item in items))
    if isinstance(given, list | tuple | dict):
        raise ValueError("it takes one answer, not several")
    if kind is date:
        return read_own_day(given, today)
    if reader := READERS.get(kind):
        return reader(given)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return read_choice(kind, given)
    raise TypeError(f"nothing reads {kind}")


def choices(kind: Any) -> list[str]:
    """The values that a question of this type may be answered with; empty where they are not a list."""
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        return []
    return [str(member.value) for member in kind if member not in NOT_ALTERNATIVE_PROVISION]


def read_choice(kind: type[Enum], given: object) -> Enum:
    """One of a list of choices; what is close to one is suggested."""
    text = str(given).strip().lower()
    for member in kind:
        if member.value.lower() == text:
            if member in NOT_ALTERNATIVE_PROVISION:
                raise ValueError(f"refused: {NOT_ALTERNATIVE_PROVISION[member]}")
            return member
    offered = choices(kind)
    raise ValueError(f"“{shortened(given)}” is none of {', '.join(offered)}{hint(text, offered)}")


def read_own_day(given: object, today: date) -> date:
    """A day in a record: within the years in which one can be."""
    return of_a_record(read_day(given, today))


def read_periods(given: Mapping[str, object], today: date, base: object) -> Periods:
    """A circumstance: "no", "yes", or the day it began; with the day it ended, or "no" where it has not.

    On a record that has it already, a day after the last end opens another period; any other day corrects when the last
    one began.
    """
    known = list(base.spells) if isinstance(base, Periods) else []
    typed, ended = given.get(""), given.get("ended")
    text = (
        ("yes" if typed else "no")
        if isinstance(typed, bool)
        else str(typed if typed is not None else "").strip().lower()
    )
    if typed is not None and not text:
        raise ValueError("write the day it began, yes or no")
    if text == "no":
        if ended is not None:
            raise ValueError("it cannot be “no” and have ended as well: give the day it began")
        return Periods()
    if text:
        began = None if text == "yes" else read_own_day(typed, today)
        last_end = known[-1].ended if known else None
        if known and not (last_end and began and began > last_end):
            known[-1] = Period(began, last_end)
        else:
            known.append(Period(began))
    if ended is not None:
        if not known:
            raise ValueError("it cannot have ended without having begun: give that day as well")
        known[-1] = Period(
            known[-1].began,
            None if str(ended).strip().lower() == "no" else read_own_day(ended, today),
        )
    for spell in known:
        if spell.began and spell.ended and spell.ended < spell.began:
            raise ValueError(f"it cannot end on {spell.ended} before it began on {spell.began}")
    return Periods(tuple(known))


def read_sites(given: Mapping[str, object], today: date, base: object) -> Sites:
    """Addresses added to those known; "2: Far Field" corrects the address of site 2."""
    sites = {site.number: site for site in base.all} if isinstance(base, Sites) else {}
    for name, kind in (
        ("", SiteKind.MAIN),
        ("satellite", SiteKind.SATELLITE),
        ("subcontracted", SiteKind.SUBCONTRACTED),
    ):
        found = given.get(name)
        for item in found if isinstance(found, list | tuple) else [] if found is None else [found]:
            text = read_text(item)
            numbered = re.fullmatch(r"(\d{1,3})\s*:\s*(.+)", text)
            number = int(numbered[1]) if numbered else len(sites) + 1
            if numbered and number not in sites:
                raise ValueError(
                    f"there is no site {number} to correct: leave the number out to add one"
                )
            address = numbered[2] if numbered else text
            if not numbered and any(site.address == address for site in sites.values()):
                continue
            known = sites.get(number)
            sites[number] = Site(number, address, known.kind if known and not name else kind)
    return Sites(tuple(sites[number] for number in sorted(sites)))


COMPANIONS: dict[Any, dict[str, str]] = {
    Periods: {"ended": "The day that ended, that day included; no where it has not."},
    Sites: {
        "satellite": "A satellite site's address.",
        "subcontracted": "A subcontracted site's address.",
    },
}
"""Further answers that belong to a question of a type, by their name, with their help."""

TOGETHER: dict[Any, Callable[[Mapping[str, object], date, object], object]] = {
    Periods: read_periods,
    Sites: read_sites,
}


def companions(question: Question) -> dict[str, str]:
    """The keys of a question's further answers, each with the name its reader knows it by."""
    names = COMPANIONS.get(question.type, {})
    return {name if question.type is Sites else f"{question.key}_{name}": name for name in names}


def answer(
    question: Question, given: Mapping[str, object], today: date, base: object = None
) -> Any:
    """The value that answers a question, or None where it was not answered; ValueError says what is wrong."""
    if together := TOGETHER.get(question.type):
        found = {"": given.get(question.key)} | {
            name: given.get(key) for key, name in companions(question).items()
        }
        found = {name: value for name, value in found.items() if value not in (None, [], ())}
        return together(found, today, base) if found else None
    value = given.get(question.key)
    return None if value is None or value == [] else read(question.type, value, today)


def fill(
    form: type[F], given: Mapping[str, object], today: date, by: str = "", base: F | None = None
) -> F:
    """The form with its answers, over a record that is to be corrected.

    Everything wrong with the answers is said at once (BadAnswers), with what is missing; then what is missing
    alone (AnswersMissing).
    """
    asked = {question.key: question for question in questions(form)}
    known = {
        *asked,
        *(key for question in asked.values() for key in companions(question)),
        NOT_KNOWN,
    }
    problems = [
        f"{shortened(name)}: no such question{hint(name, known)}"
        for name in given
        if name not in known
    ]
    unsure, wrong = _not_known(given, asked)
    problems += wrong
    values: dict[str, object] = (
        {name: getattr(base, name) for name in form.__struct_fields__} if base else {}
    )
    for key, question in asked.items():
        if key in unsure:
            values[question.name] = Unknown(fact_name(form, question.name), Asked(by, today))
        try:
            value = answer(question, given, today, values.get(question.name))
        except ValueError as problem:
            problems.append(f"{question.flag}: {problem}")
            values.setdefault(question.name, None)
        else:
            if value is not None:
                values[question.name] = value
    lacking = [
        question for question in asked.values() if question.required and question.name not in values
    ]
    missing = [question.flags.replace("/", " or ") or question.flag for question in lacking]
    if problems:
        raise BadAnswers(problems, missing)
    if missing:
        raise AnswersMissing(missing)
    return form(**values)


def _not_known(
    given: Mapping[str, object], asked: Mapping[str, Question]
) -> tuple[set[str], list[str]]:
    found = given.get(NOT_KNOWN) or ()
    names = {
        str(name).replace("-", "_")
        for name in (found if isinstance(found, list | tuple) else [found])
    }
    problems = [
        f"--not-known: no such question as {shortened(name)}{hint(name, asked)}"
        for name in names - set(asked)
    ]
    problems += [
        f"--not-known {name}: this one is required"
        for name in names & set(asked)
        if asked[name].required
    ]
    problems += [
        f"--not-known {name}: it is answered as well"
        for name in names & set(asked)
        if given.get(name) not in (None, [], ())
    ]
    return names & set(asked), sorted(problems)


def fact_name(form: type[Record], name: str) -> str:
    """The name by which a missing fact is told: "placement.tier"."""
    return f"{getattr(form, 'KIND', None) or form.__name__.lower()}.{name}"


def given_together(*layers: Mapping[str, object]) -> dict[str, object]:
    """Answers over answers: what a later one gives beats an earlier one, "not known" included."""
    found: dict[str, object] = {}
    for layer in layers:
        given = {name: value for name, value in layer.items() if value not in (None, [], ())}
        earlier = found.get(NOT_KNOWN) or []
        kept = [
            name
            for name in (earlier if isinstance(earlier, list) else [earlier])
            if name not in given
        ]
        later = given.pop(NOT_KNOWN, [])
        unsure = [*kept, *(later if isinstance(later, list | tuple) else [later])]
        found = {name: value for name, value in found.items() if name not in unsure} | given
        found.pop(NOT_KNOWN, None)
        if unsure:
            found[NOT_KNOWN] = unsure
    return found


def without_skipped(given: Mapping[str, object]) -> dict[str, object]:
    """The answers of a draft without the questions that were passed over, as `fill` takes them."""
    return {key: value for key, value in given.items() if key != SKIPPED}


def refuse_wrong(
    form: type[F], given: Mapping[str, object], today: date, base: F | None = None
) -> None:
    """Raises BadAnswers for what is wrong with the answers given, whatever is still missing."""
    try:
        fill(form, given, today, base=base)
    except AnswersMissing:
        return


def hint(name: object, known: Any) -> str:
    """A suggestion for a name that nobody knows, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(str(name), list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def typed_again(record: Record) -> dict[str, Any]:
    """The answers that a record was made of, as they would be typed again."""
    facts = [(question, getattr(record, question.name)) for question in questions(type(record))]
    unsure = [question.key for question, fact in facts if isinstance(fact, Unknown) and fact.asked]
    found = {
        question.key: as_typed_again(question, fact) for question, fact in facts if recorded(fact)
    }
    return found | ({NOT_KNOWN: unsure} if unsure else {})


def as_typed_again(question: Question, fact: Any) -> Any:
    """A fact as it would be answered: references, hours and choices by their names."""
    if question.type in PREFIXES:
        return reference(PREFIXES[question.type], fact)
    if question.type is Minutes:
        return f"{fact // 60}:{fact % 60:02d}"
    if question.type is Pence:
        return pounds(fact).removeprefix("£")
    if isinstance(fact, tuple):
        return [str(item) for item in fact]
    return fact if isinstance(fact, bool | int) else str(fact)
