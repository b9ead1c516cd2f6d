"""Reads an overlay file: TOML into a county, and mistakes with their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from msgspec import ValidationError, convert
from msgspec.structs import fields as struct_fields

from ..errors import BadAnswers
from ..forms.text import MOST_TOLD, count_untold, printable
from .county import (
    County,
    CountyHalfTerm,
    CountyItem,
    CountyRule,
    FigureLines,
    HelpContact,
    Line,
    Part,
    ProviderTerms,
)
from .overlay_text import parse

Place = tuple[str | int, ...]
"""Where something stands in an overlay: ("rules", 0, "title")."""

Mistake = tuple[Place, str]
TYPES = {
    "datetime": "a day with a time",
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a day such as 2026-09-01",
    "float": "a number with a point",
    "null": "nothing",
}
MOST_LINES = 2_000
MOST_LETTERS = 2_000
MOST_ITEMS = 200
DEEPEST = 20
"""The most lines of an overlay, letters of a text, things of a kind, and levels of nesting."""


def read(text: str) -> tuple[County, list[Mistake]]:
    """Return the county of an overlay, as far as its form is right, and what is wrong with that.

    Raise BadAnswers if it is no TOML, or too long.
    """
    if len(text.splitlines()) > MOST_LINES:
        raise BadAnswers(
            [
                f"shorten the overlay: it has {len(text.splitlines()):,} lines, "
                f"and {MOST_LINES:,} is the most"
            ]
        )
    found = parse(text)
    if depth(found) > DEEPEST:
        raise BadAnswers(
            [f"put fewer tables and lists inside one another: {DEEPEST} levels is the most"]
        )
    if len(found) > MOST_ITEMS:
        raise BadAnswers(
            [f"leave out some parts: there are {len(found):,}, and {MOST_ITEMS:,} is the most"]
        )
    many = number_mistakes(found)
    few = {part: value for part, value in found.items() if part not in {at[0] for at, _ in many}}
    wrong = [*many, *form_mistakes(few), *text_mistakes(few, ())]
    return convert(without(found, {at[0] for at, _ in wrong if at}), County), wrong


def depth(found: Any) -> int:
    """Return how many levels deep a value goes, up to a level more than an overlay can have."""
    level, deep = [found], 0
    while level and deep <= DEEPEST:
        deep += 1
        level = [inner for outer in level for inner in parts_of(outer)]
    return deep


def parts_of(value: Any) -> Iterable[Any]:
    """Return what a table or a list holds; nothing for another value."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def number_mistakes(found: dict[str, Any]) -> list[Mistake]:
    """List the parts of an overlay that hold more things than an overlay can have."""
    lists = {part: value for part, value in found.items() if isinstance(value, dict | list)}
    return [
        (
            (part,),
            f"{part}: leave some out: {len(value):,} are too many, {MOST_ITEMS:,} is the most",
        )
        for part, value in lists.items()
        if len(value) > MOST_ITEMS
    ]


def without(found: dict[str, Any], parts: set[str | int]) -> dict[str, Any]:
    """Return an overlay without these parts, in which something is of another form."""
    return {"name": "a county"} | {
        part: value for part, value in found.items() if part not in parts
    }


def text_mistakes(found: Any, at: Place) -> list[Mistake]:
    """List the texts of an overlay that are too long or hold control characters."""
    if isinstance(found, dict | list):
        items = found.items() if isinstance(found, dict) else enumerate(found)
        return [
            wrong
            for key, value in items
            for wrong in [*text_mistakes(value, (*at, key)), *text_mistakes(key, at)]
        ]
    if not isinstance(found, str):
        return []
    name = next((str(part) for part in reversed(at) if isinstance(part, str)), "a name")
    if printable(found) != found:
        return [(at, f"{name}: leave out control characters and line breaks")]
    return (
        [(at, f"{name}: shorten it to {MOST_LETTERS:,} letters")]
        if len(found) > MOST_LETTERS
        else []
    )


PARTS: dict[str, Any] = {
    "figures": FigureLines,
    "sources": str,
    "rules": CountyRule,
    "checklist": CountyItem,
    "contacts": HelpContact,
    "half_terms": CountyHalfTerm,
    "providers": ProviderTerms,
}
"""The kind of part that a part of an overlay holds several of, by name or in a list."""


def form_mistakes(found: dict[str, Any]) -> list[Mistake]:
    """List what in a table is not in the form of an overlay: at most a mistake a thing."""
    whole = {name: value for name, value in found.items() if name not in PARTS}
    wrong: list[Mistake] = (
        [] if "name" in whole else [(("name",), "name is missing: add the name of the county")]
    )
    for name, value in whole.items():
        wrong += _one({"name": "x", name: value}, County, ())
    for part, kind in PARTS.items():
        by_name = part in ("figures", "sources")
        holds = found.get(part, {} if by_name else [])
        if not isinstance(holds, dict if by_name else list):
            heading = f"[{part}.…]" if by_name else f"[[{part}]]"
            wrong.append(((part,), f"{part}: begin each with the heading {heading}"))
            continue
        for key, value in holds.items() if isinstance(holds, dict) else enumerate(holds):
            wrong += _one(value, kind, (part, key))
    return wrong


def _one(value: object, kind: Any, at: Place) -> list[Mistake]:
    lacking = (
        [
            field.encode_name
            for field in fields(kind)
            if field.required and field.encode_name not in value
        ]
        if isinstance(value, dict)
        else []
    )
    if lacking:
        return [(at, f"{at[0] if at else 'the overlay'}: add {name}") for name in lacking]
    try:
        convert(value, kind)
    except ValidationError as problem:
        said, _, path = str(problem).partition(" - at `")
        unknown = re.search(r"unknown field `(.*)`", said)
        exact = (*at, *place(path.rstrip("`")), *((unknown[1],) if unknown else ()))
        return [(exact, in_words(said, exact, part_at(kind, exact[len(at) :])))]
    return []


def part_at(kind: Any, at: Place) -> Any:
    """Return the kind of part that holds what is at a place within a part of a kind.

    The lines of a figure, for example, are parts of another kind.
    """
    return Line if kind is FigureLines and "values" in at else kind


def place(path: str) -> Place:
    """Return a path of msgspec's, `$.rules[0].title`, as a place."""
    return tuple(
        int(number) if number else name
        for name, number in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path.replace("[...]", ""))
    )


def fields(kind: Any) -> tuple[Any, ...]:
    """List the fields of a part; a value that is no part has no fields."""
    return struct_fields(kind) if isinstance(kind, type) and issubclass(kind, Part) else ()


def in_words(said: str, at: Place, kind: Any) -> str:
    """Say in words what is wrong with a part of a kind."""
    name = next((str(part) for part in reversed(at) if isinstance(part, str)), "the overlay")
    if missing := re.search(r"missing required field `(.*)`", said):
        return f"{name}: add {missing[1]}"
    if re.search("unknown field", said):
        return (
            f"{name}: use one of these names here: "
            f"{', '.join(field.encode_name for field in fields(kind))}"
        )
    if kinds := re.fullmatch(r"Expected `(.*)`, got `(.*)`", said):
        wanted = " or ".join(TYPES.get(kind, kind) for kind in kinds[1].split(" | "))
        return f"{name}: write {wanted}, not {TYPES.get(kinds[2], kinds[2])}"
    if value := re.fullmatch(r"Invalid enum value '?(.*?)'?", said):
        return f"{name}: choose {values_of(kind, name)}, not “{value[1][:30]}”"
    if "RFC3339" in said:
        return f"{name}: write a day such as 2026-11-03, without quotation marks"
    return f"{name}: {said}"


def values_of(kind: Any, name: str) -> str:
    """List the values that a field can have, or say “another value” if they are not listed."""
    for field in fields(kind):
        if field.encode_name == name and get_origin(field.type) is Literal:
            return f"one of {', '.join(filter(None, get_args(field.type)))}"
    return "another value"


def in_lines(text: str, wrong: Sequence[Mistake]) -> list[str]:
    """Sort mistakes by their lines, and shorten a long list to the first ones."""
    found = list(dict.fromkeys(wrong))
    told = sorted((line_of(text, at), said) for at, said in found[:MOST_TOLD])
    return [
        *(f"line {line}: {said}" for line, said in dict.fromkeys(told)),
        *count_untold(len(found)),
    ]


def line_of(text: str, at: Place) -> int:
    """Return the line on which something is: the first line that completes it.

    If it is missing, it is the line of the part that it would be in. No library for TOML gives
    lines: so beginnings of the file are read, and the search halves the distance until the shortest
    beginning that has it is left.
    """
    lines = text.split("\n")

    def has(number: int) -> bool | None:
        """Return whether the first lines have it; None in the middle of a text of several lines."""
        beginning = _beginning(text, number)
        return None if beginning is None else _has(beginning, at)

    least, most = 0, len(lines)
    while most - least > 1:
        middle = whole = (least + most) // 2
        while whole < most and (there := has(whole)) is None:
            whole += 1
        if whole == most or there:
            most = middle  # what begins between has it, or is not whole before the end
        else:
            least = whole
    if has(len(lines)):
        return least + 1
    return line_of(text, at[:-1]) if at else 1


@lru_cache(maxsize=512)
def _beginning(text: str, number: int) -> dict[str, Any] | None:
    """Return the first lines of a text as TOML, with a list as far as it goes.

    None if they end within something else.
    """
    lines = "\n".join(text.split("\n")[:number])
    for closed in (lines, f"{lines}\n]"):
        with suppress(ValueError):
            return tomllib.loads(closed)
    return None


def _has(found: Any, at: Place) -> bool:
    for part in at:
        if isinstance(part, int):
            if not isinstance(found, list) or part >= len(found):
                return False
        elif not isinstance(found, dict) or part not in found:
            return False
        found = found[part]
    return True
