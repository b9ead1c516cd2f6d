"""Files that people hand over, read as text: all of it, or one clear sentence why not."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

from ..errors import ApError

MOST = 50 << 20
"""The largest file that is read, in bytes: half a million lines of attendance have some 20 megabytes."""


def read_file_text(file: Path) -> str:
    """What a file holds, without a byte-order mark; ApError where it cannot be read, is no ordinary file, or is no text."""
    try:
        if not stat.S_ISREG(
            file.stat().st_mode
        ):  # asked before it is opened: a pipe would wait for ever
            raise ApError(f"{file} is not an ordinary file: save it as one first")
        with file.open("rb") as opened:
            found = opened.read(
                MOST + 1
            )  # what grows while it is read is cut off by the same limit
    except (OSError, ValueError) as problem:
        raise ApError(
            f"{file} cannot be read: {getattr(problem, 'strerror', None) or problem}"
        ) from None
    if len(found) > MOST:
        raise ApError(f"{file} has more than {MOST >> 20} megabytes: part it into several files")
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ApError(
            f"{file} is not UTF-8 (byte {problem.start + 1}): save it in UTF-8 (a spreadsheet calls it “CSV UTF-8”)"
        ) from None
    if "\0" in text:
        raise ApError(f"{file} is not a text: it holds a NUL")
    return text


def split_lines(text: str) -> StringIO:
    """A text by its lines as CSV has them: parted by CR, LF or both, which stay within what is quoted."""
    return StringIO(text, newline="")


def guess_delimiter(text: str) -> str:
    """What parts the columns: a comma, a semicolon or a tab, whichever the first line has most of."""
    return max(",;\t", key=split_lines(text).readline().count)
