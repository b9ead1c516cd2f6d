"""Where a result goes: held until it is whole, harmless to a terminal, then written at once."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO
from zlib import compress, decompress

from ..errors import ApError
from ..forms.text import echo, printable
from ..store.disk import PART, create_private, remove_orphans, unique_beside

IN_MEMORY = 4 << 20
"""The bytes of a result that wait as they are; more are packed."""

QUICKLY = 1
"""How well it is packed: lists of records become a tenth all the same."""

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

    It waits in memory: of a store nothing may be in a temporary folder. What is large is packed.
    """

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._packed: list[bytes] = []

    def write(self, piece: bytes) -> None:
        """Add a piece of the result."""
        self._waiting += piece
        if len(self._waiting) > IN_MEMORY:
            self._packed.append(compress(self._waiting, QUICKLY))
            self._waiting.clear()

    def pieces(self) -> Iterator[bytes]:
        """All that was written, from the start."""
        yield from map(decompress, self._packed)
        yield bytes(self._waiting)


class CannotWrite(ApError):
    """An answer cannot be written to the file of `--out`, or to standard output if that is None.

    `reason` says why. Nothing was kept; if something was, AnswerLost says so instead.
    """

    def __init__(self, file: Path | None, reason: str) -> None:
        self.reason = reason
        where = "the answer" if file is None else f"--out: {echo(file, 80)}"
        super().__init__(f"{where} cannot be written: {reason}")


class Output:
    """Where a result goes: standard output, or a file that takes its name only once it is whole.

    The file is opened at once, so that a place that cannot be written refuses before anything is
    done: raise CannotWrite then. `lost` says why nobody can have read what was written.
    """

    def __init__(self, file: Path | None) -> None:
        self.lost = ""
        self._file = file
        self._beside: Path | None = None
        self._out: IO[bytes] | None = None
        if file is None:
            return
        try:
            self._out = self._open(file)
        except OSError as problem:
            raise CannotWrite(file, why(problem)) from None

    def _open(self, file: Path) -> IO[bytes]:
        if file.exists() and not file.is_file():
            return file.open("wb")  # a pipe or a device takes what comes
        remove_orphans(file.parent)
        beside = unique_beside(file, PART)
        made = create_private(beside)
        self._beside = beside
        return os.fdopen(made, "wb")

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; what is not whole is removed."""
        if self._out is not None:
            with suppress(OSError):
                self._out.close()
        if self._beside is not None:
            with suppress(OSError):
                self._beside.unlink(missing_ok=True)

    def write(self, pieces: Iterable[bytes]) -> None:
        """Write the whole result; raise CannotWrite."""
        self.write_beside(pieces)
        self.put_in_place()

    def write_beside(self, pieces: Iterable[bytes]) -> None:
        """Write the whole result, which has not the name of its file yet; raise CannotWrite."""
        try:
            if self._out is None:
                self.lost = write_to_stdout(pieces)
                return
            self._out.writelines(pieces)
            self._out.close()
        except OSError as problem:
            raise CannotWrite(self._file, why(problem)) from None

    def put_in_place(self) -> None:
        """Give a file that was written its name, in place of one that has it; raise CannotWrite."""
        if self._beside is None or self._file is None:
            return
        try:
            self._beside.replace(self._file)
            self._beside = None
        except OSError as problem:
            raise CannotWrite(self._file, why(problem)) from None


def write_to_stdout(pieces: Iterable[bytes]) -> str:
    """Write to standard output, and return why nobody can have read it, or an empty text."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever read it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return "whoever read the output has left"
    return "" if sys.__stdout__ else "standard output is closed"


def why(problem: OSError) -> str:
    """Say in words why something cannot be written."""
    return problem.strerror or str(problem)
