"""What the record knows of the pupil already, shown with what is worked out."""

from __future__ import annotations

from datetime import date

from ..domain.days import words
from ..domain.pupil import Pupil
from ..forms.facts import recorded


def describe_pupil(pupil: Pupil, day: date, names: str = "full") -> str:
    """The birth date, the year group on a day, and the school, as far as they are recorded."""
    year = pupil.year_on(day)
    parts = [f"born {words(pupil.born)}", *([f"year {year}"] if year else [])]
    school = pupil.home_school
    if not recorded(school):
        parts.append("school not recorded")
    else:
        parts.append("on no school's roll" if school.casefold() == "none" else f"at {school}")
    called = pupil.ref if names == "never" else pupil.name
    return f"{called}: {', '.join(parts)}"
