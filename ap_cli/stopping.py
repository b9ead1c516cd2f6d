"""Being stopped: by Ctrl-C, or from outside by SIGTERM, in the same orderly way.

What is being written is undone or whole, a form keeps its draft, the terminal is as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

NOTHING_SAVED = "stopped: nothing was saved"

INTERRUPTED, ENDED = 130, 143
"""The exit codes of a command that Ctrl-C stopped, and that was asked to end."""

_asked: list[int] = []

_heard: dict[int, Callable[[int, FrameType | None], Any] | int | None] = {}
"""What this process does when it is stopped, by signal; empty if it is another program's."""


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
    for number in (signal.SIGINT, signal.SIGTERM):
        _heard[number] = signal.getsignal(number)


def let_it_end() -> None:
    """From now on let nothing stop a command: it has done what it was asked, and says so.

    Where the process is another program's, it goes on to hear what it heard.
    """
    import signal

    for number in _heard:
        signal.signal(number, signal.SIG_IGN)


def hear() -> None:
    """Let commands be stopped again: one that was called by another has ended, and that goes on."""
    import signal

    for number, heard in _heard.items():
        signal.signal(number, heard)


@contextmanager
def hearing_afterwards() -> Iterator[None]:
    """Let Ctrl-C within the block be heard once it has ended; a second one is heard at once."""
    import signal

    def wait(number: int, _: FrameType | None) -> None:
        pressed.append(number)
        signal.signal(number, heard)

    pressed: list[int] = []
    heard = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, wait)
    except ValueError:  # only the main thread hears signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
        if pressed:
            signal.raise_signal(signal.SIGINT)


def hear_again() -> None:
    """Let Ctrl-C be heard once more, a moment later: it came where Python passes over errors."""
    from _thread import interrupt_main
    from threading import Timer

    again = Timer(0.01, interrupt_main)
    again.daemon = True
    again.start()


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
