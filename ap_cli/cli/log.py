"""ap log"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from ..domain.text import hours, label, printable, shortened
from ..forms.form import reference as printed
from ..render.result import Result, View
from ..services import records
from .command import command, single
from .recorded import REFERENCE as ENTRY_REFERENCE
from .recorded import entry_number
from .references import LOGGED
from .settings import Settings

app = single()
COLUMNS = ("at", "asof", "who", "what", "subject", "old", "new", "reason")
HIDDEN = "(a name)"


@command(app)
def log(settings: Settings, reference: Annotated[str | None, LOGGED] = None) -> Result:
    """Show who changed what, and when, with the old and the new values; a name only with --names.

    Examples: ap log PL-0001; ap log E-0001
    """
    from ..services.log import Change, changes

    subject = entry = None
    if reference is not None and ENTRY_REFERENCE.fullmatch(reference):
        entry = entry_number(reference)
    elif reference is not None:
        noun, id = records.subject(reference)
        subject = printed(noun.PREFIX, records.get(settings.store, noun, id, settings.today).id)

    def row(change: Change) -> dict[str, Any]:
        values = {
            side: _shown(getattr(change, side), change.subject, settings.names)
            for side in ("old", "new")
        }
        return {name: getattr(change, name) for name in COLUMNS} | values

    def lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
        told = False
        for each in rows:
            told = True
            sides = {
                name: (each["old"].get(name), each["new"].get(name))
                for name in each["new"] or each["old"]
                if name not in ("id", "not_known")
            }
            changed = "; ".join(
                f"{label(name)} {_one(name, old)} → {_one(name, new)}"
                for name, (old, new) in sides.items()
                if old != new
            )
            why = f"  (because: {each['reason']})" if each["reason"] else ""
            yield printable(
                f"{each['at']:%Y-%m-%d %H:%M} {each['who']}  {each['what']}  {each['subject']}  {changed}{why}".rstrip()
            )
        if not told:
            yield (
                "nothing was changed yet"
                if reference is None
                else f"nothing of {shortened(reference)} is in the log"
            )

    return Result("log", map(row, changes(settings.store, subject, entry)), COLUMNS, lines)


def _shown(values: dict[str, Any], subject: str, names: bool) -> dict[str, Any]:
    """The values of a change, the name of a pupil hidden unless names are shown."""
    if names or not subject.startswith("P-") or values.get("name") is None:
        return values
    return values | {"name": HIDDEN}


def _one(name: str, value: Any) -> str:
    if value is None:
        return "–"
    return (
        hours(value)
        if name.endswith("_minutes") and isinstance(value, int)
        else shortened(value, 60)
    )
