"""Keeping what is typed into a form as a draft, until it is saved or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from ..domain.entries import KINDS
from ..domain.readers import answer, keys_of_parts
from ..errors import Interrupted, StoreProblem
from ..forms.filling import NOT_KNOWN, SKIPPED
from ..forms.form import Form, Question, questions
from ..forms.text import shortened
from ..services import drafts
from ..services.meanwhile import write_down
from ..stopping import NOTHING_SAVED
from ..store.author import Author
from ..store.connection import DATABASE_ERRORS
from ..store.opening import Store
from .prompts import say
from .run import Interview
from .steps import Answers, Step
from .typed import type_again
from .written import PARTED


def try_to_save(save: Callable[[], None]) -> bool:
    """Save a draft; say so and return False if the store cannot take it."""
    try:
        save()
    except (StoreProblem, *DATABASE_ERRORS) as problem:
        say(f"  the draft could not be saved ({problem}); the next answer tries again")
        return False
    return True


class DraftKeeper:
    """Saves the answers of one form as a draft after each, so that even a closed window loses none.

    `known` are the answers that the program gave or proposed: a draft of these alone is empty.
    `read` is the record that the form corrects, as it was read; the draft keeps the fields of it
    that are answered, or those that `writes` names.
    """

    def __init__(
        self,
        store: Store,
        author: Author,
        open: drafts.OpenForm,
        draft: drafts.Draft | None = None,
        known: Mapping[str, Any] | None = None,
        read: Form | None = None,
        writes: Sequence[str] = (),
    ) -> None:
        self.store, self.author, self.open, self.draft = store, author, open, draft
        self._read, self._writes = read, tuple(writes)
        self._known = dict(known or {})
        self._unsaved: Answers | None = None

    @property
    def number(self) -> int | None:
        """The number of the draft, for the service that removes it with what it writes."""
        return self.draft.id if self.draft else None

    def after(self, interview: Interview, _: Step) -> None:
        """Save the answers of an interview: what is called after each that changed."""
        self.note(interview.answers)

    def note(self, answers: Answers) -> None:
        """Save these answers; if nothing is left of them, the draft goes as well."""
        self._unsaved = answers
        if try_to_save(partial(self._save, answers)):
            self._unsaved = None

    def _save(self, answers: Answers) -> None:
        new = {key: value for key, value in answers.items() if self._known.get(key) != value}
        if not drafts.says_something(new):
            self.drop()
            return
        read = self._written_down(answers)
        self.draft = drafts.keep(self.store, answers, self.author, self.draft, self.open, read)

    def _written_down(self, answers: Answers) -> dict[str, Any]:
        """What the form had read of the fields that it writes; nothing if it corrects none."""
        if self._read is None:
            return {}
        names = self._writes or answered_names(type(self._read), answers)
        return write_down(self._read, names)

    def go_on(self, form: type[Form], today: date, apart: str = "") -> Answers:
        """The answers of the draft, if there is one, that the form still takes.

        A draft may be older than the program that goes on with it: an answer that is no longer
        taken is shown, so that it is not lost. `apart` is no question of the form.
        """
        if self.draft is None:
            return {}
        say(f"Going on with {self.draft.ref}, {self.draft.open.label}.")
        return usable_answers(form, self.draft, today, apart)

    def drop(self) -> None:
        """Delete the draft, as nothing is left to go on with."""
        if self.draft:
            drafts.drop_own(self.store, self.draft)
        self.draft = None

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Within the block, an interruption or an error says where the answers are kept."""
        try:
            yield
        except (KeyboardInterrupt, EOFError):
            raise Interrupted(self._where()) from None
        except Interrupted:
            raise
        except Exception:
            where = self._where()
            if self.draft:
                say(where)
            raise

    def _where(self) -> str:
        if self._unsaved is not None:
            self.note(self._unsaved)
        return say_where(self.draft)


def answered_names(form: type[Form], answers: Answers) -> list[str]:
    """List the fields of a form that answers are about, those that are not known yet included."""
    unsure = answers.get(NOT_KNOWN) or ()
    return [
        question.name
        for question in questions(form)
        if any(key in answers or key in unsure for key in (question.key, *keys_of_parts(question)))
    ]


def say_where(draft: drafts.Draft | None) -> str:
    """A line that says where the answers of an interrupted form are."""
    if draft is None:
        return NOTHING_SAVED
    saved = f"stopped; your answers are saved as {draft.ref}, {draft.open.label}"
    return f"{saved}: ap draft resume {draft.ref}"


def usable_answers(form: type[Form], draft: drafts.Draft, today: date, apart: str = "") -> Answers:
    """The answers of a draft that the form still takes; the others are shown."""
    asked = {question.key: question for question in questions(form)}
    parts = {key for question in asked.values() for key in keys_of_parts(question)}
    usable: Answers = {}
    for key, value in draft.answers.items():
        if key == apart:
            continue
        if key in (NOT_KNOWN, SKIPPED):
            usable[key] = [name for name in value if name in asked or is_of_entry(name)]
        elif (
            key in parts
            or is_of_entry(key)
            or (key in asked and _can_be_read(asked[key], value, today))
        ):
            usable[key] = value
        else:
            say(f"  left out of {draft.ref}: {key.replace('_', ' ')}: {_typed(value)}")
    return usable


def is_of_entry(key: str) -> bool:
    """Whether a key is that of an answer about an entry, such as "advice.approach"."""
    kind, _, name = key.partition(PARTED)
    return kind in KINDS and any(question.key == name for question in questions(KINDS[kind]))


def _can_be_read(question: Question, value: Any, today: date) -> bool:
    if keys_of_parts(question):
        return True
    try:
        answer(question, {question.key: value}, today)
    except ValueError:
        return False
    return True


def _typed(value: Any) -> str:
    return shortened(type_again(value), 200)
