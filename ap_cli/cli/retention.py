"""ap retention"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from msgspec.structs import asdict

from ..domain.days import count, words
from ..domain.retention import PERIODS, Lengths
from ..domain.roles import Role
from ..render.result import Result, View
from .command import command, group
from .references import BACKUPS_TOO, YES
from .settings import Settings

if TYPE_CHECKING:
    from ..services.erasing import Erasure
    from ..services.retention import Past

app = group("See whose record is past its period of keeping, and erase it.")
COLUMNS = ("ref", "kind", "since", "setting", "source", "on_hold", "stays")


def read_lengths(settings: Settings) -> Lengths:
    """How long each period is, by the user's settings."""
    value = settings.preferences.value
    return {name: period.read(value(name)) for name, period in PERIODS.items()}


@command(app, name="report")
def report_retention(settings: Settings) -> Result:
    """List whose record is past its period of keeping, since when, and what may not go yet.

    The periods are settings: retention-pupil, retention-sen, retention-register, retention-drafts.
    All but the register's are advice: set them as your own retention schedule has them.

    Examples: ap retention report; ap retention report --json; ap retention report --csv
    """
    from ..services.retention import list_past

    past = list_past(settings.store, settings.today, read_lengths(settings))
    return show_past(past, ())


@command(app, name="apply", needs=Role.ADMINISTRATOR)
def apply_retention(
    settings: Settings,
    backups_too: Annotated[bool, BACKUPS_TOO] = False,
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Erase who is past the period, as ap pupil erase does, in one change; and old drafts.

    Without --yes it says what would go. What is on legal hold stays, and who has a placement that
    has not ended.

    Examples: ap retention apply; ap retention apply --yes; ap retention apply --backups-too --yes
    """
    from ..render.erasing import ELSEWHERE, backup_lines
    from ..services.retention import apply, list_past

    past = list_past(settings.store, settings.today, read_lengths(settings))
    going = [each for each in past if not each.stays]
    if not yes or not going:
        said = (f"{count(len(going), 'record')} would be erased: give --yes",) if going else ()
        return show_past(past, said)
    done: Erasure = apply(settings.store, past, settings.author, settings.today, backups_too)
    said = (f"{count(len(going), 'record')} erased.",)
    copies = (*backup_lines(done, is_done=True), ELSEWHERE) if done.pupils else ()
    return show_past(past, (*said, *copies), is_done=True)


def show_past(past: Sequence[Past], said: tuple[str, ...], is_done: bool = False) -> Result:
    """Who is past the period: a line each, with since when, and why it stays if it does."""
    rows = [asdict(each) | {"erased": is_done and not each.stays} for each in past]

    def lines(rows: Iterable[dict[str, Any]], _: View) -> Iterator[str]:
        for row in rows:
            stays = f"; stays: {row['stays']}" if row["stays"] else ""
            yield f"{row['ref']}  past since {words(row['since'])} ({row['setting']}){stays}"

    return Result(
        "retention",
        rows,
        (*COLUMNS, "erased"),
        lines,
        said=said,
        empty="Nobody's record is past its period of keeping.",
        kept="the erasure" if is_done else "",
    )
