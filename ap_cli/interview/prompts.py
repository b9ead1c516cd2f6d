"""Prompts on a terminal: a line, asked again until it is right; a record, by part of its name."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ..domain.days import words
from ..domain.identifiers import close_up
from ..errors import AnswersMissing
from ..forms.form import Noun
from ..forms.text import printable, shortened

N = TypeVar("N", bound=Noun)

UNSURE = "?"
BACK = "<"
HOW = "Enter skips a question, ? records that it is not known yet, < goes back, Ctrl-C stops."
NEEDED = "You need to answer this one."
EXPECTED = "Answer this one, or type ? if you do not know yet."


def number_options(options: Sequence[str]) -> list[str]:
    """Choices with their numbers, unless they begin with digits themselves."""
    return (
        list(options)
        if any(option[0].isdigit() for option in options)
        else [f"{number} {option}" for number, option in enumerate(options, 1)]
    )


def pick_option(text: str, options: Sequence[str]) -> str:
    """A choice by its name, number or unique beginning; else the text, for the reader to refuse."""
    if text.lower() in options or text in options:
        return text if text in options else text.lower()
    if number_options(options) != list(options) and (number := read_number(text, len(options))):
        return options[number - 1]
    beginning = [option for option in options if option.startswith(text.lower())]
    return beginning[0] if len(beginning) == 1 else text


def read_number(text: str, most: int) -> int | None:
    """A whole number from 1 to `most`, or None."""
    if len(text) < 4 and text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    return None


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
    """A reference chosen by typing part of a name; "new" if one may be added; None if skipped."""
    if not known and not new:
        command = "new" if record.NOUN == "placement" else "add"
        raise AnswersMissing(
            [f"a {record.NOUN}: there is none yet, add one with `ap {record.NOUN} {command}`"]
        )
    search = Search(record, known, labels or {})

    def problem(text: str) -> str:
        if text == "" and required:
            return NEEDED
        is_answer = text in (BACK, "") or (text == UNSURE and not required)
        if is_answer or (new and text.lower() == "new"):
            return ""
        hint = ": type new to add one" if new else ""
        return search.problem(text, hint)

    ways = f"Part of a name, or a reference{', or new' if new else ''}"
    offered = [*(["new"] if new else []), *search.labels.values()]
    text = ask_line(f"{message or f'Which {record.NOUN}?'} {ways}", problem, choices=offered)
    if text in ("", UNSURE, BACK) or (new and text.lower() == "new"):
        return text.lower() or None
    (ref,) = search.matches(text)
    if text != search.labels[ref]:
        say(f"  {search.labels[ref]}")
    return ref


class Search:
    """Records to be found by their reference, their label or a part of it."""

    def __init__(
        self, record: type[Noun], known: Sequence[Noun], labels: Mapping[str, str]
    ) -> None:
        self.record, self.known = record, known
        self.labels = {one.ref: labels.get(one.ref) or describe_record(one) for one in known}

    def matches(self, text: str) -> list[str]:
        """The references that a text may mean: by the reference, whole label, UPN, or a part."""
        number = re.fullmatch(rf"{self.record.PREFIX}-?0*(\d+)", text, re.ASCII | re.IGNORECASE)
        exact = [one.ref for one in self.known if number and one.id == int(number[1])]
        whole = [ref for ref, label in self.labels.items() if text == label]
        part = [ref for ref, label in self.labels.items() if text.casefold() in label.casefold()]
        return exact or whole or self._with_upn(text) or part

    def _with_upn(self, text: str) -> list[str]:
        from ..domain.pupil import Pupil

        upn = close_up(text).upper()
        return [one.ref for one in self.known if isinstance(one, Pupil) and upn in one.upns]

    def problem(self, text: str, hint: str) -> str:
        """Why a text does not choose one record; empty if it does."""
        refs = self.matches(text)
        if not refs:
            return f"no {self.record.NOUN} matches{hint}"
        if len(refs) == 1:
            return ""
        first = "; ".join(self.labels[ref] for ref in refs[:5]) + ("; …" if len(refs) > 5 else "")
        return f"{len(refs)} match, type more of it: {first}"


def ask_line(
    message: str, problem: Callable[[str], str], default: str = "", choices: Sequence[str] = ()
) -> str:
    """A line typed at a prompt; while there is a problem, it is shown and the line asked again."""
    import questionary

    while True:
        if choices:
            prompt = questionary.autocomplete(
                message, choices=list(choices), default=default, match_middle=True, qmark=""
            )
        else:
            prompt = questionary.text(message, default=default, qmark="")
        text = str(prompt.unsafe_ask()).strip()
        trouble = problem(text)
        if not trouble:
            return text
        say(f"  {trouble}")


def ask_number(message: str, most: int) -> int | None:
    """A number from 1 to `most`, or None if only Enter is pressed."""

    def problem(text: str) -> str:
        if not text or read_number(text, most):
            return ""
        return f"Choose a number from 1 to {most}, or press Enter."

    return read_number(ask_line(message, problem), most)


def describe_record(noun: Noun) -> str:
    """A record in a line, for people to know it by."""
    from ..domain.placement import Placement
    from ..domain.pupil import Pupil

    if isinstance(noun, Pupil):
        return f"{noun.ref} {shortened(noun.name, 50)}, born {words(noun.born)}"
    if isinstance(noun, Placement):
        return f"{noun.ref} from {words(noun.starts)}"
    return f"{noun.ref} {shortened(getattr(noun, 'name', ''), 50)}"


def ask_which_same(same: Sequence[N]) -> N | None:
    """The record on file that a new one turns out to be, or None if it is another."""
    say("There is already:")
    for one in same:
        say(f"  {describe_record(one)}")
    options = [one.ref for one in same]

    def problem(text: str) -> str:
        if not text or pick_option(text.upper(), options) in options:
            return ""
        return f"Type {' or '.join(options)}, or press Enter."

    text = ask_line("Is it this one? Its reference, or Enter to add another", problem)
    ref = pick_option(text.upper(), options) if text else ""
    return next((one for one in same if one.ref == ref), None)


def ask_yes(message: str) -> bool:
    """Yes or no; Enter alone means yes."""

    def problem(text: str) -> str:
        return "" if text.lower() in ("", "y", "yes", "n", "no") else "Type yes or no."

    return ask_line(f"{message} [Y/n]", problem).lower() in ("", "y", "yes")


NAME_STYLES = {
    "short": "first name and initial: Adam E.",
    "full": "the whole name: Adam Example",
    "never": "references alone: P-0001",
}
"""How the screen can show children's names, the usual way first."""


def ask_names() -> str:
    """How the screen shows children's names; Enter alone means the usual way."""
    say("How shall lists on your screen show children's names?")
    styles = list(NAME_STYLES)
    for numbered, example in zip(number_options(styles), NAME_STYLES.values(), strict=True):
        say(f"  {numbered:<8} {example}")

    def problem(text: str) -> str:
        return "" if not text or pick_option(text, styles) in styles else "Choose a number, 1 to 3."

    return pick_option(ask_line("[short]", problem) or styles[0], styles)


def say(text: str) -> None:
    """Print a text on stderr, wrapped to the terminal."""
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
    """A line that is not empty."""

    def problem(text: str) -> str:
        return "" if text else NEEDED

    return ask_line(message, problem)
