"""A command typed within the program, run as it would be from a shell."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence

from ..stopping import hear
from .settings import Settings

FLAGS = {"names": "--names", "color": "--no-color"}
"""The flags that a call hands on to the commands typed within it, by their setting."""


def run_line(settings: Settings, line: str) -> None:
    """Run a command as it would be typed, on this store and day."""
    from ..interview.prompts import say

    try:
        words = shlex.split(line, posix=os.name != "nt")[1:]
    except ValueError:
        say("A quotation mark is missing: put a text of several words in two of them.")
        return
    run_words(settings, words)


def run_words(settings: Settings, words: Sequence[str]) -> None:
    """Run a command by its words, on this store and day; what it refuses it has said."""
    from .app import run_command

    address = settings.address
    before = ["--db", address.server or str(address.path)]
    if settings.asof is not None:
        before += ["--on", settings.asof.isoformat()]
    before += [flag for name, flag in FLAGS.items() if name in settings.preferences.given]
    try:
        run_command([*before, *words])
    except SystemExit:
        return
    finally:
        hear()
