"""The program: its commands by name, each loaded when called."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.main import get_command

from ..errors import ApError
from ..stopping import INTERRUPTED, NOTHING_SAVED
from .lazy import lazy_group
from .options import COMMON

COMMANDS = {
    "status": "Show what needs attention now.",
    "placement": "Plan, change, show and end placements.",
    "check": "Say, with reasons, whether placements are lawful, safe and reviewed on time.",
    "eligible": "Say whether a child may be placed, and what comes first.",
    "what-if": "See which answers would change if something were different.",
    "show": "Show a placement, a pupil or a provider on one screen.",
    "todo": "List what to do, in order of day.",
    "digest": "Write the week for a mail.",
    "do": "Do a task: open its form, with what is known filled in.",
    "reviews": "See which reviews are due.",
    "make": "Make a document from the record: a placement sheet, a notice, an agreement.",
    "report": "Report to an inspector or to governors.",
    "record": "Record what happened, correct it, and take it back.",
    "where": "Say where a child is.",
    "attendance": "Record attendance, session by session.",
    "export": "Write records to a spreadsheet, or for another program.",
    "timeline": "Show everything that happened, in order.",
    "undo": "Undo the last change.",
    "log": "Show who changed what, and when.",
    "pupil": "Keep pupils and their circumstances.",
    "provider": "Keep providers and their sites.",
    "retention": "See whose record is past its period of keeping, and erase it.",
    "draft": "Go on with what was begun and not finished, or delete it.",
    "age": "Say what a date of birth decides.",
    "rules": "Read the rules, their figures, and their worked examples.",
    "terms": "Import and list term dates.",
    "import": "Import pupils, providers and placements from a spreadsheet.",
    "init": "Say who commissions.",
    "county": "See what your county has of its own, and change it.",
    "config": "Read and change your own settings: names, prompts, colours, your store.",
    "demo": "Make a sample store and show the main job on it.",
    "doctor": "See whether all is well, and what to do if not.",
    "db": "Look after the store.",
    "access": "Say who may use a store on a server.",
    "help": "Read about using ap: its commands, rules, questions and figures.",
    "completion": "Let your shell complete what you type.",
}


MODULES = {"import": "importing"}
"""Commands whose name is a word of Python, with the module that they are in."""


def load_command(name: str) -> Any:
    """Load the command of this name."""
    module = MODULES.get(name, name.replace("-", "_"))
    return get_command(import_module(f"ap_cli.cli.{module}").app)


app = typer.Typer(
    cls=lazy_group(COMMANDS, load_command),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)


def ap(ctx: typer.Context, **_: Any) -> None:
    """Plan alternative provision placements, check them with reasons, and review them on time.

    Without a command: what needs attention now, and a terminal asks what to do about it.

    Examples: ap demo; ap placement new; ap check PL-0001
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(load_command("home").callback, ctx=ctx, **dict.fromkeys(COMMON))


def _signature() -> list[inspect.Parameter]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    version = Annotated[
        bool, typer.Option("--version", help="Show the version.")
    ]  # answered before this is loaded
    return [
        inspect.Parameter("ctx", keyword, annotation=typer.Context),
        *(
            inspect.Parameter(name, keyword, default=None, annotation=option)
            for name, option in COMMON.items()
        ),
        inspect.Parameter("version", keyword, default=False, annotation=version),
    ]


ap.__signature__ = inspect.Signature(_signature())  # type: ignore[attr-defined]
ap.__annotations__ = {p.name: p.annotation for p in _signature()}
app.callback()(ap)


def run_command(args: Sequence[str] | None = None) -> None:
    """Run the program; a problem that a user can mend ends in one sentence and its exit code.

    `args` are the words after its name, if they are not those of the process.
    """
    from typer._click.exceptions import ClickException

    from ..forms.text import SHOWS_TYPED

    SHOWS_TYPED.set(sys.stderr.isatty())
    completing = "_AP_COMPLETE" in os.environ
    if completing:  # what Typer does for apps that install their own completion
        from typer._completion_classes import completion_init

        completion_init()
    try:
        code = app(args, standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # Typer has caught what stopped it
            raise KeyboardInterrupt
    except ApError as problem:
        stop_with(str(problem), problem.exit_code)
    except ClickException as problem:
        from .meant import usage_problem

        stop_with(usage_problem(problem), 2)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        stop_with(NOTHING_SAVED, INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # the reader of the output has seen enough
        if completing:  # its exit code tells fish whether file names come next
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as problem:  # noqa: BLE001 - no traceback may show a child's name
        stop_for(problem)
    raise SystemExit(code if isinstance(code, int) else 0)


def stop_with(sentence: str, code: int) -> NoReturn:
    """Say what went wrong on stderr and end with its exit code."""
    from ..forms.text import printable

    with suppress(OSError):  # nobody may be listening; the exit code tells all the same
        for line in sentence.splitlines():
            print(printable(line), file=sys.stderr)
        sys.stderr.flush()
    raise SystemExit(code)


def stop_for(problem: Exception) -> NoReturn:
    """Say what went wrong outside the program, or that an error of its own did, and end."""
    known = outside_problem(problem)
    if known:
        stop_with(str(known), known.exit_code)
    from .failure import unexpected

    stop_with(unexpected(problem), 70)


def outside_problem(problem: Exception) -> ApError | None:
    """A problem of the database or the disk in one sentence, or None for any other."""
    from ..store.connection import DATABASE_ERRORS, told

    if isinstance(problem, DATABASE_ERRORS):
        return told(problem, "the store")
    if isinstance(problem, OSError):
        return told(problem, problem.filename or "a file or folder")
    return None
