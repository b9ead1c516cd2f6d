"""Say in one line where the known term dates end."""

from __future__ import annotations

from datetime import date

from .settings import Settings


def describe_known_terms(
    settings: Settings, asked: date | None = None, always: bool = False
) -> tuple[str, ...]:
    """Say where term dates end: on a terminal, `always`, or in a script's log if that matters.

    `asked` is the last day that was asked about.
    """
    from ..render.reviews import calendar_end
    from ..services.terms import known_until

    until = known_until(settings.store)
    return calendar_end(until, settings.today, asked, always or settings.interactive)
