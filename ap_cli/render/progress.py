"""A progress bar for long work, on a terminal's stderr; in a pipe nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T")
LONG = 5000
"""The fewest items that a bar is shown for."""


def with_progress(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """The items as they come; with a bar if there are many and somebody watches."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    if total is None or total < LONG or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, label, total=total, console=Console(stderr=True), transient=True)
