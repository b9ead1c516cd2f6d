"""Facts: what is recorded, and what happens when a decision needs one that is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NoReturn, TypeGuard, TypeVar, Union

from msgspec import Struct

T = TypeVar("T")


class CannotTell(Exception):
    """A decision needs a fact that nobody has recorded; `unknown` names it."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.fact)
        self.unknown = unknown


class Asked(Struct, frozen=True):
    """Who answered "not known yet", and on what day."""

    by: str
    on: date


class Unknown:
    """A fact that nobody recorded: it can be passed on and shown, but not decided on."""

    __slots__ = ("asked", "fact")

    def __init__(self, fact: str, asked: Asked | None = None) -> None:
        self.fact, self.asked = fact, asked

    def _refuse(self, *_: object) -> NoReturn:
        raise CannotTell(self)

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __call__ = __hash__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = __index__ = __round__ = _refuse
    __neg__ = __abs__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = (
        _refuse
    )

    def __eq__(self, other: object) -> bool:
        if (
            isinstance(other, Unknown) and other.fact == self.fact
        ):  # records with the same gaps are equal
            return self.asked == other.asked
        raise CannotTell(self)

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):  # copy, pickle, Rich and pytest ask for these
            raise AttributeError(name)
        raise CannotTell(self)

    def __repr__(self) -> str:
        return f"Unknown({self.fact!r})"

    def __str__(self) -> str:
        return "not known yet" if self.asked else "not recorded"


class Doubted(Unknown):
    """A fact that another one contradicts, so that it cannot be decided on; `why` says how."""

    __slots__ = ("why",)

    def __init__(self, fact: str, why: str) -> None:
        super().__init__(fact)
        self.why = why

    def __str__(self) -> str:
        return self.why


Fact = Union[T, Unknown]
"""A value that may be missing from the record."""


def recorded(fact: Fact[T]) -> TypeGuard[T]:
    """Return whether anybody recorded it, for decisions in which a gap is itself the point."""
    return not isinstance(fact, Unknown)


def need(fact: Fact[T]) -> T:
    """Return the value of a fact that a decision needs; raise CannotTell if it is not recorded."""
    if isinstance(fact, Unknown):
        raise CannotTell(fact)
    return fact


def is_yes(fact: Fact[bool]) -> bool:
    """Return whether a fact is recorded, and so."""
    return recorded(fact) and fact


def negate(fact: Fact[bool]) -> Fact[bool]:
    """Return the opposite of a fact; the gap itself if it is not recorded."""
    return fact if isinstance(fact, Unknown) else not fact


def first_gap(facts: Iterable[Fact[object]]) -> Unknown | None:
    """Return the first of some facts that is not recorded; None if all are."""
    return next((fact for fact in facts if isinstance(fact, Unknown)), None)


def any_of(*facts: Fact[bool]) -> Fact[bool]:
    """Return True as soon as one is true; unknown if one that could be is not recorded."""
    return _decided(facts, True)


def all_of(*facts: Fact[bool]) -> Fact[bool]:
    """Return False as soon as one is false; unknown if one that could be is not recorded."""
    return _decided(facts, False)


def _decided(facts: tuple[Fact[bool], ...], decisive: bool) -> Fact[bool]:
    gap: Unknown | None = None
    for fact in facts:
        if isinstance(fact, Unknown):
            gap = fact if gap is None else gap
        elif bool(fact) is decisive:
            return decisive
    return gap if gap is not None else not decisive
