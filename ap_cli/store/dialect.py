"""The parts of statements that only SQLite understands, and what each means; all else is portable.

Each function takes expressions of SQL and returns one.
"""

from __future__ import annotations


def answer(name: str, details: str = "e.details") -> str:
    """The answer of this name in an entry's details: its text or number, NULL if there is none."""
    return f"{details} ->> '{name}'"


def is_no(name: str) -> str:
    """Whether the answer of this name in an entry's details is no."""
    return f"json_type(e.details, '$.{name}') = 'false'"


def is_json(column: str) -> str:
    """Whether a column holds JSON."""
    return f"json_valid({column})"


def value_at(column: str, key: str) -> str:
    """The value in a column's JSON object at a key, an expression; NULL if there is none."""
    return f"json_extract({column}, '$.' || {key})"


def is_text_at(column: str, key: str) -> str:
    """Whether the value in a column's JSON object at a key, an expression, is text."""
    return f"json_type({column}, '$.' || {key}) = 'text'"


def items(column: str) -> str:
    """A table of the items of a column's JSON list, as `value`; empty if it holds none."""
    return f"json_each(CASE WHEN {is_json(column)} THEN {column} ELSE '[]' END)"


def is_whole_number(column: str) -> str:
    """Whether a column holds a whole number, as it must."""
    return f"typeof({column}) = 'integer'"


def is_no_day(column: str) -> str:
    """Whether a column holds something that does not look like a day."""
    return f"NOT glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', {column})"


def day_before(day: str) -> str:
    """The day before another."""
    return f"date({day}, '-1 day')"


def earlier_of(first: str, second: str) -> str:
    """The earlier of two days, neither of which is NULL."""
    return f"min({first}, {second})"


def joined(values: str) -> str:
    """The values of all rows with commas between them, NULL left out."""
    return f"group_concat({values})"


def in_quotes(text: str) -> str:
    """A text in quotation marks, or whatever else is there so that it can be read."""
    return f"quote({text})"
