"""The checklist of a task that has several parts: each is done or left for later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from ..domain.entries import KINDS
from ..domain.entries.before import Evidence
from ..errors import ApError, BadAnswers
from ..render.command import spell
from ..rules.task import Remedy, Write
from ..services.tasks import NEVER_WAITS, OpenTask
from .remedies import describe, open_remedy, typed_answers
from .settings import Settings

YES = ("y", "yes")
HOW = "Enter: not yet. y: done today. Or type the day. < goes back, q leaves; what is done is kept."


def walk(settings: Settings, task: OpenTask) -> bool:
    """Walk through the parts of a task, one after another; tell whether any was done."""
    from ..interview.prompts import ask_line, say

    parts, confirm = task.task.remedies, task.urgency in NEVER_WAITS
    done: set[int] = set()
    by = ""
    at = 0
    say(HOW)
    while at < len(parts):
        mark = ", done" if at in done else ""
        say(f"\n{at + 1} of {len(parts)}  {describe(parts[at])}{mark}")
        text = ask_line(">", problem_of(settings)).lower()
        if text == "q":
            break
        if text == "?":
            say(f"In a script: {spell(parts[at])}")
            continue
        if text == "<":
            at = max(at - 1, 0)
            continue
        if text and at not in done:
            try:
                is_done, by = do_part(settings, parts[at], text, by, confirm)
            except ApError as problem:
                say(str(problem))
                continue
            done |= {at} if is_done else set()
        at += 1
    say(f"{len(done)} of {len(parts)} done.")
    return bool(done)


def problem_of(settings: Settings) -> Callable[[str], str]:
    """What is wrong with an answer to a part of the checklist; empty if nothing is."""
    from .asking import read_day

    def problem(text: str) -> str:
        if text.lower() in ("", "<", "q", "?", *YES):
            return ""
        try:
            day = read_day(settings, text)
        except BadAnswers:
            return "Press Enter for not yet, or type y, a day such as 24 Nov 2026, < or q."
        if day > settings.today:
            return "That day is still to come: press Enter for not yet."
        return ""

    return problem


def do_part(
    settings: Settings, part: Remedy, text: str, by: str, confirm: bool
) -> tuple[bool, str]:
    """Do one part, seen on a day; tell whether it is done, and by whom, which is asked once."""
    from .asking import read_day

    day = settings.today if text in YES else read_day(settings, text)
    if not isinstance(part, Write):
        return open_remedy(settings, part, confirm), by
    if part.kind != Evidence.KIND:
        known = (*part.known, ("day", day.isoformat()))
        return open_remedy(settings, replace(part, known=known), confirm), by
    by = by or ask_who()
    if not by:
        return False, by
    record_evidence(settings, part, day, by)
    return True, by


def ask_who() -> str:
    """Ask who checked; empty if the user goes back."""
    from ..interview.prompts import ask_line

    def problem(text: str) -> str:
        if text == "<" or any(letter.isalnum() for letter in text):
            return ""
        return "Type a name, or < to go back."

    text = ask_line("Who checked it?", problem)
    return "" if text == "<" else text


def record_evidence(settings: Settings, part: Write, day: date, by: str) -> None:
    """Record an item that was seen; only what runs out is asked for its day."""
    from ..render.showing import show_result
    from .record import record_entry

    form = KINDS[part.kind]
    given = {**typed_answers(form, part.known), "day": day.isoformat(), "by": by}
    ask = tuple(name for name in part.ask if name != "by")
    made = record_entry(settings, form, given, part.about.ref, ask=ask)
    show_result(made, settings)
