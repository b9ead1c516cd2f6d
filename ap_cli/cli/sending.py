"""Whether a document that has gaps is recorded as sent: a terminal asks, a script says so."""

from __future__ import annotations

from collections.abc import Collection

from ..documents.content import Content
from ..documents.document import DocumentKind
from ..errors import ApError
from ..forms.text import lower_first
from .settings import Settings


def is_sent_with_gaps(
    settings: Settings, kind: DocumentKind, content: Content, lacks: Collection[str], yes: bool
) -> bool:
    """Ask on a terminal whether a document is recorded as sent although it lacks what law asks.

    It is if it lacks nothing of that, or with a `yes`. Elsewhere raise ApError with what it lacks.
    """
    missing = [
        lower_first(field.label)
        for field in content.fields()
        if field.key in lacks and field.key in kind.needed
    ]
    if yes or not missing:
        return True
    are, names = ("thing is", "things are")[len(missing) > 1], ", ".join(missing)
    if not settings.interactive:
        raise ApError(
            f"--sent: {len(missing)} {are} missing in the {lower_first(kind.title)}: {names}."
            " Record what is missing first, or give --yes to record it as sent all the same"
        )
    from ..interview.prompts import ask_yes, say

    is_sent = ask_yes(
        f"{len(missing)} {are} missing: {names}. Record it as sent all the same?", usual=False
    )
    if not is_sent:
        say("It is made, but not recorded as sent.")
    return is_sent
