"""What is installed only by those who want it: programs that read spreadsheets and make papers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from .errors import ApError

Extra = Literal["spreadsheets", "documents"]


class ExtraMissing(ApError):
    """A part of `ap` that is not installed here; exit code 2."""

    def __init__(self, extra: Extra) -> None:
        self.extra = extra
        super().__init__(
            f"This needs the part of ap for {extra}: pip install 'ap-cli[{extra}]', then try again."
        )


@contextmanager
def needing(extra: Extra) -> Iterator[None]:
    """Import within this what an extra brings; raise ExtraMissing where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as problem:
        raise ExtraMissing(extra) from problem
