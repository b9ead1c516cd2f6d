"""Commands in processes of their own that need not load the libraries again: one process has them loaded, and forks for each command.

What a command loads, and how it starts, is tested with whole processes.
"""

from __future__ import annotations

import gc
import json
import os
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOADED = (
    "ap_cli.cli.app", "ap_cli.cli.check", "ap_cli.services.entries", "ap_cli.services.placements", "ap_cli.services.explained",
    "ap_cli.store.unit", "ap_cli.store.writing", "ap_cli.store.undoing", "ap_cli.store.schema", "ap_cli.render.show", "alembic.command", "sqlite3",
    "stdnum.gb.upn", "dateutil.relativedelta", "icalendar", "rich.table", "csv", "tomllib", "tempfile", "platformdirs",
)  # fmt: skip
AT_START = ("PYTHON", "LANG", "LC_", "TZ")
"""Variables that count when a process starts: with them a whole process is needed."""


class Forking:
    """A process that forks for each command."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._of: subprocess.Popen[str] | None = None

    def run(
        self, args: list[str], environment: dict[str, str], folder: Path, timeout: int = 60
    ) -> tuple[int, str, str]:
        """The exit code, standard output and standard error of a command; TimeoutError where it does not end."""
        if self._of is None:
            self._of = subprocess.Popen([sys.executable, "-m", "tests.forked"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        cwd=Path(__file__).parents[1], env={**os.environ, "PYTHONWARNINGS": ""})  # fmt: skip
        out, err = (Path(self._folder.name, name) for name in ("out", "err"))
        assert self._of.stdin and self._of.stdout
        print(
            json.dumps(
                {
                    "args": args,
                    "environment": environment,
                    "folder": str(folder),
                    "out": str(out),
                    "err": str(err),
                }
            ),
            file=self._of.stdin,
            flush=True,
        )
        if not select.select([self._of.stdout], [], [], timeout)[0]:
            self._of.kill()
            self._of = None
            raise TimeoutError(args)
        code = int(self._of.stdout.readline())
        return code, out.read_text("utf-8"), err.read_text("utf-8")

    def end(self) -> None:
        """Ends the process."""
        if self._of is not None and self._of.stdin:
            self._of.stdin.close()
            self._of.wait()
        self._folder.cleanup()


def serve() -> dict[str, Any] | None:
    """Forks for each command that is asked for: in the fork returns what was asked, and None at the end of all."""
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        child = os.fork()
        if not child:
            return asked
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return None


def become(asked: dict[str, Any]) -> None:
    """Makes this process the command: its folder, its environment, its streams, its arguments."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    null = os.open(os.devnull, os.O_RDONLY)
    for stream, number in (
        (null, 0),
        (os.open(asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1),
        (os.open(asked["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2),
    ):
        os.dup2(stream, number)
        os.close(stream)
    sys.argv = ["ap", *asked["args"]]


if __name__ == "__main__":
    from importlib import import_module

    from ap_cli.__main__ import main

    for name in LOADED:
        import_module(name)
    gc.freeze()
    if asked := serve():
        become(asked)
        main()
