"""What an explanation calls the things that a rule looks at, written beside them.

A derived value is called by the first sentence of its docstring. A field is named with
`explained_fields`, a question with arguments with `explained`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type)

Wording = Callable[..., str]


class Explained(Struct, frozen=True):
    """How a question with arguments is called in an explanation, and its answer.

    `text` names its arguments in curly brackets, or is a function of them. `answer` puts the answer
    in words: a function of whoever is asked, the answer and the arguments.
    """

    text: str | Wording
    answer: Wording | None = None


class FieldLabel(Struct, frozen=True):
    """How a field is called in an explanation, and the fact in the record that it comes from.

    `owner` is for a field that is opened up: it is added to what is asked of its value.
    """

    text: str = ""
    fact: str = ""
    owner: str = ""


NO_LABEL = FieldLabel()


def explained(text: str | Wording, answer: Wording | None = None) -> Callable[[F], F]:
    """Say how an explanation calls a question with arguments: "the marks of {day}".

    The method itself is left as it is, so that asking it takes no longer.
    """

    def mark(method: F) -> F:
        method.__explained__ = Explained(text, answer)  # type: ignore[attr-defined]
        return method

    return mark


def explanation_of(method: Any) -> Explained | None:
    """Return how a method is called in an explanation; None if nothing is written beside it."""
    found: Explained | None = getattr(method, "__explained__", None)
    return found


def explained_fields(**labels: str | FieldLabel) -> Callable[[C], C]:
    """Say how an explanation calls the fields of a class; raise TypeError for an unknown field."""

    def mark(record: C) -> C:
        unknown = labels.keys() - set(record.__struct_fields__)  # type: ignore[attr-defined]
        if unknown:
            raise TypeError(f"{record.__name__} has no field {', '.join(sorted(unknown))}")
        own = {
            name: FieldLabel(label) if isinstance(label, str) else label
            for name, label in labels.items()
        }
        record.FIELD_LABELS = {**labels_of(record), **own}  # type: ignore[attr-defined]
        return record

    return mark


def labels_of(record: type) -> Mapping[str, FieldLabel]:
    """Map the fields of a class to their labels, those that it inherits included."""
    found: Mapping[str, FieldLabel] = getattr(record, "FIELD_LABELS", {})
    return found
