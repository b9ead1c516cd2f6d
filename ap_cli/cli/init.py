"""ap init"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.commissioner import Commissioner
from ..render.result import Result
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
            lines=lambda rows, view: [str(row["store"]) for row in rows],
            said=(said,),
        )
    return nouns.add_record(settings, Commissioner, given)
