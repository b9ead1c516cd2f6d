"""When two names, or two records, are taken for the same child or provider."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..forms.facts import recorded
from .commissioner import Commissioner
from .identifiers import is_temporary
from .provider import Provider
from .pupil import Pupil

COMPANY = {"ltd", "limited", "cic", "llp", "plc", "the"}
"""Words that the name of a provider has or has not."""


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return a child's name as it is compared: “Pupil, Test” is “test pupil”."""
    last, comma, first = name.partition(",")
    whole = f"{first} {last}" if comma and first.strip() else name
    return " ".join(re.findall(r"\w+", _plain(whole))) or whole.casefold()


@lru_cache(maxsize=4096)
def provider_key(name: str) -> str:
    """Return a provider's name as it is compared: “The Oak & Elm Ltd.” is “oak and elm”."""
    words = re.findall(r"\w+", _plain(name.replace("&", " and ")))
    left = [word for word in words if word not in COMPANY]
    return " ".join(left or words) or name.casefold()


SHORT_FOR = {
    "acad": "academy",
    "sch": "school",
    "prim": "primary",
    "sec": "secondary",
    "coll": "college",
    "comm": "community",
    "ce": "cofe",
    "saint": "st",
}
"""Words of a school's name that are written short, or in another way."""


@lru_cache(maxsize=4096)
def school_key(name: str) -> str:
    """Return a school's name as it is compared: “St. Mock’s C of E Acad.” is “st mocks cofe …”."""
    words = provider_key(name).replace("c of e", "cofe").split()
    return " ".join(SHORT_FOR.get(word, word) for word in words)


def _plain(text: str) -> str:
    """Return a text without capitals, accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"['’‘`´]", "", "".join(one for one in apart if not unicodedata.combining(one)))


def is_same_child(one: Pupil, other: Pupil) -> bool:
    """Tell whether two records have one name and one date of birth, and no UPN tells them apart.

    A temporary UPN tells nobody apart: its child gets another.
    """
    if one.born != other.born or name_key(one.name) != name_key(other.name):
        return False
    if not recorded(one.upn) or not recorded(other.upn) or one.upn == other.upn:
        return True
    return is_temporary(one.upn) or is_temporary(other.upn)


def is_same_commissioner(new: Commissioner, other: Commissioner) -> bool:
    """Tell whether a new record says nothing that another does not: name, kind and calendar."""
    if provider_key(new.name) != provider_key(other.name) or new.kind != other.kind:
        return False
    if not recorded(new.calendar):
        return True
    return recorded(other.calendar) and new.calendar == other.calendar


def is_same_provider(one: Provider, other: Provider) -> bool:
    """Tell whether two records have one name, and neither a URN nor a UKPRN tells them apart."""
    if provider_key(one.name) != provider_key(other.name):
        return False
    numbers = ((one.urn, other.urn), (one.ukprn, other.ukprn))
    return not any(recorded(a) and recorded(b) and a != b for a, b in numbers)
