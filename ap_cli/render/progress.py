"""A progress bar for long work, on a terminal's stderr; in a pipe nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T")
LONG = 5000
"""How many items there are from which a bar is shown."""


def with_progress(items: Iterable[T], told: str, total: int | None = None) -> Iterator[T]:
    """The items as they come, with a bar where they are many and somebody watches."""
    known = total if total is not None else len(items) if isinstance(items, Sized) else None
    if known is None or known < LONG or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, told, total=known, console=Console(stderr=True), transient=True)
