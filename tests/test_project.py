"""What surrounds the program: its licence, its versions of Python, its gate and its hooks name what is there."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from .generated import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FOR_USERS = [
    needed
    for extra, parts in PROJECT["project"]["optional-dependencies"].items()
    if extra != "dev"
    for needed in parts
]
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
GATE = (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_workflow_tests_every_version_of_python_that_is_promised() -> None:
    promised = re.findall(r":: (3\.\d+)$", "\n".join(PROJECT["project"]["classifiers"]), re.M)
    tested = re.search(r"python: \[(.*)\]", WORKFLOW)
    assert tested and re.findall(r"3\.\d+", tested[1]) == promised
    assert PROJECT["project"]["requires-python"] == f">={promised[0]}"


def test_the_workflow_runs_the_gate_on_linux() -> None:
    assert "run: bash .ci/run" in WORKFLOW and (ROOT / ".ci" / "run").exists()


@pytest.mark.parametrize("text", [HOOKS, GATE], ids=["hooks", "gate"])
def test_every_task_that_is_called_is_one(text: str) -> None:
    called = set(re.findall(r"poe (?:--quiet )?([a-z]+(?:-[a-z]+)?)", text))
    assert called and called <= set(PROJECT["tool"]["poe"]["tasks"])


def test_the_hooks_fetch_nothing() -> None:
    assert set(re.findall(r"repo: (\S+)", HOOKS)) == {"local"}


def test_the_licence_is_the_one_that_the_package_names() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.startswith("MIT License") and PROJECT["project"]["license"] == "MIT"


def test_types_are_shipped() -> None:
    assert (ROOT / "ap_cli" / "py.typed").exists()


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_the_drawing_of_the_house_has_the_layers_of_the_contract() -> None:
    drawing = re.search(r"```text\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert drawing
    drawn = [re.split(r" {2,}", line)[0] for line in drawing[1].splitlines()]
    [contract] = [
        each for each in PROJECT["tool"]["importlinter"]["contracts"] if each["type"] == "layers"
    ]
    assert drawn == [layer.replace("ap_cli.", "") for layer in contract["layers"]]


def test_it_is_set_up_by_one_command_like_the_readme_s() -> None:
    first, second = (
        re.findall(r"```sh\n(.*)\n```", (ROOT / name).read_text("utf-8"))
        for name in ("CONTRIBUTING.md", "README.md")
    )
    assert len(first) == 1
    assert first[0].rsplit(" && ", 1)[0] == second[1].rsplit(" && ", 1)[0]


def test_every_python_block_is_made_from_the_program() -> None:
    blocks = re.findall(r"(.*)\n```python\n", CONTRIBUTING)
    assert blocks and all(re.fullmatch(r"<!-- [a-z-]+ -->", line) for line in blocks)


def test_the_places_of_the_version_agree() -> None:
    from ap_cli import __version__

    assert PROJECT["project"]["version"] == __version__


MAY_SPEAK_SQL = (
    "ap_cli/store/queries/",
    "ap_cli/store/views.py",
    "ap_cli/store/connection.py",
    "ap_cli/store/dialect.py",
    "ap_cli/store/server.py",
    "ap_cli/store/access.py",
    "ap_cli/store/grantees.py",
)
"""Where statements stand.

Those after the queries make the views, look at a store before it is open, ask a database what it holds,
lock one on a server and copy its tables to suppose, and ask it who may do what there.
"""


def test_every_statement_stands_in_the_queries() -> None:
    statement = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) ")
    places = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "ap_cli").rglob("*.py")
        if statement.search(path.read_text("utf-8"))
    }
    assert [place for place in sorted(places) if not place.startswith(MAY_SPEAK_SQL)] == []


def importers(pattern: str) -> list[str]:
    """The modules of the program that import what a pattern names, wherever in them."""
    statement = re.compile(rf"^\s*(?:import|from) (?:{pattern})\b", re.MULTILINE)
    paths = sorted((ROOT / "ap_cli").rglob("*.py"))
    return [
        path.relative_to(ROOT).as_posix()
        for path in paths
        if statement.search(path.read_text("utf-8"))
    ]


def test_each_database_driver_is_named_in_one_module() -> None:
    encrypted = "ap_cli/store/encrypted.py"  # its errors are made ones of the plain driver
    waiting = "ap_cli/store/patience.py"  # for a file whose key is not known yet as well
    assert importers("sqlite3") == ["ap_cli/store/driver.py", encrypted, waiting]
    assert importers("sqlcipher3") == [encrypted]
    assert importers("psycopg") == ["ap_cli/store/server.py", "ap_cli/store/server_errors.py"]
    assert importers("pyrage") == ["ap_cli/store/sealing.py"]
    assert importers("keyring") == ["ap_cli/store/key_ring.py"]


def test_only_the_declared_tables_and_their_migrations_need_a_database_library() -> None:
    assert importers("sqlmodel|sqlalchemy|alembic") == [
        "ap_cli/store/schema.py",
        "ap_cli/store/serving.py",
        "ap_cli/store/tables.py",
    ]


ONLY_SQLITE = re.compile(
    r"->>|json_(?:valid|extract|type|each)\(|typeof\(|\bGLOB\b|\bquote\(\w+[,)]|group_concat\(|\binstr\("
)
"""Words that other databases do not know, or understand otherwise."""


def test_what_only_sqlite_understands_stands_in_one_module() -> None:
    declared = "ap_cli/store/tables.py"  # what the tables refuse, in the words of SQLModel
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "ap_cli" / "store").rglob("*.py")
        if ONLY_SQLITE.search(path.read_text("utf-8"))
    }
    assert found - {declared} == {"ap_cli/store/dialect.py"}


LOCKED = dict(
    re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
)


@pytest.mark.parametrize("asked", [*PROJECT["project"]["dependencies"], *FOR_USERS])
def test_the_lock_file_has_a_release_of_what_is_needed(asked: str) -> None:
    needed = Requirement(asked)
    assert needed.specifier.contains(LOCKED[needed.name.lower()])


def test_every_line_of_the_lock_file_is_checked_by_a_hash() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9._-]+==)", text, flags=re.M)[1:]
    assert len(entries) == len(LOCKED) and all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_file_names_no_place_to_download_from() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")
