"""Every command's help begins with three examples, and each of them works."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ap_cli.cli.app import COMMANDS, load_command
from ap_cli.cli.helping import MOST, part_examples
from ap_cli.services import drafts
from ap_cli.services.drafts import OpenForm
from ap_cli.store.author import Author

from ..conftest import Program


def commands_in(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Each command below a name, with its whole name."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name in command.commands:
        below = getattr(command, "load", command.commands.get)(name)
        if not below.hidden:
            yield from commands_in(f"{path} {name}", below)


EXAMPLES = {
    path: part_examples(command.help or "")[1]
    for name in COMMANDS
    for path, command in commands_in(name, load_command(name))
}

FILES = {
    "pupils.csv": "Name,DOB,Sch\nThird Sample,05/03/2011,Elm Academy\n",
    "placements.csv": "Pupil,DOB,AP,Start,Hours\nSample Pupil,05/03/2011,PR-0001,05/01/2026,12\n",
    "marks.csv": "pupil,date,session,code\nP-0001,2026-02-25,am,B\n",
    "edubasealldata20251103.csv": "URN,EstablishmentName,EstablishmentStatus (name),"
    "TypeOfEstablishment (code)\n100001,Example School,Open,11\n",
    "terms.csv": "School,Term,Start,End\nElm Academy,Autumn 1,2027-08-30,2027-10-15\n",
    "terms.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270830\n"
    "DTEND;VALUE=DATE:20271016\nSUMMARY:Autumn 1\nEND:VEVENT\nEND:VCALENDAR\n",
}
RUNS = (0, 1, 3)
"""The exit codes of a command that works: done, something is breached, cannot be told."""

ASKS = 4
"""A command that a terminal would ask for the rest; only without options may an example do so."""


ENDED = "placement end PL-0001 --day 2026-02-27 --reason moved --destination home-school"
MARKED = tuple(
    f"attendance record PL-0001 {day} {half} B"
    for day in ("2026-01-06", "2026-02-25")
    for half in ("am", "pm")
)
ENCRYPTED = ("config set key-file ap.key", "db encrypt --recovery-to recovery.txt")
BEFORE = {
    "ap placement end PL-0001 --correct": (ENDED,),
    "ap record follow-up": (ENDED,),
    "ap attendance amend": MARKED,
    "ap provider resume": ("provider suspend PR-0001 --reason accident",),
    "ap pupil erase": (ENDED,),
    "ap pupil release": ("pupil hold P-0001 --reason inquiry",),
    "ap db restore": ("db backup friday.zip",),
    "ap export evidence": (
        "record evidence PR-0001 --item insurance --file terms.ics --day 2026-02-27",
    ),
    "ap db decrypt": ENCRYPTED,
    "ap db rekey": ENCRYPTED,
    "ap db unlock": ENCRYPTED,
}
"""What has been done before an example, by how it begins."""

LATER = {"ap placement end PL-0001 --day 2026-07-10": "2026-07-13"}
"""The day of an example that is about a day to come, by how it begins."""

OF_A_SERVER = {
    "ap db copy": (5, "there is no such server"),
    "ap access": (2, "is a file: whoever may read or write it can"),
}
"""Examples with a server, which there is in `tests/server` alone, and how they end here."""

OF_ANOTHER_STORE = "ap db verify --seal"
"""An example with what only another store has: a seal."""


def begins(example: str, known: dict[str, Any], otherwise: Any) -> Any:
    """What is known of an example by how it begins."""
    return next((value for key, value in known.items() if example.startswith(key)), otherwise)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which each example finds what it names, with the files that examples read."""
    ap = Program(tmp_path_factory.mktemp("furnished"))
    furnish(ap)
    return ap.folder


def furnish(ap: Program) -> None:
    """Make a store in which each example finds what it names, with the files that examples read."""
    folder = ap.folder
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    county = Path(__file__).parents[2] / "ap_cli" / "policy" / "leicestershire.toml"
    shutil.copy(county, folder / "county.toml")
    ap.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    for number in (1, 2):
        ap.ok("provider", "add", f"Hollow Oak Farm {number}", "--kind", "non-school")
        ap.ok("pupil", "add", f"Test Pupil {number}", "--born", f"2010-0{number}-27")
    ap.ok(
        *("placement", "new", "--no-input", "--pupil", "P-0001", "--provider", "PR-0001"),
        *("--route", "off-site-direction", "--starts", "2026-01-06", "--ends", "2026-12-18"),
        *("--hours", "10", "--owner", "T. Sample", "--commissioner", "C-0001"),
    )
    ap.ok("record", "visit", "PL-0001", "--by", "A. Tester", "--day", "2026-02-27", "--note", "ok")
    store = ap.opened()
    drafts.keep(
        store,
        {"day": "2026-02-27", "whom": "C. Sample"},
        Author("tester"),
        None,
        OpenForm("record contact", "PL-0001"),
    )
    store.close()


@pytest.fixture
def ready(furnished: Path, tmp_path: Path) -> Program:
    """A copy of that store, which an example may change."""
    folder = tmp_path / "copy"
    shutil.copytree(furnished, folder)
    return Program(folder)


def test_there_are_commands() -> None:
    assert len(EXAMPLES) > 90


@pytest.mark.parametrize("path", EXAMPLES)
def test_a_command_has_three_examples_of_itself(path: str) -> None:
    examples = EXAMPLES[path]
    assert len(set(examples)) == MOST, examples
    assert all(f"{one} ".startswith(f"ap {path} ") for one in examples), examples


@pytest.mark.parametrize("example", [one for examples in EXAMPLES.values() for one in examples])
def test_an_example_works(ready: Program, example: str) -> None:
    for command in begins(example, BEFORE, ()):
        ready.ok(*command.split())
    words = shlex.split(example)[1:]
    found = ready(*words, on=begins(example, LATER, None))
    if example.startswith(OF_ANOTHER_STORE):
        assert found.code == 2 and "seal" in found.err
        return
    if ends := begins(example, OF_A_SERVER, None):
        assert (found.code, ends[1] in found.err) == (ends[0], True)
        return
    may_ask = "--ask" in words or not any(word.startswith("--") for word in words)
    assert found.code in (*RUNS, *([ASKS] if may_ask else [])), found
