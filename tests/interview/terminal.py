"""A real terminal, in which a test answers as a person would."""

from __future__ import annotations

import re
import signal

import pexpect

from ..conftest import AP, Program

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
        self.child.expect(gap.join(map(re.escape, text.split())))

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
