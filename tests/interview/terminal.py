"""A real terminal, in which a test answers as a person would."""

from __future__ import annotations

import re
import signal
import time

import pexpect
import pytest

from ..conftest import AP, Program

QUIET, LONGEST = 5.0, 30.0
"""Seconds between two looks at the screen, which waits for an answer if it is the same twice; and the most that a test waits."""

LINES = 12
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>][A-Z0-9]?|[\x00-\x08\x0b-\x1f]")
KEYS = {"enter": "\r", "ctrl-c": "\x03"}


def hung_up() -> None:
    """Lets a closed window end the program, even where whoever runs the tests was told to outlive theirs."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Terminal:
    """One run of the program in a terminal of 80 columns."""

    def __init__(self, ap: Program, *args: str, rows: int = 40) -> None:
        environment = ap.environment | {
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "NO_COLOR": "1",
        }
        command = [*AP, "--on", ap.on, *args]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment,
            dimensions=(rows, 80),
            encoding="utf-8",
            timeout=30,
            cwd=str(ap.folder),
            preexec_fn=hung_up,
        )

    def sees(self, text: str) -> None:
        """Waits until the screen shows some words, however they are wrapped."""
        gap = r"(?:\s|\x1b\[[0-9;?]*[A-Za-z])+"
        wanted = gap.join(map(re.escape, text.split()))
        ends = time.monotonic() + LONGEST
        shown = -1
        while self.child.expect([wanted, pexpect.EOF, pexpect.TIMEOUT], timeout=QUIET):
            quiet = shown == len(self.child.before or "")
            shown = len(self.child.before or "")
            if not self.child.isalive() or (quiet and shown) or time.monotonic() > ends:
                pytest.fail(f"the screen never showed “{text}”; it shows:\n{self.screen()}")

    def screen(self) -> str:
        """The last lines on the screen as a person reads them, without what only moves the cursor."""
        lines = CONTROL.sub("", self.child.before or "").replace("\r", "\n").splitlines()
        return "\n".join([line.rstrip() for line in lines if line.strip()][-LINES:])

    def answers(self, question: str, answer: str = "") -> None:
        """Waits for a question and types its answer."""
        self.sees(question)
        self.types(answer)

    def types(self, answer: str) -> None:
        self.child.send(answer)
        self.child.send(KEYS["enter"])

    def ends(self) -> int:
        """How the program ends."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return (
            self.child.exitstatus
            if self.child.exitstatus is not None
            else -(self.child.signalstatus or 0)
        )
