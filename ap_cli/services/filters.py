"""Filter lists by words: `live`, `provider:PR-3`, `school:elm`, `due:2w`, or any text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from msgspec import Struct

from ..domain.identifiers import close_up, is_like_upn
from ..domain.options import Tier
from ..domain.placement import Placement, State
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import ApError
from ..forms.facts import recorded
from ..forms.form import Noun
from ..forms.readers import suggest
from ..forms.text import echo
from ..store.queries.lists import Listed

STATES: dict[str, tuple[State, ...]] = {
    "live": (State.LIVE, State.PAST_ITS_END),
    "planned": (State.PLANNED,),
    "ended": (State.ENDED, State.NEVER_STARTED),
}
"""The words for where a placement stands; a child past the planned end is still there."""

NOT_ENDED = (*STATES["live"], *STATES["planned"])
KEYS = {
    "provider": "PR-3",
    "pupil": "P-2",
    "school": "elm",
    "tier": "2",
    "owner": "NAME",
    "due": "2w",
}
"""The words that take a value, each with an example."""

NONE = "none"
LATE = ("late", "overdue")


class Due(Struct, frozen=True):
    """When the next review is due: from one day to another, both counted."""

    first: date
    last: date


class Wanted(Struct, frozen=True):
    """What a list is asked for; an empty part asks for nothing.

    Of several values of one key any will do; every text has to be found.
    """

    states: tuple[State, ...] = ()
    values: dict[str, tuple[str, ...]] = {}
    due: tuple[Due, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for, so that all is listed."""
        return not (self.states or self.values or self.due or self.texts)


def read_words(words: Sequence[str], on: date, taken: Collection[str] = ()) -> Wanted:
    """Read the words of a list; raise ApError, saying what works, for a word it does not take.

    `taken` has the states and keys that the list takes, if not all.
    """
    works = [word for word in (*STATES, *KEYS) if not taken or word in taken]
    states: list[State] = []
    values: dict[str, tuple[str, ...]] = {}
    due: list[Due] = []
    texts: list[str] = []
    for word in words:
        key, value = _parted(word)
        if key:
            if key not in works or not value:
                raise ApError(describe_words(key, works))
            if key == "due":
                due.append(read_due(value, on))
            else:
                values[key] = (*values.get(key, ()), _checked(key, value))
        elif word.casefold() in STATES:
            if word.casefold() not in works:
                raise ApError(describe_words(word.casefold(), works))
            states += STATES[word.casefold()]
        else:
            texts.append(word)
    return Wanted(tuple(states), values, tuple(due), tuple(texts))


def refuse_names(wanted: Wanted, names: Collection[str]) -> None:
    """Raise ApError if a text is in a pupil's name, where names are not searched.

    The list would be empty, as if nothing were there. `names` are those of all pupils.
    """
    for text in (*wanted.texts, *wanted.values.get("pupil", ())):
        if any(text.casefold() in name.casefold() for name in names):
            raise ApError(
                f"“{echo(text, 20)}” finds nothing here, as pupils' names are searched only"
                " with --names: add --names, or type a reference such as P-0001"
            )


def _parted(word: str) -> tuple[str, str]:
    """Part `school:elm` into its key and value; a text without a key has an empty one."""
    found = re.fullmatch(r"([A-Za-z]+):(\S.*|)", word, re.DOTALL)
    return (found[1].lower(), found[2].strip()) if found else ("", word)


def describe_words(key: str, works: Sequence[str]) -> str:
    """Say which words a list takes, and which was perhaps meant."""
    offered = [f"{word}:{KEYS[word]}" if word in KEYS else word for word in works]
    return (
        f"this list does not know “{echo(key, 20)}”{suggest(key, works)}: type"
        f" {', '.join(offered)}, or part of a name"
    )


def _checked(key: str, value: str) -> str:
    """Return a value in the form in which it is compared; raise ApError if it can be none."""
    if key != "tier":
        return value.casefold()
    tiers = [str(tier) for tier in Tier if str(tier).startswith(value.casefold())]
    if not tiers:
        raise ApError(f"tier: choose one of 1, {', '.join(Tier)}, not “{echo(value, 20)}”")
    return value.casefold()


def read_due(text: str, on: date) -> Due:
    """Read `2w`, `<2w`, `>10d` or `late` as days from today; raise ApError if it is none."""
    value = text.casefold()
    if value in LATE:
        return Due(date.min, on - timedelta(days=1))
    found = re.fullmatch(r"([<>]?)(\d{1,3})([dw])", value, re.ASCII)
    if found is None:
        raise ApError(
            f"due: “{echo(text, 20)}” is not a time: type due:2w for the next two weeks,"
            " due:10d, or due:late"
        )
    day = on + timedelta(days=int(found[2]) * (7 if found[3] == "w" else 1))
    return Due(day, date.max) if found[1] == ">" else Due(date.min, day)


def matches(
    wanted: Wanted, one: Listed, on: date, names: bool, due: date | None, tests_text: bool = True
) -> bool:
    """Tell whether a placement is asked for; pupils' names are looked at only with `names`."""
    if wanted.states and one.placement.state(on) not in wanted.states:
        return False
    if wanted.due and not is_due(wanted.due, due):
        return False
    for key, values in wanted.values.items():
        if not any(_has(one, key, value, names) for value in values):
            return False
    return not tests_text or all(has_text(one, text, names) for text in wanted.texts)


def is_due(wanted: Sequence[Due], due: date | None) -> bool:
    """Tell whether a day is in one of these times."""
    return due is not None and any(each.first <= due <= each.last for each in wanted)


def _has(one: Listed, key: str, value: str, names: bool) -> bool:
    placement = one.placement
    if key == "provider":
        return is_reference(value, Provider, placement.provider) or (
            value in one.provider_name.casefold()
        )
    if key == "pupil":
        named = names and value in one.pupil_name.casefold()
        return named or is_reference(value, Pupil, placement.pupil)
    if key == "school":
        return has_school(one.school, value)
    if key == "tier":
        return recorded(placement.tier) and str(placement.tier).startswith(value)
    owner = placement.owner if recorded(placement.owner) else ""
    return not owner if value == NONE else value in owner.casefold()


def has_school(school: str | None, value: str) -> bool:
    """Tell whether a home school has this in its name; “none” finds who has none."""
    if value == NONE:
        return school is None or school.casefold() == NONE
    return school is not None and value in school.casefold()


def has_text(one: Listed, text: str, names: bool) -> bool:
    """Tell whether a text is in a placement's names, or is one of its references."""
    placement, value = one.placement, text.casefold()
    if names and value in one.pupil_name.casefold():
        return True
    if value in one.provider_name.casefold() or value in (one.school or "").casefold():
        return True
    return (
        is_reference(value, Placement, placement.id)
        or is_reference(value, Pupil, placement.pupil)
        or is_reference(value, Provider, placement.provider)
    )


def is_reference(text: str, noun: type[Noun], id: int) -> bool:
    """Tell whether a text is the reference of this record, however it is typed."""
    pattern = rf"{noun.PREFIX}-?0*{id}"
    return re.fullmatch(pattern, text.strip(), re.ASCII | re.IGNORECASE) is not None


def is_upn_of(text: str, pupil: Pupil) -> bool:
    """Tell whether a text is a UPN of this pupil, present or former."""
    upn = close_up(text).upper()
    return is_like_upn(upn) and upn in pupil.upns
