"""A long list of values that takes little memory: all but the last of them are packed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Generic, TypeVar
from zlib import compress, decompress

T = TypeVar("T")

AT_ONCE = 1000
"""How many values are packed at once."""


class Packed(Generic[T]):
    """Values in the order in which they were added, which can be read again and again."""

    def __init__(self) -> None:
        self._packs: list[bytes] = []
        self._last: list[T] = []

    def append(self, value: T) -> None:
        """Add a value."""
        self._last.append(value)
        if len(self._last) == AT_ONCE:
            self._packs.append(compress(pickle.dumps(self._last), 1))
            self._last = []

    def __len__(self) -> int:
        return len(self._packs) * AT_ONCE + len(self._last)

    def __iter__(self) -> Iterator[T]:
        for pack in self._packs:
            yield from pickle.loads(decompress(pack))  # noqa: S301 - packed above, never outside
        yield from self._last
