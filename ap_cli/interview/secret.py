"""What is typed and not shown: passphrases; and a recovery key, which is shown once."""

from __future__ import annotations

import sys

from ..store.idle import let_go
from .prompts import ask_line, say

SHORTEST = 12
"""The fewest letters of a passphrase: three or four words have more."""


def ask_secret(message: str) -> str:
    """A line that is not shown while it is typed."""
    from getpass import getpass

    let_go()
    return getpass(message, sys.stderr)


def ask_new_passphrase() -> str:
    """A new passphrase, typed twice."""
    say(
        f"Choose a passphrase of at least {SHORTEST} letters: four or five words that nobody would"
        " guess. You type it whenever the key is not in the key ring."
    )
    while True:
        typed = ask_secret("New passphrase: ")
        if len(typed.strip()) < SHORTEST:
            say(f"  That has fewer than {SHORTEST} letters.")
        elif ask_secret("The same again: ") != typed:
            say("  That was not the same.")
        else:
            return typed


def show_recovery(recovery: str) -> bool:
    """Show a recovery key, and ask whether it is written down; return whether it is."""
    halves = recovery.split("-")
    say("This is the recovery key. Without the key and without this nobody can read the records.")
    say("")
    for at in range(0, len(halves), 6):
        say(f"  {'-'.join(halves[at : at + 6])}")
    say("")
    say("Print it or write it down, and keep it in a safe. It is not shown again.")

    def problem(text: str) -> str:
        known = text.lower() in ("kept", "stop")
        return "" if known else "Type “kept” once you have it on paper, or “stop”."

    typed = ask_line("Type “kept” when you have it, or “stop” to leave all as it is:", problem)
    return typed.lower() == "kept"
