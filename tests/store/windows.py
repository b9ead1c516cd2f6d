"""A file that is open is neither replaced nor deleted, as on Windows: by any process, this one too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest

from ap_cli.store import disk, keys


def is_open_anywhere(file: Path) -> bool:
    """Return whether any process has a file open, as the system says."""
    try:
        seen = file.stat()
    except OSError:
        return False
    return any((found.st_dev, found.st_ino) == (seen.st_dev, seen.st_ino) for found in open_files())


def open_files() -> Iterator[os.stat_result]:
    """What each process has open; a process may end meanwhile."""
    for process in os.listdir("/proc"):  # noqa: PTH208 - a Path would raise if one ends
        with suppress(OSError):
            for number in os.listdir(f"/proc/{process}/fd"):  # noqa: PTH208
                with suppress(OSError):
                    yield Path(f"/proc/{process}/fd/{number}").stat()


class Forgetful(set[Any]):
    """A set that keeps nothing."""

    def add(self, _: Any) -> None:
        """Keep nothing."""


@contextmanager
def open_files_refused(before: Callable[[Path], None] = lambda _: None) -> Iterator[list[Path]]:
    """Within the block this process is refused what Windows refuses; list what was refused.

    `before` is called with the file that is to be replaced, at each try.
    """
    refused: list[Path] = []
    replace, unlink = Path.replace, Path.unlink

    def refuse_open(*files: Path) -> None:
        for file in files:
            if is_open_anywhere(file):
                refused.append(file)
                raise PermissionError(EACCES, os.strerror(EACCES), str(file))

    def replace_unopened(self: Path, target: Any) -> Path:
        before(Path(target))
        refuse_open(self, Path(target))
        return replace(self, target)

    def unlink_unopened(self: Path, missing_ok: bool = False) -> None:
        refuse_open(self)
        unlink(self, missing_ok)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk, "REPLACES_OPEN", False)
        for remembered in ("_named", "_in_use"):  # what systems with locks of POSIX keep open
            patched.setattr(keys, remembered, Forgetful())
        patched.setattr(Path, "replace", replace_unopened)
        patched.setattr(Path, "unlink", unlink_unopened)
        yield refused
