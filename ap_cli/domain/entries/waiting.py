"""What you asked somebody for, and wait for."""

from typing import ClassVar

from ...forms.facts import Fact
from ...forms.form import ask, require
from .entry import Entry


class Waiting(Entry):
    """You asked somebody and wait for the answer: the task comes back after five school days."""

    KIND: ClassVar[str] = "waiting"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider", "pupil")
    EXAMPLE: ClassVar[str] = "--task visit --whom 'the provider'"

    task: str = require(
        "Which task waits?", hint="The word that ap todo --json calls its key, such as visit."
    )
    whom: Fact[str] = ask("Who did you ask?")
