"""The questions of a form as the options of a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperOption

from ..domain.periods import Periods
from ..domain.readers import FILLER, choices
from ..domain.references import REFERENCES
from ..errors import ApError
from ..forms.filling import NOT_KNOWN, merge_answers
from ..forms.form import Form, Question, questions
from ..forms.text import hide_quoted, name_file
from .helping import ApCommand
from .references import completing

REFERENCE = re.compile(r"[a-z]{1,2}-?\d+", re.IGNORECASE)


class FormOptions:
    """The options of a command for the questions of its forms, and the answers typed to them.

    `optional` has the questions that need no answer because the command gives one itself. A command
    that takes several forms, such as `record edit`, leaves their questions out of its own help.
    With `first`, the questions of other fields are in `--help-all` alone.
    """

    def __init__(
        self,
        *forms: type[Form],
        optional: Container[str] = (),
        in_help: bool = True,
        first: Container[str] = (),
    ) -> None:
        self._negated: dict[str, Question] = {}
        self._bare_flags = {"--resume": ""}
        self._of_questions: dict[str, Any] = {}
        for question in (question for form in forms for question in questions(form)):
            self._add(question, question.required and question.key not in optional)
        self.options: dict[str, Any] = self._of_questions | {
            NOT_KNOWN: Annotated[list[str] | None, UNSURE],
            "answers": Annotated[Path | None, ANSWERS],
        }
        self._unlisted = set() if in_help else set(self._of_questions)
        if first:
            usual = {
                question.key
                for form in forms
                for question in questions(form)
                if question.name in first
            }
            self._unlisted = {key for key in self._of_questions if key not in usual}
            self.options["help_all"] = Annotated[bool, HELP_ALL]

    def describe(self, key: str, option: Any) -> None:
        """Say in the command's own words what an option is for; its help then lists it."""
        self.options[key] = option
        self._unlisted.discard(key)

    def _add(self, question: Question, required: bool) -> None:
        for key, option in make_options(question, required).items():
            if key not in self._of_questions or question.several:  # of two forms, the roomier one
                self._of_questions[key] = option
        if question.no:
            self._negated[_negation(question)] = question
        if question.type is Periods:
            self._bare_flags[question.flag] = "yes"

    def take_answers(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take the answers out of a command's parameters: as typed, flags over the file."""
        file, unsure = given.pop("answers"), given.pop(NOT_KNOWN)
        given.pop("help_all", None)
        typed = {key: given.pop(key) for key in self._of_questions} | {NOT_KNOWN: unsure}
        for key, question in self._negated.items():
            if typed.pop(key, None):  # --not-registered is the answer "no" to its question
                if typed[question.key] is not None:
                    raise ApError(f"give {question.flag} or {question.no}, not both")
                typed[question.key] = "no"
        return merge_answers(read_answers(file) if file else {}, typed)

    def command_class(self) -> type[TyperCommand]:
        """A command whose flags for periods may stand alone: `--registered` answers "yes"."""
        bare, unlisted = self._bare_flags, self._unlisted

        class FormCommand(ApCommand):
            def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
                return super().parse_args(ctx, list(_fill_bare_flags(args, bare)))

            def format_options(self, ctx: Any, formatter: Any) -> None:
                for option in self.params:
                    if isinstance(option, TyperOption) and option.name in unlisted:
                        option.hidden = not ctx.meta.get(WHOLE)
                super().format_options(ctx, formatter)

        return FormCommand


WHOLE = "ap.help-all"
"""Whether help shows every option of a command."""


def show_whole_help(ctx: typer.Context, asked: bool) -> None:
    """Show a command's help with every option, and end."""
    if asked:
        ctx.meta[WHOLE] = True
        print(ctx.get_help())
        raise typer.Exit


HELP_ALL = typer.Option(
    "--help-all",
    help="Show every question's option, and end.",
    is_eager=True,
    callback=show_whole_help,
)
UNSURE = typer.Option(
    "--not-known",
    help="A question that you asked and whose answer is not known yet. (several allowed)",
    metavar="QUESTION",
)
ANSWERS = typer.Option(
    "--answers", help="A TOML file with answers; a flag beats the file.", metavar="FILE"
)


def make_options(question: Question, required: bool) -> dict[str, Any]:
    """The Typer options of a question by parameter.

    They take text as typed, so that flags and files are read by the same reader.
    """
    help = _help(question, required)
    if question.item is bool:
        flags = typer.Option(question.both_flags, help=help)
        return {question.key: Annotated[bool | None, flags]}
    made = {question.key: _answer_option(question, help)}
    made |= _part_options(question)
    if question.no:
        no = typer.Option(question.no, help=f"The same as {question.flag} no.")
        made[_negation(question)] = Annotated[bool | None, no]
    return made


def _help(question: Question, required: bool) -> str:
    parts = [question.prompt, question.hint]
    if question.several or FILLER.reader(question).several:
        parts.append("(several allowed)")
    if required:
        parts.append("[required]")
    return " ".join(filter(None, parts))


def _answer_option(question: Question, help: str) -> Any:
    reader = FILLER.reader(question)
    several = question.several or reader.several
    return _option(question.flag, help, reader.metavar, several, _completer(question))


def _part_options(question: Question) -> dict[str, Any]:
    """The options for what else a question's answer may say, such as the day a period ended."""
    made: dict[str, Any] = {}
    for part in FILLER.reader(question).parts:
        key = part.key_of(question.key)
        flag = "--" + key.replace("_", "-")
        made[key] = _option(flag, part.help, part.metavar, part.several)
    return made


def _completer(question: Question) -> Callable[[str], list[str]] | None:
    if question.item in REFERENCES:
        return completing(REFERENCES[question.item].NOUN)
    offered = choices(question)
    return complete_choice(offered) if offered else None


def _negation(question: Question) -> str:
    """The parameter of the flag that answers "no"."""
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


def complete_choice(offered: list[str]) -> Callable[[str], list[str]]:
    """Completes one of a list of choices."""

    def complete(incomplete: str) -> list[str]:
        return [choice for choice in offered if choice.startswith(incomplete)]

    return complete


def _fill_bare_flags(args: list[str], bare: Mapping[str, str]) -> Iterator[str]:
    """The words of a command line; a flag without a value gets the one it stands for."""
    for at, arg in enumerate(args):
        yield arg
        following = args[at + 1] if at + 1 < len(args) else "--"
        if arg in bare and _ends_flag(following, bare[arg]):
            yield bare[arg]


def _ends_flag(following: str, value: str) -> bool:
    """Whether the next word is no value of the flag: another flag, or the command's reference."""
    return bool(re.match(r"-\D", following) or (value and REFERENCE.fullmatch(following)))


def read_answers(file: Path) -> Mapping[str, Any]:
    """Read an answers file; ApError names the line and column of a mistake."""
    answers = _load_toml(file)
    unsure = answers.get(NOT_KNOWN, [])
    names = unsure if isinstance(unsure, list) else [unsure]
    if not all(isinstance(name, str) for name in names):
        raise ApError(
            f'{name_file(file)}: write not_known as a list of questions, such as ["tier"]'
        )
    return answers


def _load_toml(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise ApError(
            f"{name_file(file)} is not UTF-8 (byte {problem.start + 1}): save it as UTF-8"
        ) from None
    except OSError as problem:
        raise ApError(f"{name_file(file)} cannot be read: {problem.strerror}") from None
    except ValueError as problem:  # TOMLDecodeError, or a number too long to be one
        raise ApError(f"{name_file(file)} is not TOML: {hide_quoted(str(problem))}") from None
    except RecursionError:
        raise ApError(f"{name_file(file)} is nested too deeply to be read") from None
