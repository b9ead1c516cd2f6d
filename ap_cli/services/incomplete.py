"""Refuse entries that leave out what they are recorded for."""

from __future__ import annotations

from ..domain.entries.during import ASSURANCE, Decision, Review
from ..domain.entries.entry import Entry
from ..domain.options import Route
from ..domain.placement import Placement
from ..errors import AnswersMissing
from ..forms.facts import recorded
from ..forms.form import Noun, question


def refuse_incomplete(entry: Entry, about: Noun) -> None:
    """Raise AnswersMissing if a new review leaves out what it is held for.

    An answer that is not known yet is given as such. A review of an off-site direction says what
    was decided, and until when the direction goes on.
    """
    if not isinstance(entry, Review):
        return
    wanted = [*entry.lacking]
    directed = isinstance(about, Placement) and about.route is Route.OFF_SITE_DIRECTION
    if directed and not recorded(entry.decided):
        wanted.append("decided")
    elif directed and entry.decided is Decision.CONTINUE and not recorded(entry.until):
        wanted.append("until")
    left_out = [name for name in wanted if not getattr(entry, name).asked]
    if left_out:
        raise AnswersMissing(flag_of_answer(name) for name in left_out)


def says_nothing(entry: Entry) -> tuple[str, ...]:
    """Say what an entry needs that has nothing but its day; empty if it says something.

    A question that was asked and whose answer is not known yet says something.
    """
    if entry.says_something or any(getattr(entry, name).asked for name in list_open(entry)):
        return ()
    asked = [question(type(entry), name) for name in list_open(entry) if name not in ("by", "note")]
    enough = ["--by"] if entry.ENOUGH == "by" else []
    flags = [*enough, *(one.flag for one in asked if one is not None)][:2]
    kind = entry.KIND.replace("-", " ")
    return (f"a {kind} needs more than its day: give {', '.join(flags)} or another answer",)


def list_open(entry: Entry) -> tuple[str, ...]:
    """Name the questions of an entry that have no answer."""
    return tuple(name for name in entry.ASKS if not recorded(getattr(entry, name)))


def flag_of_answer(name: str) -> str:
    """Return the flags that answer a question of a review: both of a yes or no."""
    asked = question(Review, name)
    assert asked is not None, "a review asks all of them"
    return asked.both_flags if name in ASSURANCE else asked.flag
