"""What a command writes to files, as the system sees each write: also to one that is gone by the end."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ..conftest import Program, Ran
from .pages import CODINGS

WRITE = re.compile(r'\bp?write(?:64)?\((\d+)<([^>]*)>, "((?:\\x[0-9a-f]{2})*)"')
LONGEST = 1 << 20
"""The most bytes of one write that are looked at."""


def run_traced(ap: Program, *args: str, **environment: str) -> tuple[Ran, set[tuple[str, bytes]]]:
    """Run a command; return how it ended, and what it wrote: to which file, and the bytes."""
    log = ap.folder.parent / f"{ap.folder.name}.trace"
    found = subprocess.run(
        ["strace", "-f", "-y", "-xx", "-o", log, "-s", str(LONGEST), "-e", "trace=write,pwrite64",
         sys.executable, "-m", "ap_cli", "--on", ap.on, *args],
        env=ap.environment | environment,
        cwd=ap.folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    written = set()
    with log.open() as lines:
        for number, name, content in (
            match.groups() for match in map(WRITE.search, lines) if match
        ):
            if int(number) > 2:
                written.add((_unescape(name).decode(), _unescape(content)))
    log.unlink()
    return Ran(found.returncode, found.stdout, found.stderr), written


def _unescape(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


def files_written_with(written: set[tuple[str, bytes]], *words: str) -> set[str]:
    """The names of the files to which one of these words was written, in UTF-8 or UTF-16."""
    spelt = [word.lower().encode(coding) for word in words for coding in CODINGS]
    return {
        Path(name).name
        for name, content in written
        if any(each in content.lower() for each in spelt)
    }
