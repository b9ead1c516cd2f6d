"""The marks of attendance that a task asks for: recorded, or amended several at a time."""

from __future__ import annotations

from datetime import date

from ..domain.attendance import Mark, read_half
from ..rules.task import Write
from ..services import records
from .settings import Settings


def amend_marks(settings: Settings, remedy: Write) -> bool:
    """Ask what marks become and why, and amend them in one change; False if nothing changed."""
    from ..interview.marks import ask_amendment
    from ..interview.prompts import say
    from ..services.amending import amend_sessions
    from .attendance import say_amended

    _, number = records.subject(remedy.about.ref)
    wrong = list_wrong(settings, remedy, number)
    if not wrong:
        say(f"There is no such mark any more: ap attendance show {remedy.about.ref}")
        return False
    asked = ask_amendment(wrong)
    if asked is None:
        say("Nothing was amended.")
        return False
    new = [Mark(mark.day, mark.half, asked.code) for mark in asked.marks]
    store, author, today = settings.store, settings.author, settings.today
    made = amend_sessions(store, number, new, asked.reason, author, today)
    say(f"{remedy.about.ref}: {say_amended(made)}")
    return True


def list_wrong(settings: Settings, remedy: Write, number: int) -> tuple[Mark, ...]:
    """List the marks that a task is about: from its session on, those that are marked so too.

    Some tasks say up to which day.
    """
    from ..services.attendance import marks_to_show

    known = dict(remedy.known)
    _, marks = marks_to_show(settings.store, number, settings.today)
    first = next((mark for mark in marks if is_first(mark, known)), None)
    if first is None:
        return ()
    until = date.fromisoformat(known.get("until") or settings.today.isoformat())
    return tuple(
        mark
        for mark in marks
        if mark.code == first.code and mark.position >= first.position and mark.day <= until
    )


def is_first(mark: Mark, known: dict[str, str]) -> bool:
    """Whether a mark is that of the session that a task names."""
    return str(mark.day) == known["day"] and mark.half == read_half(known["session"])


def record_mark(settings: Settings, remedy: Write) -> bool:
    """Ask for a session and its code, and record the mark; False if nothing changed."""
    from ..interview.marks import ask_code, ask_session, confirm_doubtful
    from ..interview.prompts import say
    from ..services import attendance
    from ..services.doubtful_marks import list_doubts

    store, author, today = settings.store, settings.author, settings.today
    _, number = records.subject(remedy.about.ref)
    while True:
        session = ask_session(today)
        if session is None:
            say("Nothing was marked.")
            return False
        code = ask_code(())
        if code is None:
            continue
        mark = Mark(*session, code)
        doubts = list_doubts(store, number, [mark], author, today)
        if not doubts or confirm_doubtful(doubts):
            break
    attendance.record(store, number, [mark], author, today)
    say(f"{remedy.about.ref}: {mark.session} is marked {code}.")
    return True
