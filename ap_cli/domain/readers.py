"""The readers of the types of this domain alone, and the filler of its forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..forms.filling import Filler
from ..forms.readers import (
    GENERAL,
    Part,
    Reader,
    choice_reader,
    read_record_day,
    read_text,
    reference_reader,
)
from ..forms.yes_no import read_yes_or_no
from .clock_times import BreakStart, ClockTime, read_break_start, read_clock_time
from .entries.before import Attachment
from .entries.entry import PREFIX as ENTRY
from .entries.entry import EntryRef
from .identifiers import Ukprn, Upn, Urn, read_ukprn, read_upn, read_urn
from .options import NOT_ALTERNATIVE_PROVISION, Route
from .periods import Period, Periods
from .provider import Site, SiteKind, Sites, split_kind
from .references import REFERENCES
from .sessions import Sessions, read_sessions


def read_week(given: object) -> Sessions:
    """Return the sessions of a week, from "mon-thu, fri am"."""
    return read_sessions(read_text(given))


def _began_as_text(typed: object) -> str:
    """Return when a circumstance began as small letters: "yes", "no", a day, or nothing."""
    if typed is None:
        return ""
    text = str(typed).strip().lower()
    meant = read_yes_or_no(text)
    if meant is None:
        return text
    return "yes" if meant else "no"


def _read_beginning(typed: object, today: date) -> date:
    """Return the day on which a circumstance began; raise ValueError with all that can be typed."""
    try:
        return read_record_day(typed, today)
    except ValueError as problem:
        raise ValueError(f"{problem}; or type yes or no") from None


PRINTED = re.compile(r"(?:since )?(.+?)(?: until (.+))?", re.IGNORECASE)
"""A circumstance as the program prints it: "since 1 September 2025 until 31 August 2026"."""


def read_periods(given: Mapping[str, object], today: date, base: object) -> Periods:
    """Return a circumstance, from "no", "yes", or the day it began.

    With it comes the day it ended, or "no" if it has not. On a record that has it already, a day
    after the last end opens another period; any other day corrects when the last one began. What
    the program prints is read too; several periods, parted by “;”, replace those known.
    """
    typed, ended = given.get(""), given.get("ended")
    known = list(base.spells) if isinstance(base, Periods) else []
    if isinstance(typed, str) and ";" in typed:
        known, typed = _read_spells(typed, today), None
    if isinstance(typed, str) and (printed := PRINTED.fullmatch(typed.strip())):
        typed, ended = printed[1], printed[2] if ended is None else ended
    text = _began_as_text(typed)
    if typed is not None and not text:
        raise ValueError("write the day it began, yes or no")
    if text == "no":
        if ended is not None:
            raise ValueError("it cannot be “no” and have ended as well: give the day it began")
        return Periods()
    if text:
        _begin(known, None if text == "yes" else _read_beginning(typed, today))
    if ended is not None:
        goes_on = read_yes_or_no(str(ended)) is False
        _end(known, None if goes_on else read_record_day(ended, today))
    for spell in known:
        if spell.began and spell.ended and spell.ended < spell.began:
            raise ValueError(f"it cannot end on {spell.ended} before it began on {spell.began}")
    return Periods(tuple(known))


def _as_list(value: Any) -> Sequence[object]:
    """Return one value or several as a list; an empty one for none."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def _read_spells(typed: str, today: date) -> list[Period]:
    parts = filter(None, map(str.strip, typed.split(";")))
    return [spell for part in parts for spell in read_periods({"": part}, today, None).spells]


def _begin(known: list[Period], began: date | None) -> None:
    """Correct when the last period began, or open another after its end."""
    last_end = known[-1].ended if known else None
    if known and not (last_end and began and began > last_end):
        known[-1] = Period(began, last_end)
    else:
        known.append(Period(began))


def _end(known: list[Period], ended: date | None) -> None:
    if not known:
        raise ValueError("it cannot have ended without having begun: give that day as well")
    known[-1] = Period(known[-1].began, ended)


def read_sites(given: Mapping[str, object], today: date, base: object) -> Sites:
    """Return the sites with an address added; "2: Far Field" corrects the address of site 2."""
    sites = {site.number: site for site in base.all} if isinstance(base, Sites) else {}
    for name, kind in (
        ("", SiteKind.MAIN),
        ("satellite", SiteKind.SATELLITE),
        ("subcontracted", SiteKind.SUBCONTRACTED),
    ):
        for item in _as_list(given.get(name)):
            add_site(sites, read_text(item), kind, bool(name))
    return Sites(tuple(sites[number] for number in sorted(sites)))


def add_site(sites: dict[int, Site], text: str, kind: SiteKind, is_asked: bool) -> None:
    """Add a typed site of a kind to sites by number, or correct one; raise ValueError for no site.

    The kind that is written after an address counts before the usual one; `is_asked` if the answer
    is to a question for sites of that kind.
    """
    if read_yes_or_no(text) is not None:
        raise ValueError(f"“{text}” is not an address: leave it out if there is none")
    numbered = re.fullmatch(r"(\d{1,3})\s*:\s*(.+)", text)
    number = int(numbered[1]) if numbered else len(sites) + 1
    if numbered and number not in sites:
        raise ValueError(f"there is no site {number} to correct: leave the number out to add one")
    address, written = split_kind(numbered[2] if numbered else text)
    known = sites.get(number)
    if not numbered:
        there = [site for site in sites.values() if site.address == address]
        if there and written is None:
            return
        known = there[0] if there else None
        number = known.number if known else number
    usual = known.kind if known and not is_asked else kind
    sites[number] = Site(number, address, written or usual)


READERS: dict[Any, Reader] = GENERAL | {
    Attachment: Reader(read=read_text),
    EntryRef: reference_reader(ENTRY, "record"),
    Upn: Reader(read=read_upn),
    Urn: Reader(read=read_urn),
    Ukprn: Reader(read=read_ukprn),
    Route: choice_reader(Route, refused=NOT_ALTERNATIVE_PROVISION),
    ClockTime: Reader(
        read=read_clock_time, metavar="TIME", example="Such as 9:15 or 2:45pm.", sample="9:15"
    ),
    BreakStart: Reader(
        read=read_break_start,
        metavar="TIME|none",
        example="Such as 12:15; or none.",
        sample="12:15",
    ),
    Sessions: Reader(
        read=read_week, metavar="SESSIONS", example="Such as mon-thu, fri am; or none."
    ),
    Periods: Reader(
        read=read_text,
        read_parts=read_periods,
        parts=(
            Part(
                "ended",
                "{key}_ended",
                "The last day of it; no if it goes on.",
                "DAY",
            ),
        ),
        metavar="DAY|no",
        example="The day it began, yes, or no.",
    ),
    Sites: Reader(
        read=read_text,
        read_parts=read_sites,
        parts=(
            Part("satellite", "satellite", "A satellite site's address.", "ADDRESS", True),
            Part(
                "subcontracted", "subcontracted", "A subcontracted site's address.", "ADDRESS", True
            ),
        ),
        metavar="ADDRESS",
        several=True,
    ),
}
"""The reader of each type that a form asks for; a list of choices needs none."""

READERS |= {kind: reference_reader(noun.PREFIX, noun.NOUN) for kind, noun in REFERENCES.items()}

FILLER = Filler(READERS)
answer, choices, fill = FILLER.answer, FILLER.choices, FILLER.fill
answers_of, keys_of_parts, refuse_wrong = (
    FILLER.answers_of,
    FILLER.keys_of_parts,
    FILLER.refuse_wrong,
)
