"""What can be read and cannot be meant: a day to come of what was done, a day as a name."""

from __future__ import annotations

from datetime import date

from ..domain.entries.entry import Entry
from ..domain.readers import answer
from ..forms.days import read_day
from ..forms.filling import GIVE_DAY
from ..forms.form import Form, Question
from ..forms.yes_no import read_yes_or_no

BARE_ANSWERS = ("y", "yes", "n", "no")


def object_to_sense(form: type[Form], question: Question, typed: str, today: date) -> str:
    """Say why a typed answer cannot be meant; empty if it can, or if it cannot be read."""
    if is_of_past(form, question):
        return object_to_day(question, typed, today)
    if question.item is str and question.text.startswith("Who "):
        return object_to_name(typed, today)
    return ""


def is_of_past(form: type[Form], question: Question) -> bool:
    """Whether a question asks for the day of something that was done."""
    if question.item is not date:
        return False
    is_day_of_entry = issubclass(form, Entry) and question.name == "day" and not form.AHEAD
    return question.past or is_day_of_entry


def object_to_day(question: Question, typed: str, today: date) -> str:
    """Say that a day is still to come; empty if it is not."""
    if read_yes_or_no(typed) is False:
        return ""
    day = answer(question, {question.key: typed}, today)
    if not isinstance(day, date) or day <= today:
        return ""
    return f"That day is still to come: {GIVE_DAY}."


def object_to_name(typed: str, today: date) -> str:
    """Say that a day, or a bare yes or no, names nobody; empty if a text may be a name."""
    if typed.lower() in BARE_ANSWERS:
        return "Type who it is: a name, or what they do."
    if not any(letter.isdigit() for letter in typed):
        return ""
    try:
        read_day(typed, today)
    except ValueError:
        return ""
    return "That is a day: type who it is, a name, or what they do."
