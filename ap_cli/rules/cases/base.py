"""What rules decide on, and what several of them share about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ...forms.form import Record

T = TypeVar("T")
_NUMBERS = count()


class Case(Record, frozen=True, dict=True):
    """What a rule decides on, whatever it is about."""


class Member(Record, frozen=True):
    """One of several children or placements in a case: an explanation opens up each by itself."""

    NAMED_BY: ClassVar[str]
    """The field by which an explanation names it."""

    @property
    def known_as(self) -> str:
        """The reference by which an explanation names it."""
        return str(getattr(self, self.NAMED_BY))


class derived(cached_property[T]):
    """A property that is worked out once a case.

    The first sentence of its docstring is what an explanation calls it. It has no lock, unlike a
    cached property: a case has one reader.
    """

    if not TYPE_CHECKING:

        def __get__(self, case: Any, owner: Any = None) -> Any:
            if case is None:
                return self
            value = case.__dict__[self.attrname] = self.func(case)
            return value


def once(work: Callable[[Any], T]) -> Callable[[Any], T]:
    """Share the outcome of work on a case among its rules: it is done once a case.

    The decision, its message, its remedy and other rules use it. On a watched case it is done
    again, so that every explanation is whole.
    """
    key = f"{work.__qualname__} {next(_NUMBERS)}"

    @wraps(work)
    def ask(case: Any) -> T:
        if not issubclass(type(case), Case):
            return work(case)
        known = case.__dict__
        if key not in known:
            known[key] = work(case)
        return known[key]  # type: ignore[no-any-return]

    return ask


def once_a_case(method: Callable[[Any, Any], T]) -> Callable[[Any, Any], T]:
    """Share the outcome of a rule's work on a case among `holds`, `problem` and `remedy`.

    It is done once a case. On a watched case it is done again, so that every explanation is whole.
    """

    @wraps(method)
    def ask(rule: Any, case: Any) -> T:
        if not issubclass(type(case), Case):
            return method(rule, case)
        known, key = case.__dict__, f"{rule.id}.{method.__name__}"
        if key not in known:
            known[key] = method(rule, case)
        return known[key]  # type: ignore[no-any-return]

    return ask
