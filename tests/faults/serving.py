"""A server at which many write at once, and copies to it and from it that are killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..conftest import Program, place
from ..server.cluster import Cluster, ServerProgram, start_cluster
from .at_once import count_writes
from .killing import run_and_kill, usual_duration
from .tally import Tally, unsound

MANY_THERE = 50


@contextmanager
def a_server() -> Iterator[Cluster]:
    """A server for the time of the block."""
    made = start_cluster()
    try:
        yield made
    finally:
        made.remove()


def write_there_at_once(folder: Path, rounds: int) -> Tally:
    """Fifty processes at a store on a server, each of which runs that many commands."""
    with a_server() as server:
        return count_writes(ServerProgram(folder, server=server.create("many")), MANY_THERE, rounds)


def kill_copies(folder: Path, rounds: int) -> Tally:
    """A copy to a server and one back to a file each time: the store is good, and so is what is left.

    What a killed copy left is nothing, an empty store, or the whole of it.
    """
    here, tally = Program(folder), Tally()
    place(here)
    with a_server() as server:
        whole = ServerProgram(folder, server=server.create("whole"))
        usual = usual_duration(here, "db", "copy", here.there, whole.there)
        for _ in range(rounds):
            there = ServerProgram(folder, server=server.create("killed"))
            back = Program(folder / "back")
            for source, target in ((here, there), (whole, back)):
                target.folder.mkdir(exist_ok=True)
                code, printed = run_and_kill(
                    source, usual, "db", "copy", source.there, target.there
                )
                tally.rounds += 1
                tally.stopped += code < 0
                tally.acknowledged += bool(printed)
                count_copy(source, target, bool(printed), tally)
            back.store.unlink(missing_ok=True)
    return tally


def count_copy(source: Program, target: Program, was_kept: bool, tally: Tally) -> None:
    """Count what a copy left: it is whole or nothing, and the store that it was made of is good."""
    tally.unsound += unsound(source)
    if isinstance(target, ServerProgram) or target.store.exists():
        found = pupils(target)
        tally.half_written += found not in ([], pupils(source))
        tally.lost += was_kept and found != pupils(source)
        tally.unsound += unsound(target)
    else:
        tally.lost += was_kept


def pupils(ap: Program) -> list[tuple[object, ...]]:
    """The pupils of a store, with what the log has of it all."""
    with ap.opened() as store:
        return [
            *store.rows("SELECT id, name, born FROM pupil"),
            *store.rows("SELECT id, head FROM chain"),
        ]
