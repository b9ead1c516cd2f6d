"""Whom references are about, in a sentence on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .settings import Settings


def label_names(settings: Settings, references: Sequence[str]) -> Iterator[str]:
    """Name those who have these references, as an overview does: "Test P. (P-0001)"."""
    from ..render.show import terminal_view
    from ..render.tasks import who
    from ..services.people import People

    people, view = People(settings.store), terminal_view(settings)
    for ref in references:
        name = who(people.whom(ref), view)
        yield ref if name in ("", ref) else f"{name} ({ref})"


def join_and(names: Sequence[str]) -> str:
    """Join names as people say them: "a, b and c"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
