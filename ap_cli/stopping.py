"""Being stopped: by Ctrl-C, or from outside by SIGTERM, in the same orderly way.

What is being written is undone or whole, a form keeps its draft, the terminal is as it was.
"""

from __future__ import annotations

import sys
from types import FrameType

NOTHING_SAVED = "stopped: nothing was saved"

INTERRUPTED, ENDED = 130, 143
"""The exit codes of a command that Ctrl-C stopped, and that was asked to end."""

_asked: list[int] = []


def end_in_order() -> None:
    """From now on let SIGTERM stop a command as Ctrl-C does; a second one ends it at once."""
    import signal

    def stop(number: int, _: FrameType | None) -> None:
        _asked.append(number)
        signal.signal(number, signal.SIG_DFL)
        if callable(signal.getsignal(signal.SIGINT)):
            signal.raise_signal(signal.SIGINT)  # a prompt has a way of its own to hear of it
        else:
            raise KeyboardInterrupt

    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, stop)


def is_asked_to_end() -> bool:
    """Whether this process was asked to end: nothing more is to be begun."""
    return bool(_asked)


def code_of_end(code: int) -> int:
    """Return the exit code: 143 instead of 130 if it was not Ctrl-C that stopped the command."""
    return ENDED if code == INTERRUPTED and _asked else code


def say_stopped() -> int:
    """Say on stderr that nothing was saved; return the exit code."""
    print(NOTHING_SAVED, file=sys.stderr)
    return INTERRUPTED
