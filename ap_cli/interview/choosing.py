"""Choosing a record on a terminal: by its reference, or by part of a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ..domain.days import words
from ..domain.identifiers import close_up
from ..errors import AnswersMissing, ApError
from ..forms.form import Noun, reference
from ..forms.text import shortened
from .prompts import NEEDED, ask_line, ask_yes, bracket, rows_of_terminal, say
from .typed import AWAY, UNSURE, pick_option, read_number, read_sign

N = TypeVar("N", bound=Noun)


NEW = "new"
"""What is typed to add a record; the name of the new one may stand after it."""


def choose_from(
    record: type[N],
    known: Sequence[N],
    labels: Mapping[str, str] | None = None,
    names: str = "full",
    searched: Mapping[str, str] | None = None,
) -> N:
    """One of the records, found by its reference or part of its name.

    `labels` show placements; `searched` are their texts with full names, which are not shown.
    `names` is "full", "short" or "never".
    """
    if not known:
        command = "new" if record.NOUN == "placement" else "add"
        raise AnswersMissing(
            [f"a {record.NOUN}: there is none yet, add one with `ap {record.NOUN} {command}`"]
        )
    search = Search(record, known, labels or {}, names, searched or {})

    def problem(text: str) -> str:
        return search.problem(text) if text else NEEDED

    text = ask_line(
        f"Which {record.NOUN}? Part of a name, or a reference",
        problem,
        choices=list(search.labels.values()),
    )
    found = search.settle(text)
    return next(one for one in known if one.ref == found)


def ask_reference(
    search: Search, required: bool, old: str = "", new: bool = False, offered: bool = True
) -> str:
    """A reference chosen by part of a name; a sign such as "<", or nothing, if that is typed.

    With `new`, a record may be added: “new”, or “new” and the name that was typed and is nobody's.
    `old` is the label of the answer that Enter keeps. Without `offered` there are no suggestions.
    """

    def problem(text: str) -> str:
        if not text:
            return NEEDED if required and not old else ""
        if sign := read_sign(text):
            return NEEDED if required and sign in (UNSURE, AWAY) else ""
        if new and (text.lower() == NEW or search.is_new(text)):
            return ""
        return search.problem(text)

    ways = [NEW] if new else []
    choices = [*ways, *search.labels.values()] if offered else []
    while True:
        text = ask_line(bracket(old), problem, choices=choices)
        if not text or read_sign(text):
            return read_sign(text)
        if text.lower() == NEW:
            return NEW
        if not search.matches(text):
            if ask_whether_new(search, text):
                return f"{NEW} {text}"
            continue
        return search.settle(text)


Labelled = Sequence[tuple[str, str]]
"""References, each with the line that a person tells it by."""

AROUND = 5
"""The rows of the terminal around a list: what was typed, how many more, the prompt, a reserve."""

LEAST_LISTED = 3


def choose_numbered(found: Labelled, search: Callable[[str], Labelled]) -> str | None:
    """Return the reference that is chosen from a list by its number, or None if Enter is pressed.

    More of a name, or a reference, searches again with `search`, which may raise ApError.
    """
    last = 0
    while True:
        first = last + 1 if last < len(found) else 1
        last = min(first + room_for_list() - 1, len(found))
        say(number_labels(found, first, last))

        def problem(text: str, found: Labelled = found, last: int = last) -> str:
            if not text or read_number(text, last) or is_more(text, found, last):
                return ""
            return problem_of_search(text, last, search)

        text = ask_line("Number, or more of the name; Enter to leave:", problem)
        if not text:
            return None
        if number := read_number(text, last):
            return found[number - 1][0]
        if not is_more(text, found, last):
            found, last = search(text), 0
            if len(found) == 1:
                return found[0][0]


def is_more(text: str, found: Labelled, last: int) -> bool:
    """Tell whether the next page is asked for, and there is one."""
    return text.lower() in ("more", "n") and last < len(found)


def problem_of_search(text: str, last: int, search: Callable[[str], Labelled]) -> str:
    """Say why a text finds nothing; empty if it does."""
    if text.isdecimal():
        return f"Choose a number from 1 to {last}."
    try:
        return "" if search(text) else "No name has that in it. Type a number, or another part."
    except ApError as problem:
        return str(problem)


def room_for_list() -> int:
    """Return how many rows of a list fit the terminal."""
    return max(rows_of_terminal() - AROUND, LEAST_LISTED)


def number_labels(found: Labelled, first: int, last: int) -> str:
    """The lines of a list from one number to another, and how many more there are."""
    lines = [f"{number:>4}  {found[number - 1][1]}" for number in range(first, last + 1)]
    if last < len(found):
        lines.append(f"{len(found) - last} more: type “more” to see them")
    return "\n".join(lines)


def ask_whether_new(search: Search, text: str) -> bool:
    """Whether a name that nobody has is that of a new record; Enter means no if one is near it."""
    near = search.list_near(text)
    for label in near:
        say(f"  Nearly the same: {label}")
    noun = search.record.NOUN
    asked = f"No {noun} matches that. Is “{shortened(text)}” a new {noun}?"
    return ask_yes(asked, usual=not near)


class Search:
    """Records to be found by their reference, their label or a part of it.

    A full name finds a pupil even where the labels show it short or not at all.
    """

    def __init__(
        self,
        record: type[Noun],
        known: Sequence[Noun],
        labels: Mapping[str, str],
        names: str = "full",
        searched: Mapping[str, str] | None = None,
    ) -> None:
        self.record, self.known = record, known
        self.labels = {one.ref: labels.get(one.ref) or describe_record(one, names) for one in known}
        texts = labels if searched is None else {**labels, **searched}
        self._searched = {one.ref: texts.get(one.ref) or describe_record(one) for one in known}
        self._offered: tuple[str, ...] = ()

    def matches(self, text: str) -> list[str]:
        """The references that a text may mean.

        By the number in the list that was offered, the reference, whole label, UPN, or a part.
        """
        if self._offered and text.isdecimal():
            chosen = read_number(text, len(self._offered))
            return [self._offered[chosen - 1]] if chosen else []
        number = re.fullmatch(rf"{self.record.PREFIX}-?0*(\d+)", text, re.ASCII | re.IGNORECASE)
        exact = [one.ref for one in self.known if number and one.id == int(number[1])]
        whole = [ref for ref, label in self.labels.items() if text == label]
        part = [ref for ref, has in self._searched.items() if text.casefold() in has.casefold()]
        return exact or whole or self._with_upn(text) or part

    def _with_upn(self, text: str) -> list[str]:
        from ..domain.pupil import Pupil

        upn = close_up(text).upper()
        return [one.ref for one in self.known if isinstance(one, Pupil) and upn in one.upns]

    def list_near(self, text: str) -> list[str]:
        """The labels of records whose name, or a word of it, is spelt nearly so; at most three."""
        from ..services.meant import MOST, fold, named_like

        names = {one.id: str(getattr(one, "name", "")) for one in self.known}
        near = named_like(names, fold(text))[:MOST]
        return [self.labels[reference(self.record.PREFIX, id)] for id in near]

    def is_new(self, text: str) -> bool:
        """Whether a text may be the name of a record that is still to be added."""
        is_reference = re.fullmatch(r"[a-z]{1,2}-?\d+", text, re.ASCII | re.IGNORECASE)
        is_name = any(character.isalpha() for character in text) and len(text) > 1
        return is_name and not is_reference and not self.matches(text)

    def problem(self, text: str) -> str:
        """Why a text does not choose one record; empty if it does."""
        refs = self.matches(text)
        if not refs and self._offered and text.isdecimal():
            return f"Choose a number from 1 to {len(self._offered)}, or type more of the name."
        if not refs:
            return f"No {self.record.NOUN} matches that. Type part of a name, or a reference."
        if len(refs) == 1:
            return ""
        self._offered = tuple(refs[: room_for_list() - 1])
        lines = [f"{len(refs)} match. Type a number, or more of the name:"]
        lines += [f"{at:>4}  {self.labels[ref]}" for at, ref in enumerate(self._offered, 1)]
        if more := len(refs) - len(self._offered):
            lines.append(f"  {more} more")
        return "\n".join(lines)

    def settle(self, text: str) -> str:
        """The one reference that a text means; its label is shown if it was not typed whole."""
        (ref,) = self.matches(text)
        if text != self.labels[ref]:
            say(f"  {self.labels[ref]}")
        return ref


def describe_record(noun: Noun, names: str = "full") -> str:
    """A record in a line, for people to know it by; `names` is how a pupil's name is shown."""
    from ..domain.placement import Placement
    from ..domain.pupil import Pupil, short_name

    if isinstance(noun, Pupil):
        name = short_name(noun.name) if names == "short" else noun.name
        called = noun.ref if names == "never" else f"{noun.ref} {shortened(name, 50)}"
        return f"{called}, born {words(noun.born)}"
    if isinstance(noun, Placement):
        return f"{noun.ref} from {words(noun.starts)}"
    return f"{noun.ref} {shortened(getattr(noun, 'name', ''), 50)}"


MOST_ALIKE = 8
"""How many records that look the same are listed, the likeliest first."""


def ask_which_same(same: Sequence[N], names: str = "full") -> N | None:
    """The record on file that a new one turns out to be, or None if it is another."""
    say("There is already:")
    for one in same[:MOST_ALIKE]:
        say(f"  {describe_record(one, names)}")
    if len(same) > MOST_ALIKE:
        say(f"  and {len(same) - MOST_ALIKE} more")
    options = [one.ref for one in same]

    def problem(text: str) -> str:
        if not text or pick_option(text.upper(), options) in options:
            return ""
        return f"Type {' or '.join(options[:MOST_ALIKE])}, or press Enter."

    text = ask_line("Is it this one? Its reference, or Enter to add another", problem)
    ref = pick_option(text.upper(), options) if text else ""
    return next((one for one in same if one.ref == ref), None)
