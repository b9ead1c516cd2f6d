"""The README and the reference pages cannot rot: their commands run, their tables are made from the program, what they name is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ap_cli.cli.app import COMMANDS
from ap_cli.domain.entries import KINDS
from ap_cli.services import drafts
from ap_cli.store.author import Author

from .cli.test_examples import FILES
from .cli.test_terms import TERMS, ics
from .conftest import AP, COMPLETE, Program
from .generated import PAGES, README, ROOT, files

pytestmark = pytest.mark.uncovered

TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(path, text, id=path.name) for path, text in files().items()]
)
def test_what_is_generated_is_current(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run poe docs"


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 130


def test_its_first_two_blocks_are_the_two_commands_and_each_is_one_line() -> None:
    first, second = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[:2]
    assert first.count("\n") == second.count("\n") == 1
    assert first.strip().endswith("/ap demo") and second.strip().endswith("pytest")


def test_every_command_that_they_name_is_one(ap: Program) -> None:
    for name in set(re.findall(r"`ap ([a-z][a-z-]*)", TEXT)):
        assert name in COMMANDS, name


@pytest.mark.parametrize(
    "command",
    sorted(
        {
            tuple(found.split())
            for found in re.findall(r"`ap ((?:[a-z][a-z-]*)(?: [a-z]+)?)[` ]", TEXT)
        }
    ),
)
def test_every_command_that_they_name_has_help(command: tuple[str, ...]) -> None:
    assert subprocess.run([*AP, *command, "--help"], capture_output=True).returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_names_or_links_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = re.findall(r"`((?:ap_cli|migrations|completions|tests|\.ci|\.github)/[\w./-]*)`", text)
    linked = re.findall(r"\]\(([\w./-]+)\)", text)
    for name in named:
        assert (ROOT / name).exists(), name
    for name in linked:
        assert (page.parent / name).exists(), name


def test_every_task_that_they_name_is_one() -> None:
    import tomllib

    tasks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
    assert set(re.findall(r"`poe ([a-z-]+)`", TEXT)) <= set(tasks)


def every_command() -> list[tuple[str, ...]]:
    from ap_cli.cli.app import load_command

    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        commands = getattr(load_command(name), "commands", None)
        found += [(name, each) for each in commands] if commands else [(name,)]
    return found


ELSEWHERE = {"COLUMNS": "80", "PATH": "", "HOME": "/nonexistent"}
"""The environment of somebody who has nothing set up."""
if "SYSTEMROOT" in os.environ:  # without it, nothing starts on Windows
    ELSEWHERE["SYSTEMROOT"] = os.environ["SYSTEMROOT"]


@pytest.mark.parametrize("command", every_command(), ids=" ".join)
def test_every_command_has_help_that_reads_to_its_end(command: tuple[str, ...]) -> None:
    told = subprocess.run(
        [*AP, *command, "--help"],
        capture_output=True,
        text=True,
        env=ELSEWHERE,
    )
    assert (
        told.returncode == 0
        and "Usage: " in told.stdout
        and "--help" in told.stdout
        and "\x1b" not in told.stdout
    )


def examples() -> list[str]:
    from inspect import cleandoc

    from ap_cli.cli.app import load_command
    from ap_cli.cli.record import example_of
    from ap_cli.cli.recorded import EDIT_EXAMPLE

    found = [*map(example_of, KINDS.values()), EDIT_EXAMPLE]
    for name in COMMANDS:
        command = load_command(name)
        for each in getattr(command, "commands", {"": command}).values():
            told = re.search(r"Examples?: (.*)", cleandoc(each.help or ""), re.DOTALL)
            found += (
                re.split(r"; ", told[1].replace("\n", " ")) if told and name != "record" else []
            )
    return found


def prepare(placed: Program, args: list[str]) -> None:
    """What an example takes for granted."""
    if "follow-up" in args or "--correct" in args or args[:2] == ["pupil", "erase"]:
        placed.ok("placement", "end", "PL-0001", "--day", "2026-02-27", "--reason", "x",
                  "--destination", "home-school")  # fmt: skip
    if args[:2] == ["attendance", "amend"]:
        for session in (("2026-02-25", "am"), ("2026-02-25", "pm"), ("2026-01-06", "am")):
            placed.ok("attendance", "record", "PL-0001", *session, "B")
    prepare_files(placed, args)
    if "me" in args:
        placed.ok("config", "set", "me", "council")
    if "--owner" in args:
        placed.ok("placement", "edit", "PL-0001", "--owner", "T. Sample")
    if "resume" in args:
        placed.ok("provider", "suspend", "PR-0001", "--reason", "x")
    if "merge" in args:
        placed.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--another")
        placed.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--another")
    if args[0] == "record" and args[1] in ("edit", "withdraw"):
        placed.ok("record", "contact", "PL-0001", "--said", "all well")
    if (args[:2] == ["placement", "end"] and "--day" in args) or args[0] == "undo":
        placed.ok("record", "review", "PL-0001", *COMPLETE, "--child-view", "likes it")


def prepare_files(placed: Program, args: list[str]) -> None:
    """The files, and the hold, that an example takes for granted."""
    if args[:2] == ["pupil", "release"]:
        placed.ok("pupil", "hold", "P-0001", "--reason", "a claim")
    if args[:2] == ["attendance", "import"]:
        (placed.folder / "marks.csv").write_text("pupil,date,am,pm\nP-0001,2026-02-25,B,B\n")
    if args[0] == "import" or "--from-gias" in args:
        for name in FILES.keys() & set(args):
            (placed.folder / name).write_text(FILES[name])
    if "terms.ics" in args:
        (placed.folder / "terms.ics").write_text(ics(*TERMS), newline="")
    if args[:2] == ["export", "evidence"]:
        given = ("--item", "insurance", "--file", "county.toml")
        placed.ok("record", "contact", "PL-0001", "--said", "all well")
        placed.ok("record", "evidence", "PR-0001", *given)
    if args[:2] == ["db", "restore"]:
        placed.ok("db", "backup", "friday.zip")
    if args[:2] in (["db", "decrypt"], ["db", "rekey"], ["db", "unlock"]):
        placed.ok("config", "set", "key-file", "ap.key")
        placed.ok("db", "encrypt", "--recovery-to", "recovery.txt")


OF_PLAIN_STORES = ("ap db encrypt", "ap db unlock", "ap db copy")
OF_FILES = ("ap db backup", "ap access")


def marked(example: str) -> Any:
    """An example, with the mark of those that are about files, or files that are not encrypted."""
    marks = []
    if example.startswith(OF_PLAIN_STORES):
        marks.append(pytest.mark.plain_store("encrypts or copies a plain store"))
    if example.startswith(OF_FILES):
        marks.append(
            pytest.mark.on_files("a server has backups and roles: `tests/server` has them")
        )
    return pytest.param(example, marks=marks)


@pytest.mark.parametrize("example", list(map(marked, examples())))
def test_every_example_in_the_help_works(placed: Program, example: str) -> None:
    (placed.folder / "county.toml").write_text('name = "Exampleshire"\n')
    (placed.folder / "terms.csv").write_text(
        "calendar,name,first,last\nExampleshire,autumn 1,2026-09-01,2026-10-16\n"
    )
    drafts.keep(placed.opened(), {"hours": "19"}, Author("tester"))
    command, *args = shlex.split(example)
    assert command == "ap"
    prepare(placed, args)
    if "--seal" in args:  # the seal of the example is of a store that nobody has
        args[args.index("--seal") + 1] = placed.ok("db", "seal").out.strip()
    found = placed(*args, on="2026-07-10" if "end" in args else None)
    if args[:1] == ["access"]:  # the same
        assert found.code == 2 and "is a file: whoever may read or write it can" in found.err
        return
    if args[:2] == ["db", "copy"]:  # `tests/server` tries it with a server that is there
        assert found.code == 5 and "there is no such server" in found.err
        return
    says_no = (0, 1) if args[0] in ("check", "eligible") else (0,)
    if "--strict" in args:  # something is still to fill in
        says_no = (3,)
    asks = (
        "--ask" in args
        or args == ["placement", "new"]
        or args[0] == "do"
        or args[:2] == ["draft", "resume"]
        or args in (["db", "restore", "friday.zip"], ["db", "unlock", "friday.zip"])
        or args in (["db", name] for name in ("encrypt", "decrypt", "rekey", "unlock"))
    )
    assert found.code in ((4,) if asks else says_no), found


def test_the_newest_version_of_the_changelog_is_the_programs() -> None:
    from ap_cli import __version__

    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first, *released = re.findall(r"^## \[?([\w.]+)", changes, re.MULTILINE)
    assert first == "Unreleased", "what changes next has a place"
    newest_first = sorted(released, key=lambda version: [*map(int, version.split("."))])[::-1]
    assert released == newest_first
    assert released[:1] in ([], [__version__]), "until the first is cut there is none"
