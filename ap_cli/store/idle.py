"""Who reads one state of a store on a server lets it go while a person is asked.

A server cannot clean up what is deleted, nor change its tables, while somebody still reads an older
state; and a person may take an hour to answer.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

READING: WeakSet[Any] = WeakSet()
"""The connections of this process that have begun to read one state."""


def let_go() -> None:
    """Let go what is read; what is read next is as it is then."""
    for connection in list(READING):
        connection.let_go()
    READING.clear()
