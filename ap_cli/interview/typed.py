"""What is typed at a prompt, and what it means: a sign, a choice, one answer or several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..domain.readers import answer, choices, keys_of_parts
from ..forms.form import Form, Question, questions
from ..forms.readers import suggest
from ..forms.text import capital
from ..forms.yes_no import read_yes_or_no

UNSURE = "?"
BACK = "<"
AWAY = "-"
LATER = "later"
SIGNS = (UNSURE, BACK, AWAY, LATER)
"""What a person may type in place of an answer: not known yet, go back, take away, later."""


LEAST_LETTERS = 3
"""The fewest letters that stand for a longer word: fewer are too easily a slip."""


def read_sign(text: str) -> str:
    """The sign that was typed in place of an answer, or an empty text."""
    return text.lower() if text.lower() in SIGNS else ""


def number_options(options: Sequence[str]) -> list[str]:
    """Choices with their numbers, unless they begin with digits themselves."""
    return (
        list(options)
        if any(option[0].isdigit() for option in options)
        else [f"{number} {option}" for number, option in enumerate(options, 1)]
    )


def pick_option(text: str, options: Sequence[str]) -> str:
    """A choice by its name, its number, or a word of it or its beginning; else the text itself."""
    fitting = fitting_options(text, options)
    return fitting[0] if len(fitting) == 1 else text


def fitting_options(text: str, options: Sequence[str]) -> list[str]:
    """The choices that a text may mean: the one it names or numbers, else those it begins.

    A beginning has at least three letters, or is a whole word; "n" and "no" begin nothing.
    """
    typed = "-".join(text.lower().replace("-", " ").split())
    exact = [option for option in options if option == text or option.lower() == typed]
    if exact or not typed:
        return exact[:1]
    if number_options(options) != list(options) and (number := read_number(text, len(options))):
        return [options[number - 1]]
    if read_yes_or_no(text) is not None:
        return []
    if len(typed) < LEAST_LETTERS and not typed.isdigit():
        return [option for option in options if typed in option.lower().split("-")]
    beginning = [option for option in options if option.lower().startswith(typed)]
    return beginning or options_with(options, typed)


def options_with(options: Sequence[str], typed: str) -> list[str]:
    """The choices of which a word begins with what was typed."""
    return [option for option in options if has_word(option.lower(), typed)]


def has_word(option: str, typed: str) -> bool:
    """Whether a word of a choice, or the rest of it from there, begins with what was typed."""
    parts = option.split("-")
    return any("-".join(parts[at:]).startswith(typed) for at in range(len(parts)))


def read_number(text: str, most: int) -> int | None:
    """A whole number from 1 to `most`, or None."""
    if len(text) < 4 and text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    return None


NUMBERS = re.compile(r"\d{1,5}(\s*-\s*\d{1,5})?([\s,]+\d{1,5}(\s*-\s*\d{1,5})?)*", re.ASCII)
"""Numbers in a row, of which two with a hyphen are a span."""


def read_numbers(text: str, most: int) -> list[int]:
    """Read "3", "1 2", "1-3" or "all" as numbers up to `most`; empty if it names none."""
    if text.strip().lower() == "all":
        return list(range(1, most + 1))
    if not NUMBERS.fullmatch(text.strip()):
        return []
    numbers: dict[int, None] = {}
    for first, last in re.findall(r"(\d+)(?:\s*-\s*(\d+))?", text):
        begin, end = int(first), int(last or first)
        if not 1 <= begin <= end <= most:
            return []
        numbers |= dict.fromkeys(range(begin, end + 1))
    return list(numbers)


def parse_typed(question: Question, text: str) -> Any:
    """A typed answer as a flag would give it; a choice by its name, number or a word of it."""
    options = choices(question)
    parts = split_answers(question, text)
    if options:
        parts = [pick_option(part, options) for part in parts if part]
    return parts if question.several else parts[0]


def is_listed(question: Question) -> bool:
    """Whether several answers are typed in a line, with commas between them."""
    return question.several and (bool(choices(question)) or question.item is date)


def split_answers(question: Question, text: str) -> list[str]:
    """The answers in a line: several separated by commas, if the question takes several."""
    text = text.strip()
    if is_listed(question):
        return [part.strip() for part in text.split(",")]
    return [text]


def object_to_choice(question: Question, text: str) -> str:
    """What is wrong with a typed choice: it fits none or several; empty if it is one."""
    options = choices(question)
    if not options:
        return ""
    refused = {str(member.value).lower() for member in question.item} - set(options)
    for part in split_answers(question, text):
        fitting = fitting_options(part, options)
        if part.lower() in refused or len(fitting) == 1 or not part:
            continue
        if len(fitting) > 1:
            return f"“{part[:40]}” fits {len(fitting)} of them: {', '.join(fitting)}."
        if read_yes_or_no(part) is not None and (begun := options_with(options, part.lower())):
            return f"“{part[:40]}” may mean {begun[0]}, or yes or no: type more of the word."
        if number_options(options) == list(options):
            return f"Choose one of {', '.join(options)}."
        near = suggest(part.lower().replace(" ", "-"), options).removeprefix("; ")
        asked = f"{capital(near)} " if near else ""
        return f"{asked}Choose a number from 1 to {len(options)}."
    return ""


def settle_days(question: Question, given: Any, today: date) -> Any:
    """An answer whose days do not depend on today: a draft may be resumed on another day."""
    value = answer(question, {question.key: given}, today)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and value and isinstance(value[0], date):
        return [day.isoformat() for day in value]
    return given


def settle_answers(form: type[Form], given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The answers given, with days that do not depend on today."""
    asked = {question.key: question for question in questions(form) if not keys_of_parts(question)}
    return {
        key: settle_days(asked[key], value, today) if key in asked else value
        for key, value in given.items()
    }


def type_again(given: Any) -> str:
    """An answer as it would be typed again."""
    if given is None:
        return ""
    if isinstance(given, list | tuple):
        return ", ".join(map(str, given))
    if isinstance(given, bool):
        return "yes" if given else "no"
    return str(given)
