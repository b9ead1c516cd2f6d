"""Amend attendance marks; the register keeps the originals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.attendance import NOTHING_MARKED, Mark
from ..domain.days import words
from ..domain.placement import Placement
from ..domain.sessions import HALVES
from ..errors import ApError, BadAnswers
from ..forms.form import reference
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import attendance as stored
from .attendance import PRESENT_CODES, Attending, Registers, with_nature

if TYPE_CHECKING:
    from ..store.unit import UnitOfWork


def amend(store: Store, id: int, mark: Mark, reason: str, author: Author, today: date) -> Mark:
    """Replace a current mark, or take it out; the old one stays in the register with the reason.

    Return the new mark with the code that it amends. Raise ApError if the session has no mark here.
    Source: SI 2024/208 reg 7.
    """
    from ..store import writing

    with writing.change(store, author, name_change(mark), reason) as unit:
        registers = Registers(store, today)
        return _amend_one(unit, registers, registers.placement(id), mark, reason)


def take_out_damaged(store: Store, id: int, number: int, reason: str, author: Author) -> str:
    """Take out a mark by its number, as its session is none; return its code as it was.

    Raise ApError if it is no such mark of the placement.
    """
    from ..store import writing

    mark = reference(stored.MARK, number)
    with writing.change(store, author, f"take out {mark}", reason) as unit:
        code = stored.code_of_damaged(store, id, number)
        if code is None:
            ref = reference(Placement.PREFIX, id)
            raise ApError(
                f"{mark} is no mark of {ref} without a session: name its day, as"
                f" `ap attendance show {ref}` does"
            )
        unit.update("mark", number, {"current": False})
    return code


def amend_sessions(
    store: Store, id: int, marks: Sequence[Mark], reason: str, author: Author, today: date
) -> list[Mark]:
    """Replace the current marks of these sessions, all or nothing; return the new ones.

    Raise ApError if one of them has no mark here.
    """
    from ..store import writing

    with writing.change(store, author, "amend attendance", reason) as unit:
        registers = Registers(store, today)
        placement = registers.placement(id)
        return [_amend_one(unit, registers, placement, _like(mark, mark), reason) for mark in marks]


class Span(Struct, frozen=True):
    """The sessions up to a day that have a code."""

    until: date
    marked: str


def amend_span(
    store: Store, id: int, first: Mark, span: Span, reason: str, author: Author, today: date
) -> list[Mark]:
    """Replace the current marks of a span from a session on, all or nothing.

    Each old mark stays in the register with the reason. A code of presence is that of each half of
    the day. Raise ApError if no session there has that code.
    """
    from ..store import writing

    with writing.change(store, author, name_change(first, span.until), reason) as unit:
        registers = Registers(store, today)
        placement = registers.placement(id)
        found = [
            mark
            for mark in stored.readable_marks(store, today, id)
            if first.position <= mark.position
            and mark.day <= span.until
            and mark.code == span.marked
        ]
        if not found:
            raise ApError(
                f"no session of {placement.ref} from {words(first.day)} to {words(span.until)} is"
                f" marked {span.marked}: ap attendance show {placement.ref}"
            )
        return [
            _amend_one(unit, registers, placement, _like(first, mark), reason) for mark in found
        ]


def name_change(first: Mark, until: date | None = None) -> str:
    """Return what the log calls the change of marks from one on.

    A mark that is taken out leaves no other behind that would tell of which session it was.
    """
    if first.code != NOTHING_MARKED:
        return "amend attendance"
    return f"take out the mark of {first.session}" + (f" to {words(until)}" if until else "")


def _like(first: Mark, mark: Mark) -> Mark:
    """Return the mark of a session that becomes what the first of several becomes."""
    code = PRESENT_CODES[mark.half] if first.code in PRESENT_CODES else first.code
    return Mark(mark.day, mark.half, code, first.nature)


def _amend_one(
    unit: UnitOfWork, registers: Registers, placement: Attending, mark: Mark, reason: str
) -> Mark:
    from ..store import writing

    before = _amended(registers, placement, mark)
    if mark.code == NOTHING_MARKED:
        registers.remove(placement, mark)
        unit.update("mark", before.id, {"current": False})
        return replace(mark, before=before.code, reason=reason)
    old = unit.get("mark", before.id)
    new = with_nature(placement, mark)
    is_damaged = bytes in map(type, old.values())
    if not is_damaged and before.code == mark.code and mark.nature in (None, old["nature"]):
        raise ApError(
            f"{words(mark.day)} {HALVES[mark.half]} is already marked {mark.code}: "
            "choose another code"
        )
    registers.remove(placement, mark)
    if problem := registers.problem(placement, mark):
        raise BadAnswers([problem])
    amended = replace(new, before=before.code, reason=reason)
    unit.update("mark", before.id, {"current": False})
    writing.add_mark(unit, placement.id, placement.pupil, amended, before.id)
    return amended


def _amended(registers: Registers, placement: Attending, mark: Mark) -> stored.Standing:
    """Return the current mark that this one replaces; raise ApError if there is none here."""
    found = registers.current(placement, mark)
    if found is None or found.placement != placement.id:
        raise ApError(
            f"{words(mark.day)} {HALVES[mark.half]} has no mark at {placement.ref}: "
            f"ap attendance record {placement.ref} …"
        )
    return found
