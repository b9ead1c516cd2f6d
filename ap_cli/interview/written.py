"""Answers of the wizard that are entries too: they are asked once, and saved with the placement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain.entries.before import Advice, Sharing
from ..domain.entries.entry import Entry
from ..domain.readers import fill
from ..forms.form import Form, question
from .steps import Answers, Asking, FormStep

PARTED = "."
"""What parts the kind of an entry from the key of its question: "advice.approach"."""


class EntryStep(FormStep):
    """A question of an entry, asked beside those of the placement."""

    def __init__(self, form: type[Entry], name: str, topic: str, text: str = "") -> None:
        asked = question(form, name)
        if asked is None:
            raise LookupError(f"{form.__name__} has no question {name!r}")
        super().__init__(asked, topic=topic, text=text)
        self.form = form
        self.keys = (f"{form.KIND}{PARTED}{asked.key}",)
        self.required = False

    @property
    def name(self) -> str:
        """The kind of the entry and the key of the question."""
        return self.keys[0]

    def applies(self, asking: Asking) -> bool:
        """Whether it is asked, by the other answers of its entry."""
        return self.question.when is None or self.question.when(OfEntry(asking, self.form))

    def read(self, asking: Asking, typed: str) -> Answers:
        """The answer under the key of its entry."""
        (given,) = super().read(asking, typed).values()
        return {self.keys[0]: given}

    def shown(self, asking: Asking) -> str:
        """The answer as it would be typed again."""
        return self.old(asking)


class OfEntry:
    """The answers about one entry, as its questions look at them."""

    def __init__(self, asking: Asking, form: type[Form]) -> None:
        self.today, self._asking, self._form = asking.today, asking, form

    def value(self, name: str) -> Any:
        """The answer to a question of the entry, or None."""
        from ..domain.readers import answer

        asked = question(self._form, name)
        given = answers_of_kind(self._asking.answers, getattr(self._form, "KIND", ""))
        return answer(asked, given, self.today) if asked else None

    def named(self, name: str) -> Any:
        """The record whose reference answers a question of the placement."""
        return self._asking.named(name)


def answers_of_kind(answers: Mapping[str, Any], kind: str) -> Answers:
    """The answers about an entry of a kind, by the keys of its questions."""
    start = f"{kind}{PARTED}"
    return {
        key.removeprefix(start): value for key, value in answers.items() if key.startswith(start)
    }


def without_entries(answers: Mapping[str, Any]) -> Answers:
    """The answers about the placement itself."""
    left = {key: value for key, value in answers.items() if PARTED not in key}
    for name in ("not_known", "skipped"):
        if name in left:
            left[name] = [key for key in left[name] if PARTED not in key]
    return {key: value for key, value in left.items() if value != []}


def entry_steps() -> dict[str, list[EntryStep]]:
    """The questions of entries by the section in which they are asked."""
    tried, shared = "What you have tried", "Sharing information"
    return {
        tried: [
            EntryStep(Advice, "approach", tried),
            EntryStep(Advice, "said", tried),
        ],
        shared: [
            EntryStep(Sharing, name, shared)
            for name in ("whom", "sen", "medical", "literacy", "safeguarding")
        ],
    }


def entries_of(answers: Mapping[str, Any], today: date, by: str) -> list[Entry]:
    """The entries that the answers make, of today."""
    made: list[Entry] = []
    advice = answers_of_kind(answers, Advice.KIND)
    if "approach" in advice:
        made.append(fill(Advice, {"day": today, "by": by, "tried": "yes", **advice}, today))
    if sharing := answers_of_kind(answers, Sharing.KIND):
        made.append(fill(Sharing, {"day": today, "by": by, **sharing}, today))
    return made
