"""Unfinished placements, saved as drafts; no rule looks at them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from msgspec.json import decode, encode

from ..errors import ApError, NotFound
from ..forms.filling import NOT_KNOWN, SKIPPED
from ..forms.form import reference
from ..forms.text import shortened
from ..store.author import Author
from ..store.damage import UNREADABLE, unreadable
from ..store.opening import Store
from ..store.queries import drafts as stored


class Draft(Struct, frozen=True):
    """An unfinished placement: the answers so far, who began it and when it was last saved."""

    id: int
    answers: dict[str, Any]
    who: str
    at: datetime

    @property
    def ref(self) -> str:
        """Return its reference: `D-0001`."""
        return reference("D", self.id)


def keep(
    store: Store, answers: Mapping[str, Any], author: Author, before: Draft | None = None
) -> Draft:
    """Save the answers so far over the draft as it was last read or saved.

    Use a new number if there was no draft, or if somebody else has saved, finished or dropped it
    meanwhile, so that nobody's answers are overwritten. Drafts have no audit, as no rule looks at
    them.
    """
    now = datetime.now(UTC)
    values = encode(dict(answers), enc_hook=str).decode(), author.who, now.isoformat()
    if before is not None and stored.replace_draft(
        store, before.id, *values, saved_before=before.at.isoformat()
    ):
        id = before.id
    else:
        id = stored.add_draft(store, *values)
    return Draft(id, dict(answers), author.who, now)


def listed(store: Store) -> list[Draft]:
    """List every draft, in order; raise StoreProblem with the reference of a damaged one."""
    return [_read(*row) for row in stored.drafts(store)]


def _read(id: int, answers: str, who: str, at: str) -> Draft:
    try:
        read_back: dict[str, Any] = decode(answers, type=dict[str, Any])
        if not all(
            isinstance(key, str) for name in (SKIPPED, NOT_KNOWN) for key in read_back.get(name, ())
        ):
            raise ValueError("skipped and not_known are lists of questions")
        return Draft(id, read_back, who, datetime.fromisoformat(at))
    except UNREADABLE as problem:
        raise unreadable(reference("D", id), problem) from None


def get(store: Store, id: int | None) -> Draft:
    """Return a draft by its number, or the latest; raise NotFound if there is no such draft."""
    drafts = listed(store)
    for draft in reversed(drafts):
        if id is None or draft.id == id:
            return draft
    raise NotFound(
        f"draft {reference('D', id)}" if id else "draft", [drafts[-1].ref] if drafts else []
    )


def parse_draft_ref(ref: str) -> int:
    """Parse a draft's reference, `D-0001` or `d-1`; raise ApError if invalid."""
    matched = re.fullmatch(r"d-?0*([1-9]\d{0,8})", ref.strip(), re.ASCII | re.IGNORECASE)
    if not matched:
        raise ApError(
            f"“{shortened(ref)}” is not a draft: type a reference like D-0001, "
            "as `ap status` lists them"
        )
    return int(matched[1])


def drop(store: Store, id: int) -> None:
    """Delete a draft; raise NotFound if there is no such draft."""
    if not stored.delete_draft(store, id):
        raise NotFound(f"draft {reference('D', id)}")
