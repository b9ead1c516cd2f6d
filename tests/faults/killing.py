"""Commands killed with SIGKILL at a random moment, in a fork of a process that has them loaded."""

from __future__ import annotations

import atexit
import os
import random
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from ..conftest import Program
from ..forked import LOADED

MARGIN = 1.2
"""Up to how many times its usual duration a command may run before it is killed."""


def load() -> None:
    """Load what commands need, so that a fork spends its time on what is tried."""
    for name in LOADED:
        import_module(name)


class Victim:
    """A command in a fork of this process; its output is read once it has ended.

    It has begun when this returns. `told` is what it wrote to standard error, in the end.
    """

    def __init__(self, ap: Program, *args: str) -> None:
        self.told = ""
        self._out, out = os.pipe()
        self._err, err = os.pipe()
        begun, begins = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            become(ap, args, out, err, begins)
        for end in (out, err, begins):
            os.close(end)
        os.read(begun, 1)
        os.close(begun)

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self._pid, number)

    def end(self) -> tuple[int, str]:
        """Wait for its end; return its exit code, or minus the signal, and what it printed."""
        with os.fdopen(self._out, "r", encoding="utf-8") as out:
            printed = out.read()
        with os.fdopen(self._err, "r", encoding="utf-8") as err:
            self.told = err.read()
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status), printed.strip()


def become(ap: Program, args: tuple[str, ...], out: int, err: int, begins: int) -> NoReturn:
    """Turn a fork into the command; it never returns."""
    code = 70
    try:
        atexit._clear()  # what the parent does at its end, such as deleting the folder
        null = os.open(os.devnull, os.O_RDWR)
        for stream, number in ((null, 0), (out, 1), (err, 2)):
            os.dup2(stream, number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        os.chdir(ap.folder)
        os.environ.clear()
        os.environ.update(ap.environment)
        sys.argv = ["ap", "--on", ap.on, *args]
        from ap_cli.__main__ import main

        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.write(begins, b".")
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    except BaseException:  # noqa: BLE001 - the parent would not see it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run(ap: Program, *args: str) -> str:
    """Run a command to its end; return what it printed."""
    code, printed = Victim(ap, *args).end()
    assert code == 0, (args, code, printed)
    return printed


def run_and_kill(ap: Program, usual: float, *args: str) -> tuple[int, str]:
    """Run a command and kill it at a random moment of its usual duration, in seconds."""
    victim = Victim(ap, *args)
    time.sleep(random.uniform(0, usual * MARGIN))
    victim.kill()
    return victim.end()


def usual_duration(ap: Program, *args: str) -> float:
    """Return how many seconds a command takes."""
    begun = time.perf_counter()
    run(ap, *args)
    return time.perf_counter() - begun


def names_of_files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []
