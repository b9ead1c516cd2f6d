"""Files that people hand over, read as text; what cannot be read is refused in one sentence."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ApError
from ..forms.text import name_file

MOST = 50 << 20
"""The largest file that is read, in bytes; half a million lines of attendance are 20 megabytes."""


MARK = b"\xef\xbb\xbf"
"""The byte-order mark that UTF-8 may begin with."""


def read_file_text(file: Path, called: str = "") -> str:
    """The text of a file, without a byte-order mark; raise ApError if it cannot be read as text.

    `called` is its name in the error, unless it is a file that somebody typed.
    """
    name = called or name_file(file)
    content = read_content(file, name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ApError(f"{name} is not UTF-8 (byte {problem.start + 1}): save it in UTF-8") from None
    return refuse_binary(name, text)


def read_table_text(file: Path) -> str:
    """The text of a table or calendar, which is UTF-8 or as Windows writes it in England.

    Raise ApError if it cannot be read as text. Spreadsheets save a CSV in Windows-1252.
    """
    name = name_file(file)
    content = read_content(file, name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.removeprefix(MARK).decode("cp1252")
        except UnicodeDecodeError as problem:
            raise ApError(
                f"{name} is neither UTF-8 nor Windows-1252 (byte {problem.start + 1}):"
                " save it in UTF-8 (a spreadsheet calls it “CSV UTF-8”)"
            ) from None
    return refuse_binary(name, text)


def read_content(file: Path, name: str) -> bytes:
    """The bytes of an ordinary file that is not too large; raise ApError, with its name, if not."""
    with opening(name):
        refuse_special(file, name)
        with file.open("rb") as opened:
            # one byte more than allowed shows that there is too much
            content = opened.read(MOST + 1)
    refuse_large(len(content), name, MOST)
    return content


def check_file(file: Path, name: str, most: int) -> None:
    """Raise ApError unless a file is an ordinary one that can be read, of at most so many bytes."""
    with opening(name):
        refuse_special(file, name)
        with file.open("rb"):
            refuse_large(file.stat().st_size, name, most)


@contextmanager
def opening(name: str) -> Iterator[None]:
    """Open a file within this; raise ApError, with its name, if that cannot be."""
    try:
        yield
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ApError(f"{name} cannot be read: {reason}") from None


def refuse_special(file: Path, name: str) -> None:
    """Raise ApError unless a file is an ordinary one, before it is opened: a pipe would wait."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise ApError(f"{name} is not an ordinary file: save it as one first")


def refuse_large(size: int, name: str, most: int) -> None:
    """Raise ApError if a file has more bytes than are read."""
    if size > most:
        raise ApError(f"{name} has more than {most >> 20} megabytes: split it into several files")


def refuse_binary(name: str, text: str) -> str:
    """Return a text; raise ApError if it has what no text has, as UTF-16 read so has."""
    if "\0" in text:
        raise ApError(f"{name} is not a text file: save it as CSV or text first")
    return text
