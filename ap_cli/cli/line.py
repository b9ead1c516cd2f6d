"""A command typed within the program, run as it would be from a shell."""

from __future__ import annotations

import shlex

from .settings import Settings


def run_line(settings: Settings, line: str) -> None:
    """Run a command as it would be typed, on this store and day."""
    from ..interview.prompts import say
    from .app import run_command

    try:
        words = shlex.split(line)[1:]
    except ValueError:
        say("A quotation mark is missing: put a text of several words in two of them.")
        return
    before = ["--db", str(settings.address.path)]
    if settings.asof is not None:
        before += ["--on", settings.asof.isoformat()]
    try:
        run_command([*before, *words])
    except SystemExit:  # it has said what there is to say
        return
