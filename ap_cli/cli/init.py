"""ap init"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.commissioner import Commissioner
from ..render.result import Result, fixed_lines
from . import nouns
from .command import command, single
from .preferences import PREFERENCES
from .settings import Settings

app = single()


@command(app, form=Commissioner, name="init")
def init_store(settings: Settings, given: Mapping[str, Any]) -> Result:
    """Make the store and say who commissions; more than one can be added.

    The first time, a terminal also asks how the screen shows children's names.

    Examples: ap init --commissioner "Test Academy" --kind academy; ap init;
    ap init --commissioner "Test Council" --kind local-authority
    """
    if not given and not settings.interactive:
        fresh = not settings.address.exists()
        settings.store.close()
        said = f"the store {'was made' if fresh else 'is'} at {settings.address}"
        return Result(
            "init",
            [{"store": str(settings.address), "made": fresh}],
            lines=fixed_lines(str(settings.address)),
            said=(said,),
            kept="the new store" if fresh else "",
        )
    result = nouns.add_record(settings, Commissioner, given)
    if settings.interactive and "names" not in settings.preferences.written:
        result.said += choose_names(settings)
    return result


def choose_names(settings: Settings) -> tuple[str, ...]:
    """Ask how the screen shows children's names, and write it in the user's file.

    Return what is to be said of it: nothing if the question was left.
    """
    from ..interview.prompts import ask_names
    from .config import change_setting

    try:
        style = ask_names()
    except (EOFError, KeyboardInterrupt):  # the commissioner is in the store already
        return ()
    return change_setting(settings, PREFERENCES["names"], style).said
