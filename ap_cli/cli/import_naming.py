"""The name under which the answers about a file are kept, asked once its rows are imported."""

from __future__ import annotations

from functools import partial

from ..errors import ApError
from ..interview.asking import Asking
from .import_choices import Choices
from .import_mappings import check_name, free_name, read_mappings

IMPORTED = "The rows are imported; ap undo takes them back."
"""What is said before the last question, and to whoever would go back before it."""

FORGET = "-"
"""What is typed for answers that are not to be kept."""


def ask_name(choices: Choices) -> list[str]:
    """Ask under which name answers are kept for such files, once the rows are imported.

    To stop there keeps them under the name that is offered; return what to say of that.
    """
    if choices.mapping is not None or choices.is_kept:
        return []
    asking = Asking(IMPORTED)
    asking.say(IMPORTED)
    try:
        choices.mapping = asking.run(partial(ask_free_name, asking))
    except (KeyboardInterrupt, EOFError):
        choices.mapping = free_name(read_mappings())
        return [f"your answers are kept as “{choices.mapping}”"]
    return []


def ask_free_name(asking: Asking) -> str | None:
    """Ask for the name of a mapping, None if nothing is to be kept.

    One that others have is taken if a person says so: theirs are lost then.
    """

    def problem(text: str) -> str:
        if text in ("", FORGET):
            return ""
        try:
            check_name(text)
        except ApError as wrong:
            return str(wrong).removeprefix("--mapping: ")
        return ""

    known = read_mappings()
    free = free_name(known)
    while True:
        text = asking.line(
            f"Keep these answers for such files? A name, or {FORGET} [{free}]", problem
        )
        name = None if text == FORGET else check_name(text or free)
        used = f"“{name}” keeps the answers for other files. Replace them?"
        if name not in known or asking.yes(used, usual=False):
            return name
