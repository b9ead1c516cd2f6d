"""A command: its own parameters, the questions of its form, and what every command takes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..domain.answers import COMPANIONS, NOT_KNOWN, choices, given_together
from ..domain.forms import Minutes, Question, Record, questions
from ..domain.periods import Periods
from ..domain.placement import CommissionerRef, ProviderRef, PupilRef
from ..domain.provider import Sites
from ..domain.sessions import Sessions
from ..render.result import Result
from .settings import COMMON, settings

METAVARS = {
    date: "DAY", Minutes: "HOURS", int: "NUMBER", Periods: "DAY|no", Sessions: "SESSIONS", Sites: "ADDRESS",
    PupilRef: "P-0001", ProviderRef: "PR-0001", CommissionerRef: "C-0001",
}  # fmt: skip
REFERENCE = re.compile(r"[a-z]{1,2}-?\d+", re.IGNORECASE)


def group(help: str, cls: type[TyperGroup] | None = None) -> typer.Typer:
    """A Typer for a group of commands, in plain text."""
    return typer.Typer(cls=cls, help=help, callback=lambda: None, add_completion=False, rich_markup_mode=None)


def single() -> typer.Typer:
    """A Typer for one command by itself."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


def options(question: Question, required: bool) -> dict[str, Any]:
    """The Typer options of a question by parameter: text as typed, so that flags and files are read by the same reader."""
    ask, item = question.ask, question.item
    help = f"{ask.question}{f' ({ask.source})' if ask.source else ''}{' [required]' if required else ''}"
    if item is bool:
        sides = ask.flag or f"{question.flag}/--no-{question.flag[2:]}"
        return {question.key: Annotated[bool | None, typer.Option(sides, help=help)]}
    offered = choices(item)
    several = question.several or item is Sites
    found = {question.key: _option(question.flag, help, "|".join(offered) or METAVARS.get(item, "TEXT"), several, offered)}
    for name, told in COMPANIONS.get(item, {}).items():
        key = name if item is Sites else f"{question.key}_{name}"
        found[key] = _option("--" + key.replace("_", "-"), told, "ADDRESS" if item is Sites else "DAY", item is Sites, [])
    if ask.no:
        found[_no(question)] = Annotated[bool | None, typer.Option(ask.no, help=f"The same as {question.flag} no.")]
    return found


def _no(question: Question) -> str:
    return question.ask.no[2:].replace("-", "_")


def _option(flag: str, help: str, metavar: str, several: bool, offered: list[str]) -> Any:
    complete = (lambda incomplete: [choice for choice in offered if choice.startswith(incomplete)]) if offered else None
    return Annotated[list[str] | None if several else str | None, typer.Option(flag, help=help, metavar=metavar, autocompletion=complete)]


def command(
    app: typer.Typer, form: type[Record] | None = None, name: str = "", known: tuple[str, ...] = (), help: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a command: what it returns is shown.

    With a form the command takes an option for each question, `--not-known` and `--answers`, and its function is
    called with `given`: the answers as typed, flags over the file. `known` has the questions that need no answer,
    since the command gives one itself.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        own = [p for p in inspect.signature(function, eval_str=True).parameters.values() if p.name not in ("settings", "given")]
        asked = list(questions(form)) if form else []
        made: dict[str, Any] = {}
        for question in asked:
            made |= options(question, question.required and question.key not in known)
        keys = tuple(made)
        if form:
            made[NOT_KNOWN] = Annotated[
                list[str] | None,
                typer.Option("--not-known", help="A question that was asked and is not known yet. (several allowed)", metavar="QUESTION"),
            ]
            made["answers"] = Annotated[Path | None, typer.Option("--answers", help="Answers in TOML; a flag beats the file.", metavar="FILE")]

        def run(ctx: typer.Context, **given: Any) -> None:
            from ..render.show import show

            chosen = settings(ctx, {name: given.pop(name) for name in COMMON})
            if form:
                file, unsure = given.pop("answers"), given.pop(NOT_KNOWN)
                typed = {key: given.pop(key) for key in keys} | {NOT_KNOWN: unsure}
                given["given"] = given_together(read_answers(file) if file else {}, _with_no(typed, asked))
            result = function(chosen, **given)
            raise typer.Exit(show(result, chosen) if isinstance(result, Result) else 0)

        keyword = inspect.Parameter.KEYWORD_ONLY
        common = {key: _hidden(option) for key, option in COMMON.items()}
        parameters = [
            inspect.Parameter("ctx", keyword, annotation=typer.Context),
            *(p.replace(kind=keyword) for p in own),
            *(inspect.Parameter(key, keyword, default=None, annotation=option) for key, option in (made | common).items()),
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        told = help or inspect.getdoc(function) or inspect.getdoc(form) or ""
        app.command(name or function.__name__.strip("_"), cls=_command_class(asked), help=told, epilog=EVERYWHERE)(run)
        return function

    return register


EVERYWHERE = "Every command also takes the options that “ap --help” lists."


def _hidden(option: Any) -> Any:
    """The option without its line in the help: the help of `ap` has it."""
    from copy import copy

    info = copy(option.__metadata__[0])
    info.hidden = True
    return Annotated[option.__origin__, info]


def _with_no(typed: dict[str, Any], asked: list[Question]) -> dict[str, Any]:
    """A flag such as --not-registered is the answer "no" to its question."""
    for question in asked:
        if question.ask.no and typed.pop(_no(question), None):
            typed[question.key] = "no"
    return typed


def _command_class(asked: list[Question]) -> type[TyperCommand]:
    """A command whose flags for a circumstance may stand alone, as "yes": `--registered`, or `--registered 2024-09-01`."""
    bare = {question.flag: "yes" for question in asked if question.type is Periods} | {"--resume": ""}

    class Command(TyperCommand):
        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            return super().parse_args(ctx, list(_filled(args, bare)))

    return Command


def _filled(args: list[str], bare: Mapping[str, str]) -> Iterator[str]:
    for at, arg in enumerate(args):
        yield arg
        if arg in bare:
            following = args[at + 1] if at + 1 < len(args) else "--"
            if re.match(r"-\D", following) or (REFERENCE.fullmatch(following) and bare[arg]):
                yield bare[arg]


def read_answers(file: Path) -> Mapping[str, Any]:
    """An answers file; what is wrong with it is said with its line and column."""
    import tomllib

    from ..errors import ApError

    try:
        text = file.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as problem:
        raise ApError(f"{file} is not UTF-8 (byte {problem.start + 1}): save it as UTF-8") from None
    except OSError as problem:
        raise ApError(f"{file} cannot be read: {problem.strerror}") from None
    except tomllib.TOMLDecodeError as problem:
        raise ApError(f"{file} is not TOML: {problem}") from None
