"""Unexpected errors: where they were, in a sentence and a report with nothing of the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from traceback import FrameSummary, extract_tb

KEPT = 20
"""The reports that are kept; older ones go as new ones come."""

UNKNOWN = "?"


def unexpected(problem: BaseException) -> str:
    """Write a report on an unexpected error; return a sentence that says where both are.

    Neither has the text of the error, what was typed, or a value: they could hold a child's name.
    """
    frames = extract_tb(problem.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    report = None
    with suppress(OSError):  # nowhere to write it: the sentence is all there is
        report = write_report(problem)
    told = (
        f"{report} says where, without names and without what you typed: send it with your report"
        if report
        else "please report it"
    )
    return (
        f"an unexpected error, {type(problem).__name__}{where}: what had not finished changed"
        f" nothing; {told}"
    )


def write_report(problem: BaseException) -> Path:
    """Write a report on an error to a private file in the user's data folder; return its path."""
    from datetime import datetime

    from ..store.disk import create_private, make_folder
    from .preferences import default_store

    folder = default_store().parent / "reports"
    make_folder(folder)
    now = datetime.now()
    report = folder / f"{now:%Y-%m-%d-%H%M%S-%f}.txt"
    with os.fdopen(create_private(report), "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in list_lines(problem, f"{now:%d/%m/%Y %H:%M}"))
    remove_old(folder)
    return report


def list_lines(problem: BaseException, when: str) -> Iterator[str]:
    """List the lines of a report: the versions of all parts, then each error and where it was."""
    import platform

    from .. import __version__
    from ..store.connection import HEAD

    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"ap {__version__}, schema {HEAD}, {python}, {platform.system()} {platform.release()}"
    yield when
    yield ", ".join(f"{name} {version}" for name, version in list_parts())
    for error in errors_in(problem):
        yield ""
        yield type(error).__qualname__
        for frame in extract_tb(error.__traceback__):
            yield f"  {place_of(frame)}:{frame.lineno} {frame.name}"


def list_parts() -> Iterator[tuple[str, str]]:
    """List the packages that ap asks for, with the version that is installed."""
    import re
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        needed = requires("ap-cli") or []
    except PackageNotFoundError:  # ap runs from a folder and was never installed
        return
    used = [line for line in needed if "extra == 'dev'" not in line]
    names = {matched[0] for matched in (re.match(r"[\w.-]+", line) for line in used) if matched}
    for name in sorted(names):
        with suppress(PackageNotFoundError):
            yield name, version(name)


def errors_in(problem: BaseException) -> Iterator[BaseException]:
    """List an error and those that it came from, the last one first."""
    seen: set[int] = set()
    error: BaseException | None = problem
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def place_of(frame: FrameSummary) -> str:
    """Return where a frame's file is inside its package; a path of the machine may hold a name."""
    file = Path(frame.filename)
    for folder in sorted(map(Path, filter(None, sys.path)), key=path_length, reverse=True):
        with suppress(ValueError):
            return file.relative_to(folder).as_posix()
    return file.name if file.suffix == ".py" else UNKNOWN


def path_length(path: Path) -> int:
    """Return the number of parts of a path."""
    return len(path.parts)


def remove_old(folder: Path) -> None:
    """Delete all but the newest reports."""
    for report in sorted(folder.glob("*.txt"))[:-KEPT]:
        with suppress(OSError):
            report.unlink()
