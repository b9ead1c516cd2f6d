"""Every command answers on a server as it does on a file, byte for byte."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..cli.test_examples import BEFORE, EXAMPLES, LATER, begins, furnish
from ..conftest import Program, Ran
from .cluster import Cluster, ServerProgram

LONG = "AP_TEST_LONG"
"""The variable of the environment by which all three examples of each command are compared."""

OWN = {
    "ap db backup": "a server is backed up by its own programs",
    "ap db backups": "the same",
    "ap db restore": "the same",
    "ap db upgrade": "the backup is the server's",
    "ap db encrypt": "files alone are encrypted by ap",
    "ap db decrypt": "the same",
    "ap db rekey": "the same",
    "ap db unlock": "the same",
    "ap db copy": "it names two stores",
    "ap access": "a file has no users",
    "ap doctor": "what it says of a file does not hold for a server",
    "ap db check": "the same",
    "ap db verify --seal": "it is the seal of another store",
}
"""Examples that answer something else on a server, by how they begin, and why."""

VARIES = (
    (re.compile(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00)?"), "MOMENT"),
    (re.compile(r"\b\d+-([0-9a-f]{4}-){4}[0-9a-f]{4}\b"), "SEAL"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "HASH"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "ID"),
    (re.compile(r"\(store [0-9a-f]{8}\)"), "(store ID)"),
    (re.compile(r"20\d{6}-\d{6}|20\d{6}T\d{6}Z"), "STAMP"),
)
"""What differs between two stores into which the same was written at another moment."""

TRIED = [
    example
    for examples in EXAMPLES.values()
    for example in (examples if os.environ.get(LONG) else examples[:1])
    if not example.startswith(tuple(OWN))
]


@pytest.fixture(scope="module")
def furnished(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Path]]:
    """The same store, made by the same commands, in a file and on a server."""
    there = ServerProgram(tmp_path_factory.mktemp("there"), server=cluster.create("furnished"))
    here = Program(tmp_path_factory.mktemp("here"))
    furnish(here)
    furnish(there)
    yield here.folder, there.folder
    cluster.drop("furnished")


def plain(ran: Ran, ap: Program) -> tuple[int, str, str]:
    """What a command answered, without what differs from store to store."""
    said = [ran.out, ran.err]
    for which, text in enumerate(said):
        text = text.replace(ap.environment["AP_DB"], "STORE").replace(str(ap.folder), "FOLDER")
        for found, word in VARIES:
            text = found.sub(word, text)
        said[which] = text
    return ran.code, said[0], said[1]


@pytest.mark.parametrize("example", TRIED)
def test_an_example_answers_the_same(
    cluster: Cluster, furnished: tuple[Path, Path], tmp_path: Path, example: str
) -> None:
    here, there = (
        Program(tmp_path / "x"),
        ServerProgram(tmp_path / "y", server=cluster.create("tried", "furnished")),
    )
    for program, folder in zip((here, there), furnished, strict=True):
        shutil.copytree(folder, program.folder)
    answers = []
    for program in (here, there):
        for command in begins(example, BEFORE, ()):
            program.ok(*command.split())
        ran = program(*shlex.split(example)[1:], on=begins(example, LATER, None))
        answers.append(plain(ran, program))
    assert answers[0] == answers[1]
