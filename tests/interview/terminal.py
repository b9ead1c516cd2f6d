"""A real terminal, in which a test answers as a person would."""

from __future__ import annotations

import re
import signal
import termios
from io import StringIO
from time import sleep

import pexpect
import pytest

from ..conftest import AP, Program

KEYS = {"enter": "\r", "ctrl-c": "\x03"}

PATIENCE = 30
"""The most seconds that the program may be busy before it shows what a test waits for."""

ENOUGH = 5
"""The seconds that a question may stand on the screen before it is taken for one that waits for its answer."""

LINES_OF_A_QUESTION = 4
"""The lines before a prompt that a failed test shows: the question, and its hint."""

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\x00-\x08\x0e-\x1f]")
PROMPT_BEGINS, PROMPT_ENDS = "\x1b[?2004h", "\x1b[?2004l"
"""What a prompt tells the terminal: from now on, and until now, it takes what is pasted."""


def hung_up() -> None:
    """Lets a closed window and Ctrl-C end the program, even where whoever runs the tests ignores them."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """One run of the program in a terminal, of 80 columns if nothing else is said."""

    def __init__(
        self, ap: Program, *args: str, rows: int = 40, columns: int = 80, **variables: str
    ) -> None:
        usual = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "NO_COLOR": "1"}
        environment = ap.environment | usual | variables
        for name in ("LINES", "COLUMNS"):  # a worker of xdist sets them, and they beat the terminal
            environment.pop(name, None)
        command = [*AP, "--on", ap.on, *args]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment,
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=PATIENCE,
            cwd=str(ap.folder),
            preexec_fn=hung_up,
        )
        self.child.logfile_read = self.transcript = StringIO()

    def sees(self, text: str) -> None:
        """Waits until the screen shows some words, however they are wrapped."""
        self.sees_one_of(self.wrapped(text), told=text)

    def sees_one_of(self, *patterns: str, told: str) -> int:
        """Waits until the screen shows one of some patterns, and says which; `told` names what is waited for.

        If another question waits for its answer instead, the test fails at once and names that question.
        """
        for _ in range(0, PATIENCE, ENOUGH):
            written = self.transcript.tell()
            seen = self.child.expect([*patterns, pexpect.TIMEOUT, pexpect.EOF], timeout=ENOUGH)
            if seen < len(patterns):
                return int(seen)
            if seen > len(patterns):
                pytest.fail(f"“{told}” never came; the program ended with:\n{self.lines(15)}")
            still = self.transcript.tell() == written
            if still and (waiting := self.waiting()):
                pytest.fail(f"“{told}” never came; this question waits for an answer:\n{waiting}")
        pytest.fail(f"“{told}” never came; the program is silent after:\n{self.lines(15)}")

    def waiting(self) -> str:
        """The question that waits for an answer, or nothing if the program is busy."""
        before, begins, after = self.transcript.getvalue().rpartition(PROMPT_BEGINS)
        if not begins or PROMPT_ENDS in after:
            return ""
        asked = plain(before).splitlines()[-LINES_OF_A_QUESTION:]
        return "\n".join([*asked, plain(after)])

    def lines(self, number: int) -> str:
        """The last lines that the program wrote."""
        return "\n".join(plain(self.transcript.getvalue()).splitlines()[-number:])

    @staticmethod
    def wrapped(text: str) -> str:
        """A pattern of some words, wherever a line ends between them."""
        gap = r"(?:\s|\x1b\[[0-9;?]*[A-Za-z])+"
        return gap.join(map(re.escape, text.split()))

    def answers(self, question: str, answer: str = "") -> None:
        """Waits for a question and types its answer."""
        self.sees(question)
        self.types(answer)

    def types(self, answer: str) -> None:
        self.child.send(answer)
        self.child.send(KEYS["enter"])

    def presses(self, key: str) -> None:
        """Sends a key once the prompt takes it: before, the terminal itself would deal with it."""
        for _ in range(PATIENCE * 20):
            if not termios.tcgetattr(self.child.child_fd)[3] & termios.ICANON:
                break
            sleep(0.05)
        self.child.send(key)

    def leaves_the_review(self) -> None:
        """Presses Enter on each page of the review screen that is still to come, the last included."""
        page, pages = 0, 1
        while page < pages:
            self.sees_one_of(r"A number to change[^\r]*(next page|go on)", told="the review screen")
            found = re.findall(
                r"Your answers(?:, page (\d+) of (\d+))?", self.transcript.getvalue()
            )
            page, pages = (int(number or 1) for number in found[-1])
            self.types("")
            if page < pages:
                self.sees(f"page {page + 1} of {pages}")

    def ends(self) -> int:
        """How the program ends."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return (
            self.child.exitstatus
            if self.child.exitstatus is not None
            else -(self.child.signalstatus or 0)
        )


def plain(text: str) -> str:
    """Text as a reader sees it: without what moves the cursor, and without empty lines."""
    lines = ESCAPES.sub("", text).replace("\r", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())
