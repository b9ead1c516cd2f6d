"""Forms stopped at each of their prompts, by Ctrl-C and by SIGTERM, in a real terminal."""

from __future__ import annotations

import shutil
import signal
import termios
from dataclasses import asdict
from pathlib import Path

import pexpect

from ap_cli.domain.entries import KINDS

from ..conftest import Program
from ..interview.terminal import KEYS, PROMPT_BEGINS, Terminal
from .stopping import CODES, prepare
from .tally import Tally, unsound

MOST_PROMPTS = 80
"""More than any form has, with those that follow an ending: a form that asks for ever is seen."""

KEPT = "Saved: "
"""What an ending says when it is kept and one of the forms that follow it is stopped."""

ANSWERS = ("?", "", "1", "2026-03-01", "yes", "A. Tester")
"""What is typed at a prompt; the next one if it is asked again."""

SUBJECTS = {"placement": "PL-0001", "pupil": "P-0001", "provider": "PR-0001"}

FORMS: dict[str, tuple[str, ...]] = {
    "pupil": ("pupil", "add"),
    "provider": ("provider", "add"),
    "placement": ("placement", "new"),
    "end": ("placement", "end", "PL-0001"),
} | {kind: ("record", kind, SUBJECTS[form.ABOUT[0]]) for kind, form in KINDS.items()}
"""Each form, and the command that asks it."""


def comes_to_prompt(terminal: Terminal, wanted: int) -> bool:
    """Answer prompts until one of a number waits; False if the form ended before it."""
    tries, before = 0, ""
    for number in range(wanted + 1):
        seen = terminal.child.expect_exact([PROMPT_BEGINS, pexpect.EOF])
        if seen == 1:
            return False
        if number == wanted:
            return True
        asked = terminal.child.before[-60:]
        tries = tries + 1 if asked == before or "need to answer" in terminal.child.before else 0
        before = asked
        terminal.child.send(ANSWERS[tries % len(ANSWERS)] + KEYS["enter"])
    return False


def stop_at(ap: Program, args: tuple[str, ...], prompt: int, number: signal.Signals) -> str | None:
    """Stop a form at a prompt; return what is wrong with its end, "" if nothing, None if it ended."""
    terminal = Terminal(ap, *args)
    if not comes_to_prompt(terminal, prompt):
        return None
    if number == signal.SIGINT:
        terminal.child.send(KEYS["ctrl-c"])
    else:
        terminal.child.kill(number)
    terminal.child.expect(pexpect.EOF)
    echoes = termios.tcgetattr(terminal.child.child_fd)[3] & termios.ECHO
    code = terminal.ends()
    right = 0 if KEPT in terminal.transcript.getvalue() else CODES[number]
    wrong = []
    if code != right:
        wrong.append(f"exit code {code}")
    if "Traceback" in terminal.transcript.getvalue():
        wrong.append("a traceback")
    if not echoes:
        wrong.append("the terminal does not echo")
    return ", ".join(wrong)


def stop_form(folder: Path, name: str, prompts: int) -> Tally:
    """Stop one form at each of its first prompts, by one signal and the other in turn."""
    tally = Tally()
    ap = prepare(folder)
    for prompt in range(prompts):
        number = (signal.SIGINT, signal.SIGTERM)[(prompt + len(name)) % 2]
        shutil.copy(folder / "now.db", ap.store)
        wrong = stop_at(ap, FORMS[name], prompt, number)
        if wrong is None:
            return tally
        tally.rounds += 1
        tally.stopped += not wrong
        tally.half_written += bool(wrong)
        tally.unsound += unsound(ap)
        if wrong:
            print(*FORMS[name], "at prompt", prompt, number.name, wrong, flush=True)
    tally.lost += prompts == MOST_PROMPTS  # it asks for ever
    return tally


def stop_forms(folder: Path, rounds: int) -> Tally:
    """Stop each form at each of its first prompts, so many of them."""
    whole = Tally()
    for name in FORMS:
        beside = folder / name
        beside.mkdir()
        one = stop_form(beside, name, rounds)
        for counted, number in asdict(one).items():
            setattr(whole, counted, getattr(whole, counted) + number)
    return whole
