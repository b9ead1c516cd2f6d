"""What was perhaps meant by a command or an option that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ..forms.text import echo, hide_quoted, shortened

NO_COMMAND = re.compile(r"No such command (['\"])(.*?)\1\.?")
TOO_MANY = "Got unexpected extra argument"
REFERENCE = re.compile(r"(P|PR|PL)[-_ ]?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
GROUPS = ("placement", "pupil", "provider", "reviews", "record", "attendance", "terms")
"""The commands in which a word is looked for that was typed without one of them."""

MOST = 3


def usage_problem(problem: Any) -> str:
    """What is wrong with the words of a command, without words that may be a name."""
    from typer._click.exceptions import BadParameter, NoSuchOption

    context = getattr(problem, "ctx", None)
    path = " ".join(["ap", *names_below(context)])
    text = problem.format_message().rstrip(".")
    if isinstance(problem, BadParameter):
        said = problem.message.rstrip(".")
        text = text.replace(said, hide_quoted(said))
    if isinstance(problem, NoSuchOption):
        return describe_option(problem.option_name, context, path)
    if found := NO_COMMAND.match(text):
        return describe_command(found[2], context, path)
    if text.startswith(TOO_MANY):
        text = 'too many words: put a text of several words in quotation marks, like "Test Pupil"'
    return f"{text}: see {path} --help"


def names_below(context: Any) -> list[str]:
    """List the names of a command and of the groups that it is in, without the program's own."""
    names: list[str] = []
    while context is not None and context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    return names


def describe_option(typed: str, context: Any, path: str) -> str:
    """Say that a command has no such option, and which was perhaps meant."""
    options = [name for each in context.command.params for name in each.opts]
    known = {name.lstrip("-"): name for name in options if name.startswith("--")}
    near = [known[name] for name in get_close_matches(typed.lstrip("-"), known, MOST)]
    meant = f": did you mean {join_or(near)}?" if near else ":"
    return f"{path} has no option {shortened(typed, 30)}{meant} see {path} --help"


def describe_command(typed: str, context: Any, path: str) -> str:
    """Say that there is no such command, and which was perhaps meant."""
    near = list(elsewhere(typed, context.command)) if context.parent is None else []
    near = near or [f"{path} {name}" for name in near_commands(typed, context)]
    meant = f": did you mean {join_or(near[:MOST])}?" if near else ":"
    return f"{path} has no command “{echo(typed, 30)}”{meant} see {path} --help"


def near_commands(typed: str, context: Any) -> list[str]:
    """List the commands of a group that are spelt nearly so."""
    names = [name for name, command in context.command.commands.items() if not command.hidden]
    beginning = [name for name in names if len(typed) > 1 and name.startswith(typed.lower())]
    return beginning or get_close_matches(typed.lower(), names, MOST)


def elsewhere(typed: str, program: Any) -> Iterator[str]:
    """List commands in groups that are called so, and what shows a reference."""
    if found := REFERENCE.fullmatch(typed):
        yield f"ap check {found[1].upper()}-{int(found[2]):04d}"
        return
    for group in GROUPS:
        if typed.lower() in program.load(group).commands:
            yield f"ap {group} {typed.lower()}"


def join_or(names: list[str]) -> str:
    """Join what may be meant: "a, b or c"."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
