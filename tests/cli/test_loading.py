"""What each command loads: by the list of modules, not by milliseconds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ..conftest import Program

pytestmark = pytest.mark.uncovered

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "questionary",
    "prompt_toolkit",
    "rich",
    "pydantic",
    "stdnum",
    "holidays",
    "icalendar",
    "dateutil",
    "hypothesis",
}
LIGHT = {"msgspec", "sqlite3", "ap_cli.rules", "ap_cli.store.queries.records"}


def write_settings(ap: Program, text: str) -> None:
    """Write the user's own settings."""
    file = ap.folder / "config" / "ap" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def loaded(ap: Program, *args: str) -> set[str]:
    code = "import atexit, sys; atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr)); from ap_cli.__main__ import main; main()"
    found = subprocess.run(
        [sys.executable, "-c", code, *args], env=ap.environment, capture_output=True, text=True
    )
    assert found.returncode in (0, 1) and found.stdout, found
    return set(found.stderr.splitlines())


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["age", "--help"]])
def test_asking_about_the_program_loads_neither_rules_nor_store(
    ap: Program, args: list[str]
) -> None:
    assert not loaded(ap, *args) & (HEAVY | (LIGHT if args[0] != "age" else {"ap_cli.rules"}))


def test_the_version_loads_no_command_line_at_all(ap: Program) -> None:
    assert "typer" not in loaded(ap, "--version")


@pytest.mark.parametrize(
    "args",
    [
        ["reviews", "due", "--json"],
        ["check", "PL-0001", "--json"],
        ["check", "--json"],
        ["pupil", "list", "--json"],
        ["status"],
        ["timeline", "PL-0001"],
        ["rules", "list", "--json"],
    ],
)
def test_a_read_loads_none_of_the_heavy_libraries(placed: Program, args: list[str]) -> None:
    assert not loaded(placed, *args) & (
        HEAVY - ({"dateutil"} if args[0] in ("check", "status") else set())
    )


DATABASE_LIBRARIES = {"sqlmodel", "sqlalchemy", "alembic"}


@pytest.mark.parametrize(
    "args",
    [
        ["record", "contact", "PL-0001", "--note", "all is well"],
        ["record", "edit", "E-0001", "--note", "spoke again", "--reason", "mistyped"],
        ["record", "withdraw", "E-0001", "--reason", "another child's"],
        ["pupil", "add", "Test Other", "--born", "2010-06-28"],
        ["pupil", "edit", "P-0001", "--born", "2010-06-26"],
        ["pupil", "merge", "P-0002", "--into", "P-0001", "--yes"],
        ["provider", "edit", "PR-0001", "--address", "9 Example Lane"],
        ["placement", "edit", "PL-0001", "--hours", "20"],
        ["attendance", "record", "PL-0001", "2026-02-26", "pm", "B"],
        ["attendance", "amend", "PL-0001", "2026-02-26", "am", "I", "--reason", "a letter"],
        ["county", "reset"],
        ["undo"],
        ["check", "--json", "--as-known", "2026-03-02"],
    ],
)
def test_a_write_loads_no_database_library_but_the_driver(placed: Program, args: list[str]) -> None:
    placed.ok("pupil", "add", "Test Twin", "--born", "2010-06-29")
    placed.ok("attendance", "record", "PL-0001", "2026-02-26", "am", "B")
    placed.ok("record", "contact", "PL-0001", "--note", "spoke to the parents")
    found = loaded(placed, *args)
    assert "sqlite3" in found and not found & DATABASE_LIBRARIES


@pytest.mark.parametrize(
    "args", [["pupil", "add", "Test Pupil", "--born", "2010-06-27"], ["status"]]
)
def test_the_first_use_loads_no_database_library_but_the_driver(
    ap: Program, args: list[str]
) -> None:
    found = loaded(ap, *args)
    assert ap.store.exists() and not found & DATABASE_LIBRARIES


def test_reviews_due_load_no_rules(placed: Program) -> None:
    assert not loaded(placed, "reviews", "due", "--json") & {
        "ap_cli.rules",
        "ap_cli.domain.readers",
        "tomllib",
    }


@pytest.mark.parametrize("args", [["check", "PL-0001", "--json"], ["status"], ["todo"]])
def test_what_only_explains_the_rules_is_not_loaded_by_what_asks_them(
    placed: Program, args: list[str]
) -> None:
    assert not loaded(placed, *args) & {
        "ap_cli.rules.examples",
        "ap_cli.render.rules",
        "ap_cli.services.explained",
        "ap_cli.services.supposing",
    }


def test_no_file_costs_no_time(placed: Program) -> None:
    assert "tomllib" not in loaded(placed, "config", "list")
    write_settings(placed, 'names = "full"')
    assert "tomllib" in loaded(placed, "config", "list")


def test_a_pipe_that_names_its_store_looks_for_no_file(placed: Program) -> None:
    write_settings(placed, "this is no TOML")
    assert not loaded(placed, "reviews", "due", "--json") & {"tomllib", "platformdirs"}
