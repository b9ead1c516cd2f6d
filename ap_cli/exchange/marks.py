"""Marks as the cells of a register hold them: one of a session, or both of a day."""

from __future__ import annotations

import re

from ..domain.attendance import CODES

NO_MARK = frozenset(("", "#", "-", "–", "Z", "z"))
"""What stands for a session without a mark: closed, not taken, the child not on roll yet."""

ONE = r"[CJY]\d|[A-Z/\\#–-]"
PAIR = re.compile(rf"({ONE})[\s,|]*({ONE})")


def is_code(text: str) -> bool:
    """Return whether a text is the mark of a session, or says that it has none."""
    code = text.strip().upper()
    return code in CODES or code in NO_MARK


def is_pair(text: str) -> bool:
    """Return whether a text is the marks of both sessions of a day."""
    return len(split_pair(text)) == 2 and all(map(is_code, split_pair(text)))


def split_pair(text: str) -> tuple[str, ...]:
    """Return the marks of a morning and an afternoon, which may stand close: “/\\”, “B, B”.

    What says that a session has no mark may stand alone for both. Empty if they are not two.
    """
    both = text.strip().upper()
    if both in NO_MARK:
        return both, both
    found = PAIR.fullmatch(both)
    return (found[1], found[2]) if found else ()
