"""Where a result goes: held until it is whole, harmless to a terminal, then written at once."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from ..errors import ApError
from ..forms.text import printable
from ..store.disk import create_private

IN_MEMORY = 16 << 20
PAINTED = re.compile(r"(\x1b\[\d+m)")
"""What `paint` puts around a text in colour."""

CONTROLS = re.compile(
    rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])"
)
"""UTF-8 of what JSON may hold and a terminal obeys: control characters and turns of direction."""


def escape_controls(piece: bytes) -> bytes:
    """JSON that moves no terminal, and has the same values when it is parsed."""
    return CONTROLS.sub(_escape, piece)


def _escape(control: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(control[0].decode())


def printable_line(line: str, color: bool = False) -> str:
    """A line that moves no terminal; tabs part its cells, and its colours stay where they are."""
    parts = PAINTED.split(line) if color else [line]
    return "".join(
        part if at % 2 else "\t".join(map(printable, part.split("\t")))
        for at, part in enumerate(parts)
    )


class HeldOutput:
    """A result that waits until it is whole, so that an error shows none of it.

    A large one waits on disk, in a file that only its owner can read.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = io.BytesIO()
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece of the result."""
        self._size += len(piece)
        if self._size > IN_MEMORY and isinstance(self._file, io.BytesIO):
            import tempfile  # a heavy import, and rarely needed

            on_disk = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with this object
            on_disk.write(self._file.getvalue())
            self._file = on_disk
        self._file.write(piece)

    def pieces(self) -> Iterator[bytes]:
        """All that was written, from the start."""
        self._file.seek(0)
        while piece := self._file.read(1 << 20):
            yield piece


@contextmanager
def open_output(file: Path | None) -> Iterator[BinaryIO]:
    """Where a result goes: standard output, or a file that takes its name only once it is whole."""
    if file is None:
        sys.stdout.flush()
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # whoever read it has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if file.exists() and not file.is_file():  # a pipe or a device takes what comes
        with file.open("wb") as out:
            yield out
        return
    beside = file.with_name(f".{file.name[:100]}.{os.getpid()}.part")
    try:
        with os.fdopen(create_private(beside), "wb") as out:
            yield out
        beside.replace(file)
    except OSError as problem:
        raise ApError(f"{file} cannot be written: {problem.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)
