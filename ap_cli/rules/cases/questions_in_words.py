"""How an explanation calls what is asked of a placement's case with an argument."""

from __future__ import annotations

from datetime import date

from ...domain.days import words
from ...forms.form import question
from .answers import asked_by


def whether_on_record(kind: str) -> str:
    """Name the question whether there is any entry of a kind."""
    words = kind.replace("-", " ")
    return f"whether anything is on record of the kind “{words}”, of the placement or its provider"


def day_of_answer(name: str) -> str:
    """Name the day on which a question was last answered."""
    kind, field, _ = asked_by(name)
    asked = question(kind, field)
    return f"the day of the last answer to {asked.quoted if asked else name}"


def sessions_in_week(name: str, day: date) -> str:
    """Name the sessions of one place in the week of a day."""
    place = name.replace("_", " ").replace("at provider", "at the provider")
    return f"the sessions {place} in the week of {words(day)}"
