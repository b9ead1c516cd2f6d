"""Read and write drafts, which have no audit, as no rule looks at them."""

from __future__ import annotations

from typing import Any

from ...forms.form import reference
from ..opening import Store
from .numbers import take_number

SEVERAL = ", "
"""What stands between the references of a form that is recorded for several."""


def drafts(store: Store) -> list[tuple[Any, ...]]:
    """List the rows of the drafts in order: id, form, about, answers, who and at."""
    return list(store.rows("SELECT id, form, about, answers, who, at FROM draft ORDER BY id"))


def replace_draft(
    store: Store, id: int, answers: str, who: str, at: str, owner: int | None, saved_before: str
) -> bool:
    """Save answers over a draft; return False if it was saved or removed since `saved_before`.

    `owner` is the number of the commissioner that it belongs to.
    """
    changed = store.row(
        "UPDATE draft SET answers = :answers, who = :who, at = :at, commissioner = :owner"
        " WHERE id = :id AND at = :before RETURNING id",
        id=id,
        answers=answers,
        who=who,
        at=at,
        owner=owner,
        before=saved_before,
    )
    return changed is not None


def add_draft(
    store: Store,
    form: str,
    about: str | None,
    answers: str,
    who: str,
    at: str,
    owner: int | None,
) -> int:
    """Save a new draft of a form, and return its number; `about` is the record it is about.

    `owner` is the number of the commissioner that it belongs to.
    """
    id = take_number(store, "draft")
    store.rows(
        "INSERT INTO draft (id, form, about, answers, who, at, commissioner)"
        " VALUES (:id, :form, :about, :answers, :who, :at, :owner)",
        id=id,
        form=form,
        about=about,
        answers=answers,
        who=who,
        at=at,
        owner=owner,
    )
    return id


def delete_draft(store: Store, id: int, saved_last: str | None = None) -> bool:
    """Delete a draft; return False if there is none, or if it was saved after `saved_last`."""
    deleted = store.row(
        "DELETE FROM draft WHERE id = :id AND (:at IS NULL OR at = :at) RETURNING id",
        id=id,
        at=saved_last,
    )
    return deleted is not None


def subject_of_entry(store: Store, id: int) -> str | None:
    """Return the reference that an entry is about; None if there is no such entry."""
    found = store.row("SELECT placement, pupil, provider FROM entry WHERE id = :id", id=id)
    if found is None:
        return None
    subjects = zip(("PL", "P", "PR"), found, strict=True)
    return next((reference(prefix, number) for prefix, number in subjects if number), None)
