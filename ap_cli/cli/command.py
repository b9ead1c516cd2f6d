"""A command: its own parameters, the questions of its form, and the options that every command takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ..errors import Interrupted
from ..render.result import Result
from .options import COMMON
from .settings import settings

if TYPE_CHECKING:
    from ..forms.form import Record
    from .questions import Asked


def group(help: str, cls: type[TyperGroup] | None = None) -> typer.Typer:
    """A Typer for a group of commands, in plain text."""
    return typer.Typer(
        cls=cls, help=help, callback=lambda: None, add_completion=False, rich_markup_mode=None
    )


def single() -> typer.Typer:
    """A Typer for one command by itself."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


def command(
    app: typer.Typer,
    form: type[Record] | None = None,
    name: str = "",
    known: tuple[str, ...] = (),
    help: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a command: what it returns is shown.

    With a form the command takes an option for each question, `--not-known` and `--answers`, and its function is
    called with `given`: the answers as typed, flags over the file. `known` has the questions that need no answer,
    since the command gives one itself.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        own = [
            p
            for p in inspect.signature(function, eval_str=True).parameters.values()
            if p.name not in ("settings", "given")
        ]
        asked = _asked(form, known) if form else None
        made = asked.options if asked else {}

        def run(ctx: typer.Context, **given: Any) -> None:
            from ..render.show import show

            chosen = settings(ctx, {name: given.pop(name) for name in COMMON})
            if asked:
                given["given"] = asked.taken_from(given)
            try:
                result = function(chosen, **given)
            except (EOFError, KeyboardInterrupt):
                raise Interrupted("stopped: nothing was kept") from None
            raise typer.Exit(show(result, chosen) if isinstance(result, Result) else 0)

        keyword = inspect.Parameter.KEYWORD_ONLY
        common = {key: _hidden(option) for key, option in COMMON.items()}
        parameters = [
            inspect.Parameter("ctx", keyword, annotation=typer.Context),
            *(p.replace(kind=keyword) for p in own),
            *(
                inspect.Parameter(key, keyword, default=None, annotation=option)
                for key, option in (made | common).items()
            ),
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        told = help or inspect.getdoc(function) or inspect.getdoc(form) or ""
        app.command(
            name or function.__name__.strip("_"),
            cls=asked.command_class() if asked else None,
            help=told,
            epilog=EVERYWHERE,
        )(run)
        return function

    return register


def _asked(form: type[Record], known: tuple[str, ...]) -> Asked:
    from .questions import Asked  # only commands with a form load what reads answers

    return Asked(form, known)


EVERYWHERE = "Every command also takes the options that “ap --help” lists."


def _hidden(option: Any) -> Any:
    """The option without its line in the help: the help of `ap` has it."""
    from copy import copy

    info = copy(option.__metadata__[0])
    info.hidden = True
    return Annotated[option.__origin__, info]
