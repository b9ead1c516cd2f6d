"""A command: its own parameters, its form's questions, and the options of every command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ..domain.roles import Role
from ..errors import AnswerLost, ApError, Interrupted
from ..render.result import Look
from ..stopping import NOTHING_SAVED, let_it_end
from .helping import ApCommand, ApGroup
from .options import COMMON, FORMATS
from .settings import Settings, read_settings

if TYPE_CHECKING:
    from ..forms.form import Form
    from .questions import FormOptions

Command = Callable[..., Any]


def group(help: str, cls: type[TyperGroup] | None = None) -> typer.Typer:
    """A Typer for a group of commands, in plain text."""
    return typer.Typer(
        cls=cls or ApGroup,
        help=help,
        callback=_do_nothing,
        add_completion=False,
        rich_markup_mode=None,
    )


def _do_nothing() -> None:
    """Without a callback Typer makes a group of one command that command."""


def single() -> typer.Typer:
    """A Typer for one command by itself."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


def command(
    app: typer.Typer,
    form: type[Form] | None = None,
    name: str = "",
    optional: tuple[str, ...] = (),
    help: str = "",
    options: FormOptions | None = None,
    hidden: bool = False,
    formats: tuple[str, ...] = FORMATS,
    own: tuple[str, ...] = (),
    needs: Role | None = None,
) -> Callable[[Command], Command]:
    """Register a command: what it returns is shown.

    With a form the command takes an option for each question, `--not-known` and `--answers`, and
    its function is called with `given`: the answers as typed, flags over the file. `optional` has
    the questions that need no answer because the command gives one. `options` replaces a form's. A
    `hidden` command works and is in no list. `formats` has those of its result; if lines for people
    are none of them, the first is the usual one. `own` names options of every command that this one
    takes itself, and means something else by. On a server a command `needs` a role, one with a form
    that of a writer: who has less is told before anything is asked, unless it is a dry run.
    """

    def register(function: Command) -> Command:
        taken = options or (_form_options(form, optional) if form else None)
        app.command(
            name or function.__name__.strip("_"),
            cls=taken.command_class() if taken else ApCommand,
            help=help or inspect.getdoc(function) or inspect.getdoc(form) or "",
            epilog=EVERYWHERE,
            hidden=hidden,
        )(_make_runner(function, taken, formats, own, needs or (Role.WRITER if form else None)))
        return function

    return register


def _make_runner(
    function: Command,
    options: FormOptions | None,
    formats: tuple[str, ...],
    own: tuple[str, ...],
    needs: Role | None,
) -> Command:
    """What Typer calls: read the settings and answers, run the command, show its result."""

    shared = [name for name in COMMON if name not in own]

    def run(ctx: typer.Context, **given: Any) -> None:
        from .answering import answer

        settings = read_settings(ctx, {name: given.pop(name) for name in shared}, formats)
        if options:
            given["given"] = options.take_answers(given)
        try:
            if needs and not given.get("dry_run"):
                settings.refuse_unless(needs)
            log_look = partial(_log_look, ctx, settings)
            code = answer(settings, partial(function, settings, **given), log_look)
        except (EOFError, KeyboardInterrupt):
            raise stopped(settings) from None
        except Exception as problem:
            if is_of_stopping(problem):
                raise stopped(settings) from None
            raise_store_problem(problem, settings)
            raise
        finally:
            let_it_end()
            settings.close()
        raise typer.Exit(code)

    parameters = _parameters(function, options, shared)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.needs = needs  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _log_look(ctx: Any, settings: Settings, look: Look) -> None:
    from .looking import called, log_shown  # only commands that show a record load it

    log_shown(settings, look, called(ctx))


def is_of_stopping(problem: BaseException | None) -> bool:
    """Whether Ctrl-C led to a problem: what tidies up then may itself be refused."""
    if isinstance(problem, Interrupted | AnswerLost):  # it tells of it already
        return False
    while problem is not None:
        if isinstance(problem, KeyboardInterrupt):
            return True
        problem = problem.__context__
    return False


def raise_store_problem(problem: Exception, settings: Settings) -> None:
    """Raise StoreProblem, with the store's name, for a problem of its database; none for others."""
    from ..store.connection import DATABASE_ERRORS, no_text, told
    from ..store.damage import UNREADABLE

    if isinstance(problem, DATABASE_ERRORS):
        raise told(problem, settings.address) from None
    if isinstance(problem, UNREADABLE) and settings.has_met_broken_text:
        raise no_text(settings.address) from None


def stopped(settings: Settings) -> ApError:
    """Return the error for a command that was stopped: what it had kept by then stays.

    Without a terminal that is all it was asked for; a form may have kept one thing of several.
    """
    if not settings.has_written:
        return Interrupted(NOTHING_SAVED)
    if settings.interactive:
        return Interrupted("stopped: what was saved before stays")
    return AnswerLost("this was", "the command was stopped")


def _parameters(
    function: Command, options: FormOptions | None, shared: Sequence[str]
) -> list[inspect.Parameter]:
    """The command's own parameters, then those of its questions and those it shares with all."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    own = [
        parameter.replace(kind=keyword)
        for parameter in inspect.signature(function, eval_str=True).parameters.values()
        if parameter.name not in ("settings", "given")
    ]
    made = dict(options.options) if options else {}
    made |= {key: _hide(COMMON[key]) for key in shared}
    return [
        inspect.Parameter("ctx", keyword, annotation=typer.Context),
        *own,
        *(
            inspect.Parameter(key, keyword, default=None, annotation=option)
            for key, option in made.items()
        ),
    ]


def _form_options(form: type[Form], optional: tuple[str, ...]) -> FormOptions:
    from .questions import FormOptions  # only commands with a form load what reads answers

    return FormOptions(form, optional=optional)


EVERYWHERE = "Every command also takes the options that “ap --help” lists."


def _hide(option: Any) -> Any:
    """The option without its line in the help: the help of `ap` has it."""
    from copy import copy

    info = copy(option.__metadata__[0])
    info.hidden = True
    return Annotated[option.__origin__, info]
