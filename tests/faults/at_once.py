"""Many processes at one store: all that they wrote is there, in one chain, each with a number of its own."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from ..conftest import Program
from .killing import Victim, run
from .tally import Tally, refs_of, unsound, without_log

MANY = 16
ADD = ("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another")


def write_at_once(folder: Path, rounds: int) -> Tally:
    """So many processes, each of which runs that many commands one after the other."""
    return count_writes(Program(folder), MANY, rounds)


def count_writes(ap: Program, many: int, rounds: int) -> Tally:
    """Let many processes write that often to one store, and count what is there afterwards."""
    run(ap, *ADD)
    before = refs_of(ap, "pupil", "P")
    printed = gather([Writer(ap, rounds) for _ in range(many)])
    return Tally(
        rounds=rounds,
        acknowledged=len(printed),
        lost=many * rounds - len(set(printed) & (refs_of(ap, "pupil", "P") - before)),
        half_written=without_log(ap, "pupil"),
        unsound=unsound(ap),
    )


def use_first_at_once(folder: Path, rounds: int) -> Tally:
    """So many commands at the same moment at a store that is not there yet, in each round."""
    tally = Tally(rounds=rounds)
    for number in range(rounds):
        ap = Program(folder / str(number))
        ap.folder.mkdir()
        printed = gather([Victim(ap, *ADD) for _ in range(MANY)])
        tally.acknowledged += len(printed)
        tally.lost += MANY - len(set(printed) & refs_of(ap, "pupil", "P"))
        tally.half_written += without_log(ap, "pupil")
        tally.unsound += unsound(ap)
    return tally


class Writer:
    """A process that runs a command again and again; its references are read once it has ended."""

    def __init__(self, ap: Program, times: int) -> None:
        self._out, out = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            write_often(ap, times, out)
        os.close(out)

    def end(self) -> tuple[int, str]:
        """Wait for its end; return its exit code and the references, a line each."""
        with os.fdopen(self._out, "r", encoding="utf-8") as out:
            printed = out.read()
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status), printed.strip()


def write_often(ap: Program, times: int, out: int) -> NoReturn:
    """Run the command so often and pass its references on; it never returns."""
    code = 1
    try:
        for _ in range(times):
            os.write(out, f"{run(ap, *ADD)}\n".encode())
        code = 0
    except BaseException:  # noqa: BLE001 - the parent would not see it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def gather(running: Iterable[Writer | Victim]) -> list[str]:
    """Wait for the end of each, and list the references that they printed."""
    ended = [one.end() for one in running]
    return [ref for _, printed in ended for ref in printed.split()]
