"""Legal holds: while one stands, a pupil's record is neither erased nor past any period."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..domain.days import words
from ..domain.pupil import Pupil
from ..errors import ApError
from ..forms.form import reference
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import records as reading
from ..store.queries.holds import holds_on


class Hold(Struct, frozen=True):
    """A hold on a pupil's record: since when, until when if that is known, why, and by whom."""

    id: int
    pupil: int
    since: date
    until: date | None
    reason: str
    who: str

    @property
    def ref(self) -> str:
        """The pupil's reference."""
        return reference(Pupil.PREFIX, self.pupil)

    def in_words(self) -> str:
        """Say since when it stands, until when, and by whom; not why, as that may name somebody."""
        until = f" until {words(self.until)}" if self.until else ""
        return f"on legal hold since {words(self.since)}{until}, by {self.who}"


def list_holds(store: Store, day: date, pupil: int | None = None) -> list[Hold]:
    """List the holds that stand on a day, or those of one pupil; the last day belongs to it."""
    return [
        Hold(id, owner, date.fromisoformat(since), _day(until), reason, who)
        for id, owner, since, until, reason, who in holds_on(store, day, pupil)
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def hold(
    store: Store, pupil: int, reason: str, until: date | None, author: Author, today: date
) -> Hold:
    """Put a hold on a pupil's record from today; raise ApError if it would be over already."""
    from ..store import writing

    ref = reference(Pupil.PREFIX, pupil)
    if until is not None and until < today:
        raise ApError(f"--until: {words(until)} is over: type a day to come, or leave it out")
    with writing.change(store, author, f"hold {ref}", reason) as unit:
        reading.one(store, Pupil, pupil, today)
        values = {"pupil": pupil, "since": today, "until": until, "reason": reason}
        id = unit.insert("hold", values | {"who": unit.who})
    return Hold(id, pupil, today, until, reason, author.who)


def release(store: Store, pupil: int, author: Author, today: date) -> list[Hold]:
    """Release all holds on a pupil's record; return them. Raise ApError if there is none."""
    from ..store import writing

    ref = reference(Pupil.PREFIX, pupil)
    with writing.change(store, author, f"release {ref}") as unit:
        reading.one(store, Pupil, pupil, today)
        found = list_holds(store, today, pupil)
        if not found:
            raise ApError(f"{ref} is not on hold: there is nothing to release")
        for each in found:
            unit.update("hold", each.id, {"released": today, "released_by": unit.who})
    return found
