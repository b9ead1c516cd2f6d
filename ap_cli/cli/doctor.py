"""ap doctor"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from .. import __version__
from ..domain.days import count
from ..errors import ApError
from ..forms.text import printable
from ..render.result import DIM, GREEN, RED, Result, View, is_accessible, paint
from ..services.doctor import STORE, Check, examine_store
from .command import command, single
from .settings import Settings

app = single()
NARROWEST = 60
"""The fewest columns in which the screens can be read."""

WORDS = {True: "OK", False: "WRONG", None: "-"}
COLORS = {True: GREEN, False: RED, None: DIM}
INDENT = " " * 20


@command(app, name="doctor")
def doctor(settings: Settings) -> Result:
    """Look at the store, the program and your screen: what is wrong, and the command that mends it.

    Nothing is made or changed. The exit code is 0 if all is well, and 1 if something is wrong.

    Examples: ap doctor; ap doctor --json; ap doctor --on 2026-04-01
    """
    config = check_config(settings)  # what is wrong in the file must not stop the rest
    checks = [
        *(name_store(settings, each) for each in examine_store(settings.address, settings.today)),
        check_versions(),
        check_terminal(settings),
        check_completion(),
        config,
    ]
    wrong = sum(check.ok is False for check in checks)
    columns = ("check", "ok", "says", "mend")
    rows = [asdict(check) for check in checks]
    return Result("doctor", rows, columns, doctor_lines, code=int(bool(wrong)))


def name_store(settings: Settings, check: Check) -> Check:
    """The check of a store, with where its address comes from.

    If the call named it, what mends it has to name it as well.
    """
    if check.check == STORE:
        chosen = settings.preferences.choose("db")
        says = f"{check.says} ({chosen.by or chosen.source})"
        check = replace(check, says=says, details=check.details | {"from": chosen.source})
    if not settings.named or check.mend is None or not check.mend.startswith("ap "):
        return check
    import shlex

    store = shlex.quote(str(settings.address))
    return replace(check, mend=f"ap --db {store} {check.mend.removeprefix('ap ')}")


def check_config(settings: Settings) -> Check:
    """Check the file of the user's settings; what is wrong in it is set aside for this call."""
    preferences = settings.preferences
    problems = preferences.set_aside()
    details = {"file": str(preferences.file), "settings": dict(preferences.written)}
    if problems:
        said = "; ".join(said for said, _ in problems)
        return Check("config", False, said, problems[0][1], details)
    if not preferences.written:
        return Check("config", True, "no settings of your own", details=details)
    said = f"{preferences.file}, {count(len(preferences.written), 'setting')}"
    return Check("config", True, said, details=details)


def check_versions() -> Check:
    """Check that the libraries are there, in the versions that the program needs."""
    from platform import python_version

    from ..store.driver import sqlite_version
    from .versions import installed, list_unfit

    libraries = installed()
    details = {
        "ap": __version__,
        "python": python_version(),
        "sqlite": sqlite_version,
        "libraries": libraries,
    }
    unfit = list_unfit()
    if unfit:
        mend = f'"{sys.executable}" -m pip install "{unfit[0]}"'
        said = f"ap needs {', '.join(unfit)}"
        return Check("versions", False, said, mend, details)
    said = f"ap {__version__}, Python {details['python']}, SQLite {details['sqlite']}"
    return Check("versions", True, said, details=details)


def check_terminal(settings: Settings) -> Check:
    """Check that the terminal is wide enough, and can show every letter."""
    encoding = (sys.stdout.encoding or "unknown").lower()
    there = sys.stdout.isatty()
    width, height = shutil.get_terminal_size((80, 24)) if there else (None, None)
    details = {
        "terminal": there,
        "width": width,
        "height": height,
        "color": settings.color,
        "encoding": encoding,
        "asks": settings.interactive,
    }
    if not there or width is None:
        said = f"not a terminal: ap will not ask questions (text is {encoding})"
        return Check("terminal", True, said, details=details)
    said = f"{width} x {height}, {'colour' if settings.color else 'no colour'}, {encoding}"
    if width < NARROWEST:
        return Check("terminal", False, said, "make the window 80 columns wide", details)
    if not encoding.startswith("utf"):
        return Check("terminal", False, said, "set the variable PYTHONUTF8 to 1", details)
    return Check("terminal", True, said, details=details)


def check_completion() -> Check:
    """Check whether the completion that is installed is this program's; none is no mistake."""
    from .completion import SHELLS, plan_installation

    name = "powershell" if os.name == "nt" else Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        return Check("completion", True, "your shell has none", details={"shell": None})
    try:
        plan = plan_installation(name, os.environ, Path.home())
    except (ApError, OSError, RuntimeError) as problem:
        return Check("completion", True, f"not installed: {problem}", details={"shell": name})
    details = {"shell": name, "file": plan.file, "installed": plan.action != "install"}
    install = f"ap completion {name} --install"
    if plan.action == "install":
        said = f"not installed for {name}; to have it: {install}"
        return Check("completion", True, said, details=details)
    if plan.action == "replace":
        return Check(
            "completion", False, f"installed for {name} by another copy of ap", install, details
        )
    return Check("completion", True, f"installed for {name}", details=details)


def beside(text: str, view: View) -> list[str]:
    """A text in lines that fit beside the name of a check; in a pipe it is one line."""
    if not view.width:
        return [printable(text)]
    from textwrap import wrap

    width = max(view.width - len(INDENT), 20)
    return wrap(printable(text), width, break_long_words=False, break_on_hyphens=False)


SPOKEN = {True: "OK", False: "Wrong", None: "Not known"}


def sentences(row: dict[str, Any]) -> Iterator[str]:
    """A check for a screen reader, without columns."""
    yield f"{SPOKEN[row['ok']]}: {row['check']}: {printable(row['says'])}"
    if row["mend"] and row["ok"] is False:
        yield f"To put it right: {printable(row['mend'])}"


def doctor_lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """A line a check, with what mends it below; at the end how many things are wrong."""
    wrong, read_aloud = 0, is_accessible()
    for row in rows:
        word = WORDS[row["ok"]]
        wrong += row["ok"] is False
        if read_aloud:
            yield from sentences(row)
            continue
        shown = paint(word, COLORS[row["ok"]], view)
        first, *rest = beside(row["says"], view)
        yield f"{shown}{' ' * (7 - len(word))}{row['check']:<13}{first}"
        yield from (f"{INDENT}{line}" for line in rest)
        if row["mend"] and row["ok"] is False:
            yield f"{INDENT}-> {printable(row['mend'])}"
    yield f"{count(wrong, 'thing')} to put right" if wrong else "All is well."
