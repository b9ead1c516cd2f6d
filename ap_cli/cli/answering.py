"""Running a command and showing its answer; what was kept is never said to be refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ..errors import AnswerLost, ApError, Interrupted, StoreProblem
from ..forms.text import first_of
from ..render.output import CannotWrite, Output, why
from ..render.result import Look, Result, as_mapping
from ..render.showing import show_result
from .settings import Settings, warn


def answer(settings: Settings, run: Callable[[], Any], log_look: Callable[[Look], None]) -> int:
    """Run a command, show its result if it has one, and return the exit code.

    `log_look` logs that a child's whole record is shown, which is no write of the command itself.
    Where the result goes is opened first, so that a place that cannot be written refuses before
    anything is kept. Raise AnswerLost if something was kept and its answer cannot be written.
    """
    with Output(settings.out) as output:
        result = run_and_tell(settings, run)
        if not isinstance(result, Result):
            return 0
        kept = name_kept(result, settings.has_written)
        if result.look:
            log_look(result.look)
        try:
            code = show_result(result, settings, output) or name_left_out(settings)
        except Exception as problem:
            if not kept:
                raise
            raise AnswerLost(kept, reason(problem)) from None
        if kept and output.lost:
            raise AnswerLost(kept, output.lost)
    return code


def name_left_out(settings: Settings) -> int:
    """Name on stderr what a list left out as it cannot be read, and return the exit code for that.

    It is 0 if nothing was left out, or if the call kept something.
    """
    with suppress(OSError):  # the answer itself is written
        for told in settings.left_out:
            warn(told)
    return StoreProblem.exit_code if settings.left_out and not settings.has_written else 0


def run_and_tell(settings: Settings, run: Callable[[], Any]) -> Any:
    """Return what a command returns; raise AnswerLost if it kept what it was asked, then failed.

    A form may keep several things in turn: on a terminal each has been shown when the next fails.
    """
    try:
        return run()
    except Interrupted:
        raise
    except (ApError, OSError) as problem:
        if settings.interactive or not settings.has_written:
            raise
        raise AnswerLost("this was", reason(problem)) from None


def name_kept(result: Result, has_written: bool) -> str:
    """Name what a command wrote, "P-0003 was"; an empty text if it wrote nothing."""
    if result.kept:
        return f"{result.kept} was"
    if not has_written:
        return ""
    rows = result.rows if isinstance(result.rows, list | tuple) else ()
    refs = [str(ref) for row in rows if (ref := as_mapping(row).get("ref"))]
    if not refs:
        return "this was"
    return f"{first_of(refs)} {'was' if len(refs) == 1 else 'were'}"


def reason(problem: Exception) -> str:
    """Say why an answer cannot be written, without a name that an unexpected error may hold."""
    if isinstance(problem, CannotWrite):
        return problem.reason
    if isinstance(problem, ApError):
        return str(problem)
    return why(problem) if isinstance(problem, OSError) else type(problem).__name__
