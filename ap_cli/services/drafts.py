"""Drafts: placements that were begun and not finished; they feed no rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.json import decode, encode

from ..domain.forms import reference
from ..domain.text import shortened
from ..errors import ApError, NotFound
from ..store.author import Author
from ..store.connection import open_store


class Draft(Struct, frozen=True):
    """A placement that was begun: the answers so far, who began it and when it was last kept."""

    id: int
    answers: dict[str, Any]
    who: str
    at: datetime

    @property
    def ref(self) -> str:
        """Its reference: `D-0001`."""
        return reference("D", self.id)


def keep(path: Path, answers: Mapping[str, Any], author: Author, id: int | None = None) -> int:
    """Keeps the answers so far, under the draft's number; a new one where it has none yet."""
    store = open_store(path)
    values = {"answers": encode(dict(answers), enc_hook=_plain).decode(), "who": author.who, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    if id is None:
        return int(
            store.execute("INSERT INTO draft (form, answers, who, at) VALUES ('placement', :answers, :who, :at) RETURNING id", values).fetchone()[0]
        )
    store.execute("UPDATE draft SET answers = :answers, who = :who, at = :at WHERE id = :id", values | {"id": id})
    return id


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def listed(path: Path) -> list[Draft]:
    """Every draft, in order."""
    rows = open_store(path).execute("SELECT id, answers, who, at FROM draft ORDER BY id")
    return [Draft(id, decode(answers), who, datetime.fromisoformat(at)) for id, answers, who, at in rows]


def get(path: Path, id: int | None) -> Draft:
    """A draft by its number, or the latest; NotFound where there is none."""
    found = listed(path)
    for draft in reversed(found):
        if id is None or draft.id == id:
            return draft
    raise NotFound(f"draft {reference('D', id)}" if id else "draft", [found[-1].ref] if found else [])


def number(ref: str) -> int:
    """The number of a draft's reference, `D-0001` or `d-1`; ApError where it is none."""
    found = re.fullmatch(r"d-?0*([1-9]\d{0,8})", ref.strip(), re.ASCII | re.IGNORECASE)
    if not found:
        raise ApError(f"“{shortened(ref)}” is not a draft's reference: it looks like D-0001, and `ap status` lists them")
    return int(found[1])


def drop(path: Path, id: int) -> None:
    """Forgets a draft; NotFound where there is none."""
    get(path, id)
    open_store(path).execute("DELETE FROM draft WHERE id = :id", {"id": id})
