"""Why a server cannot be used, in words that say what to do."""

from __future__ import annotations

CANNOT_CONNECT = (
    (
        "password authentication failed",
        "the password is wrong: put the right one into ~/.pgpass, or PGPASSWORD",
    ),
    ("no password supplied", "it asks for a password: put it into ~/.pgpass, or into PGPASSWORD"),
    ("does not exist", "there is no such database or user there: {said}"),
    ("too many clients", "too many people use the server: try again in a moment"),
    ("timeout expired", "the server does not answer: check its name, or try again in a moment"),
    ("could not translate host name", "there is no such server: check its name"),
    ("failed to resolve host", "there is no such server: check its name"),
    ("Name or service not known", "there is no such server: check its name"),
    ("refused", "nothing answers there: check the name and port, or ask whoever runs the server"),
    ("starting up", "the server is just starting: try again in a moment"),
)
"""What is said when a server cannot be reached, by words of its own error."""


def why_not(said: str) -> str:
    """Return why a server cannot be used, and what to do, from its own words."""
    first = " ".join(said.split())
    for words, sentence in CANNOT_CONNECT:
        if words in first:
            return sentence.format(said=first.rpartition("FATAL: ")[2])
    return f"the server cannot be used: {first}"
