"""Show a result: write it to where it goes, and say on stderr what is said of it."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress

from ..forms.text import printable
from .formats import encode_result
from .output import HeldOutput, Output
from .result import Result
from .show import ShowSettings, fit_line


def show_result(result: Result, how: ShowSettings, output: Output | None = None) -> int:
    """Write a result, to an output that is open already if there is one; return its exit code."""
    if output is None:
        with Output(how.out) as opened:
            return show_result(result, how, opened)
    held = HeldOutput()
    for piece in encode_result(result, how):
        held.write(piece)
    output.write(held.pieces())
    width = shutil.get_terminal_size((100, 24)).columns if sys.stderr.isatty() else 0
    with suppress(OSError):  # the answer itself is written, and its exit code tells the rest
        for said in (*result.said, *([result.wrote()] if result.wrote else [])):
            print(*fit_line(printable(said), width), sep="\n", file=sys.stderr)
    return result.code if isinstance(result.code, int) else result.code()
