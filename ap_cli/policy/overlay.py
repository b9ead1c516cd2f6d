"""An overlay file read: TOML into a county, with each mistake named by its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import ValidationError, convert

from .county import County, CountyHalfTerm, CountyItem, CountyRule, FigureLines, HelpContact, ProviderTerms, shipped

Place = tuple[str | int, ...]
"""Where something stands in an overlay: ("rules", 0, "title")."""

Mistake = tuple[Place, str]
TYPES = {"str": "text", "int": "a whole number", "bool": "true or false", "array": "a list", "object": "a table", "date": "a day such as 2026-09-01",
         "float": "a number with a point", "null": "nothing"}  # fmt: skip
MOST = 2_000
"""Lines that an overlay can have."""


def read(text: str) -> tuple[County | None, list[str]]:
    """The county of an overlay, or what is wrong with its form, each with its line."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        said, _, at = str(problem).partition(" (at ")
        number = re.match(r"line (\d+)", at)
        return None, [f"line {number[1] if number else max(len(text.splitlines()), 1)}: this is not TOML: {said}"]
    wrong = form_mistakes(found)
    return (None, in_lines(text, wrong)) if wrong else (convert(found, County), [])


PARTS: dict[str, Any] = {
    "figures": FigureLines, "sources": str, "rules": CountyRule, "checklist": CountyItem, "contacts": HelpContact, "half_terms": CountyHalfTerm,
    "providers": ProviderTerms,
}  # fmt: skip
"""What each part of an overlay holds several of, by its name or in a list."""


def form_mistakes(found: dict[str, Any]) -> list[Mistake]:
    """What in a table is of another form than an overlay: one mistake at most of each thing in it."""
    whole = {name: value for name, value in found.items() if name not in PARTS}
    wrong: list[Mistake] = [] if "name" in whole else [(("name",), "name is missing: a county has a name")]
    for name, value in whole.items():
        wrong += _one(lambda value=value, name=name: convert({"name": "x", name: value}, County), ())  # type: ignore[misc]
    for part, kind in PARTS.items():
        by_name = part in ("figures", "sources")
        holds = found.get(part, {} if by_name else [])
        if not isinstance(holds, dict if by_name else list):
            form = f"a table for each, [{part}.…]," if by_name else f"a list, [[{part}]] for each,"
            wrong.append(((part,), f"{part}: {form} is needed"))
            continue
        for key, value in holds.items() if isinstance(holds, dict) else enumerate(holds):
            wrong += _one(lambda value=value, kind=kind: convert(value, kind), (part, key))  # type: ignore[misc]
    return wrong


def _one(make: Callable[[], object], at: Place) -> list[Mistake]:
    try:
        make()
    except ValidationError as problem:
        said, _, path = str(problem).partition(" - at `")
        unknown = re.search(r"unknown field `(.*)`", said)
        exact = (*at, *place(path.rstrip("`")), *((unknown[1],) if unknown else ()))
        return [(exact, in_words(said, exact))]
    return []


def place(path: str) -> Place:
    """A path of msgspec's, `$.rules[0].title`, as a place."""
    return tuple(int(number) if number else name for name, number in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path.replace("[...]", "")))


def in_words(said: str, at: Place) -> str:
    """What is wrong with a part, in words."""
    name = next((str(part) for part in reversed(at) if isinstance(part, str)), "the overlay")
    if missing := re.search(r"missing required field `(.*)`", said):
        return f"{name}: {missing[1]} is missing" if at else f"{missing[1]} is missing"
    if re.search("unknown field", said):
        return f"{name}: nothing in an overlay is called that"
    if kinds := re.fullmatch(r"Expected `(.*)`, got `(.*)`", said):
        wanted = " or ".join(TYPES.get(kind, kind) for kind in kinds[1].split(" | "))
        return f"{name}: {wanted} is needed, not {TYPES.get(kinds[2], kinds[2])}"
    if value := re.fullmatch(r"Invalid enum value '?(.*?)'?", said):
        return f"{name}: “{value[1][:30]}” is none of the values that it can have"
    return f"{name}: {said}"


def figure_mistakes(county: County) -> list[Mistake]:
    """What is wrong with the figures, half terms and items of an overlay. A must is never weakened: the figure that it rests on is fixed."""
    wrong: list[Mistake] = []
    if not county.name.strip():
        wrong.append((("name",), "name is empty: a county has a name"))
    for name, own in county.figures.items():
        known = shipped().figures.get(name)
        at = ("figures", name)
        if known is not None and known.law == "fixed":
            wrong.append((at, f"{name}: a rule that the law makes a must rests on this figure, and an overlay cannot change it"))
        if known is None and not (own.title and own.unit and own.source):
            wrong.append((at, f"{name}: no figure of the program is called that; one of your own says its title, its unit and its source"))
        if own.law:
            wrong.append(((*at, "law"), f"{name}: how a figure stands in law is not for an overlay to say"))
        if not own.values:
            wrong.append((at, f"{name}: it has no values"))
        least = 1 if known is not None and known.law == "uncommenced" else 0
        for each in own.values:
            if not least <= each.value <= 1_000_000:
                wrong.append(((*at, "values"), f"{name}: {each.value} is no value of this figure: it is {least} or more"))
            if not 1900 <= each.since.year <= 2199:
                wrong.append(((*at, "values"), f"{name}: {each.since} is outside the years 1900 to 2199"))
        days = [each.since for each in own.values]
        if len(set(days)) != len(days):
            wrong.append(((*at, "values"), f"{name}: two values begin on the same day"))
    return wrong


def in_lines(text: str, wrong: Sequence[Mistake]) -> list[str]:
    """Mistakes in the order of their lines, each with its own."""
    told = sorted((line_of(text, at), said) for at, said in wrong)
    return [f"line {line}: {said}" for line, said in dict.fromkeys(told)]


def line_of(text: str, at: Place) -> int:
    """The line on which something stands: the first with which the lines up to it have it; that of what it would be in, where it is missing.

    No library for TOML tells lines: so the file is read again and again, a line longer each time, until what is looked for is there.
    """
    lines = text.splitlines()
    last = 0
    for number in range(1, len(lines) + 1):
        try:
            found = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a list or a text of several lines
        if _has(found, at):
            return last + 1
        last = number
    return line_of(text, at[:-1]) if at else 1


def _has(found: Any, at: Place) -> bool:
    for part in at:
        if isinstance(part, int):
            if not isinstance(found, list) or part >= len(found):
                return False
        elif not isinstance(found, dict) or part not in found:
            return False
        found = found[part]
    return True
