"""ap init"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.commissioner import Commissioner
from ..render.result import Result, fixed_lines
from . import nouns
from .command import command, single
from .settings import Settings

app = single()


@command(app, form=Commissioner, name="init")
def init_store(settings: Settings, given: Mapping[str, Any]) -> Result:
    """Make the store and say who commissions; more than one can be added.

    Example: ap init --commissioner "Test Academy" --kind academy
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
        )
    return nouns.add_record(settings, Commissioner, given)
