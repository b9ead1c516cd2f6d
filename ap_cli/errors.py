"""What can go wrong, in words for the user, each with its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class ApError(Exception):
    """Anything the user can put right; its text is the sentence shown. Exit code 2, refused."""

    exit_code = 2


class BadAnswers(ApError):
    """Answers that cannot be used, all at once, with those that are missing."""

    def __init__(self, problems: Iterable[str], missing: Iterable[str] = ()) -> None:
        self.problems = tuple(problems)
        self.missing = tuple(missing)
        lines = [*self.problems, *([name_missing(self.missing)] if self.missing else [])]
        super().__init__("\n".join(lines))


class AnswersMissing(ApError):
    """Required answers that nobody gave and nobody can be asked for; exit code 4."""

    exit_code = 4

    def __init__(self, flags: Iterable[str]) -> None:
        self.flags = tuple(flags)
        super().__init__(name_missing(self.flags))


class NothingAnswered(ApError):
    """A form in which nothing was answered; exit code 2."""

    def __init__(self) -> None:
        super().__init__("Nothing was answered, so nothing is saved.")


class TerminalNeeded(ApError):
    """Something that only a person can answer, and nobody can be asked; exit code 4."""

    exit_code = 4


class NotFound(ApError):
    """A reference to something that the store does not have."""

    def __init__(self, what: str, near: Sequence[str] = (), why: str = "") -> None:
        reason = f", {why}" if why else ""
        suggestion = f"; did you mean {' or '.join(near)}?" if near else ""
        self.why = why
        super().__init__(f"there is no {what} in the store{reason}{suggestion}")


class StoreProblem(ApError):
    """The database cannot be used as it is; exit code 5, nothing changed."""

    exit_code = 5


class StoreInUse(StoreProblem):
    """Somebody else uses the store and did not finish; exit code 8, nothing changed: try again."""

    exit_code = 8


class NotAllowed(StoreProblem):
    """Something that this user of a server may not do; exit code 5, nothing changed."""


class Tampered(ApError):
    """The log is not as `ap` wrote it; exit code 6."""

    exit_code = 6


class AnswerLost(ApError):
    """What was asked for is done, but its answer could not be written; exit code 7."""

    exit_code = 7

    def __init__(self, kept: str, reason: str) -> None:
        super().__init__(f"{kept} kept, but the answer could not be written: {reason}")


class Interrupted(ApError):
    """The user stopped; exit code 130."""

    exit_code = 130


EXIT_CODES = {
    0: "done",
    1: (
        "`ap check` found a breach, not waived, at or above `--fail-on`; `ap eligible` says no;"
        " `ap doctor` or `ap db check` found something to put right"
    ),
    2: (
        "refused: usage, a wrong value, an unknown reference, an unreadable answers file; or the"
        " answer of a command that reads cannot be written, as the disk is full"
    ),
    3: (
        "with `--strict`: no such breach, but an answer is “cannot tell”, or `ap export census`"
        " has gaps; `ap eligible` cannot tell"
    ),
    4: "an answer is needed, and there is no terminal to ask for it",
    5: "the store cannot be used, or not by you for this; or `ap db check` found it damaged",
    6: (
        "the log was altered, does not fit the seal, or a record is not as it says"
        " (`ap db verify` and `check`; `seal` of the log alone)"
    ),
    7: (
        "done and kept, but the answer could not be written, as the disk is full, the output is"
        " closed or the command was stopped: do not do it again"
    ),
    8: "somebody else used the store for more than 30 seconds: nothing was changed, try again",
    70: "unexpected error",
    130: "stopped by Ctrl-C",
    143: "stopped by SIGTERM, as a computer that shuts down sends it",
}
"""Every exit code and what it means; the README's table is made from it."""


def name_missing(flags: tuple[str, ...]) -> str:
    return f"still needed: {', '.join(flags)}"
