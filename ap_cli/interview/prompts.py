"""Prompts on a terminal: a line typed and asked again until it is right, a record found by part of its name."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ..domain.days import words
from ..errors import AnswersMissing
from ..forms.form import Noun
from ..forms.text import printable, shortened

N = TypeVar("N", bound=Noun)

UNSURE = "?"
BACK = "<"
HOW = "Enter skips a question, ? records that it is not known yet, < goes back, Ctrl-C stops."


def number_options(options: Sequence[str]) -> list[str]:
    """Choices with their numbers, unless they begin with digits themselves."""
    return (
        list(options)
        if any(option[0].isdigit() for option in options)
        else [f"{number} {option}" for number, option in enumerate(options, 1)]
    )


def pick_option(text: str, options: Sequence[str]) -> str:
    """A choice by its name, its number or its unique beginning; else the text as it is, for the reader to refuse."""
    if text.lower() in options or text in options:
        return text if text in options else text.lower()
    if (
        number_options(options) != list(options)
        and len(text) < 4
        and text.isascii()
        and text.isdigit()
        and 1 <= int(text) <= len(options)
    ):
        return options[int(text) - 1]
    beginning = [option for option in options if option.startswith(text.lower())]
    return beginning[0] if len(beginning) == 1 else text


def choose_from(record: type[N], known: Sequence[N], labels: Mapping[str, str] | None = None) -> N:
    """One of the records, found by its reference or part of its name."""
    found = ask_reference(record, known, required=True, labels=labels)
    return next(one for one in known if one.ref == found)


def ask_reference(
    record: type[Noun],
    known: Sequence[Noun],
    required: bool,
    new: bool = False,
    message: str = "",
    labels: Mapping[str, str] | None = None,
) -> str | None:
    """A reference chosen by typing part of a name; "new" where one may be added; None where it was skipped."""
    if not known and not new:
        raise AnswersMissing(
            [
                f"a {record.NOUN}: none is recorded, add one with `ap {record.NOUN} {'new' if record.NOUN == 'placement' else 'add'}`"
            ]
        )
    told = {one.ref: (labels or {}).get(one.ref) or describe(one) for one in known}

    def matches(text: str) -> list[str]:
        number = re.fullmatch(rf"{record.PREFIX}-?0*(\d+)", text, re.ASCII | re.IGNORECASE)
        exact = [one.ref for one in known if number and one.id == int(number[1])]
        return (
            exact
            or [ref for ref, label in told.items() if text == label]
            or [ref for ref, label in told.items() if text.casefold() in label.casefold()]
        )

    def problem(text: str) -> str:
        if (
            text in (BACK, "")
            or (text == UNSURE and not required)
            or (new and text.lower() == "new")
        ):
            return "this one is required" if text == "" and required else ""
        found = matches(text)
        if not found:
            return f"no {record.NOUN} matches" + (": type new to add one" if new else "")
        many = "; ".join(told[ref] for ref in found[:5]) + ("; …" if len(found) > 5 else "")
        return "" if len(found) == 1 else f"{len(found)} match, type more of it: {many}"

    asked = f"{message or f'Which {record.NOUN}?'} Part of a name, or a reference{', or new' if new else ''}"
    text = ask_line(asked, problem, choices=[*(["new"] if new else []), *told.values()])
    if text in ("", UNSURE, BACK) or (new and text.lower() == "new"):
        return text.lower() or None
    (found,) = matches(text)
    if text != told[found]:
        say(f"  {told[found]}")
    return found


def ask_line(
    message: str, problem: Callable[[str], str], default: str = "", choices: Sequence[str] = ()
) -> str:
    """A line typed at a prompt, asked again, with what is wrong said below it, until nothing is."""
    import questionary

    while True:
        if choices:
            asked = questionary.autocomplete(
                message, choices=list(choices), default=default, match_middle=True, qmark=""
            )
        else:
            asked = questionary.text(message, default=default, qmark="")
        text = str(asked.unsafe_ask()).strip()
        found = problem(text)
        if not found:
            return text
        say(f"  {found}")


def describe(noun: Noun) -> str:
    """A record in a line, for its author to know it by."""
    from ..domain.placement import Placement
    from ..domain.pupil import Pupil

    if isinstance(noun, Pupil):
        return f"{noun.ref} {shortened(noun.name, 50)}, born {words(noun.born)}"
    if isinstance(noun, Placement):
        return f"{noun.ref} from {words(noun.starts)}"
    return f"{noun.ref} {shortened(getattr(noun, 'name', ''), 50)}"


def ask_which_same(same: Sequence[N]) -> N | None:
    """The record that the new one turns out to be, or None where it is another."""
    say("There is already:")
    for one in same:
        say(f"  {describe(one)}")
    options = [one.ref for one in same]

    def problem(text: str) -> str:
        return (
            ""
            if not text or pick_option(text.upper(), options) in options
            else f"type {' or '.join(options)}, or nothing"
        )

    text = ask_line("Is it this one? Its reference, or Enter to add another", problem)
    found = pick_option(text.upper(), options) if text else ""
    return next((one for one in same if one.ref == found), None)


def ask_yes(message: str) -> bool:
    """Yes or no, yes where only Enter is pressed."""
    text = ask_line(
        f"{message} [Y/n]",
        lambda text: "" if text.lower() in ("", "y", "yes", "n", "no") else "yes or no",
    )
    return text.lower() in ("", "y", "yes")


def say(text: str) -> None:
    """Tells the person at the terminal something, apart from the results."""
    width = shutil.get_terminal_size((80, 24)).columns
    lines = [printable(line) for line in text.split("\n")]
    indents = [line[: len(line) - len(line.lstrip())] + "  " for line in lines]
    print(
        *(
            textwrap.fill(line, width, subsequent_indent=indent)
            for line, indent in zip(lines, indents, strict=True)
        ),
        sep="\n",
        file=sys.stderr,
    )


def ask_required(message: str) -> str:
    """A line that is typed and not empty."""
    return ask_line(message, lambda text: "" if text else "this one is required")
