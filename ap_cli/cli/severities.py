"""`--severity`, as several commands take it."""

from __future__ import annotations

import typer

from ..errors import ApError
from ..forms.text import shortened
from ..rules.rule import Severity

SEVERITY = typer.Option(
    "--severity",
    help="Only rules that may bind so much. (several allowed)",
    metavar="|".join(Severity),
)


def read_severities(given: list[str] | None) -> tuple[Severity, ...]:
    """Severities by their names; ApError where one is none."""
    if unknown := [name for name in given or () if name not in tuple(Severity)]:
        raise ApError(f"--severity: “{shortened(unknown[0], 20)}” is none of {', '.join(Severity)}")
    return tuple(Severity(name) for name in given or ())
