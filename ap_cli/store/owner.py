"""Whose an unfinished copy is: which process of which computer writes it, and if it still runs."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from zlib import crc32

OWNED = re.compile(r"\.([0-9a-f]{8})-(\d{1,10})\.[0-9a-f]{8}\.part")
"""What the name of an unfinished copy has of its owner: the computer, and the process there."""

STILL_ACTIVE, MAY_ASK, DENIED = 259, 0x1000, 5
"""How Windows says that a process runs, the right that it takes to ask, and that it is refused."""


@cache
def computer() -> str:
    """Return a sum of what tells this computer apart, and of its containers this one."""
    told = [os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")]
    for file in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        with suppress(OSError):
            place = Path(file)
            told.append(str(place.readlink()) if place.is_symlink() else place.read_text("ascii"))
    return f"{crc32(' '.join(told).encode()):08x}"


def name_of_owner() -> str:
    """Return how this process is called in the names of its unfinished copies."""
    return f"{computer()}-{os.getpid()}"


def is_orphan(name: str) -> bool:
    """Return whether the process has ended that wrote an unfinished copy of a name.

    Of another computer nobody can say, nor of a name that does not say whose it is.
    """
    found = OWNED.search(name)
    return found is not None and found[1] == computer() and not is_running(int(found[2]))


def is_running(process: int) -> bool:
    """Return whether a process of this computer runs, or one that has its number by now."""
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    """Return whether a process runs: there a signal 0 would end it."""
    import ctypes

    windows = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    opened = windows.OpenProcess(MAY_ASK, False, process)
    if not opened:
        return bool(windows.GetLastError() == DENIED)  # it may not be asked, so it is there
    code = ctypes.c_ulong()
    windows.GetExitCodeProcess(opened, ctypes.byref(code))
    windows.CloseHandle(opened)
    return bool(code.value == STILL_ACTIVE)
