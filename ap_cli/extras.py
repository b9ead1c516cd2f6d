"""What is installed only by those who want it: for spreadsheets, papers and encrypted stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Literal

from .errors import ApError

Extra = Literal["spreadsheets", "documents", "encrypted", "postgres"]

CALLED = {"encrypted": "encrypted stores", "postgres": "stores on a server"}
"""What an extra is called in a sentence, if not by its name."""

MAKERS: dict[str, tuple[Extra, str]] = {
    "xlsx": ("spreadsheets", "xlsxwriter"),
    "pdf": ("documents", "typst"),
    "html": ("documents", "jinja2"),
    "docx": ("documents", "docx"),
}
"""The formats that need an extra: which one, and the library that it brings."""


class ExtraMissing(ApError):
    """A part of `ap` that is not installed here; exit code 2."""

    def __init__(self, extra: Extra) -> None:
        self.extra = extra
        super().__init__(
            f"This needs the part of ap for {CALLED.get(extra, extra)}:"
            f" pip install 'ap-cli[{extra}]', then try again."
        )


@contextmanager
def needing(extra: Extra) -> Iterator[None]:
    """Import within this what an extra brings; raise ExtraMissing where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as problem:
        raise ExtraMissing(extra) from problem


LIBRARIES: dict[Extra, str] = {"encrypted": "sqlcipher3"}
"""A library by which it is seen whether an extra is installed."""


def is_installed(extra: Extra) -> bool:
    """Return whether an extra is installed, without loading it."""
    from importlib.util import find_spec

    return find_spec(LIBRARIES[extra]) is not None


def refuse_without_maker(format: str) -> None:
    """Raise ExtraMissing if what makes a format is not installed: later it would be too late."""
    if format in MAKERS:
        extra, library = MAKERS[format]
        with needing(extra):
            import_module(library)
