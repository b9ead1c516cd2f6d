"""What the cells of a row say in parts: how many days, who and how to reach them, and whether."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..domain.imported import REFERENCE
from ..domain.options import Reason
from ..forms.yes_no import read_yes_or_no
from .cell_words import CHOICES
from .cells import as_text

Given = dict[str, object]


def read_as(word: str) -> str:
    """Return what is noted of a word that is read as a wider reason: it is one of a fixed list."""
    return f"“{word}” was read as {CHOICES[Reason][word].value}"


def holds_now(text: str) -> bool | None:
    """Tell whether an answer about a circumstance says that it holds; None if it may have ended."""
    said = read_yes_or_no(text)
    is_sure = said is not None or "until" not in text
    return said is not False if is_sure else None


def is_known(place: Mapping[str, Given]) -> bool:
    """Tell whether a place says which provider, or which placement on record, it is."""
    named = {"name", "urn", REFERENCE} & set(place["provider"])
    return bool(named) or REFERENCE in place["placement"]


def is_begun(place: Mapping[str, Given]) -> bool:
    """Tell whether a place has a provider, or a placement that began or is on record."""
    return is_known(place) or "starts" in place["placement"]


def is_number_of_days(cell: object) -> bool:
    """Tell whether a cell says how many days there are, and not which."""
    return re.fullmatch(r"[1-4](\.0)?( days?)?", as_text(cell).strip(), re.IGNORECASE) is not None


def number_of_days(cell: object) -> int:
    """Return how many days a week has; raise ValueError if they are not whole."""
    found = re.fullmatch(r"([1-5])(\.0)?( days?)?", as_text(cell).strip(), re.IGNORECASE)
    if not found:
        raise ValueError("write a whole number of days, from 1 to 5")
    return int(found[1])


def part_contact(text: str) -> tuple[str, str]:
    """Part “A. Tester, 0116 496 0000” into who it is and how they can be reached."""
    parts: list[Any] = re.split(r"\s*[,;\n]\s*", text.strip(), maxsplit=1)
    if len(parts) == 2 and re.search(r"[\d@]", parts[1]):
        return parts[0], parts[1]
    return text, ""
