"""Looks at a child's whole record: which they are, and logging those that show a name."""

from __future__ import annotations

from typing import Any

from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..render.result import Look
from .settings import Settings


def look_at(noun: Noun) -> Look | None:
    """A look at the record of a child, or at a child's placement; None for any other record."""
    if isinstance(noun, Placement):
        if not recorded(noun.pupil):  # damage hides whose it is
            return None
        return Look(reference(Pupil.PREFIX, noun.pupil), noun.ref)
    return Look(noun.ref, noun.ref) if isinstance(noun, Pupil) else None


def called(ctx: Any) -> str:
    """The name of a command as it was called, without that of the program: "pupil show"."""
    names = []
    while ctx.parent:
        names.append(str(ctx.info_name))
        ctx = ctx.parent
    return " ".join(reversed(names))


def log_shown(settings: Settings, look: Look, command: str) -> None:
    """Log a look if the child's name shows: on a screen, or anywhere with --names."""
    on_screen = settings.format in ("table", "plain") and settings.name_style != "never"
    if not (settings.names or on_screen):
        return
    from ..store.looking import log_look

    what = command if look.record == look.child else f"{command} {look.record}"
    if settings.out is not None:
        what = f"{what} --out"
    log_look(settings.store, settings.author, what, look.child)
