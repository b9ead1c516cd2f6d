"""`--severity`, as several commands take it."""

from __future__ import annotations

import typer

from ..errors import ApError
from ..rules.rule import Severity

SEVERITY = typer.Option(
    "--severity",
    help="Only rules of this severity. (several allowed)",
    metavar="|".join(Severity),
)


def read_severities(given: list[str] | None) -> tuple[Severity, ...]:
    """Return severities by their names, or all; raise ApError if there is no such severity."""
    if not set(given or ()) <= set(Severity):
        raise ApError(f"--severity: choose from {', '.join(Severity)}")
    return tuple(Severity(name) for name in given or Severity)
