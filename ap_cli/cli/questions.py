"""The questions of a form as the options of a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ..domain.answers import COMPANIONS, NOT_KNOWN, choices, given_together
from ..domain.periods import Periods
from ..domain.provider import Sites
from ..domain.references import REFERENCES
from ..domain.sessions import Sessions
from ..errors import ApError
from ..forms.form import Minutes, Pence, Question, Record, questions, reference
from .references import completing

METAVARS = {
    date: "DAY",
    Minutes: "HOURS",
    Pence: "POUNDS",
    int: "NUMBER",
    Periods: "DAY|no",
    Sessions: "SESSIONS",
    Sites: "ADDRESS",
}
METAVARS |= {kind: reference(noun.PREFIX, 1) for kind, noun in REFERENCES.items()}
REFERENCE = re.compile(r"[a-z]{1,2}-?\d+", re.IGNORECASE)


class Asked:
    """The questions of a form: the options that a command takes for them, and the answers out of what was typed.

    `known` has the questions that need no answer, since the command gives one itself.
    """

    def __init__(self, form: type[Record], known: tuple[str, ...] = ()) -> None:
        self.questions = questions(form)
        made: dict[str, Any] = {}
        for question in self.questions:
            made |= options(question, question.required and question.key not in known)
        self._keys = tuple(made)
        unsure = typer.Option(
            "--not-known",
            help="A question that was asked and is not known yet. (several allowed)",
            metavar="QUESTION",
        )
        file = typer.Option(
            "--answers", help="Answers in TOML; a flag beats the file.", metavar="FILE"
        )
        self.options: dict[str, Any] = made | {
            NOT_KNOWN: Annotated[list[str] | None, unsure],
            "answers": Annotated[Path | None, file],
        }

    def taken_from(self, given: dict[str, Any]) -> dict[str, Any]:
        """The answers as typed, flags over the file; they are taken out of the parameters."""
        file, unsure = given.pop("answers"), given.pop(NOT_KNOWN)
        typed = {key: given.pop(key) for key in self._keys} | {NOT_KNOWN: unsure}
        for question in self.questions:
            if question.no and typed.pop(
                _no(question), None
            ):  # --not-registered is the answer "no" to its question
                if typed[question.key] is not None:
                    raise ApError(f"{question.flag} and {question.no} cannot both be")
                typed[question.key] = "no"
        return given_together(read_answers(file) if file else {}, typed)

    def command_class(self) -> type[TyperCommand]:
        """A command whose flags for a circumstance may stand alone, as "yes": `--registered`, or `--registered 2024-09-01`."""
        bare = {question.flag: "yes" for question in self.questions if question.type is Periods} | {
            "--resume": ""
        }

        class Command(TyperCommand):
            def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
                return super().parse_args(ctx, list(_filled(args, bare)))

        return Command


def options(question: Question, required: bool) -> dict[str, Any]:
    """The Typer options of a question by parameter: text as typed, so that flags and files are read by the same reader."""
    item = question.item
    help = f"{question.text}{f' ({question.source})' if question.source else ''}{' [required]' if required else ''}"
    if item is bool:
        sides = question.flags or f"{question.flag}/--no-{question.flag[2:]}"
        return {question.key: Annotated[bool | None, typer.Option(sides, help=help)]}
    offered = choices(item)
    several = question.several or item is Sites
    complete = (
        completing(REFERENCES[item].NOUN)
        if item in REFERENCES
        else among(offered)
        if offered
        else None
    )
    found = {
        question.key: _option(
            question.flag, help, "|".join(offered) or METAVARS.get(item, "TEXT"), several, complete
        )
    }
    for name, told in COMPANIONS.get(item, {}).items():
        key = name if item is Sites else f"{question.key}_{name}"
        found[key] = _option(
            "--" + key.replace("_", "-"), told, "ADDRESS" if item is Sites else "DAY", item is Sites
        )
    if question.no:
        found[_no(question)] = Annotated[
            bool | None, typer.Option(question.no, help=f"The same as {question.flag} no.")
        ]
    return found


def _no(question: Question) -> str:
    return question.no[2:].replace("-", "_")


def _option(
    flag: str,
    help: str,
    metavar: str,
    several: bool,
    complete: Callable[[str], list[str]] | None = None,
) -> Any:
    return Annotated[
        list[str] | None if several else str | None,
        typer.Option(flag, help=help, metavar=metavar, autocompletion=complete),
    ]


def among(offered: list[str]) -> Callable[[str], list[str]]:
    """Completes one of a list of choices."""
    return lambda incomplete: [choice for choice in offered if choice.startswith(incomplete)]


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

    try:
        found = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise ApError(f"{file} is not UTF-8 (byte {problem.start + 1}): save it as UTF-8") from None
    except OSError as problem:
        raise ApError(f"{file} cannot be read: {problem.strerror}") from None
    except ValueError as problem:  # TOMLDecodeError, or a number too long to be one
        raise ApError(f"{file} is not TOML: {problem}") from None
    except RecursionError:
        raise ApError(f"{file} is nested too deeply to be read") from None
    unsure = found.get(NOT_KNOWN, [])
    if not isinstance(unsure, str) and not (
        isinstance(unsure, list) and all(isinstance(name, str) for name in unsure)
    ):
        raise ApError(f'{file}: not_known takes a list of questions, such as ["tier"]')
    return found
