"""Read and write drafts, which have no audit, as no rule looks at them."""

from __future__ import annotations

from typing import Any

from ..opening import Store


def drafts(store: Store) -> list[tuple[Any, ...]]:
    """List the rows of the drafts in order: id, answers, who and at."""
    return list(store.rows("SELECT id, answers, who, at FROM draft ORDER BY id"))


def replace_draft(
    store: Store, id: int, answers: str, who: str, at: str, saved_before: str
) -> bool:
    """Save answers over a draft; return False if it was saved or removed since `saved_before`."""
    changed = store.row(
        "UPDATE draft SET answers = :answers, who = :who, at = :at WHERE id = :id"
        " AND at = :before RETURNING id",
        id=id,
        answers=answers,
        who=who,
        at=at,
        before=saved_before,
    )
    return changed is not None


def add_draft(store: Store, answers: str, who: str, at: str) -> int:
    """Save a new draft, and return its number."""
    (id,) = store.row(
        "INSERT INTO draft (form, answers, who, at) VALUES ('placement', :answers, :who, :at)"
        " RETURNING id",
        answers=answers,
        who=who,
        at=at,
    )
    return int(id)


def delete_draft(store: Store, id: int) -> bool:
    """Delete a draft; return False if there is no such draft."""
    return store.row("DELETE FROM draft WHERE id = :id RETURNING id", id=id) is not None
