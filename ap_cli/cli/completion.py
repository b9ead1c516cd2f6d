"""ap completion"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct
from msgspec.structs import asdict

from ..errors import ApError
from ..forms.text import echo, join_words
from ..render.result import Result, fixed_lines
from .command import command, single
from .settings import Settings

app = single()
VARIABLE = "_AP_COMPLETE"
"""The variable by which a script asks `ap` for completions.

A file that has it is a script of ours.
"""
AUTOLOADED = """
if [ "$funcstack[1]" = "_ap" ]; then
  _ap_completion "$@"
fi
"""
"""What zsh needs when it loads the script as the function `_ap`.

The first call has to be answered too.
"""


class Shell(Struct, frozen=True):
    """A shell: its script's name in `completions`, where users have it, and what is left to do."""

    file: str
    place: Callable[[Mapping[str, str], Path], Path]
    afterwards: str


def _bash_place(environment: Mapping[str, str], home: Path) -> Path:
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    return data / "bash-completion" / "completions" / "ap"


def _zsh_place(environment: Mapping[str, str], home: Path) -> Path:
    return home / ".zfunc" / "_ap"


def _fish_place(environment: Mapping[str, str], home: Path) -> Path:
    settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return settings / "fish" / "completions" / "ap.fish"


def _powershell_place(environment: Mapping[str, str], home: Path) -> Path:
    if os.name == "nt":
        return home / "Documents" / "PowerShell" / "ap.ps1"
    return home / ".config" / "powershell" / "ap.ps1"


SHELLS = {
    "bash": Shell(
        "ap.bash",
        _bash_place,
        "Open a new terminal. If nothing completes there, add this line to ~/.bashrc: "
        "source '{file}'",
    ),
    "zsh": Shell(
        "_ap",
        _zsh_place,
        "Add this line to ~/.zshrc, unless it is there, and open a new terminal: "
        "fpath=('{folder}' $fpath); autoload -Uz compinit; compinit",
    ),
    "fish": Shell("ap.fish", _fish_place, "Open a new terminal."),
    "powershell": Shell(
        "ap.ps1",
        _powershell_place,
        "Add this line to the file that $PROFILE names, and open a new terminal: . '{file}'",
    ),
}


class Installation(Struct, frozen=True):
    """Where a script belongs, and what writing it there does: install, replace, or nothing."""

    shell: str
    file: str
    action: str


def make_script(shell: str) -> str:
    """Make the completion script of a shell, from Typer's own."""
    from typer._completion_shared import get_completion_script

    name = "pwsh" if shell == "powershell" else shell
    script = get_completion_script(prog_name="ap", complete_var=VARIABLE, shell=name) + "\n"
    return script + AUTOLOADED if shell == "zsh" else script


def complete_shell(incomplete: str) -> list[str]:
    """List the shells that begin with what was typed."""
    return [shell for shell in SHELLS if shell.startswith(incomplete)]


@command(app)
def completion(
    settings: Settings,
    shell: Annotated[
        str,
        typer.Argument(
            metavar="|".join(SHELLS),
            help="Your shell.",
            show_default=False,
            autocompletion=complete_shell,
        ),
    ],
    install: Annotated[
        bool, typer.Option("--install", help="Write the script where your shell looks for it.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say where --install would write, and write nothing.")
    ] = False,
) -> Result:
    """Print the completion script of your shell, or install it.

    It completes commands, options, choices and references.

    Examples: ap completion bash; ap completion fish --install --dry-run; ap completion zsh
    """
    if shell not in SHELLS:
        raise ApError(
            f"there is no completion for “{echo(shell, 20)}”: choose {join_words(SHELLS, 'or')}"
        )
    if not install and not dry_run:
        return _printed(shell)
    plan = plan_installation(shell, os.environ, Path.home())
    if not dry_run:
        write_script(plan)
    return _installed(plan, dry_run)


def _printed(shell: str) -> Result:
    script = make_script(shell)
    row = {"shell": shell, "script": script}
    return Result("completion", [row], lines=fixed_lines(*script.splitlines()), verbatim=True)


def plan_installation(shell: str, environment: Mapping[str, str], home: Path) -> Installation:
    """Find where the script of a shell belongs; raise ApError if somebody else's file is there."""
    file = SHELLS[shell].place(environment, home)
    return Installation(shell, str(file), _action(file, make_script(shell)))


def _action(file: Path, script: str) -> str:
    try:
        there = file.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return "install"
    except (OSError, UnicodeDecodeError):
        there = ""
    if there == script:
        return "nothing"
    if VARIABLE not in there:
        raise ApError(f"{file} is there already, and ap did not write it: move it away first")
    return "replace"


def write_script(plan: Installation) -> None:
    """Write the script where it belongs; raise ApError if that cannot be done."""
    if plan.action == "nothing":
        return
    file = Path(plan.file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(make_script(plan.shell), "utf-8", newline="\n")
    except OSError as problem:
        raise ApError(f"{file} cannot be written: {problem.strerror}") from None


DONE = {"install": "installed", "replace": "replaced", "nothing": "already there"}
PLANNED = {
    "install": "would be installed",
    "replace": "would be replaced",
    "nothing": DONE["nothing"],
}


def _installed(plan: Installation, dry_run: bool) -> Result:
    words = PLANNED if dry_run else DONE
    line = f"{plan.file}  {words[plan.action]}"
    file = Path(plan.file)
    afterwards = SHELLS[plan.shell].afterwards.format(file=file, folder=file.parent)
    return Result(
        "completion install",
        [asdict(plan) | {"dry_run": dry_run}],
        lines=fixed_lines(line),
        said=() if dry_run else (afterwards,),
        kept="" if dry_run else "the script",
    )
