"""Yes and no, in the words that people use for them."""

from __future__ import annotations

YES = ("yes", "y", "true")
NOT_YET = "not yet"
NO = ("no", "n", "false", "none", "never", NOT_YET)


def read_yes_or_no(text: str) -> bool | None:
    """Return whether a text means yes or no; None if it means neither."""
    said = " ".join(text.lower().rstrip(".!").split())
    if said in YES:
        return True
    return False if said in NO else None
