"""A placement as it might be.

It asks its own questions, with those of its pupil and its provider that rules turn on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from inspect import get_annotations
from typing import Any

from ..forms.facts import Unknown
from ..forms.form import Form, FormMeta, Noun, questions
from .periods import Periods
from .placement import Placement
from .provider import Provider
from .pupil import Pupil

OF_THE_PUPIL = tuple(
    question.name for question in questions(Pupil) if question.type in (Periods, bool)
)
OF_THE_PROVIDER = ("registered",)


@cache
def supposed() -> type[Form]:
    """Make the form of what may be supposed of a placement, its pupil and its provider."""
    return _with(_with(Placement, Pupil, OF_THE_PUPIL), Provider, OF_THE_PROVIDER)


def _with(form: type[Form], source: type[Noun], names: Sequence[str]) -> type[Form]:
    """Return a form with questions of another added, as they stand there."""
    types = get_annotations(source)
    fields: dict[str, Any] = {name: Unknown(f"{source.NOUN}.{name}") for name in names}
    fields["ASKS"] = {name: source.ASKS[name] for name in names}
    fields["__annotations__"] = {name: types[name] for name in names}
    return FormMeta("Supposed", (form,), fields)  # type: ignore[no-any-return]


def answers_for(form: type[Noun], given: Mapping[str, Any]) -> dict[str, Any]:
    """Select the answers to questions of a noun's own form, with their further answers."""
    from .readers import keys_of_parts

    known = {
        key for question in questions(form) for key in (question.key, *keys_of_parts(question))
    }
    theirs = {name for names in (OF_THE_PUPIL, OF_THE_PROVIDER) for name in names}
    kept = known if form is not Placement else known - theirs
    return {
        key: value for key, value in given.items() if key in kept and value not in (None, [], ())
    }
