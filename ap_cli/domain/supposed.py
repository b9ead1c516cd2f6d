"""A placement as it might be: its own questions, with those of its pupil and its provider that rules turn on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ..forms.facts import Unknown
from ..forms.form import Noun, Record, questions
from .periods import Periods
from .placement import Placement
from .provider import Provider
from .pupil import Pupil

OF_THE_PUPIL = tuple(
    question.name for question in questions(Pupil) if question.type in (Periods, bool)
)
OF_THE_PROVIDER = ("registered",)


@cache
def supposed() -> type[Record]:
    """The form: whatever may be supposed of a placement, of its pupil's circumstances, and of its provider."""
    return _with(_with(Placement, Pupil, OF_THE_PUPIL), Provider, OF_THE_PROVIDER)


def _with(form: type[Record], source: type[Noun], names: Sequence[str]) -> type[Record]:
    """A form with questions of another added, each as it stands there."""
    own: dict[str, Any] = {name: Unknown(f"{source.NOUN}.{name}") for name in names}
    own |= {
        "__module__": source.__module__,
        "__annotations__": {name: source.__annotations__[name] for name in names},
    }
    make: Any = type(Record)
    return make("Supposed", (form,), own, frozen=True, kw_only=True)  # type: ignore[no-any-return]


def of(form: type[Noun], given: Mapping[str, Any]) -> dict[str, Any]:
    """Of the answers to the form those that a noun asks for itself, with what belongs to them."""
    from .answers import companions

    known = {key for question in questions(form) for key in (question.key, *companions(question))}
    theirs = {name for names in (OF_THE_PUPIL, OF_THE_PROVIDER) for name in names}
    kept = known if form is not Placement else known - theirs
    return {
        key: value for key, value in given.items() if key in kept and value not in (None, [], ())
    }
