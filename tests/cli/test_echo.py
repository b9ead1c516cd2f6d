"""Off a terminal no message repeats a name or a free text that was typed: it may end in a log."""

from __future__ import annotations

import contextvars
import os
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from ap_cli.cli.app import app, run_command
from ap_cli.cli.options import COMMON
from ap_cli.forms.text import SHOWS_TYPED, echo, hide_quoted, is_no_name, name_file
from ap_cli.store.connection import connect

from ..conftest import POSIX, Program
from ..interview.terminal import Terminal

NAME = "Zebulon Quill"
PARTS = ("zebulon", "quill")
REFERENCES = ("PL-0001", "P-0001", "PR-0001", "E-0001")


def commands(
    group: Any = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command with the words that call it."""
    group = group or get_command(app)
    for name in group.list_commands(None):
        command = group.load(name) if hasattr(group, "load") else group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def options_of(command: Any) -> list[str]:
    """The options of a command that take a value."""
    return [
        each.opts[0]
        for each in command.params
        if each.param_type_name == "option" and not each.is_flag and each.name not in COMMON
    ]


def ways_to_type(command: Any) -> Iterator[list[str]]:
    """What may be typed after a command with a name where it does not belong."""
    places = [each for each in command.params if each.param_type_name == "argument"]
    yield [NAME] * (len(places) + 1)
    yield [NAME] * max(len(places), 1)
    options = options_of(command)
    everything = [word for option in options for word in (option, NAME)]
    for reference in REFERENCES if places else ("",):
        yield [*filter(None, [reference]), *[NAME] * (len(places) - 1), *everything]
    if len(options) <= 4:
        for option in options:
            yield [*REFERENCES[: bool(places)], option, NAME]


COMMANDS = dict(commands())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_command_repeats_a_name_that_was_typed(
    placed: Program,
    path: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    placed.ok("record", "contact", "PL-0001", "--note", "all is well")
    monkeypatch.chdir(placed.folder)
    for name in set(os.environ) - set(placed.environment):
        monkeypatch.delenv(name)
    for name, value in placed.environment.items():
        monkeypatch.setenv(name, value)
    for words in ways_to_type(COMMANDS[path]):
        with pytest.raises(SystemExit):
            contextvars.copy_context().run(run_command, ["--on", "2026-03-02", *path, *words])
        told = capfd.readouterr().err
        assert "unexpected error" not in told, (path, words, told)
        found = [part for part in PARTS if part in told.casefold()]
        assert not found, (path, words, told)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("P-0001", True),
        ("PL-99999", True),
        ("AP999", True),
        ("31/02/2026", True),
        ("18.15", True),
        ("", True),
        ("Bo", False),
        ("Bo Li", False),
        ("Ann 7", False),
        ("Łukasz", False),
        ("李小龙", False),
    ],
)
def test_a_message_repeats_what_can_be_no_name(text: str, shown: bool) -> None:
    assert is_no_name(text) is shown
    hidden = contextvars.copy_context()
    hidden.run(SHOWS_TYPED.set, False)
    assert hidden.run(echo, text) == (text if shown else "…")
    assert echo(text) == text


def test_what_a_library_quotes_and_the_name_of_a_file_are_hidden_as_well() -> None:
    hidden = contextvars.copy_context()
    hidden.run(SHOWS_TYPED.set, False)
    said = "Invalid isoformat string: 'Zebulon's note'"
    assert (
        hidden.run(hide_quoted, said) == "Invalid isoformat string: …" and hide_quoted(said) == said
    )
    assert hidden.run(name_file, "/a/Zebulon.csv") == "the file"
    assert name_file("/a/Zebulon.csv") == "/a/Zebulon.csv"


@POSIX
def test_on_a_terminal_it_is_repeated_and_in_a_log_it_is_not(placed: Program) -> None:
    typed = ("pupil", "show", NAME)
    log = placed(*typed)
    assert log.code == 2 and log.err.startswith("“…” is not a reference")
    Terminal(placed, *typed).sees(f"“{NAME}” is not a reference")


def test_a_file_of_answers_is_not_named_in_a_log(placed: Program) -> None:
    (placed.folder / "zebulon.toml").write_text("name = Zebulon Quill")
    found = placed("pupil", "add", "--answers", "zebulon.toml")
    assert found.code == 2 and found.err.startswith("the file is not TOML: ")
    assert "line 1" in found.err and "ebulon" not in found.err


def test_an_impossible_value_in_the_store_is_not_repeated_in_a_log(placed: Program) -> None:
    with connect(placed.store) as store:
        store.execute("UPDATE pupil SET born = 'Zebulon'")
    found = placed("pupil", "show", "P-0001")
    assert found.code == 5 and "P-0001 cannot be read" in found.err and "ebulon" not in found.err
